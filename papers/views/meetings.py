"""The meetings: all of them, and one group by group."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import groupby

from django.db.models import Prefetch
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils import timezone

from papers.asof import parse_day
from papers.caching import public_page
from papers.models import IssuePaper, StatusItem
from papers.reports import Report, Reports
from workgroups.models import CommitteeEvent, Meeting, Mention, Subcommittee, WorkingGroup
from workgroups.reporting import Reporting

NO_SUBCOMMITTEE = "Subcommittee not known"
# The order of the lists of groups without a paper on a meeting's page, each with its heading.
WITHOUT_PAPER = (
    (Reporting.REPORTED, "reported", "Reported, paper not held"),
    (Reporting.SILENT, "silent", "Active and silent"),
    (Reporting.HIATUS, "hiatus", "On hiatus"),
    (Reporting.UNKNOWN, "unknown", "Not known"),
)


@public_page
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Every public meeting, newest first, by term, with what is held of each."""
    meetings = list(Meeting.objects.select_related("term"))
    kinds = Counter(IssuePaper.objects.published().values_list("meeting", "source_kind").order_by())
    named = Mention.objects.filter(kind__in=["reported", "recommended"], group__isnull=False)
    reported = Counter(meeting for meeting, _ in set(named.values_list("meeting", "group")))
    rows = [
        {
            "meeting": it,
            "papers": kinds[it.pk, IssuePaper.SourceKind.ISSUE_PAPER],
            "summaries": kinds[it.pk, IssuePaper.SourceKind.SUMMARY],
            "reported": reported[it.pk],
            "is_announced": it.is_announced(timezone.localdate()),
        }
        for it in meetings
    ]
    terms = [
        (term, list(of_term)) for term, of_term in groupby(rows, lambda row: row["meeting"].term)
    ]
    context = {
        "terms": terms,
        "total": len(rows),
        "held": sum(it.took_place for it in meetings),
        "paper_total": sum(row["papers"] for row in rows),
        "committee_events": CommitteeEvent.objects.prefetch_related("sources").order_by(
            "-happened_on"
        ),
    }
    return render(request, "papers/meeting_list.html", context)


@public_page
def meeting_detail(request: HttpRequest, day: str) -> HttpResponse:
    """One meeting: papers held, groups that reported without one, silent, on hiatus, not known."""
    month = _meeting_of_month(day)
    if month:
        return HttpResponseRedirect(month.get_absolute_url())
    held_on = parse_day(day)
    meeting = Meeting.objects.known_as(held_on) if held_on else None
    if meeting is None:
        raise Http404
    if meeting.held_on != held_on:
        return HttpResponsePermanentRedirect(meeting.get_absolute_url())
    groups = WorkingGroup.objects.with_history()
    first_items = Prefetch("status_items", queryset=StatusItem.objects.filter(position=1))
    papers = IssuePaper.objects.published().with_counts().prefetch_related(first_items)
    reports = Reports(groups, [meeting], papers).of_meeting(meeting) if meeting.took_place else []
    with_paper = [it for it in reports if it.paper]
    lists = [
        (anchor, heading, [it for it in reports if it.reporting is kind and not it.paper])
        for kind, anchor, heading in WITHOUT_PAPER
    ]
    context = {
        "meeting": meeting,
        "is_announced": meeting.is_announced(timezone.localdate()),
        "sections": _by_subcommittee(with_paper),
        "lists": [entry for entry in lists if entry[2]],
        "paper_count": sum(not it.paper.is_summary for it in with_paper),
        "summary_count": sum(it.paper.is_summary for it in with_paper),
        "expected_count": sum(it.is_expected for it in reports),
        "wider_mentions": meeting.mentions.filter(group__isnull=True)
        .select_related("subcommittee")
        .prefetch_related("sources"),
        "sources": meeting.sources.all(),
        **_neighbours(meeting),
    }
    return render(request, "papers/meeting_detail.html", context)


def _meeting_of_month(text: str) -> Meeting | None:
    """``"2024-09"`` -> the meeting of that month, by which people name it; None if not just one."""
    first = parse_day(f"{text}-01")
    if first is None:
        return None
    found = list(Meeting.objects.in_month(first.year, first.month)[:2])
    return found[0] if len(found) == 1 else None


def _by_subcommittee(reports: list[Report]) -> list[tuple[str, list[Report]]]:
    """The reports under the subcommittee that each group had on the day."""
    names = {each.slug: str(each) for each in Subcommittee.objects.all()}
    sections: dict[str, list[Report]] = {}
    for report in reports:
        name = names.get(report.standing.subcommittee, NO_SUBCOMMITTEE)
        sections.setdefault(name, []).append(report)
    return sorted(sections.items())


def _neighbours(meeting: Meeting) -> dict[str, Meeting | None]:
    day: date = meeting.held_on
    return {
        "previous": Meeting.objects.filter(held_on__lt=day).first(),
        "next": Meeting.objects.filter(held_on__gt=day).last(),
    }
