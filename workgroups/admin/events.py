"""Life events and mentions on pages of their own, for finding them across groups."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from workgroups.admin.common import RecordAdmin
from workgroups.models import CommitteeEvent, GroupEvent, Mention, WorkingGroup

EVENT_FIELDSETS: list[Any] = [
    (
        None,
        {
            "classes": ["short-rows"],
            "fields": [
                ("kind", "order"),
                ("happened_on", "precision", "happened_before"),
                ("name", "group_kind", "subcommittee"),
                ("other_group", "until_on", "until_precision"),
                "detail",
                "sources",
                "is_inferred",
            ],
        },
    ),
]


@admin.register(GroupEvent)
class GroupEventAdmin(RecordAdmin):
    """Life events of all groups."""

    list_display = ["of_group", "kind", "date", "name", "moved_to", "is_inferred"]
    list_display_links = ["of_group", "kind"]
    list_filter = ["kind", "precision", "is_inferred", "subcommittee"]
    list_select_related = ["group", "subcommittee"]
    list_per_page = 50
    date_hierarchy = "happened_on"
    ordering = ["-happened_on", "-order", "-pk"]
    search_fields = ["group__name", "group__slug", "name", "detail"]
    autocomplete_fields = ["group", "other_group", "subcommittee", "sources"]
    fieldsets = [(None, {"fields": ["group"]}), *EVENT_FIELDSETS]

    # Columns of their own: a relation's column never breaks its lines.
    @admin.display(description="group", ordering="group__name")
    def of_group(self, event: GroupEvent) -> str:
        """Today's name."""
        return str(event.group)

    @admin.display(description="new subcommittee", ordering="subcommittee__name")
    def moved_to(self, event: GroupEvent) -> str:
        """Where the event says so."""
        return event.subcommittee.name if event.subcommittee else ""

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
class CommitteeEventAdmin(RecordAdmin):
    """Events of the committee itself."""

    list_display = ["title", "date", "subcommittee", "is_inferred"]
    list_filter = ["precision", "is_inferred", "subcommittee"]
    list_select_related = ["subcommittee"]
    date_hierarchy = "happened_on"
    ordering = ["-happened_on", "-pk"]
    search_fields = ["title", "detail"]
    autocomplete_fields = ["subcommittee", "sources"]
    fields = [
        "title",
        ("happened_on", "precision", "happened_before"),
        "subcommittee",
        "detail",
        "sources",
        "is_inferred",
    ]

    @admin.display(description="date", ordering="happened_on")
    def date(self, event: CommitteeEvent) -> str:
        """As precisely as it is known."""
        return str(event.when)


@admin.register(Mention)
class MentionAdmin(RecordAdmin):
    """What sources say, across meetings."""

    list_display = ["meeting", "subject", "kind", "sentence", "is_inferred"]
    list_filter = ["kind", "is_inferred", "meeting__term", "subcommittee"]
    list_select_related = ["meeting", "group", "subcommittee"]
    list_per_page = 50
    date_hierarchy = "meeting__held_on"
    ordering = ["-meeting__held_on", "group__name", "kind"]
    search_fields = ["group__name", "group__slug", "subcommittee__name", "sentence"]
    autocomplete_fields = ["meeting", "group", "subcommittee", "sources"]
    fields = [
        "meeting",
        "group",
        "subcommittee",
        "kind",
        "is_of_every_group",
        "sentence",
        "sources",
        "is_inferred",
    ]

    @admin.display(description="of", ordering="group__name")
    def subject(self, mention: Mention) -> str:
        """Whom it speaks of."""
        return str(mention.group or mention.subcommittee or "The committee")
