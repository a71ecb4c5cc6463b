"""The review of one imported file: its document at the left, its record at the right.

What the page lets a person do follows from what became of the file: a draft is edited, published or
discarded; a file that waits for the record is given its group and meeting; a proposed revision is
taken over or not. A GET changes nothing (S11).
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from papers.admin.outcome_forms import ResolveForm, RevisionForm
from papers.admin.outcome_pages import blocked_page, over_page, revision_page
from papers.admin.review_forms import ReviewForms
from papers.admin.review_merging import Merged, merge, nods_of, with_taken
from papers.admin.review_page import draft_page
from papers.importing import batches, drafts
from papers.importing.arranging import drop_unprinted_sections, rearrange
from papers.importing.reviewing import Review, renew_findings, settle_findings
from papers.importing.revisions import OPEN, apply_revision, reject_revision
from papers.models import ImportedFile, IssuePaper
from papers.models.items import PrintedItem

Status = ImportedFile.Status
TEMPLATES = "admin/papers/importbatch"
# Document and record stand side by side and want the whole width.
WIDE = {"is_nav_sidebar_enabled": False}


def address(imported: ImportedFile) -> str:
    """The page of a file's review."""
    return reverse("admin:papers_importbatch_review", args=[imported.batch_id, imported.position])


def batch_address(imported: ImportedFile) -> str:
    """The page of its batch."""
    return reverse("admin:papers_importbatch_change", args=[imported.batch_id])


def review(site: Any, request: HttpRequest, imported: ImportedFile) -> HttpResponse:
    """The page that fits what became of the file. ``site`` is the admin of batches."""
    if not imported.is_over:
        return HttpResponseRedirect(batch_address(imported))
    if imported.status == Status.BLOCKED:
        return _blocked(site, request, imported)
    if imported.status in (Status.REVISION, Status.REJECTED) and imported.paper:
        return _revision(site, request, imported)
    # After a revision was taken over, the paper is what this file says.
    if imported.paper and imported.paper.imported_from_id == imported.pk:
        return _draft(site, request, imported, imported.paper)
    return _over(site, request, imported)


# A draft ---------------------------------------------------------------------------------------


def _draft(
    site: Any, request: HttpRequest, imported: ImportedFile, paper: IssuePaper
) -> HttpResponse:
    if request.method != "POST":
        seen = Review(imported, paper)
        return _draft_response(site, request, imported, ReviewForms(seen))
    if not request.user.has_perm("papers.change_issuepaper"):
        raise PermissionDenied
    wants_publishing = "_publish" in request.POST
    if wants_publishing and not site.paper_admin().has_publish_permission(request):
        raise PermissionDenied
    with transaction.atomic():
        # What was looked at is what is saved: nobody else changes it in between (S25, S26).
        related = ["working_group", "meeting", "imported_from"]
        locked = IssuePaper.objects.select_for_update(of=("self",)).select_related(*related)
        now = locked.filter(pk=paper.pk).first()
        if now is None:
            site.say(request, f"Nothing was saved: “{paper}” was discarded.", messages.ERROR)
            return HttpResponseRedirect(batch_address(imported))
        paper = now
        seen = Review(imported, paper)
        sent: QueryDict = request.POST
        merged: Merged | None = None
        if "take" in sent:
            sent = with_taken(sent, ReviewForms(seen))
        is_late = sent.get("edition") != seen.edition
        if is_late and not paper.published_at:
            merged = merge(sent, ReviewForms(seen))
            sent = merged.data
        forms, nods = ReviewForms(seen, sent), nods_of(sent, seen.findings)
        if paper.published_at:
            # A published paper is corrected on its own page, by those who may publish (S06).
            problems = [
                "The paper was published meanwhile, and nothing was saved. What you typed stands "
                "below; it is corrected on the paper's own page, with a public note."
            ]
        elif is_late:
            again = "Nothing of yours is saved yet: look at what is marked, and save again."
            problems = [f"{_faster(paper)} {again}"]
        elif not forms.is_valid():
            problems = ["Nothing was saved yet. Please correct what is marked.", *forms.errors]
        else:
            try:
                with transaction.atomic():
                    lowered = _save(request, imported, forms, nods)
            except ValidationError as refused:
                # Such as an item on which an outcome of a next step rests.
                problems = [f"Nothing was saved. {' '.join(refused.messages)}"]
            else:
                problems, refusal, question = [], "", ""
                if wants_publishing:
                    try:
                        question = site.paper_admin().publish_or_ask(request, paper)
                    except ValidationError as refused:
                        refusal = " ".join(refused.messages)
    if problems:
        return _draft_response(site, request, imported, forms, problems, nods, merged)
    if lowered:
        site.say(request, _levels_in_words(lowered), messages.WARNING)
    if refusal:
        site.say(request, f"Saved, and still a draft. {refusal}", messages.ERROR)
        return HttpResponseRedirect(address(imported))
    if question:
        return HttpResponseRedirect(question)
    if wants_publishing:
        site.say(request, f"Published: “{paper}”. Everybody can read it now.")
    else:
        site.say(request, f"Saved as a draft: “{paper}”. It is not public.")
    following = batches.next_to_review(imported) if "_next" in request.POST else None
    if following:
        return HttpResponseRedirect(address(following))
    leaves = wants_publishing or "_next" in request.POST
    return HttpResponseRedirect(batch_address(imported) if leaves else address(imported))


