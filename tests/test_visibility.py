"""No public address shows a draft, nor changes by a byte for one (S01, S02, S03, S05, S35)."""

from datetime import date, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from papers.models import IssuePaper
from tests.factories import make_group, make_paper, make_source
from tests.pages.html import Page
from workgroups.models import Meeting, WorkingGroup

pytestmark = pytest.mark.django_db

# The words of every draft made here; none of them stands in the record.
SECRET = "Zyzzyva"
NEVER_PUBLIC = (SECRET.lower(), "4242-", "zyzzyva.example")
QUERIES = [
    *("/?asof=2024-12-31", "/?asof=2019-06-01", "/?board=2019-05-30", "/groups/?state=active"),
    *("/groups/?asof=2024-12-31", "/groups/?term=16", "/groups/?q=drawback", "/papers/?q=trade"),
    *("/papers/?group=drawback", "/papers/?meeting=2025-06-18", "/papers/?page=2"),
    *("/groups/drawback/?asof=2024-12-31", "/papers/?source=government-issue-paper"),
]
# Asked for by nobody's link: they answer like addresses that never were.
NOT_LINKED = [
    *("/papers/2024-09-18/drawback/", "/papers/2025-06-18/drawback/", "/papers/2025-06-18/bond/"),
    *("/papers/2018-02-28/bond/", "/papers/2024-12-11/export-modernization/", "/papers/?q=zyzzyva"),
    *("/papers/?q=4242", "/groups/?q=zyzzyva", "/papers/2024-09-18/zyzzyva/"),
]


def answer(client, address):
    """Everything a reader can see of an answer, but the id of the request."""
    response = client.get(address)
    headers = {key: value for key, value in response.headers.items() if key != "X-Request-ID"}
    return response.status_code, headers, response.content


@pytest.fixture(scope="module")
def addresses(record):
    """Every address that links lead to, and some that they do not."""
    client, found, waiting = Client(), set(), ["/", *QUERIES]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        found.add(address)
        response = client.get(address)
        for link in Page(response.content.decode()).links:
            target = urljoin(address, link).partition("#")[0]
            # Of lists for a day of the past, the ones above are enough.
            if not urlsplit(target).scheme and not urlsplit(target).query:
                waiting.append(target)
    return sorted(found | set(NOT_LINKED))


@pytest.fixture(scope="module")
def before(addresses):
    return {address: answer(Client(), address) for address in addresses}


@pytest.fixture
def unchanged(before, client):
    """Asserts that the public sees what it saw before the test, byte for byte."""

    def check():
        changed = [address for address, was in before.items() if answer(client, address) != was]
        assert changed == []

    return check


def secret_paper(group, meeting, **fields):
    return make_paper(
        group,
        meeting=meeting,
        status=[f"{SECRET} status.", f"{SECRET} more."],
        next_steps=[f"{SECRET} step."],
        background=[f"{SECRET} background."],
        other={f"{SECRET} heading": [f"{SECRET} item."]},
        group_as_printed=f"{SECRET} Working Group",
        pub_number="4242-0924",
        office_line=f"Office of {SECRET}",
        submitted_by=f"{SECRET} Person",
        source_url="https://zyzzyva.example/",
        source_text=f"{SECRET} text.",
        **fields,
    )


def cite_secretly(paper):
    paper.sources.add(make_source(f"{SECRET} source", url="https://zyzzyva.example/source"))
    return paper


@pytest.fixture
def groups():
    return {group.slug: group for group in WorkingGroup.objects.all()}


@pytest.fixture
def meetings():
    return {meeting.held_on: meeting for meeting in Meeting.objects.all()}


def test_the_addresses_are_those_of_the_whole_site(addresses, before):
    assert len(addresses) > 80
    assert {status for status, _, _ in before.values()} == {200, 404}
    for address, (_, _, body) in before.items():
        said = any(word in body.decode().lower() for word in NEVER_PUBLIC)
        assert said == ("q=zyzzyva" in address), address


# S01, S05
def test_a_draft_of_a_group_that_had_none_changes_no_byte(unchanged, groups, meetings):
    cite_secretly(secret_paper(groups["drawback"], meetings[date(2024, 9, 18)], published=False))

    unchanged()


# S01, S05
def test_a_draft_for_a_later_meeting_does_not_make_it_the_latest(unchanged, groups, meetings):
    secret_paper(groups["bond"], meetings[date(2025, 6, 18)], published=False)
    secret_paper(groups["bond"], meetings[date(2018, 2, 28)], published=False)

    unchanged()


# S01
def test_a_paper_that_is_to_be_public_in_an_hour_is_not_public_now(unchanged, groups, meetings):
    later = timezone.now() + timedelta(hours=1)
    secret_paper(groups["drawback"], meetings[date(2025, 6, 18)], published_at=later)

    unchanged()


