"""What is cut short by the system or the user ends in a sentence and a status, never in a traceback."""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from regcompare.cli import main
from regcompare.cli.streams import orderly

CASE = "id: a-case\ntitle: “Überwachung” – für 監視 😀\nitem: {annex_i_entry: none}\n"


@pytest.fixture
def case(tmp_path: Path) -> str:
    """The file of a case with a title that few code pages can show."""
    file = tmp_path / "a.yaml"
    file.write_text(CASE, "utf-8")
    return str(file)


def status_of(*words: str) -> int:
    """Runs a command with the standard streams as they are, and returns its status."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    return int(str(ended.value.code or 0))


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_title_is_shown_in_any_code_page(
    encoding: str, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A letter that the code page lacks is shown by its number; plain ASCII is taken for UTF-8."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))

    status = status_of("explain", case, "-r", "un-2019")

    printed = raw.getvalue().decode("cp1252" if encoding == "cp1252" else "utf-8")
    assert status == 0
    assert "“Überwachung” – für" in printed
    assert ("\\u76e3\\u8996 \\ud83d\\ude00" in printed) is (encoding == "cp1252")


def test_json_stays_json_in_any_code_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers of letters are written as JSON writes them, outside the basic bitset as well."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252"))

    with orderly():
        click.echo(json.dumps(["監視 😀 é"], ensure_ascii=False))

    assert json.loads(raw.getvalue().decode("cp1252")) == ["監視 😀 é"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", [["--version"], ["--help"], ["show", "--help"], ["show"]])
def test_full_standard_output_is_reported(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be written is said on standard error, with status 2."""
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123
        monkeypatch.setattr(sys, "stdout", full)
        status = status_of(*words)

    assert status == 2
    assert capsys.readouterr().err == (
        "Standard output: cannot be read or written (No space left on device).\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="this system has no such shell")
@pytest.mark.parametrize(("closed", "status"), [(">&-", 2), (">&- 2>&-", 2), ("<&- 2>&- >/dev/null", 0)])
def test_a_closed_stream_is_reported(closed: str, status: int, case: str) -> None:
    """Closed standard output is an error, as a full one is; the other streams are not needed."""
    command = f"{shlex.quote(sys.executable)} -m regcompare compare {shlex.quote(case)} -r un-2019"

    done = subprocess.run(f"{command} {closed}", shell=True, capture_output=True, text=True, check=False)

    error = "Standard output: cannot be read or written (Bad file descriptor).\n"
    assert (done.returncode, done.stderr) == (status, error if closed == ">&-" else "")


@pytest.mark.parametrize("words", [["show", "--help"], ["show"]])
def test_a_closed_pipe_ends_in_silence(words: list[str]) -> None:
    """Where nobody reads any more the command stops."""
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "regcompare", *words]

    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)

    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("error", [KeyboardInterrupt, click.Abort])
def test_ctrl_c_ends_with_its_status(error: type[BaseException]) -> None:
    """Whether Python raises it or click."""
    with pytest.raises(SystemExit, match="130"), orderly():
        raise error


def test_an_error_of_ours_is_not_hidden() -> None:
    """Only what comes from outside is told in a sentence."""
    with pytest.raises(ZeroDivisionError), orderly():
        raise ZeroDivisionError


def test_a_command_of_another_program_keeps_its_own_ways() -> None:
    """Called as a part of another program, the group returns and atoms its signals alone."""
    assert main(["--version"], standalone_mode=False) == 0
    assert CliRunner().invoke(main, ["nothing"]).exit_code == 2


def test_a_bare_environment(case: str) -> None:
    """No home, the plainest locale, no assertions: a comparison is printed as elsewhere."""
    kept = {name: value for name, value in os.environ.items() if name != "HOME"}
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}

    done = subprocess.run(
        [sys.executable, "-O", "-m", "regcompare", "compare", case, "-r", "un-2019", "--format", "markdown"],
        env=kept | plain, capture_output=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"| UN Special Rapporteur 2019" in done.stdout


STOPPED_EARLY = """
import sys

class Stop:
    def find_spec(self, name, *_):
        if name == "regcompare.cli":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Stop())
from regcompare.__main__ import program
program()
"""


def test_an_interruption_as_the_program_starts_is_told_in_a_word() -> None:
    """Ctrl-C during the first tenths of a second prints no traceback either."""
    done = subprocess.run(
        [sys.executable, "-c", STOPPED_EARLY], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Stopped.\n")
