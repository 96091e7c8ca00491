"""No sentence with a number is typed: what is said first, found and briefed comes from counts and figures.

A number in what these modules and pages type, spelt or not, has to be a day, a citation, the name of a
version or licence, or the title of a page; all others come from values, whose receipts are tested.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import regcompare as rc
from regcompare.comparison.claims import Claim

MORPHO = "morpho-shanghai-2015"
ROOT = Path(__file__).parents[2]
TYPED = [
    ROOT / "README.md",
    *sorted((ROOT / "tools" / "findings").glob("*.py")),
    *(
        ROOT / "plugins" / "regcompare-cases" / "src" / "regcompare_cases" / f"{name}.py"
        for name in ("message", "front", "figures")
    ),
    *sorted(
        (ROOT / "plugins" / "regcompare-page" / "src" / "regcompare_page" / "face").glob("front*.py")
    ),
    *sorted((ROOT / "plugins" / "regcompare-page" / "src").rglob("templates/face/front*.html")),
    *sorted((ROOT / "plugins").rglob("src/regcompare_publish/**/brief.py")),
]
SPELT = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "twenty|thirty|forty|fifty|hundred|thousand|dozen|half|most of|majority"
)
NUMBER = re.compile(rf"(?<![\w-])(?:\d[\d,.]*|{SPELT})(?![\w-])", re.IGNORECASE)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
CITED = re.compile(
    rf"""
    \d{{4}}-\d\d-\d\d | (?:\d{{1,2}}\ )?{_MONTH}\ \d{{4}}                       # days
    | \b(?:in|of|since|until|by)\ (?:19|20)\d\d\b                               # years
    | (?:\(E[CU]\)\ (?:No\ )?)?\d+/\d+(?:/[A-Z]+)?                              # acts
    | (?:Art\.|Arts|Articles?|Annex|sections?|para\.|no\.)\ ?[\dIVX]+[a-z]*(?:\(\w+\))*
    | \b[A-Z]\d\d(?:\([a-z]\))?\b | \bPython\ 3\.\d+ | \bApache-2\.0 | \bCC\ BY\ 4\.0 | SHA-256
    | \b(?:one\ of|of)\ the\ two\b | \bthe\ other\ two\b                         # of a pair just named
    """,
    re.VERBOSE | re.IGNORECASE,
)


def sentences(path: Path) -> Iterator[str]:
    """What a page or a module types: prose without code, or the strings that are sentences."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        tree = ast.parse(text)
        bare = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # Docstrings.
        strings = (
            node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in bare
        )
        text = "\n".join(node.value for node in strings if isinstance(node.value, str))
    text = re.sub(r"```.*?```|<!--.*?-->|\{#.*?#\}|`[^`]*`", "", text, flags=re.DOTALL)
    text = re.sub(r"\[[^\]]*\]\([^)]*\)|\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", "", text, flags=re.DOTALL)
    yield from (line for line in text.splitlines() if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", line))


@pytest.mark.parametrize("path", TYPED, ids=lambda path: path.name)
def test_no_number_is_typed(path: Path) -> None:
    """A number that changes with the cases or the law stands in no text that somebody has to keep."""
    typed = [
        (number, sentence)
        for sentence in sentences(path)
        for number in NUMBER.findall(CITED.sub("", sentence))
    ]

    assert typed == []


def test_what_is_found_by_a_typed_number_is_told() -> None:
    """The scan tells numbers from days, acts and articles."""
    assert NUMBER.findall(CITED.sub("", "Of 12 deals three were sold in 2015 under Art. 5(2).")) == [
        "12",
        "three",
    ]
    assert NUMBER.findall(CITED.sub("", "Regulation 2021/821 of 9 September 2021, A02.")) == []


def said_of(claim: Claim) -> set[str]:
    """Every number that the values of a claim say: both ends, groups, marks, what they are of."""
    numbers = {
        number
        for count in claim.supporting_counts
        for number in (*count.range, count.of, len(count), *count.sizes.values(), *count.marks.values())
    }
    numbers |= {value for value in claim.values.values() if isinstance(value, int)}
    for value in claim.values.values():
        parts = value if isinstance(value, tuple) else (value,)
        numbers |= {int(number) for part in parts if isinstance(part, Claim) for number in said_of(part)}
        if isinstance(value, Counter):
            numbers |= {*value.values()}
    return set(map(str, numbers))


@pytest.mark.parametrize("what", ["message", "comparison", "by demand", "figures"])
def test_each_number_of_a_sentence_is_one_of_its_values(what: str) -> None:
    """Of the first screen, the finding of the brief, demands and published figures; days and acts apart."""
    claims: dict[str, Callable[[], Iterable[Any]]] = {
        "message": rc.message,
        "comparison": lambda: [rc.compare().finding()],
        "by demand": lambda: [rc.gaps("eu-2021-821", "amnesty", [MORPHO], by_demand=True).finding()],
        "figures": lambda: [rc.licences().finding()],
    }
    for claim in claims[what]():
        spoken = set(NUMBER.findall(CITED.sub("", claim.sentence())))
        assert {number.strip(".,") for number in spoken} <= said_of(claim), claim
