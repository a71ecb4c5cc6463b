"""What every public page has in common as an answer: age, ETag, no cookie, one for all (S05)."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from papers.caching import MAX_AGE

pytestmark = pytest.mark.django_db

PAGES = [
    *("/", "/?asof=2021-03-17", "/?board=2022-12-07", "/meetings/", "/meetings/2024-09-18/"),
    *("/meetings/2018-02-28/", "/groups/", "/groups/?state=hiatus", "/groups/bond/", "/papers/"),
    *("/papers/?q=trade", "/papers/2024-06-26/trade-partnership-and-engagement/", "/glossary/"),
    *("/papers/2021-03-17/e-commerce/", "/about/"),
]
REDIRECTS = ["/groups/trusted-trader/", "/papers/2024-06-26/trusted-trader/", "/meetings/2024-09/"]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_may_be_kept_and_asked_for_again_by_its_etag(client, record, address):
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    other = client.get(address, headers={"If-None-Match": '"something-else"'})

    assert first.headers["Cache-Control"] == f"public, max-age={MAX_AGE}"
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert (other.status_code, other.content) == (200, first.content)


@pytest.mark.parametrize("address", PAGES)
def test_the_etag_also_works_for_who_takes_the_page_compressed(record, address):
    client = Client(headers={"Accept-Encoding": "gzip"})

    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in first.headers["Vary"]
    assert again.status_code == 304


@pytest.mark.parametrize("address", [*PAGES, *REDIRECTS, "/no-such-page/", "/groups/nobody/"])
def test_an_anonymous_reader_gets_no_cookie_and_nothing_varies_by_one(client, record, address):
    response = client.get(address)

    assert not response.cookies
    assert "Set-Cookie" not in response.headers
    assert "cookie" not in response.headers.get("Vary", "").lower()


def test_different_pages_have_different_etags(client, record):
    etags = {client.get(address).headers["ETag"] for address in PAGES}

    assert len(etags) == len(PAGES)


@pytest.mark.parametrize("address", PAGES)
def test_staff_see_the_page_as_everybody_does_but_it_is_not_kept(client, record, address):
    everybody = client.get(address)
    staff = Client()
    staff.force_login(get_user_model().objects.create_superuser("jo", password="x"))

    response = staff.get(address)

    assert response.content == everybody.content
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.parametrize("address", PAGES)
def test_head_says_what_get_would(client, record, address):
    head, get = client.head(address), client.get(address)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == get.headers["ETag"]
    assert head.headers["Content-Type"] == get.headers["Content-Type"] == "text/html; charset=utf-8"
