"""The meetings: all of them, and one group by group."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any

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
from papers.contents import Holdings, load_holdings
from papers.following import follow_groups
from papers.meeting_changes import MeetingChanges
from papers.models import IssuePaper, StepOutcome
from papers.reports import (
    Report,
    Reports,
    by_subcommittee,
    held_words,
    is_whole,
    subcommittee_names,
)
from workgroups.citations import attach_citations
from workgroups.models import CommitteeEvent, Meeting, Subcommittee, WorkingGroup
from workgroups.reporting import Reporting

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
    holdings = load_holdings(IssuePaper.objects.published())
    kinds = Counter((it.meeting_id, it.source_kind) for it in holdings.papers)
    groups = list(WorkingGroup.objects.with_history())
    changed = _changed(groups, meetings, holdings)
    reports = Reports(groups, [it for it in meetings if it.took_place], holdings)
    of_meetings = {it.pk: reports.of_meeting(it) for it in reports.meetings}
    rows: list[dict[str, Any]] = [
        {
            "meeting": it,
            "papers": kinds[it.pk, IssuePaper.SourceKind.ISSUE_PAPER],
            "summaries": kinds[it.pk, IssuePaper.SourceKind.SUMMARY],
            "reported": sum(report.has_reported for report in of_meetings.get(it.pk, ())),
            "is_whole": it.took_place and is_whole(it, of_meetings[it.pk]),
            "changed": changed.get(it.pk),
            "is_unconfirmed": it.is_unconfirmed(timezone.localdate()),
        }
        for it in meetings
    ]
    terms = [
        (meeting_term, list(of_term))
        for meeting_term, of_term in groupby(rows, lambda row: row["meeting"].term)
    ]
    events = list(CommitteeEvent.objects.order_by("-happened_on"))
    subcommittees = list(Subcommittee.objects.all())
    attach_citations(events, subcommittees)
    context = {
        "terms": terms,
        "is_compared": bool(changed),
        "total": len(rows),
        "held": sum(it.took_place for it in meetings),
        "paper_total": sum(row["papers"] for row in rows),
        "committee_events": events,
        "subcommittees": subcommittees,
    }
    return render(request, "papers/meeting_list.html", context)


def _changed(
    groups: list[WorkingGroup], meetings: list[Meeting], holdings: Holdings
) -> dict[int, int]:
    """For each meeting with a paper that is compared, its new and reworded status items."""
    nothing = StepOutcome.objects.none()
    found: Counter[int] = Counter()
    followed = follow_groups(groups, meetings, timezone.localdate(), holdings, nothing)
    for group in followed.values():
        for index, meeting in enumerate(group.meetings):
            changes = group.status_changes(index)
            if changes is not None:
                found[meeting.pk] += changes.counts.changed
    return dict(found)


@public_page
def meeting_detail(request: HttpRequest, day: str) -> HttpResponse:
    """One meeting: what its papers changed, and the groups without a paper, each kind apart."""
    held_on = parse_day(day)
    meetings = list(Meeting.objects.select_related("term"))
    meeting = next((it for it in meetings if it.held_on == held_on), None)
    if meeting is None:
        return moved_meeting(day, meetings)
    holdings = load_holdings(IssuePaper.objects.published())
    has_papers = any(it.meeting_id == meeting.pk for it in holdings.papers)
    is_told = meeting.took_place or (meeting.status == Meeting.Status.PLANNED and has_papers)
    groups = list(WorkingGroup.objects.with_history()) if is_told else []
    # Up to today, so that what is worked out is the same as for the first page.
    today = timezone.localdate()
    followed = follow_groups(groups, meetings, max(meeting.held_on, today), holdings)
    known = Reports(groups, [meeting], holdings, followed)
    reports = known.of_meeting(meeting)
    changed = MeetingChanges(meeting, reports, followed)
    attach_citations(known.mentions, [meeting])
    lists = [
        (anchor, heading, [it for it in changed.groups if _is_listed(it.report, kind)])
        for kind, anchor, heading in WITHOUT_PAPER
    ]
    names = subcommittee_names(groups)
    context = {
        "meeting": meeting,
        "is_unconfirmed": meeting.is_unconfirmed(timezone.localdate()),
        "is_whole": is_whole(meeting, reports),
        "changed": changed,
        "sections": [
            (heading, held_words([it.report for it in entries]), entries)
            for heading, entries in by_subcommittee(
                changed.with_paper, lambda it: it.report.standing.subcommittee, names
            )
        ],
        "lists": [entry for entry in lists if entry[2]],
        "unseen": [
            it
            for it in reports
            if meeting.took_place and it.reporting is Reporting.UNKNOWN and not it.is_expected
        ],
        "paper_count": sum(not it.report.is_summary for it in changed.with_paper),
        "summary_count": sum(it.report.is_summary for it in changed.with_paper),
        "expected_count": sum(it.is_expected for it in reports),
        "wider_mentions": known.wider_mentions(meeting),
        "previous": next((it for it in meetings if it.held_on < meeting.held_on), None),
        "next": next((it for it in reversed(meetings) if it.held_on > meeting.held_on), None),
    }
    return render(request, "papers/meeting_detail.html", context)


def _is_listed(report: Report, kind: Reporting) -> bool:
    """Whether the group has a line of its own among those of this kind without a paper."""
    if report.reporting is not kind or report.paper:
        return False
    return kind is not Reporting.UNKNOWN or report.is_expected


def moved_meeting(day: str, meetings: list[Meeting], below: str = "") -> HttpResponse:
    """Where a former date leads, or a month by which people name its only meeting; else 404.

    ``below`` is what the address has after that of the meeting: "brief/".
    """
    held_on = parse_day(day)
    moved = Meeting.objects.known_as(held_on) if held_on else None
    if moved:
        return HttpResponsePermanentRedirect(moved.get_absolute_url() + below)
    of_month = [it for it in meetings if it.held_on.isoformat()[:7] == day]
    if len(of_month) == 1:
        # Not for ever: a second meeting of the same month would make the name ambiguous.
        return HttpResponseRedirect(of_month[0].get_absolute_url() + below)
    raise Http404
