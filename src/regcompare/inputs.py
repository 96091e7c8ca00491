"""Resolves what users pass as cases, rulesets and days: objects, ids, paths or text."""

from __future__ import annotations

import datetime as dt
import json
import os
import warnings
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, overload

import attrs

from ._support.said import Said
from .comparison.measures import pluralise
from .comparison.tidy import Tabular
from .errors import UsageError, did_you_mean, nearest, quoted
from .plugins.catalogue import Catalogue, scenario_files
from .plugins.features import FUNCTIONS
from .ruleset.ruleset import Ruleset
from .scenario.annotations import merge_annotated
from .scenario.as_if import AsIfFrom
from .scenario.files import read_text
from .scenario.scenario import Scenario, cases_of_kinds
from .verdict.assess import AsOf, Readings
from .verdict.verdict import Prover
from .words.catalogues import ENGLISH, Language

if TYPE_CHECKING:
    from .comparison.claims import Message
    from .comparison.counts import Counting, Law
    from .comparison.populations import Populations
    from .views.render import Form

CaseLike = Scenario | str | os.PathLike[str] | Mapping[str, Any]
"""A scenario, its id, the path of a file or folder, or the content of a file as a mapping."""

RegimeLike = Ruleset | str | os.PathLike[str]
"""A ruleset, its id, or the path of a Python file that defines some."""

CasesLike = CaseLike | Iterable[CaseLike] | None
RegimesLike = RegimeLike | Iterable[RegimeLike] | None
DayLike = dt.date | str | None

LawLike = RegimeLike
"""A regime with the day on which it is read, as ``ID@DAY``; without one, on its own day."""

PopulationLike = Any
"""A population, its name, or cases."""

_SUFFIXES = (".yaml", ".yml", ".json", ".py")
_SHORTEST = 3
"""The fewest letters of a word that is looked for in cases."""
_MOST = 6
"""The most cases with a word that are named."""

_REPR_IDS = 4
"""The most ids that a ``repr`` shows."""

Item = TypeVar("Item", Scenario, Ruleset)


@attrs.frozen(repr=False)
class Listing(Tabular[Item]):
    """A sequence of cases or rulesets, indexed by position or by id.

    Attributes:
        items: The cases or rulesets.
        what: What each is called in a sentence.
    """

    _ITEMS = "items"
    items: tuple[Item, ...]
    what: str

    @overload
    def __getitem__(self, index: int | str) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> Listing[Item]: ...

    def __getitem__(self, index: int | str | slice) -> Item | Listing[Item]:
        if isinstance(index, slice):
            return attrs.evolve(self, items=self.items[index])
        if isinstance(index, int):
            return self.items[index]
        if not isinstance(index, str):
            own = getattr(index, "id", None)
            example = own if own in self.ids else next(iter(self.ids), "ID")
            raise UsageError(
                f"{quoted(index)} is no id of a {self.what}. Expected a place, or an id as text, such "
                f"as {example!r}."
            )
        for item in self.items:
            if item.id == index:
                return item
        hint = did_you_mean(nearest(index, self.ids))
        raise UsageError(f"There is no {self.what} {index!r} here.{hint}")

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each case or ruleset."""
        items: tuple[Any, ...] = self.items
        return [_ruleset_row(item) if self.what == "regime" else _case_row(item) for item in items]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, in order."""
        return tuple(item.id for item in self.items)

    def __repr__(self) -> str:
        more = ", ..." if len(self) > _REPR_IDS else ""
        return f"<{pluralise(len(self), self.what)}: {', '.join(self.ids[:_REPR_IDS])}{more}>"

    def text(self, form: Form = "text") -> str:
        """Returns them in a form, as a table of ids and titles."""
        from .views.document import Document, Table
        from .views.render import render

        caption = f"{self.what}s".capitalize()
        table = Table(caption, ("id", "title"), [(item.id, item.title) for item in self.items])
        return render(Document("", [table]), form)


