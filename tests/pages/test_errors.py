"""The error pages: plain words, a way on, nothing of the inside (S42)."""

import pytest
from django.template.loader import render_to_string

from tests.pages.html import Page

CODES = ["400", "403", "403_csrf", "404", "410", "413", "429", "500", "503"]


@pytest.mark.parametrize("code", CODES)
def test_each_error_page_is_whole_without_request_and_database(code):
    page = Page(render_to_string(f"{code}.html", {"SITE_URL": "", "REPORT_URL": ""}))

    assert page.problems() == []
    assert page.one("title").text == f"{page.one('h1').text} | COAC Working Groups"
    assert len(page.main.all("p")) >= 2
    assert {"/", "/meetings/", "/groups/", "/papers/"} <= set(page.links)


def test_each_error_says_something_else():
    said = {render_to_string(f"{code}.html", {"REPORT_URL": ""}) for code in CODES}

    assert len(said) == len(CODES)


def test_where_there_is_an_address_for_reports_it_is_offered():
    told = Page(render_to_string("500.html", {"REPORT_URL": "https://a.example/report"}))
    not_told = Page(render_to_string("500.html", {"REPORT_URL": ""}))

    assert "https://a.example/report" in told.links
    assert "Report an error" not in not_told.text


# S03, S42
@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/no-such-page/",
        "/groups/nobody/",
        "/meetings/2024-01-01/",
        "/meetings/nonsense/",
        "/papers/2024-01-01/nobody/",
        "/glossary/nothing/",
        "/index.php",
    ],
)
def test_whatever_is_missing_answers_with_the_same_page(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert response.content == client.get("/something/else/").content
    page = Page(response.content.decode())
    assert page.problems() == []
    assert page.one("h1").text == "There is no such page"
    assert address not in page.text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/groups", "/meetings", "/papers", "/glossary", "/about"])
def test_an_address_without_its_last_slash_leads_on(client, address):
    response = client.get(f"{address}?q=1")

    assert response.status_code == 301
    assert response.headers["Location"] == f"{address}/?q=1"
