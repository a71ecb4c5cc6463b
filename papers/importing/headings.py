"""The headings that papers print, and what each opens.

Pure: standard library only. A heading is known by its words, however it is dressed: with or
without colon, numbered, in capitals, slightly misspelt. An unknown one is known by its dress alone:
heading style, bold, capitals, or a short line in title case that ends with a colon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from papers.content import SectionKind
from papers.importing.document import BlockKind
from papers.importing.pieces import Piece
from papers.importing.qualified import cores
from papers.importing.sentences import word_set

MAX_HEADING = 120
MAX_BLANKS = 12  # "IV. Current Status Update (continued):" has four.

KNOWN = {
    "background": SectionKind.BACKGROUND,
    "background information": SectionKind.BACKGROUND,
    "issue": SectionKind.ISSUE,
    "issues": SectionKind.ISSUE,
    "issue s": SectionKind.ISSUE,
    "current status": SectionKind.CURRENT_STATUS,
    "current status update": SectionKind.CURRENT_STATUS,
    "current status updates": SectionKind.CURRENT_STATUS,
    "status": SectionKind.CURRENT_STATUS,
    "status update": SectionKind.CURRENT_STATUS,
    "status updates": SectionKind.CURRENT_STATUS,
    "next step": SectionKind.NEXT_STEPS,
    "next steps": SectionKind.NEXT_STEPS,
    "next step s": SectionKind.NEXT_STEPS,
    "next steps and timeline": SectionKind.NEXT_STEPS,
    "next steps and timelines": SectionKind.NEXT_STEPS,
    "next steps timeline": SectionKind.NEXT_STEPS,
}
# Headings of sections of their own that need no dress where a colon or nothing follows.
USUAL_OTHERS = frozenset(
    (
        "statement of work",
        "recommendation",
        "recommendations",
        "recommendation s",
        "timeline",
        "timelines",
        "attachment",
        "attachments",
        "attachment s",
        "accomplishments",
        "deliverables",
        "action items",
        "purpose",
        "scope",
        "references",
        "points of contact",
        "lessons learned",
    )
)
# Words of their own, one letter from a heading.
_OTHER_WORDS = frozenset(("issued", "issuer", "statue", "statues", "statutes", "stats", "states"))
_NUMBER = re.compile(r"^\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[ivx]{1,4}|[A-Ha-h])[.)]\s+")
_CONTINUED = re.compile(r"\s*[(\[–—-]?\s*\b(?:continued|cont['’]?d?\.?)\s*[)\]]?\s*$", re.I)
_COLON = re.compile(r"[\s*_]*[:：][\s*_]*$")
_ENDS_SENTENCE = re.compile(r"[!?;,]$")
_END_MARK = re.compile(r"[.!?;,]$")
_STOP = re.compile(r"(?<=[A-Za-z)])\.$")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_WORDS = re.compile(r"[^\W_][\w'’&/.-]*")
_SMALL = word_set("a an and as at by for from in into of on or the to with vs via")


@dataclass(frozen=True)
class Heading:
    """``kind`` of section that it opens, and its words as printed: no colon, number or asterisks.

    ``is_continued``: printed anew above the rest of its section, "Current Status (continued)".
    ``is_qualified``: a usual heading in the midst of other words. ``is_loose``: of such words,
    "Next Steps for the Group", as are a heading only where they look like one.
    """

    kind: SectionKind
    words: str
    is_continued: bool = False
    is_qualified: bool = False
    is_loose: bool = False


def known_heading(piece: Piece) -> Heading | None:
    """The heading that ``piece`` is, where its words are a usual one or nearly so.

    What stands around these, "(as of May 9, 2025)", is kept with them as printed.
    """
    raw = piece.raw
    if len(raw) > MAX_HEADING or raw.count(" ") > MAX_BLANKS:
        return None
    words, continued = _bare(raw)
    if _STOP.search(words):
        words = words[:-1]
        is_usual = _key(words) in KNOWN and is_title_case(words)
        return Heading(KNOWN[_key(words)], words, continued) if is_usual else None
    kind = KNOWN.get(_key(words))
    if kind is None and _may_be_misspelt(piece, words):
        kind = _nearest(_key(words))
    if kind:
        return Heading(kind, words, continued)
    kind, is_loose = _qualified(words)
    if kind is None or not _may_be_qualified(piece, words, is_loose):
        return None
    return Heading(kind, words, continued, True, is_loose)


def usual_other(piece: Piece) -> Heading | None:
    """A heading that needs no dress, such as "Statement of Work" on a line of its own."""
    raw = piece.raw
    if len(raw) > MAX_HEADING or _END_MARK.search(raw):
        return None
    words, continued = _bare(raw)
    is_heading = _key(words) in USUAL_OTHERS and words[:1].isupper()
    return Heading(SectionKind.OTHER, words, continued) if is_heading else None


def dress(piece: Piece) -> int:
    """How much a line looks like a heading: 3 by its style, 2 in bold, 1 in capitals, 0 not."""
    if piece.block.kind is BlockKind.HEADING:
        return 3
    return 2 if is_bold(piece) else int(piece.raw.isupper())


def heading_by_form(piece: Piece, usual: int = 0) -> Heading | None:
    """An unknown heading, by its dress. A bullet is none, nor what ends like a sentence.

    ``usual``: how the usual headings of the paper are dressed. What is dressed less than these
    leads into a part of their sections and begins none of its own.
    """
    block, raw = piece.block, piece.raw
    if block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH) or len(raw) > MAX_HEADING:
        return None
    words, continued = _bare(raw)
    named = _WORDS.findall(words)
    if not named or not any(sign.isalpha() for sign in words) or _END_MARK.search(words):
        return None
    has_colon = bool(_COLON.search(raw))
    dressed = (
        (block.kind is BlockKind.HEADING)
        or (is_bold(piece) and len(named) <= 12)
        or (words.isupper() and 2 <= len(named) <= 8 and len(words) >= 8)
        or (has_colon and len(named) <= 6 and is_title_case(words))
    ) and dress(piece) >= usual
    return Heading(SectionKind.OTHER, words, continued) if dressed else None


_OPENING = re.compile(
    r"^[\s*_]*(?:\(?(?:\d{1,2}|[IVX]{1,4})[.)]\s+)?"
    r"(?P<words>[A-Za-z][A-Za-z ()&/]{3,40}?(?:\s*[(\[][^()\[\]]{1,60}[)\]])?)"
    r"[\s*_]*(?P<mark>[:：][\s*_]*|\s[–—]\s)(?=\S)"
)


def opening_heading(piece: Piece) -> tuple[Heading, int] | None:
    """A heading with its section's first words behind it, and where in ``raw`` these begin.

    "Next Steps: None at this time." Only usual headings: any other label may be part of a sentence.
    """
    raw = piece.raw
    match = _OPENING.match(raw[: MAX_HEADING + 20])
    if not match:
        return None
    words, key = match["words"].strip(), _key(match["words"])
    kind = KNOWN.get(key)
    if ":" in match["mark"] or "：" in match["mark"]:
        if kind is None and key in USUAL_OTHERS:
            kind = SectionKind.OTHER
        kind = kind or (_nearest(key) if len(key) >= 9 else None)
        if kind is None and words[0].isupper() and is_title_case(_BRACKETS.sub(" ", words)):
            qualified, is_loose = _qualified(words)
            kind = None if is_loose else qualified
    return (Heading(kind, words), match.end()) if kind else None


def first_line_heading(piece: Piece) -> tuple[Heading, int] | None:
    """A heading on a line of its own above words that a reader took for the same paragraph."""
    for cut in piece.breaks[:1]:
        head = piece.sub(0, cut)
        known = known_heading(head) if not _ENDS_SENTENCE.search(head.raw) else None
        if known:
            return known, cut
    return None


def is_bold(piece: Piece) -> bool:
    """By the reader's word, or by the asterisks of a text file."""
    raw = piece.raw.strip()
    return piece.block.is_bold or (raw.startswith("**") and raw.rstrip(": ").endswith("**"))


