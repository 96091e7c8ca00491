"""What the encoding of the proposal leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .sources import PROPOSAL, row

chapter = Chapter()

chapter.left_out(
    row("C01"),
    "What the widened definition adds to the catch-alls for weapons and military use.",
    "They remain as in the act in force; only the new rules use the wider definition.",
)
chapter.left_out(
    PROPOSAL["Art. 4, parts of military items (place not checked)"],
    "Whether a part counts only for military items exported from the exporter's own Member State, as under "
    "Art. 4(3) of Regulation 428/2009, or from any, as under Art. 4(1)(c) of Regulation 2021/821.",
    "The article was not read; the limit of the act in force is kept, so the result may be laxer than the "
    "proposal.",
)
chapter.left_out(
    row("C02"),
    "Technology that incapacitates or damages a system without taking data from it.",
    "No question covers it.",
)
chapter.left_out(
    row("C04"),
    "What Section B contains besides the entries that the accounts name, and the version of it that "
    "applies (CI-12).",
    "The annex was not read; the list is as proposed, with no simulated additions.",
)
chapter.left_out(
    row("C04"),
    "Applying to Section B what the act's rules say about listed items: national measures and "
    "suspicion rules that exempt them, transit and transfer rules that cover them, and general "
    "authorisations.",
    "How the articles refer to the two sections was not read; only the licences under C05 and C07, the "
    "catch-alls and the services take account of Section B.",
)
chapter.left_out(
    row("C05"),
    "Which components and equipment 10A001 includes.",
    "A question of fact that the scenario answers; the wording was not read.",
)
chapter.left_out(
    row("C06"),
    "Carve-outs for collecting data inside network elements and for operating networks.",
    "No question distinguishes them from other items; the question on purely commercial use is asked "
    "instead.",
)
chapter.left_out(
    row("C08"),
    "Serious human-rights violations in an armed conflict that do not breach humanitarian law.",
    "No question links such a violation to a conflict; the questions cover internal repression and "
    "humanitarian law.",
)
chapter.left_out(
    row("C10"),
    "What due diligence must consist of, and liability for a breach (CI-8).",
    "No content was found; what decides is what the exporter is aware of after its enquiries.",
)
chapter.left_out(
    row("C11"),
    "The effect on the transaction of another Member State's objection or requirement (CI-9).",
    "Process; the consultation is encoded as a duty, which does not decide an outcome.",
)
chapter.left_out(
    row("C12"),
    "A licence for a transit that is triggered by a use named in a catch-all.",
    "The act's power to require one (Art. 6(2)) is unchanged; only the prohibition is widened.",
)
chapter.left_out(
    row("C13"),
    "Exceptions for technical assistance.",
    "They were not read; without them the result is stricter.",
)
chapter.left_out(
    row("C14"),
    "Refusal on the other criteria: commitments, sanctions, peace, security and diversion (CI-11).",
    "If the criteria are a bar, human rights is the only one that a question measures.",
)
chapter.left_out(
    row("C16"),
    "The other new general authorisations, for low-value shipments, transfers within a group and so on.",
    "Their conditions were not read; without them the result is stricter.",
)
chapter.left_out(
    row("C18"),
    "How much detail the report gives on individual licences (CI-13).",
    "It does not decide an outcome; aggregate figures are assumed.",
)
chapter.left_out(
    row("C19"),
    "The free transfer of ordinary items within the Union, and national controls outside the act.",
    "The rules of the act in force on both are unchanged.",
)
chapter.left_out(
    PROPOSAL["all other articles"],
    "Anything that the proposal changes elsewhere.",
    "The text was not read; the act in force applies there.",
)
