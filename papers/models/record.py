"""What the fixture files once brought into the database."""

from __future__ import annotations

from django.db import models


class LoadedRow(models.Model):
    """A row of the fixture files that was loaded, and so is never loaded again.

    Its row of the database keeps its id under whatever name staff give it; where no row has that
    id any more, staff deleted it. ``papers.record_known`` alone makes and reads these.
    """

    kind = models.CharField(max_length=40, help_text="The model, such as “papers.issuepaper”.")
    key = models.CharField(
        max_length=1000, help_text="The natural key in the files, as a list in JSON."
    )
    row_id = models.PositiveBigIntegerField(help_text="The primary key of the row it became.")

    class Meta:
        # Nobody sees or edits these, so no role has a say in them.
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="loaded_row_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
