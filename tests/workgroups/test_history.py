"""A group's standing on any date, by cases from the committee's own record."""

from datetime import date

import pytest

from workgroups.dates import KnownDate, Precision
from workgroups.history import (
    EVENT_LABELS,
    STATE_LABELS,
    Event,
    EventKind,
    State,
    in_order,
    standing_on,
)

NOT_YET, ACTIVE, HIATUS, ENDED, UNKNOWN = State


def event(kind, when, precision="day", last=None, until=None, **fields):
    """``when``, ``last`` and ``until`` as ISO days."""
    return Event(
        EventKind(kind),
        KnownDate(
            date.fromisoformat(when),
            Precision(precision),
            date.fromisoformat(last) if last else None,
        ),
        until=KnownDate(date.fromisoformat(until)) if until else None,
        **fields,
    )


LIVES = {
    "no event tells anything": ([], [("2024-09-18", UNKNOWN)]),
    "established on a day": (
        [event("established", "2021-03-17")],
        [("2021-03-16", NOT_YET), ("2021-03-17", ACTIVE), ("2026-01-01", ACTIVE)],
    ),
    "established by a day": (
        [event("established", "2023-12-13", "by")],
        [("2023-12-12", UNKNOWN), ("1990-01-01", UNKNOWN), ("2023-12-13", ACTIVE)],
    ),
    "established between two days": (
        [event("established", "2021-03-17", "between", "2021-06-23")],
        [
            ("2021-03-16", NOT_YET),
            ("2021-03-17", UNKNOWN),
            ("2021-06-22", UNKNOWN),
            ("2021-06-23", ACTIVE),
        ],
    ),
    "established in a quarter": (
        [event("established", "2024-01-01", "quarter")],
        [("2023-12-31", NOT_YET), ("2024-01-01", ACTIVE)],
    ),
    "launched, the first that is known": (
        [event("launched", "2020-12-16")],
        [("2020-12-15", NOT_YET), ("2020-12-16", ACTIVE)],
    ),
    "announced, then established": (
        [event("announced", "2020-07-15"), event("established", "2021-03-01", "month")],
        [
            ("2020-07-14", NOT_YET),
            ("2020-07-15", NOT_YET),
            ("2021-02-28", NOT_YET),
            ("2021-03-01", ACTIVE),
        ],
    ),
    "announced by a day, then established": (
        [event("announced", "2020-07-15", "by"), event("established", "2021-03-17")],
        [("2020-07-14", NOT_YET), ("2021-03-16", NOT_YET), ("2021-03-17", ACTIVE)],
    ),
    "announced while at work": (
        [event("established", "2018-10-03"), event("announced", "2020-07-15")],
        [("2020-07-15", ACTIVE)],
    ),
    "renamed by a day, nothing else known": (
        [event("renamed", "2023-06-14", "by", name="Trade Partnership and Engagement")],
        [("2023-06-13", UNKNOWN), ("2023-06-14", ACTIVE)],
    ),
    "a statement of work revised, nothing else known": (
        [event("sow-revised", "2024-03-01", "month")],
        [("2024-02-29", UNKNOWN), ("2024-03-01", ACTIVE)],
    ),
    "a hiatus without end": (
        [event("established", "2018-10-03"), event("hiatus", "2023-12-13")],
        [("2023-12-12", ACTIVE), ("2023-12-13", HIATUS), ("2025-09-16", HIATUS)],
    ),
    "a hiatus until a day": (
        [event("established", "2018-10-03"), event("hiatus", "2024-01-10", until="2024-03-06")],
        [("2024-01-10", HIATUS), ("2024-03-06", HIATUS), ("2024-03-07", ACTIVE)],
    ),
    "a hiatus in one quarter and until its end": (
        [
            event("established", "2018-10-03"),
            Event(
                EventKind.HIATUS,
                KnownDate(date(2021, 4, 1), Precision.QUARTER),
                until=KnownDate(date(2021, 4, 1), Precision.QUARTER),
            ),
        ],
        [
            ("2021-03-31", ACTIVE),
            ("2021-04-01", HIATUS),
            ("2021-06-30", HIATUS),
            ("2021-07-01", ACTIVE),
        ],
    ),
    "a hiatus made longer": (
        [
            event("established", "2018-10-03"),
            event("hiatus", "2024-01-10", until="2024-03-06"),
            event("hiatus", "2024-03-01", until="2024-06-26"),
        ],
        [("2024-03-07", HIATUS), ("2024-06-26", HIATUS), ("2024-06-27", ACTIVE)],
    ),
    "a hiatus made open-ended": (
        [
            event("established", "2018-10-03"),
            event("hiatus", "2024-01-10", until="2024-03-06"),
            event("hiatus", "2024-03-01"),
        ],
        [("2024-03-07", HIATUS), ("2030-01-01", HIATUS)],
    ),
    "two times on hiatus": (
        [
            event("established", "2018-10-03"),
            event("hiatus", "2019-01-01", until="2019-03-31"),
            event("hiatus", "2023-12-13"),
        ],
        [
            ("2019-03-31", HIATUS),
            ("2019-04-01", ACTIVE),
            ("2023-12-12", ACTIVE),
            ("2023-12-13", HIATUS),
        ],
    ),
    "resumed after a hiatus": (
        [
            event("established", "2018-10-03"),
            event("hiatus", "2023-01-01", "month"),
            event("resumed", "2023-11-16"),
        ],
        [("2023-11-15", HIATUS), ("2023-11-16", ACTIVE)],
    ),
    "resumed before its hiatus was to end": (
        [
            event("established", "2018-10-03"),
            event("hiatus", "2023-01-01", until="2023-12-31"),
            event("resumed", "2023-11-16"),
        ],
        [("2023-11-15", HIATUS), ("2023-11-16", ACTIVE), ("2024-01-01", ACTIVE)],
    ),
    "resumed, nothing else known": (
        [event("resumed", "2021-03-01", "month")],
        [("2021-02-28", UNKNOWN), ("2021-03-01", ACTIVE)],
    ),
    "re-established after its end": (
        [
            event("established", "2016-04-27"),
            event("closed", "2019-05-30"),
            event("re-established", "2023-11-01", "month"),
        ],
        [
            ("2019-05-29", ACTIVE),
            ("2019-05-30", ENDED),
            ("2023-10-31", ENDED),
            ("2023-11-01", ACTIVE),
        ],
    ),
    "re-established, nothing else known": (
        [event("re-established", "2023-11-01", "month")],
        [("2023-10-31", UNKNOWN), ("2023-11-01", ACTIVE)],
    ),
    "last named at a meeting": (
        [event("established", "2019-05-30", "by"), event("last-named", "2021-03-17")],
        [("2021-03-17", ACTIVE), ("2021-03-18", UNKNOWN)],
    ),
    "last named, then seen again": (
        [
            event("established", "2019-05-30"),
            event("last-named", "2021-03-17"),
            event("resumed", "2023-06-14", "by"),
        ],
        [("2023-06-13", UNKNOWN), ("2023-06-14", ACTIVE)],
    ),
    "last named while on hiatus until a day": (
        [
            event("established", "2019-05-30"),
            event("hiatus", "2021-04-01", until="2021-06-30"),
            event("last-named", "2021-03-01", "month", order=1),
        ],
        [
            ("2021-03-31", ACTIVE),
            ("2021-04-01", HIATUS),
            ("2021-06-30", HIATUS),
            ("2021-07-01", UNKNOWN),
            ("2024-01-01", UNKNOWN),
        ],
    ),
    "last named on the last day of a hiatus": (
        [
            event("established", "2019-05-30"),
            event("hiatus", "2021-04-01", until="2021-06-30"),
            event("last-named", "2021-06-30"),
        ],
        [("2021-06-30", HIATUS), ("2021-07-01", UNKNOWN)],
    ),
    "last named while on hiatus without end": (
        [
            event("established", "2019-05-30"),
            event("hiatus", "2021-04-01"),
            event("last-named", "2021-06-23"),
        ],
        [("2021-06-23", HIATUS), ("2021-06-24", UNKNOWN)],
    ),
    "last named while on hiatus, and revised all the same": (
        [
            event("established", "2019-05-30"),
            event("hiatus", "2021-04-01", until="2021-06-30"),
            event("last-named", "2021-04-15"),
            event("sow-revised", "2021-05-01"),
        ],
        [("2021-06-30", HIATUS), ("2021-07-01", ACTIVE)],
    ),
    "last named while on hiatus, and told to wind down like all": (
        [
            event("established", "2019-05-30"),
            event("hiatus", "2021-04-01", until="2021-06-30"),
            event("last-named", "2021-04-15"),
            event("winding-down", "2021-05-01"),
        ],
        [("2021-06-30", HIATUS), ("2021-07-01", UNKNOWN)],
    ),
    "last named while on hiatus, and made longer": (
        [
            event("established", "2019-05-30"),
            event("hiatus", "2021-04-01", until="2021-06-30"),
            event("last-named", "2021-04-15"),
            event("hiatus", "2021-05-01", until="2021-09-30"),
        ],
        [("2021-09-30", HIATUS), ("2021-10-01", ACTIVE)],
    ),
    "last named while on hiatus, and resumed before its end": (
        [
            event("established", "2019-05-30"),
            event("hiatus", "2021-04-01", until="2021-06-30"),
            event("last-named", "2021-04-15"),
            event("resumed", "2021-05-01"),
        ],
        [("2021-04-30", HIATUS), ("2021-05-01", ACTIVE), ("2021-07-01", ACTIVE)],
    ),
    "concluded": (
        [event("established", "2021-03-17"), event("concluded", "2023-06-14")],
        [("2023-06-13", ACTIVE), ("2023-06-14", ENDED), ("2030-01-01", ENDED)],
    ),
    "merged into another group": (
        [event("established", "2018-10-03"), event("merged-into", "2022-03-31")],
        [("2022-03-30", ACTIVE), ("2022-03-31", ENDED)],
    ),
    "split from another group": (
        [event("split-from", "2022-03-31")],
        [("2022-03-30", NOT_YET), ("2022-03-31", ACTIVE)],
    ),
    "a hiatus and a revision after the end change nothing": (
        [
            event("established", "2018-10-03"),
            event("closed", "2025-09-17"),
            event("hiatus", "2025-10-01", until="2025-10-31"),
            event("sow-revised", "2025-11-01"),
            event("last-named", "2025-12-01"),
            event("winding-down", "2026-01-01"),
        ],
        [("2025-10-15", ENDED), ("2025-11-15", ENDED), ("2026-02-01", ENDED)],
    ),
    "closed while on hiatus": (
        [
            event("established", "2018-10-03"),
            event("hiatus", "2023-12-13"),
            event("winding-down", "2025-07-01"),
            event("closed", "2025-09-17"),
        ],
        [("2025-07-01", HIATUS), ("2025-09-16", HIATUS), ("2025-09-17", ENDED)],
    ),
    "two events of one day, in their order": (
        [
            event("resumed", "2024-03-06", order=2),
            event("hiatus", "2024-03-06", order=1),
            event("established", "2018-10-03"),
        ],
        [("2024-03-05", ACTIVE), ("2024-03-06", ACTIVE)],
    ),
}


