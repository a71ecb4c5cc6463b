"""What holds of every history, however it went: 10,000 random ones in each run.

They are drawn plainly, which takes seconds; Hypothesis tries some of its own besides, and makes
what fails there as short as it can. Both print with a failure how to repeat it.
"""

import itertools
import random
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from workgroups.dates import KnownDate, Precision
from workgroups.history import (
    ENDS,
    RETURNS,
    REVIVES,
    Event,
    EventKind,
    State,
    in_order,
    standing_on,
)

some = settings(
    max_examples=150,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
NEXT_DAY = timedelta(days=1)
FIRST = date(2020, 1, 1)
# Few enough days that events meet on one day, and that hiatus and end overlap.
offsets = st.integers(0, 400)
days = st.integers(-60, 560).map(lambda offset: FIRST + timedelta(days=offset))
tellings = st.sampled_from(["", "", "a", "b", "c"])


def known_date(offset, precision, length=30):
    day = FIRST + timedelta(days=offset)
    match precision:
        case Precision.MONTH:
            return KnownDate(day.replace(day=1), precision)
        case Precision.QUARTER:
            return KnownDate(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), precision)
        case Precision.YEAR:
            return KnownDate(date(day.year, 1, 1), precision)
        case Precision.BETWEEN:
            return KnownDate(day, precision, day + timedelta(days=length))
    return KnownDate(day, precision)


def made_event(kind, offset, precision, length, has_end, name, subcommittee, group_kind):
    ends = kind is EventKind.HIATUS and has_end
    return Event(
        kind=kind,
        when=known_date(offset, precision, length),
        name=name,
        subcommittee=subcommittee,
        group_kind=group_kind,
        until=known_date(offset + length, Precision.DAY) if ends else None,
    )


events_of_any_kind = st.builds(
    made_event,
    # A hiatus has the most ways to go wrong, so it comes more often.
    st.sampled_from([*EventKind, EventKind.HIATUS, EventKind.HIATUS]),
    offsets,
    st.sampled_from(list(Precision)),
    st.integers(1, 120),
    st.booleans(),
    tellings,
    tellings,
    tellings,
)
histories = st.lists(events_of_any_kind, max_size=7).map(
    lambda events: [replace(event, order=order) for order, event in enumerate(events)]
)


@some
@given(histories, st.randoms(use_true_random=False), days)
def test_every_day_has_one_answer_in_whatever_order_the_events_are_given(history, random, day):
    shuffled = random.sample(history, len(history))

    answer = standing_on(history, day)

    assert isinstance(answer.state, State)
    assert standing_on(history, day) == answer
    assert standing_on(shuffled, day) == answer
    assert standing_on(iter(shuffled), day) == answer


@some
@given(histories)
def test_the_standing_changes_only_on_days_that_an_event_names(history):
    turning_points = {event.takes_effect for event in history}
    turning_points |= {event.until.latest + NEXT_DAY for event in history if event.until}
    # Before the first event its own date tells from when on we do not know.
    turning_points |= {event.when.earliest for event in in_order(history)[:1]}
    turning_points.discard(None)

    edges = sorted({*turning_points, FIRST - timedelta(days=500), FIRST + timedelta(days=1500)})

    for start, end in itertools.pairwise(edges):
        assert standing_on(history, start) == standing_on(history, end - NEXT_DAY)


@some
@given(histories, days)
def test_name_subcommittee_and_kind_are_the_last_ones_given_or_else_the_first(history, day):
    ordered = in_order(history)
    standing = standing_on(history, day)

    for field in ("name", "subcommittee", "group_kind"):
        told = [
            (event.takes_effect, getattr(event, field))
            for event in ordered
            if getattr(event, field)
        ]
        past = [value for since, value in told if since <= day]
        expected = past[-1] if past else told[0][1] if told else ""
        assert getattr(standing, field) == expected


@some
@given(histories, days)
def test_what_has_ended_stays_ended_until_it_is_revived(history, day):
    turns = [
        event
        for event in in_order(history)
        if event.takes_effect <= day and event.kind in REVIVES | ENDS
    ]
    standing = standing_on(history, day)

    has_ended = bool(turns) and turns[-1].kind in ENDS

    assert (standing.state is State.ENDED) == has_ended
    assert not (has_ended and standing.is_winding_down)


@some
@given(histories, days)
def test_events_still_to_come_change_neither_state_nor_what_was_told(history, day):
    past = [event for event in history if event.takes_effect <= day]
    whole, so_far = standing_on(history, day), standing_on(past, day)

    if past:
        assert whole.state is so_far.state
        assert whole.since == so_far.since
        assert whole.is_winding_down == so_far.is_winding_down
    else:
        assert whole.state in (State.UNKNOWN, State.NOT_ESTABLISHED)
    for field in ("name", "subcommittee", "group_kind"):
        assert getattr(so_far, field) in ("", getattr(whole, field))


