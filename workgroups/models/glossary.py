"""The committee's words."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from workgroups.models.text import CleanCharField, CleanTextField, is_filled, validate_name
from workgroups.querysets import NaturalKeyManager


class GlossaryEntry(models.Model):
    """One term of the field, in a sentence or two."""

    term = CleanCharField(max_length=120, unique=True, validators=[validate_name])
    slug = models.SlugField(max_length=80, unique=True, help_text="Its place on the page.")
    abbreviation = CleanCharField(max_length=24, blank=True)
    meaning = CleanTextField()

    objects = NaturalKeyManager("slug")

    class Meta:
        verbose_name_plural = "glossary entries"
        ordering = ["term"]
        constraints = [
            is_filled("term", "glossary_has_term", "An entry needs its term."),
            is_filled("meaning", "glossary_has_meaning", "An entry needs its meaning."),
        ]

    def __str__(self) -> str:
        return self.term

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return f"{reverse('glossary')}#{self.slug}"
