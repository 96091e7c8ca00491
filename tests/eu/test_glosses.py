"""What the act adds to questions of the core, and what of other plugins it does not know."""

from __future__ import annotations

from regcompare import Scenario, assess
from regcompare.authoring import Exporter, OwnWord, Transaction
from regcompare_eu import EU_2021_821


def test_the_element_of_a_definition_is_told_by_the_act() -> None:
    """What the core no longer says, the act says: which element of Art. 2(20) a question answers."""
    (gloss,) = EU_2021_821.glosses_on("item.covert")

    assert str(gloss).startswith("Reg. (EU) 2021/821 Art. 2(20): The third element")


def test_a_proposal_has_the_glosses_of_its_base() -> None:
    """What the law beneath adds to a question holds for a proposal on top of it as well."""
    reform = EU_2021_821.on_base(EU_2021_821, id="again", title="Again")

    assert reform.glosses_on("item.covert") == EU_2021_821.glosses_on("item.covert")


def test_elsewhere_the_answer_of_a_plugin_is_out_of_scope() -> None:
    """A regime that does not know a kind of transaction does not cover it."""
    case = Scenario(
        id="swap",
        transaction=Transaction(kind=OwnWord("toy:barter", "barter of toys")),
        exporter=Exporter(country="DE"),
    )

    assert assess(case, EU_2021_821).in_scope is False
