"""The groups: every one in a filterable list, and each through time."""

from __future__ import annotations

from datetime import date

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from papers.asof import read_asof
from papers.caching import public_page
from papers.contents import load_holdings
from papers.filters import GroupFilter, notes
from papers.following import follow_groups
from papers.marked import MarkedGroup
from papers.marks import CHANGE_MARKS
from papers.models import IssuePaper
from papers.reports import MARKS, STATE_MARKS, Reports, state_words
from papers.timeline import build_timeline, strip
from workgroups.citations import attach_citations
from workgroups.dates import KnownDate
from workgroups.history import Standing, State, former_names
from workgroups.models import FormerSlug, Meeting, Subcommittee, WorkingGroup
from workgroups.reporting import REPORTING_LABELS, REPORTING_MEANINGS


@public_page
def group_list(request: HttpRequest) -> HttpResponse:
    """Every group with its state on one day, by the name it bore then."""
    asof = read_asof(request)
    groups = {group.pk: group for group in WorkingGroup.objects.with_history()}
    standings = {key: group.standing_on(asof.day) for key, group in groups.items()}
    subcommittees = {each.slug: each.name for each in Subcommittee.objects.all()}
    filters = GroupFilter(
        request.GET,
        WorkingGroup.objects.all(),
        groups=groups.values(),
        day=asof.day,
        standings=standings,
        subcommittees=subcommittees,
    )
    chosen = [groups[key] for key in filters.qs.values_list("pk", flat=True)]
    papers = asof.known(IssuePaper.objects.published())
    papers = papers.filter(meeting__status__in=["held", "planned"])
    newest = papers.values_list("working_group", "source_kind").annotate(Max("meeting__held_on"))
    latest = {
        group: (day, kind == IssuePaper.SourceKind.SUMMARY)
        for group, kind, day in sorted(newest, key=lambda row: row[2])
    }
    # A paper names its group as well as any source does.
    named = {group: day for group, (day, _) in latest.items()}
    mentioned = (
        Meeting.objects.up_to(asof.day)
        .filter(mentions__group__isnull=False)
        .values_list("mentions__group")
        .annotate(Max("held_on"))
    )
    for group, day in mentioned:
        named[group] = max(day, named.get(group, day))
    rows = [
        {
            "group": group,
            "standing": standings[group.pk],
            "former": full_former_names(group, asof.day),
            "subcommittee": subcommittees.get(standings[group.pk].subcommittee, ""),
            "state": state_words(standings[group.pk], short=True),
            "mark": STATE_MARKS[standings[group.pk].state],
            "latest_paper": latest.get(group.pk),
            "last_named": named.get(group.pk),
        }
        for group in chosen
    ]
    rows.sort(key=lambda row: row["standing"].name.casefold())
    context = {
        "asof": asof,
        "rows": rows,
        "total": len(standings),
        "filter": filters,
        "facets": filters.facets(),
        "is_filtered": not filters.form.is_valid() or any(filters.form.cleaned_data.values()),
        "notes": [note for note in (asof.note, *notes(filters)) if note],
    }
    return render(request, "papers/group_list.html", context)


@public_page
def group_timeline(request: HttpRequest, slug: str) -> HttpResponse:
    """A group's meetings, papers, life events and gaps on one rail, newest first."""
    found = WorkingGroup.objects.with_history().prefetch_related("aliases")
    group, units = found.known_as_with_units(slug)
    if group is None:
        if FormerSlug.objects.filter(slug=slug).exists():
            return render(request, "410.html", status=410)
        raise Http404
    if group.slug != slug:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponsePermanentRedirect(group.get_absolute_url() + query)
    asof = read_asof(request)
    meetings = list(Meeting.objects.all())
    holdings = load_holdings(IssuePaper.objects.published().filter(working_group=group))
    followed = follow_groups([group], meetings, asof.day, holdings)[group.pk]
    # Newest first; a meeting that is still to come stands among them once there is a paper to it.
    known = Reports([group], followed.meetings[::-1], holdings, {group.pk: followed})
    reports = known.of_group(group)
    standing = group.standing_on(asof.day)
    events = [event for event in group.events.all() if event.as_event().takes_effect <= asof.day]
    ahead = [it for it in asof.ahead(meetings) if it not in followed.meetings]
    planned = [] if standing.state is State.ENDED else ahead[:1]
    with_paper = [report for report in reports if report.paper]
    attach_citations(events, known.mentions)
    still_open = followed.ledger.open
    marked = MarkedGroup(followed)
    entries = build_timeline(reports, events, planned, holdings.contents, marked)
    context = {
        "asof": asof,
        "group": group,
        "units": [
            (unit, WorkingGroup.full_name(its.name, its.group_kind))
            for unit in units
            if (its := unit.standing_on(asof.day)).state is not State.NOT_ESTABLISHED
        ],
        # Said of today, whatever the day asked for.
        "charge": "" if asof.is_asked else group.charge,
        "note": "" if asof.is_asked else group.note,
        "aliases": [it for it in group.aliases.all() if it.name != standing.name],
        "standing": standing,
        "full_name": WorkingGroup.full_name(standing.name, standing.group_kind),
        "state": state_words(standing),
        "mark": STATE_MARKS[standing.state],
        "marks": [(MARKS[it], REPORTING_LABELS[it], REPORTING_MEANINGS[it]) for it in MARKS],
        "subcommittee": subcommittee_of(group, standing),
        "former": full_former_names(group, asof.day),
        "entries": entries,
        "strip": strip(reports),
        "change_marks": CHANGE_MARKS.values() if any(followed.changes) else [],
        "step_marks": marked.step_marks(),
        "open_count": len(still_open),
        "oldest_open": followed.meetings[still_open[0].made_at] if still_open else None,
        "compare_address": next((it.compared.address for it in entries if it.compared), ""),
        "latest": with_paper[0] if with_paper else None,
        "held_count": sum(not report.is_summary for report in with_paper),
        "summary_count": sum(report.is_summary for report in with_paper),
        "reported_count": sum(it.has_reported and it.meeting.took_place for it in reports),
        "notes": [asof.note] if asof.note else [],
    }
    return render(request, "papers/group_timeline.html", context)


def full_former_names(group: WorkingGroup, day: date) -> list[tuple[str, KnownDate]]:
    """The full names that the group no longer bears on the day, each with when it gave way."""
    events = [event.as_event() for event in group.events.all()]
    return [
        (WorkingGroup.full_name(name, kind), when) for name, kind, when in former_names(events, day)
    ]


def subcommittee_of(group: WorkingGroup, standing: Standing) -> Subcommittee | None:
    """The subcommittee that a standing names by its slug; its events have it at hand."""
    named = (event.subcommittee for event in group.events.all() if event.subcommittee)
    return next((it for it in named if it.slug == standing.subcommittee), None)
