"""Loads what is not installed: a file, a folder of files, a package, or a project.

A module in it may implement hooks, as that of an installed plugin does; rulesets that it merely defines
are taken as well.  Of a folder, ``locale`` and ``scenarios`` within it are taken.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module, util
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import Any

from regcompare.errors import FileError, UsageError
from regcompare.ruleset.ruleset import Ruleset

from .faults import Fault
from .hooks import CATALOGUES, GROUP, RULESETS, SCENARIOS
from .plugin import Plugin
from .registration import try_out

CURE = "a Python file with MINE = Ruleset(...), or with hooks; or a folder of such files."


def loaded(path: Path) -> tuple[list[Plugin], list[Ruleset]]:
    """Returns plugins from a file or a folder, with what their hooks offer, and the other rulesets.

    What is faulty, or a folder with nothing in it, is a ``FileError``; a wrong path a ``UsageError``.
    """
    if not path.exists():
        raise UsageError(f"{path}: there is no such file or folder.")
    plugins, rulesets = [], []
    for origin, name, run in _modules(path):
        plugin = Plugin(str(origin), entry=EntryPoint(name, name, GROUP), limit=0, run=run)
        plugin.load()
        plugins.append(plugin)
        if plugin.problems:
            continue
        with plugin.guard("It", "RC416", CURE):
            offered = plugin.items[RULESETS]
            found = [x for x in vars(plugin.module).values() if type(x) is Ruleset and x not in offered]
            for ruleset in found:
                try_out(ruleset)
            rulesets += found
    if path.is_dir() and plugins:
        for hook, name in ((CATALOGUES, "locale"), (SCENARIOS, "scenarios")):
            there = {item.resolve() for plugin in plugins for item in plugin.items[hook]}
            if (folder := path / name).is_dir() and folder.resolve() not in there:
                plugins[0].items[hook].append(folder)
        plugins[0].texts = tuple(plugins[0].items[CATALOGUES])
    if problems := [item for plugin in plugins for item in plugin.problems]:
        raise FileError(problems)
    if not (rulesets or any(item for plugin in plugins for item in plugin.items.values())):
        whole = Plugin(str(path))
        whole.report("RC416", "It defines no ruleset, and implements no hook.", CURE)
        raise FileError(whole.problems)
    return plugins, list({item.id: item for item in rulesets}.values())


def entry_points(folder: Path) -> dict[str, str]:
    """Returns the modules of the entry points that the project in a folder declares, by their names."""
    file = folder / "pyproject.toml"
    if not file.is_file():
        return {}
    import tomllib

    try:
        project = tomllib.loads(file.read_text(encoding="utf-8")).get("project", {})
        points: dict[str, str] = dict(project.get("entry-points", {}).get(GROUP, {}))
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise UsageError(f"{file}: cannot be read: {error}.") from None
    return {f"{project.get('name', folder.name)}:{name}": module for name, module in points.items()}


def _modules(path: Path) -> Iterator[tuple[Path | str, str, Callable[[], Any]]]:
    """Yields each module: where it is, or what it is called, its name, and what runs it."""
    if path.is_file():
        name = f"regcompare_loaded_{path.stem}"
        sys.modules.pop(name, None)
        yield path, name, partial(_run, name, path)
    elif points := entry_points(path):
        _found_in(next(item for item in (path / "src", path) if item.is_dir()))
        for point, module in points.items():
            yield point, module, EntryPoint(point, module, GROUP).load
    elif (path / "__init__.py").is_file():
        _found_in(path.resolve().parent, path.resolve().name)
        yield path, path.resolve().name, partial(import_module, path.resolve().name)
    else:
        files = sorted(path.glob("[!_]*.py"))
        _found_in(path, *(file.stem for file in files))
        for file in files:
            yield file, file.stem, partial(import_module, file.stem)


def _run(name: str, path: Path) -> ModuleType:
    spec = util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise Fault("RC401", f"{path} is no Python file.", CURE)
    module = sys.modules[name] = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _found_in(folder: Path, *names: str) -> None:
    """Lets modules in a folder be imported, as they are now."""
    root = str(folder.resolve())
    own = [name for name in sys.modules if not names or name.partition(".")[0] in names]
    for name in own:
        file = getattr(sys.modules[name], "__file__", None)
        if file and Path(file).is_relative_to(root):
            del sys.modules[name]
    if root not in sys.path:
        sys.path.append(root)
    for name in names:
        spec = util.find_spec(name)
        if spec is None or not str(spec.origin).startswith(root):
            raise UsageError(
                f"{folder}: a module called {name!r} is installed already. Expected another name."
            )
