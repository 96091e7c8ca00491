"""What no source may say: each rule reads its files once, and every place that offends is listed."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import attrs
import pytest
from tests.support.shipped import CASES, CATALOGUE
from tests.whole.test_nobodys_law import ONE_ORDER
from tools.catalogues.texts import script_texts

from regcompare.errors import CODES
from regcompare.facts import countries

ROOT = Path(__file__).parents[2]
CORE = sorted((ROOT / "src").rglob("*.py"))
PAGE = ROOT / "plugins/regcompare-page/src/regcompare_page/page"
READ = [
    path
    for folder in ("src", "plugins", "docs", "scenarios")
    for ending in ("*.py", "*.po", "*.md", "*.html", "*.yaml")
    for path in sorted((ROOT / folder).rglob(ending))
]
"""What somebody may read: code, catalogues, pages and cases."""


@attrs.frozen
class Rule:
    """What no file of some may say.

    Attributes:
        states: The rule, as a sentence.
        files: The files that it reads.
        offences: What a text says against it.
    """

    states: str
    files: Iterable[Path] = attrs.field(repr=False)
    offences: Callable[[Path, str], Iterable[str]] = attrs.field(repr=False)


# names -------------------------------------------------------------------------------------------

NAMES = [*CATALOGUE.rulesets, *countries().values(), "Amnesty", *(case.id for case in CASES)]
NAMES += [
    name for case in CASES for name in (case.exporter.name, case.end_user.name) if isinstance(name, str)
]
ALLOWED = re.compile(r">>>|\bXI\b|Northern\b|\"Ireland\), or unknown")
"""Examples at the front door, which run as tests, and the code of a country that no standard has."""


def names(path: Path, text: str) -> Iterator[str]:
    """Yields each ruleset, country, case, exporter or user that ships and that a text names."""
    for name in (name for name in NAMES if name in text):
        found = re.compile(rf"\b{re.escape(name)}\b")
        yield from (
            name for line in text.splitlines() if found.search(line) and not ALLOWED.search(line)
        )


# one legal order -----------------------------------------------------------------------------------

EXAMPLE = re.compile(r"\bsuch as\b.*|REGULATION\[.*", re.DOTALL)
"""An example of what an author may write."""
UNSAID = re.compile(r"\(\?|\\|^/")
"""A pattern, or a part of an address."""


def of_one_order(path: Path, text: str) -> Iterator[str]:
    """Yields each message that names a provision, a list or an institution, but as an example."""
    for said in script_texts(text) if path.suffix == ".js" else spoken(text):
        if ONE_ORDER.search(said) and ONE_ORDER.search(EXAMPLE.sub("", said)):
            yield from () if UNSAID.search(said) else (said,)


def spoken(source: str) -> Iterator[str]:
    """Yields the texts in code that are not documentation."""
    tree = ast.parse(source)
    quiet = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in quiet:
            yield node.value


# refuted sentences, codes ----------------------------------------------------------------------------

DENIAL = re.compile(
    r"oblig\w* (?:nobody|no one)\b|nothing in the regulation itself requires refusal"
    r"|neither (?:act|regulation) (?:ever )?(?:obliges|requires refusal)(?! an authority to refuse .*harm)",
    re.IGNORECASE,
)
CODE = re.compile(r"\"(RC\d{3})\"")

RULES = (
    Rule("The core names no regime, country, case or company that ships.", CORE, names),
    Rule(
        "No message of any ruleset is of one legal order.",
        [*CORE, *sorted(PAGE.glob("*.py")), *sorted(PAGE.glob("*.js"))],
        of_one_order,
    ),
    Rule(
        "Nothing denies the objection that binds: that the acts oblige nobody, or never to refuse.",
        READ,
        lambda path, text: DENIAL.findall(text),
    ),
    Rule(
        "No message carries a code that the list of codes lacks.",
        CORE,
        lambda path, text: {*CODE.findall(text)} - {*CODES},
    ),
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.states)
def test_no_source_offends(rule: Rule) -> None:
    """Every offence is named with its file."""
    assert rule.files
    assert [
        f"{path.relative_to(ROOT)}: {offence}"
        for path in rule.files
        for offence in rule.offences(path, path.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (0, '"""As in Brazil."""'),
        (1, 'raise E("See Article 5 of the act.")'),
        (2, "The acts oblige nobody."),
        (3, 'E("RC999")'),
    ],
)
def test_each_rule_finds_what_it_looks_for(place: int, said: str) -> None:
    """A rule that found nothing anywhere would be kept by anything."""
    assert list(RULES[place].offences(Path("some.py"), said))
