"""What became of next steps, as staff state it: the list and the form of one outcome.

New outcomes come from the page "Steps to settle" alone, which shows what they are stated about.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html

from papers.admin.settle_page import SettlePage, settle_address
from papers.models import NextStep, RejectedSuggestion, StatusItem, StepOutcome
from papers.models.followup import STEP_FIELDS
from workgroups.admin.common import RecordAdmin
from workgroups.admin.requests import search_words
from workgroups.models import WorkingGroup

READS_PAPERS = ("papers.view_issuepaper", "papers.change_issuepaper")
STEP_PAPERS = [f"{it}__paper" for it in STEP_FIELDS]


class FollowupAdmin(RecordAdmin):
    """Statements about items, which quote them: for those alone who may read papers (S06)."""

    list_per_page = 50

    def reads_papers(self, request: HttpRequest) -> bool:
        """Whether the words of drafts may be shown."""
        return any(map(request.user.has_perm, READS_PAPERS))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.reads_papers(request) and super().has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.reads_papers(request) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.reads_papers(request) and super().has_delete_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made on a page that shows what they are about; there the permission to add is asked."""
        return False

    def may(self, request: HttpRequest, verb: str, model: Any = None) -> bool:
        """Whether somebody who reads papers may do that with such rows."""
        opts = (model or self.model)._meta
        codename = f"{opts.app_label}.{verb}_{opts.model_name}"
        return self.reads_papers(request) and request.user.has_perm(codename)


def item_search(fields: list[str], word: str) -> Q:
    """Rows one of whose items has a word in its text or in a name of its group."""
    found = Q()
    groups = WorkingGroup.objects.named_like(word).values("pk")
    for name in fields:
        found |= Q(**{f"{name}__text__icontains": word})
        found |= Q(**{f"{name}__paper__working_group__in": groups})
    return found


