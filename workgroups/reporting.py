"""What one group did at one meeting, as far as we know: seven different answers.

Pure: standard library only. Silence is a claim, so it is made only where the meeting's record is
complete; before that a missing paper is "not known".
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from workgroups.history import State


class MentionKind(StrEnum):
    """What a public source says of a group at a meeting."""

    ANNOUNCED = "announced"
    REPORTED = "reported"
    RECOMMENDED = "recommended"
    ON_HIATUS = "on-hiatus"


MENTION_LABELS = {
    MentionKind.ANNOUNCED: "Announced",
    MentionKind.REPORTED: "Reported",
    MentionKind.RECOMMENDED: "Made recommendations",
    MentionKind.ON_HIATUS: "On hiatus",
}


# What tells that a group reported; to be announced or on hiatus does not.
TELL_OF_A_REPORT = frozenset({MentionKind.REPORTED, MentionKind.RECOMMENDED})


class Reporting(StrEnum):
    """The seven marks of the status board and of each timeline."""

    HELD = "held"
    REPORTED = "reported"
    SILENT = "silent"
    HIATUS = "hiatus"
    NOT_ESTABLISHED = "not-established"
    ENDED = "ended"
    UNKNOWN = "unknown"


REPORTING_LABELS = {
    Reporting.HELD: "Paper held",
    Reporting.REPORTED: "Reported, paper not held",
    Reporting.SILENT: "Active and silent",
    Reporting.HIATUS: "On hiatus",
    Reporting.NOT_ESTABLISHED: "Not yet established",
    Reporting.ENDED: "Ended",
    Reporting.UNKNOWN: "Not known",
}

REPORTING_MEANINGS = {
    Reporting.HELD: "We hold the Government Issue Paper and show it word for word.",
    Reporting.REPORTED: "A public source says that the group reported or made recommendations at "
    "this meeting. We do not hold its paper.",
    Reporting.SILENT: "The group was active, and we hold every paper of this meeting: there was "
    "none from this group.",
    Reporting.HIATUS: "The group existed and did not meet.",
    Reporting.NOT_ESTABLISHED: "The group had not been set up.",
    Reporting.ENDED: "The group had concluded its work or been closed.",
    Reporting.UNKNOWN: "No source that we hold tells whether the group reported. We have not yet "
    "collected every paper of this meeting, so this is not silence.",
}


def reporting_at(
    state: State,
    *,
    paper_is_held: bool,
    mentions: Collection[MentionKind],
    record_is_complete: bool,
) -> Reporting:
    """The one mark for a group at a meeting.

    A document or a source about this very meeting outweighs the state that follows from events;
    ``record_is_complete`` says that every paper of the meeting is held.
    """
    if paper_is_held:
        return Reporting.HELD
    if not TELL_OF_A_REPORT.isdisjoint(mentions):
        return Reporting.REPORTED
    if state is State.ENDED:
        return Reporting.ENDED
    if state is State.HIATUS or MentionKind.ON_HIATUS in mentions:
        return Reporting.HIATUS
    if state is State.NOT_ESTABLISHED or MentionKind.ANNOUNCED in mentions:
        return Reporting.NOT_ESTABLISHED
    if state is State.ACTIVE and record_is_complete:
        return Reporting.SILENT
    return Reporting.UNKNOWN
