"""What helps to read the site: the glossary, and what is held and what is missing."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from papers.caching import public_page
from papers.marks import (
    AGAIN_MARK,
    CHANGE_MARKS,
    ENDED_MARK,
    FACT_MARKS,
    OPEN_MARK,
    OUTCOME_MARKS,
    TRACKED_MARK,
)
from papers.models import IssuePaper
from papers.reports import MARKS, Reports, is_whole
from workgroups.models import (
    CommitteeEvent,
    GlossaryEntry,
    GroupEvent,
    Meeting,
    Mention,
    Source,
    Subcommittee,
    WorkingGroup,
)
from workgroups.reporting import REPORTING_LABELS, REPORTING_MEANINGS


@public_page
def glossary(request: HttpRequest) -> HttpResponse:
    """The committee's words, in the order of the alphabet."""
    entries = sorted(GlossaryEntry.objects.all(), key=lambda entry: entry.term.casefold())
    letters = [
        (letter, list(of_letter))
        for letter, of_letter in groupby(entries, key=lambda entry: entry.term[0].upper())
    ]
    return render(request, "papers/glossary.html", {"letters": letters, "total": len(entries)})


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """How to read the site, what it holds, what is missing, and how fresh it is."""
    papers = list(IssuePaper.objects.published().with_subject())
    every = list(Meeting.objects.all())
    meetings = [it for it in every if it.took_place]
    kinds = Counter(paper.source_kind for paper in papers)
    by_meeting = Counter(paper.meeting_id for paper in papers if not paper.is_summary)
    whole = _whole([it for it in meetings if it.record_complete and by_meeting[it.pk]])
    context = {
        "marks": [
            (MARKS[mark], label, REPORTING_MEANINGS[mark])
            for mark, label in REPORTING_LABELS.items()
        ],
        "change_marks": CHANGE_MARKS.values(),
        "fact_marks": [*FACT_MARKS.values(), AGAIN_MARK, TRACKED_MARK, OPEN_MARK, ENDED_MARK],
        "outcome_marks": OUTCOME_MARKS.values(),
        "paper_count": kinds[IssuePaper.SourceKind.ISSUE_PAPER],
        "summary_count": kinds[IssuePaper.SourceKind.SUMMARY],
        "group_count": WorkingGroup.objects.count(),
        "meetings": meetings,
        # Papers are published some days before their meeting.
        "with_papers": [(it, by_meeting[it.pk], it in whole) for it in every if by_meeting[it.pk]],
        "without_papers": [it for it in meetings if not by_meeting[it.pk]],
        "latest": next((it for it in every if by_meeting[it.pk]), None),
        "last_published": max((paper.published_at for paper in papers), default=None),
        "sources": publicly_cited(papers),
    }
    return render(request, "papers/about.html", context)


def _whole(meetings: list[Meeting]) -> list[Meeting]:
    """Those of which every paper is held. No query for no meeting."""
    if not meetings:
        return []
    reports = Reports(WorkingGroup.objects.with_history(), meetings)
    return [it for it in meetings if is_whole(it, reports.of_meeting(it))]


def publicly_cited(papers: list[IssuePaper]) -> QuerySet[Source]:
    """Sources with an address that public rows rest on; of papers, only these (S01)."""
    of_papers = IssuePaper.sources.through.objects.filter(issuepaper__in=papers)
    cited = Q(pk__in=of_papers.values("source"))
    for model in (Meeting, Subcommittee, WorkingGroup, GroupEvent, CommitteeEvent, Mention):
        cited |= Q(pk__in=model.sources.through.objects.values("source"))
    return Source.objects.filter(cited).exclude(url="").order_by("title", "key")
