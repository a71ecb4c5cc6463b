"""The documents that papers were read from, as files to save (S04)."""

from __future__ import annotations

import logging

from django.http import FileResponse, Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response

from papers.asof import parse_day
from papers.caching import public_page
from papers.importing import originals
from papers.models import IssuePaper, Original

logger = logging.getLogger("papers.originals")

# A page of somebody else's must not open as one of ours, so it is only ever a file to save.
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain",
    "md": "text/plain",
}


@public_page
def paper_original(request: HttpRequest, day: str, slug: str) -> HttpResponseBase:
    """A published paper's document. A draft's answers like one that was never there (S03)."""
    held_on = parse_day(day)
    published = IssuePaper.objects.published().select_related("original")
    paper = published.known_as(held_on, slug) if held_on else None
    if paper is None or paper.original is None:
        raise Http404
    today = (paper.meeting.held_on.isoformat(), paper.working_group.slug)
    if today != (day, slug):
        return HttpResponsePermanentRedirect(reverse("paper_original", args=today))
    etag = f'"{paper.original.sha256[:32]}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = original_response(paper.original, "-".join(["coac", *today]))
    response.headers["ETag"] = etag
    return response


def original_response(original: Original, stem: str) -> FileResponse:
    """The file as an attachment named ``stem``, which is ours, never the name it came with (S20).

    For pages that have asked whether this person may have it. Raises Http404 where the file is
    gone, which is a fault of the machine and logged as such.
    """
    try:
        file = open(originals.path_of(original), "rb")  # noqa: SIM115 - the response closes it
    except FileNotFoundError:
        logger.error("An original is missing", extra={"original": original.name})
        raise Http404 from None
    response = FileResponse(
        file,
        as_attachment=True,
        filename=f"{stem}.{original.format}",
        content_type=CONTENT_TYPES.get(original.format, "application/octet-stream"),
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
