"""What the encoding of Regulation 428/2009 leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .definitions import REGULATION

chapter = Chapter()

_DUTIES = "It is no gate that an export has to pass; what it asks of whom stands among the duties."
_NO_EXPORT = "Process; it bears on no single export."

chapter.not_encoded(
    REGULATION["Art. 2(3)"],
    "Who is the exporter: contract, power to send; luggage is not covered apart.",
    "The scenario names the country from which the export is made.",
)
chapter.not_encoded(
    REGULATION["Art. 4(7)"],
    "The rules on denials, as far as they apply to catch-all decisions.",
    _DUTIES,
)
chapter.not_encoded(
    REGULATION["Arts 4(5), 5(2)-(3), 6(3) and 22(2)"],
    "Which Member States use these options; many do, and the ordinary answer no is then wrong.",
    "The Commission lists them (OJ C 16, 17.1.2020, p. 4), in a note that was not read; a file states "
    "what its Member State does.",
)
chapter.not_encoded(
    REGULATION["Annex IId, Part 1"],
    "Software needed to run the demonstration, which EU004 allows at a fair.",
    "No fact tells it from other software; without it the result is stricter.",
)
chapter.not_encoded(
    REGULATION["Annex IIe, Part 3, point 1(1)(d)"],
    "The means of the breach, interception or targeted internet surveillance, is not asked apart.",
    "No fact separates the means from the use; a use that breaches rights is taken to suffice.",
)
chapter.not_encoded(
    REGULATION["Arts 9-10"],
    "Publication of national general authorisations, and of lists of authorities.",
    _NO_EXPORT,
)
chapter.not_encoded(
    REGULATION["Art. 9(2)-(3)"],
    "Which authority grants, and processing times.",
    "Procedure, or left to national law.",
)
chapter.not_encoded(REGULATION["Art. 10"], "The contents of a brokering authorisation.", "Procedure.")
chapter.not_encoded(
    REGULATION["Art. 15"],
    "Amendment of the annexes.",
    "Process; its results are in the tables.",
)
chapter.not_encoded(REGULATION["Arts 16-18"], "Customs procedures.", "Procedure.")
chapter.not_encoded(
    REGULATION["Arts 19-21"],
    "The secure system of co-operation, guidance, and inspections.",
    _DUTIES,
)
chapter.not_encoded(
    REGULATION["Art. 22(1)"],
    "A general authorisation for transfers, which is ruled out for Part 2 of Annex IV only.",
    "No fact asks for one; without it the result is stricter.",
)
chapter.not_encoded(
    REGULATION["Art. 22(2)"],
    "A global authorisation that would cover the onward export, and whether it is the operator who knows.",
    "No fact asks for either; without it the result is stricter.",
)
chapter.not_encoded(
    REGULATION["Art. 22(9)"],
    "Further information on transfers of items of Category 5, Part 2.",
    "Left to national law.",
)
chapter.not_encoded(
    REGULATION["Art. 25"],
    "Reports of Member States on their laws, and the review of the act every three years.",
    _NO_EXPORT,
)
chapter.not_encoded(
    REGULATION["Art. 27"],
    "Applications made before 27 August 2009, which stay under the act before this one.",
    "The act before is no ruleset here.",
)
chapter.not_encoded(
    REGULATION["Annex I"],
    "Whether an item meets an entry after its notes.",
    "A question of fact that the scenario answers; the table tells only which entries are in force.",
)
chapter.not_encoded(
    REGULATION["Annex IV"],
    "Parts of an entry that the annex narrows by size, range or use, and transfers for space agencies.",
    "No code and no fact tells these parts apart; the whole entry is taken, and the result is stricter.",
)
chapter.not_encoded(
    REGULATION["Art. 12(1)(b)"],
    "Sanctions and arms embargoes as prohibitions of their own.",
    "They stand in other acts, encoded beside this one as eu-sanctions.",
)
chapter.not_encoded(
    REGULATION["Art. 12(1)(c)"],
    "Common Position 2008/944/CFSP by itself: its criteria for arms, and their reach to listed items for "
    "armed and internal security forces.",
    "This act has it taken into account; its own duty to refuse is encoded as eu-common-position.",
)
