"""Pages fit any screen, paper and way of reading (S44)."""

import pytest
from django.conf import settings

from tests.browser.addresses import KINDS
from tests.browser.conftest import open_all_details

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db]

WIDTHS = (320, 375, 768, 1280, 1440)
# What readers may set for themselves: WCAG 2.2, success criterion 1.4.12.
TEXT_SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }"""
OVERFLOW = """() => {
    const page = document.scrollingElement;
    if (page.scrollWidth <= innerWidth) return '';
    const inside = it => it.parentElement?.closest('.scroll');
    const wide = [...document.querySelectorAll('body *')].filter(
        it => it.getBoundingClientRect().right > innerWidth + 1 && !inside(it));
    return `${page.scrollWidth} of ${innerWidth} px: ` + wide.slice(0, 3).map(
        it => `${it.tagName}.${it.className}`).join(', ');
}"""
CUT_OFF = """() => [...document.querySelectorAll('main *')].filter(it => {
    const style = getComputedStyle(it);
    return style.overflowX === 'hidden' && it.scrollWidth > it.clientWidth + 1
        && !it.matches('.sr, .sr *') && it.clientWidth > 1;
}).map(it => `${it.tagName}.${it.className}`)"""
# Words that end beyond the cell or column they stand in, where the next one begins.
CELLS = "main :is(tr, .dg, .key > div) > *"
RUN_OVER = """cells => [...document.querySelectorAll(cells)].filter(it => {
    const words = document.createRange();
    words.selectNodeContents(it);
    const edge = it.getBoundingClientRect().right + 1;
    return !it.querySelector('.sr') && [...words.getClientRects()].some(box => box.right > edge);
}).map(it => it.textContent.trim().slice(0, 50))"""
VISIBLE = "it => it.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })"


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways_even_with_wide_text(open_page, kind):
    page = open_page(KINDS[kind], bypass_csp=True)
    open_all_details(page)

    found = []
    for spacing in ("", "with text spacing"):
        if spacing:
            page.add_style_tag(content=TEXT_SPACING)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if overflow := page.evaluate(OVERFLOW):
                found.append(f"{width} px {spacing}: {overflow}")
            found += [f"{width} px {spacing}: {it} cuts off" for it in page.evaluate(CUT_OFF)]

    assert found == []


@pytest.mark.parametrize(
    "kind", ["home", "meeting with papers", "next steps", "glossary", "groups"]
)
def test_no_words_run_over_those_beside_them(open_page, kind):
    page = open_page(KINDS[kind])
    open_all_details(page)

    found = []
    for width in (320, 640, 768, 1024, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px: {it}" for it in page.evaluate(RUN_OVER, CELLS)]
    page.emulate_media(media="print")
    for width in (720, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"on {width} px of paper: {it}" for it in page.evaluate(RUN_OVER, CELLS)]

    assert found == []


@pytest.mark.parametrize(
    ("kind", "kept", "left_out"),
    [
        ("home", ["h1", "table.board"], ["header.site", ".foot .links"]),
        ("groups", ["h1", "table"], ["header.site", "form.side"]),
        ("group with papers", ["h1", "ol.tl", ".more li", "#cite"], [".site", ".jump", ".how"]),
        ("two papers", ["h1", "ol.pairs", "ol.maps"], ["header.site", ".pick", ".how"]),
        ("paper", ["h1", "article", "pre"], ["header.site", ".tools"]),
        ("meeting with papers", ["h1", "ol.list"], ["header.site"]),
    ],
)
def test_on_paper_there_is_the_record_and_nothing_to_click(open_page, kind, kept, left_out):
    page = open_page(KINDS[kind])
    page.emulate_media(media="print")

    for selector in kept:
        assert page.locator(selector).first.evaluate(VISIBLE), selector
    for selector in left_out:
        assert not page.locator(selector).first.evaluate(VISIBLE), selector
    assert page.pdf(format="Letter").startswith(b"%PDF")


@pytest.mark.parametrize("kind", ["home of a day", "groups", "paper", "brief"])
def test_a_sheet_says_where_it_comes_from(open_page, kind):
    page = open_page(KINDS[kind])
    origin = page.get_by_text(f"COAC Working Groups, {settings.SITE_URL}{KINDS[kind]}")

    assert not origin.is_visible()

    page.emulate_media(media="print")
    assert origin.is_visible()


def test_on_paper_the_text_is_dark_also_for_who_reads_in_the_dark(open_page):
    page = open_page(KINDS["paper"], dark=True)
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")

    page.emulate_media(media="print", color_scheme="dark")

    assert dark != "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize(
    "kind",
    [
        *("home", "group with papers", "group with changes", "two papers", "paper with changes"),
        *("meeting with papers", "about"),
    ],
)
def test_marks_are_seen_in_forced_colours(open_page, kind):
    page = open_page(KINDS[kind], forced_colors="active")

    invisible = page.evaluate(
        """() => [...document.querySelectorAll('main svg')].filter(it => {
            const box = it.getBoundingClientRect();
            if (!it.checkVisibility()) return false;
            let behind = it;
            while (behind && getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)')
                behind = behind.parentElement;
            const ground = behind ? getComputedStyle(behind).backgroundColor : 'rgb(255, 255, 255)';
            return box.width < 8 || getComputedStyle(it).color === ground;
        }).length"""
    )

    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.locator("main svg").count() >= 3
    assert invisible == 0


def test_each_mark_draws_a_shape_of_its_own(open_page):
    page = open_page(KINDS["home"])

    drawn = page.locator(".legend .i").evaluate_all(
        "icons => icons.map(it => { const box = it.getBBox(); return [box.width, box.height] })"
    )
    pictures = {page.locator(".legend .c").nth(place).screenshot() for place in range(7)}

    assert len(drawn) == 7
    assert all(width > 0 and height > 0 for width, height in drawn)
    assert len(pictures) == 7