def law_of(given: LawLike) -> Law:
    """Resolves a regime with its day: ``ID@DAY``, ``ID@scenario``, or a ruleset.

    Raises:
        UsageError: It is not a regime, or not a day.
    """
    from .comparison.counts import Law

    if not isinstance(given, str):
        return Law(LIBRARY.regime(given))
    name, at, day = given.partition("@")
    return Law(LIBRARY.regime(name), day_of(day) if at else None)


def _case_row(case: Scenario) -> dict[str, Any]:
    return {
        "scenario": case.id, "title": case.title, "kind": case.kind, "record_kind": case.record_kind,
        "record": case.counted_as, "group": case.record_group, "date": case.date,
        "decision": case.record.decision if case.record else None,
        "disputed": [item.fact for item in case.disputed],
    }  # fmt: skip


def _ruleset_row(law: Ruleset) -> dict[str, Any]:
    day = law.reference_date
    return {
        "law": law.id, "title": law.title, "status": law.status, "asks": law.asks,
        "as_of": day if isinstance(day, dt.date) else None, "rules": len(law.rules),
        "duties": len(law.provisions.duties),
        "base": [item.id for item in law.base],
    }  # fmt: skip


def day_of(value: DayLike) -> AsOf:
    """Returns the day whose law is applied; ``today`` is taken from the clock.

    Raises:
        UsageError: The value is not a day; the text says how to write one.
    """
    if value is None or type(value) is dt.date:  # A datetime is a date, but cannot be compared with one.
        return value
    if value == "scenario":
        return "scenario"
    if value == "today":
        return dt.date.today()
    if isinstance(value, str) and len(value) == len("2015-06-30"):
        with suppress(ValueError):
            return dt.date.fromisoformat(value)
    raise UsageError(
        f"{value!r} is not a day. Expected one such as '2015-06-30', 'today', 'scenario' for the day of "
        "the facts, or nothing for each ruleset's own day. Several rulesets are given as a list."
    )


