"""Telling tables of facts from tables that only place things on a page.

Pure: standard library only.
"""

from __future__ import annotations

from collections.abc import Sequence

_MANY = 4


def is_layout(rows: Sequence[Sequence[int]]) -> bool:
    """``rows``: for each cell how many paragraphs or lines it holds, an empty one 0.

    With one cell a row, or with a cell of several paragraphs, there are no facts in columns.
    """
    return not any(sum(1 for cell in row if cell) > 1 for row in rows) or any(
        cell >= _MANY for row in rows for cell in row
    )
