"""Article 1: which toys need an export licence, and which do not."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import Chapter, Item, Outcome, Term, Trigger, any_of

from .facts import Toy
from .schedule import to_friendly_realm
from .texts import ACT, SECOND_ACT

chapter = Chapter()

# Article 1(1) - what a watching toy is
hearing = chapter.interpretation(
    "hearing",
    ACT["Art. 1(1)"],
    "Does a toy that hears words but keeps none listen?",
    readings={
        "hears": "It listens as soon as it hears.",
        "keeps": "It listens only if it keeps what it hears.",
    },
    default="hears",
    reason="The text says “listens” and does not mention keeping.",
)
watching_toy = Term(
    "watching toy",
    ACT["Art. 1(1)"],
    Item.designed_to_monitor_people | hearing.choose(hears=Toy.hears, keeps=Toy.keeps_words),
)

# Article 1(2) - the licence; its second sentence exempts broken toys
art_1_2 = chapter.rule(
    ACT["Art. 1(2)"],
    "Exporting a watching toy from Toyland requires a licence, unless it is broken beyond repair.",
    when=watching_toy & ~Toy.broken,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
)

# Since 2022 broken toys need a licence too
art_1_2_2022 = chapter.amend(
    art_1_2,
    since=dt.date(2022, 1, 1),
    by=SECOND_ACT["Art. 1"],
    sentence="Exporting a watching toy from Toyland requires a licence.",
    when=watching_toy,
)
licensed = any_of(art_1_2.condition, art_1_2_2022.condition)

# Article 1(3) - friendly realms
art_1_3 = chapter.rule(
    ACT["Art. 1(3)"],
    "A general authorisation covers watching toys sent to a realm that the Schedule lists.",
    when=licensed & to_friendly_realm,
    overrides=art_1_2,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
)
