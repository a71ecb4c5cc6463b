"""Issue papers in Django's admin."""

from papers.admin.imports import ImportBatchAdmin
from papers.admin.meetings import MeetingAdmin
from papers.admin.outcomes import RejectedSuggestionAdmin, StepOutcomeAdmin
from papers.admin.pairings import PairingCorrectionAdmin
from papers.admin.papers import IssuePaperAdmin

__all__ = [
    "ImportBatchAdmin",
    "IssuePaperAdmin",
    "MeetingAdmin",
    "PairingCorrectionAdmin",
    "RejectedSuggestionAdmin",
    "StepOutcomeAdmin",
]
