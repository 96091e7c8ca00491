"""What the encoding of Regulation 428/2009 leaves out, and why."""

from __future__ import annotations

from regcompare import NotEncoded

from .definitions import REGULATION

_DUTIES = "It is no gate that an export has to pass; what it asks of whom stands among the duties."

left_out = (
    NotEncoded(
        REGULATION["Art. 2(3)"],
        "Who is the exporter: contract, power to send; luggage is not covered apart.",
        "The scenario names the country from which the export is made.",
    ),
    NotEncoded(
        REGULATION["Art. 4(7)"],
        "The rules on denials, as far as they apply to catch-all decisions.",
        _DUTIES,
    ),
    NotEncoded(
        REGULATION["Annex IId, Part 1"],
        "Software needed to run the demonstration, which EU004 allows at a fair.",
        "No fact tells it from other software; without it the result is stricter.",
    ),
    NotEncoded(
        REGULATION["Annex IIe, Part 3, point 1(1)(d)"],
        "The means of the breach, interception or targeted internet surveillance, is not asked apart.",
        "No fact separates the means from the use; a use that breaches rights is taken to suffice.",
    ),
    NotEncoded(
        REGULATION["Art. 9(2)-(3)"],
        "Which authority grants, and processing times.",
        "Procedure, or left to national law.",
    ),
    NotEncoded(REGULATION["Art. 10"], "The contents of a brokering authorisation.", "Procedure."),
    NotEncoded(
        REGULATION["Art. 15"],
        "Amendment of the annexes.",
        "Process; its results are in the tables.",
    ),
    NotEncoded(REGULATION["Arts 16-18"], "Customs procedures.", "Procedure."),
    NotEncoded(REGULATION["Arts 19-21"], "The secure system of co-operation, and inspections.", _DUTIES),
    NotEncoded(
        REGULATION["Art. 22(2)"],
        "Whether a general or global authorisation would cover the onward export, whether an embargo or a "
        "national list of the tables concerns the final destination, and whether it is the operator who knows.",
        "A transfer states the Member State to which it goes; a national measure on the onward export is "
        "stated as a fact.",
    ),
    NotEncoded(
        REGULATION["Art. 27"],
        "Applications made before 27 August 2009, which stay under the act before this one.",
        "The act before is no ruleset here.",
    ),
    NotEncoded(
        REGULATION["Annex I"],
        "Whether an item meets an entry after its notes.",
        "A question of fact that the scenario answers; the table tells only which entries are in force.",
    ),
    NotEncoded(
        REGULATION["Annex IIg and Annex IV"],
        "Nuclear, missile and biological items of these annexes.",
        "Only the entries of interest for surveillance are in the tables.",
    ),
    NotEncoded(
        REGULATION["Art. 12(1)(b)"],
        "Sanctions and arms embargoes as prohibitions of their own.",
        "They stand in other acts, which a later edition encodes as a ruleset beside this one.",
    ),
)
