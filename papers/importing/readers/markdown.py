"""The marks that Markdown sets within a line: taken away where they only dress words.

Pure: standard library only. Links and bold keep the one form that the assembler knows; all other
marks are gone from the text before it is read, so that the text says what a reader would see. Every
search goes over a line once, whatever stands on it.
"""

from __future__ import annotations

import re
from html import unescape

_BREAK = re.compile(r"<br[ \t]*/?>[ \t]*(?P<ends>$)?", re.IGNORECASE | re.MULTILINE)
_PLUS = re.compile(r"^(?P<indent>[ \t]*)\+(?=[ \t]+\S)", re.MULTILINE)
# A backslash at a line's end breaks the line; before a blank line it is a character.
_HARD_BREAK = re.compile(r"(?<!\\)\\(?=\n[ \t]*\S)")
_TASK = re.compile(r"^(?P<marker>[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+)\[[ xX]\][ \t]+(?=\S)", re.M)
_ROW_WITH_BREAK = re.compile(r"^[ \t]*\|.*<br.*$", re.IGNORECASE | re.MULTILINE)
_DEFINED = re.compile(
    r"^ {0,3}\[(?P<name>[^\[\]\n]{1,80})\]:[ \t]*<?(?P<target>(?:https?://|mailto:)[^\s<>()]+)>?"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_REFERENCE = re.compile(r"\[(?P<words>[^\[\]\n]+)\](?:[ ]?\[(?P<name>[^\[\]\n]{0,80})\])?(?![(:])")
_TITLED = re.compile(r"\]\((?P<target>[^()\s]*)[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*')[ \t]*\)")
_POINTED = re.compile(r"\]\(<(?P<target>[^()\s<>]*)>\)")
_AUTOLINK = re.compile(
    r"<(?P<target>https?://[^\s<>]+|(?:mailto:)?[\w.+-]{1,64}@[\w-][\w.-]{0,250}\.[a-z]{2,20})>",
    re.I,
)
_STRONG = re.compile(r"(?<![\\\w_])__(?![\s_])(?P<words>[^_\n]*[^\s_\\])__(?![\w_])")
_BOTH = re.compile(r"(?<![\\*\w])\*\*\*(?![\s*])(?P<words>[^*\n]*[^\s*\\])\*\*\*(?![*\w])")
_STARS = re.compile(r"(?<![\\*\w])\*(?![\s*])(?P<words>[^*\n]*[^\s*\\])\*(?![*\w])")
_BARS = re.compile(r"(?<![\\\w_/])_(?![\s_])(?P<words>[^_\n]*[^\s_\\])_(?![\w_/])")
# At the start of a line an escaped hash mark or bar would begin a heading or a row.
_ESCAPED = re.compile(r"(?<!^)\\([!\"#$%&'()*+,./:;<=>?@\[\]^_`{|}~-])|^\\([*+.>_-])", re.M)
_TARGET = re.compile(r"\]\((?P<target>[^()\s]*)\)")
_NO_CHARACTER = "\ufffe"
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)


def plain_lines(text: str) -> str:
    """``text`` without emphasis, escapes and entities; every link as ``[words](target)``.

    Boxes to tick are gone from items. ``<br>`` begins a line, and in a row, which is one line, it
    is a blank. "+" is a bullet in Markdown alone, and becomes the star that is one everywhere.
    """
    text = _TASK.sub(r"\g<marker>", _HARD_BREAK.sub("", text))
    text = _PLUS.sub(r"\g<indent>*", text)
    text = _ROW_WITH_BREAK.sub(lambda row: _BREAK.sub(" ", row[0]), text)
    text = _BREAK.sub(lambda found: "" if found["ends"] is not None else "\n", text)
    text = _POINTED.sub(r"](\g<target>)", _TITLED.sub(r"](\g<target>)", text))
    text = _with_targets(text)
    text = _AUTOLINK.sub(_link, text)
    targets: list[str] = []

    def set_aside(match: re.Match[str]) -> str:
        targets.append(match["target"])
        return f"]({_NO_CHARACTER})"

    # What looks like a mark in an address is a part of it.
    text = _TARGET.sub(set_aside, text.replace(_NO_CHARACTER, ""))
    text = _BOTH.sub(r"**\g<words>**", _STRONG.sub(r"**\g<words>**", text))
    text = _BARS.sub(r"\g<words>", _STARS.sub(r"\g<words>", text))
    words, *rest = _ENTITY.sub(_character, _ESCAPED.sub(r"\1\2", text)).split(_NO_CHARACTER)
    return words + "".join(
        _ENTITY.sub(_character, target) + more for target, more in zip(targets, rest, strict=True)
    )


def _with_targets(text: str) -> str:
    """References get the target that stands elsewhere; a definition that none needs is kept."""
    targets: dict[str, str] = {}
    for match in _DEFINED.finditer(text):
        targets.setdefault(_key(match["name"]), match["target"])
    if not targets:
        return text
    used: set[str] = set()

    def told(match: re.Match[str]) -> str:
        key = _key(match["name"] or match["words"])
        if key not in targets:
            return match[0]
        used.add(key)
        return f"[{match['words']}]({targets[key]})"

    text = _REFERENCE.sub(told, text)
    return _DEFINED.sub(lambda match: "" if _key(match["name"]) in used else match[0], text)


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _link(match: re.Match[str]) -> str:
    target = match["target"]
    words = target.removeprefix("mailto:")
    if any(sign in target for sign in "()[]"):
        return words  # Its marks would be taken for those of the link.
    is_mail = "@" in words and "://" not in words
    return f"[{words}]({f'mailto:{words}' if is_mail else target})"


def _character(match: re.Match[str]) -> str:
    said = unescape(match[0])
    if said == "\u00a0":
        return " "
    # Of the marks that begin links and rows none may come in by this door.
    return said if said.isprintable() and said not in "[]()|*#" else match[0]
