"""Categories in which authorities publish figures, and what each says about the items in it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from regcompare._support.fields import takes
from regcompare.law import Checked


@attrs.frozen(eq=False)
class Category:
    """A category in which figures are published, and what it says about the items in it.

    Attributes:
        publisher: Who publishes the figures, in lower case with hyphens.
        name: The name of the category.
        answers: Fact key to the answer, written as in a column of a register: ``a|b`` if it is one of
            several, ``?`` before a member that is left open.  Facts about which it says nothing are
            missing.
        source: Where the category and what it covers were read.
        checked: How the weakest part of this is known.
        note: Which part is weak, and why.
    """

    publisher: str = attrs.field(validator=takes(str))
    name: str = attrs.field(validator=takes(str))
    answers: Mapping[str, str]
    source: str = attrs.field(validator=takes(str))
    checked: Checked = attrs.field(validator=takes(Checked))
    note: str = attrs.field(default="", validator=takes(str, ""))
