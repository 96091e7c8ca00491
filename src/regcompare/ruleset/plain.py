"""Why a rule decides, might decide or fails, for readers without legal training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from regcompare._support.fields import takes
from regcompare.errors import DefinitionError


def _by_key(fails: Mapping[Any, str]) -> dict[str, str]:
    return {getattr(fact, "key", fact): sentence for fact, sentence in fails.items()}


@attrs.frozen(eq=False)
class Plain:
    """The condition of a rule in everyday words, from which the reason of a gate is made.

    Attributes:
        clause: What makes the rule hold, as a clause after "if", such as ``it is on the list``.
        fails: Why the rule does not apply, as full sentences, by the fact on which it fails; of several
            the first counts.  Give it where a reader would expect the rule to apply.

    Raises:
        DefinitionError: The clause is a sentence, or a sentence is none.
    """

    clause: str = attrs.field(validator=takes(str))
    fails: Mapping[str, str] = attrs.field(factory=dict, converter=_by_key)

    def __attrs_post_init__(self) -> None:
        if self.clause.endswith("."):
            raise DefinitionError(f"A plain clause follows 'if', without a full stop: {self.clause!r}.")
        for fact, sentence in self.fails.items():
            if not sentence.endswith(".") or not sentence[0].isupper():
                raise DefinitionError(
                    f"The plain reason on {fact} is not a full sentence: {sentence!r}."
                )

    @property
    def sentence(self) -> str:
        """The clause as a sentence of its own."""
        return f"{self.clause[:1].upper()}{self.clause[1:]}."
