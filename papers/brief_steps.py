"""The half of a meeting's brief that tells what was heard of next steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from papers.brief_parts import Block, Line, Part, Quote, Reported, plain, remarks_on
from papers.comparison import Change, ChangeKind
from papers.ledger import Row, address_of
from papers.marks import AGAIN_MARK, ENDED_MARK, UNHEARD, Promise, meetings
from papers.quotes import beginning, quoted_parts
from papers.threads import Fact, Thread

# What a note of staff is cut to.
NOTE_LENGTH = 160
# Of one group's steps so many are quoted in each part; the ledger has all of them.
MOST_STEPS = 6


def steps_of(groups: Sequence[Reported]) -> list[Part]:
    """The parts that have anything to tell: what staff state first, then facts, then new steps."""
    parts = [
        Part(
            "stated",
            "What became of next steps, stated by staff",
            "Each beside what shows it.",
            [_each(it, _stated, "") for it in groups],
        ),
        Part(
            "not-mentioned",
            "Open and not mentioned",
            "The group’s paper to this meeting does not have them; quoted are those that its paper "
            "before had.",
            [_not_mentioned(it) for it in groups],
        ),
        _no_paper(groups),
        Part(
            "ended",
            ENDED_MARK.label,
            "The group ended after the meeting before, or on this one’s day.",
            [_each(it, _ended, "ended") for it in groups],
        ),
        Part(
            "repeated",
            "Open and repeated",
            "The group’s paper to this meeting has them again, some in other words.",
            [_each(it, _again, "open") for it in groups],
        ),
        Part(
            "made",
            "Made at this meeting",
            "When each is due, where the record says so.",
            [_each(it, _made, "open") for it in groups],
        ),
    ]
    return [kept for part in parts if (kept := part.without_empty_blocks()).blocks]


def _each(
    group: Reported, lines_of: Callable[[Reported, Row], Iterable[Line]], state: str
) -> Block:
    """The lines of a group's steps; steps that one item prints together have one, the oldest's."""
    found: dict[tuple[str, ...], Line] = {}
    for line in (line for row in group.rows for line in lines_of(group, row)):
        places = (it.address if it else "" for it in (line.quote, line.shown_by))
        found.setdefault((line.label, *places, line.note), line)
    return _block(group, list(found.values()), state)


def _block(group: Reported, lines: Sequence[Line], state: str, left_out: int = 0) -> Block:
    """The first lines; how many more there are leads to the ledger as it stood at the meeting."""
    left_out += max(len(lines) - MOST_STEPS, 0)
    more = None
    if left_out:
        held_on, slug = group.report.meeting.held_on, group.report.group.slug
        wanted = {"state": state} if state else {}
        # A day that has not come yet has no record: today's has the papers to that meeting.
        as_of = {"asof": held_on.isoformat()} if held_on <= timezone.localdate() else {}
        query = urlencode({**wanted, "group": slug, **as_of})
        address = f"{reverse('next_steps')}?{query}"
        more = plain(f"{left_out} more in the ledger of next steps", address)
    return Block(group.report.name, group.address, lines=lines[:MOST_STEPS], more=more)


def _step_quote(group: Reported, row: Row) -> Quote:
    return plain(beginning(row.whole_text, group.short_length), row.address)


def _reworded(group: Reported, row: Row) -> Line:
    """A step around the words that changed since the paper that printed it before.

    They are those of the page of the two papers: of one item that became two, each part is told
    by what neither has, and of two that became one all their words were there before.
    """
    change = _change_of(group, row.thread)
    quote = Quote(quoted_parts(change, group.length), row.address)
    return Line("", quote, [_open_for(row), "reworded", *remarks_on(change)])


def _change_of(group: Reported, thread: Thread) -> Change:
    """What changed in a step since its paper before; of a new part, since that of the whole."""
    earlier = [*(thread.whole.mentions if thread.whole else ()), *thread.mentions]
    before = [it for it in earlier if it.index < group.index][-1]
    now = thread.item
    is_next = group.followed.index_before(group.index) == before.index
    changes = (
        group.followed.record.changes[group.index]
        if is_next
        else group.followed.between(before.index, group.index)
    )
    change = changes.of(now.place) if changes else None
    if change:
        older = change.merged_from or (change.older,)
        if any(it and it.place == before.item.place for it in older):
            return change
    # Two papers alone may tell less than those in between, which the step is followed through.
    return Change(ChangeKind.REWORDED, before.item, now)


def _stated(group: Reported, row: Row) -> Iterator[Line]:
    """The step in the words that it had before the meeting: the item that shows it may be newer."""
    asked = [it for it in row.thread.mentions if it.index < group.index]
    for said in row.statements:
        if said.meeting == group.report.meeting:
            chip, step = said.chip, asked[-1].item
            shown = beginning(chip.link_words, group.short_length)
            address = address_of(group.followed, (asked[-1].index, step.place))
            yield Line(
                chip.mark.label,
                plain(beginning(step.text, group.short_length), address),
                [] if row.thread.settled_at is not None else [_standing(row)],
                plain(shown, chip.href) if chip.href else None,
                beginning(chip.note, NOTE_LENGTH),
                chip.mark,
            )


def _standing(row: Row) -> str:
    """How a step stands that nobody settled."""
    return _open_for(row) if row.thread.ended_at is None else ENDED_MARK.label.lower()


def _fact_at(thread: Thread, index: int) -> Fact | None:
    return next((event.fact for event in thread.events if event.index == index), None)


def _is_stated(group: Reported, row: Row) -> bool:
    """Whether staff state something of it at this meeting: no fact of it is told beside that."""
    return any(it.meeting == group.index for it in row.thread.outcomes)


def _is_at_stake(group: Reported, row: Row) -> bool:
    """Whether it was open when the meeting was over."""
    ended_at = row.thread.ended_at
    goes_on = ended_at is None or (ended_at == group.index and not _ended_on_the_day(group))
    return row.thread.settled_at is None and goes_on


def _ended_on_the_day(group: Reported) -> bool:
    """Whether the group that ended after this meeting did so on the same day."""
    end = group.followed.end_after(group.index)
    return end is not None and end.takes_effect <= group.report.meeting.held_on


def _open_for(row: Row) -> str:
    # No meeting took place between the one at which it was made and one that is still to come.
    return f"open for {meetings(row.open_for)}" if row.open_for else f"made in {row.made.name}"


def _again(group: Reported, row: Row) -> Iterator[Line]:
    fact = _fact_at(row.thread, group.index)
    if not _is_at_stake(group, row) or _is_stated(group, row):
        return
    if fact is Fact.REWORDED:
        yield _reworded(group, row)
    elif fact is Fact.REPEATED:
        yield Line("", _step_quote(group, row), [_open_for(row)])


def _not_mentioned(group: Reported) -> Block:
    """Quoted are the steps that the group's paper before had; those long silent are counted."""
    before = group.followed.index_before(group.index)
    rows = [
        row
        for row in group.rows
        if _fact_at(row.thread, group.index) is Fact.NOT_MENTIONED
        and _is_at_stake(group, row)
        and not _is_stated(group, row)
    ]
    fresh = [
        row for row in rows if before is not None and before not in row.thread.not_mentioned_at
    ]
    lines = [Line("", _step_quote(group, row), [_open_for(row)]) for row in fresh]
    return _block(group, lines, "open", left_out=len(rows) - len(fresh))


