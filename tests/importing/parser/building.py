"""Documents written by hand: a line of text a block, with what the reader would say of it."""

from papers.importing.document import Block, BlockKind, Document


def document(*blocks, form="txt"):
    """``blocks``: strings for paragraphs, or dicts with "text" and fields of ``Block``.

    "printed" in a dict is what the document prints where that differs from the text.
    """
    parts, made, offset = [], [], 0
    for number, each in enumerate(blocks, 1):
        told = {"text": each} if isinstance(each, str) else dict(each)
        printed = told.pop("printed", told["text"])
        told["text"] = " ".join(told["text"].split())
        told.setdefault("kind", BlockKind.PARAGRAPH)
        told["kind"] = BlockKind(told["kind"])
        lead = f"{told['marker']} " if told.get("marker") else ""
        start = offset + len(lead)
        made.append(Block(span=(start, start + len(printed)), line=number, **told))
        parts.append(lead + printed)
        offset += len(lead) + len(printed) + 1
    return Document("\n".join(parts), tuple(made), form)


def bullet(text, level=0, marker="-", **more):
    return {"text": text, "kind": "list-item", "level": level, "marker": marker, **more}


def heading(text, **more):
    return {"text": text, "kind": "heading", **more}


def bold(text, **more):
    return {"text": text, "is_bold": True, **more}


def furniture(text, **more):
    return {"text": text, "kind": "furniture", **more}


def row(*cells, **more):
    return {"text": " | ".join(cells), "kind": "table-row", "cells": cells, **more}


COMMITTEE = "Commercial Customs Operations Advisory Committee"
TITLE = (
    COMMITTEE,
    "Government Issue Paper",
    "Secure Trade Lanes Subcommittee",
    "Sample Working Group",
    "June 2024",
)
HEAD = (*TITLE, "Pub# 0001-0624", "Action Required: Informational")
BODY = (
    "Background:",
    bullet("The group was formed in May."),
    "Issue:",
    bullet("Cargo waits."),
    "Current Status:",
    bullet("Two meetings were held."),
    "Next Steps:",
    bullet("The group will meet again."),
)
END = ("Submitted by: Pat Example, Office of Trade", "Date: May 2, 2024")


def whole(*, head=HEAD, body=BODY, end=END):
    """A paper with nothing to find fault with, but for the parts that a test gives."""
    return document(*head, *body, *end)
