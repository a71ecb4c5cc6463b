"""What staff should look at before they publish: codes, words, and which of them block.

Pure: standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """What a finding asks for."""

    BLOCKS = "blocks"  # cannot be published before it is settled
    NOD = "nod"  # somebody has to say that it is right as it stands
    INFO = "info"


# Code -> (weight, words). ``{detail}`` is what stands after the colon of the code, or a value.
CODES: dict[str, tuple[Weight, str]] = {
    "missing": (Weight.NOD, "The paper has no {detail}."),
    "unknown_section": (Weight.NOD, "“{detail}” is not a usual section. It is kept as printed."),
    "heading_as_item": (
        Weight.NOD,
        "“{detail}” looks like a heading. It is kept as an item of the section that it stands in.",
    ),
    "unknown_group": (Weight.BLOCKS, "No group on record is called “{detail}”."),
    "unknown_subcommittee": (Weight.NOD, "No subcommittee on record is called “{detail}”."),
    "unknown_meeting": (Weight.BLOCKS, "No meeting on record was held in {detail}."),
    "alias": (Weight.INFO, "The printed {detail} is not its name today."),
    "multiple_submitters": (Weight.INFO, "Several people submitted it: {detail}."),
    "pub_meeting_mismatch": (Weight.NOD, "The Pub# {detail} names another month than the meeting."),
    "dated_after_meeting": (Weight.NOD, "The paper is dated {detail}, after its meeting."),
    "possible_next_step_in_status": (
        Weight.NOD,
        "This status item speaks of the future: “{detail}”",
    ),
    "possible_status_in_next_steps": (Weight.NOD, "This next step reports the past: “{detail}”"),
    "same_as_previous": (Weight.NOD, "It says word for word what the paper of {detail} said."),
    "group_on_hiatus": (Weight.NOD, "The group is on hiatus: {detail}"),
    "link_not_kept": (Weight.NOD, "A link keeps its words and not its target: {detail}"),
    "marked": (Weight.NOD, "The paper is marked “{detail}”."),
    "not_placed": (Weight.BLOCKS, "This sentence has no place in the record: “{detail}”"),
    "duplicate_paper": (Weight.BLOCKS, "This paper is stored already: {detail}"),
}


@dataclass(frozen=True)
class Finding:
    """One finding. ``code`` is a key of ``CODES``; ``detail`` completes it and its words.

    ``subject`` is what stands after the colon where the code has one: ``missing:issue``,
    ``alias:working_group``, ``unknown_section:Statement of Work``. ``span``, ``page`` and ``line``
    tell where in the document.
    """

    code: str
    detail: str = ""
    subject: str = ""
    span: tuple[int, int] | None = None
    page: int = 0
    line: int = 0

    @property
    def full_code(self) -> str:
        """As scripts see it: ``missing:issue``, ``unknown_group``."""
        return f"{self.code}:{self.subject}" if self.subject else self.code

    @property
    def weight(self) -> Weight:
        """Whether it blocks publishing, wants a nod or only informs."""
        return CODES[self.code][0]

    @property
    def words(self) -> str:
        """For the person."""
        return CODES[self.code][1].format(detail=self.detail or self.subject)
