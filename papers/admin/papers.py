"""Issue papers: typing and correcting them, publishing and withdrawing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from papers.admin.corrections import CorrectionFormSet, CorrectionInline
from papers.admin.inlines import (
    NextStepInline,
    SectionInline,
    SectionItemInline,
    StatusItemInline,
)
from papers.admin.pairings import pairs_address
from papers.admin.publishing import YEARS, PublishingAdmin, _papers
from papers.admin.settle_page import can_be_settled, settle_address
from papers.models import IssuePaper, NextStep, SectionItem, StatusItem
from papers.models.items import PrintedItem
from workgroups.admin.common import FORM_FIELDS
from workgroups.admin.naming import is_key
from workgroups.admin.requests import search_words
from workgroups.models import WorkingGroup

ADD_CORRECTION = "papers.add_correction"
# The public address is made of these two (S35).
KEPT_IN_PUBLIC = {
    "working_group": "Fixed while the paper is public: its address names the group.",
    "meeting": "Fixed while the paper is public: its address names the meeting.",
}
ITEM_MODELS: tuple[type[PrintedItem], ...] = (SectionItem, StatusItem, NextStep)


class PaperForm(forms.ModelForm):
    """A paper's own fields."""

    def clean_published_at(self) -> Any:
        moment = self.cleaned_data["published_at"]
        if moment and moment.year not in YEARS:
            raise ValidationError(f"Give a year from {YEARS[0]} to {YEARS[-1]}.")
        return moment


