"""Categories in which authorities publish figures, and what is known of the items in one."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from regcompare._support.fields import takes
from regcompare.law import Checked

__all__ = ["Category"]


@attrs.frozen
class Category:
    """A category in which figures are published, and what it says of the items in it.

    Attributes:
        publisher: Who publishes in it, in lower case with hyphens.
        name: What it is called.
        answers: Fact key to the answer, as a column of a register holds it: ``a|b`` where it is one of
            several, ``?`` before a member that is left open.  A fact that it does not tell is missing.
        source: Where the category and what it covers were read.
        checked: How the row was checked, as its weakest part.
        note: What is weak, and why.
    """

    publisher: str = attrs.field(validator=takes(str))
    name: str = attrs.field(validator=takes(str))
    answers: Mapping[str, str]
    source: str = attrs.field(validator=takes(str))
    checked: Checked = attrs.field(validator=takes(Checked))
    note: str = attrs.field(default="", validator=takes(str, ""))
