"""The command ``clinic``: one page on a plugin, for its author to read before others install it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import click

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.plugins.catalogue import LIMIT, Catalogue, Plugin
from regcompare.plugins.features import is_shipped
from regcompare.plugins.offers import SLOW, PluginEntry, find_plugin_entries

from .group import installed
from .streams import echo


@click.command("clinic")
@click.argument("name", metavar="NAME")
def clinic_command(name: str) -> None:
    """Examine a plugin: its faults, and what it changes for others.

    NAME is an installed plugin, or the folder of a distribution, which is installed into a scratch
    folder without a network. The page lists faults while loading, the import time and, for each ruleset,
    the conformance suite, the documented cases under every other regime with and without the plugin,
    and lint; then whether brief, page and site are written with it, or only without it. The status is 1
    if anything is found.
    """
    folder = Path(name)
    if (folder / "pyproject.toml").is_file():
        raise SystemExit(_examine_folder(folder))
    catalogue = installed()
    plugin, point = _plugin_named(name, catalogue)
    parts = [_loading(plugin), _import_time(point)]
    parts += [part for ruleset in plugin.rulesets for part in _ruleset(ruleset, catalogue)]
    if not is_shipped(plugin.name):
        others = [item.name for item in catalogue.plugins if item is not plugin]
        parts += [_showing(command, file, others) for command, file in _SHOWING.items()]
    findings = sum(count for _, count in parts)
    echo(f"{plugin.name} {plugin.version}".rstrip())
    echo("\n".join(line for lines, _ in parts for line in lines))
    echo(f"{findings or 'Nothing'} found.")
    if findings:
        raise SystemExit(1)


Part = tuple[list[str], int]
"""A part of the page: its lines, and the number of findings."""


def _plugin_named(name: str, catalogue: Catalogue) -> tuple[Plugin, PluginEntry]:
    """The plugin of this name: its distribution, its entry point, or both joined by a colon."""
    plugins = {plugin.name: plugin for plugin in catalogue.plugins}
    points = [point for point in find_plugin_entries() if point.name in plugins]
    matches = [point for point in points if name in (point.name, *point.place)]
    if len(matches) != 1:
        installed = ", ".join(point.name for point in points) or "none"
        problem = "names several plugins" if matches else "is not a plugin"
        hint = "" if matches else did_you_mean(nearest(name, plugins))
        raise UsageError(
            f"{name!r} {problem}. Expected one of those installed ({installed}), or a folder with a "
            f"pyproject.toml.{hint}"
        )
    return plugins[matches[0].name], matches[0]


def _loading(plugin: Plugin) -> Part:
    problems = [f"  {problem}" for problem in (*plugin.problems, *plugin.notes)]
    head = "loads: " + (f"{len(problems)} found." if problems else "without a fault.")
    return [head, *problems], len(problems)


def _import_time(point: PluginEntry) -> Part:
    """The time of the import in a fresh process that has loaded what an author imports."""
    module = point.entry.module if point.entry else ""
    script = (
        "import time; import regcompare.authoring; start = time.perf_counter(); "
        f"import {module}; print(time.perf_counter() - start)"
    )
    process = _run("-W", "always::DeprecationWarning", "-c", script)
    if process.returncode:
        return ["import: not measured, since it fails."], 0
    seconds = float(process.stdout.split()[-1])
    slow = f" Expected at most {SLOW:.0f}: every command waits." if seconds > SLOW else ""
    older = sorted(set(re.findall(r"DeprecationWarning: (.*)", process.stderr)))
    return [f"import: {seconds:.2f} seconds.{slow}", *(f"  {text}" for text in older)], int(bool(slow))


_SHOWING = {"brief": "brief.md", "page": "page.html", "site": "site"}
"""The commands that show everything, each with a file or folder to write."""


def _showing(command: str, file: str, others: Collection[str]) -> Part:
    """Whether a command succeeds with the plugin or, if not, with the other plugins alone."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = ("-m", "regcompare", command, "-o", str(Path(folder, file)))
        process = _run(*arguments)
        if not process.returncode:
            return [f"{command}: written."], 0
        without = _run(*arguments, env={**os.environ, LIMIT: ",".join(others)})
    reason = (process.stderr.strip().splitlines() or ["no reason given"])[-1]
    blame = "fails, without the plugin as well" if without.returncode else "fails, and not without it"
    return [f"{command}: {blame}: {reason}"], int(not without.returncode)


def _ruleset(name: str, catalogue: Catalogue) -> Iterator[Part]:
    """What the conformance suite and lint find in a ruleset."""
    from regcompare.testing import check_ruleset  # Needs an extra, and takes long to import.

    ruleset = catalogue.ruleset(name)
    report = check_ruleset(ruleset)
    others = report.results["neighbours"]
    lines = [report.sentence]
    for result in report.results.values():
        if result.told:
            lines += [f"  {result.name}: {result.word}."]
            lines += [f"    {line}" for line in result.told.splitlines()]
    yield [*lines, f"  others: {others.word}. {others.states}"], len(report.failures)
    lint = catalogue.function("lint", "regcompare-prove")
    findings = [item for item in lint(ruleset) if not item.accepted]
    lines = [f"    {item.kind}: {item.sentence}" for item in findings]
    yield [f"  lint: {len(findings) or 'nothing'} found.", *lines], len(findings)


def _run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # noqa: S603


# a distribution that is not installed ----------------------------------------------------------------


def _examine_folder(folder: Path) -> int:
    """Installs a distribution into a scratch folder, examines it there, and returns the status."""
    with tempfile.TemporaryDirectory() as scratch:
        _install(folder, scratch)
        inherited = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
        path = os.pathsep.join([scratch, *map(os.path.abspath, inherited)])
        environment = {**os.environ, "PYTHONPATH": path}
        # Run in the scratch folder, where no folder is named like the distribution.
        process = _run("-m", "regcompare", "clinic", _distribution(folder), cwd=scratch, env=environment)
    echo("Installed into a scratch folder, without a network.")
    echo(process.stdout.rstrip("\n"))
    if process.stderr:
        echo(process.stderr.rstrip("\n"), err=True)
    return process.returncode


def _install(folder: Path, scratch: str) -> None:
    offline = (
        "--quiet",
        "--disable-pip-version-check",
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    target = ("--target", scratch, str(folder.resolve()))
    process = _run("-m", "pip", "install", *offline, *target, env=environment)
    if process.returncode:
        *_, reason = process.stderr.strip().splitlines() or ["no reason given"]
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