# S01
def test_neither_edits_nor_the_deletion_of_a_draft_change_anything(unchanged, groups, meetings):
    draft = secret_paper(groups["drawback"], meetings[date(2025, 6, 18)], published=False)
    draft.group_as_printed = f"{SECRET} Task Force"
    draft.save()
    draft.status_items.first().delete()
    draft.next_steps.create(position=9, text=f"{SECRET} again.")
    draft.corrections.create(note=f"{SECRET} corrected.")

    unchanged()

    draft.delete()
    unchanged()


# S01
def test_a_draft_beside_published_papers_of_its_group_is_not_their_neighbour(
    unchanged, groups, meetings
):
    group = groups["trade-partnership-and-engagement"]
    secret_paper(group, meetings[date(2023, 6, 14)], published=False)
    secret_paper(group, meetings[date(2024, 12, 11)], published=False)

    unchanged()


# S01
def test_a_draft_summary_does_not_say_that_the_group_reported(unchanged, groups, meetings):
    secret_paper(
        groups["e-commerce"],
        meetings[date(2022, 3, 31)],
        source_kind="third-party-summary",
        published=False,
    )

    unchanged()


# S02
@pytest.mark.parametrize("words", [SECRET, "4242-0924", f"{SECRET} Working", "zyzzyva.example"])
def test_words_of_drafts_are_answered_like_nonsense(record, client, groups, meetings, words):
    secret_paper(groups["drawback"], meetings[date(2025, 6, 18)], published=False)
    nonsense = "q" * len(words)

    for address in ("/papers/", "/groups/"):
        asked = client.get(address, {"q": words}).content.decode().lower()
        other = client.get(address, {"q": nonsense}).content.decode().lower()

        # Nothing differs but the words themselves, in the form and in links.
        quoted = words.lower().replace(" ", "+")
        assert asked.replace(words.lower(), "Q").replace(quoted, "Q") == other.replace(
            nonsense, "Q"
        )


# S01
def test_publishing_shows_the_paper_and_withdrawing_takes_it_from_everywhere(
    before, unchanged, client, groups, meetings
):
    paper = secret_paper(groups["drawback"], meetings[date(2025, 6, 18)], published=False)

    paper.publish()

    for address in ("/", "/papers/", "/groups/drawback/", "/meetings/2025-06-18/", "/about/"):
        assert answer(client, address) != before[address]
    assert SECRET in client.get("/papers/2025-06-18/drawback/").content.decode()
    assert SECRET in client.get("/", {"asof": "2025-07-01"}).content.decode()
    assert SECRET in client.get("/groups/drawback/").content.decode()

    paper.withdraw()
    unchanged()


# S01, S03
def test_a_withdrawn_paper_of_the_record_is_gone_everywhere(record, addresses, client):
    paper = IssuePaper.objects.get(
        working_group__slug="modernized-entry-processes", meeting__held_on=date(2024, 9, 18)
    )
    address = paper.get_absolute_url()
    words = paper.status_items.first().text[:60].encode()
    missing = client.get("/papers/2024-09-18/nobody/").content

    paper.withdraw()

    for each in addresses:
        body = client.get(each).content
        assert address.encode() not in body, each
        assert words not in body, each
    assert client.get(address).status_code == 404
    assert client.get(address).content == missing


# S35
def test_every_address_stays_when_groups_and_meetings_change_theirs(record, client, groups):
    paper = IssuePaper.objects.get(
        working_group__slug="cross-border-recognition", meeting__held_on=date(2024, 6, 26)
    )
    group, meeting = paper.working_group, paper.meeting
    old = [group.get_absolute_url(), meeting.get_absolute_url(), paper.get_absolute_url()]

    group.slug = "border-recognition"
    group.save()
    meeting.held_on = date(2024, 6, 27)
    meeting.save()
    new = [group.get_absolute_url(), meeting.get_absolute_url(), paper.get_absolute_url()]

    for before, after in zip(old, new, strict=True):
        response = client.get(before)

        assert (response.status_code, response.headers["Location"]) == (301, after)
        assert client.get(after).status_code == 200


def test_a_group_is_public_from_the_start_but_not_its_drafts(client, meetings, record):
    group = make_group("nascent")
    secret_paper(group, meetings[date(2024, 9, 18)], published=False)

    page = client.get("/groups/nascent/").content.decode()

    assert "<dt>Papers held</dt><dd>None</dd>" in page
    assert not any(word in page.lower() for word in NEVER_PUBLIC)
    assert client.get("/papers/2024-09-18/nascent/").status_code == 404
