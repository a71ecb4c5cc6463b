"""Two consecutive papers of a group side by side, and what staff say of their pairs.

What is computed is never stored: a correction names two items, and every page follows it at once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from papers.admin.outcomes import FollowupAdmin, item_search
from papers.admin.settle_page import CHOICES, settle_address
from papers.admin.settling import GroupDesk, ShownItem
from papers.asof import parse_day
from papers.comparison import Change, Changes, placed_items
from papers.following import FollowedGroup, follow_groups
from papers.marks import change_mark
from papers.models import IssuePaper, PairingCorrection
from papers.models.followup import ITEM_FIELDS
from workgroups.admin.requests import search_words
from workgroups.models import Meeting, WorkingGroup

SETTLES = "papers.view_stepoutcome"
OLDER = [f"older_{it}" for it in ITEM_FIELDS]
NEWER = [f"newer_{it}" for it in ITEM_FIELDS]
# In characters: what one sees of an item at most and at least, and of all of them about (S39).
LONGEST_CUT, SHORTEST_CUT, ROOM = 10_000, 300, 200_000
CHANGED = (
    "Nothing was stored: one of the papers, or what staff say of them, was changed while you "
    "looked at it. Look again."
)


@dataclass
class Row:
    """An item of the newer paper with the older ones it continues; gone ones have no ``newer``."""

    change: Change
    newer: ShownItem | None
    older: list[ShownItem] = field(default_factory=list)

    @property
    def label(self) -> str:
        return change_mark(self.change).label

    @property
    def parts(self) -> str:
        """Whether it is one of several, in words."""
        if self.change.split_into:
            return f"one of {len(self.change.split_into)} parts"
        return f"merged from {len(self.change.merged_from)}" if self.change.merged_from else ""

    @property
    def score(self) -> str:
        return f"{self.change.score:.2f}" if self.change.older and self.newer else ""


class PairOfPapers:
    """The paper of ``newer`` beside the group's paper before it, as staff see them (8 queries)."""

    def __init__(self, followed: FollowedGroup, newer: int, older: int) -> None:
        self.followed = followed
        self.newer, self.older = newer, older
        self._desk = GroupDesk(followed, followed.meetings[newer], {})

    @property
    def papers(self) -> tuple[IssuePaper | None, IssuePaper | None]:
        return self.followed.papers[self.older], self.followed.papers[self.newer]

    @cached_property
    def changes(self) -> Changes:
        return self.followed.between(self.older, self.newer) or Changes()

    @cached_property
    def rows(self) -> list[Row]:
        """The newer paper's items as printed, then the older one's that are gone."""
        found = []
        for change in self.changes.items:
            if change.newer:
                older = change.merged_from or ((change.older,) if change.older else ())
                row = Row(change, self._shown(self.newer, change.newer.place))
                row.older = [self._shown(self.older, it.place) for it in older]
                found.append(row)
        for change in self.changes.gone:
            if change.older:
                found.append(Row(change, None, [self._shown(self.older, change.older.place)]))
        return found

    @cached_property
    def choices(self) -> list[ShownItem]:
        """The older paper's items."""
        return self._items(self.older)

    @cached_property
    def items(self) -> list[ShownItem]:
        """The newer paper's items."""
        return self._items(self.newer)

    @cached_property
    def edition(self) -> str:
        """Changes with the words of both papers and with what staff say of them."""
        contents = [self.followed.contents[at] for at in (self.older, self.newer)]
        said = [(row.pk, row.together) for row, _, _ in self.said]
        return hashlib.sha256(repr((contents, said)).encode("utf-8", "replace")).hexdigest()[:16]

    @cached_property
    def said(self) -> list[tuple[PairingCorrection, ShownItem, ShownItem]]:
        """What staff say of these two papers, each with its older and its newer item."""
        olders = {it.key: it for it in self.choices}
        newers = {it.key: it for it in self.items}
        found = []
        for row in _stored(self.papers):
            older = olders.get(_key_of(row, OLDER))
            newer = newers.get(_key_of(row, NEWER))
            if older and newer:
                found.append((row, older, newer))
        return found

    @property
    def longest(self) -> int:
        """How many characters of an item are shown: all of them, unless there are very many."""
        items = len(self.items) + len(self.choices) + 2 * len(self.said)
        return max(SHORTEST_CUT, min(LONGEST_CUT, ROOM // max(1, items)))

    def verdict(self, older: ShownItem, newer: ShownItem) -> PairingCorrection | None:
        """What staff say of two items already."""
        return next((row for row, *two in self.said if two == [older, newer]), None)

    def _items(self, index: int) -> list[ShownItem]:
        content = self.followed.contents[index]
        return [self._shown(index, it.place) for it in placed_items(content)] if content else []

    def _shown(self, index: int, place: Any) -> ShownItem:
        return self._desk.shown((index, place))


def pairs_of(group: WorkingGroup, meeting: Meeting) -> PairOfPapers | None:
    """A group's paper for a meeting beside the one before; None where one of them is not there."""
    followed = follow_groups(
        [group],
        Meeting.objects.all(),
        max(meeting.held_on, timezone.localdate()),
        papers=IssuePaper.objects.all(),
        upcoming=meeting,
    )[group.pk]
    newer = followed.index_of(meeting.held_on)
    if newer is None or followed.contents[newer] is None:
        return None
    older = followed.index_before(newer)
    return None if older is None else PairOfPapers(followed, newer, older)


@admin.register(PairingCorrection)
class PairingCorrectionAdmin(FollowupAdmin):
    """What staff say of pairs. Made on the page of two papers, taken back there or here."""

    list_display = ["newer_words", "verdict", "older_words", "group", "by", "made_at"]
    list_display_links = ["newer_words"]
    list_filter = ["together"]
    date_hierarchy = "made_at"
    list_select_related = [
        *(f"{it}__paper__working_group" for it in (*OLDER, *NEWER)),
        *(f"{it}__paper__meeting" for it in (*OLDER, *NEWER)),
        "made_by",
    ]
    ordering = ["-made_at", "-pk"]
    # Only says that there is a search; what it looks through is in get_search_results().
    search_fields = ["older_status_item__text"]
    search_help_text = "A group by any of its names, or words of one of the items"
    fields = ["newer_words", "verdict", "older_words", "group", "by", "made_at"]
    readonly_fields = ["newer_words", "verdict", "older_words", "group", "by", "made_at"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Changed on the page of two papers, which shows what that does."""
        return False

    @admin.display(description="item")
    def newer_words(self, row: PairingCorrection) -> str:
        """The later item, with its meeting."""
        return _in_words(row.newer)

    @admin.display(description="what staff say", ordering="together")
    def verdict(self, row: PairingCorrection) -> str:
        return "continues" if row.together else "does not continue"

    @admin.display(description="earlier item")
    def older_words(self, row: PairingCorrection) -> str:
        """The earlier item, with its meeting."""
        return _in_words(row.older)

    @admin.display(description="working group")
    def group(self, row: PairingCorrection) -> str:
        """Today's name."""
        newer: Any = row.newer
        return str(newer.paper.working_group)

    @admin.display(description="said by", ordering="made_by")
    def by(self, row: PairingCorrection) -> str:
        """Who said it last."""
        return str(row.made_by or "")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Corrections in whose group's names or items each of the words stands."""
        for word in search_words(search_term):
            queryset = queryset.filter(item_search([*OLDER, *NEWER], word))
        return queryset, False

    # The page of two papers --------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """The admin's own, with the page of two papers, named by the newer one."""
        view = self.admin_site.admin_view(self.pairs)
        name = "papers_pairingcorrection_pairs"
        return [path("pairs/<str:day>/<slug:slug>/", view, name=name), *super().get_urls()]

    def pairs(self, request: HttpRequest, day: str, slug: str) -> HttpResponse:
        """Show the pairs of a paper and the one before; take what staff say of them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        held_on = parse_day(day)
        meeting = Meeting.objects.filter(held_on=held_on).first() if held_on else None
        group = WorkingGroup.objects.with_history().filter(slug=slug).first()
        if meeting is None or group is None:
            raise Http404
        if request.method != "POST":
            return self._page(request, group, meeting, _found(group, meeting))
        try:
            with transaction.atomic():
                # One after the other: whoever comes second sees what the first has stored.
                list(WorkingGroup.objects.select_for_update().filter(pk=group.pk).order_by("pk"))
                problem = self._say(request, _found(group, meeting))
        except IntegrityError:
            problem = CHANGED
        if problem:
            self.message_user(request, problem, messages.ERROR)
        return HttpResponseRedirect(
            f"{pairs_address(meeting, group)}#{_anchor(request.POST.get('newer', ''))}"
        )

    def _say(self, request: HttpRequest, pair: PairOfPapers) -> str:
        """Store, change or take back one statement; the same one again changes nothing."""
        sent = request.POST
        older = _named(pair.choices, sent.get("older", ""))
        newer = _named(pair.items, sent.get("newer", ""))
        wanted = {"together": True, "apart": False, "forget": None}
        act = sent.get("act", "")
        if act not in wanted or newer is None:
            return "Nothing was stored: choose what to say of which item."
        if older is None:
            return f"Nothing was stored: choose the earlier item that {newer.number} continues."
        row = pair.verdict(older, newer)
        if act == "forget":
            self._ask(request, "delete")
            if row is not None:
                rows = PairingCorrection.objects.filter(pk=row.pk)
                self.log_deletions(request, rows)
                rows.delete()
            return ""
        if row is not None and row.together == wanted[act]:
            return ""
        self._ask(request, "add" if row is None else "change")
        if sent.get("edition") != pair.edition:
            return CHANGED
        return self._store(request, older, newer, bool(wanted[act]), row)

    def _store(
        self,
        request: HttpRequest,
        older: ShownItem,
        newer: ShownItem,
        together: bool,
        before: PairingCorrection | None,
    ) -> str:
        person: Any = request.user
        keys = dict([_field("older", older), _field("newer", newer)])
        row = before or PairingCorrection(**keys)
        row.together, row.made_by, row.made_at = together, person, timezone.now()
        try:
            row.full_clean()
        except ValidationError as refused:
            return f"Nothing was stored: {' '.join(refused.messages)}"
        row.save()
        if before is None:
            self.log_addition(request, row, [{"added": {}}])
        else:
            self.log_change(request, row, [{"changed": {"fields": ["belong together"]}}])
        verb = "continues" if together else "does not continue"
        words = f"Stored: {newer.number} {verb} {older.number}."
        self.message_user(request, words, messages.SUCCESS)
        return ""

    def _page(
        self, request: HttpRequest, group: WorkingGroup, meeting: Meeting, pair: PairOfPapers
    ) -> HttpResponse:
        older, newer = pair.papers
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Pairs, {meeting.name}",
            "group": group,
            "pair": pair,
            "older": older,
            "newer": newer,
            "lists_choices": len(pair.choices) <= CHOICES,
            "counts": pair.changes.counts,
            "may_add": self.may(request, "add"),
            "settling": settle_address(meeting, group) if request.user.has_perm(SETTLES) else "",
            "may_take_back": self.may(request, "delete"),
        }
        return TemplateResponse(request, "admin/papers/pairingcorrection/pairs.html", context)

    def _ask(self, request: HttpRequest, verb: str) -> None:
        if not self.may(request, verb):
            raise PermissionDenied


def pairs_address(meeting: Meeting, group: WorkingGroup) -> str:
    """The page of a paper and the group's one before."""
    day = meeting.held_on.isoformat()
    return reverse("admin:papers_pairingcorrection_pairs", args=[day, group.slug])


def _found(group: WorkingGroup, meeting: Meeting) -> PairOfPapers:
    pair = pairs_of(group, meeting)
    if pair is None:
        raise Http404
    return pair


def _named(items: list[ShownItem], said: str) -> ShownItem | None:
    """The item with this key, or with this number as people type it."""
    number = said.strip().upper()
    return next((it for it in items if said == it.key or number == it.number), None)


def _anchor(said: str) -> str:
    return f"item-{said}" if said.replace("-", "").replace("_", "").isalnum() else ""


def _field(side: str, item: ShownItem) -> tuple[str, int]:
    kind, _, key = item.key.partition("-")
    return f"{side}_{kind}_id", int(key)


def _key_of(row: PairingCorrection, fields: list[str]) -> str:
    """The item's key, as pages send it."""
    for name, kind in zip(fields, ITEM_FIELDS, strict=True):
        key = getattr(row, f"{name}_id")
        if key is not None:
            return f"{kind}-{key}"
    return ""


def _stored(papers: tuple[IssuePaper | None, IssuePaper | None]) -> QuerySet[PairingCorrection]:
    """What staff say of items of the newer of two papers."""
    newer = papers[1]
    found = PairingCorrection.objects.none()
    if newer is None:
        return found
    of_paper = [PairingCorrection.objects.filter(**{f"{it}__paper": newer.pk}) for it in NEWER]
    found = of_paper[0]
    for other in of_paper[1:]:
        found |= other
    return found.select_related("made_by").order_by("made_at", "pk")


def _in_words(item: Any) -> str:
    return f"{item.paper.meeting.name}: {item}" if item is not None else ""
