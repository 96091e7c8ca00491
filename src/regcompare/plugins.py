"""Rulesets, facts and scenarios from plugins: the hooks, and the catalogue of what is installed.

Hooks gather and never compute.  Nothing is discovered when this module is imported: a ``Catalogue`` is
built when it is asked for, never changes, and can be extended with a ruleset of one's own.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import redirect_stdout
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pluggy

from ._faults import code_and_cure, place_in, sections_left, sentence, told_in_place
from ._fields import takes
from .errors import DefinitionError, Problem, UsageError, did_you_mean, nearest
from .facts import facts_of
from .files import read_scenarios
from .rulesets import Ruleset
from .scenarios import Scenario
from .vocabulary import CORE, Constraint, Vocabulary

__all__ = ["API", "LIMIT", "Catalogue", "FactSections", "Hooks", "Plugin", "hookimpl"]

GROUP = "regcompare"
"""The group of entry points, and the name of the project for pluggy."""

API = 1
"""The number of what plugins may rely on; a plugin may declare in REGCOMPARE_API which it needs."""

LIMIT = "REGCOMPARE_PLUGINS"
"""The environment variable that names, with commas, the only plugins to load; blank loads all."""

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)
"""Marks a function of a plugin as the implementation of the hook with its name."""


@attrs.frozen
class FactSections:
    """Facts that a plugin adds: sections, and what its law makes impossible.

    Attributes:
        sections: Section classes; in a file each stands under its own name.
        constraints: What cannot be otherwise.
    """

    sections: tuple[type, ...] = attrs.field(validator=takes(type, several=True))
    constraints: tuple[Constraint, ...] = attrs.field(
        default=(), validator=takes(Constraint, several=True)
    )


class Hooks:
    """The hooks that a plugin may implement; each is called once, when a catalogue is built."""

    @hookspec
    def regcompare_facts(self) -> Iterable[FactSections]:
        """Returns the sections of facts that the plugin adds, with their constraints."""
        raise NotImplementedError

    @hookspec
    def regcompare_rulesets(self) -> Iterable[Ruleset]:
        """Returns the rulesets that the plugin offers."""
        raise NotImplementedError

    @hookspec
    def regcompare_scenarios(self) -> Iterable[Path]:
        """Returns scenario files, or folders of them, in the order in which they are to be shown."""
        raise NotImplementedError


@attrs.frozen
class Plugin:
    """A plugin as found.

    Attributes:
        name: Distribution and entry point, ``regcompare:eu``; or the path of a loaded file.
        version: The version of the distribution.
        hooks: The hooks that it implements.
        rulesets: The ids of the rulesets that it offers.
        sections: The names of the sections of facts that it adds, or would if it were not left out.
        problems: What was wrong with it; a plugin with problems is left out.
        api: The number of the API that it declares to need, if it declares one.
    """

    name: str
    version: str = ""
    hooks: tuple[str, ...] = ()
    rulesets: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    api: int | None = None


@attrs.define
class _Offer:
    """What one plugin offers, while the catalogue is built."""

    name: str
    version: str = ""
    api: int | None = None
    hooks: tuple[str, ...] = ()
    facts: list[FactSections] = attrs.field(factory=list)
    rulesets: list[Ruleset] = attrs.field(factory=list)
    paths: list[Path] = attrs.field(factory=list)
    problems: list[Problem] = attrs.field(factory=list)
    left: tuple[str, ...] = ()

    def report(self, code: str, found: str, expected: str, suggestion: str | None = None) -> None:
        where = f"{self.name} {self.version}".strip()
        self.problems.append(Problem(where, 0, 0, code, found, expected, suggestion))

    @property
    def sections(self) -> list[type]:
        return [cls for group in self.facts for cls in group.sections]

    def frozen(self) -> Plugin:
        return Plugin(
            self.name,
            self.version,
            self.hooks,
            tuple(ruleset.id for ruleset in self.rulesets),
            tuple(map(_section_name, self.sections)) or self.left,
            tuple(self.problems),
            self.api,
        )


@attrs.frozen(repr=False)
class Catalogue:
    """The rulesets, facts and scenarios at hand; it never changes.

    Attributes:
        rulesets: The rulesets by id.
        vocabulary: The core facts with those of the plugins.
        paths: Scenario files and folders that plugins bring.
        plugins: The plugins found, faulty ones included.
        added: The ids of rulesets that were added to what plugins bring, or took the place of one.
    """

    rulesets: Mapping[str, Ruleset]
    vocabulary: Vocabulary = CORE
    paths: tuple[Path, ...] = ()
    plugins: tuple[Plugin, ...] = ()
    added: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Catalogue: {', '.join(self.rulesets) or 'no rulesets'}>"

    @classmethod
    def installed(cls) -> Catalogue:
        """Gathers what the installed plugins offer.

        A faulty plugin is left out and named in ``problems``; the others work.  The environment
        variable ``REGCOMPARE_PLUGINS`` limits what is loaded to the plugins that it names, by
        distribution, by entry point, or by both joined with a colon.
        """
        manager = _manager()
        points = {(_distribution(point)[0], point.name): point for point in entry_points(group=GROUP)}
        wanted, unknown = _limited(points, os.environ.get(LIMIT, ""))
        return _built([*(_offered(manager, points[place]) for place in wanted), *unknown])

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with plugins that were left out."""
        return tuple(problem for plugin in self.plugins for problem in plugin.problems)

    def ruleset(self, ruleset_id: str) -> Ruleset:
        """Returns the ruleset with this id.

        Raises:
            UsageError: There is none; the text names the nearest.
        """
        if ruleset_id in self.rulesets:
            return self.rulesets[ruleset_id]
        hint = did_you_mean(nearest(ruleset_id, self.rulesets))
        known = ", ".join(self.rulesets) or "none"
        raise UsageError(f"There is no ruleset {ruleset_id!r}; installed: {known}.{hint}")

    def with_ruleset(self, ruleset: Ruleset) -> Catalogue:
        """Returns a catalogue that holds this ruleset as well, in place of one with its id."""
        sections = [cls for cls in ruleset.vocabulary.sections if cls not in self.vocabulary.sections]
        known = set(map(id, self.vocabulary.constraints))
        new = tuple(item for item in ruleset.vocabulary.constraints if id(item) not in known)
        is_new = self.rulesets.get(ruleset.id) is not ruleset
        return attrs.evolve(
            self,
            added=tuple(dict.fromkeys((*self.added, *([ruleset.id] if is_new else [])))),
            rulesets={**self.rulesets, ruleset.id: ruleset},
            vocabulary=self.vocabulary.with_sections(*sections, constraints=new),
        )

    def with_file(self, path: str | Path) -> Catalogue:
        """Returns a catalogue with the rulesets of a plain Python file, which needs no installation.

        Raises:
            UsageError: The file cannot be run, or defines no ruleset; the text says where.
        """
        extended = self
        for ruleset in _rulesets_of_file(Path(path)):
            extended = extended.with_ruleset(ruleset)
        return extended

    def read(self, *paths: str | Path) -> tuple[Scenario, ...]:
        """Reads scenario files and folders of them.

        Raises:
            FileError: Files have mistakes; all of a file's are named.
        """
        return tuple(scenario for file in scenario_files(paths) for scenario in self.read_file(file))

    def read_file(self, path: Path) -> tuple[Scenario, ...]:
        """Reads one scenario file, with the facts, doubts and powers of this catalogue.

        Raises:
            FileError: The file has mistakes; all of them are named.
        """
        powers = {
            item.id for ruleset in self.rulesets.values() for item in ruleset.provisions.discretions
        }
        absent = {
            name: f"the plugin {plugin.name} to load; regcompare plugins says why it does not."
            for plugin in self.plugins
            if plugin.problems
            for name in plugin.sections
            if name not in self.vocabulary.by_name
        }
        return read_scenarios(path, self.vocabulary, discretions=powers, absent_sections=absent)

    def scenarios(self) -> tuple[Scenario, ...]:
        """Reads the scenarios that the plugins bring, the documented cases first."""
        return self.read(*self.paths)


