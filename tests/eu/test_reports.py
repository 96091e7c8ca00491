"""One body of reports: what had been published before counts under each text as near as it asks.

What reports show is presumed: printed, dropped where nothing is presumed, replaced by what a case states.
"""

import attrs
import pytest
from tests.support.offenders import of_each
from tests.support.shipped import CATALOGUE

import regcompare as rc
from regcompare.errors import DefinitionError, UsageError
from regcompare.scenario.files import read_text
from regcompare.views.tables import presumed_sentences

CASE = """\
id: a-sale
date: 2015-06-30
presume: [ordinary, surveillance]
item: {technology: intrusion_platform, form: software, annex_i_entry: [4A005], designed_to_monitor_people: yes, security_research: no}
transaction: {kind: export, purpose: supply}
exporter: {country: IT}
destination: {country: EG, surveillance_law: adequate}
end_user: {kind: military}
diligence: {completed: yes, finds_risk: no}
"""
RISK = "destination.substantial_rights_risk"


def case(*reports, rest=""):
    """The sale, with reports given as day, level and matters, and with further lines."""
    lines = [
        f"  - {{title: A report, day: {day}, level: {level}, of: [{', '.join(of)}]}}\n"
        for day, level, *of in reports
    ]
    return read_text(CASE + ("reports:\n" + "".join(lines) if lines else "") + rest)[0]


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("authority", "refusal refusal refusal"),
        ("user", "refusal refusal refusal"),
        ("kind_of_user", "authorisation..refusal refusal refusal"),
        ("country", "authorisation..refusal authorisation..refusal refusal"),
    ],
)
def test_a_report_counts_as_near_as_the_reading_asks(level, expected):
    """Amnesty's demand at the readings user, kind of user and country; nearer reports count too."""
    reported = case(("2014-05", level, "repression"))

    results = [
        rc.assess(reported, "amnesty", readings={"reports": reading}).result
        for reading in ("user", "kind_of_user", "country")
    ]

    assert results == expected.split()


@pytest.mark.parametrize("day", ["2015-06-30", "2015-06", "2015", "2016-01-01"])
def test_a_report_of_the_day_or_later_does_not_count(day):
    """A month or a year counts only once it is over; the absence of a report is open, never no."""
    later = case((day, "user", "repression"))

    verdict = rc.assess(later, "amnesty")

    assert verdict.result == "authorisation..refusal"
    assert RISK in verdict.open_questions


def test_the_nearest_report_counts_for_each_matter():
    """Of several reports on a matter the nearest counts, and each matter has its own."""
    reported = case(
        ("2014", "country", "repression", "surveillance_of_critics"),
        ("2013", "kind_of_user", "repression"),
        ("2015-07-01", "user", "repression"),
    )

    known = rc.assess(reported, "amnesty").known.values

    assert known["reported.repression"] == "kind_of_user"
    assert known["reported.surveillance_of_critics"] == "country"
    assert "reported.serious_violations" not in known


REPORT = "reports: [{title: A report, day: 2014, level: user, of: [repression]}]\n"


def stating(answer, report=REPORT, text=CASE):
    """The sale with an answer to the question of risk, or none, and a report on this user."""
    stated = f"substantial_rights_risk: {answer}, surveillance_law" if answer else "surveillance_law"
    return read_text(text.replace("surveillance_law", stated) + report)[0]


@pytest.mark.parametrize(
    ("answer", "result"), [("no", "authorisation"), ("unknown", "authorisation..refusal")]
)
def test_a_stated_answer_wins_and_is_told(answer, result):
    """Where the case denies the risk, or leaves it open, reports do not show it; the result says so."""
    verdict = rc.assess(stating(answer), "amnesty")

    assert (verdict.result, verdict.rests_on.reports) == (result, ())
    assert [warning for warning in verdict.warnings if RISK in warning] == [
        f"{RISK} is stated as {answer}, and that counts; the reports listed would show it "
        "(interpretation IC-30, kind_of_user)."
    ]


def test_what_reports_show_is_presumed_and_printed():
    """It stands among what is presumed, and the result says that it rests on it."""
    verdict = rc.assess(stating(""), "amnesty")

    assert verdict.result == "refusal"
    assert verdict.known.origins[RISK] == "reports"
    assert RISK in verdict.presumed
    assert verdict.rests_on.reports == (RISK,)
    assert [
        item.result for item in verdict.other_readings if item.doubt.id == "IC-30" and item.differs
    ] == ["authorisation..refusal"]


@of_each("regime", ["amnesty", "torture-goods", "ep-2018", "eu-law"])
@of_each("answer", ["", "no", "unknown", "yes"])
def test_no_answer_moves_what_is_certain_without_presumptions(regime, answer):
    """Where nothing is presumed reports show nothing, so any answer and any presumption only narrows."""
    silent = CASE.replace("presume: [ordinary, surveillance]\n", "")
    report = REPORT.replace("[repression]", "[repression, serious_violations]")

    open_result = rc.assess(stating("", report, silent), regime)
    known = rc.assess(stating(answer, report), regime)

    assert open_result.known.origins.get(RISK) is None
    assert known.span
    assert open_result.span
    assert known.span in open_result.span


def test_a_weaker_finding_that_is_denied_or_left_open_is_presupposed():
    """Violations are not presumed likely where the case does not say that there is a substantial risk."""
    report = REPORT.replace("repression", "serious_violations")

    origins = [
        rc.assess(stating(answer, report), "amnesty").known.origins.get(
            "destination.serious_violations_likely"
        )
        for answer in ("", "yes", "no", "unknown")
    ]

    assert origins == ["reports", "reports", None, None]


