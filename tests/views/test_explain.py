"""What is said about a verdict, in text, as data and in HTML."""

from __future__ import annotations

import datetime as dt
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.support.recording import RECORD
from tests.support.shipped import CASES, CATALOGUE

from regcompare import Outcome, Ruleset, Scenario, Verdict, assess
from regcompare.authoring import (
    CORE,
    TRUE,
    Addressee,
    Breach,
    Destination,
    Diligence,
    DutyKind,
    EndUse,
    EndUser,
    EvidenceLevel,
    Exporter,
    Instrument,
    Item,
    Knowledge,
    LicensingPolicy,
    National,
    Period,
    Review,
    Strength,
    Term,
    Transaction,
    Trigger,
)
from regcompare.comparison.comparison import compare
from regcompare.comparison.data import record
from regcompare.facts import MemberSet
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Duty, Interpretation, NotEncoded, Rule
from regcompare.scenario.files import read_scenarios
from regcompare.scenario.provenance import Disputed
from regcompare.verdict.assess import assess_all
from regcompare.views.gates import GATES, gate_of, why
from regcompare.views.notebook import notebook_html
from regcompare.views.render import render
from regcompare.views.sentences import NAMES_IN_ENGLISH
from regcompare.views.verdict import explain_data, explain_document, explain_text
from regcompare.words.catalogues import language
from regcompare_amnesty import AMNESTY
from regcompare_eu import EU_428_2009, EU_2021_821

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"

ACT = Instrument("Toy Act", "An invented act on toys", "Toy Gazette 1")
PLAN = Instrument("Toy Plan", "An invented plan for toys", "Toy Gazette 2")

