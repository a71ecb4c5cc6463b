"""Whatever is stored is shown as typed: nothing of it is ever markup (S12, S13)."""

from datetime import date
from html import unescape

import pytest
from django.apps import apps
from django.db.models import CharField, TextField, URLField

from tests.factories import make_group, make_meeting, make_mention, make_paper, make_source
from tests.pages.html import Page
from workgroups.models import (
    CommitteeEvent,
    GlossaryEntry,
    GroupAlias,
    GroupEvent,
    Subcommittee,
    Term,
)

pytestmark = pytest.mark.django_db

ATTACK = (
    "<i>{}</i><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&lt;{{{{ 7 }}}}{{% x %}}"
)
DAY = date(2024, 9, 18)
ADDRESSES = [
    *("/", "/?asof=2024-09-18", "/meetings/", "/meetings/2024-09-18/", "/meetings/2024-06-26/"),
    *("/groups/", "/groups/?asof=2024-09-17", "/groups/bond/", "/groups/told/"),
    *("/papers/", "/papers/2024-09-18/bond/", "/papers/2024-09-18/told/", "/glossary/", "/about/"),
]
# Stored, but on no public page: for search, for the admin, or overruled by something else.
NOT_SHOWN = {
    *("Subcommittee.short_name", "Subcommittee.note", "WorkingGroup.acronym"),
    # A group's names come from its events.
    "WorkingGroup.name",
    # A source with a title goes by that.
    "Source.key",
    "IssuePaper.dated_as_printed",
    *("PaperSection.kind", "StatusItem.marker", "NextStep.marker", "SectionItem.marker"),
    *("NextStep.due_words", "GroupEvent.group_kind"),
}


def texts(model):
    """The fields in which anybody could type what they like."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, (CharField, TextField))
        and not isinstance(field, URLField)
        and not field.choices
        and "precision" not in field.name
        and field.name not in ("slug", "pub_number", "source_sha256")
    ]


def attack(model, field):
    return ATTACK.format(f"{model.__name__}.{field.name}")[: field.max_length]


@pytest.fixture
def attacked():
    """A small record that holds an attack in each text it can hold; gives what is to be seen."""
    trade = Subcommittee.objects.create(name="Trade", slug="trade")
    meeting = make_meeting(DAY, term=Term.objects.create(number=17))
    earlier = make_meeting(date(2024, 6, 26))
    source = make_source()
    bond, told = make_group("bond", subcommittee=trade), make_group("told", established=None)
    GroupAlias.objects.create(group=bond, name="Alias")
    GroupEvent.objects.create(group=bond, kind="sow-revised", happened_on=DAY)
    bond.events.first().sources.set([source])
    make_mention(bond, earlier, sources=[source])
    make_mention(None, earlier, sources=[source])
    CommitteeEvent.objects.create(happened_on=DAY, title="Closed").sources.set([source])
    GlossaryEntry.objects.create(term="Term", slug="term", meaning="Meaning")
    paper = make_paper(
        bond, meeting=meeting, background=["b"], issue=["i"], next_steps=["n"], other={"O": ["o"]}
    )
    paper.corrections.create(note="Corrected.")
    make_paper(
        told, meeting=meeting, source_kind="third-party-summary", source_url="https://a.example/"
    )
    seen = set()
    for app in ("workgroups", "papers"):
        for model in apps.get_app_config(app).get_models():
            fields = [it for it in texts(model) if it.name != "heading"]
            if fields and model.objects.exists():
                model.objects.update(**{field.name: attack(model, field) for field in fields})
                seen |= {f"{model.__name__}.{field.name}" for field in fields}
    for part in (paper.section_items.filter(section="other"), paper.sections.filter(kind="other")):
        heading = part.model._meta.get_field("heading")
        part.update(heading=attack(paper.sections.model, heading))
    for items in (paper.section_items, paper.status_items, paper.next_steps):
        text = attack(items.model, items.model._meta.get_field("text"))
        items.update(links=[{"text": text[:30], "target": "https://a.example/?q=\"'><script>&"}])
    return seen - NOT_SHOWN | {"PaperSection.heading"}


def test_every_text_is_shown_and_none_of_it_is_markup(client, attacked):
    pages = []
    for address in ADDRESSES:
        response = client.get(address)
        assert response.status_code == 200, address
        html = response.content.decode()
        pages.append(Page(html))
        assert pages[-1].problems() == [], address
        assert not any(it.tag in ("i", "img", "script") for it in pages[-1].walk()), address

    text = "\n".join(page.raw_text for page in pages).casefold()
    missing = {name for name in attacked if f"<i>{name}</i>".casefold()[:24] not in text}
    assert missing == set()
    assert "{{ 7 }}{% x %}" in text
    assert "&lt;" in text


def test_what_is_shown_is_exactly_what_is_stored(client, attacked):
    page = Page(client.get("/papers/2024-09-18/bond/").content.decode())

    [item] = page.by_id("s1").all("p", dir="auto")
    assert item.text == ATTACK.format("StatusItem.text")
    assert unescape(item.text) != item.text


def test_a_link_keeps_to_its_address_whatever_that_holds(client, attacked):
    page = Page(client.get("/papers/2024-09-18/bond/").content.decode())

    [link] = page.by_id("s1").one("p", dir="auto").all("a")
    assert link["href"] == "https://a.example/?q=\"'><script>&"
    assert set(link.attributes) == {"href", "rel"}


def test_text_of_either_direction_keeps_to_its_place(client):
    paper = make_paper(make_group("bond"), DAY, status=["العربية \u202eevil\u202c end"])

    page = Page(client.get(paper.get_absolute_url()).content.decode())

    assert page.by_id("s1").one("p")["dir"] == "auto"
    assert page.by_id("s1").one("p").text == "العربية \u202eevil\u202c end"
