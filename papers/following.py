"""Groups followed from meeting to meeting: their papers, what changed, and every next step.

The one loader behind every page that shows a change or a step: four queries, whatever the number of
groups, meetings and papers. Only the Government's own papers are compared: a third-party summary
is told in the site's words, and a difference from those would say nothing of the group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from django.db.models import Q
from django.utils import timezone

from papers.comparison import Changes, PairCorrection, Place, PlacedItem, placed_items
from papers.content import PaperContent, SectionKind
from papers.contents import Holdings, load_holdings
from papers.kept import changes_between, ledger_of, record_of
from papers.models import IssuePaper, PairingCorrection, RejectedSuggestion, StepOutcome
from papers.models.followup import ITEM_FIELDS, STEP_FIELDS
from papers.querysets import IssuePaperQuerySet, StepOutcomeQuerySet
from papers.statements import Corrections, Node, Record
from papers.threads import Ledger, Outcome, StatedOutcome, Thread
from workgroups.dates import KnownDate
from workgroups.history import State
from workgroups.models import Meeting, WorkingGroup

RowKey = tuple[str, int]  # ("status_item", its primary key)
Rejections = Mapping[RowKey, Sequence[RejectedSuggestion]]


def field_of(section: SectionKind) -> str:
    """The kind of row in which the items of a section are stored."""
    if section is SectionKind.NEXT_STEPS:
        return "next_step"
    return "status_item" if section is SectionKind.CURRENT_STATUS else "section_item"


@dataclass(frozen=True)
class FollowedGroup:
    """One group through ``meetings``, the oldest first; an index counts these.

    ``papers`` and ``contents`` have a place for each meeting, None where there is no paper that
    can be compared. ``statements`` are the outcomes' rows by primary key.
    """

    group: WorkingGroup
    meetings: Sequence[Meeting]
    papers: Sequence[IssuePaper | None]
    contents: Sequence[PaperContent | None]
    corrections: Corrections
    stated: Sequence[StatedOutcome]
    statements: Mapping[int, StepOutcome]
    ended_at: frozenset[int]
    day: date = date.max

    @property
    def changes(self) -> Sequence[Changes | None]:
        """For each meeting what changed since the group's paper before; None for the first."""
        return self.record.changes

    def status_changes(self, index: int) -> Changes | None:
        """What changed among the status items of one meeting; None for the first paper."""
        changes = self.changes[index]
        return changes.in_section(SectionKind.CURRENT_STATUS) if changes else None

    def between(self, older: int, newer: int) -> Changes | None:
        """What changed between any two of its papers; None where one of them is not there.

        What the papers in between follow from the one to the other is one statement here too,
        though too many of its words changed on the way to tell so from these two alone.
        """
        before, after = self.contents[older], self.contents[newer]
        if before is None or after is None:
            return None
        said = tuple(self.corrections.get((older, newer), ()))
        found = changes_between(before, after, said)
        if self.index_before(newer) == older:
            return found
        followed = tuple(self._followed_between(older, newer, found))
        return changes_between(before, after, (*followed, *said)) if followed else found

    def _followed_between(self, older: int, newer: int, found: Changes) -> Iterator[PairCorrection]:
        """What is gone from the one and new in the other, and was followed all the way."""
        new = {it.newer.place for it in found.items if it.newer and it.older is None}
        for change in found.gone:
            nodes = [(older, change.older.place)] if change.older else []
            for index, place in nodes:
                nodes += [it for it in self.record.after.get((index, place), ()) if it[0] <= newer]
                if index == newer and place in new and change.older:
                    yield PairCorrection(change.older.place, place, by_staff=False)

    @cached_property
    def record(self) -> Record:
        """Every statement with its past and its future. Kept between requests: only read it."""
        items = [
            [item for section in content.sections for item in section.items] if content else []
            for content in self.contents
        ]
        tracked = frozenset(
            (index, placed.place)
            for index, content in enumerate(self.contents)
            if content and any(item.is_tracked for item in items[index])
            for placed in placed_items(content)
            if placed.item.is_tracked
        )
        return record_of(
            tuple(self.contents),
            tuple(tuple(item.key for item in of_paper) for of_paper in items),
            tuple((pair, tuple(said)) for pair, said in self.corrections.items()),
            tracked,
        )

    @cached_property
    def ledger(self) -> Ledger:
        """Every next step with what became of it. Kept between requests: only read it."""
        ahead = frozenset(i for i, meeting in enumerate(self.meetings) if not meeting.took_place)
        return ledger_of(self.record, tuple(self.stated), self.ended_at, ahead)

    def index_of(self, held_on: date) -> int | None:
        """The index of the meeting of a day."""
        return self._indexes.get(held_on)

    @cached_property
    def _indexes(self) -> dict[date, int]:
        return {meeting.held_on: index for index, meeting in enumerate(self.meetings)}

    def end_after(self, index: int) -> KnownDate | None:
        """When the group ended after a meeting of ``ended_at``, as precisely as it is known."""
        after = self.meetings[index + 1 : index + 2]
        standing = (
            self.group.standing_at(after[0].held_on) if after else self.group.standing_on(self.day)
        )
        return standing.since.when if standing.since else None

    def index_before(self, index: int) -> int | None:
        """The index of the group's paper before the one of a meeting."""
        return next((it for it in range(index - 1, -1, -1) if self.contents[it]), None)

    def is_latest(self, index: int) -> bool:
        """Whether no later paper of the group is held than that of a meeting."""
        return not any(self.contents[index + 1 :])

    def is_unheard(self, thread: Thread) -> bool:
        """Whether a meeting or the group's end came after a step's last paper, and no paper."""
        came = thread.ended_at is not None or thread.events[-1].mention is None
        return came and self.is_latest(thread.mentions[-1].index)

    def threads_at(self, index: int, place: Place) -> tuple[Thread, ...]:
        """The next steps that an item of one paper is a mention of."""
        return self.ledger.at(index, place)

    @cached_property
    def places(self) -> dict[RowKey, Node]:
        """Where each stored item stands."""
        return {
            (field_of(placed.place.section), placed.item.key): (index, placed.place)
            for index, content in enumerate(self.contents)
            if content
            for placed in placed_items(content)
            if placed.item.key is not None
        }

    @cached_property
    def rows(self) -> dict[Node, RowKey]:
        """Which row stands at each place."""
        return {node: key for key, node in self.places.items()}

    def item_at(self, node: Node) -> PlacedItem:
        """The item at a place of a paper. KeyError where there is none."""
        return self.record.items[node]

    def evidence_of(self, statement: StepOutcome) -> Node | None:
        """Where the later item stands that shows an outcome, if one was chosen."""
        if statement.evidence_id is not None:
            return self.places.get(("status_item", statement.evidence_id))
        if statement.evidence_step_id is not None:
            return self.places.get(("next_step", statement.evidence_step_id))
        return None

    def rejected_for(
        self, thread: Thread, rejections: Rejections
    ) -> Iterator[tuple[RejectedSuggestion, Node]]:
        """What was refused as a step's answer, for whichever paper that prints the step."""
        for mention in thread.mentions:
            row = self.rows.get((mention.index, mention.item.place))
            for rejection in rejections.get(row, ()) if row else ():
                place = self.places.get(("status_item", rejection.answer_id))
                if place:
                    yield rejection, place


