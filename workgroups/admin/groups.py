"""Subcommittees and working groups with their life."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property

from workgroups.admin.common import FORM_FIELDS, DistinctFormSet, RecordAdmin
from workgroups.admin.events import EVENT_FIELDSETS
from workgroups.admin.naming import NamingInline
from workgroups.history import STATE_LABELS, standing_on
from workgroups.models import FormerSlug, GroupAlias, GroupEvent, Subcommittee, WorkingGroup


@admin.register(Subcommittee)
class SubcommitteeAdmin(RecordAdmin):
    """Subcommittees, with what is known of their time."""

    list_display = ["name", "short_name", "opened_in_words", "closed_in_words"]
    search_fields = ["name", "short_name"]
    autocomplete_fields = ["sources"]
    fields = [
        ("name", "short_name"),
        "slug",
        ("opened_on", "opened_precision"),
        ("closed_on", "closed_precision"),
        "note",
        "sources",
    ]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """The slug follows the name only while there is no address yet."""
        return {} if obj else {"slug": ["name"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The slug stands in addresses of lists, and none of them forgets it (S35)."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "slug"] if obj else fields

    @admin.display(description="opened", ordering="opened_on")
    def opened_in_words(self, subcommittee: Subcommittee) -> str:
        """As precisely as it is known."""
        return str(subcommittee.opened or "")

    @admin.display(description="closed", ordering="closed_on")
    def closed_in_words(self, subcommittee: Subcommittee) -> str:
        """As precisely as it is known."""
        return str(subcommittee.closed or "")


class EventFormSet(DistinctFormSet):
    """A group's life: rows by the day from which they count, as the state is worked out."""

    same_message = "The group has an event of this kind on this date already."

    def key_of(self, row: GroupEvent) -> tuple[Any, ...]:
        return (row.kind, row.happened_on)

    def validate_unique(self) -> None:
        """Said by ``key_of``, in a sentence; Django would name fields."""

    def get_queryset(self) -> Any:
        """A list: the database does not know the day after a last naming."""
        return self._in_order

    @cached_property
    def _in_order(self) -> list[GroupEvent]:
        rows: list[Any] = list(super().get_queryset())
        return sorted(rows, key=lambda row: (row.as_event().takes_effect, row.order))


class GroupEventInline(NamingInline):
    """A group's life, in order."""

    model = GroupEvent
    formset = EventFormSet
    fk_name = "group"
    ordering = ["happened_on", "order", "pk"]
    autocomplete_fields = ["other_group", "subcommittee", "sources"]
    fieldsets = EVENT_FIELDSETS
    formfield_overrides = FORM_FIELDS
    verbose_name_plural = "life events, oldest first"


class AliasFormSet(DistinctFormSet):
    """A group's aliases, each once whatever its capitals."""

    same_message = "The group has this alias already."

    def key_of(self, row: GroupAlias) -> str:
        return row.name.lower()


class GroupAliasInline(admin.TabularInline):
    """Other spellings."""

    model = GroupAlias
    formset = AliasFormSet
    extra = 0


class FormerSlugInline(admin.TabularInline):
    """Addresses that still lead to the group. Nobody edits them (S35)."""

    model = FormerSlug
    extra = 0
    can_delete = False
    fields = ["slug"]
    readonly_fields = ["slug"]
    verbose_name_plural = "former addresses"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StateFilter(admin.SimpleListFilter):
    """By today's state, folded from the events of every group (2 queries)."""

    title = "state today"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, label) for state, label in STATE_LABELS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in set(STATE_LABELS):
            return queryset
        today = timezone.localdate()
        groups = WorkingGroup.objects.with_history()
        return queryset.filter(
            pk__in=[group.pk for group in groups if group.standing_on(today).state == self.value()]
        )


@admin.register(WorkingGroup)
class WorkingGroupAdmin(RecordAdmin):
    """Groups with their events, aliases and former addresses."""

    list_display = ["name", "kind", "under", "state_today"]
    list_filter = ["subcommittee", "kind", StateFilter]
    list_select_related = ["subcommittee"]
    list_per_page = 100
    search_fields = ["name", "slug", "acronym", "aliases__name", "events__name"]
    search_help_text = "Any name that the group bears or bore, an alias or the acronym"
    autocomplete_fields = ["subcommittee", "parent", "sources"]
    fieldsets = [
        (
            None,
            {
                "classes": ["short-rows"],
                "fields": [("name", "kind", "subcommittee"), ("acronym", "slug", "parent")],
            },
        ),
        ("For readers", {"fields": ["charge", "note", "sources"]}),
    ]
    inlines = [GroupEventInline, GroupAliasInline, FormerSlugInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[WorkingGroup]:
        return super().get_queryset(request).prefetch_related("events__subcommittee")

    def view_on_site(self, obj: WorkingGroup) -> str:
        """The public page, straight."""
        return obj.get_absolute_url()

    @admin.display(description="subcommittee", ordering="subcommittee__name")
    def under(self, group: WorkingGroup) -> str:
        """Today's, without the word that every one of them bears."""
        return group.subcommittee.name if group.subcommittee else ""

    @admin.display(description="state today")
    def state_today(self, group: WorkingGroup) -> str:
        """Folded from the events."""
        standing = group.standing_on(timezone.localdate())
        label = STATE_LABELS[standing.state]
        return f"{label}, winding down" if standing.is_winding_down else label

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """The slug follows the name only while there is no address yet."""
        return {} if obj else {"slug": ["name"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What an event tells is changed there, or the next saved event would undo it."""
        if obj is None:
            return []
        told = standing_on([event.as_event() for event in obj.events.all()], timezone.localdate())
        fields = {"name": told.name, "kind": told.group_kind, "subcommittee": told.subcommittee}
        return [field for field, value in fields.items() if value]
