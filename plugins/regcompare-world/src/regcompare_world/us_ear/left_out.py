"""What the encoding of American law leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .texts import PART_734, PART_738, PART_740, PART_742, PART_744, PART_746

chapter = Chapter()

chapter.left_out(
    PART_734["§§ 734.4 and 734.9"],
    "Minimum shares of American content, and direct products of American technology.",
    "Whether they make a foreign item subject to the regulations is a question of its own, open until it is "
    "answered; no share is calculated, and these sections were known from an account only.",
)
chapter.left_out(
    PART_734["§ 734.14(a)(2) and § 734.16"],
    "Releases to foreigners outside the United States, and transfers within a country.",
    "No kind of transaction stands for them.",
)
chapter.left_out(
    PART_738["Supplement No. 1 (anti-terrorism columns)"],
    "Items that only the anti-terrorism columns of the chart control.",
    "No destination of the chart has a mark in them; part 746 covers the states that it points to.",
)
chapter.left_out(
    PART_738["§ 738.3(b)"],
    "Dependent territories that have no row of the chart of their own.",
    "The paragraph gives a principle and no list; whether the chart marks them is open.",
)
chapter.left_out(
    PART_740["§ 740.2(a)(6), (9) and (26)"],
    "Limits on exceptions for sanctioned states, fast chips and the Emirates.",
    "They were read in an account only; STA, which the last concerns, is open anyway.",
)
chapter.left_out(
    PART_740["§ 740.11(a) and (c)"],
    "License exception GOV for safeguards agencies and for cooperating governments.",
    "The paragraphs were not read, so these exports need a licence here although it may cover them.",
)
chapter.left_out(
    PART_740["§§ 740.13 to 740.16, 740.19, 740.21 and 740.23"],
    "Further license exceptions, such as those for software updates, baggage and consumer devices.",
    "They were not read.",
)
chapter.left_out(
    PART_742["§ 742.7(a)(1), computers for fingerprint equipment"],
    "That computers of 4A003, and their software and technology, are controlled for crime control too if "
    "they are made for fingerprint equipment.",
    "No question asks for it; entry 4A980 stands for other such computers.",
)
chapter.left_out(
    PART_744["Supplement No. 4, other rows, and intermediate consignees"],
    "Parties other than surveillance firms and police bodies, and listed parties that are intermediate "
    "consignees only.",
    "The list has thousands of rows. No part in a transaction stands for an intermediate consignee.",
)
chapter.left_out(
    PART_744["§§ 744.5, 744.8, 744.15, 744.17 and 744.23"],
    "Ships, persons blocked by the Treasury, the Unverified List, and chips.",
    "They were not read, or do not concern surveillance.",
)
chapter.left_out(
    PART_744["§ 744.21(g), Supplement No. 7, and § 744.22(f)(2)"],
    "Who is a military end user, and the military and intelligence bodies that are named.",
    "The lists and the definition were not read; a case answers for police and intelligence bodies.",
)
chapter.left_out(
    PART_746["exceptions for news media, gifts, baggage and the like"],
    "Narrow exceptions in the sections on single countries, other than GOV.",
    "No question asks for what they cover.",
)
