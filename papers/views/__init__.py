"""The public pages. A view finds, asks and renders, all in sight."""

from papers.views.groups import group_list, group_timeline
from papers.views.home import home
from papers.views.meetings import meeting_detail, meeting_list
from papers.views.originals import paper_original
from papers.views.papers import paper_detail, paper_list, papers_of_meeting
from papers.views.reference import about, glossary

__all__ = [
    "about",
    "glossary",
    "group_list",
    "group_timeline",
    "home",
    "meeting_detail",
    "meeting_list",
    "paper_detail",
    "paper_list",
    "paper_original",
    "papers_of_meeting",
]
