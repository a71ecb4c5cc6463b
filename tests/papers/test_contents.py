"""A paper that is saved and read back says exactly what it said before."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.content import MAX_LEVEL, Item, Link, PaperContent, Section, SectionKind
from papers.contents import load_contents, load_holdings
from papers.models import IssuePaper, NextStep, PaperSection, SectionItem, StatusItem
from tests.factories import make_group, make_meeting, make_paper
from workgroups.cleaning import shows_something
from workgroups.models.text import clean_text

pytestmark = pytest.mark.django_db

STATUS, STEPS, OTHER = SectionKind.CURRENT_STATUS, SectionKind.NEXT_STEPS, SectionKind.OTHER


def save(content, paper):
    """Store what a content says, as an import does."""
    paper.sections.all().delete()
    for position, section in enumerate(content.sections, start=1):
        PaperSection.objects.create(
            paper=paper,
            position=position,
            kind=section.kind,
            heading=section.heading,
            remark=section.remark,
        )
        for place, item in enumerate(section.items, start=1):
            start, end = item.span or (None, None)
            fields = {
                "paper": paper,
                "position": place,
                "level": item.level,
                "marker": item.marker,
                "text": item.text,
                "links": [{"text": it.text, "target": it.target} for it in item.links],
                "span_start": start,
                "span_end": end,
            }
            if section.kind is STATUS:
                StatusItem.objects.create(**fields)
            elif section.kind is STEPS:
                NextStep.objects.create(**fields, owner=item.owner, due_words=item.due_words)
            else:
                heading = section.heading if section.kind is OTHER else ""
                SectionItem.objects.create(**fields, section=section.kind, heading=heading)


@pytest.fixture
def transaction_of_its_own():
    """Each example begins with an empty database."""

    @contextmanager
    def rolled_back():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return rolled_back


TEXTS = st.text(st.characters(codec="utf-8"), max_size=30).map(clean_text)
WORDS = TEXTS.filter(shows_something)
# What stands in lines of a form: one line, its length in the database's characters.
HEADINGS = TEXTS.map(lambda text: text[:20])
SPANS = st.none() | st.tuples(st.integers(0, 99), st.integers(1, 99)).map(
    lambda pair: (pair[0], pair[0] + pair[1])
)
LINKS = st.lists(st.builds(Link, TEXTS, TEXTS), max_size=2).map(tuple)


def items(**more):
    return st.lists(
        st.builds(
            Item,
            text=WORDS,
            level=st.integers(0, MAX_LEVEL),
            marker=st.sampled_from(["", "-", "•", "- o"]),
            links=LINKS,
            span=SPANS,
            **more,
        ),
        max_size=4,
    ).map(tuple)


def section(kind):
    more = {}
    if kind is STEPS:
        more = {"owner": st.sampled_from(["", "cbp", "group", "trade"]), "due_words": HEADINGS}
    heading = HEADINGS.filter(shows_something) if kind is OTHER else HEADINGS
    return st.builds(
        Section, kind=st.just(kind), heading=heading, items=items(**more), remark=TEXTS
    )


usual = [kind for kind in SectionKind if kind is not OTHER]
sections = (
    st.tuples(
        *(st.none() | section(kind) for kind in usual),
        st.lists(section(OTHER), max_size=2, unique_by=lambda it: it.heading),
    )
    .flatmap(lambda found: st.permutations([*(it for it in found[:-1] if it), *found[-1]]))
    .map(tuple)
)
contents = st.builds(
    PaperContent,
    group=HEADINGS.filter(shows_something),
    subcommittee=HEADINGS,
    action_required=HEADINGS,
    office=HEADINGS,
    submitted_by=HEADINGS,
    submitter_office=HEADINGS,
    dated=st.none() | st.dates(date(2016, 1, 1), date(2024, 1, 1)),
    sections=sections,
)


@settings(
    max_examples=150,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(contents)
def test_what_was_saved_is_read_back_by_both_ways_in(transaction_of_its_own, content):
    with transaction_of_its_own():
        paper = make_paper(
            make_group(),
            status=(),
            group_as_printed=content.group,
            subcommittee_as_printed=content.subcommittee,
            action_required=content.action_required,
            office_line=content.office,
            submitted_by=content.submitted_by,
            submitter_office=content.submitter_office,
            dated_on=content.dated,
        )
        save(content, paper)
        stored = IssuePaper.objects.get(pk=paper.pk)

        assert load_contents([stored]) == {paper.pk: content}
        assert stored.content() == content


def test_many_papers_are_read_in_one_query(django_assert_num_queries):
    group = make_group()
    papers = [
        make_paper(
            group,
            date(2024, month, 1),
            status=[f"Status of {month}", ("Below", 1)],
            next_steps=["Step"],
            background=["Background"],
            other={"Recommendations": ["One", "Two"], "Statement of Work": ["Three"]},
        )
        for month in range(1, 8)
    ]

    with django_assert_num_queries(1):
        found = load_contents(papers)

    assert found == {paper.pk: paper.content() for paper in papers}
    assert found[papers[3].pk].items(STATUS)[0].text == "Status of 4"


def test_nothing_is_asked_for_no_papers(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert load_contents([]) == {}


def test_a_paper_without_sections_says_nothing():
    paper = make_paper(make_group(), status=())

    assert load_contents([paper])[paper.pk].sections == ()


def test_items_come_in_the_order_of_their_positions_not_of_their_making():
    paper = make_paper(make_group(), status=())
    for position, text in ((3, "Third"), (1, "First"), (2, "Second")):
        paper.status_items.create(position=position, text=text)
    paper.complete_sections()

    items = load_contents([paper])[paper.pk].items(STATUS)

    assert [item.text for item in items] == ["First", "Second", "Third"]


def test_a_section_may_be_printed_with_a_remark_in_place_of_items():
    paper = make_paper(make_group(), meeting=make_meeting())
    paper.sections.create(position=9, kind=STEPS, heading="Next Steps", remark="None.")

    content = load_contents([paper])[paper.pk]

    assert content.section(STEPS) == Section(STEPS, "Next Steps", (), "None.")


@pytest.mark.parametrize("papers", [1, 6])
def test_holdings_come_with_counts_and_the_first_status_item(papers, django_assert_num_queries):
    group = make_group()
    for month in range(1, papers + 1):
        make_paper(
            group, date(2024, month, 1), status=["First.", "Second."], next_steps=["Go."] * 3
        )

    with django_assert_num_queries(2):
        holdings = load_holdings(IssuePaper.objects.all())
        found = [(it.first_status, it.status_count, it.step_count) for it in holdings.papers]
        assert all(it.meeting.held_on and it.working_group.name for it in holdings.papers)

    assert found == [("First.", 2, 3)] * papers


def test_a_paper_without_status_items_has_no_first_one():
    paper = make_paper(make_group(), status=[], next_steps=["Go."])

    (found,) = load_holdings(IssuePaper.objects.filter(pk=paper.pk)).papers

    assert (found.first_status, found.status_count) == ("", 0)
