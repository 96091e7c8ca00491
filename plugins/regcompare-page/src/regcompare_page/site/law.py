"""Pages for lawyers: each puts one question, and gives its answer first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from typing import Any

import attrs

from regcompare.plugins.catalogue import Catalogue
from regcompare.plugins.features import FUNCTIONS
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import cases_of_kinds
from regcompare.views.document import Bullets, Document, Note, Paragraph, Section, Table, plain
from regcompare.views.sentences import NOT_ADVICE
from regcompare.words.catalogues import Language
from regcompare.words.lexicon import listing
from regcompare_page.face.front import Front
from regcompare_publish.safeguards import safeguards

QUESTIONS = {
    "owed": "What did the law of the day require?",
    "standards": "Which finding of harm obliges an authority to refuse?",
    "safeguards": "Whom do the safeguards protect, and do they bind?",
    "correlation": "What did the new act change, article by article?",
    "evaluation": "What could the evaluation of the act change?",
    "mirror": "Is what is forbidden at home free to be exported?",
    "readings": "Where does a result depend on how a text is read?",
}
"""What each page puts, by the name of its file."""


@attrs.frozen
class LawPage:
    """A page for lawyers.

    Attributes:
        name: The name of its file, without suffix.
        document: Makes it in a language.
        length: How many of its first paragraphs are the answer.
    """

    name: str
    document: Callable[[Language], Document]
    length: int = 1

    def titled(self, language: Language) -> Document:
        """Returns it in a language, under its question."""
        return attrs.evolve(self.document(language), title=language.say(QUESTIONS[self.name]))

    def answer(self, document: Document) -> tuple[str, str]:
        """Returns what its document says first, and the language of that; blank for English."""
        first = [item for item in document.blocks if isinstance(item, Paragraph)][: self.length]
        return " ".join(plain(item.line) for item in first), first[0].lang


def law_pages(
    catalogue: Catalogue, rulesets: Sequence[Ruleset], front: Front | None, lang: str
) -> Iterator[LawPage]:
    """Yields the pages for which what is installed has functions; what they show is computed once.

    Links lead to the texts of the law in the language ``lang``.
    """
    functions, cases = catalogue.features[FUNCTIONS], cases_of_kinds(catalogue.scenarios())
    called = catalogue.function
    in_force = catalogue.rulesets.in_force_on_exports()
    found = called("owed", "regcompare-elsewhere")(
        cases, in_force, catalogue.rulesets.get(catalogue.profile.whole)
    )
    yield LawPage("owed", lambda words: found.document(lang, words), 3)
    if "standards" in functions and find_spec("pysat"):
        proved = called("standards", "regcompare-prove")(rulesets)
        table = called("standards_document", "regcompare-prove")(proved, catalogue.rulesets.values())
        yield LawPage("standards", lambda _: table, len(rulesets))
    held = safeguards(list(rulesets))
    yield LawPage("safeguards", held.document)
    successions = [
        (earlier, later)
        for later in rulesets
        for link in later.succeeds
        for earlier in rulesets
        if earlier.id == link.of
    ]
    if successions and "correlation" in functions and find_spec("pysat"):
        acts = called("correlation", "regcompare-prove")(*successions[0], lang)
        yield LawPage("correlation", lambda _: acts)
    if "act_in_evaluation" in functions:
        evaluated = called("evaluation", "regcompare-elsewhere")(catalogue)
        yield LawPage("evaluation", evaluated.document, len(evaluated.answers()))
    if catalogue.rulesets.of_use():
        mirrored = called("mirror", "regcompare-elsewhere")(cases, [], catalogue)
        twice = mirrored.document(lang)
        yield LawPage("mirror", lambda _: twice, len(mirrored.pairs))
    if front:
        read = readings_document(front, rulesets)
        yield LawPage("readings", lambda _: read)


def readings_document(front: Front, rulesets: Sequence[Ruleset]) -> Document:
    """Returns each doubtful text with its readings, and how many deals another reading would change."""
    laws = [law for law in front.acts if law.ruleset in rulesets]
    changed = Counter[tuple[str, str, str]]()
    deals = dict.fromkeys((law.ruleset.id for law in laws), 0)
    for law in laws:
        for parts in front.counting.count("refuse", front.populations["deals"], law).parts.values():
            others = {
                (law.ruleset.id, other.doubt.id, other.reading)
                for verdict in parts[-1]
                for other in verdict.rests_on.readings
            }
            changed.update(others)
            deals[law.ruleset.id] += bool(others)
    said = [
        f"{deals[law.ruleset.id] or 'none'} under {law.ruleset.title} as of "
        f"{law.day or law.ruleset.reference_date}"
        for law in laws
    ]
    sections = [_readings(law.ruleset, changed) for law in laws]
    found = (
        f"Of {len(front.deals)} deals, another reading of one doubtful text would change the result of "
        f"{listing(said, 'and')}."
    )
    return Document("", [found, *filter(None, sections), NOT_ADVICE])


def _readings(ruleset: Ruleset, changed: Counter[tuple[str, str, str]]) -> Section:
    rows: list[Sequence[Any]] = [
        (
            [item.question, Note(f" ({item.cite})")],
            item.readings[item.default] if item.default else "left open",
            [
                Bullets(
                    f"{says} ({changed[ruleset.id, item.id, reading]})"
                    for reading, says in item.readings.items()
                    if reading != item.default
                )
            ],
        )
        for item in ruleset.provisions.interpretations
    ]
    heads = ("question", "how it is read here", "other readings, and how many deals each would change")
    return Section(ruleset.title, [Table("", heads, rows, folds=True)])
