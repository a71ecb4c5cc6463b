"""Publishing papers: what is published is what was looked at, with every point on it (S26)."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime

from papers.models import (
    Correction,
    ImportFinding,
    IssuePaper,
    NextStep,
    PaperSection,
    SectionItem,
    StatusItem,
)
from papers.querysets import IssuePaperQuerySet
from workgroups.admin.common import RecordAdmin
from workgroups.admin.naming import is_key

PUBLISH = "papers.publish_issuepaper"
ROWS: tuple[type[models.Model], ...] = (
    *(PaperSection, SectionItem, StatusItem, NextStep, Correction),
)
# The public record does not go further back, and clocks of any zone still tell what lies ahead.
YEARS = range(2000, 2100)


def editions_of(papers: Iterable[IssuePaper]) -> dict[int, str]:
    """By primary key: the same until a paper, its rows or its points change (7 queries)."""
    files = {paper.pk: paper.imported_from_id for paper in papers}
    said: dict[int, list[Any]] = defaultdict(list)
    # The text that was read is never edited, and its file's digest stands for it.
    own = [field.attname for field in IssuePaper._meta.concrete_fields]
    own.remove("source_text")
    for values in IssuePaper.objects.filter(pk__in=files).values_list("pk", *own):
        said[values[0]].append(values)
    for model in ROWS:
        names = [field.attname for field in model._meta.concrete_fields]
        rows = model._default_manager.filter(paper__in=files)
        for values in rows.order_by("pk").values_list("paper_id", *names):
            said[values[0]].append(values)
    points: dict[int, list[Any]] = defaultdict(list)
    findings = ImportFinding.objects.filter(imported_file__in=filter(None, files.values()))
    for values in findings.order_by("imported_file", "position").values_list(
        "imported_file_id", "code", "subject", "detail", "settled_at"
    ):
        points[values[0]].append(values)
    return {
        pk: hashlib.sha256(repr((said[pk], points.get(file or 0))).encode()).hexdigest()[:32]
        for pk, file in files.items()
    }


def points_of(papers: Iterable[IssuePaper]) -> Any:
    """What imports found that does not block, and of which nobody has said yet that it is right."""
    files = [paper.imported_from_id for paper in papers if paper.imported_from_id]
    return ImportFinding.objects.filter(imported_file__in=files).to_nod()


class PublishingAdmin(RecordAdmin):
    """Asks before it publishes what nobody has nodded to, and papers of a list."""

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """For the actions, the field ``published_at`` and published papers."""
        return request.user.has_perm(PUBLISH)

    def get_urls(self) -> list[URLPattern]:
        """The admin's own, with the page that asks."""
        view = self.admin_site.admin_view(self.publish_view)
        return [path("publish/", view, name="papers_issuepaper_publish"), *super().get_urls()]

    @admin.action(permissions=["publish"], description="Publish selected papers")
    def publish_selected(self, request: HttpRequest, queryset: IssuePaperQuerySet) -> Any:
        """Ask, with the papers as they are now; only the answer publishes."""
        drafts = list(queryset.drafts().with_subject())
        if not drafts:
            self.message_user(request, "There is no draft among these.", messages.WARNING)
            return None
        return self._asked(request, drafts, editions_of(drafts))

    def publish_or_ask(self, request: HttpRequest, paper: IssuePaper, at: Any = None) -> str:
        """Publish and log it; else the address that asks about its points, and a draft.

        In a transaction that holds the paper. Raises ValidationError, in words.
        """
        paper.check_publishable()
        if points_of([paper]).exists():
            if paper.published_at:
                paper.withdraw()
            words = f"Saved as a draft: “{paper}”. It is not public yet."
            self.message_user(request, words, messages.WARNING)
            sent = {"paper": paper.pk, "edition": editions_of([paper])[paper.pk]}
            if at:
                sent["at"] = at.isoformat()
            return f"{reverse('admin:papers_issuepaper_publish')}?{urlencode(sent)}"
        paper.publish(at=at)
        self.log_change(request, paper, "Published.")
        return ""

    def publish_view(self, request: HttpRequest) -> HttpResponse:
        """Ask about papers; a POST publishes those that are what its sender saw."""
        if not self.has_publish_permission(request):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else request.GET
        keys = [key for key in sent.getlist("paper") if is_key(key)]
        editions = dict(zip(keys, sent.getlist("edition"), strict=False))
        moment = _moment(sent.get("at", ""))
        papers = IssuePaper.objects.drafts().filter(pk__in=keys).with_subject().order_by("pk")
        if request.method != "POST":
            seen = {paper.pk: editions.get(str(paper.pk), "") for paper in papers}
            if not seen:
                self.message_user(request, "There is no draft to publish.", messages.WARNING)
                return HttpResponseRedirect(reverse("admin:papers_issuepaper_changelist"))
            return self._asked(request, list(papers), seen, moment)
        with transaction.atomic():
            # As stored once nobody else is at it, not as it was when it was shown.
            locked = list(papers.select_for_update(of=("self",)))
            now = editions_of(locked)
            published = [
                self._publish_seen(request, paper, moment)
                for paper in locked
                if self._is_seen(request, paper, editions.get(str(paper.pk)) == now[paper.pk])
            ]
        gone = len(set(keys)) - len(locked)
        if gone:
            words = f"{_papers(gone)} of these: published or deleted meanwhile."
            self.message_user(request, words, messages.WARNING)
        if any(published):
            words = "Its moment is to come." if moment else "Everybody can read what is published."
            number = _papers(sum(published))
            self.message_user(request, f"Published: {number}. {words}", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:papers_issuepaper_changelist"))

    def _is_seen(self, request: HttpRequest, paper: IssuePaper, is_seen: bool) -> bool:
        if not is_seen:
            words = "It was changed after you looked at it: look through it, then publish it."
            self.message_user(request, f"“{paper}” is still a draft. {words}", messages.ERROR)
        return is_seen

    def _publish_seen(self, request: HttpRequest, paper: IssuePaper, at: Any) -> bool:
        """Nod to its points and publish it, or say why not and leave all as it was."""
        try:
            with transaction.atomic():
                for finding in points_of([paper]):
                    finding.settle(request.user)
                paper.publish(at=at)
        except ValidationError as problem:
            words = " ".join(problem.messages)
            self.message_user(request, f"“{paper}” is still a draft. {words}", messages.ERROR)
            return False
        self.log_change(request, paper, "Published.")
        return True

    def _asked(
        self,
        request: HttpRequest,
        papers: list[IssuePaper],
        editions: Mapping[int, str],
        moment: datetime | None = None,
    ) -> HttpResponse:
        points: dict[int, list[ImportFinding]] = defaultdict(list)
        for finding in points_of(papers):
            points[finding.imported_file_id].append(finding)
        last = self._last_changes(papers)
        rows = [
            {
                "paper": paper,
                "edition": editions[paper.pk],
                "points": points.get(paper.imported_from_id or 0, []),
                "last": last.get(str(paper.pk), ""),
            }
            for paper in papers
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Publish?",
            "rows": rows,
            "has_points": any(row["points"] for row in rows),
            "at": moment,
        }
        return TemplateResponse(request, "admin/papers/issuepaper/publish.html", context)

    def _last_changes(self, papers: list[IssuePaper]) -> dict[str, str]:
        """By primary key: who changed a paper last, and when, as far as that is on record."""
        entries = LogEntry.objects.filter(
            content_type=get_content_type_for_model(IssuePaper),
            object_id__in=[str(paper.pk) for paper in papers],
        )
        newest = entries.order_by().values("object_id").annotate(newest=Max("pk"))
        found = LogEntry.objects.filter(pk__in=[row["newest"] for row in newest])
        return {
            str(entry.object_id): f"{entry.user.get_username()}, "
            f"{date_format(localtime(entry.action_time), 'N j, Y, g:i a')}"
            for entry in found.select_related("user")
        }


def _moment(words: str) -> datetime | None:
    """A moment that the page was asked with; none is now."""
    if not words:
        return None
    try:
        moment = datetime.fromisoformat(words)
    except ValueError as error:
        raise BadRequest("The moment of publishing is none.") from error
    if not is_aware(moment) or moment.year not in YEARS:
        raise BadRequest("The moment of publishing is none.")
    return moment


def _papers(number: int) -> str:
    return "1 paper" if number == 1 else f"{number} papers"
