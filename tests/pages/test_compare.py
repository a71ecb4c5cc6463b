"""``/groups/<slug>/changes/``: any two papers of a group side by side."""

import time
from datetime import date, timedelta

import pytest
from django.utils import timezone

from papers.kept import changes_between
from papers.models.followup import StepOutcome
from tests.factories import make_event, make_group, make_meeting, make_paper
from tests.pages.html import read

pytestmark = pytest.mark.django_db

MARCH, JUNE, SEPTEMBER = date(2024, 3, 6), date(2024, 6, 26), date(2024, 9, 18)
ADDRESS = "/groups/bond/changes/2024-03-06...2024-06-26/"
DEFAULT = "/groups/bond/changes/"
MET = "The group met twice this quarter with the sureties."
FACTS = "CBP will publish a fact sheet on bond sufficiency."
RIDERS = "The group will send CBP its comments on electronic bond riders by June 2024."
PUBLISHED = "On May 2, 2024, members received the finished fact sheet."


@pytest.fixture
def group():
    return make_group("bond", "Bond")


def two_papers(group):
    return (
        make_paper(
            group,
            MARCH,
            status=[MET, "Nobody spoke of rail cargo."],
            next_steps=[FACTS, RIDERS],
            background=["COAC approved nine recommendations.", "The group has ten members."],
        ),
        make_paper(
            group,
            JUNE,
            status=[MET.replace("twice", "once"), PUBLISHED],
            next_steps=[RIDERS, "The group will name its members."],
            background=["COAC approved nine recommendations.", "The group has ten members."],
        ),
    )


def section(page, heading):
    [found] = [it for it in page.all("section") if any(h.text == heading for h in it.all("h2"))]
    return found


def row_texts(around, class_="pairs"):
    return [line.text for line in around.one("ol", class_=class_).all("li")]


def test_the_page_holds_two_papers_side_by_side(client, group):
    two_papers(group)

    page = read(client, ADDRESS)

    assert page.one("h1").text == "Bond: March 2024 and June 2024"
    status = section(page, "Current status")
    assert [it.text for it in status.one(class_="counts").all("li")] == [
        "1 new",
        "1 reworded",
        "1 no longer reported",
    ]
    assert row_texts(status) == [
        "Reworded March 2024Item S1 The group met twice this quarter with the sureties. "
        "June 2024Item S1 The group met once this quarter with the sureties.",
        "No longer reported March 2024Item S2 Nobody spoke of rail cargo. "
        "June 2024Not in this paper.",
        f"New March 2024Not in this paper.June 2024Item S2 {PUBLISHED}",
    ]
    assert [it.text for it in status.all("del", "ins")] == ["twice", "once"]


def test_a_denial_lost_where_one_item_became_two_is_marked_on_every_page(client, group):
    whole = "CBP will not extend the test beyond August, and it will publish a notice on the test."
    parts = ["CBP will extend the test beyond August.", "CBP will publish a notice on the test."]
    make_paper(group, MARCH, status=[whole])
    make_paper(group, JUNE, status=parts)

    for address in (ADDRESS, "/groups/bond/", "/meetings/2024-06-26/brief/"):
        assert "not" in [it.text for it in read(client, address).all("del")], address


def test_an_item_in_another_order_bears_a_remark(client, group):
    make_paper(group, MARCH, status=[MET, FACTS, PUBLISHED])
    make_paper(group, JUNE, status=[FACTS, PUBLISHED, MET])

    rows = row_texts(section(read(client, ADDRESS), "Current status"))

    assert ["In another order" in row for row in rows] == [False, False, True]
    assert "In another order." in read(client, "/groups/bond/").text
    assert "In another order" in read(client, "/about/").text


def test_each_number_leads_to_the_item_on_its_paper(client, group):
    two_papers(group)

    numbers = {link["href"] for link in read(client, ADDRESS).main.all("a", class_="pl")}

    for address in numbers:
        there, _, anchor = address.partition("#")
        assert anchor in read(client, there).ids, address
    assert "/papers/2024-03-06/bond/#s2" in numbers


