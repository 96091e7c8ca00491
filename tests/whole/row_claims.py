"""Firing cases and near misses of tables of sanctions, one set for each row, from what its columns say.

Each row has a case of its own, named after it.  What is varied in it, and what then holds, follows from the
columns as they are written in the data file, not from a condition: the headings or kinds of service that
the act names, the help that it bans besides, who is exempt, to whom it applies and where.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from importlib.resources import files

import attrs

Row = Mapping[str, str]
Variation = tuple[str, str, str, str, str]
"""A case, what changes, readings, a rule, and whether it holds or the outcome, as in ``near_misses.csv``."""

HELP = ("technical_assistance", "brokering", "financing")
NOT_STATE = "end_user.acts_for_state=no; eu.buyer_acts_for_state=no"
ACTING = (
    "end_user.acts_for_state=yes; eu.buyer_acts_for_state=no",
    "end_user.acts_for_state=no; eu.buyer_acts_for_state=yes",
)


LEVELS = ("authority", "user", "kind_of_user", "country")
"""How near a report is to the end user, the nearest first."""


@attrs.frozen
class ReportTest:
    """A test of risk that earlier reports may show, and a case in which only that test is left open.

    Attributes:
        ruleset: The ruleset.
        case: The case, which states the finding.
        finding: The finding, which is left open instead.
        rule: The rule that asks for it.
        doubt: How near reports must be; its readings name the farthest that count.
        matters: What reports have to be about.
        readings: Readings under which the rule asks for it.
        weaker: A weaker finding, without which there is none; blank if there is no such.
    """

    ruleset: str
    case: str
    finding: str
    rule: str
    doubt: str
    matters: tuple[str, ...]
    readings: str = ""
    weaker: str = ""


RISK, LIKELY = "destination.substantial_rights_risk", "destination.serious_violations_likely"
VIOLATIONS = ("serious_violations",)
ABUSES = ("repression", "serious_violations", "surveillance_of_critics")
E10 = "spyware-likely-to-lead-to-violations"
REPORT_TESTS = (
    ReportTest("amnesty", "substantial-risk", RISK, "A08-a", "IC-30", ABUSES),
    ReportTest("amnesty", "serious-violations-likely", LIKELY, "A09", "IC-31", VIOLATIONS, weaker=RISK),
    ReportTest(
        "com-2016-616", "told-of-repression", RISK, "C14-refusal", "CI-12", ABUSES, "CI-11=refuse"
    ),
    ReportTest("ep-2018", E10, LIKELY, "E10", "EI-14", VIOLATIONS, weaker=RISK),
    ReportTest(
        "ep-2018", "spyware-with-a-substantial-risk", RISK, "E10", "EI-13", ABUSES, "EI-9=either"
    ),
    ReportTest(
        "eu-sanctions",
        "venezuela-supply-refused",
        "end_use.concerns",
        "venezuela-art-6-refusal",
        "sanctions-reports",
        ("repression", "serious_violations"),
    ),
)


def row_claims(ruleset_id: str) -> Iterator[Variation]:
    """Yields the variations of the cases of rows of a ruleset's tables."""
    for test in REPORT_TESTS:
        if test.ruleset == ruleset_id:
            yield from _reports(test)
    if ruleset_id == "eu-sanctions":
        for row in _rows("goods_bans"):
            yield from _goods(row)
        for row in _rows("services_bans"):
            yield from _services(row)
        for row in _rows("acts_by_country"):
            yield from _acts(row)


