"""Regulation 2019/125 on torture goods, and where surveillance tools would stand in its annexes."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    TRUE,
    Chapter,
    Destination,
    EndUse,
    Evidence,
    EvidenceLevel,
    Instrument,
    Item,
    Knowledge,
    Term,
)
from regcompare.logic.conditions import FALSE
from regcompare_eu.common import listed, sends_out

chapter = Chapter()

REGULATION = Instrument(
    "Reg. (EU) 2019/125",
    "Regulation (EU) 2019/125 of 16 January 2019 concerning trade in certain goods which could be used for "
    "capital punishment, torture or other cruel, inhuman or degrading treatment or punishment",
    "OJ L 30, 31.1.2019, p. 1",
    "32019R0125",
    states=(dt.date(2020, 5, 27), dt.date(2021, 1, 1)),
    checked=Evidence(
        EvidenceLevel.TEXT,
        "02019R0125-20200527",
        dt.date(2026, 11, 27),
        "Articles 1 to 36, Annex II, and Annex III in part. Read in a public copy; what a copy shows of "
        "Articles 1 to 20 in the state of 1 January 2021 agrees. Regulation (EU) 2025/928, which "
        "replaces Annexes II and III from 20 August 2025, was read whole on 28 November as enacted: "
        "neither annex names a surveillance tool.",
    ),
)

annex_ii_doubt = chapter.interpretation(
    "annex-ii-by-analogy",
    REGULATION["Art. 3(1) and Annex II"],
    "Which surveillance tools would stand in Annex II, as goods with no practical use but abuse?",
    readings={
        "none": "None: each has some lawful use.",
        "face_and_emotion": "Those that identify faces among many, read emotions or infer ethnicity.",
    },
    within={"none": "face_and_emotion"},
    default="none",
    reason="Annex II is for goods that have no other practical use, which is said of no surveillance tool "
    "by everybody.",
    checked=EvidenceLevel.INFERRED,
)
listed_doubt = chapter.interpretation(
    "listed-tools-by-analogy",
    REGULATION["Art. 11(1)"],
    "Would Annex III take in tools that the dual-use list names already?",
    readings={
        "in": "Yes: every tool made or marketed to observe people.",
        "out": "No: it leaves dual-use items that are controlled elsewhere to that act.",
    },
    within={"out": "in"},
    default="in",
    reason="The question supposes that surveillance tools stand in the annexes; the exclusion only keeps "
    "two acts apart.",
    checked=EvidenceLevel.INFERRED,
)

annex_ii = Term(
    "surveillance tool in Annex II, by analogy",
    REGULATION["Annex II"],
    annex_ii_doubt.choose(
        none=FALSE,
        face_and_emotion=Item.face_matching.is_in("one_to_many")
        | Item.technology.is_in("emotion_recognition")
        | Item.infers_ethnicity,
    ),
)
annex_iii = Term(
    "surveillance tool in Annex III, by analogy",
    REGULATION["Art. 11(1) and Annex III"],
    Item.designed_to_monitor_people
    & listed_doubt.choose(**{"in": TRUE, "out": ~listed(REGULATION["Art. 11(1)"])})
    & ~annex_ii,
    note="Goods used primarily for law enforcement, or whose design makes abuse a material risk.",
)
export = Term("export", REGULATION["Art. 2(d)"], sends_out(), note="By analogy, also by transmission.")

might_be_abused = Term(
    "reasonable grounds to believe that the tool might be used for abuse",
    REGULATION["Art. 12(2)"],
    chapter.shown_by_reports(
        "torture-reports",
        REGULATION["Art. 12(2)"],
        "Which earlier reports give reasonable grounds to believe that the tool might be abused?",
        finding=Destination.substantial_rights_risk,
        of=("repression", "serious_violations"),
        default="kind_of_user",
        reason=(
            "What might be done is judged by what bodies of this kind are known to do in that country; a "
            "report on the country alone does not speak of this user. The text says nothing on reports."
        ),
        checked=EvidenceLevel.INFERRED,
    )
    | EndUse.concerns.includes_any("internal_repression", "human_rights_violation"),
    note="By analogy, repression and violations of human rights stand in the place of torture. That a "
    "substantial risk is such a ground is a reading; the text asks for no degree of risk.",
    checked=EvidenceLevel.INFERRED,
)
knows_of_abuse = Term(
    "knowledge that the tool is intended for abuse",
    REGULATION["Art. 13"],
    Knowledge.exporter_aware.includes_any("internal_repression", "human_rights_violation"),
    within=might_be_abused,
)
