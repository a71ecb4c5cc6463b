"""What holds of any two papers. FUZZ=1 in the environment tries 10,000 of each."""

import os
import random
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.comparison import ChangeKind, PairCorrection, compare, placed_items
from papers.content import Item, PaperContent, Section, SectionKind
from papers.stems import word_set
from papers.suggestions import suggest
from tests.comparison.papers import links, make_content

many = settings(
    max_examples=10_000 if os.environ.get("FUZZ") == "1" else 150,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# Few words, so that statements meet; and such as papers should not have.
WORDS = sorted(
    word_set("the The group CBP will not met 12 13 May Laredo bond riders of – • 🙂 שלום ... (o) -")
)
TEXT = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    st.sampled_from(
        ["", " ", ".", "—", "•", "1.", "🙂🙂", "\u202eשלום\u202c עולם", "\u0000", "漢字"]
    ),
    st.text(max_size=12),
)
ITEMS = st.lists(st.builds(Item, TEXT, level=st.integers(0, 3)), max_size=6).map(tuple)
CONTENT = st.lists(
    st.builds(
        Section, st.sampled_from(SectionKind), st.sampled_from(["", "Charge", "charge:"]), ITEMS
    ),
    max_size=4,
).map(lambda sections: PaperContent(sections=tuple(sections)))


@st.composite
def corrections(draw, older, newer):
    before = [it.place for it in placed_items(older)]
    after = [it.place for it in placed_items(newer)]
    if not before or not after:
        return []
    one = st.builds(PairCorrection, st.sampled_from(before), st.sampled_from(after), st.booleans())
    return draw(st.lists(one, max_size=3))


@st.composite
def cases(draw):
    """Two papers, often related, and what staff say of them."""
    older = draw(CONTENT)
    newer = draw(CONTENT)
    if draw(st.booleans()):
        kept = [
            replace(section, items=tuple(it for it in section.items if draw(st.booleans())))
            for section in older.sections
        ]
        newer = PaperContent(sections=(*kept, *newer.sections))
    return older, newer, draw(corrections(older, newer))


@many
@given(cases())
def test_each_item_is_told_of_once_and_comparing_back_is_the_mirror_image(case):
    older, newer, said = case

    forth = compare(older, newer, said)
    back = compare(newer, older, [it.turned() for it in said])

    before, after = placed_items(older), placed_items(newer)
    assert [it.newer for it in forth.items] == list(after)
    paired = {old.place for old, _, _ in forth.links()}
    assert [it.older.place for it in forth.gone] == [
        it.place for it in before if it.place not in paired
    ]
    assert {(b, a) for a, b in links(back)} == links(forth)
    assert {it.newer.place for it in forth.items if it.kind == ChangeKind.NEW} == {
        it.older.place for it in back.gone
    }
    counts = forth.counts
    assert counts.new + counts.reworded + counts.same + counts.moved == len(after)
    # Again the same, also of equal papers made anew.
    again = compare(replace(older), replace(newer), list(said))
    assert again == forth


@many
@given(cases())
def test_pairs_are_one_to_one_but_for_splits_and_merges(case):
    older, newer, said = case

    changes = compare(older, newer, said)

    single = [
        (old.place, new.place)
        for old, new, change in changes.links()
        if not change.split_into and not change.merged_from
    ]
    assert len({a for a, _ in single}) == len({b for _, b in single}) == len(single)
    for change in changes.items:
        assert 0 <= change.score <= 1
        if change.kind == ChangeKind.SAME:
            assert change.score == 1
            assert not change.is_reworded
        if change.kind == ChangeKind.MOVED:
            assert change.moved_from.section_key != change.newer.place.section_key
        assert (change.older is None) == (change.kind == ChangeKind.NEW)


@many
@given(cases())
def test_staff_always_win(case):
    older, newer, said = case

    found = links(compare(older, newer, said))

    last = {(it.older, it.newer): it.together for it in said}
    assert not found & {pair for pair, together in last.items() if not together}
    assert {pair for pair, together in last.items() if together} <= found


@many
@given(CONTENT)
def test_identical_papers_have_no_changes(content):
    changes = compare(content, replace(content))

    assert changes.is_empty
    assert not any(change.is_reordered for change in changes.items)


@many
@given(CONTENT, st.randoms(use_true_random=False))
def test_shuffled_bullets_are_moves_only(content, rng):
    shuffled = []
    for section in content.sections:
        # A heading of its own for each, and flat: what an item stands under stays the same.
        items = [replace(it, level=0) for it in section.items]
        shuffled.append((section, items, rng.sample(items, len(items))))
    older, newer = (
        PaperContent(sections=tuple(replace(it[0], items=tuple(it[side])) for it in shuffled))
        for side in (1, 2)
    )

    changes = compare(older, newer)

    assert changes.is_empty
    assert {it.kind for it in changes.items} <= {ChangeKind.SAME}


LONG = {
    "one word": "the " * 2_500,
    "many words": " ".join(f"word{n}" for n in range(1_200)),
    "no spaces": "x" * 10_000,
    "capitals": "X" * 10_000,
    "names": "X of " * 2_000,
    "marks": "(" * 5_000 + "-•– " * 1_250,
    "links": "[](" * 3_333,
    "right to left": "שלום עולם " * 1_000,
    "emoji": "🙂 " * 5_000,
    "bullets": "- o 1. a) " * 1_000,
}


@pytest.mark.parametrize("name", LONG)
def test_items_of_ten_thousand_characters_take_bounded_time(name):
    text = LONG[name]
    older = make_content([f"{text} {n}" for n in range(12)])
    newer = make_content([f"{n} {text} again" for n in range(12)])
    begun = time.process_time()

    changes = compare(older, newer)
    diffs = [change.diff for change in changes.items]

    assert len(diffs) == 12
    assert time.process_time() - begun < 8  # less than 1 s on a plain machine


@pytest.mark.parametrize("name", LONG)
def test_answers_among_items_of_ten_thousand_characters_take_bounded_time(name):
    text = LONG[name]
    run = [make_content([f"{text} one"], [f"{text} {n}" for n in range(4)])]
    run.append(make_content([f"{n} {text} again" for n in range(8)]))
    steps = [it for it in placed_items(run[0]) if it.place.section == SectionKind.NEXT_STEPS]
    begun = time.process_time()

    found = [suggest(step, 0, run) for step in steps]

    assert len(found) == 4
    assert time.process_time() - begun < 8  # less than 1 s on a plain machine


def test_five_hundred_items_take_bounded_time():
    rng = random.Random(4)
    words = [f"w{n}" for n in range(400)]
    texts = [" ".join(rng.choices(words, k=60)) for _ in range(500)]
    changed = [text.replace("w1", "v1", 1) for text in rng.sample(texts, 500)]
    begun = time.process_time()

    changes = compare(make_content(texts), make_content(changed))

    assert changes.counts.new == changes.counts.gone == 0
    assert time.process_time() - begun < 20  # about a second on a plain machine
