"""Two people at one form: nothing is saved over what its saver has not seen (S25, S26)."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from papers.models import IssuePaper
from tests.admin.conftest import staff_as
from tests.admin.forms import add_row, errors_of, fields_of
from tests.factories import (
    add_items,
    make_event,
    make_group,
    make_meeting,
    make_mention,
    make_paper,
    make_source,
)
from workgroups.models import WorkingGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db):
    client = staff_as("Publisher")
    User.objects.filter(username="publisher").update(username="anna")
    return client


def change(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def form_of(client, row):
    return fields_of(client.get(change(row)))


def save(client, row, sent):
    answer = client.post(change(row), sent)
    assert answer.status_code == 302, errors_of(answer)


def comes_back(client, row, sent):
    """The form that was refused: its errors and what it would send now."""
    page = client.post(change(row), sent)
    assert page.status_code == 200
    return errors_of(page), fields_of(page), page


def draft(*statuses, **fields):
    return make_paper(make_group(), status=statuses, published=False, **fields)


def texts(paper):
    return list(paper.status_items.order_by("position").values_list("text", flat=True))


def test_the_second_editor_is_told_who_saved_and_keeps_the_typed_text(editor, other):  # S25
    paper = draft("One.")
    mine = form_of(editor, paper) | {"office_line": "Mine", "status_items-0-text": "My words."}
    theirs = form_of(other, paper) | {"office_line": "Theirs", "status_items-0-text": "Her words."}
    save(other, paper, theirs)

    errors, again, page = comes_back(editor, paper, mine)

    assert errors[0].startswith("anna, on ")
    assert "changed this issue paper while you worked on it" in errors[0]
    assertContains(page, f'<a href="{change(paper)}" target="_blank" rel="noopener">')
    assert again["office_line"] == "Mine"
    assert again["status_items-0-text"] == "My words."
    paper.refresh_from_db()
    assert (paper.office_line, texts(paper)) == ("Theirs", ["Her words."])

    save(editor, paper, again)  # Saving again takes over what was typed.

    paper.refresh_from_db()
    assert (paper.office_line, texts(paper)) == ("Mine", ["My words."])


def test_a_form_without_an_edition_changes_nothing(editor):  # S25
    paper = draft("One.")
    sent = form_of(editor, paper) | {"office_line": "Mine"}
    for edition in (None, "", "zz", ".", "9" * 5000, "\x00"):
        sent.pop("edition", None)
        forged = sent if edition is None else sent | {"edition": edition}

        errors, _, _ = comes_back(editor, paper, forged)

        assert errors[0].startswith("Somebody changed this issue paper")
    paper.refresh_from_db()
    assert paper.office_line == ""


@pytest.mark.parametrize("what", ["item", "section", "correction", "source", "moment"])
def test_whatever_of_a_paper_was_changed_is_noticed(publisher, what):  # S25
    paper = draft("One.")
    sent = form_of(publisher, paper)
    match what:
        case "item":
            paper.status_items.update(marker="•")
        case "section":
            paper.sections.update(remark="None at this time.")
        case "correction":
            paper.corrections.create(note="A letter.")
        case "source":
            paper.sources.add(make_source())
        case "moment":
            paper.publish()

    errors, _, _ = comes_back(publisher, paper, sent)

    assert "changed this issue paper while you worked on it" in errors[0]


def test_rows_that_somebody_deleted_or_added_do_not_hinder_the_second_save(editor, other):  # S25
    paper = draft("One.", "Two.", "Three.")
    mine = form_of(editor, paper) | {"status_items-0-text": "My one."}
    add_row(mine, "status_items", level=0, text="My fourth.", links="[]")
    theirs = form_of(other, paper) | {"status_items-0-DELETE": "on", "status_items-1-text": "Her 2"}
    add_row(theirs, "status_items", level=0, text="Her fourth.", links="[]", marker="•")
    save(other, paper, theirs)
    assert texts(paper) == ["Her 2", "Three.", "Her fourth."]

    _, again, _ = comes_back(editor, paper, mine)

    shown = {value for name, value in again.items() if name.endswith("-text")}
    assert shown >= {"My one.", "Two.", "Three.", "My fourth.", "Her fourth."}
    save(editor, paper, again)
    assert sorted(texts(paper)) == ["Her fourth.", "My fourth.", "My one.", "Three.", "Two."]
    assert paper.status_items.get(text="Her fourth.").marker == "•"


def test_a_row_that_both_deleted_stays_deleted(editor, other):  # S25
    paper = draft("One.", "Two.")
    mine = form_of(editor, paper) | {"status_items-0-DELETE": "on"}
    save(other, paper, form_of(other, paper) | {"status_items-0-DELETE": "on"})

    _, again, _ = comes_back(editor, paper, mine)

    save(editor, paper, again)
    assert texts(paper) == ["Two."]


def test_every_row_of_a_long_paper_keeps_its_own_words_in_a_conflict(editor):  # S25
    paper = draft()
    add_items(paper.status_items, [f"Item {number}." for number in range(1, 41)])
    mine = form_of(editor, paper)
    for number in range(40):
        mine[f"status_items-{number}-text"] = f"Mine {number + 1}."
    paper.status_items.filter(position__in=[3, 7, 40]).delete()

    _, again, _ = comes_back(editor, paper, mine)

    save(editor, paper, again)
    assert texts(paper) == [f"Mine {number}." for number in range(1, 41)]


def test_a_third_change_is_noticed_again(editor):  # S25
    paper = draft("One.")
    mine = form_of(editor, paper) | {"office_line": "Mine"}
    paper.status_items.update(text="Two.")
    _, again, _ = comes_back(editor, paper, mine)
    paper.status_items.update(text="Three.")

    errors, _, _ = comes_back(editor, paper, again)

    assert "while you worked on it" in errors[0]


def test_a_faulty_form_still_carries_the_edition_that_was_seen(editor):  # S25
    paper = draft("One.")
    _, again, _ = comes_back(editor, paper, form_of(editor, paper) | {"pub_number": "12"})

    save(editor, paper, again | {"pub_number": "0318-0924"})

    paper.refresh_from_db()
    assert paper.pub_number == "0318-0924"


def test_broken_row_counts_in_an_outdated_form_are_a_fault_of_the_form(editor):  # S14, S25
    paper = draft("One.")
    sent = form_of(editor, paper) | {"edition": "old"}
    for total, initial in [("zz", "1"), ("-1", "1"), ("9" * 30, "1"), ("1", "9999"), ("", "")]:
        counts = {"status_items-TOTAL_FORMS": total, "status_items-INITIAL_FORMS": initial}

        answer = editor.post(change(paper), sent | counts)

        assert answer.status_code == 200
        assertContains(answer, "while you worked on it")


def test_publishing_from_an_outdated_form_is_refused(publisher):  # S26
    paper = draft("One.")
    sent = form_of(publisher, paper) | {"_publish": "Save and publish"}
    paper.status_items.update(text="What the publisher has not seen.")

    errors, again, _ = comes_back(publisher, paper, sent)

    assert "while you worked on it" in errors[0]
    assert not IssuePaper.objects.published().exists()
    save(publisher, paper, again | {"_publish": "Save and publish"})
    assert IssuePaper.objects.published().exists()


def test_the_list_publishes_what_its_publisher_saw(publisher):  # S26
    paper = draft("One.")
    where = reverse("admin:papers_issuepaper_changelist")
    sent = {"action": "publish_selected", "_selected_action": [paper.pk]}
    page = publisher.post(where, sent)
    assertContains(page, str(paper))
    assert not IssuePaper.objects.published().exists()
    seen = {"paper": paper.pk, "edition": page.context["rows"][0]["edition"]}
    paper.status_items.update(text="What the publisher has not seen.")

    answer = publisher.post(f"{where}publish/", seen, follow=True)

    assertContains(answer, "It was changed after you looked at it")
    assert not IssuePaper.objects.published().exists()
    row = publisher.post(where, sent).context["rows"][0]
    publisher.post(f"{where}publish/", {"paper": paper.pk, "edition": row["edition"]})
    assert IssuePaper.objects.published().get() == paper


def test_a_group_is_not_saved_over_either(editor):  # S25
    group = make_group()
    sent = form_of(editor, group) | {"charge": "Mine"}
    make_event(group, "hiatus", date(2024, 5, 1), detail="Hers").sources.add(make_source())
    WorkingGroup.objects.filter(pk=group.pk).update(charge="Hers")

    errors, again, _ = comes_back(editor, group, sent)

    assert "changed this working group while you worked on it" in errors[0]
    save(editor, group, again)
    group.refresh_from_db()
    assert group.charge == "Mine"
    kept = group.events.get(kind="hiatus")
    assert (kept.happened_on, kept.detail) == (date(2024, 5, 1), "Hers")
    assert kept.sources.count() == 1


def test_a_meeting_is_not_saved_over_either(editor):  # S25
    meeting, group = make_meeting(date(2024, 9, 18)), make_group()
    mention = make_mention(group, meeting)
    sent = form_of(editor, meeting) | {"place": "Mine"}
    mention.delete()
    added = make_mention(make_group("drones"), meeting, sentence="Hers.")

    errors, again, _ = comes_back(editor, meeting, sent)

    assert "changed this meeting while you worked on it" in errors[0]
    save(editor, meeting, again)
    meeting.refresh_from_db()
    assert meeting.place == "Mine"
    found = set(meeting.mentions.values_list("group__slug", "sentence"))
    assert found == {(group.slug, mention.sentence), ("drones", added.sentence)}


def test_who_may_only_read_is_not_given_an_edition(viewer):
    page = viewer.get(change(draft("One.")))

    assertNotContains(page, 'name="edition"')
