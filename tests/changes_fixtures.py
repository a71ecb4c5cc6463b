"""A small record in which everything happens that a meeting can change."""

from datetime import date

from papers.models import StepOutcome
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
