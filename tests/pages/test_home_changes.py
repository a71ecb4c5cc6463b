"""``/``: what changed at the latest meeting, and how much on the board."""

from datetime import date

import pytest

from papers import kept
from papers.comparison import compare
from tests.changes_fixtures import JUNE, MARCH, NEW, SEPTEMBER, make_changes
from tests.factories import make_group, make_paper
from tests.pages.html import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def groups():
    return make_changes()


def numbers(page):
    """Each number of the first screen: its words and where it leads."""
    return {link.text: link["href"] for link in page.one(class_="stats").all("a")}


def digest_of(page, name):
    [found] = [it for it in page.all("li", class_="dg") if it.one("h3").text == name]
    return found


def cells_of(page, name):
    [row] = [it for it in page.one("table").all("tr") if it.all("th") and name in it.text]
    return row.all("td")


def test_the_first_screen_says_what_changed_in_numbers(client, groups):
    page = read(client, "/")

    assert page.one("h1").text == "What changed at the September 2024 meeting"
    assert page.one("title").text.startswith("What changed at the September 2024 meeting |")
    assert numbers(page) == {
        "1 new status item": "/meetings/2024-09-18/#new",
        "1 reworded": "/meetings/2024-09-18/#reworded",
        "1 no longer reported": "/meetings/2024-09-18/#gone",
        "2 next steps made, 1 of them in a first paper held": "/next-steps/?made=2024-09-18",
        "1 next step settled, stated by staff": "/meetings/2024-09-18/#settled",
        "4 next steps open after this meeting": "/next-steps/?state=open&asof=2024-09-18",
        "1 reported, paper not held": "/meetings/2024-09-18/#reported",
    }
    assert (
        "We hold 3 issue papers and 1 third-party summary of this meeting; 1 more group reported, "
        "and we do not hold its paper. 2 of the papers are compared with the previous "
        "paper that we hold of the group; 1 is the first that we hold of its group."
    ) in page.one(class_="lede").text


def test_each_number_leads_to_a_place_that_is_there(client, groups):
    for address in numbers(read(client, "/")).values():
        path, _, fragment = address.partition("#")

        assert not fragment or fragment in read(client, path).ids


def test_a_number_of_next_steps_leads_to_as_many(client, groups):
    for words, address in numbers(read(client, "/")).items():
        if address.startswith("/next-steps/"):
            rows = read(client, address).main.all("th", scope="row")

            assert len(rows) == int(words.split()[0]), words


def test_the_digest_has_the_most_changed_group_first_with_its_first_new_item(client, groups):
    page = read(client, "/")

    names = [it.one("h3").text for it in page.all("li", class_="dg")]
    assert names == ["Entry", "Bond", "Pipeline", "E Commerce"]
    entry = digest_of(page, "Entry")
    assert entry.one(class_="counts").text == "1 new1 reworded1 continued1 no longer reported"
    assert entry.one(class_="clamp").text == f"New {NEW}"
    assert entry.one("h3").one("a")["href"] == "/papers/2024-09-18/entry/"


def test_a_reworded_item_shows_which_words_changed(client):
    group = make_group()
    make_paper(group, JUNE, status=["CBP presented eleven tests of the new portal in May."])
    make_paper(group, SEPTEMBER, status=["CBP presented twelve tests of the new portal in May."])

    line = read(client, "/").one(class_="clamp")

    assert [it.text for it in line.all("del")] == ["eleven"]
    assert [it.text for it in line.all("ins")] == ["twelve"]
    assert line.text.startswith("Reworded CBP presented")


def test_where_nothing_changed_the_digest_says_since_when(client, groups):
    bond = digest_of(read(client, "/"), "Bond")

    assert bond.one(class_="counts").text == "No change: 1 continued"
    assert "The one status item is the same, word for word, as in the March 2024 paper." in (
        bond.text
    )
    link = bond.one(class_="s").one("a")
    assert link.text == "Compared with March 2024"
    assert link["href"] == "/groups/bond/changes/2024-03-06...2024-09-18/"
    read(client, link["href"])


def test_items_that_only_went_are_no_unchanged_paper(client):
    group = make_group()
    make_paper(group, JUNE, status=["The group met.", "A survey of filers closed in April."])
    make_paper(group, SEPTEMBER, status=["The group met."])

    page = read(client, "/")

    assert "No status item is new or reworded." in page.one(class_="dg").text
    assert "No change" not in page.text
    assert cells_of(page, "Forced Labor")[0].text == (
        "00 new or reworded: Forced Labor paper, September 2024"
    )


def test_a_first_paper_and_a_summary_are_compared_with_nothing(client, groups):
    page = read(client, "/")

    pipeline, summary = digest_of(page, "Pipeline"), digest_of(page, "E Commerce")
    assert "First paper held: nothing to compare it with." in pipeline.text
    assert "A third-party summary, in this site’s words: not compared" in summary.text
    for digest in (pipeline, summary):
        assert "New" not in digest.text
        assert "status item" in digest.one(class_="counts").text


