"""Two papers side by side: what is computed of their pairs, and what staff say of them."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from papers.following import follow_groups
from papers.models import PairingCorrection
from tests.admin.conftest import staff
from tests.admin.followed import JUNE, MARCH, RIDER, key, messages_of
from tests.factories import make_group, make_paper
from workgroups.models import Meeting, WorkingGroup

pytestmark = pytest.mark.django_db

PAGE = "/admin/papers/pairingcorrection/pairs/2024-06-26/forced-labor/"
OLD = "CBP received 214 comments on the rule."
NEW = "CBP received 241 comments on the rule."
OTHER = "Members asked for a list of ports with night service."


@pytest.fixture
def papers(db):
    group = make_group()
    older = make_paper(group, MARCH, status=[RIDER, OLD], next_steps=["Meet in Savannah."])
    return older, make_paper(group, JUNE, status=[NEW, OTHER], next_steps=["Meet in Savannah."])


def shown(client):
    pair = client.get(PAGE).context["pair"]
    return [
        (row.newer and row.newer.number, row.label, [it.number for it in row.older])
        for row in pair.rows
    ]


def say(client, act, newer, older, **more):
    edition = client.get(PAGE).context["pair"].edition
    sent = {"act": act, "newer": key(newer), "older": key(older), "edition": edition, **more}
    return client.post(PAGE, sent)


def public_changes():
    meetings = list(Meeting.objects.all())
    group = WorkingGroup.objects.with_history().get()
    (found,) = follow_groups([group], meetings, JUNE).values()
    return [change.kind.value for change in found.changes[1].items]


def test_each_pair_is_shown_with_its_mark_its_score_and_its_reason(editor, papers):
    page = editor.get(PAGE)

    assert shown(editor) == [
        ("S1", "Reworded", ["S2"]),
        ("S2", "New", []),
        ("N1", "Continued", ["N1"]),
        (None, "No longer reported", ["S1"]),
    ]
    assertContains(page, "1 new, 1 reworded, 0 moved, 1 continued, 1 no longer reported")
    assertContains(page, "Likeness 0.")
    assertContains(page, "numbers: 214 → 241")
    assertContains(page, "word for word the same")


def test_what_staff_say_holds_at_once_and_can_be_taken_back(editor, papers):
    older, newer = papers
    first, second = newer.status_items.order_by("position")

    back = say(editor, "apart", first, older.status_items.last())

    assertRedirects(back, f"{PAGE}#item-{key(first)}")
    row = PairingCorrection.objects.get()
    assert (row.older, row.newer, row.together) == (older.status_items.last(), first, False)
    assert row.made_by.get_username() == "editor"
    assert shown(editor)[0] == ("S1", "New", [])
    assert public_changes() == ["new", "new", "same"]

    say(editor, "together", second, older.status_items.first())

    assert shown(editor)[1] == ("S2", "Reworded", ["S1"])
    assertContains(editor.get(PAGE), "Staff say so")
    assert public_changes() == ["new", "reworded", "same"]

    say(editor, "forget", first, older.status_items.last())
    say(editor, "forget", second, older.status_items.first())

    assert not PairingCorrection.objects.exists()
    assert public_changes() == ["reworded", "new", "same"]
    assert LogEntry.objects.filter(content_type__model="pairingcorrection").count() == 4


def test_saying_it_twice_changes_nothing_and_saying_otherwise_replaces_it(editor, papers):
    older, newer = papers
    item, before = newer.status_items.first(), older.status_items.last()

    say(editor, "apart", item, before)
    say(editor, "apart", item, before)
    say(editor, "together", item, before)

    row = PairingCorrection.objects.get()
    assert row.together
    assert LogEntry.objects.filter(object_id=row.pk).count() == 2


def test_what_was_changed_meanwhile_is_not_said_over(editor, papers):  # S25
    older, newer = papers
    item, before = newer.status_items.first(), older.status_items.last()
    seen = editor.get(PAGE).context["pair"].edition
    say(editor, "together", item, before)

    late = say(editor, "apart", item, before, edition=seen)

    assert messages_of(late)[-1].startswith("Nothing was stored: one of the papers, or what staff")
    assert PairingCorrection.objects.get().together


def test_it_holds_through_edits_of_both_papers(editor, papers):
    older, newer = papers
    say(editor, "together", newer.status_items.last(), older.status_items.first())

    newer.status_items.filter(text=OTHER).update(text="Something else entirely.", position=9)
    older.status_items.filter(text=RIDER).update(position=7)

    assert ("S2", "Reworded", ["S2"]) in shown(editor)


def test_an_earlier_item_can_be_named_by_its_number(editor, papers):
    _, newer = papers
    edition = editor.get(PAGE).context["pair"].edition

    editor.post(
        PAGE,
        {
            "act": "together",
            "newer": key(newer.status_items.last()),
            "older": " s1",
            "edition": edition,
        },
    )

    assert PairingCorrection.objects.get().older.text == RIDER


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"act": "together", "newer": "status_item-0", "older": "status_item-0"},
        {"act": "apart", "newer": "S1"},
        {"act": "apart", "newer": "S1", "older": "S9\x00"},
        {"act": "explode", "newer": "S1", "older": "S1"},
        {"act": "forget", "newer": "S1", "older": "S1"},
        {"act": "apart", "newer": "S1", "older": "S1", "edition": "old"},
    ],
)
def test_odd_requests_change_nothing(editor, papers, sent):  # S14
    assert editor.post(PAGE, sent).status_code == 302
    assert not PairingCorrection.objects.exists()


def test_drafts_are_paired_for_staff(editor):  # S01
    group = make_group()
    make_paper(group, MARCH, status=[OLD])
    make_paper(group, JUNE, status=[NEW], published=False)

    assertContains(editor.get(PAGE), "(a draft)")


@pytest.mark.parametrize(
    "path", ["2024-03-06/forced-labor/", "2024-06-26/bond/", "2020-01-01/forced-labor/", "x/y/"]
)
def test_without_two_papers_there_is_no_page(editor, papers, path):
    make_group("bond")

    assert editor.get(f"/admin/papers/pairingcorrection/pairs/{path}").status_code == 404
    assert editor.post(f"/admin/papers/pairingcorrection/pairs/{path}").status_code == 404


def test_a_viewer_reads_and_says_nothing(viewer, papers):  # S06
    older, newer = papers
    item, before = newer.status_items.first(), older.status_items.last()

    assertNotContains(viewer.get(PAGE), 'name="act"')
    assert say(viewer, "apart", item, before).status_code == 403
    PairingCorrection.objects.create(older_status_item=before, newer_status_item=item)
    assert say(viewer, "apart", item, before).status_code == 403
    assert say(viewer, "forget", item, before).status_code == 403
    assert PairingCorrection.objects.get().together


def test_who_may_not_read_papers_sees_no_pairs(papers):  # S06
    clerk = staff("clerk", *(f"{it}_pairingcorrection" for it in ("view", "add", "delete")))

    assert clerk.get(PAGE).status_code == 403
    assert clerk.post(PAGE, {"act": "apart"}).status_code == 403
    assert clerk.get("/admin/papers/pairingcorrection/").status_code == 403


def test_words_are_shown_as_typed(editor, papers):  # S12
    older, newer = papers
    newer.status_items.update(text="<script>alert(1)</script>")
    older.status_items.update(text="<img src=x onerror=alert(1)>")
    PairingCorrection.objects.create(
        older_status_item=older.status_items.first(), newer_status_item=newer.status_items.first()
    )

    page = editor.get(PAGE)
    listed = editor.get("/admin/papers/pairingcorrection/")

    for bad in ("<script>alert", "<img src=x"):
        assertNotContains(page, bad)
        assertNotContains(listed, bad)


def test_items_are_shown_whole(editor, papers):
    long = f"{'Members asked for more forms, and more notices. ' * 150}The sentence in question."
    older, newer = papers
    older.status_items.filter(position=2).update(text=long)
    newer.status_items.filter(position=1).update(text=long)

    assertContains(editor.get(PAGE), "The sentence in question.", count=2)


def test_a_paper_of_five_hundred_items_stays_small_and_takes_as_many_queries(editor, papers):  # S39
    def queries():
        with CaptureQueriesContext(connection) as captured:
            page = editor.get(PAGE)
        assert page.status_code == 200
        return len(captured), len(page.content)

    queries()
    few, _ = queries()
    older, newer = papers
    words = "forms and notices about the import of goods that nobody has asked for " * 3
    for number in range(500):
        for paper in papers:
            paper.status_items.create(position=number + 10, text=f"Port {number} got {words}.")
    PairingCorrection.objects.create(
        older_status_item=older.status_items.first(), newer_status_item=newer.status_items.first()
    )
    make_paper(newer.working_group, date(2023, 3, 1))

    many, size = queries()

    assert many == few <= 17
    assert size < 1_000_000
