"""Texts that no office would write, and damaged files: for tests that anything may come."""

from __future__ import annotations

import io
import random
import zipfile

from tests.importing.making import (
    bullet,
    make_docx,
    make_html,
    make_md,
    make_pdf,
    make_txt,
    para,
    row,
    sample,
)

LINES = (
    "", "", "", " ", "\t", "Background:", "Issue:", "Current Status", "NEXT STEPS:",
    "Date: May 6", "Pub# 3700-0624", "Action Required:",
    "Submitted by: Pat Example, Office of Trade", "Sample Working Group", "June 2024",
    "Commercial Customs Operations Advisory Committee",
    "- The group met and it went on with its work on the", "  - first part of the thing;",
    "o second level", "- o another second level", "• a bullet", "•", "-", "o", "1. first",
    "2) second", "(a) letter", "b. another", "iv. roman", "(i) roman", "1.2 decimal", "*", "**",
    "****", "**bold**", "**opens here", "closes there**", "* star", "* o both", "| a | b |",
    "|---|---|", "||", "|", "Page 2 of 3", "- 2 -", "2", "iv", "\f", "\f\f", "word-",
    "lower case goes on", "-5 is a number", "# Heading #", "######", "-----", "=====", "____",
    "[anchor](https://example.gov/x)", "[a](#)", "[[a](b)](c)", "[a](b",
    "[x](javascript:alert(1))", "\ufeff", "\u200b\u200b", "soft\u00ad", "soft\u00adhyphen",
    "e\u0301", "\u0301", "a-", "\u0301b", "\u202eright to left\u202c", "no\u00a0break",
    "(cid:127) x", "\uf0b7 symbol", "\uf0a7", "\x7f delete", "\x00", "\x1b[31m", "\u2028",
    "\x85", "\x0b", "\r", "\r\n", "😀", "ﬁn", "中文字", "x" * 200, "a " * 120, "<b>tag</b>",
    "&amp;", "{detail}", "%s", "1" * 30,
)  # fmt: skip


def any_text(random_one: random.Random) -> str:
    """Lines of papers and of nonsense, in any order, with any indent and ends."""
    lines = []
    for _ in range(random_one.randrange(1, 30)):
        line = random_one.choice(LINES)
        if random_one.random() < 0.2:
            line = " " * random_one.randrange(9) + line
        if random_one.random() < 0.1:
            line += random_one.choice(LINES)
        if random_one.random() < 0.05:
            line += "".join(chr(random_one.randrange(0x20, 0x3000)) for _ in range(8))
        lines.append(line)
    return random_one.choice(("\n", "\n", "\n", "\r\n", "\n\n", "")).join(lines)


def whole_files() -> list[tuple[str, bytes]]:
    """Some files of each format, to be damaged."""
    paper = sample(
        sections=(
            ("Background", (para("A paragraph that is long enough to run over a line. " * 3),)),
            (
                "Current Status",
                (
                    bullet("First, with a link.", 0, ("a link", "https://example.gov/a")),
                    bullet("second", 1),
                    bullet("third", 2),
                    row("a", "b"),
                    row("c", "d"),
                ),
            ),
        )
    )
    return [
        (
            "a.pdf",
            make_pdf(paper, running_head="Head", page_footer="{page} of {pages}", compressed=False),
        ),
        ("b.pdf", make_pdf(paper, drawn_bullets=True, page_height=360, compressed=False)),
        ("c.docx", make_docx(paper, running_head="Head", page_footer=True)),
        ("d.docx", make_docx(paper, numbering="decimal", headings="styles", title="table")),
        ("i.docx", make_docx(paper, numbering="number-styles")),
        ("e.html", make_html(paper)),
        ("f.md", make_md(paper)),
        ("g.txt", make_txt(paper, encoding="utf-16", lines_a_page=20, page_footer="Page {page}")),
        ("h.txt", make_txt(paper, width=70, ends="\r\n")),
    ]


def damaged(random_one: random.Random, name: str, data: bytes, other: bytes) -> bytes:
    """The same file, broken in one to four ways; of a DOCX, half the time inside its parts."""
    if name.endswith(".docx") and random_one.random() < 0.7:
        return _damaged_inside(random_one, data)
    for _ in range(random_one.randrange(1, 5)):
        data = _damaged_once(random_one, data, other)
    return data


def _damaged_inside(random_one: random.Random, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("word/") and random_one.random() < 0.5:
                part = _damaged_markup(random_one, part)
            if random_one.random() > 0.02:
                new.writestr(name, part)
    return out.getvalue()


def _damaged_markup(random_one: random.Random, part: bytes) -> bytes:
    """Still XML, mostly: elements renamed, values replaced, pieces cut between tags."""
    pieces = part.split(b"<")
    for _ in range(random_one.randrange(1, 6)):
        at = random_one.randrange(1, len(pieces)) if len(pieces) > 1 else 0
        what = random_one.randrange(5)
        if what == 0 and pieces[at].endswith(b"/>"):
            del pieces[at]
        elif what == 1:
            pieces[at] = pieces[at].replace(b'"1"', b'"-99999999999"').replace(b'"0"', b'"x"')
        elif what == 2 and pieces[at].endswith(b"/>"):
            pieces.insert(at, random_one.choice(pieces[1:]) if pieces[at].endswith(b"/>") else b"")
        elif what == 3:
            pieces[at] = pieces[at].replace(b"w:val", b"w:lav").replace(b"w:t>", b"w:tab>")
        else:
            pieces[at] = pieces[at].replace(b"w:p>", b"w:tbl>").replace(b"w:r>", b"w:ins>")
    return b"<".join(pieces)


def _damaged_once(random_one: random.Random, data: bytes, other: bytes) -> bytes:
    if not data:
        return data
    at = random_one.randrange(len(data))
    end = min(len(data), at + random_one.randrange(1, 200))
    what = random_one.randrange(7)
    if what == 0:  # bits flipped
        changed = bytearray(data)
        for _ in range(random_one.randrange(1, 20)):
            changed[random_one.randrange(len(changed))] ^= 1 << random_one.randrange(8)
        return bytes(changed)
    if what == 1:  # cut off
        return data[:at]
    if what == 2:  # a piece of another file in it
        begin = random_one.randrange(len(other))
        return data[:at] + other[begin : begin + 500] + data[at:]
    if what == 3:  # a piece lost
        return data[:at] + data[end:]
    if what == 4:  # a piece twice
        return data[:end] + data[at:]
    if what == 5:  # zeros
        return data[:at] + bytes(end - at) + data[end:]
    return data[:at] + random_one.randbytes(end - at) + data[end:]  # noise
