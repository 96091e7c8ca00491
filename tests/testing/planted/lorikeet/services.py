"""Services and records."""

from regcompare.authoring import (
    Addressee,
    Chapter,
    DutyKind,
    EndUse,
    Outcome,
    Strength,
    Term,
    Transaction,
    Trigger,
)

from .facts import Lori
from .texts import ORD

chapter = Chapter()

technology = Term("surveillance technology", ORD["Annex"], Lori.entry.includes_any("5E902"))
assistance = Transaction.kind.is_in("technical_assistance")
sec_52 = chapter.rule(
    ORD["§ 52(1)"],
    "Technical assistance with surveillance technology needs a licence if it is for repression.",
    when=assistance & technology & EndUse.concerns.includes_any("internal_repression"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
)
sec_53 = chapter.rule(
    ORD["§ 53"],
    "Technical assistance for a nuclear use of which one was told needs a licence.",
    when=assistance & Lori.told,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
)
records = chapter.duty(
    ORD["§ 22(3)"],
    "Exporters must keep records for five years.",
    kind=DutyKind.RECORDS,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=assistance,
)
chapter.left_out(ORD["§ 80"], "The fines.", "They do not affect whether an item may go.")
