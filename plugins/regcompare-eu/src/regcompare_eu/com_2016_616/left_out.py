"""What the encoding of the proposal leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .sources import PROPOSAL, row

chapter = Chapter()

chapter.not_encoded(
    row("C01"),
    "What the widened definition adds to the catch-alls for weapons and military use.",
    "They stay as they are in the act in force; the wider definition is asked by the new rules only.",
)
chapter.not_encoded(
    row("C02"),
    "Technology that incapacitates or damages a system without taking data from it.",
    "No fact asks for it.",
)
chapter.not_encoded(
    row("C04"),
    "What else Section B holds beside the entries that accounts name, and its frozen state (CI-12).",
    "The annex was not read; the list stands as proposed, with no simulated additions.",
)
chapter.not_encoded(
    row("C04"),
    "What the rules taken over from the act ask of listed items, asked of Section B: national measures "
    "and suspicion that spare them, transit and transfers that reach them, general authorisations.",
    "How the articles name the two sections was not read; the licence of C05 and C07, the catch-alls and "
    "the services alone know Section B.",
)
chapter.not_encoded(
    row("C05"),
    "Which components and equipment 10A001 takes in.",
    "A question of fact that the scenario answers; the wording was not read.",
)
chapter.not_encoded(
    row("C06"),
    "Carve-outs for the collection of data inside network elements and for the operation of networks.",
    "No fact tells them from other items; a purely commercial use is asked instead.",
)
chapter.not_encoded(
    row("C08"),
    "Serious violations of human rights in an armed conflict that breach no humanitarian law.",
    "No fact links such a violation to a conflict; internal repression and humanitarian law are asked.",
)
chapter.not_encoded(
    row("C10"),
    "What due diligence has to consist of, and liability for a breach (CI-8).",
    "No content was found; what the exporter is aware of after its enquiry decides.",
)
chapter.not_encoded(
    row("C11"),
    "The effect of another state's objection or requirement on the transaction (CI-9).",
    "Process; the consultation stands as a duty that decides nothing.",
)
chapter.not_encoded(
    row("C12"),
    "A licence for a transit that a catch-all's use sets off.",
    "The act's power to require one (Art. 6(2)) stands as it is; the prohibition alone is widened.",
)
chapter.not_encoded(
    row("C13"),
    "Exceptions for technical assistance.",
    "They were not read; without them the result is stricter.",
)
chapter.not_encoded(
    row("C14"),
    "A refusal on the other criteria: commitments, sanctions, peace, security and diversion (CI-11).",
    "Read as a bar, the criterion of human rights alone has a fact that measures it.",
)
chapter.not_encoded(
    row("C16"),
    "The other new general authorisations, for low values, transfers within a group and more.",
    "Their conditions were not read; without them the result is stricter.",
)
chapter.not_encoded(
    row("C18"),
    "How far the report goes into single licences (CI-13).",
    "It decides no outcome; figures taken together are assumed.",
)
chapter.not_encoded(
    row("C19"),
    "Free transfers of ordinary items within the Union, and national controls beside the act.",
    "The rules of the act in force on both stand unchanged.",
)
chapter.not_encoded(
    PROPOSAL["all other articles"],
    "Whatever the proposal changes elsewhere.",
    "The text was not read; the act in force stands there.",
)
