"""Where each item of a paper stands in the address of its page."""

from papers.anchors import anchors_of
from papers.comparison import Place
from papers.content import SectionKind
from tests.comparison.papers import make_content, status, step


def test_each_item_has_the_number_by_which_it_is_cited():
    content = make_content(
        status=["One.", ("Two.", 1), ("Three.", 1), "Four."], steps=["Five."], background=["Six."]
    )

    anchors = anchors_of(content)

    assert [anchors[status(position)] for position in range(1, 5)] == ["s1", "s1.1", "s1.2", "s2"]
    assert anchors[step(1)] == "n1"
    assert anchors[Place(SectionKind.BACKGROUND, 1)] == "b1"
    assert len(anchors) == 6


def test_items_of_other_sections_are_counted_through():
    content = make_content(other={"Scope": ["One.", ("Two.", 1)], "Members": ["Three."]})

    anchors = anchors_of(content)

    assert anchors == {
        Place(SectionKind.OTHER, 1, "Scope"): "x1",
        Place(SectionKind.OTHER, 2, "Scope"): "x1.1",
        Place(SectionKind.OTHER, 1, "Members"): "x2",
    }
