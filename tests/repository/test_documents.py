"""What the repository prints in its pages is what the commands print; ``REGCOMPARE_RECORD=1`` records anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.recording import RECORD
from tests.support.shipped import CATALOGUE

from regcompare.cli import main
from regcompare_publish.law_text import law_text

ROOT = Path(__file__).parents[2]


def same(path: Path, wanted: str) -> None:
    """Compares a page with what it should hold, or records it."""
    if RECORD:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == wanted


@pytest.mark.parametrize("ruleset_id", sorted(CATALOGUE.rulesets))
def test_each_ruleset_is_committed_as_a_page(ruleset_id: str) -> None:
    """A lawyer's page for each ruleset: the law, the condition read back in words, the cases."""
    ruleset = CATALOGUE.ruleset(ruleset_id)

    same(
        ROOT / "docs" / "rulesets" / f"{ruleset_id}.md",
        law_text(ruleset, CATALOGUE.read(*ruleset.cases), "markdown").rstrip() + "\n",
    )


def test_the_case_of_the_readme_meets_its_expectations(tmp_path: Path) -> None:
    """The scenario shown in the README loads and gives what it expects."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (source,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    file = tmp_path / "my-case.yaml"
    file.write_text(source, encoding="utf-8")

    done = CliRunner().invoke(main, ["check", str(file)], catch_exceptions=False)

    assert (done.exit_code, done.stdout) == (0, "2 expectations in 1 file: 2 met, 0 not.\n")
