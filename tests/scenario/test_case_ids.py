"""An id belongs to one case among all that a command reads, and to the one that ships if it has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner, Result
from tests.support.shipped import CASES

import regcompare as rc
from regcompare import Scenario
from regcompare.cli import main
from regcompare.errors import FileError
from regcompare.inputs import LIBRARY

FACTS = "item: {technology: facial_recognition, annex_i_entry: none}\n"
MORPHO = "morpho-shanghai-2015"


def write(folder: Path, **texts: str) -> list[str]:
    """Writes files of cases, and returns their paths."""
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text)
    return [str(folder / f"{name}.yaml") for name in texts]


def run(*words: str) -> Result:
    """Runs the command line."""
    return CliRunner().invoke(main, words)


@pytest.fixture
def pair(tmp_path: Path) -> list[str]:
    """Two files with one id."""
    return write(tmp_path, one=f"id: a-sale\n{FACTS}", two=f"id: a-sale\n{FACTS}")


@pytest.mark.parametrize("command", ["compare", "check", "mirror", "owed", "gaps eu-2021-821 amnesty"])
@pytest.mark.parametrize("is_folder", [False, True])
def test_two_files_with_one_id_are_refused(
    tmp_path: Path, pair: list[str], command: str, is_folder: bool
) -> None:
    """They would be counted as one sale; the message names both places."""
    done = run(*command.split(), *([str(tmp_path)] if is_folder else pair))

    message = f"{pair[1]}:1:5: RC212 The id 'a-sale' exists already, in {pair[0]}:1:5."
    assert done.exit_code == 2
    assert message in done.stderr


@pytest.mark.parametrize("again", ["{file}", "{folder}", "{folder}/../{name}/one.yaml", "{link}"])
def test_a_file_named_twice_is_read_once(tmp_path: Path, again: str) -> None:
    """By whatever way it is named, it is the same case."""
    [file] = write(tmp_path, one=f"id: a-sale\n{FACTS}")
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    other = again.format(file=file, folder=tmp_path, name=tmp_path.name, link=link)

    done = run("compare", file, other, "--format", "json")

    assert [row["scenario"] for row in json.loads(done.stdout)["verdicts"]] == ["a-sale"] * 3
    assert len(rc.compare([file, other]).rows) == 1


def test_mappings_without_ids_are_cases_of_their_own() -> None:
    """Two mappings are two cases; with one id they are refused, and both are named."""
    first, second = ({"item": {"technology": word}} for word in ("encryption", "cryptanalysis"))

    assert rc.cases([first, second]).ids == ("a-case", "a-case-2")
    with pytest.raises(FileError, match=r"mapping 2:2:8: RC212 The id 'x' .* in the mapping:2:8\."):
        rc.compare([{"id": "x"} | first, {"id": "x"} | second])


def test_a_path_and_a_mapping_with_one_id_are_refused(pair: list[str]) -> None:
    """Wherever the two come from, the message names both."""
    with pytest.raises(FileError, match=r"mapping 2:2:8: RC212 The id 'a-sale' .*one\.yaml:1:5"):
        rc.compare([pair[0], {"id": "a-sale"}])
    with pytest.raises(FileError, match="RC212"):
        rc.cases(pair)
    with pytest.raises(FileError, match="RC212"):
        rc.read(*pair)


def test_a_variant_in_memory_needs_an_id_of_its_own() -> None:
    """A case altered in a notebook keeps its id until it is given another."""
    case = CASES[0]
    item: Any = case.item
    altered = case.with_facts(attrs.evolve(item, security_research=True))

    with pytest.raises(FileError, match=f"RC212 The id '{case.id}' exists already"):
        rc.compare([case, altered])
    with pytest.raises(FileError, match="RC212"):
        rc.compare([Scenario(id="x"), Scenario(id="x", title="Another")])
    with pytest.raises(FileError, match="RC212"):
        rc.compare([case, attrs.evolve(case, presume=())])
    assert len(rc.compare([case, case, attrs.evolve(altered, id="altered")]).rows) == 2


def test_a_case_that_takes_a_shipped_id_says_so(tmp_path: Path) -> None:
    """The case of the file is read, and every output names the one that it is not."""
    [file] = write(tmp_path, mine=f"id: {MORPHO}\n{FACTS}")
    note = f"This case was read; another with its id ships, in {next(c for c in CASES if c.id == MORPHO).places['']}"

    compared, checked = run("compare", file), run("check", file)
    explained = run("explain", file, "-r", "amnesty")

    assert f"{MORPHO}: {note}" in compared.stderr
    assert f"{MORPHO}: {note}" in checked.stderr
    assert "another with its id ships" in explained.stdout
    assert "another with its id ships" in rc.explain(file, "amnesty")
    with pytest.raises(FileError, match="RC212"):
        rc.compare([MORPHO, file])


def test_the_shipped_file_itself_says_nothing() -> None:
    """The file of a shipped case, by its path, is the shipped case."""
    [morpho] = [case for case in CASES if case.id == MORPHO]

    assert run("compare", morpho.place[0]).stderr == ""
    assert len(rc.compare([MORPHO, morpho.place[0]]).rows) == 1


FRAME = "unlisted-tool-for-police"


@pytest.mark.parametrize("command", ["timeline {}", "map {} -r un-2019 --by item.form --by item.covert"])
def test_a_case_that_leaves_facts_open_goes_by_its_id(command: str) -> None:
    """It ships, and is counted nowhere."""
    done = run(*command.format(FRAME).split())

    assert done.exit_code == 0
    assert FRAME not in rc.cases().ids


def test_cases_are_checked_by_their_ids() -> None:
    """Of a file with several cases only the one that is named, unless the file is named as well."""
    teaching = [case for case in LIBRARY.others.values() if case.kind == "teaching"]
    name, file = teaching[0].id, teaching[0].place[0]

    found = [
        run("check", *paths, "--format", "json").stdout for paths in ([name], [name, file], [FRAME])
    ]

    one, whole, frame = ({row["scenario"] for row in json.loads(text)} for text in found)
    assert one == {name}
    assert whole == {case.id for case in teaching if case.place[0] == file}
    assert frame == {FRAME}


@pytest.mark.thorough
def test_the_cases_of_rulesets_have_ids_of_their_own() -> None:
    """Cases that show the rules of a law are not sales; two laws may use one name."""
    folder = Path(rc.regimes("eu-2021-821")[0].cases[0]).parent

    assert run("check", str(folder)).exit_code == 0
