"""The status board: groups by subcommittee, and what each did at up to eight meetings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from papers.reports import STATE_MARKS, Report, Reports, state_words
from workgroups.history import STATE_LABELS, Standing
from workgroups.models import Meeting, WorkingGroup
from workgroups.reporting import Reporting

COLUMNS = 8
NO_SUBCOMMITTEE = "Subcommittee not known"
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
        return state_words(self.standing)

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
    """``meetings`` newest first; ``sections`` are (heading, rows); the first meeting is "now"."""

    meetings: Sequence[Meeting]
    sections: Sequence[tuple[str, Sequence[Row]]]
    left_out: int
    earlier: date | None
    later: date | None

    @property
    def years(self) -> list[tuple[int, int]]:
        """(year, number of its columns), in the order of the columns."""
        years = groupby(meeting.held_on.year for meeting in self.meetings)
        return [(year, len(list(columns))) for year, columns in years]

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
    reports: Reports, held: Sequence[Meeting], through: date | None, headings: Mapping[str, str]
) -> Board:
    """The board whose newest column is the last meeting on or before ``through``. No query.

    ``reports`` cover at least the meetings chosen from ``held`` (newest first); ``headings`` give
    the full names of subcommittees by slug.
    """
    meetings, earlier, later = choose_meetings(held, through)
    sections: dict[str, list[Row]] = {}
    left_out = 0
    for group in reports.groups:
        cells = [reports.at(group, meeting) for meeting in meetings]
        if all(cell.reporting in EMPTY for cell in cells):
            left_out += 1
            continue
        standing = cells[0].standing
        heading = headings.get(standing.subcommittee, NO_SUBCOMMITTEE)
        sections.setdefault(heading, []).append(Row(group, standing, cells))
    for rows in sections.values():
        rows.sort(key=lambda row: row.standing.name.casefold())
    ordered = sorted(sections.items(), key=lambda section: (section[0] == NO_SUBCOMMITTEE, section))
    return Board(meetings, ordered, left_out, earlier, later)
