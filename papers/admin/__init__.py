"""Issue papers in Django's admin."""

from papers.admin.papers import IssuePaperAdmin

__all__ = ["IssuePaperAdmin"]
