"""What one plugin offers: its entry point, the module behind it, and what its hooks return."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import Distribution, EntryPoint, distributions
from pathlib import Path
from typing import Any

import attrs
import pluggy

from regcompare._support.fields import each
from regcompare.errors import DefinitionError, Problem, nearest
from regcompare.facts import facts_of
from regcompare.logic.code_lists import CodeList
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import Assumption, Category, Constraint, OwnAnswers

from .faults import attempt, declared_sections, describe_error
from .features import FEATURE_HOOKS, Feature, is_shipped
from .profile import Profile
from .rulesets import RulesetAt

GROUP = SHIPPED = "regcompare"
"""The group of entry points, the project for pluggy, and the distribution whose plugins come first."""

CHANGES = {
    2: "what is not for writing law has left regcompare.authoring, and Chapter.not_encoded() is "
    "left_out(); until the next release a DeprecationWarning says what to write.",
}
"""What authors have to write otherwise, by the number of the interface that asks for it."""

API = max(CHANGES)
"""The number of the interface; a plugin declares in REGCOMPARE_API the one that it was written for."""

OLDEST = 1
"""The oldest number whose names still work, with warnings."""

SLOW = 1.0
"""The time of an import, or of a hook, in seconds above which a plugin is reported as slow.  Those that
ship take a fifth of a second on an idle machine, and half a second on a busy one."""

Fault = tuple[str, str, str]
"""A fault of a part of a plugin: the problem code, what was found, what was expected."""

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)
"""Marks a function of a plugin as the implementation of the hook with its name."""


@attrs.frozen
class FactSections:
    """Facts that a plugin adds: sections, and what its law makes impossible.

    Attributes:
        sections: Section classes; in a file each appears under its own name.
        constraints: Constraints on answers; each must depend on a fact of these sections.
        code_lists: The codes that exist, for facts that are answered with codes.
        categories: Categories in which figures are published, with the facts that they imply.
        own_answers: Answers to facts of the core, each under the name of one of these sections.
        assumptions: What layers of presumed answers assume for facts of these sections.
    """

    sections: tuple[type, ...] = attrs.field(validator=each(type))
    constraints: tuple[Constraint, ...] = attrs.field(default=(), validator=each(Constraint))
    code_lists: tuple[CodeList, ...] = attrs.field(default=(), validator=each(CodeList))
    categories: tuple[Category, ...] = attrs.field(default=(), validator=each(Category))
    own_answers: tuple[OwnAnswers, ...] = attrs.field(default=(), validator=each(OwnAnswers))
    assumptions: tuple[Assumption, ...] = attrs.field(default=(), validator=each(Assumption))


class Hooks:
    """The hooks that a plugin may implement; each is called once, when a catalogue is built."""

    @hookspec
    def regcompare_facts(self) -> Iterable[FactSections]:
        """Returns the sections of facts that the plugin adds, with their constraints."""
        raise NotImplementedError

    @hookspec
    def regcompare_rulesets(self) -> Iterable[Ruleset | RulesetAt]:
        """Returns the rulesets that the plugin offers, or where each is defined."""
        raise NotImplementedError

    @hookspec
    def regcompare_scenarios(self) -> Iterable[Path]:
        """Returns scenario files, or folders of them, in the order in which they are to be shown."""
        raise NotImplementedError

    @hookspec
    def regcompare_catalogues(self) -> Iterable[Path]:
        """Returns folders of texts in other languages, each with a file LANG.po for a language."""
        raise NotImplementedError

    @hookspec
    def regcompare_profiles(self) -> Iterable[Profile]:
        """Returns what is compared and shown where the user names nothing; the first profile counts."""
        raise NotImplementedError

    @hookspec
    def regcompare_commands(self) -> Iterable[Feature]:
        """Returns the commands that the plugin adds, each a click command with one sentence of help."""
        raise NotImplementedError

    @hookspec
    def regcompare_displays(self) -> Iterable[Feature]:
        """Returns functions that add a section about a result to what commands print of it."""
        raise NotImplementedError

    @hookspec
    def regcompare_forms(self) -> Iterable[Feature]:
        """Returns functions that write a document in a further form of output, named by --format."""
        raise NotImplementedError

    @hookspec
    def regcompare_functions(self) -> Iterable[Feature]:
        """Returns functions that the core declares and leaves to a plugin, such as ``prove``."""
        raise NotImplementedError

    @hookspec
    def regcompare_pictures(self) -> Iterable[Feature]:
        """Returns functions that draw a result."""
        raise NotImplementedError


FACTS, RULESETS, SCENARIOS, CATALOGUES, PROFILES = (
    "regcompare_facts",
    "regcompare_rulesets",
    "regcompare_scenarios",
    "regcompare_catalogues",
    "regcompare_profiles",
)
_KINDS: Mapping[str, type] = {
    FACTS: FactSections,
    RULESETS: Ruleset,
    SCENARIOS: Path,
    CATALOGUES: Path,
    PROFILES: Profile,
    **dict.fromkeys(FEATURE_HOOKS, Feature),
}
"""The hooks, each with the kind of item that it returns."""
_HOOKS_IN_WORDS = ", ".join(f"{name}()" for name in _KINDS)


@attrs.frozen
class Plugin:
    """A plugin, with what it offers and its problems.

    Attributes:
        name: Distribution and entry point, ``regcompare:eu``; or the path of a loaded file.
        version: The version of the distribution.
        hooks: The hooks that it implements.
        rulesets: The ids of the rulesets that it offers.
        sections: The names of the sections of facts that it adds, or would add if it were not left out.
        features: The commands, displays, forms, functions and pictures that it adds.
        paths: The scenario files and folders that it offers.
        problems: Its faults; faulty parts are left out, and the rest works.
        api: The API version that it needs, if it declares one.
        notes: Warnings about a plugin that works, such as a slow import.
    """

    name: str
    version: str = ""
    hooks: tuple[str, ...] = ()
    rulesets: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    api: int | None = None
    notes: tuple[Problem, ...] = ()


@attrs.define(eq=False)
class Offer:
    """What one plugin offers, while the catalogue is built.

    Attributes:
        items: What its hooks returned, by hook; what cannot be used is taken out.
        sections: The names of the sections that it declared.
        is_out: Whether nothing of it can be used.
    """

    name: str
    version: str = ""
    api: int | None = None
    hooks: tuple[str, ...] = ()
    items: dict[str, list[Any]] = attrs.field(factory=lambda: defaultdict(list))
    problems: list[Problem] = attrs.field(factory=list)
    notes: list[Problem] = attrs.field(factory=list)
    sections: tuple[str, ...] = ()
    is_out: bool = False

    def refuse(self, code: str, found: str, expected: str, suggestion: str | None = None) -> None:
        """Leaves the whole plugin out."""
        self.is_out = True
        self.report(code, found, expected, suggestion)

    def report(self, code: str, found: str, expected: str, suggestion: str | None = None) -> None:
        """Reports a fault of a part, which the caller leaves out."""
        self.problems.append(self._problem(code, found, expected, suggestion))

    def _problem(self, code: str, found: str, expected: str, suggestion: str | None = None) -> Problem:
        full_name = f"{self.name} {self.version}".strip()
        return Problem(full_name, 0, 0, code, found, expected, suggestion)

    def note(self, code: str, found: str, expected: str) -> None:
        """Notes something that is to be improved."""
        self.notes.append(self._problem(code, found, expected))

    def accepts(self, fault: Fault | None) -> bool:
        """Whether a part is without fault; reports the fault if there is one."""
        if fault:
            self.report(*fault)
        return not fault

    @property
    def is_shipped(self) -> bool:
        """Whether it comes with this distribution."""
        return is_shipped(self.name)

    def as_plugin(self) -> Plugin:
        """The plugin as the catalogue lists it."""
        sections = [section_name(cls) for group in self.items[FACTS] for cls in group.sections]
        return Plugin(
            self.name,
            self.version,
            self.hooks,
            () if self.is_out else tuple(ruleset.id for ruleset in self.items[RULESETS]),
            tuple(sections) or self.sections,
            tuple(item.title for hook in FEATURE_HOOKS for item in self.items[hook]),
            tuple(map(str, self.items[SCENARIOS])),
            tuple(self.problems),
            self.api,
            tuple(self.notes),
        )


def section_name(cls: type) -> str:
    """The name under which the facts of a section appear in files.

    Raises:
        DefinitionError: The class is not a section.
    """
    facts_of(cls)
    name: str = cls.__section__  # type: ignore[attr-defined]
    return name


# entry points --------------------------------------------------------------------------------------


@attrs.frozen
class PluginEntry:
    """An entry point, or the file of a distribution whose entry points cannot be read."""

    distribution: str
    version: str
    entry: EntryPoint | None
    fault: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """Distribution and name."""
        return self.distribution, self.entry.name if self.entry else ""

    @property
    def name(self) -> str:
        """Distribution and name, as in messages."""
        return ":".join(filter(None, self.place))


def find_plugin_entries() -> list[PluginEntry]:
    """Returns the entry points of plugins: those that ship first, then by distribution and name.

    A distribution with broken metadata does not hide the others; of two with one name, the first on the
    path counts.
    """
    entries: dict[str, list[PluginEntry]] = {}
    for candidate in distributions():
        found = list(_entries(candidate))
        if found:
            entries.setdefault(re.sub(r"[-_.]+", "-", found[0].distribution).lower(), found)
    every = (entry for group in entries.values() for entry in group)
    return sorted(every, key=lambda entry: (entry.distribution != SHIPPED, *entry.place))


def _entries(candidate: Distribution) -> Iterator[PluginEntry]:
    """Yields entry points; a distribution without a name goes by its folder."""
    folder = Path(str(getattr(candidate, "_path", "a distribution")))  # Only the standard ones have it.
    reading = attempt(lambda: [entry for entry in candidate.entry_points if entry.group == GROUP])
    if reading.result == [] or (reading.error and GROUP not in folder.name):
        return  # Most have none, and reading all names takes long.
    naming = attempt(lambda: (candidate.metadata["Name"] or "", candidate.version or ""))
    name, version = naming.result or ("", "")
    error = reading.error or naming.error or (not name and ValueError("its metadata has no name"))
    for entry in reading.result or () if not error else ():
        yield PluginEntry(name, version, entry)
    if error:
        place = (name, version) if name else (str(folder), "")
        yield PluginEntry(*place, None, f"{type(error).__name__}: {error}")


# one plugin ----------------------------------------------------------------------------------------


def collect_offer(plugin_entry: PluginEntry, owners: dict[int, str]) -> Offer:
    """Imports the module behind an entry point and calls its hooks.

    Args:
        plugin_entry: The entry point.
        owners: The plugins by the identity of their modules, to which this one is added.
    """
    offer = Offer(plugin_entry.name, plugin_entry.version)
    entry: Any = plugin_entry.entry
    if malformed := _malformed(plugin_entry):
        expected = f"[{GROUP}] and lines such as name = module in entry_points.txt."
        offer.refuse("RC413", malformed, expected)
        return offer
    loading = attempt(entry.load)
    if loading.error:
        default = "RC401", "a module that can be imported; correct or uninstall the plugin."
        code, message, fix = describe_error(loading.error, entry.module, default)
        offer.refuse(code, f"{entry.value} cannot be imported: {message}", fix)
        offer.sections = declared_sections(entry.module)
        return offer
    owner = owners.setdefault(id(loading.result), offer.name)
    if owner != offer.name:
        cure = "one entry point for each module; uninstall one of the two."
        offer.refuse("RC414", f"Its module is offered already, by {owner}.", cure)
        return offer
    gather(loading.result, offer)
    if not offer.hooks and not offer.problems:
        fix = f"a module with at least one of {_HOOKS_IN_WORDS}, each under @hookimpl."
        offer.refuse("RC412", f"{entry.value} implements no hook.", fix)
    if loading.seconds > SLOW:
        message = f"Importing {entry.value} took {loading.seconds:.1f} seconds, and every command waits."
        fix = f"at most {SLOW:.0f} second; import large libraries where they are used."
        offer.note("RC418", message, fix)
    return offer


def _malformed(plugin_entry: PluginEntry) -> str:
    """What is wrong with the text of an entry point; blank if nothing is."""
    entry = plugin_entry.entry
    if entry is None:
        return f"Its entry points cannot be read: {plugin_entry.fault}."
    if EntryPoint.pattern.match(entry.value) and re.fullmatch(r"[\w.-]+", entry.name):
        return ""
    return f"The entry point {entry.name!r} = {entry.value!r} is malformed."


def gather(plugin: object, offer: Offer) -> None:
    """Checks the hooks of a plugin, and calls them one by one."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Hooks)
    registration = attempt(lambda: _fits(plugin, offer) and _registered(manager, plugin, offer))
    if registration.error:
        names = attempt(_marked_hooks, plugin).result or []
        suggestion = next((nearest(name, _KINDS) for name in names if name not in _KINDS), None)
        message = f"A hook does not fit: {' '.join(str(registration.error).splitlines()[:3])}"
        offer.refuse("RC404", message, f"the hooks {_HOOKS_IN_WORDS}.", suggestion)
    for name in offer.hooks if registration.result else ():
        for implementation in getattr(manager.hook, name).get_hookimpls():
            _call(name, implementation.function, offer)


