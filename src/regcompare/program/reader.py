"""Reads rulesets from a file that ``export`` wrote, without running any code.

Facts and constraints are those of the vocabulary at hand, not of the file.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from regcompare.errors import DefinitionError, UsageError
from regcompare.facts import OwnWord
from regcompare.law import Checked, Citation, Evidence, Instrument
from regcompare.logic.conditions import Choose, Condition, OnOrAfter, Term
from regcompare.logic.questions import Question, UnreadQuestion, parse_question
from regcompare.ruleset import rules as law
from regcompare.ruleset.home import Home
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.review import Review, Weighing
from regcompare.ruleset.ruleset import Ruleset, Transition
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Vocabulary
from regcompare.vocabulary.dated import DatedTable, Period, Row, RowCitation
from regcompare.vocabulary.harms import Standard

from .writer import FORMAT, KINDS, VERSION

Item = Mapping[str, Any]

_KINDS: Mapping[str, Callable[..., Condition]] = {kind: cls for cls, kind in KINDS.items()}
_UNREAD = "reading:text."
"""The prefix of a question whether the text of an unread rule says what is assumed."""


def load_rulesets(path: Path, vocabulary: Vocabulary) -> list[Ruleset]:
    """Returns the rulesets of a published file; a file of one day holds the law of that day.

    Args:
        path: The file.
        vocabulary: The facts that it may ask about.

    Raises:
        UsageError: It cannot be read, has another version, or asks about an unknown fact.
    """
    remedy = "Expected a file that 'regcompare export' of this version wrote; write it again."
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: cannot be read as JSON: {error}") from error
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise UsageError(f"{path}: is not a published ruleset. {remedy}")
    if data.get("version") != VERSION:
        problem = f"has version {data.get('version')!r} of the format, not {VERSION}"
        raise UsageError(f"{path}: {problem}. {remedy}")
    try:
        return _Reader(data, vocabulary).rulesets()
    except (UsageError, DefinitionError) as error:
        raise UsageError(f"{path}: {error}") from error
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: is damaged ({type(error).__name__}: {error}). {remedy}") from error


class _Reader:
    """Builds the objects that the parts of a file describe, each once."""

    def __init__(self, data: Item, vocabulary: Vocabulary) -> None:
        self.data, self.vocabulary = data, vocabulary
        self.texts = list(map(_text, data["instruments"]))
        self.tables = list(_tables(data))
        self.conditions: list[Condition] = []
        for node in data["nodes"]:
            self.conditions.append(self._node(node))
        self.rule, self.ruleset = cache(self._rule), cache(self._ruleset)

    def rulesets(self) -> list[Ruleset]:
        """Returns the rulesets whose states the file contains."""
        return [
            self.ruleset(place)
            for place in dict.fromkeys(state["ruleset"] for state in self.data["states"])
        ]

    def _ruleset(self, place: int) -> Ruleset:
        item = self.data["rulesets"][place]
        titles = ("id", "title", "plain_title", "status", "asks", "summary", "reconstructed")
        reference = item["reference"]
        parts = (self.data["rulesets"][part] for part in (*item["base"], *item["beside"]))
        companion_tables = {table["table"] for part in parts for table in part["tables"]}
        tables = (table["table"] for table in item["tables"])
        return Ruleset(
            **{name: item[name] for name in titles},
            instruments=tuple(self.texts[text] for text in item["instruments"]),
            reference_date=reference if reference == "scenario" else dt.date.fromisoformat(reference),
            provisions=Provisions.of(self._provisions(place, item)),
            covers=tuple(item["covers"]),
            scope=self.conditions[item["scope"]],
            base=tuple(map(self.ruleset, item["base"])),
            beside=tuple(map(self.ruleset, item["beside"])),
            parallel_to=tuple(item["parallel_to"]),
            tables=tuple(self.tables[table] for table in tables if table not in companion_tables),
            vocabulary=self.vocabulary,
            **_fields(item, home=_home, period=_period, transition=_transition),
        )

    # conditions -------------------------------------------------------------------------------

    def _node(self, node: Item) -> Condition:
        build = _KINDS[node["kind"]]
        parts = tuple(self.conditions[number] for number in node.get("parts", ()))
        if build is Term:
            (part,) = parts
            mark = Checked(node["mark"]) if node["mark"] else None
            cite = self._row(node["row"]) if "row" in node else node["cite"]
            return Term(node["name"], cite, part, note=node["note"], checked=mark)
        if "question" in node:
            return self._leaf(build, node, self._question(node["question"]))
        if "truth" in node:
            return build(node["truth"])
        return build(*parts) if node["kind"] == "not" else build(parts)

    def _row(self, item: Item) -> RowCitation:
        table = self.tables[item["table"]]
        return RowCitation(table, next(row for row in table if row.line == item["line"]))

    def _leaf(self, build: Callable[..., Condition], node: Item, question: Question) -> Condition:
        if build is OnOrAfter:
            return OnOrAfter(question, dt.date.fromisoformat(node["day"]))
        if build is Choose:
            readings = node["readings"].items()
            return Choose(question, tuple((name, self.conditions[number]) for name, number in readings))
        return build(question, frozenset(node["answers"])) if "answers" in node else build(question)

    def _question(self, key: str) -> Question:
        question = parse_question(key)
        if key.startswith(_UNREAD):
            return UnreadQuestion(key.removeprefix(_UNREAD))
        if not question.fact:
            return question
        days = {FACTS_DATE.key: FACTS_DATE, LAW_DATE.key: LAW_DATE}
        name = question.fact
        return (days[name] if name in days else self.vocabulary.fact(name)).asked(question.member)

    # provisions -------------------------------------------------------------------------------

    def _provisions(self, place: int, item: Item) -> Iterator[law.Provision]:
        data, cite = self.data, self._cite
        yield from (
            self.rule(number) for number, rule in enumerate(data["rules"]) if rule["ruleset"] == place
        )
        yield from (self._duty(duty) for duty in data["duties"] if duty["ruleset"] == place)
        doubts = (data["doubts"][number] for number in item["doubts"])
        yield from (self._doubt(doubt) for doubt in doubts if _UNREAD not in doubt["question"])
        for power in (data["powers"][number] for number in item["powers"]):
            who = self._word(law.Addressee)(power["who"])
            yield law.Discretion(cite(power), power["asks"], who=who, id=power["id"])
        omissions = (omission for omission in data["not_encoded"] if omission["ruleset"] == place)
        yield from (
            law.NotEncoded(cite(omission), omission["what"], omission["why"]) for omission in omissions
        )

    def _cite(self, item: Item) -> Citation:
        return self.texts[item["instrument"]][item["pinpoint"]]

    def _word(self, core_words: type[Any]) -> Callable[[str], Any]:
        """Reads a word of the core, or a plugin's own by its name in files."""
        words = self.data["words"]
        return lambda word: OwnWord(word, words[word]) if word in words else core_words(word)

    def _rule(self, place: int) -> law.Rule:
        """A rule, built after those that it overrides."""
        item = self.data["rules"][place]
        return law.Rule(
            self._cite(item),
            item["sentence"],
            when=self.conditions[item["when"]],
            then=law.Outcome(item["outcome"]),
            lifts=tuple(map(self.rule, item["lifts"])),
            review=tuple(map(self._review, item["reviews"])),
            checked=_evidence(item),
            id=item["id"],
            **_fields(item, triggered_by=self._word(law.Trigger), states=str),
        )

    def _duty(self, item: Item) -> law.Duty:
        kinds = {
            "kind": law.DutyKind,
            "strength": law.Strength,
            "stage": law.Stage,
            "breach": law.Breach,
        }
        return law.Duty(
            self._cite(item),
            item["sentence"],
            when=self.conditions[item["when"]],
            checked=_evidence(item),
            id=item["id"],
            **_fields(item, addressee=self._word(law.Addressee), deadline=str, **kinds),
        )

    def _review(self, item: Item) -> Review:
        kinds = {"weighing": Weighing, "standard": Standard, "otherwise": Weighing, "found_by": str}
        fields = _fields(item, period=_period, **kinds)
        shown = self.conditions[item["shown"]]
        return Review(finding=item["finding"] or "", shown=shown, **fields)

    def _doubt(self, item: Item) -> law.Interpretation:
        return law.Interpretation(
            item["id"],
            self._cite(item),
            item["asks"],
            readings=item["readings"],
            default=item["default"] or "open",
            reason=item["reason"],
            checked=_evidence(item),
            finding=parse_question(item["finding"]) if item.get("finding") else None,
        )


