"""What pages of steps say of one item that became two, and of two that became one."""

import re

import pytest

from tests.factories import make_group, make_paper
from tests.followed import JUNE, MARCH, SEPTEMBER
from tests.pages.html import read
from tests.pages.test_brief import BRIEF, as_text, parts

pytestmark = pytest.mark.django_db

LESSONS = "CBP will publish the lessons learned from the pilot at the northern border."
PORTS = "Members will list the rail ports that still lack scanners for cargo."
BOTH = f"{LESSONS} {PORTS}"
LOST_WHOLE = (
    "CBP will publish the lessons learned from the pilot at the northern border by May, and "
    "members will list the rail ports that still lack scanners for cargo."
)
SPLIT, MERGE = "one item became two", "two items became one"


def make_papers(before, now, section="next_steps"):
    """A group's two papers, one with these items in a section and one with those."""
    group = make_group("bond")
    make_paper(group, JUNE, **{section: before})
    make_paper(group, SEPTEMBER, **{section: now})


def flat(client):
    return " ".join(as_text(client).split())


def test_each_part_of_a_step_that_became_two_goes_on_as_old_as_the_whole(client):
    make_papers([BOTH], [LESSONS, PORTS])

    page = read(client, BRIEF)

    remarks = f"(open for 1 meeting; reworded; {SPLIT})"
    found = parts(page)
    assert sorted(found["repeated"]) == [f"Bond {it} {remarks}" for it in (LESSONS, PORTS)]
    assert "made" not in found
    links = page.by_id("repeated-list").all("a", dir="auto")
    assert {it.text: it["href"].rpartition("#")[2] for it in links} == {LESSONS: "n1", PORTS: "n2"}
    text = flat(client)
    for part in (LESSONS, PORTS):
        assert re.search(rf"“{part}” \[\d\] {re.escape(remarks)}", text)


def test_words_of_the_other_part_are_not_called_removed(client):
    make_papers([BOTH], [LESSONS, PORTS])

    page = read(client, BRIEF)

    assert page.main.all("del", "ins") == []
    assert "[-" not in as_text(client)
    assert "were removed" not in page.main.text


def test_words_that_no_part_has_are_removed_in_one_of_them(client):
    make_papers([LOST_WHOLE], [LESSONS, PORTS])

    page = read(client, BRIEF)

    lost = [it.text for it in page.by_id("repeated-list").all("del")]
    assert sorted(lost) == ["and", "by May,"]
    text = flat(client)
    assert "border. [-by May,-]” [" in text
    assert "“[-and-] Members will list" in text


def test_the_words_of_a_step_that_was_merged_in_are_not_called_added(client):
    make_papers([LESSONS, PORTS], [BOTH.replace("list", "publish a list of")])

    page = read(client, BRIEF)

    items = page.by_id("repeated-list").all("li")
    assert {it.text.partition(" (")[2] for it in items} == {
        f"open for 1 meeting; reworded; {MERGE})"
    }
    for line in items:
        assert line.all("del") == []
        assert [it.text for it in line.all("ins")] == ["publish a", "of"]
    text = flat(client)
    assert f"“{LESSONS} Members will [+publish a+] list [+of+] the rail ports" in text
    assert f"(open for 1 meeting; reworded; {MERGE})" in text


def test_a_step_that_parts_after_a_paper_without_it_is_marked_against_the_one_that_had_it(client):
    group = make_group("bond")
    make_paper(group, MARCH, next_steps=[BOTH])
    make_paper(group, JUNE)
    make_paper(group, SEPTEMBER, next_steps=[LESSONS, PORTS])

    page = read(client, BRIEF)

    [line] = parts(page)["repeated"]
    assert line.endswith(f"(open for 2 meetings; reworded; {SPLIT})")
    assert page.main.all("del", "ins") == []


def test_a_step_that_comes_back_is_marked_against_its_own_words(client):
    """Of the first and the last paper alone, another step of the first would be more like it."""
    group, survey = make_group("bond"), "CBP will send a survey of {} at the northern ports."
    make_paper(
        *(group, MARCH),
        next_steps=[survey.format("rail scanners"), survey.format("old truck scales")],
    )
    make_paper(group, JUNE, next_steps=[survey.format("truck scales and gates")])
    make_paper(
        *(group, SEPTEMBER),
        next_steps=[survey.format("truck gates"), survey.format("old truck scanners")],
    )

    lines = read(client, BRIEF).by_id("repeated-list").all("li")

    [line] = [it for it in lines if "scanners" in it.text]
    assert [it.text for it in line.all("del")] == ["rail"]
    assert [it.text for it in line.all("ins")] == ["old truck"]


@pytest.mark.parametrize(
    ("before", "now", "remark", "lines"),
    [([BOTH], [LESSONS, PORTS], SPLIT, 2), ([LESSONS, PORTS], [BOTH], MERGE, 1)],
)
def test_an_item_split_or_merged_without_a_new_word_says_why_it_is_called_reworded(
    client, before, now, remark, lines
):
    make_papers(before, now, "status")

    page = read(client, BRIEF)

    assert parts(page)["changed"] == [f"Reworded {it} ({remark})" for it in now]
    assert len(now) == lines
    assert page.main.all("del", "ins") == []
    text = flat(client)
    assert all(f"Reworded: “{it}” [{at}] ({remark})" in text for at, it in enumerate(now, start=2))


def test_the_remark_stands_beside_the_section(client):
    make_papers([BOTH], [LESSONS, PORTS], "background")

    found = parts(read(client, BRIEF))["changed"]

    assert found == [f"Reworded {it} (in Background; {SPLIT})" for it in (LESSONS, PORTS)]


def test_the_ledger_says_of_both_parts_that_they_were_one_and_had_their_words_there(client):
    make_papers([BOTH], [LESSONS, PORTS])

    page = read(client, "/next-steps/")

    rows = [it.text for it in page.all("tbody")[0].all("th")]
    told = "Part of a step that stood as one until Sep 2024."
    assert sorted(rows) == sorted(f"{it} {told}" for it in (LESSONS, PORTS))


def test_a_part_with_words_of_its_own_has_them_since_they_parted(client):
    make_papers([BOTH], [LESSONS, f"{PORTS[:-1]} and mail."])

    page = read(client, "/next-steps/")

    since = "In these words since Sep 2024."
    rows = [it.text for it in page.all("tbody")[0].all("th")]
    assert [since in it for it in sorted(rows)] == [False, True]


def test_steps_that_became_one_have_one_line_with_the_age_of_the_oldest(client):
    group = make_group("bond")
    make_paper(group, MARCH, next_steps=[LESSONS])
    make_paper(group, JUNE, next_steps=[LESSONS, PORTS])
    make_paper(group, SEPTEMBER, next_steps=[BOTH])

    page = read(client, BRIEF)

    assert parts(page)["repeated"] == [f"Bond {BOTH} (open for 2 meetings; reworded; {MERGE})"]


def test_the_meeting_counts_a_step_that_became_two_once_as_the_page_of_the_two_papers_does(client):
    make_papers([BOTH], [LESSONS, PORTS])

    meeting = read(client, "/meetings/2024-09-18/")
    papers = read(client, "/groups/bond/changes/2024-06-26...2024-09-18/")

    assert "1 reworded" in meeting.main.text
    assert "2 reworded" not in meeting.main.text
    assert "1 reworded" in papers.main.text
