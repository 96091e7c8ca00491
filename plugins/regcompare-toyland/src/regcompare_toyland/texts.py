"""The text of the law of Toyland."""

from __future__ import annotations

from regcompare.authoring import Instrument

__all__ = ["ACT", "INSTRUMENTS"]

ACT = Instrument(
    "Watching Toys Act",
    "Act on the export of watching toys from Toyland",
    "Gazette of Toyland 2001, no. 7",
    address="https://gazette.toyland.example/2001/7",
)

INSTRUMENTS = (ACT,)
