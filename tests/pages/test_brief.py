"""``/meetings/<date>/brief/`` and ``brief.txt``: a meeting on two pages, from what is published."""

from datetime import date

import pytest
from django.conf import settings

from papers.brief import LENGTHS, MOST_LINES
from papers.brief_text import WIDTH
from tests.factories import (
    make_event,
    make_group,
    make_meeting,
    make_mention,
    make_paper,
    make_subcommittee,
)
from tests.followed import (
    DRAFT_REWORDED,
    DRAFTED,
    JUNE,
    LIKELY,
    MARCH,
    MET,
    PORTAL,
    RUN,
    SAMPLE,
    SEPTEMBER,
    make_followed_record,
    make_outcome,
    settle_the_draft,
)
from tests.pages.html import read
from tests.twelve import make_twelve_groups

pytestmark = pytest.mark.django_db

BRIEF, TEXT = "/meetings/2024-09-18/brief/", "/meetings/2024-09-18/brief.txt"
RIGHTS = "/papers/2024-09-18/intellectual-property-rights/"


@pytest.fixture
def papers():
    return make_followed_record()


def parts(page):
    """The lines under each heading, by its id."""
    return {
        section["aria-labelledby"]: [it.text for it in section.all("li") if not it.all("ul")]
        for section in page.main.all("section")
    }


def as_text(client, address=TEXT):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    return response.content.decode()


def test_it_tells_first_what_changed_paper_by_paper(client, papers):
    page = read(client, BRIEF)

    section = page.main.all("section")[0]
    assert [it.text for it in section.all("h3")] == [
        "Cargo First paper held: nothing to compare it with.",
        "Intellectual Property Rights 2 new, 2 no longer reported",
    ]
    assert parts(page)["changed"][1:] == [
        f"New {DRAFTED}",
        f"New {PORTAL}",
        f"No longer reported {MET}",
        f"No longer reported {LIKELY}",
    ]
    assert [link["href"] for link in section.all("a")][-4:] == [
        f"{RIGHTS}#s1",
        f"{RIGHTS}#s2",
        "/papers/2024-06-26/intellectual-property-rights/#s1",
        "/papers/2024-06-26/intellectual-property-rights/#s2",
    ]


def test_the_numbers_of_the_meeting_stand_on_top(client, papers):
    hero = read(client, BRIEF).one(class_="hero")

    assert "We hold 2 papers of this meeting, all there are; 3 groups were active or" in hero.text
    assert "each paper against its group’s paper before: 2 new, 2 no longer" in hero.text
    assert "“…” stands where words are left out" in hero.text
    assert "Of reworded items" not in hero.text


def test_then_what_was_heard_of_each_step(client, papers):
    found = parts(read(client, BRIEF))

    assert list(found)[1:] == [
        *("not-mentioned", "no-paper", "ended", "repeated", "made", "silent", "hiatus")
    ]
    rights = "Intellectual Property Rights"
    assert found["not-mentioned"] == [
        f"{rights} {LIKELY} (open for 1 meeting)",
        f"{rights} 1 more in the ledger of next steps",
    ]
    assert found["no-paper"] == [
        "Bond The trade will publish an updated handbook on disclaiming agency data. "
        "(2 open, the oldest for 2 meetings)",
        "Emerging Technology CBP will brief the group on the results of the machine-learning pilot."
        " (1 open, for 2 meetings)",
    ]
    assert found["ended"] == [
        "Border Recognition The group will list foreign programs. "
        "(open for 1 meeting; no later paper of the group is held)"
    ]
    assert found["repeated"] == [f"{rights} {DRAFT_REWORDED} (open for 3 meetings)"]
    assert found["made"] == ["Cargo The group will name its members. (in the first paper held)"]
    assert found["silent"] == ["Bond"]
    assert found["hiatus"] == ["Emerging Technology"]


def test_a_step_is_quoted_when_it_falls_silent_and_counted_from_then_on(client, papers):
    june, september = (
        read(client, f"/meetings/{held_on}/brief/").by_id("not-mentioned-list")
        for held_on in (JUNE, SEPTEMBER)
    )

    assert SAMPLE in june.text
    assert SAMPLE not in september.text
    ledger = read(client, september.all("a")[-1]["href"])
    assert SAMPLE in ledger.main.text
    assert "As of September 18, 2024" in ledger.main.text