def scenario_files(paths: Iterable[str | Path]) -> list[Path]:
    """Returns the scenario files among paths: files as they are, of folders those with known endings."""
    files: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            found = (
                item for item in path.rglob("*") if item.suffix in (".yaml", ".yml", ".json", ".toml")
            )
            files += sorted(item for item in found if item.is_file())
        else:
            files.append(path)
    return list(dict.fromkeys(files))


# how a catalogue is built --------------------------------------------------------------------------


def _section_name(cls: type) -> str:
    facts_of(cls)
    name: str = cls.__section__  # type: ignore[attr-defined]
    return name


def _manager() -> pluggy.PluginManager:
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Hooks)
    return manager


def _distribution(point: EntryPoint) -> tuple[str, str]:
    return (point.dist.name, point.dist.version) if point.dist else ("unknown", "")


def _limited(
    places: Iterable[tuple[str, str]], limit: str
) -> tuple[list[tuple[str, str]], list[_Offer]]:
    """Returns the plugins that the limit names, and a faulty offer for each name without a plugin."""
    found = sorted(places)
    names = list(dict.fromkeys(filter(None, map(str.strip, limit.split(",")))))
    if not names:
        return found, []
    named = {place: {*place, ":".join(place)} for place in found}
    known = {name for group in named.values() for name in group}
    unknown = [_Offer(name) for name in names if name not in known]
    for offer in unknown:
        told = f"{LIMIT} names {offer.name!r}, which no installed plugin is called."
        cure = f"distributions or entry points from {', '.join(map(':'.join, found)) or 'none'}."
        offer.report("RC408", told, cure, nearest(offer.name, known))
    return [place for place in found if named[place] & set(names)], unknown