def _rows(table: str) -> list[dict[str, str]]:
    text = (files("regcompare_eu") / "tables" / f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _elsewhere(row: Row) -> str:
    return "eu.occupied_area=none" if row["area"] else "destination.country=AM"


# reports -----------------------------------------------------------------------------------------


def _reports(test: ReportTest) -> Iterator[Variation]:
    """A report shows a finding if it is as near as the reading asks; a farther one leaves it open."""
    for matter in test.matters:
        for farthest in LEVELS[1:]:
            readings = f"{test.readings} {test.doubt}={farthest}".strip()
            for level in LEVELS:
                changes = f"{test.finding}=unstated; reported.{matter}={level}; presume=ordinary"
                shows = LEVELS.index(level) <= LEVELS.index(farthest)
                yield test.case, changes, readings, test.rule, "yes" if shows else "open"
            if test.weaker:
                stated = f"{test.finding}=unstated; {test.weaker}=no"
                changes = f"{stated}; reported.{matter}={farthest}; presume=ordinary"
                yield test.case, changes, readings, test.rule, "no"


# goods by customs heading -------------------------------------------------------------------------


def _goods(row: Row) -> Iterator[Variation]:
    ban, headings = row["id"], row["headings"].split()
    unlisted = "eu.goods_headings=" + next(item for item in ("lens", "drone") if item not in headings)
    outside = [_elsewhere(row), unlisted]
    if row["exempt"] == "exempt_use":
        outside.append("eu.exempt_use=yes")
    elif row["exempt"]:
        outside.append(f"eu.party_flags={row['exempt']}")
    yield from ((ban, f"eu.goods_headings={heading}", "", ban, "yes") for heading in headings)
    for change in (*outside, "item.form=software", "transaction.kind=brokering"):
        yield ban, change, "", ban, "no"
    if row["help"]:
        yield from _help(f"{ban}-help", row["help"].split(), outside)
    if row["derogation"] not in ("", "none"):
        yield from _derogation(f"{ban}-derogation", outside)
    if row["refusal"]:
        yield f"{ban}-refusal", "eu.derogation=no", "", f"{ban}-refusal", "no"


def _help(rule: str, banned: list[str], outside: list[str]) -> Iterator[Variation]:
    for kind in HELP:
        yield rule, f"transaction.kind={kind}", "", rule, "yes" if kind in banned else "no"
    for change in (*outside, "transaction.kind=export"):
        yield rule, change, "", rule, "no"
    related = "yes" if "other_services" in banned else "no"
    for reading, holds in (("related", related), ("apart", "no")):
        yield rule, "transaction.kind=hosted_service", f"sanctions-other-services={reading}", rule, holds


def _derogation(rule: str, outside: list[str]) -> Iterator[Variation]:
    """A derogation opens supply and technical or financial help to an authorisation, not brokering."""
    yield from ((rule, change, "", rule, "no") for change in (*outside, "transaction.kind=brokering"))
    for kind in ("technical_assistance", "financing"):
        yield rule, f"transaction.kind={kind}", "", rule, "yes"
    yield rule, "transaction.kind=technical_assistance; eu.service_kind=other", "", rule, "authorisation"


# services -----------------------------------------------------------------------------------------


def _services(row: Row) -> Iterator[Variation]:
    rule, is_loan = row["id"], row["kinds"] == "loan"
    kinds = [] if is_loan else row["kinds"].split()
    other = (
        "transaction.kind=technical_assistance"
        if is_loan
        else "transaction.kind=export; item.form=goods"
    )
    outside = [_elsewhere(row), other]
    outside += ["eu.service_kind=other"] if kinds else []
    outside += {
        "diplomatic_mission": ["eu.party_flags=diplomatic_mission"],
        "emergency": ["eu.exempt_use=yes"],
        "": [],
    }[row["exempt"]]
    for kind in kinds:
        for way in ("technical_assistance", "hosted_service"):
            yield rule, f"transaction.kind={way}; eu.service_kind={kind}", "", rule, "yes"
    brokered = "yes" if row["kinds"] in ("", "infrastructure") else "no"
    yield rule, "transaction.kind=brokering", "", rule, brokered
    yield from ((rule, change, "", rule, "no") for change in outside)
    yield from _recipients(rule, row["recipient"])
    if row["derogation"] not in ("", "none"):
        derogation = f"{rule}-derogation"
        yield from ((derogation, change, "", derogation, "no") for change in outside)
        if row["recipient"] != "any":
            yield derogation, f"end_user.kind=individual; {NOT_STATE}", "", derogation, "no"


def _recipients(rule: str, recipient: str) -> Iterator[Variation]:
    if recipient == "any":
        yield rule, f"end_user.kind=individual; {NOT_STATE}", "", rule, "yes"
    elif recipient == "state":
        for reading, holds in (("acting", "yes"), ("bodies", "no")):
            for acting in ACTING:
                changes = f"end_user.kind=private_company; {acting}"
                yield rule, changes, f"sanctions-state-bodies={reading}", rule, holds
        for kind in ("law_enforcement", "intelligence", "military", "other_state_body"):
            yield rule, f"end_user.kind={kind}", "", rule, "yes"
    else:
        yield rule, f"end_user.kind=individual; {NOT_STATE}", "", rule, "no"
        yield from ((rule, f"end_user.kind=individual; {acting}", "", rule, "yes") for acting in ACTING)
        company = "yes" if recipient == "legal_person" else "no"
        yield rule, f"end_user.kind=private_company; {NOT_STATE}", "", rule, company


# acts by country: what an unread act may be about, and assistance related to military activities ---------

TURKEY = "destination.country=TR"
LISTED, TECHNOLOGY = "item.annex_i_entry=5A001.f.3", "eu.advanced_technology_item=yes"
ARMY = "end_user.kind=military; end_user.acts_for_state=yes"


def _heading(*headings: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    firing = tuple(f"eu.goods_headings={heading}" for heading in headings)
    return firing, ("eu.goods_headings=lens", f"{firing[0]}; item.form=software; item.public_domain=no")


def _transit(country: str, *headings: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Goods that pass through a country on their way to Kazakhstan."""
    at = f"destination.country=KZ; eu.route={country}"
    firing = tuple(f"{at}; eu.goods_headings={heading}" for heading in headings)
    outside = (
        f"{at}; eu.goods_headings=lens",
        f"{firing[0]}; item.form=software; item.public_domain=no",
        f"{firing[0]}; item.form=service",
        f"{firing[0]}; transaction.kind=electronic_export",
        f"destination.country=KZ; eu.route=none; eu.goods_headings={headings[0]}",
    )
    return firing, outside


OPENS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "transit_russia": _transit("russia", "computer", "network_apparatus", "camera_8525", "other_84_85"),
    "transit_belarus": _transit("belarus", "computer", "household_electronics"),
    "annex_i": ((LISTED,), ("item.annex_i_entry=none",)),
    "category_5": ((LISTED,), ("item.annex_i_entry=6A003.b.4",)),
    "anything": ((SURVEILLANCE := "item.technology=telecom_interception", LISTED), ()),
    "repression_help": (
        ("transaction.kind=technical_assistance; eu.repression_list_item=yes",),
        (
            "transaction.kind=technical_assistance; eu.repression_list_item=no",
            "transaction.kind=export; eu.repression_list_item=yes",
        ),
    ),
    "surveillance": (
        (
            f"{SURVEILLANCE}; eu.repression_list_item=no",
            "item.technology=encryption; eu.repression_list_item=yes",
        ),
        ("item.technology=encryption; eu.repression_list_item=no",),
    ),
    "goods": (("item.form=goods",), ("item.form=software; item.public_domain=no",)),
    "network_or_machines": _heading("network_apparatus", "household_electronics", "other_84_85"),
    "drones": (
        (
            "eu.goods_headings=drone; item.annex_i_entry=none",
            "eu.goods_headings=lens; item.annex_i_entry=9A012",
        ),
        (
            "eu.goods_headings=lens; item.annex_i_entry=none",
            "eu.goods_headings=drone; item.form=software; item.public_domain=no; item.annex_i_entry=none",
        ),
    ),
    "network_apparatus": _heading("network_apparatus", "base_station", "household_electronics"),
    "other_goods": _heading("other_84_85"),
    "computers": _heading("computer", "household_electronics"),
    "sights": _heading("night_vision_sight"),
    "other_headings": _heading("other_84_85", "still_or_film_camera"),
    "public_financing": (("transaction.kind=financing",), ()),
    "business_software": (
        tuple(
            f"item.form=software; item.public_domain=no; item.technology={kind}"
            for kind in ("not_surveillance", "encryption")
        ),
        (
            "item.form=goods; item.technology=not_surveillance",
            f"item.form=software; item.public_domain=no; {SURVEILLANCE}",
        ),
    ),
    "it_services": (
        tuple(
            f"transaction.kind=technical_assistance; eu.service_kind={kind}"
            for kind in ("it_consultancy", "testing")
        ),
        ("transaction.kind=technical_assistance; eu.service_kind=training",),
    ),
    "military_assistance": (
        (f"transaction.kind=technical_assistance; {ARMY}",),
        (f"transaction.kind=export; {ARMY}", "transaction.kind=technical_assistance"),
    ),
    "listed_users": (
        tuple(
            f"{TURKEY}; parties.end_user=eu:listed_military_user; {item}"
            for item in (LISTED, TECHNOLOGY)
        ),
        (
            f"{TURKEY}; {LISTED}",
            f"{TURKEY}; parties.end_user=eu:listed_military_user; item.annex_i_entry=none",
        ),
    ),
}
"""By what an unread act may be about: facts under which it would reach, and facts under which it would not."""
OF_HELP = (
    "repression_help",
    "military_assistance",
    "public_financing",
    "it_services",
    "transit_russia",
    "transit_belarus",
)
"""What an act may be about besides the supply of items to its country."""
BASE = "unread-act"


def _acts(row: Row) -> Iterator[Variation]:
    if row["class"] == "encoded" and row["kind"] in ("military_assistance", "military_activities"):
        yield from _military_assistance(row)
    if row["class"] != "unread" or row["opens_for"] not in OPENS:
        return
    rule = f"unread-{row['id']}"
    reading = f"text.{rule}=yes"
    firing, outside = OPENS[row["opens_for"]]
    at = f"date={row['start']}"
    if row["country"]:
        at += f"; destination.country={row['country'].split()[0]}"
    if row["area"]:
        at += f"; eu.occupied_area={row['area']}"
    for facts in firing:
        yield BASE, f"{at}; {facts}", reading, rule, "yes"
    yield BASE, f"{at}; {firing[0]}", reading, rule, "prohibition"
    for facts in outside:
        yield BASE, f"{at}; {facts}", reading, rule, "no"
    before = dt.date.fromisoformat(row["start"]) - dt.timedelta(1)
    days = [before.isoformat(), *filter(None, [row["end"]])]
    for day in days:
        yield BASE, f"{at}; {firing[0]}; date={day}", reading, rule, "no"
    if row["country"]:
        yield BASE, f"{at}; {firing[0]}; {TURKEY}", reading, rule, "no"
    if row["area"]:
        yield BASE, f"{at}; {firing[0]}; eu.occupied_area=none", reading, rule, "no"
    if row["opens_for"] not in OF_HELP:
        kind = "transaction.kind=hosted_service"
        holds = "yes" if row["opens_for"] in ("anything", "surveillance") else "no"
        yield BASE, f"{at}; {firing[0]}; {kind}", reading, rule, holds
        holds = "no" if row["opens_for"] in ("sights", "business_software") else "yes"
        yield BASE, f"{at}; {firing[0]}; transaction.kind=brokering", reading, rule, holds


def _military_assistance(row: Row) -> Iterator[Variation]:
    rule, reading = row["id"], "sanctions-military-activities=apart"
    outside = [TURKEY, "transaction.kind=export; item.form=goods", "end_user.kind=law_enforcement"]
    if row["kind"] == "military_activities":
        reading = ""
        outside.append("date=2025-07-19")
        for kind in ("brokering", "financing", "hosted_service"):
            yield (
                rule,
                f"transaction.kind={kind}",
                "text.unread-ru-833-2014-public-financing=no",
                rule,
                "yes",
            )
    if row["reach"] == "listed_party":
        outside.append("parties.end_user=none")
    yield from ((rule, change, reading, rule, "no") for change in outside)
    yield rule, "", reading, rule, "prohibition"
