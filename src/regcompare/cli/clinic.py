"""The command ``clinic``: one page on a plugin, for its author to read before others install it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.plugins.catalogue import Catalogue, Plugin
from regcompare.plugins.offers import SLOW, PluginEntry, find_plugin_entries
from regcompare.proofs.lint import lint

from ._shared import main
from ._streams import echo


@main.command("clinic")
@click.argument("name", metavar="NAME")
def clinic_command(name: str) -> None:
    """Examine a plugin: what fails, and what it changes for others.

    NAME is a plugin that is installed, or the folder of a distribution, which is installed into a
    scratch folder without a network. The page has the faults found while loading, the time of the
    import, and for each ruleset the conformance suite, the documented cases under every other regime
    with and without the plugin, and lint. It ends with status 1 if anything is found.
    """
    folder = Path(name)
    if (folder / "pyproject.toml").is_file():
        raise SystemExit(_from_scratch(folder))
    catalogue = Catalogue.installed()
    plugin, point = _called(name, catalogue)
    parts = [_loading(plugin), _importing(point)]
    parts += [part for ruleset in plugin.rulesets for part in _ruleset(ruleset, catalogue)]
    findings = sum(number for _, number in parts)
    echo(f"{plugin.name} {plugin.version}".rstrip())
    echo("\n".join(line for lines, _ in parts for line in lines))
    echo(f"{findings or 'Nothing'} found.")
    if findings:
        raise SystemExit(1)


Part = tuple[list[str], int]
"""A part of the page: its lines, and how much was found."""


def _called(name: str, catalogue: Catalogue) -> tuple[Plugin, PluginEntry]:
    """The plugin of this name: its distribution, its entry point, or both joined with a colon."""
    plugins = {plugin.name: plugin for plugin in catalogue.plugins}
    points = [point for point in find_plugin_entries() if point.name in plugins]
    found = [point for point in points if name in (point.name, *point.place)]
    if len(found) != 1:
        known = ", ".join(point.name for point in points) or "none"
        said = "is not a plugin" if not found else "names several plugins"
        hint = did_you_mean(nearest(name, plugins)) if not found else ""
        raise UsageError(
            f"{name!r} {said}. Expected one of those installed ({known}), or a folder with a "
            f"pyproject.toml.{hint}"
        )
    return plugins[found[0].name], found[0]


def _loading(plugin: Plugin) -> Part:
    told = [f"  {problem}" for problem in plugin.problems]
    head = "loads: " + (f"{len(told)} faults." if told else "without a fault.")
    return [head, *told], len(told)


def _importing(point: PluginEntry) -> Part:
    """How long the import takes in a fresh process in which what it imports from here is loaded."""
    module = point.entry.module if point.entry else ""
    timed = (
        "import time; import regcompare.authoring; start = time.perf_counter(); "
        f"import {module}; print(time.perf_counter() - start)"
    )
    done = _run("-c", timed)
    if done.returncode:
        return ["import: not measured, since it fails."], 0
    seconds = float(done.stdout.split()[-1])
    slow = f" Expected at most {SLOW:.0f}: every command waits." if seconds > SLOW else ""
    return [f"import: {seconds:.2f} seconds.{slow}"], int(bool(slow))


def _ruleset(name: str, catalogue: Catalogue) -> Iterator[Part]:
    """What the suite and lint find in a ruleset."""
    from regcompare.testing import check_ruleset  # Needs an extra, and takes long to import.

    ruleset = catalogue.ruleset(name)
    report = check_ruleset(ruleset)
    others = report.results["neighbours"]
    told = [report.sentence]
    for result in (result for result in report.results.values() if result.told):
        told += [f"  {result.name}: {result.word}."]
        told += [f"    {line}" for line in result.told.splitlines()]
    yield [*told, f"  others: {others.word}. {others.states}"], len(report.failures)
    left = [item for item in lint(ruleset) if not item.accepted]
    lines = [f"    {item.kind}: {item.sentence}" for item in left]
    yield [f"  lint: {len(left) or 'nothing'} found.", *lines], len(left)


def _run(*arguments: str, **how: Any) -> subprocess.CompletedProcess[str]:
    """Runs this Python anew."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **how)  # noqa: S603


# a distribution that is not installed ----------------------------------------------------------------


def _from_scratch(folder: Path) -> int:
    """Installs a distribution into a scratch folder, examines it there, and returns the status."""
    with tempfile.TemporaryDirectory() as scratch:
        _install(folder, scratch)
        before = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
        path = os.pathsep.join([scratch, *map(os.path.abspath, before)])
        environment = {**os.environ, "PYTHONPATH": path}
        # From where no folder has the name of the distribution.
        done = _run("-m", "regcompare", "clinic", _distribution(folder), cwd=scratch, env=environment)
    echo("Installed into a scratch folder, without a network.")
    echo(done.stdout.rstrip("\n"))
    if done.stderr:
        echo(done.stderr.rstrip("\n"), err=True)
    return done.returncode


def _install(folder: Path, scratch: str) -> None:
    quiet = ("--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--no-build-isolation")
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    place = ("--target", scratch, str(folder.resolve()))
    done = _run("-m", "pip", "install", *quiet, *place, env=plain)
    if done.returncode:
        *_, reason = done.stderr.strip().splitlines() or ["no reason given"]
        raise UsageError(
            f"{folder} cannot be installed: {reason.strip()}. Expected a distribution whose build "
            "backend is installed here; install what its [build-system] requires, such as hatchling."
        )


def _distribution(folder: Path) -> str:
    text = (folder / "pyproject.toml").read_text(encoding="utf-8")
    try:
        return str(tomllib.loads(text)["project"]["name"])
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise UsageError(f"{folder}/pyproject.toml names no project: {error}.") from None
