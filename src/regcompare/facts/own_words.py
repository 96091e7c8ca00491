"""Words that a plugin adds to a list of the core, under the name of its own section."""

from __future__ import annotations

import re
from typing import Any

import attrs

from regcompare._support.fields import takes
from regcompare.errors import DefinitionError

_OWN = re.compile(r"([a-z][a-z0-9_]*):[a-z][a-z0-9_]*", re.ASCII)


def owner_of(word: str) -> str | None:
    """Returns the section under whose name a word stands, ``us`` of ``us:reexport``; else None."""
    found = _OWN.fullmatch(word)
    return found[1] if found else None


def _own(instance: OwnWord, attribute: Any, value: Any) -> None:
    if not isinstance(value, str) or owner_of(value) is None:
        raise DefinitionError(
            f"{value!r} is not a word of a plugin's own; write the name of a section of facts, a colon "
            "and the word in lower case, as in us:reexport."
        )


@attrs.frozen
class OwnWord:
    """A word that the core does not have, such as an institution of one legal order.

    It stands under the name of a section of facts that its plugin declares, so that two plugins never
    mean different things by one word.

    Example:
        ``COMMISSION = OwnWord("eu:commission", "Commission")``, then ``addressee=COMMISSION``.

    Attributes:
        key: Its name in files, ``eu:commission``.
        label: What it is called in a sentence.

    Raises:
        DefinitionError: The name is not one of this form, or the label is missing.
    """

    key: str = attrs.field(validator=_own)
    label: str = attrs.field(validator=takes(str))

    @property
    def owner(self) -> str:
        """The section under whose name it stands."""
        return self.key.partition(":")[0]

    def __str__(self) -> str:
        return self.label


def key_of(word: object) -> object:
    """Returns the name of a plugin's own word in files; anything else is returned as it is."""
    return word.key if isinstance(word, OwnWord) else word
