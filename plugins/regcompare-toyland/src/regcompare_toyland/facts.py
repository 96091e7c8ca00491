"""The facts that only the law of Toyland asks for."""

from __future__ import annotations

from collections.abc import Mapping

from regcompare.authoring import CORE, Choice, Constraint, YesNo, section

__all__ = ["TOY_CONSTRAINTS", "TOY_VOCABULARY", "Toy"]

REALMS: Mapping[str, str] = {
    "lakeland": "Lakeland",
    "hillside": "Hillside",
    "farshore": "Farshore",
    "elsewhere": "another realm",
}


@section("toyland", "Toyland")
class Toy:
    """What the Watching Toys Act asks about a toy and its journey."""

    hears: YesNo = YesNo(
        "Does the toy hear what is said near it?",
        changed_by="designer",
        states="the toy {hears|does not hear} what is said near it",
    )
    keeps_words: YesNo = YesNo(
        "Does the toy keep the words that it hears?",
        help="On the toy or anywhere else, for longer than it takes to answer.",
        changed_by="designer",
        states="the toy {keeps|does not keep} the words that it hears",
    )
    broken: YesNo = YesNo(
        "Is the toy broken beyond repair?",
        changed_by="nobody",
        ordinary=False,
        states="the toy is broken beyond repair",
    )
    realm: Choice[str] = Choice(
        "To which realm is the toy sent?",
        REALMS,
        changed_by="exporter",
        states="the toy is sent to",
    )


TOY_CONSTRAINTS = (Constraint("A toy that keeps words hears them.", Toy.keeps_words, Toy.hears),)

TOY_VOCABULARY = CORE.with_sections(Toy, constraints=TOY_CONSTRAINTS)
