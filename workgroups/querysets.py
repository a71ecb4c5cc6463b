"""Questions asked of the committee."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import BooleanField, Case, Prefetch, Q, When

if TYPE_CHECKING:
    from workgroups.models import WorkingGroup


class ByNaturalKey:
    """``get_by_natural_key`` for a queryset that names its ``natural_key_fields``."""

    natural_key_fields: tuple[str, ...] = ()

    def get_by_natural_key(self, *values: Any) -> Any:
        """The row with these values, for fixtures that name rows by what people know them by."""
        return self.get(  # type: ignore[attr-defined]
            **dict(zip(self.natural_key_fields, values, strict=True))
        )


class NaturalKeyManager(ByNaturalKey, models.Manager):
    """A plain manager with a natural key, named field by field."""

    def __init__(self, *fields: str) -> None:
        super().__init__()
        self.natural_key_fields = fields


class MeetingQuerySet(ByNaturalKey, models.QuerySet):
    """Meetings ..."""

    natural_key_fields = ("held_on",)

    def held(self) -> MeetingQuerySet:
        """... that a source says took place."""
        return self.filter(status="held")

    def up_to(self, day: date) -> MeetingQuerySet:
        """... on or before a day."""
        return self.filter(held_on__lte=day)

    def known_as(self, day: date) -> Any:
        """The meeting of a day, else the one once public under that date; None if there is none."""
        return self.filter(held_on=day).first() or self.filter(former_dates__held_on=day).first()


class WorkingGroupQuerySet(ByNaturalKey, models.QuerySet):
    """Groups ..."""

    natural_key_fields = ("slug",)

    def known_as(self, slug: str) -> WorkingGroup | None:
        """The group whose address this is or was; None if there is none."""
        found: Any = self.filter(Q(slug=slug) | Q(former_slugs__slug=slug)).distinct()
        return found.first()

    def known_as_with_units(self, slug: str) -> tuple[WorkingGroup | None, list[WorkingGroup]]:
        """The group whose address this is or was, and the units inside it (1 query)."""
        address = Q(slug=slug) | Q(former_slugs__slug=slug)
        inside = Q(parent__slug=slug) | Q(parent__former_slugs__slug=slug)
        is_it = Case(When(address, then=True), default=False, output_field=BooleanField())
        rows = self.select_related("parent").filter(address | inside).annotate(is_it=is_it)
        family: list[Any] = list(rows.distinct())
        group = next((row for row in family if row.is_it), None)
        return group, [row for row in family if group and row.parent_id == group.pk]

    def with_history(self) -> WorkingGroupQuerySet:
        """... with their events and the subcommittees these name (2 queries, any number)."""
        from workgroups.models import GroupEvent

        events = GroupEvent.objects.select_related("subcommittee", "other_group")
        return self.prefetch_related(Prefetch("events", queryset=events))

    def named_like(self, words: str) -> WorkingGroupQuerySet:
        """... in whose name, acronym, former name or alias each of the words stands."""
        groups = self
        for word in words.split():
            groups = groups.filter(
                Q(name__icontains=word)
                | Q(acronym__icontains=word)
                | Q(pk__in=self._with_event_name(word))
                | Q(pk__in=self._with_alias(word))
            )
        return groups

    def _with_event_name(self, word: str) -> models.QuerySet:
        from workgroups.models import GroupEvent

        return GroupEvent.objects.filter(name__icontains=word).values("group")

    def _with_alias(self, word: str) -> models.QuerySet:
        from workgroups.models import GroupAlias

        return GroupAlias.objects.filter(name__icontains=word).values("group")


class GroupEventQuerySet(ByNaturalKey, models.QuerySet):
    """Life events ..."""

    natural_key_fields = ("group__slug", "kind", "happened_on")
