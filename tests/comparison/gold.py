"""Reads the labelled pairs of sample papers in ``gold/``; its README says what the marks mean."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from papers.content import Item, PaperContent, Section, SectionKind

FOLDER = Path(__file__).parent / "gold"
# Of the first samples a fifth of the files, chosen before any weight or threshold was. Of the later
# ones every fifth in order of their names, from the third or the fifth on, as many as make a fifth.
SECOND, THIRD = (
    tuple(path.stem for path in sorted((FOLDER / folder).glob("*.txt")))
    for folder in ("second", "third")
)
ASIDE = (
    *("export-modernization", "intellectual-property", "passenger-air", "pipeline"),
    *SECOND[2::5],
    *THIRD[4::5],
)
LINE = re.compile(r"(?P<indent> *)\[(?P<label>\S+?)(?: (?P<marks>[^\]]*))?\] (?P<text>.+)")


@dataclass
class Labelled:
    """One paper: its content, and the label of each place as (kind, position)."""

    content: PaperContent = field(default_factory=PaperContent)
    labels: dict = field(default_factory=dict)
    marks: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)

    def places(self, label):
        """Where a label stands, all its parts."""
        return [place for place, other in self.labels.items() if root(other) == label]


def root(label):
    return label.partition("/")[0]


@dataclass
class Gold:
    """Two papers of one group with what a person says of them."""

    name: str
    older: Labelled
    newer: Labelled

    @property
    def pairs(self):
        """Each labelled pair of places (older, newer), parts of splits and merges included."""
        return {
            (before, after)
            for before, label in self.older.labels.items()
            for after, other in self.newer.labels.items()
            if root(label) == root(other)
        }

    @property
    def same(self):
        """The pairs that are word for word the same."""
        return {
            (before, after)
            for before, after in self.pairs
            if "same" in self.newer.marks[after]
            or self.newer.texts[after] == self.older.texts[before]
        }

    @property
    def steps(self):
        """Each older next step of which answers are told, with the places of these."""
        told = {}
        for place, marks in self.older.marks.items():
            if ">" in marks:
                answers = marks.partition(">")[2].split()
                told[place] = {
                    spot for answer in answers if answer != "none"
                    for spot in self.newer.places(answer)
                }  # fmt: skip
                assert answers == ["none"] or told[place], (self.name, place)
        return told


def read_gold(path):
    _, older, newer = re.split(r"^== (?:older|newer)$", path.read_text(), flags=re.MULTILINE)
    before = read_paper(older, {})
    by_label = {label: before.texts[place] for place, label in before.labels.items()}
    return Gold(path.stem, before, read_paper(newer, by_label))


def read_paper(lines, known):
    paper = Labelled()
    sections = []
    for line in lines.splitlines():
        if line.startswith("-- "):
            name, _, heading = line[3:].partition(": ")
            kind = SectionKind(name.replace(" ", "-"))
            sections.append((kind, heading, []))
        elif line and not line.startswith("#"):
            found = LINE.fullmatch(line)
            assert found, line
            kind, _, items = sections[-1]
            text = known[found["label"]] if found["text"] == "=" else found["text"]
            items.append(Item(text, level=1 if found["indent"] else 0))
            place = (kind, len(items))
            paper.labels[place] = found["label"]
            paper.marks[place] = found["marks"] or ""
            paper.texts[place] = text
    paper.content = PaperContent(
        sections=tuple(Section(kind, head, tuple(items)) for kind, head, items in sections)
    )
    return paper


GOLD = [read_gold(path) for path in sorted(FOLDER.glob("**/*.txt"))]
TUNED = [gold for gold in GOLD if gold.name not in ASIDE]
KEPT_ASIDE = [gold for gold in GOLD if gold.name in ASIDE]