def _offered(manager: pluggy.PluginManager, point: EntryPoint) -> _Offer:
    distribution, version = _distribution(point)
    offer = _Offer(f"{distribution}:{point.name}", version)
    try:
        with redirect_stdout(sys.stderr):  # Standard output belongs to results.
            plugin = point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a stranger's code may raise anything
        code, cure = code_and_cure(error) or (
            "RC401",
            "a module that imports; mend or uninstall the plugin.",
        )
        told = told_in_place(error, point.module)
        offer.report(code, f"{point.value} cannot be imported: {told}", cure)
        offer.left = sections_left(point.module)
        return offer
    _gather(manager, plugin, offer)
    if not offer.hooks and not offer.problems:
        cure = f"a module with at least one of {_HOOKS_IN_WORDS}, each under @hookimpl."
        offer.report("RC412", f"{point.value} implements no hook.", cure)
    return offer


def _gather(manager: pluggy.PluginManager, plugin: object, offer: _Offer) -> None:
    """Registers one plugin by its full name and calls its hooks one by one."""
    if not _fits(plugin, offer):
        return
    try:
        manager.register(plugin, offer.name)
        manager.check_pending()
    except (pluggy.PluginValidationError, ValueError) as error:
        if manager.has_plugin(offer.name):
            manager.unregister(name=offer.name)
        told = str(error).splitlines()
        near = next((nearest(name, _HOOKS) for name in _marked(plugin) if name not in _HOOKS), None)
        found = f"A hook does not fit: {' '.join(told[:3])}."
        offer.report("RC404", found, f"the hooks {_HOOKS_IN_WORDS}.", near)
        return
    offer.hooks = tuple(
        caller.name
        for caller in manager.get_hookcallers(plugin) or []
        if caller.name.startswith("regcompare_")
    )
    kinds: tuple[tuple[str, type, list[Any]], ...] = (
        ("regcompare_facts", FactSections, offer.facts),
        ("regcompare_rulesets", Ruleset, offer.rulesets),
        ("regcompare_scenarios", Path, offer.paths),
    )
    for name, kind, into in kinds:
        for implementation in getattr(manager.hook, name).get_hookimpls():
            if implementation.plugin_name == offer.name:
                _call(name, implementation.function, kind, into, offer)


_HOOKS = tuple(name for name in vars(Hooks) if name.startswith("regcompare_"))
_HOOKS_IN_WORDS = ", ".join(f"{name}()" for name in _HOOKS)


def _fits(plugin: object, offer: _Offer) -> bool:
    """Whether the API is one that the plugin can rely on, and none of its hooks lacks its mark."""
    asked = getattr(plugin, "REGCOMPARE_API", None)
    if asked is not None and (type(asked) is not int or not 1 <= asked <= API):
        told = f"It asks for API {asked!r}; this is API {API}."
        offer.report("RC409", told, f"REGCOMPARE_API = a number from 1 to {API}, or a newer regcompare.")
        return False
    offer.api = asked
    for name in _HOOKS:
        if callable(getattr(plugin, name, None)) and name not in _marked(plugin):
            offer.report("RC404", f"{name}() is not marked as a hook.", "@hookimpl above it.")
    return not offer.problems


def _marked(plugin: object) -> list[str]:
    return [name for name in dir(plugin) if hasattr(getattr(plugin, name, None), f"{GROUP}_impl")]


