"""The glossary is the one list of words: its names are those of the code, and words it replaced stay away."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TERMS = re.findall(r"^(\S.*)\n: ", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.MULTILINE)
REPLACED = (
    "EstablishedFacts", "Grounds", "Rows", "Network", "Leaf", "Leaves", "Trace", "Weighing",
    "Checked", "LawState", "established_facts", "telling_planes", "law_state", "lifted_by", "lifting_order", "Gathering",
)  # fmt: skip
"""Names that have gone, since they mean something else to a lawyer or to an engineer."""


def names() -> set[str]:
    """Returns the names of the classes, functions and aliases of the sources."""
    found = set()
    for folder in ("src", "plugins"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.ClassDef | ast.FunctionDef):
                    found.add(node.name)
                elif isinstance(node, ast.Assign):
                    found |= {item.id for item in node.targets if isinstance(item, ast.Name)}
    return found


def test_the_words_are_those_of_the_code() -> None:
    """A term with a name in brackets has that name; terms are in order, each once."""
    defined = names()
    written = [name for term in TERMS for name in re.findall(r"\(`([A-Z]\w+)`\)", term)]

    assert len(written) >= 7
    assert [name for name in written if name not in defined] == []
    assert sorted(set(TERMS), key=str.lower) == TERMS
    assert defined.intersection(REPLACED) == set()