def test_what_became_of_the_older_papers_steps_is_told_in_facts_alone(client, group):
    two_papers(group)

    steps = section(read(client, ADDRESS), "What became of the next steps of March 2024")

    assert row_texts(steps, "maps") == [
        f"March 2024 next stepItem N1 {FACTS} Not mentioned in June 2024 "
        "June 2024The June 2024 paper does not mention this step.",
        f"March 2024 next stepItem N2 {RIDERS} Repeated in June 2024 "
        f"June 2024, Next stepsItem N1 {RIDERS}",
    ]
    assert steps.one(class_="head").one("p").text == "1 not mentioned, 1 repeated"


def test_an_outcome_that_staff_state_is_shown_as_theirs_with_its_evidence(client, group):
    march, june = two_papers(group)
    StepOutcome.objects.create(
        next_step=march.next_steps.get(position=1),
        meeting=june.meeting,
        outcome="done",
        evidence=june.status_items.get(position=2),
    )

    steps = section(read(client, ADDRESS), "What became of the next steps of March 2024")

    assert row_texts(steps, "maps")[0] == (
        f"March 2024 next stepItem N1 {FACTS} Answered in June 2024 S2 stated by staff "
        f"June 2024, Current statusItem S2 {PUBLISHED}"
    )
    assert steps.one(class_="head").one("p").text == "1 repeated; stated by staff: 1 answered"
    [chip] = [it for it in steps.all("p", class_="out") if "Answered" in it.text]
    assert chip.one("a")["href"] == f"{june.get_absolute_url()}#s2"


@pytest.mark.parametrize("evidence", ["status_items", "next_steps"])
def test_evidence_comes_before_the_item_that_repeats_a_step(client, group, evidence):
    march, june = two_papers(group)
    shown = getattr(june, evidence).get(position=2 if evidence == "status_items" else 1)
    field = "evidence" if evidence == "status_items" else "evidence_step"
    StepOutcome.objects.create(
        next_step=march.next_steps.get(position=2),
        meeting=june.meeting,
        outcome="partly-done" if evidence == "status_items" else "carried-over",
        **{field: shown},
    )

    steps = section(read(client, ADDRESS), "What became of the next steps of March 2024")

    stack = steps.one("ol", class_="maps").all("li")[1].all("div", class_="stack")[0]
    repeated = f"June 2024, Next stepsItem N1 {RIDERS}"
    first = f"June 2024, Current statusItem S2 {PUBLISHED} " if evidence == "status_items" else ""
    assert stack.text == f"{first}{repeated}"


def test_new_steps_and_sections_without_change_are_told(client, group):
    two_papers(group)

    page = read(client, ADDRESS)

    new = section(page, "Other next steps in June 2024")
    assert [it.text for it in new.one("ul").all("li")] == [
        "New Item N2 The group will name its members."
    ]
    other = section(page, "Background, issue and other sections")
    [background] = other.all("details")
    assert background.one("summary").text == "No change, 2 items"
    assert "open" not in background.attributes


def test_a_paper_without_steps_says_so(client, group):
    make_paper(group, MARCH, status=[MET])
    make_paper(group, JUNE, status=[MET])

    page = read(client, ADDRESS)

    assert "The March 2024 paper has no next steps." in page.text
    assert section(page, "Other next steps in June 2024").one("p").text == "None."
    assert "No change: 1 continued" in page.text


def test_each_mark_is_explained_in_place(client, group):
    two_papers(group)

    explained = [it.text for it in read(client, ADDRESS).one("details", class_="how").all("dt")]

    assert {"New", "Reworded", "No longer reported", "Not mentioned"} <= set(explained)
    assert "Answered" not in explained


def test_papers_between_the_two_are_counted(client, group):
    make_paper(group, MARCH)
    make_paper(group, JUNE)
    make_paper(group, SEPTEMBER)

    page = read(client, "/groups/bond/changes/2024-03-06...2024-09-18/")

    assert "Between them is 1 more paper of the group." in page.one(class_="lede").text
    assert "Between them" not in read(client, ADDRESS).text


