"""One group through time: its meetings, papers, life events and gaps on one rail, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from papers.comparison import Counts, Place
from papers.content import PaperContent, Section, SectionKind
from papers.elsewhere import Elsewhere, changes_elsewhere
from papers.marked import Gone, MarkedGroup
from papers.marks import CHANGE_MARKS
from papers.quotes import beginning
from papers.reports import Report
from papers.tree import Node, section_trees
from workgroups.dates import Precision, short_month_year
from workgroups.history import FOLLOWS_A_MEETING, EventKind
from workgroups.models import GroupEvent, Meeting
from workgroups.reporting import Reporting

# One line of the rail stands for a run of meetings that all had one of these.
RUNS = {
    Reporting.SILENT,
    Reporting.HIATUS,
    Reporting.NOT_ESTABLISHED,
    Reporting.ENDED,
    Reporting.UNKNOWN,
}
# So much of a page, in characters of markup, holds papers in full; older ones follow in short, that
# no group's page grows past a megabyte (S39).
IN_FULL = 600_000
# The markup around an item, and how much of its words a word difference may repeat.
AROUND_AN_ITEM, REPEATED = 800, 2
QUOTE = 320
# Where the label of a kind does not go well before a name or a date.
EVENT_WORDS = {
    EventKind.HIATUS: "Went on hiatus",
    EventKind.MOVED: "Moved",
    EventKind.CHANGED_KIND: "Changed",
    EventKind.MERGED_INTO: "Merged into",
    EventKind.SPLIT_FROM: "Split from",
}


# Changes stand in the order of their marks.
ORDER = {kind.value: place for place, kind in enumerate(CHANGE_MARKS)}
STATUS_KEY = Place(SectionKind.CURRENT_STATUS, 0).section_key


@dataclass(frozen=True)
class Compared:
    """A paper beside the group's paper before it.

    ``counts`` and ``gone`` are of Current Status, ``elsewhere`` of other sections than that and
    Next Steps.
    """

    before: Meeting
    address: str
    counts: Counts
    gone: Sequence[Gone]
    elsewhere: Sequence[Elsewhere] = ()


@dataclass(frozen=True)
class Entry:
    """One line of the rail. ``kind``: "paper", "report", "run", "event" or "planned"."""

    kind: str
    day: date
    report: Report | None = None
    run: Sequence[Report] = field(default_factory=list)
    event: GroupEvent | None = None
    meeting: Meeting | None = None
    content: PaperContent | None = None
    trees: Sequence[Sequence[Node]] = ()
    compared: Compared | None = None
    is_short: bool = False

    @property
    def reporting(self) -> Reporting | None:
        """What all meetings of a run have in common."""
        return self.run[0].reporting if self.run else None

    @property
    def comes_after(self) -> bool:
        """Whether this event follows a meeting of its own day."""
        return self.event is not None and self.event.kind in FOLLOWS_A_MEETING

    @property
    def order(self) -> int:
        """The order that staff gave to events of one day."""
        return self.event.order if self.event else 0

    def is_above(self, held_on: date) -> bool:
        """Whether this event stands above a meeting of that day on the rail."""
        return self.day > held_on or (self.day == held_on and self.comes_after)

    @property
    def label(self) -> str:
        """The mark of a run, in words."""
        return self.run[0].label if self.run else ""

    @property
    def span(self) -> str:
        """The months that a run reaches over, for the rail."""
        newest, oldest = (
            short_month_year(it.meeting.held_on) for it in (self.run[0], self.run[-1])
        )
        return newest if newest == oldest else f"{oldest} to {newest}"

    @property
    def event_label(self) -> str:
        """What happened, as the words before a name or a group: "Merged into", "Moved"."""
        if self.event is None:
            return ""
        return EVENT_WORDS.get(EventKind(self.event.kind), self.event.get_kind_display())

    @property
    def until(self) -> str:
        """The end of a hiatus: "the second quarter of 2021", "June 30, 2021"."""
        until = self.event.until if self.event else None
        if self.event is None or until is None or until == self.event.when:
            return ""
        return f"the {until}" if until.precision is Precision.QUARTER else str(until)

    @property
    def change(self) -> str:
        """What an event made new: the name, the kind or the subcommittee from then on."""
        if self.event is None:
            return ""
        match self.event.kind:
            case EventKind.RENAMED:
                return f"to {self.event.name}"
            case EventKind.CHANGED_KIND:
                return f"to a {self.event.get_group_kind_display().lower()}"
            case EventKind.MOVED:
                return f"to the {self.event.subcommittee}"
        return f"as {self.event.name}" if self.event.name else ""

    @property
    def status(self) -> list[Node]:
        """The paper's status items, numbered and nested as on its own page: what is new first.

        The items below another stay there.
        """
        nodes = self._nodes(SectionKind.CURRENT_STATUS)
        return sorted(nodes, key=lambda node: ORDER.get(node.notes.kind, 0))

    @property
    def steps(self) -> list[Node]:
        """The paper's next steps, as printed."""
        return self._nodes(SectionKind.NEXT_STEPS)

    @property
    def is_first(self) -> bool:
        """Whether no earlier paper is held with which this one could be compared."""
        return self.report is not None and not self.report.is_summary and self.compared is None

    @property
    def status_section(self) -> Section | None:
        """The printed Current Status, None where the paper has none."""
        return self.content.section(SectionKind.CURRENT_STATUS) if self.content else None

    @property
    def steps_section(self) -> Section | None:
        """The printed Next Steps, None where the paper has none."""
        return self.content.section(SectionKind.NEXT_STEPS) if self.content else None

    @property
    def weight(self) -> int:
        """About how much of a page its items take in full, in characters."""
        texts = [
            item.text
            for section in (self.status_section, self.steps_section)
            for item in (section.items if section else ())
        ]
        texts += [it.text for it in self.compared.gone] if self.compared else []
        return sum(AROUND_AN_ITEM + REPEATED * len(text) for text in texts)

    @property
    def status_count(self) -> int:
        """How many status items the paper has."""
        return len(self.status_section.items) if self.status_section else 0

    @property
    def step_count(self) -> int:
        """How many next steps it has."""
        return len(self.steps_section.items) if self.steps_section else 0

    @property
    def first_words(self) -> str:
        """The beginning of its first status item, for a paper shown in short."""
        items = self.status_section.items if self.status_section else ()
        return beginning(items[0].text, QUOTE) if items else ""

    def _nodes(self, kind: SectionKind) -> list[Node]:
        sections = self.content.sections if self.content else ()
        found = zip(sections, self.trees, strict=True)
        return next((list(nodes) for section, nodes in found if section.kind == kind), [])


