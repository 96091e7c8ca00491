"""The texts that readers see, which a catalogue needs: of scripts, pages, code and data."""

from __future__ import annotations

import ast
import csv
import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs

import regcompare_cases
from regcompare import law as law_module
from regcompare.comparison import classes, gaps, layers, measures, populations
from regcompare.comparison import counts as core_counts
from regcompare.facts import countries, kinds
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset import review, rules
from regcompare.scenario import provenance
from regcompare.verdict import verdict
from regcompare.views import colours, counts, gates, sentences
from regcompare.views import verdict as explained
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, vocabulary
from regcompare.words import catalogues, reasons
from regcompare.words.catalogues import country_names
from regcompare.words.lexicon import day_name
from regcompare_cases import message
from regcompare_elsewhere import evaluation as evaluated
from regcompare_elsewhere import owed, shopping
from regcompare_eu import evaluation
from regcompare_page.face import case as case_page
from regcompare_page.face import disputes, front_view, lesson, price
from regcompare_page.face.texts import read_front, read_puzzles
from regcompare_page.site import build, law
from regcompare_publish import brief, safeguards
from regcompare_publish.texts import case_texts, code_texts, law_texts, ruleset_texts, section_texts

ROOT = Path(__file__).parents[1]
CODE = ROOT / "src" / "regcompare"
FEATURES = tuple(
    ROOT / f"plugins/regcompare-{name}/src/regcompare_{name}"
    for name in ("elsewhere", "page", "prove", "publish", "registers", "testing")
)
"""The folders of the feature packages."""
EXAMPLE = "regcompare_toyland"
"""The plugin that shows authors how: its texts are brought out as theirs are."""
TEXT_ATTRIBUTES = ("aria-label", "placeholder", "title", "label")
"""Attributes of elements that readers see or hear."""
NAMES = ("regcompare",)
"""Names that are the same in every language."""


@attrs.frozen
class Text:
    """A text that a catalogue needs.

    Attributes:
        folder: The folder of the catalogue.
        text: The text in English.
        source: The path of the file that contains it, from the root of the repository.
        note: What a translator should know, such as the fact whose question it is.
        is_law: Whether it is a sentence of law, which may stay English.
    """

    folder: Path
    text: str
    source: str
    note: str = ""
    is_law: bool = False


def texts(catalogue: Catalogue) -> Iterator[Text]:
    """Yields every text that a catalogue needs, file by file, some more than once."""
    catalogue = _with_packages(catalogue)
    yield from _of_files()
    yield from _of_core(catalogue)
    yield from _of_facts(catalogue)
    yield from _of_rulesets(catalogue)
    yield from _of_own_words(catalogue)
    yield from _of_cases(catalogue)


def packages() -> Iterator[ModuleType]:
    """Yields the plugins of this repository with rulesets and catalogues, installed or not."""
    for folder in sorted(ROOT.glob("plugins/*/src/*/locale")):
        if folder.parent in FEATURES or folder.parent.name == EXAMPLE:
            continue
        package, path = folder.parent.name, str(folder.parents[1])
        if path not in sys.path:
            sys.path.insert(0, path)  # One that is not installed is imported from this checkout.
        yield import_module(package)


def _with_packages(catalogue: Catalogue) -> Catalogue:
    """The catalogue with the rulesets of the plugins that are not installed."""
    for package in packages():
        for item in package.regcompare_rulesets():
            if item.id not in catalogue.rulesets:
                catalogue = catalogue.with_ruleset(item.built())
    return catalogue


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# scripts, pages, code -----------------------------------------------------------------------------


def _of_files() -> Iterator[Text]:
    for folder in (CODE, *FEATURES):
        readers = (
            ((folder / "templates").rglob("page.html"), page_texts),
            ((folder / "templates").rglob("*.html"), script_texts),
            (folder.rglob("*.js"), script_texts),
            (folder.rglob("*.py"), code_texts),
        )
        for paths, reader in readers:
            for path in sorted(paths):
                source = path.read_text(encoding="utf-8")
                yield from (Text(folder / "locale", text, _relative(path)) for text in reader(source))
    said_first = Path(inspect.getfile(message))
    folder = regcompare_cases.folder()
    for text in code_texts(said_first.read_text(encoding="utf-8")):
        yield Text(folder / "locale", text, _relative(said_first), "what is said first")


