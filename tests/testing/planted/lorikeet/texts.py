"""The texts of an invented law with dates; ``test_planted_mistakes.py`` plants one mistake at a time."""

from regcompare.authoring import EvidenceLevel, Instrument

ORD = Instrument(
    "LO",
    "Lorikeet Ordinance on foreign trade",
    "Gazette of Lorikeet 2013, no. 9",
    address="https://gazette.lorikeet.example/2013/9",
    checked=EvidenceLevel.TEXT,
)
LATER = Instrument(
    "LO amendment",
    "Ordinance amending the Lorikeet Ordinance",
    "Gazette of Lorikeet 2021, no. 7",
    address="https://gazette.lorikeet.example/2021/7",
    checked=EvidenceLevel.TEXT,
)
