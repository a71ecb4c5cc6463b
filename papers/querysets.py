"""``is_published``, the one rule of what the public may see, and every question about papers."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from workgroups.models import Meeting, WorkingGroup
from workgroups.querysets import ByNaturalKey


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

    def for_meeting(self, meeting: Meeting) -> IssuePaperQuerySet:
        """... to one meeting, with group and counts, by the group's name."""
        papers = self.filter(meeting=meeting).with_subject().with_counts()
        return papers.order_by("working_group__name")

    def for_timeline(self, group: WorkingGroup) -> IssuePaperQuerySet:
        """... of one group, newest meeting first, with items and steps (3 queries)."""
        papers = self.filter(working_group=group).with_subject().order_by("-meeting__held_on")
        return papers.prefetch_related("status_items", "next_steps")

    def with_subject(self) -> IssuePaperQuerySet:
        """... with group and meeting, in the same query."""
        return self.select_related("working_group", "meeting")

    def with_everything(self) -> IssuePaperQuerySet:
        """... with all that ``content()`` and the paper's page read (7 queries)."""
        return self.with_subject().prefetch_related(
            "sections", "section_items", "status_items", "next_steps", "corrections", "sources"
        )

    def with_counts(self) -> IssuePaperQuerySet:
        """Add ``status_count`` and ``step_count``."""
        return self.annotate(
            status_count=Count("status_items", distinct=True),
            step_count=Count("next_steps", distinct=True),
        )
