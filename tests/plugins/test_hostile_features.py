"""Hostile features: what a command, form, display, picture or function of a plugin does is charged to it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.support.strangers import install

from regcompare import UsageError
from regcompare.cli import main
from regcompare.plugins import guard as guarding
from regcompare.plugins.catalogue import LIMIT, Catalogue
from regcompare.plugins.features import Feature

CASE = "morpho-shanghai-2015"
NAME = "regcompare-stranger"

COMMANDS = {
    "fails": "1 / 0",
    "raises-the-base": "raise BaseException('no')",
    "presses-ctrl-c": "raise KeyboardInterrupt",
    "closes-a-generator": "raise GeneratorExit",
    "cannot-say-its-error": "raise Mute",
    "says-it-without-end": "raise ValueError('x' * 5_000_000)",
    "says-ours-without-end": "raise UsageError('x' * 5_000_000)",
    "skips": "import pytest; pytest.skip('no')",
    "exits-oddly": "raise StopIteration",
}
FORMS = {
    "form-fails": "1 / 0",
    "form-raises-the-base": "raise BaseException('no')",
    "form-returns-a-number": "return 1",
    "form-returns-nothing": "pass",
    "form-returns-letters-of-its-own": "return Letters('x')",
    "form-leaves": "raise SystemExit(0)",
    "form-prints": "print('{'); return 'printed'",
}
DISPLAYS = {
    "display-fails": "1 / 0",
    "display-leaves": "raise SystemExit",
    "display-returns-a-number": "return 1",
    "display-returns-its-own": "return Display(Letters('x'), {})",
    "display-has-odd-data": "return Display(Section('x', []), Letters('x'))",
}


def source() -> str:
    """The source of the module with all of them."""
    lines = [
        "import click",
        "from regcompare import UsageError",
        "from regcompare.authoring import Feature, hookimpl",
        "from regcompare.views.document import Display, Section",
        "class Mute(Exception):\n    def __str__(self): raise SystemExit",
        "class Letters(str):\n    def __str__(self): raise SystemExit\n    __format__ = __str__",
        "def refuse(*given): 1 / 0",
        "@click.command()\n@click.option('--x', callback=refuse)\ndef in_an_option(x): pass",
        "@click.command()\ndef leaves(): raise SystemExit(3)",
        "@click.command()\ndef prints(): click.echo('a result')",
        "no_command = 1",
    ]
    for name, body in COMMANDS.items():
        lines.append(f"@click.command()\ndef {_own(name)}(): {body}")
    for name, body in {**FORMS, **DISPLAYS}.items():
        lines.append(f"def {_own(name)}(given): {body}")
    commands = [*COMMANDS, "in-an-option", "leaves", "prints", "no-command", "absent"]
    for hook, names, of in (
        ("commands", commands, ""), ("forms", FORMS, ""), ("displays", DISPLAYS, "open_readings")
    ):  # fmt: skip
        given = [f"Feature({x!r}, '{NAME.replace('-', '_')}:{_own(x)}', of={of!r})" for x in names]
        lines.append(f"@hookimpl\ndef regcompare_{hook}(): return [{', '.join(given)}]")
    return "\n".join(lines) + "\n"


def _own(name: str) -> str:
    return name.replace("-", "_")


@pytest.fixture(scope="module")
def _stranger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Installs the plugin, and gathers what is installed once for all commands."""
    folder = tmp_path_factory.mktemp("features")
    install(folder, NAME, source())
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        patch.setenv(LIMIT, f"regcompare,{NAME}")
        catalogue = Catalogue.installed()
        assert catalogue.problems == ()
        patch.setattr(Catalogue, "installed", lambda: catalogue)
        yield
    sys.modules.pop(NAME.replace("-", "_"), None)


