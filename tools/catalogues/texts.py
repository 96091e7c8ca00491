"""The texts that people see and that a catalogue has to hold: of scripts, pages, code and data."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from types import ModuleType

import attrs
from tools import hand_out

from regcompare import shipped_cases
from regcompare.comparison import comparison, headline
from regcompare.facts import CodeSet, countries, facts_of, kinds
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset import rules
from regcompare.scenario.scenario import Scenario
from regcompare.verdict import verdict
from regcompare.views import _colours, gates, sentences
from regcompare.views.page import build
from regcompare.views.site import texts as site_texts
from regcompare.vocabulary import FACTS_DATE, LEVERS, levers, vocabulary
from regcompare.words.catalogues import CORE_FOLDER, country_names
from regcompare.words.lexicon import short_labels

ROOT = Path(__file__).parents[2]
CODE = ROOT / "src" / "regcompare"
SEEN = ("aria-label", "placeholder", "title", "label")
"""Attributes of elements that readers see or hear."""
NAMES = ("regcompare",)
"""What is called the same in every language."""


@attrs.frozen
class Text:
    """A text that a catalogue has to hold.

    Attributes:
        folder: The folder of the catalogue.
        text: The text in English.
        source: The file that says it, from the root of the repository.
        note: What a translator should know, such as the fact that it is the question of.
    """

    folder: Path
    text: str
    source: str
    note: str = ""


def texts(catalogue: Catalogue) -> Iterator[Text]:
    """Yields every text that a catalogue has to hold, file by file; a text may come several times."""
    catalogue = _with_packages(catalogue)
    yield from _of_files()
    yield from _of_core(catalogue)
    yield from _of_facts(catalogue)
    yield from _of_rulesets(catalogue)
    yield from _of_own_words(catalogue)
    yield from _of_cases((*catalogue.scenarios(), *shipped_cases.teaching(catalogue)))


def packages() -> Iterator[ModuleType]:
    """Yields the plugins of this repository that have a folder of catalogues, installed or not."""
    for folder in sorted(ROOT.glob("plugins/*/src/*/locale")):
        package, path = folder.parent.name, str(folder.parents[1])
        if path not in sys.path:
            sys.path.insert(0, path)  # One that is not installed is found in this checkout.
        yield import_module(package)


def _with_packages(catalogue: Catalogue) -> Catalogue:
    """The catalogue with the rulesets of the plugins that are not installed."""
    for package in packages():
        for item in package.regcompare_rulesets():
            if item.id not in catalogue.rulesets:
                catalogue = catalogue.with_ruleset(item.built())
    return catalogue


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# scripts, pages, code -----------------------------------------------------------------------------


def _of_files() -> Iterator[Text]:
    page = CODE / "views" / "page"
    readers = (
        (page.rglob("*.html"), seen_on_page),
        (page.rglob("*.js"), said_in_script),
        ([*CODE.rglob("*.py"), Path(hand_out.__file__)], said_in_code),
    )
    for paths, reader in readers:
        for path in sorted(paths):
            source = path.read_text(encoding="utf-8")
            yield from (Text(CORE_FOLDER, text, _named(path)) for text in reader(source))


_CALL = re.compile(r"\b(?:say|say(Many)|sayParts|warn|warning)\(")


def said_in_script(source: str) -> Iterator[str]:
    """Yields the texts given to ``say``, ``sayMany`` and ``warn``, wherever they are called."""
    for call in _CALL.finditer(source):
        pieces = (found[0] for found in _PIECE.finditer(source, call.end()))
        yield from _first_texts(pieces, 2 if call[1] else 1)


_STRING = r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`"""
_PIECE = re.compile(rf"{_STRING}|[=!]=+|[-()\[\]{{}},+=]|[\w.]+")
"""What a call is read by: strings, templates as a whole, comparisons, brackets, commas and names."""


def _first_texts(pieces: Iterable[str], arguments: int) -> Iterator[str]:
    """The texts among the first arguments of a call; those joined with + are one."""
    depth, text, before = 0, "", ""
    for piece in pieces:
        if piece[0] in "\"'" and before not in _COMPARES:
            if text and before != "+":
                yield text
                text = ""
            text += ast.literal_eval(piece)
        elif piece in ("(", "[", "{"):
            depth += 1
        elif piece in (")", "]", "}"):
            depth -= 1
        elif piece == "," and depth == 0:
            arguments -= 1
        before = piece
        if depth < 0 or arguments == 0:
            break
    if text:
        yield text


_COMPARES = ("==", "===", "!=", "!==")
"""A string behind one of these is compared, not said."""


class _Page(HTMLParser):
    """The texts of a page that are there from the start."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._left_out = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._left_out += tag in _LEFT_OUT
        self.seen += [value for name, value in attributes if name in SEEN and value]

    def handle_endtag(self, tag: str) -> None:
        self._left_out -= tag in _LEFT_OUT

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        is_text = re.search(r"[^\W\d]", text) and "{{" not in text and text not in NAMES
        if is_text and not self._left_out:
            self.seen.append(text)


_LEFT_OUT = ("noscript", "script", "style", "title")
"""Elements whose text the page cannot translate: without scripts it stays English."""


def seen_on_page(source: str) -> list[str]:
    """Returns the texts and labels of a page as it is before any script runs."""
    page = _Page()
    page.feed(source)
    return page.seen


def said_in_code(source: str) -> Iterator[str]:
    """Yields the texts given to a ``say`` of Python."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and _name(node.func) == "say":
            yield from _constants(node.args[0])


