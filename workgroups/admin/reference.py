"""The glossary."""

from __future__ import annotations

from django.contrib import admin

from workgroups.admin.common import RecordAdmin
from workgroups.models import GlossaryEntry


@admin.register(GlossaryEntry)
class GlossaryEntryAdmin(RecordAdmin):
    """The committee's words."""

    list_display = ["term", "abbreviation", "meaning"]
    search_fields = ["term", "abbreviation", "meaning"]
    prepopulated_fields = {"slug": ["term"]}

    def view_on_site(self, obj: GlossaryEntry) -> str:
        """The entry's place on the public page."""
        return obj.get_absolute_url()
