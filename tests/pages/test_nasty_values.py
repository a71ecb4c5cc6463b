"""Whatever an address holds, the answer is a page, a redirect or a 404; never a fault (S14)."""

from datetime import date
from urllib.parse import quote

import pytest

from tests.factories import make_group, make_meeting, make_mention, make_paper, make_term
from tests.pages.html import Page

pytestmark = pytest.mark.django_db

NASTY = [
    *(
        "\x00",
        "a\x00b",
        "2024-09-18\x00",
        "\x1b[31m",
        "\x7f",
        "\r\nSet-Cookie: a=b",
        "\t",
        " ",
        "%",
    ),
    *("%00", "%zz", "..", "../../etc/passwd", "....//", "\\", "//evil.example", "a" * 300),
    *("9" * 4_500, "-1", "0", "1e999", "NaN", "Infinity", "٢٠٢٤-٠٩-١٨", "２０２４-０９-１８", "²"),
    *("2024-02-30", "0000-01-01", "10000-01-01", "2024-09-18T00:00", "2024-W38-3", "20240918"),
    *("2024-09", "2024-13", "\u202eBOND", "\u2066x\u2069", "\u200b", "\ufeff", "ﷺ" * 50, "💣", "İ"),
    *("<script>alert(1)</script>", "' OR '1'='1", '"><svg onload=alert(1)>', "{{ 7|add:7 }}"),
    *("{% debug %}", "__class__", "$(id)", "bond/../bond", "BOND", "bond ", "e\u0301", "é"),
]
PATHS = [
    "/groups/{}/",
    "/meetings/{}/",
    "/meetings/{}/brief/",
    "/meetings/{}/brief.txt",
    "/papers/2024-09-18/{}/",
    "/papers/{}/bond/",
    "/{}/",
    "/{}",
]
FIELDS = {
    "/": ["asof", "board", "page"],
    "/groups/": ["asof", "q", "subcommittee", "kind", "state", "term"],
    "/groups/bond/": ["asof"],
    "/next-steps/": [
        *("asof", "state", "age", "subcommittee", "owner", "evidence", "group", "made", "page")
    ],
    "/meetings/2024-09-18/brief/": ["asof"],
    "/papers/": ["q", "group", "meeting", "source", "page"],
    "/meetings/": ["page"],
    "/meetings/2024-09-18/": ["asof"],
    "/papers/2024-09-18/bond/": ["asof"],
    "/glossary/": ["q"],
    "/about/": ["q"],
}
# Broken UTF-8, lone surrogates, overlong forms, and names where values are awaited.
RAW_QUERIES = [
    *("asof=%ff%fe", "asof=%c0%80", "asof=%ed%a0%80", "asof=%", "asof=%2", "q=%f5%80%80%80"),
    *("=", "&&&", "asof", "asof=&asof=", "asof[]=1", "asof[gt]=1", "%00=1", "q=%00", "page=%00"),
    "page=1&page=2",
    "page=" + "9" * 5_000,
    "&".join(f"state={number}" for number in range(500)),
    "&".join(f"group={number}" for number in range(500)),
]


@pytest.fixture(autouse=True)
def a_small_record():
    group = make_group("bond")
    meeting = make_meeting(date(2024, 9, 18), term=make_term())
    make_paper(group, meeting=meeting)
    make_mention(group, make_meeting(date(2024, 6, 26)))


def assert_harmless(response, value=""):
    assert response.status_code in (200, 301, 302, 400, 404), value[:40]
    assert "Set-Cookie" not in response.headers, value[:40]
    assert not response.headers.get("Location", "/").startswith(("//", "http")), value[:40]
    if response.status_code == 200:
        assert Page(response.content.decode()).problems() == [], value[:40]


def test_there_are_enough_of_them():
    assert len(set(NASTY)) >= 40


@pytest.mark.parametrize("path", PATHS)
def test_a_nasty_address_is_missing_or_leads_on(client, path):
    for value in NASTY:
        address = path.format(quote(value, safe="/%"))

        response = client.get(address)

        assert_harmless(response, value)
        if value not in ("..", "bond/../bond", "2024-09", "bond "):
            assert response.status_code in (301, 404), address


# Not a test for each value: to make the record takes longer than to ask for a page.
@pytest.mark.parametrize(
    ("address", "field"), [(address, field) for address in FIELDS for field in FIELDS[address]]
)
def test_a_nasty_value_is_ignored_or_finds_nothing(client, address, field):
    for value in NASTY:
        response = client.get(address, {field: value})

        assert response.status_code == 200, value
        assert_harmless(response, value)


@pytest.mark.parametrize("address", FIELDS)
def test_a_broken_query_is_ignored(client, address):
    for query in RAW_QUERIES:
        response = client.get(f"{address}?{query}")

        assert response.status_code == 200, query[:40]
        assert_harmless(response)


@pytest.mark.parametrize("value", ["yesterday", "2024-02-30", "\x00", "٢٠٢٤-٠٩-١٨"])
@pytest.mark.parametrize(
    ("address", "field"),
    [("/", "asof"), ("/", "board"), ("/groups/", "asof"), ("/groups/bond/", "asof")],
)
def test_an_ignored_day_is_said_and_not_repeated(client, address, field, value):
    page = Page(client.get(address, {field: value}).content.decode())

    [note] = page.all(role="status")
    assert note.text.startswith(f"The address says “{field}=”, but not with ")
    assert note.text.endswith("That part was ignored.")
    assert value not in page.text


# S12, S14
def test_words_asked_for_stand_in_the_form_as_typed_and_nowhere_else(client):
    words = "\"><script>alert('x')</script>"

    page = Page(client.get("/groups/", {"q": words}).content.decode())

    assert page.problems() == []
    assert page.one("input", name="q")["value"] == words
    assert "alert" not in page.text


# S11
@pytest.mark.parametrize("address", FIELDS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_public_page_takes_anything_but_reading(client, address, method):
    assert getattr(client, method)(address).status_code == 405
