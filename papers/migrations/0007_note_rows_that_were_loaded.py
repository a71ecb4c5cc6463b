"""Note which rows of the fixture files were loaded; load_record fills the table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0006_keep_what_outcomes_rest_on"),
    ]

    operations = [
        migrations.CreateModel(
            name="LoadedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        help_text="The model, such as “papers.issuepaper”.", max_length=40
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        help_text="The natural key in the files, as a list in JSON.",
                        max_length=1000,
                    ),
                ),
                (
                    "row_id",
                    models.PositiveBigIntegerField(
                        help_text="The primary key of the row it became."
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key"), name="loaded_row_once")
                ],
            },
        ),
    ]
