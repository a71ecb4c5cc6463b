"""Sample papers, described once and printed as text, Markdown, HTML, DOCX or PDF.

``make_docx`` and ``make_pdf`` live in modules of their own and are imported here, so a test needs
this one name. Every layout option has a plain default; unknown ones raise TypeError.
"""

from __future__ import annotations

import html
import json
import textwrap
from dataclasses import dataclass
from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "papers"
COMMITTEE = "Commercial Customs Operations Advisory Committee"


@dataclass(frozen=True)
class SampleItem:
    """``level`` None: a paragraph. ``links``: (anchor, target). ``cells``: a table row instead."""

    text: str
    level: int | None = 0
    links: tuple[tuple[str, str], ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class SamplePaper:
    """What is printed, in the order of the page; every string as printed, label included.

    ``title`` ends with the month. With an ``office``, a second title block repeats the title from
    the subcommittee on, as the committee's own papers do.
    """

    title: tuple[str, ...]
    pub: str = ""
    office: str = ""
    fields: tuple[str, ...] = ("Action Required: Informational",)
    sections: tuple[tuple[str, tuple[SampleItem, ...]], ...] = ()
    submitted: str = ""
    dated: str = ""

    @property
    def second_title(self) -> tuple[str, ...]:
        return (self.office, *self.title[2:]) if self.office else ()

    @property
    def closing(self) -> tuple[str, ...]:
        return tuple(line for line in (self.submitted, self.dated) if line)


def bullet(text, level=0, *links):
    return SampleItem(text, level, tuple(links))


def para(text, *links):
    return SampleItem(text, None, tuple(links))


def row(*cells):
    return SampleItem(" | ".join(cells), None, (), tuple(cells))


def sample(group="Sample Working Group", month="June 2024", sections=(), **changes):
    """A plain paper with invented facts; ``sections`` and every field can be given."""
    parts = {
        "title": (
            COMMITTEE,
            "Government Issue Paper",
            "Secure Trade Lanes Subcommittee",
            group,
            month,
        ),
        "pub": "Pub# 3700-0624",
        "office": "Cargo and Conveyance Security/Office of Field Operations",
        "sections": sections or SECTIONS,
        "submitted": "Submitted by: Pat Example, Office of Field Operations",
        "dated": "Date: May 16, 2024",
    }
    return SamplePaper(**{**parts, **changes})


SECTIONS = (
    (
        "Background",
        (
            para(
                "The sample group was formed to look at how papers are read, and it reports to "
                "the subcommittee four times a year on what it has found and what it will do."
            ),
        ),
    ),
    (
        "Issue",
        (
            bullet("Members ask how much of a paper is lost when it is typed anew by hand."),
            bullet(
                "The answer depends on the length of the paper and on who does the typing, so the "
                "group has asked three offices to count the words before and after.",
            ),
        ),
    ),
    (
        "Current Status",
        (
            bullet("Three offices have counted the words of ten papers each:"),
            bullet("the first lost none of them in the whole of the quarter;", 1),
            bullet("the second lost a whole list, which stood on the last page;", 1),
            bullet("nobody had turned that page.", 2),
            bullet(
                "The counts are kept on the Word Count website.",
                0,
                ("Word Count website", "https://example.gov/words"),
            ),
        ),
    ),
    ("Next Steps", (bullet("The group will meet again in July 2024 to count once more."),)),
)


def seed_papers():
    """The four papers of the record whose documents are kept: name of the document -> sample."""
    papers = {}
    for path in sorted(FIXTURES.glob("2024-*.json")):
        rows = json.loads(path.read_text(encoding="utf-8"))
        fields = rows[0]["fields"]
        name = f"{fields['meeting'][0][:7]}-{fields['working_group'][0]}"
        papers[name] = _seed(fields, rows)
    return papers


def _seed(fields, rows):
    text = fields["source_text"].replace("**", "")
    month = next(line for line in text.splitlines() if line.strip().endswith("2024")).strip()
    kinds = {"papers.statusitem": "current-status", "papers.nextstep": "next-steps"}
    sections = []
    for section in (row["fields"] for row in rows if row["model"] == "papers.papersection"):
        items = tuple(
            SampleItem(
                row["fields"]["text"],
                row["fields"].get("level", 0) if row["fields"].get("marker") else None,
                tuple((link["text"], link["target"]) for link in row["fields"].get("links", ())),
            )
            for row in rows
            if row["fields"].get("text")
            and (kinds.get(row["model"]) or row["fields"].get("section")) == section["kind"]
        )
        sections.append((section["heading"], items))
    return SamplePaper(
        title=(
            COMMITTEE,
            "Government Issue Paper",
            fields["subcommittee_as_printed"],
            fields["group_as_printed"],
            month,
        ),
        pub=f"Pub# {fields['pub_number']}" if fields.get("pub_number") else "",
        office=fields.get("office_line", ""),
        fields=(f"Action Required: {fields['action_required']}",),
        sections=tuple(sections),
        submitted=f"Submitted by: {fields['submitted_by']}, {fields['submitter_office']}",
        dated=f"Date: {fields['dated_as_printed']}",
    )


HEADINGS = {
    "colon": lambda number, heading: f"{heading}:",
    "plain": lambda number, heading: heading,
    "capitals": lambda number, heading: heading.upper(),
    "numbered": lambda number, heading: f"{number}. {heading}",
}


def make_txt(
    paper,
    *,
    width=0,
    markers=("-", "- o", "-"),
    indent=1,
    hanging=True,
    headings="colon",
    blank_between=False,
    running_head="",
    page_footer="",
    lines_a_page=0,
    ends="\n",
    encoding="utf-8",
    links=False,
):
    """Bytes of a text file.

    ``width`` 0 leaves each item on one line. ``indent``: columns a level. ``hanging`` indents the
    wrapped lines of a bullet. ``lines_a_page`` puts form feeds in, with ``running_head`` above and
    ``page_footer`` ("Page {page} of {pages}") below. ``links`` prints them as Markdown does.
    """
    lines = [*paper.title[:-1], "", paper.title[-1], "", ""]
    lines += [paper.pub, ""] if paper.pub else []
    lines += [*paper.second_title, ""] if paper.second_title else []
    lines += list(paper.fields)
    for number, (heading, items) in enumerate(paper.sections, 1):
        lines += ["", HEADINGS[headings](number, heading), ""]
        for item in items:
            lines += _text_item(item, width, markers, indent, hanging, links)
            if blank_between or item.level is None:
                lines.append("")
    lines += ["", *paper.closing]
    if lines_a_page:
        lines = _paged(lines, lines_a_page, running_head, page_footer)
    return ends.join(lines).encode(encoding)


def _text_item(item, width, markers, indent, hanging, links):
    text = item.text
    if links:
        for anchor, target in item.links:
            text = text.replace(anchor, f"[{anchor}]({target or '#'})")
    if item.cells:
        return [f"| {' | '.join(item.cells)} |"]
    level = item.level or 0
    first = "" if item.level is None else f"{' ' * indent * level}{_nth(markers, level)} "
    if not width:
        return [first + text]
    rest = " " * (len(first) if hanging else 0)
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )


