"""The fewest changes name what nobody read."""

from __future__ import annotations

from tests.core.test_unread_law import case, rule, ruleset

from regcompare import Outcome
from regcompare.authoring import (
    EvidenceLevel,
    Item,
)
from regcompare_prove.changes import fewest_changes


def test_the_fewest_changes_name_an_answer_about_the_text_as_an_open_question() -> None:
    """For certainty that no licence is needed, an unread rule is not in the text or does not hold."""
    toys = ruleset(
        rule("Art. 1", Item.covert), rule("Art. 2", Item.auditable, checked=EvidenceLevel.TEXT)
    )

    changes = fewest_changes(case(covert=True, auditable=True), toys, Outcome.NO_CONTROL)

    assert changes.least == 1
    assert {change.name for change in changes.alternatives[0].changes} == {"item.auditable"}
    assert [need.name for need in changes.alternatives[0].required_answers] == ["text.art-1"]
