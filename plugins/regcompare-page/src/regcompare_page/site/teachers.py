"""Everything for a lesson, in one ZIP: the page, the lesson, its papers, the puzzles, and a read-me."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from regcompare.errors import needs_extra
from regcompare.plugins.profile import Puzzle
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess
from regcompare.views.gates import GATES, NO_GATE, gate_of, why
from regcompare.words.catalogues import ENGLISH, Language
from regcompare_page.face.files import templates

from .templates import style

_STORY_ADDRESS = re.compile(r"<code>(story\.html#[\w-]+(?:&amp;\w+)*)</code>")
"""An address of the interactive page in code markup, which becomes a link."""

_FIRST_CELL = re.compile(r"(<tr>\s*)<td>(.+?)</td>")
"""The first cell of a row, which heads it."""

STATIC_POLICY = (
    "script-src 'none'; object-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
    "style-src 'unsafe-inline'"
)
"""The policy of a page without a script, which loads nothing."""


def lesson(documents: Path, lang: str = "en") -> dict[str, str]:
    """Returns the lesson, its hand-out and the answers as Markdown, by name.

    What is not translated into the language is in English.
    """
    english = documents / "educators"
    source = translated if (translated := english / lang).is_dir() else english
    return {
        name: (source / f"{name}.md").read_text(encoding="utf-8")
        for name in ("lesson", "hand-out", "answers")
    }


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
    names = ["story.html", *(f"{name}.html" for name in texts)]
    files |= {f"{name}.html": page_of_text(text, names, language.code) for name, text in texts.items()}
    if quiz:
        files["puzzles.gift.txt"] = quiz
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def page_of_text(text: str, files: Sequence[str], lang: str = "en") -> str:
    """Returns a text as a page to read and to print; a horizontal rule starts a new sheet.

    Links to other files than those given become plain text.

    Args:
        text: The text, as Markdown with tables.
        files: The names of the files to which links may lead, besides web addresses.
        lang: The language of the text.

    Raises:
        UsageError: The extra ``site`` is not installed.
    """
    with needs_extra("site"):
        from markdown_it import MarkdownIt
    html: str = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    html = re.sub(r"<!--.*?-->\n?", "", html, flags=re.DOTALL)
    html = re.sub(r'<a href="([^"]*)">(.*?)</a>', lambda link: _link_or_text(link, files), html)
    html = _STORY_ADDRESS.sub(r'<a href="\1">\1</a>', html)
    html = _FIRST_CELL.sub(r'\1<th scope="row">\2</th>', html).replace("<pre>", '<pre tabindex="0">')
    html = html.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    html = html.replace("</table>", "</table></div>").replace("<th>", '<th scope="col">')
    title = next((line[2:] for line in text.splitlines() if line.startswith("# ")), "")
    page = templates().get_template("site/text.html")
    return page.render(lang=lang, title=title, policy=STATIC_POLICY, style=style(), text=html)


def _link_or_text(link: re.Match[str], files: Sequence[str]) -> str:
    target = re.sub(r"\.md$", ".html", link[1])
    if target in files or link[1].startswith(("https://", "http://")):
        return f'<a href="{target}">{link[2]}</a>'
    return link[2]


def _read_me(language: Language) -> str:
    """The first steps, for whoever unpacks the ZIP."""
    return language.say(
        """\
A lesson on the export of surveillance technology, 45 minutes.
Nothing has to be installed, and no network is needed.

1. Unpack the ZIP into a folder.
2. Open lesson.html in a browser: it says what to do, minute by minute.
3. Print hand-out.html from the browser, two pages, a copy for each pupil.  answers.html is for you.
4. Open story.html on the projector.  Pupils may open it too; nothing is sent anywhere.

puzzles.gift.txt has the puzzles as questions for Moodle: import it into the question bank as GIFT.
It is a tool for comparison, not legal advice.
"""
    )


# puzzles for Moodle --------------------------------------------------------------------------------


def gift(
    puzzles: Sequence[tuple[Puzzle, Sequence[Scenario]]],
    rulesets: Sequence[Ruleset],
    language: Language = ENGLISH,
) -> str:
    """Returns puzzles as GIFT: a category each, with a question to match for every case.

    Pupils match each regime with its gate; the reasons follow as feedback, after the last case of a
    puzzle with the answer.

    Args:
        puzzles: Each puzzle with its cases.
        rulesets: The regimes.
        language: The language of the texts.
    """
    return "\n".join(line for item in puzzles for line in _category(*item, rulesets, language))


def _category(
    puzzle: Puzzle, cases: Sequence[Scenario], rulesets: Sequence[Ruleset], language: Language
) -> Iterator[str]:
    say = language.say
    yield f"$CATEGORY: regcompare/{_escaped(say(puzzle.question).replace('/', ' '))}\n"
    words = [gate.label(language) for gate in dict.fromkeys((*GATES.values(), NO_GATE))]
    for case in cases:
        verdicts = [assess(case, ruleset) for ruleset in rulesets]
        names = [say(ruleset.plain_title) for ruleset in rulesets]
        answers = [gate_of(verdict, language).word for verdict in verdicts]
        feedback = [
            f"{name}: {answer}. {why(verdict, language).sentence}"
            for name, answer, verdict in zip(names, answers, verdicts, strict=True)
        ]
        if case is cases[-1]:
            feedback.append(f"{say(puzzle.question)} {say(puzzle.answer)}")
        yield f"::{_escaped(say(case.title))}::{_escaped(say(' '.join(case.story.split())))} {{"
        for name, answer in zip(names, answers, strict=True):
            yield f"={_escaped(name)} -> {_escaped(answer)}"
        yield from (f"= -> {_escaped(word)}" for word in words if word not in answers)
        yield f"####{_escaped(' '.join(feedback))}\n}}\n"


def _escaped(text: str) -> str:
    """A text without the marks of the format."""
    return re.sub(r"([~=#{}:\\])", r"\\\1", text)
