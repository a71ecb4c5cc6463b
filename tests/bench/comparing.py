"""How long it takes to compare papers, and to follow a group through forty of them."""

import random
from functools import partial

from papers.comparison import compare
from papers.statements import Record
from papers.suggestions import suggest
from papers.threads import follow
from tests.bench.measuring import Figure, best_cpu, cpu, forget
from tests.bench.texts import WORDS, next_texts, reworded, statement
from tests.comparison.papers import make_content

PUNCTUATION = ("…", "—", "!!!", "(*)", "§§", "//", "“”", "...", "&", "%%", "[ ]", "•")
RIGHT_TO_LEFT = (
    "الجمارك",
    "لجنة",
    "التجارة",
    "اجتماع",
    "ועדה",
    "מכס",
    "סחר",
    "ישיבה",
    "\u200fأ\u200e",
)
EMOJI = ("📦", "🚢", "👩🏽‍✈️", "🇺🇸", "✅", "🏳️‍🌈", "👨‍👩‍👧‍👦", "1️⃣", "e\u0301\u0302\u0323", "🛃")
# What no paper looks like: words of the line, items, words of an item, and what they are made of.
ODD = (
    ("{0} items against {0}", 500, 25, WORDS),
    ("{0} items of some 10,000 characters against {0}", 12, 1_500, WORDS),
    ("{0} items of the same 60 words against {0}", 500, 50, WORDS[:60]),
    ("{0} items of punctuation against {0}", 500, 25, PUNCTUATION),
    ("{0} items written from right to left against {0}", 500, 25, RIGHT_TO_LEFT),
    ("{0} items of emoji against {0}", 500, 25, EMOJI),
)


def figures(rounds=20, odd_items=500, meetings=40):
    """Processor time; every pair of papers is another one, in a process that never saw a word."""
    rng = random.Random(2031)
    yield Figure("12 items against 12", compared(rng, rounds, 12), limit=0.005)
    # Asked for by a page that shows it, of each item.
    yield Figure(
        "  and every word of what was reworded", compared(rng, rounds, 12, diffs=True), limit=0.01
    )
    yield Figure("100 items against 100", compared(rng, rounds // 2 + 1, 100), limit=0.2)
    for words, items, length, vocabulary in ODD:
        items = min(items, odd_items)
        took = compared(rng, 3, items, length, vocabulary, diffs=True)
        yield Figure(words.format(items), took, limit=2)

    words = "{0} near twins of some 10,000 characters against {0}"
    twins = min(40, odd_items)
    yield Figure(words.format(twins), compared_twins(rng, twins), limit=3)
    same = make_content(["a " * 5_000] * 20), make_content(["a " * 4_999 + "b"] * 20)
    took = cpu(lambda: compare(*same), 3, forget)
    yield Figure("20 items of one word 5,000 times against 20", took, limit=2)

    run = [make_content([statement(rng) for _ in range(8)], [statement(rng) for _ in range(4)])]
    for _ in range(meetings - 1):
        before = [[it.text for it in section.items] for section in run[-1].sections]
        run.append(make_content(*(next_texts(rng, texts) for texts in before)))
    took = cpu(lambda: follow(Record(run)), 3, forget)
    yield Figure(f"A group of {meetings} papers of 12 items followed", took, limit=2)
    record = Record(run[:2])
    steps = [record.items[node] for node in record.nodes(0) if record.is_step(node)]
    took = cpu(lambda: [suggest(step, 0, record.run) for step in steps], rounds, forget)
    yield Figure(f"What may answer {len(steps)} next steps", took, limit=0.2)


def compared(rng, rounds, items, words=25, vocabulary=WORDS, diffs=False):
    """The median of comparing so many pairs; with the difference by words of each item, or not."""
    pairs = []
    for _ in range(rounds):
        texts = [statement(rng, words, vocabulary) for _ in range(items)]
        pairs.append((make_content(texts), make_content(next_texts(rng, texts, words, vocabulary))))

    def compare_all(older, newer):
        changes = compare(older, newer)
        if diffs:
            for change in changes.items:
                assert change.diff is not None

    return best_cpu([partial(compare_all, *papers) for papers in pairs], 3, forget)


def compared_twins(rng, items):
    """Of items that are all alike but for one word of twelve."""
    text = statement(rng, 1_500)
    older, newer = ([reworded(rng, text) for _ in range(items)] for _ in range(2))
    papers = make_content(older), make_content(newer)
    return cpu(lambda: compare(*papers), 3, forget)