def rejections_of(groups: Iterable[WorkingGroup]) -> Rejections:
    """What staff refused as the answer to steps of these groups, by the step's row (1 query)."""
    keys = [group.pk for group in groups]
    of_groups = Q()
    for name in STEP_FIELDS:
        of_groups |= Q(**{f"{name}__paper__working_group__in": keys})
    found: dict[RowKey, list[RejectedSuggestion]] = defaultdict(list)
    for row in RejectedSuggestion.objects.filter(of_groups).order_by("rejected_at", "pk"):
        found[_key(row, STEP_FIELDS)].append(row)
    return found


def follow_groups(
    groups: Iterable[WorkingGroup],
    meetings: Iterable[Meeting],
    day: date,
    papers: IssuePaperQuerySet | Holdings | None = None,
    outcomes: StepOutcomeQuerySet | None = None,
    upcoming: Meeting | None = None,
) -> dict[int, FollowedGroup]:
    """Groups by their primary key, each followed through the meetings that took place by ``day``.

    Papers come out some days before their meeting: a planned meeting to which a group has a paper
    is followed too, by that group alone, on every ``day`` from today on.

    ``groups`` come ``with_history()``. ``papers`` and ``outcomes`` are what the public may read
    (S01), or what the caller holds of that already; pages of staff say otherwise. ``upcoming`` is a
    meeting that every group is followed to although it has not taken place yet: the one that staff
    prepare. A group without papers is there too.
    """
    by_group = {group.pk: group for group in groups}
    possible = {
        it.pk: it
        for it in sorted(meetings, key=lambda it: it.held_on)
        if it == upcoming or _may_be_followed(it, day)
    }
    if papers is None:
        papers = IssuePaper.objects.published()
    if outcomes is None:
        outcomes = StepOutcome.objects.public()
    if not isinstance(papers, Holdings):
        of_these = papers.issue_papers().filter(working_group__in=by_group, meeting__in=possible)
        papers = load_holdings(of_these)
    found = [it for it in papers.of(by_group, possible) if not it.is_summary]
    contents = {paper.pk: papers.contents[paper.pk] for paper in found}
    of_group: dict[int, dict[int, IssuePaper]] = defaultdict(dict)
    for paper in found:
        paper.working_group = by_group[paper.working_group_id]
        paper.meeting = possible[paper.meeting_id]
        of_group[paper.working_group_id][paper.meeting_id] = paper
    runs = {
        key: [
            it
            for it in possible.values()
            if it.took_place or it == upcoming or it.pk in of_group[key]
        ]
        for key in by_group
    }
    indexes = {key: {it.pk: index for index, it in enumerate(run)} for key, run in runs.items()}
    said = list(PairingCorrection.objects.order_by("made_at", "pk")) if contents else []
    stated_rows = list(outcomes.of_papers(contents)) if contents else []
    places = _places(found, contents, indexes) if said or stated_rows else {}
    corrections = _corrections(said, places)
    stated = _stated(stated_rows, places, indexes)
    return {
        key: _followed(
            group, runs[key], of_group[key], contents, corrections[key], stated[key], day
        )
        for key, group in by_group.items()
    }


