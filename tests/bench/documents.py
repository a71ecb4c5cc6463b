"""Papers of usual length as files: no two alike, in the five formats that can be imported."""

from dataclasses import replace
from datetime import date

from tests.importing.making import (
    bullet,
    make_docx,
    make_html,
    make_md,
    make_pdf,
    make_txt,
    sample,
    seed_papers,
)

MAKERS = {"pdf": make_pdf, "docx": make_docx, "txt": make_txt, "md": make_md, "html": make_html}
SUBCOMMITTEE = "Secure Trade Lanes"
MEETINGS = (date(2024, 6, 26), date(2024, 9, 18), date(2024, 12, 11))
GROUPS = (
    "Anchor", "Ballast", "Capstan", "Derrick", "Estuary", "Fairway", "Gangway", "Harbor", "Inlet",
    "Jetty", "Keel", "Lighter", "Mooring", "Nautical", "Offshore", "Pilot", "Quayside", "Rudder",
    "Stevedore", "Tugboat", "Undertow", "Vessel", "Wharf", "Yardarm", "Zephyr",
)  # fmt: skip


def paper(group, held_on, number):
    """Section by section from one or another of the committee's own papers, and its own words."""
    seeds = list(seed_papers().values())
    month = f"{held_on:%B %Y}"
    sections = []
    for index, heading in enumerate(("Background", "Issue", "Current Status", "Next Steps")):
        told = dict(seeds[number // len(seeds) ** index % len(seeds)].sections).get(heading, ())
        words = f"The {group} Working Group writes of its {heading.lower()} in {month}."
        sections.append((heading, (*told, bullet(words))))
    return replace(
        sample(f"{group} Working Group", month, tuple(sections)),
        pub=f"Pub# {3700 + number}-{held_on:%m%y}",
        dated=f"Date: {held_on.replace(day=1):%B %-d, %Y}",
    )


def batch(held_on, count):
    """So many files for one meeting, the formats by turns: (name, bytes)."""
    files = []
    for number, group in enumerate(GROUPS[:count]):
        form, make = list(MAKERS.items())[number % len(MAKERS)]
        files.append((f"{group.lower()}.{form}", make(paper(group, held_on, number))))
    return files


def long_paper(items):
    """One of so many items, three levels deep, as long papers are."""
    told = tuple(
        bullet(
            f"Point {number} tells in usual words what the group has done about entry {number}, "
            "what the members think of it, and which office at the port is going to answer them.",
            number % 3,
        )
        for number in range(items)
    )
    return sample(sections=(("Background", told[: items // 2]), ("Next Steps", told[items // 2 :])))
