"""The sources of the page of findings, and the tables, quotations and pictures of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from regcompare.comparison.counts import Count, Counting, Law
from regcompare.comparison.gaps import Gap
from regcompare.comparison.populations import Population
from regcompare.inputs import counting_in, populations_of
from regcompare.law import EvidenceLevel
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.views.markup import pipe_table
from regcompare.words.lexicon import listing
from regcompare_page.pictures import Picture
from regcompare_prove.contribution import DemandShare, DemandShares, by_demand
from regcompare_prove.gaps import PossibleGaps, possible_gaps

BEFORE, AFTER, DEMANDS = "eu-428-2009", "eu-2021-821", "amnesty"


@attrs.frozen
class Sources:
    """The data behind the page, and the pictures that it shows, by name."""

    catalogue: Catalogue
    frame: Scenario
    frame_file: str
    documented: tuple[Scenario, ...]
    pictures: dict[str, Picture] = attrs.field(factory=dict)

    @property
    def counting(self) -> Counting:
        """What counts the documented cases."""
        return counting_in(self.catalogue)

    @property
    def records(self) -> Population:
        """Everything on record."""
        return populations_of(self.catalogue)["records"]

    def count(self, measure: str, law: str) -> Count:
        """A count of everything on record under a ruleset on its own day."""
        return self.counting.count(measure, self.records, Law(self.ruleset(law)))

    def ruleset(self, name: str) -> Ruleset:
        return self.catalogue.ruleset(name)

    def gaps(self, base: str, other: str, *, framed: bool) -> PossibleGaps:
        """The gaps between two rulesets over every possible case, or those of the frame."""
        pair = (self.ruleset(base), self.ruleset(other))
        given = self.frame if framed else None
        return possible_gaps(*pair, given=given)


def shares_of(sources: Sources, at: Outcome) -> DemandShares:
    """Returns what each demand contributes over the documented cases."""
    pair = (sources.ruleset(AFTER), sources.ruleset(DEMANDS))
    return by_demand(sources.counting, sources.records, *pair, stops_at=at)


def quoted(sentences: str | Sequence[str], command: str) -> str:
    """Findings as quotations, then the command that prints them."""
    sentences = [sentences] if isinstance(sentences, str) else sentences
    lines = "\n>\n".join(f"> {sentence}" for sentence in sentences)
    return f"{lines}\n\n{command_block(command)}"


def command_block(words: str) -> str:
    """Returns a command as a block to copy."""
    return f"```sh\nregcompare {words}\n```"


def python_block(a: str, b: str) -> str:
    """Returns the proof about two rulesets as a block to copy."""
    return (
        "```python\n"
        "import regcompare as rc\n\n"
        f'print(rc.prove("{a}", never_laxer_than="{b}").sentence())\n'
        "```"
    )


def frame_words(sources: Sources) -> str:
    """Returns the case of the frame in words."""
    return f"{sources.frame.title}: [{sources.frame.id}](../{sources.frame_file}). " + " ".join(
        sources.frame.summary.split()
    )


def gap_table(gaps: Sequence[Gap]) -> Iterator[str]:
    """Yields the gaps that are certain as a table, if there are any."""
    if gaps:
        rows = [
            (
                f"`{gap.scenario.id}`",
                gap.let_through.result.replace("_", " "),
                gap.stopped.result.replace("_", " "),
                listing([str(item.rule.cite) for item in gap.stopped.deciding], "and"),
            )
            for gap in gaps
        ]
        yield pipe_table(("case, for certain", BEFORE, AFTER, "because of"), rows)


def rules_table(rules: Iterable[Rule]) -> str:
    """Returns rules with what they say."""
    return pipe_table(("provision", "what it says"), [(str(rule.cite), rule.sentence) for rule in rules])


def unread(sources: Sources, shares: DemandShares) -> Iterator[str]:
    """Says where the demand that covers the most is based on a text that was not read."""
    best = [share.demand for share in shares.best()]
    names = [item.name for item in best if _weakest(sources, item.rules) is EvidenceLevel.UNREAD]
    if names:
        yield (
            f"{listing(names, 'and')} was encoded from a text that was not read [unread], so "
            "its number is that of the demand as encoded here."
        )


def _weakest(sources: Sources, rules: Iterable[Rule]) -> EvidenceLevel:
    """The weakest mark of the rules that can decide; one that nobody read cannot."""
    marks = [sources.ruleset(DEMANDS).mark(rule) for rule in rules]
    read = [mark for mark in marks if mark is not EvidenceLevel.UNREAD]
    return min(read or marks, key=lambda mark: mark.rank)


def demand_table(sources: Sources, licence: DemandShares, refusal: DemandShares) -> str:
    """Returns what each demand contributes, to a licence and to a refusal, as a table."""
    header = (
        "demand",
        "checked",
        "asks",
        "needs a licence: by itself",
        "without it",
        "refused or banned: by itself",
        "without it",
    )
    rows = [
        (
            share.demand.name,
            str(_weakest(sources, share.demand.rules)),
            " ".join(rule.sentence for rule in share.demand.rules),
            *_figures(share),
            *_figures(other),
        )
        for share, other in zip(licence.shares, refusal.shares, strict=True)
    ]
    return pipe_table(header, rows)


def _figures(share: DemandShare) -> tuple[str, str]:
    """For how many a demand is enough, and how many of what the whole adds it leaves."""
    return share.alone.number(), share.kept.number()


def drawn(sources: Sources, name: str, code: str) -> Iterator[str]:
    """Runs code that draws a picture, and yields the picture and the code."""
    namespace: dict[str, Any] = {}
    exec(compile(code, f"{name}.py", "exec"), namespace)  # noqa: S102  The page prints what it runs.
    yield shown(sources, name, namespace["picture"])
    yield f'```python\n{code}picture.save("{name}.svg")\n```'


def shown(sources: Sources, name: str, picture: Picture) -> str:
    """Keeps a picture, and returns it as the page shows it."""
    sources.pictures[name] = picture
    return f"![{picture.title}](pictures/{name}.svg)"
