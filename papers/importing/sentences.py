"""Where sentences end in the prose of papers.

Pure: standard library only.
"""

from __future__ import annotations

import re


def word_set(words: str) -> frozenset[str]:
    """The words of a list that is written as prose, to keep long lists short."""
    return frozenset(words.split())


# What carries a full stop without ending a sentence.
_SHORT_FORMS = word_set(
    "no nos pub vol art sec ch para fig est approx dept div assoc corp inc ltd co vs cf al ext"
    " mr mrs ms dr prof hon gov sen rep jr sr st ave e.g i.e etc a.m p.m u.s u.n u.k d.c"
    " jan feb mar apr jun jul aug sep sept oct nov dec fed reg"
)
# These may end a sentence too: they do before a word that only begins one.
_OFTEN_LAST = frozenset(("etc", "u.s", "inc", "co", "corp", "a.m", "p.m", "d.c", "u.k", "jr", "sr"))
_BEGINNERS = word_set(
    "the this these those it they he she we in on at as if when while during after before since"
    " however additionally cbp coac and but a an for to there both each our their"
)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+|$)")
_WORD_BEFORE = re.compile(r"[\w.&-]{1,24}$")
_FIRST_WORD = re.compile(r"[\"'“‘(\[]*(\w[\w'’-]*)")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The half-open ranges of the sentences, in order, without the blanks between them.

    Every character that is not a blank lies in exactly one. A stretch without an end mark is one
    sentence. Full stops in "U.S.", "No.", "e.g.", initials and numbers do not end one.
    """
    spans = []
    start = _skip_blanks(text, 0)
    for match in _END.finditer(text):
        if match.start() < start or not _ends_here(text, match):
            continue
        spans.append((start, match.end()))
        start = _skip_blanks(text, match.end())
    end = len(text.rstrip())
    if start < end:
        spans.append((start, end))
    return spans


def sentences(text: str) -> list[str]:
    """The sentences themselves."""
    return [text[start:end] for start, end in sentence_spans(text)]


def _ends_here(text: str, match: re.Match[str]) -> bool:
    following = _FIRST_WORD.match(text, _skip_blanks(text, match.end()))
    if following is None:
        return True
    word = following[1]
    if word[0].islower():
        # "etc. and", "vs. the"; after "?" or "!" inside a quotation the sentence runs on as well.
        return False
    if match[0][0] != ".":
        return True
    before = _WORD_BEFORE.search(text, max(0, match.start() - 24), match.start())
    last = before[0].lower().strip(".") if before else ""
    if (len(last) == 1 and last.isalpha()) or last in _SHORT_FORMS:
        return last in _OFTEN_LAST and word.lower() in _BEGINNERS
    return True


def _skip_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position
