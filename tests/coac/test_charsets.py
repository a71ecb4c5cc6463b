"""Requests that name a charset, as the server passes them on."""

import encodings
import pkgutil
from io import BytesIO
from wsgiref.util import setup_testing_defaults

import pytest

from coac import wsgi
from coac.charsets import is_utf8
from tests.factories import make_group, make_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_connection")]

CODECS = sorted(module.name for module in pkgutil.iter_modules(encodings.__path__))
HEADERS = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Request-ID")


def answered(method, path, content_type, query="", body=b""):
    """Status, headers and body, from the application that gunicorn calls."""
    found = {}
    environ = {}
    setup_testing_defaults(environ)
    environ |= {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
    environ |= {"HTTP_HOST": "testserver", "CONTENT_TYPE": content_type}
    environ |= {"CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}

    def start_response(status, headers):
        found.update(status=int(status.split()[0]), headers=dict(headers))

    answer = wsgi.application(environ, start_response)
    content = b"".join(answer)
    answer.close()
    return found["status"], found["headers"], content


# S05, S14
@pytest.mark.parametrize(("path", "query"), [("/papers/", "q=Trad%C3%A9"), ("/healthz", "")])
def test_a_charset_changes_no_byte_of_what_is_read(path, query):
    make_paper(make_group("trade"))
    plain = answered("GET", path, "", query)[2]

    assert len(CODECS) > 100
    for codec in [*CODECS, "utf-8", "no-such-codec", '"rot13"']:
        status, _headers, content = answered("GET", path, f"a/b; charset={codec}", query)

        assert (status, content) == (200, plain), codec
        assert answered("HEAD", path, f"a/b; charset={codec}", query)[0] == 200


# S14, S15, S42
@pytest.mark.parametrize("path", ["/papers/", "/admin/login/", "/no-such-page/"])
@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS"])
@pytest.mark.parametrize("codec", ["cp037", "rot13", "hex", "idna", "punycode", "undefined"])
def test_what_is_sent_in_another_charset_is_refused_in_words(method, path, codec):
    status, headers, content = answered(method, path, f"text/plain; charset={codec}", body=b"a=b")

    assert status == 415
    assert b"The request could not be read" in content
    assert all(name in headers for name in HEADERS)
    assert "Set-Cookie" not in headers


# S14
@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "utf8"])
def test_what_is_sent_as_utf8_is_read(charset):
    kind = f"application/x-www-form-urlencoded; charset={charset}"

    assert answered("POST", "/admin/login/", kind, body=b"a=b")[0] == 403  # it wants a token


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("", True),
        ("text/plain", True),
        ("multipart/form-data; boundary=x", True),
        ("text/plain; CHARSET=cp037", False),
        ("text/plain; charset*=utf-8''cp037", False),
        ("text/plain; charset*=no-such-codec''x", False),
        ("text/plain; charset*0=cp; charset*1=037", False),
        ("text/plain; charset=utf-8; charset=cp037", False),
        ("text/plain; charset=cp037; charset=utf-8", True),  # Django takes the last one too
        ("text/plain; charset=utf-16", False),
    ],
)
def test_a_content_type_is_read_as_django_reads_it(rf, content_type, expected):
    assert is_utf8(content_type) == expected
    if expected:
        assert rf.post("/", b"", content_type=content_type).encoding in (None, "utf-8")
