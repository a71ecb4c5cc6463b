"""Word's lists and styles: which level and which marker a paragraph has."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from papers.content import MAX_LEVEL
from papers.importing.readers.markers import GLYPHS, UNNAMED_BULLETS, counted
from papers.importing.readers.package import attribute, local

_DEEPER = 180  # Twips, an eighth of an inch.
_PLACE = re.compile(r"%([1-9])")
_LIST_STYLE = re.compile(r"list\s*(?P<kind>bullet|number)\s*(?P<depth>[2-5])?", re.IGNORECASE)
_HEADING_STYLE = re.compile(r"heading\s*[1-9]", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"(?:sub)?title", re.IGNORECASE)


def child(element: Any, *names: str) -> Any:
    """The element found by going down ``names``, or None."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def value(element: Any, *names: str) -> str:
    """The ``val`` of the element found by going down ``names``; empty without."""
    found = child(element, *names)
    return attribute(found, "val") if found is not None else ""


def is_on(element: Any, name: str) -> bool | None:
    """A switch such as ``b``: None where it is not set here."""
    found = child(element, name)
    if found is None:
        return None
    return attribute(found, "val").lower() not in ("0", "false", "off", "none")


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else None


def _indent(properties: Any) -> int | None:
    ind = child(properties, "ind")
    if ind is None:
        return None
    return _number(attribute(ind, "left") or attribute(ind, "start"))


@dataclass
class _Level:
    style: str = "bullet"
    text: str = ""
    start: int = 1
    indent: int | None = None


@dataclass
class ParagraphStyle:
    """What a paragraph has from its style and the styles that this is based on."""

    name: str = ""
    number: str = ""
    level: int | None = None
    indent: int | None = None
    is_bold: bool = False
    is_heading: bool = False

    @property
    def is_title(self) -> bool:
        return bool(_TITLE_STYLE.fullmatch(self.name))


@dataclass
class Place:
    """A paragraph's place in a list."""

    level: int
    marker: str
    is_bullet: bool


@dataclass
class _Open:
    number: str
    ilvl: int
    indent: int
    level: int


class Styles:
    """styles.xml: what each style sets, chains resolved once."""

    def __init__(self, root: Any) -> None:
        self.elements: dict[str, Any] = {}
        self.default = ""
        for style in root if root is not None else ():
            if local(style) == "style":
                name = attribute(style, "styleId")
                self.elements[name] = style
                if attribute(style, "type") == "paragraph" and attribute(style, "default") in (
                    "1",
                    "true",
                ):
                    self.default = name
        self.known: dict[str, ParagraphStyle] = {}

    def of(self, name: str) -> ParagraphStyle:
        """The style of that id, or the default one."""
        name = name or self.default
        if name not in self.known:
            self.known[name] = self._resolved(name)
        return self.known[name]

    def _resolved(self, name: str) -> ParagraphStyle:
        chain: list[Any] = []
        while name in self.elements and len(chain) < 20:
            chain.append(self.elements[name])
            name = value(chain[-1], "basedOn")
        style = ParagraphStyle()
        for element in reversed(chain):
            properties = child(element, "pPr")
            number = value(properties, "numPr", "numId")
            if number:
                style.number, style.level = number, None
            level = _number(value(properties, "numPr", "ilvl"))
            style.level = level if level is not None else style.level
            indent = _indent(properties)
            style.indent = indent if indent is not None else style.indent
            bold = is_on(child(element, "rPr"), "b")
            style.is_bold = style.is_bold if bold is None else bold
            outline = _number(value(properties, "outlineLvl"))
            own = value(element, "name")
            style.is_heading = (
                style.is_heading
                or bool(_HEADING_STYLE.fullmatch(own))
                or (outline is not None and 0 <= outline < 9)
            )
            style.name = own or style.name
        return style