def run(*words: str) -> Result:
    """Runs a command, which ends without a traceback."""
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.usefixtures("_stranger")
def test_a_command_that_fails_is_charged_to_its_plugin() -> None:
    """With status 2, a code and a message that is not long, whatever it raises."""
    odd = {}
    for name in (*COMMANDS, "in-an-option", "no-command", "absent"):
        result = run(name)
        is_told = f"{NAME}:rules: " in result.stderr and len(result.stderr) < 5000
        if (result.exit_code, result.stdout, is_told) != (2, "", True):
            odd[name] = result

    assert odd == {}
    assert (run("leaves").exit_code, run("prints").stdout) == (3, "a result\n")
    assert run("show").exit_code == 0


@pytest.mark.usefixtures("_stranger")
def test_a_form_that_fails_is_charged_to_its_plugin() -> None:
    """What it prints is no result."""
    odd = {}
    for name in FORMS:
        result = run("compare", CASE, "-r", "un-2019", "--format", name)
        expected = (0, "printed\n") if name == "form-prints" else (2, "")
        if (result.exit_code, result.stdout) != expected or (expected[0] and NAME not in result.stderr):
            odd[name] = result.stderr

    assert odd == {}


@pytest.mark.usefixtures("_stranger")
def test_a_display_that_fails_is_left_out() -> None:
    """Each is named, and the verdict is printed as JSON."""
    result = run("explain", CASE, "-r", "eu-2021-821", "--readings", "open", "--format", "json")

    assert result.exit_code == 0
    assert not set(DISPLAYS) & set(json.loads(result.stdout)[0])
    assert [name for name in DISPLAYS if f"{name}: not shown. {NAME}" not in result.stderr] == []


class _Drawn:
    def svg(self) -> Any:
        """Returns no text."""
        return 1

    def png(self) -> Any:
        """Never returns bytes."""
        raise SystemExit


def test_a_picture_and_a_function_are_charged_to_their_plugin(monkeypatch: pytest.MonkeyPatch) -> None:
    """What draws it, and each form of it."""
    place = f"{__name__}:_Drawn"
    picture = Feature("bars", place, of="comparison", owner=NAME)
    function = Feature("timeline", f"{__name__}:fails", owner=NAME)
    catalogue = Catalogue(
        {},
        features={
            "regcompare_pictures": {picture.title: picture},
            "regcompare_functions": {"timeline": function},
        },
    )

    drawn = catalogue.draw("comparison")

    with pytest.raises(UsageError, match=rf"{NAME}: RC421 .*returned int; expected str"):
        drawn.svg()
    with pytest.raises(UsageError, match=f"{NAME}: RC421 .*SystemExit"):
        drawn.png()
    with pytest.raises(UsageError, match=f"{NAME}: RC421 .*ZeroDivisionError"):
        catalogue.function("timeline", NAME)()


def fails() -> None:
    """Fails."""
    raise ZeroDivisionError


# Ctrl-C --------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="this system has no such signal")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_says_whose_code_was_running(tmp_path: Path, number: int) -> None:
    """Also where the code catches everything."""
    waits = "import pathlib, time\npathlib.Path(__file__).with_name('runs').touch()\n"
    install(tmp_path, NAME, f"{waits}try: time.sleep(60)\nexcept BaseException: pass\n")
    code = (  # Where tests run in the background, the signal is ignored.
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.argv = ['regcompare', 'plugins']; from regcompare.__main__ import program; program()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(tmp_path), LIMIT: NAME},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    for _ in range(600):
        if (tmp_path / "runs").exists():
            break
        time.sleep(0.1)

    process.send_signal(number)
    output, errors = process.communicate(timeout=60)

    assert (process.returncode, output) == (130, "")
    assert errors.strip() == f"Stopped. The code of {NAME}:rules was running."


def test_code_that_does_not_return_is_stopped_in_a_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever signals are told; the handlers are as before."""
    told: list[BaseException] = []
    before = signal.getsignal(signal.SIGALRM)

    with guarding.guard("a plugin", told.append, seconds=0.1):
        time.sleep(30)

    assert [type(error) for error in told] == [guarding.Overdue]
    assert signal.getsignal(signal.SIGALRM) is before
