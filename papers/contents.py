"""What many stored papers say, read in one query whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, CharField, F, IntegerField, JSONField, TextField, Value

from papers.content import Item, Link, PaperContent, Section, SectionKind
from papers.models import IssuePaper, NextStep, PaperSection, SectionItem, StatusItem
from papers.querysets import IssuePaperQuerySet

COLUMNS = (
    *("paper_id", "kind", "title", "position", "of_item", "of_mark", "words", "of_links"),
    *("starts", "ends", "owed_by", "due", "row_key", "is_tracked", "is_section"),
)
_SectionKey = tuple[int, str, str]


@dataclass(frozen=True)
class Holdings:
    """Papers and what each says by its primary key; group and meeting are read with them."""

    papers: Sequence[IssuePaper]
    contents: Mapping[int, PaperContent]

    def of(self, groups: Collection[int], meetings: Collection[int]) -> list[IssuePaper]:
        """The papers of these groups at these meetings, by their primary keys."""
        return [
            it for it in self.papers if it.working_group_id in groups and it.meeting_id in meetings
        ]


_STATUS = SectionKind.CURRENT_STATUS


def load_holdings(papers: IssuePaperQuerySet) -> Holdings:
    """Papers, each with its counts and its first status item, and their contents (2 queries).

    The caller chooses papers: published ones. The text that they were read from is not read.
    """
    found = list(papers.with_subject().defer("source_text"))
    contents = load_contents(found)
    for paper in found:
        status = contents[paper.pk].items(_STATUS)
        paper.status_count = len(status)
        paper.first_status = status[0].text if status else ""
        paper.step_count = len(contents[paper.pk].items(SectionKind.NEXT_STEPS))
    return Holdings(found, contents)


def load_contents(papers: Iterable[IssuePaper]) -> dict[int, PaperContent]:
    """Each paper's content by its primary key. The caller chooses papers: published ones."""
    by_key = {paper.pk: paper for paper in papers}
    if not by_key:
        return {}
    items: dict[_SectionKey, list[tuple[int, Item]]] = defaultdict(list)
    sections: dict[int, list[tuple[int, str, str, str]]] = defaultdict(list)
    for row in _rows(list(by_key)):
        paper, kind, title, position, level, marker, words, *rest, is_section = row
        if is_section:
            sections[paper].append((position, kind, title, words))
        else:
            item = _item(level, marker, words, *rest)
            items[paper, kind, title].append((position, item))
    return {
        key: paper.content_of(_section(key, of_row, items) for of_row in sorted(sections[key]))
        for key, paper in by_key.items()
    }


def _section(
    paper: int, row: tuple[int, str, str, str], items: Mapping[_SectionKey, list[tuple[int, Item]]]
) -> Section:
    _, kind, heading, remark = row
    # The usual sections are known by their kind alone, however they are headed.
    title = heading if kind == SectionKind.OTHER else ""
    found = sorted(items.get((paper, kind, title), ()), key=lambda pair: pair[0])
    return Section(SectionKind(kind), heading, tuple(item for _, item in found), remark)


def _item(
    level: int,
    marker: str,
    text: str,
    links: list[dict[str, str]],
    start: int | None,
    end: int | None,
    owner: str,
    due: str,
    key: int,
    is_tracked: bool,
) -> Item:
    return Item(
        text=text,
        level=level,
        marker=marker,
        links=tuple(Link(link["text"], link["target"]) for link in links or ()),
        span=None if start is None or end is None else (start, end),
        owner=owner,
        due_words=due,
        key=key,
        is_tracked=bool(is_tracked),
    )


def _rows(keys: list[int]) -> Iterable[tuple[Any, ...]]:
    """The items and the sections of papers as rows of the same columns."""
    nothing = Value("", CharField())
    as_item = {
        "of_item": F("level"),
        "of_mark": F("marker"),
        "words": F("text"),
        "of_links": F("links"),
        "starts": F("span_start"),
        "ends": F("span_end"),
        "row_key": F("pk"),
        "is_section": Value(False, BooleanField()),
    }
    outside_steps = {"owed_by": nothing, "due": nothing, "is_tracked": F("also_next_step")}
    queries = [
        SectionItem.objects.filter(paper__in=keys).annotate(
            kind=F("section"), title=F("heading"), **as_item, **outside_steps
        ),
        StatusItem.objects.filter(paper__in=keys).annotate(
            kind=Value(_STATUS.value, CharField()),
            title=Value("", TextField()),
            **as_item,
            **outside_steps,
        ),
        NextStep.objects.filter(paper__in=keys).annotate(
            kind=Value(SectionKind.NEXT_STEPS.value, CharField()),
            title=Value("", TextField()),
            owed_by=F("owner"),
            due=F("due_words"),
            is_tracked=Value(False, BooleanField()),
            **as_item,
        ),
        PaperSection.objects.filter(paper__in=keys).annotate(
            title=F("heading"),
            of_item=Value(0, IntegerField()),
            of_mark=nothing,
            words=F("remark"),
            of_links=Value([], JSONField()),
            starts=Value(None, IntegerField()),
            ends=Value(None, IntegerField()),
            owed_by=nothing,
            due=nothing,
            row_key=F("pk"),
            is_tracked=Value(False, BooleanField()),
            is_section=Value(True, BooleanField()),
        ),
    ]
    first, *others = [query.order_by().values_list(*COLUMNS) for query in queries]
    return first.union(*others, all=True)
