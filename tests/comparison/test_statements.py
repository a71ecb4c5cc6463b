"""A statement's past and future over a run of papers."""

import pytest

from papers.comparison import PairCorrection, Place
from papers.statements import Record, histories, successive_changes
from tests.comparison.papers import STATUS, kinds, make_content, status, step

RIDER = "The group reviewed the bond rider form with sureties in Houston."
PORTAL = "CBP opened a portal in which importers upload tracing documents."
SURVEY = "Forty brokers answered the survey on remote supervision."
REWORDED = RIDER.replace("Houston", "Houston and Miami")


def history(run, index, place, **said):
    return Record(run, **said).history(index, place)


def test_a_statement_knows_when_it_was_first_reported_repeated_reworded_and_last_seen():
    run = [
        make_content([PORTAL]),
        make_content([RIDER]),
        make_content([PORTAL, RIDER]),
        make_content([REWORDED]),
        make_content([REWORDED]),
        make_content([SURVEY]),
    ]

    found = history(run, 3, status(1))

    assert found.first_reported == 1
    assert found.repeated_at == (2, 3, 4)
    assert found.reworded_at == (3,)
    assert found.last_seen == 4


def test_meetings_without_a_paper_do_not_end_a_statement():
    run = [make_content([RIDER]), None, make_content([RIDER])]

    assert [changes is None for changes in successive_changes(run)] == [True, True, False]
    assert history(run, 2, status(1)).repeated_at == (2,)


def test_a_statement_that_comes_back_word_for_word_is_the_same_statement():
    run = [make_content([RIDER, SURVEY]), make_content([PORTAL]), make_content([RIDER])]

    found = history(run, 2, status(1))

    assert (found.first_reported, found.repeated_at) == (0, (2,))
    # Against the paper before it is new all the same.
    assert kinds(successive_changes(run)[2]) == ["new"]


@pytest.mark.parametrize("back", [REWORDED, "Under review."])
def test_a_statement_that_comes_back_reworded_or_too_short_is_another_one(back):
    run = [make_content([RIDER, "Under review."]), make_content([PORTAL]), make_content([back])]

    assert history(run, 2, status(1)).first_reported == 2


def test_a_next_step_that_comes_back_reworded_is_the_same_step():
    run = [make_content(steps=[RIDER]), make_content([PORTAL]), make_content(steps=[REWORDED])]

    found = history(run, 2, step(1))

    assert (found.first_reported, found.reworded_at) == (0, (2,))


def test_staff_can_keep_a_step_that_comes_back_apart():
    run = [make_content(steps=[RIDER]), make_content([PORTAL]), make_content(steps=[RIDER])]
    apart = {(0, 2): [PairCorrection(step(1), step(1), together=False)]}

    assert history(run, 2, step(1), corrections=apart).first_reported == 2


def test_staff_can_join_statements_over_a_gap_and_between_neighbours():
    run = [make_content([RIDER]), make_content([PORTAL]), make_content([SURVEY])]
    said = {
        (0, 2): [PairCorrection(status(1), status(1))],
        (0, 1): [PairCorrection(status(1), status(1))],
    }

    assert history(run, 2, status(1), corrections=said).mentions[0].item.text == RIDER
    assert history(run, 1, status(1), corrections=said).first_reported == 0


def test_a_moved_statement_is_followed_into_its_new_section():
    run = [make_content([RIDER, PORTAL]), make_content([PORTAL], background=[RIDER])]

    first, second = history(run, 0, status(1)).mentions

    assert (first.is_moved, second.is_moved) == (False, True)
    assert not second.is_reworded


def test_each_statement_has_one_history():
    run = [make_content([RIDER, PORTAL]), make_content([SURVEY, REWORDED]), make_content([PORTAL])]

    found = {it.mentions[0].item.text: (it.first_reported, it.last_seen) for it in histories(run)}

    assert found == {RIDER: (0, 1), PORTAL: (0, 2), SURVEY: (1, 1)}


def test_changes_that_the_caller_has_are_not_computed_again(monkeypatch):
    run = [make_content([RIDER]), make_content([RIDER])]
    changes = successive_changes(run)
    monkeypatch.setattr("papers.statements.compare", None)

    assert Record(run, changes=changes).history(1, status(1)).first_reported == 0


def test_a_place_without_an_item_has_no_history():
    with pytest.raises(KeyError):
        history([make_content([RIDER])], 0, Place(STATUS, 2))
