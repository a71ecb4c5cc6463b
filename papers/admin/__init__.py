"""Issue papers in Django's admin."""

from papers.admin.imports import ImportBatchAdmin
from papers.admin.meetings import MeetingAdmin
from papers.admin.papers import IssuePaperAdmin

__all__ = ["ImportBatchAdmin", "IssuePaperAdmin", "MeetingAdmin"]
