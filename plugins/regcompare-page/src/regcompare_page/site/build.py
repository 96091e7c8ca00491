"""The files of the site, each as text, with their links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import attrs

from regcompare.comparison.comparison import Comparison
from regcompare.comparison.message import Message
from regcompare.errors import UsageError
from regcompare.views.case_data import case_files, dataset_markup
from regcompare.views.citation import comparison_cited, facts_hash
from regcompare.views.colours import ACCENTS
from regcompare.views.document import Bullets, Document, Section
from regcompare.views.headline import headline_blocks, message_blocks
from regcompare.views.html import templates as document_templates
from regcompare.views.sentences import record_lines, source_line
from regcompare.words.catalogues import ENGLISH, Language

from .printed import html_of_markdown
from .sales import Sale, sales
from .texts import texts

if TYPE_CHECKING:
    from jinja2 import Environment

_STATIC_POLICY = (
    "script-src 'none'; object-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
    "style-src 'unsafe-inline'"
)
"""The policy of a page without a script, which loads nothing; a frame may show a page of the site."""

_WALL_ADDRESS = "story.html#&amp;view=wall&amp;embed"
"""The address, in HTML, of the wall of the interactive page without its header and footer."""


@attrs.frozen
class SiteParts:
    """What the site shows but does not make itself.

    Attributes:
        story: The interactive page, as HTML.
        picture: The picture of the landing page, as SVG; blank for none.
        first: The ids of the cases to come first.
        address: The address of the site, for images shown by other sites; blank if not known.
        has_teachers: Whether the ZIP for teachers is among the files.
        lang: The language of the law texts to which links lead.
        language: The language of the texts; reasons, records and sources stay English.
        documents: Further pages in English, by file name without suffix.
        message: What is said first of the cases; None for the finding alone.
        report_to: The address of a form that takes a title and a body, for a fact that is wrong; blank
            where the project has none.
    """

    story: str
    picture: str = ""
    first: tuple[str, ...] = ()
    address: str = ""
    has_teachers: bool = False
    lang: str = "en"
    language: Language = ENGLISH
    documents: Mapping[str, Document] = attrs.field(factory=dict)
    message: Message | None = None
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
    words = texts(parts.language)
    documented_sales = sales(comparison, words, parts.lang, parts.language)
    site = _Site(comparison, parts, words, documented_sales)
    return {
        "story.html": parts.story,
        "index.html": site.landing(),
        **{f"{name}.html": site.document(name) for name in parts.documents},
        "cases/index.html": site.gallery(),
        **{f"cases/{sale.id}.html": site.case(sale) for sale in documented_sales},
        **{f"cases/{sale.id}.svg": site.card(sale) for sale in documented_sales},
        **{
            f"data/{name}": text
            for name, text in case_files(row[0].original for row in comparison.rows).items()
        },
    }


def page_of_text(text: str, files: Sequence[str], lang: str = "en") -> str:
    """Returns a text as a page.

    Args:
        text: The text, as Markdown.
        files: The names of the files to which links may lead.
        lang: The language of the text.

    Raises:
        UsageError: The extra ``site`` is not installed.
    """
    title = next((line[2:] for line in text.splitlines() if line.startswith("# ")), "")
    template = templates().get_template("site/text.html")
    return template.render(
        lang=lang, title=title, policy=_STATIC_POLICY, style=_style(), text=html_of_markdown(text, files)
    )


@attrs.frozen
class _Site:
    """The material for every page."""

    comparison: Comparison
    parts: SiteParts
    words: Mapping[str, str]
    sales: Sequence[Sale]

    def landing(self) -> str:
        """The landing page: the story, the finding, one picture, and three ways on."""
        say = self.parts.language.say
        counted = list(headline_blocks(self.comparison, self.parts.language))
        message = self.parts.message
        return self._page(
            "index.html",
            "home",
            first=list(self._first_sales()),
            said=list(message_blocks(message, objections=True)) if message else counted[:1],
            table=counted if message else counted[1:],
            names=[(say(item.title), say(item.plain_title)) for item in self.comparison.rulesets],
            frame=f'<iframe src="{self.parts.address}{_WALL_ADDRESS}" title="{self.words["wall"]}" '
            'width="100%" height="900" loading="lazy"></iframe>',
        )

    def gallery(self) -> str:
        """The gallery of cards: the first cases, then the others, latest first."""
        first_sales = list(self._first_sales())
        other_sales = [sale for sale in self.sales if sale not in first_sales]
        other_sales.sort(key=lambda sale: (-(sale.year or 0), sale.title))
        regime_names = (self.parts.language.say(item.plain_title) for item in self.comparison.rulesets)
        about = self.words["cases about"].format(regimes="; ".join(regime_names))
        data = dataset_markup(f"{self.parts.address or '../'}data/")
        return self._page(
            "gallery.html", "cases", about=about, first=first_sales, others=other_sales, data=data
        )

    def case(self, sale: Sale) -> str:
        """The page of one case."""
        sections = [
            Section(self.words["what happened"], record_lines(sale.scenario), "record"),
            Section(
                self.words["sources"], [Bullets(map(source_line, sale.scenario.sources))], "sources"
            ),
        ]
        return self._page(
            "case.html", "case", sale=sale, sections=sections, cited=sale.cited(self.parts.lang),
            whole=comparison_cited(self.comparison[sale.id]), image=self._image(sale),
            report=self._report(sale),
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

    def document(self, name: str) -> str:
        """A page with one document."""
        return self._page("document.html", name, document=self.parts.documents[name])

    def card(self, sale: Sale) -> str:
        """The card image of one case."""
        return self._render("card.svg", sale=sale, look=_CARD_COLOURS)

    def _first_sales(self) -> Iterator[Sale]:
        by_id = {sale.id: sale for sale in self.sales}
        return (by_id[name] for name in self.parts.first if name in by_id)

    def _image(self, sale: Sale) -> str:
        """The address of a card image: absolute, as other sites need it, if the site's own is known."""
        return f"{self.parts.address}cases/{sale.id}.png" if self.parts.address else f"{sale.id}.png"

    def _page(self, template: str, here: str, **values: Any) -> str:
        up = "../" if here in ("case", "cases") else ""
        return self._render(template, here=here, up=up, policy=_STATIC_POLICY, style=_style(), **values)

    def _render(self, name: str, **values: Any) -> str:
        return (
            templates().get_template(f"site/{name}").render(t=self.words, parts=self.parts, **values)
            + "\n"
        )


_CARD_COLOURS = {
    "paper": "#fcfbf8",
    "ink": "#1f1f24",
    "soft": "#55545c",
    "rule": "#dcdad2",
    "none": "#ffffff",
}
"""The colours of a card, which is light everywhere."""


@cache
def templates() -> Environment:
    """Returns the environment of templates: those of documents, and those of the site."""
    from jinja2 import ChoiceLoader, PackageLoader

    documents = document_templates()
    assert documents.loader
    return documents.overlay(loader=ChoiceLoader([documents.loader, PackageLoader("regcompare_page")]))


@cache
def _style() -> str:
    """The style of every page: that of documents, that of the site, and the colours of gates."""
    environment = templates()
    colours = [
        f".{side}-{accent.slug} {{ --{side}: var(--outcome-{accent.slug}-fill); "
        f"--{side}-edge: var(--outcome-{accent.slug}); }}"
        for accent in ACCENTS
        for side in ("lo", "hi")
    ]
    site_css = environment.get_template("site/site.css").render()
    return "\n".join([str(environment.globals["page_css"]), site_css, *colours])
