"""Which sentences of later papers may answer a next step: for staff, who decide.

Pure: standard library only. What speaks for each is weighed by ``papers.evidence``. A status item
that stood in the paper of the step already, word for word, cannot be its answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from papers.comparison import PlacedItem, placed_items
from papers.content import PaperContent, SectionKind
from papers.evidence import Corpus, Question
from papers.statements import Node
from papers.stems import COMMITTEE_STEMS, WORD, stem
from papers.wordings import ALIKE
from papers.words import key_of

# From here on an item is shown. Chosen on the labelled samples that are not put aside.
THRESHOLD = 0.25
AT_MOST = 3
# A paper with a step that is so much like it lists it again.
SAME_STEP = 0.6


@dataclass(frozen=True)
class Suggestion:
    """An item of a later paper that may answer a step: ``index`` of its meeting in the run.

    ``score``, 0 to 1, is how likely it does. ``words`` are those that speak for it, as printed
    there, the weightiest first.
    """

    index: int
    item: PlacedItem
    score: float
    words: tuple[str, ...]


def suggest(
    step: PlacedItem,
    made_at: int,
    run: Sequence[PaperContent | None],
    rejected: Collection[Node] = (),
    corpus: Corpus | None = None,
    until: int | None = None,
    since: int = 0,
    continued: Mapping[Node, Node] | None = None,
) -> tuple[Suggestion, ...]:
    """The status items of later papers that may answer a step, the likeliest first.

    ``run`` has a paper, or None, for each meeting, the oldest first; ``made_at`` is the index of
    the step's. ``rejected`` are items, by meeting and place, that staff refused as its answer: they
    never come back, nor do the same words at another meeting, nor a statement that ``continued``
    has as going on from one of them, unless it has more words in common with the step. ``until`` is
    the last meeting looked at; of meetings before ``since`` nothing is suggested, nor what they
    said already. None of them reaching the threshold, there is no suggestion.
    """
    corpus = corpus or Corpus(paper for paper in run if paper)
    printed = run[made_at] or PaperContent()
    question = Question(step.text, corpus.origin(printed), corpus)
    last = len(run) - 1 if until is None else until
    later = [
        (index, placed)
        for index in range(made_at + 1, last + 1)
        for placed in placed_items(run[index] or PaperContent())
    ]
    open_until = max(
        (
            index
            for index, it in later
            if it.place.section == SectionKind.NEXT_STEPS
            and question.vector.likeness(corpus.vector(it.text)) >= SAME_STEP
        ),
        default=made_at,
    )
    seen = {key_of(it.text) for it in placed_items(printed)}
    seen |= {key_of(it.text) for index, it in later if (index, it.place) in rejected}
    weights = question.vector.weights
    texts = {(index, it.place): it.text for index, it in later}
    found = []
    for index, placed in later:
        origin = (continued or {}).get((index, placed.place))
        refused = texts.get(origin, "") if origin else ""
        if refused and _shared(weights, placed.text).keys() <= _shared(weights, refused).keys():
            continue
        key = key_of(placed.text)
        if placed.place.section != SectionKind.CURRENT_STATUS or key in seen:
            continue
        seen.add(key)
        if index < since:
            continue
        score = round(question.weigh(placed.text, index <= open_until).score, 3)
        if score >= THRESHOLD:
            words = _shared(weights, placed.text)
            order = sorted(words, key=lambda key: (-weights[key], key))
            found.append(Suggestion(index, placed, score, tuple(words[it] for it in order)))
    found.sort(key=lambda it: (-it.score, it.index, it.item.place))
    return tuple(found[:AT_MOST])


def _shared(step: Mapping[str, float], text: str) -> dict[str, str]:
    """The words of a text that the step has too, by their stems."""
    words: dict[str, str] = {}
    for it in WORD.finditer(text):
        key = ALIKE.get(stem(it[0]), stem(it[0]))
        if key in step and key not in COMMITTEE_STEMS:
            words.setdefault(key, it[0])
    return words
