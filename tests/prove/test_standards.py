"""How a licence is decided: reviews of rules, of verdicts, and the table of standards against every case."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.support.drawing import fewer
from tests.support.shipped import CATALOGUE
from tests.support.toy_world import ACT

import regcompare as rc
from regcompare import DefinitionError, Outcome, Ruleset, Scenario, Verdict, assess
from regcompare.authoring import (
    TRUE,
    Addressee,
    Condition,
    Destination,
    DutyKind,
    EndUse,
    EndUser,
    Item,
    LicensingPolicy,
    Period,
    Review,
    Standard,
    Strength,
    Transaction,
    Trigger,
)
from regcompare.cli import main
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Duty, Rule
from regcompare.vocabulary import Concern
from regcompare_prove.proofs import never_laxer
from regcompare_prove.standards import FINDINGS, Asks, Standards, standards
from regcompare_prove.views.standards import brake_sentences
from regcompare_world import CH, UK, US_EAR

EU_2020, EU_2021, AMNESTY = (
    CATALOGUE.ruleset(name) for name in ("eu-428-2009", "eu-2021-821", "amnesty")
)


def rule(number: int, then: Outcome, when: Condition = TRUE, *review: Review, **more: Any) -> Rule:
    """An invented rule."""
    return Rule(
        ACT[f"Art. {number}"], "An invented rule.",
        when=when, then=then, triggered_by=Trigger.ACT, review=review, **more,
    )  # fmt: skip


def toy(*provisions: Rule | Duty) -> Ruleset:
    """Invented law for exports."""
    return Ruleset(
        "toy", "Toy rules", status="law", instruments=(ACT,), reference_date=dt.date(2020, 1, 1),
        covers=("export",), provisions=Provisions.of(provisions),
    )  # fmt: skip


LICENCE = Outcome.AUTHORISATION
WEIGHED = Duty(
    ACT["Art. 9"], "The authority must weigh human rights.", kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY, strength=Strength.MUST_CONSIDER,
)  # fmt: skip


# what an author may say -----------------------------------------------------------------------------


def test_a_refusal_says_its_standard_once() -> None:
    """Whose finding by which standard comes from the review; no second text is needed."""
    review = Review(LicensingPolicy.REFUSE, Standard.CLEAR_RISK, "repression", found_by="the minister")

    refusal = rule(1, Outcome.REFUSAL, TRUE, review)

    assert refusal.states == "the minister, if there is a clear risk of repression"


@pytest.mark.parametrize(
    ("then", "weighing"),
    [
        (LICENCE, LicensingPolicy.REFUSE),
        (Outcome.REFUSAL, LicensingPolicy.PRESUMPTION),
        (Outcome.PROHIBITION, LicensingPolicy.FREE),
        (Outcome.NO_CONTROL, LicensingPolicy.FAVOURABLE),
    ],
)
def test_a_presumption_is_never_a_refusal(then: Outcome, weighing: LicensingPolicy) -> None:
    """Only refusals have "must refuse", and only licences and refusals have reviews."""
    with pytest.raises(DefinitionError, match=r"cannot have the review '.*'\. A refusal has"):
        rule(1, then, TRUE, Review(weighing), states="somebody, by some standard")


# of a verdict ---------------------------------------------------------------------------------------


def reviewed(ruleset: Ruleset, **facts: Any) -> LicensingPolicy | None:
    """How the licence for an export is decided."""
    sections: dict[str, Any] = {"destination": Destination(**facts)} if facts else {}
    case = Scenario(id="case", transaction=Transaction(kind="export"), **sections)
    return assess(case, ruleset).review


def test_the_strictest_provision_counts() -> None:
    """A favourable policy, an obligation to weigh and a policy of denial: the last decides."""
    favourable = rule(1, LICENCE, TRUE, Review(LicensingPolicy.FAVOURABLE))
    denial = rule(2, LICENCE, Destination.country.is_in("CU"), Review(LicensingPolicy.POLICY))

    assert reviewed(toy(rule(1, LICENCE))) is LicensingPolicy.FREE
    assert reviewed(toy(favourable)) is LicensingPolicy.FAVOURABLE
    assert reviewed(toy(favourable, WEIGHED)) is LicensingPolicy.CONSIDER
    assert reviewed(toy(favourable, WEIGHED, denial), country="CU") is LicensingPolicy.POLICY
    assert reviewed(toy(favourable, WEIGHED, denial), country="FR") is LicensingPolicy.CONSIDER


def test_below_its_standard_a_review_says_something_else() -> None:
    """Favourable unless a substantial risk is found."""
    review = Review(
        LicensingPolicy.PRESUMPTION, Standard.SUBSTANTIAL_RISK, otherwise=LicensingPolicy.FAVOURABLE
    )
    law = toy(rule(1, LICENCE, TRUE, review))

    assert reviewed(law, substantial_rights_risk=True) is LicensingPolicy.PRESUMPTION
    assert reviewed(law, substantial_rights_risk=False) is LicensingPolicy.FAVOURABLE
    assert reviewed(law) is LicensingPolicy.FAVOURABLE  # What is certain where nothing is found.


def test_a_review_has_its_period() -> None:
    """The text of the day counts."""
    change = dt.date(2020, 6, 1)
    law = toy(
        rule(
            1, LICENCE, TRUE,
            Review(LicensingPolicy.FAVOURABLE, period=Period(end=change)),
            Review(LicensingPolicy.POLICY, period=Period(change)),
        )
    )  # fmt: skip
    case = Scenario(id="case", transaction=Transaction(kind="export"))

    assert assess(case, law, as_of=dt.date(2020, 5, 31)).review is LicensingPolicy.FAVOURABLE
    assert assess(case, law, as_of=change).review is LicensingPolicy.POLICY


def test_without_a_licence_there_is_no_review() -> None:
    """Free, or banned: nobody decides."""
    assert reviewed(toy(rule(1, Outcome.NOTIFICATION), WEIGHED)) is None
    assert reviewed(toy(rule(1, Outcome.PROHIBITION), WEIGHED)) is None


def test_compare_carries_the_review() -> None:
    """As data it is the word of the list, or null."""
    rows = rc.compare(None, EU_2021).records()

    assert "must consider a criterion" in {
        row["review"] for row in rows if row["low"] == "authorisation"
    }
    assert {row["review"] for row in rows if row["low"] == "no_control"} == {None}


# over every case ------------------------------------------------------------------------------------

WATCHED = Item(
    technology="facial_recognition", designed_to_monitor_people=True, security_research=False,
    commercial_use_only=False,
)  # fmt: skip
ATOMS = (
    EndUser.acts_for_state.__condition__(),
    Destination.substantial_rights_risk.__condition__(),
    Destination.serious_violations_likely.__condition__(),
    EndUse.concerns.includes_any("internal_repression"),
)
WEAK = [
    Review(how, standard) for how in list(LicensingPolicy)[:-1] for standard in (None, Standard.LIKELY)
]


def every_case(finding: Standard | None) -> list[Scenario]:
    """Every case in which harm is found to a standard, as far as the atoms tell cases apart."""
    standards_met = [
        finding is not None and standard.rank <= finding.rank
        for standard in (Standard.SUBSTANTIAL_RISK, Standard.REASONABLE_GROUNDS, Standard.LIKELY)
    ]
    harm: tuple[Concern, ...] = ("internal_repression", "human_rights_violation")
    concerns = harm if standards_met[1] else ()
    return [
        Scenario(
            id="case",
            item=WATCHED,
            transaction=Transaction(kind="export"),
            destination=Destination(
                substantial_rights_risk=standards_met[0], serious_violations_likely=standards_met[2]
            ),
            end_use=EndUse(concerns=concerns),
            end_user=EndUser(acts_for_state=state),
        )
        for state in (True, False)
    ]


@st.composite
def licensing(draw: st.DrawFn) -> Ruleset:
    """Draws small laws with licences, refusals and a duty."""
    rules: list[Rule | Duty] = [WEIGHED] if draw(st.booleans()) else []
    for number in range(draw(st.integers(1, 4))):
        when = draw(st.sampled_from([TRUE, *ATOMS, *(~atom for atom in ATOMS)]))
        then = draw(st.sampled_from([LICENCE, LICENCE, Outcome.REFUSAL, Outcome.NOTIFICATION]))
        review = [draw(st.sampled_from(WEAK))] if then is LICENCE and draw(st.booleans()) else []
        rules.append(rule(number + 1, then, when, *review, states="somebody, by some standard"))
    return toy(*rules)


def ends(cases: list[Scenario], law: Ruleset) -> tuple[LicensingPolicy | None, LicensingPolicy | None]:
    """The mildest and the strictest review of the cases that need a licence."""
    weighings = [weighing for case in cases if (weighing := assess(case, law).review)]
    ranked = sorted(weighings, key=lambda weighing: weighing.rank)
    return (ranked[0], ranked[-1]) if ranked else (None, None)


@given(licensing())
@fewer(6)
def test_the_table_is_what_every_case_shows(law: Ruleset) -> None:
    """Both ends of each cell agree with an enumeration."""
    table = standards([law], presume=())

    for cell in table.of("toy"):
        shown = ends(every_case(cell.finding), law)
        if cell.asks is Asks.REFUSAL:  # It asks for no licence that could be granted.
            assert shown in ((None, None), (LicensingPolicy.REFUSE, LicensingPolicy.REFUSE))
            shown = (None, None)
        assert (cell.least, cell.greatest) == shown, cell.finding


def column(table: Standards, ruleset: Ruleset) -> dict[str, tuple[str | None, str | None]]:
    """Both ends by finding."""
    return {
        str(cell.finding or "nothing"): (
            cell.least and cell.least.value,
            cell.greatest and cell.greatest.value,
        )
        for cell in table.of(ruleset.id)
    }


@pytest.mark.thorough
def test_which_regime_has_a_brake() -> None:
    """No harm obliges to refuse under the acts in force; under Amnesty's demand a substantial risk does."""
    table = standards([EU_2020, EU_2021, AMNESTY])

    assert set(column(table, EU_2020).values()) == {("must consider a criterion",) * 2}
    assert set(column(table, EU_2021).values()) == {("must consider a criterion",) * 2}
    demands = column(table, AMNESTY)
    assert demands["risk"] == ("must consider a criterion", "must refuse")
    assert demands["substantial risk"] == demands["likely"] == ("must refuse", "must refuse")


