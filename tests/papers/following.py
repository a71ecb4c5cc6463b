"""For tests of followed groups: what their papers say, and what staff say of it."""

from datetime import date

from papers.following import follow_groups
from papers.models import PairingCorrection, StepOutcome
from workgroups.models import Meeting, WorkingGroup

MARCH, JUNE, SEPTEMBER = date(2024, 3, 6), date(2024, 6, 26), date(2024, 9, 18)
DECEMBER = date(2024, 12, 11)
STEP = "The group will send CBP a list of the errors that the portal returns."
OLD = "CBP received 214 comments on the rule."
NEW = "CBP received 241 comments on the rule."
OTHER = "Members asked for a list of ports with night service."


def followed(group, day=date(2025, 1, 1), **options):
    groups = WorkingGroup.objects.with_history().filter(pk=group.pk)
    return follow_groups(groups, Meeting.objects.all(), day, **options)[group.pk]


def kinds(found, index=1):
    return [it.kind.value for it in found.changes[index].items]


def link(older, newer, together=True):
    fields = {"NextStep": "next_step", "StatusItem": "status_item", "SectionItem": "section_item"}
    names = [fields[type(it).__name__] for it in (older, newer)]
    return PairingCorrection.objects.create(
        **{f"older_{names[0]}": older, f"newer_{names[1]}": newer, "together": together}
    )


def settle(step, meeting, outcome="done", field="next_step", **fields):
    fields = fields or {"note": "Said so."}
    return StepOutcome.objects.create(**{field: step}, meeting=meeting, outcome=outcome, **fields)
