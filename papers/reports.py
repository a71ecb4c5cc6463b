"""What each group did at each meeting: the published papers and the mentions beside the state.

The board, the timelines, the meeting pages and the counts all read this one answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q

from papers.comparison import Counts
from papers.contents import Holdings
from papers.following import FollowedGroup
from papers.models import IssuePaper
from papers.querysets import IssuePaperQuerySet
from workgroups.history import STATE_LABELS, Standing, State
from workgroups.models import Meeting, Mention, WorkingGroup
from workgroups.reporting import (
    REPORTING_LABELS,
    TELL_OF_A_REPORT,
    MentionKind,
    Reporting,
    reporting_at,
)

_Entry = TypeVar("_Entry")
# From so many new or reworded status items a paper is of the next level.
LEVELS = (1, 3, 5)
NO_SUBCOMMITTEE = "Subcommittee not known"
# The shape of each mark, by its symbol in the sprite.
MARKS = {
    Reporting.HELD: "paper",
    Reporting.REPORTED: "rep",
    Reporting.SILENT: "none",
    Reporting.HIATUS: "hia",
    Reporting.NOT_ESTABLISHED: "pre",
    Reporting.ENDED: "end",
    Reporting.UNKNOWN: "unk",
}
STATE_MARKS = {
    State.ACTIVE: "act",
    State.HIATUS: "hia",
    State.NOT_ESTABLISHED: "pre",
    State.ENDED: "end",
    State.UNKNOWN: "unk",
}


@dataclass(frozen=True)
class Report:
    """One group at one meeting. ``paper`` may be a third-party summary: then it is not "held".

    ``counts`` say what became of its status items since the group's paper before; None where
    nothing is compared.
    """

    group: WorkingGroup
    meeting: Meeting
    standing: Standing
    reporting: Reporting
    paper: IssuePaper | None = None
    mentions: Sequence[Mention] = ()
    counts: Counts | None = None

    @property
    def name(self) -> str:
        """The group's name on the day of the meeting, without "Working Group"."""
        return self.standing.name

    @property
    def label(self) -> str:
        """The mark in words."""
        if self.is_summary:
            return "Reported, third-party summary held"
        return REPORTING_LABELS[self.reporting]

    @property
    def changed_label(self) -> str:
        """How much changed, in words: "3 new or reworded"; empty where nothing is compared."""
        if self.counts is None:
            return ""
        if self.counts == Counts(same=self.counts.same):
            return "No change"
        return f"{self.counts.changed} new or reworded"

    @property
    def level(self) -> int:
        """How much changed, from 0 to 3."""
        changed = self.counts.changed if self.counts else 0
        return sum(changed >= least for least in LEVELS)

    @property
    def own_mentions(self) -> list[Mention]:
        """What is said of this group alone, without what is said of every group."""
        return [mention for mention in self.mentions if mention.group_id is not None]

    @property
    def mark(self) -> str:
        """The mark's symbol."""
        return MARKS[self.reporting]

    @property
    def is_summary(self) -> bool:
        """Whether somebody's summary is all that is held of the report."""
        return self.paper is not None and self.paper.is_summary

    @property
    def state(self) -> str:
        """The state in which the group came to the meeting, in words."""
        return state_words(self.standing, short=True)

    @property
    def is_expected(self) -> bool:
        """Whether a paper could be expected: the group was at work, or reported all the same."""
        is_silent = self.reporting in (Reporting.SILENT, Reporting.UNKNOWN)
        return self.has_reported or (is_silent and self.standing.state is State.ACTIVE)

    @property
    def has_reported(self) -> bool:
        """Whether anything tells that the group reported."""
        return self.reporting in (Reporting.HELD, Reporting.REPORTED)


