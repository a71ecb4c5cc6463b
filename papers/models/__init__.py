"""Issue papers and what they print."""

from papers.models.followup import PairingCorrection, RejectedSuggestion, StepOutcome
from papers.models.imports import ImportBatch, ImportedFile, ImportFinding, Original
from papers.models.items import NextStep, SectionItem, StatusItem
from papers.models.paper import Correction, IssuePaper, PaperSection
from papers.models.record import LoadedRow

__all__ = [
    "Correction",
    "ImportBatch",
    "ImportFinding",
    "ImportedFile",
    "IssuePaper",
    "LoadedRow",
    "NextStep",
    "Original",
    "PairingCorrection",
    "PaperSection",
    "RejectedSuggestion",
    "SectionItem",
    "StatusItem",
    "StepOutcome",
]
