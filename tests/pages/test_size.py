"""The pages of a large record: as many queries as for a small one, and pages of honest size."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from papers import kept
from papers.comparison import compare
from papers.models import IssuePaper, PaperSection, StatusItem
from papers.models.items import NextStep
from tests.factories import (
    make_group,
    make_meeting,
    make_mention,
    make_paper,
    make_source,
    make_subcommittee,
    make_term,
)
from workgroups.models import (
    CommitteeEvent,
    FormerSlug,
    GlossaryEntry,
    GroupAlias,
    GroupEvent,
    Mention,
    WorkingGroup,
)

pytestmark = pytest.mark.django_db

LAST = date(2024, 9, 18)
# The exact number of queries of each kind of page, whatever the size of the record.
QUERIES = {
    "/": 9,
    "/?asof=2024-09-20": 9,
    "/?board=2024-09-18": 9,
    "/meetings/": 10,
    "/meetings/2024-09-18/": 9,
    "/groups/": 7,
    "/groups/?state=active&subcommittee=one&kind=working-group&q=group&term=17": 9,
    "/groups/group-0/": 10,
    "/groups/group-0/?asof=2024-09-20": 10,
    "/groups/group-0/changes/2024-08-19...2024-09-18/": 7,
    "/groups/group-0/changes/?older=2024-09-18": 7,
    "/meetings/2024-09-18/brief/": 8,
    "/meetings/2024-09-18/brief.txt": 8,
    "/next-steps/": 8,
    "/next-steps/?state=open&group=group-0&age=2&owner=cbp&evidence=no&made=2024-09-18": 8,
    "/next-steps/?asof=2024-09-20&subcommittee=one&page=2": 8,
    "/papers/": 4,
    "/papers/?group=group-0&source=government-issue-paper&meeting=2024-09-18&q=group": 6,
    "/papers/2024-09-18/group-0/": 10,
    "/glossary/": 1,
    "/about/": 4,
}


PUBLISHED_AT = datetime(2024, 10, 1, tzinfo=UTC)


def make_record(groups, meetings, papers_each):
    """A record with papers of the first groups at every meeting; everything else in proportion."""
    subcommittees = [make_subcommittee(name) for name in ("One", "Two")]
    term, source = make_term(17), make_source()
    held = [make_meeting(LAST - timedelta(days=30 * place), term=term) for place in range(meetings)]
    for meeting in held:
        meeting.sources.set([source])
        make_mention(None, meeting, sources=[source])
    everybody = WorkingGroup.objects.bulk_create(
        WorkingGroup(slug=f"group-{n}", name=f"Group {n}", subcommittee=subcommittees[n % 2])
        for n in range(groups)
    )
    GroupEvent.objects.bulk_create(
        GroupEvent(
            group=group,
            kind=kind,
            happened_on=date(2018 + place, 10, 3),
            name=f"{group.name} of {place}" if kind != "sow-revised" else "",
            subcommittee=group.subcommittee,
            group_kind="working-group",
        )
        for group in everybody
        for place, kind in enumerate(("established", "renamed", "sow-revised"))
    )
    links = GroupEvent.sources.through.objects
    links.bulk_create(
        links.model(groupevent_id=event, source=source)
        for event in GroupEvent.objects.values_list("pk", flat=True)
    )
    GroupAlias.objects.bulk_create(GroupAlias(group=it, name=f"Also {it}") for it in everybody)
    FormerSlug.objects.bulk_create(FormerSlug(group=it, slug=f"old-{it.slug}") for it in everybody)
    WorkingGroup.objects.create(slug="unit", name="Unit", parent=everybody[0])
    Mention.objects.bulk_create(
        Mention(meeting=meeting, group=group, sentence="It reported.")
        for meeting in held
        for group in everybody[papers_each:]
    )
    papers = IssuePaper.objects.bulk_create(
        IssuePaper(
            working_group=group,
            meeting=meeting,
            group_as_printed=str(group),
            published_at=PUBLISHED_AT,
        )
        for meeting in held
        for group in everybody[:papers_each]
    )
    for model, kind in ((StatusItem, "current-status"), (NextStep, "next-steps")):
        PaperSection.objects.bulk_create(
            PaperSection(paper=paper, kind=kind, position=len(kind)) for paper in papers
        )
        model.objects.bulk_create(
            model(paper=paper, position=place, text=f"Point {place} of many words. " * 8)
            for paper in papers
            for place in range(1, 6)
        )
    papers[0].corrections.create(note="Corrected.")
    CommitteeEvent.objects.create(happened_on=date(2018, 10, 3), title="Made").sources.add(source)
    GlossaryEntry.objects.create(term="Term", slug="term", meaning="A word.")
    return everybody


def count_queries(client, address):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return len(queries)


def test_a_small_record_takes_few_queries(client):
    make_record(groups=3, meetings=2, papers_each=1)

    assert {address: count_queries(client, address) for address in QUERIES} == QUERIES
    assert max(QUERIES.values()) <= 10


class TestALargeRecord:
    """Forty groups at forty meetings, 1,000 papers with 10,000 items, 600 mentions."""

    @pytest.fixture(autouse=True)
    def record(self):
        make_record(groups=40, meetings=40, papers_each=25)

    def test_it_takes_as_many_queries_as_a_small_one(self, client):
        assert IssuePaper.objects.count() == 1_000

        assert {address: count_queries(client, address) for address in QUERIES} == QUERIES

    def test_its_pages_are_not_heavy(self, client):
        sizes = {address: len(client.get(address).content) for address in QUERIES}

        assert sizes["/"] < 150_000
        assert max(sizes.values()) < 1_000_000  # S39

    def test_its_first_page_is_small_on_the_wire(self):
        response = Client(headers={"Accept-Encoding": "gzip"}).get("/")

        assert response.headers["Content-Encoding"] == "gzip"
        assert len(response.content) < 15_000


def test_a_former_address_takes_few_queries(client):
    group = make_group("bond")
    paper = make_paper(group, LAST)
    group.slug = "surety"
    group.save()

    for address in ("/groups/bond/", paper.get_absolute_url().replace("surety", "bond")):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)

        assert response.status_code == 301
        assert len(queries) <= 5


def test_a_group_page_compares_each_pair_of_its_papers_once(client, monkeypatch):
    everybody = make_record(groups=1, meetings=40, papers_each=1)
    # No two papers say the same, so that each pair is one of its own.
    for number, item in enumerate(StatusItem.objects.filter(position=1)):
        StatusItem.objects.filter(pk=item.pk).update(text=f"Meeting {number} spoke of bonds.")
    compared = []
    monkeypatch.setattr(kept, "compare", lambda *of: compared.append(of) or compare(*of))

    assert client.get(everybody[0].get_absolute_url()).status_code == 200
    assert len(compared) == 39
    assert client.get(everybody[0].get_absolute_url()).status_code == 200
    assert client.get("/papers/2024-09-18/group-0/").status_code == 200
    assert len(compared) == 39

    # Kept by content: what staff correct is compared anew, with the papers at both its sides.
    StatusItem.objects.filter(text="Meeting 7 spoke of bonds.").update(text="It spoke of drawback.")
    assert b"It spoke of drawback." in client.get(everybody[0].get_absolute_url()).content
    assert len(compared) == 41


# S39
@pytest.mark.parametrize(
    ("meetings", "items", "words"), [(40, 30, 60), (12, 300, 60), (2, 500, 100)]
)
def test_a_group_with_much_to_say_shows_its_older_papers_in_short(client, meetings, items, words):
    (group,) = make_record(groups=1, meetings=meetings, papers_each=1)
    papers = list(IssuePaper.objects.order_by("-meeting__held_on"))
    StatusItem.objects.all().delete()
    StatusItem.objects.bulk_create(
        StatusItem(
            paper=paper, position=place, text=f"Item {place} of {paper.pk}. " + "word " * words
        )
        for paper in papers
        for place in range(1, items + 1)
    )

    response = client.get(group.get_absolute_url())

    page = response.content.decode()
    assert len(response.content) < 1_000_000
    short = page.count("In short, because this page is long")
    assert 0 < short < meetings or (short == meetings and items == 500)
    for paper in papers:  # each is there, in full or in short, and leads to all of it
        assert f'href="{paper.get_absolute_url()}"' in page
    assert f"Item 1 of {papers[-1].pk}." in page
