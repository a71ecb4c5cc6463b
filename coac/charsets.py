"""One charset for everything that is sent to the site, settled before Django believes another."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.http import parse_header_parameters

OTHER_CHARSET = "coac.other_charset"  # in the environ of a request that is to be answered 415

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class OnlyUtf8:
    """The application, never told of another charset (S05, S14).

    Django reads addresses and forms in whatever charset a request names. So one address would have
    as many contents as there are charsets, which a cache could not tell apart, and where a codec
    is none for text the request fails before anything of ours can answer it.
    """

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        sent = environ.get("CONTENT_TYPE", "")
        if not is_utf8(sent):
            # A request to read something has no body that it could be said of.
            environ[OTHER_CHARSET] = environ.get("REQUEST_METHOD") not in ("GET", "HEAD")
            environ["CONTENT_TYPE"] = ""
        return self.application(environ, start_response)


def is_utf8(content_type: str) -> bool:
    """Whether a Content-Type can be read and names no charset but UTF-8."""
    try:
        _kind, parameters = parse_header_parameters(content_type)
    except (LookupError, ValueError):
        return False
    charset = str(parameters.get("charset", "utf-8"))
    return charset.strip().lower() in ("utf-8", "utf8", "")
