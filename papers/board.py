"""The status board: groups by subcommittee, and what each did at up to eight meetings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from papers.reports import STATE_MARKS, Report, Reports, by_subcommittee, state_words
from workgroups.history import STATE_LABELS, Standing
from workgroups.models import Meeting, WorkingGroup
from workgroups.reporting import Reporting

COLUMNS = 8
# A row of nothing but these would tell a reader nothing about these meetings.
EMPTY = {Reporting.NOT_ESTABLISHED, Reporting.ENDED, Reporting.UNKNOWN}


@dataclass(frozen=True)
class Row:
    """One group: its name and state on the day of the newest meeting shown, a cell a meeting."""

    group: WorkingGroup
    standing: Standing
    cells: Sequence[Report]

    @property
    def state(self) -> str:
        """The state in words, with its date."""
        return state_words(self.standing, short=True)

    @property
    def short_state(self) -> str:
        """The state in a word or two, for narrow screens."""
        return STATE_LABELS[self.standing.state]

    @property
    def mark(self) -> str:
        """The symbol of the state."""
        return STATE_MARKS[self.standing.state]


@dataclass(frozen=True)
class Board:
    """``meetings`` newest first; ``sections`` are (heading, rows), as of ``day``.

    ``left_out`` groups have no row; ``earlier`` and ``later`` are where the next boards begin.
    """

    meetings: Sequence[Meeting]
    sections: Sequence[tuple[str, Sequence[Row]]]
    left_out: int
    earlier: date | None
    later: date | None
    day: date | None = None

    @property
    def years(self) -> list[tuple[int, int]]:
        """(year, number of its columns), in the order of the columns."""
        years = groupby(meeting.held_on.year for meeting in self.meetings)
        return [(year, len(list(columns))) for year, columns in years]

    @property
    def is_compared(self) -> bool:
        """Whether any cell says how much changed."""
        rows = (row for _, rows in self.sections for row in rows)
        return any(cell.counts is not None for row in rows for cell in row.cells)

    @property
    def width(self) -> int:
        """Columns including the one of the groups."""
        return len(self.meetings) + 1


def choose_meetings(
    held: Sequence[Meeting], through: date | None
) -> tuple[Sequence[Meeting], date | None, date | None]:
    """Up to eight of the ``held`` meetings (newest first), the newest on or before ``through``.

    Also gives the newest column of the boards before and after this one; None where there is none.
    """
    first = 0
    if through is not None:
        first = next((i for i, meeting in enumerate(held) if meeting.held_on <= through), len(held))
        first = min(first, max(len(held) - 1, 0))
    shown = held[first : first + COLUMNS]
    earlier = held[first + COLUMNS].held_on if len(held) > first + COLUMNS else None
    later = held[max(first - COLUMNS, 0)].held_on if first > 0 else None
    return shown, earlier, later


def build_board(
    reports: Reports,
    held: Sequence[Meeting],
    through: date | None,
    headings: Mapping[str, str],
    day: date | None = None,
) -> Board:
    """The board whose newest column is the last meeting on or before ``through``. No query.

    ``reports`` cover at least the meetings chosen from ``held`` (newest first); ``headings`` give
    the full names of subcommittees by slug. Names and states are those of ``day``, by default of
    the newest column's day.
    """
    meetings, earlier, later = choose_meetings(held, through)
    if not meetings:
        return Board([], [], 0, None, None, day)
    day = day or meetings[0].held_on
    rows: list[Row] = []
    for group in reports.groups:
        cells = [reports.at(group, meeting) for meeting in meetings]
        if not all(cell.reporting in EMPTY for cell in cells):
            rows.append(Row(group, group.standing_on(day), cells))
    rows.sort(key=lambda row: row.standing.name.casefold())
    sections = by_subcommittee(rows, lambda row: row.standing.subcommittee, headings)
    return Board(meetings, sections, len(reports.groups) - len(rows), earlier, later, day)
