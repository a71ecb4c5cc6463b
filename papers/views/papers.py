"""The papers: a filterable list, and each as printed."""

from __future__ import annotations

from collections import Counter

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from papers.asof import parse_day
from papers.caching import public_page
from papers.comparison import Place
from papers.content import SECTION_LABELS, PaperContent, SectionKind
from papers.contents import Holdings, load_holdings
from papers.filters import PaperFilter, notes
from papers.following import follow_groups
from papers.marked import MarkedGroup
from papers.marks import CHANGE_MARKS
from papers.models import IssuePaper
from papers.tree import Node, section_trees
from workgroups.citations import attach_citations
from workgroups.models import Meeting, WorkingGroup

PAGE_SIZE = 50


@public_page
def paper_list(request: HttpRequest) -> HttpResponse:
    """Every published paper, newest meeting first."""
    papers = IssuePaper.objects.published().with_subject().with_counts()
    papers = papers.order_by("-meeting__held_on", "working_group__name")
    filters = PaperFilter(request.GET, papers)
    kinds = Counter(filters.qs.order_by().values_list("source_kind", flat=True))
    pages = Paginator(filters.qs, PAGE_SIZE)
    # Counted already: one query less.
    pages.count = kinds.total()
    page = pages.get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": filters,
        "paper_count": kinds[IssuePaper.SourceKind.ISSUE_PAPER],
        "summary_count": kinds[IssuePaper.SourceKind.SUMMARY],
        "page": page,
        "page_range": list(pages.get_elided_page_range(page.number)),
        "query": query.urlencode(),
        "notes": notes(filters),
    }
    return render(request, "papers/paper_list.html", context)


@public_page
def papers_of_meeting(request: HttpRequest, day: str) -> HttpResponse:
    """The folder of a meeting's papers is the meeting's page."""
    held_on = parse_day(day)
    if held_on is None:
        raise Http404
    # Of a meeting that has another date by now, in one hop (S35).
    meeting = Meeting.objects.known_as(held_on)
    address = meeting.get_absolute_url() if meeting else reverse("meeting_detail", args=[day])
    return HttpResponsePermanentRedirect(address)


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
    attach_citations([paper])
    holdings = load_holdings(published.of_group(paper.working_group))
    siblings = holdings.papers
    place = siblings.index(paper)
    context = {
        "paper": paper,
        "corrections": list(paper.corrections.all()),
        "previous": siblings[place + 1] if place + 1 < len(siblings) else None,
        "next": siblings[place - 1] if place else None,
        **(of_summary if paper.is_summary else of_issue_paper)(paper, holdings),
    }
    return render(request, "papers/paper_detail.html", context)


def of_summary(paper: IssuePaper, holdings: Holdings) -> dict[str, object]:
    """What a page shows that is compared with nothing: a summary's words are this site's."""
    content = holdings.contents[paper.pk]
    return {
        "sections": numbered_sections(content, section_trees(content)),
        "absent": [SECTION_LABELS[kind] for kind in content.absent_sections],
        "changes_address": "",
    }


def of_issue_paper(paper: IssuePaper, holdings: Holdings) -> dict[str, object]:
    """What a paper says, each item with what became of it since the group's paper before."""
    group = WorkingGroup.objects.with_history().get(pk=paper.working_group_id)
    meetings, today = Meeting.objects.all(), timezone.localdate()
    followed = follow_groups([group], meetings, today, holdings)[group.pk]
    index = followed.index_of(paper.meeting.held_on)
    content = followed.contents[index] if index is not None else None
    if index is None or content is None:
        # Its meeting was cancelled or put off: nobody can tell when the paper is reported.
        return of_summary(paper, holdings)
    marked, before = MarkedGroup(followed), followed.index_before(index)
    changes = followed.status_changes(index)
    gone = marked.gone_by_section(index)
    sections = numbered_sections(content, marked.trees(index, with_history=True))
    for section, prepared in zip(content.sections, sections, strict=True):
        heading = section.heading if section.kind is SectionKind.OTHER else ""
        prepared["gone"] = gone.pop(Place(section.kind, 0, heading).section_key, [])
    return {
        "sections": sections,
        "absent": [SECTION_LABELS[kind] for kind in content.absent_sections],
        # Of sections that this paper does not have.
        "gone_elsewhere": [it for of_section in gone.values() for it in of_section],
        "before": followed.meetings[before] if before is not None else None,
        "counts": changes.counts if changes else None,
        "changes_address": marked.changes_address(before, index) if before is not None else "",
        "is_first": before is None,
        "change_marks": CHANGE_MARKS.values() if changes else [],
        "step_marks": marked.step_marks(),
    }


def numbered_sections(content: PaperContent, trees: list[list[Node]]) -> list[dict[str, object]]:
    """Each section with its anchor, its heading and its items as a tree of numbered nodes."""
    prepared: list[dict[str, object]] = []
    for count, (section, nodes) in enumerate(zip(content.sections, trees, strict=True), start=1):
        is_other = section.kind is SectionKind.OTHER
        prepared.append(
            {
                "anchor": f"section-{count}" if is_other else section.kind.value,
                "heading": section.heading or SECTION_LABELS[section.kind],
                "items": nodes,
                "remark": section.remark,
                # Bullets show as such only where paragraphs stand between them.
                "is_mixed": len({bool(item.marker) for item in section.items}) > 1,
                "gone": [],
            }
        )
    return prepared