@some
@given(histories, days)
@example(
    # A later hiatus without an end takes the place of the stated end of the one before.
    [
        Event(EventKind.HIATUS, KnownDate(FIRST), until=KnownDate(FIRST + timedelta(days=9))),
        Event(EventKind.HIATUS, KnownDate(FIRST + timedelta(days=5)), order=1),
    ],
    FIRST + timedelta(days=30),
)
def test_a_group_is_on_hiatus_only_by_its_last_hiatus_and_within_its_time(history, day):
    past = [event for event in in_order(history) if event.takes_effect <= day]
    # What takes a group out of hiatus, or in; a last naming only out of one without an end.
    turning = REVIVES | ENDS | {EventKind.HIATUS}
    last = next((event for event in reversed(past) if event.kind in turning), None)
    named = EventKind.LAST_NAMED in {it.kind for it in past[past.index(last) :]} if last else False
    standing = standing_on(history, day)

    on_hiatus = (
        last is not None
        and last.kind is EventKind.HIATUS
        and (day <= last.until.latest if last.until else not named)
        and not _ended_before(past, last)
    )

    assert (standing.state is State.HIATUS) == on_hiatus
    if on_hiatus:
        assert standing.since.kind is EventKind.HIATUS


@some
@given(histories, days)
@example(
    # Last named during a hiatus for a stated period, of which nothing is said after its end.
    [
        Event(EventKind.HIATUS, KnownDate(FIRST), until=KnownDate(FIRST + timedelta(days=9))),
        Event(EventKind.LAST_NAMED, KnownDate(FIRST + timedelta(days=5)), order=1),
    ],
    FIRST + timedelta(days=10),
)
def test_a_group_that_was_last_named_is_not_active_until_something_tells_of_it(history, day):
    past = [event for event in in_order(history) if event.takes_effect <= day]
    of_none = {EventKind.ANNOUNCED, EventKind.WINDING_DOWN}
    telling = [event for event in past if event.kind not in of_none]
    standing = standing_on(history, day)

    if telling and telling[-1].kind is EventKind.LAST_NAMED:
        assert standing.state in (State.UNKNOWN, State.HIATUS, State.ENDED)
        if standing.state is State.HIATUS:
            hiatus = next(it for it in telling[::-1] if it.kind is EventKind.HIATUS)
            assert day <= hiatus.until.latest


@some
@given(histories, days)
def test_a_group_that_came_back_is_active_since_it_last_did(history, day):
    past = [event for event in in_order(history) if event.takes_effect <= day]

    if past and past[-1].kind in RETURNS:
        standing = standing_on(history, day)
        assert (standing.state, standing.since) == (State.ACTIVE, past[-1])


def _ended_before(past, event):
    before = past[: past.index(event)]
    turns = [earlier for earlier in before if earlier.kind in REVIVES | ENDS]
    return bool(turns) and turns[-1].kind in ENDS


def drawn_event(chance):
    """As ``events_of_any_kind``."""
    return made_event(
        chance.choice([*EventKind, EventKind.HIATUS, EventKind.HIATUS]),
        chance.randint(0, 400),
        chance.choice(list(Precision)),
        chance.randint(1, 120),
        chance.random() < 0.5,
        *(chance.choice(["", "", "a", "b", "c"]) for _ in range(3)),
    )


def test_ten_thousand_histories_keep_every_promise():
    seed = random.SystemRandom().randrange(2**32)
    chance = random.Random(seed)
    of_history = [test_the_standing_changes_only_on_days_that_an_event_names]
    of_day = [
        test_name_subcommittee_and_kind_are_the_last_ones_given_or_else_the_first,
        test_what_has_ended_stays_ended_until_it_is_revived,
        test_events_still_to_come_change_neither_state_nor_what_was_told,
        test_a_group_is_on_hiatus_only_by_its_last_hiatus_and_within_its_time,
        test_a_group_that_was_last_named_is_not_active_until_something_tells_of_it,
        test_a_group_that_came_back_is_active_since_it_last_did,
    ]

    for number in range(10_000):
        drawn = [drawn_event(chance) for _ in range(chance.randint(0, 7))]
        history = [replace(event, order=order) for order, event in enumerate(drawn)]
        day = FIRST + timedelta(days=chance.randint(-60, 560))
        try:
            promise_of(test_every_day_has_one_answer_in_whatever_order_the_events_are_given)(
                history, chance, day
            )
            for each in of_history:
                promise_of(each)(history)
            for each in of_day:
                promise_of(each)(history, day)
        except AssertionError as fault:
            fault.add_note(f"History {number} of seed {seed}, on {day}: {history}")
            raise


def promise_of(test):
    """The body of a test, without what Hypothesis puts around it."""
    return test.hypothesis.inner_test
