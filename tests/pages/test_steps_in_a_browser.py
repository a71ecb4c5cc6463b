"""The ledger and the brief in a real browser: on two sheets, on any screen (S44)."""

import io

import pdfplumber
import pytest

from tests.browser.conftest import faults, open_all_details
from tests.followed import JUNE, SEPTEMBER, make_followed_record, make_outcome, settle_the_draft
from tests.twelve import MATTERS, make_twelve_groups

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BRIEF = "/meetings/2024-09-18/brief/"
SIDEWAYS = "document.scrollingElement.scrollWidth > innerWidth"


@pytest.mark.parametrize("sheet", ["Letter", "A4"])
def test_the_brief_of_twelve_groups_prints_on_two_pages(open_page, sheet):
    make_twelve_groups()
    page = open_page(BRIEF, dark=sheet == "A4")

    with pdfplumber.open(io.BytesIO(page.pdf(format=sheet))) as printed:
        pages = [it.extract_text() for it in printed.pages]
        links = [link["uri"] for it in printed.pages for link in it.hyperlinks]

    assert len(pages) == 2
    assert all(name.split()[0] in pages[0] for name in list(MATTERS)[:8])
    for heading in ("Open and not mentioned", "Made at this meeting", "Active and silent"):
        assert heading in pages[1]
    # Every line leads to its item from the sheet's file too.
    assert sum("#" in link for link in links) >= 100
    assert "Next steps" not in pages[0].splitlines()[0]


def test_in_the_brief_a_heading_stands_with_its_first_line(open_page):
    make_twelve_groups()
    page = open_page(BRIEF)
    # The columns end elsewhere with each height of what stands before.
    apart = """height => {
        document.querySelector('.brief h2').style.paddingTop = `${height}px`;
        return [...document.querySelectorAll('.brief :is(h2, h3)')].filter(it => {
            const first = (it.closest('li') ?? it.parentElement).querySelector('li') ?? it;
            const left = node => node.getClientRects()[0].left;
            return Math.abs(left(it) - left(first)) > 9;
        }).map(it => `${height}: ${it.textContent}`);
    }"""

    found = [it for height in range(0, 900, 45) for it in page.evaluate(apart, height)]

    assert page.evaluate("getComputedStyle(document.querySelector('.brief')).columnCount") == "2"
    assert found == []


def test_in_the_brief_no_word_is_cut(open_page):
    make_twelve_groups()
    page = open_page(BRIEF)

    quotes = [it.inner_text() for it in page.locator(".brief a[dir=auto]").all()]

    cut = [it for it in quotes if it.endswith("…")]
    assert len(cut) > 50
    assert all(it.endswith("\N{NO-BREAK SPACE}…") for it in cut)


@pytest.mark.parametrize("address", ["/next-steps/", "/next-steps/?state=settled", BRIEF])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(open_page, address):
    papers = make_followed_record()
    settle_the_draft(papers)
    bond = papers["bond", JUNE].next_steps.get(position=1)
    make_outcome(bond, papers["cargo", SEPTEMBER].meeting, "declined")
    page = open_page(address, bypass_csp=True)
    open_all_details(page)

    assert faults(page, (320, 640, 768, 1024, 1280, 1440)) == []


def test_each_age_is_drawn_and_seen_in_forced_colours(open_page):
    make_followed_record()
    page = open_page("/next-steps/", forced_colors="active")

    bars = page.locator("figure rect").evaluate_all(
        "bars => bars.map(it => [it.getBoundingClientRect().width, getComputedStyle(it).fill])"
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert len(bars) == 4
    assert all(width > 20 and fill != ground for width, fill in bars)


def test_a_printed_ledger_has_its_rows_and_nothing_to_click(open_page):
    make_followed_record()
    page = open_page("/next-steps/")
    page.emulate_media(media="print")

    assert page.locator("table").first.is_visible()
    assert not page.locator("form.side").is_visible()
    assert not page.locator("header.site").is_visible()