def _registered(manager: pluggy.PluginManager, plugin: object, offer: Offer) -> bool:
    manager.register(plugin, offer.name)
    manager.check_pending()
    callers = {caller.name for caller in manager.get_hookcallers(plugin) or []}
    offer.hooks = tuple(name for name in _KINDS if name in callers)
    return True


def _fits(plugin: object, offer: Offer) -> bool:
    """Whether the plugin works with this interface, and all its hooks are marked."""
    offer.api = api = getattr(plugin, "REGCOMPARE_API", None)
    if api is None:
        pass
    elif type(api) is not int or not 1 <= api <= API:
        offer.api = None
        fix = f"REGCOMPARE_API = a number from 1 to {API}, or a newer regcompare."
        offer.refuse("RC409", f"It asks for interface {api!r}; this is {API}.", fix)
    elif api < API:
        report = offer.refuse if api < OLDEST else offer.note
        changes = " ".join(f"{number}: {CHANGES[number]}" for number in range(api + 1, API + 1))
        fix = f"REGCOMPARE_API = {API}, after these changes. {changes}"
        report("RC409", f"It was written for interface {api}; this is {API}.", fix)
    marked = _marked_hooks(plugin)
    for name in _KINDS:
        if callable(getattr(plugin, name, None)) and name not in marked:
            offer.refuse("RC404", f"{name}() is not marked as a hook.", "@hookimpl above it.")
    return not offer.is_out