@dataclass
class Lists:
    """numbering.xml and the counters of its lists."""

    root: Any
    styles: Styles
    numbers: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    open: list[_Open] = field(default_factory=list)

    def __post_init__(self) -> None:
        abstract: dict[str, dict[int, _Level]] = {}
        for element in self.root if self.root is not None else ():
            if local(element) == "abstractNum":
                levels = {}
                for each in element:
                    index = _number(attribute(each, "ilvl")) if local(each) == "lvl" else None
                    if index is not None:
                        levels[index] = _level(each)
                abstract[attribute(element, "abstractNumId")] = levels
        for element in self.root if self.root is not None else ():
            if local(element) == "num":
                name = attribute(element, "numId")
                of = value(element, "abstractNumId")
                self.numbers[name] = of
                self.levels[name] = abstract.get(of, {})

    def close(self) -> None:
        """Something stands between this list and the next."""
        self.open.clear()

    @staticmethod
    def holds(properties: Any, style: ParagraphStyle) -> bool:
        """Whether a paragraph is in a list; ``place`` says where, and counts it."""
        number = value(properties, "numPr", "numId") or style.number
        return number not in ("", "0") or (not number and bool(_LIST_STYLE.match(style.name)))

    def place(self, properties: Any, style: ParagraphStyle) -> Place | None:
        """The place of a paragraph by its own numbering, else its style's; None: in no list."""
        number = value(properties, "numPr", "numId")
        ilvl = _number(value(properties, "numPr", "ilvl"))
        named = _LIST_STYLE.match(style.name)
        if not self.holds(properties, style):
            return None
        if not number:
            number = style.number if style.number != "0" else ""
            ilvl = style.level if ilvl is None else ilvl
        # "List Bullet 2" is a list of its own at ilvl 0: its digit tells the level.
        key = min(max(ilvl or 0, 0), 8)
        if ilvl is None and named and named["depth"]:
            ilvl = int(named["depth"]) - 1
        ilvl = min(max(ilvl or 0, 0), 8)
        known = self.levels.get(number, {}).get(key)
        if known is None and named:
            known = self.levels.get(number, {}).get(0, _usual(named["kind"]))
        own = _indent(properties)
        if own is None:
            own = style.indent if style.indent is not None else known.indent if known else None
        level = self._placed(number or style.name, ilvl, 360 * (ilvl + 1) if own is None else own)
        if known is None or known.style in ("bullet", "none"):
            return Place(level, _glyph(known.text if known else "•"), True)
        return Place(level, self._counted(number or style.name, key, known), False)

    def _placed(self, number: str, ilvl: int, indent: int) -> int:
        """The level: ilvl, unless the item is indented under an item of another list."""
        same = [each for each in self.open if each.number == number]
        if same:
            while self.open[-1].number != number or self.open[-1].ilvl > ilvl:
                if self.open[-1] is same[0]:
                    break
                self.open.pop()
            level = max(self.open[-1].level + ilvl - self.open[-1].ilvl, 0)
        elif self.open:
            while len(self.open) > 1 and self.open[-1].indent > indent + _DEEPER:
                self.open.pop()
            top = self.open[-1]
            if indent > top.indent + _DEEPER:
                level = max(ilvl, top.level + 1)
            else:
                level = max(ilvl, top.level if indent >= top.indent - _DEEPER else 0)
        else:
            level = ilvl
        self.open = [each for each in self.open if each.level < level]
        self.open.append(_Open(number, ilvl, indent, level))
        return min(level, MAX_LEVEL)

    def _counted(self, number: str, key: int, known: _Level) -> str:
        """The printed number of the next item, such as "2." or "b)".

        ``key``: the level that counts, as numbering.xml names it; it may lack that one or others.
        """
        counts = self.counts.setdefault(self.numbers.get(number, number), [None] * 9)
        levels = {**self.levels.get(number, {}), key: known}
        before = counts[key]
        counts[key] = known.start if before is None else before + 1
        counts[key + 1 :] = [None] * (8 - key)

        def printed(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            level, count = levels.get(index, _usual("number")), counts[index]
            return counted(level.start if count is None else count, level.style)

        text = known.text or f"%{key + 1}."
        return " ".join(_PLACE.sub(printed, text).split()) or f"{counts[key]}."


def _usual(kind: str) -> _Level:
    """What a list has that numbering.xml does not tell: "•", or "1."."""
    return _Level("decimal") if kind.lower() == "number" else _Level("bullet", "•")


def _level(element: Any) -> _Level:
    start = _number(value(element, "start"))
    return _Level(
        style=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText"),
        start=1 if start is None else start,
        indent=_indent(child(element, "pPr")),
    )


def _glyph(text: str) -> str:
    """A bullet as it prints: Symbol and Wingdings keep theirs in private places."""
    text = UNNAMED_BULLETS.sub(lambda match: GLYPHS.get(match[0], "•"), text)
    return " ".join(text.split()) or "•"
