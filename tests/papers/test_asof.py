"""``?asof=`` names a day in one form, and anything else is ignored with a note."""

from datetime import date

import pytest
import time_machine

from papers.asof import AsOf, ignored, parse_day, read_asof


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-09-18", date(2024, 9, 18)),
        ("2024-02-29", date(2024, 2, 29)),
        ("0001-01-01", date(1, 1, 1)),
        ("9999-12-31", date(9999, 12, 31)),
    ],
)
def test_a_day_is_read_in_its_one_form(text, day):
    assert parse_day(text) == day


# S14
@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "today", "2024", "2024-09", "2024-9-18", "24-09-18", "20240918", "2024-W38-3"),
        *("2024-09-31", "2023-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "0000-01-01"),
        *("2024-09-18T00:00", "2024-09-18 ", " 2024-09-1", "+024-09-18", "-024-09-18"),
        *("2024/09/18", "18-09-2024", "2024‐09‐18", "２０２４-０９-１８", "٢٠٢٤-٠٩-١٨"),
        *("2024-09-1²", "2024-09-1\x00", "\x002024-09-1", "2024-09-\u202e18", "²²²²-²²-²²"),
        *("10000-01-01", "2024-09-18" * 40, "' OR 1=1--", "9" * 4_400),
    ],
)
def test_anything_else_is_no_day(text):
    assert parse_day(text) is None


@time_machine.travel("2026-01-02 03:00 +0000")
def test_without_a_day_in_the_address_it_is_today_in_washington(rf):
    asof = read_asof(rf.get("/"))

    assert asof == AsOf(date(2026, 1, 1))
    assert (asof.query, str(asof)) == ("", "January 1, 2026")


@pytest.mark.parametrize("blank", ["/?asof=", "/?asof=%20%20"])
def test_an_empty_field_of_the_form_asks_for_nothing(rf, blank):
    asof = read_asof(rf.get(blank))

    assert not asof.is_asked
    assert not asof.note


def test_a_day_in_the_address_is_carried_on_by_links(rf):
    asof = read_asof(rf.get("/?asof=2021-03-17"))

    assert asof == AsOf(date(2021, 3, 17), is_asked=True)
    assert (asof.query, str(asof)) == ("?asof=2021-03-17", "March 17, 2021")


def test_spaces_around_the_day_do_not_matter(rf):
    assert read_asof(rf.get("/?asof=+2021-03-17+")).day == date(2021, 3, 17)


def test_of_a_repeated_day_the_last_one_counts(rf):
    assert read_asof(rf.get("/?asof=2021-03-17&asof=2024-09-18")).day == date(2024, 9, 18)


# S14
@time_machine.travel("2026-01-02 15:00 +0000")
def test_a_value_that_is_no_day_is_ignored_with_a_note(rf):
    asof = read_asof(rf.get("/?asof=yesterday"))

    assert (asof.day, asof.is_asked, asof.query) == (date(2026, 1, 2), False, "")
    assert asof.note == ignored("asof", "a date such as 2024-09-18")
    assert asof.note == (
        "The address says “asof=”, but not with a date such as 2024-09-18. That part was ignored."
    )
