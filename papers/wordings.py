"""Other words for the same: what a step and the report of it may call by two names.

Pure: standard library only. General English of reports and the field's own abbreviations; only
suggestions read it, which a person judges. Whether two items are one statement is never decided by
it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from papers.stems import stem, word_set
from papers.words import Feature, features

# Each line is one idea; the first word stands for all of it.
_FAMILIES = """
annual yearly year
answer respond reply
ask request
audit auditor
begin start launch initiate commence open
category type kind
change amend revise modify
clarify explain describe
collect gather compile
compare contrast
complete finish conclude finalize
consider weigh
cost fee price
decide determine
define definition
demonstrate show
draft write redraft
email mail mailbox
error mistake
evaluate assess appraise
example sample
fail failure
genuine real authentic
counterfeit fake
image picture photograph photo
importer importation
improve enhance
increase raise grow
join enroll
list table catalogue
measure metric
meet session reconvene convene
obtain receive get
officer official
pilot test trial
propose suggest recommend
publish issue release post announce circulate distribute print
receive send submit share provide transmit
rank prioritize order ranking
reduce shorten lower
review examine study analyze analysis
schedule calendar timetable
staff personnel employee
teach instructor teacher class course
term phrase
topic subject theme
train training webinar seminar workshop
vendor developer
visit tour see saw
"""
ALIKE = {
    stem(word): stem(line.split()[0])
    for line in reversed(_FAMILIES.strip().splitlines())
    for word in line.split()
}
# What is done, rather than what it is done to.
ACTS = frozenset(
    stem(word)
    for word in word_set(
        "answer ask begin change clarify collect compare complete consider decide draft evaluate "
        "improve increase join list obtain pilot propose publish receive reduce review demonstrate "
        "visit train rank determine help look need use work write make take hold give"
    )
) | {ALIKE[stem(word)] for word in word_set("pilot publish receive review draft")}
# What a step is to bring, rather than what it is about.
_FORMS = (
    "analysis answer briefing call case chapter contact copy count data document draft example "
    "fact figures finding form guidance guide handbook information letter list meeting memo "
    "memorandum notice number outline overview page paper plan procedure process proposal "
    "publication question recommendation regulation report request result rule session sheet "
    "statement study summary survey template test training update version webinar website"
)
FORMS = frozenset(ALIKE.get(stem(word), stem(word)) for word in word_set(_FORMS)) - ACTS
# What the glossary and the papers shorten. Others are known by the initials of a printed name.
_SHORT = {
    "cvd": ("antidumping and countervailing", "antidumping duty", "antidumping duties"),
    "ctpat": ("customs trade partnership",),
    "eem": ("electronic export manifest",),
    "ftz": ("foreign trade zone",),
    "ipr": ("intellectual property",),
    "pga": ("partner government agency", "partner agency"),
    "sow": ("statement of work",),
    "ucp": ("unified cargo processing",),
    "uflpa": ("uyghur forced labor prevention act",),
    "faq": ("frequently asked questions",),
    "psc": ("post summary correction",),
    "frn": ("federal register notice",),
}
_PHRASES = {
    f" {' '.join(stem(word) for word in phrase.split())} ": stem(short)
    for short, phrases in _SHORT.items()
    for phrase in phrases
}
_NAME = re.compile(r"(?<![\w’'])[A-Z][\w’']*(?:[ -](?:(?:of|and|the|for)[ ])*[A-Z][\w’']*)+")
_DAY = re.compile(
    r"\b(?:Jan|Febr)uary|\b(?:March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber)"
    r" \d{1,2}\b"
)


@lru_cache(maxsize=2_048)
def wordings(text: str) -> tuple[Feature, ...]:
    """The features of a text, each idea under one stem, and its names' initials and "date"."""
    found = list(plain_wordings(text))
    said = f" {' '.join(it.stem for it in features(text))} "
    found += [
        Feature(short, True, False, False) for phrase, short in _PHRASES.items() if phrase in said
    ]
    found += [Feature(it, True, False, False) for it in sorted(initials(text))]
    if _DAY.search(text):
        found.append(Feature(stem("date"), False, False, False))
    return tuple(found)


@lru_cache(maxsize=2_048)
def plain_wordings(text: str) -> tuple[Feature, ...]:
    """The features of a text in order, each idea under one stem."""
    return tuple(it._replace(stem=ALIKE.get(it.stem, it.stem)) for it in features(text))


def initials(text: str) -> dict[str, frozenset[str]]:
    """The initials, in small letters, of each printed name of three words or more: its stems.

    With and without its small words: "Enforce and Protect Act" is known as EAPA.
    """
    found = {}
    for it in _NAME.finditer(text):
        words = re.split(r"[ -]", it[0])
        for some in (words, [word for word in words if word[0].isupper()]):
            if len(some) > 2:
                stems = frozenset(feature.stem for feature in plain_wordings(it[0]))
                found["".join(word[0] for word in some).casefold()] = stems
    return found
