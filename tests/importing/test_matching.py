from datetime import date

import pytest

from papers.importing.matching import (
    Match,
    MatchKind,
    Named,
    match_group,
    match_meeting,
    match_subcommittee,
    meetings_of_month,
    same_group_name,
)

TPE = Named(
    "trade-partnership-and-engagement",
    "Trade Partnership and Engagement",
    others=("Trusted Trader",),
    aliases=("TPE",),
)
ACE = Named(
    "ace-modernization",
    "ACE 2.0",
    others=("ACE Modernization", "Automated Commercial Environment (ACE) 2.0"),
)
CII = Named(
    "customs-interagency-industry",
    "Customs Interagency Industry",
    others=("One U.S. Government", "1USG"),
    aliases=("CII",),
)
BOND = Named("bond", "Bond")
IN_BOND = Named("in-bond", "In-Bond", aliases=("Inbound",))
FTZ = Named("ftz-warehouse", "FTZ/Warehouse", aliases=("Foreign-Trade Zone / Warehouse",))
ADCVD = Named("antidumping", "Antidumping/Countervailing Duty", aliases=("AD/CVD",))
CENTERS = Named("centers", "Centers of Excellence and Expertise", aliases=("Centers",))
E_COMMERCE = Named("e-commerce", "E-Commerce")
BROKER = Named("broker-modernization", "Broker Modernization", unconfirmed=("Broker Exam",))
BROKER_EXAM = Named("broker-exam-modernization", "Broker Exam Modernization")
IPR_2018 = Named("ipr-2018", "Intellectual Property Rights")
IPR = Named("ipr", "IPR Process Modernization", aliases=("Intellectual Property Rights", "IPR"))
GROUPS = [TPE, ACE, CII, BOND, IN_BOND, FTZ, ADCVD, CENTERS, E_COMMERCE, BROKER, BROKER_EXAM]
GROUPS += [IPR_2018, IPR]
SUBCOMMITTEES = [
    Named("secure-trade-lanes", "Secure Trade Lanes", aliases=("STL",)),
    Named("intelligent-enforcement", "Intelligent Enforcement", aliases=("IES",)),
]


@pytest.mark.parametrize(
    ("printed", "slug"),
    [
        ("Trade Partnership and Engagement Working Group", TPE.key),
        ("TRADE PARTNERSHIP AND ENGAGEMENT WORKING GROUP", TPE.key),
        ("Trade Partnership & Engagement WG", TPE.key),
        ("Trade Partnership and Engagement (TPE) Working Group", TPE.key),
        ("The Trade Partnership and Engagement Work Group (TPE)", TPE.key),
        ("Trade  Partnership\u00a0and\nEngagement Workgroup:", TPE.key),
        ("“Bond” Working Group", "bond"),
        ("COAC Bond Working-Group", "bond"),
        ("Working Group on Bond", "bond"),
        ("In–Bond WG", "in-bond"),
        ("In Bond Working Group", "in-bond"),
        ("FTZ / Warehouse Working Group", "ftz-warehouse"),
        ("FTZ and Warehouse Working Group", "ftz-warehouse"),
        ("Antidumping and Countervailing Duty Working Group", "antidumping"),
        ("E-Commerce Task Force", "e-commerce"),
        ("ECommerce TF", "e-commerce"),
        ("ACE 2.0 WG", ACE.key),
        ("Customs Interagency Industry (formerly One U.S. Government) Working Group", CII.key),
    ],
)
def test_a_name_that_differs_in_spelling_alone_is_the_name(printed, slug):
    assert match_group(printed, GROUPS) == Match(slug, MatchKind.EXACT)


@pytest.mark.parametrize(
    ("printed", "slug", "kind"),
    [
        ("Trusted Trader Working Group", TPE.key, MatchKind.FORMER),
        ("ACE Modernization Working Group", ACE.key, MatchKind.FORMER),
        ("Automated Commercial Environment 2.0 WG", ACE.key, MatchKind.FORMER),
        ("One US Government Working Group", CII.key, MatchKind.FORMER),
        ("TPE Working Group", TPE.key, MatchKind.ALIAS),
        ("AD/CVD WG", "antidumping", MatchKind.ALIAS),
        ("Foreign Trade Zone/Warehouse Working Group", "ftz-warehouse", MatchKind.ALIAS),
        ("Centers Working Group", "centers", MatchKind.ALIAS),
    ],
)
def test_a_former_name_and_a_confirmed_spelling_lead_to_the_group(printed, slug, kind):
    assert match_group(printed, GROUPS) == Match(slug, kind)


