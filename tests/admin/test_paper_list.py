"""Staff find papers in their list."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from papers.content import Item, PaperContent, Section, SectionKind
from papers.models import StatusItem
from tests.admin.forms import fields_of
from tests.factories import make_group, make_paper

pytestmark = pytest.mark.django_db

LIST = "/admin/papers/issuepaper/"


def change(paper):
    return reverse("admin:papers_issuepaper_change", args=[paper.pk])


def form_of(client, paper):
    return fields_of(client.get(change(paper)))


def found(client, **query):
    page = client.get(LIST, query)
    return {paper.working_group.slug for paper in page.context["cl"].result_list}


def some_papers():
    trade = make_group("trade", "Trade Partnership")
    trade.aliases.create(name="Trusted Trader")
    make_paper(trade, date(2021, 3, 17), pub_number="0318-0321", status=["Met on pipelines."])
    make_paper(
        make_group("bond", "Bond"),
        date(2024, 3, 6),
        background=["The surety market."],
        next_steps=["Draft eBond rules."],
        published=False,
    )


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        ("trusted", {"trade"}),
        ("TRADE partnership", {"trade"}),
        ("0318", {"trade"}),
        ("pipelines", {"trade"}),
        ("surety", {"bond"}),
        ("ebond rules", {"bond"}),
        ("surety pipelines", set()),
        ("nonsense", set()),
        ("", {"trade", "bond"}),
        ("%", set()),
        ("'\" )", set()),
    ],
)
def test_papers_are_found_by_names_numbers_and_words(viewer, words, slugs):
    some_papers()

    assert found(viewer, q=words) == slugs


def test_a_search_that_no_text_can_hold_is_refused_in_words(viewer):  # S14
    page = viewer.get(LIST, {"q": "\x00"})

    assertContains(page, "The request could not be read", status_code=400)


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ({"status": "draft"}, {"bond"}),
        ({"status": "published"}, {"trade"}),
        ({"status": "nonsense"}, {"trade", "bond"}),
        ({"source_kind__exact": "third-party-summary"}, set()),
        ({"meeting__held_on__year": "2024"}, {"bond"}),
    ],
)
def test_papers_are_filtered(viewer, query, slugs):
    some_papers()

    assert found(viewer, **query) == slugs


def test_a_public_paper_leads_to_its_page_and_a_draft_to_none(admin_client):
    public, hidden = make_paper(make_group()), make_paper(make_group("bond"), published=False)

    assertContains(admin_client.get(change(public)), f'href="{public.get_absolute_url()}"')
    assertNotContains(admin_client.get(change(hidden)), hidden.get_absolute_url())


def test_saving_leads_back_to_the_list(editor):
    paper = make_paper(make_group(), status=["Met."], published=False)

    answer = editor.post(change(paper), form_of(editor, paper))

    assertRedirects(answer, LIST)
    assert StatusItem.objects.count() == 1


def test_a_paper_says_what_it_holds_as_plain_content(editor):
    assert make_paper(make_group(), status=["Met."], published=False).content() == PaperContent(
        group="Forced Labor Working Group",
        sections=(Section(SectionKind.CURRENT_STATUS, items=(Item("Met."),)),),
    )