def _save(
    request: HttpRequest, imported: ImportedFile, forms: ReviewForms, nods: set[str]
) -> list[PrintedItem]:
    """Fields, items and findings, in the caller's transaction; the items that lost a level."""
    seen = forms.review
    settle_findings(seen, [each for each in seen.findings if str(each.pk) in nods], request.user)
    paper = forms.paper.save()
    for section in seen.sections:
        row, words = section.row, forms.remark(section)
        if row and words is not None and words != row.remark:
            row.remark = words
            row.full_clean(exclude=["paper"], validate_unique=False, validate_constraints=False)
            row.save(update_fields=["remark"])
    lowered = rearrange(paper, forms.edits(), forms.additions())
    drop_unprinted_sections(paper, seen.parsed)
    renew_findings(imported, paper)
    drafts.note(request.user, paper, "Reviewed beside its document.", CHANGE)
    return lowered


def _levels_in_words(lowered: list[PrintedItem]) -> str:
    items = ", ".join(f"“{item}” to {item.level}" for item in lowered[:3])
    more = f", and {len(lowered) - 3} more" if len(lowered) > 3 else ""
    return f"Levels were changed, since no item that they belong to stands before: {items}{more}."


def _nodded(request: HttpRequest) -> set[str]:
    return set(request.POST.getlist("nod"))


def _faster(paper: IssuePaper) -> str:
    """Who it was, as far as that is on record."""
    entries = LogEntry.objects.filter(
        content_type__app_label="papers", content_type__model="issuepaper", object_id=str(paper.pk)
    )
    last = entries.select_related("user").order_by("-action_time", "-pk").first()
    who = "Somebody"
    if last:
        moment = date_format(timezone.localtime(last.action_time), "g:i a")
        who = f"{last.user.get_username()}, at {moment},"
    return f"{who} changed this draft while you worked on it."


def _conflict(paper: IssuePaper) -> str:
    return f"{_faster(paper)} Nothing is decided yet: look through it and decide again."


def _draft_response(
    site: Any,
    request: HttpRequest,
    imported: ImportedFile,
    forms: ReviewForms,
    problems: list[str] | None = None,
    nods: set[str] | None = None,
    merged: Merged | None = None,
) -> HttpResponse:
    paper = forms.review.paper
    papers = site.paper_admin()
    may_change = not paper.published_at and papers.has_change_permission(request, paper)
    context = site.context_for(
        request,
        "Review import",
        **WIDE,
        **draft_page(imported, forms, nods, merged),
        problems=problems or [],
        may_change=may_change,
        may_publish=may_change and papers.has_publish_permission(request),
        may_discard=_may_discard(site, request, imported),
        following=batches.next_to_review(imported),
    )
    return TemplateResponse(request, f"{TEMPLATES}/review.html", context)


# A file that waits for the record --------------------------------------------------------------


def _blocked(site: Any, request: HttpRequest, imported: ImportedFile) -> HttpResponse:
    parsed = imported.parsed_paper()
    judgement = drafts.judge(parsed, imported.sha256, besides=imported) if parsed else None
    form = ResolveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not site.has_add_permission(request):
            raise PermissionDenied
        if form.is_valid():
            said = form.cleaned_data
            try:
                outcome = drafts.retry(
                    imported,
                    user=request.user,
                    group=said["working_group"],
                    meeting=said["meeting"],
                )
            except ValidationError as refused:
                site.say(request, " ".join(refused.messages), messages.ERROR)
                return HttpResponseRedirect(address(imported))
            if outcome.status == Status.BLOCKED:
                words = "The record does not know its group or its meeting yet."
                site.say(request, words, messages.WARNING)
            else:
                site.say(
                    request, outcome.sentence or f"{ImportedFile.Status(outcome.status).label}."
                )
            return HttpResponseRedirect(address(imported))
    may_change = site.has_add_permission(request)
    context = site.context_for(
        request,
        "Review import",
        **WIDE,
        **blocked_page(imported, judgement, form),
        may_change=may_change,
        may_discard=_may_discard(site, request, imported),
        may_add_group=request.user.has_perm("workgroups.add_workinggroup"),
        may_change_group=request.user.has_perm("workgroups.change_workinggroup"),
        may_add_meeting=request.user.has_perm("workgroups.add_meeting"),
        following=batches.next_to_review(imported),
    )
    return TemplateResponse(request, f"{TEMPLATES}/blocked.html", context)


# A proposed revision ---------------------------------------------------------------------------


