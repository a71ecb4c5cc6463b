"""Names of a title block over several lines, and several names on one.

Pure: standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from papers.importing.dates import find_month
from papers.importing.pieces import Piece
from papers.importing.titletokens import (
    GROUP_END,
    PAPER,
    Kind,
    Token,
    is_name,
    is_this_committee,
)

# To tell "Office of Trade Secure Trade Lanes Subcommittee", printed on one line, apart where no
# cover has printed the subcommittee by itself. Any other name is taken as printed.
SUBCOMMITTEES = (
    "Intelligent Enforcement",
    "Next Generation Facilitation",
    "Secure Trade Lanes",
    "Rapid Response",
)
_HALVES = (Kind.CHUNK, Kind.OTHER_COMMITTEE)  # What a line of the committee's name looks like.
OFFICE = re.compile(
    r"\boffice\b|\bdirectorate\b|\bdivision\b|\bbranch\b|\w\s?/\s?\w|\bprograms?\b|\bOFO\b|\bOT\b",
    re.IGNORECASE,
)
SUFFIX = re.compile(
    r"\b(?:sub-?\s?committee|working\s+group|work[\s‑-]+group|workgroup|task\s+force|wg|tf)\b", re.I
)


def value_of(kind: Kind, piece: Piece) -> Token:
    """A stretch that is its value and nothing else."""
    return Token(kind, piece, piece, piece.text)


def trimmed(piece: Piece) -> Piece:
    """A stretch less the marks that divide it from the next."""
    raw = piece.raw
    return piece.sub(0, len(raw.rstrip(" ,;|–—-/")))


def arranged(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with names cut or joined as the lines of the page tell."""
    out: list[Token] = []
    for token in tokens:
        if token.kind in _HALVES and (count := _lines_of_committee(out, token)):
            out[-count:] = [replace(each, kind=Kind.COMMITTEE) for each in out[-count:]]
            out.append(replace(token, kind=Kind.COMMITTEE))
        elif token.kind in (Kind.SUBCOMMITTEE, Kind.GROUP):
            out += _by_lines(token, out[-1].kind if out else None)
        elif out and (joined := _joined(out[-1], token)):
            out[-1:] = joined
        else:
            out.append(token)
    return out


def _joined(above: Token, last: Token) -> list[Token]:
    """What two lines are that the page was too narrow to print as one; nothing, if two things."""
    if above.kind is not Kind.CHUNK or last.kind is not Kind.CHUNK:
        return []
    words = f"{above.value} {last.value}"
    if PAPER.fullmatch(words):
        return [replace(each, kind=Kind.PAPER) for each in (above, last)]
    whole = replace(above, value=words, below=last.whole)
    month = find_month(words)
    if month and month.span == (0, len(words)):
        return [replace(whole, kind=Kind.MONTH, month=month.month)]
    ends = (match for match in GROUP_END.finditer(words) if match.end() == len(words))
    if is_name(words) and any(match.start() < len(above.value) for match in ends):
        return [replace(whole, kind=Kind.GROUP)]
    return []


def _by_lines(token: Token, before: Kind | None) -> list[Token]:
    """A name over two lines is one name, unless its first line is the office's.

    Behind the subcommittee's line stands the group's name alone; an office stands above both.
    """
    piece = token.piece
    if not piece.breaks or (token.kind is Kind.GROUP and before is Kind.SUBCOMMITTEE):
        return [token]
    cut = piece.breaks[-1]
    above, last = piece.sub(0, cut), piece.sub(cut)
    is_wrapped = is_usual(f"{above.text} {last.text}") and not is_usual(last.text)
    is_office = bool(OFFICE.search(above.text)) or token.kind is Kind.SUBCOMMITTEE
    if SUFFIX.fullmatch(last.text) or is_wrapped or goes_on(above.text) or not is_office:
        return [token]
    return [value_of(Kind.CHUNK, trimmed(above)), value_of(token.kind, last)]


def is_usual(words: str) -> bool:
    """Whether words end in the name of a subcommittee."""
    folded = words.casefold()
    return any(folded.endswith(f"{name} subcommittee".casefold()) for name in SUBCOMMITTEES)


def goes_on(words: str) -> bool:
    """Whether a name cannot end so."""
    return words.rsplit(maxsplit=1)[-1].lower() in ("and", "of", "the", "for", "&", "/")


def _lines_of_committee(before: Sequence[Token], last: Token) -> int:
    """How many lines above ``last`` are the committee's name with it, on two lines or three."""
    words = last.value
    for count, token in enumerate(reversed(before[-2:]), 1):
        if token.kind not in _HALVES:
            return 0
        words = f"{token.value} {words}"
        if is_this_committee(words):
            return count
    return 0
