"""The public pages. A view finds, asks and renders, all in sight."""

from papers.views.brief import meeting_brief, meeting_brief_text
from papers.views.compare import compare, compare_default
from papers.views.groups import group_list, group_timeline
from papers.views.home import home
from papers.views.meetings import meeting_detail, meeting_list
from papers.views.originals import paper_original
from papers.views.papers import paper_detail, paper_list, papers_of_meeting
from papers.views.reference import about, glossary
from papers.views.steps import next_steps

__all__ = [
    "about",
    "compare",
    "compare_default",
    "glossary",
    "group_list",
    "group_timeline",
    "home",
    "meeting_brief",
    "meeting_brief_text",
    "meeting_detail",
    "meeting_list",
    "next_steps",
    "paper_detail",
    "paper_list",
    "paper_original",
    "papers_of_meeting",
]
