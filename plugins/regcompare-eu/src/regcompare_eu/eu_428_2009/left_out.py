"""What the encoding of Regulation 428/2009 leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .definitions import REGULATION

chapter = Chapter()

_DUTIES = "It is not a test that an export has to pass; who must do what is listed under the duties."
_NO_EXPORT = "Process; it does not affect any individual export."

chapter.left_out(
    REGULATION["Art. 2(3)"],
    "Who counts as the exporter: the contract, the power to send; there is no separate rule on luggage.",
    "The scenario names the country from which the export is made.",
)
chapter.left_out(
    REGULATION["Art. 4(7)"],
    "The rules on denials, so far as they apply to catch-all decisions.",
    _DUTIES,
)
chapter.left_out(
    REGULATION["Arts 4(5), 5(2)-(3), 6(3) and 22(2)"],
    'Which Member States use these options; many do, and for them the standard answer "no" is wrong.',
    "The Commission lists them (OJ C 16, 17.1.2020, p. 4) in a note that was not read; a case file "
    "states what its Member State does.",
)
chapter.left_out(
    REGULATION["Annex IId, Part 1"],
    "Software needed to run the demonstration, which EU004 allows at a fair.",
    "No question distinguishes it from other software; without it the result is stricter.",
)
chapter.left_out(
    REGULATION["Annex IIe, Part 3, point 1(1)(d)"],
    "The means of the breach (interception or targeted internet surveillance) is not asked about "
    "separately.",
    "No question separates the means from the use; a use that breaches rights is taken to be enough.",
)
chapter.left_out(
    REGULATION["Arts 9-10"],
    "The publication of national general authorisations and of lists of authorities.",
    _NO_EXPORT,
)
chapter.left_out(
    REGULATION["Art. 9(2)-(3)"],
    "Which authority grants, and processing times.",
    "Procedure, or left to national law.",
)
chapter.left_out(REGULATION["Art. 10"], "The contents of a brokering authorisation.", "Procedure.")
chapter.left_out(
    REGULATION["Art. 15"],
    "Amendment of the annexes.",
    "Process; its results are in the tables.",
)
chapter.left_out(REGULATION["Arts 16-18"], "Customs procedures.", "Procedure.")
chapter.left_out(
    REGULATION["Arts 19-21"],
    "The secure system for cooperation, guidance, and inspections.",
    _DUTIES,
)
chapter.left_out(
    REGULATION["Art. 22(1)"],
    "A general authorisation for transfers, which is excluded only for Part 2 of Annex IV.",
    "No question asks about one; without it the result is stricter.",
)
chapter.left_out(
    REGULATION["Art. 22(2)"],
    "Whether it is the operator who knows of the onward export.",
    "No question asks about it; without it the result is stricter.",
)
chapter.left_out(
    REGULATION["Art. 22(9)"],
    "Further information on transfers of items in Category 5, Part 2.",
    "Left to national law.",
)
chapter.left_out(
    REGULATION["Art. 25"],
    "Member States' reports on their laws, and the three-yearly review of the act.",
    _NO_EXPORT,
)
chapter.left_out(
    REGULATION["Art. 27"],
    "Applications made before 27 August 2009, which remain under the previous act.",
    "The previous act is not encoded.",
)
chapter.left_out(
    REGULATION["Annex I"],
    "Whether an item meets an entry once its notes are applied.",
    "A question of fact that the scenario answers; the table shows only which entries are in force.",
)
chapter.left_out(
    REGULATION["Annex IV"],
    "Which part of an entry the annex takes, where it limits one by size, range or use, and its exceptions "
    "for space agencies.",
    "One question asks whether the item is in that part; whom the transfer is for is not asked, so the "
    "result is stricter.",
)
chapter.left_out(
    REGULATION["Art. 12(1)(b)"],
    "Sanctions and arms embargoes as prohibitions in their own right.",
    "They are in other acts, encoded separately as eu-sanctions.",
)
chapter.left_out(
    REGULATION["Art. 12(1)(c)"],
    "Common Position 2008/944/CFSP itself: its criteria for arms exports, and their extension to "
    "listed dual-use items for armed and internal security forces.",
    "This act only requires it to be taken into account; its own duty to refuse is encoded as "
    "eu-common-position.",
)
