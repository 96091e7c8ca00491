"""What ships is known by its place: no module or distribution of the same name replaces it."""

from __future__ import annotations

import sys
from importlib.metadata import Distribution
from pathlib import Path

import pytest
from tests.support.strangers import install

from regcompare.plugins.catalogue import Catalogue
from regcompare.plugins.owner import imported_from, intruder, own_roots
from regcompare.plugins.plugin import find_plugins

SHIPPED = ("eu-2021-821", "amnesty")


def test_a_distribution_with_its_name_is_left_out_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First on the path, in other capitals: everything that ships stays, and the fault has its folder."""
    install(tmp_path, "RegCompare", "", points="[regcompare]\neu = nowhere\n")
    monkeypatch.syspath_prepend(tmp_path)

    catalogue = Catalogue.installed()

    assert set(SHIPPED) <= catalogue.rulesets.keys()
    (problem,) = (item for item in catalogue.problems if item.code == "RC424")
    assert str(tmp_path) in problem.file


def test_a_module_with_the_name_of_one_that_ships_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though it is first on the path; once imported by others it is named as what took the place."""
    roots = next(plugin.roots for plugin in find_plugins() if plugin.is_shipped)
    own = sys.modules["regcompare_eu"]
    (tmp_path / "regcompare_eu.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "regcompare_eu")

    import regcompare_eu as taken

    monkeypatch.delitem(sys.modules, "regcompare_eu")
    with imported_from(roots):
        spec = sys.meta_path[0].find_spec("regcompare_eu", None)
    assert spec
    assert spec.origin == own.__file__
    assert intruder(own, roots) == intruder(taken, roots) == str(tmp_path / "regcompare_eu.py")


def test_only_the_distribution_with_this_code_owns_it(tmp_path: Path) -> None:
    """One that lists a file of the same name elsewhere does not."""
    install(tmp_path, "regcompare", "")
    (tmp_path / "regcompare").mkdir()
    (tmp_path / "regcompare" / "__init__.py").touch()
    folder = tmp_path / "regcompare-1.2.dist-info"
    (folder / "RECORD").write_text("regcompare/__init__.py,,\n", encoding="utf-8")

    assert own_roots(Distribution.at(folder)) == ()
    assert own_roots(Distribution.from_name("regcompare"))
