"""Bytes to text that the record can hold: one encoding, one kind of line end, nothing invisible.

Pure: standard library only.
"""

from __future__ import annotations

import codecs
import re

from papers.importing.readers.markers import GLYPHS, UNNAMED_BULLETS
from workgroups.cleaning import BIDI_CONTROLS, FILLERS, clean_text

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x85\u2028\u2029]")
_SOFT_HYPHEN_AT_END = re.compile("\u00ad[ \t]*(?=\n)")
# Soft hyphens inside words, zero-width blanks and byte order marks print nothing; C1 controls and
# surrogates are no characters.
_PRINTS_NOTHING = re.compile("[\u00ad\u200b\u2060\ufeff\x80-\x9f\ud800-\udfff\ufff9-\ufffb]")


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252; bytes of no character become U+FFFD."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if encoding := _utf_16_without_mark(data):
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # Cut off within its last character, it is still UTF-8.
        if error.reason == "unexpected end of data" and error.end == len(data):
            return data.decode("utf-8", "replace")
        return data.decode("cp1252", "replace")


def _utf_16_without_mark(data: bytes) -> str:
    """Its encoding where every second byte is mostly NUL, as Latin letters have it; else empty."""
    head = data[:4096]
    if len(head) < 4:
        return ""
    even, odd = head[0::2], head[1::2]
    zeros_even, zeros_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if zeros_odd > 0.4 and zeros_even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if zeros_even > 0.4 and zeros_odd < 0.1 else ""


def cleaned(text: str) -> str:
    """As ``clean_text`` has it, with real bullets for private glyphs and no invisible characters.

    Letters that print a blank become one.

    Applied twice it changes nothing, and neither does the record when it stores the text.
    """
    text = _SOFT_HYPHEN_AT_END.sub("-", _LINE_ENDS.sub("\n", text))
    text = FILLERS.sub(" ", text)
    text = UNNAMED_BULLETS.sub(lambda match: GLYPHS.get(match[0], "•"), text)
    return clean_text(_PRINTS_NOTHING.sub("", BIDI_CONTROLS.sub("", text)))