def test_a_member_that_reports_show_joins_what_a_layer_presumes():
    """Of the uses of concern the layer excludes some, reports show one, and the others stay open."""
    verdict = rc.assess(case(("2014", "user", "repression")), "eu-sanctions")

    concerns = verdict.known.values["end_use.concerns"]

    assert concerns.known == {"internal_repression"}
    assert not {"internal_repression", "wmd"} & concerns.open
    assert "human_rights_violation" in concerns.open


def test_counts_say_how_many_rest_on_reports():
    """A table of results says which of them rest on what reports are assumed to show."""
    stated = attrs.evolve(stating("yes"), id="another")

    comparison = rc.compare([stating(""), stated], regimes=["amnesty"])

    assert comparison.sensitivity().reported == {"a-sale": (RISK,)}
    assert presumed_sentences(comparison.sensitivity())[0] == (
        "Depends on what earlier reports are assumed to show (`--reading stated` assumes nothing of "
        f"them): a-sale ({RISK})."
    )


def test_a_denied_finding_of_law_that_is_not_in_force_is_no_notice():
    """Before the Common Position began, what a case says about its criteria counts nowhere."""
    text = CASE.replace("2015-06-30", "2003-06-30") + "eu: {clear_risk_repression: no}\n"
    report = "reports: [{title: A report, day: 2002, level: user, of: [repression]}]\n"
    (denied,) = read_text(text + report, vocabulary=CATALOGUE.vocabulary)

    verdict = rc.assess(denied, "eu-law", as_of="scenario")

    assert not any("clear_risk_repression is stated" in warning for warning in verdict.warnings)


def test_a_stated_level_wins_over_the_list_and_is_told():
    """A source that says that nothing had been reported makes none; the list is then told."""
    stated = case(("2014", "user", "repression"), rest="reported: {repression: none}\n")

    verdict = rc.assess(stated, "amnesty", readings={"reports": "country"})

    assert verdict.result == "authorisation..refusal"
    assert "reported.repression is stated as none, although a listed report comes as near as user." in (
        verdict.warnings
    )


def test_a_stated_level_that_is_nearer_is_told_as_such():
    """A listed report that is farther is no reason to doubt the nearer one that is stated."""
    stated = case(("2014", "country", "repression"), rest="reported: {repression: authority}\n")

    verdict = rc.assess(stated, "amnesty")

    assert verdict.result == "refusal"
    assert (
        "reported.repression is stated as authority, and the listed reports come no nearer than country."
        in verdict.warnings
    )


def test_each_text_has_its_own_reading():
    """The same report counts under one text and not under another, if a user so chooses."""
    reported = case(("2014", "kind_of_user", "repression"))
    regimes, bind = ["amnesty", "eu-common-position"], {"common-position-reach": "bind"}

    alike, apart = (
        [verdict.result for verdict in rc.compare(reported, regimes=regimes, readings=readings)]
        for readings in (bind, {**bind, "common-position-reports": "user"})
    )

    assert alike == ["refusal", "refusal"]
    assert apart == ["refusal", "no_control..refusal"]


def test_an_unknown_nearness_is_refused():
    """The message names the readings."""
    with pytest.raises(UsageError, match="reports has no reading 'near'; it has user, kind_of_user"):
        rc.assess(case(), "amnesty", readings={"reports": "near"})


def test_only_a_single_question_is_a_finding():
    """A finding is one yes/no fact or one member, so that a case can answer it."""
    from regcompare.authoring import Chapter, Destination, Instrument, Item

    act = Instrument(name="Act", title="An act", reference="Act 1")
    with pytest.raises(DefinitionError, match="one yes/no fact, or one member"):
        Chapter().shown_by_reports(
            "x", act["1"], "Which?", finding=Destination.substantial_rights_risk & Item.covert,
            of=("repression",), default="user", reason="Because.",
        )  # fmt: skip


def span(row):
    """The result of a row, as cases show it."""
    return "..".join(dict.fromkeys([row["amnesty.low"], row["amnesty.high"]]))


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"reported.repression": "kind_of_user"}, "refusal"),
        ({"reported.repression": "country"}, "authorisation..refusal"),
        ({"reported.repression": "none"}, "authorisation..refusal"),
        ({"reported.repression": "user", RISK: "no"}, "authorisation"),
        ({"reported.repression": "", RISK: "no"}, "authorisation"),
        ({"reported.repression": "country", RISK: "yes"}, "refusal"),
    ],
)
def test_a_register_has_a_column_for_each_matter(columns, expected):
    """A row of a table answers like a case: nearness counts, and a stated answer wins."""
    pa = pytest.importorskip("pyarrow")
    from regcompare_registers.frames import assess_frame

    row = {
        "item.technology": "intrusion_platform", "item.form": "software", "item.annex_i_entry": "4A005",
        "item.security_research": "no", "item.designed_to_monitor_people": "yes",
        "item.face_matching": "none", "item.infers_ethnicity": "no", "transaction.kind": "export", "transaction.purpose": "supply",
        "exporter.country": "IT", "destination.country": "EG", "destination.surveillance_law": "adequate",
        "end_user.kind": "military", "diligence.completed": "yes", "diligence.finds_risk": "no",
        "scenario.date": "2015-06-30", **columns,
    }  # fmt: skip
    other = {**row, "reported.repression": "authority", RISK: ""}
    table = pa.Table.from_pylist([row, other])

    results = assess_frame(table, CATALOGUE.ruleset("amnesty"), presume="ordinary").to_pylist()

    assert [span(item) for item in results] == [expected, "refusal"]
