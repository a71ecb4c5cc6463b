"""Word files, read from their XML by lxml: words, lists, links and tables; nothing is followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from papers.importing.document import BlockKind, Document
from papers.importing.errors import ImportProblem
from papers.importing.readers.flow import Flow, Piece
from papers.importing.readers.lines import is_whole_heading
from papers.importing.readers.markers import GLYPHS
from papers.importing.readers.numbering import Lists, Styles, attribute, child, is_on, value
from papers.importing.readers.package import MAX_MAIN_PART, Package, local
from papers.importing.readers.tables import is_layout

# Around blocks, rows or runs, and no words of their own. Deletions are not among them.
_WRAPPERS = frozenset(
    ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "bdo", "dir", "hyperlink",
     "fldSimple", "oMath", "oMathPara")
)  # fmt: skip
_FIELD_LINK = re.compile(r'HYPERLINK\s+(?:\\l\s+)?"([^"]*)"', re.IGNORECASE)
_TOLERANCE = 100  # Twips.


def read_docx(data: bytes) -> Document:
    """Insertions are read and deletions are not; headers and footers are furniture.

    Raises ImportProblem: what ``Package`` raises, and wrong_type for another Office file.
    """
    package = Package(data)
    main = package.main_part()
    root = package.xml(main, MAX_MAIN_PART)
    if root is None or local(root) != "document":
        raise ImportProblem("wrong_type")
    try:
        return _Reader(package, main).read(root)
    except RecursionError as error:
        raise ImportProblem("unreadable") from error


class _Reader:
    def __init__(self, package: Package, main: str) -> None:
        self.package = package
        self.relations = package.relations(main)
        self.targets = self.relations
        self.styles = Styles(self._part("styles"))
        self.lists = Lists(self._part("numbering"), self.styles)
        self.flow = Flow("docx", _TOLERANCE)
        self.fields: list[tuple[str, bool]] = []  # Of each open field: its code, and if it shows.
        self.boxes: list[Any] = []

    def _part(self, kind: str) -> Any:
        for each, target in self.relations.values():
            if each == kind:
                return self.package.xml(target)
        return None

    def read(self, root: Any) -> Document:
        self._furniture("header")
        body = child(root, "body")
        if body is not None:
            self._blocks(body)
        for kind in ("footnotes", "endnotes"):
            self._notes(kind)
        self._furniture("footer")
        return self.flow.document()

    def _furniture(self, kind: str) -> None:
        """Headers stand before the text, footers behind it; equal ones once."""
        seen = set()
        for each, part in list(self.relations.values()):
            root = self.package.xml(part) if each == kind else None
            if root is None:
                continue
            self.targets = self.package.relations(part)
            for paragraph in root.iter():
                if local(paragraph) != "p":
                    continue
                pieces = self._pieces(paragraph, False)
                words = "".join(piece.text for piece in pieces)
                if words not in seen:
                    seen.add(words)
                    for line in words.split("\n"):
                        self.flow.add([Piece(line)], BlockKind.FURNITURE)
            self.boxes.clear()
        self.targets = self.relations

    def _notes(self, kind: str) -> None:
        root = self._part(kind)
        for note in root if root is not None else ():
            # Separators have a type; real notes have none.
            if attribute(note, "type") in ("", "normal"):
                self._blocks(note)

    def _blocks(self, parent: Any) -> None:
        for element in _unwrapped(parent):
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name == "AlternateContent":
                self._blocks(_alternative(element))

    def _paragraph(self, paragraph: Any) -> None:
        properties = child(paragraph, "pPr")
        style = self.styles.of(value(properties, "pStyle"))
        pieces = self._pieces(paragraph, style.is_bold)
        words = "".join(piece.text for piece in pieces).strip()
        if child(properties, "pageBreakBefore") is not None and is_on(
            properties, "pageBreakBefore"
        ):
            self.flow.turn_page()
        texts = [piece.text for piece in pieces]
        begin = next((at for at, text in enumerate(texts) if text.strip()), len(texts))
        self._turn(texts[:begin])
        if words:
            self._say(words, pieces[begin:], properties, style)
        self._turn(texts[begin:])
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self._blocks(box)

    def _turn(self, texts: list[str]) -> None:
        """Page breaks, asked for or where the page ended when the file was saved."""
        for _ in range(sum(text.count("\f") for text in texts)):
            self.flow.turn_page()

    def _say(self, words: str, pieces: list[Piece], properties: Any, style: Any) -> None:
        place = None if style.is_heading else self.lists.place(properties, style)
        ind = child(properties, "ind")
        left = attribute(ind, "left") or attribute(ind, "start") if ind is not None else ""
        indent = float(left) if re.fullmatch(r"\d{1,6}", left) else float(style.indent or 0)
        if style.is_heading:
            self.lists.close()
            self.flow.add(pieces, BlockKind.HEADING)
        elif place and not (is_whole_heading(words) and not place.is_bullet):
            self.flow.add(pieces, BlockKind.LIST_ITEM, place.level, place.marker, indent)
        else:
            self.lists.close()
            self.flow.add(pieces, indent=indent)

    def _pieces(self, parent: Any, is_bold: bool) -> list[Piece]:
        return list(self._inline(parent, is_bold, None))

    def _inline(self, parent: Any, is_bold: bool, target: str | None) -> Iterator[Piece]:
        for element in parent:
            name = local(element)
            if name == "r":
                yield from self._run(element, is_bold, target)
            elif name == "AlternateContent":
                yield from self._inline(_alternative(element), is_bold, target)
            elif name == "sdt" and child(element, "sdtPr", "showingPlcHdr") is not None:
                continue  # "Click here to enter text" is nobody's word.
            elif name in _WRAPPERS:
                yield from self._inline(element, is_bold, self._target(element, name, target))

    def _target(self, element: Any, name: str, target: str | None) -> str | None:
        """Where what is inside an element links to."""
        if name == "hyperlink":
            return self.targets.get(attribute(element, "id"), ("", ""))[1]
        if name == "fldSimple":
            match = _FIELD_LINK.search(attribute(element, "instr"))
            return match[1] if match else target
        return target

    def _run(self, run: Any, is_bold: bool, target: str | None) -> Iterator[Piece]:
        properties = child(run, "rPr")
        if properties is not None:
            if is_on(properties, "vanish"):
                return
            bold = is_on(properties, "b")
            if bold is None and value(properties, "rStyle").lower() == "strong":
                bold = True
            is_bold = is_bold if bold is None else bold
        for element in run:
            name = local(element)
            if name == "fldChar":
                self._field(attribute(element, "fldCharType"))
            elif name == "instrText" and self.fields:
                code, shows = self.fields[-1]
                self.fields[-1] = ((code + (element.text or ""))[:4000], shows)
            elif all(shows for _, shows in self.fields):
                text = self._text(element, name)
                if text:
                    yield Piece(text, is_bold, self._field_target(target))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(("", False))
        elif kind == "separate" and self.fields:
            self.fields[-1] = (self.fields[-1][0], True)
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _field_target(self, target: str | None) -> str | None:
        for code, _ in reversed(self.fields):
            if match := _FIELD_LINK.search(code):
                return match[1]
        return target

    def _text(self, element: Any, name: str) -> str:
        """What one child of a run prints; text boxes wait for the end of the paragraph."""
        if name == "t":
            return (element.text or "").replace("\n", " ").replace("\f", " ")
        if name in ("tab", "ptab"):
            return "\t"
        if name == "br":
            return "\f" if attribute(element, "type") == "page" else "\n"
        if name == "cr":
            return "\n"
        if name == "lastRenderedPageBreak":
            return "\f"
        if name == "noBreakHyphen":
            return "-"
        if name == "sym":
            return _symbol(attribute(element, "char"))
        if name == "AlternateContent":
            self._find_boxes(_alternative(element))
        elif name in ("drawing", "pict", "object"):
            self._find_boxes(element)
        return ""

    def _find_boxes(self, element: Any) -> None:
        boxes = [each for each in element.iter() if local(each) == "txbxContent"]
        inner = {id(box) for outer in boxes for box in outer.iter() if box is not outer}
        self.boxes += [box for box in boxes if id(box) not in inner]

    def _table(self, table: Any) -> None:
        self.lists.close()
        rows = [
            [cell for cell in _unwrapped(row) if local(cell) == "tc"]
            for row in _unwrapped(table)
            if local(row) == "tr" and child(row, "trPr", "del") is None
        ]
        if is_layout([[self._paragraphs_in(cell) for cell in row] for row in rows]):
            for row in rows:
                for cell in row:
                    self._blocks(cell)
            return
        for row in rows:
            self.flow.row([self._cell(cell) for cell in row])
            boxes, self.boxes = self.boxes, []
            for box in boxes:
                self._blocks(box)
        self.lists.close()

    def _paragraphs_in(self, cell: Any) -> int:
        """How many paragraphs a cell holds; many where it holds a list, heading or table."""
        count = 0
        for element in _unwrapped(cell):
            if local(element) == "tbl":
                return 99
            if local(element) != "p" or not _has_words(element):
                continue
            properties = child(element, "pPr")
            style = self.styles.of(value(properties, "pStyle"))
            if style.is_heading or self.lists.holds(properties, style):
                return 99
            count += 1 + sum(1 for each in element.iter() if local(each) == "br")
        return count

    def _cell(self, cell: Any) -> list[Piece]:
        pieces: list[Piece] = []
        for paragraph in _unwrapped(cell):
            if local(paragraph) == "p":
                style = self.styles.of(value(child(paragraph, "pPr"), "pStyle"))
                pieces += [*self._pieces(paragraph, style.is_bold), Piece(" ")]
        return pieces


def _unwrapped(parent: Any) -> Iterator[Any]:
    """The children of an element, with those of mere wrappers in their place."""
    for element in parent:
        if local(element) in _WRAPPERS:
            yield from _unwrapped(element)
        else:
            yield element


def _alternative(element: Any) -> Any:
    """Of two ways to say the same, the first that can be read."""
    choice, fallback = child(element, "Choice"), child(element, "Fallback")
    if choice is not None and (fallback is None or _has_words(choice)):
        return choice
    return fallback if fallback is not None else ()


def _has_words(element: Any) -> bool:
    return any(local(each) == "t" and (each.text or "").strip() for each in element.iter())


def _symbol(code: str) -> str:
    if not re.fullmatch(r"[0-9A-Fa-f]{4}", code):
        return ""
    sign = chr(int(code, 16))
    return GLYPHS.get(sign, "•" if "\uf000" <= sign <= "\uf0ff" else sign)
