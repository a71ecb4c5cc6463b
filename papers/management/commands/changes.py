"""What changed from paper to paper of one group, for people and for scripts."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from papers.anchors import anchors_of
from papers.comparison import Change, ChangeKind, PlacedItem
from papers.content import SECTION_LABELS, SectionKind
from papers.evidence import Corpus
from papers.following import FollowedGroup, Rejections, follow_groups, rejections_of
from papers.marks import CHANGE_MARKS
from papers.suggestions import suggest
from papers.threads import OUTCOME_LABELS, Fact, Outcome, StatedOutcome
from papers.words import Op
from workgroups.models import Meeting, WorkingGroup

FACT_WORDS = {
    Fact.REPEATED: "Repeated",
    Fact.REWORDED: "Reworded",
    Fact.NOT_MENTIONED: "Not mentioned",
}


class Command(BaseCommand):
    """Reads published issue papers, those to planned meetings too (S01), and changes nothing.

    With what staff say of pairs, and with the items outside Next Steps that they track.
    """

    help = (
        "Print, for each pair of consecutive published issue papers of a group, what is new, "
        "reworded, the same, moved and no longer reported, what the newer paper does with the "
        "older one's next steps, and which of its status items may answer them (for staff to "
        "judge)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("group", help="the group's slug, such as export-modernization")
        parser.add_argument("--json", action="store_true", help="print a JSON list instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["group"]
        group = WorkingGroup.objects.known_as(slug)
        if group is None:
            raise CommandError(
                f"No group has the slug “{slug}”. The slug is the last part of the address of the "
                "group's page."
            )
        groups = WorkingGroup.objects.with_history().filter(pk=group.pk)
        followed = follow_groups(groups, Meeting.objects.all(), timezone.localdate())[group.pk]
        facts = pairs_of(followed, rejections_of([group]))
        if options["json"]:
            self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2))
        elif not facts:
            papers = sum(paper is not None for paper in followed.papers)
            count = {0: "no published issue paper", 1: "one published issue paper"}[papers]
            self.stdout.write(f"{group} has {count}: there is nothing to compare.")
        else:
            self.stdout.write("\n\n".join(as_text(pair) for pair in facts))


def pairs_of(followed: FollowedGroup, rejections: Rejections) -> list[dict[str, Any]]:
    """The facts of each pair of consecutive papers of a group."""
    corpus = Corpus(paper for paper in followed.contents if paper)
    days = [meeting.held_on.isoformat() for meeting in followed.meetings]
    found = []
    for index, changes in enumerate(followed.changes):
        before = followed.index_before(index)
        if changes is None or before is None:
            continue
        found.append(
            {
                "older": days[before],
                "newer": days[index],
                "items": [_item(followed, before, index, change) for change in changes.items],
                "gone": [_place(followed, before, change.older) for change in changes.gone],
                "steps": _steps(followed, before, index, corpus, rejections),
            }
        )
    return found


def _place(followed: FollowedGroup, index: int, placed: PlacedItem | None) -> dict[str, Any] | None:
    """Section, position, the number by which pages cite it, and text; an other section's heading.

    ``index``: the paper in which it stands.
    """
    content = followed.contents[index]
    if placed is None or content is None:
        return None
    place = placed.place
    heading = {"heading": place.heading} if place.heading else {}
    return {
        "section": place.section.value,
        **heading,
        "position": place.position,
        "number": anchors_of(content)[place].upper(),
        "text": placed.text,
    }


def _item(followed: FollowedGroup, before: int, index: int, change: Change) -> dict[str, Any]:
    """One item of the newer paper; that it is of a split or merge, or reordered, only where so."""
    parts = {
        name: [_place(followed, of, placed) for placed in placed_items]
        for name, placed_items, of in (
            ("split_into", change.split_into, index),
            ("merged_from", change.merged_from, before),
        )
        if placed_items
    }
    return {
        **(_place(followed, index, change.newer) or {}),
        "change": change.kind.value,
        "from": _place(followed, before, change.older),
        "score": round(change.score, 3),
        "reason": str(change.reason or ""),
        **parts,
        **({"reordered": True} if change.is_reordered else {}),
        "words": [[it.op.value, it.words] for it in change.diff] if change.is_reworded else [],
    }


def _steps(
    followed: FollowedGroup, before: int, index: int, corpus: Corpus, rejections: Rejections
) -> list[dict[str, Any]]:
    """The older paper's steps, tracked items too: what the newer one does, and what may answer."""
    record = followed.record
    found = []
    for node in record.nodes(before):
        if not record.is_step(node):
            continue
        step = record.items[node]
        mention = record.next_mention(node, index)
        fact = Fact.NOT_MENTIONED
        if mention:
            fact = Fact.REWORDED if mention.is_reworded else Fact.REPEATED
        threads = followed.threads_at(*node)
        refused = {
            place for thread in threads for _, place in followed.rejected_for(thread, rejections)
        }
        # Those stated up to the newer paper's meeting, and what settled it before; a step of
        # several threads has each once.
        stated = {
            it.row: it
            for of in threads
            for it in of.outcomes
            if before < it.meeting <= index
            or (it.meeting <= before and it.meeting == of.settled_at)
        }
        is_settled = bool(threads) and all(
            it.settled_at is not None and it.settled_at <= index for it in threads
        )
        continued = record.continued(refused)
        answers = suggest(
            step, before, record.run, refused, corpus, until=index, continued=continued
        )
        found.append(
            {
                **(_place(followed, before, step) or {}),
                "fact": fact.value,
                "outcomes": [_outcome(followed, it) for it in stated.values()],
                "suggestions": [
                    {
                        **(_place(followed, it.index, it.item) or {}),
                        "score": it.score,
                        "words": list(it.words),
                    }
                    for it in (() if is_settled else answers)
                ],
            }
        )
    return found


