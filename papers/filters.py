"""The filters of the lists. Each is a form with an allow-list; a wrong value is ignored (S14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from papers.asof import parse_day
from papers.ledger import ENDED, OPEN, OWNER_LABELS, SETTLED, SUBCOMMITTEE_UNKNOWN, Row
from papers.models import IssuePaper
from papers.reports import reported_at
from papers.threads import OUTCOME_LABELS
from workgroups.history import STATE_LABELS, Standing
from workgroups.models import Meeting, Term, WorkingGroup

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
    """The list of ``groups``, which come ``with_history()``, on one day.

    ``standings`` gives each group's on it, by its primary key.
    """

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
        groups: Iterable[WorkingGroup],
        day: date,
        standings: Mapping[int, Standing],
        subcommittees: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        self.day = day
        self.standings = standings
        self.filters["subcommittee"].extra["choices"] = list(subcommittees.items())

    def filter_words(self, groups: Any, name: str, value: str) -> Any:
        """Each word in the name, the acronym, a former name or an alias."""
        return groups.named_like(value)

    def filter_term(self, groups: Any, name: str, value: Term) -> Any:
        """Groups of which a published paper, a summary or a source tells that they reported.

        At a meeting of the term that was held by the day: what is still to come is no report.
        """
        here = Q(
            meeting__term=value,
            meeting__status=Meeting.Status.HELD,
            meeting__held_on__lte=self.day,
        )
        papers = IssuePaper.objects.published().filter(here, working_group=OuterRef("pk"))
        return groups.filter(Exists(papers) | Q(pk__in=reported_at(here, self.groups)))

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


class MeetingChoice(django_filters.fields.ModelChoiceField):
    """A choice of meetings by date; a former date stands for its meeting (S35)."""

    def to_python(self, value: Any) -> Any:
        """Also raises ValidationError, as any choice, for what never was a meeting's date."""
        try:
            return super().to_python(value)
        except forms.ValidationError:
            day = parse_day(str(value))
            meeting = self.queryset.known_as(day) if day else None
            if meeting is None:
                raise
            return meeting


class MeetingFormerlyKnownFilter(django_filters.ModelChoiceFilter):
    """``MeetingChoice`` as a filter."""

    field_class = MeetingChoice


