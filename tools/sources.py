"""A linter of what sources say: each rule reads some files in one way, and lists what offends.

.. code:: console

    python -m tools.sources

It prints each offence with its file and ends with status 1 if there is one.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from regcompare.errors import CODES
from regcompare.facts import countries
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.ruleset import rules_and_duties

from .reference import BEHIND, PUBLIC
from .texts import script_texts

ROOT = Path(__file__).parents[1]
NOTHING = re.compile(r"(?!)")


# how a file is read --------------------------------------------------------------------------------


def whole(path: Path, text: str) -> Iterator[str]:
    """Yields all of a file."""
    yield text


def lines(path: Path, text: str) -> Iterator[str]:
    """Yields each line."""
    yield from text.splitlines()


def texts(path: Path, text: str) -> Iterator[str]:
    """Yields what code says: its strings, without documentation."""
    if path.suffix == ".js":
        yield from script_texts(text)
        return
    tree = ast.parse(text)
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # Docstrings.
    yield from (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare
    )


def prose(path: Path, text: str) -> Iterator[str]:
    """Yields each line of a page or a module that is a sentence, without code and links."""
    if path.suffix == ".py":
        text = "\n".join(texts(path, text))
    if path.suffix == ".html":
        said = re.findall(r"""say\(\s*("(?:[^"\\]|\\.)*")""", text)
        text = "\n".join([text, *map(ast.literal_eval, said)])
    text = re.sub(r"```.*?```|<!--.*?-->|\{#.*?#\}|`[^`]*`", "", text, flags=re.DOTALL)
    text = re.sub(r"\[[^\]]*\]\([^)]*\)|\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", "", text, flags=re.DOTALL)
    yield from (line for line in text.splitlines() if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", line))


def prose_outside_tables(path: Path, text: str) -> Iterator[str]:
    """Yields the sentences of a page whose tables have a source in each row."""
    yield from (line for line in prose(path, text) if not line.startswith("|"))


def imports(path: Path, text: str) -> Iterator[str]:
    """Yields each name that a module imports, with the module it is taken from."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (item.name for item in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{item.name}" for item in node.names)


def definitions(path: Path, text: str) -> Iterator[str]:
    """Yields each name that code gives: to a class, a function, a parameter, a field, a variable."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


# rules ---------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Rule:
    """A pattern that must not occur in some files, or in the sentences of some rulesets.

    Attributes:
        states: The rule, as a sentence.
        files: Patterns of the files that it reads, from the root of the checkout.
        read: How it reads them.
        rulesets: The rulesets whose sentences it reads.
        offence: What they may not say.
        allowed: What is taken out before it is looked for.
        exempt: Names of files that it does not read.
        planted: A file or a ruleset, and a text in it that offends; the test of this linter plants it.
    """

    states: str
    files: tuple[str, ...] = ()
    read: Callable[[Path, str], Iterator[str]] = lines
    rulesets: tuple[str, ...] = ()
    offence: re.Pattern[str]
    allowed: re.Pattern[str] = NOTHING
    exempt: tuple[str, ...] = ()
    planted: tuple[str, str]

    def paths(self, root: Path) -> list[Path]:
        """Returns the files that it reads."""
        found = {path for pattern in self.files for path in root.glob(pattern)}
        return sorted(path for path in found if not path.as_posix().endswith(self.exempt))

    def offences(self, root: Path, law: Mapping[str, Iterable[str]]) -> Iterator[str]:
        """Yields each offence with its place, in a checkout and in the sentences of rulesets."""
        for path in self.paths(root):
            for said in self.read(path, path.read_text(encoding="utf-8")):
                yield from self._found(path.relative_to(root).as_posix(), said)
        for ruleset in self.rulesets:
            for said in law[ruleset]:
                yield from self._found(ruleset, said)

    def _found(self, place: str, said: str) -> Iterator[str]:
        for found in self.offence.finditer(self.allowed.sub("", said)):
            yield f"{place}: {found[0]!r} in {said[:200]!r}"


OF_EUROPE = (
    r"\bAnnex\b|\bArts?\. ?\d|\bArticle \d|\bRegulation\b|\bDirectives?\b|\bMember States?\b|"
    r"\bUnion\b|\bCommunity\b|\bEU\b|\bEurop\w+|\bCharter\b|\bCommission\b|\bCouncil\b|\bCELEX\b|"
    r"\bindividual or global\b|\bthird countr(?:y|ies)\b"
)
ONE_ORDER = re.compile(
    rf"{OF_EUROPE}|§|\bRegulations\b|\bEAR\b|\bECCN\b|\bBureau\b|\bSECO\b|\bCommerce\b|\bAmerican?\b|\bSwiss\b|\bBritish\b"
)
"""Words that belong to one legal order: its provisions, lists, institutions and terms of art."""
SPELT = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "twenty|thirty|forty|fifty|hundred|thousand|dozen|half|most of|majority"
)
NUMBER = re.compile(rf"(?<![\w-])(?:\d[\d,.]*|{SPELT})(?![\w-])", re.IGNORECASE)
COUNTED = re.compile(
    rf"""(?!two\ (?!of\ ))(?:{NUMBER.pattern} \ of\ (?:the\ )? {NUMBER.pattern}
    | {NUMBER.pattern} (?:\ (?!and\b|or\b)[\w-]+){{0,3}}?
    \ (?:case|deal|sale|export|record|law|result|regime|ruleset|licence|refusal|application|decision|row
    |demand|register|kind|state|gap|provision|countr(?:y|ies)|compan(?:y|ies)|technolog(?:y|ies))s?(?![\w-]))
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A number of what is counted, or of a number; two of something are what is compared, and not counted."""
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
CITED = re.compile(
    rf"""
    \d{{4}}-\d\d-\d\d | (?:\d{{1,2}}\ )?{_MONTH}\ \d{{4}}                       # days
    | \b(?:in|of|since|until|by)\ (?:19|20)\d\d\b                               # years
    | (?:\(E[CU]\)\ (?:No\ )?)?\d+/\d+(?:/[A-Z]+)?                              # acts
    | (?:Art\.|Arts|Articles?|Annex|sections?|para\.|no\.)\ ?[\dIVX]+[a-z]*(?:\(\w+\))*
    | \b[A-Z]\d\d(?:\([a-z]\))?\b | \bPython\ 3\.\d+ | \bApache-2\.0 | \b(?:CC\ BY|Attribution)\ 4\.0 | SHA-256
    | \bISO\ 3166-1,\ two\ letters\b                                              # a kind of code
    | \b(?:one\ of|of)\ the\ two\b | \bthe\ other\ two\b                         # of a pair just named
    | ^\#*\ ?\d+\.(?=\ )                                                        # the place in a list
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Numbers that are typed: days, citations, names of versions and licences, kinds of code, places in a list."""
REMARKS = re.compile(
    r"\b(whatever|such as \w+, even|included,|including interception|but no \w+ systems|does not mention|"
    r"need not|no article|no list of its own|merely|at all\b|is interpreted as|not read|level is left|"
    r"none of these|cannot add|remains free|and has prohibited|no source)"
)
"""Words by which a sentence compares, stresses, or says what a text lacks; that is a comment's to say."""
CORE = ("src/**/*.py",)
SHARED = ("case_files", "drawn_law", "offenders", "recording")
"""The modules of `tests/support` that the tests of the core use."""
LAW_AND_DEMANDS = (
    *("eu-428-2009", "eu-2021-821", "eu-sanctions", "eu-common-position"),
    *("amnesty-moratorium", "un-2019"),
)
PAGES = ("README.md", "docs/**/*.md")
WRITTEN = ("how-to", "tutorial", "explanation", "educators")
"""Folders of pages that are written by hand."""
FACE = "plugins/regcompare-page/src/regcompare_page"
IMPORTED = re.compile(r"^\W*((?:from|import) regcompare\w*\b[^\n\\]*)", re.MULTILINE)
WRITES_LAW = (
    "explanation/one-definition-many-readings.md", "how-to/add-a-command.md",
    "how-to/add-a-national-list.md", "how-to/borrow-a-rule.md", "how-to/from-statute-to-rule.md",
    "reference/hooks.md", "tutorial/your-own-reform.md", "tutorial/your-own-regime.md",
)  # fmt: skip
"""Pages for those who write law, commands or the library itself."""


def shipped_names() -> re.Pattern[str]:
    """Returns a pattern of each ruleset, country, case, exporter and user that ships."""
    catalogue = Catalogue.installed()
    cases = catalogue.scenarios()
    names = {*catalogue.rulesets, *countries().values(), "Amnesty", *(case.id for case in cases)}
    names |= {
        name
        for case in cases
        for name in (case.exporter.name, case.end_user.name)
        if isinstance(name, str)
    }
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b")


def any_of(names: Iterable[str]) -> str:
    """Returns a pattern of any of these names."""
    return "|".join(map(re.escape, names))


def rules() -> tuple[Rule, ...]:
    """Returns the rules."""
    modules = [name for group in PUBLIC.values() for name in group]
    public = [f"{name}.{word}" for name in modules for word in importlib.import_module(name).__all__]
    return (
        Rule(
            states="The core names no regime, country, case or company that ships.",
            files=CORE,
            read=lines,
            offence=shipped_names(),
            # Examples at the front door, which run as tests, and the code of a country that no standard has.
            allowed=re.compile(r".*(?:>>>|\bXI\b|Northern\b|\"Ireland\), or unknown).*"),
            planted=("src/some.py", '"""As in Brazil."""'),
        ),
        Rule(
            states="No message of any ruleset is of one legal order.",
            files=(*CORE, f"{FACE}/page/*.py", f"{FACE}/page/*.js"),
            read=texts,
            offence=ONE_ORDER,
            # Examples of what an author may write; patterns and parts of addresses.
            allowed=re.compile(r"\bsuch as\b.*|REGULATION\[.*|.*(?:\(\?|\\).*|^/.*", re.DOTALL),
            planted=("src/some.py", 'raise E("See Article 5 of the act.")'),
        ),
        Rule(
            states="The core cites no act, not even as an example, in what it asks and in words of rules.",
            files=(
                "src/regcompare/vocabulary/*.py",
                *(
                    f"src/regcompare/ruleset/{name}.py"
                    for name in ("doubts", "duties", "outcomes", "rules")
                ),
            ),
            read=texts,
            offence=ONE_ORDER,
            allowed=re.compile(r"REGULATION\[.*"),
            planted=("src/regcompare/vocabulary/some.py", 'YesNo("Is it listed, such as in Annex I?")'),
        ),
        Rule(
            states="Nothing denies the objection that binds: that the acts oblige nobody, or never to refuse.",
            files=tuple(
                f"{folder}/**/*.{ending}"
                for folder in ("src", "plugins", "docs", "scenarios")
                for ending in ("py", "po", "md", "html", "yaml")
            ),
            read=whole,
            offence=re.compile(
                r"oblig\w* (?:nobody|no one)\b|nothing in the regulation itself requires refusal"
                r"|neither (?:act|regulation) (?:ever )?(?:obliges|requires refusal)(?! an authority to refuse .*harm)",
                re.IGNORECASE,
            ),
            planted=("docs/some.md", "The acts oblige nobody."),
        ),
        Rule(
            states="No message carries a code that the list of codes lacks.",
            files=CORE,
            read=whole,
            offence=re.compile(rf"\"(?!(?:{any_of(CODES)})\")RC\d{{3}}\""),
            planted=("src/some.py", 'E("RC999")'),
        ),
        Rule(
            states="No name has a house word that a standard one replaced; docs/glossary.md has those.",
            files=("src/**/*.py", "plugins/*/src/**/*.py", "tools/**/*.py"),
            read=definitions,
            offence=re.compile(
                r"(?:^|(?<=_)|(?=[A-Z]))(?i:planes?|rails?|leaf|lift(?:s|ed|ers?|ing)?|unlifted|established"
                r"|grounds|interchangeable|exchanges?|particulars|gathering|law_?state|trace|walk"
                r"|companions?|restated|telling)(?![a-z])|^(?:Rows|Network|Weighing|Checked)$"
            ),
            # Words of law, and names that users rely on.
            allowed=re.compile(r"(?i:.*_grounds)|established_in|^(?:trace|walk|restated)$"),
            planted=("src/some.py", "def lifted_rules(): ..."),
        ),
        Rule(
            states="No number that changes with the cases or the law is typed: it comes from counts and figures.",
            files=(
                *("README.md", "docs/index.md", "docs/explanation/what-counts-do-not-mean.md"),
                "tools/findings/*.*",
                *(
                    f"plugins/regcompare-cases/src/regcompare_cases/{name}.py"
                    for name in ("message", "front", "figures")
                ),
                *("plugins/*/src/regcompare_page/face/*.py", f"{FACE}/**/templates/face/*.html"),
                *("plugins/*/src/regcompare_publish/*.py", "plugins/*/src/regcompare_elsewhere/*.py"),
            ),
            read=prose,
            offence=NUMBER,
            allowed=CITED,
            planted=("README.md", "Of the deals three were sold in 2015 under Art. 5(2)."),
        ),
        Rule(
            states="No number of what is counted is typed on any page written by hand.",
            files=(
                "CONTRIBUTING.md",
                *(f"docs/{folder}/*.md" for folder in WRITTEN),
                "tools/registers/*.md",
            ),
            read=prose,
            offence=COUNTED,
            allowed=CITED,
            # Pages on published registers are filled from templates, which are read.
            exempt=(
                "/evaluation.md",
                "explanation/end-use-controls.md",
                "explanation/published-registers.md",
            ),
            planted=("docs/how-to/some.md", "In 2015 two of the 4 gaps were between two laws."),
        ),
        Rule(
            states="Outside the tables of the page of figures no number of what is counted is typed.",
            files=("docs/licence-figures.md",),
            read=prose_outside_tables,
            offence=COUNTED,
            allowed=CITED,
            planted=("docs/licence-figures.md", "Of 48 sales three certain results were new."),
        ),
        Rule(
            states="Each published figure has its source: no cell of its row is blank.",
            files=("docs/licence-figures.md",),
            read=lines,
            offence=re.compile(r"^\| \d(?:[^|]*\|){1,3}?\s*\|.*"),
            planted=("docs/licence-figures.md", "| 2015 | 317 |  | A report |"),
        ),
        Rule(
            states="The tests of the core, and what they share, import the core alone.",
            files=("tests/core/*.py", *(f"tests/support/{name}.py" for name in SHARED)),
            read=imports,
            offence=re.compile(
                rf"^(?:regcompare_|regcompare\.testing|tests\.(?!core\.|support\.(?:{any_of(SHARED)})\.)).*"
            ),
            planted=("tests/core/test_some.py", "from regcompare_eu import EU_2021_821"),
        ),
        Rule(
            states="Metaclasses and stated signatures stand where docs/design.md says why, and nowhere else.",
            files=("src/**/*.py", "plugins/*/src/**/*.py"),
            read=lines,
            offence=re.compile(
                r"\bclass \w+\(.*\b(?:type|EnumType|ABCMeta)\b|\bfield_transformer=|\.__signature__ = "
            ),
            allowed=re.compile(
                r"class _SectionType\(type\)|class _Interning\(type\)|^    declare\.__signature__ = .*"
            ),
            planted=("src/some.py", "class Odd(type):"),
        ),
        Rule(
            states="A sentence of law paraphrases: it neither compares, stresses, nor says what a text lacks.",
            rulesets=LAW_AND_DEMANDS,
            offence=REMARKS,
            planted=("un-2019", "The report does not mention toys."),
        ),
        Rule(
            states="Pages import from the library only what the page on Python lists or names.",
            files=(*PAGES, "docs/**/*.ipynb"),
            read=whole,
            offence=re.compile(
                rf"^\W*(?:from|import) (?!(?:{any_of([*modules, *BEHIND])})(?![\w.]))regcompare(?:\.\w+)*\b(?!_)",
                re.MULTILINE,
            ),
            planted=("docs/some.md", "from regcompare.program import Program"),
        ),
        Rule(
            states="Pages and notebooks that write no law import `regcompare as rc` alone.",
            files=(*PAGES, "docs/**/*.py", "docs/**/*.ipynb"),
            read=lines,
            offence=IMPORTED,
            allowed=re.compile(r"^\W*import regcompare as rc.*"),
            exempt=(*WRITES_LAW, "how-to/rulesets-over-tables.md", "how-to/publish-the-site.md"),
            planted=("docs/some.md", "from regcompare.authoring import Item"),
        ),
        Rule(
            states="The page on tables that are not in memory imports the function that takes them besides.",
            files=("docs/how-to/rulesets-over-tables.md",),
            read=lines,
            offence=IMPORTED,
            allowed=re.compile(
                r"^\W*(?:import regcompare as rc|from regcompare_registers\.bulk import).*"
            ),
            planted=("docs/how-to/rulesets-over-tables.md", "from regcompare.cli import main"),
        ),
        Rule(
            states="The page on which commands run in a browser, which has no shell, imports what starts them.",
            files=("docs/how-to/publish-the-site.md",),
            read=lines,
            offence=IMPORTED,
            allowed=re.compile(r"^\W*(?:import regcompare as rc|from regcompare\.cli import main).*"),
            planted=("docs/how-to/publish-the-site.md", "from regcompare_registers.bulk import assess"),
        ),
        Rule(
            states="Toyland imports the standard library, itself, and names that an outsider may rely on.",
            files=("plugins/regcompare-toyland/**/*.py",),
            read=imports,
            offence=re.compile(
                rf"^(?!(?:{any_of([*sys.stdlib_module_names, 'regcompare_toyland'])})(?![^.])"
                rf"|(?:{any_of(public)})$).*"
            ),
            planted=("plugins/regcompare-toyland/some.py", "from regcompare.facts import countries"),
        ),
        Rule(
            states="Swiss, British and American law import what is promised, and what law is declared with.",
            files=("plugins/regcompare-world/**/*.py",),
            read=imports,
            offence=re.compile(
                r"^regcompare\.(?!(?:authoring|testing|facts|law|logic|plugins|ruleset|unread|vocabulary)\.)\w+\..*"
                r"|^regcompare_(?!world\b|eu\.(?:facts|law|logic|plugins|ruleset|unread|vocabulary)\.).*"
            ),
            planted=("plugins/regcompare-world/some.py", "from regcompare.verdict.assess import assess"),
        ),
    )


def sentences() -> dict[str, list[str]]:
    """Returns what rules and duties say, by ruleset."""
    return {
        name: [item.sentence for item in rules_and_duties(ruleset)]
        for name, ruleset in Catalogue.installed().rulesets.items()
    }


def main() -> None:
    """Prints what offends, under the rule that it breaks."""
    law, broken = sentences(), 0
    for rule in rules():
        if not (rule.rulesets or rule.paths(ROOT)):
            sys.exit(f"No file is read any more: {rule.states}")
        if found := list(rule.offences(ROOT, law)):
            print(rule.states, *found, sep="\n  ")
            broken += len(found)
    sys.exit(f"{broken} offend." if broken else 0)


if __name__ == "__main__":
    main()