def test_any_two_papers_can_be_chosen_without_script(client, group):
    make_paper(group, MARCH)
    make_paper(group, JUNE)
    make_paper(group, SEPTEMBER)

    form = read(client, ADDRESS).one("form", class_="pick")

    assert form["action"] == DEFAULT
    for name, chosen in (("older", "2024-03-06"), ("newer", "2024-06-26")):
        options = form.one("select", name=name).all("option")
        assert [it["value"] for it in options] == ["2024-09-18", "2024-06-26", "2024-03-06"]
        assert [it["value"] for it in options if "selected" in it.attributes] == [chosen]
    picked = client.get(f"{DEFAULT}?older=2024-03-06&newer=2024-09-18")
    assert picked.status_code == 302
    assert picked.headers["Location"] == "/groups/bond/changes/2024-03-06...2024-09-18/"
    turned = client.get(f"{DEFAULT}?older=2024-09-18&newer=2024-03-06")
    assert turned.headers["Location"] == "/groups/bond/changes/2024-03-06...2024-09-18/"


def test_by_default_the_latest_paper_stands_beside_the_one_before(client, group):
    make_paper(group, MARCH)
    make_paper(group, JUNE)
    make_paper(group, SEPTEMBER)

    response = client.get(DEFAULT)

    assert response.status_code == 302
    assert response.headers["Location"] == "/groups/bond/changes/2024-06-26...2024-09-18/"


@pytest.mark.parametrize(
    "query",
    [
        "?older=2024-06-26&newer=2024-06-26",
        "?older=2024-06-26",
        "?older=2024-06-26&newer=2020-01-01",
        "?older=x&newer=%00",
        "?newer=<script>",
    ],
)
def test_a_choice_that_cannot_be_compared_asks_for_another(client, group, query):
    two_papers(group)

    page = read(client, DEFAULT + query)

    assert "The address asks for papers that cannot be compared" in page.text
    chosen = page.one("form", class_="pick").all("option", selected="")
    assert [it["value"] for it in chosen] == ["2024-03-06", "2024-06-26"]


def test_a_group_with_fewer_than_two_papers_says_what_is_held(client, group):
    none = read(client, DEFAULT)
    make_paper(group, MARCH)
    make_paper(
        group, JUNE, source_kind="third-party-summary", source_url="https://a.example/summary"
    )
    one = read(client, DEFAULT)

    assert "No paper of this group is held: there is nothing to compare." in none.text
    assert "One paper of this group is held, that of March 2024" in one.text
    assert "summaries are told in this site’s words and are not compared" in one.text
    assert one.all("form", class_="pick") == []


def test_the_other_order_leads_to_the_right_one(client, group):
    two_papers(group)

    response = client.get("/groups/bond/changes/2024-06-26...2024-03-06/")

    assert response.status_code == 301
    assert response.headers["Location"] == ADDRESS


# S35
def test_former_names_and_former_dates_lead_on_in_one_hop(client):
    group = make_group("surety")
    meeting = make_meeting(date(2024, 3, 5))
    make_paper(group, meeting=meeting)
    make_paper(group, JUNE)
    group.slug = "bond"
    group.save()
    meeting.held_on = MARCH
    meeting.save()

    for former in (
        "surety/changes/2024-03-06...2024-06-26",
        "bond/changes/2024-03-05...2024-06-26",
        "surety/changes/2024-06-26...2024-03-05",
    ):
        response = client.get(f"/groups/{former}/")

        assert response.status_code == 301
        assert response.headers["Location"] == ADDRESS
    assert client.get("/groups/surety/changes/").headers["Location"] == ADDRESS
    read(client, ADDRESS)


# S03
def test_what_cannot_be_compared_answers_like_an_address_that_never_was(client, group):
    two_papers(group)
    never = client.get("/groups/bond/changes/2020-01-01...2024-06-26/")
    make_paper(group, SEPTEMBER, published=False)
    soon = timezone.now() + timedelta(hours=1)
    make_paper(group, date(2024, 12, 11), published_at=soon)
    make_paper(
        group, date(2023, 9, 20), source_kind="third-party-summary", source_url="https://a.example/"
    )
    make_paper(make_group("other"), date(2023, 12, 13))

    for pair in (
        "2024-06-26...2024-09-18",
        "2024-09-18...2024-06-26",
        "2024-06-26...2024-12-11",
        "2023-09-20...2024-06-26",
        "2023-12-13...2024-06-26",
        "2024-06-26...2024-06-26",
        "2024-03-06..2024-06-26",
        "2024-03-06...2024-06-26...2024-09-18",
        "2024-03-06",
        "2024-13-06...2024-06-26",
        "%00...2024-06-26",
        "...",
    ):
        answer = client.get(f"/groups/bond/changes/{pair}/")

        assert answer.status_code == 404, pair
        assert answer.content == never.content
        assert "ETag" not in answer.headers
    for pair in (ADDRESS.replace("bond", "other"), ADDRESS.replace("bond", "nobody")):
        assert client.get(pair).content == never.content
    read(client, "/groups/nobody/changes/", status=404)


