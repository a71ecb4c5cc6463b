"""Next steps followed from meeting to meeting: facts by machine, outcomes by staff."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.comparison import PairCorrection, Place
from papers.content import Item, PaperContent, Section, SectionKind
from papers.statements import Record
from papers.threads import SETTLES, Balance, Fact, Outcome, Promised, StatedOutcome, follow
from tests.comparison.papers import STATUS, make_content, status, step

LIST = "The group will send CBP a list of portal errors."
BRIEF = "CBP will brief the members on the cost of training in August."
VISIT = "The group will visit the laboratory in Savannah."


def ledger(*run, tracked=(), **inputs):
    return follow(Record(list(run), tracked=tracked), **inputs)


def steps(*texts):
    return make_content(steps=texts)


def facts(thread):
    return [(event.index, event.fact.value) for event in thread.events]


def test_a_step_is_repeated_reworded_not_mentioned_and_open_for_so_many_meetings():
    reworded = LIST.replace("list", "longer list")

    (thread,) = ledger(steps(LIST), steps(LIST), None, steps(reworded), make_content([VISIT])).open

    assert facts(thread) == [
        (0, "made"),
        (1, "repeated"),
        (2, "no-paper"),
        (3, "reworded"),
        (4, "not-mentioned"),
    ]
    assert thread.made_at == 0
    assert thread.repeated_at == (1, 3)
    assert thread.reworded_at == (3,)
    assert thread.not_mentioned_at == (4,)
    assert thread.open_for == 4
    assert thread.item.text == reworded


def test_a_step_just_made_is_open_for_no_meeting():
    (thread,) = ledger(steps(LIST)).open

    assert thread.open_for == 0


def test_a_step_that_comes_back_after_a_gap_is_still_the_same():
    found = ledger(steps(LIST), steps(BRIEF), steps(BRIEF, LIST))

    assert [facts(it)[-1] for it in found.threads] == [(2, "repeated"), (2, "repeated")]


PROMISED = "CBP will publish a list of common Reconciliation errors by March."
PUBLISHED = "CBP published a list of 12 common Reconciliation errors on February 20."


def test_the_report_of_what_a_followed_item_promised_is_not_the_step_again():
    run = [make_content([PROMISED]), make_content([PUBLISHED]), make_content([PROMISED])]

    (thread,) = ledger(*run, tracked=[(0, status(1))]).threads

    assert facts(thread)[:2] == [(0, "made"), (1, "not-mentioned")]
    assert thread.item.text == PROMISED


def test_a_followed_item_goes_on_where_staff_say_so_or_it_promises_still():
    again = PROMISED.replace("March", "June")
    (promised,) = ledger(
        make_content([PROMISED]), make_content([again]), tracked=[(0, status(1))]
    ).threads
    said = {(0, 1): [PairCorrection(status(1), status(1))]}
    run = [make_content([PROMISED]), make_content([PUBLISHED])]
    (stated,) = follow(Record(run, said, tracked=[(0, status(1))])).threads

    assert facts(promised)[-1] == (1, "reworded")
    assert facts(stated)[-1] == (1, "reworded")


def test_what_continues_a_statement_is_known_however_often_it_was_reworded():
    texts = [LIST, LIST.replace("list", "longer list"), LIST.replace("list", "long list")]
    record = Record([make_content([text]) for text in texts])

    assert record.continued([(0, status(1))]) == {
        (1, status(1)): (0, status(1)),
        (2, status(1)): (0, status(1)),
    }
    assert record.continued([]) == {}


def test_open_steps_are_listed_by_age():
    found = ledger(steps(LIST), steps(BRIEF, LIST), steps(VISIT))

    assert [it.item.text for it in found.open] == [LIST, BRIEF, VISIT]


def followed_step(*items):
    run = [PaperContent(sections=(Section(SectionKind.NEXT_STEPS, items=(it,)),)) for it in items]
    return ledger(*run).open[0]


def test_owner_and_due_words_are_those_said_last():
    owner = Item(BRIEF, owner="group", due_words="in August")
    later = Item(BRIEF, owner="cbp", due_words="on the cost")

    assert followed_step(owner, later).promised() == Promised("cbp", "on the cost")


def test_owner_and_due_words_of_an_earlier_paper_hold_while_the_step_repeats_them():
    first = Item(BRIEF, owner="cbp", due_words="in August")

    assert followed_step(first, Item(BRIEF)).promised() == Promised("cbp", "in August")


@pytest.mark.parametrize("last", ["in September.", "in Augusta."])
def test_due_words_that_the_step_has_no_more_are_those_of_the_earlier_paper(last):
    first = Item(BRIEF, owner="cbp", due_words="in August")
    later = Item(BRIEF.replace("in August.", last))

    thread = followed_step(first, Item(BRIEF), later)

    assert len(thread.mentions) == 3
    assert thread.promised() == Promised("cbp", "in August", printed_at=0)
    assert thread.promised(until=1) == Promised("cbp", "in August")


def test_a_step_of_which_nothing_is_said_promises_nothing_more():
    assert followed_step(Item(BRIEF), Item(BRIEF)).promised() == Promised()


@pytest.mark.parametrize("outcome", Outcome)
def test_staff_settle_a_step_and_its_facts_stay(outcome):
    said = StatedOutcome((0, step(1)), 1, outcome)

    found = ledger(steps(LIST), steps(LIST), steps(BRIEF), outcomes=[said])

    thread = found.threads[0]
    assert thread.outcomes == [said]
    assert thread.is_open == (outcome not in SETTLES)
    assert facts(thread)[:2] == [(0, "made"), (1, "repeated")]
    if not thread.is_open:
        assert thread.settled_at == 1
        assert thread.open_for == 1


def test_a_changed_step_is_settled_where_the_paper_no_longer_prints_it():
    said = StatedOutcome((0, step(1)), 1, Outcome.CHANGED)

    assert ledger(steps(LIST), steps(BRIEF), outcomes=[said]).threads[0].settled_at == 1
    assert ledger(steps(LIST), steps(LIST), outcomes=[said]).threads[0].is_open


def test_a_step_printed_again_after_it_was_settled_is_made_again():
    said = StatedOutcome((0, step(1)), 1, Outcome.DONE)

    found = ledger(steps(LIST), steps(BRIEF), steps(LIST), outcomes=[said])

    assert [it.again for it in found.threads] == [None, None, 0]
    assert found.threads[2].made_at == 2


def test_a_step_is_named_by_any_paper_that_printed_it():
    said = StatedOutcome((1, step(2)), 2, Outcome.DONE)

    found = ledger(steps(LIST), steps(BRIEF, LIST), make_content([VISIT]), outcomes=[said])

    assert found.threads[0].settled_at == 2
    assert found.unplaced == ()


@pytest.mark.parametrize(
    ("place", "at", "meeting"),
    [
        (step(1), 0, 0),  # of its own meeting
        (step(1), 0, 9),  # of a meeting that is not in the run
        (step(7), 0, 1),  # of a place without a step
        (status(1), 0, 1),  # of what is no step
        (step(1), 1, 1),  # of a step made at that meeting
    ],
)
def test_an_outcome_that_fits_no_open_step_changes_nothing_and_is_told(place, at, meeting):
    said = StatedOutcome((at, place), meeting, Outcome.DONE)

    found = ledger(make_content([VISIT], steps=[LIST]), steps(BRIEF), outcomes=[said])

    assert found.unplaced == (said,)
    assert all(it.is_open for it in found.threads)


def test_a_second_outcome_for_a_settled_step_is_told():
    first = StatedOutcome((0, step(1)), 1, Outcome.DONE)
    second = StatedOutcome((0, step(1)), 2, Outcome.DROPPED)

    found = ledger(steps(LIST), steps(BRIEF), steps(BRIEF), outcomes=[second, first])

    assert found.unplaced == (second,)
    assert found.threads[0].settled_at == 1


def test_steps_open_when_the_group_ended_are_counted_as_such():
    said = StatedOutcome((0, step(1)), 1, Outcome.DONE)

    found = ledger(steps(LIST, BRIEF), steps(VISIT), None, outcomes=[said], ended_at={1})

    assert found.balances[1] == Balance(1, open_before=2, made=1, settled=1, ended=2, still_open=0)
    assert [it.ended_at for it in found.threads] == [None, 1, 1]
    assert found.balances[2].open_before == 0
    assert not any(it.fact == "overtaken" for thread in found.threads for it in thread.events)


def test_what_is_stated_after_the_group_ended_settles_the_step_and_is_counted_once():
    done = StatedOutcome((0, step(1)), 2, Outcome.DONE)
    again = StatedOutcome((0, step(1)), 3, Outcome.DROPPED)

    found = ledger(steps(LIST), steps(LIST), None, None, outcomes=[done, again], ended_at={1})

    (thread,) = found.threads
    assert (thread.ended_at, thread.settled_at, thread.closed_at) == (1, 2, 1)
    assert (thread.open_for, thread.outcomes) == (1, [done])
    assert found.unplaced == (again,)
    assert [(it.settled, it.ended, it.still_open) for it in found.balances] == [
        (0, 0, 1),
        (0, 1, 0),
        (0, 0, 0),
        (0, 0, 0),
    ]


def test_a_step_printed_again_by_a_group_that_is_re_established_is_made_anew():
    said = StatedOutcome((2, step(1)), 3, Outcome.DONE)

    found = ledger(steps(LIST), None, steps(LIST), steps(BRIEF), outcomes=[said], ended_at={0})

    assert [(it.made_at, it.ended_at, it.settled_at, it.again) for it in found.threads] == [
        (0, 0, None, None),
        (2, None, 3, 0),
        (3, None, None, None),
    ]


def test_a_step_that_moved_to_the_status_is_followed_there():
    found = ledger(steps(VISIT), make_content([VISIT]), make_content([VISIT]))

    (thread,) = found.threads
    assert facts(thread)[1:] == [(1, "repeated"), (2, "repeated")]
    assert thread.item.place == status(1)


def test_an_item_of_the_status_that_staff_track_is_a_step():
    run = [make_content([VISIT, "Nothing else."]), make_content([VISIT])]

    found = ledger(*run, tracked=[(0, status(1))])

    (thread,) = found.threads
    assert thread.item.place.section == STATUS
    assert facts(thread) == [(0, "made"), (1, "repeated")]


def test_the_further_part_of_a_split_step_is_as_old_as_the_whole_and_is_not_made_anew():
    whole = f"{LIST[:-1]}, and {VISIT[0].lower()}{VISIT[1:]}"

    found = ledger(steps(BRIEF, whole), steps(LIST, VISIT, BRIEF), steps(VISIT, LIST))

    _, whole, part = found.threads
    assert (whole.whole, part.whole) == (None, whole)
    assert (part.begun_at, part.made_at, part.open_for) == (1, 0, 2)
    assert facts(part) == [(1, "reworded"), (2, "repeated")]
    assert found.balances[1] == Balance(
        1, open_before=2, made=0, settled=0, ended=0, still_open=3, parted=1
    )


def test_steps_that_became_one_and_part_again_go_on_each_in_its_own_words():
    whole = f"{LIST[:-1]}, and {VISIT[0].lower()}{VISIT[1:]}"

    found = ledger(steps(LIST, VISIT), steps(whole), steps(VISIT, LIST))

    assert [it.item.text for it in found.threads] == [LIST, VISIT]
    assert [it.made_at for it in found.threads] == [0, 0]
    assert [it.still_open for it in found.balances] == [2, 2, 2]


def test_an_item_that_staff_track_is_a_step_from_its_first_paper_on():
    run = [make_content([VISIT]), make_content([VISIT, "Nothing else."]), make_content([VISIT])]

    found = ledger(*run, tracked=[(1, status(1))])

    (thread,) = found.threads
    assert facts(thread) == [(0, "made"), (1, "repeated"), (2, "repeated")]


def test_merged_steps_go_on_together():
    whole = f"{LIST[:-1]}, and {VISIT[0].lower()}{VISIT[1:]}"

    found = ledger(steps(LIST, VISIT), steps(whole), steps(whole))

    assert [facts(it) for it in found.threads] == [
        [(0, "made"), (1, "reworded"), (2, "repeated")]
    ] * 2
    assert len(found.at(2, step(1))) == 2


PHRASES = [LIST, LIST.replace("list", "longer list"), BRIEF, BRIEF.replace("August", "May"), VISIT,
           f"{LIST[:-1]}, and {VISIT[0].lower()}{VISIT[1:]}", "Report.", "", "…"]  # fmt: skip
PAPER = st.one_of(
    st.none(),
    st.builds(
        make_content,
        status=st.lists(st.sampled_from(PHRASES), max_size=3),
        steps=st.lists(st.sampled_from(PHRASES), max_size=4),
    ),
)
PLACES = st.builds(Place, st.sampled_from([STATUS, SectionKind.NEXT_STEPS]), st.integers(1, 4))
NODES = st.tuples(st.integers(0, 5), PLACES)
OUTCOMES = st.lists(
    st.builds(StatedOutcome, NODES, st.integers(0, 6), st.sampled_from(Outcome)), max_size=6
)
many = settings(
    max_examples=10_000 if os.environ.get("FUZZ") == "1" else 200,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@many
@given(
    st.lists(PAPER, max_size=6),
    OUTCOMES,
    st.sets(NODES, max_size=3),
    # A group may end, be re-established and end again; outcomes may be stated after that.
    st.sets(st.integers(0, 6), max_size=2),
)
def test_no_step_vanishes_and_every_count_adds_up(run, outcomes, tracked, ended_at):
    record = Record(run, tracked=tracked)

    found = follow(record, outcomes, ended_at)

    assert follow(Record(run, tracked=tracked), outcomes, ended_at) == found
    before = 0
    for index, balance in enumerate(found.balances):
        assert balance.open_before == before
        begun = balance.made + balance.parted
        assert before + begun == balance.settled + balance.ended + balance.still_open
        # Counted once more, from the threads alone.
        assert begun == sum(it.begun_at == index for it in found.threads)
        assert balance.parted == sum(
            it.begun_at == index and it.whole is not None for it in found.threads
        )
        assert balance.still_open == sum(it.was_open_after(index) for it in found.threads)
        assert balance.ended == sum(it.ended_at == index for it in found.threads)
        # What is settled after the group ended was counted there already.
        assert balance.settled == sum(
            it.settled_at == index and it.ended_at is None for it in found.threads
        )
        before = balance.still_open
    assert before == len(found.open)
    for index in range(len(run)):
        for node in record.nodes(index):
            # Each printed step is in a thread; several share one only where steps were merged.
            assert not record.is_step(node) or found.at(*node)
    for thread in found.threads:
        end = thread.closed_at if thread.closed_at is not None else len(run) - 1
        assert [it.index for it in thread.events] == list(range(thread.begun_at, end + 1))
        assert thread.events[0].fact == (Fact.REWORDED if thread.whole else Fact.MADE)
        assert thread.made_at <= thread.begun_at
        assert [it.fact == Fact.NO_PAPER for it in thread.events] == [
            run[it.index] is None for it in thread.events
        ]
        if thread.settled_at is not None:
            assert any(it.meeting == thread.settled_at for it in thread.outcomes)
        closed = {it for it in (thread.settled_at, thread.ended_at) if it is not None}
        assert thread.closed_at == min(closed, default=None)
        assert thread.ended_at is None or thread.ended_at in ended_at
        assert thread.settled_at is None or thread.settled_at > (thread.ended_at or -1)
    placed = {id(it) for thread in found.threads for it in thread.outcomes}
    assert placed | {id(it) for it in found.unplaced} == {id(it) for it in outcomes}
