"""What the parser makes of a document, and how it travels between processes.

Pure: standard library only.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from papers.content import Item, Link, PaperContent, Section, SectionKind
from papers.importing.findings import Finding


@dataclass(frozen=True)
class Placement:
    """Where a stretch of the document went.

    ``where``: "furniture"; a field ("working_group", "subcommittee", "meeting", "pub_number",
    "action_required", "office", "submitted_by", "dated"); "heading:<n>" for the heading of the n-th
    section, "remark:<n>" for words in place of its items, "item:<n>:<m>" for its m-th item
    (both counted from 1); or "not_placed".
    """

    span: tuple[int, int]
    where: str
    page: int = 1
    line: int = 1


@dataclass(frozen=True)
class ParsedPaper:
    """One paper as read: what it says, where each word of the document went, and findings.

    ``meeting`` is (year, month) as printed in the title block, None where no month is printed.
    ``text`` is ``Document.text``, into which all spans point.
    """

    content: PaperContent
    text: str
    format: str
    pages: int = 1
    meeting: tuple[int, int] | None = None
    meeting_as_printed: str = ""
    dated_as_printed: str = ""
    placements: tuple[Placement, ...] = ()
    findings: tuple[Finding, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """For the pipe from the child process; ``from_json`` gives an equal paper back."""
        raw = asdict(self)
        dated = self.content.dated
        raw["content"]["dated"] = dated.isoformat() if dated else None
        return raw

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> ParsedPaper:
        """Raises KeyError, TypeError or ValueError where ``raw`` is not what ``to_json`` gives."""
        content = dict(raw["content"])
        content["dated"] = date.fromisoformat(content["dated"]) if content["dated"] else None
        content["sections"] = tuple(
            Section(
                kind=SectionKind(section["kind"]),
                heading=section["heading"],
                items=tuple(_item(item) for item in section["items"]),
                remark=section["remark"],
            )
            for section in content["sections"]
        )
        return cls(
            **{
                **raw,
                "content": PaperContent(**content),
                "meeting": tuple(raw["meeting"]) if raw["meeting"] else None,
                "placements": tuple(
                    Placement(**{**each, "span": tuple(each["span"])}) for each in raw["placements"]
                ),
                "findings": tuple(
                    Finding(**{**each, "span": tuple(each["span"]) if each["span"] else None})
                    for each in raw["findings"]
                ),
            }
        )


def _item(raw: dict[str, Any]) -> Item:
    links = tuple(Link(**link) for link in raw["links"])
    return Item(**{**raw, "links": links, "span": tuple(raw["span"]) if raw["span"] else None})
