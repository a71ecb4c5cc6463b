"""Twelve groups with papers of usual length at two meetings: what a brief has to fit on a sheet."""

from datetime import date

from tests.factories import make_event, make_group, make_meeting, make_paper, make_subcommittee
from tests.followed import make_outcome

JUNE, SEPTEMBER = date(2024, 6, 26), date(2024, 9, 18)
# A group and the matter it works on.
MATTERS = {
    "Antidumping and Countervailing Duty": "liquidation instructions",
    "Bond": "electronic riders",
    "Cross-Border Recognition": "mutual recognition arrangements",
    "Customs Interagency Industry": "partner agency holds",
    "Drawback": "substitution claims",
    "E-Commerce": "low value shipments",
    "Forced Labor": "detention notices",
    "Intellectual Property Rights": "trademark recordation",
    "Modernized Entry Processes": "reconciliation entries",
    "Passenger Air Operations": "advance manifests",
    "Pipeline": "batch numbers",
    "Trade Partnership and Engagement": "validation visits",
}
STAYS = (
    "Since the last public meeting the working group met four times to discuss {0}, and "
    "subject matter experts of three Centers of Excellence and Expertise took part each time.",
    "The {1} Working Group has eighteen members from industry and seven from CBP, and its "
    "statement of work on {0} was signed in the second quarter of fiscal year 2023.",
    "Members keep a shared list of questions that importers ask about {0}; fourteen of them were "
    "answered in writing by the Office of Trade before this paper was written.",
    "A sub-team collects examples of {0} in which two ports reached different conclusions, so "
    "that CBP can give its officers one set of instructions.",
    "The cost to the trade of the present handling of {0} was estimated by a survey, which 212 "
    "companies of all sizes answered between January and March.",
)
OLD_WORDS = (
    "CBP presented in May the first results of its pilot concerning {0}, in which six importers "
    "and two brokers take part at the ports of Laredo, Long Beach and Savannah.",
    "The {1} Working Group drafted three recommendations on {0} and will send them to the "
    "subcommittee for comments before they are brought to the full committee.",
)
NEW_WORDS = (
    "CBP presented in August the final results of its pilot concerning {0}, in which six importers "
    "and four brokers take part at the ports of Laredo, Long Beach and Savannah.",
    "The {1} Working Group revised its three recommendations on {0} and sent them to the "
    "subcommittee for comments before they are brought to the full committee.",
)
COME = (
    "A webinar on {0} was held on July 16 with more than four hundred listeners, and its slides "
    "can be found among the committee’s documents.",
    "Two importers described to the members how they changed their internal controls after they "
    "had read the informed compliance publication about {0}.",
    "Regulations that touch on {0} were cleared by the Department and should be published for "
    "comments in the Federal Register before the end of the calendar year.",
)
GOES = (
    "An outline of frequently asked questions regarding {0} was circulated in April and gathered "
    "remarks from eleven members.",
    "The former trade lead for {0} stepped down in May, and a successor was named at once.",
)
STEPS_BEFORE = (
    "CBP will brief the working group on {0} data from the Automated Commercial Environment.",
    "The working group will send CBP written comments on the handling of {0} in small ports.",
    "Members of the trade will name two volunteers for a closer look at {0} in rail yards.",
)
STEPS_AFTER = (
    "CBP will brief the working group on {0} data from the Automated Commercial Environment.",
    "The working group will propose by its next quarterly meeting which forms about {0} could be "
    "retired without a change of regulations.",
)


def make_twelve_groups():
    """Papers of twelve groups at two meetings, and two groups without a paper at the second."""
    house = [make_subcommittee(name) for name in ("Intelligent Enforcement", "Secure Trade Lanes")]
    june, september = make_meeting(JUNE), make_meeting(SEPTEMBER, record_complete=True)

    def said(sentences, name):
        return [sentence.format(MATTERS[name], name) for sentence in sentences]

    papers = {}
    for number, name in enumerate(MATTERS):
        slug = name.lower().replace(" ", "-")
        group = make_group(slug, name, house[number % 2])
        papers[name] = (
            make_paper(
                group,
                meeting=june,
                status=said(STAYS + OLD_WORDS + GOES, name),
                next_steps=said(STEPS_BEFORE, name),
            ),
            make_paper(
                group,
                meeting=september,
                status=said(STAYS + NEW_WORDS + COME, name),
                next_steps=said(STEPS_AFTER, name),
            ),
        )
        papers[name][1].next_steps.filter(position=2).update(
            due_words="by its next quarterly meeting", owner="group"
        )
        if number % 2:
            evidence = papers[name][1].status_items.get(position=8)
            make_outcome(papers[name][0].next_steps.get(position=2), september, "done", evidence)
    for slug in ("rail", "export-modernization"):
        group = make_group(slug, subcommittee=house[0])
        make_paper(group, meeting=june, next_steps=["The group will write its work plan."])
    make_event(group, "hiatus", date(2024, 8, 1))
    return papers
