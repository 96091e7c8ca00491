"""The page of a case: what is on record, who had to be asked, what is disputed, how facts are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, Literal

import attrs

from regcompare.comparison.counts import Law
from regcompare.comparison.layers import in_layer
from regcompare.facts import UNKNOWN, MemberSet
from regcompare.logic.conditions import ends_of
from regcompare.scenario.assumed import assumed_facts
from regcompare.scenario.provenance import (
    DATE_MEANINGS,
    RECORD_KINDS,
    REPLY_PLACES,
    Disputed,
    Seen,
)
from regcompare.scenario.scenario import Scenario
from regcompare.views.gates import why, word_of
from regcompare.views.sentences import one_line, record_lines
from regcompare.words.catalogues import Language
from regcompare.words.lexicon import listing

from .deals import Result, assessed, result_of, told_route
from .disputes import OTHER_SIDE, Disputes, answer_in

How = Literal["source", "ours", "disputed", "unknown", "assumed"]
HOW: Mapping[How, str] = {
    "source": "from a source",
    "ours": "our classification",
    "disputed": "disputed",
    "unknown": "not known",
    "assumed": "assumed",
}
"""How a fact is known: the five marks of the page."""

DECIDED: Mapping[str, Literal["yes", "no", "nobody"]] = {
    "granted": "yes",
    "revoked": "yes",
    "suspended": "yes",
    "refused": "no",
    "none_needed": "nobody",
    "not_applied": "nobody",
}
"""What an authority said, by the decision on record; where nobody was asked, that is no yes."""

READ: Mapping[Seen, str] = {
    "whole": "read whole",
    "part": "read in part",
    "opening": "its opening was read",
}
"""How much of a source was read."""


@attrs.frozen(slots=False, eq=False)
class CasePage:
    """What the page of a case shows under some laws, of which the last is what is asked for.

    Attributes:
        known_results: Results that pages in other languages have worked out, by the id of the case.
    """

    case: Scenario
    laws: tuple[Law, ...]
    names: Sequence[str]
    language: Language
    known_results: dict[str, list[Result]] = attrs.field(factory=dict)

    @property
    def title(self) -> str:
        """Its title."""
        return self.language.say(self.case.title or self.case.id)

    @property
    def route(self) -> str:
        """Who sold it, from where to where, and when."""
        return told_route(self.case, self.language)

    @property
    def story(self) -> str:
        """The case in plain words."""
        return self.language.say(one_line(self.case.story or self.case.summary))

    @property
    def decided(self) -> Literal["yes", "no", "nobody"] | None:
        """What an authority said; None where that is not known."""
        return DECIDED.get(self.case.record.decision) if self.case.record else None

    def chips(self) -> Iterator[tuple[str, str]]:
        """What is on record, and what its day means, each with how that is known."""
        say, case = self.language.say, self.case
        if case.record_kind:
            words = say(RECORD_KINDS[case.record_kind])
            yield f"{say('On record')}: {words}", self._basis("record_kind")
        if case.known_day:
            first, last = ends_of(case.known_day)
            day = str(first) if first == last else say("{first} to {last}", first=first, last=last)
            means = f", {say(DATE_MEANINGS[case.date_means])}" if case.date_means else ""
            yield f"{say('Day')}: {day}{means}", self._basis("date")

    def _basis(self, key: str) -> str:
        """How a fact is known, with its sources, in a line."""
        say, basis = self.language.say, self.case.basis(key)
        if basis is None:
            return say(HOW["unknown"])
        if basis.classified:
            return f"{say(HOW['ours'])}: {say(basis.classified)}"
        return ", ".join(self._titles(basis.sources)) or say(HOW["source"])

    def _titles(self, ids: Sequence[str]) -> Iterator[str]:
        """The publishers of sources, and when they published."""
        sources = {source.id: source for source in self.case.sources}
        for source in (sources[name] for name in ids if name in sources):
            yield " ".join(filter(None, (source.publisher or source.title, source.date[:4])))

    # results ----------------------------------------------------------------------------------

    def results(self) -> Iterator[dict[str, Any]]:
        """The result under each law: its name and day, barrier, word and reason."""
        for law, name, result in zip(self.laws, self.names, self.marks(), strict=True):
            reason = why(result.verdict, self.language)
            yield {
                "name": name,
                "day": "" if law.ruleset.status == "proposal" else result.verdict.as_of,
                "barrier": result.barrier,
                "word": result.word(self.language),
                "why": reason.text,
                "filed": ""
                if result.filed.ends == result.found.ends
                else self.language.say(
                    "If every fact is as the file has it: {word}.",
                    word=word_of(result.filed, self.language).lower(),
                ),
            }

    def marks(self) -> list[Result]:
        """The result under each law, as a mark among others."""
        known = self.known_results
        if self.case.id not in known:
            layers = [in_layer(self.case, layer) for layer in ("undisputed", "filed")]
            known[self.case.id] = [
                result_of(law, *([assessed(item, law)] for item in layers)) for law in self.laws
            ]
        return known[self.case.id]

    # disputes ---------------------------------------------------------------------------------

    @cached_property
    def disputes(self) -> Disputes:
        """The disputes of the file whose fact it states."""
        return Disputes(self.case, self.laws[-1], self.language)

    def other_disputes(self) -> list[tuple[str, str]]:
        """What is disputed and is no fact of the case: who says so, and what."""
        return self.disputed(item for item in self.case.disputed if item not in self.disputes.disputed)

    def disputed(self, items: Iterable[Disputed]) -> list[tuple[str, str]]:
        """Returns of each dispute who says so, and what."""
        say = self.language.say
        return [(say(item.by or OTHER_SIDE), say(one_line(item.note))) for item in items]

    # what is known ----------------------------------------------------------------------------

    def known(self) -> list[dict[str, Any]]:
        """The facts that the case states, those that are not known and count, and those assumed."""
        facts, verdicts = self.disputes.facts, [assessed(self.case, law) for law in self.laws]
        open_facts = chain.from_iterable(item.open_questions for item in verdicts)
        presumed = chain.from_iterable(item.presumed for item in verdicts)
        answers = assumed_facts(self.case, self.laws[-1].ruleset.vocabulary).values
        keys = dict.fromkeys((*self.case.facts, *open_facts, *presumed))
        return [self._known(key, answers.get(key)) for key in keys if key in facts]

    def _known(self, key: str, answer: Any) -> dict[str, Any]:
        """A fact: question, answer, how it is known, by which sources, and why it was classified so."""
        say, case, fact = self.language.say, self.case, self.disputes.facts[key]
        basis = case.basis(key)
        how: How = "source"
        if any(item.fact == key for item in case.disputed):
            how = "disputed"
        elif answer in (None, UNKNOWN) or (
            isinstance(answer, MemberSet) and not answer.known and answer.open
        ):
            how = "unknown"
        elif key not in case.facts:
            how = "assumed"
        elif basis is None or basis.classified:
            how = "ours"
        numbers = {source.id: at for at, source in enumerate(case.sources, 1)}
        sources = [numbers[name] for name in basis.sources if name in numbers] if basis else []
        is_stated = key in case.facts
        return {
            "question": say(fact.question),
            "answer": answer_in(fact, answer, self.language),
            "how": how,
            "sources": sorted(sources) if is_stated else (),
            "why": say(basis.classified) if is_stated and basis and how == "ours" else "",
        }

    # replies, owners, sources -----------------------------------------------------------------

    def replies(self) -> Iterator[dict[str, str]]:
        """What those named say, or where an answer was looked for."""
        say = self.language.say
        for item in self.case.replies:
            words, who = one_line(item.words), say(item.who)
            if words:
                origin = ", ".join(filter(None, (*self._titles((item.source,)), item.day)))
            else:
                places = listing([say(REPLY_PLACES[place]) for place in item.where], say("and"))
                origin = say(
                    "No answer was found. Looked for on {day} in {places}, by: {terms}.",
                    day=item.looked_for, places=places or say("published pages"),
                    terms=item.terms or "–",
                )  # fmt: skip
            yield {
                "who": f"{who[:1].upper()}{who[1:]}",
                "words": say(words) if words else "",
                "from": origin,
                "lang": self.language.left_in(words) if words else "",
            }

    def record(self) -> Iterator[tuple[str, str]]:
        """What happened, in sentences, each with the language in which it is left."""
        note = one_line(self.case.record.note) if self.case.record else ""
        for line in record_lines(self.case, self.language):
            yield line, self.language.left_in(note) if line == note else ""

    def changes(self) -> Iterator[tuple[str, str, str]]:
        """What was corrected: the day, what, and the language in which that is left."""
        for item in self.case.changes:
            what = one_line(item.what)
            yield str(item.day), self.language.say(what), self.language.left_in(what)
