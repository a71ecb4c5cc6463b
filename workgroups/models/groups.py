"""Who reports: subcommittees and working groups, with every name and address they had."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from workgroups.dates import KnownDate, Precision
from workgroups.history import Standing, standing_at_meeting, standing_on
from workgroups.models.calendar import Source
from workgroups.models.dating import PERIODS, PRECISIONS, period_starts_on_its_first_day
from workgroups.models.text import CleanCharField, CleanTextField, is_filled, validate_name
from workgroups.querysets import NaturalKeyManager, WorkingGroupQuerySet


class Subcommittee(models.Model):
    """A subcommittee, to which working groups report."""

    name = CleanCharField(
        max_length=120,
        unique=True,
        validators=[validate_name],
        help_text="Without the word Subcommittee: “Secure Trade Lanes”.",
    )
    short_name = CleanCharField(max_length=12, blank=True, help_text="Such as STL.")
    slug = models.SlugField(max_length=80, unique=True)
    opened_on = models.DateField(null=True, blank=True, help_text="Empty where no source says.")
    opened_precision = models.CharField(
        max_length=8, choices=PRECISIONS, blank=True, help_text="How precisely that is known."
    )
    closed_on = models.DateField(null=True, blank=True, help_text="Empty while it exists.")
    closed_precision = models.CharField(
        max_length=8, choices=PRECISIONS, blank=True, help_text="How precisely that is known."
    )
    note = CleanTextField(blank=True, help_text="One sentence of our own.")
    sources = models.ManyToManyField(Source, blank=True, related_name="+")

    objects = NaturalKeyManager("slug")

    class Meta:
        ordering = ["name"]
        constraints = [
            is_filled("name", "subcommittee_has_name", "A subcommittee needs a name."),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{field}_on__isnull": True, f"{field}_precision": ""})
                    | (
                        Q(**{f"{field}_on__isnull": False})
                        & Q(**{f"{field}_precision__in": [*PERIODS, Precision.BY]})
                    ),
                    name=f"subcommittee_{field}_has_precision",
                    violation_error_message=f"Say for “{field}” both the date and how precisely it "
                    "is known, or neither. “Between” is not used here.",
                )
                for field in ("opened", "closed")
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{field}_on__isnull": True})
                    | period_starts_on_its_first_day(f"{field}_on", f"{field}_precision"),
                    name=f"subcommittee_{field}_on_first_day",
                    violation_error_message="A month, quarter or year is entered as its first day.",
                )
                for field in ("opened", "closed")
            ),
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True)
                | Q(closed_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
                name="subcommittee_closes_after_opening",
                violation_error_message="A subcommittee cannot close before it opens.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} Subcommittee"

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def opened(self) -> KnownDate | None:
        """When it was set up, as far as known."""
        return _known(self.opened_on, self.opened_precision)

    @property
    def closed(self) -> KnownDate | None:
        """When it was dissolved, as far as known."""
        return _known(self.closed_on, self.closed_precision)


def _known(day: date | None, precision: str) -> KnownDate | None:
    return KnownDate(day, Precision(precision)) if day else None


class WorkingGroup(models.Model):
    """A working group or task force: one identity through every name.

    ``name``, ``kind`` and ``subcommittee`` are today's, kept for lists and for the admin; what
    held on a date is folded from the events (``workgroups.history``).
    """

    class Kind(models.TextChoices):
        WORKING_GROUP = "working-group", "Working group"
        TASK_FORCE = "task-force", "Task force"

    name = CleanCharField(
        max_length=160,
        validators=[validate_name],
        help_text="Today's name without “Working Group”. Renaming is done by a life event.",
    )
    slug = models.SlugField(
        max_length=80,
        unique=True,
        help_text="The address of the group's page. A former one leads here for ever.",
    )
    kind = models.CharField(max_length=13, choices=Kind, default=Kind.WORKING_GROUP)
    acronym = CleanCharField(max_length=24, blank=True, help_text="Such as TPE.")
    subcommittee = models.ForeignKey(
        Subcommittee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Today's, or the last one. Set by the life events.",
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sub_units",
        verbose_name="parent group",
        help_text="For a unit inside another group, such as Drawback inside Export Modernization.",
    )
    charge = CleanTextField(blank=True, help_text="What the group is asked to do, with its source.")
    note = CleanTextField(
        blank=True, help_text="What readers should know about its identity. Shown on its page."
    )
    sources = models.ManyToManyField(Source, blank=True, related_name="+")

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        ordering = ["name", "slug"]
        constraints = [
            is_filled("name", "group_has_name", "A group needs a name."),
            models.CheckConstraint(
                condition=Q(kind__in=["working-group", "task-force"]),
                name="group_kind_is_known",
                violation_error_message="A group is a working group or a task force.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="group_is_not_its_own_parent",
                violation_error_message="A group cannot be its own parent.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name(self.name, self.kind)

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("group_timeline", args=[self.slug])

    def standing_on(self, day: date) -> Standing:
        """Name, kind, subcommittee (its slug) and state on a day, folded from the events.

        Uses prefetched events where there are any. Where no event tells, today's values stand in.
        """
        standing = standing_on([event.as_event() for event in self.events.all()], day)
        return self._with_present(standing)

    def standing_at(self, held_on: date) -> Standing:
        """The standing in which it came to a meeting of that day; else as ``standing_on``."""
        standing = standing_at_meeting([event.as_event() for event in self.events.all()], held_on)
        return self._with_present(standing)

    def _with_present(self, standing: Standing) -> Standing:
        return replace(
            standing,
            name=standing.name or self.name,
            group_kind=standing.group_kind or self.kind,
        )

    def refresh_present(self) -> None:
        """Keep today's name, kind and subcommittee, as the events give them, on the row."""
        events = self.events.select_related("subcommittee")
        standing = standing_on([event.as_event() for event in events], timezone.localdate())
        present = {
            "name": standing.name or self.name,
            "kind": standing.group_kind or self.kind,
            "subcommittee": Subcommittee.objects.filter(slug=standing.subcommittee).first()
            or self.subcommittee,
        }
        WorkingGroup.objects.filter(pk=self.pk).update(**present)
        for field, value in present.items():
            setattr(self, field, value)

    @classmethod
    def full_name(cls, name: str, kind: str) -> str:
        """``("Bond", "working-group")`` -> ``"Bond Working Group"``."""
        return f"{name} {'Task Force' if kind == cls.Kind.TASK_FORCE else 'Working Group'}"

    def clean(self) -> None:
        super().clean()
        taken = FormerSlug.objects.filter(slug=self.slug).exclude(group=self.pk).first()
        if taken:
            raise ValidationError(
                {
                    "slug": f"This address once led to {taken.group or 'a deleted group'}; "
                    "addresses are not reused."
                }
            )
        ancestor, seen = self.parent, {self.pk}
        while ancestor and self.pk:
            if ancestor.pk in seen:
                raise ValidationError({"parent": "A group cannot be inside one of its own units."})
            seen.add(ancestor.pk)
            ancestor = ancestor.parent

    def save(self, *args, **kwargs) -> None:
        """Keep the address that was public before (S35)."""
        before = WorkingGroup.objects.filter(pk=self.pk).values_list("slug", flat=True).first()
        super().save(*args, **kwargs)
        if before and before != self.slug:
            FormerSlug.objects.get_or_create(slug=before, defaults={"group": self})
        FormerSlug.objects.filter(slug=self.slug, group=self).delete()

    def keep_address(self, name: str) -> None:
        """Let the address made of a name lead here, unless it leads to another group (S35)."""
        slug = slugify(name)[:80]
        if slug and not WorkingGroup.objects.filter(slug=slug).exists():
            FormerSlug.objects.get_or_create(slug=slug, defaults={"group": self})


