"""Words that a section prints in place of items: "None at this time.", "N/A".

Pure: standard library only.
"""

from __future__ import annotations

import re

_NOTHING = (
    r"none|n\.?\s?/\s?a\.?|not\s+applicable|nothing(?:\s+(?:new|further))?|nil|no"
    r"|(?:there\s+(?:are|is)\s+)?(?:currently\s+)?(?:no|none)"
    r"(?:\s+(?:new|further|additional|current|open|outstanding|pending|known|other|more))?"
    r"(?:\s+(?:updates?|issues?|next\s+steps?|items?|actions?|action\s+items?|concerns?"
    r"|recommendations?))?"
)
_TAIL = (
    r"(?:\s*,?\s*(?:(?:to\s+(?:report|add|note|be\s+(?:presented|reported|made|submitted))"
    r"|for\s+consideration)|identified|planned|pending|required|needed|noted"
    r"|reported|at\s+this\s+time|at\s+present|at\s+the\s+moment|currently|as\s+of\s+(?:now|today)"
    r"|(?:for\s+|during\s+|at\s+)?this\s+(?:quarter|period|meeting|reporting\s+period)))*"
)
_REMARK = re.compile(rf"(?:{_NOTHING}){_TAIL}\s*[.!]?", re.IGNORECASE)


def is_remark(words: str) -> bool:
    """Whether words say that there is nothing to say, and nothing else."""
    return len(words) <= 120 and bool(_REMARK.fullmatch(words.strip(" *_()[]-–—")))
