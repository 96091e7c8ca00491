"""What the encoding of the demands leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .sources import DEMANDS

chapter = Chapter()

chapter.left_out(
    DEMANDS["IC-11"],
    "Refusal at a significant risk of abuse (June 2020, as reported), and a ban in principle (2014).",
    "No question distinguishes a significant risk from a substantial one; the ban of 2014 is known "
    "from one release.",
)
chapter.left_out(
    DEMANDS["IC-12"],
    "Which violations count for the refusals (A07, A08), the assessment (A10) and the findings of due "
    "diligence.",
    "Those questions cover human rights as a whole; only what the authority tells the exporter is "
    "specified use by use.",
)
chapter.left_out(
    DEMANDS["IC-14"],
    "Whether due diligence is repeated for each shipment or for each product and customer, and whether "
    "it is published or audited.",
    "This affects when the duty is met, not which outcome follows; the question is about this "
    "transaction.",
)
spyware = chapter.left_out(
    DEMANDS["IC-18 and IC-19"],
    "The moratorium on spyware and the ban on highly invasive spyware (A15 to A20).",
    "They belong to the variant amnesty-moratorium.",
)
transfers_within = chapter.left_out(
    DEMANDS["IC-20"],
    "Bans and moratoria on transfers within the Union.",
    "The licensing demands cover only what leaves the Union; the bans that go further are A15 to A18.",
)
chapter.left_out(
    DEMANDS["IC-21"],
    "Transit and financing.",
    "No demand mentions them; transit is left to the base law.",
)
existing_licences = chapter.left_out(
    DEMANDS["IC-22"],
    "Existing licences and running contracts.",
    "This depends on A18, which belongs to the variant amnesty-moratorium.",
)
chapter.left_out(
    DEMANDS["IC-23 to IC-25"],
    "What is published and how often, the voting rule for the list, remedies, penalties and "
    "whistle-blowers.",
    "They do not decide an outcome; where the sources are silent, nothing is invented.",
)
chapter.left_out(
    DEMANDS["IC-27"],
    "Which demand prevails where several apply.",
    "The strictest decides, and each is reported.",
)
chapter.left_out(
    DEMANDS["A03"],
    "Technology that infers emotion in addition to another main function.",
    "The questions cover emotion recognition only as a main function.",
)
chapter.left_out(
    DEMANDS["A06"],
    "Limiting the catch-all to dual-use items or to surveillance technology.",
    "The sources speak of unlisted items; surveillance technology already needs a licence (A01).",
)
chapter.left_out(
    DEMANDS["A06"],
    "The wording of the catch-all in the report's recommendations.",
    "That chapter was not read; the rule follows an account of it and the joint letter.",
)
chapter.left_out(
    DEMANDS["A21"],
    "A ban on the export of social scoring.",
    "No question covers social scoring.",
)
chapter.left_out(
    DEMANDS["A21"],
    "That high-risk systems that may be exported meet the requirements of those sold in the Union.",
    "Asked for in April 2023; it is a requirement on the product and decides no licence.",
)
chapter.left_out(
    DEMANDS["A22"],
    "Which rules the comments speak of: those that the United States proposed, for certain states only.",
    "That the same be asked of the Union, for every state, is this encoding's own step; the rule is marked "
    "unread.",
)
chapter.left_out(
    DEMANDS["A22"],
    "Licences for facial recognition, which the same comments support.",
    "They concern United States law; what is demanded of the Union is a ban (A02).",
)
