"""The ledger of next steps: what the papers print as such, and what was heard of it."""

from __future__ import annotations

from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from papers.asof import read_asof
from papers.caching import public_page
from papers.filters import StepFilter, notes
from papers.following import follow_groups
from papers.ledger import ENDED, OPEN, SETTLED, age_chart, build_ledger
from workgroups.models import Meeting, Subcommittee, WorkingGroup

PAGE_SIZE = 100
STATES = (OPEN, ENDED, SETTLED)


@public_page
def next_steps(request: HttpRequest) -> HttpResponse:
    """Every next step of every group: open, open when its group ended, settled by staff."""
    asof = read_asof(request)
    groups = list(WorkingGroup.objects.with_history())
    followed = follow_groups(groups, Meeting.objects.all(), asof.day)
    meetings = {meeting for each in followed.values() for meeting in each.meetings}
    latest = max(meetings, key=lambda it: it.held_on, default=None)
    rows = build_ledger(followed.values(), asof.day)
    names = {group.slug: group.standing_on(asof.day).name for group in groups}
    filters = StepFilter(
        request.GET,
        rows,
        subcommittees={each.slug: each.name for each in Subcommittee.objects.all()},
        groups=dict(sorted(names.items(), key=lambda it: it[1].casefold())),
        meetings=sorted(meetings, key=lambda it: it.held_on, reverse=True),
    )
    found = {state: [it for it in filters.rows if it.state == state] for state in STATES}
    pages = Paginator(filters.rows, PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "asof": asof,
        "filter": filters,
        "counts": {state: len(of_state) for state, of_state in found.items()},
        "sections": [
            (state, list(of_state)) for state, of_state in groupby(page, lambda row: row.state)
        ],
        "page": page,
        "page_range": list(pages.get_elided_page_range(page.number)),
        "query": query.urlencode(),
        "chart": age_chart(found[OPEN]),
        "latest": latest,
        "total": len(rows),
        "open_total": sum(row.state == OPEN for row in rows),
        "ended_total": sum(row.state == ENDED for row in rows),
        "settled_total": sum(row.state == SETTLED for row in rows),
        "notes": [note for note in (asof.note, *notes(filters)) if note],
    }
    return render(request, "papers/next_steps.html", context)
