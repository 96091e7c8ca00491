"""The files of the site, each as text, with their links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import attrs

from regcompare.comparison.comparison import Comparison
from regcompare.errors import UsageError
from regcompare.views.case_data import case_files, dataset_markup
from regcompare.views.citation import comparison_cited, facts_hash
from regcompare.views.document import Bullets, Document, Section
from regcompare.views.sentences import IN_ENGLISH, NOT_ADVICE, record_lines, source_line
from regcompare.words.catalogues import ENGLISH, Language

from .front import Front, front_html
from .sales import Sale, sales
from .templates import style, templates

STATIC_POLICY = (
    "script-src 'none'; object-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
    "style-src 'unsafe-inline'"
)
"""The policy of a page without a script, which loads nothing."""


@attrs.frozen
class SiteParts:
    """What the site shows but does not make itself.

    Attributes:
        story: The interactive page, as HTML, in every language.
        front: What the front page tells; None for the gallery in its place.
        first: The ids of the cases to come first.
        address: The address of the site, for images shown by other sites; blank if not known.
        has_teachers: Whether the ZIP for teachers is among the files.
        lang: The language of the law texts to which links lead.
        language: The language of the texts; reasons, records and sources stay English.
        others: Further languages of the site, each with its pages in a folder of its code.
        documents: Further pages for lawyers, by language and file name without suffix.
        report_to: The address of a form that takes a title and a body, for a fact that is wrong; blank
            where the project has none.
    """

    story: str
    front: Front | None = None
    first: tuple[str, ...] = ()
    address: str = ""
    has_teachers: bool = False
    lang: str = "en"
    language: Language = ENGLISH
    others: tuple[Language, ...] = ()
    documents: Mapping[str, Mapping[str, Document]] = attrs.field(factory=dict)
    report_to: str = ""


def site_files(comparison: Comparison, parts: SiteParts) -> dict[str, str]:
    """Returns the files of the site by their relative paths; every link among them is relative.

    Args:
        comparison: The documented cases under the regimes that the site shows.
        parts: What the site shows but does not make itself.

    Raises:
        UsageError: The comparison is empty.
    """
    if not comparison.rows:
        raise UsageError("A site needs at least one documented case.")
    first = _Site(comparison, parts, parts.language, "", sales(comparison, parts.lang, parts.language))
    data = case_files(row[0].original for row in comparison.rows)
    files = {
        "story.html": parts.story,
        **first.pages(),
        **{f"cases/{sale.id}.svg": first.card(sale) for sale in first.sales},
        **{f"data/{name}": text for name, text in data.items()},
    }
    for language in parts.others:
        told = sales(comparison, parts.lang, language)
        files |= _Site(comparison, parts, language, f"{language.code}/", told).pages()
    return files


@attrs.frozen
class _Site:
    """The pages in one language, in a folder of their own unless they are the first."""

    comparison: Comparison
    parts: SiteParts
    language: Language
    folder: str
    sales: Sequence[Sale]

    def pages(self) -> dict[str, str]:
        """Every page, by its path."""
        pages = {
            "index.html": self._landing() if self.parts.front else self._gallery("index.html"),
            "cases/index.html": self._gallery("cases/index.html"),
            **{f"{name}.html": self._document(name) for name in self._documents},
            **{f"cases/{sale.id}.html": self._case(sale) for sale in self.sales},
        }
        return {f"{self.folder}{path}": text for path, text in pages.items()}

    @property
    def _documents(self) -> Mapping[str, Document]:
        return self.parts.documents.get(self.language.code, {})

    def _landing(self) -> str:
        """The front page."""
        front, say = self.parts.front, self.language.say
        assert front
        title = " ".join(map(say, front.message.texts.gap))
        sale = next(sale for sale in self.sales if sale.id == front.sale)
        html = front_html(
            front,
            self.language,
            story=f"{self._root('index.html')}story.html",
            gallery="cases/index.html",
            teachers="teachers.zip" if self.parts.has_teachers else "",
            documents={f"{name}.html": item.title for name, item in self._documents.items()},
        )
        described = self._described(sale, title, say(front.texts.agreed))
        return self._page("index.html", "index.html", front=html, title=title, described=described)

    def _gallery(self, file: str) -> str:
        """The gallery of cards: the first cases, then the others, latest first."""
        places = {name: place for place, name in enumerate(self.parts.first)}
        ordered = sorted(
            self.sales,
            key=lambda sale: (places.get(sale.id, len(places)), -(sale.year or 0), sale.title),
        )
        names = "; ".join(self.language.say(item.plain_title) for item in self.comparison.rulesets)
        data = dataset_markup(f"{self.parts.address or self._root(file)}data/")
        return self._page("gallery.html", file, sales=ordered, regimes=names, data=data)

    def _case(self, sale: Sale) -> str:
        """The page of one case."""
        say, file = self.language.say, f"cases/{sale.id}.html"
        sections = [
            Section(say("What happened"), record_lines(sale.scenario), "record"),
            Section(say("Sources"), [Bullets(map(source_line, sale.scenario.sources))], "sources"),
        ]
        return self._page(
            "case.html", file, sale=sale, sections=sections, cited=sale.cited(self.parts.lang),
            whole=comparison_cited(self.comparison[sale.id]), report=self._report(sale),
            described=self._described(sale, sale.title, sale.in_words, file),
        )  # fmt: skip

    def _report(self, sale: Sale) -> str:
        """The address of a report on a fact of a case, with title and body filled in."""
        if not self.parts.report_to:
            return ""
        fields = {
            "title": f"{sale.id}: this fact is wrong",
            "body": "Fact: \nIn the file: \nWhat a source says, with its address: \n\n"
            f"Facts: SHA-256 {facts_hash(sale.scenario)}\n",
        }
        return f"{self.parts.report_to}?{urlencode(fields)}"

    def _document(self, name: str) -> str:
        """A page with one document."""
        return self._page("document.html", f"{name}.html", document=self._documents[name])

    def card(self, sale: Sale) -> str:
        """Returns the card image of one case."""
        template = templates().get_template("site/card.svg")
        return template.render(sale=sale, look=_CARD_COLOURS, say=self.language.say) + "\n"

    def _described(self, sale: Sale, title: str, text: str, file: str = "index.html") -> dict[str, str]:
        """What other sites show of a page: its title, a text, and the card of a case.

        Other sites need the full address of an image, so it is relative only where that is not known.
        """
        image = f"{self.parts.address or self._root(file)}cases/{sale.id}.png"
        return {"title": title, "text": text, "image": image, "alt": sale.in_words}

    def _root(self, file: str) -> str:
        """The way from a page to the folder of the whole site."""
        return "../" * f"{self.folder}{file}".count("/")

    def _page(self, template: str, file: str, described: Any = None, **values: Any) -> str:
        say, up, root = self.language.say, "../" * file.count("/"), self._root(file)
        story = f"{root}story.html"
        suffix = f"&lang={self.language.code}"
        menu = {
            say("Start"): f"{up}index.html",
            say("Cases"): f"{up}cases/index.html",
            say("Wall"): f"{story}#&view=wall{suffix}",
            say("Decide"): f"{story}#&view=play{suffix}",
            say("Rule"): f"{story}#&view=rule{suffix}",
            say("For lawyers"): f"{up}index.html#lawyers",
        }
        languages = [(self.parts.language.code, f"{root}{file}")] + [
            (other.code, f"{root}{other.code}/{file}") for other in self.parts.others
        ]
        text = templates().get_template(f"site/{template}").render(
            parts=self.parts, language=self.language, say=say, up=up, root=root, story=story, file=file,
            menu=menu.items(), languages=languages, described=described, policy=STATIC_POLICY,
            style=style(), not_advice=NOT_ADVICE, in_english=IN_ENGLISH, **values,
        )  # fmt: skip
        return f"{text}\n"


_CARD_COLOURS = {
    "paper": "#fcfbf8",
    "ink": "#1f1f24",
    "soft": "#55545c",
    "rule": "#dcdad2",
    "none": "#ffffff",
}
"""The colours of a card, which is light everywhere."""
