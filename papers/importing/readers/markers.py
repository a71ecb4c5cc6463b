"""Bullets and numbers at the start of a line, and the levels that they make.

Pure: standard library only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from papers.content import MAX_LEVEL

# What Symbol and Wingdings bullets stand for, and what a PDF gives for a bullet it cannot name.
GLYPHS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf076": "❖",
    "\uf0e0": "→",
    "\uf0e8": "➔",
    "\uf02d": "-",
}
# Letters that fonts of signs print as bullets, where a PDF gives the letter and not the sign.
_DINGBATS = {"l": "●", "m": "○", "n": "■", "u": "◆", "v": "❖", "3": "✓", "4": "✔", "Ô": "➔",
             "â": "➢", "ä": "➤", **dict.fromkeys("opqr", "□")}  # fmt: skip
_WINGDINGS = {"l": "●", "n": "■", "u": "◆", "v": "❖", "§": "▪", "ü": "✓", "Ø": "➢", "à": "→",
              "è": "➔", "¡": "○", **dict.fromkeys("opqr¨", "□")}  # fmt: skip
SIGN_FONTS = (
    (re.compile(r"dingbats", re.IGNORECASE), str.maketrans(_DINGBATS)),
    (re.compile(r"wingdings(?![\s_-]*[23])", re.IGNORECASE), str.maketrans(_WINGDINGS)),
    (re.compile(r"(?:^|\+)symbol", re.IGNORECASE), str.maketrans("·", "•")),
)
UNNAMED_BULLETS = re.compile(r"\(cid:127\)|\x7f|[\uf020-\uf0ff]")


class MarkerKind(StrEnum):
    """Markers of one kind stand on one level where nothing else tells levels apart."""

    BULLET = "bullet"
    DASH = "dash"
    STAR = "star"
    CIRCLE = "circle"
    SQUARE = "square"
    OTHER = "other"
    NUMBER = "number"
    DECIMAL = "decimal"
    LETTER = "letter"
    CAPITAL = "capital"
    ROMAN = "roman"
    CAPITAL_ROMAN = "capital-roman"


COUNTED = (
    MarkerKind.NUMBER,
    MarkerKind.LETTER,
    MarkerKind.CAPITAL,
    MarkerKind.ROMAN,
    MarkerKind.CAPITAL_ROMAN,
)
# Printed at the indent of the list around them, these are one level deeper than it.
DEEPER = (
    MarkerKind.CIRCLE,
    MarkerKind.SQUARE,
    MarkerKind.OTHER,
    MarkerKind.LETTER,
    MarkerKind.ROMAN,
)

_BULLETS = {
    **dict.fromkeys("•●∙·⦁", MarkerKind.BULLET),
    **dict.fromkeys("-–—‒⁃−", MarkerKind.DASH),
    "*": MarkerKind.STAR,
    **dict.fromkeys("o◦○⚬", MarkerKind.CIRCLE),
    **dict.fromkeys("▪■◾▫□§", MarkerKind.SQUARE),
    **dict.fromkeys("‣➢➤►▶✓✔❖→➔◆♦", MarkerKind.OTHER),
}
# A glyph that prints nothing but bullets needs no blank after it; the others do, or "-5" is one.
_GLYPH = re.compile(
    r"(?:[-–—*•][ \t\u00a0]+)?(?:[•●∙⦁▪■◾▫□‣➢➤►▶✓✔❖◆♦◦○⚬](?!\w)[ \t\u00a0]*|[•●▪■➢](?=\w)|"
    r"[-–—‒⁃−·*o§→➔](?:[ \t\u00a0]+|$))"
)
_COUNTED = re.compile(
    r"(?:\((?P<inner>\d{1,2}|[a-z]{1,4}|[A-Z]{1,4})\)|(?P<outer>\d{1,2}|[a-z]{1,4}|[A-Z]{1,4})[.)])"
    r"(?:[ \t\u00a0]+|$)"
)
_DECIMAL = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})+)\.?[ \t\u00a0]+")
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True)
class Marker:
    """``printed`` with single blanks; ``length`` is how much of the line it takes with its blanks.

    ``value``: of a number, letter or roman its place in the list, else 0. ``other``: how else it
    can be read, as "i." is the letter after "h." or the first roman.
    """

    printed: str
    kind: MarkerKind
    length: int
    value: int = 0
    other: Marker | None = None

    @property
    def is_counted(self) -> bool:
        return self.kind in COUNTED or self.kind == MarkerKind.DECIMAL


def marker_at(text: str) -> Marker | None:
    """The marker with which ``text`` begins, or None. Numbers still have to prove themselves."""
    if match := _GLYPH.match(text):
        printed = " ".join(match[0].split())
        return Marker(printed, _BULLETS[printed[-1]], match.end())
    if match := _DECIMAL.match(text):
        return Marker(match[0].strip(), MarkerKind.DECIMAL, match.end(), match["number"].count("."))
    if match := _COUNTED.match(text):
        return _counted(match[0].strip(), match["inner"] or match["outer"], match.end())
    return None


def _counted(printed: str, value: str, length: int) -> Marker | None:
    if value.isdigit():
        return Marker(printed, MarkerKind.NUMBER, length, int(value))
    lower = value.lower()
    letter = roman = None
    if len(lower) == 1:
        kind = MarkerKind.LETTER if value == lower else MarkerKind.CAPITAL
        letter = Marker(printed, kind, length, ord(lower) - ord("a") + 1)
    if lower[0] in _ROMAN_VALUES and _ROMAN.fullmatch(lower):
        kind = MarkerKind.ROMAN if value == lower else MarkerKind.CAPITAL_ROMAN
        values = [_ROMAN_VALUES[each] for each in lower]
        total = sum(
            -value if value < after else value
            for value, after in zip(values, [*values[1:], 0], strict=True)
        )
        roman = Marker(printed, kind, length, total, letter)
    return roman or letter


_ROMAN_SIGNS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def counted(value: int, style: str) -> str:
    """The ``value``-th number of a list in a style that Word names, such as "lowerLetter"."""
    if style.endswith("Letter") and 1 <= value <= 26:
        text = chr(ord("a") + value - 1)
    elif style.endswith("Roman") and 1 <= value <= 39:
        text, rest = "", value
        for worth, sign in _ROMAN_SIGNS:
            text += sign * (rest // worth)
            rest %= worth
    else:
        return str(value)
    return text.upper() if style.startswith("upper") else text


@dataclass
class _Rung:
    indent: float
    kind: MarkerKind
    value: int
    key: object
    level: int


class Levels:
    """The list that is open: gives each marker its level, relative to those above it."""

    def __init__(self, tolerance: float) -> None:
        self.tolerance = tolerance
        self.rungs: list[_Rung] = []

    def close(self) -> None:
        """A heading, or a paragraph that stands outside: the next marker begins a list."""
        self.rungs.clear()

    def is_outside(self, indent: float) -> bool:
        """Whether words at ``indent`` are not indented under the open list."""
        return not self.rungs or indent <= self.rungs[0].indent + self.tolerance

    def level_of(self, indent: float) -> int:
        """The level of the open item under which words at ``indent`` stand."""
        above = [rung for rung in self.rungs if rung.indent < indent - self.tolerance]
        return min(above[-1].level, MAX_LEVEL) if above else 0

    def expects(self, marker: Marker) -> Marker | None:
        """The reading of a number, letter or roman that goes on with an open list, or None."""
        for reading in (marker, marker.other):
            if reading and any(
                rung.kind == reading.kind and rung.value + 1 == reading.value for rung in self.rungs
            ):
                return reading
        if marker.kind == MarkerKind.DECIMAL:
            first = int(marker.printed.split(".")[0])
            return marker if any(rung.value == first for rung in self.rungs) else None
        return None

    def place(
        self, marker: Marker, indent: float, after_colon: bool = False, key: object = None
    ) -> int:
        """The level of an item. ``after_colon``: the item before it ends with a colon.

        ``key`` names the list where the file says it (Word numbers its lists).
        """
        depth = self._depth(marker, indent, after_colon, key)
        kept = self.rungs[depth] if depth < len(self.rungs) else None
        del self.rungs[depth:]
        above = self.rungs[-1].level + 1 if self.rungs else 0
        place = kept.indent if kept and abs(kept.indent - indent) <= self.tolerance else indent
        self.rungs.append(_Rung(place, marker.kind, marker.value, key, above))
        return min(above, MAX_LEVEL)

    def _depth(self, marker: Marker, indent: float, after_colon: bool, key: object) -> int:
        """The index of the rung on which the item stands; the number of rungs for a new one."""
        if marker.kind == MarkerKind.DECIMAL:
            return min(marker.value, len(self.rungs))
        count = len(self.rungs)
        while count and self.rungs[count - 1].indent > indent + self.tolerance:
            count -= 1
        if not count:
            return 0
        if self.rungs[count - 1].indent < indent - self.tolerance:
            return count - 1 if self._is_askew(count, marker, indent) else count
        # At the indent of the rungs up to count: the marker tells.
        same = [
            index
            for index in range(count)
            if abs(self.rungs[index].indent - indent) <= self.tolerance
        ]
        for index in same:
            if self.rungs[index].kind == marker.kind:
                return index
        top = self.rungs[count - 1].kind
        is_below = (
            marker.kind in DEEPER
            or after_colon
            or (top in (MarkerKind.NUMBER, MarkerKind.CAPITAL_ROMAN) and not marker.is_counted)
            or (top == MarkerKind.BULLET and marker.kind == MarkerKind.DASH)
            or (top == MarkerKind.CAPITAL_ROMAN and marker.kind == MarkerKind.CAPITAL)
        )
        return count if is_below else same[0]

    def _is_askew(self, count: int, marker: Marker, indent: float) -> bool:
        """Whether an item is set a little deeper than its neighbours, by a slip of the hand.

        Only where the list's own step tells that the difference is too small for one.
        """
        if count < 2:
            return False
        above, rung = self.rungs[count - 2], self.rungs[count - 1]
        slip = 2 * self.tolerance
        return (
            rung.kind == marker.kind
            and indent - rung.indent <= slip
            and rung.indent - above.indent > slip
        )
