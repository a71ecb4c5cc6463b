"""What differs between deployments: read from the environment, checked, and refused in words.

`read` is the only reader of environment variables. It raises ImproperlyConfigured with one
sentence that names the variable, what is wrong and what would do.
"""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import host_validation_re

from coac import places

BASE_DIR = Path(__file__).resolve().parent.parent


class Variable(NamedTuple):
    """One line of the table that `manage.py environment` and the README print."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable(
        "DATABASE_URL",
        "sqlite:///var/coac.sqlite3",
        "The database: sqlite:///<path> or postgres://user:password@host/name; "
        "?host=<folder> names a socket.",
    ),
    Variable(
        "ORIGINALS_DIR",
        "var/originals",
        "The folder that keeps the documents that papers were read from. "
        "It is made when needed, and is never a served one.",
    ),
    Variable("PORT", "8000", "The port on 127.0.0.1 that the server listens on."),
    Variable(
        "SECRET_KEY",
        "kept in var/secret-key",
        "Signs sessions and forms: at least 50 random characters. "
        "Must be set where the site has a public name.",
    ),
    Variable(
        "ALLOWED_HOSTS",
        "127.0.0.1,localhost,[::1]",
        "The host names the site answers to, with commas between. No wildcards.",
    ),
    Variable(
        "SITE_URL",
        "http://127.0.0.1:<PORT>",
        "Where readers find the site; absolute links begin with it. "
        "Must be https where the site has a public name.",
    ),
    Variable(
        "CSRF_TRUSTED_ORIGINS",
        "empty",
        "Further origins whose forms are accepted, with commas between. Seldom needed.",
    ),
    Variable(
        "BEHIND_PROXY",
        "false",
        "true: the proxy in front sets X-Forwarded-Proto and the last X-Forwarded-For.",
    ),
    Variable("DEBUG", "false", "true: error details and unbundled files, on this machine only."),
    Variable("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING, ERROR or CRITICAL."),
    Variable(
        "WEB_CONCURRENCY", "2", "The number of server processes, 1 to 64; each has 32 threads."
    ),
    Variable(
        "REPORT_URL",
        "empty",
        "A mailto: or https: address for the footer's link “Report an error”.",
    ),
)

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"", "0", "false", "no", "off"}
# RFC 3986's own characters but the apostrophe, which a mail address seldom has and a quote is.
URL_CHARACTERS = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&()*+,;=%-]*")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
SHORTEST_KEY = 50
FEWEST_KEY_CHARACTERS = 10  # different ones; 50 random characters have about 35
PLACEHOLDERS = (
    "insecure",
    "changeme",
    "secretkey",
    "placeholder",
    "yourkey",
    "notsecret",
    "example",
)


@dataclass(frozen=True)
class Environment:
    """The checked values, ready for settings.py."""

    database: dict[str, Any]
    originals_dir: Path
    port: int
    secret_key: str
    allowed_hosts: list[str]
    site_url: str
    csrf_trusted_origins: list[str]
    behind_proxy: bool
    debug: bool
    log_level: str
    web_concurrency: int
    report_url: str

    @property
    def is_https(self) -> bool:
        return self.site_url.startswith("https://")


def read(environ: Mapping[str, str] = os.environ, base_dir: Path = BASE_DIR) -> Environment:
    """Read and check every variable.

    Makes `base_dir`/var and a secret key in it when the site is local and needs them.
    Raises ImproperlyConfigured.
    """
    debug = _truth(environ, "DEBUG")
    port = _number(environ, "PORT", default=8000, lowest=1, highest=65535)
    hosts = _hosts(environ, debug=debug)
    return Environment(
        database=places.database(_value(environ, "DATABASE_URL"), base_dir),
        originals_dir=places.originals_dir(_value(environ, "ORIGINALS_DIR"), base_dir),
        port=port,
        secret_key=_secret_key(environ, hosts, base_dir),
        allowed_hosts=hosts,
        site_url=_site_url(environ, hosts, port),
        csrf_trusted_origins=[
            _origin("CSRF_TRUSTED_ORIGINS", value)
            for value in _listed(environ, "CSRF_TRUSTED_ORIGINS")
        ],
        behind_proxy=_truth(environ, "BEHIND_PROXY"),
        debug=debug,
        log_level=_log_level(environ),
        web_concurrency=_number(environ, "WEB_CONCURRENCY", default=2, lowest=1, highest=64),
        report_url=_report_url(environ),
    )


def is_loopback(host: str) -> bool:
    """Whether `host` (a name, an address or an address in brackets) is this machine itself."""
    host = host.strip("[]").lower().rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def table() -> str:
    """VARIABLES as plain text, one paragraph each."""
    return "\n".join(
        f"{name}\n    {meaning}\n    Default: {default}" for name, default, meaning in VARIABLES
    )


def _value(environ: Mapping[str, str], name: str) -> str:
    return environ.get(name, "").strip()


def _listed(environ: Mapping[str, str], name: str) -> list[str]:
    return [part.strip() for part in _value(environ, name).split(",") if part.strip()]


def _truth(environ: Mapping[str, str], name: str) -> bool:
    value = _value(environ, name).lower()
    if value in TRUE_WORDS:
        return True
    if value in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: write true or false.")


def _number(
    environ: Mapping[str, str], name: str, *, default: int, lowest: int, highest: int
) -> int:
    value = _value(environ, name)
    if not value:
        return default
    # isdecimal alone would also take the digits of other scripts.
    if not (value.isascii() and value.isdecimal() and lowest <= int(value[:9]) <= highest):
        raise ImproperlyConfigured(
            f"{name} is {value!r}: write a number from {lowest} to {highest}."
        )
    return int(value)


def _hosts(environ: Mapping[str, str], *, debug: bool) -> list[str]:
    hosts = _listed(environ, "ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
    for host in hosts:
        if "*" in host or host.startswith("."):
            raise ImproperlyConfigured(
                f"ALLOWED_HOSTS has the wildcard {host!r}: write each host name in full."
            )
        if not host_validation_re.fullmatch(host.lower()) or _has_port(host):
            raise ImproperlyConfigured(
                f"ALLOWED_HOSTS has {host!r}: write a host name alone, such as coac.example.gov."
            )
        if debug and not is_loopback(host):
            raise ImproperlyConfigured(
                f"DEBUG is on and ALLOWED_HOSTS has {host!r}: DEBUG shows the site's insides, "
                "so turn it off or allow this machine's own names alone."
            )
    return hosts


def _has_port(host: str) -> bool:
    return ":" in host.rpartition("]")[2]


def _site_url(environ: Mapping[str, str], hosts: list[str], port: int) -> str:
    value = _value(environ, "SITE_URL")
    public = [host for host in hosts if not is_loopback(host)]
    if not value and public:
        raise ImproperlyConfigured(
            f"SITE_URL is not set, and ALLOWED_HOSTS has {public[0]!r}: "
            f"set SITE_URL, such as https://{public[0]}."
        )
    if not value:
        first = hosts[0] if "127.0.0.1" not in hosts else "127.0.0.1"
        return f"http://{first}:{port}"
    origin = _origin("SITE_URL", value)
    if public and not origin.startswith("https://"):
        raise ImproperlyConfigured(
            f"SITE_URL is {value!r}: it must begin with https:// because ALLOWED_HOSTS "
            f"has {public[0]!r}."
        )
    name = urlsplit(origin).hostname or ""
    if name not in [host.strip("[]").lower() for host in hosts]:
        raise ImproperlyConfigured(f"SITE_URL is {value!r}: add {name!r} to ALLOWED_HOSTS.")
    return origin


def _origin(variable: str, value: str) -> str:
    """`value` as scheme://host[:port]; https, or http to this machine."""
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    plain = not (parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme not in ("http", "https") or not host or "*" in host or not plain:
        raise ImproperlyConfigured(
            f"{variable} is {value!r}: write a scheme and a host alone, "
            "such as https://coac.example.gov."
        )
    if parts.scheme == "http" and not is_loopback(host):
        raise ImproperlyConfigured(f"{variable} is {value!r}: it must begin with https://.")
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def _secret_key(environ: Mapping[str, str], hosts: list[str], base_dir: Path) -> str:
    key = _value(environ, "SECRET_KEY")
    if not key:
        public = [host for host in hosts if not is_loopback(host)]
        if public:
            raise ImproperlyConfigured(
                f"SECRET_KEY is not set, and ALLOWED_HOSTS has {public[0]!r}: "
                f"set it to at least {SHORTEST_KEY} random characters."
            )
        return _kept_key(base_dir / "var" / "secret-key")
    return _strong_key(key, "SECRET_KEY")


def _strong_key(key: str, where: str) -> str:
    """`key` itself. The sentences never repeat it, since they end in logs."""
    if len(key) < SHORTEST_KEY:
        raise ImproperlyConfigured(
            f"{where} has {len(key)} characters: use at least {SHORTEST_KEY} random ones."
        )
    letters = "".join(character for character in key.lower() if character.isalnum())
    if len(set(key)) < FEWEST_KEY_CHARACTERS or any(word in letters for word in PLACEHOLDERS):
        raise ImproperlyConfigured(
            f"{where} is a placeholder or easy to guess: use at least {SHORTEST_KEY} random "
            "characters."
        )
    return key


def _kept_key(path: Path) -> str:
    """The key in `path`, made on first use and readable by its owner alone."""
    try:
        if not path.exists():
            path.parent.mkdir(mode=0o700, exist_ok=True)
            draft = path.with_name(f"secret-key.{os.getpid()}.new")
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(64) + "\n")
            # A link never replaces a file: of two processes starting at once, both read one key.
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        key = path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise ImproperlyConfigured(
            f"SECRET_KEY is not set and {path} cannot be used: {reason}."
        ) from error
    return _strong_key(key, f"The key in {path}")


def _log_level(environ: Mapping[str, str]) -> str:
    level = _value(environ, "LOG_LEVEL").upper() or "INFO"
    if level not in LOG_LEVELS:
        raise ImproperlyConfigured(f"LOG_LEVEL is {level!r}: write one of {', '.join(LOG_LEVELS)}.")
    return level


def _report_url(environ: Mapping[str, str]) -> str:
    url = _value(environ, "REPORT_URL")
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if url and not (
        (parts.scheme == "mailto" and "@" in parts.path)
        or (parts.scheme == "https" and parts.hostname)
    ):
        raise ImproperlyConfigured(
            f"REPORT_URL is {url!r}: write a mailto: or https: address, or leave it empty."
        )
    if not URL_CHARACTERS.fullmatch(url):
        raise ImproperlyConfigured(
            f"REPORT_URL is {url!r}: percent-encode its blanks, quotes and other characters "
            "that an address cannot hold."
        )
    return url
