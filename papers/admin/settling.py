"""What there is to settle at one meeting, drafts included: for staff alone (S01).

The steps of a group that were open before the meeting, each with what the meeting's paper does with
it, what became of it as staff state it, and which status items may answer it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from papers.anchors import anchors_of
from papers.comparison import PlacedItem, placed_items
from papers.content import SECTION_LABELS, PaperContent, SectionKind
from papers.evidence import Corpus
from papers.following import (
    FollowedGroup,
    Rejections,
    field_of,
    follow_groups,
    rejections_of,
)
from papers.marks import Promise, promise_in_words
from papers.models import IssuePaper, RejectedSuggestion, StepOutcome
from papers.statements import Node
from papers.suggestions import Suggestion, suggest
from papers.threads import Event, Fact, Thread
from workgroups.models import Meeting, WorkingGroup

EVIDENCE_FIELDS = {"status_item": "evidence", "next_step": "evidence_step"}


@dataclass(frozen=True)
class ShownItem:
    """An item as staff's pages name it: "S2", its words, and the page that prints it."""

    key: str  # "status_item-5"; empty for an item that is not stored
    number: str
    text: str
    section: str
    href: str
    meeting: Meeting
    is_draft: bool

    @property
    def option(self) -> str:
        """In one line, to choose it by."""
        words = self.text if len(self.text) <= 100 else f"{self.text[:99]}…"
        return f"{self.number}: {words}"


@dataclass(frozen=True)
class Answer:
    """A status item that may answer a step."""

    item: ShownItem
    words: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """An outcome that staff stated; ``seen`` changes with everything that it says."""

    row: StepOutcome
    evidence: ShownItem | None
    seen: str


@dataclass
class StepToSettle:
    """One step that was open before the meeting.

    ``step`` is its row, as ``StepOutcome`` names it: where it was printed first. ``item`` is how
    it was printed last before the meeting. ``events`` end with the meeting itself.
    """

    thread: Thread
    step: str
    item: ShownItem
    made_in: Meeting
    promise: Promise | None
    events: list[tuple[Meeting, Event, ShownItem | None]]
    said: list[Said] = field(default_factory=list)
    settled_in: Meeting | None = None
    answers: list[Answer] = field(default_factory=list)
    earlier: list[Answer] = field(default_factory=list)
    refused: list[tuple[RejectedSuggestion, ShownItem]] = field(default_factory=list)
    has_ended: bool = False

    @property
    def anchor(self) -> str:
        return f"step-{self.step}"

    @property
    def is_said(self) -> bool:
        """Whether staff stated at this meeting what became of it."""
        return bool(self.said)

    @property
    def is_settled(self) -> bool:
        """Whether what staff state, at this meeting or a later one, settles it."""
        return self.thread.settled_at is not None

    @property
    def asks(self) -> bool:
        """Whether nobody stated anything at this meeting, nor settled it at a later one."""
        return not self.said and self.settled_in is None

    @property
    def now(self) -> tuple[Meeting, Event, ShownItem | None]:
        """What this meeting's paper does with it."""
        return self.events[-1]

    @property
    def again(self) -> ShownItem | None:
        """The item that prints it again in this meeting's paper, where it can be evidence."""
        shown = self.events[-1][2]
        return shown if shown and shown.key.partition("-")[0] in EVIDENCE_FIELDS else None

    @property
    def open_for(self) -> int:
        """Meetings held since the one at which it was made, this one included."""
        return sum(not event.is_ahead for _, event, _ in self.events[1:])

    @property
    def silent_in(self) -> list[Meeting]:
        """Earlier meetings whose papers leave it out."""
        return [
            meeting for meeting, event, _ in self.events[:-1] if event.fact is Fact.NOT_MENTIONED
        ]

    @property
    def printed_in(self) -> list[tuple[Meeting, Event, ShownItem]]:
        """Meetings between the first and this one whose papers print it."""
        return [(meeting, event, shown) for meeting, event, shown in self.events[1:-1] if shown]