class OutcomeForm(forms.ModelForm):
    """The evidence is chosen from the paper of the outcome's own meeting."""

    class Meta:
        model = StepOutcome
        fields = ["outcome", "evidence", "evidence_step", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        step = self.instance.step
        models: dict[str, Any] = {"evidence": StatusItem, "evidence_step": NextStep}
        for name, model in models.items():
            if step is not None and name in self.fields:
                rows = model.objects.filter(
                    paper__working_group=step.paper.working_group_id,
                    paper__meeting=self.instance.meeting_id,
                )
                self.fields[name].queryset = rows.order_by("position")  # type: ignore[attr-defined]


@admin.register(StepOutcome)
class StepOutcomeAdmin(SettlePage, FollowupAdmin):
    """Outcomes that were stated; they are changed and taken back here or where they were made."""

    form = OutcomeForm
    list_display = ["step_line", "group", "held_on", "outcome", "shown_by_words", "by"]
    list_filter = ["outcome", "meeting__term"]
    date_hierarchy = "meeting__held_on"
    ordering = ["-meeting__held_on", "-pk"]
    list_select_related = [
        *(f"{it}__working_group" for it in STEP_PAPERS),
        *("meeting", "evidence", "evidence_step", "stated_by"),
    ]
    # Only says that there is a search; what it looks through is in get_search_results().
    search_fields = ["note"]
    search_help_text = "A group by any of its names, or words of the step or the note"
    readonly_fields = ["step_words", "group", "held_on", "by", "stated_at"]
    fieldsets = [
        (None, {"fields": ["step_words", "group", "held_on"]}),
        ("What became of it", {"fields": ["outcome", "evidence", "evidence_step", "note"]}),
        ("Stated", {"fields": ["by", "stated_at"]}),
    ]

    @admin.display(description="step")
    def step_line(self, row: StepOutcome) -> str:
        """The step in one line."""
        return str(row.step)

    @admin.display(description="step")
    def step_words(self, row: StepOutcome) -> str:
        """The step's own words."""
        return row.step.text if row.step else ""

    # Not the field itself: its name would lead to an account, which is not everybody's to see.
    @admin.display(description="stated by", ordering="stated_by")
    def by(self, row: StepOutcome) -> str:
        """Who stated it, or changed it last."""
        return str(row.stated_by or "")

    @admin.display(description="working group")
    def group(self, row: StepOutcome) -> str:
        """Today's name."""
        return str(_paper_of(row).working_group)

    @admin.display(description="meeting", ordering="meeting__held_on")
    def held_on(self, row: StepOutcome) -> str:
        """With the way to the page where it was stated."""
        if row.pk is None:
            return str(row.meeting)
        address = settle_address(row.meeting, _paper_of(row).working_group)
        return format_html('<a href="{}">{}</a>', address, row.meeting)

    @admin.display(description="shown by")
    def shown_by_words(self, row: StepOutcome) -> str:
        """The evidence, else the note."""
        return str(row.shown_by or row.note)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Outcomes in whose group's names, step or note each of the words stands."""
        for word in search_words(search_term):
            found = Q(note__icontains=word) | item_search([*STEP_FIELDS], word)
            queryset = queryset.filter(found)
        return queryset, False

    def get_urls(self) -> list[URLPattern]:
        """The admin's own, with the pages on which steps are settled."""
        wrap = self.admin_site.admin_view
        name = "papers_stepoutcome_settle"
        return [
            path("settle/", wrap(self.settle_latest), name=f"{name}_latest"),
            path("settle/<str:day>/", wrap(self.settle_meeting), name=f"{name}_meeting"),
            path("settle/<str:day>/<slug:slug>/", wrap(self.settle_group), name=name),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Whoever changes a statement is the person behind it from then on."""
        obj.stated_by, obj.stated_at = request.user, timezone.now()
        super().save_model(request, obj, form, change)

    def response_post_save_change(
        self, request: HttpRequest, obj: StepOutcome
    ) -> HttpResponseRedirect:
        """Back to the step, for those who came from there."""
        if request.GET.get("from") in ("meeting", "group"):
            group = None if request.GET["from"] == "meeting" else _paper_of(obj).working_group
            return HttpResponseRedirect(f"{settle_address(obj.meeting, group)}#outcome-{obj.pk}")
        return super().response_post_save_change(request, obj)


@admin.register(RejectedSuggestion)
class RejectedSuggestionAdmin(FollowupAdmin):
    """Suggestions that were refused; deleting a row lets the item be suggested again."""

    list_display = ["step_words", "answer_words", "group", "by", "rejected_at"]
    date_hierarchy = "rejected_at"
    list_select_related = [
        *(f"{it}__working_group" for it in STEP_PAPERS),
        *("answer", "rejected_by"),
    ]
    ordering = ["-rejected_at", "-pk"]
    search_fields = ["answer__text"]
    search_help_text = "A group by any of its names, or words of the step or the item"
    fields = ["step_words", "group", "answer_words", "by", "rejected_at"]
    readonly_fields = ["step_words", "group", "answer_words", "by", "rejected_at"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Taken back by deleting it."""
        return False

    @admin.display(description="step")
    def step_words(self, row: RejectedSuggestion) -> str:
        """The step's own words."""
        return str(row.step)

    @admin.display(description="rejected by", ordering="rejected_by")
    def by(self, row: RejectedSuggestion) -> str:
        """Who rejected it."""
        return str(row.rejected_by or "")

    @admin.display(description="not answered by")
    def answer_words(self, row: RejectedSuggestion) -> str:
        """The later item's words."""
        return str(row.answer)

    @admin.display(description="working group")
    def group(self, row: RejectedSuggestion) -> str:
        """Today's name."""
        return str(_paper_of(row).working_group)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Refusals in whose group's names, step or item each of the words stands."""
        for word in search_words(search_term):
            found = Q(answer__text__icontains=word) | item_search([*STEP_FIELDS], word)
            queryset = queryset.filter(found)
        return queryset, False


def _paper_of(row: StepOutcome | RejectedSuggestion) -> Any:
    step: Any = row.step
    return step.paper
