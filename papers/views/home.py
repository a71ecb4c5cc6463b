"""The first screen: what the latest meeting changed, what came after, and the status board."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from papers.asof import ignored, parse_day, read_asof
from papers.board import build_board, choose_meetings
from papers.caching import public_page
from papers.contents import Holdings, load_holdings
from papers.following import follow_groups
from papers.meeting_changes import GroupAtMeeting, MeetingChanges
from papers.models import IssuePaper
from papers.reports import Reports, is_whole, subcommittee_names
from workgroups.models import CommitteeEvent, Meeting, WorkingGroup
from workgroups.reporting import Reporting


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The latest meeting with published papers, what came after it, and the board up to it."""
    asof = read_asof(request)
    meetings = list(Meeting.objects.all())
    holdings = load_holdings(asof.known(IssuePaper.objects.published()))
    shown = _meetings_shown(meetings, holdings, asof.day)
    latest, latest_paper_day = _latest(holdings, shown)
    through, board_note = _board_end(request, latest.held_on if latest else None)
    columns = choose_meetings(shown, through)[0]
    groups = list(WorkingGroup.objects.with_history())
    followed = follow_groups(groups, meetings, asof.day, holdings)
    reports = Reports(
        groups,
        {it.pk: it for it in (*columns, *([latest] if latest else []))}.values(),
        holdings,
        followed,
    )
    headings = subcommittee_names(groups)
    context = {
        "asof": asof,
        "notes": [note for note in (asof.note, board_note) if note],
        "latest": latest,
        "latest_paper_day": latest_paper_day,
        "board": build_board(
            reports, shown, through, headings, asof.day if asof.is_asked else None
        ),
        "upcoming": next(iter(asof.ahead(meetings)), None),
    }
    if latest:
        changed = MeetingChanges(latest, reports.of_meeting(latest), followed)
        context |= _brought(changed) | _came_after(latest, meetings, asof.day)
    return render(request, "papers/home.html", context)


def _meetings_shown(meetings: list[Meeting], holdings: Holdings, day: date) -> list[Meeting]:
    """Those held by the day, and those still planned to which there are papers, newest first."""
    with_paper = {it.meeting_id for it in holdings.papers if not it.is_summary}
    return [
        it
        for it in meetings
        if (it.took_place and it.held_on <= day)
        or (it.status == Meeting.Status.PLANNED and it.pk in with_paper)
    ]


def _latest(holdings: Holdings, shown: list[Meeting]) -> tuple[Meeting | None, date | None]:
    """The newest meeting with anything published, and the day of the one with an issue paper."""
    of_all = {it.meeting_id for it in holdings.papers}
    latest = next((it for it in shown if it.pk in of_all), None)
    of_papers = {it.meeting_id for it in holdings.papers if not it.is_summary}
    return latest, next((it.held_on for it in shown if it.pk in of_papers), None)


def _brought(changed: MeetingChanges) -> dict[str, object]:
    """What the meeting changed, its groups without a paper, and its numbers."""
    return {
        "changed": changed,
        "numbers": _numbers(changed),
        "is_whole": is_whole(changed.meeting, (it.report for it in changed.groups)),
        "without": _without_paper(changed.groups),
    }


def _without_paper(
    groups: list[GroupAtMeeting],
) -> list[tuple[str, str, list[GroupAtMeeting]]]:
    """(mark, its words, the groups) for the groups that a reader would look for in vain."""
    kinds = (Reporting.REPORTED, Reporting.SILENT, Reporting.UNKNOWN, Reporting.HIATUS)
    found = [
        [it for it in groups if it.report.reporting is kind and _is_missed(it)] for kind in kinds
    ]
    return [
        (of_kind[0].report.mark, of_kind[0].report.label, of_kind) for of_kind in found if of_kind
    ]


def _is_missed(it: GroupAtMeeting) -> bool:
    if it.report.paper:
        return False
    return it.report.is_expected or it.report.reporting is Reporting.HIATUS


def _came_after(latest: Meeting, meetings: list[Meeting], day: date) -> dict[str, object]:
    """Meetings and events of the committee after the latest meeting with papers, up to ``day``."""
    after = [it for it in meetings if latest.held_on < it.held_on <= day]
    events = CommitteeEvent.objects.order_by("happened_on", "pk")
    return {
        "later": [it for it in after if it.took_place],
        "unconfirmed": [it for it in after if it.is_unconfirmed(day)],
        "committee_events": [it for it in events if latest.held_on < it.when.takes_effect <= day],
    }


def _numbers(changed: MeetingChanges) -> dict[str, int]:
    reports = [it.report for it in changed.groups]
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
        "unknown": sum(it.reporting is Reporting.UNKNOWN and it.is_expected for it in reports),
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
