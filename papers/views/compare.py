"""Two papers of one group side by side."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from papers.asof import parse_day
from papers.caching import public_page
from papers.following import FollowedGroup, follow_groups
from papers.marked import MarkedGroup, changes_address
from papers.marks import CHANGE_MARKS
from papers.side_by_side import SideBySide
from workgroups.models import FormerSlug, Meeting, WorkingGroup


@public_page
def compare(request: HttpRequest, slug: str, pair: str) -> HttpResponse:
    """Any two papers of a group, ``pair`` being the days of their meetings: "older...newer".

    A draft, a summary or another group's paper answers like one that was never there (S03).
    """
    days = [parse_day(text) for text in pair.split("...")]
    if len(days) != 2 or days[0] is None or days[1] is None:
        raise Http404
    followed = _followed(slug)
    if followed is None:
        return _gone_or_missing(request, slug)
    indexes = sorted({_index_of(followed, days[0]), _index_of(followed, days[1])})
    if len(indexes) != 2:
        raise Http404
    marked = MarkedGroup(followed)
    address = marked.changes_address(*indexes)
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    older, newer = (followed.meetings[index] for index in indexes)
    sides = SideBySide(marked, *indexes)
    context = {
        **_pickers(marked, older.held_on, newer.held_on),
        "older_name": marked.month(indexes[0]),
        "newer_name": marked.month(indexes[1]),
        "older": older,
        "newer": newer,
        "papers": [followed.papers[index] for index in indexes],
        "sides": sides,
        "between": sum(bool(it) for it in followed.contents[indexes[0] + 1 : indexes[1]]),
        "change_marks": CHANGE_MARKS.values(),
        "step_marks": marked.step_marks(),
    }
    return render(request, "papers/compare.html", context)


@public_page
def compare_default(request: HttpRequest, slug: str) -> HttpResponse:
    """Leads to the papers chosen (``?older=&newer=``), else to the latest and the one before."""
    followed = _followed(slug)
    if followed is None:
        return _gone_or_missing(request, slug)
    asked = [request.GET.get(name, "").strip() for name in ("older", "newer")]
    held = [it.meeting.held_on for it in followed.papers if it]
    chosen = [parse_day(text) for text in asked]
    if not any(asked) and len(held) >= 2:
        chosen = list(held[-2:])
    if chosen[0] in held and chosen[1] in held and chosen[0] != chosen[1]:
        older, newer = sorted(day for day in chosen if day)
        return redirect(changes_address(followed.group, older, newer))
    if followed.group.slug != slug:
        return HttpResponsePermanentRedirect(reverse("compare_default", args=[followed.group.slug]))
    latest = held[-2:] if len(held) >= 2 else [None, None]
    context = {**_pickers(MarkedGroup(followed), *latest), "is_asked": any(asked)}
    return render(request, "papers/compare_choose.html", context)


def _followed(slug: str) -> FollowedGroup | None:
    """The group whose address this is or was, with its papers; None if there is none."""
    group = WorkingGroup.objects.with_history().known_as(slug)
    if group is None:
        return None
    return follow_groups([group], Meeting.objects.all(), timezone.localdate())[group.pk]


def _gone_or_missing(request: HttpRequest, slug: str) -> HttpResponse:
    if FormerSlug.objects.filter(slug=slug).exists():
        return render(request, "410.html", status=410)
    raise Http404


def _index_of(followed: FollowedGroup, day: date) -> int:
    """The meeting that is or was of a day, where the group has a paper; 404 if there is none."""
    index = followed.index_of(day)
    if index is None and (meeting := Meeting.objects.known_as(day)):
        index = followed.index_of(meeting.held_on)
    if index is None or followed.contents[index] is None:
        raise Http404
    return index


def _pickers(marked: MarkedGroup, older: date | None, newer: date | None) -> dict[str, object]:
    followed, group = marked.followed, marked.followed.group
    standing = group.standing_on(timezone.localdate())
    return {
        "group": group,
        "name": standing.name,
        "full_name": WorkingGroup.full_name(standing.name, standing.group_kind),
        # Newest first, as everywhere.
        "choices": [
            (meeting.held_on, marked.month(index))
            for index, meeting in reversed(list(enumerate(followed.meetings)))
            if followed.papers[index]
        ],
        "older_chosen": older,
        "newer_chosen": newer,
    }