def test_where_nothing_can_be_compared_no_number_looks_like_no_change(client):
    make_paper(make_group("bond"), SEPTEMBER, next_steps=["Meet again."])
    make_paper(make_group("entry"), SEPTEMBER)

    page = read(client, "/")

    assert page.one("h1").text == "What the September 2024 meeting brought"
    assert list(numbers(page)) == [
        "2 papers held",
        "2 status items",
        "1 next step made, in a first paper held",
        "1 next step open after this meeting",
    ]
    assert (
        "Each of the papers is the first that we hold of its group, so there is nothing to compare"
    ) in page.one(class_="lede").text
    assert "change" not in page.one(class_="stats").text


def test_a_group_without_a_paper_is_named_with_its_last_one_and_its_open_steps(client, groups):
    [line] = read(client, "/").one("dl").all("dd")

    assert line.text == "Drawback (last paper June 2024, 1 open next step)"


def test_a_cell_of_a_compared_paper_says_how_much_changed(client, groups):
    page = read(client, "/")

    september, june, march = cells_of(page, "Entry")
    assert september.one("a")["href"] == "/papers/2024-09-18/entry/"
    assert september.one("a").classes == ["c", "p", "c1"]
    assert september.one("span", **{"aria-hidden": "true"}).text == "2"
    assert september.one(class_="sr").text == "2 new or reworded: Entry paper, September 2024"
    assert june.text == "Paper held: Entry, June 2024"
    assert march.text == "Not known"
    assert cells_of(page, "Bond")[0].text == "0No change: Bond paper, September 2024"
    assert cells_of(page, "Bond")[0].one("a").classes == ["c", "p"]


@pytest.mark.parametrize(
    ("changed", "level"), [(0, []), (1, ["c1"]), (2, ["c1"]), (3, ["c2"]), (5, ["c3"]), (9, ["c3"])]
)
def test_a_cell_is_darker_the_more_changed(client, changed, level):
    group = make_group()
    make_paper(group, JUNE, status=["The group met."])
    words = ("ports", "bonds", "tests", "forms", "lists", "rules", "fees", "codes", "seals")
    new = [f"Members asked about {word} for {word} and other {word}." for word in words[:changed]]
    make_paper(group, SEPTEMBER, status=["The group met.", *new])

    link = cells_of(read(client, "/"), "Forced Labor")[0].one("a")

    assert link.classes == ["c", "p", *level]
    assert link.one("span", **{"aria-hidden": "true"}).text == str(changed)


def test_the_legend_explains_the_numbers_where_there_are_any(client, groups):
    legend = read(client, "/").one("ul", class_="legend").all("li")

    assert legend[0].text.endswith("Paper held, with its number of new or reworded status items")
    assert legend[1].text == "First paper held"
    before = read(client, "/?asof=2024-03-06").one("ul", class_="legend").all("li")
    assert before[0].text == "Paper held"


def test_the_board_of_another_time_has_its_own_numbers(client, groups):
    page = read(client, "/?board=2024-06-26")

    assert page.one("h1").text == "What changed at the September 2024 meeting"
    assert cells_of(page, "Entry")[0].text == "Paper held: Entry, June 2024"


def test_a_day_of_the_past_compares_what_there_was(client, groups):
    make_paper(groups["bond"], JUNE, status=["The bond rider is with counsel."])
    make_paper(groups["pipeline"], MARCH, status=["It met in April."])

    page = read(client, "/?asof=2024-07-01")

    assert page.one("h1").text == "What changed at the June 2024 meeting"
    assert numbers(page)["3 next steps made, in first papers held"] == (
        "/next-steps/?made=2024-06-26&asof=2024-07-01"
    )
    assert "settled" not in page.one(class_="stats").text
    assert "September 2024" not in page.text


# S01, S05
def test_drafts_leave_no_trace(client, groups):
    before = client.get("/").content

    make_paper(groups["pipeline"], JUNE, status=["It met in April."], published=False)
    make_paper(groups["entry"], date(2024, 12, 11), status=["Draft."], published=False)

    assert client.get("/").content == before


def test_each_pair_of_papers_is_compared_once(client, groups, monkeypatch):
    compared = []

    def count(older, newer, corrections=()):
        compared.append((older, newer))
        return compare(older, newer, corrections)

    kept.changes_between.cache_clear()
    kept.record_of.cache_clear()
    monkeypatch.setattr(kept, "compare", count)

    for address in ("/", "/meetings/2024-09-18/", "/meetings/", "/?board=2024-06-26", "/"):
        read(client, address)

    assert len(compared) == 2


def test_a_change_outside_the_status_is_told_on_each_page_of_the_meeting(client):
    group = make_group("rail", "Rail")
    status = ["The group met twice."]
    issue = "CBP has advised that an extension of the program is being considered by its offices."
    make_paper(group, JUNE, status=status, issue=[issue])
    make_paper(group, SEPTEMBER, status=status, issue=[issue.replace("being", "no longer")])

    address = "/groups/rail/changes/2024-06-26...2024-09-18/#bi"
    digest = digest_of(read(client, "/"), "Rail")
    # With nothing new in the status, the other section is what a reader should see first.
    assert "no longer" in [it.text for it in digest.all("ins")]
    for page in ("/", "/meetings/2024-09-18/", "/groups/rail/"):
        main = read(client, page).main
        assert "Also changed: Issue (1 reworded)." in main.text
        assert address in {it["href"] for it in main.all("a")}
    assert read(client, address.partition("#")[0]).by_id("bi")