class PaperFilter(django_filters.FilterSet):
    """The list of published papers."""

    q = django_filters.CharFilter(
        label="Words in a group’s name or Pub#", method="filter_words", max_length=MAX_WORDS
    )
    group = GroupFormerlyKnownFilter(
        label="Group",
        field_name="working_group",
        queryset=WorkingGroup.objects.all(),
        to_field_name="slug",
        empty_label="Any group",
    )
    meeting = MeetingFormerlyKnownFilter(
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


class FormerlyKnownChoice(forms.ChoiceField):
    """A choice by address; ``now`` gives today's address for a former one, else None."""

    def __init__(self, *, now: Callable[[str], str | None], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.now = now

    def to_python(self, value: Any) -> str:
        """The value of today."""
        given = super().to_python(value)
        if not given or self.valid_value(given) or "\0" in given:
            return given
        return self.now(given) or given


def _slug_now(slug: str) -> str | None:
    group = WorkingGroup.objects.known_as(slug)
    return group.slug if group else None


def _date_now(day: str) -> str | None:
    held_on = parse_day(day)
    meeting = Meeting.objects.known_as(held_on) if held_on else None
    return meeting.held_on.isoformat() if meeting else None


# The ages that a reader may ask for: open for at least so many meetings.
AGES = (1, 2, 4)


class StepForm(forms.Form):
    """What the ledger of next steps can be narrowed by. Nothing chosen in a field: everything."""

    state = forms.MultipleChoiceField(
        label="State", required=False, widget=forms.CheckboxSelectMultiple
    )
    age = forms.ChoiceField(
        label="Open for",
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", "Any time"),
            *((str(age), f"{age} meeting{'s' if age > 1 else ''} or more") for age in AGES),
        ],
    )
    subcommittee = forms.MultipleChoiceField(
        label="Subcommittee", required=False, widget=forms.CheckboxSelectMultiple
    )
    owner = forms.MultipleChoiceField(
        label="Who is to do it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(OWNER_LABELS.items()),
    )
    evidence = forms.ChoiceField(
        label="Evidence in a later paper",
        required=False,
        widget=forms.RadioSelect,
        choices=[("", "Either way"), ("yes", "Yes"), ("no", "No")],
    )
    group = FormerlyKnownChoice(label="Group", required=False, now=_slug_now)
    made = FormerlyKnownChoice(label="Made at the meeting of", required=False, now=_date_now)


class StepFilter:
    """The ledger's rows that fit what the address asks for.

    ``subcommittees`` and ``groups`` are names by slug, ``meetings`` those that may be asked for,
    the newest first. Outcomes can be chosen only where staff stated them, so that the form never
    names one that nobody stated.
    """

    def __init__(
        self,
        data: Any,
        rows: Sequence[Row],
        subcommittees: Mapping[str, str],
        groups: Mapping[str, str],
        meetings: Iterable[Meeting],
    ) -> None:
        self.all = rows
        self.form = StepForm(data)
        self.labels: dict[str, dict[str, str]] = {
            "state": {
                OPEN: "Open",
                ENDED: "Open when the group ended",
                SETTLED: "Settled, stated by staff",
                **{
                    outcome.value: f"{label}, stated by staff"
                    for outcome, label in OUTCOME_LABELS.items()
                    if any(outcome in row.outcomes for row in rows)
                },
            },
            "subcommittee": {**subcommittees, SUBCOMMITTEE_UNKNOWN: "Not known"},
            "group": {"": "Any group", **groups},
            "made": {"": "Any meeting", **{it.held_on.isoformat(): it.name for it in meetings}},
        }
        for name, labels in self.labels.items():
            self._offer(name, labels)
        self.form.is_valid()
        self.chosen = {
            name: {value} if isinstance(value, str) else set(value)
            for name, value in self.form.cleaned_data.items()
            if value
        }
        for name in ("group", "made"):
            counts = self.facets[name]
            counted = {
                value: f"{label} ({counts[value]})" if counts[value] and value else label
                for value, label in self.labels[name].items()
            }
            self._offer(name, counted)

    def _offer(self, name: str, labels: Mapping[str, str]) -> None:
        field = self.form.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = list(labels.items())

    @property
    def is_filtered(self) -> bool:
        """Whether the address asks for anything, sensible or not."""
        return bool(self.chosen or self.form.errors)

    @cached_property
    def rows(self) -> list[Row]:
        """What fits, in the order of the ledger."""
        return [row for row in self.all if not self._failing(_values_of(row))]

    @cached_property
    def facets(self) -> dict[str, Counter[str]]:
        """How many rows each choice would show beside the other filters as they are."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in self.form.fields}
        for row in self.all:
            values = _values_of(row)
            failing = self._failing(values)
            if len(failing) > 1:
                continue
            for name in failing or counts:
                counts[name].update(values[name])
        return counts

    def _failing(self, values: Mapping[str, set[str]]) -> list[str]:
        return [name for name, wanted in self.chosen.items() if not wanted & values[name]]


def _values_of(row: Row) -> dict[str, set[str]]:
    """What one row answers to, by filter; "" is counted where a choice stands for all."""
    return {
        "state": {row.state, *(outcome.value for outcome in row.outcomes)},
        "age": {"", *(str(age) for age in AGES if row.open_for >= age)},
        "subcommittee": {row.subcommittee},
        "owner": {row.owner},
        "evidence": {"", "yes" if row.has_evidence else "no"},
        "group": {row.group.slug},
        "made": {row.made.held_on.isoformat()},
    }


def notes(filterset: django_filters.FilterSet | StepFilter) -> list[str]:
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
