"""By keyboard, without scripts, and in the eyes of the Content-Security-Policy (S15, S44)."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import ERRORS, KINDS
from tests.browser.conftest import open_all_details

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

FOCUSED = """() => {
    const it = document.activeElement, style = getComputedStyle(it);
    const box = it.getBoundingClientRect();
    return {
        name: `${it.tagName} ${it.getAttribute('href') || it.name || it.textContent.trim()}`,
        outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight
            && box.right > 0 && box.left < innerWidth,
        place: [...document.querySelectorAll('*')].indexOf(it),
    };
}"""


def walk(page, presses):
    """What is focused after each press of the tabulator, until it leaves the page."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return
        yield page.evaluate(FOCUSED)


def test_the_first_stop_leads_past_the_navigation(open_page):
    page = open_page(KINDS["home"])

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")

    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize(
    "kind", ["home", "groups", "group with papers", "meeting with papers", "papers", "paper"]
)
@pytest.mark.parametrize("width", [320, 1280])
def test_every_stop_is_seen_and_comes_in_the_order_of_the_page(open_page, kind, width):
    page = open_page(KINDS[kind], width=width, reduced_motion="reduce")
    open_all_details(page)

    stops = list(walk(page, 60))

    assert len(stops) > 20
    # A field for a date is several stops; at the last the browser marks its own button instead.
    outlined = {it["place"] for it in stops if it["outlined"]}
    assert [it["name"] for it in stops if it["place"] not in outlined] == []
    assert [it["name"] for it in stops if not it["seen"]] == []
    places = [it["place"] for it in stops]
    assert places == sorted(places)


@pytest.mark.parametrize("width", [320, 1280])
def test_groups_are_narrowed_without_scripts(open_page, site, width):
    page = open_page(KINDS["groups"], width=width, scripts=False)
    if width < 1024:
        page.get_by_text("Narrow the list").click()

    page.get_by_label("Words in a name").fill("trusted")
    page.get_by_label("Ended").check()
    page.get_by_role("button", name="Apply").click()

    expect(page).to_have_url(re.compile(r"/groups/\?q=trusted&state=ended"))
    expect(page.get_by_role("heading", name="1 group", exact=True)).to_be_visible()
    expect(page.get_by_role("rowheader", name="Trade Partnership and Engagement")).to_be_visible()
    expect(page.get_by_label("Words in a name")).to_have_value("trusted")
    page.get_by_role("link", name="Clear", exact=True).click()
    expect(page).to_have_url(f"{site}/groups/")


def test_a_day_of_the_past_is_chosen_without_scripts(open_page):
    page = open_page(KINDS["groups"], scripts=False)

    page.get_by_label("As of").fill("2021-03-17")
    page.get_by_role("button", name="Apply").click()
    page.get_by_role("link", name="Trusted Trader", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Trusted Trader Working Group")
    expect(page).to_have_url(re.compile(r"\?asof=2021-03-17$"))
    page.get_by_role("link", name="Show today").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Trade Partnership and Engagement Working Group"
    )


def test_papers_are_narrowed_without_scripts(open_page):
    page = open_page(KINDS["papers"], scripts=False)

    page.get_by_label("Kind of source").select_option("Third-party summary")
    page.get_by_role("button", name="Apply").click()

    expect(page.get_by_role("heading", name="5 third-party summaries")).to_be_visible()


def test_a_link_to_an_item_lands_on_it_and_marks_it(open_page):
    page = open_page(KINDS["paper with levels"] + "#s2.1")

    item = page.locator("[id='s2.1']")

    expect(item).to_be_in_viewport()
    plain = page.locator("#s1").evaluate("it => getComputedStyle(it).backgroundColor")
    assert item.evaluate("it => getComputedStyle(it).backgroundColor") != plain


def test_the_strip_leads_to_a_meeting_of_the_timeline(open_page):
    page = open_page(KINDS["group with papers"], reduced_motion="reduce")

    page.get_by_role("link", name="Mar 2021").click()

    expect(page.locator("#m-2021-03-17")).to_be_in_viewport()


def test_the_board_scrolls_by_keyboard_on_a_narrow_screen(open_page):
    page = open_page(KINDS["home"], width=320, reduced_motion="reduce")
    board = page.get_by_role("region", name="Board, scrolls sideways")

    board.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")

    expect(board).to_be_focused()
    page.wait_for_timeout(300)
    assert board.evaluate("it => it.scrollLeft") > 0


# S15: open_page fails for each breach of the policy and each error that the browser reports.
@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_styled_and_breaks_no_policy(open_page, kind):
    page = open_page(KINDS[kind])

    styled = page.evaluate(
        "getComputedStyle(document.querySelector('header.site')).backgroundColor"
    )
    assert styled == "rgb(22, 46, 81)"
    refused = page.evaluate(
        "performance.getEntriesByType('resource').map(it => new URL(it.name).pathname)"
    )
    assert set(refused) <= {"/static/site.css", "/static/favicon.svg"}
    assert page.locator("main a").count() >= (4 if kind in ("404", *ERRORS) else 3)
