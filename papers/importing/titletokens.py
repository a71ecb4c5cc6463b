"""The words of a title block, cut into what they are: committee, names, month, Pub#.

Pure: standard library only. Offices print these one a line, or all on one line with nothing
between them, so that nothing is taken for granted about lines: the words themselves tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from papers.importing.dates import find_month
from papers.importing.headings import distance
from papers.importing.pieces import Piece
from papers.importing.sentences import word_set

MAX_TITLE_LINE = 600


class Kind(StrEnum):
    """What a stretch of a title block is. ``CHUNK``: none of the others; often the office."""

    COMMITTEE = "committee"
    OTHER_COMMITTEE = "other committee"
    PAPER = "issue paper"
    LETTERHEAD = "letterhead"
    OTHER_PAPER = "other paper"
    SUBCOMMITTEE = "subcommittee"
    GROUP = "group"
    MONTH = "month"
    PUB = "pub"
    ACTION = "action"
    OFFICE = "office"
    CHUNK = "chunk"
    REMARK = "remark"
    OCCASION = "occasion"  # "17th Term", "Washington, DC", or "Update" behind the group
    MARK = "mark"  # "DRAFT"


@dataclass(frozen=True)
class Token:
    """``piece``: the value alone. ``value``: of a Pub# its digits; else the piece's text.

    ``whole``: the stretch with its label, "Pub# 0318-0924". ``month``: of a month. ``below``: the
    next line, where the page was too narrow for one.
    """

    kind: Kind
    piece: Piece
    whole: Piece
    value: str = ""
    month: tuple[int, int] | None = None
    below: Piece | None = None


_TAIL = re.compile(r"\b(?P<a>[Aa][A-Za-z]{5,9})\s+(?P<c>[Cc][A-Za-z]{5,10})\b", re.IGNORECASE)
_BEFORE = re.compile(r"(?P<word>[A-Za-z.]+)[\s*_]+$")
_COAC = re.compile(r"[\s,–—-]*\(?\bCOAC\b\)?")
_OLD_NAME = re.compile(
    r"\s+on\s+(?:the\s+)?commercial\s+operations(?:\s+of\s+(?:the\s+)?(?:u\.?\s?s\.?\s+)?customs"
    r"(?:\s+and\s+border\s+protection)?)?",
    re.IGNORECASE,
)
_OTHER_BODY = re.compile(
    r"\badvisory\s+(?:committee|council|board|panel|commission)\b", re.IGNORECASE
)
PAPER = re.compile(r"\b(?:gov\w{3,8}nt\s+)?issue\s+paper\b(?:\s*\(GIP\))?", re.IGNORECASE)
_LETTERHEAD = re.compile(
    r"(?:\bU\.?\s?S\.?\s+)?\bCustoms\s+and\s+Border\s+Protection\b(?:\s*\(CBP\))?(?!\s*[/,]\s*\w)"
    r"|(?:\bU\.?\s?S\.?\s+)?\bDepartment\s+of\s+Homeland\s+Security\b(?:\s*\(DHS\))?"
    r"|\b(?:https?://)?(?:www\.)?cbp\.gov\b/?(?!\w)"
    r"|\b(?:quarterly\s+)?(?:COAC\s+)?(?:quarterly\s+)?public\s+meeting\b(?:\s+of(?=\s))?"
    r"|\bpage\s+\d{1,3}(?:\s+of\s+\d{1,3})?(?!\w)",
    re.IGNORECASE,
)
_TERM = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)\s+(?:COAC\s+)?term\b(?:\s+of\s+COAC\b)?", re.I)
_OTHER_PAPER = re.compile(
    r"\b(?:executive\s+summary|meeting\s+minutes|minutes\s+of|meeting\s+agenda|agenda|white\s+paper"
    r"|fact\s+sheet|press\s+release|background\s+information|trade\s+executive\s+summary)\b",
    re.IGNORECASE,
)
PUB = re.compile(
    r"(?:\bCBP\s+)?\bpub(?:lication)?\b\.?\s*(?:no\b\.?|num(?:ber)?\b\.?|#|№)?\s*[:#]?\s*"
    r"(?P<number>(?:\d|X){3,4}\s?[-–—‑]\s?\d{4})(?!\d)",
    re.IGNORECASE,
)
_BARE_PUB = re.compile(r"^\s*#?\s*(?P<number>\d{4}[-–]\d{4})\s*$")
# What may stand behind a Pub#, of which it is no part.
_PUB_REMARK = re.compile(
    r"\([^()]{1,80}\)|\[[^][]{1,80}\]|(?:corrected|revised|amended|updated|re-?issued)",
    re.IGNORECASE,
)
# One that tells of a correction may hold a date, which is not the meeting's.
_CORRECTED = re.compile(
    r"\s*(?P<remark>[(\[](?:corrected|revised|amended|updated|re-?issued)\b[^()\[\]]{0,80}[)\]])",
    re.IGNORECASE,
)
_ACTION = re.compile(
    r"\bactions?\s+(?:required|requested|needed)\b[\s*_]*(?:[:：–—-]|$)[\s*_]*", re.I
)
_SUB_END = re.compile(r"\bsub-?\s?com+it+e+e?\b(?:\s*\([A-Z]{2,6}(?:\s+sub-?committee)?\))?", re.I)
GROUP_END = re.compile(
    r"(?:\b(?i:sub-?\s?)?(?i:work\w{0,4}[\s‑-]+gro?up|workgroup|task\s+force)\b|\b(?:WG|TF)\b)"
    # Its acronym, "(SWG)" or "(Sample WG)".
    r"(?:\s*\((?:[A-Z0-9][A-Za-z0-9/&.-]{1,9}"
    r"|(?:[A-Z0-9][A-Za-z0-9/&.-]{0,24}\s+){1,4}(?:WG|TF|(?i:group|force)|[A-Z]{2,9}))\))?"
)
# "Working Group on Bonds": a line of its own, as a name with its suffix at the end may precede it.
_SUFFIX_FIRST = re.compile(
    r"(?:(?P<sub>sub-?\s?committee)|work\w{0,4}[\s‑-]+group|workgroup|task\s+force)"
    r"\s+(?:on|for)\s+(?:the\s+)?(?P<name>[^\d:;|()]{3,100})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"[\s*_]*(?:19|20)\d\d[\s*_]*")  # Below its month, where a title is wrapped.
_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ"
    " NM NY NC ND OH OK OR PA PR RI SC SD TN TX UT VT VA WA WV WI WY"
).replace(" ", "|")
_PLACE = re.compile(
    rf"[A-Z][a-z.]+(?:[ -][A-Z][a-z.]+){{0,3}}\s*,\s*(?:{_STATES}|D\.\s?C\.)(?:\s+\d{{5}})?"
)
_BEHIND_GROUP = re.compile(r"(?:(?:status|quarterly|progress)\s+)?(?:updates?|reports?)", re.I)
_MARK = re.compile(
    r"[(\[]?(?:(?:(?:final|working|revised|rough)\s+)?draft(?:\s+(?:only|version|copy|\d{1,2}))?"
    r"|(?:draft\s*[/–—-]*\s*)?pre-?decisional(?:\s*[/–—-]+\s*deliberative)?"
    r"|unclassified(?:\s*//?\s*for\s+public\s+release)?|for\s+public\s+release"
    r"|for\s+official\s+use\s+only)[)\]]?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^[\s*_]*(?P<label>(?:name\s+of\s+)?(?:committee|sub-?committee|working\s+group|work\s+group"
    r"|task\s+force|group|office|meeting(?:\s+(?:date|month))?|date(?:\s+of\s+meeting)?|public\s+meeting"
    r"|title|document|type))[\s*_]*(?P<colon>[:：])?[\s*_]*",
    re.IGNORECASE,
)
_LABEL_KINDS = {
    "committee": None,
    "title": None,
    "document": None,
    "type": None,
    "office": Kind.OFFICE,
    "meeting": None,
    "public": None,
    "date": None,
    "subcommittee": Kind.SUBCOMMITTEE,
    "sub-committee": Kind.SUBCOMMITTEE,
    "working": Kind.GROUP,
    "work": Kind.GROUP,
    "task": Kind.GROUP,
    "group": Kind.GROUP,
}
_CUSTOMS_WORDS = ("commercial", "customs", "operations", "operation", "operational")
_SEPARATORS = " \t\n\r|·•;,:–—-/*_#\u00a0"
_MONTH_WORDS = re.compile(
    r"(?:\b(?:public|quarterly|coac|meeting|of|the|for|date|held|on|virtual|in)\b[\s,:]*)+$", re.I
)
_HINT = re.compile(
    r"com+it+e+|issue\s+paper|\bgro?up\b|workgroup|task\s+force|\bWG\b|\bTF\b|\bpub\b|publication"
    r"|(?:19|20)\d\d|customs\s+and\s+border|homeland|public\s+meeting|action|cbp\.gov|council|board"
    r"|summary|minutes|agenda|\bpage\b|\bCOAC\b|\d{4}-\d{4}|panel|commission|white\s+paper|sheet|\bterm\b",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[^\W_][\w'’/&.-]*")
_SMALL = word_set("a an and as at by de for in into of on or the to with")


def tokens_of(piece: Piece) -> list[Token] | None:
    """What a line, cell or paragraph of a title block holds, in order; None where it is prose.

    Prose: what is left beside the recognised words is neither a name nor empty.
    """
    raw = piece.raw
    if len(raw) > MAX_TITLE_LINE or not raw.strip(_SEPARATORS):
        return None
    labelled = _labelled(piece)
    if _YEAR.fullmatch(raw):
        return [_token(Kind.CHUNK, piece, 0, len(raw))]
    if not labelled and not _HINT.search(raw):
        chunk = _token(Kind.CHUNK, piece, 0, len(raw))
        return [replace(chunk, kind=_kind_of(chunk, None))] if is_name(raw) else None
    first = _SUFFIX_FIRST.fullmatch(raw.strip(_SEPARATORS))
    if first and not labelled and not _HINT.search(first["name"]) and is_name(raw):
        kind = Kind.SUBCOMMITTEE if first["sub"] else Kind.GROUP
        return [_token(kind, piece, 0, len(raw))]
    tokens = labelled if labelled else list(_scan(piece))
    kinds = [None, *(token.kind for token in tokens)]
    tokens = [
        replace(token, kind=_kind_of(token, before))
        for before, token in zip(kinds, tokens, strict=False)
    ]
    for token in tokens:
        named = token.kind in (Kind.CHUNK, Kind.SUBCOMMITTEE, Kind.GROUP, Kind.OFFICE)
        if named and not is_name(token.piece.raw):
            return None
    return tokens or None


def _kind_of(token: Token, before: Kind | None) -> Kind:
    """What a chunk is by its words, and by what stands before it."""
    if token.kind is not Kind.CHUNK:
        return token.kind
    if before is Kind.PUB and _PUB_REMARK.fullmatch(token.value):
        return Kind.REMARK
    if _MARK.fullmatch(token.value):
        return Kind.MARK
    is_update = before is Kind.GROUP and bool(_BEHIND_GROUP.fullmatch(token.value))
    return Kind.OCCASION if is_update or _PLACE.fullmatch(token.value) else Kind.CHUNK


def is_name(words: str) -> bool:
    """Whether words can be a name or an office: title case or capitals, and no sentence."""
    words = words.strip(_SEPARATORS)
    if not words or len(words) > 200 or re.search(r"[a-z)]{2}[.!?]$", words):
        return False
    named = _NAME_WORD.findall(words)
    return (
        0 < len(named) <= 24
        and named[0].lower() not in ("the", "this", "these", "a", "an", "in", "as", "at")
        and any(sign.isalpha() for sign in words)
        and all(
            word.lower() in _SMALL or any(sign.isupper() or sign.isdigit() for sign in word)
            for word in named
        )
    )


def _token(kind: Kind, piece: Piece, start: int, end: int, **more: object) -> Token:
    raw = piece.raw[start:end]
    left = len(raw) - len(raw.lstrip(_SEPARATORS))
    right = len(raw.rstrip(_SEPARATORS))
    whole = piece.sub(start + left, start + max(left, right))
    return Token(kind, whole, whole, whole.text, **more)  # type: ignore[arg-type]


def _labelled(piece: Piece) -> list[Token] | None:
    """ "Working Group: Bond": the label tells what the words are, whatever they end in."""
    raw = piece.raw
    match = _LABEL.match(raw)
    if not match or not match["colon"] or not raw[match.end() :].strip(_SEPARATORS):
        return None
    label = re.sub(r"^name\s+of\s+", "", match["label"].lower())
    kind = _LABEL_KINDS[label.split()[0]]
    if kind is None:
        first, *others = _scan(piece.sub(match.end()))
        return [replace(first, whole=piece.part(piece.start, first.whole.end)), *others]
    token = _token(kind, piece, match.end(), len(raw))
    return [Token(kind, token.piece, piece, token.value)]


def is_this_committee(words: str) -> bool:
    """Whether words are the committee's name in one of its spellings, and nothing else."""
    found = next(_committees(words, 0), None)
    return found is not None and found == (0, len(words), Kind.COMMITTEE)


