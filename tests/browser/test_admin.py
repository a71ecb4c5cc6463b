"""The admin's main pages: axe finds nothing that is not Django's own and known (S15, S44)."""

import re

import pytest

from papers.models import IssuePaper
from tests.browser.conftest import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

# What Django's own templates and its copy of Select2 leave to be wished for: a rule of axe, and
# what the element's selector looks like. Everything else is ours to mend.
DJANGOS_OWN = re.compile(
    "|".join(
        [
            r"page-has-heading-one: html:",  # of the login page
            r"label-title-only: #searchbar:",
            r"target-size: .*(a\[href=\"\?|#changelist-filter|li:nth-child)",  # links of filters
            r"link-in-text-block: \.breadcrumbs ",
            r"empty-table-header: .*thead > tr > \.original:",
            r"aria-input-field-name: .*select2",
            r"label: .*select2-search__field:",
            r"list: .*select2-selection",
        ]
    )
)


@pytest.fixture
def signed_in(sign_in):
    return sign_in()


@pytest.fixture
def ours(open_page):
    """What axe finds on a page that is not Django's own; the page's own messages come first."""

    def look(page):
        said = list(open_page.problems)
        found = [line for line in violations(page) if not DJANGOS_OWN.match(line)]
        # What axe itself does to look at styles is refused by the policy, and says so.
        open_page.problems[:] = said
        return found

    return look


def test_axe_finds_nothing_on_the_login_page(open_page, ours):
    assert ours(open_page("/admin/login/")) == []


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/papers/issuepaper/",
        "/admin/papers/issuepaper/add/",
        "/admin/workgroups/meeting/",
        "/admin/workgroups/workinggroup/",
    ],
)
def test_axe_finds_nothing_of_ours_on_the_main_pages(signed_in, site, ours, path):
    response = signed_in.goto(site + path)

    assert response.status == 200
    assert ours(signed_in) == []


def test_axe_finds_nothing_of_ours_on_the_form_of_a_paper(signed_in, site, ours):
    paper = IssuePaper.objects.get(
        working_group__slug="modernized-entry-processes", meeting__held_on="2024-09-18"
    )

    signed_in.goto(f"{site}/admin/papers/issuepaper/{paper.pk}/change/")

    assert signed_in.locator("#id_pub_number").input_value() == paper.pub_number
    assert ours(signed_in) == []


def test_the_form_of_a_paper_fits_its_page_and_covers_no_title(signed_in, site):
    paper = IssuePaper.objects.get(
        working_group__slug="modernized-entry-processes", meeting__held_on="2024-09-18"
    )

    signed_in.goto(f"{site}/admin/papers/issuepaper/{paper.pk}/change/")

    title = signed_in.locator("#content > h2").bounding_box()
    buttons = signed_in.locator("ul.object-tools").bounding_box()
    assert buttons["y"] >= title["y"] + title["height"]
    assert signed_in.viewport_size["width"] == 1280
    assert signed_in.evaluate("document.documentElement.scrollWidth") == 1280
