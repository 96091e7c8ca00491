"""What is said about a sentence of law is a comment, and printed as one; its address opens at the place."""

from __future__ import annotations

import pytest
from tests.support.shipped import CASES, CATALOGUE

from regcompare import DefinitionError, assess
from regcompare.authoring import TRUE, Instrument, Outcome, Trigger
from regcompare.comparison.data import to_data
from regcompare.ruleset.rules import Rule
from regcompare.views.verdict import explain_text
from regcompare_publish.law_text import law_text
from regcompare_publish.safeguards import safeguards

ACT = Instrument("Toy Act", "An act on toys", "Gazette 1", "32021R0821")


def test_a_comment_is_printed_as_one() -> None:
    """In the law, in a full explanation and as data, it follows the sentence and says whose it is."""
    law = CATALOGUE.ruleset("eu-2021-821")
    case = next(case for case in CASES if case.id == "bae-evident-uae-2014-16")
    verdict = assess(case, law)

    assert "Our comment: No destination and no use is left out." in law_text(law, form="markdown")
    assert "Our comment: No destination and no use is left out." in explain_text(verdict, full=True)
    notes = {
        item["id"]: item["note"] for cell in to_data(safeguards([law]).cells) for item in cell["held"]
    }
    assert notes["art-17-1-a"] == "The Union has no list of its own."
    assert notes["art-9-4"] == ""


def test_a_comment_is_a_sentence() -> None:
    """Anything else is refused where it is written."""
    with pytest.raises(DefinitionError, match="note must be a full plain sentence"):
        Rule(
            ACT["Art. 1"], "A toy needs a licence.", when=TRUE, then=Outcome.AUTHORISATION,
            triggered_by=Trigger.ACT, note="odd",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("place", "anchor"),
    [
        ("Art. 5(1)", "#art_5"),
        ("Art. 1e(1)-(2)", "#art_1e"),
        ("Arts 14 to 16", "#art_14"),
        ("Annex II, Section A", "#anx_II"),
        ("Annexes IIb to IIf, Part 3", "#anx_IIb"),
        ("recital (2)", ""),
    ],
)
def test_an_address_opens_at_the_place(place: str, anchor: str) -> None:
    """The address of a provision names its article or annex where the publisher does."""
    assert ACT[place].url().endswith(f"CELEX:32021R0821{anchor}")
    assert (
        Instrument("Letter", "A letter", "2020", address="https://example.org/l")[place]
        .url()
        .endswith("/l")
    )
