"""Which later sentences may answer a step; figures are in test_gold.py."""

import pytest

from papers.comparison import placed_items
from papers.suggestions import AT_MOST, suggest
from tests.comparison.papers import make_content, status

STEP = "The group will send CBP a list of errors that the reporting portal returns."
SENT = "In July the group sent CBP a list of 31 errors that the reporting portal returns."
OTHERS = [
    "Members described how the exam is graded.",
    "Sureties asked for electronic riders.",
    "A field visit to Houston took place.",
]


def suggested(*later, before=(), step=STEP, **inputs):
    run = [make_content(before, [step]), *later]
    placed = next(it for it in placed_items(run[0]) if it.text == step)
    return suggest(placed, 0, run, **inputs)


def test_the_report_that_a_step_was_done_is_suggested_with_its_words():
    (found,) = suggested(make_content([*OTHERS, SENT]))

    assert (found.index, found.item.place) == (1, status(4))
    assert {"list", "errors", "portal", "returns"} <= set(found.words)
    assert "CBP" not in found.words
    assert 0.5 < found.score <= 1


def test_a_step_that_nothing_speaks_of_gets_no_suggestion():
    assert suggested(make_content(OTHERS)) == ()


@pytest.mark.parametrize("text", ["", "...", "🙂", "The group will continue."])
def test_a_step_that_says_nothing_of_its_own_gets_no_suggestion(text):
    assert suggested(make_content([*OTHERS, SENT, text or "…"]), step=text) == ()


def test_the_sentence_that_matters_is_found_in_a_long_item():
    long = " ".join([*OTHERS, SENT, *OTHERS])

    (found,) = suggested(make_content([long]))

    assert found.score > 0.5


def test_what_the_paper_of_the_step_already_reported_does_not_answer_it():
    assert suggested(make_content([SENT, *OTHERS]), before=[SENT]) == ()


def test_what_was_reported_before_with_a_small_change_counts_less():
    (fresh,) = suggested(make_content([SENT, *OTHERS]))

    stale = suggested(make_content([SENT, *OTHERS]), before=[SENT.replace("31", "29")])

    assert not stale or stale[0].score < fresh.score * 0.8


def test_a_plan_counts_less_than_a_report():
    plan = "The group will send a list of 31 errors of the reporting portal to CBP."

    first, second = suggested(make_content([plan, *OTHERS, SENT]))

    assert first.item.text == SENT
    assert second.score < first.score


def test_a_repeated_answer_is_suggested_where_it_first_stood():
    found = suggested(make_content([*OTHERS, SENT]), None, make_content([SENT, *OTHERS]))

    assert [it.index for it in found] == [1]


def test_only_meetings_up_to_the_one_asked_for_are_looked_at():
    run = (make_content(OTHERS), make_content([SENT]))

    assert suggested(*run, until=1) == ()
    assert len(suggested(*run, until=2)) == 1


def test_of_meetings_before_the_first_asked_for_nothing_is_suggested():
    again = SENT.replace("31", "40")
    run = (make_content([*OTHERS, SENT]), make_content([SENT, again, *OTHERS]))

    assert [it.item.text for it in suggested(*run, since=2)] == [again]
    assert {it.item.text for it in suggested(*run)} == {SENT, again}


def test_what_staff_rejected_does_not_come_back_in_any_paper():
    run = (make_content([*OTHERS, SENT]), make_content([SENT, *OTHERS]))

    assert suggested(*run, rejected={(1, status(4))}) == ()


def test_what_continues_a_rejected_item_comes_back_only_if_it_says_more_of_the_step():
    again = SENT.replace("31", "40")
    less = "In July the group sent CBP a list of errors."
    run = (make_content([*OTHERS, less]), make_content([again, *OTHERS]))
    rejected, continued = {(1, status(4))}, {(2, status(1)): (1, status(4))}

    assert [it.item.text for it in suggested(*run, rejected=rejected, continued=continued)] == [
        again
    ]
    run = (make_content([*OTHERS, SENT]), make_content([again, *OTHERS]))
    assert suggested(*run, rejected=rejected, continued=continued) == ()


def test_no_more_than_three_are_shown_the_likeliest_first():
    texts = [SENT.replace("31", str(number)) for number in (31, 32, 33, 34, 35)]

    found = suggested(make_content([*texts, *OTHERS]))

    assert len(found) == AT_MOST
    assert [it.score for it in found] == sorted((it.score for it in found), reverse=True)
    assert suggested(make_content([*texts, *OTHERS])) == found


def test_a_step_that_the_paper_lists_again_is_answered_less_surely_but_a_clear_answer_is_shown():
    (done,) = suggested(make_content([*OTHERS, SENT]))

    (still,) = suggested(make_content([*OTHERS, SENT], [STEP]))

    assert still.item == done.item
    assert still.score < done.score


def test_an_item_that_shares_a_rare_name_is_suggested_where_nothing_else_comes_near():
    step = "The group will visit the processing site in Nogales."
    seen = "Members saw at Nogales how officers examine a truck."

    (found,) = suggested(make_content([*OTHERS, seen]), step=step)

    assert found.item.text == seen
    assert "Nogales" in found.words


def test_a_word_for_the_same_speaks_for_an_answer():
    step = "CBP will issue a classification of vague descriptions."
    done = "A table of vague descriptions was posted, classified by chapter."

    (found,) = suggested(make_content([*OTHERS, done]), step=step)

    assert {"posted", "classified", "vague"} <= set(found.words)
