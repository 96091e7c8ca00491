"""What the encoding of Regulation 2021/821 leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .definitions import REGULATION

chapter = Chapter()

_DUTIES = "It is not a test that an export has to pass; who must do what is listed under the duties."
_NO_EXPORT = "Process; it does not affect any individual export."

chapter.left_out(
    REGULATION["Art. 2(3)"],
    "Who counts as the exporter: the contract, the power to send, goods in baggage.",
    "The scenario names the country from which the export is made.",
)
chapter.left_out(
    REGULATION["Art. 2(10)(c)"],
    "Technical assistance to a resident of a third country who is in the Union for a time.",
    "The scenario names the country to which the assistance goes; a file names that of the resident.",
)
chapter.left_out(
    REGULATION["Recitals 2 and 8"],
    "The exclusion of purely commercial uses, and the reference to biometric data.",
    "The recitals were not read, and a recital does not decide a case; the elements of Art. 2(20) do.",
)
chapter.left_out(
    REGULATION["Art. 4(5)-(7)"],
    "What the other Member States do with a requirement under Article 4, denials, and the secure channel.",
    _NO_EXPORT,
)
chapter.left_out(
    REGULATION["Art. 5(2)"],
    "A standstill period between notification and decision, and a deadline for the authority.",
    "The article lays down neither; national law may.",
)
chapter.left_out(
    REGULATION["Art. 5(4)-(7)"],
    "The publication of authorisation requirements as a separate list.",
    "A publication lists requirements already imposed; none was found. " + _DUTIES,
)
chapter.left_out(REGULATION["Art. 5(8)-(11)"], "Denials, secure channel, proposals to regimes.", _DUTIES)
chapter.left_out(
    REGULATION["Arts 4(3), 5(3), 6(3)-(4), 7(3), 8(4)-(5) and 11(2)"],
    'Which Member States use these options; many do, and for them the standard answer "no" is wrong.',
    "The table of national lists has what was read, for Finland since 2024 and of German transfers. The "
    "Commission lists the options (OJ C, C/2024/5881, 2.10.2024) in a note of which only the opening was "
    "read; a case file states what its Member State does.",
)
chapter.left_out(
    REGULATION["Art. 10(2)-(3)"],
    "Sharing refusals and requirements that are based on another Member State's list.",
    _NO_EXPORT,
)
chapter.left_out(
    REGULATION["Art. 11(1)"],
    "A national general authorisation for transfers, which Part I of Annex IV allows and Part II excludes.",
    "No question asks about one, since the question on general authorisations is about exports; without it "
    "the result is stricter.",
)
chapter.left_out(
    REGULATION["Art. 11(8)"],
    "Further information on transfers of items in Category 5, Part 2.",
    "Left to national law.",
)
chapter.left_out(
    REGULATION["Art. 12(1)-(5)"],
    "Kinds of authorisation and processing times.",
    "Individual, global and large project authorisations are all one outcome. " + _DUTIES,
)
chapter.left_out(
    REGULATION["Art. 12(6) and (7)"],
    "The publication of national general authorisations, and the exchange of information on exporters "
    "that may not use those of the Union.",
    _NO_EXPORT,
)
chapter.left_out(
    REGULATION["Art. 13"],
    "Which authority grants authorisations for brokering and assistance, what they contain, and what the "
    "applicant must state.",
    "Procedure.",
)
chapter.left_out(
    REGULATION["Annex II, Section D"],
    "Software needed to run the demonstration, which EU004 allows at a fair.",
    "No question distinguishes it from other software; without it the result is stricter.",
)
chapter.left_out(
    REGULATION["Annex II, Section E"],
    "The means of the breach under EU005 (interception or targeted monitoring) is not asked about "
    "separately.",
    "No question separates the means from the use; a use that breaches rights is taken to be enough.",
)
chapter.left_out(
    REGULATION["Annex II, Section H"],
    "Destinations subject to restrictive measures on dual-use items, other than those named or under "
    "an arms embargo.",
    "Sanctions are in other acts, encoded separately as eu-sanctions.",
)
chapter.left_out(
    REGULATION["Annex II"],
    "Further conditions of individual general authorisations.",
    _DUTIES,
)
chapter.left_out(
    REGULATION["Arts 17-20"],
    "Amendment of the annexes.",
    "Process; its results are in the tables.",
)
chapter.left_out(REGULATION["Arts 21-22"], "Customs procedures.", "Procedure.")
chapter.left_out(
    REGULATION["Arts 23(1), 23(4)-(7), 29 and 30"],
    "Information on national laws, the review of how Article 15 is applied, the secure system, and "
    "cooperation with third countries.",
    _NO_EXPORT,
)
chapter.left_out(
    REGULATION["Arts 24, 25(2) and 28"],
    "The Coordination Group, the enforcement coordination mechanism, and powers of inspection.",
    _NO_EXPORT,
)
chapter.left_out(
    REGULATION["Art. 26(1) and (4)"],
    "Guidelines, such as Recommendation (EU) 2024/2659, and the evaluation of the regulation.",
    "Guidelines are not binding; an evaluation does not affect any individual export.",
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
    REGULATION["Art. 15(1)(b)"],
    "Sanctions and arms embargoes as prohibitions in their own right.",
    "They are in other acts, encoded separately as eu-sanctions.",
)
chapter.left_out(
    REGULATION["Art. 15(1)(c)"],
    "Common Position 2008/944/CFSP itself: its criteria for arms exports, and their extension to "
    "listed dual-use items for armed and internal security forces.",
    "This act only requires it to be taken into account; its own duty to refuse is encoded as "
    "eu-common-position.",
)
