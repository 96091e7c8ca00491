"""A new plugin installs and passes its own tests at once; what cannot be a plugin is refused."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.offenders import of_each

from regcompare import UsageError
from regcompare.cli import main
from regcompare.scenario.files import read_text
from regcompare.scenario.provenance import DATE_MEANINGS, RECORD_KINDS, REPLY_PLACES
from regcompare_testing.commands import new_case, new_plugin

ROOT = Path(__file__).parents[2]
SKELETON = ROOT / "plugins/regcompare-testing/src/regcompare_testing/skeleton"
QUIET = ("-m", "pip", "--quiet", "--disable-pip-version-check")
WITHOUT_NETWORK = ("--no-index", "--no-deps", "--no-build-isolation")


def run(*command: str | Path, into: Path | None = None) -> str:
    """Runs a command that must succeed, without what the environment says to pip or to pytest."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PIP_", "PYTEST_", "PYTHONPATH", "REGCOMPARE_"))
    }
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False, cwd=into, env=kept
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the core, as an installer builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, *QUIET, "wheel", *WITHOUT_NETWORK, "--wheel-dir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """A fresh environment with the core from its wheel; other libraries are those of this one."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False)
    fresh = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    own = Path(run(fresh, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (own / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    run(fresh, *QUIET, "install", *WITHOUT_NETWORK, "--ignore-installed", wheel)
    return fresh


@pytest.mark.thorough
def test_the_wheel_holds_the_skeleton(wheel: Path) -> None:
    """Every file of the skeleton is in the wheel, where ``new`` looks for it."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    wanted = {
        f"regcompare_testing/skeleton/{file.relative_to(SKELETON).as_posix()}"
        for file in SKELETON.rglob("*.j2")
    }

    assert wanted <= names
    assert len(wanted) == 11


@pytest.mark.thorough
def test_a_new_plugin_installs_and_passes_its_own_tests(python: Path, tmp_path: Path) -> None:
    """From a wheel of the core alone, in a fresh environment: written, installed, tested, compared."""
    regcompare = (python, "-m", "regcompare")
    message = json.loads(run(*regcompare, "new", "narnia", "--into", tmp_path, "--format", "json"))
    folder = tmp_path / "regcompare-narnia"
    run(python, *QUIET, "install", *WITHOUT_NETWORK, folder)

    tested = run(python, "-m", "pytest", "-p", "no:cacheprovider", "-rs", folder, into=tmp_path)
    listed = json.loads(run(*regcompare, "plugins", "--strict", "--format", "json"))
    cases = folder / "src" / "regcompare_narnia" / "cases.yaml"
    checked = run(*regcompare, "check", cases)
    compared = json.loads(
        run(*regcompare, "compare", cases, "-r", "narnia", "-r", "eu-2021-821", "--format", "json")
    )

    assert Path(message["folder"]) == folder
    assert "failed" not in tested
    assert "SKIPPED" not in tested
    (entry,) = (entry for entry in listed if entry["name"] == "regcompare-narnia:narnia")
    assert entry["rulesets"] == ["narnia"]
    assert "4 met, 0 not" in checked
    assert {entry["ruleset"] for entry in compared["verdicts"]} == {"narnia", "eu-2021-821"}


def test_a_skeleton_has_names_and_title(tmp_path: Path) -> None:
    """What was asked for is in the files, and nothing of the skeleton's own language is left."""
    written = new_plugin("regcompare-new-narnia", tmp_path)
    texts = {file: Path(written["folder"], file).read_text("utf-8") for file in written["files"]}

    assert (written["ruleset"], written["section"]) == ("new-narnia", "new_narnia")
    assert '"New Narnia",' in texts["src/regcompare_new_narnia/__init__.py"]
    assert "NEW_NARNIA = Ruleset(" in texts["src/regcompare_new_narnia/__init__.py"]
    assert "like: listed-item" in texts["src/regcompare_new_narnia/cases.yaml"]
    assert not any(re.search(r"\{%|\{\{|\bnames\.", text) for text in texts.values())


@pytest.mark.parametrize(
    ("name", "ruleset", "title"),
    [
        ("germany-awv", "germany-awv", "Germany AWV"),
        ("türkiye", "turkiye", "Türkiye"),
        ("großbritannien", "grossbritannien", "Großbritannien"),
        ("act-on-umbrellas", "act-on-umbrellas", "Act on Umbrellas"),
        ("us-ear-2030", "us-ear-2030", "US EAR 2030"),
    ],
)
def test_a_title_is_written_as_people_write_it(
    tmp_path: Path, name: str, ruleset: str, title: str
) -> None:
    """Accents stay in it, and leave the id; abbreviations are in capitals."""
    written = new_plugin(name, tmp_path)
    init = Path(written["folder"], "src", written["module"], "__init__.py").read_text("utf-8")

    assert written["ruleset"] == ruleset
    assert f'    "{title}",' in init


def test_a_skeleton_claims_no_check(tmp_path: Path) -> None:
    """It is a reconstruction, and every mark in it is the weakest."""
    code = Path(new_plugin("narnia", tmp_path)["folder"], "src", "regcompare_narnia")
    init = (code / "__init__.py").read_text(encoding="utf-8")
    rows = (code / "listed_items.csv").read_text(encoding="utf-8").splitlines()[1:]

    assert "    checked=EvidenceLevel.UNREAD,\n    reconstructed=True,  # Unread rules decide." in init
    assert [line.split(",")[-2] for line in rows] == ["unread"]
    assert "EvidenceLevel.TEXT" not in "".join(
        file.read_text(encoding="utf-8") for file in code.glob("*.py")
    )


@of_each(
    ("name", "message"),
    [
        ("Neu Land", r"is not a valid name for a plugin.*Did you mean 'neu-land'"),
        ("1st-act", r"is not a valid name for a plugin.*Did you mean 'st-act'"),
        ("../up", r"is not a valid name for a plugin.*Did you mean 'up'"),
        ("", r"is not a valid name for a plugin"),
        ("東京", r"is not a valid name for a plugin"),
        ("page", r"is that of a module of regcompare"),
        ("class", r"or a word of Python"),
        ("views", r"such as views-rules"),
        ("a_b", r"Did you mean 'a-b'"),
        ("item", r"is taken"),
        ("end-use", r"is taken"),
        ("eu", r"is taken"),
        ("eu-2021-821", r"is taken"),
        ("expect", r"already has a meaning .* such as expect-rules"),
    ],
)
def test_a_name_that_is_not_valid_is_refused(tmp_path: Path, name: str, message: str) -> None:
    """The message says what is expected; nothing is written."""
    with pytest.raises(UsageError, match=message):
        new_plugin(name, tmp_path, ("eu", "eu-2021-821"))

    assert list(tmp_path.iterdir()) == []


def test_the_command_refuses_what_is_installed_and_what_exists(tmp_path: Path) -> None:
    """Taken names and existing folders end with status 2 and no traceback."""
    (tmp_path / "regcompare-narnia").mkdir()
    runner = CliRunner()

    taken = runner.invoke(main, ["new", "amnesty", "--into", str(tmp_path)])
    exists = runner.invoke(main, ["new", "narnia", "--into", str(tmp_path)])

    assert (taken.exit_code, exists.exit_code) == (2, 2)
    assert "is taken" in taken.stderr
    assert "regcompare-narnia already exists" in exists.stderr


def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    """A file where a folder should be is reported with its path, as a usage error."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(UsageError, match=r"cannot be written"):
        new_plugin("narnia", tmp_path / "file")


def test_the_command_says_what_to_type_next(tmp_path: Path) -> None:
    """The text names the folder, the files and the commands that follow."""
    done = CliRunner().invoke(main, ["new", "narnia", "--into", str(tmp_path)])

    assert done.exit_code == 0
    assert f"cd {tmp_path / 'regcompare-narnia'}" in done.stdout
    assert "src/regcompare_narnia/controls.py" in done.stdout
    assert "regcompare lint narnia" in done.stdout


def test_a_blank_case_asks_what_a_reader_will_ask(tmp_path: Path) -> None:
    """The file is accepted as it is; check says what it lacks, and every kind of record is offered."""
    runner = CliRunner()

    done = runner.invoke(main, ["new", "case", "a-firm-kenya-2019", "--into", str(tmp_path)])
    file = tmp_path / "a-firm-kenya-2019.yaml"
    checked = runner.invoke(main, ["check", str(file)])
    text = file.read_text(encoding="utf-8")

    assert (done.exit_code, checked.exit_code) == (0, 0)
    assert f"regcompare check {file}" in done.stdout
    assert "a-firm-kenya-2019 lacks, for a reader who wants to check it" in checked.stderr
    for words in (RECORD_KINDS, DATE_MEANINGS, REPLY_PLACES):
        assert all(f"#     {word}: {meaning}\n" in text for word, meaning in words.items())
    assert all(key in text for key in ("disputed:", "replies:", "owners:", "reports:", "`copy`"))


def test_every_question_of_a_blank_case_can_be_answered(tmp_path: Path) -> None:
    """Once its examples are taken in, with words for what they leave blank, the case still loads."""
    text = Path(new_case("a-case", tmp_path)).read_text(encoding="utf-8")
    blank = {
        "record_kind: …": "record_kind: contract",
        "date: …": "date: 2015",
        "date_means: …": "date_means: contract",
    }
    for before, after in blank.items():
        text = text.replace(f"# {before}\n", f"{after}\n")
    examples = re.sub(r"^# (?=\w+: |\w+:$|  \S)", "", text, flags=re.MULTILINE)
    examples = examples.replace("looked_for: …", "looked_for: 2026-12-01").replace("day: …", "day: 2016")
    examples = examples.replace("opened: …", "opened: 2026-12-01").replace("seen: …", "seen: whole")

    (case,) = read_text(examples)

    assert (case.record_kind, len(case.sources), len(case.replies), len(case.owners)) == (
        "contract",
        1,
        2,
        2,
    )


@pytest.mark.parametrize("name", ["A Firm", "../up", "", "a_b"])
def test_an_id_that_is_not_valid_is_refused(tmp_path: Path, name: str) -> None:
    """The message says what is expected; nothing is written."""
    with pytest.raises(UsageError, match=r"is not a valid id for a case"):
        new_case(name, tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_plugin_has_one_name_and_a_case_is_never_written_over(tmp_path: Path) -> None:
    """A second word, and a file that exists, end with status 2."""
    runner = CliRunner()
    new_case("a-case", tmp_path)

    two = runner.invoke(main, ["new", "narnia", "again", "--into", str(tmp_path)])
    exists = runner.invoke(main, ["new", "case", "a-case", "--into", str(tmp_path)])

    assert (two.exit_code, exists.exit_code) == (2, 2)
    assert "'again' was not expected" in two.stderr
    assert "already exists" in exists.stderr
