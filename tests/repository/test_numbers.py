"""No sentence with a number is typed: what is said first, found and briefed comes from counts and figures.

A number in what these modules and pages type, spelt or not, has to be a day, a citation, the name of a
version or licence, the place in a list, or the title of a page; all others come from values, whose receipts
are tested, and stand in blocks that are run.  The other pages type no number of what is counted.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.offenders import of_each

import regcompare as rc
from regcompare.comparison.claims import Claim

MORPHO = "morpho-shanghai-2015"
ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FIGURES = DOCS / "licence-figures.md"
"""Its tables have a source in each row."""
TYPED = [
    ROOT / "README.md",
    *sorted((ROOT / "tools" / "findings").glob("*.py")),
    *(
        ROOT / "plugins" / "regcompare-cases" / "src" / "regcompare_cases" / f"{name}.py"
        for name in ("message", "front", "figures")
    ),
    *sorted((ROOT / "plugins").glob("*/src/regcompare_page/face/*.py")),
    *sorted((ROOT / "plugins" / "regcompare-page" / "src").rglob("templates/face/*.html")),
    *sorted((ROOT / "plugins").glob("*/src/regcompare_publish/*.py")),
    *sorted((ROOT / "plugins").glob("*/src/regcompare_elsewhere/*.py")),
    DOCS / "index.md",
    DOCS / "explanation" / "what-counts-do-not-mean.md",
]
WRITTEN = [
    ROOT / "CONTRIBUTING.md",
    FIGURES,
    *(
        path
        for folder in ("how-to", "tutorial", "explanation", "educators")
        for path in sorted((DOCS / folder).glob("*.md"))
        if path.name not in {"evaluation.md", "end-use-controls.md", "published-registers.md"}
    ),
    *sorted((ROOT / "tools" / "registers").glob("*.md")),
]
"""Pages that are written by hand; those on published registers are filled from templates."""
SPELT = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "twenty|thirty|forty|fifty|hundred|thousand|dozen|half|most of|majority"
)
NUMBER = re.compile(rf"(?<![\w-])(?:\d[\d,.]*|{SPELT})(?![\w-])", re.IGNORECASE)
COUNTED = re.compile(
    rf"""
    {NUMBER.pattern} \ of\ (?:the\ )? {NUMBER.pattern}
    | {NUMBER.pattern} (?:\ (?!and\b|or\b)[\w-]+){{0,3}}?
    \ (?:case|deal|sale|export|record|law|result|regime|ruleset|licence|refusal|application|decision|row
    |demand|register|kind|state|gap|provision|countr(?:y|ies)|compan(?:y|ies)|technolog(?:y|ies))s?(?![\w-])
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A number of what is counted, or of a number."""
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
CITED = re.compile(
    rf"""
    \d{{4}}-\d\d-\d\d | (?:\d{{1,2}}\ )?{_MONTH}\ \d{{4}}                       # days
    | \b(?:in|of|since|until|by)\ (?:19|20)\d\d\b                               # years
    | (?:\(E[CU]\)\ (?:No\ )?)?\d+/\d+(?:/[A-Z]+)?                              # acts
    | (?:Art\.|Arts|Articles?|Annex|sections?|para\.|no\.)\ ?[\dIVX]+[a-z]*(?:\(\w+\))*
    | \b[A-Z]\d\d(?:\([a-z]\))?\b | \bPython\ 3\.\d+ | \bApache-2\.0 | \b(?:CC\ BY|Attribution)\ 4\.0 | SHA-256
    | \b(?:one\ of|of)\ the\ two\b | \bthe\ other\ two\b                         # of a pair just named
    | ^\#*\ ?\d+\.(?=\ )                                                        # the place in a list
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
    if path.suffix == ".html":
        said = re.findall(r"""say\(\s*("(?:[^"\\]|\\.)*")""", text)
        text = "\n".join([text, *map(ast.literal_eval, said)])
    text = re.sub(r"```.*?```|<!--.*?-->|\{#.*?#\}|`[^`]*`", "", text, flags=re.DOTALL)
    text = re.sub(r"\[[^\]]*\]\([^)]*\)|\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", "", text, flags=re.DOTALL)
    yield from (line for line in text.splitlines() if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", line))


@of_each("path", TYPED, ids=lambda path: path.name)
def test_no_number_is_typed(path: Path) -> None:
    """A number that changes with the cases or the law stands in no text that somebody has to keep."""
    typed = [
        (number, sentence)
        for sentence in sentences(path)
        for number in NUMBER.findall(CITED.sub("", sentence))
    ]

    assert typed == []


@of_each("path", WRITTEN, ids=lambda path: path.name)
def test_no_number_of_what_is_counted_is_typed(path: Path) -> None:
    """On whatever page; two of something are what is compared, and not counted."""
    typed = [
        (found[0], sentence)
        for sentence in sentences(path)
        if path != FIGURES or not sentence.startswith("|")
        for found in COUNTED.finditer(CITED.sub("", sentence))
        if not re.match("two (?!of )", found[0], re.IGNORECASE)
    ]

    assert typed == []


def test_each_published_figure_has_its_source() -> None:
    """A row of the page of figures says where it was read."""
    page = FIGURES.read_text(encoding="utf-8")
    rows = [line.split("|")[1:5] for line in re.findall(r"^\| \d.*", page, re.MULTILINE)]

    assert rows
    assert [row for row in rows if not all(map(str.strip, row))] == []


def test_what_is_found_by_a_typed_number_is_told() -> None:
    """The scan tells numbers from days, acts and articles."""
    assert NUMBER.findall(CITED.sub("", "Of 12 deals three were sold in 2015 under Art. 5(2).")) == [
        "12",
        "three",
    ]
    assert NUMBER.findall(CITED.sub("", "2. Regulation 2021/821 of 9 September 2021, A02.")) == []
    told = "Of 48 sales three certain results were new; 2 of the 4 gaps are in 2015."
    assert [found[0] for found in COUNTED.finditer(CITED.sub("", told))] == [
        "48 sales", "three certain results", "2 of the 4",
    ]  # fmt: skip


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
