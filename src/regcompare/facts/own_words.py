"""Words that a plugin adds to a list of the core, prefixed with the name of its own section."""

from __future__ import annotations

import re
from typing import Any

import attrs

from regcompare._support.fields import takes
from regcompare.errors import DefinitionError

_KEY = re.compile(r"([a-z][a-z0-9_]*):[a-z][a-z0-9_]*", re.ASCII)


def owner_of(word: str) -> str | None:
    """Returns the section that prefixes a plugin's word, ``us`` for ``us:reexport``; else None."""
    match = _KEY.fullmatch(word)
    return match[1] if match else None


def _check_key(instance: OwnWord, attribute: Any, value: Any) -> None:
    if not isinstance(value, str) or owner_of(value) is None:
        raise DefinitionError(
            f"{value!r} is not a word of a plugin's own; write the name of a section of facts, a colon "
            "and the word in lower case, as in us:reexport."
        )


@attrs.frozen
class OwnWord:
    """A word that the core does not have, such as an institution of one legal order.

    Its prefix is the name of a section of facts that its plugin declares, so that two plugins never mean
    different things by one word.

    Example:
        ``COMMISSION = OwnWord("eu:commission", "Commission")``, then ``addressee=COMMISSION``.

    Attributes:
        key: Its name in files, ``eu:commission``.
        label: What it is called in a sentence.

    Raises:
        DefinitionError: The key is malformed, or the label is missing.
    """

    key: str = attrs.field(validator=_check_key)
    label: str = attrs.field(validator=takes(str))

    @property
    def owner(self) -> str:
        """The section that prefixes it."""
        return self.key.partition(":")[0]

    def __str__(self) -> str:
        return self.label


def key_of(word: object) -> object:
    """Returns the key of a plugin's own word; anything else is returned unchanged."""
    return word.key if isinstance(word, OwnWord) else word