def _marked_hooks(plugin: object) -> list[str]:
    return [name for name in dir(plugin) if hasattr(getattr(plugin, name, None), f"{GROUP}_impl")]


def _call(name: str, function: Callable[[], Any], offer: Offer) -> None:
    expected = f"a list of {_KINDS[name].__name__}."
    call = attempt(lambda: _items_returned(function()))
    if call.seconds > SLOW:
        message = f"{name}() took {call.seconds:.1f} seconds, and every command waits."
        offer.note("RC418", message, f"at most {SLOW:.0f} second; a hook gathers and never computes.")
    if call.error:
        module = str(getattr(function, "__module__", ""))
        code, message, fix = describe_error(call.error, module, ("RC402", expected))
        offer.refuse(code, f"{name}() failed: {message}", fix)
    elif isinstance(call.result, str):
        offer.refuse("RC403", f"{name}() returned {call.result}.", expected)
    else:
        for item in call.result or ():
            _accept_item(name, item, offer)


def _items_returned(returned: object) -> list[Any] | str:
    """The items that a hook returned, or the type of what it returned instead."""
    if not isinstance(returned, Iterable) or isinstance(returned, str | bytes | Mapping):
        return type(returned).__name__
    return list(returned)


def _accept_item(name: str, item: Any, offer: Offer) -> None:
    """Adds an item that a hook returned to the offer, or reports why it cannot.

    A ruleset that other plugins name by its place is built at once, to see whether it can be.  If it
    cannot, it alone is left out, since the others of its plugin may work.
    """
    if name == RULESETS and isinstance(item, RulesetAt) and not offer.is_shipped:
        building = attempt(item.built)
        if building.error:
            default = "RC402", "the place of a ruleset, such as my_plugin.act:MY_ACT."
            code, message, fix = describe_error(building.error, item.place.partition(":")[0], default)
            offer.report(code, f"{name}() names {item.place}, which cannot be built: {message}", fix)
            return
        item = building.result
    if unfit := _unfit(name, item):
        offer.refuse("RC403", *unfit)
    else:
        offer.items[name].append(item)


def _unfit(name: str, item: object) -> tuple[str, str] | None:
    """Why a hook may not return an item, and what was expected."""
    kind = _KINDS[name]
    if not isinstance(item, (kind, RulesetAt) if name == RULESETS else kind):
        message = f"{name}() returned {type(item).__name__} among its items."
        return message, f"a list of {kind.__name__} only."
    if isinstance(item, Path) and not item.exists():
        return f"{name}() names {item.name!r}, which does not exist.", "paths that exist."
    if isinstance(item, FactSections):
        try:
            list(map(section_name, item.sections))
        except DefinitionError as error:
            return str(error), "classes made with @section(...)."
    return None
