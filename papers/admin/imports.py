"""Uploading documents, watching them being read, and what came of past uploads."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from papers.admin import import_review
from papers.importing import batches
from papers.importing.findings import CODES, Weight
from papers.importing.limits import MAX_BYTES, MAX_FILES, MEGABYTE
from papers.models import ImportBatch, ImportedFile, IssuePaper
from papers.views.originals import original_response

logger = logging.getLogger("papers.importing")
Status = ImportedFile.Status

MAX_KEY = 2**31 - 1  # larger numbers in an address are nobody's, and too large for a database
# A runner that was just started gives its first sign within this time.
START_UP = timedelta(seconds=15)
REVIEWED = (Status.DRAFT, Status.BLOCKED, Status.REVISION, Status.APPLIED, Status.REJECTED)
# Failures that may not come back when the same file is sent again.
PASSING = ("took_too_long", "reader_died", "not_kept", "changed")


class FilesInput(forms.ClearableFileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; their number and size are what the page says."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        sent = data if isinstance(data, list) else [data] if data else []
        # An empty file is refused with its own sentence when it is read, and the others go on.
        self.allow_empty_file = True
        files = [super(FilesField, self).clean(each, initial) for each in sent]
        if not files:
            raise ValidationError("Choose at least one file.")
        if len(files) > MAX_FILES:
            raise ValidationError(
                f"{len(files)} files are too many: choose at most {MAX_FILES} at a time."
            )
        return files


class UploadForm(forms.Form):
    """The documents of one meeting, or any others."""

    documents = FilesField(
        widget=FilesInput(attrs={"accept": ".pdf,.docx,.txt,.md,.html,.htm"}),
        help_text=f"PDF, DOCX, TXT, MD or HTML, up to {MAX_BYTES // MEGABYTE} MB each and "
        f"{MAX_FILES} files at a time.",
    )


@admin.register(ImportBatch)
class ImportBatchAdmin(admin.ModelAdmin):
    """Uploads. What was uploaded stays on record, so nothing here is deleted (S36).

    Whoever may add papers imports them, whoever may see papers sees what became of the files;
    reviewing and publishing ask for the permissions on the paper itself (S06).
    """

    list_display = ["when", "by", "file_count", "state"]
    list_display_links = ["when"]
    list_select_related = ["created_by"]
    list_per_page = 50
    actions = None
    show_full_result_count = False

    # Who may do what ---------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("papers.add_issuepaper")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = ("papers.view_issuepaper", "papers.change_issuepaper", "papers.add_issuepaper")
        return any(map(request.user.has_perm, may))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("papers.change_issuepaper")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    # The list ----------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportBatch]:
        waiting = Q(files__status__in=[*ImportedFile.UNREAD])
        asking = batches.asks_for_a_person("files__")
        return (
            super()
            .get_queryset(request)
            .annotate(
                files_in_all=Count("files"),
                files_waiting=Count("files", filter=waiting),
                files_asking=Count("files", filter=asking),
            )
        )

    @admin.display(description="uploaded", ordering="created_at")
    def when(self, batch: ImportBatch) -> Any:
        """The moment it was made."""
        return batch.created_at

    @admin.display(description="by", ordering="created_by")
    def by(self, batch: ImportBatch) -> str:
        """Who uploaded it; a command has nobody."""
        return str(batch.created_by or "command line")

    @admin.display(description="files")
    def file_count(self, batch: Any) -> int:
        """All of them, whatever became of them."""
        return batch.files_in_all

    @admin.display(description="state")
    def state(self, batch: Any) -> str:
        """What is still to be done."""
        if batch.files_waiting:
            return f"{batch.files_in_all - batch.files_waiting} of {batch.files_in_all} read"
        return f"{batch.files_asking} to review" if batch.files_asking else "Finished"

    # Addresses ---------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """The admin's own, with those of one file of a batch."""
        file = "<int:batch>/files/<int:position>/"

        def page(address: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
            wrapped = self.admin_site.admin_view(view)
            return path(address, wrapped, name=f"papers_importbatch_{name}")

        return [
            page("<int:batch>/start/", self.start_view, "start"),
            page(file, self.review_view, "review"),
            page(f"{file}discard/", self.discard_view, "discard"),
            page(f"{file}original/", self.original_view, "original"),
            *super().get_urls(),
        ]

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Upload: stores the files, starts their reading elsewhere, and shows how it goes."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST":
            form = UploadForm(request.POST, request.FILES)
            if form.is_valid():
                batch = self._stored(request, form)
                if batch:
                    return HttpResponseRedirect(batch_address(batch))
        context = self.context_for(request, "Import papers", form=form)
        return TemplateResponse(request, "admin/papers/importbatch/upload.html", context)

    def _stored(self, request: HttpRequest, form: UploadForm) -> ImportBatch | None:
        files = [(file.name, file) for file in form.cleaned_data["documents"]]
        try:
            batch = batches.create_batch(files, request.user)
        except ValidationError as refused:
            form.add_error("documents", refused)
            return None
        except OSError:
            logger.exception("Uploaded files could not be stored")
            form.add_error(
                "documents", "Nothing was stored: the disk is full or may not be written to."
            )
            return None
        self._launch(batch)
        return batch

    def _launch(self, batch: ImportBatch) -> None:
        try:
            batches.ensure_running(batch)
        except OSError:
            # The page of the batch says so and offers to try again.
            logger.exception("No process could be started to read an import")

    def start_view(self, request: HttpRequest, batch: int) -> HttpResponse:
        """Start the reading again after its process died."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        found = self._batch(batch)
        self._launch(found)
        # So that the page does not say once more that nobody reads, before the first sign.
        return HttpResponseRedirect(f"{batch_address(found)}?started={int(time.time())}")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """How far the reading is, and what became of each file. Shows and changes nothing."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        batch = self.get_object(request, unquote(object_id))
        if batch is None:
            # The admin's own way of saying so.
            return super().change_view(request, object_id, form_url, extra_context)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        progress = batches.progress(batch)
        begun = [batch.created_at, batch.runner_seen_at, _started(request)]
        is_starting = max(filter(None, begun)) > timezone.now() - START_UP
        is_abandoned = not progress.is_over and not progress.is_running and not is_starting
        files = list(map(_row, _files_of(batch)))
        to_review = _first_to_review(batch)
        # Those that were read and stand before it ask for nobody any more.
        done = [it for it in files if to_review and it["file"].position < to_review.position]
        context = self.context_for(
            request,
            "Reading papers" if not progress.is_over else str(batch),
            batch=batch,
            progress=progress,
            is_abandoned=is_abandoned,
            is_refreshing=not progress.is_over and not is_abandoned and "still" not in request.GET,
            files=files,
            to_review=to_review,
            is_begun=any(row["is_read"] for row in done),
            may_add=self.has_add_permission(request),
        )
        return TemplateResponse(request, "admin/papers/importbatch/progress.html", context)

    def review_view(self, request: HttpRequest, batch: int, position: int) -> HttpResponse:
        """A document beside its record."""
        return import_review.review(self, request, self._file(request, batch, position))

    def discard_view(self, request: HttpRequest, batch: int, position: int) -> HttpResponse:
        """Ask once more, then drop what was read."""
        return import_review.discard(self, request, self._file(request, batch, position))

    def original_view(self, request: HttpRequest, batch: int, position: int) -> HttpResponseBase:
        """The file as it came, to save (S04)."""
        imported = self._file(request, batch, position)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if imported.original is None:
            raise Http404
        return original_response(imported.original, f"coac-import-{batch}-{position}")

    # Helpers -----------------------------------------------------------------------------------

    def _batch(self, number: int) -> ImportBatch:
        batch = ImportBatch.objects.filter(pk=number).first() if number <= MAX_KEY else None
        if batch is None:
            raise Http404
        return batch

    def _file(self, request: HttpRequest, batch: int, position: int) -> ImportedFile:
        """Who may not see imports does not learn which there are (S06)."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        related = ["batch", "original", "paper__meeting", "paper__working_group", "decided_by"]
        if max(batch, position) > MAX_KEY:
            raise Http404
        found = ImportedFile.objects.filter(batch=batch, position=position)
        imported = found.select_related(*related).first()
        if imported is None:
            raise Http404
        return imported

    def context_for(self, request: HttpRequest, title: str, **more: Any) -> dict[str, Any]:
        """What each page of an import starts from."""
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "has_view_permission": self.has_view_permission(request),
            **more,
        }

    def paper_admin(self) -> Any:
        """Says who may do what with a paper."""
        return self.admin_site.get_model_admin(IssuePaper)

    def say(self, request: HttpRequest, words: str, level: int = messages.SUCCESS) -> None:
        """A message on the next page."""
        self.message_user(request, words, level)


def _started(request: HttpRequest) -> datetime | None:
    """When this person started the reading again; None where they did not, or not just now."""
    said = request.GET.get("started", "")
    is_recent = said.isdecimal() and len(said) <= 12 and abs(time.time() - int(said)) < 60
    return datetime.fromtimestamp(int(said), UTC) if is_recent else None


def batch_address(batch: ImportBatch) -> str:
    """The page that shows how far a batch is."""
    return reverse("admin:papers_importbatch_change", args=[batch.pk])


def _files_of(batch: ImportBatch) -> QuerySet[ImportedFile]:
    info = [code for code, (weight, _) in CODES.items() if weight is Weight.INFO]
    # That a paper is there already is what the page of its revision is about, and no point on it.
    is_known = Q(status__in=(Status.REVISION, Status.REJECTED), findings__code="duplicate_paper")
    open_findings = Q(findings__settled_at__isnull=True) & ~Q(findings__code__in=info) & ~is_known
    return (
        batch.files.defer("parsed", "paper__source_text")
        .select_related("paper__meeting", "paper__working_group")
        .annotate(open_findings=Count("findings", filter=open_findings))
    )


def _row(imported: Any) -> dict[str, Any]:
    """One file as a row of the page."""
    status = imported.status
    paper = imported.paper
    words = imported.get_status_display()
    if status == Status.DRAFT:
        words = "The draft was deleted" if paper is None else words
        words = "Published" if paper and paper.is_public else words
    return {
        "file": imported,
        "words": words,
        "kind": "failed" if status == Status.FAILED else "",
        "paper": paper if status not in (Status.BLOCKED, Status.DISCARDED) else None,
        "is_read": status in REVIEWED,
        "may_pass": status == Status.FAILED and imported.problem_code in PASSING,
    }


def _first_to_review(batch: ImportBatch) -> ImportedFile | None:
    asking = batch.files.defer("parsed").filter(batches.asks_for_a_person())
    return asking.order_by("position").first()