def _revision(site: Any, request: HttpRequest, imported: ImportedFile) -> HttpResponse:
    paper = imported.paper
    if paper is None:
        return _over(site, request, imported)
    form = RevisionForm(request.POST if "_take_over" in request.POST else None)
    problems: list[str] = []
    if request.method == "POST":
        if not site.paper_admin().has_change_permission(request, paper):
            raise PermissionDenied
        if request.POST.get("edition") != edition_of(paper):
            problems = [_conflict(paper)]
        elif "_leave" in request.POST:
            return _leave(site, request, imported)
        elif paper.published_at and not form.is_valid():
            problems = ["Say in the public note what is corrected."]
        else:
            try:
                return _take_over(site, request, imported, form)
            except ValidationError as refused:
                problems = [f"Not taken over. {' '.join(refused.messages)}"]
                # As it is now: another person may have decided, or changed the paper.
                imported.refresh_from_db()
                if imported.status not in OPEN or imported.paper is None:
                    site.say(request, problems[0], messages.ERROR)
                    return HttpResponseRedirect(address(imported))
                paper = imported.paper
    context = site.context_for(
        request,
        "Proposed revision",
        **WIDE,
        **revision_page(
            imported,
            paper,
            form,
            edition_of(paper),
            _nodded(request) if request.method == "POST" else None,
        ),
        problems=problems,
        may_change=site.paper_admin().has_change_permission(request, paper),
        may_discard=_may_discard(site, request, imported),
        following=batches.next_to_review(imported),
    )
    return TemplateResponse(request, f"{TEMPLATES}/revision.html", context)


def edition_of(paper: IssuePaper) -> str:
    """Changes with the stored paper: who decides says which one they saw."""
    said = f"{paper.content()!r} {paper.published_at!r}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _take_over(
    site: Any, request: HttpRequest, imported: ImportedFile, form: RevisionForm
) -> HttpResponse:
    """Raises ValidationError, in words, where the revision is refused; nothing is changed then."""
    said = form.cleaned_data if form.is_valid() else {"note": "", "weight": "minor"}
    seen = request.POST.get("edition")

    def check(paper: IssuePaper) -> None:
        """On the locked paper: what was seen, and what this person may, still holds."""
        if edition_of(paper) != seen:
            raise ValidationError(_conflict(paper))
        if not site.paper_admin().has_change_permission(request, paper):
            raise PermissionDenied

    paper = apply_revision(
        imported,
        request.user,
        correction=said["note"],
        weight=said["weight"],
        nods=_nodded(request),
        check=check,
    )
    site.say(request, f"Taken over: “{paper}” now says what “{imported.short_name}” says.")
    return HttpResponseRedirect(batch_address(imported))


def _leave(site: Any, request: HttpRequest, imported: ImportedFile) -> HttpResponse:
    try:
        reject_revision(imported, request.user)
    except ValidationError as refused:
        site.say(request, " ".join(refused.messages), messages.ERROR)
    else:
        site.say(request, f"Not taken over: “{imported.paper}” stays as it is.")
    return HttpResponseRedirect(batch_address(imported))


# What is over ----------------------------------------------------------------------------------


def _over(site: Any, request: HttpRequest, imported: ImportedFile) -> HttpResponse:
    if request.method == "POST":
        if not site.has_change_permission(request):
            raise PermissionDenied
        # Sent from a page that stood open while somebody else decided (S25).
        site.say(request, f"Nothing was saved: “{imported}” was settled meanwhile.", messages.ERROR)
        return HttpResponseRedirect(address(imported))
    context = site.context_for(request, "Imported file", **over_page(imported))
    return TemplateResponse(request, f"{TEMPLATES}/over.html", context)


# Discarding ------------------------------------------------------------------------------------


def _may_discard(site: Any, request: HttpRequest, imported: ImportedFile) -> bool:
    """Whoever imports may discard; where that deletes a draft, they must be allowed to."""
    if imported.status not in (Status.DRAFT, Status.BLOCKED, Status.REVISION):
        return False
    if imported.status != Status.DRAFT or imported.paper is None:
        return site.has_add_permission(request)
    return site.paper_admin().has_delete_permission(request, imported.paper)


def discard(site: Any, request: HttpRequest, imported: ImportedFile) -> HttpResponse:
    """A page that asks; its form does it."""
    if not _may_discard(site, request, imported):
        if imported.status == Status.DISCARDED:
            return HttpResponseRedirect(batch_address(imported))
        raise PermissionDenied
    if request.method != "POST":
        context = site.context_for(request, "Discard this import?", **over_page(imported))
        return TemplateResponse(request, f"{TEMPLATES}/discard.html", context)
    following = batches.next_to_review(imported)
    try:
        batches.discard(imported, request.user)
    except ValidationError as refused:
        site.say(request, " ".join(refused.messages), messages.ERROR)
        return HttpResponseRedirect(address(imported))
    site.say(request, f"Discarded: “{imported.short_name}”.")
    return HttpResponseRedirect(address(following) if following else batch_address(imported))
