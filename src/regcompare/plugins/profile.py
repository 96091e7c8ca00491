"""What is compared and shown where the user names nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs


@attrs.frozen
class FrontTexts:
    """What a front page tells around one sale and the counts.

    Attributes:
        lead: What the sale is part of, and what it does to people.
        others: Ids of further cases that it names.
        licences: What needs a licence and what does not, before the counts of licences.
        asked: What is asked for instead.
        agreed: What was agreed, and when.
        added: What the agreed rules added.
        left_out: What they left out.
    """

    lead: tuple[str, ...]
    others: tuple[str, ...]
    licences: str
    asked: str
    agreed: str
    added: tuple[str, ...]
    left_out: tuple[str, ...]

    def all_texts(self) -> tuple[str, ...]:
        """Returns every text, for translators."""
        return (*self.lead, self.licences, self.asked, self.agreed, *self.added, *self.left_out)


@attrs.frozen
class Puzzle:
    """What some teaching cases, which hardly differ, put to a class.

    Attributes:
        question: The question.
        answer: Its answer in everyday words, once the cases are solved.
    """

    question: str
    answer: str


@attrs.frozen
class Profile:
    """What is compared and shown where the user names nothing.

    Attributes:
        regimes: Ids of the rulesets that are compared, in the order of the columns.
        whole: The id of the law with its sister instruments, which is read on any day.
        explained: The id of the ruleset under which a case is explained and cited.
        first: Ids of the cases that come first.
        source: What names these cases, such as a report.
        teaching: Files and folders of teaching cases.
        frames: Files and folders of cases that leave facts open, for questions over every possible
            case.  They go by their ids, and are never counted.
        puzzles: What the files of three teaching cases each put to a class, by what the ids of their
            cases start with.
        documents: The folder of the texts and pictures of a site.
        licences: A file of figures of licences granted and refused, with their sources.
        front: What a front page tells around the first case; None for no front page.
    """

    regimes: tuple[str, ...] = ()
    whole: str = ""
    explained: str = ""
    first: tuple[str, ...] = ()
    source: str = ""
    teaching: tuple[Path, ...] = ()
    frames: tuple[Path, ...] = ()
    puzzles: Mapping[str, Puzzle] = attrs.field(factory=dict)
    documents: Path | None = None
    licences: Path | None = None
    front: FrontTexts | None = None