@pytest.mark.parametrize(
    ("events", "day", "state"),
    [
        pytest.param(events, day, state, id=f"{life} on {day}")
        for life, (events, answers) in LIVES.items()
        for day, state in answers
    ],
)
def test_a_group_has_this_state_on_this_day(events, day, state):
    assert standing_on(events, date.fromisoformat(day)).state is state


TRADE_PARTNERSHIP = [
    event(
        "established",
        "2018-10-03",
        name="Trusted Trader",
        subcommittee="secure-trade-lanes",
        group_kind="working-group",
    ),
    event("renamed", "2023-06-14", "by", name="Trade Partnership and Engagement"),
]
E_COMMERCE = [
    event("resumed", "2021-03-01", "month", name="E-Commerce", group_kind="working-group"),
    event("changed-kind", "2022-12-07", "by", group_kind="task-force"),
]
BROKER = [
    event(
        "renamed", "2022-12-07", "by", name="Broker Modernization", subcommittee="rapid-response"
    ),
    event("moved", "2024-03-06", "by", subcommittee="next-generation-facilitation"),
]


@pytest.mark.parametrize(
    ("events", "day", "field", "value"),
    [
        (TRADE_PARTNERSHIP, "2021-03-17", "name", "Trusted Trader"),
        (TRADE_PARTNERSHIP, "2023-06-13", "name", "Trusted Trader"),
        (TRADE_PARTNERSHIP, "2023-06-14", "name", "Trade Partnership and Engagement"),
        (TRADE_PARTNERSHIP, "2010-01-01", "name", "Trusted Trader"),
        (TRADE_PARTNERSHIP, "2024-09-18", "subcommittee", "secure-trade-lanes"),
        (TRADE_PARTNERSHIP, "2024-09-18", "group_kind", "working-group"),
        (E_COMMERCE, "2022-12-06", "group_kind", "working-group"),
        (E_COMMERCE, "2022-12-07", "group_kind", "task-force"),
        (E_COMMERCE, "2022-12-07", "name", "E-Commerce"),
        (E_COMMERCE, "2022-12-07", "subcommittee", ""),
        (BROKER, "2022-12-07", "subcommittee", "rapid-response"),
        (BROKER, "2024-03-05", "subcommittee", "rapid-response"),
        (BROKER, "2024-03-06", "subcommittee", "next-generation-facilitation"),
        (BROKER, "2024-03-06", "name", "Broker Modernization"),
        ([], "2024-03-06", "name", ""),
    ],
)
def test_a_group_has_this_name_place_and_kind_on_this_day(events, day, field, value):
    assert getattr(standing_on(events, date.fromisoformat(day)), field) == value


