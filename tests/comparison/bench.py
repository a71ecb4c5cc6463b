"""How long comparison takes. Run it by hand: ``python -m tests.comparison.bench``."""

import random
import time

from papers.comparison import compare
from papers.statements import Record
from papers.suggestions import suggest
from papers.threads import follow
from papers.words import features, key_of, speaks_of_future
from tests.comparison.gold import GOLD
from tests.comparison.papers import make_content

CACHED = (features, key_of, speaks_of_future)
WORDS = sorted(
    {
        word
        for gold in GOLD
        for paper in (gold.older, gold.newer)
        for text in paper.texts.values()
        for word in text.split()
    }
)


def statement(rng, count):
    return " ".join(rng.choices(WORDS, k=count))


def reworded(rng, text):
    words = text.split()
    for _ in range(max(1, len(words) // 12)):
        words[rng.randrange(len(words))] = rng.choice(WORDS)
    return " ".join(words)


def two_papers(rng, items, words):
    texts = [statement(rng, words) for _ in range(items)]
    kept = rng.sample(texts, items * 3 // 4)
    newer = [text if rng.random() < 0.4 else reworded(rng, text) for text in kept]
    newer += [statement(rng, words) for _ in range(items - len(kept))]
    return make_content(texts), make_content(newer)


def forget():
    for function in CACHED:
        function.cache_clear()


def timed(act, times, prepare=forget):
    """Milliseconds of processor time: the median and the longest of so many runs."""
    taken = []
    for _ in range(times):
        prepare()
        begun = time.process_time()
        act()
        taken.append((time.process_time() - begun) * 1_000)
    return f"median {sorted(taken)[len(taken) // 2]:9.2f} ms, longest {max(taken):9.2f} ms"


def main():
    rng = random.Random(2031)
    for items, words, times in ((12, 25, 50), (100, 25, 10), (500, 25, 3), (500, 200, 2)):
        older, newer = two_papers(rng, items, words)
        took = timed(lambda pair=(older, newer): compare(*pair), times)
        print(f"compare, {items:3} items of {words:3} words:  {took}")
        changes = compare(older, newer)
        took = timed(lambda done=changes: [word_diff_of(it) for it in done.items], 1)
        print(f"  every word diff of it:           {took}")
    gold = GOLD[0]
    took = timed(lambda: compare(gold.older.content, gold.newer.content), 50)
    print(f"compare, a sample group:           {took}")
    same = [" ".join(rng.sample(WORDS[:60], 50)) for _ in range(1_000)]
    older, newer = make_content(same[:500]), make_content(same[500:])
    took = timed(lambda: compare(older, newer), 1)
    print(f"compare, 500 of the same 60 words: {took}")
    run = [two_papers(rng, 12, 25)[0] for _ in range(40)]
    took = timed(lambda: follow(Record(run)), 3)
    print(f"follow, 40 papers of 12 items:     {took}")
    record = Record([gold.older.content, gold.newer.content])
    steps = [record.items[node] for node in record.nodes(0) if record.is_step(node)]
    took = timed(lambda: [suggest(it, 0, record.run) for it in steps], 20)
    print(f"suggest, {len(steps)} steps of a group:      {took}")


def word_diff_of(change):
    return change.diff


if __name__ == "__main__":
    main()
