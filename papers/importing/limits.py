"""How much is taken on at most: figures on which pages, readers and the reading child agree.

Pure: standard library only.
"""

from __future__ import annotations

MEGABYTE = 1024 * 1024
MAX_BYTES = 25 * MEGABYTE  # of a file (S18)
MAX_FILES = 30  # of an upload
AT_ONCE = 2  # files read at a time (S19)
MAX_CHARACTERS = 2_000_000  # of the text of a document
