"""Readers: the bytes of a file -> ``Document``. Each library is imported when its format comes."""

from __future__ import annotations

from papers.importing.document import Document
from papers.importing.errors import ImportProblem
from papers.importing.limits import MAX_BYTES, MAX_CHARACTERS
from papers.importing.readers.sniff import form_of


def read(data: bytes, name: str) -> Document:
    """The document in ``data``; of ``name`` only the extension counts, and it has to be true.

    Raises ImportProblem, and nothing else whatever the bytes (S21).
    """
    try:
        document = _read(data, name)
    except ImportProblem as problem:
        raise ImportProblem(problem.code, name, problem.detail) from problem
    if len(document.text) > MAX_CHARACTERS:
        raise ImportProblem("too_long", name)
    if not any(character.isalnum() for character in document.text):
        raise ImportProblem("no_text" if document.format == "pdf" else "empty", name)
    return document


def _read(data: bytes, name: str) -> Document:
    if len(data) > MAX_BYTES:
        raise ImportProblem("too_large")
    form = form_of(data, name)
    if form == "pdf":
        from papers.importing.readers.pdf import read_pdf

        return read_pdf(data)
    if form == "docx":
        from papers.importing.readers.docx import read_docx

        return read_docx(data)
    if form == "html":
        from papers.importing.readers.html import read_html

        return read_html(data)
    from papers.importing.readers.text import read_text

    return read_text(data, form)
