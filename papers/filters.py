"""The filters of the lists. Each is a form with an allow-list; a wrong value is ignored (S14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from papers.models import IssuePaper
from workgroups.history import STATE_LABELS, Standing
from workgroups.models import Meeting, Mention, Term, WorkingGroup

MAX_WORDS = 100


class StandingChoices(django_filters.MultipleChoiceFilter):
    """Check boxes whose rows are chosen by a property of the standing on the page's day."""

    def __init__(self, prop: str, **kwargs: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **kwargs)
        self.prop = prop

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        """Keep the groups whose standing has one of the values; all, where none is chosen."""
        if not value:
            return qs
        standings = self.parent.standings.items()
        return qs.filter(pk__in=[pk for pk, it in standings if getattr(it, self.prop) in value])


class GroupFilter(django_filters.FilterSet):
    """The list of groups, on one day: ``standings`` gives each group's, by its primary key."""

    q = django_filters.CharFilter(
        label="Words in a name or former name", method="filter_words", max_length=MAX_WORDS
    )
    subcommittee = StandingChoices("subcommittee", label="Subcommittee")
    kind = StandingChoices("group_kind", label="Kind", choices=WorkingGroup.Kind.choices)
    state = StandingChoices(
        "state",
        label="State",
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
    )
    term = django_filters.ModelChoiceFilter(
        label="Reported in term",
        queryset=Term.objects.all(),
        to_field_name="number",
        empty_label="Any term",
        method="filter_term",
    )

    class Meta:
        model = WorkingGroup
        fields: list[str] = []

    def __init__(
        self,
        *args: Any,
        standings: Mapping[int, Standing],
        subcommittees: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.standings = standings
        self.filters["subcommittee"].extra["choices"] = list(subcommittees.items())

    def filter_words(self, groups: Any, name: str, value: str) -> Any:
        """Each word in the name, the acronym, a former name or an alias."""
        return groups.named_like(value)

    def filter_term(self, groups: Any, name: str, value: Term) -> Any:
        """Groups that a source or a published paper names at a meeting of the term."""
        here = {"meeting__term": value}
        papers = IssuePaper.objects.published().filter(working_group=OuterRef("pk"), **here)
        mentions = Mention.objects.filter(group=OuterRef("pk"), **here)
        return groups.filter(Exists(papers) | Exists(mentions))

    def facets(self) -> dict[str, Counter[str]]:
        """How many groups each check box stands for, by filter."""
        return {
            name: Counter(getattr(it, each.prop) for it in self.standings.values())
            for name, each in self.filters.items()
            if isinstance(each, StandingChoices)
        }


class GroupChoice(django_filters.fields.ModelChoiceField):
    """A choice of groups by address; a former address stands for its group."""

    def to_python(self, value: Any) -> Any:
        """Also raises ValidationError, as any choice, for what never was an address."""
        try:
            return super().to_python(value)
        except forms.ValidationError:
            group = self.queryset.known_as(str(value)) if "\0" not in str(value) else None
            if group is None:
                raise
            return group


class GroupFormerlyKnownFilter(django_filters.ModelChoiceFilter):
    """``GroupChoice`` as a filter."""

    field_class = GroupChoice


class PaperFilter(django_filters.FilterSet):
    """The list of published papers."""

    q = django_filters.CharFilter(
        label="Words in a group's name or Pub#", method="filter_words", max_length=MAX_WORDS
    )
    group = GroupFormerlyKnownFilter(
        label="Group",
        field_name="working_group",
        queryset=WorkingGroup.objects.all(),
        to_field_name="slug",
        empty_label="Any group",
    )
    meeting = django_filters.ModelChoiceFilter(
        label="Meeting",
        queryset=Meeting.objects.held(),
        to_field_name="held_on",
        empty_label="Any meeting",
    )
    source = django_filters.ChoiceFilter(
        label="Kind of source",
        field_name="source_kind",
        choices=IssuePaper.SourceKind.choices,
        empty_label="Any source",
    )

    class Meta:
        model = IssuePaper
        fields: list[str] = []

    def filter_words(self, papers: Any, name: str, value: str) -> Any:
        """Each word in the group's name, today's, former or as printed, or in the Pub#."""
        for word in value.split():
            groups = WorkingGroup.objects.named_like(word)
            papers = papers.filter(
                Q(working_group__in=groups)
                | Q(group_as_printed__icontains=word)
                | Q(pub_number__icontains=word)
            )
        return papers


def notes(filterset: django_filters.FilterSet) -> list[str]:
    """A sentence for each value in the address that was ignored. None repeats the value."""
    fields = filterset.form.fields
    return [
        f"The filter “{fields[name].label}” {_reason(fields[name])} It was ignored."
        for name in filterset.form.errors
        if name in fields
    ]


def _reason(field: forms.Field) -> str:
    if isinstance(field, forms.CharField):
        return f"takes up to {MAX_WORDS} plain characters."
    return "has no such choice."
