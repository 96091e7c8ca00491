"""The files that ship are read by any YAML loader; one that cannot be read stops every command."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from tests.support.offenders import of_each
from tests.support.strangers import install, ruleset

import regcompare_cases
from regcompare.cli import main
from regcompare.errors import FileError
from regcompare.inputs import Library
from regcompare.plugins.catalogue import LIMIT, Catalogue
from regcompare.plugins.features import SHIPPED

ROOT = Path(__file__).parents[2]
FILES = sorted(
    file
    for folder in ("scenarios", "plugins", "tools", ".github")
    for file in (ROOT / folder).rglob("*.y*ml")
)


def parts_of(text: str, loader: Any) -> list[tuple[object, ...]]:
    """What a parser finds in a text: events, each with its value, and whether it was in quotes."""
    names = ("value", "implicit", "tag", "anchor")
    return [
        (type(event), *(getattr(event, name, None) for name in names))
        for event in yaml.parse(text, loader)
    ]


@pytest.mark.thorough
@of_each("file", FILES)
def test_each_yaml_file_is_the_same_to_every_loader(file: Path) -> None:
    """The parsers written in Python and in C read it, and read the same; all loaders build on one of them."""
    text = file.read_text(encoding="utf-8")

    parsed = parts_of(text, yaml.SafeLoader)

    assert len(parsed) > 4
    if yaml.__with_libyaml__:
        assert parts_of(text, yaml.CSafeLoader) == parsed


@pytest.mark.thorough
def test_the_documented_cases_do_not_depend_on_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the C library the same cases are read, with the same places."""
    before = Catalogue.installed().scenarios()
    monkeypatch.setattr("regcompare.scenario.files._tree._LOADER", yaml.SafeLoader)
    monkeypatch.setattr("regcompare.plugins.catalogue._READ", {})  # Else they are not read again.

    after = Catalogue.installed().scenarios()

    assert after is not before
    assert after == before
    assert [case.places for case in after] == [case.places for case in before]


# a file that cannot be read ------------------------------------------------------------------------

BROKEN = "id: a-sale\ntitle: 'never closed\n"
PLUGIN = f"""{ruleset("stranger")}
from pathlib import Path
from typing import Any
FILE = Path(__file__).with_name("stranger.yaml")
FILE.write_text("id: stranger-case\\n")

@hookimpl
def regcompare_scenarios():
    return [FILE]
"""


@pytest.fixture(params=["alone", "with a plugin that has cases"])
def broken(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case among those that ship that cannot be read."""
    folder = tmp_path / "scenarios"
    shutil.copytree(regcompare_cases.folder(), folder)
    file = folder / "unreadable.yaml"
    file.write_text(BROKEN)
    monkeypatch.setattr(regcompare_cases, "folder", lambda: folder)
    monkeypatch.setenv(LIMIT, SHIPPED)
    if request.param != "alone":
        install(tmp_path, "regcompare-stranger", PLUGIN)
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.setenv(LIMIT, f"{SHIPPED},regcompare-stranger")
    return file


@pytest.mark.parametrize(
    "words",
    [
        "compare",
        *(
            pytest.param(words, marks=pytest.mark.thorough)
            for words in ("", "mirror", "owed", "page -o page.html", "brief -o brief.md", "check")
        ),
    ],
)
def test_a_shipped_file_that_cannot_be_read_stops_the_command(
    broken: Path, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else is installed, nothing is counted without it, and the message says where it is."""
    monkeypatch.chdir(broken.parent)

    done = CliRunner().invoke(main, words.split())

    assert done.exit_code == 2
    assert done.stdout == "" or words == "check"
    assert f"{broken}:2:8: RC104" in done.stderr


def test_a_shipped_file_that_cannot_be_read_stops_python(broken: Path) -> None:
    """The same in a notebook, at the first use."""
    with pytest.raises(FileError, match=r"unreadable\.yaml:2:8: RC104"):
        Library().cases(None)


def test_python_says_which_plugin_is_faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a notebook too, what is left out of a plugin of others is reported."""
    install(tmp_path, "regcompare-stranger", "import absent_module\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv(LIMIT, f"{SHIPPED},regcompare-stranger")

    with pytest.warns(UserWarning, match="regcompare-stranger:rules 1.2: RC401"):
        assert Library().catalogue.rulesets


def test_the_bare_program_says_which_plugin_is_faulty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As every command does, so does the one without a name."""
    install(tmp_path, "regcompare-stranger", "import absent_module\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv(LIMIT, f"{SHIPPED},regcompare-stranger")

    done = CliRunner().invoke(main, [])

    assert done.exit_code == 0
    assert "regcompare-stranger:rules 1.2: RC401" in done.stderr
