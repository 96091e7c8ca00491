"""One table shape for three laws: each limb of each act by destination and day, encoded, read, or open.

Union acts, Swiss ordinances and British regulations are held to the same tests.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import attrs
import pytest
from tests.eu.test_acts_by_country import CAMERAS
from tests.support.shipped import CATALOGUE

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.authoring import TRUE, Destination, EndUse, EndUser, Item, Knowledge, Transaction
from regcompare.facts import countries
from regcompare.verdict.verdict import Verdict
from regcompare.views.verdict import explain_text
from regcompare.vocabulary import Parties
from regcompare.vocabulary.dated import DatedTable, Row
from regcompare_eu import EU_SANCTIONS
from regcompare_eu.eu_sanctions import acts_by_country
from regcompare_eu.facts import OCCUPIED_AREAS, Eu
from regcompare_eu.tables import ACTS_BY_COUNTRY, ACTS_UNREAD_SINCE
from regcompare_eu.unread import MAY_SAY, unread_rule
from regcompare_world import CH, UK, Uk
from regcompare_world.ch import embargoes
from regcompare_world.tables import CH_EMBARGOES, CH_UNREAD_SINCE, UK_SANCTIONS, UK_UNREAD_SINCE
from regcompare_world.uk import sanctions

DAY = dt.timedelta(days=1)
AT_ONCE = {"RU", "BY", "IR", "KG", "UA"}
"""Whose acts change several times a year."""
COLUMNS = {
    *("id", "country", "area", "act", "kind", "articles", "class"),
    *("opens_for", "reach", "outcome", "start", "end", "source", "checked", "note"),
}
AGE_COLUMNS = {
    *("id", "text", "country", "area", "opens_for", "through"),
    *("start", "end", "source", "checked", "note"),
}


@attrs.frozen(eq=False)
class Law:
    """The restrictive law of one state: its two tables, its ruleset, and what rows may open for."""

    ruleset: Ruleset
    table: DatedTable
    since: DatedTable
    opens: frozenset[str]
    home: str

    def __str__(self) -> str:
        return self.ruleset.id


LAWS = (
    Law(EU_SANCTIONS, ACTS_BY_COUNTRY, ACTS_UNREAD_SINCE, frozenset(acts_by_country.OPENS), "FR"),
    Law(CH, CH_EMBARGOES, CH_UNREAD_SINCE, frozenset(embargoes.LAW.opens), "CH"),
    Law(UK, UK_SANCTIONS, UK_UNREAD_SINCE, frozenset(sanctions.LAW.opens), "GB"),
)
EVERY_LAW = pytest.mark.parametrize("law", LAWS, ids=str)
WORLD = pytest.mark.parametrize("law", LAWS[1:], ids=str)


@EVERY_LAW
def test_every_row_has_the_same_columns_and_is_in_one_class(law: Law) -> None:
    """An act is encoded, read without reach, or unread; only what is unread opens something."""
    ids = [row["id"] for row in law.table]

    assert {*law.table.rows[0].values, "start", "end", "source", "checked"} >= COLUMNS
    assert {*law.since.rows[0].values, "start", "end", "source", "checked"} >= AGE_COLUMNS
    assert len(set(ids)) == len(ids)
    assert [name for name in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []
    for row in law.table:
        assert row["class"] in {"encoded", "read_does_not_reach", "unread"}, row["id"]
        assert bool(row["opens_for"]) is (row["class"] == "unread"), row["id"]
        assert {*row.words("opens_for")} <= law.opens | {"nothing", "listed_party"}, row["id"]
        assert {*row.words("country")} <= {*countries()}, row["id"]
        assert {*row.words("area")} <= {*OCCUPIED_AREAS}, row["id"]
        assert row.source, row["id"]
        assert row["articles"], row["id"]


@EVERY_LAW
def test_an_unread_row_says_how_far_it_may_reach_and_its_rule_reaches_no_further(law: Law) -> None:
    """The outcome of its rule is that of the row, whichever of the three laws it is of."""
    rules = {rule.id.removeprefix("unread-"): rule for rule in law.ruleset.rules}
    for row in law.table.where(**{"class": "unread"}):
        if {*row.words("opens_for")} - {"nothing", "listed_party"}:
            rule = rules[row["id"]]

            assert rule.then is Outcome(row["outcome"]), row["id"]
            assert law.ruleset.is_unread(rule), row["id"]


@pytest.mark.parametrize("outcome", MAY_SAY)
def test_an_unread_row_may_have_any_outcome(outcome: Outcome) -> None:
    """Up to a notice, a licence, a refusal or a ban; a word that is no outcome is refused."""
    (row,) = CH_EMBARGOES.where(id="ch-ru-2014-notice")
    other = attrs.evolve(row, values={**row.values, "outcome": outcome.value})
    cite = embargoes.LAW.act(row["id"])[row["articles"]]
    rule = unread_rule(other, cite, "Russia", "listed items", TRUE, id="of-a-row")

    assert rule.then is outcome
    assert "Russia of listed items." in rule.sentence
    with pytest.raises(ValueError, match="nothing"):
        unread_rule(
            attrs.evolve(row, values={**row.values, "outcome": "nothing"}),
            cite,
            "",
            "",
            TRUE,
            id="other",
        )


@EVERY_LAW
def test_a_text_is_open_from_its_day_or_a_year_after_it(law: Law) -> None:
    """At once where acts change several times a year, else after a year; what may be said has a name."""
    for row in law.since:
        last = dt.date.fromisoformat(row["through"])
        is_quick = row["area"] or AT_ONCE & {*row.words("country")}
        opens = last if is_quick else last.replace(year=last.year + 1)

        assert row.period.start == opens + DAY, row["id"]
        assert row["text"], row["id"]
        assert {*row.words("opens_for")} <= law.opens, row["id"]


# Swiss ordinances and British regulations: the rows say it all --------------------------------------


def cases_of(law: Law) -> dict[str, Scenario]:
    """The cases of a ruleset by id."""
    found = CATALOGUE.with_ruleset(law.ruleset).read(*law.ruleset.cases)
    return {case.id: case for case in found}


def encoded(law: Law) -> Iterator[Row]:
    """The rows that rules decide."""
    return iter(law.table.where(**{"class": "encoded"}))


@WORLD
def test_each_encoded_row_cites_its_own_act_and_opens_at_its_own_text(law: Law) -> None:
    """The number of the act, and the address of the text as of the row's first day."""
    rules = {rule.id: rule for rule in law.ruleset.rules}
    for row in encoded(law):
        rule = rules.get(row["id"]) or rules[f"{row['id']}-help"]

        assert rule.cite.instrument.reference == row["number"], row["id"]
        assert rule.cite.pinpoint == row["articles"], row["id"]
        assert rule.cite.url(row.period.start) == row["address"], row["id"]
        days = re.findall(r"/(\d{4})-?(\d\d)-?(\d\d)(?:/de)?$", row["address"])
        linked = [dt.date(*map(int, day)) for day in days]
        assert [day for day in linked if row.period.start and day < row.period.start] == [], row["id"]