def test_the_rest_of_the_world() -> None:
    """The United Kingdom refuses from a clear risk upwards, Switzerland for its surveillance goods."""
    table = standards([CH, UK, US_EAR])

    assert column(table, UK)["substantial risk"][0] == "must consider a criterion"
    assert column(table, UK)["clear risk"] == ("must refuse", "must refuse")
    assert column(table, CH)["risk"] == ("favourable policy", "weighed freely")
    assert column(table, CH)["reason to believe"] == ("favourable policy", "must refuse")
    assert {most for _, most in column(table, US_EAR).values()} == {"policy of denial"}


def test_never_laxer_speaks_of_gates() -> None:
    """Of two laws with the same gate, one decides more mildly; neither is laxer."""
    mild, harsh = toy(rule(1, LICENCE)), toy(rule(1, LICENCE, TRUE, Review(LicensingPolicy.POLICY)))

    assert never_laxer(mild, harsh)


# what is asked, and why a licence is refused --------------------------------------------------------

HARM = ATOMS[1]


def sentence(*provisions: Rule | Duty, **options: Any) -> str:
    """What is printed of invented law."""
    return " ".join(brake_sentences(standards([toy(*provisions)], presume=(), **options)))


def refusal(number: int, when: Condition) -> Rule:
    """An invented refusal."""
    return rule(number, Outcome.REFUSAL, when, states="somebody, by some standard")


