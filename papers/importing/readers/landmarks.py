"""Which parts of a web page are the site's and not the paper's: menus, banners, feet.

Pure: standard library only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from papers.importing.readers.lines import is_label, is_title, is_whole_heading

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ROLES = {
    "navigation": "nav",
    "search": "nav",
    "banner": "header",
    "contentinfo": "footer",
    "main": "main",
}
_LONGEST = 300  # A longer stretch is no label or title.


class Landmarks:
    """Follows a walk through a page. A header that holds words of a title block is the paper's."""

    def __init__(self, root: Any) -> None:
        self.main = _only_content(root)
        self.open: list[tuple[Any, str]] = []  # Each landmark: how what is in it counts.
        self.counts: Counter[str] = Counter()

    def enter(self, element: Any) -> None:
        """An element of a kind that parts blocks begins."""
        kind = _kind(element)
        if not kind:
            return
        if kind in ("header", "footer"):
            # Looked through once, whatever is nested in it.
            is_within = any(self.counts[each] for each in ("content", "only", "site"))
            kind = "content" if is_within or _holds_the_paper(element) else "site"
        elif kind == "nav":
            kind = "site"
        else:
            kind = "only" if element is self.main else "content"
        self.open.append((element, kind))
        self.counts[kind] += 1

    def leave(self, element: Any) -> None:
        """An element ends."""
        if self.open and self.open[-1][0] is element:
            self.counts[self.open.pop()[1]] -= 1

    @property
    def is_furniture(self) -> bool:
        """Whether what is said here is of the site."""
        return bool(self.counts["site"]) or (self.main is not None and not self.counts["only"])


def _kind(element: Any) -> str:
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    if tag in ("nav", "header", "footer", "main", "article"):
        return tag
    return _ROLES.get((element.get("role") or "").strip().lower(), "")


def _only_content(root: Any) -> Any:
    """The one ``main`` or else ``article``, where it holds the paper and nothing else does."""
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    for wanted in ("main", "article"):
        found = [element for element in elements if _kind(element) == wanted]
        if found:
            break
    if len(found) != 1:
        return None
    of_main = {id(element) for element in found[0].iter()}
    inside = any(_speaks(element) for element in elements if id(element) in of_main)
    outside = any(_speaks(element) for element in elements if id(element) not in of_main)
    return found[0] if inside and not outside else None


def _holds_the_paper(element: Any) -> bool:
    return any(_speaks(each) for each in element.iter() if isinstance(each.tag, str))


def _speaks(element: Any) -> bool:
    """Whether an element has a field's label, or a heading that a paper has."""
    for words in _said(element):
        if len(words) > _LONGEST:
            continue
        if is_whole_heading(words) or is_title(words):
            if element.tag in HEADINGS:
                return True
        elif is_label(words):
            return True
    return False


def _said(element: Any) -> Iterator[str]:
    if element.tag in HEADINGS:
        words = ""
        for text in element.itertext():
            words += text
            if len(words) > _LONGEST:
                return
        yield " ".join(words.split())
    elif element.tag not in ("title", "script", "style"):
        yield (element.text or "").strip()