@pytest.mark.parametrize(
    ("printed", "suggested"),
    [
        ("Bonds Working Group", "bond"),
        ("Trade Partnerships and Engagement Working Group", TPE.key),
        ("Center of Excellence and Expertise Working Group", "centers"),
        ("Excellence and Expertise Working Group", "centers"),
        ("CEE Working Group", "centers"),
        ("Broker Modernisation Working Group", "broker-modernization"),
        ("Broker Exam Working Group", "broker-modernization"),
    ],
)
def test_a_near_miss_is_suggested_and_never_a_match(printed, suggested):
    match = match_group(printed, GROUPS)

    assert match.key is None
    assert match.kind is MatchKind.NONE
    assert suggested in match.suggestions


def test_the_present_bearer_of_a_name_goes_before_one_with_the_same_alias():
    match = match_group("Intellectual Property Rights Working Group", GROUPS)

    assert match == Match("ipr-2018", MatchKind.EXACT)


def test_a_name_that_two_groups_bore_is_no_match_and_both_are_suggested():
    one = Named("one", "First", others=("Drawback",))
    two = Named("two", "Second", aliases=("Drawback",))

    match = match_group("Drawback Task Force", [one, two])

    assert match == Match(None, MatchKind.NONE, ("one", "two"))


def test_a_name_that_two_groups_bear_on_the_day_is_no_match():
    pair = [Named("one", "Drawback"), Named("two", "Draw-Back")]

    assert match_group("Drawback TF", pair) == Match(None, MatchKind.NONE, ("one", "two"))


@pytest.mark.parametrize(
    "printed", ["", "Working Group", "(TPE)", "\u200b", "Zoning", "\x00", "and", "W" * 100_000]
)
def test_what_resembles_no_name_matches_and_suggests_nothing(printed):
    assert match_group(printed, GROUPS) == Match()


def test_at_most_three_groups_are_suggested_the_likeliest_first():
    groups = [Named(f"bond-{n}", f"Bond Matters {n}") for n in range(10)]

    match = match_group("Bond Matters 99", groups)

    assert len(match.suggestions) == 3
    assert match.suggestions[0] == "bond-9"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Secure Trade Lanes Subcommittee", Match("secure-trade-lanes", MatchKind.EXACT)),
        ("SECURE TRADE LANES SUB-COMMITTEE", Match("secure-trade-lanes", MatchKind.EXACT)),
        ("Secure Trade Lanes (STL) Subcommittee", Match("secure-trade-lanes", MatchKind.EXACT)),
        ("STL Subcommittee", Match("secure-trade-lanes", MatchKind.ALIAS)),
        (
            "Secured Trade Lanes Subcommittee",
            Match(None, MatchKind.NONE, ("secure-trade-lanes",)),
        ),
        ("Rapid Response Subcommittee", Match()),
    ],
)
def test_subcommittees_are_matched_by_name_and_short_name(printed, expected):
    assert match_subcommittee(printed, SUBCOMMITTEES) == expected


DAYS = [date(2024, 6, 26), date(2024, 9, 18), date(2025, 6, 4), date(2025, 6, 18)]


@pytest.mark.parametrize(
    ("month", "day"),
    [
        ((2024, 6), date(2024, 6, 26)),
        ((2025, 6), None),  # two meetings: a person has to say which
        ((2024, 7), None),
        (None, None),
    ],
)
def test_a_month_is_a_meeting_where_it_had_exactly_one(month, day):
    assert match_meeting(month, DAYS) == day


def test_the_meetings_of_a_month_with_several_are_told():
    assert meetings_of_month((2025, 6), reversed(DAYS)) == [date(2025, 6, 4), date(2025, 6, 18)]


def test_names_are_the_same_whatever_they_call_the_kind_of_group():
    assert same_group_name("E-Commerce Task Force", "E–commerce working group")
    assert not same_group_name("Bond Working Group", "In-Bond Working Group")


@pytest.mark.parametrize("short", ["CBR", "CBR WG", "Cross-Border TF"])
def test_a_short_name_in_brackets_is_no_part_of_the_name(short):
    assert same_group_name(f"Cross-Border Working Group ({short})", "Cross-Border WG")