@WORLD
def test_each_encoded_row_says_who_may_license_what(law: Law) -> None:
    """A derogation overrides the ban and says whether the authority may or must; a ban without one says so."""
    rules = {rule.id: rule for rule in law.ruleset.rules}
    for row in encoded(law):
        ban = rules.get(row["id"]) or rules[f"{row['id']}-help"]
        derogation = rules.get(f"{row['id']}-derogation")

        assert (derogation is not None) is (row["derogation"] not in ("", "none")), row["id"]
        assert ban.has_no_derogation is (row["derogation"] == "none"), row["id"]
        if derogation:
            assert ban in derogation.overrides, row["id"]
            assert f" {row['force']} license" in derogation.sentence, row["id"]
            assert derogation.licensed_for == row["purposes"], row["id"]


@pytest.mark.thorough
@WORLD
def test_each_unread_row_opens_upwards_on_its_days_and_for_its_destination_alone(law: Law) -> None:
    """On its first day for what it may be about, not on the eve and not elsewhere."""
    for row in law.table.where(**{"class": "unread"}):
        words = [word for word in row.words("opens_for") if word != "listed_party"]
        for word in words:
            assert row.period.start is not None
            day = max(row.period.start, period_start(law))
            case = about(law, row, word)
            verdict = assess(case, law.ruleset, as_of=day)

            assert verdict.finding(row["id"]).holds is None, (row["id"], word)
            assert verdict.high is Outcome(row["outcome"]), (row["id"], word)
            elsewhere = case.with_facts(Destination(country="UY"), EndUser(country="UY"))
            assert assess(elsewhere, law.ruleset, as_of=day).finding(row["id"]).holds is False
            if row.period.start > period_start(law):
                before = assess(case, law.ruleset, as_of=row.period.start - DAY)
                assert before.finding(row["id"]).holds is False, (row["id"], word)


