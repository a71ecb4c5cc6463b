"""A record in which steps are made, repeated, reworded, left out, and outlive their group."""

from datetime import date

from papers.models.followup import StepOutcome
from tests.factories import make_event, make_group, make_meeting, make_paper, make_subcommittee

DECEMBER, MARCH, JUNE, SEPTEMBER = (
    date(2023, 12, 13),
    date(2024, 3, 6),
    date(2024, 6, 26),
    date(2024, 9, 18),
)
RUN = (DECEMBER, MARCH, JUNE, SEPTEMBER)

DRAFT = "CBP will provide the group with a draft of the revised recordation guidance."
DRAFT_REWORDED = (
    "CBP will provide the group with a second draft of the revised recordation guidance."
)
SAMPLE = "The group will review a sample of the documents requested during a detention."
BRIEFING = "CBP will brief the group on the results of the machine-learning pilot."
RIDERS = "The group will send CBP its comments on electronic bond riders by October 2024."
HANDBOOK = "The trade will publish an updated handbook on disclaiming agency data."
LIKELY = "The group anticipates that a pilot of digital certificates begins next spring."
DRAFTED = "CBP sent the group a draft of the revised recordation guidance on July 2, 2024."
MET = "The group met every two weeks to go through examples of infringing goods."
METRICS = "Members proposed four metrics that measure how well recordation works."
PORTAL = "A portal through which right holders answer questions opened in all ports of entry."


def make_followed_record():
    """Five groups through four meetings; returns their papers by (slug, date).

    Of the intellectual property group: a step repeated, reworded, then repeated; one left out; one
    tracked in its status. The bond group made no paper since June. The technology group is on
    hiatus. The border group ended with an open step. The cargo group has one paper alone.
    """
    trade, secure = make_subcommittee("Intelligent Enforcement"), make_subcommittee()
    for held_on in RUN:
        make_meeting(held_on, record_complete=held_on == SEPTEMBER)
    rights = make_group("intellectual-property-rights", subcommittee=trade)
    bond = make_group("bond", subcommittee=trade)
    technology = make_group("emerging-technology", subcommittee=secure)
    border = make_group("border-recognition", subcommittee=secure)
    cargo = make_group("cargo", subcommittee=secure)
    make_event(technology, "hiatus", date(2024, 7, 1))
    make_event(border, "concluded", date(2024, 8, 1))
    papers = [
        make_paper(rights, DECEMBER, status=[MET, METRICS], next_steps=[DRAFT]),
        make_paper(rights, MARCH, status=[MET], next_steps=[DRAFT, SAMPLE]),
        make_paper(rights, JUNE, status=[MET, LIKELY], next_steps=[DRAFT_REWORDED]),
        make_paper(rights, SEPTEMBER, status=[DRAFTED, PORTAL], next_steps=[DRAFT_REWORDED]),
        make_paper(bond, MARCH, next_steps=[HANDBOOK]),
        make_paper(bond, JUNE, next_steps=[RIDERS, HANDBOOK]),
        make_paper(technology, MARCH, next_steps=[BRIEFING]),
        make_paper(technology, JUNE, status=["The pilot went on in three ports."]),
        make_paper(border, MARCH, next_steps=["The group will list foreign programs."]),
        make_paper(border, JUNE, next_steps=["The group will list foreign programs."]),
        make_paper(cargo, SEPTEMBER, next_steps=["The group will name its members."]),
    ]
    found = {(it.working_group.slug, it.meeting.held_on): it for it in papers}
    found["bond", JUNE].next_steps.filter(position=1).update(owner="group", due_words="October")
    found["bond", JUNE].next_steps.filter(position=2).update(owner="trade")
    found["intellectual-property-rights", JUNE].status_items.filter(position=2).update(
        also_next_step=True
    )
    return found


def make_outcome(step, meeting, outcome="done", evidence=None, **fields):
    """Staff state what became of a next step; without evidence by a note."""
    if evidence is None:
        fields.setdefault("note", "The committee said so at its meeting.")
    return StepOutcome.objects.create(
        next_step=step, meeting=meeting, outcome=outcome, evidence=evidence, **fields
    )


def settle_the_draft(papers, outcome="done"):
    """Staff answer the step of the recordation guidance by a status item of September."""
    september = papers["intellectual-property-rights", SEPTEMBER]
    step = papers["intellectual-property-rights", JUNE].next_steps.get()
    evidence = september.status_items.get(text=DRAFTED)
    return make_outcome(step, september.meeting, outcome, evidence)