def label_kind(words: str) -> Kind | None:
    """What a cell that holds only a label, "Working Group", says of the cell beside it."""
    match = _LABEL.fullmatch(words)
    if not match:
        return None
    return _LABEL_KINDS[re.sub(r"^name\s+of\s+", "", match["label"].lower()).split()[0]]


def _scan(piece: Piece) -> Iterator[Token]:
    raw = piece.raw
    bare = _BARE_PUB.match(raw)
    if bare:
        number = re.sub(r"[–—]", "-", bare["number"])
        whole = _token(Kind.PUB, piece, 0, len(raw))
        yield Token(Kind.PUB, whole.piece, whole.piece, number)
        return
    position = 0
    while raw[position:].strip(_SEPARATORS):
        found = min(_anchors(piece, position), key=lambda each: (each[0], -each[1]), default=None)
        if found is None:
            yield _token(Kind.CHUNK, piece, position, len(raw))
            return
        start, end, token = found
        if token.kind not in (Kind.SUBCOMMITTEE, Kind.GROUP):
            before = raw[position:start]
            if token.kind is Kind.MONTH:
                before = _MONTH_WORDS.sub("", before)
                labelled = piece.sub(position + len(before), end)
                token = replace(token, whole=labelled)
            if before.strip(_SEPARATORS):
                yield _token(Kind.CHUNK, piece, position, position + len(before))
        yield token
        position = end
        remark = _CORRECTED.match(raw, position) if token.kind is Kind.PUB else None
        if remark:
            yield _token(Kind.REMARK, piece, *remark.span("remark"))
            position = remark.end()


