"""Chapter 2: refusal, powers and duties."""

from __future__ import annotations

from regcompare.authoring import (
    TRUE,
    Addressee,
    Breach,
    Chapter,
    Checked,
    Concern,
    Destination,
    DutyKind,
    EndUse,
    Knowledge,
    Outcome,
    Review,
    Silence,
    Stage,
    Standard,
    Strength,
    Trigger,
    Weighing,
)

from .chapter_1 import art_1_2, watching_cargo
from .facts import HARBOUR_MASTER
from .texts import ACT

chapter = Chapter()

REPRESSION: tuple[Concern, ...] = ("internal_repression", "human_rights_violation")

# Article 2(1) - refusal
art_2_1 = chapter.rule(
    ACT["Art. 2(1)"],
    "The harbour master must refuse a licence where serious violations are likely.",
    when=art_1_2.when & Destination.serious_violations_likely,
    then=Outcome.REFUSAL,
    review=Review(Weighing.REFUSE, Standard.LIKELY, "serious violations", found_by="the harbour master"),
    triggered_by=Trigger.FINDING,
)

# Article 2(2) - what nobody may ship
art_2_2 = chapter.rule(
    ACT["Art. 2(2)"],
    "Cargo may not leave if the exporter knows that it is meant for both repression and violations.",
    when=Knowledge.exporter_aware.includes_all(*REPRESSION) & EndUse.concerns.includes_any(*REPRESSION),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.KNOWLEDGE,
)

# Article 2(3) - a power
call_in = chapter.discretion(
    ACT["Art. 2(3)"],
    "Has the harbour master required a licence for this cargo, although it does not watch?",
    who=HARBOUR_MASTER,
)
art_2_3 = chapter.rule(
    ACT["Art. 2(3)"],
    "The harbour master may require a licence for cargo that does not watch.",
    when=~watching_cargo & call_in,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    checked=Checked.OFFICIAL,
)

# Article 3 - duties
art_3_1 = chapter.duty(
    ACT["Art. 3(1)"],
    "Whoever ships watching cargo must keep a record of it for five years.",
    kind=DutyKind.RECORDS,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=watching_cargo,
    deadline="five years",
    breach=Breach.NATIONAL_PENALTY,
)
art_3_2 = chapter.duty(
    ACT["Art. 3(2)"],
    "Whoever applies for a licence must say who will use the cargo.",
    kind=DutyKind.END_USE_STATEMENT,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    stage=Stage.LICENSING,
    when=TRUE,
)
chapter.no_duty(ACT["Chapter 3"], kind=DutyKind.PUBLICATION, says=Silence.SILENT)
chapter.no_duty(ACT["Chapter 3"], kind=DutyKind.REMEDY, says=Silence.NATIONAL_LAW)

# Article 4 - left out
chapter.not_encoded(
    ACT["Art. 4"], "The harbour dues.", "Dues do not affect whether the cargo may leave."
)