def test_an_unread_row_opens_no_further_than_its_own_outcome() -> None:
    """Help with listed items for Russia was to be told to SECO from 2014 on; with other items it was not."""
    (row,) = CH_EMBARGOES.where(id="ch-ru-2014-notice")
    day = row.period.start
    assert day is not None
    help_with_listed = about(LAWS[1], row, "help_with_listed")
    help_with_other = help_with_listed.with_facts(Item(form="service", annex_i_entry=[]))

    reached = assess(help_with_listed, CH, as_of=day)
    near_miss = assess(help_with_other, CH, as_of=day)

    assert (reached.low, reached.high) == (Outcome.NO_CONTROL, Outcome.NOTIFICATION)
    assert reached.finding(row["id"]).holds is None
    assert near_miss.finding(row["id"]).holds is False


def period_start(law: Law) -> dt.date:
    """The first day of the ruleset."""
    assert law.ruleset.period is not None
    assert law.ruleset.period.start is not None
    return law.ruleset.period.start


def about(law: Law, row: Row, word: str) -> Scenario:
    """A case of the kind that an unread row, or an act since it was read, may be about."""
    area = (row.words("area") or ("none",))[0]
    place = Destination(country=row.words("country")[0])
    case = cases_of(law)["unlisted-to-kuwait"].with_facts(place, Eu(occupied_area=area))  # type: ignore[arg-type]
    service = (Transaction(kind="technical_assistance"), Item(form="service"))
    samples = {
        "annex_i": (Item(annex_i_entry=["5A002"]),),
        "advanced_technology": (Eu(advanced_technology_item=True),),
        "repression_list": (Eu(repression_list_item=True),),
        "interception": (
            Eu(interception_heads=["dpi"], primarily_interception=True),
            *((Uk(interception_function=True, yields_content=True),) if law.ruleset is UK else ()),
        ),
        "interception_services": (*service, Uk(yields_content=True)),
        "it_services": (*service, Eu(service_kind=["testing"])),
        "testing": (*service, Eu(service_kind=["testing"])),
        "training": (*service, Eu(service_kind=["training"])),
        "infrastructure_services": (*service, Eu(service_kind=["infrastructure"])),
        "hosted_service": (Transaction(kind="hosted_service"), Item(form="service")),
        "help_with_listed": (*service, Item(form="service", annex_i_entry=["5A002"])),
        "military_assistance": (*service, EndUser(kind="military", acts_for_state=True)),
        "business_software": (Item(form="software", technology="not_surveillance"),),
        "public_financing": (Transaction(kind="financing"),),
        "anything": (),
        "goods": (),
        "surveillance": (),
    }
    return case.with_facts(*(samples[word] if word in samples else (Eu(goods_headings=[word]),)))  # type: ignore[list-item]


