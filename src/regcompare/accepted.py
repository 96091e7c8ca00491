"""What users hand over as cases, rulesets and days: objects, ids, paths and texts alike."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar, overload

import attrs

from . import shipped_cases
from .comparison.comparison import counted
from .errors import UsageError, did_you_mean, nearest
from .plugins.catalogue import Catalogue, scenario_files
from .ruleset.ruleset import Ruleset
from .scenario.annotations import once
from .scenario.files import read_text
from .scenario.scenario import Scenario, of_kinds
from .verdict.assess import AsOf
from .verdict.verdict import Prover

THREE_REGIMES = ("eu-428-2009", "eu-2021-821", "amnesty")
"""The rulesets that are compared where none is named."""

CaseLike = Scenario | str | os.PathLike[str] | Mapping[str, Any]
"""A case: itself, its id, the path of a file or folder, or what a file would hold as a mapping."""

RegimeLike = Ruleset | str | os.PathLike[str]
"""A ruleset: itself, its id, or the path of a Python file that defines some."""

CasesLike = CaseLike | Iterable[CaseLike] | None
RegimesLike = RegimeLike | Iterable[RegimeLike] | None
DayLike = dt.date | str | None

_ENDINGS = (".yaml", ".yml", ".json", ".py")


class _HasId(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...


_FEW = 4
"""So many ids are shown in a line."""

Item = TypeVar("Item", bound=_HasId)


@attrs.frozen(repr=False)
class Named(Generic[Item]):
    """Cases or rulesets in their order, each found by its place or by its id."""

    items: tuple[Item, ...]
    what: str

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    @overload
    def __getitem__(self, which: int | str) -> Item: ...

    @overload
    def __getitem__(self, which: slice) -> Named[Item]: ...

    def __getitem__(self, which: int | str | slice) -> Item | Named[Item]:
        if isinstance(which, slice):
            return attrs.evolve(self, items=self.items[which])
        if isinstance(which, int):
            return self.items[which]
        for item in self.items:
            if item.id == which:
                return item
        raise UsageError(
            f"There is no {self.what} {which!r} here.{did_you_mean(nearest(which, self.ids))}"
        )

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, in order."""
        return tuple(item.id for item in self.items)

    def __repr__(self) -> str:
        more = ", ..." if len(self) > _FEW else ""
        return f"<{counted(len(self), self.what)}: {', '.join(self.ids[:_FEW])}{more}>"

    def _repr_html_(self) -> str:
        from .views.document import Document, Table
        from .views.render import render

        caption = f"{self.what}s".capitalize()
        table = Table(caption, ("id", "title"), [(item.id, item.title) for item in self.items])
        return render(Document("", [table]), "html")


def day_of(given: DayLike) -> AsOf:
    """Returns the day whose law is applied; ``today`` is the clock's.

    Raises:
        UsageError: It is not a day; the text says how one is written.
    """
    if given is None or type(given) is dt.date:
        return given
    if given == "scenario":
        return "scenario"
    if given == "today":
        return dt.date.today()
    try:
        # A moment is a day to Python, but cannot be compared with one.
        if isinstance(given, str) and len(given) == len("2015-06-30"):
            return dt.date.fromisoformat(given)
    except ValueError:
        pass
    several = "" if isinstance(given, str) else " Several rulesets are given as a list."
    raise UsageError(
        f"{given!r} is not a day. Expected one such as '2015-06-30', 'today', 'scenario' for the day of "
        f"the facts, or nothing for each ruleset's own day.{several}"
    )


