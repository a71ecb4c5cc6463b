"""What speaks for a later sentence as the answer to a next step, and what against it.

Pure: standard library only. Each piece of evidence is a number from 0 to 1 that a person could have
counted; how much each adds was fitted on the labelled samples that are not put aside.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from papers.comparison import placed_items
from papers.content import PaperContent
from papers.stems import COMMITTEE_STEMS
from papers.wordings import ACTS, FORMS, initials, plain_wordings, wordings
from papers.words import Feature, longest_common, sentences, speaks_of_future

NAME = 1.4
NUMBER = 1.2
ACT = 0.8
# Words of every step and report: they say who and how, not what.
COMMITTEE = 0.25

# Of more shared words than these none says more than the others did.
MANY_WORDS = 4
# Others in the place of a step's words: looked for where no more than these stand between two
# words that both have, such as "of" and "in".
GAP = 3
# What stood there already in so much of its words counts less.
MOSTLY_OLD = 0.4
OLD_NEWS = 1.3
# What each piece adds to the logarithm of the odds.
ALONE = -6.2
ADDS = {
    "topic": 3.0,
    "words": 1.8,
    "off_topic": -2.0,
    "form": 1.3,
    "same_actor": -0.8,
    "swapped": -2.8,
    "fits_other": -9.0,
    "news": 4.9,
    "listed_again": -3.0,
    "plan": -0.5,
}


class Corpus:
    """How rare each stem is among the statements of a run of papers."""

    def __init__(self, papers: Iterable[PaperContent]) -> None:
        self.found: Counter[str] = Counter()
        self.count = 0
        self._vectors: dict[str, Vector] = {}
        for paper in papers:
            for placed in placed_items(paper):
                self.found.update({it.stem for it in wordings(placed.text)})
                self.count += 1

    def vector(self, text: str) -> Vector:
        """The weighed stems of a text, small words left out."""
        if text not in self._vectors:
            self._vectors[text] = Vector(self._weighed(text))
        return self._vectors[text]

    def _weighed(self, text: str) -> dict[str, float]:
        weights: dict[str, float] = {}
        for it in wordings(text):
            if not it.is_small:
                weight = self._rarity(it.stem) * _factor(it)
                weights[it.stem] = max(weight, weights.get(it.stem, 0.0))
        return weights

    def _rarity(self, stem: str) -> float:
        return math.log(1 + (1 + self.count) / (1 + self.found[stem]))


def _factor(feature: Feature) -> float:
    if feature.stem in COMMITTEE_STEMS:
        return COMMITTEE
    if feature.stem in ACTS:
        return ACT
    if feature.is_number:
        return NUMBER
    return NAME if feature.is_name else 1.0


@dataclass(frozen=True)
class Vector:
    """The weight of each stem of a text."""

    weights: Mapping[str, float]

    @cached_property
    def length(self) -> float:
        """As of a vector."""
        return math.sqrt(math.fsum(it * it for it in self.weights.values()))

    def likeness(self, other: Vector) -> float:
        """The cosine, 0 to 1."""
        if not self.length or not other.length:
            return 0.0
        shared = self.weights.keys() & other.weights.keys()
        product = math.fsum(self.weights[key] * other.weights[key] for key in shared)
        return product / (self.length * other.length)

    def share_in(self, others: Iterable[str]) -> float:
        """0 to 1: how much of the weight lies in these stems; 0 of an empty text."""
        total = math.fsum(self.weights.values())
        shared = math.fsum(self.weights[key] for key in self.weights.keys() & set(others))
        return shared / total if total else 0.0


@dataclass(frozen=True)
class Evidence:
    """Of one item for one step; each from 0 to 1.

    ``topic``: how much of what the step is about is there; ``words``: how many of its words, of
    four; ``off_topic``: whether none. ``form``: whether what it is to bring is named, such as a
    list. ``same_actor``: whether the sentence begins with the agency that is to do it.
    ``swapped``: how much of the step has other words in its place. ``fits_other``: how much better
    another step of that paper fits. ``news``: how little of the item stood in that paper before.
    ``listed_again``: whether the step itself is. ``plan``: whether it says what is to come.
    """

    topic: float
    words: float
    off_topic: float
    form: float
    same_actor: float
    swapped: float
    fits_other: float
    news: float
    listed_again: float
    plan: float

    @property
    def score(self) -> float:
        """0 to 1: how likely the item answers the step."""
        odds = ALONE + math.fsum(each * getattr(self, name) for name, each in ADDS.items())
        return 1 / (1 + math.exp(-odds))


class Question:
    """A next step as its answers are looked for. ``others``: the steps that stand beside it."""

    def __init__(self, step: str, others: Iterable[str], corpus: Corpus) -> None:
        self._corpus = corpus
        self.vector = corpus.vector(step)
        self._others = [corpus.vector(it) for it in others]
        actor, self._asked = _actor_and_rest(step)
        self._actor = {it.stem for it in wordings(actor)} - COMMITTEE_STEMS
        self._names = initials(step)
        weights = self.vector.weights
        self._forms = weights.keys() & FORMS
        about = weights.keys() - COMMITTEE_STEMS - ACTS - FORMS - self._actor - self._names.keys()
        self._topic = Vector({key: weights[key] for key in about})

    def weigh(self, text: str, known: Sequence[Vector], listed_again: bool) -> Evidence:
        """What one item says; ``known`` is what the step's own paper reported."""
        passages = list(dict.fromkeys((text, *sentences(text))))
        likeness = [self.vector.likeness(self._corpus.vector(it)) for it in passages]
        best = max(range(len(passages)), key=lambda at: (likeness[at], -at))
        passage = passages[best]
        there = self._met(passage)
        met = len(self._topic.weights.keys() & there)
        opens_with = {it.stem for it in plain_wordings(passage)[:3]}
        return Evidence(
            topic=self._topic.share_in(there),
            words=min(met, MANY_WORDS) / MANY_WORDS,
            off_topic=float(not met),
            form=float(bool(self._forms & there)),
            same_actor=float(bool(self._actor & opens_with)),
            swapped=self._swapped(passage),
            fits_other=max(self._best_of_others(passages) - likeness[best], 0.0),
            news=_news(self._corpus.vector(text), known),
            listed_again=float(listed_again),
            plan=float(speaks_of_future(passage)),
        )

    def _met(self, passage: str) -> set[str]:
        """The stems of a passage, those of the step's names too that it has as initials."""
        there = set(self._corpus.vector(passage).weights)
        return there.union(*(stems for short, stems in self._names.items() if short in there))

    def _best_of_others(self, passages: Sequence[str]) -> float:
        vectors = [self._corpus.vector(it) for it in passages]
        return max((one.likeness(it) for one in self._others for it in vectors), default=0.0)

    def _swapped(self, passage: str) -> float:
        """How much of the step stands between shared words, where the passage has others.

        "The marking of goods that leave a zone" is not "the bonds of carriers that serve a zone".
        """
        asked, said = plain_wordings(self._asked), plain_wordings(passage)
        left, right = [it.stem for it in asked], [it.stem for it in said]
        met = set(right)
        ends = [*longest_common(left, right), (len(left), len(right))]
        weights = self.vector.weights
        swapped = 0.0
        for (a, b), (next_a, next_b) in pairwise(ends):
            lost = [it.stem for it in asked[a + 1 : next_a] if not it.is_small]
            lost = [stem for stem in lost if stem not in met]
            instead = [it for it in said[b + 1 : next_b] if not it.is_small]
            if 0 < len(lost) <= GAP and 0 < len(instead) <= GAP:
                swapped += math.fsum(weights.get(stem, 0.0) for stem in lost)
        total = math.fsum(weights.get(stem, 0.0) for stem in set(left))
        return min(swapped / total, 1.0) if total else 0.0


_WHO = re.compile(
    r"(?P<actor>[^.;:]{1,120}?)\s(?:will|shall|plans? to|intends? to|expects? to)\s"
    r"|(?P<name>(?:[A-Z][\w&-]*\s){0,3}[A-Z][\w&-]*)\sto\s"
)


def _actor_and_rest(step: str) -> tuple[str, str]:
    """Who is to do a step, empty where it does not say so, and what."""
    found = _WHO.match(step)
    actor = (found["actor"] or found["name"]) if found else ""
    opening = plain_wordings(actor)[:1]
    if not found or any(it.stem in ACTS for it in opening):
        return "", step
    return actor, step[found.end() :]


def _news(vector: Vector, known: Sequence[Vector]) -> float:
    """Less than 1 for what stood there before in nearly the same words: no answer to a new step."""
    old = max((vector.share_in(it.weights) for it in known), default=0.0)
    return 1.0 if old <= MOSTLY_OLD else max(1 - OLD_NEWS * (old - MOSTLY_OLD), 0.0)
