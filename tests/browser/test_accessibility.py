"""axe finds nothing on any kind of page, at any width, in light and in dark (S44)."""

import pytest

from tests.browser.addresses import KINDS
from tests.browser.conftest import open_all_details, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WIDTHS = (320, 768, 1280)


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(open_page, kind):
    page = open_page(KINDS[kind])
    open_all_details(page)

    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} px, {scheme}: {it}" for it in violations(page)]

    assert found == []


def test_axe_does_see_what_is_wrong(open_page):
    page = open_page("/about/")

    page.evaluate("document.querySelector('h1').outerHTML = '<img src=\"/static/favicon.svg\">'")

    assert {line.partition(":")[0] for line in violations(page)} >= {
        "image-alt",
        "page-has-heading-one",
    }
