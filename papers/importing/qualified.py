"""What offices print around the words of a usual heading: dates, brackets, a second subject.

Pure: standard library only. "Current Status (as of May 9, 2025)", "Background and Purpose",
"Proposed Next Steps". Whether what is left is a usual heading is for ``headings`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BRACKET = re.compile(r"\s*[(\[][^()\[\]]{1,80}[)\]]$")
_MONTHS = "jan feb mar apr may june? july? aug sept? oct nov dec".replace(" ", "|")
_PERIOD_WORD = (
    rf"(?:(?:{_MONTHS})[a-z]{{0,6}}\.?|['’]?\d{{2,4}}|\d{{1,2}}(?:st|nd|rd|th)?|Q[1-4]"
    r"|FY\s?['’]?\d{2,4}|first|second|third|fourth|fiscal|calendar|years?|quarters?|terms?"
    r"|spring|summer|fall|winter|early|mid|late|of|the|to|through|and|in)"
)
_PERIOD = re.compile(
    r"(?:\s+[–—-]\s*|\s*[–—]\s*|\s*[,:;|]\s*|\s+)(?:(?:as\s+of|for|through|updated)\s+)?"
    rf"(?P<words>{_PERIOD_WORD}(?:[\s,/–—-]+{_PERIOD_WORD}){{0,9}})$",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"^(?:(?:proposed|planned|anticipated|upcoming|recommended|suggested|immediate|expected|key"
    r"|overall|general|brief|latest|updated|potential|possible|(?:summary|overview)\s+of)\s+)"
    r"(?:the\s+)?(?=\S)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s+(?:to\s+be\s+addressed|to\s+date|under\s+(?:discussion|review)|for\s+discussion"
    r"|(?:going|moving)\s+forward)$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*/\s*|\s*,?\s+(?:and|&)\s+|\s*,\s+", re.IGNORECASE)
_OF = re.compile(
    r"\s+(?:of|for|on)\s+(?:the\s+)?(?:[\w&/'’.-]+\s+){0,6}?"
    r"(?:(?:sub-?)?committee|group|workgroup|task\s+force|WG|TF|COAC|CBP|trade|term|work"
    r"|quarter)(?:['’]s)?(?:\s+(?:activities|efforts|work|members|update))?"
    r"(?:\s*[(\[][^()\[\]]{1,40}[)\]])?$",
    re.IGNORECASE,
)
# A heading of two usual sections is neither of them.
_USUAL_WORD = re.compile(r"\b(?:background|issues?|status|steps?)\b", re.IGNORECASE)
_SECOND_SUBJECTS = re.compile(
    r"(?:\b(?:updates?|progress|activities|accomplishments|purpose|objectives?|scope|history"
    r"|overview|introduction|context|recommendations?|actions?|items?|time-?(?:lines?|frames?)"
    r"|deliverables|milestones|schedule|challenges|concerns|discussions?|questions|priorities"
    r"|plans?|goals|way|path|forward|follow-?up|summary|information|considerations|key|planned"
    r"|proposed|recommended)\b\s*)+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Core:
    """What is left of a heading. ``is_loose``: only a line that is dressed so is still one."""

    words: str
    is_loose: bool = False


def cores(words: str) -> Iterator[Core]:
    """The words of a heading less one of the things that qualify it."""
    bracket = _BRACKET.search(words)
    if bracket and bracket.start():
        yield Core(words[: bracket.start()])
    period = _PERIOD.search(words)
    if period and period.start() and re.search(r"\d", period["words"]):
        yield Core(words[: period.start()])
    before, behind, of = _BEFORE.match(words), _BEHIND.search(words), _OF.search(words)
    if before:
        yield Core(words[before.end() :], is_loose=True)
    if behind and behind.start():
        yield Core(words[: behind.start()])
    conjunction = _AND.search(words)
    if conjunction and conjunction.start():
        rest = words[conjunction.end() :]
        if not _USUAL_WORD.search(rest) and len(rest.split()) <= 4:
            is_usual = bool(_SECOND_SUBJECTS.fullmatch(rest.strip()))
            if is_usual or "," not in conjunction[0]:
                yield Core(words[: conjunction.start()], is_loose=not is_usual)
    if of and of.start():
        yield Core(words[: of.start()], is_loose=True)
