"""Who submitted a paper, from which office, and when: the lines at its end.

Pure: standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from papers.importing.dates import PrintedDay, find_day
from papers.importing.pieces import Piece
from papers.importing.sentences import word_set

_ADVERB = r"(?:\s+[a-z]{3,12}ly)?"
_BY = (
    rf"(?:\b(?:[a-z]{{3,12}}ly\s+)?(?:sub+mit+ed|prepared){_ADVERB}\s+by"
    r"|\bsubmitters?(?=[\s*_]*[:：|]))[\s*_]*"
)
# Behind a label stands a colon, a dash between blanks and, in a table, the edge of its cell.
_MARK = r"(?:[:：][\s*_]*\|?|\||(?<=\s)[–—-](?=\s)|(?=\s*$))[\s*_]*"
SUBMITTED = re.compile(rf"{_BY}(?:{_MARK}|(?=[A-Z]))", re.IGNORECASE)
# In the midst of a line, only with its colon: sentences speak of papers "submitted by" offices.
SUBMITTED_INSIDE = re.compile(
    rf"\b(?:(?-i:S)ub+mit+ed|(?-i:P)repared){_ADVERB}\s+by[\s*_]*[:：][\s*_]*",
    re.IGNORECASE,
)
_DATE = r"\b(?:date(?:d|\s+submitted|\s+prepared|\s+of\s+paper)?|as\s+of(?=[\s*_]*[:：]))[\s*_]*"
DATED = re.compile(rf"{_DATE}{_MARK}", re.IGNORECASE)
DATED_INSIDE = re.compile(rf"{_DATE}[:：][\s*_]*", re.IGNORECASE)
_DATED_PLAIN = re.compile(r"^\s*dated?\s+", re.IGNORECASE)
_DATED_BEFORE = re.compile(r"[\s,;(|–—-]*(?:\b(?:dated?|on|as\s+of)\b)?\s*$", re.IGNORECASE)

# Words of offices and positions, never of a person's name.
_NOT_A_NAME = word_set(
    """office offices trade policy program programs division branch directorate operations field
    center centers security cargo conveyance regulations rulings commercial enforcement customs
    border protection agriculture intellectual property rights regulatory audit bureau department
    committee working group task force treasury homeland revenue drawback entry summary
    partnership partnerships engagement relations transformation business automated environment
    national international targeting analysis risk chief director manager counsel deputy executive
    assistant commissioner acting supervisory specialist attorney advisor adviser analyst lead
    officer administrator coordinator secretary management services systems technology information
    planning import export imports exports safety remedy law forced labor facilitation and of for
    the cbp ofo ot u.s dhs unit team section headquarters port industry processes modernization
    strategic supply chain ctpat chair co-chair member liaison compliance finance quota"""
)
_NAME_WORD = re.compile(r"(?:[A-Z][\w'’.-]*|de|la|van|von|der|di|da|del|bin|al)\Z")
_SUFFIX = re.compile(r",\s*(?=(?:Jr|Sr|Esq|Ph\.?D|J\.?D|CPA|II|III|IV)\b\.?)")
_SPLIT = re.compile(r"\s*[;\n]\s*(?:and\s+|&\s*)?")
_AND = re.compile(r"\s+(?:and|&)\s+|\s*,\s*(?:and|&)\s+|\s*/\s*", re.IGNORECASE)
_OFFICE_FIRST = re.compile(r"(?P<office>[^()]+?)\s*\((?P<name>[^()]+)\)")
_FULL_STOP = re.compile(r"(?<=[A-Za-z]{4})\.$|(?<=\))\.$")
_NEW_OFFICE = re.compile(r"(?:office|directorate|bureau|department)\s+(?:of|for)\b", re.I)
_GOES_ON = re.compile(r"(?:[-,;/&|–—]|\b(?:and|of|the|for|to|in|on))$", re.IGNORECASE)
FULL_LINE = 60  # A longer line may have been too long for the page, and goes on in the next.


@dataclass(frozen=True)
class Submitters:
    """Names in their order, and the offices as printed behind them, each once."""

    names: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()


def split_date(piece: Piece) -> tuple[Piece, Piece | None]:
    """The submitters' words, and the words of a date that follow them on the line, label included.

    A date at the very end needs no label: "Pat Example, Office of Trade (August 13, 2024)".
    """
    label = DATED_INSIDE.search(piece.raw)
    if label:
        return _before(piece, label.start()), piece.sub(label.start())
    day = _last_day(piece.raw)
    if day and not piece.raw[day.span[1] :].strip(" .)*_"):
        cut = _DATED_BEFORE.search(piece.raw[: day.span[0]])
        start = cut.start() if cut else day.span[0]
        words = piece.raw[start : day.span[0]]
        start += len(words) - len(words.lstrip(" ,;(|–—-"))
        return _before(piece, start), piece.sub(start)
    return piece, None


def date_words(piece: Piece) -> tuple[str, PrintedDay | None]:
    """What a date's line prints behind its label, and the day where one can be read."""
    raw = piece.raw
    label = DATED.match(raw) or _DATED_PLAIN.match(raw)
    words = raw[label.end() :] if label else raw
    words = re.sub(r"\s+", " ", words).strip(" *_().,;") if words.strip(" .*_()") else ""
    return words, find_day(words)


