"""What changed outside Current Status and Next Steps, counted by section."""

from papers.comparison import compare
from papers.content import Item, PaperContent, Section, SectionKind
from papers.elsewhere import changes_elsewhere

CONSIDERED = "CBP has advised that an extension of the program is being considered by its offices."
NO_LONGER = (
    "CBP has advised that an extension of the program is no longer considered by its offices."
)


def paper(**sections):
    kinds = {
        "background": SectionKind.BACKGROUND,
        "issue": SectionKind.ISSUE,
        "status": SectionKind.CURRENT_STATUS,
        "steps": SectionKind.NEXT_STEPS,
    }
    return PaperContent(
        sections=tuple(
            Section(kinds.get(name, SectionKind.OTHER), "" if name in kinds else name, of_items)
            for name, texts in sections.items()
            for of_items in [tuple(Item(text) for text in texts)]
        )
    )


def words(older, newer):
    return [(it.heading, it.words) for it in changes_elsewhere(compare(older, newer))]


def test_a_reworded_issue_is_told_with_its_section():
    assert words(paper(issue=[CONSIDERED]), paper(issue=[NO_LONGER])) == [("Issue", "1 reworded")]


def test_each_section_counts_its_own_those_gone_last():
    older = paper(background=["The group was founded in Savannah.", "It meets by telephone."])
    newer = paper(
        background=["The group was founded in Savannah."],
        issue=["Brokers ask for longer hours."],
        Recommendations=["Open the ports on Sunday."],
    )

    assert words(older, newer) == [
        ("Issue", "1 new"),
        ("Recommendations", "1 new"),
        ("Background", "1 no longer reported"),
    ]


def test_status_items_and_steps_are_counted_by_themselves():
    older = paper(status=["Riders were tested."], steps=["The group will write."])
    newer = paper(status=["Nine ports closed."], steps=["The trade will answer."])

    assert words(older, newer) == []


def test_the_same_words_and_a_first_paper_say_nothing():
    assert words(paper(issue=[CONSIDERED]), paper(issue=[CONSIDERED])) == []
    assert changes_elsewhere(None) == []
