"""What every stored text obeys."""

import re
import unicodedata
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.factories import make_event, make_group, make_meeting, make_source, make_subcommittee
from workgroups.cleaning import INVISIBLE, VISIBLE
from workgroups.models import (
    CommitteeEvent,
    GlossaryEntry,
    GroupAlias,
    GroupEvent,
    Meeting,
    Mention,
    WorkingGroup,
)
from workgroups.models.text import (
    clean_text,
    validate_name,
    validate_visible,
    validate_web_address,
)

DECOMPOSED = unicodedata.normalize("NFD", "Café Modernization")
COMPOSED = unicodedata.normalize("NFC", DECOMPOSED)


@pytest.mark.django_db
def test_names_are_stored_composed_and_found_either_way():  # S38
    group = WorkingGroup.objects.create(name=DECOMPOSED, slug="cafe")

    group.refresh_from_db()

    assert group.name == COMPOSED
    assert WorkingGroup.objects.get(name=DECOMPOSED) == group


@pytest.mark.django_db
def test_texts_are_stored_composed_without_control_characters():  # S38
    group = make_group(charge=f"{DECOMPOSED}\x00\x07\r\nsecond line\rthird\ttabbed")

    group.refresh_from_db()

    assert group.charge == f"{COMPOSED}\nsecond line\nthird\ttabbed"


@pytest.mark.parametrize(
    "text",
    ["Plain words.", "Quotes “and” dashes – stay", "ﬁ ligature", "1 240\u00a0000", "\u200bzero"],
)
def test_words_are_never_changed(text):
    assert clean_text(text) == text


CONTROLS = ["Bo\x00nd", "Bo\x07nd", "Bo\x1fnd", "Bo\x7fnd", "Bo\x85nd", "Bo\nnd", "Bo\tnd"]
BIDI = ["Bo\u202end", "Bo\u2066nd", "\u200eBond", "Bond\u061c"]


@pytest.mark.parametrize("name", CONTROLS + BIDI, ids=ascii)
def test_control_and_bidi_characters_are_refused_in_names(name):  # S38
    with pytest.raises(ValidationError, match="invisible control character"):
        validate_name(name)


NOTHING = [" ", "\u00a0", "\u200b\u200d", "\u200b\u2060", "\ufeff", "\u00ad \u2060", "\t\n"]
NOTHING += ["\u3000", "\u3164", "\u2800", "\u200e", "\u2066\u2069", "\u0085", "\ufe0f"]


@pytest.mark.parametrize("text", ["", *NOTHING], ids=ascii)
def test_texts_that_show_nothing_are_refused(text):  # S38
    with pytest.raises(ValidationError, match="at least one visible character"):
        validate_visible(text)


@pytest.mark.parametrize(
    "text", [".", "0", "\u200bx", " \n税", "\u0301", "\ue123", "💣"], ids=ascii
)
def test_texts_that_show_something_pass(text):
    validate_visible(text)


def test_the_database_knows_all_that_shows_nothing_as_python_does():
    visible, invisible = re.compile(VISIBLE), INVISIBLE

    # Half of a pair alone is no text that could be stored.
    for number in (*range(0xD800), *range(0xE000, 0x110000)):
        character = chr(number)
        assert bool(visible.match(character)) is not bool(invisible.match(character))
        if character.isspace():
            assert invisible.match(character), ascii(character)


@pytest.mark.django_db
@pytest.mark.parametrize("text", NOTHING, ids=ascii)
def test_a_text_that_readers_see_is_refused_where_it_shows_nothing(text):  # S38
    group = make_group()
    rows = {
        "meaning": GlossaryEntry(term="SOW", slug="sow", meaning=text),
        "sentence": Mention(group=group, meeting=make_meeting(), sentence=text),
        "charge": WorkingGroup(name="Bond", slug="bond", charge=text),
        "note": WorkingGroup(name="Bond", slug="bond", note=text),
        "detail": GroupEvent(group=group, happened_on=date(2024, 9, 18), detail=text),
        "place": Meeting(held_on=date(2024, 6, 26), place=text),
    }

    for field, row in rows.items():
        with pytest.raises(ValidationError, match="at least one visible") as refused:
            row.full_clean()
        assert set(refused.value.message_dict) >= {field}


@pytest.mark.parametrize("name", ["Bond", "FTZ/Warehouse", "1USG", "Café", "税関", "שער"])
def test_names_in_any_script_are_accepted(name):
    validate_name(name)


def named_rows():
    day = date(2024, 9, 18)
    return {
        "group": (make_group, "name"),
        "event": (lambda: make_event(make_group(), "renamed", day, name="Bond"), "name"),
        "alias": (lambda: GroupAlias.objects.create(group=make_group(), name="FLWG"), "name"),
        "subcommittee": (make_subcommittee, "name"),
        "source": (make_source, "key"),
        "glossary entry": (
            lambda: GlossaryEntry.objects.create(term="SOW", slug="sow", meaning="The task."),
            "term",
        ),
        "committee event": (
            lambda: CommitteeEvent.objects.create(happened_on=day, title="Restructured"),
            "title",
        ),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("kind", named_rows())
@pytest.mark.parametrize("name", ["Bo\u202end", "Bo\x00nd", "Bo\nnd", "\u200b"], ids=ascii)
def test_every_model_with_a_name_refuses_a_misleading_one(kind, name):  # S38
    make, field = named_rows()[kind]
    row = make()

    setattr(row, field, name)
    with pytest.raises(ValidationError) as refused:
        row.full_clean()

    assert field in refused.value.message_dict


BAD_ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//https://www.cbp.gov",
    "data:text/html,<script>alert(1)</script>",
    "ftp://ftp.cbp.gov/paper.pdf",
    "file:///etc/passwd",
    "//www.cbp.gov/",
    "www.cbp.gov",
    "https://",
    "https://www.cbp.gov/\njavascript:alert(1)",
    " https://www.cbp.gov",
]


@pytest.mark.parametrize("address", BAD_ADDRESSES, ids=ascii)
def test_only_full_web_addresses_pass(address):  # S13
    with pytest.raises(ValidationError, match="begins with https:// or http://"):
        validate_web_address(address)


@pytest.mark.parametrize("address", ["https://a:b@example.org/", "https://cbp.gov@example.org"])
def test_an_address_with_a_name_before_its_host_is_refused(address):  # S13
    with pytest.raises(ValidationError, match="before the @"):
        validate_web_address(address)


@pytest.mark.parametrize(
    "address", ["https://www.cbp.gov/trade?x=1#y", "http://example.org/", "https://example.org/@a"]
)
def test_web_addresses_pass(address):
    validate_web_address(address)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "field"),
    [(make_source, "url"), (make_meeting, "notice_url"), (make_meeting, "documents_url")],
)
@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://ftp.cbp.gov/paper.pdf"])
def test_stored_addresses_lead_to_the_web_alone(make, field, address):  # S13
    row = make()

    setattr(row, field, address)
    with pytest.raises(ValidationError) as refused:
        row.full_clean()

    assert field in refused.value.message_dict
