"""One plugin: its entry point, what its hooks return, and what is wrong with it.

Other people's code runs under ``Plugin.guard`` alone, so that a mistake in it ends nothing else.
"""

from __future__ import annotations

import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from importlib.metadata import Distribution, EntryPoint, distributions
from pathlib import Path
from typing import Any

import attrs
import pluggy

from regcompare.errors import Problem, did_you_mean, nearest
from regcompare.facts import facts_of

from .faults import declared_sections, describe_error
from .features import FEATURE_HOOKS, is_shipped
from .hooks import API, CHANGES, FACTS, GROUP, KINDS, OLDEST, RULESETS, SCENARIOS, FactSections, Hooks
from .rulesets import RulesetAt

SLOW = 1.0
"""The time that an import, or a hook, may take, in seconds; a slower one is noted.  Plugins that ship
take a fifth of a second on an idle machine, and half a second on a busy one."""

Fault = tuple[str, str, str]
"""A fault of a part of a plugin: the problem code, what was found, what was expected."""

_MARK = f"{GROUP}_impl"
_HOOKS_IN_WORDS = ", ".join(f"{name}()" for name in KINDS)


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
        items: What its hooks returned, by hook, without what cannot be used.
        declared: The names of the sections of facts that it declared before its import failed.
        problems: Its faults; faulty parts are left out, and the rest works.
        notes: What its author should improve, such as a slow import.
        is_out: Whether nothing of it can be used.
    """

    name: str
    version: str = ""
    entry: EntryPoint | None = None
    api: int | None = None
    hooks: tuple[str, ...] = ()
    items: dict[str, list[Any]] = attrs.field(factory=lambda: defaultdict(list), repr=False)
    declared: tuple[str, ...] = ()
    problems: list[Problem] = attrs.field(factory=list)
    notes: list[Problem] = attrs.field(factory=list)
    is_out: bool = False

    @property
    def is_shipped(self) -> bool:
        """Whether it comes with this distribution."""
        return is_shipped(self.name)

    @property
    def names(self) -> set[str]:
        """The names by which it may be asked for."""
        return {self.name, *self.name.split(":")}

    @property
    def rulesets(self) -> tuple[str, ...]:
        """The ids of the rulesets that it offers."""
        return () if self.is_out else tuple(ruleset.id for ruleset in self.items[RULESETS])

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of the sections of facts that it adds, or would add if it were not left out."""
        offered = (section_name(cls) for group in self.items[FACTS] for cls in group.sections)
        return tuple(offered) or self.declared

    @property
    def paths(self) -> tuple[Path, ...]:
        """The scenario files that it offers, or folders of them."""
        return tuple(self.items[SCENARIOS])

    def record(self) -> dict[str, Any]:
        """Returns what it provides, and its faults, as plain data."""
        return {
            "name": self.name,
            "version": self.version,
            "hooks": self.hooks,
            "rulesets": self.rulesets,
            "sections": self.sections,
            "features": [item.title for hook in FEATURE_HOOKS for item in self.items[hook]],
            "paths": list(map(str, self.paths)),
            "problems": list(map(attrs.asdict, self.problems)),
            "api": self.api,
            "notes": list(map(attrs.asdict, self.notes)),
        }

    # faults --------------------------------------------------------------------------------------

    def report(self, code: str, found: str, expected: str) -> None:
        """Reports a fault of a part, which the caller leaves out."""
        self.problems.append(self._problem(code, found, expected))

    def refuse(self, code: str, found: str, expected: str) -> None:
        """Reports a fault, and leaves the whole plugin out."""
        self.is_out = True
        self.report(code, found, expected)

    def note(self, code: str, found: str, expected: str) -> None:
        """Notes something that is to be improved."""
        self.notes.append(self._problem(code, found, expected))

    def _problem(self, code: str, found: str, expected: str) -> Problem:
        return Problem(f"{self.name} {self.version}".strip(), 0, 0, code, found, expected)

    def accepts(self, fault: Fault | None) -> bool:
        """Whether a part is without fault; reports the fault if there is one."""
        if fault:
            self.report(*fault)
        return not fault

    @contextmanager
    def guard(self, what: str, fault: Fault, module: str = "", refuse: bool = False) -> Iterator[None]:
        """Runs other people's code: reports what it raises, and notes that it took long.

        Standard output is reserved for results: what the code prints goes to standard error.

        Args:
            what: What runs, as the subject of a sentence.
            fault: The problem code, the verb of the sentence, such as "failed", and what was expected.
            module: The module to whose package the place in a message belongs; errors in definitions
                then have codes of their own.
            refuse: Whether the whole plugin is left out.
        """
        start = time.perf_counter()
        try:
            with redirect_stdout(sys.stderr):
                yield
        except (Exception, SystemExit) as error:  # noqa: BLE001 - other people's code may raise anything
            code, message, expected = describe_error(error, module, (fault[0], fault[2]))
            report = self.refuse if refuse else self.report
            report(code, f"{what} {fault[1]}: {message}", expected)
        if (seconds := time.perf_counter() - start) > SLOW:
            found = f"{what} took {seconds:.1f} seconds, and every command waits."
            fix = "a hook gathers and never computes; import large libraries where they are used."
            self.note("RC418", found, f"at most {SLOW:.0f} second: {fix}")

    # loading -------------------------------------------------------------------------------------

    def load(self, owners: dict[int, str]) -> None:
        """Imports the module behind the entry point and calls its hooks.

        Args:
            owners: The plugins by the identity of their modules, to which this one is added.
        """
        if self.is_out or self.entry is None:
            return
        place, module = self.entry.value, self.entry.module
        fault = "RC401", "cannot be imported", "a module that can be imported; correct or uninstall it."
        loaded, marked = None, []
        with self.guard(place, fault, module, refuse=True):
            loaded = self.entry.load()
            marked = [name for name in dir(loaded) if hasattr(getattr(loaded, name, None), _MARK)]
        if self.is_out:
            self.declared = declared_sections(module)
            return
        owner = owners.setdefault(id(loaded), self.name)
        if owner != self.name:
            cure = "one entry point for each module; uninstall one of the two."
            self.refuse("RC414", f"Its module is offered already, by {owner}.", cure)
            return
        self._call_hooks(loaded, marked)
        if not self.hooks and not self.problems:
            fix = f"a module with at least one of {_HOOKS_IN_WORDS}, each under @hookimpl."
            self.refuse("RC412", f"{place} implements no hook.", fix)

    def _call_hooks(self, module: object, marked: Collection[str]) -> None:
        """Checks the hooks of a module, and calls them one by one."""
        self._check_interface(module)
        for name in KINDS:
            if callable(getattr(module, name, None)) and name not in marked:
                self.refuse("RC404", f"{name}() is not marked as a hook.", "@hookimpl above it.")
        if self.is_out:
            return
        manager = pluggy.PluginManager(GROUP)
        manager.add_hookspecs(Hooks)
        unknown = [nearest(name, KINDS) for name in marked if name not in KINDS]
        fix = f"the hooks {_HOOKS_IN_WORDS}.{did_you_mean(next(iter(unknown), None))}"
        with self.guard("A hook", ("RC404", "does not fit", fix), refuse=True):
            manager.register(module, self.name)
            manager.check_pending()
        if self.is_out:
            return
        self.hooks = tuple(name for name in KINDS if name in marked)
        for name in self.hooks:
            for implementation in getattr(manager.hook, name).get_hookimpls():
                self._call(name, implementation.function)

    def _check_interface(self, module: object) -> None:
        api = getattr(module, "REGCOMPARE_API", None)
        if api is None:
            return
        if type(api) is not int or not 1 <= api <= API:
            fix = f"REGCOMPARE_API = a number from 1 to {API}, or a newer regcompare."
            self.refuse("RC409", f"It asks for interface {api!r}; this is {API}.", fix)
            return
        self.api = api
        if api < API:
            report = self.refuse if api < OLDEST else self.note
            changes = " ".join(f"{number}: {CHANGES[number]}" for number in range(api + 1, API + 1))
            fix = f"REGCOMPARE_API = {API}, after these changes. {changes}"
            report("RC409", f"It was written for interface {api}; this is {API}.", fix)

    def _call(self, name: str, function: Callable[[], Any]) -> None:
        expected = f"a list of {KINDS[name][0].__name__}."
        items: list[Any] = []
        fault = "RC402", "failed", expected
        with self.guard(f"{name}()", fault, str(getattr(function, "__module__", "")), refuse=True):
            returned = function()
            if not isinstance(returned, Iterable) or isinstance(returned, str | bytes | Mapping):
                self.refuse("RC403", f"{name}() returned {type(returned).__name__}.", expected)
            else:
                items = list(returned)
        for item in items:
            self._take(name, item)

    def _take(self, name: str, item: Any) -> None:
        """Keeps an item that a hook returned, or reports why it cannot.

        A ruleset that other plugins name by its place is built at once, to see whether it can be.  If it
        cannot, it alone is left out, since the others of its plugin may work.
        """
        if isinstance(item, RulesetAt) and not self.is_shipped:
            fault = "RC402", "cannot be built", "the place of a ruleset, such as my_plugin.act:MY_ACT."
            with self.guard(item.place, fault, item.place.partition(":")[0]):
                self.items[name].append(item.built())
        elif not isinstance(item, KINDS[name]):
            found = f"{name}() returned {type(item).__name__} among its items."
            self.refuse("RC403", found, f"a list of {KINDS[name][0].__name__} only.")
        elif isinstance(item, Path) and not item.exists():
            found = f"{name}() names {item.name!r}, which does not exist."
            self.refuse("RC403", found, "paths that exist.")
        else:
            fault = "RC403", "returned what is no section", "classes made with @section(...)."
            with self.guard(f"{name}()", fault, refuse=True):
                if isinstance(item, FactSections):
                    list(map(section_name, item.sections))
                self.items[name].append(item)


