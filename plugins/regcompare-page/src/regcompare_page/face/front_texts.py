"""The texts of the front page around what is computed, which a plugin states in a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

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


def read_front(file: Path) -> FrontTexts:
    """Reads the texts of a front page; raises a ``UsageError`` for a file that lacks some."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        content = content if isinstance(content, dict) else {}
        return Converter(forbid_extra_keys=True).structure(content, FrontTexts)
    except BaseValidationError as error:
        found = "; ".join(transform_error(error, "the file"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        found = " ".join(str(error).split())
    keys = ", ".join(attrs.fields_dict(FrontTexts))
    raise UsageError(f"{file}: is not a file of a front page: {found}. Expected the keys {keys}.")
