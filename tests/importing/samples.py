"""Documents for tests of storing: written once, then read like any other."""

from datetime import date

from tests.factories import make_group, make_meeting, make_subcommittee
from tests.importing.making import make_txt, sample

JUNE = date(2024, 6, 26)


def write(folder, name="sample.txt", paper=None, **changes):
    """A text document in ``folder``; ``changes`` are fields of the sample paper."""
    path = folder / name
    path.write_bytes(make_txt(paper or sample(**changes)))
    return path


def replaced(path, old, new):
    """The document with one of its passages changed, as another file beside it."""
    text = path.read_text()
    assert old in text
    other = path.with_name(f"corrected-{path.name}")
    other.write_text(text.replace(old, new))
    return other


def make_record(group="Sample", slug="sample", held_on=JUNE):
    """The group and the meeting that the sample paper names."""
    make_meeting(held_on)
    return make_group(slug, group, make_subcommittee())


def codes(outcome):
    """The codes of what an import found."""
    return [finding.full_code for finding in outcome.judgement.findings]
