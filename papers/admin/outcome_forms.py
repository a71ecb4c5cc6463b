"""The forms beside a file that is no draft: where it belongs, and the note on a revision."""

from __future__ import annotations

from django import forms

from papers.admin.review_forms import MeetingField
from papers.models import Correction
from workgroups.models import Meeting, WorkingGroup


class RevisionForm(forms.Form):
    """The public note on taking over a re-issue of a published paper."""

    note = forms.CharField(
        label="Public note of the correction",
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60, "dir": "auto"}),
        help_text="What was corrected, from what to what. Everybody reads it.",
    )
    weight = forms.ChoiceField(choices=Correction.Weight.choices)


class ResolveForm(forms.Form):
    """Where a paper belongs whose printed names the record does not know."""

    working_group = forms.ModelChoiceField(
        WorkingGroup.objects.order_by("name"),
        required=False,
        empty_label="Look the printed name up again",
    )
    meeting = MeetingField(
        Meeting.objects.filter(status__in=["held", "planned"]).order_by("-held_on"),
        required=False,
        empty_label="Look the printed month up again",
    )