class Reports:
    """The reports of some groups at some meetings (2 queries, whatever their number).

    ``groups`` come ``with_history()``; ``papers`` are published ones, with counts by default, or
    what the caller holds of them already (1 query less).
    ``followed`` are the groups by their primary key, to say what each paper changed.
    """

    def __init__(
        self,
        groups: Iterable[WorkingGroup],
        meetings: Iterable[Meeting],
        papers: IssuePaperQuerySet | Holdings | None = None,
        followed: Mapping[int, FollowedGroup] | None = None,
    ) -> None:
        self._followed = followed or {}
        self.groups = list(groups)
        self.meetings = list(meetings)
        by_group = {group.pk: group for group in self.groups}
        by_meeting = {meeting.pk: meeting for meeting in self.meetings}
        if papers is None:
            papers = IssuePaper.objects.published().with_counts()
        if isinstance(papers, Holdings):
            found = papers.of(by_group, by_meeting)
        else:
            found = list(papers.filter(working_group__in=by_group, meeting__in=by_meeting))
        self._papers = {}
        for paper in found:
            paper.working_group = by_group[paper.working_group_id]
            paper.meeting = by_meeting[paper.meeting_id]
            self._papers[paper.working_group_id, paper.meeting_id] = paper
        self._mentions: dict[tuple[int | None, int], list[Mention]] = defaultdict(list)
        mentions = Mention.objects.filter(meeting__in=by_meeting).filter(
            Q(group__in=by_group) | Q(group__isnull=True)
        )
        for mention in mentions.order_by("kind").select_related("subcommittee"):
            self._mentions[mention.group_id, mention.meeting_id].append(mention)

    @property
    def mentions(self) -> list[Mention]:
        """Every mention of these groups, and of whole subcommittees, at these meetings."""
        return [mention for mentions in self._mentions.values() for mention in mentions]

    def wider_mentions(self, meeting: Meeting) -> Sequence[Mention]:
        """What sources say at the meeting of a whole subcommittee or of the committee."""
        return self._mentions.get((None, meeting.pk), [])

    def at(self, group: WorkingGroup, meeting: Meeting) -> Report:
        """What the group did at the meeting."""
        paper = self._papers.get((group.pk, meeting.pk))
        standing = group.standing_at(meeting.held_on)
        wider = self.wider_mentions(meeting)
        mentions = [
            *self._mentions.get((group.pk, meeting.pk), []),
            *(mention for mention in wider if is_of_each(mention, standing)),
        ]
        kinds = {MentionKind(mention.kind) for mention in mentions}
        if paper and paper.is_summary:
            kinds.add(MentionKind.REPORTED)
        reporting = reporting_at(
            standing.state,
            paper_is_held=paper is not None and not paper.is_summary,
            mentions=kinds,
            record_is_complete=meeting.record_complete,
        )
        counts = self._counts(group, meeting) if paper else None
        return Report(group, meeting, standing, reporting, paper, mentions, counts)

    def _counts(self, group: WorkingGroup, meeting: Meeting) -> Counts | None:
        followed = self._followed.get(group.pk)
        index = followed.index_of(meeting.held_on) if followed else None
        if followed is None or index is None:
            return None
        changes = followed.status_changes(index)
        return changes.counts if changes else None

    def of_meeting(self, meeting: Meeting) -> list[Report]:
        """Every group at one meeting, by the group's name on that day."""
        reports = [self.at(group, meeting) for group in self.groups]
        return sorted(reports, key=lambda report: report.name.casefold())

    def of_group(self, group: WorkingGroup) -> list[Report]:
        """One group at every meeting, in the order of the meetings given."""
        return [self.at(group, meeting) for meeting in self.meetings]


def is_whole(meeting: Meeting, reports: Iterable[Report]) -> bool:
    """Whether every paper of a meeting is held, as far as anybody knows.

    Staff say that its record is complete, and ``reports``, of all groups, have none of a group
    that reported without a paper that we hold.
    """
    return meeting.record_complete and not any(it.reporting is Reporting.REPORTED for it in reports)


def held_words(reports: Collection[Report]) -> str:
    """What is held of reports that a paper or a summary is held of: "3 papers, 1 summary"."""
    summaries = sum(it.is_summary for it in reports)
    papers = len(reports) - summaries
    words = [f"{papers} paper{'' if papers == 1 else 's'}"] if papers else []
    if summaries:
        words.append(f"{summaries} summar{'y' if summaries == 1 else 'ies'}")
    return ", ".join(words)


def is_of_each(mention: Mention, standing: Standing) -> bool:
    """Whether a source says this of every group, and so of one that came in this standing.

    What it says of all those of the committee, or of a subcommittee, holds of the active ones.
    """
    return (
        mention.is_of_every_group
        and standing.state is State.ACTIVE
        and (mention.subcommittee is None or mention.subcommittee.slug == standing.subcommittee)
    )


def reported_at(meetings: Q, groups: Iterable[WorkingGroup]) -> set[int]:
    """The groups that a source says reported at any of the meetings, by primary key (1 query).

    ``meetings`` is asked of mentions: ``Q(meeting__term=term)``. ``groups`` come
    ``with_history()``. What papers tell is not asked here.
    """
    mentions = Mention.objects.filter(meetings, kind__in=TELL_OF_A_REPORT)
    told = list(mentions.select_related("meeting", "subcommittee"))
    named = {mention.group_id for mention in told}
    wider = [mention for mention in told if mention.is_of_every_group]
    return {
        group.pk
        for group in groups
        if group.pk in named
        or any(is_of_each(it, group.standing_at(it.meeting.held_on)) for it in wider)
    }


def state_words(standing: Standing, *, short: bool = False) -> str:
    """The state with its date: "On hiatus since December 13, 2023", "Ended in June 2023".

    ``short``, for tables, has months of three letters and no days: "Active since Oct 2018 or
    earlier", "Ended Jun 2023".
    """
    words = STATE_LABELS[standing.state]
    if standing.since and standing.state is not State.UNKNOWN:
        when = standing.since.when
        if standing.state is State.ENDED:
            words += f" {when.short if short else when.in_sentence}"
        else:
            words += f" {when.since_short if short else when.since}"
    return f"{words}, winding down" if standing.is_winding_down else words


def subcommittee_names(groups: Iterable[WorkingGroup]) -> dict[str, str]:
    """The full names of the subcommittees that groups ever were under, by slug. No query.

    ``groups`` come ``with_history()``.
    """
    events = (event for group in groups for event in group.events.all())
    return {it.subcommittee.slug: str(it.subcommittee) for it in events if it.subcommittee}


def by_subcommittee(
    entries: Iterable[_Entry], slug_of: Callable[[_Entry], str], names: Mapping[str, str]
) -> list[tuple[str, list[_Entry]]]:
    """(full name of a subcommittee, its entries) by name; last, those whose own is not known."""
    sections: dict[str, list[_Entry]] = {}
    for entry in entries:
        sections.setdefault(names.get(slug_of(entry), NO_SUBCOMMITTEE), []).append(entry)
    return sorted(sections.items(), key=lambda section: (section[0] == NO_SUBCOMMITTEE, section[0]))