DOUBT = Interpretation(
    "toy-doubt",
    ACT["Art. 2"],
    "Does a tool of researchers count?",
    readings={"counts": "It counts.", "free": "It is free."},
    default="counts",
    reason="The article makes no exception.",
)
TOY = Term("watching toy", ACT["Art. 2"], Item.designed_to_monitor_people)
LICENCE = Rule(
    ACT["Art. 3"],
    "A watching toy needs an authorisation.",
    when=TOY & DOUBT.choose(counts=TRUE, free=~Item.security_research),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
)
LIFTED = Rule(
    ACT["Art. 4"],
    "A general authorisation covers watching toys for Norway.",
    when=TOY & Destination.country.is_in("NO") & ~National.other_state_list,
    overrides=LICENCE,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    id="general",
)
REFUSAL = Rule(
    ACT["Art. 5"],
    "The authority refuses watching toys for an army.",
    when=TOY & EndUser.kind.is_in("military"),
    then=Outcome.REFUSAL,
    states="the authority, where the end user is an army",
    triggered_by=Trigger.FINDING,
    checked=EvidenceLevel.SECONDARY,
)
SUSPENDED = Rule(
    ACT["Art. 6"],
    "Without diligence a watching toy may not go.",
    when=TOY & ~Diligence.completed,
    then=Outcome.SUSPENSION,
    states="until the exporter has completed diligence",
    triggered_by=Trigger.ACT,
    checked=EvidenceLevel.INFERRED,
)
INFORMED = Rule(
    ACT["Art. 7"],
    "The authority has told the exporter of repression.",
    when=Knowledge.authority_informed.includes_any("internal_repression"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
)
DUTY = Duty(
    ACT["Art. 8"],
    "The exporter keeps records.",
    kind=DutyKind.RECORDS,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    deadline="five years",
    breach=Breach.NATIONAL_PENALTY,
)


def toy_law(*rules: Rule, **changes: Any) -> Ruleset:
    """An invented law with these rules."""
    provisions = Provisions(
        rules,
        duties=(DUTY,),
        interpretations=(DOUBT,),
        not_encoded=(
            NotEncoded(ACT["Art. 3"], "Small toys.", "No fact asks for size."),
            NotEncoded(ACT["Art. 20"], "Penalties.", "Process."),
        ),
    )
    settings: dict[str, Any] = {
        "status": "law",
        "instruments": (ACT,),
        "reference_date": dt.date(2020, 1, 1),
        "period": Period(dt.date(2010, 1, 1)),
        "covers": ("export",),
        "scope": Exporter.country.is_in("FR"),
        "provisions": provisions,
        "checked": EvidenceLevel.TEXT,
        "vocabulary": CORE,
    }
    return Ruleset("toy-law", "the Toy Act", **{**settings, **changes})


def case(**facts: Any) -> Scenario:
    """An export from France, with these sections of facts."""
    given = {
        "transaction": Transaction(kind="export"),
        "exporter": Exporter(country="FR"),
        "item": Item(designed_to_monitor_people=True),
        "title": "A toy",
    }
    return Scenario(id="toy-case", date=dt.date(2020, 6, 1), **{**given, **facts})


def in_full(verdict: Verdict, width: int) -> str:
    """A verdict with everything that is said about it, in lines of some length."""
    return render(explain_document(verdict, full=True), width=width)


def text_of(scenario: Scenario, *rules: Rule, **changes: Any) -> str:
    """The explanation on long lines, so that sentences can be looked for."""
    return in_full(assess(scenario, toy_law(*rules, **changes)), 500)


# text ------------------------------------------------------------------------------------------


def test_a_verdict_opens_with_law_day_outcome_and_provision() -> None:
    """The first sentence can be quoted alone: law, day, what it means, outcome, provision."""
    text = text_of(case(), LICENCE)

    assert text.splitlines()[:6] == [
        "A toy (toy-case)",
        "================",
        "",
        f"the Toy Act (toy-law): authorisation. {LICENCE.sentence}",
        "",
        "Under the Toy Act, read as of 2020-01-01, the export needs an authorisation, which the authority "
        "may grant or refuse (Toy Act Art. 3).",
    ]


def test_the_deciding_rule_says_who_how_checked_and_why() -> None:
    """Citation, sentence, who sets it off, the mark, and the facts that made it hold."""
    text = text_of(case(), LICENCE)

    assert (
        "Toy Act Art. 3 [art-3]: authorisation\n"
        "  A watching toy needs an authorisation.\n"
        "  Triggered by the exporter's classification of the item. Source: official text.\n"
        "  It holds because:\n"
        "  - “watching toy” (Art. 2) is met: the item is made or marketed to observe people or their data\n"
        "  - toy-doubt is read as “counts”\n"
    ) in text


def test_a_refusal_says_whose_finding_and_a_suspension_until_when() -> None:
    """The standard of a refusal and the condition of a suspension are printed."""
    text = text_of(
        case(end_user=EndUser(kind="military"), diligence=Diligence(completed=False)), REFUSAL, SUSPENDED
    )

    assert "needs an authorisation, which the authority must refuse (Toy Act Art. 5)" in text
    assert "  Refusal is for the authority, where the end user is an army." in text
    assert "  Suspended until the exporter has completed diligence." in text
    assert text.index("What decides") < text.index("Toy Act Art. 5 [art-5]")
    assert text.index("Other rules that hold") < text.index("Toy Act Art. 6 [art-6]")


def test_a_general_authorisation_says_what_it_lifts() -> None:
    """The lifted rule is shown as lifted; where the lift is open it is shown as possible."""
    settled = text_of(
        case(destination=Destination(country="NO"), national=National(other_state_list=False)),
        LICENCE,
        LIFTED,
    )
    open_lift = text_of(case(destination=Destination(country="NO")), LICENCE, LIFTED)

    assert "is covered by a general authorisation, on its conditions" in settled
    assert "  It overrides art-3." in settled
    assert "  It is overridden by general." in settled
    assert "the Toy Act (toy-law): general authorisation to authorisation" in open_lift
    assert "  It may be overridden by general." in open_lift


def test_an_open_outcome_names_both_ends_and_what_each_answer_leads_to() -> None:
    """A span is given as its mildest and strictest outcome, and each open question with its consequences."""
    text = text_of(case(item=Item()), LICENCE)

    assert (
        "the outcome is open: at the least the export needs no authorisation; at the most it needs an "
        "authorisation, which the authority may grant or refuse (Toy Act Art. 3)."
    ) in text
    assert (
        "Is the item made or marketed to observe people or their data, openly or covertly? "
        "(item.designed_to_monitor_people)\n  - yes: authorisation\n  - no: no control\n"
    ) in text
    assert "The two ends of the outcome are found by look-ahead, not proved." in text


def test_no_control_says_what_it_hangs_on() -> None:
    """The stricter rules that failed on one point, each with the fact, and whether that was presumed."""
    scenario = case(
        item=Item(designed_to_monitor_people=False),
        presumed=(Knowledge(authority_informed=MemberSet()),),
        disputed=(Disputed(fact="item.designed_to_monitor_people", note="The maker says otherwise."),),
    )

    text = text_of(scenario, LICENCE, INFORMED)

    assert "No encoded rule holds." in text
    assert "needs no authorisation, which is not to say that it is lawful." in text
    assert (
        "- Toy Act Art. 7 (authorisation): the authority has not informed the exporter of a use in connection with "
        "internal repression [knowledge.authority_informed assumed]\n"
    ) in text
    assert (
        "- item.designed_to_monitor_people is disputed, and matters above: The maker says otherwise."
        in text
    )


def test_presumed_answers_are_printed() -> None:
    """Nothing is presumed silently."""
    text = text_of(case(presumed=(EndUser(kind="military"),)), REFUSAL)

    assert "- What kind of body is the end user? – armed forces (end_user.kind)" in text
    assert "[end_user.kind assumed]" in text


def test_inferred_answers_are_printed() -> None:
    """What follows from other facts is marked as such, a set as far as it follows."""
    uses = Rule(
        ACT["Art. 11"],
        "A toy for repression needs an authorisation.",
        when=EndUse.concerns.includes_any("internal_repression", "wmd"),
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.ACT,
    )

    text = text_of(case(knowledge=Knowledge(exporter_aware=["internal_repression"])), uses)

    assert "[end_use.concerns inferred]" in text
    assert text.index("Inferred from other facts") < text.index(
        "that the item is intended? – internal repression"
    )


def test_a_reading_that_changes_the_result_is_shown_with_its_alternative() -> None:
    """An assumption that matters shows what another reading would give; one that does not is only named."""
    matters = text_of(case(item=Item(designed_to_monitor_people=True, security_research=True)), LICENCE)
    idle = text_of(case(item=Item(designed_to_monitor_people=True, security_research=False)), LICENCE)

    assert "Assumed: “counts”. It counts. The article makes no exception." in matters
    assert "  - interpreted as “free”: no control. It is free." in matters
    assert "Changing the interpretation of any one of these changes nothing here: toy-doubt." in idle


def test_duties_limits_and_law_are_printed() -> None:
    """Duties by addressee, what is not encoded near the case, the law, and that it is not advice."""
    text = text_of(case(), LICENCE)

    assert (
        "Exporter:\n"
        "  - The exporter keeps records. [must; deadline: five years; breach: national penalty] (Toy Act Art. 8)\n"
    ) in text
    assert "- Toy Act Art. 3: Small toys.\n\n1 more: see `regcompare show toy-law`." in text
    assert "- Toy Act: An invented act on toys (Toy Gazette 1)" in text
    assert "Law as of 2020-01-01; facts of 2020-06-01." in text
    assert text.endswith("not legal advice.")


def test_out_of_scope_and_not_in_force_are_said_in_words() -> None:
    """Where there is no outcome, a sentence says why, and nothing else is put in its place."""
    outside = text_of(case(exporter=Exporter(country="US")), LICENCE)
    before = in_full(assess(case(), toy_law(LICENCE), as_of=dt.date(2000, 1, 1)), 500)

    assert "Under the Toy Act, read as of 2020-01-01, the export is out of scope" in outside
    assert (
        "Why it does not apply\n---------------------\n- the export is made from United States (US)"
        in outside
    )
    assert (
        "the Toy Act is not in force on 2000-01-01 (in force from 2010-01-01). It gives no outcome"
        in before
    )
    assert "Rules that" not in outside + before


def test_an_open_scope_is_said_first() -> None:
    """Whether a law applies at all comes before what it would say."""
    text = text_of(case(exporter=Exporter()), LICENCE)

    assert "Under the Toy Act, read as of 2020-01-01, if it applies, which is not known, " in text
    assert (
        "Whether it applies\n------------------\n- whether the export is made from France (FR)" in text
    )


def test_a_proposal_speaks_of_what_would_be() -> None:
    """A proposal names the law that it is based on, and does not speak as if it were in force."""
    base = toy_law(LICENCE)
    ban = Rule(
        PLAN["Demand 1"],
        "Watching toys may not be exported.",
        when=Item.designed_to_monitor_people,
        then=Outcome.PROHIBITION,
        triggered_by=Trigger.ACT,
    )
    plan = Ruleset(
        "toy-plan",
        "the Toy Plan",
        status="proposal",
        instruments=(PLAN,),
        reference_date=dt.date(2020, 1, 1),
        provisions=Provisions((ban,)),
        covers=("export",),
        base=(base,),
    )

    text = in_full(assess(case(), plan), 500)

    assert (
        "Under the Toy Plan, read as of 2020-01-01 on top of the Toy Act, the export would be prohibited "
        "(Toy Plan Demand 1)."
    ) in text
    assert "see `regcompare show toy-plan` and `regcompare show toy-law`." in text


def test_an_outcome_that_follows_either_way_names_no_single_rule() -> None:
    """Two open rules of which one must hold decide together."""
    other = Rule(
        ACT["Art. 9"],
        "A toy that is not for watching needs an authorisation too.",
        when=~Item.designed_to_monitor_people,
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.ACT,
    )
    listed = Rule(
        ACT["Art. 10"],
        "A watching toy needs an authorisation.",
        when=Item.designed_to_monitor_people,
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.ACT,
    )

    text = text_of(case(item=Item()), listed, other)

    assert "the Toy Act (toy-law): authorisation" in text
    assert "No single rule decides" in text


def test_lines_keep_to_the_width() -> None:
    """Text is wrapped, and no word is broken."""
    verdict = assess(case(), toy_law(LICENCE, REFUSAL, INFORMED))

    assert max(map(len, in_full(verdict, 60).splitlines())) <= 60


# data ------------------------------------------------------------------------------------------


def test_the_data_hold_what_the_text_says_and_what_compare_prints() -> None:
    """The data survive JSON, and keep the keys that machines rely on."""
    verdict = assess(case(), toy_law(LICENCE, REFUSAL))

    data = explain_data(verdict)

    assert json.loads(json.dumps(data)) == data
    assert set(record(verdict)) <= set(data)
    (rule,) = (rule for rule in data["rules"] if rule["id"] == "art-3")
    assert (rule["id"], rule["holds"], rule["decides"], rule["outcome"]) == (
        "art-3",
        True,
        True,
        "authorisation",
    )
    assert data["reasons"]["art-3"][0] == {
        "text": "“watching toy” (Art. 2) is met: the item is made or marketed to observe people or their data",
        "facts": ["item.designed_to_monitor_people"],
    }
    assert data["questions"][0]["effects"][0]["low"] in {"authorisation", "refusal"}


# HTML ------------------------------------------------------------------------------------------


class _Seen(HTMLParser):
    """What a screen reader meets."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_accessible_and_escaped() -> None:
    """A sentence comes first; the outcome is a word; text is escaped; a link has words."""
    verdict = assess(case(title="<script>A & B</script>"), toy_law(LICENCE, REFUSAL))

    html = notebook_html(verdict)
    seen = _Seen(html)

    tags = [tag for tag, _ in seen.tags]
    assert not seen.open
    assert "script" not in tags
    assert "&lt;script&gt;A &amp; B&lt;/script&gt; (toy-case)" in html
    assert "licence, refused?</span>" in html
    assert not re.search(r"<a [^>]*></a>", html)
    assert "color" not in html.replace("rgba(128,128,128,.4)", "")


@pytest.mark.parametrize(
    "verdict",
    [
        assess(case(exporter=Exporter(country="US")), toy_law(LICENCE)),
        assess(case(), toy_law(LICENCE), as_of=dt.date(2000, 1, 1)),
        assess(case(item=Item(designed_to_monitor_people=False)), toy_law(LICENCE)),
    ],
    ids=lambda verdict: verdict.result,
)
def test_html_says_in_words_where_nothing_is_asked(verdict: Verdict) -> None:
    """Out of scope, not in force and no control are words too."""
    html = notebook_html(verdict)

    assert not _Seen(html).open
    assert {"no_control": "no licence"}.get(verdict.result, verdict.result) in html


# the real regimes ------------------------------------------------------------------------------


def _morpho() -> Scenario:
    (scenario,) = read_scenarios(ROOT / "scenarios" / "morpho-shanghai-2015.yaml", CATALOGUE.vocabulary)
    return scenario


@pytest.mark.parametrize("ruleset", [EU_428_2009, EU_2021_821, AMNESTY], ids=lambda ruleset: ruleset.id)
def test_morpho_is_explained_as_recorded(ruleset: Ruleset) -> None:
    """The Shanghai case under the three regimes; REGCOMPARE_RECORD=1 records anew, for review."""
    golden = GOLDEN / f"explain-morpho-{ruleset.id}.txt"

    text = explain_text(assess(_morpho(), ruleset), full=True) + "\n"

    if RECORD:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_on_one_screen_it_says_why_what_would_settle_it_and_how_sure() -> None:
    """The short form names the rule, its reason and address, what would settle it, and assumptions."""
    verdict = assess(_morpho(), EU_2021_821)

    text = " ".join(explain_text(verdict).split())

    for part in ("must report? (too little known", "Art. 5(2) (may apply, must report): ", "#art_5"):
        assert part in text
    for part in (
        "What would settle it (2 more: --full):",
        " Assumed: ",
        "Disputed: ",
        "--full: the rest",
    ):
        assert part in text
    assert "Duties" not in text
    assert "Duties" in explain_text(verdict, full=True)


@pytest.mark.thorough
def test_every_case_fits_on_a_screen() -> None:
    """At most 25 lines of at most 80 letters, addresses aside, for every case under every regime."""
    regimes = [CATALOGUE.ruleset(name) for name in ("eu-428-2009", "eu-2021-821", "amnesty", "eu-law")]
    for verdict in compare(CASES, regimes):
        lines = explain_text(verdict).splitlines()

        assert len(lines) <= 25, verdict
        assert all(len(line) <= 80 for line in lines if "://" not in line), verdict


def test_the_story_comes_first_in_full_and_is_left_out_on_one_screen() -> None:
    """The full form describes the case before its result; the data contain it too."""
    verdict = assess(case(story="A firm sold\n a toy."), toy_law(LICENCE))

    assert explain_text(verdict, full=True).splitlines()[3] == "A firm sold a toy."
    assert "A firm sold a toy." not in explain_text(verdict)
    assert explain_data(verdict)["story"] == "A firm sold a toy."


@pytest.mark.thorough
def test_every_bundled_case_can_be_explained() -> None:
    """No documented case is beyond words, and every sentence is whole."""
    files = sorted((ROOT / "scenarios").glob("*.yaml"))
    cases = [case for file in files for case in read_scenarios(file, CATALOGUE.vocabulary)]
    for ruleset in (EU_428_2009, EU_2021_821, AMNESTY):
        for verdict in assess_all(cases, ruleset):
            data = explain_data(verdict)
            text = json.dumps(data, ensure_ascii=False)
            assert data["sentence"].endswith(".")
            assert "…" not in text
            assert "  " not in text


def test_an_open_rule_with_a_stricter_review_is_part_of_how_the_licence_is_decided() -> None:
    """A licence is needed either way; whether it is favoured or denied depends on law that nobody read."""
    mild, strict = (
        Rule(
            ACT[f"Art. {number}"],
            "Drums need a licence.",
            when=Item.form.is_in("goods"),
            then=Outcome.AUTHORISATION,
            triggered_by=Trigger.ACT,
            review=Review(weighing),
            checked=level,
        )
        for number, weighing, level in (
            (1, LicensingPolicy.FAVOURABLE, EvidenceLevel.TEXT),
            (2, LicensingPolicy.POLICY, EvidenceLevel.UNREAD),
        )
    )
    law = Ruleset(
        "drums",
        "the Drum Act",
        status="law",
        instruments=(ACT,),
        reference_date="scenario",
        provisions=Provisions((mild, strict)),
        covers=("export",),
    )
    drum = Scenario(id="drum", item=Item(form="goods"), transaction=Transaction(kind="export"))
    verdict = assess(drum, law)

    assert (verdict.review, verdict.review_at_most) == (
        LicensingPolicy.FAVOURABLE,
        LicensingPolicy.POLICY,
    )
    assert "between favourable policy and policy of denial" in " ".join(explain_text(verdict).split())
    assert gate_of(verdict).sentence == GATES[Outcome.AUTHORISATION].sentence


def test_the_short_account_speaks_the_language_of_the_gates() -> None:
    """In Dutch it has the reason of the gate, its questions and its answers; only records are English."""
    dutch, verdict = language("nl", CATALOGUE.locales), assess(_morpho(), EU_2021_821)
    reason = why(verdict, dutch).text.partition(". ")[0]

    said = " ".join(explain_text(verdict, lang="nl", language=dutch).split())

    assert "Verordening 2021/821 (eu-2021-821), stand van 2021-09-09: moet melden? (" in said
    assert f"{reason}." in said
    assert "(geldt misschien, moet melden): Als het gemaakt is om mensen heimelijk" in said
    assert (
        "Wat uitsluitsel zou geven (nog 2: --full): - Was heimelijke surveillance het hoofddoel" in said
    )
    words = re.sub(r"http\S+|\w+\.\w+", "", said)
    assert not re.search(r"\b(the|and|or|what|would|may|more|law|facts)\b", words)


def test_the_full_account_says_which_names_are_in_english() -> None:
    """Its result and its reason in everyday words are in the language asked for, and so is the rest."""
    dutch, verdict = language("nl", CATALOGUE.locales), assess(_morpho(), EU_2021_821)

    said = " ".join(explain_text(verdict, full=True, language=dutch).split())

    assert why(verdict, dutch).text in said
    assert dutch.say(NAMES_IN_ENGLISH) in said
    assert NAMES_IN_ENGLISH not in said
