"""The files of the site, each as text, with their links."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import attrs

from regcompare.comparison.comparison import Comparison
from regcompare.comparison.receipts import facts_hash
from regcompare.errors import UsageError
from regcompare.views.case_data import case_files, dataset_markup
from regcompare.views.case_record import record_sections
from regcompare.views.citation import cited_result, comparison_cited
from regcompare.views.document import Document
from regcompare.views.sentences import IN_ENGLISH, NOT_ADVICE
from regcompare.words.catalogues import ENGLISH, Language

from .front import Front, front_html
from .sales import Sale, sales
from .templates import style, templates

STATIC_POLICY = (
    "script-src 'none'; object-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
    "style-src 'unsafe-inline'"
)
"""The policy of a page without a script, which loads nothing."""


@attrs.frozen(slots=False, eq=False)
class Site:
    """The site, and its pages in one language; every link among its files is relative.

    Attributes:
        comparison: The documented cases under the regimes that it shows.
        story: The interactive page, as HTML, in every language.
        front: What the front page tells; None for the gallery in its place.
        first: The ids of the cases to come first.
        address: The address of the site, for images shown by other sites; blank if not known.
        has_teachers: Whether the ZIP for teachers is among the files.
        lang: The language of the law texts to which links lead.
        languages: The language of the pages in each folder, of which the first is that of the site; a
            folder ends with a slash.  Provisions, records and sources stay English.
        documents: Further pages for lawyers, by language and file name without suffix.
        report_to: The address of a form that takes a title and a body, for a fact that is wrong; blank
            where the project has none.
        folder: The folder of the pages in this language.
    """

    comparison: Comparison
    story: str
    front: Front | None = None
    first: tuple[str, ...] = ()
    address: str = ""
    has_teachers: bool = False
    lang: str = "en"
    languages: Mapping[str, Language] = attrs.field(factory=lambda: {"": ENGLISH})
    documents: Mapping[str, Mapping[str, Document]] = attrs.field(factory=dict)
    report_to: str = ""
    folder: str = ""

    @property
    def language(self) -> Language:
        """The language of these pages."""
        return self.languages[self.folder]

    @cached_property
    def sales(self) -> list[Sale]:
        """The documented cases in this language."""
        return sales(self.comparison, self.lang, self.language)

    def files(self) -> dict[str, str]:
        """Returns every file of the site by its relative path.

        Raises:
            UsageError: The comparison is empty.
        """
        if not self.comparison.rows:
            raise UsageError("A site needs at least one documented case.")
        data = case_files(row[0].original for row in self.comparison.rows)
        files = {
            "story.html": self.story,
            **{f"cases/{sale.id}.svg": self._card(sale) for sale in self.sales},
            **{f"data/{name}": text for name, text in data.items()},
        }
        for folder in self.languages:
            site = attrs.evolve(self, folder=folder)
            files |= {f"{folder}{path}": text for path, text in site._pages().items()}
        return files

    def _pages(self) -> dict[str, str]:
        """The pages in this language, by path in their folder."""
        documents = self.documents.get(self.language.code, {})
        return {
            "index.html": self._landing(documents) if self.front else self._gallery("index.html"),
            "cases/index.html": self._gallery("cases/index.html"),
            **{
                f"{name}.html": self._page("document.html", f"{name}.html", document=document)
                for name, document in documents.items()
            },
            **{f"cases/{sale.id}.html": self._case(sale) for sale in self.sales},
        }

    def _landing(self, documents: Mapping[str, Document]) -> str:
        """The front page."""
        front, say = self.front, self.language.say
        assert front
        title = front.message.lead[0].sentence(self.language)
        sale = next(sale for sale in self.sales if sale.id == front.sale)
        html = front_html(
            front,
            self.language,
            story=f"{self._root('index.html')}story.html",
            gallery="cases/index.html",
            teachers="teachers.zip" if self.has_teachers else "",
            documents={f"{name}.html": item.title for name, item in documents.items()},
        )
        described = self._described(sale, title, say(front.texts.agreed))
        return self._page("index.html", "index.html", front=html, title=title, described=described)

    def _gallery(self, file: str) -> str:
        """The gallery of cards: the first cases, then the others, latest first."""
        places = {name: place for place, name in enumerate(self.first)}
        ordered = sorted(
            self.sales,
            key=lambda sale: (
                places.get(sale.id, len(places)),
                -(sale.year or 0),
                sale.title,
            ),
        )
        names = "; ".join(self.language.say(item.plain_title) for item in self.comparison.rulesets)
        data = dataset_markup(f"{self.address or self._root(file)}data/")
        return self._page("gallery.html", file, sales=ordered, regimes=names, data=data)

    def _case(self, sale: Sale) -> str:
        """The page of one case."""
        file = f"cases/{sale.id}.html"
        sections = record_sections(sale.scenario, self.language)
        return self._page(
            "case.html", file, sale=sale, sections=sections, report=self._report(sale),
            cited=[cited_result(verdict, self.lang) for verdict in sale.verdicts],
            whole=comparison_cited(self.comparison[sale.id]),
            described=self._described(sale, sale.title, sale.in_words, file),
        )  # fmt: skip

    def _report(self, sale: Sale) -> str:
        """The address of a report on a fact of a case, with title and body filled in."""
        fields = {
            "title": f"{sale.id}: this fact is wrong",
            "body": "Fact: \nIn the file: \nWhat a source says, with its address: \n\n"
            f"Facts: SHA-256 {facts_hash(sale.scenario)}\n",
        }
        return f"{self.report_to}?{urlencode(fields)}" if self.report_to else ""

    def _card(self, sale: Sale) -> str:
        """The card image of one case."""
        return f"{templates().get_template('site/card.svg').render(sale=sale)}\n"

    def _described(self, sale: Sale, title: str, text: str, file: str = "index.html") -> dict[str, str]:
        """What other sites show of a page: its title, a text, and the card of a case.

        Other sites need the full address of an image, so it is relative only where that is not known.
        """
        image = f"{self.address or self._root(file)}cases/{sale.id}.png"
        return {"title": title, "text": text, "image": image, "alt": sale.in_words}

    def _root(self, file: str) -> str:
        """The way from a page to the folder of the whole site."""
        return "../" * f"{self.folder}{file}".count("/")

    def _page(self, template: str, file: str, described: Any = None, **values: Any) -> str:
        root = self._root(file)
        return templates().get_template(f"site/{template}").render(
            site=self, language=self.language, say=self.language.say, file=file,
            up="../" * file.count("/"), root=root, story=f"{root}story.html", described=described,
            policy=STATIC_POLICY, style=style(), not_advice=NOT_ADVICE, in_english=IN_ENGLISH, **values,
        ) + "\n"  # fmt: skip
