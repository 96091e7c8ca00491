"""One actual or invented transaction, with its facts, their sources and its record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any, Generic, Literal, TypeVar, get_args

import attrs

from regcompare._support.asked import Asked
from regcompare._support.derived import DerivedValues
from regcompare._support.said import Said
from regcompare._visible import visible
from regcompare.errors import Place, UsageError, did_you_mean, nearest
from regcompare.facts import UNKNOWN, Fact, answers_of, fields_of, section_of
from regcompare.logic.conditions import Between
from regcompare.logic.questions import PowerQuestion
from regcompare.vocabulary import (
    CORE,
    FACTS_DATE,
    LAYERS,
    Destination,
    Diligence,
    EndUse,
    EndUser,
    Exporter,
    Item,
    Knowledge,
    Licence,
    National,
    Parties,
    Reported,
    Transaction,
)
from regcompare.vocabulary.sections import LicenceStatus

from .expectation import Expectation, grouped_by_ruleset
from .provenance import (
    GROUP_OF,
    Basis,
    Change,
    DateMeaning,
    Disputed,
    Owner,
    RecordGroup,
    RecordKind,
    Reply,
    Report,
    Source,
    as_tuple,
)

Section = TypeVar("Section")

Decision = LicenceStatus | Literal["unknown"]
"""The decision on the licence: a word of ``licence.status``, or ``unknown``."""


Kind = Literal["documented", "replay", "variant", "teaching"]
"""A kind of case: a sale on record; its facts at another place or day; one fact altered; invented."""
KINDS: tuple[Kind, ...] = get_args(Kind)


@attrs.frozen(kw_only=True)
class Record:
    """The outcome of the export on record; no rule uses it."""

    decision: Decision = "unknown"
    date: str = ""
    note: str = ""


@attrs.frozen(kw_only=True)
class AsIf:
    """The changes of a sale that is treated as if it were made from elsewhere.

    Attributes:
        home: The territory, as it reads after "from".
        changed: The facts whose answers were changed.
        left_out: The stated facts that were left out, since they are about another state.
        is_domestic: Whether its destination is there as well, so that it is not an export.
        original: The sale as it was made.
    """

    home: str
    changed: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    is_domestic: bool = False
    original: Scenario

    @property
    def sentence(self) -> str:
        """The changes, as a sentence."""
        facts = ", ".join(self.left_out)
        return Said(
            "Asked as if from {home}. Changed: {changed}{left_out}.{domestic}",
            home=self.home,
            changed=", ".join(self.changed),
            left_out=Said("; left out: {facts}", facts=facts) if facts else "",
            domestic=Said(" It is then a domestic sale, and is set aside.") if self.is_domestic else "",
        )


CORE_SECTIONS = tuple(CORE.by_name)
_GIVEN = {name: f"_{name}" for name in CORE_SECTIONS}
_FACTS = {fact.key: fact for cls in CORE.sections for fact in fields_of(cls).values()}
_RANKS = {key: rank for rank, key in enumerate(_FACTS)}


def _in_order(stated: Any) -> dict[str, Any]:
    """Answers, or those of sections, by fact: those of the core as declared, then by section.

    Those of the core are read as their facts say; those of plugins, once a vocabulary has the facts.
    """
    answers = answers_of(stated)
    if not answers:
        return answers
    typed = [(key, _typed(key, answers[key])) for key in sorted(answers, key=_order)]
    return {key: answer for key, answer in typed if answer is not None}


def _typed(key: str, answer: Any) -> Any:
    if is_of_plugin(key):
        return answer
    if key not in _FACTS:
        raise UsageError(f"There is no fact {key!r}.{did_you_mean(nearest(key, _FACTS))}")
    return read_answer(_FACTS[key], answer)


def read_answer(fact: Fact, answer: Any) -> Any:
    """Returns an answer as a fact reads it; anything else is an ``AnswerError``."""
    try:
        return _read_once(fact, type(answer).__name__, answer)
    except TypeError:  # A list or a mapping, which is read anew each time.
        return fact.convert(answer)


@lru_cache(maxsize=1 << 14)
def _read_once(fact: Fact, _: str, answer: Any) -> Any:
    return fact.convert(answer)


@lru_cache(maxsize=1 << 14)
def is_of_plugin(key: str) -> bool:
    """Returns whether the fact with this key belongs to a section of a plugin."""
    return section_of(key) not in CORE_SECTIONS


@lru_cache(maxsize=1 << 14)
def _order(key: str) -> tuple[int, str]:
    return _RANKS.get(key, len(_RANKS)), "" if key in _RANKS else section_of(key)


def _layers(value: str | Iterable[str] | None) -> tuple[str, ...]:
    layers = (value,) if isinstance(value, str) else tuple(value or ())
    for layer in layers:
        if layer not in LAYERS:
            raise UsageError(f"{layer!r} is not a layer. Expected {' or '.join(LAYERS)}.")
    return tuple(layer for layer in LAYERS if layer in layers)


def _discretion(value: Mapping[str, bool | str]) -> dict[str, bool]:
    words: Mapping[str, bool | None] = {"yes": True, "no": False, "unknown": None}
    used = {}
    for name, answer in value.items():
        if not isinstance(answer, bool) and str(answer) not in words:
            found = f"{answer!r} does not say whether {name} was used."
            raise UsageError(f"{found} Expected yes, no or unknown.")
        if (is_used := answer if isinstance(answer, bool) else words[str(answer)]) is not None:
            used[name] = is_used
    return used


def _day(value: dt.date | str | None) -> dt.date | None:
    day = FACTS_DATE.convert(value)
    return None if day is UNKNOWN else day


def _paragraph(text: str) -> str:
    return " ".join(text.split())


class _View(Generic[Section]):
    """A section of a scenario: the answers that it states to the facts of a class."""

    def __init__(self, cls: type[Section]) -> None:
        self._cls = cls

    def __get__(self, scenario: Scenario, _: object = None) -> Section:
        return scenario.section(self._cls)


PARTIES: Mapping[str, str] = {
    "exporter": "exporter",
    "end_user": "end user",
    "purchaser": "buyer",
    "intermediaries": "in between",
}
"""The parties that a case can name, in words."""


@attrs.frozen(kw_only=True, repr=False)
class Scenario(Asked):
    """One actual or invented transaction; two items, users or destinations are two scenarios.

    Attributes:
        id: A short name in lower case with hyphens.
        title: What the case is about, in a line.
        kind: On record; its facts replayed elsewhere; one of them altered; or invented.
        record_kind: What is on record about it.
        sale: The deal of which it is a part; parts of one deal are counted once.
        date: When the facts happened.
        between: The days of which one was that day, where it is known no better.
        date_means: What happened on that day.
        summary: The case in plain words, with the choices of whoever encoded it.
        story: The case in two or three sentences for anyone, with no result in them: one paragraph,
            with single spaces.
        sources: Where the facts are taken from.
        known_from: What each fact, or section of facts, rests on; the more specific key wins.
        presume: Layers of presumptions for facts that are not stated: ``ordinary``, or that and
            ``surveillance``.
        facts: The answers that it states, names of parties included, by the key of the fact.
        item: Those about the item, as one object.  This and the other sections replace, where a scenario
            is made or changed with them, all that ``facts`` say of their section.
        more: Those to facts of plugins; made of their sections.
        presumed: Further answers that are presumed, not stated, by the key of the fact.
        discretion: Whether an authority or a state used a power that it may use, by the power's id.
        reports: What had been published about the end user, its kind or its country.
        replies: What those whom it names say of it, or where an answer was looked for in vain.
        owners: Who owned the companies that it names, and who owns them.
        record: What became of it; no rule uses it.
        disputed: Stated facts that someone disputes.
        changes: What was changed in its account, and when.
        expect: The results expected of rulesets.
        as_if: How it was changed to be treated as if from elsewhere; None for the sale as it was made.
        annotations: What was added to it from other files.
        inherited: What it takes over from the case that it is like, besides facts, without saying that
            this is shared.
        places: Where each fact is stated, as file, line and column, if the case was read from a file.
        notes: Further notes on how it was read, as sentences.
        is_shipped: Whether it comes with a plugin, so that commands know it by its id.
    """

    id: str
    title: str = ""
    kind: Kind | None = None
    record_kind: RecordKind | None = None
    sale: str = ""
    date: dt.date | None = attrs.field(default=None, converter=_day)
    between: Between | None = None
    date_means: DateMeaning | None = None
    summary: str = ""
    story: str = attrs.field(default="", converter=_paragraph)
    sources: tuple[Source, ...] = attrs.field(default=(), converter=as_tuple)
    known_from: Mapping[str, Basis] = attrs.field(factory=dict)
    presume: tuple[str, ...] = attrs.field(default=(), converter=_layers)
    facts: Mapping[str, Any] = attrs.field(factory=dict, converter=_in_order)
    presumed: Mapping[str, Any] = attrs.field(factory=dict, converter=_in_order)
    discretion: Mapping[str, bool] = attrs.field(factory=dict, converter=_discretion)
    reports: tuple[Report, ...] = attrs.field(default=(), converter=as_tuple)
    replies: tuple[Reply, ...] = attrs.field(default=(), converter=as_tuple)
    owners: tuple[Owner, ...] = attrs.field(default=(), converter=as_tuple)
    record: Record | None = None
    disputed: tuple[Disputed, ...] = attrs.field(default=(), converter=as_tuple)
    changes: tuple[Change, ...] = attrs.field(default=(), converter=as_tuple)
    expect: tuple[Expectation, ...] = attrs.field(default=(), converter=grouped_by_ruleset)
    as_if: AsIf | None = None
    annotations: tuple[Annotation, ...] = attrs.field(default=(), eq=False)
    inherited: tuple[str, ...] = attrs.field(default=(), eq=False)
    places: Mapping[str, Place] = attrs.field(factory=dict, eq=False)
    notes: tuple[str, ...] = attrs.field(default=(), eq=False)
    is_shipped: bool = attrs.field(default=False, eq=False)
    _derived: DerivedValues = attrs.field(factory=DerivedValues, init=False, eq=False)

    # Another way to state facts: what is given here enters ``facts``, which alone keeps it.
    _item: Item | None = attrs.field(default=None, alias="item", eq=False)
    _transaction: Transaction | None = attrs.field(default=None, alias="transaction", eq=False)
    _exporter: Exporter | None = attrs.field(default=None, alias="exporter", eq=False)
    _destination: Destination | None = attrs.field(default=None, alias="destination", eq=False)
    _end_user: EndUser | None = attrs.field(default=None, alias="end_user", eq=False)
    _parties: Parties | None = attrs.field(default=None, alias="parties", eq=False)
    _end_use: EndUse | None = attrs.field(default=None, alias="end_use", eq=False)
    _reported: Reported | None = attrs.field(default=None, alias="reported", eq=False)
    _knowledge: Knowledge | None = attrs.field(default=None, alias="knowledge", eq=False)
    _diligence: Diligence | None = attrs.field(default=None, alias="diligence", eq=False)
    _national: National | None = attrs.field(default=None, alias="national", eq=False)
    _licence: Licence | None = attrs.field(default=None, alias="licence", eq=False)
    _more: Iterable[object] | Mapping[str, Any] | None = attrs.field(
        default=None, alias="more", eq=False
    )

    item = _View(Item)
    transaction = _View(Transaction)
    exporter = _View(Exporter)
    destination = _View(Destination)
    end_user = _View(EndUser)
    parties = _View(Parties)
    end_use = _View(EndUse)
    reported = _View(Reported)
    knowledge = _View(Knowledge)
    diligence = _View(Diligence)
    national = _View(National)
    licence = _View(Licence)

    def __attrs_post_init__(self) -> None:
        sections = [(name, getattr(self, field)) for name, field in _GIVEN.items()]
        given = {name: section for name, section in sections if section is not None}
        if not given and self._more is None:
            return
        kept = {
            key: answer
            for key, answer in self.facts.items()
            if section_of(key) not in given and (self._more is None or not is_of_plugin(key))
        }
        stated = {**kept, **answers_of(given.values()), **answers_of(self._more or ())}
        object.__setattr__(self, "facts", _in_order(stated))
        for name in (*given, "more"):
            object.__setattr__(self, f"_{name}", None)

    @property
    def more(self) -> dict[str, Any]:
        """The answers to facts of plugins."""
        return {key: answer for key, answer in self.facts.items() if is_of_plugin(key)}

    @property
    def place(self) -> Place:
        """Its file, line and column; its id if it was not read from a file."""
        return self.place_of("")

    def place_of(self, key: str) -> Place:
        """Returns the file, line and column of a fact; a blank key means the case itself."""
        return self.places.get(key) or self.places.get("") or Place(f"the case {self.id}")

    @property
    def known_day(self) -> dt.date | Between | None:
        """The day of the facts, as precisely as it is known."""
        return self.date or self.between

    @property
    def is_documented(self) -> bool:
        """True if it is a sale on record, as it is unless its file says that it is something else."""
        return self.kind in (None, "documented")

    @property
    def counted_as(self) -> str:
        """The name under which it is counted: parts of one documented sale count once."""
        return self.sale if self.sale and self.is_documented else self.id

    @property
    def record_group(self) -> RecordGroup | None:
        """The group in which it is counted; None for an invention, or where its file does not say."""
        return GROUP_OF.get(self.record_kind) if self.record_kind and self.is_documented else None

    @property
    def names(self) -> dict[str, str]:
        """The names of those who took part, as far as its sources give them, by ``PARTIES``."""
        stated = {
            "exporter": self.exporter.name,
            "end_user": self.end_user.name,
            "purchaser": self.destination.purchaser_name,
            "intermediaries": ", ".join(self.known_intermediaries),
        }
        return {party: name for party, name in stated.items() if isinstance(name, str) and name}

    @property
    def known_intermediaries(self) -> tuple[str, ...]:
        """The intermediaries that its sources name."""
        named = self.parties.intermediaries
        return named if isinstance(named, tuple) else ()

    @property
    def parties_named(self) -> tuple[str, ...]:
        """The names that it gives of those who took part, each by itself, and of who they were."""
        several = (self.exporter.predecessors, self.exporter.successors, self.parties.intermediaries)
        names = [self.exporter.name, self.end_user.name, self.destination.purchaser_name]
        names += [name for group in several if isinstance(group, tuple) for name in group]
        return tuple(dict.fromkeys(name for name in names if isinstance(name, str) and name))

    @property
    def sources_named(self) -> tuple[str, ...]:
        """The ids of the sources that something in it names."""
        several: list[Basis | Disputed] = [*self.known_from.values(), *self.disputed]
        single: list[Report | Reply | Owner] = [*self.reports, *self.replies, *self.owners]
        named = chain(*(item.sources for item in several), (item.source for item in single))
        return tuple(dict.fromkeys(filter(None, named)))

    def __repr__(self) -> str:
        return visible(f"<Scenario {self.id}: {self.title or 'no title'}>")

    def __hash__(self) -> int:
        return hash((self.id, self.date))

    def basis(self, key: str) -> Basis | None:
        """Returns what a stated fact rests on; None where the file does not say."""
        return self.known_from.get(key) or self.known_from.get(section_of(key))

    def sources_of(self, key: str) -> tuple[Source, ...]:
        """Returns the sources of a stated fact; all of the case where the file does not say which."""
        section, _, matter = key.partition(".")
        if basis := self.basis(key):
            ids = set(basis.sources)
        elif section == "reported":
            ids = {item.source for item in self.reports if matter in item.of}
        else:
            return self.sources
        return tuple(source for source in self.sources if source.id and source.id in ids)

    def section(self, cls: type[Section]) -> Section:
        """Returns the section of this class; an empty one if it states nothing."""
        view: Section | None = self._derived.get(cls)
        if view is None:
            answers = {name: self.facts.get(fact.key) for name, fact in fields_of(cls).items()}
            view = self._derived.store(cls, cls(**answers))
        return view

    def with_facts(self, *sections: object) -> Scenario:
        """Returns the scenario with its answers replaced by those that these sections state."""
        return self.stating(answers_of(sections))

    def on(self, day: dt.date | Between | None) -> Scenario:
        """Returns the scenario on a day, or on one between several."""
        if isinstance(day, Between):
            return attrs.evolve(self, date=None, between=day)
        return attrs.evolve(self, date=day, between=None)

    def stating(self, answers: Mapping[str, Any]) -> Scenario:
        """Returns the scenario with its answers replaced by these, by the key of the fact.

        Answers are as in a file, ``yes`` or ``no`` among them; None takes away what is stated.  What is
        no fact of the core, or no answer to it, is a ``UsageError``.
        """
        return attrs.evolve(self, facts={**self.facts, **answers})


@attrs.frozen(kw_only=True)
class Annotation:
    """Facts that somebody adds to a case, in a file of their own.

    Attributes:
        owner: Who adds them and is responsible for them.
        added: The facts with their sources and expectations, under the id of the case; a fact rests on
            all sources where ``known_from`` does not name it or its section.
    """

    owner: str
    added: Scenario

    @property
    def case(self) -> str:
        """The id of the case."""
        return self.added.id

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that it states."""
        return tuple(asked_answers(self.added))