# S01, S05
def test_a_draft_changes_no_byte_of_a_comparison(client, group):
    two_papers(group)
    addresses = (ADDRESS, DEFAULT, f"{DEFAULT}?older=2024-03-06&newer=2024-09-18")
    before = [client.get(address) for address in addresses]

    make_paper(group, SEPTEMBER, status=["Secret."], next_steps=[FACTS], published=False)

    for address, was in zip(addresses, before, strict=True):
        now = client.get(address)
        assert (now.status_code, now.content) == (was.status_code, was.content)
        assert now.headers.get("ETag") == was.headers.get("ETag")


def test_a_pair_is_the_same_across_a_rename(client, group):
    two_papers(group)
    make_event(group, "renamed", date(2024, 5, 1), name="Surety")

    page = read(client, ADDRESS)

    assert page.one("h1").text == "Surety: March 2024 and June 2024"
    assert "1 reworded" in page.text


def test_a_title_names_both_papers(client, group):
    two_papers(group)

    assert (
        read(client, ADDRESS)
        .one("title")
        .text.startswith("Bond: March 2024 and June 2024 compared")
    )


LONG = "The working group reviewed bond sufficiency at many ports of entry. " * 150
NASTY = {
    "long": ([LONG[:10_000]] * 3, [LONG[:9_990] + "Changed.", LONG[40:10_000]]),
    "punctuation": (["…", "—", "?!", "•"], ["…", "--", "!?"]),
    "right to left": (["קבוצת העבודה נפגשה פעמיים."], ["קבוצת העבודה נפגשה פעם אחת."]),
    "emoji": (["🚢 arrived 🚚", "👩‍👩‍👧"], ["🚢 arrived twice 🚚", "👩‍👩‍👧"]),
    "markup": (["<b>bold</b> & co"], ["<script>alert(1)</script> & co"]),
    "one against none": ([], ["Only this."]),
}


@pytest.mark.parametrize("name", NASTY)
def test_bad_items_are_shown_as_typed(client, group, name):
    older, newer = NASTY[name]
    make_paper(group, MARCH, status=older, next_steps=older, background=older)
    make_paper(group, JUNE, status=newer, next_steps=newer, other={"Updates": newer})

    started = time.process_time()
    page = read(client, ADDRESS)

    assert time.process_time() - started < 5
    text = " ".join(page.main.text.split())
    for item in newer:
        assert " ".join(item.split()) in text


def test_five_hundred_items_take_bounded_time(client, group):
    items = [
        f"Port {n} of entry reported {n * 7} bonds to the group in {n % 9}." for n in range(500)
    ]
    make_paper(group, MARCH, status=items)
    make_paper(group, JUNE, status=[it.replace("reported", "told") for it in reversed(items)])
    changes_between.cache_clear()

    started = time.process_time()
    page = read(client, ADDRESS)

    assert time.process_time() - started < 15
    assert len(section(page, "Current status").one("ol", class_="pairs").all("li")) >= 500


def test_two_meetings_of_one_month_are_told_apart_by_their_days(client, group):
    make_paper(group, date(2024, 9, 4), next_steps=[FACTS])
    make_paper(group, date(2024, 9, 18), next_steps=[FACTS])

    page = read(client, "/groups/bond/changes/2024-09-04...2024-09-18/")

    assert page.one("h1").text == "Bond: September 4, 2024 and September 18, 2024"
    assert [it.text for it in page.one("select", id="older").all("option")] == [
        "September 18, 2024",
        "September 4, 2024",
    ]
    assert "Repeated on September 18, 2024" in page.text