def _nth(values, index):
    return values[min(index, len(values) - 1)]


def _paged(lines, height, head, foot):
    chunks = [lines[start : start + height] for start in range(0, len(lines), height)]
    out = []
    for page, chunk in enumerate(chunks, 1):
        above = [head.format(page=page, pages=len(chunks)), ""] if head else []
        below = ["", foot.format(page=page, pages=len(chunks))] if foot else []
        body = [*above, *chunk, *below]
        out += body if page == 1 else ["\f" + body[0], *body[1:]]
    return out


def make_md(paper, *, title="bold", headings="hash", encoding="utf-8"):
    """Bytes of a Markdown file. ``title``: "bold", "hash"; ``headings``: "hash", "bold"."""
    lines = []
    for block in (paper.title, (paper.pub,), paper.second_title):
        if not any(block):
            continue
        if title == "hash":
            lines += [f"# {line}" for line in block] + [""]
        else:
            lines += ["**" + "  \n".join(block) + "**", ""]
    for each in paper.fields:
        lines += [f"**{each.partition(':')[0]}:**{each.partition(':')[2]}", ""]
    for heading, items in paper.sections:
        lines += [f"## {heading}" if headings == "hash" else f"**{heading}:**", ""]
        for item, after in zip(items, (*items[1:], None), strict=True):
            lines += _text_item(item, 0, ("-",), 2, True, True)
            if not after or (after.level, bool(after.cells)) != (item.level, bool(item.cells)):
                lines += [""] if not after or None in (after.level, item.level) else []
            elif item.level is None and not item.cells:
                lines.append("")
    for line in paper.closing:
        lines += [line, ""]
    return "\n".join(lines).encode(encoding)


