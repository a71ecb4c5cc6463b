"""The page "Steps to settle": what became of each open step at a meeting, one click each.

A GET changes nothing (S11). Every click says what its person saw: where the record, or somebody
else's statement, is another by then, nothing is stored, and a sentence says why (S25, S26).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from papers.admin.settling import EVIDENCE_FIELDS, Desk, GroupDesk, StepToSettle
from papers.asof import parse_day
from papers.models import IssuePaper, RejectedSuggestion, StepOutcome
from papers.threads import OUTCOME_LABELS, Outcome
from workgroups.admin.naming import is_key
from workgroups.models import Meeting, WorkingGroup

SEES_PAIRS = "papers.view_pairingcorrection"
# Steps on one page: with suggestions and a form each, of papers of any size (S39).
STEPS_PER_PAGE = 25
# More items than these are named by their number, not chosen from a list as long in every form.
CHOICES = 60
OF_A_SUGGESTION = (Outcome.DONE, Outcome.PARTLY_DONE, Outcome.DECLINED, Outcome.CHANGED)
GONE = "Nothing was stored: this step was not open then, or its paper was changed meanwhile."
CHANGED = (
    "Nothing was stored: somebody changed the paper of {} while you looked at it. Look again, and "
    "state it once more."
)


class StatementForm(forms.Form):
    """What became of a step, and what shows it."""

    outcome = forms.ChoiceField(
        choices=[("", "Choose"), *((it.value, label) for it, label in OUTCOME_LABELS.items())],
        error_messages={
            "required": "Choose what became of the step.",
            "invalid_choice": "Choose what became of the step.",
        },
    )
    evidence = forms.CharField(required=False)
    note = forms.CharField(required=False, max_length=1000)

    def clean_note(self) -> str:
        """As it would be stored, to be held against what is."""
        kept: str = StepOutcome._meta.get_field("note").to_python(self.cleaned_data["note"])
        return kept


def settle_address(meeting: Meeting, group: WorkingGroup | None = None) -> str:
    """The page of a meeting, or of one group there."""
    day = meeting.held_on.isoformat()
    if group is None:
        return reverse("admin:papers_stepoutcome_settle_meeting", args=[day])
    return reverse("admin:papers_stepoutcome_settle", args=[day, group.slug])


def can_be_settled(meeting: Meeting) -> bool:
    """Whether it took place or is to come."""
    return meeting.status in (Meeting.Status.HELD, Meeting.Status.PLANNED)


class SettlePage(admin.ModelAdmin):
    """The page's part of the admin of outcomes."""

    def settle_latest(self, request: HttpRequest) -> HttpResponse:
        """The page of the latest meeting for which there is a paper, drafts included."""
        self._ask_to_view(request)
        papers = IssuePaper.objects.filter(meeting__status__in=["held", "planned"])
        days = papers.order_by("-meeting__held_on").values_list("meeting__held_on", flat=True)
        day = days.first()
        if day is None:
            words = "There is no paper yet, and so there are no steps to settle."
            self.message_user(request, words, messages.INFO)
            return HttpResponseRedirect(reverse("admin:papers_stepoutcome_changelist"))
        address = reverse("admin:papers_stepoutcome_settle_meeting", args=[day.isoformat()])
        return HttpResponseRedirect(address)

    def settle_meeting(self, request: HttpRequest, day: str) -> HttpResponse:
        """Every group's steps at a meeting."""
        self._ask_to_view(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        meeting = _meeting(day)
        groups = WorkingGroup.objects.with_history().order_by("name", "pk")
        return self._page(request, Desk(meeting, groups), None)

    def settle_group(self, request: HttpRequest, day: str, slug: str) -> HttpResponse:
        """One group's steps at a meeting; also takes what is stated on either page."""
        self._ask_to_view(request)
        meeting = _meeting(day)
        group = WorkingGroup.objects.with_history().filter(slug=slug).first()
        if group is None:
            raise Http404
        if request.method != "POST":
            return self._page(request, Desk(meeting, [group]), group)
        acts = {
            "state": self._state,
            "refuse": self._refuse,
            "take-back": self._take_back,
            "remove": self._remove,
        }
        act = acts.get(request.POST.get("act", ""))
        if act is None:
            self.message_user(request, "Nothing was stored: choose what to do.", messages.ERROR)
            return self._back(request, meeting, group)
        try:
            with transaction.atomic():
                # One after the other: whoever comes second sees what the first has stored.
                list(WorkingGroup.objects.select_for_update().filter(pk=group.pk).order_by("pk"))
                desk = Desk(meeting, [group])
                problem = act(request, desk.groups[0])
        except IntegrityError:
            problem = (
                "Nothing was stored: somebody else stated or deleted something at the same moment. "
                "Look again."
            )
        if isinstance(problem, StatementForm):
            step = desk.groups[0].step(request.POST.get("step", ""))
            return self._page(request, desk, group, {step.step if step else "": problem})
        if problem:
            self.message_user(request, problem, messages.ERROR)
        return self._back(request, meeting, group)

    # What is stated ----------------------------------------------------------------------------

    def _state(self, request: HttpRequest, desk: GroupDesk) -> str | StatementForm:
        """Store an outcome; the same one again changes nothing."""
        self._ask(request, "add")
        step = desk.step(request.POST.get("step", ""))
        if step is None:
            return GONE
        form = StatementForm(request.POST, auto_id=f"{step.anchor}-%s")
        if not form.is_valid():
            return form
        said = form.cleaned_data
        chosen = desk.choice(said["evidence"]) if said["evidence"] else None
        if said["evidence"] and chosen is None:
            form.add_error("evidence", "There is no such item in that meeting's paper.")
            return form
        outcome = StepOutcome(
            **_key(step.step, "{}_id"),
            meeting=desk.meeting,
            outcome=said["outcome"],
            note=said["note"],
            stated_by=_person(request),
        )
        if chosen:
            kind, _, key = chosen.key.partition("-")
            setattr(outcome, f"{EVIDENCE_FIELDS[kind]}_id", int(key))
        if step.said:
            return self._stated_before(request, step, outcome)
        if request.POST.get("edition") != desk.edition:
            return CHANGED.format(desk.meeting)
        try:
            outcome.full_clean()
        except ValidationError as refused:
            for words in refused.messages:
                form.add_error(None, words)
            return form
        outcome.save()
        self.log_addition(request, outcome, [{"added": {}}])
        words = f"Stated: {outcome.get_outcome_display()}, {desk.meeting.name}: “{outcome.step}”."
        if desk.is_draft:
            words += " Readers see it once the paper of that meeting is published."
        self.message_user(request, words, messages.SUCCESS)
        return ""

    def _stated_before(self, request: HttpRequest, step: StepToSettle, wanted: StepOutcome) -> str:
        """Silent about a second click; of another's statement it says whose."""
        names = ("outcome", "evidence_id", "evidence_step_id", "note")
        for said in step.said:
            if all(getattr(said.row, name) == getattr(wanted, name) for name in names):
                self.message_user(request, "That is stated already.", messages.INFO)
                return ""
        row = step.said[0].row
        who = "You" if row.stated_by == request.user else str(row.stated_by or "Somebody")
        moment = date_format(timezone.localtime(row.stated_at), "N j, g:i a")
        return (
            f"Nothing was stored: {who} stated on {moment} what became of this step: "
            f"{row.get_outcome_display()}. Edit that, or remove it first."
        )

    def _refuse(self, request: HttpRequest, desk: GroupDesk) -> str:
        """An item does not answer a step; said twice it changes nothing."""
        self._ask(request, "add", RejectedSuggestion)
        step = desk.step(request.POST.get("step", ""))
        chosen = desk.choice(request.POST.get("answer", ""))
        if step is None or chosen is None or not chosen.key.startswith("status_item-"):
            return GONE
        if request.POST.get("edition") != desk.edition:
            return CHANGED.format(desk.meeting)
        answer = int(chosen.key.partition("-")[2])
        if any(row.answer_id == answer for row, _ in step.refused):
            return ""
        row = RejectedSuggestion(
            **_key(step.step, "{}_id"), answer_id=answer, rejected_by=_person(request)
        )
        row.full_clean()
        row.save()
        self._admin_of(RejectedSuggestion).log_addition(request, row, [{"added": {}}])
        words = f"Rejected: {chosen.number} is not suggested for this step again."
        self.message_user(request, words, messages.SUCCESS)
        return ""

    def _take_back(self, request: HttpRequest, desk: GroupDesk) -> str:
        """A refused item may be suggested again."""
        self._ask(request, "delete", RejectedSuggestion)
        sent = request.POST.get("row", "")
        refused = [each for step in desk.steps for each in step.refused if str(each[0].pk) == sent]
        if refused:
            row, shown = refused[0]
            found = RejectedSuggestion.objects.filter(pk=row.pk)
            self._admin_of(RejectedSuggestion).log_deletions(request, found)
            found.delete()
            words = f"{shown.number} may be suggested for this step again."
            self.message_user(request, words, messages.SUCCESS)
        return ""

    def _remove(self, request: HttpRequest, desk: GroupDesk) -> str:
        """Take an outcome back, as its remover has seen it."""
        self._ask(request, "delete")
        sent = request.POST.get("row", "")
        listed = [*(said for step in desk.steps for said in step.said), *desk.unplaced]
        found = next((said for said in listed if str(said.row.pk) == sent), None)
        if found is None or not is_key(sent):
            return "Nothing was removed: this outcome is not there any more."
        if request.POST.get("seen") != found.seen:
            return (
                "Nothing was removed: somebody changed this outcome meanwhile to "
                f"“{found.row.get_outcome_display()}”. Look at it, and remove it then."
            )
        rows = StepOutcome.objects.filter(pk=found.row.pk)
        self.log_deletions(request, rows)
        rows.delete()
        words = f"Removed: {found.row.get_outcome_display()}: “{found.row.step}”."
        self.message_user(request, words, messages.SUCCESS)
        return ""

    # Helpers -----------------------------------------------------------------------------------

    def _page(
        self,
        request: HttpRequest,
        desk: Desk,
        group: WorkingGroup | None,
        faulty: dict[str, StatementForm] | None = None,
    ) -> HttpResponse:
        steps = [(it, step) for it in desk.groups for step in it.steps]
        pages = Paginator(steps, STEPS_PER_PAGE)
        if faulty:
            wanted = [number for number, (_, step) in enumerate(steps) if step.step in faulty]
            page = pages.get_page(1 + wanted[0] // STEPS_PER_PAGE if wanted else 1)
        else:
            page = pages.get_page(request.GET.get("page"))
        # What takes time only for what the page shows.
        on_page = [it for it in desk.groups if any(it is shown for shown, _ in page.object_list)]
        for it in on_page:
            it.suggest_answers([step for shown, step in page.object_list if shown is it])
        may = self.may  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Steps to settle, {desk.meeting.name}",
            "desk": desk,
            "group": group,
            "meeting": desk.meeting,
            "back": "group" if group else "meeting",
            "page": page,
            "page_range": list(pages.get_elided_page_range(page.number)),
            "sections": [
                {
                    "desk": it,
                    "has_pairs": it.has_pairs and request.user.has_perm(SEES_PAIRS),
                    "steps": [_row(it, step, faulty) for of, step in page.object_list if of is it],
                }
                for it in desk.groups
                if it in on_page or it.unplaced
            ],
            "others": _others(desk.meeting, group),
            "ways": [(it.value, OUTCOME_LABELS[it]) for it in OF_A_SUGGESTION],
            "all_ways": [(it.value, label) for it, label in OUTCOME_LABELS.items()],
            "may_state": may(request, "add"),
            "may_edit": may(request, "change"),
            "may_remove": may(request, "delete"),
            "may_refuse": may(request, "add", RejectedSuggestion),
            "may_take_back": may(request, "delete", RejectedSuggestion),
            "has_problems": bool(faulty),
        }
        return TemplateResponse(request, "admin/papers/stepoutcome/settle.html", context)

    def _back(self, request: HttpRequest, meeting: Meeting, group: WorkingGroup) -> HttpResponse:
        """The page that was left, at the step."""
        is_meeting = request.POST.get("back") == "meeting"
        address = settle_address(meeting, None if is_meeting else group)
        page = request.POST.get("page", "")
        step = request.POST.get("step", "")
        address += f"?page={page}" if is_key(page) and page != "1" else ""
        kind, _, key = step.partition("-")
        return HttpResponseRedirect(
            f"{address}#step-{kind}-{key}" if kind.isidentifier() and is_key(key) else address
        )

    def _admin_of(self, model: Any) -> Any:
        return self.admin_site.get_model_admin(model)

    def _ask_to_view(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _ask(self, request: HttpRequest, verb: str, model: Any = None) -> None:
        if not self.may(request, verb, model):  # type: ignore[attr-defined]
            raise PermissionDenied


def _row(
    desk: GroupDesk, step: StepToSettle, faulty: dict[str, StatementForm] | None
) -> dict[str, Any]:
    """A step with its form, which comes back as it was sent where it has a fault."""
    return {
        "step": step,
        "form": (faulty or {}).get(step.step) or StatementForm(auto_id=f"{step.anchor}-%s"),
        "is_faulty": step.step in (faulty or {}),
        "lists_choices": len(desk.choices) <= CHOICES,
    }


def _person(request: HttpRequest) -> Any:
    """Whose statement it is; the admin has asked who that is."""
    return request.user


def _key(said: str, name: str) -> dict[str, int]:
    """``"next_step-5"`` -> ``{"next_step_id": 5}``."""
    kind, _, key = said.partition("-")
    return {name.format(kind): int(key)}


def _meeting(day: str) -> Meeting:
    """The meeting of a day that was held or is planned, else 404."""
    held_on = parse_day(day)
    meeting = Meeting.objects.filter(held_on=held_on).first() if held_on else None
    if meeting is None or not can_be_settled(meeting):
        raise Http404
    return meeting


def _others(meeting: Meeting, group: WorkingGroup | None) -> dict[str, str]:
    """The pages of the meetings before and after that have papers (of the group)."""
    papers = IssuePaper.objects.filter(meeting__status__in=["held", "planned"])
    papers = papers.filter(working_group=group) if group else papers
    days = papers.values_list("meeting__held_on", flat=True).distinct()
    found = {
        "before": days.filter(meeting__held_on__lt=meeting.held_on)
        .order_by("-meeting__held_on")
        .first(),
        "after": days.filter(meeting__held_on__gt=meeting.held_on)
        .order_by("meeting__held_on")
        .first(),
    }
    return {way: settle_address(Meeting(held_on=day), group) for way, day in found.items() if day}
