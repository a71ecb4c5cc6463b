"""The bullets and paragraphs of a paper, each with its place in the source text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from papers.content import MAX_LEVEL, Item, Link, SectionKind, says_the_same
from papers.models.paper import IssuePaper
from workgroups.models.text import CleanCharField, CleanTextField, is_filled, validate_link_target
from workgroups.querysets import NaturalKeyManager

LEVELS = [(level, f"Level {level}") for level in range(MAX_LEVEL + 1)]
PAPER_KEY = ("paper__working_group__slug", "paper__meeting__held_on")


def validate_links(value: Any) -> None:
    """Refuse anything but a list of ``{"text": ..., "target": ...}`` with fit targets (S13)."""
    shape = "Links are a list such as [{“text”: “Cyber Resiliency website”, “target”: “”}]."
    if not isinstance(value, list):
        raise ValidationError(shape)
    for link in value:
        if not isinstance(link, dict) or set(link) != {"text", "target"}:
            raise ValidationError(shape)
        if not all(isinstance(part, str) for part in link.values()):
            raise ValidationError(shape)
        if not link["target"]:
            continue
        try:
            validate_link_target(link["target"])
        except ValidationError as refused:
            # Under its own code, "invalid", the field would say that this is not JSON.
            raise ValidationError(refused.message, code="address") from refused


class PrintedItem(models.Model):
    """What status items, next steps and the items of other sections have in common."""

    section_kind: SectionKind

    position = models.PositiveSmallIntegerField(help_text="Order in its section, from 1.")
    level = models.PositiveSmallIntegerField(
        choices=LEVELS, default=0, help_text="0 for an item of its own, 1 to 3 for one below it."
    )
    marker = CleanCharField(
        max_length=8, blank=True, help_text="The bullet as printed; empty for a paragraph."
    )
    text = CleanTextField(help_text="Exactly the paper's words.")
    links = models.JSONField(
        default=list,
        blank=True,
        validators=[validate_links],
        help_text="Words in the text that the paper links, each with its target (may be empty).",
    )
    span_start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    span_end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    is_edited = models.BooleanField(
        "edited",
        default=False,
        editable=False,
        help_text="Staff changed the text after it was read from the document.",
    )

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    @property
    def span(self) -> tuple[int, int] | None:
        """The half-open range of the paper's ``source_text``; None for text typed by staff."""
        if self.span_start is None or self.span_end is None:
            return None
        return (self.span_start, self.span_end)

    def as_item(self) -> Item:
        """As comparison and pages read it."""
        return Item(
            text=self.text,
            level=self.level,
            marker=self.marker,
            links=tuple(Link(link["text"], link["target"]) for link in self.links),
            span=self.span,
            key=self.pk,
        )

    def clean(self) -> None:
        super().clean()
        try:
            validate_links(self.links)
        except ValidationError:
            return  # What is no list of links is refused as such; its words cannot be looked up.
        for link in self.links:
            if link["text"] not in self.text:
                raise ValidationError(
                    {"links": f"The linked words “{link['text']}” do not stand in the text."}
                )
        if self.span and self.span[1] > len(self.paper.source_text):  # type: ignore[attr-defined]
            raise ValidationError("The item points beyond the end of the source text.")

    def mark_edited(self, printed: str) -> None:
        """Note whether the text still is what its span of ``printed``, the source text, says."""
        if self.span:
            self.is_edited = not says_the_same(self.text, printed[slice(*self.span)])


def item_constraints(prefix: str, *within: str) -> list[models.BaseConstraint]:
    """The rules of every item; positions are unique within the paper and ``within``."""
    return [
        models.UniqueConstraint(
            fields=["paper", *within, "position"],
            name=f"{prefix}_position_is_unique",
            violation_error_message="Another item of this section has this position.",
        ),
        models.CheckConstraint(
            condition=Q(position__gte=1),
            name=f"{prefix}_position_from_one",
            violation_error_message="Positions are counted from 1.",
        ),
        models.CheckConstraint(
            condition=Q(level__gte=0, level__lte=MAX_LEVEL),
            name=f"{prefix}_level_in_range",
            violation_error_message="Levels go from 0 to 3.",
        ),
        is_filled("text", f"{prefix}_has_text", "An item needs its words."),
        models.CheckConstraint(
            condition=Q(span_start__isnull=True, span_end__isnull=True)
            # Said of both: a comparison with nothing is not false, so it would pass.
            | Q(
                span_start__isnull=False,
                span_end__isnull=False,
                span_end__gt=F("span_start"),
            ),
            name=f"{prefix}_span_is_a_range",
            violation_error_message="The place in the source text must end after it starts.",
        ),
    ]


