"""Chapter II: goods that have no practical use but abuse may not be traded at all."""

from __future__ import annotations

from regcompare.authoring import Chapter, Outcome, Transaction, Trigger

from .definitions import REGULATION, annex_ii, export

chapter = Chapter()

export_ban = chapter.rule(
    REGULATION["Art. 3(1)"],
    "Goods in Annex II may not be exported.",
    when=annex_ii & export,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.CLASSIFICATION,
    fires="faces-for-police under annex-ii-by-analogy=face_and_emotion",
    misses="faces-for-police",
)
assistance_ban = chapter.rule(
    REGULATION["Art. 3(1)"],
    "Nobody may supply technical assistance for goods in Annex II to a third country.",
    when=annex_ii & Transaction.kind.is_in("technical_assistance"),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.CLASSIFICATION,
    id="art-3-1-assistance",
    fires="faces-assistance under annex-ii-by-analogy=face_and_emotion",
    misses="faces-assistance",
)
transit_ban = chapter.rule(
    REGULATION["Art. 5(1)"],
    "Goods in Annex II may not pass through the Union.",
    when=annex_ii & Transaction.kind.is_in("transit"),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.CLASSIFICATION,
    fires="faces-transit under annex-ii-by-analogy=face_and_emotion",
    misses="faces-transit",
)
brokering_ban = chapter.rule(
    REGULATION["Art. 6"],
    "Nobody may broker goods in Annex II to a third country.",
    when=annex_ii & Transaction.kind.is_in("brokering"),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.CLASSIFICATION,
    fires="faces-brokering under annex-ii-by-analogy=face_and_emotion",
    misses="faces-brokering",
)
