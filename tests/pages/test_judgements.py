"""No page says what became of a next step unless a person stated it, and then beside what shows it.

The words of the second kind: answered, partly answered, declined, carried over, changed, dropped,
overtaken. A machine computes only facts.
"""

import re
from datetime import date
from itertools import combinations

import pytest
from django.test import Client
from django.urls import reverse

from papers.models import IssuePaper
from papers.threads import OUTCOME_LABELS, Outcome
from papers.urls import urlpatterns
from tests.factories import make_paper
from tests.followed import (
    DRAFTED,
    JUNE,
    SEPTEMBER,
    make_followed_record,
    make_outcome,
    settle_the_draft,
)
from tests.pages.html import Page
from workgroups.models import Meeting, WorkingGroup

pytestmark = pytest.mark.django_db

# "Changed" is a word of every day ("what changed"): it is looked for in labels alone.
WORDS = re.compile(r"\b(answered|declined|carried[- ]over|dropped|overtaken)\b", re.IGNORECASE)
LABELS = re.compile(r"\bchanged\b", re.IGNORECASE)
DEFINITIONS = re.compile(r'<h3[^>]*id="outcomes".*?</section>', re.DOTALL)
QUERIES = [
    *("?state=open", "?state=ended", "?state=settled", "?evidence=yes", "?evidence=no"),
    *("?owner=group", "?age=2", "?group=bond", "?made=2024-03-06", "?asof=2024-06-30"),
    *(f"?state={outcome.value}" for outcome in Outcome),
]


def days():
    return [it.held_on.isoformat() for it in Meeting.objects.all()]


def slugs():
    return [it.slug for it in WorkingGroup.objects.all()]


def papers():
    return [
        {"day": it.meeting.held_on.isoformat(), "slug": it.working_group.slug}
        for it in IssuePaper.objects.published().with_subject()
    ]


def pairs():
    """Any two days of any group, also those of which no paper is held."""
    return [
        {"slug": slug, "pair": f"{older}...{newer}"}
        for slug in slugs()
        for older, newer in combinations(sorted(days()), 2)
    ]


# What each pattern takes; one that is not named here fails the walk.
ARGUMENTS = {
    "home": lambda: [{}],
    "meeting_list": lambda: [{}],
    "meeting_detail": lambda: [{"day": day} for day in days()],
    "meeting_brief": lambda: [{"day": day} for day in days()],
    "meeting_brief_text": lambda: [{"day": day} for day in days()],
    "group_list": lambda: [{}],
    "group_timeline": lambda: [{"slug": slug} for slug in slugs()],
    "compare_default": lambda: [{"slug": slug} for slug in slugs()],
    "compare": pairs,
    "next_steps": lambda: [{}],
    "paper_list": lambda: [{}],
    "papers_of_meeting": lambda: [{"day": day} for day in days()],
    "paper_detail": papers,
    "paper_original": papers,
    "glossary": lambda: [{}],
    "about": lambda: [{}],
}


def every_address():
    found = [
        reverse(pattern.name, kwargs=arguments)
        for pattern in urlpatterns
        for arguments in ARGUMENTS[pattern.name]()
    ]
    found += [f"/next-steps/{query}" for query in QUERIES]
    found += [f"/?asof={day}" for day in days()]
    return found + [f"/groups/{slug}/?asof={day}" for slug in slugs() for day in days()]


def walk():
    """The body of every page that is there, by its address."""
    client = Client()
    responses = {address: client.get(address) for address in every_address()}
    return {
        address: response.content.decode()
        for address, response in responses.items()
        if response.status_code == 200
    }


def judgements(body):
    """The words of the second kind on a page, but for their definitions."""
    body = DEFINITIONS.sub("", body)
    page = Page(body)
    labels = [it.text for kind in ("tag", "out") for it in page.all(class_=kind)]
    return WORDS.findall(body) + [it for label in labels for it in LABELS.findall(label)]


