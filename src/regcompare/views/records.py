"""Records shared by many views: a day, the ends of a span, a rule, a source."""

from __future__ import annotations

import datetime as dt
from typing import Any

from regcompare.ruleset.rules import Rule, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.provenance import Source


def day_record(day: dt.date | None) -> str | None:
    """Returns a day as ``YYYY-MM-DD``; None if it is not known."""
    return day.isoformat() if day else None


def read_record(ruleset: Ruleset, as_of: dt.date | None) -> dict[str, Any]:
    """Returns a ruleset with the day whose law was applied."""
    return {"ruleset": ruleset.id, "as_of": day_record(as_of)}


def span_record(span: Span | None) -> dict[str, Any]:
    """Returns the two ends of a span, named as in files."""
    return {"low": span.low.word if span else None, "high": span.high.word if span else None}


def rule_record(rule: Rule, as_of: dt.date | None, lang: str) -> dict[str, Any]:
    """Returns a rule by its id, citation, address and sentence, with the comment on it."""
    url = rule.cite.url(as_of, lang)
    words = {"sentence": rule.sentence, "note": rule.note or None}
    return {"id": rule.id, "cite": str(rule.cite), "url": url, **words}


def source_record(source: Source) -> dict[str, str]:
    """Returns a source of a case."""
    return {"title": source.title, "date": source.date, "url": source.address}