class PublishedFilter(admin.SimpleListFilter):
    """Drafts or published papers, by the one rule for what the public may see."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("draft", "Draft"), ("published", "Published")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        match self.value():
            case "draft":
                return queryset.drafts()
            case "published":
                return queryset.published()
        return queryset


@admin.register(IssuePaper)
class IssuePaperAdmin(PublishingAdmin):
    """Papers with everything they print.

    Whoever may change papers edits drafts; a published paper is changed, published and withdrawn
    by those alone who may publish (S06), and changed only with a correction that says so.
    """

    form = PaperForm
    list_display = ["group", "held_on", "status", "kind", "pub_number", "dated_on"]
    list_display_links = ["group", "held_on"]
    list_filter = [
        PublishedFilter,
        "source_kind",
        "meeting__term",
        "working_group__subcommittee",
    ]
    list_select_related = ["working_group", "meeting"]
    list_per_page = 50
    date_hierarchy = "meeting__held_on"
    ordering = ["-meeting__held_on", "working_group__name"]
    # Only says that there is a search; what it looks through is in get_search_results().
    search_fields = ["pub_number"]
    search_help_text = "A group by any of its names, a Pub#, or words of the paper"
    autocomplete_fields = ["working_group", "meeting", "sources"]
    actions = ["publish_selected", "withdraw_selected", "delete_selected"]
    fieldsets = [
        (
            None,
            {
                "classes": ["short-rows"],
                "fields": [
                    ("working_group", "meeting"),
                    ("source_kind", "published_at"),
                    ("group_as_printed", "subcommittee_as_printed"),
                    ("pub_number", "action_required", "dated_on", "dated_as_printed"),
                    ("office_line",),
                    ("submitted_by", "submitter_office"),
                    ("source_url",),
                    ("sources",),
                ],
            },
        ),
        (
            "Read from the document",
            {"classes": ["collapse"], "fields": ["source_sha256", "created_at", "source_text"]},
        ),
    ]
    formfield_overrides = {
        **FORM_FIELDS,
        models.CharField: {"widget": forms.TextInput(attrs={"size": 60, "dir": "auto"})},
    }
    inlines = [
        SectionInline,
        SectionItemInline,
        StatusItemInline,
        NextStepInline,
        CorrectionInline,
    ]

    # Columns of their own: a relation's column never breaks its lines.
    @admin.display(description="working group", ordering="working_group__name")
    def group(self, paper: IssuePaper) -> str:
        """Today's name."""
        return paper.working_group.name

    @admin.display(description="meeting", ordering="meeting__held_on")
    def held_on(self, paper: IssuePaper) -> date:
        return paper.meeting.held_on

    @admin.display(description="kind", ordering="source_kind")
    def kind(self, paper: IssuePaper) -> str:
        """In one word, so that the row stays low."""
        return "Summary" if paper.is_summary else "Paper"

    @admin.display(description="status", ordering="published_at")
    def status(self, paper: IssuePaper) -> str:
        """Draft, published, or to be published later."""
        if paper.published_at is None:
            return "Draft"
        if paper.is_public:
            return "Published"
        return f"Draft until {date_format(timezone.localtime(paper.published_at), 'N j, Y')}"

    def view_on_site(self, obj: IssuePaper) -> str | None:
        """The public page, where there is one."""
        return obj.get_absolute_url() if obj.is_public else None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Papers in whose group's names, Pub# or text each of the words stands.

        Not by ``search_fields``: joins to items, steps, aliases and events at once would multiply.
        """
        for word in search_words(search_term):
            found = Q(pub_number__icontains=word) | Q(group_as_printed__icontains=word)
            found |= Q(working_group__in=WorkingGroup.objects.named_like(word).values("pk"))
            for model in ITEM_MODELS:
                items = model._default_manager.filter(text__icontains=word)
                found |= Q(pk__in=items.values("paper"))  # type: ignore[misc]
            queryset = queryset.filter(found)
        return queryset, False

    # Who may do what ---------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: IssuePaper | None = None) -> bool:
        may_change = super().has_change_permission(request, obj)
        if obj is not None and obj.published_at is not None:
            may_correct = request.user.has_perm(ADD_CORRECTION)
            return may_change and may_correct and self.has_publish_permission(request)
        return may_change

    def has_delete_permission(self, request: HttpRequest, obj: IssuePaper | None = None) -> bool:
        """Published papers are withdrawn, not erased (S34)."""
        if obj is not None and obj.published_at is not None:
            return False
        return super().has_delete_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: IssuePaper | None = None) -> list[str]:
        """A field that is read-only here takes nothing from a forged form either."""
        fields = ["source_text", "source_sha256", "created_at"]
        if not self.has_publish_permission(request):
            fields.append("published_at")
        return [*fields, *KEPT_IN_PUBLIC] if _is_stored_as_public(obj) else fields

    def get_form(
        self,
        request: HttpRequest,
        obj: IssuePaper | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Say of a public paper's fixed fields why they are fixed."""
        if _is_stored_as_public(obj):
            kwargs["help_texts"] = KEPT_IN_PUBLIC
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: IssuePaper | None = None) -> Any:
        """A paper that is being typed was not read from a document."""
        return self.fieldsets if obj else self.fieldsets[:1]

    # Saving ------------------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With "Save and publish" for those who may."""
        may_publish = self.has_publish_permission(request)
        if "_publish" in request.POST and not may_publish:
            raise PermissionDenied
        context = {
            "may_publish": may_publish,
            **followup_links(request, object_id),
            **(extra_context or {}),
        }
        return super().changeform_view(request, object_id, form_url, context)

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        """Show the corrections' form set the others: it asks for a note where they change."""
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        for formset in formsets:
            if isinstance(formset, CorrectionFormSet):
                formset.siblings = tuple(other for other in formsets if other is not formset)
        return formsets, inlines

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Mark items whose words are no longer those of the document."""
        for item_form in formset.forms:
            if isinstance(item_form.instance, PrintedItem) and "text" in item_form.changed_data:
                item_form.instance.mark_edited(form.instance.source_text)
        formset.save()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Note first whether it is public: saving may put its moment off, or take it back."""
        obj.was_public = _is_stored_as_public(obj if change else None)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Add the sections of new items; then withdraw or publish as was asked for and may be."""
        super().save_related(request, form, formsets, change)
        paper = form.instance
        paper.complete_sections()
        moment = paper.published_at
        wants = "_publish" in request.POST and moment is None
        sets_moment = "published_at" in form.changed_data and moment is not None
        if paper.was_public and not paper.is_public:
            paper.withdraw()
            self.log_change(request, paper, "Withdrawn.")
            words = f"Withdrawn: “{paper}”. Readers no longer see it."
            self.message_user(request, words, messages.SUCCESS)
        if wants or sets_moment:
            self._publish(request, paper, moment)

    def _publish(self, request: HttpRequest, paper: Any, at: Any) -> None:
        """Publish it, or lead on to what has to be asked, or say why not and leave a draft."""
        try:
            if paper.was_public:
                # Its points were published with it; only its moment is another.
                paper.publish(at=at)
                self.log_change(request, paper, "Published.")
            else:
                request.asks = self.publish_or_ask(request, paper, at)  # type: ignore[attr-defined]
        except ValidationError as problem:
            paper.withdraw()
            words = " ".join(problem.messages)
            self.message_user(request, f"“{paper}” is still a draft. {words}", messages.ERROR)
            return
        if paper.published_at:
            words = "Everybody can read it now." if paper.is_public else "Its moment is to come."
            self.message_user(request, f"Published: “{paper}”. {words}", messages.SUCCESS)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """To the question that is to be answered first, where there is one."""
        return self._question(request) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        """The same."""
        return self._question(request) or super().response_change(request, obj)

    def _question(self, request: HttpRequest) -> HttpResponse | None:
        address = getattr(request, "asks", "")
        return HttpResponseRedirect(address) if address else None

    # Actions -----------------------------------------------------------------------------------

    @admin.action(permissions=["publish"], description="Withdraw selected papers")
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[IssuePaper]) -> None:
        papers = queryset.filter(published_at__isnull=False)
        withdrawn = 0
        with transaction.atomic():
            papers = papers.select_for_update(of=("self",)).order_by("pk")
            for paper in papers.select_related("meeting", "working_group"):
                paper.withdraw()
                self.log_change(request, paper, "Withdrawn.")
                withdrawn += 1
        if withdrawn:
            words = f"Withdrawn: {_papers(withdrawn)}. Readers no longer see what was withdrawn."
            self.message_user(request, words, messages.SUCCESS)

    # Django's confirmation page sends this very name back.
    @admin.action(permissions=["delete"], description="Delete selected drafts")
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[IssuePaper]) -> Any:
        """Django's own deleting with its own confirmation, for drafts alone."""
        with transaction.atomic():
            # Nobody publishes one of them between this look and the deleting (S34).
            papers = list(queryset.select_for_update(of=("self",)).order_by("pk"))
            published = sum(paper.published_at is not None for paper in papers)
            if published:
                self._refuse_deleting(request, f"{_papers(published)} of these")
                return None
            return delete_selected(self, request, queryset)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Say of a published paper what would do, in place of "forbidden"."""
        paper = self.get_object(request, unquote(object_id))
        if paper is not None and paper.published_at and super().has_delete_permission(request):
            self._refuse_deleting(request, f"“{paper}”")
            return HttpResponseRedirect(reverse("admin:papers_issuepaper_change", args=[paper.pk]))
        return super().delete_view(request, object_id, extra_context)

    def _refuse_deleting(self, request: HttpRequest, what: str) -> None:
        words = f"{what}: published, so not deleted. Withdraw first; a draft can be deleted."
        self.message_user(request, words, messages.ERROR)


def followup_links(request: HttpRequest, object_id: str | None) -> dict[str, str]:
    """Where a paper's group is settled, and its pairs: for who may see it (2 queries)."""
    key = unquote(object_id or "")
    related = IssuePaper.objects.issue_papers().with_subject()
    paper = related.filter(pk=key).first() if is_key(key) else None
    links = {"settling": "", "pairs": ""}
    if paper is None:
        return links
    if request.user.has_perm("papers.view_stepoutcome") and can_be_settled(paper.meeting):
        links["settling"] = settle_address(paper.meeting, paper.working_group)
    if request.user.has_perm("papers.view_pairingcorrection"):
        before = IssuePaper.objects.issue_papers().filter(
            working_group=paper.working_group_id,
            meeting__held_on__lt=paper.meeting.held_on,
            meeting__status="held",
        )
        if before.exists():
            links["pairs"] = pairs_address(paper.meeting, paper.working_group)
    return links


def _is_stored_as_public(paper: IssuePaper | None) -> bool:
    """Not by the paper at hand: a form that comes back has put the typed moment on it."""
    return paper is not None and IssuePaper.objects.published().filter(pk=paper.pk).exists()