def _ended(group: Reported, row: Row) -> Iterator[Line]:
    """Told once: at the meeting of the day on which the group ended, else at the next one."""
    ended_at = row.thread.ended_at
    if ended_at is None or row.thread.settled_at is not None or _is_stated(group, row):
        return
    if ended_at == group.index:
        is_told = _ended_on_the_day(group)
    else:
        before = group.followed.end_after(ended_at)
        day = group.followed.meetings[ended_at].held_on
        is_told = ended_at == group.index - 1 and (before is None or before.takes_effect > day)
    if is_told:
        unheard = [UNHEARD] if row.followed.is_unheard(row.thread) else []
        yield Line("", _step_quote(group, row), [_open_for(row), *unheard])


def _made(group: Reported, row: Row) -> Iterator[Line]:
    if row.thread.made_at != group.index:
        return
    remarks = [] if row.thread.again is None else [AGAIN_MARK.label.lower()]
    promise = row.promise or Promise()
    if promise.owner:
        remarks.append(f"to be done by {promise.owner}")
    if promise.due_words:
        remarks.append(_due(promise))
    if row.section:
        remarks.append(f"under {row.section}")
    if not group.is_compared:
        remarks.append("in the first paper held")
    yield Line("", _step_quote(group, row), remarks)


def _due(promise: Promise) -> str:
    printed_in = f" in {promise.printed_in}" if promise.printed_in else ""
    return f"due, as printed{printed_in}: “{promise.due_words}”"


def _no_paper(groups: Iterable[Reported]) -> Part:
    """A line for each group with open steps and no paper: its oldest step stands for them."""
    blocks = []
    for group in groups:
        rows = [
            row
            for row in group.rows
            if _fact_at(row.thread, group.index) is Fact.NO_PAPER and _is_at_stake(group, row)
        ]
        told = [row for row in rows if _is_stated(group, row)]
        rows = [row for row in rows if row not in told]
        if rows:
            oldest = max(rows, key=lambda row: row.open_for)
            # Beside those of which staff state something, and that stay open.
            count = f"{len(rows)} more open" if told else f"{len(rows)} open"
            which = "the oldest for" if len(rows) > 1 else "for"
            line = Line(
                "", _step_quote(group, oldest), [f"{count}, {which} {meetings(oldest.open_for)}"]
            )
            blocks.append(Block(group.report.name, group.address, lines=[line]))
    sentence = "Of these groups no paper to this meeting is held. The oldest step is quoted."
    return Part("no-paper", "Open, and no paper held", sentence, blocks)
