"""Statements of random words of the sample papers, and what becomes of them in the next paper."""

from tests.comparison.gold import GOLD

WORDS = sorted(
    {
        word
        for gold in GOLD
        for paper in (gold.older, gold.newer)
        for text in paper.texts.values()
        for word in text.split()
    }
)


def statement(rng, words=25, vocabulary=WORDS):
    return " ".join(rng.choices(vocabulary, k=words))


def reworded(rng, text, vocabulary=WORDS):
    """One word of twelve is another one."""
    words = text.split()
    for _ in range(max(1, len(words) // 12)):
        words[rng.randrange(len(words))] = rng.choice(vocabulary)
    return " ".join(words)


def next_texts(rng, texts, words=25, vocabulary=WORDS):
    """What the next paper says: of four, one is new; some of the others are reworded."""
    kept = rng.sample(texts, len(texts) * 3 // 4)
    said = [it if rng.random() < 0.4 else reworded(rng, it, vocabulary) for it in kept]
    return said + [statement(rng, words, vocabulary) for _ in range(len(texts) - len(kept))]
