"""Rows for tests: plain functions with sensible defaults.

What people would call the same thing (a subcommittee by its name, a term by its number, a source by
its key, a meeting of a paper by its date) is made once and found again. Anything else that a model
knows is passed by its field's name.
"""

from datetime import date

from django.utils import timezone
from django.utils.text import slugify

from papers.models import IssuePaper
from workgroups.models import (
    GroupEvent,
    Meeting,
    Mention,
    Source,
    Subcommittee,
    Term,
    WorkingGroup,
)

FOUNDED = date(2018, 10, 3)  # of the committee's present structure
HELD_ON = date(2024, 9, 18)
STATUS = ("The group met twice this quarter.",)


def make_subcommittee(name="Secure Trade Lanes", **fields):
    fields.setdefault("slug", slugify(name))
    fields.setdefault("short_name", "".join(word[0] for word in name.split()).upper() + "S")
    subcommittee, _ = Subcommittee.objects.get_or_create(name=name, defaults=fields)
    return subcommittee


def make_term(number=17, **fields):
    term, _ = Term.objects.get_or_create(number=number, defaults=fields)
    return term


def make_source(key="cbp Sep 2024", **fields):
    fields.setdefault("url", f"https://www.example.gov/{slugify(key)}")
    source, _ = Source.objects.get_or_create(key=key, defaults=fields)
    return source


def make_meeting(held_on=HELD_ON, **fields):
    """A meeting that was held; ``status="planned"`` and the like say otherwise."""
    return Meeting.objects.create(held_on=held_on, **fields)


def make_group(slug="forced-labor", name=None, subcommittee=None, established=FOUNDED, **fields):
    """A group with its ``established`` event, or without one: ``established=None``.

    The event gives name, kind and subcommittee, as a group's first event does.
    """
    name = name or slug.replace("-", " ").title()
    group = WorkingGroup.objects.create(slug=slug, name=name, subcommittee=subcommittee, **fields)
    if established:
        make_event(
            group,
            "established",
            established,
            name=name,
            subcommittee=subcommittee,
            group_kind=group.kind,
        )
    return group


def make_event(group, kind, happened_on, **fields):
    return GroupEvent.objects.create(group=group, kind=kind, happened_on=happened_on, **fields)


def make_mention(group, meeting, kind="reported", **fields):
    """What a source says of ``group``; None speaks of the whole committee or a subcommittee."""
    fields.setdefault("sentence", "The group reported to the committee.")
    sources = fields.pop("sources", None) or [make_source()]
    mention = Mention.objects.create(group=group, meeting=meeting, kind=kind, **fields)
    mention.sources.set(sources)
    return mention


def make_paper(
    group,
    held_on=None,
    meeting=None,
    status=STATUS,
    next_steps=(),
    background=(),
    issue=(),
    other=None,
    published=True,
    **fields,
):
    """A paper to ``meeting`` or to the meeting of ``held_on``, which is made where there is none.

    An item is its text or ``(text, level)``; ``other`` maps printed headings to items. Each
    section with items is there, the others are absent.
    """
    if meeting is None:
        held_on = held_on or HELD_ON
        meeting = Meeting.objects.filter(held_on=held_on).first() or make_meeting(held_on)
    fields.setdefault("group_as_printed", str(group))
    if group.subcommittee:
        fields.setdefault("subcommittee_as_printed", str(group.subcommittee))
    if published:
        fields.setdefault("published_at", timezone.now())
    paper = IssuePaper.objects.create(working_group=group, meeting=meeting, **fields)
    for section, items in (("background", background), ("issue", issue)):
        add_items(paper.section_items, items, section=section)
    for heading, items in (other or {}).items():
        add_items(paper.section_items, items, section="other", heading=heading)
    add_items(paper.status_items, status)
    add_items(paper.next_steps, next_steps)
    paper.complete_sections()
    return paper


def add_items(related, items, **fields):
    """Append ``items`` to one of a paper's lists."""
    position = related.filter(**fields).count()
    for item in items:
        position += 1
        text, level = (item, 0) if isinstance(item, str) else item
        related.create(position=position, text=text, level=level, **fields)
