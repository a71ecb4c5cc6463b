"""Which format a file is in, by its name and by its first bytes (S18).

Pure: standard library only.
"""

from __future__ import annotations

import re

from papers.importing.errors import ImportProblem
from papers.importing.readers.decoding import decoded

FORMS = {
    "pdf": "pdf",
    "docx": "docx",
    "txt": "txt",
    "text": "txt",
    "md": "md",
    "markdown": "md",
    "html": "html",
    "htm": "html",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# A stream of this name in an OLE container is a document behind a password.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# No text begins like these: pictures, archives, programs, RTF, PostScript, sound and film.
_BINARY = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF", b"\x1f\x8b",
    b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"\x7fELF", b"MZ", b"{\\rtf", b"%!PS", b"ID3",
    b"OggS", b"\x00\x00\x01\x00", b"\xca\xfe\xba\xbe", b"SQLite format 3",
)  # fmt: skip
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[a-z!/][^<>]{0,2000}>", re.IGNORECASE)
_HEAD = 65_536
_FEW = 3


def form_of(data: bytes, name: str) -> str:
    """ "pdf", "docx", "txt", "md" or "html".

    Raises ImportProblem: empty, encrypted or wrong_type.
    """
    if not data.strip(b"\x00\t\n\x0b\x0c\r \xef\xbb\xbf\xff\xfe"):
        raise ImportProblem("empty")
    form = FORMS.get(extension(name))
    if form is None:
        raise ImportProblem("wrong_type")
    if form == "docx" and data.startswith(_OLE) and _ENCRYPTED in data:
        raise ImportProblem("encrypted")
    if form != _form_by_content(data, form):
        raise ImportProblem("wrong_type")
    return form


def extension(name: str) -> str:
    """What stands after the last dot, in lower case; a name is never a path here (S20)."""
    return name.rstrip(". \t\n")[-16:].rpartition(".")[2].lower()


def _form_by_content(data: bytes, form: str) -> str:
    """The format that the content has; for one text among others, what the name says."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_ZIP):
        return "docx"
    if form in ("pdf", "docx") or data.startswith((_OLE, *_BINARY)):
        return ""
    head = data[:_HEAD]
    text = decoded(head)
    if _is_binary(text):
        return ""
    is_page = bool(_HTML.match(text))
    if form == "html":
        return "html" if is_page or _TAG.search(text) else ""
    return "html" if is_page else form


def _is_binary(text: str) -> bool:
    """Whether a tenth is control characters or no characters at all, NUL aside.

    NUL alone is left out: some programs pad texts with it.
    """
    odd = sum(
        1
        for character in text
        if (character < " " and character not in "\x00\t\n\x0b\x0c\r") or character == "\ufffd"
    )
    return odd > _FEW and odd * 10 > len(text.replace("\x00", ""))
