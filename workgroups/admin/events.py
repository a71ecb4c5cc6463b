"""Life events and mentions on pages of their own, for finding them across groups."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from workgroups.admin.common import FORM_FIELDS
from workgroups.models import CommitteeEvent, GroupEvent, Mention, WorkingGroup

EVENT_FIELDSETS: list[Any] = [
    (None, {"fields": [("kind", "order"), ("happened_on", "precision", "happened_before")]}),
    (
        "From then on",
        {"fields": [("name", "group_kind", "subcommittee"), ("other_group",)]},
    ),
    ("Only for a hiatus", {"fields": [("until_on", "until_precision")]}),
    ("For readers", {"fields": ["detail", ("sources", "is_inferred")]}),
]


@admin.register(GroupEvent)
class GroupEventAdmin(admin.ModelAdmin):
    """Life events of all groups."""

    list_display = ["group", "kind", "date", "name", "subcommittee", "is_inferred"]
    list_display_links = ["group", "kind"]
    list_filter = ["kind", "precision", "is_inferred", "subcommittee"]
    list_select_related = ["group", "subcommittee"]
    list_per_page = 50
    date_hierarchy = "happened_on"
    ordering = ["-happened_on", "-order", "-pk"]
    search_fields = ["group__name", "group__slug", "name", "detail"]
    show_full_result_count = False
    autocomplete_fields = ["group", "other_group", "subcommittee", "sources"]
    fieldsets = [(None, {"fields": ["group"]}), *EVENT_FIELDSETS]
    formfield_overrides = FORM_FIELDS

    @admin.display(description="date", ordering="happened_on")
    def date(self, event: GroupEvent) -> str:
        """As precisely as it is known."""
        return str(event.when)

    def save_model(self, request: HttpRequest, obj: GroupEvent, form: Any, change: bool) -> None:
        """Let a group that loses the event to another show its present again."""
        super().save_model(request, obj, form, change)
        before = form.initial.get("group")
        if change and before != obj.group_id:
            WorkingGroup.objects.get(pk=before).refresh_present()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        """One by one: each event's own ``delete()`` lets its group show its present again."""
        for event in queryset:
            event.delete()


@admin.register(CommitteeEvent)
class CommitteeEventAdmin(admin.ModelAdmin):
    """Events of the committee itself."""

    list_display = ["title", "date", "subcommittee", "is_inferred"]
    list_filter = ["precision", "is_inferred", "subcommittee"]
    list_select_related = ["subcommittee"]
    date_hierarchy = "happened_on"
    ordering = ["-happened_on", "-pk"]
    search_fields = ["title", "detail"]
    show_full_result_count = False
    autocomplete_fields = ["subcommittee", "sources"]
    fields = [
        "title",
        ("happened_on", "precision", "happened_before"),
        "subcommittee",
        "detail",
        ("sources", "is_inferred"),
    ]
    formfield_overrides = FORM_FIELDS

    @admin.display(description="date", ordering="happened_on")
    def date(self, event: CommitteeEvent) -> str:
        """As precisely as it is known."""
        return str(event.when)


@admin.register(Mention)
class MentionAdmin(admin.ModelAdmin):
    """What sources say, across meetings."""

    list_display = ["meeting", "subject", "kind", "sentence", "is_inferred"]
    list_filter = ["kind", "is_inferred", "meeting__term", "subcommittee"]
    list_select_related = ["meeting", "group", "subcommittee"]
    list_per_page = 50
    date_hierarchy = "meeting__held_on"
    ordering = ["-meeting__held_on", "group__name", "kind"]
    search_fields = ["group__name", "group__slug", "subcommittee__name", "sentence"]
    show_full_result_count = False
    autocomplete_fields = ["meeting", "group", "subcommittee", "sources"]
    fields = ["meeting", "group", "subcommittee", "kind", "sentence", ("sources", "is_inferred")]
    formfield_overrides = FORM_FIELDS

    @admin.display(description="of", ordering="group__name")
    def subject(self, mention: Mention) -> str:
        """Whom it speaks of."""
        return str(mention.group or mention.subcommittee or "The committee")