@attrs.frozen(slots=False)
class Library:
    """A catalogue and its shipped cases, each loaded on first use; by default, what is installed."""

    _catalogue: Catalogue | None = None

    @cached_property
    def catalogue(self) -> Catalogue:
        """The rulesets, facts and files."""
        if self._catalogue is not None:
            return self._catalogue
        catalogue = Catalogue.installed()
        for problem in catalogue.problems:
            warnings.warn(str(problem), stacklevel=2)
        return catalogue

    def load(self, path: Path) -> tuple[Ruleset, ...]:
        """Adds what a file or folder offers to the catalogue, and returns its rulesets."""
        before, after = self.catalogue, self.catalogue.with_loaded(path)
        for name in ("documented", "others", "_first"):
            vars(self).pop(name, None)
        vars(self)["catalogue"] = after
        new = [name for name in after.added if after.rulesets[name] is not before.rulesets.get(name)]
        return tuple(map(after.ruleset, new))

    @cached_property
    def documented(self) -> Mapping[str, Scenario]:
        """The documented cases by id."""
        return {case.id: case for case in self.catalogue.scenarios()}

    @cached_property
    def others(self) -> Mapping[str, Scenario]:
        """The other cases that ship, by id: teaching cases, and those that leave facts open."""
        cases = (*self.catalogue.teaching(), *self.catalogue.frames())
        return {case.id: case for case in cases}

    def named(self, name: str) -> Scenario | None:
        """Returns the case with this id that ships; None if none has it.

        The first case that is asked for is read by itself; for another, all are read.
        """
        if "documented" not in vars(self):
            if not self._first:
                self._first[name] = self.catalogue.scenario(name)
            if case := self._first.get(name):
                return case
        return self.documented.get(name) or self.others.get(name)

    @cached_property
    def _first(self) -> dict[str, Scenario | None]:
        return {}

    # cases -------------------------------------------------------------------------------------

    def cases(self, given: CasesLike) -> tuple[Scenario, ...]:
        """Resolves what a user passed as cases; ``None`` means the documented ones.

        Raises:
            UsageError: Something is not a case; the text says what is.
            FileError: A file has mistakes.
        """
        if given is None:
            return tuple(self.documented.values())
        items = _items(given, "cases")
        paths = [Path(str(item)) for item in items if self._is_path(item)]
        read = iter(self.read(*paths) if paths else ())  # Together, since one may be like another.
        cases = (
            read if self._is_path(item) else self._cases_of(item, number)
            for number, item in enumerate(items, 1)
        )
        return merge_annotated(chain.from_iterable(cases))

    def shipped(self, include: str | Iterable[str]) -> tuple[Scenario, ...]:
        """Returns the documented cases, and those of other kinds, such as ``teaching``."""
        kinds = [kind.strip() for kind in (include.split(",") if isinstance(include, str) else include)]
        teaching = self.catalogue.teaching() if "teaching" in kinds else ()
        return cases_of_kinds((*self.documented.values(), *teaching), kinds)

    def case(self, given: CaseLike) -> Scenario:
        """Resolves what a user passed as a single case.

        Raises:
            UsageError: It is not a case, or several.
        """
        return given if isinstance(given, Scenario) else _single("case", self.cases(given))

    def _cases_of(self, given: object, number: int) -> tuple[Scenario, ...]:
        if isinstance(given, Scenario):
            return (given,)
        if isinstance(given, Mapping):
            return self._cases_in(given, number)
        if isinstance(given, str) and (case := self.named(given)):
            return (case,)
        raise UsageError(self._no_case(given))

    def is_id(self, given: object) -> bool:
        """Returns whether a case is given by the id of one that ships."""
        return isinstance(given, str) and not _is_path(given) and self.named(given) is not None

    def _is_path(self, given: object) -> bool:
        """Says whether a case is given by a path: by its looks, or a folder or file that no id names."""
        is_here = isinstance(given, str) and bool(given) and Path(given).exists()
        return isinstance(given, os.PathLike) or _is_path(given) or (is_here and not self.is_id(given))

    def read(self, *paths: str | Path) -> tuple[Scenario, ...]:
        """Reads files and folders as the catalogue does, and refuses two cases with one id."""
        for path in map(Path, paths):
            if path.suffix == ".py":
                raise UsageError(f"{path}: a Python file defines rulesets. Give it as a regime.")
            _require_file(path)
        return self.noted(merge_annotated(self.catalogue.read(*paths)))

    def noted(self, cases: Iterable[Scenario]) -> tuple[Scenario, ...]:
        """Returns cases read from files, with a note where another case with their id ships."""
        profile = self.catalogue.profile
        files = scenario_files((*self.catalogue.paths, *profile.teaching, *profile.frames))
        shipped_text = b"".join(file.read_bytes() for file in files)
        return tuple(self._apart(case) if case.id.encode() in shipped_text else case for case in cases)

    def _apart(self, case: Scenario) -> Scenario:
        """A case, with a note if it is not the one with its id that ships."""
        shipped = self.named(case.id)
        if shipped is None or Path(shipped.place[0]).samefile(case.place[0]):
            return case
        note = Said("This case was read; another with its id ships, in {place}.", place=shipped.place)
        return attrs.evolve(case, notes=(*case.notes, note))

    def _cases_in(self, content: Mapping[str, Any], number: int) -> tuple[Scenario, ...]:
        """The cases in one of the things given, a mapping; its number is part of its default id."""
        name = "a-case" if number == 1 else f"a-case-{number}"
        text = json.dumps({"id": name, **content}, default=_jsonable, indent=1)
        catalogue = self.catalogue
        return read_text(
            text,
            "json",
            catalogue.vocabulary,
            rulesets=catalogue.rulesets,
            name="the mapping" if number == 1 else f"mapping {number}",
            others=lambda: scenario_files(catalogue.paths),
        )

    def _no_case(self, given: object) -> str:
        if isinstance(given, Ruleset) or given in self.catalogue.rulesets:
            name = given.id if isinstance(given, Ruleset) else given
            return f"{name!r} is a regime, not a case. Cases come first: compare(cases, {name!r})."
        hint = self._speaking_of(str(given)) or did_you_mean(
            nearest(str(given), (*self.documented, *self.others))
        )
        return (
            f"{given!r} is not a case.{hint} Expected the id of a case that ships, the path of a file "
            "or, in Python, a mapping such as {'item': {'technology': 'encryption'}}, or a Scenario."
        )

    def _speaking_of(self, words: str) -> str:
        """Names the documented cases whose id, title or story has the words, such as a country."""
        if len(words) < _SHORTEST:
            return ""
        found = [
            case.id
            for case in self.documented.values()
            if words.casefold() in f"{case.id} {case.title} {case.story}".casefold()
        ]
        if not found:
            return ""
        more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
        return f" It is a word in these: {', '.join(found[:_MOST])}{more}."

    # rulesets ----------------------------------------------------------------------------------

    def regimes(self, given: RegimesLike) -> tuple[Ruleset, ...]:
        """Resolves what a user passed as regimes; ``None`` means the three regimes.

        Raises:
            UsageError: Something is not a ruleset; the text says what is.
        """
        if given is None:
            return self.catalogue.usual()
        items = _items(given, "regimes")
        return tuple(ruleset for item in items for ruleset in self._regimes_of(item))

    def are_regimes(self, given: object) -> bool:
        """Returns whether what a user passed is a regime or several, rather than cases."""
        items = _items(given, "regimes") if given is not None else []
        ids = self.catalogue.rulesets
        return bool(items) and all(
            isinstance(item, Ruleset) or (isinstance(item, str) and item.partition("@")[0] in ids)
            for item in items
        )

    def laws(self, given: RegimesLike) -> tuple[Ruleset, ...]:
        """Resolves regimes; without any, all laws on exports that do not merely combine others."""
        return self.regimes(given) if given else tuple(self.catalogue.rulesets.in_force_on_exports())

    def regime(self, given: RegimeLike) -> Ruleset:
        """Resolves what a user passed as a single regime.

        Raises:
            UsageError: It is not a ruleset, or several.
        """
        return _single("regime", self.regimes(given))

    def _regimes_of(self, given: object) -> tuple[Ruleset, ...]:
        if isinstance(given, Ruleset):
            installed = self.catalogue.rulesets.get(given.id, given)
            if given.made_from and installed is not given:
                raise UsageError(
                    f"The reform {given.title!r} has the id {given.id!r} of a regime that is installed. "
                    "Give it its own, with id=."
                )
            return (given,)
        if isinstance(given, str) and given.partition("@")[0] in self.catalogue.rulesets:
            name, at, day = given.partition("@")
            law = self.catalogue.rulesets[name]
            return (law.on(str(day_of(day))) if at else law,)
        if isinstance(given, os.PathLike) or _is_path(given) or Path(str(given)).is_dir():
            _require_file(path := Path(str(given)))
            extended = self.catalogue.with_loaded(path)
            return tuple(map(extended.ruleset, extended.added))
        raise UsageError(self._no_regime(given))

    def _no_regime(self, given: object) -> str:
        if isinstance(given, Scenario) or (isinstance(given, str) and given in self.documented):
            name = given.id if isinstance(given, Scenario) else given
            return f"{name!r} is a case, not a regime. Several cases are given as a list, first."
        ids = self.catalogue.rulesets
        hint = did_you_mean(nearest(str(given), ids))
        return f"{given!r} is not a regime.{hint} Expected one of {', '.join(ids)}, or a Ruleset."