def test_no_page_says_what_became_of_a_step_unless_a_person_did():
    make_followed_record()

    bodies = walk()

    found = {address: judgements(body) for address, body in bodies.items()}
    assert {address: words for address, words in found.items() if words} == {}
    assert len(bodies) > 80
    kinds = {"Repeated", "Reworded", "Not mentioned", "No paper held", "Open when the group ended"}
    everything = "".join(bodies.values())
    assert {kind for kind in kinds if kind not in everything} == set()


def test_the_words_are_seen_where_they_stand():
    assert judgements('<main><p>Not answered, carried-over</p><b class="tag">Changed</b></main>')
    assert DEFINITIONS.search(Client().get("/about/").content.decode())
    body = DEFINITIONS.search(Client().get("/about/").content.decode())[0]
    assert set(OUTCOME_LABELS.values()) <= {it.text for it in Page(body).all("dt")}
    assert len(judgements(body.replace('id="outcomes"', ""))) >= len(OUTCOME_LABELS)


@pytest.mark.parametrize("outcome", Outcome)
def test_what_a_person_states_stands_beside_what_shows_it(client, outcome):
    papers = make_followed_record()
    settle_the_draft(papers, outcome.value)
    evidence = "/papers/2024-09-18/intellectual-property-rights/#s1"

    for address in (
        "/next-steps/",
        "/meetings/2024-09-18/brief/",
        "/groups/intellectual-property-rights/",
        "/papers/2024-06-26/intellectual-property-rights/",
    ):
        page = Page(client.get(address).content.decode())
        links = {link.partition("?")[0] for link in page.links}

        assert OUTCOME_LABELS[outcome] in page.main.text, address
        assert {evidence, "#s1"} & links, address
        assert "stated by staff" in page.main.text.lower(), address
    text = client.get("/meetings/2024-09-18/brief.txt").content.decode()
    assert f"- {OUTCOME_LABELS[outcome]}: “CBP will provide" in text
    assert f"{evidence}\n" in text


def test_a_note_shows_it_as_well(client):
    papers = make_followed_record()
    bond = papers["bond", JUNE].next_steps.get(position=1)
    make_outcome(bond, Meeting.objects.get(held_on=SEPTEMBER), "declined", note="It said no.")

    for address in ("/next-steps/", "/meetings/2024-09-18/brief/", "/groups/bond/"):
        text = Page(client.get(address).content.decode()).main.text

        assert "Declined" in text, address
        assert "It said no." in text, address
        assert "stated by staff" in text.lower(), address


# S01, S05
@pytest.mark.parametrize("has_evidence", [True, False])
def test_an_outcome_with_a_draft_behind_it_changes_no_byte(has_evidence):
    papers = make_followed_record()
    paper = papers["bond", JUNE]
    meeting = Meeting.objects.get(held_on=SEPTEMBER)
    before = walk()

    draft = make_paper(paper.working_group, meeting=meeting, status=[DRAFTED], published=False)
    evidence = draft.status_items.get() if has_evidence else None
    make_outcome(paper.next_steps.get(position=1), meeting, "done", evidence)
    changed = [address for address, body in walk().items() if before[address] != body]

    assert changed == []
    draft.publish()
    assert "Answered" in Client().get("/next-steps/").content.decode()


# S01
def test_an_outcome_goes_with_the_paper_that_shows_it():
    papers = make_followed_record()
    settle_the_draft(papers)
    assert any("Answered" in body for address, body in walk().items() if address != "/about/")

    papers["intellectual-property-rights", SEPTEMBER].withdraw()

    found = {address: judgements(body) for address, body in walk().items()}
    assert {address: words for address, words in found.items() if words} == {}


# S01
def test_an_outcome_goes_with_the_paper_of_its_step():
    papers = make_followed_record()
    settle_the_draft(papers)

    papers["intellectual-property-rights", JUNE].withdraw()

    found = {address: judgements(body) for address, body in walk().items()}
    assert {address: words for address, words in found.items() if words} == {}


def test_what_is_stated_of_a_later_meeting_is_not_told_of_an_earlier_day(client):
    papers = make_followed_record()
    settle_the_draft(papers)

    before = client.get("/next-steps/?asof=2024-09-17").content.decode()
    brief = client.get(f"/meetings/{date(2024, 6, 26)}/brief/").content.decode()

    assert judgements(before) == judgements(brief) == []
