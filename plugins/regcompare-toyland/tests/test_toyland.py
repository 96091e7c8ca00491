"""The Watching Toys Act: what holds of every ruleset, and what is peculiar to this one."""

from __future__ import annotations

from regcompare import Scenario, assess
from regcompare.authoring import Item, Transaction
from regcompare.testing import conformance_suite
from regcompare_toyland import TOYLAND, Toy

TestToyland = conformance_suite(TOYLAND)


def test_the_doubt_about_hearing_decides() -> None:
    """A bear that hears and keeps nothing is free only if listening means keeping."""
    bear = Scenario(
        id="bear",
        item=Item(designed_to_monitor_people=False),
        transaction=Transaction(kind="export"),
        more=(Toy(hears=True, keeps_words=False, broken=False, realm="farshore"),),
    )

    assert assess(bear, TOYLAND).finding("art-1-2").holds is True
    assert assess(bear, TOYLAND, readings={"hearing": "keeps"}).finding("art-1-2").holds is False