def test_a_law_that_only_refuses_is_not_ranked() -> None:
    """Law that says when a licence of another act must be refused asks for none, so it is not judged alone."""
    only = sentence(refusal(1, HARM))
    with_gate = sentence(rule(1, LICENCE), refusal(2, HARM))

    assert only == (
        "Toy rules as of 2020-01-01 requires no licence of its own in such cases (proved); it says when "
        "one that another act requires must be refused."
    )
    assert with_gate == (
        "Under Toy rules as of 2020-01-01 harm obliges the authority to refuse a licence in every such "
        "case once it is found to the standard “substantial risk” (proved)."
    )


def test_where_everything_is_refused_the_gate_is_still_a_gate() -> None:
    """Law that asks for a licence and refuses each is no law that only refuses."""
    assert sentence(rule(1, LICENCE), refusal(2, TRUE)) == (
        "Under Toy rules as of 2020-01-01 the authority must refuse a licence in every such case, "
        "whatever is found about harm (proved)."
    )


def test_a_gate_that_waits_is_a_gate() -> None:
    """Law that suspends an export until something is done asks for leave, and does not only refuse."""
    waits = rule(1, Outcome.SUSPENSION, TRUE, states="somebody, by some standard")

    assert "harm obliges the authority to refuse" in sentence(waits, refusal(2, HARM))


def test_a_refusal_for_another_reason_is_not_because_of_harm() -> None:
    """The objection of another state obliges; harm does not, found or not."""
    other = EndUser.acts_for_state.__condition__()

    assert sentence(rule(1, LICENCE), WEIGHED, refusal(2, other)) == (
        "Under Toy rules as of 2020-01-01 no finding of harm obliges the authority to refuse a licence "
        "because of the harm; at most it says: must consider a criterion (proved). In some cases it must "
        "refuse where no such harm is found: by Art. 2 (proved)."
    )
    assert sentence(rule(1, LICENCE), refusal(2, other), refusal(3, other & HARM)) == sentence(
        rule(1, LICENCE), refusal(2, other)
    )


