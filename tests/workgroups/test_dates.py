"""Dates as precisely as a source gives them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workgroups.dates import (
    PRECISION_LABELS,
    KnownDate,
    Precision,
    known_date_problem,
    long_day,
    month_year,
    short_month_year,
)

DAY, MONTH, QUARTER, YEAR, BY, BETWEEN = Precision

# first, precision, last -> str, short, in_sentence, since, iso, earliest, latest, takes_effect
CASES = [
    (
        (date(2023, 12, 13), DAY),
        "December 13, 2023",
        "Dec 2023",
        "on December 13, 2023",
        "since December 13, 2023",
        "2023-12-13",
        (date(2023, 12, 13), date(2023, 12, 13), date(2023, 12, 13)),
    ),
    (
        (date(2023, 11, 1), MONTH),
        "November 2023",
        "Nov 2023",
        "in November 2023",
        "since November 2023",
        "2023-11",
        (date(2023, 11, 1), date(2023, 11, 30), date(2023, 11, 1)),
    ),
    (
        (date(2024, 2, 1), MONTH),
        "February 2024",
        "Feb 2024",
        "in February 2024",
        "since February 2024",
        "2024-02",
        (date(2024, 2, 1), date(2024, 2, 29), date(2024, 2, 1)),
    ),
    (
        (date(2024, 12, 1), MONTH),
        "December 2024",
        "Dec 2024",
        "in December 2024",
        "since December 2024",
        "2024-12",
        (date(2024, 12, 1), date(2024, 12, 31), date(2024, 12, 1)),
    ),
    (
        (date(2024, 1, 1), QUARTER),
        "first quarter of 2024",
        "Q1 2024",
        "in the first quarter of 2024",
        "since the first quarter of 2024",
        "",
        (date(2024, 1, 1), date(2024, 3, 31), date(2024, 1, 1)),
    ),
    (
        (date(2021, 4, 1), QUARTER),
        "second quarter of 2021",
        "Q2 2021",
        "in the second quarter of 2021",
        "since the second quarter of 2021",
        "",
        (date(2021, 4, 1), date(2021, 6, 30), date(2021, 4, 1)),
    ),
    (
        (date(2021, 7, 1), QUARTER),
        "third quarter of 2021",
        "Q3 2021",
        "in the third quarter of 2021",
        "since the third quarter of 2021",
        "",
        (date(2021, 7, 1), date(2021, 9, 30), date(2021, 7, 1)),
    ),
    (
        (date(2021, 10, 1), QUARTER),
        "fourth quarter of 2021",
        "Q4 2021",
        "in the fourth quarter of 2021",
        "since the fourth quarter of 2021",
        "",
        (date(2021, 10, 1), date(2021, 12, 31), date(2021, 10, 1)),
    ),
    (
        (date(2019, 1, 1), YEAR),
        "2019",
        "2019",
        "in 2019",
        "since 2019",
        "2019",
        (date(2019, 1, 1), date(2019, 12, 31), date(2019, 1, 1)),
    ),
    (
        (date(2023, 6, 14), BY),
        "by June 14, 2023",
        "by Jun 2023",
        "by June 14, 2023",
        "since June 14, 2023 or earlier",
        "",
        (None, date(2023, 6, 14), date(2023, 6, 14)),
    ),
    (
        (date(2022, 12, 7), BETWEEN, date(2023, 6, 14)),
        "between December 7, 2022 and June 14, 2023",
        "Dec 2022 to Jun 2023",
        "between December 7, 2022 and June 14, 2023",
        "since June 14, 2023 or earlier",
        "",
        (date(2022, 12, 7), date(2023, 6, 14), date(2023, 6, 14)),
    ),
]
NAMES = [f"{case[0][1]} {case[0][0]}" for case in CASES]


def known(case):
    return KnownDate(*case[0])


def test_the_cases_cover_every_precision():
    assert {case[0][1] for case in CASES} == set(Precision) == set(PRECISION_LABELS)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_date_is_written_as_precisely_as_it_is_known(case):
    assert str(known(case)) == case[1]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_date_has_a_short_form_for_tables(case):
    assert known(case).short == case[2]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_date_stands_in_a_sentence_with_its_preposition(case):
    assert known(case).in_sentence == case[3]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_state_is_said_to_last_since_its_date(case):
    assert known(case).since == case[4]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_only_days_months_and_years_have_a_form_for_machines(case):
    assert known(case).iso == case[5]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_date_knows_its_first_last_and_counting_day(case):
    when = known(case)

    assert (when.earliest, when.latest, when.takes_effect) == case[6]


def test_a_date_without_precision_is_a_day():
    assert KnownDate(date(2024, 9, 18)) == KnownDate(date(2024, 9, 18), DAY)


@pytest.mark.parametrize(
    ("first", "precision", "last", "problem"),
    [
        (date(2023, 1, 1), BETWEEN, None, "needs the last possible day as well"),
        (date(2023, 1, 2), BETWEEN, date(2023, 1, 2), "must be after the first"),
        (date(2023, 1, 2), BETWEEN, date(2023, 1, 1), "must be after the first"),
        (date(2023, 1, 1), DAY, date(2023, 1, 2), "Only “between two days”"),
        (date(2023, 1, 1), MONTH, date(2023, 1, 31), "Only “between two days”"),
        (date(2023, 1, 1), BY, date(2023, 1, 31), "Only “between two days”"),
        (date(2023, 1, 2), MONTH, None, "A month is entered as its first day, such as 2023-01-01"),
        (date(2023, 2, 1), QUARTER, None, "A quarter is entered as its first day"),
        (date(2023, 4, 2), QUARTER, None, "A quarter is entered as its first day"),
        (date(2023, 2, 1), YEAR, None, "A year is entered as its first day, such as 2023-01-01"),
        (date(2023, 1, 2), YEAR, None, "A year is entered as its first day"),
    ],
)
def test_what_does_not_make_a_date_is_refused_in_words(first, precision, last, problem):
    with pytest.raises(ValueError, match=problem):
        KnownDate(first, precision, last)

    assert problem in known_date_problem(first, precision, last)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_what_makes_a_date_has_no_problem(case):
    first, precision, last = (*case[0], None)[:3]

    assert known_date_problem(first, precision, last) == ""


@pytest.mark.parametrize(
    ("day", "long", "month", "short"),
    [
        (date(2024, 9, 8), "September 8, 2024", "September 2024", "Sep 2024"),
        (date(2025, 12, 31), "December 31, 2025", "December 2025", "Dec 2025"),
        (date(2024, 5, 1), "May 1, 2024", "May 2024", "May 2024"),
    ],
)
def test_days_are_written_the_american_way(day, long, month, short):
    assert (long_day(day), month_year(day), short_month_year(day)) == (long, month, short)


def known_dates():
    """Any valid date of any precision."""
    days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
    years, months = st.integers(1990, 2090), st.integers(1, 12)
    return st.one_of(
        st.builds(KnownDate, days, st.sampled_from([DAY, BY])),
        st.builds(lambda year, month: KnownDate(date(year, month, 1), MONTH), years, months),
        st.builds(
            lambda year, quarter: KnownDate(date(year, 3 * quarter - 2, 1), QUARTER),
            years,
            st.integers(1, 4),
        ),
        st.builds(lambda year: KnownDate(date(year, 1, 1), YEAR), years),
        st.builds(lambda pair: KnownDate(pair[0], BETWEEN, pair[1]), two_days(days)),
    )


def two_days(days):
    return st.tuples(days, days).filter(lambda pair: pair[0] < pair[1])


@given(known_dates())
def test_a_date_counts_from_a_day_on_which_it_can_have_happened(when):
    assert (when.earliest or when.takes_effect) <= when.takes_effect <= when.latest


@given(known_dates())
def test_a_date_never_shows_a_day_that_its_source_does_not_give(when):
    shows_a_day = f"{when.first.day}," in str(when)

    assert shows_a_day == (when.precision in (DAY, BY, BETWEEN))
