"""Meetings: what their form has to know of papers, which the committee itself does not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from papers.admin.settle_page import can_be_settled, settle_address
from papers.models import IssuePaper
from papers.reports import Reports
from workgroups.admin import calendar
from workgroups.admin.naming import is_key
from workgroups.models import Meeting, WorkingGroup
from workgroups.reporting import Reporting

VIEW_PAPERS = "papers.view_issuepaper"


class MeetingForm(forms.ModelForm):
    """Refuses to call a record complete while readers do not see all of it."""

    def clean_record_complete(self) -> bool:
        """Of the group of a draft readers would be told that it was silent (S01).

        Nor is every paper held while a source says that a group reported whose paper is not.
        """
        is_complete: bool = self.cleaned_data["record_complete"]
        if is_complete and self.instance.pk:
            drafts = IssuePaper.objects.drafts().filter(meeting=self.instance.pk).with_subject()
            names = _quoted(paper.group_as_printed for paper in drafts)
            if names:
                raise ValidationError(
                    f"Not every paper of this meeting is public. Still drafts: {names}. Publish or "
                    "delete them first: a complete record tells readers that every other group "
                    "was silent."
                )
            names = _quoted(_named_without_paper(self.instance))
            if names:
                raise ValidationError(
                    f"Named as reporting, no paper published: {names}. A complete record tells "
                    "readers that we hold every paper of this meeting: publish these first, or "
                    "leave it unticked."
                )
        return is_complete


def _named_without_paper(meeting: Meeting) -> Iterator[str]:
    """The groups that reported as a source or a summary says, and whose papers are not public."""
    for report in Reports(WorkingGroup.objects.with_history(), [meeting]).of_meeting(meeting):
        if report.reporting is Reporting.REPORTED:
            yield WorkingGroup.full_name(report.name, report.standing.group_kind)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


admin.site.unregister(Meeting)


@admin.register(Meeting)
class MeetingAdmin(calendar.MeetingAdmin):
    """The committee's page of a meeting, with that form and the way to its steps."""

    form = MeetingForm

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With the way to its steps to settle, for who may see these."""
        key = unquote(object_id or "")
        meeting = Meeting.objects.filter(pk=key).first() if is_key(key) else None
        may_see = all(map(request.user.has_perm, ("papers.view_stepoutcome", VIEW_PAPERS)))
        context = dict(extra_context or {})
        if meeting and may_see and can_be_settled(meeting):
            context["settling"] = settle_address(meeting)
        return super().changeform_view(request, object_id, form_url, context)