_DPI = (
    Eu(interception_heads=["dpi"], primarily_interception=True),
    Uk(interception_function=True, yields_content=True),
)
_CONSULTANCY = (
    Transaction(kind="technical_assistance"),
    Item(form="service"),
    Eu(service_kind=["it_consultancy"]),
)
_INTERCEPTS = (
    Transaction(kind="technical_assistance"),
    Item(form="service"),
    Eu(primarily_interception=True),
    Uk(yields_content=True),
    EndUser(acts_for_state=True),
)
_LISTED = Item(annex_i_entry=["5A002"])
_FREE = (Outcome.NO_CONTROL, Outcome.NO_CONTROL)
_OPEN = (Outcome.NO_CONTROL, Outcome.PROHIBITION)
_BANNED = (Outcome.PROHIBITION, Outcome.PROHIBITION)
_LICENCE = (Outcome.AUTHORISATION, Outcome.AUTHORISATION)
RUSSIAN = (
    # S.I. 2019/855 regs 21 and 22(1) as amended by S.I. 2022/195: the listed items
    ("RU none 2022-02-28", (_LISTED,), _LICENCE),
    ("RU none 2022-03-01", (_LISTED,), _BANNED),
    ("RU none 2023-01-01", (Transaction(kind="technical_assistance"), _LISTED), _BANNED),
    ("RU none 2023-01-01", (Transaction(kind="brokering"), _LISTED), _BANNED),
    ("RU none 2023-01-01", (Transaction(kind="financing"), _LISTED), _BANNED),
    # interception goods and services: S.I. 2022/689, replaced without a gap by S.I. 2022/792
    ("RU none 2022-06-22", _DPI, _FREE),
    ("RU none 2022-06-23", _DPI, _BANNED),
    ("RU none 2022-07-14", _DPI, _BANNED),
    ("RU none 2022-07-15", _DPI, _BANNED),
    ("RU none 2022-06-22", _INTERCEPTS, _FREE),
    ("RU none 2022-06-23", _INTERCEPTS, _BANNED),
    # schedules that were not read open, and do not ban
    ("RU none 2022-02-28", (Eu(goods_headings=["computer"]),), _FREE),
    ("RU none 2022-03-01", (Eu(goods_headings=["computer"]),), _OPEN),
    ("RU none 2023-01-01", (Eu(goods_headings=["camera_8525"]),), _OPEN),
    ("RU none 2022-03-07", (Eu(goods_headings=["drone"]),), _FREE),
    ("RU none 2022-03-08", (Eu(goods_headings=["drone"]),), _OPEN),
    ("RU none 2025-04-23", (Item(form="software", technology="not_surveillance"),), _FREE),
    ("RU none 2025-04-24", (Item(form="software", technology="not_surveillance"),), _OPEN),
    # reg. 54C(1)(g): consultancy, but not hosting, reg. 60DA(6)(b)
    ("RU none 2022-12-15", _CONSULTANCY, _FREE),
    ("RU none 2022-12-16", _CONSULTANCY, _BANNED),
    ("RU none 2023-01-01", (Transaction(kind="hosted_service"), Item(form="service")), _FREE),
    # reg. 48 and Schedule 3 Part 3: the occupied areas
    ("UA crimea 2021-01-01", (Eu(goods_headings=["camera_8525"]),), _BANNED),
    ("UA crimea 2021-01-01", (Eu(goods_headings=["network_apparatus"]),), _FREE),
    ("UA donetsk_luhansk 2022-03-29", (Eu(goods_headings=["computer"]),), _FREE),
    ("UA donetsk_luhansk 2022-03-30", (Eu(goods_headings=["computer"]),), _BANNED),
)
"""Deals under the British regulations on Russia: country, area and day, the facts, from what up to what."""


def test_deals_with_russia_come_out_as_the_british_regulations_say() -> None:
    """What is banned by a text that was read is banned on its day, and what was not read is open."""
    kuwait = cases_of(LAWS[2])["unlisted-to-kuwait"]
    wrong = []
    for deal, facts, expected in RUSSIAN:
        country, area, day = deal.split()
        place = Destination(country=country, purchaser_country=country)
        case = kuwait.with_facts(place, EndUser(country=country), Eu(occupied_area=area), *facts)  # type: ignore[arg-type]
        verdict = assess(case, UK, as_of=dt.date.fromisoformat(day))
        if (verdict.low, verdict.high) != expected:
            wrong.append((deal, facts, str(verdict.low), str(verdict.high)))

    assert wrong == []


