"""The blocks of a document, one after another: which is a heading, a field, an item, furniture.

Pure: standard library only. Before the first heading stands the title block; behind it sections;
behind "Submitted by" nothing more but a date, unless another heading follows.
"""

from __future__ import annotations

import re
from dataclasses import replace

from papers.content import SectionKind
from papers.importing.document import Block, BlockKind, Document
from papers.importing.headings import (
    MAX_HEADING,
    Heading,
    dress,
    first_line_heading,
    heading_by_form,
    known_heading,
    opening_heading,
    usual_other,
)
from papers.importing.labelled import MAX_FIELD_LINE, Labelled
from papers.importing.opensection import OpenSection
from papers.importing.pieces import Piece
from papers.importing.signoff import SUBMITTED_INSIDE
from papers.importing.titleblock import Place, TitleBlock, bare_label, title_tokens
from papers.importing.titlerun import (
    TITLE_KINDS,
    VAGUE,
    goes_on_below,
    is_title_block,
    title_run,
)
from papers.importing.titletokens import MAX_TITLE_LINE, PUB, Kind, Token, is_name

# A title block is short. Words of a title far down are looked at one by one, as in a body.
MAX_TITLE_BLOCKS = 120
MAX_LOOK = 400
# One of these is in every title block, whatever its spelling.
_TRACE = re.compile(
    r"issue\s+paper|com+it+e+|\bCOAC\b|\bgro?up\b|workgroup|task\s+force|\bWG\b|\bTF\b", re.I
)
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[-–—\s]*", re.I)

_PAGE_BEHIND = re.compile(r"[\s|–—-]+(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\s*$", re.I)