def _outcome(followed: FollowedGroup, stated: StatedOutcome) -> dict[str, Any]:
    """What staff state of a step, with the item that shows it, or None and their note."""
    row = followed.statements.get(stated.row) if stated.row is not None else None
    shown_by = followed.evidence_of(row) if row else None
    return {
        "outcome": stated.outcome.value,
        "meeting": followed.meetings[stated.meeting].held_on.isoformat(),
        "shown_by": _place(followed, shown_by[0], followed.item_at(shown_by)) if shown_by else None,
        "note": row.note if row else "",
    }


def as_text(pair: dict[str, Any]) -> str:
    """One pair for people: a line for each item, marked words in brackets."""
    lines = [f"{pair['older']} to {pair['newer']}"]
    for item in pair["items"]:
        kind = CHANGE_MARKS[ChangeKind(item["change"])].label
        if item["change"] == "moved":
            kind += f" from {_where(item['from'])}"
        for name, words in (("split_into", "split into"), ("merged_from", "merged from")):
            if name in item:
                kind += f", {words} {len(item[name])}"
        if "reordered" in item:
            kind += ", in another order"
        text = _marked(item["words"]) if item["words"] else item["text"]
        lines.append(f"  {_where(item)}: {kind}: {text}")
    lines += [f"  {_where(item)}: No longer reported: {item['text']}" for item in pair["gone"]]
    if pair["steps"]:
        lines.append(f"  Next steps of {pair['older']}:")
    for step in pair["steps"]:
        lines.append(f"    {_where(step)}: {FACT_WORDS[Fact(step['fact'])]}: {step['text']}")
        lines += [f"       {_stated(it)}" for it in step["outcomes"]]
        lines += [
            f"       May be answered by {_where(it)} ({it['score']:.2f}, "
            f"{', '.join(it['words'])}): {it['text']}"
            for it in step["suggestions"]
        ]
    return "\n".join(lines)


def _stated(outcome: dict[str, Any]) -> str:
    words = f"{OUTCOME_LABELS[Outcome(outcome['outcome'])]} (stated by staff)"
    if outcome["shown_by"]:
        words += f", shown by {_where(outcome['shown_by'])}: {outcome['shown_by']['text']}"
    return f"{words}. {outcome['note']}" if outcome["note"] else words


def _where(item: dict[str, Any]) -> str:
    """As pages cite it: "Current status S2.1"."""
    name = item.get("heading") or SECTION_LABELS[SectionKind(item["section"])]
    return f"{name} {item['number']}"


def _marked(words: list[list[str]]) -> str:
    marks = {Op.SAME: "{}", Op.REMOVED: "[-{}-]", Op.ADDED: "[+{}+]"}
    return " ".join(marks[Op(op)].format(text) for op, text in words)
