"""A paper saved and read back, completed, published and withdrawn."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from papers.content import Item, Link, PaperContent, Section, SectionKind
from papers.models import IssuePaper, NextStep, StatusItem
from tests.factories import make_group, make_meeting, make_paper, make_subcommittee
from workgroups.models import Meeting

pytestmark = pytest.mark.django_db

MEETING = date(2024, 9, 18)
WORDS = "The group met twice this quarter. It will meet again."


def read_back(paper):
    return IssuePaper.objects.get(pk=paper.pk).content()


# Content ---------------------------------------------------------------------------------------


def test_a_paper_gives_back_everything_it_says():
    group = make_group("ace", "ACE 2.0", make_subcommittee("Next Generation Facilitation"))
    paper = make_paper(
        group,
        status=[],
        group_as_printed="Automated Commercial Environment (ACE) 2.0 Working Group",
        subcommittee_as_printed="Next Generation Facilitation Subcommittee",
        pub_number="0318-0924",
        action_required="Informational",
        office_line="Office of Trade / Trade Policy and Programs",
        submitted_by="A. Broker; B. Importer",
        submitter_office="Business Transformation Division",
        dated_on=date(2024, 8, 5),
        source_text=WORDS,
    )
    paper.sections.create(kind="current-status", heading="Current Status:", position=1)
    paper.sections.create(kind="other", heading="Recommendations", position=2)
    paper.sections.create(kind="issue", heading="ISSUE", position=3, remark="None at this time.")
    paper.sections.create(kind="next-steps", heading="Next Steps", position=4)
    paper.status_items.create(
        position=1,
        text="The group met twice this quarter.",
        marker="•",
        span_start=0,
        span_end=33,
        links=[{"text": "met twice", "target": "https://www.cbp.gov/"}],
    )
    paper.section_items.create(section="other", heading="Recommendations", position=1, text="Do.")
    paper.next_steps.create(
        position=1, text="Meet soon.", level=2, owner="group", due_words="soon", marker="o"
    )

    assert read_back(paper) == PaperContent(
        group="Automated Commercial Environment (ACE) 2.0 Working Group",
        subcommittee="Next Generation Facilitation Subcommittee",
        pub_number="0318-0924",
        action_required="Informational",
        office="Office of Trade / Trade Policy and Programs",
        submitted_by="A. Broker; B. Importer",
        submitter_office="Business Transformation Division",
        dated=date(2024, 8, 5),
        sections=(
            Section(
                SectionKind.CURRENT_STATUS,
                "Current Status:",
                (
                    Item(
                        "The group met twice this quarter.",
                        marker="•",
                        span=(0, 33),
                        links=(Link("met twice", "https://www.cbp.gov/"),),
                    ),
                ),
            ),
            Section(SectionKind.OTHER, "Recommendations", (Item("Do."),)),
            Section(SectionKind.ISSUE, "ISSUE", remark="None at this time."),
            Section(
                SectionKind.NEXT_STEPS,
                "Next Steps",
                (Item("Meet soon.", 2, marker="o", owner="group", due_words="soon"),),
            ),
        ),
    )


def test_items_come_in_the_order_of_the_page_not_of_their_saving():
    paper = make_paper(make_group(), status=[])
    for position, text in [(2, "Second."), (1, "First."), (3, "Third.")]:
        paper.status_items.create(position=position, text=text)
    paper.complete_sections()

    texts = [item.text for item in read_back(paper).items(SectionKind.CURRENT_STATUS)]

    assert texts == ["First.", "Second.", "Third."]


def test_two_other_sections_keep_their_own_items():
    paper = make_paper(make_group(), status=[], other={"B": ["One.", "Two."], "A": ["Three."]})

    sections = {
        section.heading: [item.text for item in section.items]
        for section in read_back(paper).sections
    }

    assert sections == {"B": ["One.", "Two."], "A": ["Three."]}


def test_missing_sections_are_added_in_the_usual_order_after_those_there():
    paper = make_paper(make_group(), status=[])
    paper.sections.create(kind="next-steps", heading="Way Ahead", position=3)
    paper.next_steps.create(position=1, text="Meet.")
    paper.section_items.create(section="other", heading="Recommendations", position=1, text="Do.")
    paper.status_items.create(position=1, text="Met.")
    paper.section_items.create(section="background", position=1, text="Why.")

    paper.complete_sections()

    assert [
        (section.position, section.kind, section.heading) for section in paper.sections.all()
    ] == [
        (3, "next-steps", "Way Ahead"),
        (4, "background", ""),
        (5, "current-status", ""),
        (6, "other", "Recommendations"),
    ]


def test_complete_sections_stay_as_they_are():
    paper = make_paper(make_group(), background=["Why."], other={"Recommendations": ["Do."]})
    before = list(paper.sections.values_list("pk", "position"))

    paper.complete_sections()

    assert list(paper.sections.values_list("pk", "position")) == before


def test_a_section_without_row_or_item_is_absent():
    paper = make_paper(make_group(), status=["Met."])

    assert read_back(paper).absent_sections == (
        SectionKind.BACKGROUND,
        SectionKind.ISSUE,
        SectionKind.NEXT_STEPS,
    )


# Publishing ------------------------------------------------------------------------------------


def test_a_meeting_of_which_a_paper_is_withdrawn_is_no_longer_complete():
    paper = make_paper(make_group())
    Meeting.objects.update(record_complete=True)

    paper.withdraw()

    assert not Meeting.objects.get().record_complete


def test_a_published_paper_is_public_and_a_withdrawn_one_a_draft_again():
    paper = make_paper(make_group(), published=False)

    paper.publish()
    published = IssuePaper.objects.published().count()
    paper.withdraw()

    assert published == 1
    assert not paper.is_public
    assert IssuePaper.objects.published().count() == 0  # S01


def test_publishing_writes_nothing_but_the_moment():
    paper = make_paper(make_group(), published=False)
    IssuePaper.objects.filter(pk=paper.pk).update(office_line="Saved meanwhile")

    paper.publish()
    paper.refresh_from_db()

    assert paper.office_line == "Saved meanwhile"


def test_a_paper_may_be_published_as_of_a_given_moment():
    moment = timezone.now() + timedelta(days=3)
    paper = make_paper(make_group(), published=False)

    paper.publish(at=moment)

    assert paper.published_at == moment
    assert not paper.is_public


def test_an_empty_paper_is_not_published():
    paper = make_paper(make_group(), status=[], published=False)

    with pytest.raises(ValidationError, match="it has no item"):
        paper.publish()

    paper.refresh_from_db()
    assert paper.published_at is None


# What makes no sense ---------------------------------------------------------------------------


def test_a_paper_dated_after_its_meeting_is_refused_beside_the_date():
    paper = make_paper(make_group(), held_on=MEETING)

    paper.dated_on = MEETING + timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        paper.full_clean()

    assert refused.value.message_dict == {
        "dated_on": ["The paper is dated after its meeting of September 18, 2024."]
    }


@pytest.mark.parametrize("days", [0, 40])
def test_a_paper_is_dated_before_or_on_the_day_of_its_meeting(days):
    make_paper(make_group(), held_on=MEETING, dated_on=MEETING - timedelta(days)).full_clean()


def test_a_summary_may_be_written_after_the_meeting():
    summary = make_paper(
        make_group(),
        held_on=MEETING,
        dated_on=MEETING + timedelta(days=6),
        source_kind="third-party-summary",
        source_url="https://example.org/summary",
    )

    summary.full_clean()

    assert summary.is_summary


def test_a_paper_without_group_and_meeting_is_refused_and_not_an_error():
    with pytest.raises(ValidationError) as refused:
        IssuePaper().full_clean()

    assert {"working_group", "meeting", "group_as_printed"} <= set(refused.value.message_dict)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://ftp.cbp.gov/p.pdf", "cbp.gov"])
def test_the_document_is_at_a_web_address(address):  # S13
    paper = make_paper(make_group(), source_url="")

    paper.source_url = address
    with pytest.raises(ValidationError) as refused:
        paper.full_clean()

    assert "source_url" in refused.value.message_dict


@pytest.mark.parametrize("kind", [StatusItem, NextStep])
@pytest.mark.parametrize(
    ("links", "words"),
    [
        ("https://www.cbp.gov", "Links are a list"),
        ({"text": "met", "target": ""}, "Links are a list"),
        (["met"], "Links are a list"),
        ([{"text": "met"}], "Links are a list"),
        ([{"text": "met", "target": "", "class": "x"}], "Links are a list"),
        ([{"text": 1, "target": ""}], "Links are a list"),
        ([{"text": "met", "target": None}], "Links are a list"),
        ([{"text": "met", "target": "javascript:alert(1)"}], "begins with https://"),
        (
            [{"text": "met", "target": "mailto:x@a.gov?cc=y@a.gov"}],
            "one address of mail",
        ),
        ([{"text": "met", "target": "mailto:"}], "one address of mail"),
        ([{"text": "met", "target": "https://anna:pass@example.org/"}], "Leave out the name or"),
        ([{"text": "met", "target": "https://cbp.gov@example.org/"}], "Leave out the name or"),
        ([{"text": "left", "target": ""}], "“left” do not stand in the text"),
    ],
)
def test_links_are_web_addresses_on_words_of_the_item(kind, links, words):  # S13
    item = kind(paper=make_paper(make_group()), position=9, text="The group met.", links=links)

    with pytest.raises(ValidationError) as refused:
        item.full_clean()

    assert words in " ".join(refused.value.message_dict["links"])


@pytest.mark.parametrize(
    "links",
    [
        [],
        [{"text": "met", "target": ""}],
        [{"text": "met", "target": "mailto:x@example.org"}],
        [{"text": "The group", "target": "https://www.cbp.gov/x"}, {"text": "met", "target": ""}],
    ],
)
def test_links_may_lack_a_target_as_in_some_papers(links):
    item = StatusItem(
        paper=make_paper(make_group()), position=9, text="The group met.", links=links
    )

    item.full_clean()

    assert [link.text for link in item.as_item().links] == [link["text"] for link in links]


def test_an_item_points_into_the_source_text():
    paper = make_paper(make_group(), source_text=WORDS)
    item = StatusItem(paper=paper, position=2, text="X", span_start=0, span_end=len(WORDS) + 1)

    with pytest.raises(ValidationError, match="beyond the end of the source text"):
        item.full_clean()
    item.span_end -= 1

    item.full_clean()


def test_due_words_stand_in_the_step():
    step = NextStep(paper=make_paper(make_group()), position=1, text="Meet.", due_words="soon")

    with pytest.raises(ValidationError, match="must stand in the step as printed"):
        step.full_clean()


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        ("The group met twice this quarter.", False),
        ("The group met twice  this quarter.", False),
        ("The group met thrice this quarter.", True),
        ("The group met twice", True),
    ],
)
def test_an_item_that_no_longer_says_what_was_printed_is_marked(text, edited):
    item = StatusItem(text=text, span_start=0, span_end=33)

    item.mark_edited(WORDS)

    assert item.is_edited is edited


def test_an_item_typed_by_staff_has_nothing_to_differ_from():
    item = StatusItem(text="The group met twice this quarter.")

    item.mark_edited(WORDS)

    assert not item.is_edited


def test_an_edit_that_is_undone_is_no_edit():
    item = StatusItem(text="Another.", span_start=0, span_end=33)
    item.mark_edited(WORDS)

    item.text = "The group met twice this quarter."
    item.mark_edited(WORDS)

    assert not item.is_edited


def test_long_items_are_cut_where_they_stand_for_themselves():
    assert str(StatusItem(text="a" * 80)) == "a" * 80
    assert str(StatusItem(text="a" * 81)) == "a" * 79 + "…"


def test_a_paper_is_called_by_its_printed_group_and_its_meeting():
    paper = make_paper(make_group(), meeting=make_meeting(MEETING), group_as_printed="FLWG")

    assert str(paper) == "FLWG, September 2024"
    assert paper.get_absolute_url() == "/papers/2024-09-18/forced-labor/"
