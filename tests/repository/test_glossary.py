"""The glossary is the one list of words: its names are those of the code, each once and in order."""

from __future__ import annotations

import re
from pathlib import Path

from tools.sources import definitions

ROOT = Path(__file__).parents[2]
TERMS = re.findall(r"^(\S.*)\n: ", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.MULTILINE)


def test_the_words_are_those_of_the_code() -> None:
    """A term with a name in brackets has that name; terms are in order, each once."""
    files = [*(ROOT / "src").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")]
    defined = {name for file in files for name in definitions(file, file.read_text("utf-8"))}
    written = [name for term in TERMS for name in re.findall(r"\(`([A-Z]\w+)`\)", term)]

    assert len(written) >= 7
    assert [name for name in written if name not in defined] == []
    assert sorted(set(TERMS), key=str.lower) == TERMS
