"""A meeting's brief: two printed pages of what changed and what was heard of next steps."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from papers.asof import parse_day
from papers.brief import build_brief
from papers.brief_parts import Brief
from papers.brief_text import brief_as_text
from papers.caching import public_page
from papers.contents import load_holdings
from papers.following import follow_groups
from papers.models import IssuePaper
from papers.reports import Reports
from papers.views.meetings import moved_meeting
from workgroups.models import Meeting, WorkingGroup


@public_page
def meeting_brief(request: HttpRequest, day: str) -> HttpResponse:
    """The brief as a page that prints well."""
    meetings = list(Meeting.objects.all())
    meeting = _meeting_of(day, meetings)
    if meeting is None:
        return moved_meeting(day, meetings, "brief/")
    return render(request, "papers/brief.html", {"brief": brief_of(meeting, meetings)})


@public_page
def meeting_brief_text(request: HttpRequest, day: str) -> HttpResponse:
    """The same as plain text."""
    meetings = list(Meeting.objects.all())
    meeting = _meeting_of(day, meetings)
    if meeting is None:
        return moved_meeting(day, meetings, "brief.txt")
    text = brief_as_text(brief_of(meeting, meetings), settings.SITE_URL)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _meeting_of(day: str, meetings: list[Meeting]) -> Meeting | None:
    held_on = parse_day(day)
    return next((it for it in meetings if it.held_on == held_on), None)


def brief_of(meeting: Meeting, meetings: list[Meeting]) -> Brief:
    """The brief of one of the meetings, from what is published."""
    holdings = load_holdings(IssuePaper.objects.published().up_to(meeting.held_on))
    has_papers = any(it.meeting_id == meeting.pk for it in holdings.papers)
    is_told = meeting.took_place or (meeting.status == Meeting.Status.PLANNED and has_papers)
    groups = list(WorkingGroup.objects.with_history()) if is_told else []
    followed = follow_groups(groups, meetings, meeting.held_on, holdings)
    reports = Reports(groups, [meeting], holdings)
    state = f"{meeting.get_status_display()}."
    if meeting.is_unconfirmed(timezone.localdate()):
        state = "Announced; no source that we hold says that it took place."
    return build_brief(meeting, reports, followed, state)