class FormerSlug(models.Model):
    """An address that once led, or by a former name would lead, to a group. Never reused (S35).

    Without a group it is the address of a deleted one: it says so, and no other group gets it.
    """

    slug = models.SlugField("former address", max_length=80, unique=True)
    group = models.ForeignKey(
        WorkingGroup, models.SET_NULL, null=True, blank=True, related_name="former_slugs"
    )

    objects = NaturalKeyManager("slug")

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def clean(self) -> None:
        super().clean()
        holder = WorkingGroup.objects.filter(slug=self.slug).first()
        if holder:
            raise ValidationError({"slug": f"{holder} has this address today."})


@receiver(pre_delete, sender=WorkingGroup)
def keep_the_address_of_a_deleted_group(instance: WorkingGroup, **kwargs) -> None:
    """However a group is deleted, its address is not given to another (S35)."""
    FormerSlug.objects.get_or_create(slug=instance.slug)


class GroupAlias(models.Model):
    """Another spelling that sources use for a group; used to find it, never to merge groups."""

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="aliases")
    name = CleanCharField("spelling", max_length=160, validators=[validate_name])
    is_former_name = models.BooleanField(
        default=False, help_text="The group bore this name; else only another spelling."
    )
    is_confirmed = models.BooleanField(
        default=True, help_text="Untick where no source confirms that this is the same group."
    )

    objects = NaturalKeyManager("group__slug", "name")

    class Meta:
        verbose_name_plural = "group aliases"
        ordering = ["group", "name"]
        constraints = [
            is_filled("name", "alias_has_name", "An alias needs a spelling."),
            models.UniqueConstraint(
                "group",
                Lower("name"),
                name="alias_once_per_group",
                violation_error_message="The group has this alias already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return (self.group.slug, self.name)

    natural_key.dependencies = ["workgroups.workinggroup"]  # type: ignore[attr-defined]

    def save(self, *args, **kwargs) -> None:
        """A former name is an address too."""
        super().save(*args, **kwargs)
        self.keep_addresses()

    def keep_addresses(self) -> None:
        """Let the address made of a former name lead to the group."""
        if self.is_former_name:
            self.group.keep_address(self.name)