class GroupDesk:
    """One group at the meeting of ``index``."""

    def __init__(self, followed: FollowedGroup, meeting: Meeting, refused: Rejections) -> None:
        self.followed = followed
        self.group = followed.group
        self.meeting = meeting
        self._refused = refused
        found = followed.index_of(meeting.held_on)
        self.index = -1 if found is None else found

    @property
    def paper(self) -> IssuePaper | None:
        """The group's paper for this meeting, a draft too."""
        return self.followed.papers[self.index] if self.index >= 0 else None

    @property
    def has_pairs(self) -> bool:
        """Whether there is a paper for this meeting and one before it."""
        return self.paper is not None and self.followed.index_before(self.index) is not None

    @property
    def is_draft(self) -> bool:
        return self.paper is not None and not self.paper.is_public

    @cached_property
    def content(self) -> PaperContent:
        """What this meeting's paper says; nothing where there is none."""
        found = self.followed.contents[self.index] if self.index >= 0 else None
        return found or PaperContent()

    @cached_property
    def edition(self) -> str:
        """Changes with the words of this meeting's paper: who decides says which they saw."""
        return _digest(self.content)

    @cached_property
    def choices(self) -> list[ShownItem]:
        """What can be evidence: the status items and next steps of this meeting's paper."""
        kinds = (SectionKind.CURRENT_STATUS, SectionKind.NEXT_STEPS)
        return [
            self.shown((self.index, it.place), it)
            for kind in kinds
            for it in placed_items(self.content)
            if it.place.section is kind
        ]

    @cached_property
    def steps(self) -> list[StepToSettle]:
        """The steps that were open before the meeting, those open longest first."""
        if self.index < 0:
            return []
        threads = [it for it in self.followed.ledger.threads if self._is_listed(it)]
        return [self._step(it) for it in sorted(threads, key=lambda it: it.made_at)]

    @cached_property
    def unplaced(self) -> list[Said]:
        """Outcomes of this meeting whose step is not open then, or is no step any more."""
        rows = (it.row for it in self.followed.ledger.unplaced if it.meeting == self.index)
        return [self._said(self.followed.statements[row]) for row in rows if row is not None]

    @property
    def asking(self) -> int:
        return sum(it.asks for it in self.steps)

    @property
    def stated(self) -> int:
        return sum(it.is_said for it in self.steps)

    @property
    def settled_later(self) -> int:
        return sum(not it.is_said and it.settled_in is not None for it in self.steps)

    def step(self, key: str) -> StepToSettle | None:
        """The listed step with this row."""
        return next((it for it in self.steps if it.step == key), None)

    def choice(self, said: str) -> ShownItem | None:
        """The item of this meeting's paper with this key, or with this number as people type it."""
        number = said.strip().upper()
        return next((it for it in self.choices if said == it.key or number == it.number), None)

    def suggest_answers(self, steps: Iterable[StepToSettle]) -> None:
        """Give those of these steps that ask their suggestions: what takes time, so on request."""
        corpus = Corpus(it for it in self.followed.contents if it)
        for step in steps:
            if step.asks:
                found = self._suggestions(step, corpus, self.index, self.index)
                step.answers = [self._answer(it) for it in found]
                earlier = self._suggestions(step, corpus, 0, self.index - 1)
                step.earlier = [self._answer(it) for it in earlier]

    def shown(self, node: Node, placed: PlacedItem | None = None) -> ShownItem:
        """The item at a place."""
        index, place = node
        paper = self.followed.papers[index]
        content = self.followed.contents[index]
        if paper is None or content is None:
            raise ValueError(f"No paper for the meeting of {self.followed.meetings[index]}.")
        placed = placed or self.followed.item_at(node)
        anchor = anchors_of(content)[place]
        if paper.is_public:
            href = f"{paper.get_absolute_url()}#{anchor}"
        else:
            href = reverse("admin:papers_issuepaper_change", args=[paper.pk])
        key = placed.item.key
        return ShownItem(
            key="" if key is None else f"{field_of(place.section)}-{key}",
            number=anchor.upper(),
            text=placed.text,
            section=place.heading or SECTION_LABELS[place.section],
            href=href,
            meeting=self.followed.meetings[index],
            is_draft=not paper.is_public,
        )

    # Helpers -----------------------------------------------------------------------------------

    def _is_listed(self, thread: Thread) -> bool:
        if thread.begun_at >= self.index:
            return False
        if thread.settled_at is not None and thread.settled_at < self.index:
            return False
        # Of a step made at the group's last meeting somebody may say at the next what became of it.
        has_ended = thread.ended_at is not None and thread.ended_at < self.index - 1
        return not has_ended or any(it.meeting == self.index for it in thread.outcomes)

    def _step(self, thread: Thread) -> StepToSettle:
        followed, index = self.followed, self.index
        events = []
        for event in thread.events:
            if event.index <= index:
                mention = event.mention
                shown = self.shown((mention.index, mention.item.place)) if mention else None
                events.append((followed.meetings[event.index], event, shown))
        if thread.events[-1].index < index:
            # It ended with the group, one meeting ago.
            has_paper = followed.contents[index] is not None
            fact = Fact.NOT_MENTIONED if has_paper else Fact.NO_PAPER
            is_ahead = not self.meeting.took_place
            events.append((self.meeting, Event(index, fact, is_ahead=is_ahead), None))
        before = [shown for _, event, shown in events if shown and event.index < index]
        settled_at = thread.settled_at
        found = StepToSettle(
            thread=thread,
            step=self.shown(thread.node).key,
            item=before[-1],
            made_in=followed.meetings[thread.made_at],
            promise=promise_in_words(thread.promised(index), lambda at: followed.meetings[at].name),
            events=events,
            has_ended=thread.ended_at is not None and thread.ended_at <= index,
        )
        rows = (it.row for it in thread.outcomes if it.meeting == index)
        found.said = [self._said(followed.statements[row]) for row in rows if row is not None]
        if settled_at is not None and settled_at > index:
            found.settled_in = followed.meetings[settled_at]
        for rejection, place in self.followed.rejected_for(thread, self._refused):
            if place[0] == index:
                found.refused.append((rejection, self.shown(place)))
        return found

    def _suggestions(
        self, step: StepToSettle, corpus: Corpus, since: int, until: int
    ) -> Iterable[Suggestion]:
        refused = {place for _, place in self.followed.rejected_for(step.thread, self._refused)}
        index, place = step.thread.node
        printed = self.followed.item_at((index, place))
        run = self.followed.contents
        continued = self.followed.record.continued(refused)
        return suggest(printed, index, run, refused, corpus, until, since, continued)

    def _answer(self, found: Suggestion) -> Answer:
        return Answer(self.shown((found.index, found.item.place)), found.words)

    def _said(self, row: StepOutcome) -> Said:
        node = self.followed.evidence_of(row)
        return Said(row, self.shown(node) if node else None, edition_of(row))


class Desk:
    """What there is to settle at a meeting, group by group (10 queries, whatever their number)."""

    def __init__(self, meeting: Meeting, groups: Iterable[WorkingGroup]) -> None:
        """``groups`` come ``with_history()``."""
        self.meeting = meeting
        groups = list(groups)
        day = max(meeting.held_on, timezone.localdate())
        followed = follow_groups(
            groups,
            Meeting.objects.all(),
            day,
            papers=IssuePaper.objects.all(),
            outcomes=StepOutcome.objects.select_related("stated_by", "meeting"),
            upcoming=meeting,
        )
        refused = rejections_of(groups)
        self.groups = [GroupDesk(followed[group.pk], meeting, refused) for group in groups]

    @property
    def asking(self) -> int:
        return sum(it.asking for it in self.groups)

    @property
    def stated(self) -> int:
        return sum(it.stated for it in self.groups)

    @property
    def settled_later(self) -> int:
        return sum(it.settled_later for it in self.groups)


def edition_of(row: StepOutcome) -> str:
    """Changes with everything that an outcome says."""
    return _digest((row.pk, row.outcome, row.evidence_id, row.evidence_step_id, row.note))


def _digest(said: Any) -> str:
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]
