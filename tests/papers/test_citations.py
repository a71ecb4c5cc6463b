"""Sources come to rows of any model in one query, each by its short name."""

from datetime import date

import pytest

from tests.factories import make_event, make_group, make_meeting, make_mention, make_source
from workgroups.citations import attach_citations

pytestmark = pytest.mark.django_db


def keys(row):
    return [source.key for source in row.citations]


def test_rows_of_several_models_get_their_sources_in_one_query(django_assert_num_queries):
    group, meeting = make_group(), make_meeting()
    event = make_event(group, "closed", date(2024, 1, 1))
    event.sources.set([make_source("b"), make_source("a")])
    meeting.sources.set([make_source("c")])
    mention = make_mention(group, meeting, sources=[make_source("a")])

    with django_assert_num_queries(1):
        attach_citations([event], [mention], [meeting])

    assert [keys(row) for row in (event, mention, meeting)] == [["a", "b"], ["a"], ["c"]]


def test_rows_of_two_models_with_the_same_key_keep_their_own_sources():
    group, meeting = make_group(pk=4_711), make_meeting(pk=4_711)
    group.sources.set([make_source("of the group")])
    meeting.sources.set([make_source("of the meeting")])

    attach_citations([group], [meeting])

    assert keys(group) == ["of the group"]
    assert keys(meeting) == ["of the meeting"]


def test_a_source_comes_with_what_a_page_prints():
    meeting = make_meeting()
    meeting.sources.set(
        [make_source("FR", title="Notice", url="https://fr.example/", citation="90 FR 9629")]
    )

    attach_citations([meeting])

    [source] = meeting.citations
    assert (source.key, source.title, source.url, source.citation) == (
        "FR",
        "Notice",
        "https://fr.example/",
        "90 FR 9629",
    )


def test_a_row_without_a_source_has_an_empty_list(django_assert_num_queries):
    meeting = make_meeting()

    with django_assert_num_queries(1):
        attach_citations([meeting])

    assert meeting.citations == []


def test_nothing_is_asked_for_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        attach_citations()
        attach_citations([], [])


def test_an_iterator_is_read_once():
    meeting = make_meeting()
    meeting.sources.set([make_source("a")])

    attach_citations(row for row in [meeting])

    assert keys(meeting) == ["a"]
