"""What one plugin offers: its entry point, the module behind it, and what its hooks return."""

from __future__ import annotations

import inspect
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import Distribution, EntryPoint, distribution, distributions
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

from .faults import code_and_fix, declared_sections, located_message
from .features import COMMANDS, DISPLAYS, FORMS, FUNCTIONS, PICTURES, Feature, is_shipped
from .isolation import Attempt, attempt
from .profile import Profile
from .rulesets import RulesetAt

__all__ = [
    "API",
    "GROUP",
    "SHIPPED",
    "FactSections",
    "Fault",
    "Hooks",
    "Offer",
    "Plugin",
    "PluginEntry",
    "RulesetAt",
    "collect_offer",
    "find_plugin_entries",
    "gather",
    "hook_manager",
    "hookimpl",
    "section_name",
]

GROUP = "regcompare"
"""The group of entry points, and the name of the project for pluggy."""

SHIPPED = "regcompare"
"""The distribution whose plugins come before all others."""

API = 1
"""The version of the plugin API; a plugin may declare in REGCOMPARE_API which one it needs."""

SLOW = 1.0
"""The import time in seconds above which a plugin is reported as slow.  Those that ship take a fifth of
a second on an idle machine, and half a second on a busy one."""

MOST_ITEMS = 10_000
"""How many items a hook may return; an endless iterator must not block everything."""

MOST_CHARACTERS = 1_000
"""How many characters of an error are quoted."""

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


_KINDS: Mapping[str, type] = {
    "regcompare_facts": FactSections,
    "regcompare_rulesets": Ruleset,
    "regcompare_scenarios": Path,
    "regcompare_catalogues": Path,
    "regcompare_profiles": Profile,
    COMMANDS: Feature,
    DISPLAYS: Feature,
    FORMS: Feature,
    FUNCTIONS: Feature,
    PICTURES: Feature,
}
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
        declared_sections: The sections that it declared before its import failed.
        is_out: Whether nothing of it can be used.
    """

    name: str
    version: str = ""
    api: int | None = None
    hooks: tuple[str, ...] = ()
    facts: list[FactSections] = attrs.field(factory=list)
    rulesets: list[Ruleset | RulesetAt] = attrs.field(factory=list)
    paths: list[Path] = attrs.field(factory=list)
    locales: list[Path] = attrs.field(factory=list)
    profiles: list[Profile] = attrs.field(factory=list)
    features: dict[str, list[Feature]] = attrs.field(factory=lambda: defaultdict(list))
    problems: list[Problem] = attrs.field(factory=list)
    notes: list[Problem] = attrs.field(factory=list)
    declared_sections: tuple[str, ...] = ()
    is_out: bool = False

    def refuse(self, code: str, found: str, expected: str, suggestion: str | None = None) -> None:
        """Leaves the whole plugin out."""
        self.is_out = True
        self.report(code, found, expected, suggestion)

    def report(self, code: str, found: str, expected: str, suggestion: str | None = None) -> None:
        """Reports a fault of a part, which the caller leaves out."""
        self.problems.append(Problem(self.full_name, 0, 0, code, found, expected, suggestion))

    def accepts(self, fault: Fault | None) -> bool:
        """Whether a part is without fault; reports the fault if there is one."""
        if fault:
            self.report(*fault)
        return not fault

    @property
    def full_name(self) -> str:
        """Name and version."""
        return f"{self.name} {self.version}".strip()

    @property
    def is_shipped(self) -> bool:
        """Whether it comes with this distribution."""
        return is_shipped(self.name)

    def as_plugin(self) -> Plugin:
        """The plugin as the catalogue lists it."""
        sections = [section_name(cls) for group in self.facts for cls in group.sections]
        return Plugin(
            self.name,
            self.version,
            self.hooks,
            () if self.is_out else tuple(ruleset.id for ruleset in self.rulesets),
            tuple(sections) or self.declared_sections,
            tuple(item.title for items in self.features.values() for item in items),
            tuple(map(str, self.paths)),
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

    A distribution with broken metadata does not hide the others.
    """
    entries: list[PluginEntry] = []
    seen: set[str] = set()
    for candidate in distributions():
        if attempt(lambda candidate=candidate: _entries(candidate)).result == []:  # type: ignore[misc]
            continue  # Most have none, and reading all names would take most of the time.
        naming = attempt(lambda candidate=candidate: _name_and_version(candidate))  # type: ignore[misc]
        name, version = naming.result or ("", "")
        if not name or _normalised(name) in seen:
            continue
        # Another distribution of this name may come before it on the path.
        effective = attempt(lambda name=name: distribution(name)).result  # type: ignore[misc]
        if effective is None or effective.locate_file("") == candidate.locate_file(""):
            seen.add(_normalised(name))
            entries += _points_of(candidate, name, version)
    return sorted(entries, key=lambda entry: (entry.distribution != SHIPPED, *entry.place))


