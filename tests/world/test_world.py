"""The plugin `regcompare-world`: its pages, that it uses no more than a stranger, and that it is found."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tests.repository.test_documents import same
from tests.support.shipped import CATALOGUE

from regcompare.authoring import Ruleset
from regcompare.comparison.named_cases import unshown_rules
from regcompare_prove.lint_texts import unlisted_citations
from regcompare_publish.law_text import law_text
from regcompare_toyland import TOYLAND
from regcompare_world import CH, UK, US_EAR, US_EAR_2024_PROPOSAL

ROOT = Path(__file__).parents[2]
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


@pytest.mark.thorough
@pytest.mark.parametrize("ruleset", [*RULESETS, TOYLAND], ids=lambda ruleset: str(ruleset.id))
def test_each_rule_is_shown_and_cited(ruleset: Ruleset) -> None:
    """By a case in which it holds and a near miss, and by a text that the ruleset lists."""
    cases = CATALOGUE.with_ruleset(US_EAR).with_ruleset(ruleset).read(*ruleset.cases)

    assert list(unshown_rules(ruleset, {case.id: case for case in cases})) == []
    assert list(unlisted_citations(ruleset)) == []


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
    file, sales = tmp_path / "brief.md", ("swiss-vietnam-2015", "swiss-bangladesh-2015")

    printed(["brief", *sales, "-r", "ch", "-o", str(file), "--lang", "nl"], installed)

    assert "Zwitserse wet op de goederencontrole (GKG)" in file.read_text(encoding="utf-8")
