"""Lines of a title block in the midst of a paper: its own again, or that of the next paper.

Pure: standard library only.
"""

from __future__ import annotations

from collections.abc import Sequence

from papers.importing.document import BlockKind, Document
from papers.importing.headings import known_heading
from papers.importing.labelled import ACTION
from papers.importing.pieces import Piece
from papers.importing.titleblock import title_tokens
from papers.importing.titletokens import Kind, Token

MAX_RUN = 8
MAX_LINE = 400
TITLE_KINDS = {Kind.COMMITTEE, Kind.PAPER, Kind.SUBCOMMITTEE, Kind.GROUP, Kind.MONTH}
# The words of one of these may be those of a section as well.
VAGUE = {Kind.MONTH, Kind.CHUNK, Kind.OCCASION, Kind.MARK}
NAMES = {Kind.SUBCOMMITTEE, Kind.GROUP}
MORE = {Kind.OTHER_COMMITTEE, Kind.PUB}


def title_run(document: Document, first: int) -> list[tuple[Piece, list[Token]]]:
    """The blocks from ``first`` on that can be lines of a title block, and what they hold."""
    run: list[tuple[Piece, list[Token]]] = []
    for block in document.blocks[first : first + MAX_RUN]:
        if block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW) or len(block.text) > MAX_LINE:
            break
        piece = Piece(document, block)
        tokens = title_tokens(piece)
        if not tokens or known_heading(piece) or ACTION.match(piece.raw):
            break
        if Kind.CHUNK in {token.kind for token in tokens} and not run:
            break
        run.append((piece, tokens))
    while run and all(token.kind is Kind.CHUNK for token in run[-1][1]):
        run.pop()
    return run


def is_title_block(tokens: Sequence[Token]) -> bool:
    """Whether words are enough of a title to be one."""
    kinds = {token.kind for token in tokens} - {Kind.OCCASION, Kind.MARK}
    names = {Kind.GROUP, Kind.SUBCOMMITTEE, Kind.COMMITTEE}
    return Kind.PAPER in kinds or (bool(kinds & names) and len(kinds) >= 2)


def goes_on_below(document: Document, at: int, is_complete: bool) -> bool:
    """Whether the title block goes on below the block at ``at``, with no prose between.

    To a title that is complete only the line that stands right above a name can belong, because
    an office does.
    """
    wanted, reach = (NAMES, 1) if is_complete else (TITLE_KINDS | MORE, 4)
    below = document.blocks[at + 1 : at + 1 + 2 * reach]
    lines = [block for block in below if block.kind is not BlockKind.FURNITURE]
    for block in lines[:reach]:
        tokens = title_tokens(Piece(document, block))
        if not tokens:
            return False
        if any(token.kind in wanted for token in tokens):
            return True
    return False
