"""What the encoding of the demands leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .sources import DEMANDS

chapter = Chapter()

chapter.not_encoded(
    DEMANDS["IC-11"],
    "A third threshold of refusal, a clear risk.",
    "No fact tells a clear risk from a substantial one.",
)
chapter.not_encoded(
    DEMANDS["IC-12"],
    "Which violations count for the refusals (A07, A08), the assessment (A10) and a finding by due diligence.",
    "Those facts ask about human rights as a whole; only what the authority tells is named use by use.",
)
chapter.not_encoded(
    DEMANDS["IC-14"],
    "Whether due diligence repeats for each shipment or by product and customer, and is published or audited.",
    "It changes when the duty is met, not which outcome follows; the fact asks for this transaction.",
)
spyware = chapter.not_encoded(
    DEMANDS["IC-18 and IC-19"],
    "The moratorium on spyware and the ban on highly invasive spyware (A15 to A20).",
    "They belong to the variant amnesty-moratorium.",
)
transfers_within = chapter.not_encoded(
    DEMANDS["IC-20"],
    "Bans and moratoria on transfers inside the Union.",
    "Licensing demands stop at the Union's border; the bans that do not are A15 to A18.",
)
chapter.not_encoded(
    DEMANDS["IC-21"],
    "Transit and financing.",
    "No demand names them; transit is left to the base.",
)
existing_licences = chapter.not_encoded(
    DEMANDS["IC-22"],
    "Existing licences and running contracts.",
    "It rests on A18, which belongs to the variant amnesty-moratorium.",
)
chapter.not_encoded(
    DEMANDS["IC-23 to IC-25"],
    "Fields and interval of publication, the voting rule for the list, remedy, penalties and whistle-blowers.",
    "They decide no outcome; where the sources are silent nothing is invented.",
)
chapter.not_encoded(
    DEMANDS["IC-27"],
    "Which demand prevails where several apply.",
    "The engine takes the strictest and reports each.",
)
chapter.not_encoded(
    DEMANDS["A03"],
    "Technology that infers emotion beside another main function.",
    "The vocabulary names emotion recognition as a main function only.",
)
chapter.not_encoded(
    DEMANDS["A06"],
    "A limit of the catch-all to dual-use items or to surveillance technology.",
    "The sources speak of unlisted items; what is surveillance technology needs a licence already (A01).",
)
chapter.not_encoded(
    DEMANDS["A06"],
    "The wording of the catch-all in the report's recommendations.",
    "That chapter was not read; the rule follows an account of it and the joint letter.",
)
chapter.not_encoded(
    DEMANDS["A21"],
    "A ban on the export of social scoring.",
    "The vocabulary has no such technology.",
)
chapter.not_encoded(
    DEMANDS["A22"],
    "Licences for facial recognition, which the same comments support.",
    "They are about United States law; the demand to the Union is a ban (A02).",
)
