"""Names that leave the interface: a release warns of one, the next refuses it, a third has none."""

from __future__ import annotations

import re
from importlib import metadata
from warnings import warn

from regcompare.errors import DefinitionError

REFUSED_IN = "0.4"
"""The release that refuses the names of interface 1; the one after has none of them."""

REFUSED_NEXT = "0.5"
"""The release that refuses the names that went after release 0.3."""


def leaving(sentence: str, refused_in: str = REFUSED_IN, stacklevel: int = 3) -> None:
    """Warns of an old name, or refuses it.

    Args:
        sentence: What to write instead.
        refused_in: The release that refuses the name.
        stacklevel: The call that uses it, as for ``warnings.warn``.

    Raises:
        DefinitionError: This is that release, or a later one.
    """
    if _numbers(metadata.version("regcompare")) >= _numbers(refused_in):
        raise DefinitionError(sentence)
    warn(f"{sentence} It is an error from release {refused_in} on.", DeprecationWarning, stacklevel)


def _numbers(release: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", release)[:2]]