_TOLD = Eu(advanced_technology_item=True, informed_of_diversion=["russia"], goods_headings=[])
_AI = (Transaction(kind="hosted_service"), Item(form="service"), Eu(service_kind=["ai_service"]))
_TRAINING = (
    Transaction(kind="technical_assistance"),
    Item(form="service"),
    Eu(service_kind=["training"]),
)
UNION = (
    # Regs (EU) 2022/2474, 2023/1214 and 2024/1745: Annex XXIII of 833/2014 by heading
    ("RU 2022-12-16", (Eu(goods_headings=["computer"]),), _FREE),
    ("RU 2023-06-23", (Eu(goods_headings=["camera_8525"]),), _FREE),
    ("RU 2023-06-24", (Eu(goods_headings=["camera_8525"]),), _BANNED),
    ("RU 2024-06-24", (Eu(goods_headings=["alarm"]),), _FREE),
    ("RU 2024-06-25", (Eu(goods_headings=["alarm"]),), _BANNED),
    ("RU 2024-06-25", (Eu(goods_headings=["network_apparatus"]),), _BANNED),
    # Regs (EU) 2023/1594 and 2024/1865: Annexes XVII, Va and XVIII of 765/2006
    ("BY 2023-08-04", (Eu(goods_headings=["drone"]),), _FREE),
    ("BY 2023-08-05", (Eu(goods_headings=["drone"]),), _BANNED),
    ("BY 2023-08-04", (Eu(goods_headings=["camera_8525"]),), _FREE),
    ("BY 2024-06-30", (Eu(goods_headings=["recorder"]),), _FREE),
    ("BY 2024-07-01", (Eu(goods_headings=["recorder"]),), _BANNED),
    ("BY 2024-07-01", (Eu(goods_headings=["network_apparatus"]),), _BANNED),
    # Reg. (EU) 2025/1494: Art. 2a(1aa), any third country, once told
    ("HK 2025-07-19", (_TOLD,), _FREE),
    ("HK 2025-07-20", (_TOLD,), _LICENCE),
    # Regs (EU) 2025/2033 and 2025/2041: Arts 5n and 1jc, services for the state
    ("BY 2025-10-23", _AI, _FREE),
    ("BY 2025-10-24", _AI, _LICENCE),
    ("BY 2025-11-25", _AI, _BANNED),
    ("RU 2025-11-25", _AI, _BANNED),
    ("BY 2025-10-23", _TRAINING, _FREE),
    ("BY 2025-10-24", _TRAINING, _LICENCE),
    # Reg. (EU) 2026/506: heading 8517 to Kyrgyzstan, which nobody has read
    ("KG 2026-04-23", (Eu(goods_headings=["network_apparatus"]),), _FREE),
    ("KG 2026-04-24", (Eu(goods_headings=["network_apparatus"]),), _OPEN),
)
"""Deals with the police under the Union's acts of 2022 to 2026: country and day, the facts, both ends."""
_CIVIL = EndUser(kind="private_company", acts_for_state=False)
_NETWORK = (_LISTED, _CIVIL, Eu(exempt_use=True))
_ADVANCED = Eu(advanced_technology_item=True)
_SOLD_ON = Parties(end_user=["eu:belarus_ministry_of_defence"])
_REFUSED = (Outcome.REFUSAL, Outcome.REFUSAL)
READ = (
    # Reg. (EU) 2025/395: Art. 2(3) frees humanitarian uses alone, Art. 2(4) lets the authority license others
    ("RU 2025-02-24", (*_NETWORK, Eu(humanitarian_use=False)), _FREE),
    ("RU 2025-02-25", (*_NETWORK, Eu(humanitarian_use=False)), _BANNED),
    ("RU 2025-02-25", (*_NETWORK, Eu(humanitarian_use=False, derogation=True)), _LICENCE),
    ("RU 2025-02-25", (*_NETWORK, Eu(humanitarian_use=True)), _FREE),
    # Art. 2(7): what it may license it shall not, if the user is believed to be military
    (
        "RU 2025-02-25",
        (
            *_NETWORK,
            Eu(humanitarian_use=False, derogation=True),
            Knowledge(authority_informed=["military_end_use"]),
        ),
        _REFUSED,
    ),
    # Reg. (EU) 2025/392: Art. 1fa, a party of Annex V in Hong Kong; only for what the article names
    ("HK 2025-02-25", (_LISTED, _SOLD_ON), _BANNED),
    ("HK 2025-02-25", (_SOLD_ON,), _FREE),
    # Regs (EU) 2025/1472 and 2025/1494: once told, for what Annexes Va and VII list
    ("TR 2025-07-20", (Eu(advanced_technology_item=True, informed_of_diversion=["belarus"]),), _LICENCE),
    ("TR 2025-07-20", (Eu(advanced_technology_item=False, informed_of_diversion=["russia"]),), _FREE),
    # Regs (EU) 2023/1214 and 2024/1865: on the way to Kazakhstan
    ("KZ 2023-06-23", (_ADVANCED, Eu(route=["russia"])), _FREE),
    ("KZ 2023-06-24", (_ADVANCED, Eu(route=["russia"])), _BANNED),
    ("KZ 2024-07-01", (_LISTED, Eu(route=["belarus"])), _BANNED),
    # Art. 5n of 833/2014 and Art. 1jc of 765/2006: whom they reach, by service and day
    ("RU 2025-10-23", _TRAINING, _FREE),
    ("RU 2025-10-24", _TRAINING, _LICENCE),
    ("RU 2025-10-24", (*_AI, _CIVIL), _FREE),
    ("RU 2022-10-06", (*_CONSULTANCY, _CIVIL), _FREE),
    ("RU 2022-10-07", (*_CONSULTANCY, _CIVIL), _BANNED),
    ("BY 2024-06-30", _CONSULTANCY, _FREE),
    ("BY 2024-07-01", _CONSULTANCY, _BANNED),
    ("BY 2024-07-01", (*_CONSULTANCY, _CIVIL), _FREE),
    ("BY 2025-10-24", (*_TRAINING, _CIVIL), _FREE),
    # whether the authority may license: Art. 3k(5) yes; Art. 1sa for drones and Art. 16p for goods no
    ("RU 2024-06-25", (Eu(goods_headings=["alarm"], derogation=True),), _LICENCE),
    ("BY 2023-08-05", (Eu(goods_headings=["drone"], derogation=True),), _BANNED),
    ("KP 2018-02-28", (Eu(goods_headings=["computer"], derogation=True),), _BANNED),
    # monitoring equipment: a licence, and none where the use is found
    ("BY 2021-06-25", _DPI[:1], _LICENCE),
    ("BY 2021-06-25", (*_DPI[:1], EndUse(concerns=["internal_repression"])), _REFUSED),
    ("SY 2013-07-01", (*_DPI[:1], EndUse(concerns=["state_surveillance"])), _REFUSED),
)
"""Deals whose outcome was written down from the texts before the rules were asked, in the same form."""
SWISS = (
    ("RU 2022-03-03", (_LISTED,), _LICENCE),
    ("RU 2022-03-04", (_LISTED,), _BANNED),
    ("BY 2022-03-15", (_LISTED,), _LICENCE),
    ("BY 2022-03-16", (_LISTED,), _BANNED),
    ("RU 2022-04-27", (Eu(goods_headings=["camera_8525"]),), _OPEN),
    ("SY 2012-06-09", _DPI[:1], _BANNED),
    ("IR 2016-01-16", _DPI[:1], _OPEN),
    ("IR 2016-01-17", _DPI[:1], _BANNED),
    ("MM 2018-10-16", _DPI[:1], _FREE),
    ("MM 2018-10-18", _DPI[:1], _BANNED),
    ("VE 2018-03-27", _DPI[:1], _FREE),
    ("VE 2018-03-28", _DPI[:1], _BANNED),
)
"""Deals under the Swiss ordinances, in the same form."""


