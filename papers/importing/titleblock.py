"""The fields of a title block, from its words in the order of the page.

Pure: standard library only. The block stands on the cover and again on the first page of text, so
that a field is taken where it is first printed, and its repetitions are furniture. What differs
from the field instead of repeating it is left over, for a person to place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from papers.importing.document import BlockKind
from papers.importing.headings import distance
from papers.importing.pieces import Piece
from papers.importing.titlelines import (
    OFFICE,
    SUBCOMMITTEES,
    SUFFIX,
    arranged,
    goes_on,
    is_usual,
    trimmed,
    value_of,
)
from papers.importing.titletokens import (
    Kind,
    Token,
    is_name,
    label_kind,
    tokens_of,
)

# What a record's field can hold. A longer stretch is no name.
LONGEST = {
    "working_group": 200,
    "subcommittee": 200,
    "meeting": 60,
    "pub_number": 9,
    "action_required": 200,
    "office": 300,
}
_FIELD = {
    Kind.GROUP: "working_group",
    Kind.SUBCOMMITTEE: "subcommittee",
    Kind.MONTH: "meeting",
    Kind.PUB: "pub_number",
    Kind.ACTION: "action_required",
    Kind.OFFICE: "office",
}
_FURNITURE = (Kind.COMMITTEE, Kind.PAPER, Kind.LETTERHEAD, Kind.OCCASION, Kind.MARK)
_OFFICE_WORD = re.compile(r"\b(?:office|directorate|division|branch)\b", re.IGNORECASE)


@dataclass
class Place:
    """A stretch and where it went; ``where`` as in ``Placement``."""

    piece: Piece
    where: str


@dataclass
class TitleBlock:
    """What the title blocks say. ``values`` by the names of ``LONGEST``, as printed.

    ``marks``: what is printed above the title about the paper, "DRAFT", once each.
    """

    values: dict[str, str] = field(default_factory=dict)
    month: tuple[int, int] | None = None
    places: list[Place] = field(default_factory=list)
    seen: set[Kind] = field(default_factory=set)
    remarks: set[str] = field(default_factory=set)
    marks: dict[str, Piece] = field(default_factory=dict)
    _half: Token | None = None

    def take(self, tokens: Sequence[Token]) -> None:
        """The next words of the title block, with all that can stand beside them."""
        lines = arranged(tokens)
        for index, token in enumerate(lines):
            self.seen.add(token.kind)
            following = lines[index + 1 :]
            before = lines[index - 1].kind if index else None
            self.note_mark(token)
            if token.kind in _FURNITURE or _is_filler(token):
                self.places.append(Place(token.whole, "furniture"))
            elif token.kind in (Kind.SUBCOMMITTEE, Kind.GROUP) and self._completes(token):
                continue
            elif token.kind is Kind.SUBCOMMITTEE:
                self._take_subcommittee(token)
            elif token.kind is Kind.CHUNK and self._begins(token, following, before):
                self._half = token
            elif token.kind is Kind.CHUNK and self._is_office(token, following):
                self._set("office", token)
            elif token.kind in _FIELD:
                self._set(_FIELD[token.kind], token)
            elif token.kind is Kind.REMARK and token.value in self.remarks:
                self.places.append(Place(token.whole, "furniture"))
            else:
                if token.kind is Kind.REMARK:
                    self.remarks.add(token.value)
                self.places.append(Place(token.whole, "not_placed"))

    def repeats(self, tokens: Iterable[Token]) -> bool:
        """Whether words that stand in the midst of the paper are its own title block again."""
        return all(
            token.kind in _FURNITURE
            or (token.kind in _FIELD and self._says(_FIELD[token.kind], token))
            or (token.kind is Kind.CHUNK and self._says("office", token))
            or (token.kind is Kind.REMARK and token.value in self.remarks)
            for token in tokens
        )

    def differs(self, tokens: Iterable[Token]) -> bool:
        """Whether they are the title block of another group or another meeting.

        What this paper has not printed yet they may well complete.
        """
        has_group, has_month = "working_group" in self.values, self.month is not None
        return any(
            (token.kind is Kind.GROUP and has_group and not self._says("working_group", token))
            or (token.kind is Kind.MONTH and has_month and self.month != token.month)
            for token in tokens
        )

    def note_mark(self, token: Token) -> None:
        """Keep a mark, for staff to be told of it."""
        if token.kind is Kind.MARK:
            self.marks.setdefault(token.value.casefold(), token.whole)

    def takes_for_office(self, token: Token) -> bool:
        """Whether a line says by its own words that it is the office's, and none is known yet."""
        return "office" not in self.values and bool(OFFICE.search(token.value))

    def _begins(self, token: Token, following: Sequence[Token], before: Kind | None) -> bool:
        """Whether a line is the first half of a name that the page was too narrow for."""
        after = following[0] if following else None
        if after is None or after.kind not in (Kind.GROUP, Kind.SUBCOMMITTEE):
            return False
        if SUFFIX.fullmatch(after.value) or goes_on(token.value):
            return True
        if after.kind is Kind.SUBCOMMITTEE:
            return not is_usual(after.value) and is_usual(f"{token.value} {after.value}")
        return before is Kind.SUBCOMMITTEE and not _OFFICE_WORD.search(token.value)

    def _completes(self, token: Token) -> bool:
        if self._half is None:
            return False
        half, self._half = self._half, None
        whole = f"{half.value} {token.value}"
        self._set(_FIELD[token.kind], Token(token.kind, half.piece, half.whole, whole))
        where = self.places[-1].where
        self.places += [Place(line, where) for line in (token.whole, token.below) if line]
        return True

    def _take_subcommittee(self, token: Token) -> None:
        """Its line may begin with the office's, with nothing between."""
        piece = token.piece
        names = [self.values["subcommittee"]] if "subcommittee" in self.values else []
        names += [f"{name} Subcommittee" for name in SUBCOMMITTEES]
        raw = piece.raw
        for name in names:
            pattern = r"\s+".join(map(re.escape, name.split()))
            match = re.search(rf"(?<!\w){pattern}$", raw, re.IGNORECASE)
            if match and raw[: match.start()].strip(" ,;|–—-/"):
                office = piece.sub(0, match.start())
                self._set("office", value_of(Kind.OFFICE, trimmed(office)))
                self._set("subcommittee", value_of(Kind.SUBCOMMITTEE, piece.sub(match.start())))
                return
        self._set("subcommittee", token)

    def _is_office(self, token: Token, following: Sequence[Token]) -> bool:
        """A name above the subcommittee's or the group's, or one that says that it is an office."""
        if "office" in self.values:
            return self._says("office", token)
        if not is_name(token.value):
            return False
        if OFFICE.search(token.value):
            return True
        return bool(following) and following[0].kind in (Kind.SUBCOMMITTEE, Kind.GROUP)

    def _set(self, name: str, token: Token) -> None:
        if name in self.values:
            where = "furniture" if self._says(name, token) else "not_placed"
        elif not token.value or len(token.value) > LONGEST[name]:
            where = "not_placed"
        else:
            where = name
            self.values[name] = token.value
            if token.kind is Kind.MONTH:
                self.month = token.month
        self.places += [Place(line, where) for line in (token.whole, token.below) if line]

    def _says(self, name: str, token: Token) -> bool:
        if name == "meeting":
            return self.month == token.month
        printed = self.values.get(name)
        return printed is not None and same_name(printed, token.value)


