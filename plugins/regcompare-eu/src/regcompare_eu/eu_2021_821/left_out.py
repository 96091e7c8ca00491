"""What the encoding of Regulation 2021/821 leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .definitions import REGULATION

chapter = Chapter()

_DUTIES = "It is no gate that an export has to pass; what it asks of whom stands among the duties."
_NO_EXPORT = "Process; it bears on no single export."

chapter.not_encoded(
    REGULATION["Art. 2(3)"],
    "Who is the exporter: contract, power to send, baggage.",
    "The scenario names the country from which the export is made.",
)
chapter.not_encoded(
    REGULATION["Recitals 2 and 8"],
    "The narrowing for purely commercial uses and the naming of biometric data.",
    "The recitals were not read, and a recital decides no case; the elements of Art. 2(20) do.",
)
chapter.not_encoded(
    REGULATION["Art. 4(4)-(7)"],
    "Sharing of decisions and denials under Article 4, as under Article 5.",
    _DUTIES,
)
chapter.not_encoded(
    REGULATION["Art. 5(2)"],
    "A standstill between notification and decision, and a deadline for the authority.",
    "The article sets neither; national law may.",
)
chapter.not_encoded(
    REGULATION["Art. 5(4)-(7)"],
    "A publication of requirements as a list of its own.",
    "A publication lists requirements already imposed; none was found. " + _DUTIES,
)
chapter.not_encoded(
    REGULATION["Art. 5(8)-(11)"], "Denials, secure channel, proposals to regimes.", _DUTIES
)
chapter.not_encoded(
    REGULATION["Arts 4(3), 5(3), 6(3)-(4), 7(3), 8(4)-(5) and 11(2)"],
    "Which Member States use these options; many do, and the ordinary answer no is then wrong.",
    "The Commission lists them (OJ C, C/2024/5881, 2.10.2024), in a note of which the opening alone was "
    "read; a file states what its Member State does.",
)
chapter.not_encoded(
    REGULATION["Art. 9(4)"],
    "National lists of 2022 and later, such as those of Spain, the Netherlands, France, Italy and Finland.",
    "They were not read; few of their items are for surveillance, and a file states the measure.",
)
chapter.not_encoded(
    REGULATION["Art. 8(3)(a)"],
    "Residents of EU001 countries who receive the assistance elsewhere.",
    "The scenario names the country to which the assistance goes, not the residence of the recipient.",
)
chapter.not_encoded(
    REGULATION["Art. 10(2)-(3)"],
    "Sharing of refusals and requirements that rest on another state's list.",
    _NO_EXPORT,
)
chapter.not_encoded(
    REGULATION["Art. 11(2)"],
    "A global authorisation that would cover the onward export.",
    "No fact asks for one that the operator holds; without it the result is stricter.",
)
chapter.not_encoded(
    REGULATION["Art. 11(8)"],
    "Further information on transfers of items of Category 5, Part 2.",
    "Left to national law.",
)
chapter.not_encoded(
    REGULATION["Art. 12(1)-(5)"],
    "Kinds of authorisation and processing times.",
    "Any individual, global or large project authorisation is one outcome. " + _DUTIES,
)
chapter.not_encoded(
    REGULATION["Annex II, Section D"],
    "Software needed to run the demonstration, which EU004 allows at a fair.",
    "No fact tells it from other software; without it the result is stricter.",
)
chapter.not_encoded(
    REGULATION["Annex II, Section E"],
    "The means of the breach under EU005, interception or targeted monitoring, is not asked apart.",
    "No fact separates the means from the use; a use that breaches rights is taken to suffice.",
)
chapter.not_encoded(
    REGULATION["Annex II, Section H"],
    "Destinations under restrictive measures on dual-use items beyond those named and embargoed.",
    "Sanctions stand in other acts, encoded beside this one as eu-sanctions.",
)
chapter.not_encoded(
    REGULATION["Annex II"],
    "Further conditions of single general authorisations.",
    _DUTIES,
)
chapter.not_encoded(
    REGULATION["Art. 14(2)"],
    "Consultation, without binding effect, where another state's essential security is at stake.",
    "It decides no outcome.",
)
chapter.not_encoded(
    REGULATION["Art. 15(2)"],
    "That the authority considers the compliance programme for a global authorisation.",
    "The programme itself stands among the duties.",
)
chapter.not_encoded(
    REGULATION["Arts 17-20"],
    "Amendment of the annexes.",
    "Process; its results are in the tables.",
)
chapter.not_encoded(REGULATION["Arts 21-22"], "Customs procedures.", "Procedure.")
chapter.not_encoded(
    REGULATION["Arts 24, 25(2) and 28"],
    "The Coordination Group, the enforcement mechanism, and powers of inspection.",
    _NO_EXPORT,
)
chapter.not_encoded(
    REGULATION["Art. 26(1) and (4)"],
    "Guidelines, such as Recommendation (EU) 2024/2659, and the evaluation of the act.",
    "Guidelines do not bind; evaluation bears on no single export.",
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
    REGULATION["Art. 15(1)(b)"],
    "Sanctions and arms embargoes as prohibitions of their own.",
    "They stand in other acts, encoded beside this one as eu-sanctions.",
)
chapter.not_encoded(
    REGULATION["Art. 15(1)(c)"],
    "Common Position 2008/944/CFSP by itself: its criteria for arms, and their reach to listed items for "
    "armed and internal security forces.",
    "This act has it taken into account; its own duty to refuse is encoded as eu-common-position.",
)
