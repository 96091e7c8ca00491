"""The files of the site, each as text, with their links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

import attrs

from regcompare.comparison.comparison import Comparison
from regcompare.comparison.counts import Law
from regcompare.comparison.receipts import facts_hash
from regcompare.errors import UsageError
from regcompare.facts import countries
from regcompare.scenario.leaning import leaning_sentence
from regcompare.scenario.provenance import RECORD_GROUPS
from regcompare.scenario.scenario import Scenario
from regcompare.views.gates import WORDS
from regcompare.views.sentences import IN_ENGLISH, one_line
from regcompare.words.catalogues import ENGLISH, Language
from regcompare_page.face.case import HOW, READ, CasePage
from regcompare_page.face.deals import Result, year_of
from regcompare_page.face.disputes import answer_in
from regcompare_page.face.files import embedded, policy, script, style, templates
from regcompare_page.face.front import Front
from regcompare_page.face.front_view import front_values
from regcompare_page.face.lesson import MINUTES, Lesson, lesson_values
from regcompare_page.face.share import case_picture, finding_picture
from regcompare_page.face.texts import Puzzle
from regcompare_publish.case_data import case_files, dataset_markup
from regcompare_publish.citation import cited_result, comparison_cited

from .law import LawPage
from .quiz import gift

GAME, LESSON, CARDS, CORRECTIONS = "game.html", "lesson.html", "cards.html", "corrections.html"
"""Files that are named in the language of their pages, since they are handed on by themselves."""


@attrs.frozen(slots=False, eq=False)
class Site:
    """The site, and its pages in one language; links are relative, but in what is sent alone.

    Attributes:
        comparison: The documented cases under the regimes that it shows.
        story: The interactive page, as HTML, in every language.
        front: What the front page shows; None for the list of cases in its place.
        game: The ids of the cases of the game.
        address: The address of the site, for images shown by other sites; blank if not known.
        puzzles: What some invented cases put to a class, each with the cases; the lesson begins with
            the first.
        lang: The language of the law texts to which links lead.
        languages: The language of the pages in each folder, of which the first is that of the site; a
            folder ends with a slash.  Provisions, records and sources stay English.
        law_pages: Pages for lawyers.
        report_to: The address of a form that takes a title and a body, or one of mail, for a mistake or
            a reply; where it is blank, the page on corrections says what to send.
        folder: The folder of the pages in this language.
    """

    comparison: Comparison
    story: str
    front: Front | None = None
    game: Sequence[str] = ()
    address: str = ""
    puzzles: Sequence[tuple[Puzzle, Sequence[Scenario]]] = ()
    lang: str = "en"
    languages: Mapping[str, Language] = attrs.field(factory=lambda: {"": ENGLISH})
    law_pages: Sequence[LawPage] = ()
    report_to: str = ""
    folder: str = ""
    _results: dict[str, list[Result]] = attrs.field(factory=dict)

    @property
    def language(self) -> Language:
        """The language of these pages."""
        return self.languages[self.folder]

    @cached_property
    def laws(self) -> tuple[tuple[Law, ...], tuple[str, ...]]:
        """The laws that pages of cases show, and what they are called."""
        say = self.language.say
        if self.front:
            return self.front.laws, tuple(say(law.name) for law in self.front.texts.laws)
        rulesets = self.comparison.rulesets
        return tuple(map(Law, rulesets)), tuple(say(item.plain_title) for item in rulesets)

    @cached_property
    def cases(self) -> list[CasePage]:
        """The page of each documented case, then of each ordinary one."""
        documented = [row[0].original for row in self.comparison.rows]
        ordinary = self.front.ordinary if self.front else ()
        return [
            CasePage(case, *self.laws, self.language, self._results) for case in (*documented, *ordinary)
        ]

    def files(self) -> dict[str, str]:
        """Returns every file of the site by its relative path.

        Raises:
            UsageError: The comparison is empty.
        """
        if not self.comparison.rows:
            raise UsageError("A site needs at least one documented case.")
        files = {
            "try.html": self.story,
            **{f"data/{name}": text for name, text in self._data.items()},
        }
        for folder in self.languages:
            site = attrs.evolve(self, folder=folder)
            files |= {f"{folder}{path}": text for path, text in site._pages()}
        return files

    @cached_property
    def _data(self) -> dict[str, str]:
        return case_files(row[0].original for row in self.comparison.rows)

    def _pages(self) -> Iterator[tuple[str, str]]:
        """The pages in this language, by path in their folder."""
        say = self.language.say
        yield "index.html", self._landing() if self.front else self._list("index.html")
        yield "cases/index.html", self._list("cases/index.html")
        if self.game:
            yield say(GAME), self._game()
        if self.front:
            yield from self._lesson()
        documents = {f"{each.name}.html": (each, each.titled(self.language)) for each in self.law_pages}
        answers = [(name, item.title, *each.answer(item)) for name, (each, item) in documents.items()]
        first = self.front.texts.sale if self.front else self.comparison.rows[0][0].original.id
        yield "law.html", self._page("law.html", "law.html", first=first, answers=answers)
        yield CORRECTIONS, self._corrections()
        for name, (_, document) in documents.items():
            yield name, self._page("document.html", name, document=document)
        if self.front:
            yield "finding.svg", finding_picture(self.front, self.language, self._printed)
        for page in self.cases:
            yield f"cases/{page.case.id}.html", self._case(page)
            if page.case.is_documented:
                yield f"cases/{page.case.id}.svg", case_picture(page, self._printed)

    @property
    def _printed(self) -> str:
        """The address of the site as pictures have it."""
        return self.address.partition("://")[2].rstrip("/")

    def _landing(self) -> str:
        """The front page."""
        front, say = self.front, self.language.say
        assert front
        values = front_values(front, self.language, lambda name: f"cases/{name}.html")
        lead = say(front.texts.lead, **values["numbers"])
        return self._page(
            "front.html", "index.html",
            described=self._described(say(front.texts.question), lead, "finding.png"),
            picture="finding.svg", game_file=say(GAME) if self.game else "",
            lesson_file=say(LESSON), games=len(self.game), minutes=MINUTES,
            scripts=("front", "start"), first_script=script("face/first.js"),
            packed=embedded(values["data"]), **values,
        )  # fmt: skip

    def _game(self) -> str:
        """The game."""
        pages = {page.case.id: page for page in self.cases}
        chosen = [pages[name] for name in self.game if name in pages]
        return self._page(
            "game.html", GAME, turns=[page for page in chosen if page.decided], one_line=one_line,
            countries=countries(), figures=self.front and self.front.licences, scripts=("game",),
        )  # fmt: skip

    def _lesson(self) -> Iterator[tuple[str, str]]:
        """The teacher's plan, the cards, and the puzzles for Moodle."""
        assert self.front
        values = lesson_values(Lesson(self.front, self.language, next(iter(self.puzzles), None)))
        say, quiz = self.language.say, "puzzles.gift.txt" if self.puzzles else ""
        cards, plan, game = say(CARDS), say(LESSON), say(GAME) if self.game else ""
        values |= {"cards_file": cards, "lesson_file": plan, "game_file": game, "quiz": quiz}
        yield plan, self._page("lesson.html", LESSON, **values)
        yield cards, self._page("cards.html", CARDS, **values)
        if quiz:
            yield quiz, gift(self.puzzles, self.comparison.rulesets, self.language)

    def _list(self, file: str) -> str:
        """The list of every documented case, latest first, with its result under each law."""
        documented = [page for page in self.cases if page.case.is_documented]
        ordered = sorted(documented, key=lambda page: year_of(page.case), reverse=True)
        say = self.language.say
        if self.front:
            denominators = say(self.front.texts.shows[0], **self.front.numbers())
        else:
            denominators = say("{number} cases.", number=len(self.comparison.rows))
        groups = [(name, say(nouns[1])) for name, nouns in RECORD_GROUPS.items()]
        return self._page(
            "cases.html", file, items=list(map(self._item, ordered)), names=self.laws[1], groups=groups,
            denominators=denominators, data_files=list(self._data),
            leaning=leaning_sentence(row[0].original for row in self.comparison.rows),
            dataset=dataset_markup(f"{self.address or self._root(file)}data/"),
            scripts=("cases",), words=WORDS,
        )  # fmt: skip

    def _item(self, page: CasePage) -> dict[str, Any]:
        """A case in the list, with the words by which it is found."""
        case, say = page.case, self.language.say
        technology = case.item.technology
        kind = answer_in(type(case.item).technology, technology, self.language) if technology else ""
        noun = say(RECORD_GROUPS[case.record_group][0]) if case.record_group else ""
        words = " ".join((page.title, page.route, *case.names.values(), kind, noun, case.id))
        return {
            "id": case.id, "title": page.title, "route": page.route, "group": case.record_group or "",
            "noun": noun, "technology": kind, "search": words.lower(),
            "ends": " ".join(
                f"{at}-{end}"
                for at, item in enumerate(page.marks())
                for end in dict.fromkeys(item.found.ends or ("outside",))
            ),
            "results": [
                {"mark": item.mark, "word": item.word(self.language)} for item in page.marks()
            ],
        }  # fmt: skip

    def _case(self, page: CasePage) -> str:
        """The page of one case."""
        case, file = page.case, f"cases/{page.case.id}.html"
        results, described, whole = list(page.results()), None, ""
        cited: Sequence[Any] = ()
        if case.is_documented:
            verdicts = self.comparison[case.id]
            cited = [cited_result(verdict, self.lang) for verdict in verdicts]
            whole = comparison_cited(verdicts)
            told = "; ".join(f"{item['name']}: {item['word']}" for item in results)
            described = self._described(page.title, told, f"cases/{case.id}.png")
        return self._page(
            "case.html", file, page=page, results=results, points=page.disputes.points,
            crossed=page.disputes.crossing(), known=page.known(), hows=HOW, read=READ, cited=cited,
            whole=whole, invented=not case.is_documented, report=self._report(case), described=described,
        )  # fmt: skip

    def _corrections(self) -> str:
        """How to report a mistake or to reply, what becomes of that, and what was corrected."""
        log = [
            (day, page, what, left)
            for page in self.cases
            if page.case.is_documented
            for day, what, left in page.changes()
        ]
        return self._page(
            "corrections.html", CORRECTIONS, report=self.report_to,
            log=sorted(log, key=lambda item: item[0], reverse=True),
            changed=len({page.case.id for _, page, *_ in log}),
        )  # fmt: skip

    def _report(self, case: Scenario) -> str:
        """The address of a report on a case, or of a reply, with title and body filled in.

        Without a form of the publisher's it is the page that says how to report.
        """
        fields = {
            "title": f"{case.id}: a mistake, or a reply",
            "body": "Fact: \nIn the file: \nWhat a source says, with its address: \n"
            "Or, for those named: your reply, and who you are: \n\n"
            f"Facts: SHA-256 {facts_hash(case)}\n",
        }
        if not self.report_to:
            return f"../{CORRECTIONS}"
        if self.report_to.startswith("mailto:"):
            fields = {"subject": fields["title"], "body": fields["body"]}
        return f"{self.report_to}?{urlencode(fields, quote_via=quote)}"

    def _described(self, title: str, text: str, image: str) -> dict[str, str]:
        """What other sites show of a page: its title, a text, and a picture at its full address."""
        return {"title": title, "text": text, "image": f"{self.address}{self.folder}{image}"}

    def _root(self, file: str) -> str:
        """The way from a page to the folder of the whole site."""
        return "../" * f"{self.folder}{file}".count("/")

    def _page(
        self,
        template: str,
        file: str,
        described: Any = None,
        scripts: Sequence[str] = (),
        first_script: str = "",
        **values: Any,
    ) -> str:
        root, up, say = self._root(file), "../" * file.count("/"), self.language.say
        if self.address and file in (GAME, LESSON, CARDS):  # Sent alone, they still lead somewhere.
            root, up = self.address, f"{self.address}{self.folder}"
        last = "\n".join(script(f"face/{name}.js") for name in scripts)
        look = style() if template == "front.html" else style("face/pages")
        pages = [(say("Cases"), "cases/index.html")]
        pages += [(say("You decide"), GAME)] if self.game else []
        pages += [(say("Lesson"), LESSON)] if self.front else []
        pages += [(say("For lawyers"), "law.html")]
        return templates().get_template(f"face/{template}").render(
            site=self, language=self.language, say=say, file=file, pages=pages,
            up=up, root=root, story=f"{root}try.html", described=described,
            policy=policy(look, *filter(None, (first_script, last))), style=look,
            first_script=first_script, script=last, in_english=IN_ENGLISH,
            alone=not self.address and file in (GAME, LESSON, CARDS),
            **values,
        ) + "\n"  # fmt: skip