def submitters(words: str) -> Submitters:
    """The people and offices of "Submitted by", line breaks kept as ``\\n``.

    People are divided by lines, semicolons, "and", "&" and "/". A line that does not begin with a
    name belongs to the office above it.
    """
    names: list[str] = []
    offices: list[str] = []
    for part in _entries(words):
        people, office = _entry(part)
        if people:
            names += people
            if office:
                offices.append(office)
        elif part and offices:
            offices[-1] = f"{offices[-1]}{_between(offices[-1], part)}{_plain(part)}"
        elif part and names:
            offices.append(_plain(part))
        elif part:
            names.append(_plain(part))
    return Submitters(tuple(names), tuple(dict.fromkeys(offices)))


def is_person(words: str) -> bool:
    """Whether words can be a person's name: two to five, capitalised, none of an office's."""
    words = _SUFFIX.sub(" ", words.strip(" ,."))
    parts = words.split()
    return (
        2 <= len(parts) <= 5
        and all(_NAME_WORD.match(part) for part in parts)
        and parts[-1][0].isupper()
        and not any(part.lower().strip(".,") in _NOT_A_NAME for part in parts)
        and not any(part.isupper() and len(part) > 3 and "." not in part for part in parts)
    ) or _is_person_in_capitals(parts)


def begins_with_person(words: str) -> bool:
    """Whether a line begins with a name: all of it, or what stands before a comma or bracket."""
    head = re.split(r"[,;(|–—]|\s-\s", _SUFFIX.sub(" ", words), maxsplit=1)[0]
    return is_person(head) or any(is_person(each) for each in _AND.split(head)[:1])


def _is_person_in_capitals(parts: Sequence[str]) -> bool:
    return (
        2 <= len(parts) <= 4
        and all(re.fullmatch(r"[A-Z][A-Z'’.-]*", part) for part in parts)
        and not any(part.lower().strip(".") in _NOT_A_NAME for part in parts)
    )


def _entries(words: str) -> list[str]:
    """One string a person or group of people; a wrapped line stays with the one above."""
    out: list[str] = []
    for line in re.split(r"\n", words):
        clean = re.sub(r"\s+", " ", line).strip(" *_•-–")
        if not clean:
            continue
        if out and not (begins_with_person(clean) or _OFFICE_FIRST.fullmatch(clean)):
            out[-1] = f"{out[-1]}{_between(out[-1], clean)}{clean}"
        else:
            out.append(clean)
    parts = [part for line in out for part in _SPLIT.split(line)]
    divided = [piece for part in parts for piece in _at_next_person(part)]
    return [part.strip(" ,/|") for part in divided if part.strip(" ,/|")]


def _between(above: str, line: str) -> str:
    """What divides a line from the one above it: below a name stands its office, below it more."""
    if _GOES_ON.search(above):
        return " "
    is_full = len(above) >= FULL_LINE and not _NEW_OFFICE.match(line)
    is_named = all(map(is_person, _unfolded(_names_in(_SUFFIX.sub("\u0001", above)))))
    return " " if is_full and not is_named else ", "


def _at_next_person(part: str) -> list[str]:
    """ "A B, Office of Trade and C D, Office of Finance" is two entries, "A B and C D, ..." one."""
    out, start = [], 0
    for match in _AND.finditer(part):
        before, after = part[start : match.start()], part[match.end() :]
        head = re.split(r"[,;(]", after, maxsplit=1)[0]
        if is_person(head) and not all(is_person(name) for name in _names_in(before)):
            out.append(before)
            start = match.end()
    return [*out, part[start:]]


def _names_in(words: str) -> list[str]:
    return [name for name in re.split(r"\s*,\s*", _AND.sub(",", words)) if name]


def _entry(part: str) -> tuple[list[str], str]:
    """The people at the head of an entry, and their office behind the comma."""
    turned = _OFFICE_FIRST.fullmatch(part)
    if turned and is_person(turned["name"]) and not begins_with_person(turned["office"]):
        return [turned["name"].strip()], _plain(turned["office"])
    folded = _SUFFIX.sub("\u0001", part)
    last = None
    for match in _AND.finditer(folded):
        head = _names_in(folded[: match.start()])
        tail = re.split(r"\s*[,(|]\s*|\s[–—-]\s", folded[match.end() :], maxsplit=1)[0]
        if all(map(is_person, _unfolded(head))) and is_person(tail.replace("\u0001", " ")):
            last = match
    if last:
        names = _names_in(folded[: last.start()])
        rest = folded[last.end() :]
    else:
        names, rest = [], folded
    cut = re.search(r"\s*[,|]\s*|\s*\(\s*|\s+[–—-]\s+", rest)
    name = rest[: cut.start()] if cut else rest
    office = rest[cut.end() :] if cut else ""
    if cut and "(" in cut[0]:
        # "(Office of Trade), Rulings": the bracket that was opened closes before more of it.
        office = office.replace(")", "", 1) if office.count(")") > office.count("(") else office
    people = [each.replace("\u0001", ", ") for each in [*names, name] if each.strip()]
    if not names and not is_person(name.replace("\u0001", " ")) and not office:
        return [], ""
    return people, _plain(office.replace("\u0001", ", "))


def _plain(office: str) -> str:
    """An office without what divides it from others, or ends the line."""
    words = re.sub(r"\s*\|\s*", ", ", office.strip(" ,/|"))
    return _FULL_STOP.sub("", words)


def _unfolded(names: Sequence[str]) -> list[str]:
    return [name.replace("\u0001", " ") for name in names]


def _before(piece: Piece, end: int) -> Piece:
    words = piece.raw[:end]
    return piece.sub(0, len(words.rstrip(" ,;(|–—*_")))


def _last_day(raw: str) -> PrintedDay | None:
    found, position = None, 0
    while day := find_day(raw, position):
        found, position = day, day.span[1]
    return found