def _may_be_followed(meeting: Meeting, day: date) -> bool:
    """Whether it took place by a day, or is planned for one; today also for later days."""
    if meeting.held_on <= day or day >= timezone.localdate():
        return meeting.took_place or meeting.status == Meeting.Status.PLANNED
    return False


# For each stored item its group and where it stands.
_Places = dict[RowKey, tuple[int, Node]]
# For each group the indexes of its meetings, by their primary keys.
_Indexes = Mapping[int, Mapping[int, int]]


def _places(
    papers: Sequence[IssuePaper], contents: Mapping[int, PaperContent], indexes: _Indexes
) -> _Places:
    found: _Places = {}
    for paper in papers:
        for placed in placed_items(contents[paper.pk]):
            if placed.item.key is not None:
                key = (field_of(placed.place.section), placed.item.key)
                node = (indexes[paper.working_group_id][paper.meeting_id], placed.place)
                found[key] = (paper.working_group_id, node)
    return found


def _corrections(
    rows: Iterable[PairingCorrection], places: _Places
) -> dict[int, dict[tuple[int, int], list[PairCorrection]]]:
    """What staff say of pairs, by group and by the indexes of the two papers."""
    found: dict[int, dict[tuple[int, int], list[PairCorrection]]] = defaultdict(dict)
    for row in rows:
        older = places.get(_key(row, [f"older_{it}" for it in ITEM_FIELDS]))
        newer = places.get(_key(row, [f"newer_{it}" for it in ITEM_FIELDS]))
        if older and newer and older[0] == newer[0]:
            (group, (before, place)), (_, (after, new_place)) = older, newer
            said = found[group].setdefault((before, after), [])
            said.append(PairCorrection(place, new_place, row.together))
    return found


def _key(row: object, fields: Sequence[str]) -> RowKey:
    """The row that one of the fields points at."""
    for field, kind in zip(fields, ITEM_FIELDS, strict=True):
        key = getattr(row, f"{field}_id")
        if key is not None:
            return (kind, key)
    return ("", 0)


def _stated(
    rows: Iterable[StepOutcome], places: _Places, indexes: _Indexes
) -> dict[int, list[tuple[StatedOutcome, StepOutcome]]]:
    found: dict[int, list[tuple[StatedOutcome, StepOutcome]]] = defaultdict(list)
    for row in rows:
        place = places.get(_key(row, STEP_FIELDS))
        if place is None or row.meeting_id not in indexes[place[0]]:
            continue
        group, node = place
        meeting = indexes[group][row.meeting_id]
        found[group].append((StatedOutcome(node, meeting, Outcome(row.outcome), row.pk), row))
    return found


def _followed(
    group: WorkingGroup,
    run: Sequence[Meeting],
    papers: Mapping[int, IssuePaper],
    contents: Mapping[int, PaperContent],
    corrections: Corrections,
    stated: Sequence[tuple[StatedOutcome, StepOutcome]],
    day: date,
) -> FollowedGroup:
    of_run = [papers.get(meeting.pk) for meeting in run]
    return FollowedGroup(
        group=group,
        meetings=run,
        papers=of_run,
        contents=[contents[paper.pk] if paper else None for paper in of_run],
        corrections=corrections,
        stated=[it for it, _ in stated],
        statements={row.pk: row for _, row in stated},
        ended_at=_last_before_ends(group, run, day) if papers else frozenset(),
        day=day,
    )


def _last_before_ends(group: WorkingGroup, run: Sequence[Meeting], day: date) -> frozenset[int]:
    """The indexes of the last meetings before the group ended, up to ``day``."""
    states = [group.standing_at(meeting.held_on).state for meeting in run]
    if not run or run[-1].held_on <= day:
        states.append(group.standing_on(day).state)
    return frozenset(
        index
        for index, (now, then) in enumerate(pairwise(states))
        if then is State.ENDED and now is not State.ENDED
    )
