"""The beginnings of long items, where a page has no room for all of their words.

Pure: standard library only.
"""

from __future__ import annotations

ELLIPSIS = "…"


def beginning(text: str, limit: int) -> str:
    """At most ``limit`` characters of the text in one line, ending in "…" where words are left out.

    No word is cut: of a text whose first word alone is longer, only "…" remains.
    """
    words = text.split()
    whole = " ".join(words)
    if len(whole) <= limit:
        return whole
    size = 0
    kept = []
    for word in words:
        size += len(word) + 1
        if size > limit - 1:
            break
        kept.append(word)
    return f"{' '.join(kept).rstrip(' ,;:–—')} {ELLIPSIS}".strip()
