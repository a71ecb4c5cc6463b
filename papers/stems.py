"""English words cut to their stems, enough to see "validates", "validated" and "validation" as one.

Pure: standard library only. A light suffix stripper in the manner of Porter, with the irregular
verbs that the committee's papers use.
"""

from __future__ import annotations

import re
from functools import lru_cache

# A word: letters and digits, with marks only inside numbers ("1,180", "8/15") and after an
# apostrophe ("won't"). Hyphens part words.
WORD = re.compile(r"\d+(?:[.,:/]\d+)+|[^\W_]+(?:['’][^\W_]+)*")


def word_set(words: str) -> frozenset[str]:
    """The words of a text, for tables that people read."""
    return frozenset(words.split())


STOP_WORDS = word_set(
    "a about above after again all also an and any are as at be because been before being between "
    "both but by can could did do does each for from further had has have having he her here his "
    "how i if in into is it its may might more most must of on once only or other our out over own "
    "same shall she should so some such than that the their them then there these they this those "
    "through to under until up upon was we were what when where which while who whom whose why "
    "will with would yet you your"
)

_IRREGULAR = {
    form: base
    for base, forms in {
        "begin": "began begun begins beginning",
        "bring": "brought brings",
        "build": "built builds building",
        "choose": "chose chosen chooses choosing choice",
        "compare": "comparison comparisons compared comparing compares",
        "conclude": "conclusion conclusions concluded concludes concluding",
        "define": "definition definitions defined defines defining",
        "decide": "decision decisions decided decides deciding",
        "draw": "drew drawn draws drawing",
        "explain": "explanation explanations explained explains explaining",
        "find": "found finds finding findings",
        "get": "got gets getting",
        "give": "gave given gives giving",
        "go": "went gone goes going",
        "hear": "heard hears hearing hearings",
        "hold": "held holds holding",
        "keep": "kept keeps keeping",
        "lead": "led leads leading",
        "make": "made makes making",
        "meet": "met meets meeting meetings",
        "publish": "publication publications published publishes publishing",
        "read": "reads reading",
        "respond": "response responses responded responds responding",
        "send": "sent sends sending",
        "show": "shown shows showed showing",
        "speak": "spoke spoken speaks speaking",
        "submit": "submission submissions submitted submits submitting",
        "take": "took taken takes taking",
        "tell": "told tells telling",
        "write": "wrote written writes writing",
    }.items()
    for form in forms.split()
}
# What is left must keep so many letters. Of two that fit, the longer is cut.
_SUFFIXES = (
    ("izations", 4), ("ization", 4), ("ations", 4), ("ation", 4), ("ments", 4), ("ment", 4),
    ("ating", 4), ("ated", 4), ("ates", 4), ("ions", 4), ("ize", 4), ("izes", 4), ("ized", 4),
    ("izing", 4), ("ate", 4), ("ion", 4), ("als", 5), ("al", 5), ("ing", 3),
    ("ed", 3), ("ly", 4), ("es", 3), ("s", 3), ("e", 3),
)  # fmt: skip
# By the last letter, the longest first: most words are asked about few of them, or none.
_BY_LAST_LETTER = {
    last: sorted((it for it in _SUFFIXES if it[0][-1] == last), key=lambda it: -len(it[0]))
    for last in {suffix[-1] for suffix, _ in _SUFFIXES}
}
_INSTEAD = {
    "ically": ("ic", 3),
    "ifications": ("ify", 3),
    "ification": ("ify", 3),
    "ies": ("y", 2),
    "ied": ("y", 2),
}
_WITH_INSTEAD = tuple(_INSTEAD)
_WHOLE = ("ss", "us", "is")
_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a word, in small letters: "Validations" -> "valid", "FAQs" -> "faq"."""
    if word.endswith("s") and len(word) > 2 and word[:-1].isupper():
        word = word[:-1]
    word = word.casefold()
    if not word.isalpha() or not word.isascii():
        word = word.replace("’", "'").removesuffix("'s")
        if word[:1].isdigit() or not word.isascii() or "'" in word:
            return word
    word = _IRREGULAR.get(word, word)
    if word.endswith(_WHOLE):
        return word
    if word.endswith(_WITH_INSTEAD):
        for ending, (instead, least) in _INSTEAD.items():
            if word.endswith(ending) and len(word) >= len(ending) + least:
                return word.removesuffix(ending) + instead
    for suffix, least in _BY_LAST_LETTER.get(word[-1:], ()):
        if word.endswith(suffix):
            left = word[: -len(suffix)]
            if len(left) >= least and not _VOWELS.isdisjoint(left):
                return _tidy(left, suffix)
    return word


def _tidy(left: str, suffix: str) -> str:
    """Undo what the suffix did: "planned" -> "plan", "providing" -> "provid" as "provide" does."""
    if suffix in ("ed", "ing") and left[-1] == left[-2] and left[-1] not in "lsz":
        return left[:-1]
    return left.removesuffix("e") if len(left) > 3 else left


# Words of every paper: they say who and how, not what.
COMMITTEE_STEMS = frozenset(
    stem(word)
    for word in word_set(
        "cbp coac committee group subgroup subteam subcommittee working workgroup task force "
        "member members meeting public trade continue discussion discuss will next upcoming new "
        "provide present report update work several further"
    )
)
