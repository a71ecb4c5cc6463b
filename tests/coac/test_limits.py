import pytest
from django.conf import settings
from django.contrib.auth.models import Group

from papers.importing.limits import MAX_BYTES, MAX_FILES

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024
MOST = 64 * 1024  # of strangers
IMPORT = "/admin/papers/importbatch/add/"


def announce(client, path, size, **extra):
    """Send one byte under a Content-Length of `size`: reading more of it would fail."""
    return client.generic(
        "POST", path, b"x", "multipart/form-data; boundary=b", CONTENT_LENGTH=str(size), **extra
    )


# S31, S40
@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("/", MOST + 1),
        ("/no-such-page/", MOST + 1),
        ("/healthz", MOST + 1),
        ("/admin", MOST + 1),
        ("/admin/login/", MOST + 1),
        ("/admin/papers/issuepaper/add/", 12 * MEGABYTE + 1),
        ("/admin/login/", 10**30),
    ],
)
def test_a_body_too_large_for_its_address_is_refused_unread(client, path, size):
    response = announce(client, path, size)

    assert response.status_code == 413
    assert response.templates[0].name == "413.html"
    assert not response.cookies


# S31
@pytest.mark.parametrize("path", ["/", "/admin/login/", IMPORT])
def test_a_body_of_unknown_length_is_refused_unread(client, path):
    response = announce(client, path, "", HTTP_TRANSFER_ENCODING="chunked")

    assert response.status_code == 411


@pytest.mark.parametrize("length", ["many", "-1", "1_000", "\u0661"])
def test_a_length_that_is_no_number_is_refused(client, length):
    assert announce(client, "/", length).status_code == 400


# S31, S40
@pytest.mark.parametrize("cookie", ["", "a" * 32])
@pytest.mark.parametrize(
    ("path", "size"), [(IMPORT, 13 * MEGABYTE), ("/admin/papers/issuepaper/1/change/", MOST + 1)]
)
def test_nobody_but_staff_may_send_much(client, django_user_model, cookie, path, size):
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie

    anonymous = announce(client, path, size)
    client.force_login(django_user_model.objects.create_user("reader"))
    reader = announce(client, path, size)

    assert anonymous.status_code == reader.status_code == 302
    assert anonymous.headers["Location"] == f"/admin/login/?next={path}"


# S06, S18, S40
@pytest.mark.parametrize(
    ("role", "page", "size", "sent"), [("Viewer", 403, 13, 403), ("Editor", 200, 800, 413)]
)
def test_staff_who_may_not_import_may_not_send_an_import_either(
    client, django_user_model, role, page, size, sent
):
    member = django_user_model.objects.create_user("member", is_staff=True)
    member.groups.add(Group.objects.get(name=role))
    client.force_login(member)

    assert client.get(IMPORT).status_code == page
    assert announce(client, IMPORT, size * MEGABYTE).status_code == sent


# S18, S31
def test_staff_may_send_as_many_files_as_the_page_says_and_no_more(admin_client):
    page = admin_client.get(IMPORT).content.decode()
    most = MAX_FILES * MAX_BYTES
    content = f"--b\r\nContent-Disposition: form-data; name=x\r\n\r\n{'y' * 13 * MEGABYTE}\r\n"
    form = 'Content-Disposition: form-data; name="documents"; filename="a.txt"'
    content = content.replace("Content-Disposition: form-data; name=x", form) + "--b--\r\n"

    read = admin_client.generic("POST", IMPORT, content, "multipart/form-data; boundary=b")
    refused = announce(admin_client, IMPORT, most + 2 * MEGABYTE)

    assert "30 files" in page
    assert most <= settings.LARGE_UPLOADS["papers.importbatch"] < most + 2 * MEGABYTE
    assert read.status_code in (200, 302)
    assert refused.status_code == 413


# S14
@pytest.mark.parametrize(
    "path",
    [
        "/admin/login/?next=%00",
        "/admin/papers/issuepaper/?q=a%00b",
        "/admin/papers/issuepaper/%00/change/",
        "/admin/%00",
        "/%61dmin/?%00",
    ],
)
def test_nul_in_an_address_of_the_admin_is_refused_in_words(admin_client, path):
    response = admin_client.get(path)

    assert response.status_code == 400
    assert response.templates[0].name == "400.html"
