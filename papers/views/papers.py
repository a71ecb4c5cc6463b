"""The papers: a filterable list, and each as printed."""

from __future__ import annotations

from itertools import chain

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from papers.asof import parse_day
from papers.caching import public_page
from papers.content import SECTION_LABELS, SECTION_LETTERS, Section, SectionKind, item_numbers
from papers.contents import load_contents
from papers.filters import PaperFilter, notes
from papers.models import IssuePaper
from papers.tree import Node, as_tree
from workgroups.citations import attach_citations

PAGE_SIZE = 50


@public_page
def paper_list(request: HttpRequest) -> HttpResponse:
    """Every published paper, newest meeting first."""
    papers = IssuePaper.objects.published().with_subject().with_counts()
    papers = papers.order_by("-meeting__held_on", "working_group__name")
    filters = PaperFilter(request.GET, papers)
    pages = Paginator(filters.qs, PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": filters,
        "page": page,
        "page_range": list(pages.get_elided_page_range(page.number)),
        "query": query.urlencode(),
        "notes": notes(filters),
    }
    return render(request, "papers/paper_list.html", context)


@public_page
def papers_of_meeting(request: HttpRequest, day: str) -> HttpResponse:
    """The folder of a meeting's papers is the meeting's page."""
    if parse_day(day) is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse("meeting_detail", args=[day]))


@public_page
def paper_detail(request: HttpRequest, day: str, slug: str) -> HttpResponse:
    """One paper as printed. A draft's address answers like one that was never there (S03)."""
    held_on = parse_day(day)
    published = IssuePaper.objects.published()
    paper = published.select_related("original").known_as(held_on, slug) if held_on else None
    if paper is None:
        raise Http404
    if (paper.working_group.slug, paper.meeting.held_on) != (slug, held_on):
        return HttpResponsePermanentRedirect(paper.get_absolute_url())
    content = load_contents([paper])[paper.pk]
    attach_citations([paper])
    siblings = list(published.of_group(paper.working_group).with_subject())
    place = siblings.index(paper)
    context = {
        "paper": paper,
        "content": content,
        "corrections": paper.corrections.all(),
        "sections": numbered_sections(content.sections),
        "absent": [SECTION_LABELS[kind] for kind in content.absent_sections],
        "previous": siblings[place + 1] if place + 1 < len(siblings) else None,
        "next": siblings[place - 1] if place else None,
    }
    return render(request, "papers/paper_detail.html", context)


def numbered_sections(sections: tuple[Section, ...]) -> list[dict[str, object]]:
    """Each section with its anchor, its heading and its items as a tree of numbered nodes.

    The items of all other sections are counted through, so that no number stands twice.
    """
    others = [section for section in sections if section.kind is SectionKind.OTHER]
    numbers = item_numbers(
        SECTION_LETTERS[SectionKind.OTHER],
        (item.level for item in chain.from_iterable(section.items for section in others)),
    )
    prepared: list[dict[str, object]] = []
    for count, section in enumerate(sections, start=1):
        is_other = section.kind is SectionKind.OTHER
        letters = item_numbers(SECTION_LETTERS[section.kind], (it.level for it in section.items))
        source = numbers if is_other else letters
        nodes: list[Node] = as_tree([(next(source), item) for item in section.items])
        prepared.append(
            {
                "anchor": f"section-{count}" if is_other else section.kind.value,
                "heading": section.heading or SECTION_LABELS[section.kind],
                "items": nodes,
                "remark": section.remark,
                # Bullets show as such only where paragraphs stand between them.
                "is_mixed": len({bool(item.marker) for item in section.items}) > 1,
            }
        )
    return prepared
