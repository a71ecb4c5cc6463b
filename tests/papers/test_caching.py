"""``public_page``: reading only, an ETag of the bytes, one age for all."""

import pytest
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse

from papers.caching import MAX_AGE, public_page


@public_page
def page(request):
    return HttpResponse(request.GET.get("words", "The same for everybody."))


def test_a_page_may_be_kept_by_everybody_for_a_while(rf):
    response = page(rf.get("/"))

    assert response.headers["Cache-Control"] == f"public, max-age={MAX_AGE}"
    assert 60 <= MAX_AGE <= 3600


def test_the_same_bytes_have_the_same_etag_and_others_another(rf):
    one, again, other = (
        page(rf.get("/")).headers["ETag"],
        page(rf.get("/")).headers["ETag"],
        page(rf.get("/", {"words": "Other words."})).headers["ETag"],
    )

    assert one == again
    assert one != other
    assert one.startswith('"')


def test_who_holds_the_page_already_gets_no_body(rf):
    etag = page(rf.get("/")).headers["ETag"]

    response = page(rf.get("/", headers={"If-None-Match": etag}))

    assert response.status_code == 304
    assert response.content == b""
    assert response.headers["ETag"] == etag
    assert response.headers["Cache-Control"] == f"public, max-age={MAX_AGE}"


@pytest.mark.parametrize("held", ["W/{}", '"x", {}', "*"])
def test_a_weak_etag_one_of_several_and_any_are_understood(rf, held):
    etag = page(rf.get("/")).headers["ETag"]

    assert page(rf.get("/", headers={"If-None-Match": held.format(etag)})).status_code == 304


@pytest.mark.parametrize("held", ['"x"', "nonsense", ""])
def test_who_holds_something_else_gets_the_page(rf, held):
    assert page(rf.get("/", headers={"If-None-Match": held})).status_code == 200


def test_head_is_answered_like_get(rf):
    assert page(rf.head("/")).headers["ETag"] == page(rf.get("/")).headers["ETag"]


# S11
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_but_reading_is_allowed(rf, method):
    request = getattr(rf, method)("/")

    assert page(request).status_code == 405


def test_a_view_may_set_an_age_of_its_own(rf):
    @public_page
    def brief(request):
        return HttpResponse("Now.", headers={"Cache-Control": "public, max-age=1"})

    assert brief(rf.get("/")).headers["Cache-Control"] == "public, max-age=1"


def test_a_redirect_may_be_kept_and_has_no_etag(rf):
    @public_page
    def moved(request):
        return HttpResponsePermanentRedirect("/elsewhere/")

    response = moved(rf.get("/"))

    assert response.status_code == 301
    assert response.headers["Cache-Control"] == f"public, max-age={MAX_AGE}"
    assert "ETag" not in response.headers


def test_what_is_streamed_is_left_alone(rf):
    @public_page
    def stream(request):
        return StreamingHttpResponse(["One", "Two"])

    response = stream(rf.get("/"))

    assert b"".join(response) == b"OneTwo"
    assert "ETag" not in response.headers


def test_a_missing_page_stays_missing_also_for_who_holds_anything(rf):
    @public_page
    def missing(request):
        raise Http404

    with pytest.raises(Http404):
        missing(rf.get("/", headers={"If-None-Match": "*"}))


def test_arguments_of_the_address_reach_the_view(rf):
    @public_page
    def group(request, slug):
        return HttpResponse(slug)

    assert group(rf.get("/"), slug="bond").content == b"bond"
    assert group.__name__ == "group"