def _single(what: str, items: Sequence[Item]) -> Item:
    if len(items) == 1:
        return items[0]
    ids = ", ".join(item.id for item in items)
    raise UsageError(f"Expected one {what}, found {len(items)}: {ids}. Take one by its id.")


def _items(given: object, what: str) -> list[Any]:
    """Returns several items as a list, and a single one as a list of one; refuses a nested list."""
    if isinstance(given, str | os.PathLike | Mapping) or not isinstance(given, Iterable):
        return [given]
    items = list(given)
    for item in items:
        if isinstance(item, list | tuple | set):
            raise UsageError(f"{item!r} is a list within the list of {what}. Expected one flat list.")
    return items


def _jsonable(value: object) -> object:
    """Converts the values that a mapping may contain and JSON does not: sets and days."""
    return sorted(value) if isinstance(value, set | frozenset) else str(value)


def _is_path(given: object) -> bool:
    return isinstance(given, str) and (given.endswith(_SUFFIXES) or "/" in given or os.sep in given)


def _require_file(path: Path) -> None:
    """Refuses a path where nothing is; says where it was searched for, and names the nearest there."""
    if not path.exists():
        folder = path.parent
        names = [item.name for item in folder.iterdir()] if folder.is_dir() else []
        hint = did_you_mean(nearest(path.name, names))
        raise UsageError(f"{path}: there is no such file. Looked in {folder.resolve()}.{hint}")