def cases_of_kinds(
    scenarios: Iterable[Scenario], include: str | Iterable[str] = ()
) -> tuple[Scenario, ...]:
    """Returns the documented cases, and those of the other kinds to be included.

    These are ``variants``, ``replays`` and ``teaching``, as a list or separated by commas; another word
    is a ``UsageError``.
    """
    words = include.split(",") if isinstance(include, str) else include
    kinds = {word.strip().removesuffix("s") for word in words if word.strip()}
    for word in kinds.difference(KINDS):
        raise UsageError(f"{word!r} is not a kind of case. Expected variants, replays or teaching.")
    return tuple(item for item in scenarios if item.is_documented or item.kind in kinds)


def asked_answers(scenario: Scenario) -> dict[str, Any]:
    """Returns the answers that a scenario states to facts about which conditions can ask."""
    return {key: answer for key, answer in scenario.facts.items() if key not in CORE.names}


def stated_answers(scenario: Scenario) -> dict[str, Any]:
    """Returns the answers that a scenario states, by fact, with its date and its use of powers."""
    answers: dict[str, Any] = {"scenario.date": scenario.known_day} if scenario.known_day else {}
    powers = {PowerQuestion(name).name: used for name, used in scenario.discretion.items()}
    return answers | asked_answers(scenario) | powers
