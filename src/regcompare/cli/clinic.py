"""The command ``clinic``: one page on a plugin, for its author to read before others install it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.plugins.catalogue import Catalogue, Plugin
from regcompare.plugins.offers import SLOW, Point, points_found
from regcompare.proofs.lint import lint

from ._shared import main
from ._streams import echo

if TYPE_CHECKING:
    from regcompare.testing import Result


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
    findings = sum(part.findings for part in parts)
    echo(f"{plugin.name} {plugin.version}".rstrip())
    echo("\n".join(line for part in parts for line in part.lines))
    echo(f"{findings or 'Nothing'} found.")
    if findings:
        raise SystemExit(1)


@attrs.frozen
class _Part:
    """A part of the page: its lines, and how much was found."""

    lines: tuple[str, ...]
    findings: int = 0


def _called(name: str, catalogue: Catalogue) -> tuple[Plugin, Point]:
    """The plugin of this name: its distribution, its entry point, or both joined with a colon."""
    plugins = {plugin.name: plugin for plugin in catalogue.plugins}
    points = [point for point in points_found() if point.name in plugins]
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


def _loading(plugin: Plugin) -> _Part:
    told = [f"  {problem}" for problem in plugin.problems]
    head = "loads: " + (f"{len(told)} faults." if told else "without a fault.")
    return _Part((head, *told), len(told))


def _importing(point: Point) -> _Part:
    """How long the import takes in a fresh process in which what it imports from here is loaded."""
    module = point.entry.module if point.entry else ""
    timed = (
        "import time; import regcompare.authoring; start = time.perf_counter(); "
        f"import {module}; print(time.perf_counter() - start)"
    )
    done = subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        return _Part(("import: not measured, since it fails.",))
    seconds = float(done.stdout.split()[-1])
    slow = f" Expected at most {SLOW:.0f}: every command waits." if seconds > SLOW else ""
    return _Part((f"import: {seconds:.2f} seconds.{slow}",), int(bool(slow)))


def _ruleset(name: str, catalogue: Catalogue) -> Iterator[_Part]:
    """What the suite and lint find in a ruleset."""
    from regcompare.testing import check_ruleset  # Needs an extra, and takes long to import.

    ruleset = catalogue.ruleset(name)
    report = check_ruleset(ruleset)
    others = report.results["neighbours"]
    told = [line for result in report.results.values() if result.told for line in _result(result)]
    yield _Part(
        (report.sentence, *told, f"  others: {others.word}. {others.states}"), len(report.failures)
    )
    left = [item for item in lint(ruleset) if not item.accepted]
    lines = [f"    {item.kind}: {item.sentence}" for item in left]
    yield _Part((f"  lint: {len(left) or 'nothing'} found.", *lines), len(left))


def _result(result: Result) -> Iterator[str]:
    yield f"  {result.name}: {result.word}."
    yield from (f"    {line}" for line in result.told.splitlines())


# a distribution that is not installed ----------------------------------------------------------------


def _from_scratch(folder: Path) -> int:
    """Installs a distribution into a scratch folder, examines it there, and returns the status."""
    with tempfile.TemporaryDirectory() as scratch:
        _install(folder, scratch)
        before = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
        path = os.pathsep.join([scratch, *map(os.path.abspath, before)])
        command = [sys.executable, "-m", "regcompare", "clinic", _distribution(folder)]
        environment = {**os.environ, "PYTHONPATH": path}
        done = subprocess.run(  # noqa: S603
            command,
            cwd=scratch,  # Where no folder has the name of the distribution.
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    echo("Installed into a scratch folder, without a network.")
    echo(done.stdout.rstrip("\n"))
    if done.stderr:
        echo(done.stderr.rstrip("\n"), err=True)
    return done.returncode


def _install(folder: Path, scratch: str) -> None:
    quiet = ("--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--no-build-isolation")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        *quiet,
        "--target",
        scratch,
        str(folder.resolve()),
    ]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    done = subprocess.run(command, env=plain, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = " ".join(done.stderr.split())[-300:]
        raise UsageError(
            f"{folder} cannot be installed: {said} Expected a distribution whose build backend is "
            "installed here."
        )


def _distribution(folder: Path) -> str:
    text = (folder / "pyproject.toml").read_text(encoding="utf-8")
    try:
        return str(tomllib.loads(text)["project"]["name"])
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise UsageError(f"{folder}/pyproject.toml names no project: {error}.") from None
