"""Law in other languages: sentences are marked as translated, and no table changes language."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.support.shipped import CASES, CATALOGUE

import regcompare as rc
from regcompare.cli import main
from regcompare.comparison.comparison import compare
from regcompare.plugins.catalogue import Catalogue
from regcompare.views.document import Document, Entry, Item, Link, Paragraph, Section, Table, plain
from regcompare.views.verdict import explain_document, explain_text
from regcompare.words.catalogues import Language, language, read
from regcompare_elsewhere.owed import owed
from regcompare_publish.brief import brief_document
from regcompare_publish.texts import formatted

ROOT = Path(__file__).parents[2]
REGIMES = list(CATALOGUE.usual())
_WIDE = {letter: letter + 0xFEE0 for letter in map(ord, "abcdefghijklmnopqrstuvwxyz")}
_ENGLISH = re.compile(r"\b[a-z]{3,}")
_WORD = re.compile(r"[^\W\d_]{3,}")


class Wide(Mapping[str, str]):
    """A catalogue that has every text, in wide letters: what is never asked for stays as it was."""

    def __getitem__(self, text: str) -> str:
        parts = re.split(r"(\{\w+\})", text)
        return "".join(part if part[:1] == "{" else part.translate(_WIDE) for part in parts)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


WIDE = Language("nl", Wide())


def tables(blocks: Iterable[Any]) -> Iterator[Table]:
    """The tables among blocks, those of sections included."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Section | Entry):
            yield from tables(block.blocks)


def texts(block: Any) -> Iterator[str]:
    """The words of a block of a cell; citations are names, which every language has."""
    if isinstance(block, Paragraph | Item):
        yield plain(piece for piece in block.line if not isinstance(piece, Link))
    for item in getattr(block, "items", ()):
        yield from texts(item)


def texts_of(table: Table) -> list[str]:
    """The texts of a table that have words."""
    cells = (text for row in table.rows for cell in row for block in cell for text in texts(block))
    return [text for text in (table.caption, *table.head, *cells) if _WORD.search(text)]


def documents() -> Iterator[tuple[str, Document]]:
    """What is written in another language, with the name of each."""
    yield "brief", brief_document(compare(CASES[:14], REGIMES), language=WIDE)
    yield "fact sheet", brief_document(compare(CASES[:1], REGIMES), language=WIDE)
    yield "owed", owed(CASES[:5], REGIMES[:2]).document(language=WIDE)
    verdict = rc.assess(CASES[0], REGIMES[1])
    yield "explain", explain_document(verdict, full=True, language=WIDE)


def test_no_table_changes_language() -> None:
    """Every word of a table is in the language that it declares, or all of them are English."""
    found = [(name, table) for name, document in documents() for table in tables(document.blocks)]
    mixed = [
        (name, table.caption, text)
        for name, table in found
        for text in texts_of(table)
        if bool(_ENGLISH.search(text)) == bool(table.lang)
    ]

    assert len(found) > 3
    assert not mixed


# sentences of law ------------------------------------------------------------------------------------

TOYLAND = ROOT / "plugins" / "regcompare-toyland"
BEAR = "Exporting a watching toy from Toyland requires a licence"


@pytest.fixture(scope="module")
def toyland() -> Catalogue:
    """The plugin of Toyland, whose sentences of law are in Dutch as well."""
    return CATALOGUE.with_loaded(TOYLAND)


def explained(toyland: Catalogue, lang: str, texts: Mapping[str, str] | None = None) -> str:
    """What the full account of a case of Toyland says."""
    law = toyland.ruleset("toyland")
    case = next(case for case in toyland.read(*law.cases) if case.id == "listening-bear")
    said = language(lang, toyland.locales) if texts is None else Language(lang, texts)
    return " ".join(explain_text(rc.assess(case, law), full=True, language=said).split())


def test_a_translated_sentence_of_law_is_marked(toyland: Catalogue) -> None:
    """Rules and duties are said in the language, marked each time; elsewhere, and in English, they are not."""
    dutch, english, untranslated = (
        explained(toyland, "nl"),
        explained(toyland, "en"),
        explained(toyland, "nl", {}),
    )

    assert dutch.count("onherstelbaar kapot is. (vertaald)") == 2
    assert "in de administratie bewaren. (vertaald) [moet;" in dutch
    for text in (english, untranslated):
        assert BEAR in text
        assert "vertaald" not in text
        assert "translated" not in text.replace("not translated", "")


def test_what_is_left_in_english_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clinic lists sentences of law without a translation, which may stay so, and counts the others."""
    folder = tmp_path / "regcompare-toyland"
    shutil.copytree(TOYLAND, folder)
    for name in [name for name in sys.modules if name.startswith("regcompare_toyland")]:
        monkeypatch.delitem(sys.modules, name)  # Of one package, the first that was imported counts.
    monkeypatch.setattr(sys, "path", [place for place in sys.path if "toyland" not in place])
    (file,) = folder.rglob("nl.po")
    kept = [item for item in read(file).values() if item.text not in (BEAR + ".", "Lakeland")]
    file.write_text(formatted("nl", kept), encoding="utf-8")

    told = CliRunner().invoke(main, ["clinic", str(folder)])
    listed = CliRunner().invoke(main, ["catalogues", str(folder), "nl"])

    assert told.stdout.splitlines()[-5:] == [
        f"texts in nl: 1 found; regcompare catalogues {folder} nl, as the guide on languages says.",
        "  missing: 'Lakeland'",
        "note: sentences of law that are not in nl, and may stay English: 1.",
        f"  {BEAR}.",
        "1 found.",
    ]
    assert listed.stdout.splitlines() == [
        f"{folder} in nl: 15 of 16 texts are translated.",
        "Sentences of law may stay English: 1 of 6 do.",
        "missing: 'Lakeland'",
    ]