def build_timeline(
    reports: Sequence[Report],
    events: Iterable[GroupEvent],
    planned: Iterable[Meeting],
    said: Mapping[int, PaperContent],
    marked: MarkedGroup,
) -> list[Entry]:
    """Entries newest first. ``reports`` are of one group, newest meeting first.

    ``said`` has what each of their papers says, by its primary key;
    ``marked`` has the group's papers. No query.

    An event stands where the record counts it from. On the day of a meeting, what ends or pauses
    the group comes after the meeting, everything else before it: the report bears the new name.
    """
    waiting = [Entry("event", event.as_event().takes_effect, event=event) for event in events]
    waiting.sort(key=lambda entry: (entry.day, entry.comes_after, entry.order))
    entries = [
        Entry("planned", meeting.held_on, meeting=meeting)
        for meeting in sorted(planned, key=lambda meeting: meeting.held_on, reverse=True)
    ]
    run: list[Report] = []

    def close_run() -> None:
        if run:
            entries.append(Entry("run", run[0].meeting.held_on, run=list(run)))
            run.clear()

    for report in reports:
        while waiting and waiting[-1].is_above(report.meeting.held_on):
            close_run()
            entries.append(waiting.pop())
        if report.reporting in RUNS and not report.paper and not report.mentions:
            if run and run[0].reporting is not report.reporting:
                close_run()
            run.append(report)
            continue
        close_run()
        entries.append(_report_entry(report, said, marked))
    close_run()
    entries.extend(reversed(waiting))
    return _with_old_ones_in_short(entries)


def _with_old_ones_in_short(entries: Iterable[Entry]) -> list[Entry]:
    """The newest papers in full while there is room for them; the rest in short."""
    found, left = [], IN_FULL
    for entry in entries:
        left -= entry.weight
        found.append(replace(entry, is_short=True) if entry.content and left < 0 else entry)
    return found


def _report_entry(report: Report, said: Mapping[int, PaperContent], marked: MarkedGroup) -> Entry:
    held_on, paper = report.meeting.held_on, report.paper
    if paper is None:
        return Entry("report", held_on, report=report)
    index = marked.followed.index_of(held_on)
    if paper.is_summary or index is None:
        content = said.get(paper.pk)
        trees = section_trees(content) if content else []
        return Entry("paper", held_on, report=report, content=content, trees=trees)
    return Entry(
        "paper",
        held_on,
        report=report,
        content=marked.followed.contents[index],
        trees=marked.trees(index),
        compared=_compared(index, marked),
    )


def _compared(index: int, marked: MarkedGroup) -> Compared | None:
    followed = marked.followed
    changes, before = followed.status_changes(index), followed.index_before(index)
    if changes is None or before is None:
        return None
    return Compared(
        before=followed.meetings[before],
        address=marked.changes_address(before, index),
        counts=changes.counts,
        gone=marked.gone_by_section(index)[STATUS_KEY],
        elsewhere=changes_elsewhere(followed.changes[index]),
    )


def strip(reports: Sequence[Report]) -> list[tuple[int, list[Report]]]:
    """The group's meetings grouped by year, newest first, for the strip of jump links."""
    years = groupby(reports, key=lambda report: report.meeting.held_on.year)
    return [(year, list(of_year)) for year, of_year in years]