@attrs.frozen(slots=False)
class Library:
    """What is at hand, gathered once, when it is first asked for; what is installed, if not given."""

    _given: Catalogue | None = None

    @cached_property
    def catalogue(self) -> Catalogue:
        """The rulesets, facts and files at hand."""
        return self._given or Catalogue.installed()

    @cached_property
    def documented(self) -> Mapping[str, Scenario]:
        """The documented cases by id."""
        return {case.id: case for case in self.catalogue.scenarios()}

    @cached_property
    def teaching(self) -> Mapping[str, Scenario]:
        """The teaching cases by id."""
        return {case.id: case for case in shipped_cases.teaching(self.catalogue)}

    # cases -------------------------------------------------------------------------------------

    def cases(self, given: CasesLike) -> tuple[Scenario, ...]:
        """Returns the cases meant, the documented ones where none is given.

        Raises:
            UsageError: Something is not a case; the text says what it is taken for.
            FileError: A file has mistakes.
        """
        if given is None:
            return tuple(self.documented.values())
        return once(case for item in _each(given, "cases") for case in self._cases_of(item))

    def shipped(self, include: str | Iterable[str]) -> tuple[Scenario, ...]:
        """Returns the documented cases, and those of the kinds to be included."""
        given = include.split(",") if isinstance(include, str) else include
        words = [word.strip() for word in given]
        more = self.teaching.values() if "teaching" in words else ()
        return of_kinds((*self.documented.values(), *more), words)

    def case(self, given: CaseLike) -> Scenario:
        """Returns the one case meant.

        Raises:
            UsageError: It is not a case, or there are several.
        """
        if isinstance(given, Scenario):
            return given
        return _the_one("case", self.cases(given))

    def _cases_of(self, given: object) -> tuple[Scenario, ...]:
        if isinstance(given, Scenario):
            return (given,)
        if isinstance(given, Mapping):
            return self._written(given)
        if isinstance(given, os.PathLike) or _is_path(given):
            return self._cases_at(Path(str(given)))
        if isinstance(given, str):
            return (self._case_called(given),)
        raise UsageError(self._no_case(given))

    def _cases_at(self, path: Path) -> tuple[Scenario, ...]:
        if path.suffix == ".py":
            raise UsageError(f"{path}: a Python file defines rulesets. Give it as a regime.")
        if not path.exists():
            raise UsageError(f"{path}: there is no such file. {_seen_from(path)}")
        return self.catalogue.read(path)

    def _written(self, given: Mapping[str, Any]) -> tuple[Scenario, ...]:
        text = json.dumps({"id": "a-case", **given}, default=_plain, indent=1)
        known = self.catalogue
        return read_text(
            text,
            "json",
            known.vocabulary,
            rulesets=known.rulesets,
            name="the mapping",
            others=lambda: scenario_files(known.paths),
        )

    def _case_called(self, name: str) -> Scenario:
        found = self.documented.get(name) or self.teaching.get(name)
        if found is None:
            raise UsageError(self._no_case(name))
        return found

    def _no_case(self, given: object) -> str:
        if isinstance(given, Ruleset) or given in self.catalogue.rulesets:
            name = given.id if isinstance(given, Ruleset) else given
            return f"{name!r} is a regime, not a case. Cases come first: compare(cases, {name!r})."
        hint = did_you_mean(nearest(str(given), (*self.documented, *self.teaching)))
        return (
            f"{given!r} is not a case.{hint} Expected the id of one that cases() lists, the path of a "
            "file, a mapping such as {'item': {'technology': 'facial_recognition'}}, or a Scenario."
        )

    # rulesets ----------------------------------------------------------------------------------

    def regimes(self, given: RegimesLike) -> tuple[Ruleset, ...]:
        """Returns the rulesets meant, the three regimes where none is given.

        Raises:
            UsageError: Something is not a ruleset; the text says what it is taken for.
        """
        wanted = THREE_REGIMES if given is None else given
        return tuple(ruleset for item in _each(wanted, "regimes") for ruleset in self._regimes_of(item))

    def regime(self, given: RegimeLike) -> Ruleset:
        """Returns the one ruleset meant.

        Raises:
            UsageError: It is not a ruleset, or there are several.
        """
        if isinstance(given, Ruleset):
            return given
        return _the_one("regime", self.regimes(given))

    def _regimes_of(self, given: object) -> tuple[Ruleset, ...]:
        if isinstance(given, Ruleset):
            return (given,)
        if isinstance(given, str) and given in self.catalogue.rulesets:
            return (self.catalogue.rulesets[given],)
        if isinstance(given, os.PathLike) or _is_path(given):
            extended = self.catalogue.with_file(Path(str(given)))
            return tuple(map(extended.ruleset, extended.added))
        raise UsageError(self._no_regime(given))

    def _no_regime(self, given: object) -> str:
        if isinstance(given, Scenario) or given in self.documented:
            name = given.id if isinstance(given, Scenario) else given
            return f"{name!r} is a case, not a regime. Several cases are given as a list, first."
        known = self.catalogue.rulesets
        hint = did_you_mean(nearest(str(given), known))
        return f"{given!r} is not a regime.{hint} Expected one of {', '.join(known)}, or a Ruleset."


def _the_one(what: str, found: Sequence[Item]) -> Item:
    if len(found) == 1:
        return found[0]
    names = ", ".join(item.id for item in found)
    raise UsageError(f"Expected one {what}, found {len(found)}: {names}. Take one by its id.")


def _each(given: object, what: str) -> list[Any]:
    """One thing as a list of one, and several as they are; a list within is refused with the cure."""
    if isinstance(given, str | os.PathLike | Mapping) or not isinstance(given, Iterable):
        return [given]
    items = list(given)
    for item in items:
        if isinstance(item, list | tuple | set):
            raise UsageError(f"{item!r} is a list within the list of {what}. Expected one flat list.")
    return items


def _plain(value: object) -> object:
    """What a mapping may hold beside what JSON knows: sets, and days."""
    return sorted(value) if isinstance(value, set | frozenset) else str(value)


def _is_path(given: object) -> bool:
    return isinstance(given, str) and (given.endswith(_ENDINGS) or "/" in given or os.sep in given)


def _seen_from(path: Path) -> str:
    """Where a path was looked for, and what lies there under another name."""
    folder = path.parent
    names = [item.name for item in folder.iterdir()] if folder.is_dir() else []
    where = f"Looked in {folder.resolve()}."
    return where + did_you_mean(nearest(path.name, names))


# what proves ---------------------------------------------------------------------------------------


def prover_of(exact: bool) -> Prover | None:
    """Returns what proves the ends of spans, where that is asked for."""
    if not exact:
        return None
    from .proofs.spans import PROVER

    return PROVER


def joint_prover() -> Prover | None:
    """Returns what proves whether two results are possible under the same facts, where it is at hand."""
    from .proofs.spans import prover_at_hand

    return prover_at_hand()


LIBRARY = Library()
"""What is installed; it stays empty until something is asked of it."""