def test_due_words_and_owners_stand_as_printed_beside_new_steps(client, papers):
    found = parts(read(client, "/meetings/2024-06-26/brief/"))

    assert any(
        "(to be done by the group; due, as printed: “October”)" in line for line in found["made"]
    )
    assert any(line.endswith("(under Current status)") for line in found["made"])
    [reworded] = [it for it in found["repeated"] if it.endswith("(open for 2 meetings; reworded)")]
    assert "with a second draft of the revised" in reworded


def test_what_staff_state_of_the_meeting_stands_beside_its_evidence(client, papers):
    settle_the_draft(papers)

    page = read(client, BRIEF)

    [line] = parts(page)["stated"]
    assert line.startswith("Intellectual Property Rights Answered CBP will provide")
    assert line.endswith(f"Stated by staff; shown by {DRAFTED}")
    assert "repeated" not in parts(page)
    assert "stated" not in parts(read(client, "/meetings/2024-06-26/brief/"))


def test_a_note_is_told_as_that_of_staff(client, papers):
    bond = papers["bond", JUNE].next_steps.get(position=1)
    make_outcome(bond, papers["cargo", SEPTEMBER].meeting, "dropped", note="Withdrawn aloud.")

    assert parts(read(client, BRIEF))["stated"][0].endswith("Stated by staff: Withdrawn aloud.")
    assert "Note of staff: Withdrawn aloud." in as_text(client)


def test_a_brief_tells_what_was_known_at_its_meeting(client, papers):
    before = read(client, "/meetings/2024-06-26/brief/").main.text

    settle_the_draft(papers)
    make_event(papers["bond", JUNE].working_group, "concluded", date(2024, 10, 1))

    assert read(client, "/meetings/2024-06-26/brief/").main.text == before


def test_every_line_leads_to_its_item(client, papers):
    settle_the_draft(papers)

    for held_on in RUN:
        page = read(client, f"/meetings/{held_on}/brief/")
        for link in page.one(class_="brief").all("a"):
            address, _, fragment = link["href"].partition("#")
            target = read(client, address)
            assert not fragment or fragment in target.ids, link["href"]
            if fragment and not link.all("ins", "del"):
                words = link.text.removesuffix("…").strip()
                assert words in target.by_id(fragment).text, link["href"]


def test_changes_outside_the_status_name_their_section(client):
    group = make_group("bond")
    for held_on, words in ((MARCH, "three"), (SEPTEMBER, "four")):
        make_paper(
            group,
            held_on,
            background=[f"The group has {words} members who know surety law well."],
            status=[MET] if held_on == MARCH else [],
            other={"Scope": [MET]} if held_on == SEPTEMBER else {},
        )
    make_meeting(JUNE)

    page = read(client, BRIEF)

    assert page.main.all("section")[0].one("h3").text == (
        "Bond No status items in either paper; compared with March 2024"
    )
    assert parts(page)["changed"] == [
        "Reworded The group has three four members who know surety law well. (in Background)",
        f"Moved from Current status {MET} (in “Scope”)",
    ]


def test_of_many_changes_the_rest_is_a_link(client):
    group = make_group("bond")
    make_paper(group, MARCH, status=[MET])
    words = ["surety", "rider", "ledger", "audit", "pilot", "tariff", "docket", "quota", "vessel"]
    make_paper(group, SEPTEMBER, status=[f"The {word} was closed early." for word in words])

    page = read(client, BRIEF)

    assert len(parts(page)["changed"]) == MOST_LINES + 1
    assert parts(page)["changed"][-1] == "3 more changes on the paper’s page"
    assert "- 3 more changes on the paper’s page" in as_text(client)


def test_long_items_are_cut_between_words(client):
    group = make_group("bond")
    make_paper(group, MARCH, status=[MET])
    make_paper(group, SEPTEMBER, status=[MET, "recordation " * 800])

    [line] = [it for it in parts(read(client, BRIEF))["changed"] if it.startswith("New")]

    quote = line.removeprefix("New ")
    assert set(quote.split()) == {"recordation", "…"}
    assert len(quote) <= LENGTHS[0]


def test_a_meeting_without_papers_tells_what_is_known(client):
    bond = make_group("bond", subcommittee=make_subcommittee())
    make_group("cargo")
    meeting = make_meeting(SEPTEMBER, note="The notice speaks of twelve groups.")
    make_mention(bond, meeting, sentence="The group reported on electronic riders.")
    make_mention(None, meeting, sentence="Nobody voted.", kind="announced")

    page = read(client, BRIEF)

    assert "We hold no paper of this meeting; 2 groups were active or reported." in page.main.text
    assert "The notice speaks of twelve groups." in page.main.text
    assert "Nobody voted." in page.main.text
    assert parts(page) == {
        "reported": ["Bond: The group reported on electronic riders."],
        "unknown": ["Cargo"],
    }
    assert "where words are left out" not in page.main.text


