"""One plugin: its entry point, what its hooks return, and what is wrong with it.

Other people's code runs under ``Plugin.guard`` alone, so that a mistake in it ends nothing else.
"""

from __future__ import annotations

import inspect
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import Distribution, EntryPoint, PathDistribution, distributions
from itertools import islice
from pathlib import Path
from typing import Any

import attrs
import pluggy

from regcompare.errors import Problem, did_you_mean, nearest

from . import guard as guarding
from .faults import Fault, cut, described
from .features import FEATURE_HOOKS, SHIPPED, is_shipped
from .guard import foreign_part, guard
from .hooks import API, CATALOGUES, CHANGES, FACTS, GROUP, ITEMS, OLDEST, RULESETS, SCENARIOS, Hooks
from .owner import imported_from, intruder, own_roots

SLOW = 1.0
"""The time that an import, or a hook, may take, in seconds; a slower one is noted.  Plugins that ship
take a fifth of a second on an idle machine, and half a second on a busy one."""

_HOOKS_IN_WORDS = ", ".join(f"{name}()" for name in ITEMS)
_LINES = f"[{GROUP}] and lines such as name = module in entry_points.txt."


@attrs.define(eq=False)
class Plugin:
    """A plugin, with what it offers and its problems.

    Attributes:
        name: Distribution and entry point, ``regcompare:eu``; or the folder of a distribution whose
            metadata cannot be read.
        version: The version of the distribution.
        entry: Its entry point, if it can be read.
        api: The number of the interface that it needs, if it declares one.
        hooks: The hooks that it implements.
        items: What its hooks returned, by hook; once gathered, without what cannot be used, sections of
            facts and files one by one.
        roots: The folders from which a plugin that ships is imported; none where the path decides.
        problems: Its faults; faulty parts are left out, and the rest works.
        notes: What its author should improve, such as a slow import.
        run: What imports its module, where it is not installed.
        module: Its module, once it is loaded.
        texts: The folders of texts that it offers, those without a file included.
        limit: How long its code may take in all, in seconds; 0 for as long as it takes.
        seconds: How long it has taken so far.
    """

    name: str
    version: str = ""
    entry: EntryPoint | None = None
    api: int | None = None
    hooks: tuple[str, ...] = ()
    items: dict[str, list[Any]] = attrs.field(factory=lambda: defaultdict(list), repr=False)
    roots: tuple[str, ...] = ()
    problems: list[Problem] = attrs.field(factory=list)
    notes: list[Problem] = attrs.field(factory=list)
    run: Callable[[], Any] | None = attrs.field(default=None, repr=False)
    module: Any = attrs.field(default=None, repr=False)
    texts: tuple[Path, ...] = ()
    limit: float = attrs.field(factory=lambda: guarding.LIMIT, repr=False)
    seconds: float = attrs.field(default=0.0, repr=False)

    @property
    def is_shipped(self) -> bool:
        """True if it comes with this distribution."""
        return is_shipped(self.name)

    @property
    def names(self) -> set[str]:
        """The names by which it may be asked for."""
        return {self.name, *self.name.split(":")}

    @property
    def rulesets(self) -> tuple[str, ...]:
        """The ids of the rulesets that it offers."""
        return tuple(ruleset.id for ruleset in self.items[RULESETS])

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of the sections of facts that it adds."""
        return tuple(cls.__section__ for cls in self.items[FACTS])

    def record(self) -> dict[str, Any]:
        """Returns what it provides, and its faults, as plain data."""
        return {
            "name": self.name,
            "version": self.version,
            "hooks": self.hooks,
            "rulesets": self.rulesets,
            "sections": self.sections,
            "features": [item.title for hook in FEATURE_HOOKS for item in self.items[hook]],
            "paths": list(map(str, self.items[SCENARIOS])),
            "problems": list(map(attrs.asdict, self.problems)),
            "api": self.api,
            "notes": list(map(attrs.asdict, self.notes)),
        }

    def report(self, code: str, found: str, expected: str, *, is_fault: bool = True) -> None:
        """Reports a fault of a part, which the caller leaves out; or what is to be improved."""
        problem = Problem(f"{self.name} {self.version}".strip(), 0, 0, code, cut(found), cut(expected))
        (self.problems if is_fault else self.notes).append(problem)

    def note(self, code: str, found: str, expected: str) -> None:
        """Notes something that is to be improved."""
        self.report(code, found, expected, is_fault=False)

    @contextmanager
    def guard(
        self, what: str, code: str, expected: str, *, is_own: bool | None = None
    ) -> Iterator[None]:
        """Runs its code: reports what it raises, and notes that it took long.

        Args:
            what: What runs, as the subject of a sentence.
            code: The problem code of an error that is neither a ``Fault`` nor one in a definition.
            expected: What was expected instead of such an error.
            is_own: Whether what runs is code of Python's or of the library, which changes nothing; by
                default that of a plugin that ships.
        """

        def blame(error: BaseException) -> None:
            module = self.entry.value.partition(":")[0] if self.entry else ""
            self.report(*described(error, module, what, (code, expected)))

        start = time.perf_counter()
        left = self.limit and max(self.limit - self.seconds, 0.01)
        is_shipped = self.is_shipped if is_own is None else is_own
        with guard(self.name, blame, seconds=left, is_shipped=is_shipped):
            yield
        seconds = time.perf_counter() - start
        self.seconds += seconds
        if seconds > SLOW:
            found = f"{what} took {seconds:.1f} seconds, and every command waits."
            fix = "a hook gathers and never computes; import large libraries where they are used."
            self.note("RC418", found, f"at most {SLOW:.0f} second: {fix}")

    @property
    def is_overdue(self) -> bool:
        """True if its time is over; nothing more of it is taken."""
        return 0 < self.limit <= self.seconds and not self.is_shipped

    def load(self) -> None:
        """Imports the module and calls its hooks, one by one.

        After a fault nothing of the plugin is used.
        """
        if self.entry is None:
            return
        cure = "a module that can be imported; correct or uninstall it."
        with self.guard(self.entry.value, "RC401", cure):
            if not EntryPoint.pattern.match(self.entry.value):
                raise Fault("RC413", f"The entry point {self.entry.value!r} is malformed.", _LINES)
            with imported_from(self.roots):
                module = self.module = (self.run or self.entry.load)()
            if found := intruder(module, self.roots):
                cure = "a name of its own: rename or remove it."
                if found == module.__file__:
                    found = f"{found} was imported in place of a module that ships."
                    raise Fault("RC424", found, cure)
                self.note(
                    "RC424", f"{found} has the name of a module that ships, and is not used.", cure
                )
            self._check_interface(module)
        functions: dict[str, Callable[[], Any]] = {}
        if not self.problems:
            with self.guard("A hook", "RC404", f"the hooks {_HOOKS_IN_WORDS}, without arguments."):
                functions = self._hooks_of(self.module)
        self.hooks = tuple(functions)
        for name, function in functions.items():
            expected = f"a list of {ITEMS[name][0].__name__}."
            with self.guard(f"{name}()", "RC402", expected):
                self.items[name] = _listed(name, function(), expected)
        self.texts = tuple(self.items[CATALOGUES])
        if self.problems:
            self.items.clear()

    def _check_interface(self, module: object) -> None:
        number = getattr(module, "REGCOMPARE_API", None)
        if number is None:
            return
        found = f"It was written for interface {number!r}; this is {API}."
        if type(number) is not int or not OLDEST <= number <= API:
            cure = f"REGCOMPARE_API = a number from {OLDEST} to {API}, or a newer regcompare."
            raise Fault("RC409", found, cure)
        self.api = number
        if number == API:
            return
        changes = " ".join(f"{number}: {CHANGES[number]}" for number in range(self.api + 1, API + 1))
        self.note("RC409", found, f"REGCOMPARE_API = {API}, after these changes. {changes}")

    def _hooks_of(self, module: object) -> dict[str, Callable[[], Any]]:
        """The functions of a module that are hooks, by name, in the order in which hooks are called."""
        manager = pluggy.PluginManager(GROUP)
        manager.add_hookspecs(Hooks)
        manager.register(module, self.name)
        callers = {caller.name: caller for caller in manager.get_hookcallers(module) or ()}
        for name in ITEMS:
            if name not in callers and callable(getattr(module, name, None)):
                raise Fault("RC404", f"{name}() is not marked as a hook.", "@hookimpl above it.")
        for name in callers.keys() - ITEMS.keys():
            hint = did_you_mean(nearest(name, ITEMS))
            raise Fault("RC404", f"{name}() is no hook.", f"one of {_HOOKS_IN_WORDS}.{hint}")
        if not callers and not self.run:
            cure = f"a module with at least one of {_HOOKS_IN_WORDS}, each under @hookimpl."
            raise Fault("RC412", f"{self.name} implements no hook.", cure)
        return {name: callers[name].get_hookimpls()[0].function for name in ITEMS if name in callers}


MOST = 10_000
"""The most items that a hook may return."""


def _listed(name: str, returned: Any, expected: str) -> list[Any]:
    """Returns what a hook returned as a list; refuses items of other types.

    An object of a class of the plugin's own need not behave like the library's.
    """
    if inspect.iscoroutine(returned):
        returned.close()
    if not isinstance(returned, Iterable) or isinstance(returned, str | bytes | Mapping):
        raise Fault("RC403", f"{name}() returned {type(returned).__name__}.", expected)
    items = list(islice(returned, MOST + 1))
    if len(items) > MOST:
        raise Fault("RC403", f"{name}() returned more than {MOST:,} items.", expected)
    types = ITEMS[name]
    if types == (Path,):
        types = (type(Path()),)
        items = [Path(str(item)) if isinstance(item, Path) else item for item in items]
    for item in items:
        if type(item) not in types:
            raise Fault("RC403", f"{name}() returned {type(item).__name__} among its items.", expected)
        if (part := foreign_part(item)) is not None:
            found = f"{name}() returned {type(item).__name__} that contains {type(part).__name__}."
            raise Fault("RC403", found, "objects of the library's and Python's own classes.")
    return items


def find_plugins() -> list[Plugin]:
    """Returns the installed plugins, not yet loaded: those that ship first, then by name.

    A distribution with broken metadata does not hide the others; of two with one name, the first on the
    path counts.  The plugins that ship are those of the distribution that contains this file.
    """
    plugins: dict[str, list[Plugin]] = {}
    named_so: list[tuple[Distribution, list[Plugin]]] = []
    for candidate in distributions():
        if found := _plugins_of(candidate):
            name = re.sub(r"[-_.]+", "-", found[0].name.partition(":")[0]).lower()
            if name == SHIPPED:
                named_so.append((candidate, found))
            else:
                plugins.setdefault(name, found)
    every = (plugin for group in (_shipped(named_so), *plugins.values()) for plugin in group)
    return sorted(every, key=lambda plugin: (not plugin.is_shipped, plugin.name.split(":")))


def _shipped(named_so: Sequence[tuple[Distribution, list[Plugin]]]) -> list[Plugin]:
    """The plugins that ship, of the distributions with that name, and what is wrong with those before.

    Where none says which files are its own, the first counts.  One that comes later on the path is
    hidden, as anywhere in Python: another version, in the environment below this one.
    """
    if not named_so:
        return []
    first = next((number for number, item in enumerate(named_so) if own_roots(item[0])), 0)
    others = [Plugin(_folder_of(candidate)) for candidate, _ in named_so[:first]]
    for plugin in others:
        plugin.report("RC424", f"It has the name {SHIPPED}, and is left out.", "a name of its own.")
    candidate, own = named_so[first]
    roots = own_roots(candidate)
    return [*(attrs.evolve(item, roots=roots) for item in own), *others]


def _folder_of(candidate: Distribution) -> str:
    return str(getattr(candidate, "_path", "a distribution"))  # Only the standard ones have it.


def _plugins_of(candidate: Distribution) -> list[Plugin]:
    """The plugins of a distribution; one under the name of its folder if its metadata cannot be read."""
    folder = Plugin(_folder_of(candidate))
    points: list[EntryPoint] = []
    fields: dict[str, str] = {}
    is_own = type(candidate) is PathDistribution  # What a finder of others makes may be anything.
    with folder.guard("Its metadata", "RC413", _LINES, is_own=is_own):
        points = [point for point in candidate.entry_points if point.group == GROUP]
        if points:  # Most have none, and reading all metadata takes long.
            text = candidate.read_text("METADATA") or candidate.read_text("PKG-INFO") or ""
            head = text.partition("\n\n")[0]
            fields = dict(re.findall(r"^(Name|Version): *(\S+)", head, re.MULTILINE))
            if "Name" not in fields:
                raise ValueError("it has no name")
    if folder.problems:
        return [folder] if points or GROUP in folder.name else []
    version = fields.get("Version", "")
    return [Plugin(f"{fields['Name']}:{point.name}", version, point) for point in points]
