"""What the record makes of a paper that was read: its group, its meeting, and findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from papers.content import PaperContent
from papers.importing.findings import Finding
from papers.importing.matching import (
    Match,
    Named,
    match_group,
    match_meeting,
    match_subcommittee,
    meetings_of_month,
    same_group_name,
    same_subcommittee_name,
)
from papers.importing.parsed import ParsedPaper
from papers.models import IssuePaper
from workgroups.dates import long_day
from workgroups.history import State
from workgroups.models import Meeting, Subcommittee, WorkingGroup

MAX_DETAIL = 300
NO_MATCH = Match()
NO_MONTH = "the month of the paper, which prints none"


@dataclass(frozen=True)
class Resolution:
    """Where a paper belongs. ``group`` and ``meeting`` are None where the record does not say.

    The matches carry suggestions for the person who has to decide. ``stored`` is the paper that
    the group already has for the meeting, draft or published.
    """

    group: WorkingGroup | None = None
    subcommittee: Subcommittee | None = None
    meeting: Meeting | None = None
    stored: IssuePaper | None = None
    group_match: Match = NO_MATCH
    subcommittee_match: Match = NO_MATCH
    meeting_suggestions: tuple[date, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether a paper can be stored."""
        return self.group is not None and self.meeting is not None

    @property
    def names(self) -> dict[str, str | None]:
        """For scripts: slugs and the meeting's date."""
        return {
            "working_group": self.group.slug if self.group else None,
            "subcommittee": self.subcommittee.slug if self.subcommittee else None,
            "meeting": self.meeting.held_on.isoformat() if self.meeting else None,
        }


def resolve(
    parsed: ParsedPaper, group: WorkingGroup | None = None, meeting: Meeting | None = None
) -> Resolution:
    """Look the printed names up. ``group`` and ``meeting`` are a person's decision and hold.

    Some eight queries, whatever the size of the paper.
    """
    content = parsed.content
    findings: list[Finding] = []

    meetings = {row.held_on: row for row in Meeting.objects.filter(status__in=["held", "planned"])}
    of_month = meetings_of_month(parsed.meeting, meetings)
    if meeting is None:
        day = match_meeting(parsed.meeting, meetings)
        meeting = meetings[day] if day else None
    if meeting is None:
        findings.append(Finding("unknown_meeting", _month_detail(parsed, of_month)))

    group_match = NO_MATCH
    if group is None:
        groups = list(WorkingGroup.objects.with_history().prefetch_related("aliases"))
        group_match = match_group(content.group, [_named_group(each, meeting) for each in groups])
        group = next((each for each in groups if each.slug == group_match.key), None)
    if group is None:
        findings.append(Finding("unknown_group", _cut(content.group or "(no name is printed)")))
    elif not same_group_name(content.group, group.name):
        findings.append(Finding("alias", "name of the group", "working_group"))

    subcommittee, subcommittee_match, finding = _find_subcommittee(content, group, meeting)
    findings += [finding] if finding else []

    stored = None
    if group and meeting:
        findings += _standing_findings(content, group, meeting)
        stored = (
            IssuePaper.objects.with_subject().filter(working_group=group, meeting=meeting).first()
        )
    return Resolution(
        group=group,
        subcommittee=subcommittee,
        meeting=meeting,
        stored=stored,
        group_match=group_match,
        subcommittee_match=subcommittee_match,
        meeting_suggestions=tuple(of_month),
        findings=tuple(findings),
    )


def merge_findings(*several: Iterable[Finding]) -> tuple[Finding, ...]:
    """All findings, those of the same code, subject and place once; the first one stays."""
    merged: dict[object, Finding] = {}
    for finding in (each for findings in several for each in findings):
        words = finding.detail if finding.code == "not_placed" else ""
        merged.setdefault((finding.full_code, finding.span, words), finding)
    return tuple(merged.values())


def _named_group(group: WorkingGroup, meeting: Meeting | None) -> Named:
    """With the name that it bore on the meeting's day; today's where the day is not known."""
    today = group.standing_on(meeting.held_on).name if meeting else group.name
    dated = [group.name, *(event.name for event in group.events.all() if event.name)]
    aliases = list(group.aliases.all())
    former = [alias.name for alias in aliases if alias.is_confirmed and alias.is_former_name]
    spellings = [alias.name for alias in aliases if alias.is_confirmed and not alias.is_former_name]
    return Named(
        key=group.slug,
        name=today,
        others=tuple(name for name in [*dated, *former] if name != today),
        aliases=(*spellings, *([group.acronym] if group.acronym else [])),
        unconfirmed=tuple(alias.name for alias in aliases if not alias.is_confirmed),
    )


def _find_subcommittee(
    content: PaperContent, group: WorkingGroup | None, meeting: Meeting | None
) -> tuple[Subcommittee | None, Match, Finding | None]:
    if not content.subcommittee:
        return None, NO_MATCH, None
    rows = list(Subcommittee.objects.all())
    match = match_subcommittee(
        content.subcommittee,
        [
            Named(row.slug, row.name, aliases=(row.short_name,) if row.short_name else ())
            for row in rows
        ],
    )
    found = next((row for row in rows if row.slug == match.key), None)
    if found is None:
        return None, match, Finding("unknown_subcommittee", _cut(content.subcommittee))
    its_own = ""
    if group and meeting:
        its_own = group.standing_on(meeting.held_on).subcommittee
    elif group and group.subcommittee:
        its_own = group.subcommittee.slug
    is_another = bool(its_own) and its_own != found.slug
    if is_another or not same_subcommittee_name(content.subcommittee, found.name):
        return found, match, Finding("alias", "subcommittee of the group", "subcommittee")
    return found, match, None


def _standing_findings(
    content: PaperContent, group: WorkingGroup, meeting: Meeting
) -> list[Finding]:
    """What group, meeting and the papers before say against it."""
    findings = []
    day = meeting.held_on
    standing = group.standing_on(day)
    if standing.state is State.HIATUS and standing.since:
        findings.append(Finding("group_on_hiatus", standing.since.when.since))
    if content.dated and content.dated > day:
        findings.append(Finding("dated_after_meeting", long_day(content.dated)))
    previous = (
        IssuePaper.objects.issue_papers()
        .of_group(group)
        .filter(meeting__held_on__lt=day)
        .with_subject()
        .first()
    )
    if previous and says_what(previous.content()) == says_what(content) != ():
        findings.append(Finding("same_as_previous", previous.meeting.name))
    return findings


def says_what(content: PaperContent) -> tuple[object, ...]:
    """The statements of a paper without their looks: per section with items, their texts."""
    return tuple(
        (section.kind, tuple(item.text for item in section.items))
        for section in content.sections
        if section.items
    )


def _month_detail(parsed: ParsedPaper, of_month: list[date]) -> str:
    """Completes "No meeting on record was held in ...\"."""
    printed = _cut(parsed.meeting_as_printed) or NO_MONTH
    if parsed.meeting and not parsed.meeting_as_printed:
        printed = f"{date(*parsed.meeting, 1):%B %Y}"
    if len(of_month) > 1:
        return f"{printed} alone: there were {' and '.join(map(long_day, of_month))}"
    return printed


def _cut(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= MAX_DETAIL else f"{words[: MAX_DETAIL - 1]}…"
