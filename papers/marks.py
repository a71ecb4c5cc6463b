"""The label, the shape and the meaning of every mark that tells what changed, or of a step.

Pure: standard library only. Pages print these and ``/about/`` defines them, from here alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from papers.comparison import Change, ChangeKind, Place
from papers.content import SECTION_LABELS, Item, SectionKind
from papers.threads import OUTCOME_LABELS, Fact, Outcome, Promised


@dataclass(frozen=True)
class Mark:
    """``css`` and ``icon`` are a class of the stylesheet and a symbol of the sprite."""

    css: str
    icon: str
    label: str
    meaning: str


@dataclass(frozen=True)
class Chip:
    """What a page says of one next step: a fact, or what staff state (``is_stated``).

    ``aside`` qualifies a fact, ``note`` is the words of staff.
    """

    mark: Mark
    words: str
    href: str = ""
    link_words: str = ""
    is_stated: bool = False
    note: str = ""
    aside: str = ""


# A sentence cut at its links: (words, address); the address is empty for plain words.
Sentence = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Notes:
    """What a page says beside one item.

    ``remark`` tells of a split or a merge, ``promise`` what earlier papers say of a step.
    """

    mark: Mark | None = None
    change: Change | None = None
    chips: tuple[Chip, ...] = ()
    remark: str = ""
    history: Sentence = ()
    promise: Promise | None = None

    @property
    def kind(self) -> str:
        """The kind of change, empty where there is nothing to compare with."""
        return self.change.kind.value if self.change else ""

    @property
    def has_other_words(self) -> bool:
        """Whether the words differ from those of the paper before."""
        change = self.change
        return change is not None and (change.kind == ChangeKind.REWORDED or change.is_reworded)


NO_NOTES = Notes()

# Who is to do a step, in a sentence.
OWNER_WORDS = {"cbp": "CBP", "group": "the group", "trade": "the trade"}


@dataclass(frozen=True)
class Promise:
    """Who is to do a step, and when, as printed; each empty where no paper tells.

    ``printed_in``: the month of the earlier paper that has the due words, if this one has not.
    """

    owner: str = ""
    due_words: str = ""
    printed_in: str = ""


def promise_of(item: Item) -> Promise | None:
    """What a paper says of an item beside its words; None for nothing."""
    found = Promise(OWNER_WORDS.get(item.owner, ""), item.due_words)
    return None if found == Promise() else found


def promise_in_words(said: Promised, month: Callable[[int], str]) -> Promise | None:
    """The same of a step that is followed; ``month`` names a meeting. None for nothing."""
    printed_in = "" if said.printed_at is None else month(said.printed_at)
    found = Promise(OWNER_WORDS.get(said.owner, ""), said.due_words, printed_in)
    return None if found == Promise() else found


# In the order in which a page lists them.
CHANGE_MARKS = {
    ChangeKind.NEW: Mark("new", "new", "New", "Not in the earlier paper that it is compared with."),
    ChangeKind.REWORDED: Mark(
        *("rew", "rew", "Reworded"),
        "In the earlier paper in other words. The words show which.",
    ),
    ChangeKind.MOVED: Mark(
        *("mov", "mov", "Moved"),
        "In another section of the earlier paper. The label names the section.",
    ),
    ChangeKind.SAME: Mark(*("cont", "cont", "Continued"), "Word for word as in the earlier paper."),
    ChangeKind.GONE: Mark(
        *("gone", "gone", "No longer reported"),
        "In the earlier paper, not in this one. That says nothing of why.",
    ),
}

FACT_MARKS = {
    Fact.MADE: Mark(
        "open", "open", "Made at this meeting", "The latest paper has it for the first time."
    ),
    Fact.REPEATED: Mark(
        "car", "car", "Repeated", "A later paper has it word for word, in whichever section."
    ),
    Fact.REWORDED: Mark("rew", "rew", "Reworded", "A later paper has it in other words."),
    Fact.NOT_MENTIONED: Mark(
        "silent", "gone", "Not mentioned", "The group has a later paper, and the step is not in it."
    ),
    Fact.NO_PAPER: Mark(
        *("silent", "none", "No paper held"), "No later paper of the group is held."
    ),
}
OPEN_MARK = Mark(
    "open",
    "open",
    "Open for 2 meetings",
    "Two public meetings have passed since it was made, and staff have not stated that it was "
    "settled.",
)
ENDED_MARK = Mark(
    "silent",
    "end",
    "Open when the group ended",
    "The group ended, and staff have not stated that it was settled.",
)
# Beside the age of a step that no later paper can say anything of.
UNHEARD = "no later paper of the group is held"

AGAIN_MARK = Mark(
    "car",
    "car",
    "Taken up again",
    "A paper has it again after staff stated that it was settled, or after the group ended. It "
    "counts anew from there.",
)

TRACKED_MARK = Mark(
    "open",
    "open",
    "Followed as a next step",
    "Printed in another section. Staff follow it as a next step all the same.",
)

_OUTCOMES = {
    Outcome.DONE: ("ans", "ans", "The item named beside it reports that it was done."),
    Outcome.PARTLY_DONE: ("ans", "ans", "A part was done. The rest stays open."),
    Outcome.DECLINED: ("drop", "drop", "The paper says that it will not be done."),
    Outcome.CARRIED_OVER: ("car", "car", "Put off to a later meeting. It stays open."),
    Outcome.CHANGED: ("car", "rew", "Another step took its place."),
    Outcome.DROPPED: ("drop", "drop", "Given up, as the item or the note beside it shows."),
    Outcome.OVERTAKEN: ("silent", "end", "Events went past it, such as the end of the group."),
}
OUTCOME_MARKS = {
    outcome: Mark(css, icon, OUTCOME_LABELS[outcome], meaning)
    for outcome, (css, icon, meaning) in _OUTCOMES.items()
}


def change_mark(change: Change) -> Mark:
    """The mark of one change; that of a moved statement names the section it came from."""
    mark = CHANGE_MARKS[change.kind]
    if change.moved_from is None:
        return mark
    return Mark(mark.css, mark.icon, f"Moved from {section_name(change.moved_from)}", mark.meaning)


def section_name(place: Place) -> str:
    """A section as pages name it: an other section by its printed heading."""
    if place.section == SectionKind.OTHER and place.heading:
        return f"“{place.heading}”"
    return SECTION_LABELS[place.section]


def meetings(number: int) -> str:
    """``"1 meeting"``, ``"2 meetings"``."""
    return f"{number} meeting{'' if number == 1 else 's'}"