def _entries(candidate: Distribution) -> list[EntryPoint]:
    return [entry for entry in candidate.entry_points if entry.group == GROUP]


def _name_and_version(candidate: Distribution) -> tuple[str, str]:
    metadata = candidate.metadata
    return str(metadata["Name"] or ""), str(metadata["Version"] or "")


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _points_of(candidate: Distribution, name: str, version: str) -> Iterator[PluginEntry]:
    reading = attempt(lambda: _entries(candidate))
    for entry in reading.result or ():
        yield PluginEntry(name, version, entry)
    if reading.error and _mentions_us(candidate):
        yield PluginEntry(name, version, None, f"{type(reading.error).__name__}: {reading.error}")


def _mentions_us(candidate: Distribution) -> bool:
    """Whether entry points that cannot be read appear to be those of a plugin."""
    text = attempt(lambda: candidate.read_text("entry_points.txt"))
    name = attempt(lambda: _name_and_version(candidate)[0]).result or ""
    return f"[{GROUP}]" in (text.result or "") or (text.error is not None and GROUP in name)


# one plugin ----------------------------------------------------------------------------------------


def hook_manager() -> pluggy.PluginManager:
    """Returns a manager that knows the hooks."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Hooks)
    return manager


def collect_offer(manager: pluggy.PluginManager, plugin_entry: PluginEntry) -> Offer:
    """Imports the module behind an entry point and calls its hooks."""
    offer = Offer(plugin_entry.name, plugin_entry.version)
    entry: Any = plugin_entry.entry
    if malformed := _malformed(plugin_entry):
        expected = f"[{GROUP}] and lines such as name = module in entry_points.txt."
        offer.refuse("RC413", malformed, expected)
        return offer
    loading = attempt(entry.load)
    if loading.error:
        default = "RC401", "a module that can be imported; correct or uninstall the plugin."
        code, fix, message = _describe_error(loading.error, entry.module, default)
        offer.refuse(code, f"{entry.value} cannot be imported: {message}", fix)
        offer.declared_sections = attempt(lambda: declared_sections(entry.module)).result or ()
        return offer
    gather(manager, loading.result, offer)
    if not offer.hooks and not offer.problems:
        fix = f"a module with at least one of {_HOOKS_IN_WORDS}, each under @hookimpl."
        offer.refuse("RC412", f"{entry.value} implements no hook.", fix)
    if loading.seconds > SLOW:
        message = f"Importing {entry.value} took {loading.seconds:.1f} seconds, and every command waits."
        fix = f"at most {SLOW:.0f} second; import large libraries where they are used."
        offer.notes.append(Problem(offer.full_name, 0, 0, "RC418", message, fix))
    return offer


def _describe_error(error: BaseException, module: str, default: tuple[str, str]) -> tuple[str, str, str]:
    """The code, the fix and the message for an error, whose own message may fail or be endless."""
    known = attempt(lambda: code_and_fix(error)).result or default
    message = attempt(lambda: located_message(error, module)).result or f"{type(error).__name__}."
    return *known, message if len(message) <= MOST_CHARACTERS else f"{message[:MOST_CHARACTERS]}…"


def _malformed(plugin_entry: PluginEntry) -> str:
    """What is wrong with the text of an entry point; blank if nothing is."""
    entry = plugin_entry.entry
    if entry is None:
        return f"Its entry points cannot be read: {plugin_entry.fault}."
    if EntryPoint.pattern.match(entry.value) and re.fullmatch(r"[\w.-]+", entry.name):
        return ""
    return f"The entry point {entry.name!r} = {entry.value!r} is malformed."


def gather(manager: pluggy.PluginManager, plugin: object, offer: Offer) -> None:
    """Registers one plugin by its full name and calls its hooks one by one."""
    duplicates = [name for name, other in manager.list_name_plugin() if other is plugin]
    if duplicates:
        message = f"Its module is offered already, by {duplicates[0]}."
        offer.refuse("RC414", message, "one entry point for each module; uninstall one of the two.")
        return
    registration = attempt(lambda: _fits(plugin, offer) and _registered(manager, plugin, offer))
    if registration.error:
        attempt(lambda: manager.unregister(name=offer.name))  # Otherwise it would block later plugins.
        names = attempt(lambda: _marked_hooks(plugin)).result or []
        suggestion = next((nearest(name, _KINDS) for name in names if name not in _KINDS), None)
        words = attempt(lambda: " ".join(str(registration.error).splitlines()[:3])).result
        message = (words or type(registration.error).__name__)[:MOST_CHARACTERS]
        offer.refuse(
            "RC404", f"A hook does not fit: {message}.", f"the hooks {_HOOKS_IN_WORDS}.", suggestion
        )
    if not registration.result:
        return
    lists: tuple[list[Any], ...] = (
        *(offer.facts, offer.rulesets, offer.paths, offer.locales, offer.profiles),
    )
    items_of = dict(zip(_KINDS, lists, strict=False))
    for name in _KINDS:
        items = items_of.get(name, offer.features[name])
        for implementation in getattr(manager.hook, name).get_hookimpls():
            if implementation.plugin_name == offer.name:
                _call(name, implementation.function, items, offer)


def _registered(manager: pluggy.PluginManager, plugin: object, offer: Offer) -> bool:
    manager.register(plugin, offer.name)
    manager.check_pending()
    callers = manager.get_hookcallers(plugin) or []
    offer.hooks = tuple(caller.name for caller in callers if caller.name in _KINDS)
    return True


def _fits(plugin: object, offer: Offer) -> bool:
    """Whether the plugin works with this API, and all its hooks are marked."""
    api = getattr(plugin, "REGCOMPARE_API", None)
    if api is not None and (type(api) is not int or not 1 <= api <= API):
        message = f"It asks for API {api!r}; this is API {API}."
        fix = f"REGCOMPARE_API = a number from 1 to {API}, or a newer regcompare."
        offer.refuse("RC409", message, fix)
        return False
    offer.api = api
    for name in _KINDS:
        if callable(getattr(plugin, name, None)) and name not in _marked_hooks(plugin):
            offer.refuse("RC404", f"{name}() is not marked as a hook.", "@hookimpl above it.")
    return not offer.is_out


def _marked_hooks(plugin: object) -> list[str]:
    return [name for name in dir(plugin) if hasattr(getattr(plugin, name, None), f"{GROUP}_impl")]


def _call(name: str, function: Callable[[], Any], items: list[Any], offer: Offer) -> None:
    kind = _KINDS[name]
    expected = f"a list of {kind.__name__}."
    call: Attempt[list[Any] | str] = attempt(lambda: _items_returned(function()))
    if call.error:
        module = str(getattr(function, "__module__", ""))
        code, fix, message = _describe_error(call.error, module, ("RC402", expected))
        offer.refuse(code, f"{name}() failed: {message}", fix)
    elif isinstance(call.result, str):
        offer.refuse("RC403", f"{name}() returned {call.result}.", expected)
    else:
        for item in call.result or ():
            _accept_item(name, item, items, offer)


def _items_returned(returned: object) -> list[Any] | str:
    """The items that a hook returned, or a description of what it returned instead."""
    if inspect.iscoroutine(returned):
        returned.close()
    if not isinstance(returned, Iterable) or isinstance(returned, str | bytes | Mapping):
        return type(returned).__name__
    items = list(itertools.islice(returned, MOST_ITEMS + 1))
    return items if len(items) <= MOST_ITEMS else f"more than {MOST_ITEMS:,} items"


def _accept_item(name: str, item: Any, items: list[Any], offer: Offer) -> None:
    """Adds an item that a hook returned to ``items``, or reports why it cannot.

    A ruleset that other plugins name by its place is built at once, to see whether it can be.  If it
    cannot, it alone is left out, since the others of its plugin may work.
    """
    if type(item) is not RulesetAt or _KINDS[name] is not Ruleset:
        if unfit := _unfit(name, item):
            offer.refuse("RC403", *unfit)
        else:
            items.append(item)
        return
    building = attempt(lambda: item if offer.is_shipped else item.built())
    if building.error:
        default = "RC402", "the place of a ruleset, such as my_plugin.act:MY_ACT."
        code, fix, message = _describe_error(building.error, item.place.partition(":")[0], default)
        offer.report(code, f"{name}() names {item.place}, which cannot be built: {message}", fix)
    else:
        items.append(building.result)


def _unfit(name: str, item: object) -> tuple[str, str] | None:
    """Why a hook may not return an item, and what was expected."""
    kind = _KINDS[name]
    # A subclass defined by the plugin need not behave like ours.
    if not (isinstance(item, Path) if kind is Path else type(item) is kind):
        message = f"{name}() returned {type(item).__name__} among its items."
        return message, f"a list of {kind.__name__} only."
    if isinstance(item, Path) and not attempt(item.exists).result:
        return f"{name}() names {item.name!r}, which does not exist.", "paths that exist."
    if isinstance(item, FactSections):
        try:
            list(map(section_name, item.sections))
        except DefinitionError as error:
            return str(error), "classes made with @section(...)."
    return None
