"""What is done to every text before it is stored, whoever typed or imported it.

Pure: standard library only, so that the reading of documents cleans as the record does.
"""

from __future__ import annotations

import re
import unicodedata

# Bidirectional controls can make a name read as another; zero-width characters can hide in one.
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# A name stands on one line, so line breaks and tabs are control characters in it too.
NAME_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# What shows nothing: blanks, controls, zero-width characters, fillers that a font leaves empty. In
# escapes that Python and PostgreSQL read alike, since the database's own rules are made of them.
_SHOWS_NOTHING = (
    r"\s\u0080-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
)
INVISIBLE = re.compile(f"[{_SHOWS_NOTHING}]+")
VISIBLE = f"[^{_SHOWS_NOTHING}]"
# Blanks that count as letters, so that a line of nothing else would be an item.
FILLERS = re.compile("[\u115f\u1160\u3164\uffa0]")


def shows_something(text: str) -> bool:
    """Whether a page that prints the text would show anything (S38)."""
    return bool(INVISIBLE.sub("", text))


def clean_text(value: str) -> str:
    """NFC, without control characters; line ends become ``\\n``. Words are never changed."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", CONTROLS.sub("", value))
