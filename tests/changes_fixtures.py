"""A small record in which everything happens that a meeting can change."""

from datetime import date

from papers.models import IssuePaper, StepOutcome
from papers.threads import Outcome
from tests.factories import make_group, make_meeting, make_mention, make_paper, make_subcommittee
from workgroups.models import Meeting

MARCH, JUNE, SEPTEMBER = date(2024, 3, 6), date(2024, 6, 26), date(2024, 9, 18)

STAYS = "The working group meets every second week with the brokers of each port."
REWORDED = "CBP presented eleven post-release tests of the automated environment to the members."
IN_OTHER_WORDS = "CBP presented twelve post-release tests of the automated environment to members."
GONE = "A survey of drawback filers closed in April with forty answers."
NEW = "Importers returned a first list of paper documents still required at the border."
REPEATED = "The trade will send its comments on reconciliation to the program office."
ANSWERED = "CBP will ask importers for a list of paper documents."
MADE = "The group will draft recommendations on liquidation instructions."


def make_changes():
    """Five groups at the September 2024 meeting; returns them by slug.

    ``entry`` changed much, ``bond`` nothing since March, of ``pipeline`` it is the first paper, of
    ``e-commerce`` a summary is held, ``drawback`` reported without a paper that is held.
    """
    trade = make_subcommittee()
    slugs = ("entry", "bond", "pipeline", "e-commerce", "drawback")
    groups = {slug: make_group(slug, subcommittee=trade) for slug in slugs}
    june = make_paper(
        groups["entry"], JUNE, status=[STAYS, REWORDED, GONE], next_steps=[REPEATED, ANSWERED]
    )
    september = make_paper(
        groups["entry"],
        SEPTEMBER,
        status=[STAYS, IN_OTHER_WORDS, NEW],
        next_steps=[REPEATED, MADE],
    )
    StepOutcome.objects.create(
        next_step=june.next_steps.get(text=ANSWERED),
        meeting=september.meeting,
        outcome=Outcome.DONE,
        evidence=september.status_items.get(text=NEW),
    )
    for day in (MARCH, SEPTEMBER):
        make_paper(groups["bond"], day, status=["The bond rider is with counsel."])
    make_paper(groups["pipeline"], SEPTEMBER, status=["It met in May."], next_steps=["Meet again."])
    make_paper(
        groups["e-commerce"],
        SEPTEMBER,
        source_kind="third-party-summary",
        source_url="https://a.example/",
    )
    make_paper(groups["drawback"], JUNE, status=["A form was tested."], next_steps=["Test more."])
    make_mention(groups["drawback"], Meeting.objects.get(held_on=SEPTEMBER))
    make_meeting(date(2024, 12, 11))
    return groups


def add_later_papers():
    """Beside the public record, papers of September 2024 of two groups that reported in June.

    The record itself has no two papers of one group.
    """
    held = IssuePaper.objects.published().filter(meeting__held_on=JUNE)
    border = held.get(working_group__slug="cross-border-recognition")
    trade = held.get(working_group__slug="trade-partnership-and-engagement")
    said, *others = border.status_items.values_list("text", flat=True)
    repeated, answered = border.next_steps.values_list("text", flat=True)
    september = make_paper(
        border.working_group,
        SEPTEMBER,
        status=[f"{said} The members asked for a second meeting.", NEW],
        next_steps=[repeated, MADE],
        background=others,
    )
    outcomes = ((repeated, Outcome.CARRIED_OVER, None), (answered, Outcome.DONE, NEW))
    for step, outcome, evidence in outcomes:
        StepOutcome.objects.create(
            next_step=border.next_steps.get(text=step),
            meeting=september.meeting,
            outcome=outcome,
            evidence=september.status_items.get(text=evidence) if evidence else None,
            note="" if evidence else "The office told the meeting that it needs another quarter.",
        )
    make_paper(
        trade.working_group, SEPTEMBER, status=trade.status_items.values_list("text", flat=True)[2:]
    )
