"""The files of the site, each as text: what is written, and what leads where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import attrs

from regcompare.comparison.comparison import Comparison
from regcompare.errors import UsageError
from regcompare.views._colours import ACCENTS
from regcompare.views.citation import comparison_cited
from regcompare.views.document import Bullets, Document, Section
from regcompare.views.headline import headline_blocks
from regcompare.views.html import templates
from regcompare.views.report.case import record_lines, source_line
from regcompare.words.catalogues import ENGLISH, Language

from .printed import html_of_markdown
from .sales import Sale, sales
from .texts import texts

_STATIC = (
    "script-src 'none'; object-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
    "style-src 'unsafe-inline'"
)
"""A page without a script runs nothing and loads nothing; a frame may show a page of the site."""

_WALL = "story.html#&amp;view=wall&amp;embed"
"""The wall of the interactive page, without its top and foot, as HTML writes the address."""


@attrs.frozen
class SiteParts:
    """What the site shows and does not make itself.

    Attributes:
        story: The interactive page, as HTML.
        picture: The picture of the landing page, as SVG; blank for none.
        first: The ids of the cases that come first.
        address: Where the site will be, for images that other sites show; blank where not known.
        has_teachers: Whether the ZIP for teachers is among the files.
        lang: The language of links to the law.
        language: The language of the texts; reasons, records and sources stay English.
        documents: Further pages in English, by the name of their file without its ending.
    """

    story: str
    picture: str = ""
    first: tuple[str, ...] = ()
    address: str = ""
    has_teachers: bool = False
    lang: str = "en"
    language: Language = ENGLISH
    documents: Mapping[str, Document] = attrs.field(factory=dict)


def site_files(comparison: Comparison, parts: SiteParts) -> dict[str, str]:
    """Returns the files of the site by their relative paths; every link among them is relative.

    Args:
        comparison: The documented cases under the regimes that the site shows.
        parts: What the site shows and does not make itself.

    Raises:
        UsageError: The comparison is empty.
    """
    if not comparison.rows:
        raise UsageError("A site needs at least one documented case.")
    words = texts(parts.language)
    found = sales(comparison, words, parts.lang, parts.language)
    site = _Site(comparison, parts, words, found)
    return {
        "story.html": parts.story,
        "index.html": site.landing(),
        **{f"{name}.html": site.document(name) for name in parts.documents},
        "cases/index.html": site.gallery(),
        **{f"cases/{sale.id}.html": site.case(sale) for sale in found},
        **{f"cases/{sale.id}.svg": site.card(sale) for sale in found},
    }


def page_of_text(text: str, files: Sequence[str], lang: str = "en") -> str:
    """Returns a text as a page of its own.

    Args:
        text: The text, as Markdown.
        files: The names of the files that its links may lead to.
        lang: The language of the text.

    Raises:
        UsageError: The extra ``site`` is not installed.
    """
    title = next((line[2:] for line in text.splitlines() if line.startswith("# ")), "")
    made = templates().get_template("site/text.html")
    return made.render(
        lang=lang, title=title, policy=_STATIC, style=_style(), text=html_of_markdown(text, files)
    )


@attrs.frozen
class _Site:
    """What every page is made from."""

    comparison: Comparison
    parts: SiteParts
    words: Mapping[str, str]
    sales: Sequence[Sale]

    def landing(self) -> str:
        """The landing page: the story, the finding, one picture, and three doors."""
        say = self.parts.language.say
        blocks = list(headline_blocks(self.comparison, self.parts.language))
        return self._page(
            "index.html",
            "home",
            first=list(self._first()),
            table=blocks[:1],
            notes=blocks[1:],
            names=[(say(item.title), say(item.plain_title)) for item in self.comparison.rulesets],
            frame=f'<iframe src="{self.parts.address}{_WALL}" title="{self.words["wall"]}" '
            'width="100%" height="900" loading="lazy"></iframe>',
        )

    def gallery(self) -> str:
        """The gallery of cards: the cases that come first, then the latest."""
        first = list(self._first())
        others = [sale for sale in self.sales if sale not in first]
        others.sort(key=lambda sale: (-(sale.year or 0), sale.title))
        names = (self.parts.language.say(item.plain_title) for item in self.comparison.rulesets)
        about = self.words["cases about"].format(regimes="; ".join(names))
        return self._page("gallery.html", "cases", about=about, first=first, others=others)

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
        )  # fmt: skip

    def document(self, name: str) -> str:
        """A page that a document fills."""
        return self._page("document.html", name, document=self.parts.documents[name])

    def card(self, sale: Sale) -> str:
        """The card image of one case."""
        return self._rendered("card.svg", sale=sale, look=_PAPER)

    def _first(self) -> Iterator[Sale]:
        known = {sale.id: sale for sale in self.sales}
        return (known[name] for name in self.parts.first if name in known)

    def _image(self, sale: Sale) -> str:
        """The address of a card: in full where the site's own is known, as other sites need it."""
        return f"{self.parts.address}cases/{sale.id}.png" if self.parts.address else f"{sale.id}.png"

    def _page(self, template: str, here: str, **values: Any) -> str:
        up = "../" if here in ("case", "cases") else ""
        return self._rendered(template, here=here, up=up, policy=_STATIC, style=_style(), **values)

    def _rendered(self, template: str, **values: Any) -> str:
        made = templates().get_template(f"site/{template}")
        return made.render(t=self.words, parts=self.parts, **values) + "\n"


_PAPER = {"paper": "#fcfbf8", "ink": "#1f1f24", "soft": "#55545c", "rule": "#dcdad2", "none": "#ffffff"}
"""The colours of a card, which is light everywhere."""


@cache
def _style() -> str:
    """The style of every page: that of documents, the site's own, and the colours of gates."""
    made = templates()
    colours = [
        f".{side}-{look.slug} {{ --{side}: var(--outcome-{look.slug}-fill); "
        f"--{side}-edge: var(--outcome-{look.slug}); }}"
        for look in ACCENTS
        for side in ("lo", "hi")
    ]
    own = made.get_template("site/site.css").render()
    return "\n".join([str(made.globals["page_css"]), own, *colours])
