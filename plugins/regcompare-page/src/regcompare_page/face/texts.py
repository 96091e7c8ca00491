"""Texts of pages around what is computed, which a plugin states in files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import attrs
import yaml
from cattrs import BaseValidationError, Converter, transform_error

from regcompare.errors import UsageError


@attrs.frozen
class FrontLaw:
    """A law that a front page puts the deals under.

    Attributes:
        ruleset: Its id.
        name: What the page calls it.
        when: When it applies, or what it is, in a few words.
        answer: Who had to say no under it, with ``{number}`` for the certain ones.
        day: ``scenario`` for the day of each deal; blank for the ruleset's own.
    """

    ruleset: str
    name: str
    when: str
    answer: str
    day: Literal["", "scenario"] = ""


@attrs.frozen
class FrontRow:
    """A row with yes or no for each act, by one of ``provisions``, ``listed`` and ``duty``.

    Attributes:
        text: The row.
        provisions: Ids of the provisions of which one is enough.
        listed: The id of a case that would certainly need a licence.
        duty: The kind of duty that would bind.
        has_limit: Whether the footnote of the rows applies to it.
    """

    text: str
    provisions: tuple[str, ...] = ()
    listed: str = ""
    duty: str = ""
    has_limit: bool = False


@attrs.frozen(kw_only=True)
class FrontTexts:
    """The texts of a front page around what is computed.

    Texts may name numbers in braces, which the page counts.

    Attributes:
        question: The question of the page.
        lead: What a reader is asked to find.
        laws: The law of the day, the act of today, and what is asked for.
        claim: What the laws do and do not require.
        asked: What is asked for instead.
        elsewhere: Where the claim does not hold.
        sale: The id of a case of the deal that is followed.
        others: Ids of further cases that it names.
        background: What the followed deal is part of.
        licences: What needs a licence and what does not, before the figures of licences.
        figures: What the figures are.
        agreed: What was agreed, and when.
        columns: The acts before and now and what is asked for, as heads of columns.
        changes: What the acts contain.
        limit: The footnote of some of these rows.
        safeguards: The kinds of safeguard for people, in a few words each.
        shows: What the page does and does not show, in paragraphs.
    """

    question: str
    lead: str
    laws: tuple[FrontLaw, FrontLaw, FrontLaw]
    claim: str
    asked: str
    elsewhere: str
    sale: str
    others: tuple[str, ...] = ()
    background: str
    licences: str
    figures: str
    agreed: str
    columns: tuple[str, str, str]
    changes: tuple[FrontRow, ...]
    limit: str
    safeguards: Mapping[str, str]
    shows: tuple[str, ...]

    def all_texts(self) -> tuple[str, ...]:
        """Returns every text, for translators."""
        laws = (text for law in self.laws for text in (law.name, law.when, law.answer))
        rows = (row.text for row in self.changes)
        return (
            self.question, self.lead, *laws, self.claim, self.asked, self.elsewhere, self.background,
            self.licences, self.figures, self.agreed, *self.columns, *rows, self.limit,
            *self.safeguards.values(), *self.shows,
        )  # fmt: skip


@attrs.frozen
class Puzzle:
    """The question that some teaching cases, which hardly differ, put to a class.

    Attributes:
        question: The question.
        answer: Its answer in everyday words, once the cases are solved.
    """

    question: str
    answer: str


def read_front(file: Path) -> FrontTexts:
    """Reads the texts of a front page; raises a ``UsageError`` for a file that lacks some."""
    keys = ", ".join(attrs.fields_dict(FrontTexts))
    texts: FrontTexts = _read(file, FrontTexts, f"a front page, with the keys {keys}")
    return texts


def read_puzzles(file: Path) -> Mapping[str, Puzzle]:
    """Reads puzzles, by what the ids of their cases start with; raises as ``read_front``."""
    puzzles: Mapping[str, Puzzle] = _read(file, dict[str, Puzzle], "puzzles, with question and answer")
    return puzzles


def _read(file: Path, shape: Any, expected: str) -> Any:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        if isinstance(content, dict):
            return Converter(forbid_extra_keys=True).structure(content, shape)
        found = "it is not a mapping"
    except BaseValidationError as error:
        found = "; ".join(transform_error(error, "the file"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        found = " ".join(str(error).split())
    raise UsageError(f"{file}: {found}. Expected {expected}.")
