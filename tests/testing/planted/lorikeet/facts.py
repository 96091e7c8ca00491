"""The facts that only this law asks for."""

from regcompare.authoring import (
    CORE,
    Choice,
    CodeSet,
    Constraint,
    Item,
    OwnAnswers,
    OwnWord,
    Transaction,
    YesNo,
    section,
)


@section("lori", "Lorikeet")
class Lori:
    """What the ordinance asks."""

    entry: CodeSet = CodeSet(
        "Which entries of Lorikeet's list does the item meet?",
        changed_by="nobody",
        states="the item meets entries of the list",
    )
    told: YesNo = YesNo(
        "Has the office told the exporter of a nuclear use?",
        changed_by="authority",
        ordinary=False,
        states="the office {has told|has not told} the exporter of a nuclear use",
    )
    knows: YesNo = YesNo(
        "Does the exporter know of a nuclear use?",
        changed_by="exporter",
        ordinary=False,
        states="the exporter {knows|does not know} of a nuclear use",
    )
    size: Choice[str] = Choice(
        "How large is the plant?",
        {"small": "small", "large": "large"},
        changed_by="nobody",
        states="the plant is",
    )


LEASE = OwnWord("lori:lease", "a lease")
OWN = (OwnAnswers((Transaction.kind,), (LEASE,)),)
CONSTRAINTS = (Constraint("Who was told knows.", Lori.told, Lori.knows),)
VOCABULARY = CORE.with_sections(Lori, constraints=CONSTRAINTS, own_answers=OWN)
FORM = Item.form
