"""What speaks for a later sentence as the answer to a next step, and what against it.

Pure: standard library only. Each piece of evidence is a number from 0 to 1 that a person could have
counted; how much each adds was fitted on the labelled samples that are not put aside.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import pairwise

from papers.comparison import placed_items
from papers.content import PaperContent, SectionKind
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
        self._origins: dict[PaperContent, Origin] = {}
        for paper in papers:
            for placed in placed_items(paper):
                self.found.update({it.stem for it in wordings(placed.text)})
                self.count += 1

    def vector(self, text: str) -> Vector:
        """The weighed stems of a text, small words left out."""
        if text not in self._vectors:
            self._vectors[text] = Vector(self._weighed(text))
        return self._vectors[text]

    def origin(self, paper: PaperContent) -> Origin:
        """A paper as that of its steps; made once."""
        if paper not in self._origins:
            steps: list[str] = []
            reported: list[str] = []
            for it in placed_items(paper):
                is_step = it.place.section == SectionKind.NEXT_STEPS
                (steps if is_step else reported).append(it.text)
            self._origins[paper] = Origin(steps, reported, self)
        return self._origins[paper]

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


class Origin:
    """The paper of a step: what it reported, and its other steps. For all its steps together.

    Each later item is held once against the whole paper, not again for each step.
    """

    def __init__(self, steps: Iterable[str], reported: Iterable[str], corpus: Corpus) -> None:
        self._corpus = corpus
        self._steps = {it: corpus.vector(it) for it in steps}
        self._reported = list(dict.fromkeys(reported))
        self._saying: dict[str, list[int]] = defaultdict(list)
        for at, text in enumerate(self._reported):
            for stem in corpus.vector(text).weights:
                self._saying[stem].append(at)
        self._likest: dict[str, list[tuple[float, str]]] = {}
        self._oldest: dict[str, list[tuple[float, str]]] = {}

    def fits_other(self, step: str, passage: str) -> float:
        """0 to 1: the likeness of a passage to that of the other steps which it is most like."""
        if passage not in self._likest:
            vector = self._corpus.vector(passage)
            found = ((of.likeness(vector), it) for it, of in self._steps.items())
            self._likest[passage] = nlargest(2, found)  # the step asked for may be one of them
        return next((found for found, it in self._likest[passage] if it != step), 0.0)

    def news(self, step: str, text: str) -> float:
        """1, or less for what stood there in nearly the same words: no answer to a new step."""
        if text not in self._oldest:
            self._oldest[text] = self._most_of(text)
        old = next((share for share, said in self._oldest[text] if said != step), 0.0)
        return 1.0 if old <= MOSTLY_OLD else max(1 - OLD_NEWS * (old - MOSTLY_OLD), 0.0)

    def _most_of(self, text: str) -> list[tuple[float, str]]:
        """The two reported items that hold most of the weight of a text, with the share."""
        weights = self._corpus.vector(text).weights
        shared = [0.0] * len(self._reported)
        for stem, weight in weights.items():
            for at in self._saying.get(stem, ()):
                shared[at] += weight
        total = math.fsum(weights.values())
        found = zip(shared, self._reported, strict=True)
        return nlargest(2, ((share / total, said) for share, said in found)) if total else []


class Question:
    """A next step as its answers are looked for."""

    def __init__(self, step: str, origin: Origin, corpus: Corpus) -> None:
        self._step = step
        self._origin = origin
        self._corpus = corpus
        self.vector = corpus.vector(step)
        actor, self._asked = _actor_and_rest(step)
        self._actor = {it.stem for it in wordings(actor)} - COMMITTEE_STEMS
        self._names = initials(step)
        weights = self.vector.weights
        self._forms = weights.keys() & FORMS
        about = weights.keys() - COMMITTEE_STEMS - ACTS - FORMS - self._actor - self._names.keys()
        self._topic = Vector({key: weights[key] for key in about})

    def weigh(self, text: str, listed_again: bool) -> Evidence:
        """What one item says, by that of its sentences which is most like the step."""
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
            fits_other=max(self._origin.fits_other(self._step, passage) - likeness[best], 0.0),
            news=self._origin.news(self._step, text),
            listed_again=float(listed_again),
            plan=float(speaks_of_future(passage)),
        )

    def _met(self, passage: str) -> set[str]:
        """The stems of a passage, those of the step's names too that it has as initials."""
        there = set(self._corpus.vector(passage).weights)
        return there.union(*(stems for short, stems in self._names.items() if short in there))

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