# what is said first --------------------------------------------------------------------------------


def message_of(
    catalogue: Catalogue,
    cases: Iterable[Scenario] | None = None,
    readings: Readings = None,
    language: Language = ENGLISH,
) -> Message | None:
    """Returns what is said first of documented cases, by default all; None where no plugin says it."""
    if "message" not in catalogue.features[FUNCTIONS]:
        return None
    found = populations_of(catalogue, cases)
    make = catalogue.function("message", "regcompare-cases")
    counting = counting_in(catalogue, readings)
    said: Message | None = make(counting, found, catalogue.rulesets, language)
    return said


def counting_in(catalogue: Catalogue, readings: Readings = None) -> Counting:
    """Returns what counts, with the solver where it is installed."""
    from .comparison.counts import Counting

    return Counting(partial(joint_prover, catalogue), readings)


def populations_of(catalogue: Catalogue, cases: Iterable[Scenario] | None = None) -> Populations:
    """Returns the populations of cases, by default the documented ones, by name."""
    from .comparison.populations import populations_of as of_cases

    homes = dict.fromkeys(law.home for law in catalogue.usual() if law.home)
    if cases is None:
        return of_cases(cases_of_kinds(catalogue.scenarios()), homes)
    cases = tuple(cases)
    return of_cases(cases, homes, f"rc.populations({[case.id for case in cases]})")


# provers -------------------------------------------------------------------------------------------


def prover_of(catalogue: Catalogue, exact: bool) -> Prover | None:
    """Returns the prover of the ends of spans, if they are to be exact."""
    prover: Prover | None = catalogue.function("prover", "regcompare-prove") if exact else None
    return prover


class Options(TypedDict, total=False):
    """Options for applying law to facts, beside its day; ``compare`` says what each means."""

    readings: Readings
    exact: bool
    as_if_from: AsIfFrom


def application(
    catalogue: Catalogue, as_of: DayLike, options: Options | Mapping[str, Any]
) -> dict[str, Any]:
    """Returns how law is applied, as the engine takes it: ``as_of``, ``readings``, ``prover`` and so on.

    Raises:
        UsageError: There is no such option, the day is not one, or an extra is missing.
    """
    for name in options.keys() - Options.__annotations__.keys():
        names = (*Options.__annotations__, "cases", "regimes", "as_of", "include")
        hint = did_you_mean(nearest(name, names))
        raise UsageError(f"There is no option {name!r}.{hint}")
    prover = {"prover": prover_of(catalogue, options["exact"])} if "exact" in options else {}
    others = {name: value for name, value in options.items() if name != "exact"}
    return {"as_of": day_of(as_of), "readings": None, **others, **prover}


def joint_prover(catalogue: Catalogue) -> Prover | None:
    """Returns the prover that two results are possible under the same facts, if it is installed."""
    has_one = "joint_prover" in catalogue.features[FUNCTIONS]
    prover: Prover | None = catalogue.function("joint_prover", "regcompare-prove")() if has_one else None
    return prover


LIBRARY = Library()
"""The library of what is installed; nothing is loaded before its first use."""
