"""What one plugin offers: its entry point, the module behind it, and what its hooks return."""

from __future__ import annotations

import inspect
import itertools
import re
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
from regcompare.vocabulary import Category, Constraint, OwnAnswers

from .built import RulesetAt
from .faults import code_and_cure, declared_sections, located_message
from .strangers import Attempt, attempt

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
"""The number of what plugins may rely on; a plugin may declare in REGCOMPARE_API which it needs."""

SLOW = 1.0
"""Seconds of importing from which a plugin is named as slow.  Those that ship take a fifth of a second
on an idle machine, and half of one on a busy machine."""

MOST_ITEMS = 10_000
"""How many items a hook may return: an endless one must not stop everything."""

MOST_SAID = 1_000
"""How many characters of an error are quoted."""

Fault = tuple[str, str, str]
"""What is wrong with a part of a plugin: the code, what was found, what was expected."""

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)
"""Marks a function of a plugin as the implementation of the hook with its name."""


@attrs.frozen
class FactSections:
    """Facts that a plugin adds: sections, and what its law makes impossible.

    Attributes:
        sections: Section classes; in a file each stands under its own name.
        constraints: What cannot be otherwise; each has to depend on a fact of these sections.
        code_lists: Which codes exist, of facts that are answered with codes.
        categories: Categories in which figures are published, with the facts that they tell.
        own_answers: Answers to facts of the core, each under the name of one of these sections.
    """

    sections: tuple[type, ...] = attrs.field(validator=each(type))
    constraints: tuple[Constraint, ...] = attrs.field(default=(), validator=each(Constraint))
    code_lists: tuple[CodeList, ...] = attrs.field(default=(), validator=each(CodeList))
    categories: tuple[Category, ...] = attrs.field(default=(), validator=each(Category))
    own_answers: tuple[OwnAnswers, ...] = attrs.field(default=(), validator=each(OwnAnswers))


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


_KINDS: Mapping[str, type] = {
    "regcompare_facts": FactSections,
    "regcompare_rulesets": Ruleset,
    "regcompare_scenarios": Path,
    "regcompare_catalogues": Path,
}
_HOOKS_IN_WORDS = ", ".join(f"{name}()" for name in _KINDS)


@attrs.frozen
class Plugin:
    """A plugin as found.

    Attributes:
        name: Distribution and entry point, ``regcompare:eu``; or the path of a loaded file.
        version: The version of the distribution.
        hooks: The hooks that it implements.
        rulesets: The ids of the rulesets that it offers.
        sections: The names of the sections of facts that it adds, or would if it were not left out.
        problems: What was wrong with it; what is faulty is left out, and the rest works.
        api: The number of the API that it declares to need, if it declares one.
        notes: What is worth knowing although it works, such as a slow import.
    """

    name: str
    version: str = ""
    hooks: tuple[str, ...] = ()
    rulesets: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    api: int | None = None
    notes: tuple[Problem, ...] = ()


@attrs.define(eq=False)
class Offer:
    """What one plugin offers, while the catalogue is built.

    Attributes:
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
    problems: list[Problem] = attrs.field(factory=list)
    notes: list[Problem] = attrs.field(factory=list)
    left: tuple[str, ...] = ()
    is_out: bool = False

    def refuse(self, code: str, found: str, expected: str, suggestion: str | None = None) -> None:
        """Leaves the whole plugin out."""
        self.is_out = True
        self.report(code, found, expected, suggestion)

    def report(self, code: str, found: str, expected: str, suggestion: str | None = None) -> None:
        """Names a fault of a part, which whoever reports it leaves out."""
        self.problems.append(Problem(self.full_name, 0, 0, code, found, expected, suggestion))

    def keeps(self, fault: Fault | None) -> bool:
        """Whether a part is kept, which it is without a fault; reports the fault."""
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
        return self.name.partition(":")[0] == SHIPPED

    def frozen(self) -> Plugin:
        """The plugin as the catalogue lists it."""
        sections = [section_name(cls) for group in self.facts for cls in group.sections]
        return Plugin(
            self.name,
            self.version,
            self.hooks,
            () if self.is_out else tuple(ruleset.id for ruleset in self.rulesets),
            tuple(sections) or self.left,
            tuple(self.problems),
            self.api,
            tuple(self.notes),
        )


def section_name(cls: type) -> str:
    """The name under which the facts of a section stand.

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
        """Distribution and name as messages write them."""
        return ":".join(filter(None, self.place))