class TrackedItem(PrintedItem):
    """An item outside Next Steps, which may promise something all the same."""

    also_next_step = models.BooleanField(
        "also track as next step",
        default=False,
        help_text="It stays in its section as printed, and is followed like a next step.",
    )
    # What staff state of it.
    outcomes: Any

    class Meta(PrintedItem.Meta):
        abstract = True

    def clean(self) -> None:
        """Refuse to forget a step of which staff state what became."""
        super().clean()
        if self.pk and not self.also_next_step and (number := self.outcomes.count()):
            rests = "1 outcome rests" if number == 1 else f"{number} outcomes rest"
            raise ValidationError(
                {
                    "also_next_step": f"“{self}” has to stay a step: {rests} on it. Remove that "
                    "first, among the steps to settle."
                }
            )

    def as_item(self) -> Item:
        """With the mark that staff follow it."""
        return replace(super().as_item(), is_tracked=self.also_next_step)


class SectionItem(TrackedItem):
    """An item of Background, Issue or another section."""

    paper = models.ForeignKey(IssuePaper, models.CASCADE, related_name="section_items")
    section = models.CharField(
        max_length=10,
        choices=[
            (SectionKind.BACKGROUND.value, "Background"),
            (SectionKind.ISSUE.value, "Issue"),
            (SectionKind.OTHER.value, "Other section"),
        ],
    )
    heading = CleanCharField(
        max_length=200, blank=True, help_text="Of another section, as printed; else empty."
    )

    objects = NaturalKeyManager(*PAPER_KEY, "section", "heading", "position")

    class Meta(TrackedItem.Meta):
        ordering = ["section", "heading", "position"]
        constraints = [
            *item_constraints("section_item", "section", "heading"),
            models.CheckConstraint(
                condition=Q(section="other") & ~Q(heading="")
                | Q(section__in=["background", "issue"], heading=""),
                name="section_item_heading_for_other",
                violation_error_message="An item of another section carries its heading; no other "
                "item does.",
            ),
        ]

    @property
    def section_key(self) -> tuple[str, str]:
        """The key of its section: kind, and heading of an other section."""
        return (self.section, self.heading)

    def natural_key(self) -> tuple[str, str, str, str, int]:
        return (*self.paper.natural_key(), self.section, self.heading, self.position)

    natural_key.dependencies = ["papers.issuepaper"]  # type: ignore[attr-defined]


class StatusItem(TrackedItem):
    """An item of Current Status."""

    paper = models.ForeignKey(IssuePaper, models.CASCADE, related_name="status_items")

    objects = NaturalKeyManager(*PAPER_KEY, "position")

    class Meta(TrackedItem.Meta):
        constraints = item_constraints("status_item")

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.paper.natural_key(), self.position)

    natural_key.dependencies = ["papers.issuepaper"]  # type: ignore[attr-defined]


class NextStep(PrintedItem):
    """An item of Next Steps: what somebody said would come."""

    class Owner(models.TextChoices):
        CBP = "cbp", "CBP"
        GROUP = "group", "The group"
        TRADE = "trade", "The trade"

    paper = models.ForeignKey(IssuePaper, models.CASCADE, related_name="next_steps")
    owner = models.CharField(
        max_length=5, choices=Owner, blank=True, help_text="Who is to do it; empty if not said."
    )
    due_words = CleanCharField(
        max_length=200,
        blank=True,
        help_text="When, in the paper's own words: “in its upcoming meeting(s)”. Never a date.",
    )

    objects = NaturalKeyManager(*PAPER_KEY, "position")

    class Meta(PrintedItem.Meta):
        constraints = [
            *item_constraints("next_step"),
            models.CheckConstraint(
                condition=Q(owner__in=["", "cbp", "group", "trade"]),
                name="next_step_owner_is_known",
                violation_error_message="A step is CBP's, the group's or the trade's.",
            ),
        ]

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.paper.natural_key(), self.position)

    natural_key.dependencies = ["papers.issuepaper"]  # type: ignore[attr-defined]

    def as_item(self) -> Item:
        """With its owner and due words."""
        return replace(super().as_item(), owner=self.owner, due_words=self.due_words)

    def clean(self) -> None:
        super().clean()
        if self.due_words and self.due_words not in self.text:
            raise ValidationError({"due_words": "The due words must stand in the step as printed."})
