"""Bill 7: the European act with a licence for biometric recognition, if it were adopted."""

from __future__ import annotations

from regcompare.authoring import (
    Chapter,
    EndUser,
    Item,
    Outcome,
    Ruleset,
    Technology,
    Transaction,
    TransactionKind,
    Trigger,
)
from regcompare_eu import EU_2021_821

from .texts import PETITION, REFORM_BILL

__all__ = ["BILL"]

BIOMETRIC: tuple[Technology, ...] = ("facial_recognition", "emotion_recognition", "other_biometrics")
KINDS: tuple[TransactionKind, ...] = ("export", "electronic_export")

chapter = Chapter()
chapter.rule(
    REFORM_BILL["Art. 1"],
    "Biometric recognition for the police needs an authorisation, listed or not.",
    when=Transaction.kind.is_in(*KINDS)
    & Item.technology.is_in(*BIOMETRIC)
    & EndUser.kind.is_in("law_enforcement"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    rests_on=(PETITION,),
    id="bill-1",
)

BILL: Ruleset = EU_2021_821.with_(chapter, id="harbour-bill-7", title="European act with Bill 7")
