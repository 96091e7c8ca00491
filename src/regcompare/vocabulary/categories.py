"""Categories in which authorities publish figures, and what is known of the items in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from regcompare._support.fields import takes
from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.law import Checked


@attrs.frozen(eq=False)
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


def normalised_name(text: str) -> str:
    """Returns the name of a category without regard to capitals and blanks."""
    return " ".join(text.lower().split())


def published_categories(publishers: str, categories: Iterable[Category]) -> dict[str, Category]:
    """Returns the categories of a publisher, or of several with commas between, by their plain names.

    Raises:
        UsageError: There is no such publisher, of which the text names the nearest; or two mean other
            things by one category.
    """
    known: dict[str, list[Category]] = {}
    for item in categories:
        known.setdefault(item.publisher, []).append(item)
    joined: dict[str, Category] = {}
    for publisher in map(str.strip, publishers.split(",")):
        if publisher not in known:
            hint = did_you_mean(nearest(publisher, known)) or f" There are {', '.join(known) or 'none'}."
            raise UsageError(f"No categories of a publisher {publisher!r} are known.{hint}")
        for item in known[publisher]:
            _refuse_other(joined.setdefault(normalised_name(item.name), item), item)
    return joined


def _refuse_other(one: Category, other: Category) -> None:
    if one.answers != other.answers:
        both = f"{one.publisher} and {other.publisher}"
        cure = "Expected one publisher for each name; give each a column of its own."
        raise UsageError(f"{other.name!r} is a category of {both}, and tells other facts. {cure}")
