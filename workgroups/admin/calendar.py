"""Terms, meetings and sources."""

from __future__ import annotations

import calendar
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from workgroups.admin.common import FORM_FIELDS, DistinctFormSet, RecordAdmin
from workgroups.admin.deleting import links_to
from workgroups.admin.naming import NamingInline
from workgroups.admin.requests import search_words
from workgroups.models import FormerMeetingDate, Meeting, Mention, Source, Term

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """Sources, which are kept as long as a fact rests on them."""

    list_display = ["key", "title", "citation", "url"]
    search_fields = ["key", "title", "citation", "url"]
    list_per_page = 100

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name what rests on a source: the model refuses too, but only with an error."""
        deleted, counts, lacking, _ = super().get_deleted_objects(objs, request)
        citing = [row for source in objs for row in source.cited_by()]
        return deleted, counts, lacking, links_to(citing, request, self.admin_site)


@admin.register(Term)
class TermAdmin(RecordAdmin):
    """Terms of membership."""

    list_display = ["__str__", "starts_on", "ends_on"]
    search_fields = ["number"]


class MentionFormSet(DistinctFormSet):
    """A meeting's mentions, each of one group and kind."""

    same_message = "This is recorded for this meeting already."

    def key_of(self, row: Mention) -> tuple[Any, ...]:
        return (row.group_id, row.subcommittee_id, row.kind)


class MentionInline(NamingInline):
    """What sources say of the groups at a meeting."""

    model = Mention
    formset = MentionFormSet
    ordering = ["group__name", "kind"]
    autocomplete_fields = ["group", "subcommittee", "sources"]
    classes = ["short-rows"]
    fields = [
        ("group", "subcommittee", "kind"),
        "is_of_every_group",
        "sentence",
        "sources",
        "is_inferred",
    ]
    formfield_overrides = FORM_FIELDS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mention]:
        """With the meeting, by which each row is named."""
        return super().get_queryset(request).select_related("meeting")


class FormerMeetingDateInline(admin.TabularInline):
    """Dates that still lead to the meeting. Nobody edits them."""

    model = FormerMeetingDate
    extra = 0
    can_delete = False
    fields = ["held_on"]
    readonly_fields = ["held_on"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Meeting)
class MeetingAdmin(RecordAdmin):
    """Public meetings with what sources say of the groups there."""

    list_display = ["held_on", "name", "status", "mode", "place", "term", "record_complete"]
    list_filter = ["status", "mode", "term", "record_complete"]
    list_select_related = ["term"]
    list_per_page = 50
    date_hierarchy = "held_on"
    ordering = ["-held_on"]
    search_fields = ["place", "notice_citation"]
    search_help_text = "A month or a year, such as September 2024, or a place"
    autocomplete_fields = ["sources"]
    fieldsets = [
        (
            None,
            {
                "classes": ["short-rows"],
                "fields": [("held_on", "status", "term"), ("place", "mode", "quorum")],
            },
        ),
        ("Documents", {"fields": ["record_complete", "documents_url", "sources"]}),
        ("Notice", {"fields": ["notice_citation", "notice_url"]}),
        ("For readers", {"fields": ["note"]}),
    ]
    inlines = [MentionInline, FormerMeetingDateInline]

    def view_on_site(self, obj: Meeting) -> str:
        """The public page, straight."""
        return obj.get_absolute_url()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Find a meeting as people name it: by month and year, or by date or place."""
        for word in search_words(search_term.replace(",", " ")):
            month = MONTHS.get(word.lower())
            found = Q(held_on__month=month) if month else Q(held_on__icontains=word)
            for field in self.search_fields:
                found |= Q(**{f"{field}__icontains": word})
            queryset = queryset.filter(found)
        return queryset, False
