"""What a step and the report of it may call by two names."""

import pytest

from papers.wordings import initials, wordings


def ideas(text):
    return {it.stem for it in wordings(text) if not it.is_small}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bureau of Industry and Security", "BIS"),
        ("Enforce and Protect Act", "EAPA"),
        ("the Food and Drug Administration", "FDA"),
        ("goods in foreign-trade zones", "FTZs"),
        ("antidumping and countervailing duties", "AD/CVD"),
        ("the Uyghur Forced Labor Prevention Act", "UFLPA"),
        ("publish", "issued"),
        ("released", "posting"),
        ("training", "webinar"),
        ("finish", "concluded"),
        ("annual", "yearly"),
        ("on what date", "on May 3"),
        ("definition", "defined"),
        ("electronically", "electronic"),
        ("classification", "classify"),
    ],
)
def test_two_names_of_one_thing_are_one_idea(one, other):
    assert ideas(one) & ideas(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("seal", "bond"), ("publish", "review"), ("May CBP ask", "the date"), ("Otay Mesa", "OM")],
)
def test_two_things_are_two_ideas(one, other):
    assert not ideas(one) & ideas(other)


def test_initials_are_of_three_words_or_more_with_and_without_small_ones():
    text = "CBP met the Bureau of Industry and Security in Long Beach."

    stems = {"bureau", "of", "industry", "and", "security"}
    assert initials(text) == {"boias": stems, "bis": stems}