def _fields(item: Item, **kinds: Callable[[Any], Any]) -> dict[str, Any]:
    """The named fields of an object, each read by its kind; None where it is null."""
    return {name: None if item[name] is None else kind(item[name]) for name, kind in kinds.items()}


def _text(item: Item) -> Instrument:
    names = _fields(item, name=str, title=str, reference=str, celex=str)
    states = tuple(map(dt.date.fromisoformat, item["states"]))
    return Instrument(**names, states=states, address=item["url"])


def _evidence(item: Item) -> Evidence:
    day = dt.date.fromisoformat
    return Evidence(**_fields(item["evidence"], level=Checked, document=str, read_on=day, note=str))


def _period(item: Item) -> Period:
    return Period(**_fields(item, start=dt.date.fromisoformat, end=dt.date.fromisoformat))


def _transition(item: Item) -> Transition:
    return Transition(dt.date.fromisoformat(item["day"]), item["successor"])


def _tables(data: Item) -> Iterator[DatedTable]:
    """The tables, each with the rows that conditions refer to."""
    cited: dict[int, dict[int, Item]] = {}
    for node in data["nodes"]:
        if "row" in node:
            cited.setdefault(node["row"]["table"], {})[node["row"]["line"]] = node
    for place, item in enumerate(data["tables"]):
        rows = (
            Row(item["file"], line, {}, _period(node["row"]), node["cite"], Checked(node["mark"]))
            for line, node in sorted(cited.get(place, {}).items())
        )
        yield DatedTable(item["name"], tuple(rows), dt.date.fromisoformat(item["verified_through"]))


def _home(item: Item) -> Home:
    if isinstance(item["states"], str):
        return Home(item["name"], item["states"])
    rows = (
        Row("", line, {"countries": state["countries"]}, _period(state), "", Checked.TEXT)
        for line, state in enumerate(item["states"], 2)
    )
    return Home(item["name"], DatedTable(item["name"], tuple(rows), dt.date.max))