@pytest.mark.parametrize(
    ("status", "held_on", "expected"),
    [
        ("cancelled", date(2024, 9, 18), "Cancelled."),
        ("postponed", date(2024, 9, 18), "Postponed."),
        ("planned", date(2024, 9, 18), "no source that we hold says that it took place."),
        ("planned", date(2124, 9, 18), "Planned."),
    ],
)
def test_a_meeting_that_did_not_take_place_has_a_brief_that_says_so(
    client, status, held_on, expected
):
    make_group("bond")
    make_meeting(held_on, status=status)

    assert expected in read(client, f"/meetings/{held_on}/brief/").main.text
    text = as_text(client, f"/meetings/{held_on}/brief.txt")
    assert expected in text
    assert "[1]" not in text


def test_a_summary_is_named_and_not_compared(client):
    group = make_group("bond")
    make_paper(group, MARCH)
    make_paper(group, SEPTEMBER, source_kind="third-party-summary", source_url="https://a.example/")

    page = read(client, BRIEF)

    assert parts(page)["changed"] == ["Bond Third-party summary: not compared with the papers."]
    assert "no paper of this meeting, but 1 third-party summary;" in page.main.text


@pytest.mark.parametrize("below", ["brief/", "brief.txt"])
def test_unknown_days_are_missing_and_former_ones_lead_on_in_one_hop(client, papers, below):
    meeting = papers["cargo", SEPTEMBER].meeting
    meeting.held_on = date(2024, 9, 19)
    meeting.save()

    for unknown in ("2024-09-20", "yesterday", "2024-02-30", "2023-01"):
        assert client.get(f"/meetings/{unknown}/{below}").status_code == 404
    moved = client.get(f"/meetings/2024-09-18/{below}")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"/meetings/2024-09-19/{below}")
    month = client.get(f"/meetings/2024-06/{below}")
    assert (month.status_code, month.headers["Location"]) == (302, f"/meetings/2024-06-26/{below}")


def test_the_meeting_leads_to_its_brief_and_back(client, papers):
    assert BRIEF in read(client, "/meetings/2024-09-18/").links

    links = read(client, BRIEF).links

    assert "/meetings/2024-09-18/" in links
    assert TEXT in links


def test_the_text_says_the_same_in_78_columns(client, papers):
    settle_the_draft(papers)

    text = as_text(client)

    body, _, addresses = text.partition("\nAddresses\n---------\n")
    assert WIDTH == 78
    assert max(len(line) for line in body.splitlines()) <= WIDTH
    numbers = [line.partition(" ")[0] for line in addresses.splitlines()]
    assert numbers == [f"[{place}]" for place in range(1, len(numbers) + 1)]
    for line in addresses.splitlines():
        address = line.partition(" ")[2]
        assert address.startswith(f"{settings.SITE_URL}/")
        assert line.partition(" ")[0] in body
    flat = " ".join(body.split())
    assert f"Answered: “{DRAFT_REWORDED[:60]}" in flat
    headings = [it.text for it in read(client, BRIEF).main.all("h2")]
    assert all(f"\n{heading}\n" in text for heading in headings)


def test_the_same_record_gives_the_same_bytes(client):
    make_twelve_groups()

    assert client.get(BRIEF).content == client.get(BRIEF).content
    assert as_text(client) == as_text(client)
    assert client.get(BRIEF).headers["ETag"] == client.get(BRIEF).headers["ETag"]
    assert len(parts(read(client, BRIEF))["stated"]) == 6


@pytest.mark.parametrize(("ended_on", "told_at"), [(date(2024, 6, 26), 0), (date(2024, 8, 1), 1)])
def test_a_step_that_was_open_when_its_group_ended_is_told_once(client, ended_on, told_at):
    group, step = make_group("rail"), "The group will count the cars."
    make_paper(group, date(2024, 3, 6), next_steps=[step])
    for day in (date(2024, 6, 26), date(2024, 9, 18), date(2024, 12, 11)):
        make_meeting(day)
    make_event(group, "closed", ended_on)

    briefs = [read(client, f"/meetings/{day}/brief/") for day in ("2024-06-26", "2024-09-18")]

    assert ["ended" in parts(it) for it in briefs] == [at == told_at for at in range(2)]
    assert all(it.main.text.count(step) == (at <= told_at) for at, it in enumerate(briefs))
    assert step not in read(client, "/meetings/2024-12-11/brief/").main.text
