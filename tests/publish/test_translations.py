"""The command ``catalogues``: texts of a plugin out, filled in, and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import attrs
import pytest
from click.testing import CliRunner, Result
from tests.support.strangers import install, with_facts
from tools.catalogues import files_of

from regcompare.cli import main
from regcompare.plugins.catalogue import Catalogue
from regcompare.words.catalogues import catalogue as translations_of
from regcompare.words.catalogues import (
    read,
)
from regcompare_publish.texts import (
    formatted,
)

Run = Callable[..., Result]

LOCALE = """
from pathlib import Path

@hookimpl
def regcompare_catalogues():
    return [Path(__file__).parent / "{module}_locale"]

def greeting(language):
    return language.say("Good day, {{name}}.", name="you")
"""
TEXTS = ["Facts of odd", "Is it odd?", "Rules of odd-law", "Good day, {name}."]
LAW = "Every export needs a licence."
IN_ENGLISH = "Sentences of law may stay English: 1 of 1 do."


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command on an installed plugin ``odd-rules`` whose texts nobody has translated."""
    source = with_facts("odd-law", "odd") + LOCALE.format(module="odd_rules")
    install(tmp_path, "odd-rules", source)
    (tmp_path / "odd_rules_locale").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("REGCOMPARE_PLUGINS", "regcompare:publish,odd-rules")
    return lambda *words: CliRunner().invoke(main, ["catalogues", *map(str, words)])


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A file in German with a translation, one that does not fit, and one that nobody needs."""
    file = tmp_path / "odd-de.po"
    text = """
        msgid ""
        msgstr ""
        "Language: de\\n"

        msgid "Is it odd?"
        msgstr "Ist es seltsam?"

        msgid "Good day, {name}."
        msgstr "Guten Tag, {wer}."

        msgid "Farewell"
        msgstr "Leben Sie wohl"
    """
    file.write_text(dedent(text), encoding="utf-8")
    return file


def test_what_lacks_a_translation_is_listed(run: Run) -> None:
    """All that a plugin declares and says lacks one in a new language, and the status is 1."""
    result = run("odd-rules", "de")

    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "odd-rules in de: 0 of 4 texts are translated.",
        IN_ENGLISH,
        *(f"missing: {text!r}" for text in TEXTS),
    ]


def test_texts_go_out_into_a_file_to_fill_in(run: Run, tmp_path: Path) -> None:
    """The file has each text with a note on where it is used, and no translation."""
    file = tmp_path / "out.po"

    result = run("odd-rules", "de", "-o", file)

    assert result.exit_code == 0
    assert list(read(file)) == [*TEXTS, LAW]
    assert read(file)[LAW].notes == ("art-1 of odd-law, which may stay English",)
    assert read(file)["Is it odd?"].notes == ("odd.odd",)
    assert not any(item.translation for item in read(file).values())


def test_translations_come_back(run: Run, filled: Path, tmp_path: Path) -> None:
    """What fits is shown from then on; what does not is kept and told; what is not needed is left out."""
    result = run("odd-rules", "de", "--from", filled)

    folder = tmp_path / "odd_rules_locale"
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "odd-rules in de: 1 of 4 texts are translated.",
        IN_ENGLISH,
        *("missing: 'Facts of odd'", "missing: 'Rules of odd-law'"),
        "different placeholders: 'Good day, {name}.' became 'Guten Tag, {wer}.'",
        "stale, no longer used: 'Farewell'",
    ]
    assert list(read(folder / "de.po")) == ["Is it odd?", "Good day, {name}."]
    shown = translations_of("de", [folder])
    assert shown["Is it odd?"] == "Ist es seltsam?"
    assert "Good day, {name}." not in shown


def test_a_finished_language_has_nothing_to_report(run: Run, tmp_path: Path) -> None:
    """Out, filled in whole and back: the status is 0, now and when asked again."""
    file = tmp_path / "out.po"
    run("odd-rules", "fr", "-o", file)
    entries = read(file).values()
    done = [attrs.evolve(item, translation=f"fr {item.text}") for item in entries]
    file.write_text(formatted("fr", done), encoding="utf-8")

    results = [run("odd-rules", "fr", "--from", file), run("odd-rules", "fr")]

    assert [result.exit_code for result in results] == [0, 0]
    assert results[1].output == "odd-rules in fr: 4 of 4 texts are translated.\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("od-rules", "de"),
            "'od-rules' is not a plugin. Expected one of those installed (core, regcompare:publish, odd-rules:rules)",
        ),
        (("odd-rules", "xx"), "'xx' is not the code of a language. Expected one such as de"),
        (("odd-rules", "en"), "English is the language of the texts."),
        (("odd-rules", "de", "--from", "none.po"), "none.po: there is no such file."),
        (("odd-rules", "fr", "--from", "{filled}"), "its head says Language: de. Expected fr."),
        (("odd-rules", "de", "-o", "{filled}"), "already exists."),
    ],
)
def test_a_mistake_of_use_is_told(run: Run, filled: Path, words: tuple[str, ...], message: str) -> None:
    """An unknown plugin or language, or a file that is not there or of another language, is refused."""
    result = run(*(word.format(filled=filled) for word in words))

    assert result.exit_code == 2
    assert message in result.output
    assert "Traceback" not in result.output


def test_a_plugin_without_a_folder_is_told_of_the_hook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plugin that cannot hold translations is told how it could."""
    install(tmp_path, "plain-rules", with_facts("plain-law", "plain"))
    monkeypatch.syspath_prepend(tmp_path)

    result = CliRunner().invoke(main, ["catalogues", "plain-rules", "de"])

    assert result.exit_code == 2
    assert "Expected the hook regcompare_catalogues" in result.output


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (
            'msgid "Is it odd?"\nmsgstr "Est-ce étrange ?"\n'.encode("latin-1"),
            ":2: byte 0xE9 is not UTF-8.",
        ),
        (b'msgid "Is it odd?"\nmsgstr "Ist es\n', ":2: this is not a gettext catalogue: "),
        (b"Is it odd? Ist es seltsam?\n", ":1: this is not a gettext catalogue: "),
    ],
)
def test_a_broken_file_is_told_with_its_line(run: Run, filled: Path, content: bytes, place: str) -> None:
    """A file that is not UTF-8, or not a catalogue, is refused with its line and the cure."""
    filled.write_bytes(content)

    result = run("odd-rules", "de", "--from", filled)

    assert result.exit_code == 2
    assert f"{filled}{place}" in result.output
    assert "Expected" in result.output


@pytest.mark.thorough
def test_a_new_language_gets_every_text_that_ships(tmp_path: Path) -> None:
    """What the command gives out for each part that ships is what its tests ask of a catalogue."""
    for file, needed in files_of("de", Catalogue.installed()).items():
        package = file.parent.parent.name.replace("regcompare_", "")
        name = {"regcompare": "core", "scenarios": "cases"}.get(package, package)
        if name == "world":
            continue  # A distribution of its own, which need not be installed.
        out = tmp_path / f"{name}.po"

        CliRunner().invoke(main, ["catalogues", name, "de", "-o", str(out)])

        assert set(read(out)) == {item.text for item in needed}, name
