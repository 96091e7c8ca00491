"""Commands write documents in each form."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from regcompare.cli import main


@pytest.mark.parametrize("words", [["compare"], ["safeguards"]])
def test_commands_write_latex(words: list[str]) -> None:
    """A table for a paper, from the commands that print tables."""
    case = ["scenarios/morpho-shanghai-2015.yaml"]

    printed = CliRunner().invoke(main, [*words, *case, "--format", "latex"]).stdout
    assert printed.count(r"\begin{longtable}") == printed.count(r"\end{longtable}") >= 1
