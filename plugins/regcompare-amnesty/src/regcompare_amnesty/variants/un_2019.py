"""U01 to U06: what the Special Rapporteur recommended to the Human Rights Council in 2019.

The wording is that of a mandate-holder of the United Nations and not Amnesty's, so it stands in a ruleset
of its own, on top of the act that was in force.
"""

from __future__ import annotations

from regcompare.authoring import (
    Addressee,
    Chapter,
    Destination,
    DutyKind,
    EvidenceLevel,
    Item,
    Outcome,
    Strength,
    Term,
    Transaction,
    Trigger,
)
from regcompare.vocabulary import TransactionKind
from regcompare_amnesty.un_facts import Un
from regcompare_eu import EU_428_2009
from regcompare_eu.licensing import licence_needed

from .texts import row

chapter = Chapter()

TRANSFERS: tuple[TransactionKind, ...] = (
    "export",
    "electronic_export",
    "brokering",
    "technical_assistance",
    "hosted_service",
    "intra_eu_transfer",
)
"""What counts as exporting, selling, transferring and servicing."""

ic_13 = chapter.interpretation(
    "IC-13-un",
    row("U02"),
    "Is a missing law, or a lack of public oversight, in the destination a bar to a licence or one "
    "factor among others?",
    readings={"factor": "A factor to weigh.", "bar": "A bar: the licence must be refused."},
    within={"factor": "bar"},
    default="factor",
    reason="The paragraphs address the states that buy; they do not tell the exporting state to refuse.",
    checked=EvidenceLevel.INFERRED,
)

surveillance_tool = Term(
    "surveillance tool",
    row("U01"),
    Item.designed_to_monitor_people,
    note="Taken to mean anything made or marketed to observe people or their data.",
)
tool_transfer = Term(
    "export, sale, transfer or servicing of a surveillance tool",
    row("U01"),
    Transaction.kind.is_in(*TRANSFERS) & surveillance_tool,
)
licence_application = Term(
    "licence application for a surveillance tool",
    row("U05"),
    licence_needed(EU_428_2009.rules) & surveillance_tool,
    note="Where the act in force requires a licence.",
)

# U01 - immediate moratorium
u01 = chapter.rule(
    row("U01"),
    "States must immediately halt the export, sale, transfer, use and servicing of privately "
    "developed surveillance tools until safeguards that comply with human rights are in place.",
    when=tool_transfer & Un.private_developer & ~Un.framework_in_place,
    then=Outcome.SUSPENSION,
    states="until a framework that protects human rights is in place",
    triggered_by=Trigger.ACT,
    checked=EvidenceLevel.TEXT,
)

# U02 - law of the buying state
u02 = chapter.duty(
    row("U02"),
    "Whether the law in the destination meets the tests of legality, necessity and legitimacy, and "
    "gives victims a remedy, is a factor for the authority.",
    kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST_CONSIDER,
    when=licence_application,
    checked=EvidenceLevel.INFERRED,
)
u02_bar = chapter.rule(
    row("U02"),
    "The authority must refuse a licence where no adequate law in the destination governs the use.",
    when=licence_application
    & Destination.surveillance_law.is_in("none", "substandard")
    & ic_13.is_read_as("bar"),
    then=Outcome.REFUSAL,
    states="the authority, if the law in the destination is missing or falls short",
    triggered_by=Trigger.FINDING,
    checked=EvidenceLevel.INFERRED,
    id="U02-bar",
    fires="licensed-tool-no-law under IC-13-un=bar",
    misses="licensed-tool under IC-13-un=bar",
    note="Only if the factor is interpreted as a bar.",
)

# U03 - public control of purchases
u03 = chapter.duty(
    row("U03"),
    "Whether the public in the destination approves, oversees and controls purchases of surveillance "
    "tools is a factor for the authority.",
    kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST_CONSIDER,
    when=licence_application,
    checked=EvidenceLevel.INFERRED,
)
u03_bar = chapter.rule(
    row("U03"),
    "The authority must refuse a licence where the public in the destination does not approve, "
    "oversee and control purchases of surveillance tools.",
    when=licence_application & ~Un.public_oversight & ic_13.is_read_as("bar"),
    then=Outcome.REFUSAL,
    states="the authority, if purchases in the destination escape public control",
    triggered_by=Trigger.FINDING,
    checked=EvidenceLevel.INFERRED,
    id="U03-bar",
    fires="licensed-tool-no-oversight under IC-13-un=bar",
    misses="licensed-tool under IC-13-un=bar",
    note="Only if the factor is interpreted as a bar.",
)

# U04 - public input and records
u04_consultation = chapter.duty(
    row("U04"),
    "The exporting state must take public input and hold multi-stakeholder consultations on licence "
    "applications.",
    kind=DutyKind.CONSULTATION,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=licence_application,
    checked=EvidenceLevel.UNREAD,
    id="U04-consultation",
)
u04_records = chapter.duty(
    row("U04"),
    "The exporting state must keep records of licences and disclose them as far as possible.",
    kind=DutyKind.PUBLICATION,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=licence_application,
    checked=EvidenceLevel.UNREAD,
    id="U04-records",
)

# U05 - conditions of a licence
u05 = chapter.rule(
    row("U05"),
    "The authority must refuse a licence if there has been no national human-rights review, or if the "
    "company does not comply with the Guiding Principles.",
    when=licence_application & (~Un.national_review | ~Un.company_complies),
    then=Outcome.REFUSAL,
    states="the authority, if the national review or the company's compliance is missing",
    triggered_by=Trigger.FINDING,
    checked=EvidenceLevel.UNREAD,
    fires="licensed-tool-no-review",
    misses="licensed-tool",
)

# U06 - companies
u06 = chapter.duty(
    row("U06"),
    "Companies should build in safeguards: contract terms that prohibit customisation, targeting, "
    "servicing or other use in breach of human rights, and design features that prevent misuse.",
    kind=DutyKind.COMPLIANCE_PROGRAMME,
    addressee=Addressee.EXPORTER,
    strength=Strength.VOLUNTARY,
    when=tool_transfer,
    deadline="before and after sale",
    checked=EvidenceLevel.SECONDARY,
)

# U04 - safe harbour for security research, from what stands above and not from the act in force
u04_research = chapter.rule(
    row("U04"),
    "Security research is exempt from the moratorium and from the conditions for licences.",
    when=tool_transfer & Item.security_research,
    overrides=(u01, u02_bar, u03_bar, u05),
    then=Outcome.NO_CONTROL,
    triggered_by=Trigger.ACT,
    checked=EvidenceLevel.UNREAD,
    id="U04-research",
    fires="research-tool",
    misses="private-tool",
)

chapter.left_out(
    row("U01"),
    "The use of surveillance tools by states.",
    "This is not an export, so no rule decides it.",
)
chapter.left_out(
    row("U02"),
    "What U02 and U03 require of the states that buy.",
    "This is outside the export rules; a shortfall there is a factor, or a bar, for the exporting "
    "state.",
)
chapter.left_out(
    row("U04"),
    "No control on encryption.",
    "The paragraph was not read; the list in the act in force is left as it is.",
)
chapter.left_out(
    row("U05"),
    "Which states participate in the Wassenaar Arrangement.",
    "The act in force applies to all Member States; the conditions apply to each licence under it.",
)
chapter.left_out(
    row("U06"),
    "How a company's compliance is shown.",
    "The text is known only from an account; the scenario answers this.",
)
