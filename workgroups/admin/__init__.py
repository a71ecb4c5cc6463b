"""The committee in Django's admin."""

from workgroups.admin.calendar import MeetingAdmin, SourceAdmin, TermAdmin
from workgroups.admin.events import CommitteeEventAdmin, GroupEventAdmin, MentionAdmin
from workgroups.admin.groups import SubcommitteeAdmin, WorkingGroupAdmin
from workgroups.admin.reference import GlossaryEntryAdmin

__all__ = [
    "CommitteeEventAdmin",
    "GlossaryEntryAdmin",
    "GroupEventAdmin",
    "MeetingAdmin",
    "MentionAdmin",
    "SourceAdmin",
    "SubcommitteeAdmin",
    "TermAdmin",
    "WorkingGroupAdmin",
]
