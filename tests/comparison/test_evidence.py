"""What speaks for an item as the answer to a step, piece by piece; figures are in test_gold.py."""

from papers.evidence import Corpus, Origin, Question
from tests.comparison.papers import make_content

STEP = "CBP will issue guidance on the marking of goods that leave a zone."


def evidence(text, step=STEP, beside=(), known=(), listed_again=False):
    corpus = Corpus([make_content(known, [step, *beside]), make_content([text])])
    origin = Origin([step, *beside], known, corpus)
    return Question(step, origin, corpus).weigh(text, listed_again)


def test_all_that_a_step_is_about_is_met_in_the_words_of_its_report():
    found = evidence("Guidance on the marking of goods that leave a zone was issued in June.")

    assert (found.topic, found.words, found.off_topic, found.swapped) == (1, 1, 0, 0)
    assert found.form == 1
    assert found.score > 0.5


def test_other_words_in_the_place_of_a_steps_words_speak_against_a_report():
    found = evidence("CBP issued guidance on the bonds of carriers that serve a zone.")

    assert found.swapped > 0.4
    assert found.score < evidence("CBP issued guidance on the marking for a zone.").score


def test_words_that_stand_further_on_are_not_swapped():
    found = evidence("CBP issued guidance on the zone: the marking of goods that leave it.")

    assert found.swapped == 0


def test_a_report_of_something_else_is_off_topic():
    found = evidence("CBP issued guidance to its officers.")

    assert (found.topic, found.off_topic, found.form) == (0, 1, 1)
    assert found.score < 0.2


def test_an_item_that_fits_another_step_of_the_paper_better_speaks_less_for_this_one():
    other = "CBP will issue guidance on the weighing of goods that leave a zone by rail."
    text = "Guidance on the weighing of goods that leave a zone by rail was issued."

    alone, beside = evidence(text), evidence(text, beside=[other])

    assert (alone.fits_other, alone.score > beside.score) == (0, True)
    assert beside.fits_other > 0.2
    assert evidence(text, step=other, beside=[STEP]).fits_other == 0


def test_who_is_to_do_a_step_is_not_what_it_is_about():
    step = "The Census Bureau will explain the statistics of islands."

    found = evidence("The Census Bureau moved to another building.", step=step)

    assert (found.topic, found.same_actor) == (0, 1)


def test_an_order_without_an_actor_is_about_whom_it_names():
    found = evidence("El Paso was asked.", step="Ask El Paso to accept cargo at night.")

    assert (found.same_actor, found.topic > 0.3) == (0, True)


def test_a_name_is_met_where_its_initials_are():
    step = "CBP will present the Enforce and Protect Act."

    assert evidence("EAPA cases were shown to members.", step=step).topic == 1


def test_what_the_paper_of_the_step_reported_already_is_no_news():
    text = "Guidance on the marking of goods that leave a zone was issued in June."

    assert evidence(text).news == 1
    assert evidence(text, known=[text.replace("June", "May")]).news < 0.6


def test_a_step_that_is_listed_again_and_a_plan_are_answered_less_surely():
    report = "Guidance on the marking of goods that leave a zone is out."
    plan = "Guidance on the marking of goods that leave a zone will be out."

    assert evidence(report).score > evidence(plan).score
    assert evidence(report).score > evidence(report, listed_again=True).score


def test_texts_without_words_are_weighed_too():
    for text in ("…", "🙂", "the", "CBP"):
        for step in ("…", "🙂", "the", STEP):
            found = evidence(text, step=step, beside=["…"], known=["…"])
            assert 0 <= found.score < 0.1


def test_another_step_that_another_sentence_answers_takes_nothing_away():
    step = "CBP will publish questions and answers on steel content declarations."
    other = "The trade will collect examples of protest rejections and share them with CBP."
    report = "CBP posted a document on steel content."

    both = f"{report} The trade collected examples of protest rejections and shared them with CBP."

    assert evidence(report, step=step, beside=[other]).score > 0.5
    assert evidence(both, step=step, beside=[other]).score > 0.5


def test_a_followed_item_is_not_old_news_of_itself():
    step = "CBP will publish a list of errors by March."
    report = "CBP published a list of errors in March."

    assert evidence(report, step=step, known=[step]).news == 1