def test_harm_obliges_where_it_tips_the_balance() -> None:
    """In some cases, where the law asks for something besides."""
    state = EndUser.acts_for_state.__condition__()

    assert sentence(rule(1, LICENCE), refusal(2, state & HARM)) == (
        "Under Toy rules as of 2020-01-01 harm obliges the authority to refuse a licence in some cases "
        "once it is found to the standard “substantial risk” (proved)."
    )


@given(licensing())
@fewer(6)
def test_harm_obliges_in_the_cases_that_show_it(law: Ruleset) -> None:
    """Some case is refused that, without the harm and all else equal, is not: by enumeration."""
    table = standards([law], presume=())
    innocent = {str(case.end_user): assess(case, law).review for case in every_case(None)}

    for cell in table.of("toy"):
        tipped = [
            case for case in every_case(cell.finding)
            if assess(case, law).review is LicensingPolicy.REFUSE
            and innocent[str(case.end_user)] is not LicensingPolicy.REFUSE
        ]  # fmt: skip
        if cell.asks is Asks.LICENCE:
            assert cell.obliges is bool(tipped), cell.finding


def test_what_is_out_of_scope_or_free_says_so() -> None:
    """No licence is needed where none is, and nothing is proved of what the law does not cover."""
    free = toy(rule(1, Outcome.NOTIFICATION))

    assert sentence(rule(1, Outcome.NOTIFICATION)) == (
        "Toy rules as of 2020-01-01 does not require a licence in any such case (proved)."
    )
    assert brake_sentences(standards([attrs.evolve(free, covers=("transit",))], presume=())) == [
        "Toy rules as of 2020-01-01 does not apply to such exports (proved)."
    ]


def test_of_a_case_that_is_no_such_export_nothing_is_proved() -> None:
    """A transit is no export: the error says which fact of the case stands against it."""
    transit = Scenario(id="passing", transaction=Transaction(kind="transit"))

    with pytest.raises(
        rc.UsageError, match=r"transaction\.kind \(transit\) and an export of an item made"
    ):
        standards([EU_2021], given=transit)


# as printed -----------------------------------------------------------------------------------------


def test_the_common_position_is_asked_with_the_law_that_requires_the_licence() -> None:
    """Alone it is not ranked, and what combines it is named; together it obliges from a clear risk on."""
    options = ["standards", "--as-of", "2021-09-09", "-r"]
    alone, whole = (
        " ".join(CliRunner().invoke(main, [*options, name], catch_exceptions=False).output.split())
        for name in ("eu-common-position", "eu-law")
    )

    assert "requires no licence of its own in such cases (proved)" in alone
    assert "EU law (eu-law), EU law of 2020 (eu-law-2020) and EU law of 2021 (eu-law-2021)" in alone
    assert "must refuse a licence" not in alone
    assert (
        "Under EU law as of 2021-09-09 harm obliges the authority to refuse a licence in some cases once "
        "it is found to the standard “clear risk” (proved)."
    ) in whole


@pytest.mark.thorough
def test_the_command_says_which_regime_has_a_brake() -> None:
    """A sentence for each regime, then the table."""
    done = CliRunner().invoke(main, ["standards"], catch_exceptions=False)

    output = " ".join(done.output.split())
    assert (
        "Under Regulation 2021/821 as of 2021-09-09 no finding of harm obliges the authority to refuse a "
        "licence because of the harm; at most it says: must consider a criterion (proved)."
    ) in output
    assert "in every such case once it is found to the standard “substantial risk”" in output


@pytest.mark.thorough
def test_the_command_gives_data() -> None:
    """One record for each finding and regime, with the provisions."""
    done = CliRunner().invoke(main, ["standards", "-r", "amnesty", "--format", "json"])

    records = json.loads(done.stdout)["standards"]
    assert [record["finding"] for record in records] == [
        finding and finding.value for finding in FINDINGS
    ]
    last = records[-1]
    assert last["least"] == "must refuse"
    assert {"A08-a", "A09"} <= {
        item["provision"]["id"] for item in last["provisions"] if item["weighing"] == "must refuse"
    }


def test_explain_says_how_the_licence_is_decided() -> None:
    """In a sentence, and never that the authority must refuse where it may grant."""
    verdict: Verdict = next(v for v in rc.compare(None, EU_2021).verdicts if v.result == "authorisation")

    text = rc.explain(verdict, full=True)
    assert "How the licence is decided" in text
    assert "nothing obliges it to refuse" in " ".join(text.split())
