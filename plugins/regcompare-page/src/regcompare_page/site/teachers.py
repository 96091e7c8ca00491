"""Everything for a lesson, in one ZIP: the page, the lesson, the papers, the puzzles, and a read-me."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from regcompare.words.catalogues import ENGLISH, Language

from .build import page_of_text
from .printed import pdf_of_markdown

PAPERS = ("hand-out", "answers")
"""The papers, each both as a PDF to print and as a page to read."""


def lesson(documents: Path, lang: str = "en") -> dict[str, str]:
    """Returns the lesson, its hand-out and the answers as Markdown, by name.

    What is not translated into the language is in English.
    """
    english = documents / "educators"
    source = translated if (translated := english / lang).is_dir() else english
    return {name: (source / f"{name}.md").read_text(encoding="utf-8") for name in ("lesson", *PAPERS)}


def teachers_zip(
    story: str, texts: Mapping[str, str], *, quiz: str = "", language: Language = ENGLISH
) -> bytes:
    """Returns the ZIP for teachers, the same each time.

    Args:
        story: The interactive page, as HTML.
        texts: The lesson, the hand-out and the answers as Markdown, by name.
        quiz: The puzzles as questions for Moodle; blank for none.
        language: The language of the texts.

    Raises:
        UsageError: The extra ``site`` is not installed.
    """
    files: dict[str, str | bytes] = {"README.txt": _read_me(language), "story.html": story}
    lang = language.code
    files |= {f"{name}.pdf": pdf_of_markdown(texts[name], lang=lang) for name in PAPERS}
    names = [*files]
    files |= {f"{name}.html": page_of_text(text, names, lang) for name, text in texts.items()}
    if quiz:
        files["puzzles.gift.txt"] = quiz
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _read_me(language: Language) -> str:
    """The first steps, for whoever unpacks the ZIP."""
    return language.say(
        """\
A lesson on the export of surveillance technology, 45 minutes.
Nothing has to be installed, and no network is needed.

1. Unpack the ZIP into a folder.
2. Open lesson.html in a browser: it says what to do, minute by minute.
3. Print hand-out.pdf, two pages, a copy for each pupil.  answers.pdf is for you.
4. Open story.html on the projector.  Pupils may open it too; nothing is sent anywhere.

puzzles.gift.txt has the puzzles as questions for Moodle: import it into the question bank as GIFT.
hand-out.html and answers.html say the same as the PDFs, for screens and screen readers.
It is a tool for comparison, not legal advice.
"""
    )