def find_plugin_entries() -> list[PluginEntry]:
    """Returns the entry points of plugins: those that ship first, then by distribution and name.

    One distribution whose metadata are broken hides no other.
    """
    found: list[PluginEntry] = []
    seen: set[str] = set()
    for held in distributions():
        if attempt(lambda held=held: _entries(held)).made == []:  # type: ignore[misc]
            continue  # As most; to read the names of all would take longer than anything else here.
        name, version = attempt(lambda held=held: _named(held)).made or ("", "")  # type: ignore[misc]
        if not name or _plain(name) in seen:
            continue
        # Another distribution of this name may come before it on the path.
        first = attempt(lambda name=name: distribution(name)).made  # type: ignore[misc]
        if first is None or first.locate_file("") == held.locate_file(""):
            seen.add(_plain(name))
            found += _points_of(held, name, version)
    return sorted(found, key=lambda point: (point.distribution != SHIPPED, *point.place))


def _entries(held: Distribution) -> list[EntryPoint]:
    return [entry for entry in held.entry_points if entry.group == GROUP]


def _named(held: Distribution) -> tuple[str, str]:
    metadata = held.metadata
    return str(metadata["Name"] or ""), str(metadata["Version"] or "")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _points_of(held: Distribution, name: str, version: str) -> Iterator[PluginEntry]:
    read = attempt(lambda: _entries(held))
    for entry in read.made or ():
        yield PluginEntry(name, version, entry)
    if read.error and _speaks_of_us(held):
        yield PluginEntry(name, version, None, f"{type(read.error).__name__}: {read.error}")


def _speaks_of_us(held: Distribution) -> bool:
    """Whether entry points that cannot be read would have been those of a plugin."""
    text = attempt(lambda: held.read_text("entry_points.txt"))
    name = attempt(lambda: _named(held)[0]).made or ""
    return f"[{GROUP}]" in (text.made or "") or (text.error is not None and GROUP in name)


# one plugin ----------------------------------------------------------------------------------------


