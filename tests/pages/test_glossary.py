"""``/glossary/``: the committee's words by letter, each with a place of its own."""

import pytest

from tests.pages.html import read
from workgroups.models import GlossaryEntry

pytestmark = pytest.mark.django_db


def test_without_terms_the_page_says_so(client):
    page = read(client, "/glossary/")

    assert "No term is recorded yet." in page.text
    assert page.all("nav", **{"aria-label": "Letters"}) == []


def test_terms_stand_by_letter_whatever_their_case(client):
    for term in ("quorum", "Hiatus", "eBond", "Background", "1USG"):
        slug = f"t-{term.lower()}"
        GlossaryEntry.objects.create(term=term, slug=slug, meaning=f"What {term} means.")

    page = read(client, "/glossary/")

    assert [head.text for head in page.main.all("h2")] == ["1", "B", "E", "H", "Q"]
    assert [term.text for term in page.all("dt")] == [
        "1USG",
        "Background",
        "eBond",
        "Hiatus",
        "quorum",
    ]
    letters = page.one("nav", **{"aria-label": "Letters"}).all("a")
    assert [letter.text for letter in letters] == ["1", "B", "E", "H", "Q"]
    assert "5 terms of the committee, explained in our words." in page.text


def test_each_term_has_a_place_its_abbreviation_and_its_meaning(client):
    entry = GlossaryEntry.objects.create(
        term="Statement of Work", slug="sow", abbreviation="SOW", meaning="The task of a group."
    )

    place = read(client, "/glossary/").by_id("sow")

    assert place.text == "Statement of Work (SOW)The task of a group."
    assert place.one("a")["href"] == "#sow"
    assert entry.get_absolute_url() == "/glossary/#sow"