def _anchors(piece: Piece, position: int) -> Iterator[tuple[int, int, Token]]:
    """Where the next of each kind begins and ends. A name begins where the words before it end."""
    raw = piece.raw
    for start, end, kind in _committees(raw, position):
        yield start, end, _token(kind, piece, start, end)
    for pattern, kind in (
        (PAPER, Kind.PAPER),
        (_LETTERHEAD, Kind.LETTERHEAD),
        (_TERM, Kind.OCCASION),
        (_OTHER_PAPER, Kind.OTHER_PAPER),
    ):
        match = pattern.search(raw, position)
        if match:
            yield match.start(), match.end(), _token(kind, piece, *match.span())
    pub = PUB.search(raw, position)
    if pub:
        number = re.sub(r"\s?[-–—‑]\s?", "-", pub["number"]).upper()
        whole = _token(Kind.PUB, piece, *pub.span())
        yield pub.start(), pub.end(), Token(Kind.PUB, whole.piece, whole.whole, number)
    action = _ACTION.search(raw, position)
    if action:
        yield action.start(), *_action(piece, action)
    month = find_month(raw, position)
    if month:
        token = _token(Kind.MONTH, piece, *month.span, month=month.month)
        yield month.span[0], month.span[1], token
    for pattern, kind in ((_SUB_END, Kind.SUBCOMMITTEE), (GROUP_END, Kind.GROUP)):
        match = pattern.search(raw, position)
        if match:
            # Sorted by where the suffix stands: the words before it are the name.
            token = _token(kind, piece, position, match.end())
            yield match.start(), match.end(), token