def hook_manager() -> pluggy.PluginManager:
    """Returns a manager that knows the hooks."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Hooks)
    return manager


def collect_offer(manager: pluggy.PluginManager, point: PluginEntry) -> Offer:
    """Imports the module behind an entry point and calls its hooks."""
    offer = Offer(point.name, point.version)
    entry: Any = point.entry
    if malformed := _malformed(point):
        expected = f"[{GROUP}] and lines such as name = module in entry_points.txt."
        offer.refuse("RC413", malformed, expected)
        return offer
    loading = attempt(entry.load)
    if loading.error:
        plain = "RC401", "a module that can be imported; correct or uninstall the plugin."
        code, cure, said = _account(loading.error, entry.module, plain)
        offer.refuse(code, f"{entry.value} cannot be imported: {said}", cure)
        offer.left = attempt(lambda: declared_sections(entry.module)).made or ()
        return offer
    gather(manager, loading.made, offer)
    if not offer.hooks and not offer.problems:
        cure = f"a module with at least one of {_HOOKS_IN_WORDS}, each under @hookimpl."
        offer.refuse("RC412", f"{entry.value} implements no hook.", cure)
    if loading.seconds > SLOW:
        slow = f"Importing {entry.value} took {loading.seconds:.1f} seconds, and every command waits."
        cure = f"at most {SLOW:.0f} second; import large libraries where they are used."
        offer.notes.append(Problem(offer.full_name, 0, 0, "RC418", slow, cure))
    return offer


def _account(error: BaseException, module: str, plain: tuple[str, str]) -> tuple[str, str, str]:
    """The code, the cure and the words for an error, whose own words may be faulty or endless."""
    coded = attempt(lambda: code_and_cure(error)).made or plain
    said = attempt(lambda: located_message(error, module)).made or f"{type(error).__name__}."
    return *coded, said if len(said) <= MOST_SAID else f"{said[:MOST_SAID]}…"


def _malformed(point: PluginEntry) -> str:
    """What is wrong with an entry point as it is written; blank for nothing."""
    entry = point.entry
    if entry is None:
        return f"Its entry points cannot be read: {point.fault}."
    if EntryPoint.pattern.match(entry.value) and re.fullmatch(r"[\w.-]+", entry.name):
        return ""
    return f"The entry point {entry.name!r} = {entry.value!r} is malformed."


def gather(manager: pluggy.PluginManager, plugin: object, offer: Offer) -> None:
    """Registers one plugin by its full name and calls its hooks one by one."""
    twins = [name for name, one in manager.list_name_plugin() if one is plugin]
    if twins:
        said = f"Its module is offered already, by {twins[0]}."
        offer.refuse("RC414", said, "one entry point for each module; uninstall one of the two.")
        return
    fitting = attempt(lambda: _fits(plugin, offer) and _registered(manager, plugin, offer))
    if fitting.error:
        attempt(lambda: manager.unregister(name=offer.name))  # Else it would refuse all later plugins.
        marked = attempt(lambda: _marked(plugin)).made or []
        near = next((nearest(name, _KINDS) for name in marked if name not in _KINDS), None)
        words = attempt(lambda: " ".join(str(fitting.error).splitlines()[:3])).made
        said = (words or type(fitting.error).__name__)[:MOST_SAID]
        offer.refuse("RC404", f"A hook does not fit: {said}.", f"the hooks {_HOOKS_IN_WORDS}.", near)
    if not fitting.made:
        return
    lists: tuple[list[Any], ...] = (offer.facts, offer.rulesets, offer.paths, offer.locales)
    for name, items in zip(_KINDS, lists, strict=True):
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
    """Whether the API is one that the plugin can rely on, and none of its hooks lacks its mark."""
    asked = getattr(plugin, "REGCOMPARE_API", None)
    if asked is not None and (type(asked) is not int or not 1 <= asked <= API):
        said = f"It asks for API {asked!r}; this is API {API}."
        cure = f"REGCOMPARE_API = a number from 1 to {API}, or a newer regcompare."
        offer.refuse("RC409", said, cure)
        return False
    offer.api = asked
    for name in _KINDS:
        if callable(getattr(plugin, name, None)) and name not in _marked(plugin):
            offer.refuse("RC404", f"{name}() is not marked as a hook.", "@hookimpl above it.")
    return not offer.is_out


def _marked(plugin: object) -> list[str]:
    return [name for name in dir(plugin) if hasattr(getattr(plugin, name, None), f"{GROUP}_impl")]


def _call(name: str, function: Callable[[], Any], into: list[Any], offer: Offer) -> None:
    kind = _KINDS[name]
    expected = f"a list of {kind.__name__}."
    called: Attempt[list[Any] | str] = attempt(lambda: _returned(function()))
    if called.error:
        module = str(getattr(function, "__module__", ""))
        code, cure, said = _account(called.error, module, ("RC402", expected))
        offer.refuse(code, f"{name}() failed: {said}", cure)
    elif isinstance(called.made, str):
        offer.refuse("RC403", f"{name}() returned {called.made}.", expected)
    else:
        for item in called.made or ():
            _take(name, item, into, offer)


def _returned(given: object) -> list[Any] | str:
    """The items that a hook returned, or what it returned in place of them."""
    if inspect.iscoroutine(given):
        given.close()
    if not isinstance(given, Iterable) or isinstance(given, str | bytes | Mapping):
        return type(given).__name__
    items = list(itertools.islice(given, MOST_ITEMS + 1))
    return items if len(items) <= MOST_ITEMS else f"more than {MOST_ITEMS:,} items"


def _take(name: str, item: Any, into: list[Any], offer: Offer) -> None:
    """Takes what a hook may return.

    A ruleset that a stranger names by its place is built at once, to see whether it can be; one that
    cannot is left out alone, since the others of its plugin may be sound.
    """
    if type(item) is not RulesetAt or _KINDS[name] is not Ruleset:
        if unfit := _unfit(name, item):
            offer.refuse("RC403", *unfit)
        else:
            into.append(item)
        return
    building = attempt(lambda: item if offer.is_shipped else item.built())
    if building.error:
        plain = "RC402", "the place of a ruleset, such as my_plugin.act:MY_ACT."
        code, cure, said = _account(building.error, item.place.partition(":")[0], plain)
        offer.report(code, f"{name}() names {item.place}, which cannot be built: {said}", cure)
    else:
        into.append(building.made)


def _unfit(name: str, item: object) -> tuple[str, str] | None:
    """Why a hook may not return an item, and what is expected of it."""
    kind = _KINDS[name]
    # A class of the plugin's own, however derived, is no promise that it behaves like ours.
    if not (isinstance(item, Path) if kind is Path else type(item) is kind):
        said = f"{name}() returned {type(item).__name__} among its items."
        return said, f"a list of {kind.__name__} only."
    if isinstance(item, Path) and not attempt(item.exists).made:
        return f"{name}() names {item.name!r}, which does not exist.", "paths that exist."
    if isinstance(item, FactSections):
        try:
            list(map(section_name, item.sections))
        except DefinitionError as error:
            return str(error), "classes made with @section(...)."
    return None