class Body:
    """The reading of one document. Call ``read`` once; then the attributes hold what was found."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._blocks = document.blocks
        self._usual_dress = 0
        self.title = TitleBlock()
        self.places: list[Place] = []
        self.sections: list[OpenSection] = []
        self.labelled = Labelled(self)
        self.usual_headings: set[SectionKind] = set()
        self.other_titles = 0
        self._is_titled_again = False
        self._is_new_part = True  # A usual heading has been read since the last title block.
        self.is_signed = False
        self._fed = 0
        self._furniture: list[Piece] = []
        self._pending: list[Token] = []
        self._label: Token | None = None  # The line above, where it says what this one is.

    def can_be_a_paper(self) -> bool:
        """A look at the first blocks, so that a long text of another kind is left unread."""
        return any(_TRACE.search(block.text[:MAX_TITLE_LINE]) for block in self._blocks[:MAX_LOOK])

    def read(self) -> None:
        """Every block, in order; only the first ones of what shows no sign of being a paper."""
        dresses = self._dress_of_headings()
        self._usual_dress = min(dresses, default=0)
        index = 0
        while index < len(self._blocks):
            if index > MAX_LOOK and not (dresses or self.sections or self._is_titled):
                return
            index = self._block(index)
        self.flush_title()
        self._from_furniture()

    @property
    def has_sections(self) -> bool:
        """Whether a section has begun."""
        return bool(self.sections)

    @property
    def _title_kinds(self) -> set[Kind]:
        return self.title.seen | {token.kind for token in self._pending[:MAX_LOOK]}

    @property
    def _is_titled(self) -> bool:
        return bool(self._title_kinds & (TITLE_KINDS - {Kind.MONTH}))

    def _dress_of_headings(self) -> list[int]:
        pieces = (
            Piece(self.document, block)
            for block in self._blocks
            if len(block.text) <= MAX_HEADING
            and block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH)
        )
        found = [(dress(piece), known_heading(piece)) for piece in pieces]
        return [dressed for dressed, known in found if known and not known.is_loose]

    # What a block is

    def _block(self, index: int) -> int:
        """Read the block at ``index``, and more where these belong to it; the next to read."""
        piece = Piece(self.document, self._blocks[index])
        if piece.block.kind is BlockKind.FURNITURE:
            self._furniture.append(piece)
            return index + 1
        if not re.search(r"\w", piece.raw):
            self.put(piece, "furniture")
            return index + 1
        if piece.block.kind is not BlockKind.LIST_ITEM and _PAGE_NUMBER.fullmatch(piece.raw):
            self.put(piece, "furniture")
            return index + 1
        if self.labelled.take(piece) or self._heading(piece) or self.labelled.is_waiting(piece):
            return index + 1
        if self._unknown_heading(piece):
            return index + 1
        if not self.sections:
            return self._in_title(index, piece)
        if PUB.fullmatch(piece.raw):
            self.feed(title_tokens(piece) or [])
            return index + 1
        skipped = self._title_again(index)
        if skipped:
            return index + skipped
        self._text(piece)
        return index + 1

    def _text(self, piece: Piece) -> None:
        """Words of a section; its sign-off may follow on the same line."""
        signed = SUBMITTED_INSIDE.search(piece.raw)
        if signed and signed.start() > 0:
            self._text(piece.sub(0, signed.start()))
            self.labelled.take(piece.sub(signed.start()))
            return
        if self.is_signed or not self.sections:
            self.put(piece, "not_placed")
        else:
            self.sections[-1].pieces.append(piece)

    # Headings

    def _heading(self, piece: Piece) -> bool:
        block = piece.block
        if block.kind is BlockKind.TABLE_ROW:
            return self._row_heading(piece)
        if block.kind is BlockKind.LIST_ITEM and not re.search(r"[0-9A-Za-z]", block.marker):
            return self._bullet_heading(piece)
        if block.kind is BlockKind.LIST_ITEM and block.level:
            return False
        found = self._known(piece)
        if found and not re.search(r"[!?]\s*$", piece.raw):
            is_used = found.kind in self.usual_headings and not self.is_signed
            if is_used and self.sections[-1].is_above(piece):
                self._text(piece)
            else:
                self._open(found, piece)
            return True
        opening = first_line_heading(piece) or opening_heading(piece)
        if opening and (self.sections or opening[0].kind is not SectionKind.OTHER):
            heading, cut = opening
            self._open(heading, piece.sub(0, cut))
            rest = piece.sub(cut)
            if not self._heading(rest):
                self._text(rest)
            return True
        return False

    def _known(self, piece: Piece) -> Heading | None:
        """A usual heading; one in others' words only where it looks like those of this paper."""
        found = known_heading(piece)
        if found is None or not found.is_qualified:
            return found
        is_item = piece.block.kind is BlockKind.LIST_ITEM
        if is_item and self.sections and not self.sections[-1].is_counted_before(piece):
            return None
        return None if found.is_loose and dress(piece) < self._usual_dress else found

    def _unknown_heading(self, piece: Piece) -> bool:
        """By its dress. Before the first section only where the title block is over."""
        if piece.block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW):
            return False
        found = usual_other(piece) or heading_by_form(piece, self._usual_dress)
        if not found:
            return False
        if not self.sections:
            if not self._is_titled or self._is_title_line(piece):
                return False
        elif self._is_title_repeat(piece):
            return False
        elif not self.is_signed and self._divides(piece):
            self._text(piece)
            return True
        self._open(found, piece)
        return True

    def _divides(self, piece: Piece) -> bool:
        """Whether an unknown heading is one within the open section."""
        section = self.sections[-1]
        return section.is_above(piece) or (not usual_other(piece) and section.takes(piece))

    def _bullet_heading(self, piece: Piece) -> bool:
        """ "• Background:" at the first level, in papers that set bullets before everything."""
        raw = piece.raw.rstrip(" *_")
        if piece.block.level or not (raw.endswith((":", "：")) and piece.block.is_bold):
            return False
        found = known_heading(piece)
        if found:
            self._open(found, piece)
        return bool(found)

    def _row_heading(self, piece: Piece) -> bool:
        """A paper set as a table: the heading at left, its section's words at right."""
        # A dash or a mark alone says nothing beside a heading: such a cell stands empty.
        cells = [cell for cell in piece.block.cells if any(map(str.isalnum, cell))]
        if not cells or len(cells) > 2:
            return False
        at = piece.raw.find(" ".join(cells[0].split()))
        if at < 0:
            return False
        cut = at + len(" ".join(cells[0].split()))
        head = piece.sub(at, cut)
        found = known_heading(head)
        if not found:
            return False
        if len(cells) == 2:
            at = piece.raw.find(" ".join(cells[1].split()), cut)
            if at < 0 or known_heading(piece.sub(at)):
                return False
            self._open(found, head)
            self.sections[-1].pieces.append(piece.sub(at))
            return True
        self._open(found, head)
        return True

    def _open(self, heading: Heading, piece: Piece) -> None:
        """Begin a section, or go on with one whose heading a new page repeats."""
        self.flush_title()
        self.labelled.waits_for = ""
        current = self.sections[-1] if self.sections else None
        repeats = current and (
            heading.words.casefold() == current.heading.words.casefold()
            or (heading.is_continued and heading.kind is current.heading.kind)
        )
        if current and repeats and not self.is_signed:
            self.put(piece, "furniture")
            return
        self.is_signed = False
        if heading.kind is not SectionKind.OTHER:
            # A second "Issue" further down cannot be the same section; it keeps its words.
            if heading.kind in self.usual_headings:
                # The whole paper once more, title and all, is two papers in one file.
                self.other_titles += self._is_titled_again
                self._is_titled_again = False
                heading = Heading(SectionKind.OTHER, heading.words)
            self.usual_headings.add(heading.kind)
            self._is_new_part = True
        self.sections.append(OpenSection(heading, [piece]))

    # The title block

    def _in_title(self, index: int, piece: Piece) -> int:
        tokens = None
        if self._fed < MAX_TITLE_BLOCKS and piece.block.kind is not BlockKind.LIST_ITEM:
            self._fed += 1
            tokens = self._by_label(piece) or title_tokens(piece)
        if tokens is None:
            self.flush_title()
            self._text(piece)
        else:
            self.feed(tokens)
        return index + 1

    def _by_label(self, piece: Piece) -> list[Token] | None:
        """A label on a line of its own, which is furniture, or the name that stands below it."""
        above, self._label = self._label, bare_label(piece)
        if self._label:
            return [replace(self._label, kind=Kind.LETTERHEAD)]
        if above is None or above.kind is Kind.LETTERHEAD or not is_name(piece.raw):
            return None
        return [Token(above.kind, piece, piece, piece.without_bold().text)]

    def feed(self, tokens: list[Token]) -> None:
        """Words of the title block; these are kept until it ends, to be judged together."""
        if self.sections:
            self.title.take(tokens)
        else:
            self._pending += tokens

    def flush_title(self) -> None:
        """The title block, or this part of it, ends here."""
        pending, self._pending = self._pending, []
        if pending:
            self.title.take(pending)

    def _is_title_line(self, piece: Piece) -> bool:
        """Whether a line that looks like a heading is one of the title block.

        To go by its words, or by what stands below it.
        """
        tokens = title_tokens(piece)
        if bare_label(piece) or any(token.kind is not Kind.CHUNK for token in tokens or ()):
            return True
        is_complete = {Kind.GROUP, Kind.MONTH} <= self._title_kinds
        if tokens and "action_required" not in self.title.values:
            if self.title.takes_for_office(tokens[0]):
                return True
        elif not tokens and is_complete:
            return False
        return goes_on_below(self.document, self._index_of(piece.block), is_complete)

    def _index_of(self, block: Block) -> int:
        # Only ever asked within the title block, whose blocks are few.
        return next(i for i, each in enumerate(self._blocks) if each is block)

    def _is_title_repeat(self, piece: Piece) -> bool:
        tokens = title_tokens(piece)
        kinds = {token.kind for token in tokens or ()}
        return bool(tokens) and bool(kinds & TITLE_KINDS) and Kind.CHUNK not in kinds

    def _title_again(self, index: int) -> int:
        """How many blocks from ``index`` on are a title block in the midst of the paper.

        A page may print the paper's own again; that of another group or month begins another paper.
        """
        run = title_run(self.document, index)
        found = [token for _, tokens in run for token in tokens]
        is_block = is_title_block(found)
        has_begun = bool(self.usual_headings) or self.is_signed
        if is_block and not has_begun:
            # The title goes on below a line of it that looked like a heading.
            self.title.take(found)
            return len(run)
        if is_block and self.title.differs(found):
            self.other_titles += self._is_new_part
            self._is_new_part = False
        elif not found or not self.title.repeats(found) or {token.kind for token in found} <= VAGUE:
            return 0
        else:
            self._is_titled_again |= is_block and self.is_signed
        for each, _ in run:
            self.put(each, "furniture")
        return len(run)

    # Furniture

    def _from_furniture(self) -> None:
        """A running head can hold what no title block prints, such as the Pub#."""
        for piece in self._furniture:
            head = piece.sub(0, len(_PAGE_BEHIND.sub("", piece.raw[:MAX_FIELD_LINE])))
            tokens = title_tokens(head) if len(piece.raw) <= MAX_FIELD_LINE else None
            wanted = [token for token in tokens or () if self._is_wanted(token)]
            position = 0
            for token in wanted:
                at = token.whole.start - piece.start
                self.put(piece.sub(position, at), "furniture")
                self.title.take([token])
                position = token.whole.end - piece.start
            for token in tokens or ():
                self.title.note_mark(token)
            if tokens:
                self.title.seen |= {token.kind for token in tokens}
            self.put(piece.sub(position), "furniture")

    def _is_wanted(self, token: Token) -> bool:
        names = {
            Kind.GROUP: "working_group",
            Kind.SUBCOMMITTEE: "subcommittee",
            Kind.MONTH: "meeting",
            Kind.PUB: "pub_number",
        }
        return token.kind in names and names[token.kind] not in self.title.values

    def put(self, piece: Piece, where: str) -> None:
        """Place a stretch; an empty one is none."""
        if piece.raw:
            self.places.append(Place(piece, where))
