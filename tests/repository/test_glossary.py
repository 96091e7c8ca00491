"""The glossary is the one list of words: its names are those of the code, each of one class, in order."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
TERMS = re.findall(r"^(\S.*)\n: ", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.MULTILINE)


def test_the_words_are_those_of_the_code() -> None:
    """A term with a name in brackets is one class of that name, and no second; terms are in order, each once."""
    files = [*(ROOT / "src").rglob("*.py"), *(ROOT / "plugins").glob("*/src/**/*.py")]
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8"))))
    classes = Counter(node.name for node in nodes if isinstance(node, ast.ClassDef))
    written = [name for term in TERMS for name in re.findall(r"\(`([A-Z]\w+)`\)", term)]

    assert len(written) >= 7
    assert {name: classes[name] for name in written} == dict.fromkeys(written, 1)
    assert sorted(set(TERMS), key=str.lower) == TERMS
