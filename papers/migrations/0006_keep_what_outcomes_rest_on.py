"""Keep of each outcome whether its group had a paper for its meeting when it was stated."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce


def look_up_papers(apps, schema_editor):
    """Of outcomes stated before, it is known only which of them have a paper now."""
    database = schema_editor.connection.alias
    outcomes = apps.get_model("papers", "StepOutcome").objects.using(database)
    papers = apps.get_model("papers", "IssuePaper").objects.using(database)
    steps = ("next_step", "status_item", "section_item")
    group = Coalesce(*(f"{field}__paper__working_group" for field in steps))
    behind = papers.filter(meeting=OuterRef("meeting"), working_group=OuterRef("of_group"))
    found = outcomes.annotate(of_group=group).filter(Exists(behind))
    outcomes.filter(pk__in=list(found.values_list("pk", flat=True))).update(rests_on_paper=True)


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0005_add_outcomes_and_pairings"),
    ]

    operations = [
        migrations.AddField(
            model_name="stepoutcome",
            name="rests_on_paper",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Whether the group had a paper for the meeting, a draft too, when this "
                "was stated: then the public reads it only beside a published one.",
            ),
        ),
        migrations.RunPython(look_up_papers, migrations.RunPython.noop),
    ]