def _call(name: str, function: Callable[[], Any], kind: type, into: list[Any], offer: _Offer) -> None:
    expected = f"a list of {kind.__name__}."
    try:
        with redirect_stdout(sys.stderr):
            given = function()
            returned = list(given) if _is_several(given) else None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - as above
        code, cure = code_and_cure(error) or ("RC402", expected)
        offer.report(code, f"{name}() failed: {told_in_place(error, str(function.__module__))}", cure)
        return
    if returned is None:
        offer.report("RC403", f"{name}() returned {type(given).__name__}.", expected)
        return
    for item in returned:
        if isinstance(item, Path) and not item.exists():
            offer.report(
                "RC403", f"{name}() names {item.name!r}, which does not exist.", "paths that exist."
            )
        elif isinstance(item, kind):
            into.append(item)
        else:
            found = f"{name}() returned {type(item).__name__} among its items."
            offer.report("RC403", found, f"a list of {kind.__name__} only.")


def _is_several(given: object) -> bool:
    return isinstance(given, Iterable) and not isinstance(given, str | bytes | Mapping)


def _built(offers: list[_Offer]) -> Catalogue:
    """Joins what plugins offer; what collides is refused on both sides."""
    _refuse_sections(offers)
    sound = [offer for offer in offers if not offer.problems]
    vocabulary = CORE
    for group in (group for offer in sound for group in offer.facts):
        vocabulary = vocabulary.with_sections(*group.sections, constraints=group.constraints)
    _refuse_rulesets(sound, vocabulary)
    sound = [offer for offer in sound if not offer.problems]
    return Catalogue(
        {ruleset.id: ruleset for offer in sound for ruleset in offer.rulesets},
        vocabulary,
        tuple(path for offer in sound for path in offer.paths),
        tuple(offer.frozen() for offer in offers),
    )


def _refuse_sections(offers: list[_Offer]) -> None:
    core = {_section_name(cls) for cls in CORE.sections}
    offered: Counter[str] = Counter()
    for offer in offers:
        try:
            offered.update(map(_section_name, offer.sections))
        except DefinitionError as error:
            offer.report("RC403", str(error), "classes made with @section(...).")
            offer.facts.clear()
    for offer in offers:
        for name in map(_section_name, offer.sections):
            if name in core or offered[name] > 1:
                found = f"The section of facts {name!r} exists already."
                offer.report("RC406", found, "a name of its own for each section.")


def _refuse_rulesets(offers: list[_Offer], vocabulary: Vocabulary) -> None:
    ids = Counter(ruleset.id for offer in offers for ruleset in offer.rulesets)
    for offer in offers:
        for ruleset in offer.rulesets:
            if ids[ruleset.id] > 1:
                holders = ", ".join(
                    other.name for other in offers for item in other.rulesets if item.id == ruleset.id
                )
                found = f"The ruleset id {ruleset.id!r} is offered twice, by {holders}."
                offer.report("RC405", found, "an id of its own for each ruleset; both are left out.")
            for cls in ruleset.vocabulary.sections:
                if cls not in vocabulary.sections:
                    found = f"{ruleset.id} asks about the section {_section_name(cls)!r}."
                    cure = "regcompare_facts() to return every section that a ruleset asks about."
                    offer.report("RC407", found, cure)


def _rulesets_of_file(path: Path) -> list[Ruleset]:
    module = _run(path)
    found = [value for value in vars(module).values() if isinstance(value, Ruleset)]
    offer = _Offer(str(path))
    _gather(_manager(), module, offer)
    if offer.problems:
        raise UsageError("\n".join(map(str, offer.problems)))
    rulesets = list({id(item): item for item in (*offer.rulesets, *found)}.values())
    if not rulesets:
        raise UsageError(f"{path}: defines no ruleset. Expected: MINE = Ruleset('my-rules', ...).")
    return rulesets


def _run(path: Path) -> ModuleType:
    name = f"regcompare_loaded_{path.stem}"
    specification = importlib.util.spec_from_file_location(name, path)
    if path.suffix != ".py" or specification is None or specification.loader is None:
        raise UsageError(f"{path}: is no Python file. Expected: a file such as my_rules.py.")
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    try:
        with redirect_stdout(sys.stderr):  # Standard output belongs to results.
            specification.loader.exec_module(module)
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such file.") from None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - as above
        line = place_in(error, path).rpartition(":")[2]
        raise UsageError(f"{path}{line and f':{line}'}: {sentence(error)}") from None
    return module
