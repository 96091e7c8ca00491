"""The plugin `regcompare-world`: its pages, that it uses no more than a stranger, and that it is found."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tests.shipped import CATALOGUE
from tests.test_documents import same

from regcompare.authoring import Ruleset
from regcompare.views.law import law_text
from regcompare.vocabulary.concordance import CONCORDANCE
from regcompare_world import CH, UK, US_EAR, US_EAR_2024_PROPOSAL
from regcompare_world.tables import US_CRIME_CONTROL, US_SURREPTITIOUS

ROOT = Path(__file__).parents[1]
WORLD = ROOT / "plugins" / "regcompare-world"
RULESETS = (CH, UK, US_EAR, US_EAR_2024_PROPOSAL)


@pytest.mark.parametrize("ruleset", RULESETS, ids=lambda ruleset: str(ruleset.id))
def test_each_ruleset_is_committed_as_a_page(ruleset: Ruleset) -> None:
    """A lawyer's page for each ruleset: the law, the condition read back in words, the cases."""
    catalogue = CATALOGUE.with_ruleset(US_EAR).with_ruleset(ruleset)

    same(
        ROOT / "docs" / "rulesets" / f"{ruleset.id}.md",
        law_text(ruleset, catalogue.read(*ruleset.cases), "markdown").rstrip() + "\n",
    )


ABOUT_CODES = """\
# Codes of other control lists

`item.annex_i_entry` numbers as the list of the Union did in 2021, without a prefix.
A code of another list carries a prefix: `us:` for the Commerce Control List, `wa:` for the Wassenaar list.

An answer says everything of the common numbering, and of each other list that it names.
What it says of no other list is not known: `[5A002]` does not say that no entry only the American list has is met.
`us:none` says so, and `us:5A980` says that this one is met and no other of that list.

A code that is the same as an entry is read as that entry, and the result says so; one with none is of that list alone.
Any other code of such a list leaves open which entries are met, and the result asks for these.
A pattern such as `*` takes codes without a prefix; `us:*` takes those with this one.

Each code with the entry that it is compared with:

"""


def test_the_concordance_is_committed_as_a_page() -> None:
    """Each row with its relation, its source, and how it is known."""
    head = "| code | entry | relation | source | how it is known | note |\n| --- | --- | --- | --- | --- | --- |\n"
    cells = (
        (
            f"{row['scheme']}:{row['code']}",
            row["entry"],
            row["relation"],
            row.source,
            row.checked.level,
            row["note"],
        )
        for row in CONCORDANCE
    )
    rows = "".join(f"| {' | '.join(map(str, row))} |\n" for row in cells)

    same(ROOT / "docs" / "reference" / "concordance.md", ABOUT_CODES + head + rows)


def test_each_row_of_the_concordance_is_of_codes_that_exist() -> None:
    """The entry is one of Annex I, and the code is read as it."""
    fact = CATALOGUE.vocabulary.fact("item.annex_i_entry")

    for row in CONCORDANCE:
        code = f"{row['scheme']}:{row['code']}"
        assert fact.read(code) == code
        if row["relation"] == "same":
            assert fact.falls(code, fact.read(row["entry"])) is True
        if row["relation"] == "none":
            assert fact.falls(code, "*") is False


def test_each_american_entry_is_in_the_concordance() -> None:
    """What the rules ask for under the prefix is said there to be of the American list alone."""
    apart = {f"us:{row['code']}" for row in CONCORDANCE if row["relation"] == "none"}

    assert {*US_CRIME_CONTROL, *US_SURREPTITIOUS} == apart


def test_it_imports_what_every_author_has() -> None:
    """The plugin and its tests import the authoring room, the front door and themselves, nothing behind."""
    allowed = {"regcompare", "regcompare.authoring", "regcompare.testing"}
    foreign = [
        f"{file.name}: {node.module}"
        for file in WORLD.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and not node.level
        if (node.module or "").startswith("regcompare")
        if node.module not in allowed and not str(node.module).startswith("regcompare_world")
    ]

    assert foreign == []


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment in which the plugin is installed, without a network."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"),
            *("--no-build-isolation", "--disable-pip-version-check", "--target", folder, WORLD),
        ],
        check=True,
        capture_output=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("PIP_")},
    )
    path = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "PYTHONPATH": path}


def printed(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """What a command prints in an environment."""
    done = subprocess.run(
        [sys.executable, "-m", "regcompare", *words],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    return done.stdout


@pytest.mark.thorough
def test_it_is_found_once_it_is_installed(installed: Mapping[str, str]) -> None:
    """It offers its four rulesets and its facts, without a problem."""
    plugins = json.loads(printed(["plugins", "--format", "json"], installed))

    (listed,) = (one for one in plugins if one["name"] == "regcompare-world:world")
    assert (listed["rulesets"], listed["problems"]) == ([ruleset.id for ruleset in RULESETS], [])


@pytest.mark.thorough
def test_the_swiss_refusal_of_the_readme_is_what_its_command_gives(installed: Mapping[str, str]) -> None:
    """Swiss law refuses, the regulation requires a licence, and Amnesty's proposal refuses."""
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    (words,) = re.findall(r"regcompare (compare swiss-vietnam-2015 .*)", page)

    verdicts = json.loads(printed([*words.split(), "--format", "json"], installed))["verdicts"]

    assert {one["ruleset"]: one["result"] for one in verdicts} == {
        "ch": "refusal",
        "eu-2021-821": "authorisation",
        "amnesty": "refusal",
    }


@pytest.mark.thorough
def test_it_speaks_dutch_where_the_core_does(installed: Mapping[str, str], tmp_path: Path) -> None:
    """A brief in Dutch names Swiss law in Dutch; the test of the catalogues holds the rest."""
    file, sales = tmp_path / "brief.md", ("swiss-vietnam-2015", "swiss-imsi-granted-2014")

    printed(["brief", *sales, "-r", "ch", "-o", str(file), "--lang", "nl"], installed)

    assert "Zwitsers recht inzake goederencontrole" in file.read_text(encoding="utf-8")
