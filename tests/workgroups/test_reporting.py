"""The one mark for a group at a meeting."""

import itertools

import pytest

from workgroups.history import State
from workgroups.reporting import (
    MENTION_LABELS,
    REPORTING_LABELS,
    REPORTING_MEANINGS,
    MentionKind,
    Reporting,
    reporting_at,
)

ANNOUNCED, REPORTED, RECOMMENDED, ON_HIATUS = MentionKind

# state, paper held, mentions, record complete -> mark
CASES = [
    # Each of the seven answers.
    (State.ACTIVE, True, (), False, Reporting.HELD),
    (State.ACTIVE, False, (REPORTED,), False, Reporting.REPORTED),
    (State.ACTIVE, False, (), True, Reporting.SILENT),
    (State.HIATUS, False, (), False, Reporting.HIATUS),
    (State.NOT_ESTABLISHED, False, (), False, Reporting.NOT_ESTABLISHED),
    (State.ENDED, False, (), False, Reporting.ENDED),
    (State.UNKNOWN, False, (), False, Reporting.UNKNOWN),
    # Recommendations are a report too.
    (State.ACTIVE, False, (RECOMMENDED,), True, Reporting.REPORTED),
    # Before the record is complete nothing is silence.
    (State.ACTIVE, False, (), False, Reporting.UNKNOWN),
    # Where the state is not known, a complete record does not make the group active.
    (State.UNKNOWN, False, (), True, Reporting.UNKNOWN),
    # A document or a source about this very meeting outweighs the state.
    (State.ENDED, True, (), True, Reporting.HELD),
    (State.HIATUS, True, (ON_HIATUS,), True, Reporting.HELD),
    (State.NOT_ESTABLISHED, True, (ANNOUNCED,), False, Reporting.HELD),
    (State.ENDED, False, (REPORTED,), False, Reporting.REPORTED),
    (State.HIATUS, False, (ON_HIATUS, REPORTED), False, Reporting.REPORTED),
    (State.NOT_ESTABLISHED, False, (RECOMMENDED,), False, Reporting.REPORTED),
    (State.ACTIVE, False, (ON_HIATUS,), True, Reporting.HIATUS),
    (State.UNKNOWN, False, (ON_HIATUS,), False, Reporting.HIATUS),
    (State.UNKNOWN, False, (ANNOUNCED,), False, Reporting.NOT_ESTABLISHED),
    (State.ACTIVE, False, (ANNOUNCED,), True, Reporting.NOT_ESTABLISHED),
    (State.NOT_ESTABLISHED, False, (ON_HIATUS,), False, Reporting.HIATUS),
    # An end that a source dates is not undone by a listing as on hiatus.
    (State.ENDED, False, (ON_HIATUS, ANNOUNCED), True, Reporting.ENDED),
    # What is on hiatus or not yet there is not silent.
    (State.HIATUS, False, (), True, Reporting.HIATUS),
    (State.NOT_ESTABLISHED, False, (), True, Reporting.NOT_ESTABLISHED),
    (State.ENDED, False, (), True, Reporting.ENDED),
]


@pytest.mark.parametrize(("state", "held", "mentions", "complete", "mark"), CASES)
def test_a_group_at_a_meeting_has_one_mark(state, held, mentions, complete, mark):
    answer = reporting_at(state, paper_is_held=held, mentions=mentions, record_is_complete=complete)

    assert answer is mark


def test_the_cases_reach_all_seven_marks():
    assert {case[-1] for case in CASES} == set(Reporting)
    assert len(Reporting) == 7


def every_situation():
    kinds = list(MentionKind)
    mentions = [chosen for size in range(5) for chosen in itertools.combinations(kinds, size)]
    return itertools.product(State, (True, False), mentions, (True, False))


def test_every_situation_has_a_mark():
    for state, held, mentions, complete in every_situation():
        mark = reporting_at(
            state, paper_is_held=held, mentions=mentions, record_is_complete=complete
        )

        assert mark in Reporting, (state, held, mentions, complete)


def test_silence_is_claimed_only_of_an_active_group_at_a_complete_meeting():
    for state, held, mentions, complete in every_situation():
        mark = reporting_at(
            state, paper_is_held=held, mentions=mentions, record_is_complete=complete
        )

        claims = mark is Reporting.SILENT
        assert claims == (state is State.ACTIVE and complete and not held and not mentions)


def test_the_order_of_mentions_does_not_matter():
    for mentions in itertools.permutations(MentionKind):
        mark = reporting_at(
            State.ACTIVE, paper_is_held=False, mentions=mentions, record_is_complete=True
        )

        assert mark is Reporting.REPORTED


def test_each_mark_and_each_kind_of_mention_has_its_own_words():
    assert set(REPORTING_LABELS) == set(REPORTING_MEANINGS) == set(Reporting)
    assert set(MENTION_LABELS) == set(MentionKind)
    assert len(set(REPORTING_LABELS.values())) == len(set(REPORTING_MEANINGS.values())) == 7
