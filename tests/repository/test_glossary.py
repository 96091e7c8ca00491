"""The glossary is the one list of words: its names are those of the code, each defined once, in order."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONCEPT = re.compile(r"^\| \d+ \| (\w+) \| .* \| `(\w+)` in `([\w/]+\.py)` \|$", re.MULTILINE)
TERMS = re.findall(r"^(\S.*)\n: ", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.MULTILINE)


def _names(node: ast.stmt) -> list[str]:
    """The class or the type that a statement of a module defines."""
    if isinstance(node, ast.ClassDef):
        return [node.name]
    return [item.id for item in getattr(node, "targets", ()) if isinstance(item, ast.Name)]


def test_the_words_are_those_of_the_code() -> None:
    """A term with a name in brackets is the name of one class or type, and no second; terms are in order, each once."""
    files = [*(ROOT / "src").rglob("*.py"), *(ROOT / "plugins").glob("*/src/**/*.py")]
    modules = (ast.parse(file.read_text("utf-8")).body for file in files)
    defined = Counter(name for module in modules for node in module for name in _names(node))
    written = [name for term in TERMS for name in re.findall(r"\(`([A-Z]\w+)`\)", term)]

    assert len(written) >= 7
    assert {name: defined[name] for name in written} == dict.fromkeys(written, 1)
    assert sorted(set(TERMS), key=str.lower) == TERMS


def test_the_twelve_concepts_are_words_of_the_glossary_and_classes_of_the_code() -> None:
    """Each concept of the page on design is a term, and the class that it names is in the module it names."""
    concepts = CONCEPT.findall((ROOT / "docs" / "design.md").read_text("utf-8"))
    source = ROOT / "src" / "regcompare"
    modules = {place: ast.parse((source / place).read_text("utf-8")) for _, _, place in concepts}
    terms = {re.sub(r" \(.*", "", term) for term in TERMS}

    assert len(concepts) == 12
    assert [word for word, _, _ in concepts if word not in terms] == []
    for _, name, place in concepts:
        assert [name] in map(_names, modules[place].body), place
    layers = [place.partition("/")[0] for _, _, place in concepts][4:]
    layout = (ROOT / "docs" / "design.md").read_text("utf-8").partition("## Layout")[2]
    heights = [layout.index(f"  {layer}/") for layer in dict.fromkeys(layers)]
    assert heights == sorted(heights), "from the ruleset on, concepts come in the order of the layers"


def test_the_layout_names_each_package_and_module() -> None:
    """Each package and public module of the core, and each plugin, is in the layout, and nothing else is."""
    _, layout, _ = (ROOT / "docs" / "design.md").read_text("utf-8").split("## Layout")[1].split("```", 2)
    core, plugins = (
        re.findall(r"^  (\S+)", half, re.MULTILINE) for half in layout.split("\nplugins/\n")
    )
    source = ROOT / "src" / "regcompare"
    modules = {item.name for item in source.glob("*.py") if item.name[0] != "_"}
    packages = {f"{item.parent.name}/" for item in source.glob("*/__init__.py")}

    assert {*core} == {*modules, *packages, "data/,", "__init__.py"}
    assert {*plugins} == {f"{item.name}/" for item in (ROOT / "plugins").glob("regcompare-*")}
