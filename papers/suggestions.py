"""Which sentences of later papers may answer a next step: for staff, who decide.

Pure: standard library only. Likeness is the cosine of weighed ideas, sentence by sentence, so that
a long item is not held against its one sentence that matters. A status item that stood in the paper
of the step already, word for word, cannot be its answer.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from papers.comparison import Place, PlacedItem, placed_items
from papers.content import PaperContent, SectionKind
from papers.stems import COMMITTEE_STEMS, WORD, stem, word_set
from papers.wordings import ACTS, ALIKE, wordings
from papers.words import key_of, sentences, speaks_of_future

# From here on a sentence is shown. Tuned on the labelled samples that are not put aside.
THRESHOLD = 0.26
AT_MOST = 3
NAME = 1.4
NUMBER = 1.2
# Words of every step and report: they say who and how, not what.
COMMITTEE = 0.25
ACT = 0.8
DONE = 0.06
_DONE_WORDS = word_set(
    "adopted agreed answered approved asked began briefed chose clarified compared completed "
    "concluded corrected created decided declined denied described determined discussed drafted "
    "ended established examined explained extended finished found gave granted held identified "
    "introduced invited issued launched listed looked met named posted presented proposed "
    "provided published read received recommended reconvened released reported reviewed sent "
    "settled shared showed started submitted suggested tested told verified voted wrote written"
)
NOT_YET = 0.75
# A name of at most so many statements says much, in a sentence that has something else in common.
RARE_NAME = 0.08
RARE = 2
LEAST = 0.08
# What stood there already in so much of its words counts less.
MOSTLY_OLD = 0.4
OLD_NEWS = 1.3
# A paper that lists the step again says that it is not done, or not wholly.
STILL_OPEN = 0.75
SAME_STEP = 0.6
# The first may be shown from here on if no other item comes near it.
LEAD_THRESHOLD = 0.18
LEAD = 2.0


@dataclass(frozen=True)
class Suggestion:
    """An item of a later paper that may answer a step: ``index`` of its meeting in the run.

    ``words`` are those that speak for it, as printed there, the weightiest first.
    """

    index: int
    item: PlacedItem
    score: float
    words: tuple[str, ...]


class Corpus:
    """How rare each stem is among the statements of a run of papers."""

    def __init__(self, papers: Iterable[PaperContent]) -> None:
        self.found: Counter[str] = Counter()
        self.count = 0
        self._vectors: dict[str, dict[str, float]] = {}
        for paper in papers:
            for placed in placed_items(paper):
                self.found.update({it.stem for it in wordings(placed.text)})
                self.count += 1

    def vector(self, text: str) -> dict[str, float]:
        """The weighed stems of a text, small words left out."""
        if text not in self._vectors:
            self._vectors[text] = self._weighed(text)
        return self._vectors[text]

    def _weighed(self, text: str) -> dict[str, float]:
        vector: dict[str, float] = {}
        for it in wordings(text):
            if it.is_small:
                continue
            weight = math.log(1 + (1 + self.count) / (1 + self.found[it.stem]))
            if it.stem in COMMITTEE_STEMS:
                weight *= COMMITTEE
            elif it.stem in ACTS:
                weight *= ACT
            elif it.is_number:
                weight *= NUMBER
            elif it.is_name:
                weight *= NAME
            vector[it.stem] = max(weight, vector.get(it.stem, 0.0))
        return vector


def cosine(one: dict[str, float], other: dict[str, float]) -> float:
    """0 to 1."""
    length = math.sqrt(sum(it * it for it in one.values()) * sum(it * it for it in other.values()))
    if not length:
        return 0.0
    return sum(weight * other[key] for key, weight in one.items() if key in other) / length


def suggest(
    step: PlacedItem,
    made_at: int,
    run: Sequence[PaperContent | None],
    rejected: Collection[tuple[int, Place]] = (),
    corpus: Corpus | None = None,
    until: int | None = None,
    since: int = 0,
) -> tuple[Suggestion, ...]:
    """The status items of later papers that may answer a step, the likeliest first.

    ``run`` has a paper, or None, for each meeting, the oldest first; ``made_at`` is the index of
    the step's. ``rejected`` are items, by meeting and place, that staff refused as its answer: they
    never come back, nor do the same words at another meeting. ``until`` is the last meeting looked
    at; of meetings before ``since`` nothing is suggested, nor what they said already. None of them
    reaching the threshold, or standing out below it, there is no suggestion.
    """
    corpus = corpus or Corpus(paper for paper in run if paper)
    vector = corpus.vector(step.text)
    printed = run[made_at]
    seen = {key_of(it.text) for it in placed_items(printed)} if printed else set()
    last = len(run) - 1 if until is None else until
    later = [
        (index, placed)
        for index in range(made_at + 1, last + 1)
        for placed in placed_items(run[index] or PaperContent())
        if placed.place.section == SectionKind.CURRENT_STATUS
    ]
    seen |= {key_of(it.text) for index, it in later if (index, it.place) in rejected}
    known = [
        corpus.vector(it.text)
        for it in (placed_items(printed) if printed else ())
        if it.place.section != SectionKind.NEXT_STEPS
    ]
    open_until = max(
        (
            index
            for index in range(made_at + 1, last + 1)
            for placed in placed_items(run[index] or PaperContent())
            if placed.place.section == SectionKind.NEXT_STEPS
            and cosine(vector, corpus.vector(placed.text)) >= SAME_STEP
        ),
        default=made_at,
    )
    found = []
    for index, placed in later:
        key = key_of(placed.text)
        if key in seen:
            continue
        seen.add(key)
        if index < since:
            continue
        score = _score(vector, placed.text, corpus) * _news(placed.text, known, corpus)
        if index <= open_until:
            score *= STILL_OPEN
        words = _shared_words(vector, placed.text)
        found.append(Suggestion(index, placed, round(score, 3), words))
    found.sort(key=lambda it: (-it.score, it.index, it.item.place))
    shown = [it for it in found[:AT_MOST] if it.score >= THRESHOLD]
    return tuple(shown or found[: _has_a_lead([it.score for it in found])])


def _has_a_lead(scores: Sequence[float]) -> bool:
    """Whether the first of the scores stands out, though it is low."""
    second = scores[1] if len(scores) > 1 else 0.0
    return bool(scores) and scores[0] >= max(LEAD_THRESHOLD, LEAD * second)


def _score(step: dict[str, float], text: str, corpus: Corpus) -> float:
    best = 0.0
    for sentence in {text: None, **dict.fromkeys(sentences(text))}:
        score = cosine(step, corpus.vector(sentence))
        done = any(it[0].casefold() in _DONE_WORDS for it in WORD.finditer(sentence))
        if score >= LEAST and _shares_a_rare_name(step, sentence, corpus):
            score += RARE_NAME
        if score and done:
            score += DONE
        elif speaks_of_future(sentence):
            score *= NOT_YET
        best = max(best, score)
    return min(best, 1.0)


def _shares_a_rare_name(step: dict[str, float], text: str, corpus: Corpus) -> bool:
    return any(
        it.is_name and it.stem in step and corpus.found[it.stem] <= RARE
        for it in wordings(text)
        if it.stem not in COMMITTEE_STEMS
    )


def _news(text: str, known: Sequence[dict[str, float]], corpus: Corpus) -> float:
    """Less than 1 for what stood there before in nearly the same words: no answer to a new step."""
    vector = corpus.vector(text)
    total = sum(vector.values())
    if not total:
        return 1.0
    old = max(
        (sum(weight for key, weight in vector.items() if key in it) / total for it in known),
        default=0.0,
    )
    return 1.0 if old <= MOSTLY_OLD else max(1 - OLD_NEWS * (old - MOSTLY_OLD), 0.0)


def _shared_words(step: dict[str, float], text: str) -> tuple[str, ...]:
    words: dict[str, str] = {}
    for it in WORD.finditer(text):
        key = ALIKE.get(stem(it[0]), stem(it[0]))
        if key in step and key not in COMMITTEE_STEMS:
            words.setdefault(key, it[0])
    return tuple(words[key] for key in sorted(words, key=lambda key: (-step[key], key)))