def _constants(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may come to, where it holds them itself."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_constants(node.body), *_constants(node.orelse))
    elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Dict):
        for value in node.value.values:
            yield from _constants(value)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


# data ---------------------------------------------------------------------------------------------


def _of_core(catalogue: Catalogue) -> Iterator[Text]:
    """Lists of words; a new list is one line."""
    named = {"", *country_names("en")}
    lists: tuple[tuple[str, ModuleType, Iterable[str]], ...] = (
        ("outcome", rules, (sentences.outcome_words(outcome.word) for outcome in rules.Outcome)),
        ("outcome, in short", _colours, (look.short for look in _colours.ACCENTS)),
        ("outcome, in a cell", sentences, sentences.CELL_WORDS.values()),
        ("said of “the export”, by a law", sentences, sentences.LAW_SAYS.values()),
        ("said of “the export”, by a proposal", sentences, sentences.PROPOSAL_SAYS.values()),
        ("said of “the same use at home”", sentences, sentences.USE_SAYS.values()),
        ("what is said of it follows", sentences, (*sentences.SUBJECTS.values(), "the transaction")),
        ("under every result", sentences, (sentences.NOT_ADVICE, sentences.SPAN_ENDS)),
        ("how a provision is known", sentences, sentences.CHECKED_WORDS.values()),
        ("on what results rest", comparison, comparison.RESTS_ON.values()),
        ("what triggers a rule", rules, map(str, rules.Trigger)),
        ("who has a duty or a power", rules, map(str, rules.Addressee)),
        ("how strongly a duty binds", rules, map(str, rules.Strength)),
        ("what follows from a breach", rules, map(str, rules.Breach)),
        ("on the site", site_texts, site_texts.texts().values()),
        ("result without an outcome", verdict, ("not in force", "out of scope")),
        ("on the hand-out", hand_out, hand_out.said(catalogue)),
        ("what a headline counts", headline, headline.NOUNS),
        ("asked of every case", vocabulary, (FACTS_DATE.question, FACTS_DATE.help)),
        ("answer", verdict, ("none of these",)),
        ("a group of cases", build, build.GROUPS),
        ("what three teaching cases ask of a class", shipped_cases, shipped_cases.PUZZLES.values()),
        ("on a gate", gates, (gate.word for gate in _GATES)),
        ("what a gate means", gates, (gate.sentence for gate in _GATES)),
        ("how a licence is decided", gates, gates.REVIEWS.values()),
        ("subject of a lever", levers, (lever.subject for lever in LEVERS)),
        ("setting of a lever", levers, (one.words for lever in LEVERS for one in lever.settings)),
        ("a country that the Unicode data lack", kinds, _nameless()),
    )
    for note, module, group in lists:
        source = _named(Path(inspect.getfile(module)))
        yield from (Text(CORE_FOLDER, text, source, note) for text in group if text not in named)


def _nameless() -> list[str]:
    """The countries that a catalogue has to name, because no library does."""
    known = country_names("en")
    return [name for name in countries().values() if name not in known]


_GATES = (*gates.GATES.values(), *gates.USES.values(), gates.NO_GATE, gates.NOT_IN_FORCE)


def _of_facts(catalogue: Catalogue) -> Iterator[Text]:
    """Titles of sections, questions, helps, answers; the latter as labels and as they are said."""
    for cls in catalogue.vocabulary.sections:
        path = Path(inspect.getsourcefile(cls) or "")
        if not path.is_relative_to(ROOT):
            continue  # Of a plugin that brings its own.
        folder, source = _package(path) / "locale", _named(path)
        yield Text(folder, cls.__title__, source, f"section {cls.__section__}")  # type: ignore[attr-defined]
        for fact in facts_of(cls).values():
            yield Text(folder, fact.question, source, fact.key)
            if fact.help:
                yield Text(folder, fact.help, source, fact.key)
            if isinstance(fact, CodeSet):
                yield Text(folder, fact.expected(), source, fact.key)
            if fact.kind in ("choice", "set"):
                for text in (*fact.labels().values(), *short_labels(fact, fact.labels())):
                    yield Text(folder, text, source, f"answer to {fact.key}")


def _of_own_words(catalogue: Catalogue) -> Iterator[Text]:
    """The words that plugins add to the lists of the core."""
    sections = catalogue.vocabulary.by_name
    words = [word for ruleset in catalogue.rulesets.values() for word in ruleset.own_words()]
    words += [word for item in catalogue.vocabulary.own_answers for word in item.words]
    for word in dict.fromkeys(words):
        path = Path(inspect.getsourcefile(sections[word.owner]) or "")
        if path.is_relative_to(ROOT):
            yield Text(_package(path) / "locale", str(word), _named(path), word.key)


def _package(path: Path) -> Path:
    """The folder of the package that a file belongs to, below a folder ``src``."""
    return next(folder for folder in path.parents if folder.parent.name == "src")


def _of_rulesets(catalogue: Catalogue) -> Iterator[Text]:
    """Titles of regimes."""
    for package in packages():
        path = Path(inspect.getfile(package))
        for item in package.regcompare_rulesets():
            ruleset = catalogue.ruleset(item.id)
            for text in (ruleset.title, ruleset.plain_title):
                yield Text(_package(path) / "locale", text, _named(path), f"title of {ruleset.id}")


def _of_cases(cases: Iterable[Scenario]) -> Iterator[Text]:
    """Titles of cases, and their stories."""
    folder = shipped_cases.folder()
    for case in cases:
        for text in (case.title, case.story):
            if text:
                yield Text(folder / "locale", " ".join(text.split()), _named(folder), case.id)
