"""What is said about a verdict in another language: every sentence of the core is said in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from tests.support.recording import RECORD
from tests.support.shipped import CASES, CATALOGUE

import regcompare as rc
from regcompare.errors import UsageError
from regcompare.law import Citation
from regcompare.logic.conditions import Term, nodes
from regcompare.ruleset.ruleset import Ruleset, rules_and_duties
from regcompare.verdict.verdict import Verdict
from regcompare.views.verdict import explain_data, explain_text
from regcompare.words.catalogues import Language, language
from regcompare.words.rows import table_row

GOLDEN = Path(__file__).parents[1] / "golden"
LAWS = ("eu-428-2009", "eu-2021-821", "amnesty")
RECORDED = ("morpho-shanghai-2015", "area-egypt-2016", "cyprus-demonstrations-2014")
DUTCH = language("nl", CATALOGUE.locales)

WIDE = {letter: letter + 0xFEE0 for letter in range(ord("a"), ord("z") + 1)}
"""Letters that mark what was said; what is left in plain ones was never asked for."""


class Wide(Mapping[str, str]):
    """The texts that have a translation into Dutch, each in wide letters, its ``{placeholders}`` kept."""

    def __getitem__(self, text: str) -> str:
        DUTCH.texts[text]
        parts = re.split(r"(\{\w+\})", text)
        return "".join(part if part[:1] == "{" else part.translate(WIDE) for part in parts)

    def __iter__(self) -> Iterator[str]:
        return iter(DUTCH.texts)

    def __len__(self) -> int:
        return len(DUTCH.texts)


@attrs.frozen
class WideLanguage(Language):
    """A language in which every text of the core and of facts is wide, and law is left out."""

    def quote_law(self, text: str) -> str:
        return "§" if text else ""


SAID = WideLanguage("nl", Wide())


@cache
def names_of(ruleset: Ruleset) -> frozenset[str]:
    """What has the same words in every language: instruments, their places, documents and sources."""
    parts = [ruleset, *ruleset.parts()]
    rules = [rule for part in parts for rule in part.rules]
    asked = [*nodes(rule.condition for rule in rules), *nodes(part.scope for part in parts)]
    cites: list[object] = [node.cite for node in asked if isinstance(node, Term)]
    for part in parts:
        stated: tuple[Any, ...] = (*part.doubts, *part.provisions.not_encoded, *part.glosses)
        cites += [item.cite for item in (*rules_and_duties(part), *stated)]
    names = {str(item.title) for rule in rules for item in rule.rests_on}
    names |= {part.evidence(item).document for part in parts for item in rules_and_duties(part)}
    for cite in cites:
        if isinstance(cite, Citation):
            text = cite.instrument
            names |= {str(cite), cite.pinpoint, *map(str, cite.amendments)}
            names |= {text.name, text.title, text.reference}
    for part in parts:
        names |= {name for text in part.instruments for name in (text.name, text.title, text.reference)}
    return frozenset(names)


def names_in(verdict: Verdict) -> list[str]:
    """The names that an account may contain, the longest first."""
    laws = (verdict.ruleset, *([verdict.base] if verdict.base else []))
    names = {verdict.scenario.id, *(law.id for law in laws)}
    names |= {name for law in laws for name in names_of(law)}
    names |= {finding.rule.id for finding in verdict.findings}
    terms = (term for finding in verdict.findings for term in finding.rests_on())
    names |= {row.source for term in terms if (row := table_row(term))}
    return sorted(names - {""}, key=len, reverse=True)


def left_in_english(verdict: Verdict, text: str) -> list[str]:
    """The words in plain letters that are no name, key, address, command or quotation."""
    said = re.sub(r"https?://\S+|`[^`]*`|“[^”]*?(?:”|\.\.\.)", " ", " ".join(text.split()))
    said = re.sub(r"\b[a-z]\w*\.[\w-]+(:[\w.]+)?|\b\w+_\w+\b", " ", said)  # Facts and their answers.
    for name in names_in(verdict):
        said = said.replace(" ".join(name.split()), " ")
    said = re.sub(r"\b[A-Za-z][\w-]*-[\w-]+[:,] \w+", " ", said)  # A doubt with its reading.
    said = re.sub(r"\b\w+(?:-\w+)*-[\d\w]+\b", " ", said)  # Ids of doubts.
    return re.findall(r"[a-z]{2,}", said)


@pytest.mark.parametrize("law", LAWS)
def test_it_is_said_in_dutch_as_recorded(law: str) -> None:
    """Three cases on a screen each, the first in full; REGCOMPARE_RECORD=1 records anew, for review."""
    golden = GOLDEN / f"explain-dutch-{law}.txt"
    accounts = [rc.explain(case, law, lang="nl") for case in RECORDED]

    text = "\n\n".join([*accounts, rc.explain(RECORDED[0], law, full=True, lang="nl"), ""])

    if RECORD:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_a_language_without_texts_is_refused() -> None:
    """The message names those that there are, and data are the same in every language."""
    with pytest.raises(UsageError, match=r"There are no texts in 'nk'. Expected en or nl"):
        rc.explain(RECORDED[0], LAWS[0], lang="nk")

    assert explain_data(rc.assess(RECORDED[0], LAWS[0]), "nl")["sentence"].startswith("Under ")


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.id, marks=[pytest.mark.thorough] * (number % 12 != 0))
        for number, case in enumerate(CASES)
    ],
)
def test_no_sentence_of_the_core_is_left_in_english(case: rc.Scenario) -> None:
    """Every text of both accounts has a Dutch one; names, quotations and texts of law stay."""
    for law in LAWS:
        verdict = rc.assess(case, law)
        for full in (False, True):
            text = explain_text(verdict, full=full, language=SAID)
            assert left_in_english(verdict, text) == [], (law, full)
