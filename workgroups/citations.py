"""The sources of many rows at once, for pages that cite each fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import F, Model, Value

from workgroups.models import Source

FIELDS = ("pk", "key", "title", "url", "citation")


def attach_citations(*collections: Iterable[Model]) -> None:
    """Give each row a list ``citations`` of its sources by short name (1 query for all of them).

    The rows are of any models with a ``sources`` relation; those of one collection of one model.
    """
    rows: list[Sequence[Model]] = [list(collection) for collection in collections]
    queries = []
    for number, of_model in enumerate(rows):
        if not of_model:
            continue
        field = type(of_model[0])._meta.get_field("sources")
        owner = field.m2m_field_name()  # type: ignore[union-attr]
        links = field.remote_field.through.objects  # type: ignore[union-attr]
        queries.append(
            links.filter(**{f"{owner}__in": [row.pk for row in of_model]})
            .annotate(collection=Value(number), owner=F(f"{owner}_id"))
            .values_list("collection", "owner", *(f"source__{name}" for name in FIELDS))
        )
    found: dict[tuple[int, int], list[Source]] = defaultdict(list)
    if queries:
        for number, owner, *values in queries[0].union(*queries[1:], all=True):
            found[number, owner].append(Source(**dict(zip(FIELDS, values, strict=True))))
    for number, of_model in enumerate(rows):
        for row in of_model:
            citations = sorted(found[number, row.pk], key=lambda source: source.key)
            row.citations = citations  # type: ignore[attr-defined]
