"""What changed from paper to paper of one group, for people and for scripts."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers.comparison import Change, PlacedItem
from papers.content import SECTION_LABELS, SectionKind
from papers.contents import load_contents
from papers.models import IssuePaper
from papers.statements import Record
from papers.suggestions import Corpus, suggest
from papers.threads import Fact
from papers.words import Op
from workgroups.models import WorkingGroup

FACT_WORDS = {
    Fact.REPEATED: "Repeated",
    Fact.REWORDED: "Reworded",
    Fact.NOT_MENTIONED: "Not mentioned",
}


class Command(BaseCommand):
    """Reads published papers alone (S01) and changes nothing."""

    help = (
        "Print, for each pair of consecutive published papers of a group, what is new, reworded, "
        "the same, moved and no longer reported, what the newer paper does with the older one's "
        "next steps, and which of its status items may answer them (for staff to judge)."
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
        published = IssuePaper.objects.published().of_group(group).with_subject()
        papers = list(published)[::-1]
        contents = load_contents(papers)
        days = [paper.meeting.held_on.isoformat() for paper in papers]
        facts = pairs_of(days, Record([contents[paper.pk] for paper in papers]))
        if options["json"]:
            self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2))
        elif not facts:
            count = {0: "no published paper", 1: "one published paper"}[len(papers)]
            self.stdout.write(f"{group} has {count}: there is nothing to compare.")
        else:
            self.stdout.write("\n\n".join(as_text(pair) for pair in facts))


def pairs_of(days: list[str], record: Record) -> list[dict[str, Any]]:
    """The facts of each pair of consecutive papers; ``days`` are those of their meetings."""
    corpus = Corpus(paper for paper in record.run if paper)
    found = []
    for index, changes in enumerate(record.changes):
        if changes is None:
            continue
        found.append(
            {
                "older": days[index - 1],
                "newer": days[index],
                "items": [_item(change) for change in changes.items],
                "gone": [_place(change.older) for change in changes.gone],
                "steps": _steps(record, index, corpus),
            }
        )
    return found


def _place(placed: PlacedItem | None) -> dict[str, Any] | None:
    """Section, position and text; an other section also says its heading."""
    if placed is None:
        return None
    place = placed.place
    heading = {"heading": place.heading} if place.heading else {}
    return {
        "section": place.section.value,
        **heading,
        "position": place.position,
        "text": placed.text,
    }


def _item(change: Change) -> dict[str, Any]:
    """One item of the newer paper; the parts of splits and merges only where there are any."""
    parts = {
        name: [_place(placed) for placed in placed_items]
        for name, placed_items in (
            ("split_into", change.split_into),
            ("merged_from", change.merged_from),
        )
        if placed_items
    }
    return {
        **(_place(change.newer) or {}),
        "change": change.kind.value,
        "from": _place(change.older),
        "score": round(change.score, 3),
        "reason": str(change.reason or ""),
        **parts,
        "words": [[it.op.value, it.words] for it in change.diff] if change.is_reworded else [],
    }


def _steps(record: Record, index: int, corpus: Corpus) -> list[dict[str, Any]]:
    """The older paper's next steps: what the newer one does with them, and what may answer."""
    found = []
    for node in record.nodes(index - 1):
        if not record.is_step(node):
            continue
        step = record.items[node]
        mention = record.next_mention(node, index)
        fact = Fact.NOT_MENTIONED
        if mention:
            fact = Fact.REWORDED if mention.is_reworded else Fact.REPEATED
        answers = suggest(step, index - 1, record.run, corpus=corpus, until=index)
        found.append(
            {
                "position": step.place.position,
                "text": step.text,
                "fact": fact.value,
                "suggestions": [
                    {**(_place(it.item) or {}), "score": it.score, "words": list(it.words)}
                    for it in answers
                ],
            }
        )
    return found


def as_text(pair: dict[str, Any]) -> str:
    """One pair for people: a line for each item, marked words in brackets."""
    lines = [f"{pair['older']} to {pair['newer']}"]
    for item in pair["items"]:
        kind = item["change"].capitalize()
        if item["change"] == "moved":
            kind += f" from {_where(item['from'])}"
        for name, words in (("split_into", "split into"), ("merged_from", "merged from")):
            if name in item:
                kind += f", {words} {len(item[name])}"
        text = _marked(item["words"]) if item["words"] else item["text"]
        lines.append(f"  {_where(item)}: {kind}: {text}")
    lines += [f"  {_where(item)}: No longer reported: {item['text']}" for item in pair["gone"]]
    if pair["steps"]:
        lines.append(f"  Next steps of {pair['older']}:")
    for step in pair["steps"]:
        lines.append(f"    {step['position']}. {FACT_WORDS[Fact(step['fact'])]}: {step['text']}")
        lines += [
            f"       May be answered by {_where(it)} ({it['score']:.2f}, "
            f"{', '.join(it['words'])}): {it['text']}"
            for it in step["suggestions"]
        ]
    return "\n".join(lines)


def _where(item: dict[str, Any]) -> str:
    name = item.get("heading") or SECTION_LABELS[SectionKind(item["section"])]
    return f"{name} {item['position']}"


def _marked(words: list[list[str]]) -> str:
    marks = {Op.SAME: "{}", Op.REMOVED: "[-{}-]", Op.ADDED: "[+{}+]"}
    return " ".join(marks[Op(op)].format(text) for op, text in words)
