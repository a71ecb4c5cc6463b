"""A group's events -> its name, kind, subcommittee and state on any date.

Pure: standard library only. Everything the site says about a group on a date comes from
``standing_on``; nothing of it is stored but the events.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from workgroups.dates import KnownDate


class EventKind(StrEnum):
    """What can happen to a group."""

    ANNOUNCED = "announced"
    ESTABLISHED = "established"
    LAUNCHED = "launched"
    SPLIT_FROM = "split-from"
    RE_ESTABLISHED = "re-established"
    RESUMED = "resumed"
    RENAMED = "renamed"
    MOVED = "moved"
    CHANGED_KIND = "changed-kind"
    SOW_REVISED = "sow-revised"
    SUB_UNIT_CREATED = "sub-unit-created"
    HIATUS = "hiatus"
    LAST_NAMED = "last-named"
    WINDING_DOWN = "winding-down"
    CONCLUDED = "concluded"
    CLOSED = "closed"
    MERGED_INTO = "merged-into"


EVENT_LABELS = {
    EventKind.ANNOUNCED: "Announced",
    EventKind.ESTABLISHED: "Established",
    EventKind.LAUNCHED: "Launched",
    EventKind.SPLIT_FROM: "Split from another group",
    EventKind.RE_ESTABLISHED: "Re-established",
    EventKind.RESUMED: "Resumed",
    EventKind.RENAMED: "Renamed",
    EventKind.MOVED: "Moved to another subcommittee",
    EventKind.CHANGED_KIND: "Changed kind",
    EventKind.SOW_REVISED: "Statement of Work revised",
    EventKind.SUB_UNIT_CREATED: "Sub-unit created",
    EventKind.HIATUS: "On hiatus",
    EventKind.LAST_NAMED: "Last named",
    EventKind.WINDING_DOWN: "Wind-down announced",
    EventKind.CONCLUDED: "Concluded",
    EventKind.CLOSED: "Closed",
    EventKind.MERGED_INTO: "Merged into another group",
}


class State(StrEnum):
    """How a group stands on a date, as far as its events tell."""

    NOT_ESTABLISHED = "not-established"
    ACTIVE = "active"
    HIATUS = "hiatus"
    ENDED = "ended"
    UNKNOWN = "unknown"


STATE_LABELS = {
    State.NOT_ESTABLISHED: "Not yet established",
    State.ACTIVE: "Active",
    State.HIATUS: "On hiatus",
    State.ENDED: "Ended",
    State.UNKNOWN: "Not known",
}

BEGINS = {EventKind.ESTABLISHED, EventKind.LAUNCHED, EventKind.SPLIT_FROM}
# What says outright that there was a pause before, whatever else is known of that.
RETURNS = {EventKind.RE_ESTABLISHED, EventKind.RESUMED}
REVIVES = BEGINS | RETURNS
ENDS = {EventKind.CONCLUDED, EventKind.CLOSED, EventKind.MERGED_INTO}
# Told to all groups alike, or of a group to come: they bring none back that was lost from sight.
TELLS_OF_NONE = {EventKind.WINDING_DOWN, EventKind.ANNOUNCED}
# On the day of a meeting these come after it: a group closed that day has still reported.
FOLLOWS_A_MEETING = ENDS | {EventKind.HIATUS, EventKind.WINDING_DOWN}


@dataclass(frozen=True)
class Event:
    """One life event.

    ``name``, ``subcommittee`` and ``group_kind`` hold from then on; empty means "as before".
    ``until`` is the end of a hiatus for a stated period, its last day included. ``order`` settles
    which of two events of one day comes first.
    """

    kind: EventKind
    when: KnownDate
    name: str = ""
    subcommittee: str = ""
    group_kind: str = ""
    until: KnownDate | None = None
    order: int = 0

    @property
    def takes_effect(self) -> date:
        """The day from which the event counts: for ``LAST_NAMED``, the day after that naming.

        A naming during a hiatus for a stated period leaves that as it is until its end.
        """
        if self.kind is EventKind.LAST_NAMED:
            return self.when.latest + timedelta(days=1)
        return self.when.takes_effect


@dataclass(frozen=True)
class Standing:
    """What a group is on one date.

    ``since`` is the event that brought the state, None before any and after a hiatus that ran out.
    Empty strings mean that no event tells.
    """

    name: str
    subcommittee: str
    group_kind: str
    state: State
    since: Event | None = None
    is_winding_down: bool = False


def in_order(events: Iterable[Event]) -> list[Event]:
    """The events as they took effect; those of one day by ``order``, then as given."""
    return sorted(events, key=lambda event: (event.takes_effect, event.order))


def standing_on(events: Iterable[Event], day: date) -> Standing:
    """Fold the events up to and including ``day`` into the group's standing on it.

    Every date has exactly one answer, also dates before the first event: there the group bears its
    first known name. It is "not yet established" then if that event is its announcement, or its
    beginning on a date known not to have come yet, and else "not known".
    """
    ordered = in_order(events)
    past = [event for event in ordered if event.takes_effect <= day]
    life = _Life(_before(ordered, day))
    for event in past:
        life.reach(event.takes_effect)
        life.live_through(event)
    life.reach(day)
    return Standing(
        name=_latest(past, ordered, "name"),
        subcommittee=_latest(past, ordered, "subcommittee"),
        group_kind=_latest(past, ordered, "group_kind"),
        state=life.state,
        since=life.since,
        is_winding_down=life.is_winding_down,
    )


def standing_at_meeting(events: Iterable[Event], held_on: date) -> Standing:
    """The standing in which a group came to a meeting, before what ended or paused it that day.

    The rest of the day counts: a group established or renamed at the meeting came under that name.
    """
    return standing_on(
        (
            event
            for event in events
            if event.kind not in FOLLOWS_A_MEETING or event.takes_effect != held_on
        ),
        held_on,
    )


def former_names(events: Iterable[Event], day: date) -> list[tuple[str, str, KnownDate]]:
    """Names borne before ``day`` and not on it: (name, kind, when it gave way), last first.

    A name given up twice is told with the later date.
    """
    borne: dict[tuple[str, str], KnownDate] = {}
    name, kind = "", ""
    for event in in_order(event for event in events if event.takes_effect <= day):
        following = (event.name or name, event.group_kind or kind)
        if name and following[0] != name:
            borne.pop((name, kind), None)
            borne[name, kind] = event.when
        name, kind = following
    return [(old, its_kind, when) for (old, its_kind), when in borne.items() if old != name][::-1]


@dataclass
class _Life:
    """The state while the fold walks through the events."""

    state: State
    since: Event | None = None
    hiatus_until: date | None = None
    # The last naming, while the stated period of a hiatus goes on after it.
    lost_afterwards: Event | None = None
    is_winding_down: bool = False
    has_existed: bool = False

    def reach(self, day: date) -> None:
        """End a hiatus whose stated period is over by ``day``."""
        if self.state is State.HIATUS and self.hiatus_until and day > self.hiatus_until:
            self.since = self.lost_afterwards
            self.state = State.UNKNOWN if self.lost_afterwards else State.ACTIVE

    def live_through(self, event: Event) -> None:
        following = self._state_after(event)
        if event.kind in REVIVES or following is State.ENDED:
            self.is_winding_down = False
        elif event.kind is EventKind.WINDING_DOWN:
            self.is_winding_down = True
        if event.kind is EventKind.HIATUS:
            self.hiatus_until = event.until.latest if event.until else None
        if event.kind is EventKind.LAST_NAMED:
            self.lost_afterwards = event if following is State.HIATUS else None
        elif event.kind not in TELLS_OF_NONE:
            self.lost_afterwards = None
        if following is not self.state or event.kind in RETURNS:
            self.state, self.since = following, event
        self.has_existed = self.has_existed or event.kind is not EventKind.ANNOUNCED

    def _state_after(self, event: Event) -> State:
        if event.kind in REVIVES:
            return State.ACTIVE
        if self.state is State.ENDED or event.kind in ENDS:
            return State.ENDED
        match event.kind:
            case EventKind.HIATUS:
                return State.HIATUS
            case EventKind.LAST_NAMED:
                is_told_until = self.state is State.HIATUS and self.hiatus_until
                return State.HIATUS if is_told_until else State.UNKNOWN
            case EventKind.ANNOUNCED:
                # An announcement of a group that is already at work changes nothing.
                return self.state if self.has_existed else State.NOT_ESTABLISHED
        # Whatever is renamed, moved or revised exists, even where no event says since when.
        is_lost = self.state is State.UNKNOWN and event.kind not in TELLS_OF_NONE
        return State.ACTIVE if is_lost or not self.has_existed else self.state


def _before(ordered: Sequence[Event], day: date) -> State:
    """The state before any event has taken effect."""
    if not ordered:
        return State.UNKNOWN
    first = ordered[0]
    if first.kind is EventKind.ANNOUNCED:
        return State.NOT_ESTABLISHED
    earliest = first.when.earliest
    if first.kind not in BEGINS or earliest is None or day >= earliest:
        return State.UNKNOWN
    return State.NOT_ESTABLISHED


def _latest(past: Sequence[Event], ordered: Sequence[Event], field: str) -> str:
    told = [getattr(event, field) for event in past if getattr(event, field)]
    if told:
        return str(told[-1])
    return next((getattr(event, field) for event in ordered if getattr(event, field)), "")