def section_name(cls: type) -> str:
    """The name under which the facts of a section appear in files.

    Raises:
        DefinitionError: The class is not a section.
    """
    facts_of(cls)
    name: str = cls.__section__  # type: ignore[attr-defined]
    return name


# entry points --------------------------------------------------------------------------------------


def find_plugins() -> list[Plugin]:
    """Returns the installed plugins, not yet loaded: those that ship first, then by name.

    A distribution with broken metadata does not hide the others; of two with one name, the first on the
    path counts.
    """
    plugins: dict[str, list[Plugin]] = {}
    for candidate in distributions():
        if found := _plugins_of(candidate):
            distribution = re.sub(r"[-_.]+", "-", found[0].name.partition(":")[0]).lower()
            plugins.setdefault(distribution, found)
    every = (plugin for group in plugins.values() for plugin in group)
    return sorted(every, key=lambda plugin: (not plugin.is_shipped, plugin.name.split(":")))


def _plugins_of(candidate: Distribution) -> list[Plugin]:
    """The plugins of a distribution; one without an entry point if its metadata cannot be read."""
    folder = Path(str(getattr(candidate, "_path", "a distribution")))  # Only the standard ones have it.
    lines = f"[{GROUP}] and lines such as name = module in entry_points.txt."
    points, name, version, broken = [], "", "", Plugin(str(folder))
    with broken.guard("Its entry points", ("RC413", "cannot be read", lines), refuse=True):
        points = [point for point in candidate.entry_points if point.group == GROUP]
    if not points and (not broken.is_out or GROUP not in folder.name):
        return []  # Most have none, and reading all names takes long.
    with broken.guard("Its metadata", ("RC413", "cannot be read", lines), refuse=True):
        name, version = candidate.metadata["Name"] or "", candidate.version or ""
        if not name:
            raise ValueError("it has no name")
    if broken.is_out:
        plugin = Plugin(name, version) if name else Plugin(str(folder))
        plugin.refuse("RC413", broken.problems[0].found, lines)
        return [plugin]
    return [_at(point, f"{name}:{point.name}", version, lines) for point in points]


def _at(point: EntryPoint, name: str, version: str, expected: str) -> Plugin:
    plugin = Plugin(name, version, point)
    if not (EntryPoint.pattern.match(point.value) and re.fullmatch(r"[\w.-]+", point.name)):
        found = f"The entry point {point.name!r} = {point.value!r} is malformed."
        plugin.refuse("RC413", found, expected)
    return plugin
