"""Joining wrapped lines: one blank between words, and none where a word was cut.

Pure: standard library only.
"""

from __future__ import annotations

import re

from papers.importing.readers.lines import ends_in_hyphen

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FIRST = re.compile(r"[^\W\d_]+")
# With these before it, a hyphen is a part of the word more often than a cut in it.
_COMPOUNDS = frozenset(
    [
        "cross",
        "first",
        "follow",
        "high",
        "long",
        "low",
        "non",
        "post",
        "real",
        "second",
        "self",
        "short",
        "third",
        "two",
        "three",
        "well",
    ]
)
_ENDINGS = re.compile(r"(?:ing|ings|ed|er|ers|es|ly|ment|ments|tion|tions|sion|ish|ple|ness)")


def collapse(text: str) -> str:
    """White space single, none at the ends. A no-break space is white space."""
    return " ".join(text.split())


class Joiner:
    """Knows the words of the whole text, to tell a cut word from one written with a hyphen."""

    def __init__(self, text: str) -> None:
        self.words = set(_WORD.findall(text.lower())) if "-\n" in text or "- \n" in text else set()

    def joined(self, pieces: list[str]) -> str:
        """The lines of one block as running text."""
        out = collapse(pieces[0]) if pieces else ""
        if len(pieces) < 2:
            return out
        parts = [out]
        for piece in pieces[1:]:
            after = collapse(piece)
            before = parts[-1]
            if not after:
                continue
            if not ends_in_hyphen(before) or not after[0].isalnum():
                parts.append(f" {after}" if before else after)
            elif after[0].islower() and not self._keeps_hyphen(before, after):
                parts[-1] = before[:-1]
                parts.append(after)
            else:
                parts.append(after)
        return "".join(parts)

    def _keeps_hyphen(self, before: str, after: str) -> bool:
        # Read backwards: a search from the left would try every letter of a long word.
        head, tail = _FIRST.match(before[-2::-1]), _FIRST.match(after)
        if not head or not tail:
            return True
        first, second = head[0][::-1].lower(), tail[0].lower()
        if first + second in self.words:
            return False
        if f"{first}-{second}" in self.words:
            return True
        return first in _COMPOUNDS and len(second) > 2 and not _ENDINGS.fullmatch(second)
