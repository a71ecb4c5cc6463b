"""``is_published``, the one rule of what the public may see, and every question about papers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from workgroups.models import WorkingGroup
from workgroups.querysets import ByNaturalKey

if TYPE_CHECKING:
    from papers.models import IssuePaper


def is_published(via: str = "") -> Q:
    """The one rule for what the public may see; ``via`` reaches it from a related row."""
    return Q(**{f"{via}published_at__lte": timezone.now()})


class IssuePaperQuerySet(ByNaturalKey, models.QuerySet):
    """Papers ..."""

    natural_key_fields = ("working_group__slug", "meeting__held_on")

    def published(self) -> IssuePaperQuerySet:
        """... that the public may see. Every public page begins here (S01)."""
        return self.filter(is_published())

    def drafts(self) -> IssuePaperQuerySet:
        """... that only staff may see."""
        return self.exclude(is_published())

    def issue_papers(self) -> IssuePaperQuerySet:
        """... that are the Government's own, not somebody's summary."""
        return self.filter(source_kind="government-issue-paper")

    def up_to(self, day: date) -> IssuePaperQuerySet:
        """... to meetings on or before a day."""
        return self.filter(meeting__held_on__lte=day)

    def of_group(self, group: WorkingGroup) -> IssuePaperQuerySet:
        """... of one group, newest meeting first."""
        return self.filter(working_group=group).order_by("-meeting__held_on")

    def known_as(self, day: date, slug: str) -> IssuePaper | None:
        """The paper whose address this is, else was: its meeting's date and its group's slug."""
        papers = self.with_subject()
        now = papers.filter(meeting__held_on=day, working_group__slug=slug).first()
        return now or (
            papers.filter(Q(meeting__held_on=day) | Q(meeting__former_dates__held_on=day))
            .filter(Q(working_group__slug=slug) | Q(working_group__former_slugs__slug=slug))
            .distinct()
            .first()
        )

    def with_subject(self) -> IssuePaperQuerySet:
        """... with group and meeting, in the same query."""
        return self.select_related("working_group", "meeting")

    def with_counts(self) -> IssuePaperQuerySet:
        """Add ``status_count`` and ``step_count``."""
        return self.annotate(
            status_count=Count("status_items", distinct=True),
            step_count=Count("next_steps", distinct=True),
        )


class StepOutcomeQuerySet(models.QuerySet):
    """What staff state about steps ..."""

    def public(self) -> StepOutcomeQuerySet:
        """... that the public may read (S01).

        The step's paper and that of the evidence are published, and so is the group's paper for
        the outcome's meeting, where there was one when this was stated. A draft that was added or
        deleted since neither hides nor shows anything.
        """
        steps = ("next_step", "status_item", "section_item")
        of_public_step = Q()
        for field in steps:
            of_public_step |= is_published(f"{field}__paper__")
        found = self.filter(of_public_step)
        for field in ("evidence", "evidence_step"):
            found = found.filter(Q(**{field: None}) | is_published(f"{field}__paper__"))
        papers = apps.get_model("papers", "IssuePaper").objects.published()
        group = Coalesce(*(f"{field}__paper__working_group" for field in steps))
        behind = papers.filter(meeting=OuterRef("meeting"), working_group=OuterRef("of_group"))
        return found.annotate(of_group=group).filter(Q(rests_on_paper=False) | Exists(behind))

    def of_papers(self, papers: Iterable[int]) -> StepOutcomeQuerySet:
        """... whose steps stand in these papers, by their primary keys."""
        keys = list(papers)
        return self.filter(
            Q(next_step__paper__in=keys)
            | Q(status_item__paper__in=keys)
            | Q(section_item__paper__in=keys)
        )
