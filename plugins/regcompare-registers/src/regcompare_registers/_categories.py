"""The categories in a column of a register, by the name under which their publisher has them."""

from __future__ import annotations

from collections.abc import Iterable

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.vocabulary import Category


def normalised_name(text: str) -> str:
    """Returns the name of a category in lower case, with single spaces."""
    return " ".join(text.lower().split())


def published_categories(publishers: str, categories: Iterable[Category]) -> dict[str, Category]:
    """Returns the categories of a publisher, or of several separated by commas, by normalised name.

    Raises:
        UsageError: There is no such publisher; or two publishers use a name for different categories.
    """
    by_publisher: dict[str, list[Category]] = {}
    for category in categories:
        by_publisher.setdefault(category.publisher, []).append(category)
    by_name: dict[str, Category] = {}
    for publisher in map(str.strip, publishers.split(",")):
        if publisher not in by_publisher:
            hint = did_you_mean(nearest(publisher, by_publisher))
            hint = hint or f" There are {', '.join(by_publisher) or 'none'}."
            raise UsageError(f"No categories of a publisher {publisher!r} are known.{hint}")
        for category in by_publisher[publisher]:
            name = normalised_name(category.name)
            _check_same(by_name.setdefault(name, category), category)
    return by_name


def _check_same(first: Category, other: Category) -> None:
    if first.answers != other.answers:
        both = f"{first.publisher} and {other.publisher}"
        cure = "Expected one publisher for each name; give each a column of its own."
        raise UsageError(
            f"{other.name!r} is a category of {both}, who mean different things by it. {cure}"
        )