_CALL = re.compile(r"\b(?:say|say(Many)|sayParts|warn|warning)\(")


def script_texts(source: str) -> Iterator[str]:
    """Yields the texts given to ``say``, ``sayMany`` and ``warn``, wherever they are called."""
    for call in _CALL.finditer(source):
        lexemes = (match[0] for match in _LEXEME.finditer(source, call.end()))
        yield from _first_texts(lexemes, 2 if call[1] else 1)


_STRING = r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`"""
_LEXEME = re.compile(rf"{_STRING}|[=!]=+|[-()\[\]{{}},+=]|[\w.]+")
"""The lexemes of a call: strings, templates as a whole, comparisons, brackets, commas and names."""


def _first_texts(lexemes: Iterable[str], arguments: int) -> Iterator[str]:
    """The texts among the first arguments of a call; those joined with + are one."""
    depth, text, previous = 0, "", ""
    for lexeme in lexemes:
        if lexeme[0] in "\"'" and previous not in _COMPARISONS:
            if text and previous != "+":
                yield text
                text = ""
            text += ast.literal_eval(lexeme)
        elif lexeme in ("(", "[", "{"):
            depth += 1
        elif lexeme in (")", "]", "}"):
            depth -= 1
        elif lexeme == "," and depth == 0:
            arguments -= 1
        previous = lexeme
        if depth < 0 or arguments == 0:
            break
    if text:
        yield text


_COMPARISONS = ("==", "===", "!=", "!==")
"""A string after one of these is compared, not shown."""


class _PageParser(HTMLParser):
    """Collects the texts of a page as it is before any script runs."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._skipped_depth = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._skipped_depth += tag in _SKIPPED
        self.texts += [value for name, value in attributes if name in TEXT_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        self._skipped_depth -= tag in _SKIPPED

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        is_text = re.search(r"[^\W\d]", text) and "{{" not in text and text not in NAMES
        if is_text and not self._skipped_depth:
            self.texts.append(text)


_SKIPPED = ("noscript", "script", "style", "title")
"""Elements whose text the page cannot translate: without scripts it stays English."""


def page_texts(source: str) -> list[str]:
    """Returns the texts and labels of a page as it is before any script runs."""
    parser = _PageParser()
    parser.feed(source)
    return parser.texts


# data ---------------------------------------------------------------------------------------------


def _of_core(catalogue: Catalogue) -> Iterator[Text]:
    """The lists of words in code; a new list is one line here."""
    not_needed, settled = country_names("en").keys(), gates.SETTLED_BY
    asked = [item.words for item in (*price.TECHNOLOGIES, *price.USERS)]
    passed = (*gates.GATES.values(), *gates.USES.values(), gates.NO_GATE, gates.NOT_IN_FORCE)
    assert catalogue.profile.licences
    assert catalogue.profile.front
    assert catalogue.profile.puzzles
    puzzles = map(attrs.astuple, read_puzzles(catalogue.profile.puzzles).values())
    with catalogue.profile.licences.open(encoding="utf-8", newline="") as file:
        publishers = sorted({row["source"] for row in csv.DictReader(file)})
    lists: tuple[tuple[str, ModuleType, Any], ...] = (
        ("outcome", rules, [sentences.outcome_words(item.word) for item in rules.Outcome]),
        ("outcome, in short", colours, [look.short for look in colours.ACCENTS]),
        ("outcome, in a cell", rules, rules.CELL_WORDS),
        ("said of “the export”, by a law", sentences, sentences.LAW_SAYS),
        ("said of “the export”, by a proposal", sentences, sentences.PROPOSAL_SAYS),
        ("said of “the same use at home”", sentences, sentences.USE_SAYS),
        ("what is said of it follows", sentences, [sentences.SUBJECTS, "the transaction"]),
        ("under every result", sentences, [sentences.NOT_ADVICE, sentences.SPAN_ENDS]),
        ("under every result", sentences, sentences.IN_ENGLISH),
        ("how law is marked", catalogues, [catalogues.TRANSLATED, catalogues.IN_ENGLISH]),
        ("of the names in reasons", sentences, sentences.NAMES_IN_ENGLISH),
        ("of a term of the law", reasons, reasons.TRUTHS),
        ("of a fact in a reason", explained, explained.FACT_MARKS),
        ("how a licence is decided", review, review.LicensingPolicy),
        ("how a licence is decided", review, [item.meaning for item in review.LicensingPolicy]),
        ("who says what a demand rests on", law_module, law_module.SaidBy),
        ("a day", vocabulary, [day_name(FACTS_DATE), day_name(LAW_DATE)]),
        ("on a fact sheet", brief, brief.LABELS),
        ("of a provision on a fact sheet", sentences, "may apply"),
        ("what was done, in counts", owed, [owed.DECISIONS, owed.KINDS, owed.CAVEAT]),
        ("what a change of an act would change", evaluated, evaluated.WOULD),
        ("on the evaluation of the act", evaluation, evaluation.EVALUATION.texts()),
        ("how a provision is known", sentences, sentences.CHECKED_WORDS),
        ("on what results rest", gaps, gaps.RESTS_ON),
        ("what triggers a rule", rules, rules.Trigger),
        ("who has a duty or a power", rules, rules.Addressee),
        ("how strongly a duty binds", rules, rules.Strength),
        ("whom a safeguard protects", rules, rules.Protects),
        ("a kind of safeguard", rules, rules.DutyKind),
        ("on safeguards", safeguards, safeguards.SENTENCES),
        ("why a law has no safeguard of a kind", safeguards, rules.Silence),
        ("why a law has no safeguard of a kind", safeguards, safeguards.NOT_CHECKED),
        ("why a law has no safeguard of a kind", safeguards, safeguards.NOT_APPLICABLE),
        ("on how many safeguards bind", safeguards, [safeguards.BINDING, safeguards.BINDING_ON]),
        ("on how many safeguards bind", safeguards, [safeguards.COVERED, safeguards.NOUNS]),
        ("from how many states a licence is needed", shopping, [shopping.NOUNS, shopping.FROM]),
        ("why a record is open", core_counts, core_counts.WHY_OPEN),
        ("why a record is outside", core_counts, core_counts.OUTSIDE),
        ("what follows from a breach", rules, rules.Breach),
        ("result without an outcome", verdict, ["not in force", "out of scope"]),
        ("what a headline counts", provenance, provenance.RECORD_GROUPS),
        ("a class of cases", classes, [classes.CLASSES, classes.SHOWN_AS]),
        ("a heading of a class", counts, counts.HEADS),
        ("a measure, and what is said of records", measures, _measured()),
        ("how a sentence on some facts begins", layers, layers.LAYER_WORDS),
        ("what is counted", populations, populations.NOUNS),
        ("what became of exports", message, message.DECIDED),
        ("source of published decisions", regcompare_cases, publishers),
        ("on the front page", regcompare_cases, read_front(catalogue.profile.front).all_texts()),
        ("asked of every case", vocabulary, [FACTS_DATE.question, FACTS_DATE.help]),
        ("answer", verdict, "none of these"),
        ("what three teaching cases ask of a class, and the answer", regcompare_cases, puzzles),
        ("on a gate", gates, [[gate.word, gate.detail] for gate in passed]),
        ("of a result on a gate", gates, gates.PERHAPS),
        ("what a gate means", gates, [gate.sentence for gate in passed]),
        ("how a licence is decided", gates, gates.REVIEWS),
        ("why a gate is as it is", gates, [gates.IF, gates.OR_IF, gates.MAY_APPLY, gates.OTHERWISE]),
        ("why a gate is as it is", gates, [gates.OUTSIDE, gates.MAY_BE_OUTSIDE, gates.NOTHING, settled]),
        ("what follows, after a clause with if", gates, gates.CONSEQUENCES),
        ("what is on record of a case", provenance, provenance.RECORD_KINDS),
        ("what its day means", provenance, provenance.DATE_MEANINGS),
        ("where an answer is looked for", provenance, provenance.REPLY_PLACES),
        ("how a fact is known", case_page, case_page.HOW),
        ("how much of a source was read", case_page, case_page.READ),
        ("who disputes a fact", disputes, disputes.OTHER_SIDE),
        ("what a mark means", front_view, front_view.KEY),
        ("what a rule may ask, after “a sale of technology”", price, [asked, [*price.CONSEQUENCES]]),
        ("on a card of the lesson", lesson, [[item.short for item in lesson.FACTS], lesson.ACTS]),
        ("question of a page for lawyers", law, law.QUESTIONS),
        ("the name of a file", build, [build.GAME, build.LESSON, build.CARDS]),
        ("a country that the Unicode data lack", kinds, countries()),
    )
    for note, module, group in lists:
        path = Path(inspect.getfile(module))
        folder = _package(path) / "locale"
        if module in (regcompare_cases, message):
            folder = regcompare_cases.folder() / "locale"
        source = _relative(path)
        yield from (Text(folder, text, source, note) for text in _words(group) if text not in not_needed)


def _words(group: Any) -> Iterator[str]:
    """The texts of a list: of a mapping its values, of lists within it theirs, but no blank ones."""
    if isinstance(group, str):
        yield from [str(group)] if group else []
    else:
        for item in group.values() if isinstance(group, Mapping) else group:
            yield from _words(item)


def _of_facts(catalogue: Catalogue) -> Iterator[Text]:
    """Titles of sections, questions, help, and answers as labels and as in sentences."""
    for cls in catalogue.vocabulary.sections:
        path = Path(inspect.getsourcefile(cls) or "")
        if not path.is_relative_to(ROOT):
            continue  # It belongs to a plugin with catalogues of its own.
        folder, source = _package(path) / "locale", _relative(path)
        yield from (Text(folder, text, source, note) for text, note in section_texts(cls))


def _of_own_words(catalogue: Catalogue) -> Iterator[Text]:
    """The words that plugins add to the lists of the core."""
    sections = catalogue.vocabulary.by_name
    words = [word for ruleset in catalogue.rulesets.values() for word in ruleset.own_words()]
    words += [word for item in catalogue.vocabulary.own_answers for word in item.words]
    for word in dict.fromkeys(words):
        path = Path(inspect.getsourcefile(sections[word.owner]) or "")
        if path.is_relative_to(ROOT):
            yield Text(_package(path) / "locale", str(word), _relative(path), word.key)


def _package(path: Path) -> Path:
    """The folder of the package that a file of the project belongs to; of the core, if to none."""
    below = (folder for folder in path.parents if ROOT in folder.parent.parents)
    return next((folder for folder in below if folder.parent.name == "src"), CODE)


def _of_rulesets(catalogue: Catalogue) -> Iterator[Text]:
    """Titles of rulesets, homes, conditions in everyday words, and sentences of law."""
    for package in packages():
        path = Path(inspect.getfile(package))
        for item in package.regcompare_rulesets():
            ruleset, folder = catalogue.ruleset(item.id), _package(path) / "locale"
            for text, note in ruleset_texts(ruleset):
                yield Text(folder, text, _relative(path), note)
            for text, note in law_texts(ruleset):
                yield Text(folder, text, _relative(path), note, is_law=True)


def _of_cases(catalogue: Catalogue) -> Iterator[Text]:
    """The texts of cases that pages show."""
    folder = regcompare_cases.folder()
    cases = (*catalogue.scenarios(), *catalogue.teaching(), *catalogue.ordinary())
    for text, note in case_texts(cases):
        yield Text(folder / "locale", text, _relative(folder), note)


def _measured() -> Iterator[str]:
    """The headings, verbs and openings of measures."""
    for item in measures.MEASURES.values():
        yield from (item.head, *item.verbs, item.would, item.lead)
