"""A blank case on record: each question stands before its answer, with the answers that it can have.

``blank_case.txt`` is the file; it asks what ``standard`` wants of a case, in the vocabulary's words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import fill
from typing import Any

from regcompare.errors import UsageError, did_you_mean
from regcompare.facts import Fact
from regcompare.scenario.provenance import DATE_MEANINGS, RECORD_KINDS, REPLY_PLACES, SEEN
from regcompare.vocabulary import CORE

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_MOST = 30
"""More answers than these, such as the countries, are in the reference of facts."""


def blank_case(name: str) -> str:
    """Returns the text of a blank case with this id, which loads and passes ``check``.

    Raises:
        UsageError: The id is not valid.
    """
    if not _ID.fullmatch(name):
        suggestion = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        raise UsageError(
            f"{name!r} is not a valid id for a case. Expected lower-case letters and digits, joined by "
            f"hyphens, such as a-firm-kenya-2019.{did_you_mean(suggestion or None)}"
        )
    questions = {key: _question(fact) for key, fact in CORE.by_key.items()}
    template = Path(__file__).with_name("blank_case.txt").read_text(encoding="utf-8")
    return template.format(
        id=name, kinds=_words(RECORD_KINDS), meanings=_words(DATE_MEANINGS), seen=", ".join(SEEN),
        places=_words(REPLY_PLACES), question=questions,
    )  # fmt: skip


def _words(meanings: Mapping[Any, str]) -> str:
    return "\n".join(f"#     {word}: {meaning}" for word, meaning in meanings.items())


def _question(fact: Fact) -> str:
    """The question of a fact, and its answers where they are few enough to be listed."""
    answers = tuple(fact.labels())
    among = f" ({', '.join(answers)})" if 0 < len(answers) <= _MOST else ""
    return fill(f"{fact.question}{among}", 100, initial_indent="  # ", subsequent_indent="  #   ")
