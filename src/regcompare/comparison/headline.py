"""The headline of a comparison: one row a regime, with how many cases come to what, as data."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from regcompare.ruleset.rules import Outcome, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.verdict.verdict import Verdict

__all__ = ["AtMost", "Headline", "headline"]


@attrs.frozen
class AtMost:
    """In how many cases something is so for certain, and in how many at most."""

    certain: int
    at_most: int


@attrs.frozen
class Headline:
    """How many cases come to what under one regime.

    Attributes:
        ruleset: The regime.
        cases: How many cases were compared.
        reached: In how many the regime is in force and covers the transaction.
        needs_nothing: How many need no authorisation.
        needs_licence: How many need a licence, or may not go at all.
        refused_or_banned: How many must be refused or are banned.
    """

    ruleset: Ruleset
    cases: int
    reached: AtMost
    needs_nothing: AtMost
    needs_licence: AtMost
    refused_or_banned: AtMost


def headline(ruleset: Ruleset, verdicts: Iterable[Verdict]) -> Headline:
    """Counts the verdicts of one regime."""
    found = list(verdicts)
    spans = [verdict.span for verdict in found if verdict.span]
    sure = [item for item in found if item.span and item.in_scope and item.in_force]
    return Headline(
        ruleset,
        len(found),
        reached=AtMost(len(sure), len(spans)),
        needs_nothing=AtMost(
            sum(item.span.high is Outcome.NO_CONTROL for item in sure if item.span),
            sum(span.low is Outcome.NO_CONTROL for span in spans),
        ),
        needs_licence=_reaching(Outcome.AUTHORISATION, spans),
        refused_or_banned=_reaching(Outcome.REFUSAL, spans),
    )


def _reaching(least: Outcome, spans: Iterable[Span]) -> AtMost:
    spans = list(spans)
    return AtMost(sum(span.low >= least for span in spans), sum(span.high >= least for span in spans))