def make_html(paper, *, headings="h2", encoding="utf-8", wrap=0):
    """Bytes of an HTML page. ``headings``: an element's name, or "bold"; ``wrap``: columns."""
    body = [f"<h1>{html.escape(paper.title[0])}</h1>"]
    body += [f"<p>{html.escape(line)}</p>" for line in (*paper.title[1:], paper.pub) if line]
    if paper.second_title:
        body.append(f"<p><b>{'<br>'.join(map(html.escape, paper.second_title))}</b></p>")
    body += [f"<p>{html.escape(line)}</p>" for line in paper.fields]
    for heading, items in paper.sections:
        if headings == "bold":
            body.append(f"<p><strong>{html.escape(heading)}:</strong></p>")
        else:
            body.append(f"<{headings}>{html.escape(heading)}</{headings}>")
        body += _html_items(items, wrap)
    body += [f"<p>{html.escape(line)}</p>" for line in paper.closing]
    page = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="{encoding}"><title>A title</title>'
        "<style>p { color: black }</style><script>var words = 'not of the paper';</script></head>"
        f"<body>\n<!-- a comment -->\n{chr(10).join(body)}\n</body></html>"
    )
    return page.encode(encoding)


def _html_items(items, wrap):
    out, depth, in_table = [], 0, False
    for item in items:
        wanted = 0 if item.level is None else item.level + 1
        while depth > wanted:
            out.append("</li></ul>")
            depth -= 1
        if in_table and not item.cells:
            out.append("</table>")
        elif item.cells and not in_table:
            out.append("<table>")
        in_table = bool(item.cells)
        text = html.escape(item.text)
        for anchor, target in item.links:
            link = f'<a href="{html.escape(target) or "#"}">{html.escape(anchor)}</a>'
            text = text.replace(html.escape(anchor), link)
        if wrap and not item.links:
            text = textwrap.fill(text, wrap, break_on_hyphens=False)
        if item.cells:
            out.append(f"<tr>{''.join(f'<td>{html.escape(c)}</td>' for c in item.cells)}</tr>")
        elif item.level is None:
            out.append(f"<p>{text}</p>")
        else:
            if depth == wanted:
                out.append("</li>")
            while depth < wanted:
                out.append("<ul>")
                depth += 1
            out.append(f"<li>{text}")
    out += ["</li></ul>"] * depth
    return [*out, "</table>"] if in_table else out


# At the end, because both import the names above.
from tests.importing.making_docx import make_docx  # noqa: E402
from tests.importing.making_pdf import make_pdf  # noqa: E402

__all__ = [
    "SampleItem",
    "SamplePaper",
    "bullet",
    "make_docx",
    "make_html",
    "make_md",
    "make_pdf",
    "make_txt",
    "para",
    "row",
    "sample",
    "seed_papers",
]
