"""The first screen: what the latest meeting brought, what came after, and the status board."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from papers.asof import ignored, parse_day, read_asof
from papers.board import build_board
from papers.caching import public_page
from papers.models import IssuePaper, StatusItem
from papers.reports import Report, Reports
from workgroups.models import CommitteeEvent, Meeting, WorkingGroup
from workgroups.reporting import Reporting


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The latest meeting with published papers, what came after it, and the board up to it."""
    asof = read_asof(request)
    meetings = list(Meeting.objects.select_related("term"))
    held = [it for it in meetings if it.took_place and it.held_on <= asof.day]
    groups = list(WorkingGroup.objects.with_history())
    latest_day = latest_day_with_papers(asof.day)
    latest = next((it for it in held if it.held_on == latest_day), None)
    through, board_note = _board_end(request, latest.held_on if latest else None)
    context = {
        "asof": asof,
        "notes": [note for note in (asof.note, board_note) if note],
        "latest": latest,
        "board": build_board(groups, held, through),
        "upcoming": _upcoming(meetings, asof.day),
        "later": [it for it in held if latest and it.held_on > latest.held_on],
        "announced": [
            it
            for it in meetings
            if latest and it.held_on > latest.held_on and it.is_announced(asof.day)
        ],
        "closing": CommitteeEvent.objects.filter(
            happened_on__lte=asof.day, happened_on__gt=latest.held_on if latest else date.max
        ).last(),
        "held": held,
    }
    if latest:
        context |= _brought(latest, groups)
    return render(request, "papers/home.html", context)


def latest_day_with_papers(day: date) -> date | None:
    """The date of the newest meeting, on or before ``day``, that has a published paper."""
    papers = IssuePaper.objects.published().up_to(day).filter(meeting__status="held")
    return papers.order_by("-meeting__held_on").values_list("meeting__held_on", flat=True).first()


def _brought(meeting: Meeting, groups: list[WorkingGroup]) -> dict[str, object]:
    """The meeting's papers with their first status item, its silent groups and its numbers."""
    first_items = Prefetch("status_items", queryset=StatusItem.objects.filter(position=1))
    papers = IssuePaper.objects.published().with_counts().prefetch_related(first_items)
    reports = Reports(groups, [meeting], papers).of_meeting(meeting)
    with_paper = [report for report in reports if report.paper]
    return {
        "reports": with_paper,
        "numbers": _numbers(reports),
        "without": [it for it in reports if it.is_expected and not it.paper],
    }


def _numbers(reports: list[Report]) -> dict[str, int]:
    counted = Counter(report.reporting for report in reports)
    papers = [report.paper for report in reports if report.paper]
    return {
        "papers": counted[Reporting.HELD],
        "summaries": sum(paper.is_summary for paper in papers),
        "status_items": sum(paper.status_count for paper in papers),
        "next_steps": sum(paper.step_count for paper in papers),
        "reported": sum(it.reporting is Reporting.REPORTED and not it.paper for it in reports),
        "silent": counted[Reporting.SILENT],
        "hiatus": counted[Reporting.HIATUS],
        "unknown": counted[Reporting.UNKNOWN],
    }


def _board_end(request: HttpRequest, latest: date | None) -> tuple[date | None, str]:
    """The day that the board's newest column may reach, and a note on an unusable ``board=``."""
    asked = request.GET.get("board", "").strip()
    if not asked:
        return latest, ""
    day = parse_day(asked)
    if day is None:
        return latest, ignored("board", "the date of a meeting, such as 2022-12-07")
    return day, ""


def _upcoming(meetings: list[Meeting], day: date) -> Meeting | None:
    """The next planned meeting after ``day``."""
    planned = [it for it in meetings if it.status == Meeting.Status.PLANNED and it.held_on > day]
    return min(planned, key=lambda meeting: meeting.held_on, default=None)
