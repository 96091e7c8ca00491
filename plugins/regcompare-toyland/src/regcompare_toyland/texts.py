"""The text of the law of Toyland."""

from __future__ import annotations

from regcompare.authoring import Instrument

__all__ = ["ACT", "INSTRUMENTS", "SECOND_ACT"]

ACT = Instrument(
    "Watching Toys Act",
    "Act on the export of watching toys from Toyland",
    "Gazette of Toyland 2001, no. 7",
    address="https://gazette.toyland.example/2001/7",
)

SECOND_ACT = Instrument(
    "Second Watching Toys Act",
    "Act amending the Watching Toys Act",
    "Gazette of Toyland 2021, no. 44",
    address="https://gazette.toyland.example/2021/44",
)

INSTRUMENTS = (ACT, SECOND_ACT)
