"""What is loaded without being installed: with hooks, cases, texts and facts, as a plugin has them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.strangers import with_facts

import regcompare as rc
from regcompare.cli import main
from regcompare.errors import FileError, UsageError
from regcompare.inputs import LIBRARY
from regcompare.plugins.catalogue import Catalogue
from regcompare.words.catalogues import language
from regcompare_testing.commands import new_plugin

CASE = """
id: a-odd-sale
title: A sale of odd things
date: 2020-01-01
sources: [{title: Invented, looked_for: 2020-01-01}]
transaction: {kind: export}
odd_things: {odd: yes}
expect: {odd-act: authorisation}
"""
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Is it odd?"\nmsgstr "Is het vreemd?"\n'
RULES = with_facts("odd-act", "odd_things")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Modules and paths are forgotten."""
    path, modules = list(sys.path), set(sys.modules)
    yield
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        if getattr(sys.modules[name], "__file__", "") and "pytest" in str(sys.modules[name].__file__):
            del sys.modules[name]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with facts and a ruleset in two files, a case, and words in Dutch."""
    place = tmp_path / "odd"
    (place / "locale").mkdir(parents=True)
    (place / "scenarios").mkdir()
    facts, _, rules = RULES.partition("RULES = ")
    (place / "odd_facts.py").write_text(facts, "utf-8")
    (place / "odd_law.py").write_text(f"from odd_facts import *\nRULES = {rules}", "utf-8")
    (place / "scenarios" / "odd.yaml").write_text(CASE, "utf-8")
    (place / "locale" / "nl.po").write_text(PO, "utf-8")
    return place


def test_a_folder_is_loaded_as_a_plugin_is(catalogue: Catalogue, folder: Path) -> None:
    """Its facts, ruleset, case and words are there, and what is installed stays."""
    loaded = catalogue.with_loaded(folder)

    assert "odd_things" in loaded.vocabulary.by_name
    assert set(loaded.rulesets) == {*catalogue.rulesets, "odd-act"}
    assert "a-odd-sale" in {case.id for case in loaded.scenarios()}
    assert language("nl", loaded.locales).say("Is it odd?") == "Is het vreemd?"
    assert "odd-act" in {law.id for law in loaded.usual()}
    assert "odd_things" not in catalogue.vocabulary.by_name


def test_commands_load_it(folder: Path) -> None:
    """By --load, wherever the catalogue is asked for."""
    run = CliRunner().invoke

    compared = run(main, ["compare", "--load", str(folder), "a-odd-sale", "-r", "odd-act"])
    checked = run(main, ["check", "--load", str(folder), str(folder / "scenarios")])
    asked = run(main, ["facts", "--load", str(folder), "odd_things.odd"])

    assert compared.exit_code == 0, compared.output
    assert "A sale of odd things" in compared.stdout
    assert checked.exit_code == 0, checked.output
    assert "Is it odd?" in asked.stdout


def test_python_loads_it(folder: Path) -> None:
    """For the session; a folder may be given as a regime as well."""
    before = dict(vars(LIBRARY))
    try:
        laws = rc.load(folder)
        assert laws.ids == ("odd-act",)
        assert rc.assess("a-odd-sale", "odd-act").span is not None
    finally:
        vars(LIBRARY).clear()
        vars(LIBRARY).update(before)


def test_a_package_and_a_project_are_loaded(catalogue: Catalogue, tmp_path: Path) -> None:
    """A package by its own name; what ``new`` wrote, before it is installed."""
    package = tmp_path / "odd_package"
    package.mkdir()
    (package / "__init__.py").write_text(
        "from .law import *\nfrom .law import regcompare_facts\n", "utf-8"
    )
    (package / "law.py").write_text(RULES, "utf-8")
    names = new_plugin("erewhon", tmp_path)

    assert "odd-act" in catalogue.with_loaded(package).rulesets
    assert "erewhon" in catalogue.with_loaded(names["folder"]).rulesets


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("1 / 0", "RC401.*odd.py:1: ZeroDivisionError"),
        ("x = 1", "RC416 It defines no ruleset, and implements no hook"),
        (RULES.replace('"odd-act",', '"eu-2021-821",', 1), "RC405"),
        ("raise SystemExit", "RC401"),
    ],
)
def test_what_is_wrong_with_it_is_an_error(
    catalogue: Catalogue, tmp_path: Path, source: str, told: str
) -> None:
    """The user asked for it; nothing is left out in silence."""
    (tmp_path / "odd.py").write_text(source, "utf-8")

    with pytest.raises(FileError, match=told):
        catalogue.with_loaded(tmp_path)


def test_what_is_not_there_is_told(catalogue: Catalogue, tmp_path: Path) -> None:
    """With its place; so is a module whose name another has."""
    with pytest.raises(UsageError, match="no such file or folder"):
        catalogue.with_loaded(tmp_path / "none")
    (tmp_path / "json.py").write_text(RULES, "utf-8")
    with pytest.raises(UsageError, match="a module called 'json' is installed already"):
        catalogue.with_loaded(tmp_path)


def test_clinic_and_lint_take_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of a plugin that is not installed, also from within."""
    names = new_plugin("erewhon", tmp_path)
    monkeypatch.chdir(names["folder"])
    run = CliRunner().invoke

    examined = run(main, ["clinic", "."])
    linted = run(main, ["lint", str(names["folder"])])

    assert "regcompare-erewhon:erewhon" in examined.stdout
    assert "erewhon: " in linted.stdout
    assert "TODO" in examined.stdout