def same_name(one: str, other: str) -> bool:
    """Whether two spellings in one document are of one name: case, "WG", "&", an acronym, a slip.

    Names of one document alone. Whether a name is that of a group on record is asked elsewhere.
    """
    a, b = _name_key(one), _name_key(other)
    # Numbers tell names apart, "ACE 1.0" and "ACE 2.0"; a slip of the pen changes letters.
    same_digits = re.findall(r"\d", a) == re.findall(r"\d", b)
    return a == b or (same_digits and min(len(a), len(b)) >= 8 and distance(a, b, 2) <= 2)


def _name_key(name: str) -> str:
    words = re.sub(r"\([^()]*\)", " ", name.casefold().replace("&", " and "))
    words = re.sub(r"\bwork\w*[\s‑-]+group\b|\bworkgroup\b|\bwg\b", "wg", words)
    words = re.sub(r"\btask\s+force\b|\btf\b", "tf", words)
    return "".join(re.findall(r"[^\W_]+", words))


def title_tokens(piece: Piece) -> list[Token] | None:
    """The tokens of a block; of a table's row those of its cells. None where it is prose."""
    cells = piece.block.cells
    if piece.block.kind is not BlockKind.TABLE_ROW or not cells:
        return tokens_of(piece)
    out: list[Token] = []
    position, label = 0, None
    for cell in cells:
        words = re.sub(r"\s+", " ", cell).strip()
        at = piece.raw.find(words, position) if words else -1
        if at < 0:
            continue
        position = at + len(words)
        part = piece.sub(at, position)
        if label is not None:
            out.append(value_of(label, part))
            label = None
            continue
        label = label_kind(words)
        if label is not None:
            # The label's own words are furniture of the table.
            out.append(Token(Kind.LETTERHEAD, part, part, part.text))
            continue
        tokens = [] if _is_label(words) else tokens_of(part)
        if tokens is None:
            return None
        out += tokens or [Token(Kind.LETTERHEAD, part, part, part.text)]
    return out or None


_TABLE_LABEL = re.compile(
    r"(?:committee|meeting(?: date)?|date|month|document|title|type"
    r"|pub(?:lication)?\.?\s*(?:#|no\.?|number)?)\s*:?",
    re.IGNORECASE,
)


def _is_label(words: str) -> bool:
    return bool(_TABLE_LABEL.fullmatch(words))


def bare_label(piece: Piece) -> Token | None:
    """A line that is a label and its colon, with the value on the next; its kind says of what.

    ``LETTERHEAD`` where the value tells by itself what it is, as a month does.
    """
    words = piece.raw.rstrip(" *_")
    if not words.endswith((":", "：")):
        return None
    kind = label_kind(words)
    if kind is None and not _is_label(words.strip(" *_")):
        return None
    return Token(kind or Kind.LETTERHEAD, piece, piece)


def _is_filler(token: Token) -> bool:
    """ "Government Issue Paper *for the* Commercial Customs Operations Advisory Committee"."""
    words = token.value.lower().split()
    return token.kind is Kind.CHUNK and all(word in ("for", "of", "the", "by") for word in words)
