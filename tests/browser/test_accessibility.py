"""axe finds nothing on any kind of page, at any width, in light and in dark (S44)."""

import pytest

from tests.browser.addresses import KINDS
from tests.browser.conftest import faults, open_all_details, violations

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db]

WIDTHS = (320, 768, 1280)


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(open_page, kind):
    page = open_page(KINDS[kind])
    open_all_details(page)

    assert faults(page, WIDTHS) == []


def test_axe_does_see_what_is_wrong(open_page):
    page = open_page("/about/")

    page.evaluate("document.querySelector('h1').outerHTML = '<img src=\"/static/favicon.svg\">'")

    assert {line.partition(":")[0] for line in violations(page)} >= {
        "image-alt",
        "page-has-heading-one",
    }


def test_faint_words_and_wide_lines_are_seen_at_each_width_in_light_and_dark(open_page):
    page = open_page("/about/", bypass_csp=True)

    page.evaluate("document.querySelector('h1').style = 'color: #888; background: #999'")
    page.evaluate("document.querySelector('main').style = 'width: 900px'")

    assert [line.partition(": ")[0] for line in faults(page, (320, 1280))] == [
        "320 px",
        "320 px, light",
        "320 px, dark",
        "1280 px, light",
        "1280 px, dark",
    ]
