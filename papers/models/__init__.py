"""Issue papers and what they print."""

from papers.models.items import NextStep, SectionItem, StatusItem
from papers.models.paper import Correction, IssuePaper, PaperSection

__all__ = [
    "Correction",
    "IssuePaper",
    "NextStep",
    "PaperSection",
    "SectionItem",
    "StatusItem",
]
