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
INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200d\u2060\ufeff]+")


def clean_text(value: str) -> str:
    """NFC, without control characters; line ends become ``\\n``. Words are never changed."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", CONTROLS.sub("", value))
