"""What a reader gives to the assembler: printed lines, and what can be told from one alone.

Pure: standard library only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from papers.importing.document import BlockKind
from papers.importing.qualified import cores


class Gap(IntEnum):
    """What stands between a line and the one before it."""

    NONE = 0
    BLANK = 1
    PAGE = 2


@dataclass(slots=True)
class Line:
    """One printed line. ``raw`` goes into the document's text as it is.

    ``start`` and ``stop`` bound its words in ``raw``, without bullet and blanks. ``indent``,
    ``right`` and ``first`` (where it begins and ends, and how much room its first word takes, with
    a blank before it) are in one unit: columns, or points. ``kind``, ``level`` and ``marker`` are
    given where the file says them; a line with a ``kind`` always begins a block, and so does the
    one that ``is_first`` in its paragraph; one that ``is_soft`` stands after a break within it.
    ``is_bold``: all of it. ``links``: (start, stop, target) in ``raw``. ``words_at``: of a bullet
    in a laid-out page, where its words begin, for wrapped lines stand there too. ``y``: points
    from the top.
    """

    raw: str
    page: int = 1
    number: int = 1
    start: int = 0
    stop: int = 0
    indent: float = 0
    right: float = 0
    first: float = 0
    gap: Gap = Gap.NONE
    is_bold: bool = False
    kind: BlockKind | None = None
    level: int = 0
    marker: str = ""
    links: tuple[tuple[int, int, str], ...] = ()
    cells: tuple[str, ...] = ()
    is_first: bool = False
    is_soft: bool = False
    words_at: float | None = None
    y: float = 0
    offset: int = 0

    @property
    def words(self) -> str:
        return self.raw[self.start : self.stop]

    @property
    def is_blank(self) -> bool:
        return self.stop <= self.start

    @property
    def is_furniture(self) -> bool:
        return self.kind == BlockKind.FURNITURE


def bounds(raw: str) -> tuple[int, int]:
    """The range of ``raw`` without the blanks around it; an empty one where there is no more."""
    stop = len(raw.rstrip())
    return min(len(raw) - len(raw.lstrip()), stop), stop


_HEADINGS = (
    r"back\s?ground(?:\s+information)?|issues?(?:\s+statement)?|issue\(s\)|(?:current\s+)?status|"
    r"current\s+(?:status|activities)|status\s+update|next\s+steps?|next\s+step\(s\)|"
    r"recommendations?|recommendation\(s\)|statement\s+of\s+work|discussion|summary|conclusion|"
    r"purpose|overview|accomplishments|timeline|path\s+forward"
)
_NUMBERED = r"(?:\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])[.)]\s*)?"
# These begin a block wherever they stand. The parser judges them again; here they only part lines.
_LABEL = re.compile(
    rf"{_NUMBERED}(?:pub(?:lication)?\.?\s*(?:#|no\b|number\b)|"
    r"actions?\s+(?:required|requested)\b|(?:submitted|prepared)\s+by\b|submitters?\s*:|"
    rf"dated?\s*:|working\s+group\s*:|subcommittee\s*:|(?:{_HEADINGS})\s*:)",
    re.IGNORECASE,
)
_WHOLE_HEADING = re.compile(rf"{_NUMBERED}(?:{_HEADINGS})\s*[:–—-]?", re.IGNORECASE)
_BEGINS_HEADING = re.compile(rf"{_NUMBERED}(?=(?-i:[A-Z]))(?:{_HEADINGS})\b", re.IGNORECASE)
_TITLE = re.compile(
    r"working\s+group|work\s*group|subcommittee|issue\s+paper|advisory\s+committee|task\s+force|"
    r"pub\.?\s*#|office\s+of|directorate|"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"\s+\d{4}",
    re.IGNORECASE,
)
_FINISHED = re.compile(r"[.:;!?…][\"'”’)\]*]*$")
_GOES_ON = re.compile(
    r"(?:,|\b(?:a|an|and|as|at|by|for|from|in|into|its|of|on|or|the|their|to|with|that|which))$",
    re.IGNORECASE,
)
_HEADING_LENGTH = 60
_QUALIFIED_LENGTH = 100


def plain(words: str) -> str:
    """Without the asterisks that mark bold in a text file."""
    return words.replace("**", "").strip()


def is_label(words: str) -> bool:
    """Whether a line begins a field or a section, whatever stands before it."""
    return bool(_LABEL.match(words) or is_whole_heading(words))


def is_whole_heading(words: str) -> bool:
    """Whether a line is a known heading and nothing more; "discussion." ends a sentence.

    A bracket or a date may stand behind it: "Current Status (as of May 9, 2025):".
    """
    if len(words) <= _HEADING_LENGTH and _WHOLE_HEADING.fullmatch(words):
        return True
    if len(words) > _QUALIFIED_LENGTH or not _BEGINS_HEADING.match(words):
        return False
    return any(
        not core.is_loose and bool(_WHOLE_HEADING.fullmatch(core.words))
        for core in cores(words.rstrip(" :："))
    )


def is_stopped_heading(words: str) -> bool:
    """Whether a line is a known heading and a full stop; so may end a sentence, too."""
    return (
        words.endswith(".")
        and is_whole_heading(words[:-1])
        and not words[-2:-1].isspace()
        and words[:1].isupper()
        and is_in_title_case(words)
    )


def ends_a_block(words: str) -> bool:
    """Whether nothing can follow in the same block: a heading, or a short line with a colon."""
    return (
        is_whole_heading(words)
        or is_stopped_heading(words)
        or (len(words) <= _HEADING_LENGTH and words.endswith(":") and not words[:1].islower())
    )


def is_title(words: str) -> bool:
    """Whether a line could be of a title block, which no repetition makes furniture at first."""
    return len(words) <= 300 and bool(_TITLE.search(words))


def is_in_title_case(words: str) -> bool:
    """Whether every longer word has a capital or is a number, as in lines of a title block."""
    return len(words) <= 300 and not any(
        word[:1].islower() for word in re.split(r"[\s/]+", words) if len(word) > 3
    )


def is_finished(words: str) -> bool:
    """Whether a sentence, or what leads to a list, ends here."""
    return bool(_FINISHED.search(words[-8:]))


def must_go_on(words: str) -> bool:
    """Whether a line breaks off where no sentence or title ends."""
    return bool(_GOES_ON.search(words[-12:]))


def begins_lower(words: str) -> bool:
    """Whether no sentence or title begins here."""
    return words[:1].islower()


def ends_in_hyphen(words: str) -> bool:
    """Whether a word may have been cut here; a dash after a blank cuts none."""
    return len(words) > 1 and words.endswith("-") and words[-2].isalpha()
