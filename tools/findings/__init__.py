"""The page of findings: a screen of summary, then the proofs behind it.

Every finding is computed; none is written by hand.  Each is quoted above the command that prints it, so
that a reader can check it, as a test does.
"""

from __future__ import annotations

from collections.abc import Iterator

from regcompare import compare
from regcompare.inputs import message_of
from regcompare.plugins.catalogue import Catalogue
from regcompare.scenario.leaning import leaning_sentence
from regcompare.scenario.scenario import Scenario, cases_of_kinds
from regcompare.views.counts import message_blocks
from regcompare.views.document import Document
from regcompare.views.render import render
from regcompare_page.pictures import Picture

from .closed import what_was_closed
from .left import (
    what_is_forbidden_at_home,
    what_it_rests_on,
    what_was_left_open,
    what_was_loosened,
    which_demand_closes_it,
    which_has_a_brake,
)
from .pieces import AFTER, BEFORE, DEMANDS, Sources, command_block

__all__ = ["findings"]

TITLE = "What the November 2020 rules closed, and what they left open"

_OPENING = """\
On 9 November 2020 the negotiators agreed on the rules that became Regulation (EU) 2021/821.
This page compares Regulation (EC) 428/2009 as it was the day before, Regulation (EU) 2021/821 \
on the day from which it applies, and Amnesty's demands in addition to it.

*Controlled* means that the export needs an authorisation or something stricter applies.
An authorisation may be granted: controlled is not refused, and not controlled is not harmless.
A duty to notify the authority, as in Article 5(2), does not count as controlled: the authority then \
decides whether an authorisation is needed.

Findings about documented cases count what is on record; some files divide one deal into parts.
Findings about every possible case are proved: the solver found a case, or showed that there is none; \
they say nothing of how many exports there are.

Each finding is quoted as printed by the command below it.
The commands run in a checkout, with the extra `prove`: `python -m pip install '.[prove]'`."""

_CONTENTS = """\
The proofs, one by one: [what the new act closed](#what-they-closed), \
[what it loosened](#what-they-loosened), [what it left open](#what-they-left-open), \
[which demand closes it](#which-demand-closes-it), \
[what obliges an authority to refuse](#which-regime-has-a-brake), \
[the same use at home](#would-the-same-use-be-allowed-at-home).
\
The act is to be evaluated until September 2028: \
[what each limb that could change would change](explanation/evaluation.md)."""


def findings(catalogue: Catalogue, frame: Scenario, frame_file: str) -> tuple[str, dict[str, Picture]]:
    """Returns the page of findings as Markdown, and its pictures by name.

    Args:
        catalogue: The rulesets and the documented cases.
        frame: A case that fixes the facts that are not at issue.
        frame_file: Its file, as the commands name it.

    Raises:
        UsageError: The extra ``prove`` or ``plot`` is not installed.
    """
    sources = Sources(catalogue, frame, frame_file, cases_of_kinds(catalogue.scenarios()))
    ids = (BEFORE, AFTER, DEMANDS)
    comparison = compare(sources.documented, [sources.ruleset(name) for name in ids], exact=True)
    parts = [
        f"# {TITLE}",
        *_summary(sources),
        _CONTENTS,
        "## How to read the proofs",
        _OPENING,
        *what_was_closed(sources, comparison),
        *what_was_loosened(sources),
        *what_was_left_open(sources),
        *which_demand_closes_it(sources),
        *which_has_a_brake(sources),
        *what_is_forbidden_at_home(sources),
        *what_it_rests_on(sources),
    ]
    return "\n\n".join(parts) + "\n", sources.pictures


def _summary(sources: Sources) -> Iterator[str]:
    """What is said first of the documented cases, with the strongest objection to each sentence."""
    catalogue = sources.catalogue
    said = message_of(catalogue, sources.documented)
    assert said is not None, "the shipped profile says what is said first"
    yield render(Document("", list(message_blocks(said, objections=True))), "markdown").strip()
    yield leaning_sentence(case for case in sources.documented if case.record_group == "deals")
    yield command_block("").replace(" \n", "\n")