BOND = [
    event("established", "2018-10-03"),
    event("hiatus", "2023-12-13"),
    event("winding-down", "2025-07-01"),
    event("closed", "2025-09-17"),
]


@pytest.mark.parametrize(
    ("day", "state", "winding_down", "since"),
    [
        ("2018-10-02", NOT_YET, False, None),
        ("2018-10-03", ACTIVE, False, 0),
        ("2023-12-13", HIATUS, False, 1),
        ("2025-06-30", HIATUS, False, 1),
        ("2025-07-01", HIATUS, True, 1),
        ("2025-09-16", HIATUS, True, 1),
        ("2025-09-17", ENDED, False, 3),
    ],
)
def test_a_wind_down_is_told_beside_the_state(day, state, winding_down, since):
    standing = standing_on(BOND, date.fromisoformat(day))

    assert (standing.state, standing.is_winding_down) == (state, winding_down)
    assert standing.since == (None if since is None else BOND[since])


def test_a_revival_ends_the_wind_down():
    events = [
        event("established", "2018-10-03"),
        event("winding-down", "2025-07-01"),
        event("resumed", "2025-08-01"),
    ]

    assert standing_on(events, date(2025, 7, 31)).is_winding_down
    assert not standing_on(events, date(2025, 8, 1)).is_winding_down


