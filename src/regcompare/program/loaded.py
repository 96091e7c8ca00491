"""A ruleset from the file that ``export`` wrote: its data is read, and no code is run.

The file says what the law is on its day.  Facts, and what cannot be otherwise, are those at hand.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from regcompare.errors import DefinitionError, UsageError
from regcompare.facts import OwnWord, owner_of
from regcompare.law import Checked, Citation, Evidence, Instrument
from regcompare.logic.conditions import TRUE, Choose, Condition, OnOrAfter, Term, nodes
from regcompare.logic.questions import Question, UnreadQuestion, question_named
from regcompare.ruleset import rules as law
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.review import Review, Weighing
from regcompare.ruleset.ruleset import Ruleset, Transition
from regcompare.vocabulary import FACTS_DATE, Vocabulary
from regcompare.vocabulary.dated import Period
from regcompare.vocabulary.harms import Standard

from .portable import KINDS
from .published import FORMAT, VERSION

__all__ = ["loaded"]

Item = Mapping[str, Any]

_KINDS: Mapping[str, Callable[..., Condition]] = {kind: cls for cls, kind in KINDS.items()}
_UNREAD = "reading:text."
"""How the key of the question begins whether unread text is there."""


def loaded(path: Path, vocabulary: Vocabulary) -> Ruleset:
    """Returns the ruleset of a published program, read on the day of the file.

    Args:
        path: The file.
        vocabulary: The facts that it may ask about.

    Raises:
        UsageError: It cannot be read, is no program of this version, or asks about what is not there.
    """
    cure = "Expected a file that 'regcompare export' of this version wrote; write it again."
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: cannot be read as JSON: {error}") from error
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise UsageError(f"{path}: is not a published ruleset. {cure}")
    if data.get("version") != VERSION:
        found = f"has version {data.get('version')!r} of the format, not {VERSION}"
        raise UsageError(f"{path}: {found}. {cure}")
    try:
        return _Reader(data, vocabulary).ruleset()
    except (UsageError, DefinitionError) as error:
        raise UsageError(f"{path}: {error}") from error
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: is damaged ({type(error).__name__}: {error}). {cure}") from error


class _Reader:
    """Makes of the parts of a program what they were made from."""

    def __init__(self, data: Item, vocabulary: Vocabulary) -> None:
        self.data, self.vocabulary = data, vocabulary
        self.made: list[Condition] = []
        for node in data["nodes"]:
            self.made.append(self._node(node))
        self.texts = {item["name"]: _text(item) for item in data["instruments"]}
        self.written = {rule["name"]: rule for rule in data["rules"]}
        self.rules: dict[str, law.Rule] = {}

    def ruleset(self) -> Ruleset:
        data = self.data
        return Ruleset(
            data["id"],
            data["title"],
            status=data["status"],
            instruments=tuple(self.texts.values()),
            reference_date=dt.date.fromisoformat(data["as_of"]),
            provisions=Provisions.of(self._provisions()),
            covers=tuple(data["covers"]),
            scope=self._named("scope"),
            vocabulary=self.vocabulary,
            summary=data["summary"],
            reconstructed=self._takes_unread_as_read(),
            **self._force(),
        )

    def _takes_unread_as_read(self) -> bool:
        marks = [item["evidence"]["level"] for item in (*self.data["rules"], *self.data["duties"])]
        return Checked.UNREAD in marks and not any(_UNREAD in key for key in self.data["questions"])

    def _force(self) -> dict[str, Any]:
        """When it is in force, as far as the file tells: always, or by day of application."""
        force = self._named("force")
        for day in {node.day for node in nodes([force]) if isinstance(node, OnOrAfter)}:
            for later, period in ((True, Period(start=day)), (False, Period(end=day))):
                switch = Transition(day, later)
                if force is (~switch.straddled if later else switch.straddled):
                    return {"period": period, "transition": switch}
        if force is not TRUE:
            raise UsageError(f"The ruleset is not in force on {self.data['as_of']}. Export another day.")
        return {}

    # conditions -------------------------------------------------------------------------------

    def _named(self, name: str) -> Condition:
        number: int = self.data["conditions"][name]
        return self.made[number]

    def _node(self, node: Item) -> Condition:
        made = _KINDS[node["kind"]]
        parts = tuple(self.made[number] for number in node.get("parts", ()))
        if made is Term:
            (part,) = parts
            mark = Checked(node["mark"]) if node["mark"] else None
            return Term(node["name"], node["cite"], part, note=node["note"], checked=mark)
        if "question" in node:
            return self._asking(made, node, self._question(node["question"]))
        if "truth" in node:
            return made(node["truth"])
        return made(*parts) if node["kind"] == "not" else made(parts)

    def _asking(self, made: Callable[..., Condition], node: Item, question: Question) -> Condition:
        if made is OnOrAfter:
            return OnOrAfter(question, dt.date.fromisoformat(node["day"]))
        if made is Choose:
            readings = node["readings"].items()
            return Choose(question, tuple((name, self.made[number]) for name, number in readings))
        return made(question, frozenset(node["answers"])) if "answers" in node else made(question)

    def _question(self, key: str) -> Question:
        asked = question_named(key)
        if key.startswith(_UNREAD):
            return UnreadQuestion(key.removeprefix(_UNREAD))
        if not asked.fact:
            return asked
        fact = FACTS_DATE if asked.fact == FACTS_DATE.key else self.vocabulary.fact(asked.fact)
        return fact.asked(asked.member)

    # provisions -------------------------------------------------------------------------------

    def _provisions(self) -> Iterator[law.Provision]:
        data, cite = self.data, self._cite
        yield from map(self._rule, self.written)
        yield from map(self._duty, data["duties"])
        yield from (self._doubt(item) for item in data["doubts"] if _UNREAD not in item["question"])
        for item in data["powers"]:
            who = _word(law.Addressee)(item["who"])
            yield law.Discretion(cite(item), item["asks"], who=who, id=item["id"])
        yield from (
            law.NotEncoded(cite(item), item["what"], item["why"]) for item in data["not_encoded"]
        )

    def _cite(self, item: Item) -> Citation:
        return self.texts[item["instrument"]][item["pinpoint"]]

    def _rule(self, name: str) -> law.Rule:
        """A rule, made after those that it lifts."""
        if name not in self.rules:
            item = self.written[name]
            lifted = (other for other, rule in self.written.items() if name in rule["lifted_by"])
            self.rules[name] = law.Rule(
                self._cite(item),
                item["sentence"],
                when=self._named(f"holds:{name}"),
                then=law.Outcome(item["outcome"]),
                lifts=tuple(map(self._rule, lifted)),
                review=tuple(map(_review, item["reviews"])),
                checked=_evidence(item),
                id=name.replace("/", "-"),
                **_fields(item, triggered_by=_word(law.Trigger), states=str),
            )
        return self.rules[name]

    def _duty(self, item: Item) -> law.Duty:
        kinds = {"kind": law.DutyKind, "strength": law.Strength, "breach": law.Breach, "deadline": str}
        return law.Duty(
            self._cite(item),
            item["sentence"],
            when=self._named(f"duty:{item['name']}"),
            checked=_evidence(item),
            id=item["name"].replace("/", "-"),
            **_fields(item, addressee=_word(law.Addressee), **kinds),
        )

    def _doubt(self, item: Item) -> law.Interpretation:
        return law.Interpretation(
            item["id"],
            self._cite(item),
            item["asks"],
            readings=item["readings"],
            default=item["default"] or "open",
            reason=item["reason"],
            checked=_evidence(item),
        )


def _fields(item: Item, **kinds: Callable[[str], Any]) -> dict[str, Any]:
    """Parts of an object, each as its kind reads it."""
    return {name: None if item[name] is None else kind(item[name]) for name, kind in kinds.items()}


def _text(item: Item) -> Instrument:
    named = _fields(item, name=str, title=str, reference=str, celex=str)
    states = tuple(map(dt.date.fromisoformat, item["states"]))
    return Instrument(**named, states=states, address=item["url"])


def _evidence(item: Item) -> Evidence:
    day = dt.date.fromisoformat
    return Evidence(**_fields(item["evidence"], level=Checked, document=str, read_on=day, note=str))


def _review(item: Item) -> Review:
    kinds = {"weighing": Weighing, "standard": Standard, "otherwise": Weighing, "found_by": str}
    return Review(finding=item["finding"] or "", **_fields(item, **kinds))


def _word(known: type[Any]) -> Callable[[str], Any]:
    """Reads a word of the core, or a plugin's own by its name in files."""

    def read(word: str) -> Any:
        return OwnWord(word, word.partition(":")[2].replace("_", " ")) if owner_of(word) else known(word)

    return read