def is_title_case(words: str) -> bool:
    """Whether every word but the small ones begins with a capital or a digit, or holds one."""
    return all(
        word.lower() in _SMALL or any(sign.isupper() or sign.isdigit() for sign in word)
        for word in _WORDS.findall(words)
    )


def distance(a: str, b: str, limit: int = 3) -> int:
    """Insertions, deletions, replacements and swaps of neighbours from ``a`` to ``b``.

    ``limit`` + 1 where there are more than ``limit``.
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, sign in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != other))
            if i > 1 and j > 1 and sign == b[j - 2] and a[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return min(row[-1], limit + 1)


def _bare(raw: str) -> tuple[str, bool]:
    words = re.sub(r"\s+", " ", raw).strip(" *_#")
    words = _NUMBER.sub("", _COLON.sub("", words)).strip(" *_")
    shorter = _CONTINUED.sub("", words)
    continued = bool(shorter) and shorter != words
    words = _COLON.sub("", shorter) if continued else words
    return words.rstrip(" –—-").strip(" *_"), continued


def _key(words: str) -> str:
    spelled = words.casefold().replace("&", " and ")
    return " ".join(re.findall(r"[a-z]+", spelled))


def _may_be_misspelt(piece: Piece, words: str) -> bool:
    """Only what looks like a heading is forgiven its spelling, lest a sentence becomes one."""
    if _END_MARK.search(words) or len(words.split()) > 4:
        return False
    return piece.block.kind is not BlockKind.LIST_ITEM or bool(_COLON.search(piece.raw))


def _qualified(words: str, depth: int = 0) -> tuple[SectionKind | None, bool]:
    """The kind of the usual heading in the midst of others' words, and whether it is loose."""
    for core in cores(words):
        key = _key(core.words)
        kind = KNOWN.get(key) or (_nearest(key) if len(key) >= 9 else None)
        if kind:
            return kind, core.is_loose
        if depth < 2:
            kind, is_loose = _qualified(core.words, depth + 1)
            if kind:
                return kind, is_loose or core.is_loose
    return None, False


def _may_be_qualified(piece: Piece, words: str, is_loose: bool) -> bool:
    """Only what looks like a heading: a sentence can begin with the words of one."""
    if not words[:1].isupper() or _END_MARK.search(words):
        return False
    if is_loose and piece.block.kind is BlockKind.LIST_ITEM and not is_bold(piece):
        return False
    is_dressed = dress(piece) > 0 or is_title_case(_BRACKETS.sub(" ", words))
    return is_dressed or (bool(_COLON.search(piece.raw)) and not is_loose)


def _nearest(key: str) -> SectionKind | None:
    if len(key) < 4 or len(key) > 30 or key in _OTHER_WORDS:
        return None
    for known, kind in KNOWN.items():
        allowed = 2 if len(known) >= 9 else 1
        if key[0] == known[0] and distance(key, known, 2) <= allowed:
            return kind
    return None
