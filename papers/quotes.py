"""Quotes of long items, where a page has no room for all of their words.

Pure: standard library only. No word is cut, and "…" stands wherever words are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from papers.comparison import Change, ChangeKind
from papers.words import Op, Segment

ELLIPSIS = "…"
# Between "…" and the word beside it, so that the sign never stands alone on a line.
SPACE = "\N{NO-BREAK SPACE}"


def beginning(text: str, limit: int) -> str:
    """At most ``limit`` characters of the text in one line, ending in "…" where words are left out.

    Of a text whose first word alone is longer, only "…" remains.
    """
    words = text.split()
    whole = " ".join(words)
    if len(whole) <= limit:
        return whole
    kept = _fitting(words, limit)
    return f"{' '.join(kept).rstrip(' ,;:–—')}{SPACE}{ELLIPSIS}".strip()


def ending(text: str, limit: int) -> str:
    """The last words of a text in the same way, beginning with "…" where words are left out."""
    words = text.split()
    whole = " ".join(words)
    if len(whole) <= limit:
        return whole
    kept = _fitting(words[::-1], limit)
    return f"{ELLIPSIS}{SPACE}{' '.join(kept[::-1])}".strip()


def _fitting(words: Sequence[str], limit: int) -> list[str]:
    """As many words from the first on as leave room for "…"."""
    size = 0
    kept = []
    for word in words:
        size += len(word) + 1
        if size > limit - 1:
            break
        kept.append(word)
    return kept


def quoted_parts(change: Change, limit: int) -> list[Segment]:
    """What a page quotes of a change: a reworded item round its changed words, else its start."""
    if change.kind is ChangeKind.NEW or not change.is_reworded:
        item = change.newer or change.older
        return [Segment(Op.SAME, beginning(item.text, limit))] if item else []
    return cut_diff(change.diff, limit)


def cut_diff(parts: Sequence[Segment], limit: int) -> list[Segment]:
    """A diff in at most ``limit`` characters: whole where it fits, else around its changes.

    First of all, only the words close before the first change are kept and what follows the last
    one is cut. If that is still too long, the same is done between the changes, and of long removed
    words the beginning is kept, so that there is room for the words in their place.
    """
    if _length(parts) <= limit:
        return list(parts)
    room = limit - len(f" {ELLIPSIS}")
    changed = max((at for at, it in enumerate(parts) if it.op is not Op.SAME), default=-1)
    kept = list(parts)
    if changed > 0 and kept[0].op is Op.SAME:
        kept[0] = Segment(Op.SAME, ending(kept[0].words, limit // 4))
    if _length(kept[: changed + 1]) > room:
        kept = list(_close(kept, limit // 4))
    return list(_cut(kept, room))


def _length(parts: Sequence[Segment]) -> int:
    return len(" ".join(it.words for it in parts))


def _close(parts: Sequence[Segment], limit: int) -> Iterator[Segment]:
    """The same with long stretches between changes, and long words that were replaced, cut."""
    for at, part in enumerate(parts):
        words = part.words
        if part.op is Op.REMOVED and [it.op for it in parts[at + 1 : at + 2]] == [Op.ADDED]:
            words = beginning(words, limit)
        elif part.op is Op.SAME and 0 < at < len(parts) - 1 and len(words) > limit:
            last = ending(words, limit // 2).removeprefix(ELLIPSIS).strip()
            words = f"{beginning(words, limit // 2)} {last}".strip()
        yield Segment(part.op, words)


def _cut(parts: Sequence[Segment], room: int) -> Iterator[Segment]:
    """As many parts as there is room for; a last "…" has room of its own."""
    for part in parts:
        if len(part.words) > room:
            words = beginning(part.words, room)
            yield Segment(Op.SAME if words == ELLIPSIS else part.op, words)
            return
        yield part
        room -= len(part.words) + 1