def test_deals_come_out_as_the_acts_of_the_union_and_of_switzerland_say() -> None:
    """By heading, by service and by day; what nobody read is open and never a certain nothing."""
    nothing_else = Eu(goods_headings=[], occupied_area="none")
    kuwait = cases_of(LAWS[1])["unlisted-to-kuwait"].with_facts(nothing_else)
    state = EndUser(kind="law_enforcement", acts_for_state=True)
    police = CAMERAS.with_facts(state, nothing_else)
    wrong = []
    for law, case, deals in ((EU_SANCTIONS, police, (*UNION, *READ)), (CH, kuwait, SWISS)):
        for deal, facts, expected in deals:
            country, day = deal.split()[0], dt.date.fromisoformat(deal.split()[-1])
            place = Destination(country=country, purchaser_country=country)
            there = attrs.evolve(case.with_facts(place, EndUser(country=country), *facts), date=day)
            verdict = assess(there, law, as_of=day)
            if (verdict.low, verdict.high) != expected:
                wrong.append((law.id, deal, facts, str(verdict.low), str(verdict.high)))

    assert wrong == []


# the age of texts, in one mechanism --------------------------------------------------------------------


@pytest.mark.thorough
@WORLD
def test_an_act_opens_what_it_may_be_about_from_its_day_on(law: Law) -> None:
    """On the first open day the result reaches up to a ban, and the text and its day are said first."""
    for row in law.since:
        first = row.period.start
        assert first is not None
        day = max(first, period_start(law))
        case = about(law, row, row["opens_for"])
        verdict = assess(case, law.ruleset, as_of=day)

        assert verdict.finding("act-since").holds is None, row["id"]
        assert (row["text"], row["through"]) in verdict.aged, row["id"]
        assert f"{row['text']} is known up to {row['through']}" in printed(verdict), row["id"]
        if first > period_start(law):
            before = assess(case, law.ruleset, as_of=first - DAY)
            assert (row["text"], row["through"]) not in before.aged, row["id"]


def printed(verdict: Verdict) -> str:
    """What a reader sees, in one line."""
    return " ".join(explain_text(verdict).split())


@WORLD
def test_every_act_that_is_in_force_and_encoded_has_a_day(law: Law) -> None:
    """Each country whose rules stand open-ended is in the table of days; help for armies alone is not."""
    countries_now = {
        country
        for row in encoded(law)
        if row.period.end is None and not row["area"]
        for country in row.words("country")
    }
    dated = {country for row in law.since if not row["area"] for country in row.words("country")}

    assert countries_now <= dated
