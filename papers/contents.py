"""What many stored papers say, read in two queries whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import BooleanField, CharField, F, TextField, Value

from papers.content import Item, Link, PaperContent, Section, SectionKind
from papers.models import IssuePaper, NextStep, PaperSection, SectionItem, StatusItem

COLUMNS = (
    *("paper_id", "kind", "title", "position", "level", "marker", "text", "links"),
    *("span_start", "span_end", "owed_by", "due", "pk", "is_tracked"),
)


def load_contents(papers: Iterable[IssuePaper]) -> dict[int, PaperContent]:
    """Each paper's content by its primary key. The caller chooses papers: published ones."""
    by_key = {paper.pk: paper for paper in papers}
    if not by_key:
        return {}
    items = _items(list(by_key))
    sections: dict[int, list[Section]] = defaultdict(list)
    for section in PaperSection.objects.filter(paper__in=by_key).order_by("paper", "position"):
        sections[section.paper_id].append(
            Section(
                kind=SectionKind(section.kind),
                heading=section.heading,
                items=tuple(items[section.paper_id, *section.key]),
                remark=section.remark,
            )
        )
    return {key: paper.content_of(sections[key]) for key, paper in by_key.items()}


def _items(keys: list[int]) -> dict[tuple[int, str, str], list[Item]]:
    """Items in their order by (paper, kind, heading of an other section)."""
    nothing = {
        "owed_by": Value("", CharField()),
        "due": Value("", CharField()),
        "is_tracked": F("also_next_step"),
    }
    in_section = {"kind": F("section"), "title": F("heading"), **nothing}
    queries = [
        SectionItem.objects.filter(paper__in=keys).annotate(**in_section),
        StatusItem.objects.filter(paper__in=keys).annotate(
            kind=Value(SectionKind.CURRENT_STATUS.value, CharField()),
            title=Value("", TextField()),
            **nothing,
        ),
        NextStep.objects.filter(paper__in=keys).annotate(
            kind=Value(SectionKind.NEXT_STEPS.value, CharField()),
            title=Value("", TextField()),
            owed_by=F("owner"),
            due=F("due_words"),
            is_tracked=Value(False, BooleanField()),
        ),
    ]
    first, *others = [query.order_by().values_list(*COLUMNS) for query in queries]
    found: dict[tuple[int, str, str], list[tuple[int, Item]]] = defaultdict(list)
    for row in first.union(*others, all=True):
        paper, kind, title, position, level, marker, text, links, *others_of_row = row
        start, end, owner, due, row_key, is_tracked = others_of_row
        item = Item(
            text=text,
            level=level,
            marker=marker,
            links=tuple(Link(link["text"], link["target"]) for link in links),
            span=None if start is None else (start, end),
            owner=owner,
            due_words=due,
            key=row_key,
            is_tracked=bool(is_tracked),
        )
        found[paper, kind, title].append((position, item))
    items = {
        key: [item for _, item in sorted(of_section, key=lambda pair: pair[0])]
        for key, of_section in found.items()
    }
    return defaultdict(list, items)
