"""Every page of the real record, as somebody finds it who follows each link from the first."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from django.test.signals import template_rendered

from papers.models import IssuePaper
from papers.urls import urlpatterns
from tests.changes_fixtures import add_later_papers
from tests.pages.html import Page
from workgroups.models import FormerSlug, Meeting, WorkingGroup

pytestmark = pytest.mark.django_db

TEMPLATES = settings.BASE_DIR / "templates"
# Filters and dates multiply without end: of these queries each kind is followed, not each value.
MAX_QUERIES_PER_PATH = 6
DAYS = ("2018-10-03", "2021-03-17", "2022-12-07", "2024-03-06", "2025-09-17")
ERROR_PAGES = ("400", "403", "403_csrf", "404", "410", "413", "429", "500", "503")


class Crawl:
    """Follows links from the first page on; keeps pages by address, and what went wrong."""

    def __init__(self, client):
        self.client = client
        self.pages = {}
        self.problems = []
        self.fragments = []
        self.outside = set()
        self.routes = Counter()
        self.queries = Counter()

    def run(self, *addresses):
        waiting = list(addresses)
        seen = set(waiting)
        while waiting:
            address = waiting.pop()
            for link in self.visit(address):
                target, _, fragment = urljoin(address, link).partition("#")
                if urlsplit(target).scheme:
                    self.outside.add(target)
                    continue
                if fragment:
                    self.fragments.append((address, target, fragment))
                if target in seen:
                    continue
                path = urlsplit(target).path
                self.queries[path] += bool(urlsplit(target).query)
                if self.queries[path] <= MAX_QUERIES_PER_PATH or path == target:
                    seen.add(target)
                    waiting.append(target)
        for address, target, fragment in self.fragments:
            if target in self.pages and fragment not in self.pages[target].ids:
                self.problems.append(f"{address}: {target}#{fragment} is not on that page")
        return self

    def visit(self, address):
        response = self.client.get(address)
        if response.status_code != 200:
            self.problems.append(f"{address} answers {response.status_code}")
            return []
        self.routes[response.resolver_match.url_name] += 1
        if not response.headers["Content-Type"].startswith("text/html"):
            return []
        page = self.pages[address] = Page(response.content.decode())
        self.problems += [f"{address}: {problem}" for problem in page.problems()]
        return page.links


@pytest.fixture(scope="module")
def crawl(record):
    """From today's first page, and from those of some days of the past.

    Two groups have a second paper, so that every kind of page has something to show.
    """
    add_later_papers()
    return Crawl(Client()).run("/", *(f"/?asof={day}" for day in DAYS))


def test_every_link_and_fragment_of_the_record_leads_somewhere(crawl):
    assert crawl.problems == []
    assert len(crawl.fragments) > 500
    assert all(re.match(r"https?://[a-z]", address) for address in crawl.outside)  # S13


def test_every_row_with_a_page_is_reached_by_links_from_the_first_page(crawl):
    rows = [*Meeting.objects.all(), *WorkingGroup.objects.all(), *IssuePaper.objects.published()]

    assert {row.get_absolute_url() for row in rows} <= set(crawl.pages)
    # Folders that lead to a meeting and to two papers, and documents: the fixtures store none.
    elsewhere = {"papers_of_meeting", "compare_default", "paper_original"}
    assert {path.name for path in urlpatterns} - elsewhere == set(crawl.routes)


def test_days_of_the_past_are_kept_from_the_board_to_the_groups(crawl):
    for day in DAYS:
        assert f"/groups/?asof={day}" in crawl.pages
        assert sum(address.endswith(f"/?asof={day}") for address in crawl.pages) > 5


def test_every_template_is_rendered_by_some_page(client, crawl):
    own = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if "admin" not in path.relative_to(TEMPLATES).parts
    }
    rendered = set()

    def note(template, **kwargs):
        rendered.add(template.name)

    template_rendered.connect(note)
    try:
        addresses = ["/", "/?asof=2021-03-17", "/groups/?state=nonsense", "/papers/"]
        addresses += ["/groups/emerging-technologies/", "/meetings/", "/glossary/", "/about/"]
        addresses += ["/groups/trade-partnership-and-engagement/", "/meetings/2024-09-18/"]
        addresses += ["/papers/2024-06-26/trade-partnership-and-engagement/", "/no-such-page/"]
        addresses += ["/groups/cross-border-recognition/", "/meetings/2024-09-18/brief/"]
        addresses += ["/groups/cross-border-recognition/changes/2024-06-26...2024-09-18/"]
        addresses += ["/papers/2024-09-18/cross-border-recognition/"]
        addresses += ["/next-steps/", "/next-steps/?state=open&age=4"]
        addresses += ["/next-steps/?asof=2024-10-01", "/groups/bond/changes/"]
        for address in addresses:
            client.get(address)
        for name in ERROR_PAGES:
            render_to_string(f"{name}.html", {"SITE_URL": "", "REPORT_URL": ""})
    finally:
        template_rendered.disconnect(note)

    assert own - rendered == set()


def test_the_pages_fetch_nothing_but_the_stylesheet_and_the_icon(crawl):
    elements = [element for page in crawl.pages.values() for element in page.walk()]

    fetched = {element["href"] for element in elements if element.tag == "link"}
    fetched |= {element["src"] for element in elements if "src" in element.attributes}

    assert fetched == {"/static/site.css", "/static/favicon.svg"}
    assert Path(finders.find("site.css")).stat().st_size < 25_000
    assert Path(finders.find("favicon.svg")).stat().st_size < 2_000


def test_every_former_address_of_a_group_leads_on_in_one_hop(client, record):
    for former in FormerSlug.objects.select_related("group"):
        response = client.get(f"/groups/{former.slug}/")

        assert response.status_code == 301
        assert response.headers["Location"] == f"/groups/{former.group.slug}/"
        assert client.get(response.headers["Location"]).status_code == 200
