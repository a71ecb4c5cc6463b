"""Meetings: what their form has to know of papers, which the committee itself does not know."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from papers.models import IssuePaper
from workgroups.admin import calendar
from workgroups.models import Meeting


class MeetingForm(forms.ModelForm):
    """Refuses to call a record complete while readers do not see all of it."""

    def clean_record_complete(self) -> bool:
        """Of the group of a draft readers would be told that it was silent (S01)."""
        is_complete: bool = self.cleaned_data["record_complete"]
        if is_complete and self.instance.pk:
            drafts = IssuePaper.objects.drafts().filter(meeting=self.instance.pk).with_subject()
            names = ", ".join(f"“{paper.group_as_printed}”" for paper in drafts)
            if names:
                raise ValidationError(
                    f"Not every paper of this meeting is public. Still drafts: {names}. Publish or "
                    "delete them first: a complete record tells readers that every other group "
                    "was silent."
                )
        return is_complete


admin.site.unregister(Meeting)


@admin.register(Meeting)
class MeetingAdmin(calendar.MeetingAdmin):
    """The committee's page of a meeting, with that form."""

    form = MeetingForm
