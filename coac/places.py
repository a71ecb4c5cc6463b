"""Where the site keeps its data: the database and the originals, never in a served folder."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

# Whatever lies in these is given to anybody who asks.
SERVED = ("var/static", "coac/static", "papers/static", "workgroups/static")


def database(url: str, base_dir: Path) -> dict[str, Any]:
    """DATABASE_URL as Django's settings; empty means a file in `base_dir`/var, made when needed.

    The sentences never repeat the address, since it may hold a password, but a SQLite path.
    """
    url = url or "sqlite:///var/coac.sqlite3"
    scheme = url.partition(":")[0].lower()
    if scheme not in ("sqlite", "postgres", "postgresql"):
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with sqlite:/// or postgres://; other databases are not "
            "supported."
        )
    try:
        values: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read: write sqlite:///<path> or "
            "postgres://user:password@host:port/name, with special characters percent-encoded."
        ) from error
    options = values.setdefault("OPTIONS", {})
    if scheme == "sqlite":
        values["NAME"] = _sqlite_file(str(values["NAME"] or ""), base_dir)
        return values
    if not values["NAME"]:
        raise ImproperlyConfigured(
            "DATABASE_URL names no database: write postgres://user:password@host:port/name."
        )
    if "host" in options:
        values["HOST"] = options.pop("host")
    return values


def _sqlite_file(name: str, base_dir: Path) -> Path:
    if not name or ":memory:" in name:
        raise ImproperlyConfigured(
            "DATABASE_URL names no SQLite file, so nothing would be kept: write sqlite:///<path>."
        )
    path = base_dir / name
    if served := served_folder(path, base_dir):
        raise ImproperlyConfigured(
            f"DATABASE_URL names {path}, inside the served folder {served}: the database, drafts "
            "and all, would be public. Name a file elsewhere."
        )
    if path.is_dir():
        raise ImproperlyConfigured(
            f"DATABASE_URL names {path}, which is a folder: name a file in it, such as "
            f"{path / 'coac.sqlite3'}."
        )
    if path.parent == base_dir / "var":
        path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.parent.is_dir():
        raise ImproperlyConfigured(
            f"DATABASE_URL names a file in {path.parent}, which is not a folder."
        )
    return path


def originals_dir(name: str, base_dir: Path) -> Path:
    """ORIGINALS_DIR in full. It is made when the first document is kept."""
    path = (base_dir / (name or "var/originals")).resolve()
    if served := served_folder(path, base_dir):
        raise ImproperlyConfigured(
            f"ORIGINALS_DIR is {path}, inside the served folder {served}: drafts' documents "
            "would be public. Name a folder elsewhere."
        )
    nearest = next(parent for parent in (path, *path.parents) if parent.exists())
    if not nearest.is_dir():
        raise ImproperlyConfigured(
            f"ORIGINALS_DIR is {path}, but {nearest} is a file: name a folder."
        )
    return path


def served_folder(path: Path, base_dir: Path) -> Path | None:
    """The served folder that `path` is, or lies in, if any; symbolic links are followed."""
    folders = [base_dir / name for name in SERVED]
    real = path.resolve()
    return next((folder for folder in folders if real.is_relative_to(folder.resolve())), None)
