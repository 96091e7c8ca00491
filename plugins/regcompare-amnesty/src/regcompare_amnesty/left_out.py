"""What the encoding of the demands leaves out, and why."""

from __future__ import annotations

from regcompare import NotEncoded

from .sources import DEMANDS

left_out = (
    NotEncoded(
        DEMANDS["IC-07"],
        "The widening of the ban's end users between 2020 and 2021 by date.",
        "The default is the later position; the earlier one is the reading 'state'.",
    ),
    NotEncoded(
        DEMANDS["IC-14"],
        "Whether due diligence repeats for each shipment or by product and customer.",
        "It changes when the duty is met, not which outcome follows; the fact asks for this transaction.",
    ),
    NotEncoded(
        DEMANDS["IC-18 and IC-19"],
        "The moratorium on spyware and the ban on highly invasive spyware (A15 to A20).",
        "They belong to a variant of the ruleset, which a later edition adds.",
    ),
    NotEncoded(
        DEMANDS["IC-20"],
        "Bans and moratoria on transfers inside the Union.",
        "Licensing demands stop at the Union's border; the bans that do not are A15 to A18.",
    ),
    NotEncoded(
        DEMANDS["IC-22"],
        "Existing licences and running contracts.",
        "It rests on A18, which belongs to a variant that a later edition adds.",
    ),
    NotEncoded(
        DEMANDS["IC-23 to IC-25"],
        "Fields and interval of publication, the voting rule for the list, penalties and whistle-blowers.",
        "They decide no outcome; where the sources are silent nothing is invented.",
    ),
    NotEncoded(
        DEMANDS["IC-27"],
        "Which demand prevails where several apply.",
        "The engine takes the strictest and reports each.",
    ),
    NotEncoded(
        DEMANDS["A06"],
        "The wording of the catch-all in the report's recommendations.",
        "That chapter was not read; the rule follows an account of it and the joint letter.",
    ),
)
