"""The groups: every one in a filterable list, and each through time."""

from __future__ import annotations

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from papers.asof import AsOf, read_asof
from papers.caching import public_page
from papers.contents import load_contents
from papers.filters import GroupFilter, notes
from papers.models import IssuePaper
from papers.reports import MARKS, STATE_MARKS, Reports, state_words
from papers.timeline import build_timeline, strip
from workgroups.citations import attach_citations
from workgroups.dates import KnownDate
from workgroups.history import STATE_LABELS, Standing, State
from workgroups.models import GroupEvent, Meeting, Subcommittee, WorkingGroup
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
        standings=standings,
        subcommittees=subcommittees,
    )
    chosen = [groups[key] for key in filters.qs.values_list("pk", flat=True)]
    papers = IssuePaper.objects.published().up_to(asof.day)
    newest = papers.values_list("working_group", "source_kind").annotate(Max("meeting__held_on"))
    latest = {
        group: (day, kind == IssuePaper.SourceKind.SUMMARY)
        for group, kind, day in sorted(newest, key=lambda row: row[2])
    }
    mentioned = dict(
        Meeting.objects.up_to(asof.day)
        .filter(mentions__group__isnull=False)
        .values_list("mentions__group")
        .annotate(Max("held_on"))
    )
    rows = [
        {
            "group": group,
            "standing": standings[group.pk],
            "former": former_names(group, standings[group.pk], asof),
            "subcommittee": subcommittees.get(standings[group.pk].subcommittee, ""),
            "state": state_words(standings[group.pk]),
            "mark": STATE_MARKS[standings[group.pk].state],
            "kind": WorkingGroup.Kind(standings[group.pk].group_kind).label,
            "latest_paper": latest.get(group.pk),
            "last_named": mentioned.get(group.pk),
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
        "is_filtered": any(filters.form.cleaned_data.values()) if filters.form.is_valid() else True,
        "notes": [note for note in (asof.note, *notes(filters)) if note],
    }
    return render(request, "papers/group_list.html", context)


@public_page
def group_timeline(request: HttpRequest, slug: str) -> HttpResponse:
    """A group's meetings, papers, life events and gaps on one rail, newest first."""
    found = WorkingGroup.objects.with_history().prefetch_related("aliases")
    group, units = found.known_as_with_units(slug)
    if group is None:
        raise Http404
    if group.slug != slug:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponsePermanentRedirect(group.get_absolute_url() + query)
    asof = read_asof(request)
    meetings = list(Meeting.objects.all())
    held = [it for it in meetings if it.took_place and it.held_on <= asof.day]
    known = Reports([group], held, IssuePaper.objects.published())
    reports = known.of_group(group)
    standing = group.standing_on(asof.day)
    events = [event for event in group.events.all() if event.as_event().takes_effect <= asof.day]
    planned = [
        it for it in meetings if it.held_on > asof.day and it.status == Meeting.Status.PLANNED
    ]
    with_paper = [report for report in reports if report.paper]
    attach_citations(events, known.mentions)
    contents = load_contents(report.paper for report in reports if report.paper)
    context = {
        "asof": asof,
        "group": group,
        "units": units,
        "standing": standing,
        "full_name": WorkingGroup.full_name(standing.name, standing.group_kind),
        "state": state_sentence(standing),
        "state_label": STATE_LABELS[standing.state],
        "mark": STATE_MARKS[standing.state],
        "marks": [(MARKS[it], REPORTING_LABELS[it], REPORTING_MEANINGS[it]) for it in MARKS],
        "subcommittee": subcommittee_of(group, standing),
        "former": former_names(group, standing, asof),
        "entries": build_timeline(
            reports, events, [] if standing.state is State.ENDED else planned, contents
        ),
        "strip": strip(reports),
        "latest": with_paper[0] if with_paper else None,
        "held_count": sum(not report.is_summary for report in with_paper),
        "summary_count": sum(report.is_summary for report in with_paper),
        "reported_count": sum(report.has_reported for report in reports),
        "notes": [asof.note] if asof.note else [],
    }
    return render(request, "papers/group_timeline.html", context)


def former_names(
    group: WorkingGroup, standing: Standing, asof: AsOf
) -> list[tuple[str, KnownDate]]:
    """Full names that the group bore before ``asof``, each with the date that ended it."""
    names: list[tuple[str, KnownDate]] = []
    named: list[GroupEvent] = sorted(
        (it for it in group.events.all() if it.name or it.group_kind),
        key=lambda event: (event.as_event().takes_effect, event.order),
    )
    name, kind = "", ""
    for event in named:
        if event.as_event().takes_effect > asof.day:
            break
        new_name, new_kind = event.name or name, event.group_kind or kind
        if name and new_name != name:
            names.append((WorkingGroup.full_name(name, kind), event.when))
        name, kind = new_name, new_kind
    return [former for former in names if former[0] != standing.name][::-1]


def subcommittee_of(group: WorkingGroup, standing: Standing) -> Subcommittee | None:
    """The subcommittee that a standing names by its slug; its events have it at hand."""
    named = (event.subcommittee for event in group.events.all() if event.subcommittee)
    return next((it for it in named if it.slug == standing.subcommittee), None)


def state_sentence(standing: Standing) -> str:
    """What follows the state's word: " since December 13, 2023, winding down", or nothing."""
    ending = ", winding down" if standing.is_winding_down else ""
    if not standing.since or standing.state is State.UNKNOWN:
        return ending
    when = standing.since.when
    return f" {when.in_sentence if standing.state is State.ENDED else when.since}{ending}"
