"""Texts in other languages: how catalogues are read, and that those that ship are whole."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tools.catalogues import brought_up, check, english_left, files_of
from tools.texts import page_texts, script_texts

import regcompare_cases
from regcompare.cli import main
from regcompare.errors import UsageError
from regcompare.facts import countries
from regcompare.plugins.catalogue import Catalogue
from regcompare.words.catalogues import (
    ENGLISH,
    Entry,
    catalogue,
    country_names,
    language,
    languages,
    read,
)
from regcompare_publish.texts import (
    code_texts,
    faults,
    formatted,
    updated,
)

PLUGIN = """\
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Does it rain?"
msgstr "Regent het?"

msgid "none"
msgstr "niet te zeggen"

msgid "empty"
msgstr ""

#, fuzzy
msgid "doubtful"
msgstr "twijfelachtig"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of a plugin with texts in Dutch."""
    (tmp_path / "nl.po").write_text(PLUGIN, encoding="utf-8")
    return tmp_path


# reading ---------------------------------------------------------------------------------------------


def test_a_plugin_adds_texts_and_the_core_counts_before_it(folder: Path) -> None:
    """Texts of a plugin join those of the core; entries that are empty or fuzzy are left out."""
    texts = catalogue("nl", [folder])

    assert texts["Does it rain?"] == "Regent het?"
    assert texts["none"] == "geen enkele"
    assert "empty" not in texts
    assert "doubtful" not in texts


def test_a_language_without_texts_is_refused(folder: Path) -> None:
    """An unknown language is a mistake of use, and the message names the languages there are."""
    with pytest.raises(UsageError, match=r"There are no texts in 'nn'. Expected en or nl\."):
        catalogue("nn", [folder])


def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    """A file that gettext could not read is named."""
    (tmp_path / "nl.po").write_text("No catalogue at all.\n", encoding="utf-8")

    with pytest.raises(UsageError, match=r"nl\.po:1: this is not a gettext catalogue"):
        catalogue("nl", [tmp_path])


def test_a_text_has_its_placeholders_filled() -> None:
    """What a language lacks is said in English; a place without a value stays as it is."""
    dutch = language("nl")

    assert dutch.say("Of {number} {noun}, {clauses}.", number=1, noun="b", clauses="c") == "Van 1 b: c."
    assert dutch.say("Nobody said {what} {how}.", what="so") == "Nobody said so {how}."
    assert language("en") is ENGLISH


def test_every_language_names_every_country() -> None:
    """A catalogue names each country that a case may name."""
    for lang in languages():
        texts = catalogue(lang)

        assert [name for name in countries().values() if not texts.get(name)] == []
    assert country_names("nl")["Germany"] == "Duitsland"
    assert country_names("no-such-language") == {}


def test_no_large_library_reads_the_texts() -> None:
    """A language is read, country names included, without what only developers have."""
    code = (
        "import sys; sys.modules['babel'] = None; from regcompare.words.catalogues import language as l"
    )
    command = [sys.executable, "-c", f"{code}; l('nl')"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


# what the repository ships ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def installed() -> Catalogue:
    """What is installed."""
    return Catalogue.installed()


@pytest.mark.thorough
def test_the_catalogues_that_ship_are_whole(installed: Catalogue) -> None:
    """No entry is missing, stale, empty, fuzzy or faulty; `python -m tools.catalogues update` helps."""
    assert languages(installed.locales) == ("nl",)
    assert list(check("nl", installed)) == []


@pytest.mark.thorough
def test_the_catalogues_that_ship_are_as_the_tool_writes_them(installed: Catalogue) -> None:
    """To bring a catalogue up to date that is up to date changes nothing."""
    for file, wanted in files_of("nl", installed).items():
        assert brought_up("nl", file, wanted) == file.read_text(encoding="utf-8"), file


# the tool ------------------------------------------------------------------------------------------------


def texts(*names: str) -> list[Entry]:
    """Texts of one file."""
    return [Entry(name, sources=("page.js",)) for name in names]


def test_an_update_keeps_translations_and_their_order_is_that_of_the_texts(tmp_path: Path) -> None:
    """What is new comes in empty, what nothing says any more goes, and the rest stays."""
    file = tmp_path / "nl.po"
    held = {"old": Entry("old", "oud"), "kept {one}": Entry("kept {one}", "bleef {one}")}

    file.write_text(formatted("nl", updated(held, texts("new", "kept {one}", "new"))), encoding="utf-8")

    assert file.read_text(encoding="utf-8") == (
        'msgid ""\nmsgstr ""\n"Language: nl\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        '#: page.js\nmsgid "new"\nmsgstr ""\n\n'
        '#: page.js\nmsgid "kept {one}"\nmsgstr "bleef {one}"\n'
    )
    assert [entry.translation for entry in read(file).values()] == ["", "bleef {one}"]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (Entry("a", ""), "empty: 'a'"),
        (Entry("a", "b", is_fuzzy=True), "fuzzy: 'a'"),
        (Entry("a {one}", "b {two}"), "different placeholders: 'a {one}' became 'b {two}'"),
        (Entry("a", "de export licence"), "the English word 'export' is left in 'de export licence'"),
        (Entry("a ", "b"), "different spaces at an end: 'a ' became 'b'"),
        (Entry("a", "b"), None),
    ],
)
def test_a_fault_is_named(entry: Entry, fault: str | None) -> None:
    """An entry that nobody has finished, or that says something else, is named."""
    found = [*faults({entry.text: entry}, texts(entry.text)), *english_left([entry])]

    assert found == ([fault] if fault else [])


def test_what_is_missing_or_stale_is_named() -> None:
    """A text without an entry is missing; an entry that nothing says is stale."""
    found = faults({"old": Entry("old", "oud")}, texts("new"))

    assert list(found) == ["missing: 'new'", "stale, no longer used: 'old'"]


def test_texts_of_scripts_are_found_wherever_they_are_used() -> None:
    """Choices, joined strings, nested calls and calls inside templates count; compared strings do not."""
    source = """
      say("plain"); sayMany("one", "many", count, { x: "no text" });
      say(word === "not said" ? "this {a}" : "that " + "{a}", { a: say("nested") });
      el("p", {}, `${say("in a template")}: ${name}`);
      function say(text, values = {}) { return "none of these"; }
    """

    assert list(script_texts(source)) == [
        *("plain", "one", "many", "this {a}", "that {a}", "nested", "in a template"),
    ]


def test_texts_of_pages_are_found_as_the_page_translates_them() -> None:
    """Texts and labels count, in one line each; what a template fills in does not."""
    source = (
        '<title>{{title}}</title><style>p { }</style><p aria-label="Label">Two\n  lines '
        "<b>{{notice}}</b></p><noscript><p>Without scripts</p></noscript><p>1 · 2</p>"
    )

    assert page_texts(source) == ["Label", "Two lines"]


def test_texts_of_code_are_found_in_each_choice() -> None:
    """The texts that a call may come to count, and nothing else in it."""
    source = """language.say("one" if word == "no text" else {1: "two", 2: "three"}[n], key="no text")"""

    assert list(code_texts(source)) == ["one", "two", "three"]


# the commands --------------------------------------------------------------------------------------------


def brief(tmp_path: Path, lang: str) -> list[str]:
    """The lines of a brief on three teaching cases."""
    file = tmp_path / f"{lang}.md"
    cases = str(regcompare_cases.folder() / "teaching" / "ignorance-pays.yaml")
    done = CliRunner().invoke(main, ["brief", cases, "-o", str(file), "--lang", lang])
    assert done.exit_code == 0, done.output
    return file.read_text(encoding="utf-8").splitlines()


def test_a_brief_has_its_headline_in_dutch(tmp_path: Path) -> None:
    """Title, finding, table and headings are Dutch, and a sentence says that the rest is English."""
    title, _, finding, _, head, *_ = lines = brief(tmp_path, "nl")

    assert title == "# 3 gevallen onder 3 sets regels"
    assert finding == (
        "**Van 3 gevallen: Verordening 428/2009 per 2020-11-08 zou ten minste een vergunning eisen voor "
        "geen enkele, en weigering of een verbod voor geen enkele; Verordening 2021/821 per 2021-09-09 "
        "zou ten minste een vergunning eisen voor 1, en weigering of een verbod voor geen enkele; en "
        "Amnesty’s voorstel per 2021-09-09 zou ten minste een vergunning eisen voor 3, en weigering of "
        "een verbod voor 3.**"
    )
    assert head == (
        "| set regels | vrij | moet melden | vergunning nodig | "
        "geweigerd of verboden | te weinig bekend | valt erbuiten | alle |"
    )
    assert "## Hoe je dit leest" in lines
    assert any(line.startswith("Wat volgt, is in het Engels") for line in lines)


def test_a_language_without_texts_chooses_the_links_alone(tmp_path: Path) -> None:
    """German is a language of the law; as there are no texts in it, a brief is English."""
    assert brief(tmp_path, "de") == brief(tmp_path, "en")


@pytest.mark.thorough
def test_the_page_holds_each_language_and_opens_in_the_one_asked_for(tmp_path: Path) -> None:
    """The catalogues are packed into the page; links follow the language, or --lang without texts."""
    cases = str(regcompare_cases.folder() / "teaching" / "ignorance-pays.yaml")

    found = {}
    for lang in ("nl", "de"):
        file = tmp_path / f"{lang}.html"
        CliRunner().invoke(main, ["page", cases, "-o", str(file), "--lang", lang])
        found[lang] = packed(file.read_text(encoding="utf-8"))

    assert [page["lang"] for page in found.values()] == ["nl", "en"]
    assert found["nl"]["catalogues"]["nl"]["prohibition"] == "verbod"
    assert [links(found[lang]) for lang in ("nl", "de")] == [
        {"en": "/EN/", "nl": "/NL/"},
        {"en": "/DE/", "nl": "/NL/"},
    ]


def packed(page: str) -> dict[str, Any]:
    """The data of a page, those of its first view included."""
    unpacked: dict[str, Any] = {}
    for name in ("first", "data"):
        data = page.partition(f'<script type="text/plain" id="{name}">')[2].partition("<")[0]
        unpacked |= json.loads(zlib.decompress(base64.b64decode(data)))
    return unpacked


def links(data: dict[str, Any]) -> dict[str, str]:
    """The part of the first address of a text that names its language, by language of the page."""
    found = {code: re.search(r"/[A-Z]{2}/", laws[0][0]) for code, laws in data["texts"]["laws"].items()}
    return {code: match[0] for code, match in found.items() if match}