def _action(piece: Piece, label: re.Match[str]) -> tuple[int, Token]:
    """Its value runs to the next thing that a title block can hold."""
    raw = piece.raw
    end = len(raw)
    for pattern in (PUB, PAPER):
        match = pattern.search(raw, label.end())
        end = min(end, match.start()) if match else end
    value = _token(Kind.ACTION, piece, label.end(), end)
    whole = _token(Kind.ACTION, piece, label.start(), end)
    return end, Token(Kind.ACTION, value.piece, whole.piece, value.value)


def _committees(raw: str, position: int) -> Iterator[tuple[int, int, Kind]]:
    """The committee under any of its names and spellings, or another one with such a name."""
    for tail in _TAIL.finditer(raw, position):
        if distance(tail["a"].lower(), "advisory", 2) > 2:
            continue
        if distance(tail["c"].lower(), "committee", 2) > 2:
            continue
        start, seen = _words_before(raw, position, tail.start())
        end = tail.end()
        old = _OLD_NAME.match(raw, end)
        if old:
            end = old.end()
        elif not ("customs" in seen or {"commercial", "operations"} <= seen):
            yield position, end, Kind.OTHER_COMMITTEE
            return
        coac = _COAC.match(raw, end)
        yield start, coac.end() if coac else end, Kind.COMMITTEE
        return
    other = _OTHER_BODY.search(raw, position)
    if other:
        yield position, other.end(), Kind.OTHER_COMMITTEE
    coac = re.compile(r"\(?\bCOAC\b\)?(?!\s*['’])").search(raw, position)
    if coac:
        yield coac.start(), coac.end(), Kind.COMMITTEE


def _words_before(raw: str, position: int, start: int) -> tuple[int, set[str]]:
    """Back from "Advisory Committee" over the words of its name, as far as they are its own."""
    seen: set[str] = set()
    for _ in range(6):
        match = _BEFORE.search(raw, max(position, start - 24), start)
        if not match:
            break
        word = match["word"].lower()
        near = next((w for w in _CUSTOMS_WORDS if distance(word, w, 2) <= 2), None)
        if near is None and word not in ("and", "the"):
            break
        if near:
            seen.add("operations" if near.startswith("operation") else near)
        start = match.start()
    return start, seen