def test_a_wind_down_outlasts_a_hiatus_that_runs_out():
    events = [
        event("established", "2018-10-03"),
        event("hiatus", "2025-06-01", until="2025-07-31"),
        event("winding-down", "2025-07-01"),
    ]

    standing = standing_on(events, date(2025, 8, 1))

    assert (standing.state, standing.is_winding_down) == (ACTIVE, True)


def test_no_event_brought_the_state_after_a_hiatus_that_ran_out():
    events = [event("established", "2018-10-03"), event("hiatus", "2024-01-10", until="2024-03-06")]

    assert standing_on(events, date(2024, 3, 6)).since == events[1]
    assert standing_on(events, date(2024, 3, 7)).since is None


def test_what_is_not_known_after_a_hiatus_is_so_since_the_last_naming():
    events, _ = LIVES["last named while on hiatus until a day"]

    assert standing_on(events, date(2021, 6, 30)).since == events[1]
    assert standing_on(events, date(2021, 7, 1)).since == events[2]


@pytest.mark.parametrize("kind", ["resumed", "re-established"])
def test_a_group_that_came_back_is_active_since_then_however_it_paused(kind):
    events = [event("established", "2020-07-15", "by"), event(kind, "2021-03-01", "month")]

    assert standing_on(events, date(2021, 2, 28)).since == events[0]
    assert standing_on(events, date(2021, 3, 1)).since == events[1]


def test_a_later_hiatus_lasts_since_its_own_day_not_since_the_first_hiatus():
    events, _ = LIVES["two times on hiatus"]

    assert standing_on(events, date(2024, 3, 6)).since == events[2]


def test_the_state_lasts_since_the_event_that_brought_it_not_since_the_last_one():
    events = [
        event("established", "2018-10-03"),
        event("sow-revised", "2024-03-01", "month"),
        event("renamed", "2025-08-22", "by", name="ACE Modernization"),
    ]

    assert standing_on(events, date(2025, 9, 1)).since == events[0]


def test_being_last_named_counts_from_the_day_after():
    named = event("last-named", "2021-03-17")
    in_the_month = event("last-named", "2021-03-01", "month")

    assert named.takes_effect == date(2021, 3, 18)
    assert in_the_month.takes_effect == date(2021, 4, 1)


def test_events_come_by_the_day_from_which_they_count_then_by_order():
    by_june = event("renamed", "2023-06-14", "by", name="B")
    in_june = event("sow-revised", "2023-06-01", "month")
    first, second = (
        event("hiatus", "2023-06-14", order=1),
        event("resumed", "2023-06-14", order=2),
    )

    assert in_order([second, first, by_june, in_june]) == [in_june, by_june, first, second]


def test_each_kind_of_event_and_each_state_has_its_own_words():
    assert set(EVENT_LABELS) == set(EventKind)
    assert set(STATE_LABELS) == set(State)
    assert len(set(EVENT_LABELS.values())) == len(EventKind)
    assert len(set(STATE_LABELS.values())) == len(State)
