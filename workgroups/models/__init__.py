"""The committee's models, a module for each subject."""

from workgroups.models.calendar import FormerMeetingDate, Meeting, Source, Term
from workgroups.models.events import CommitteeEvent, GroupEvent, Mention
from workgroups.models.glossary import GlossaryEntry
from workgroups.models.groups import FormerSlug, GroupAlias, Subcommittee, WorkingGroup

__all__ = [
    "CommitteeEvent",
    "FormerMeetingDate",
    "FormerSlug",
    "GlossaryEntry",
    "GroupAlias",
    "GroupEvent",
    "Meeting",
    "Mention",
    "Source",
    "Subcommittee",
    "Term",
    "WorkingGroup",
]
