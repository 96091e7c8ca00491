"""One verdict as HTML for notebooks and reports: the finding in a sentence, then accessible tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from regcompare._support.html import joined_cell, table
from regcompare.verdict.verdict import Verdict
from regcompare.words.lexicon import shortened

from .account import account
from .sentences import answers_words, evidence_words, outcome_words, result_words, span_words

__all__ = ["verdict_html"]

Data = Mapping[str, Any]


def verdict_html(verdict: Verdict) -> str:
    """Returns a verdict as a fragment of HTML.

    A sentence says the finding; tables with caption and header scopes give the provisions and the
    open questions.  Colours are those of the page around it, light or dark.
    """
    data = account(verdict)
    name = f"{data['title'] or data['scenario']}, {data['regime']}: {result_words(verdict)}"
    parts = [f"<p><strong>{escape(name)}</strong></p>", f"<p>{escape(data['sentence'])}</p>"]
    parts += _paragraphs(reason["text"] for reason in data["scope_reasons"])
    parts += _provisions(data)
    parts += _questions(data)
    parts += _closest(data)
    parts += _paragraphs(_notes(data))
    return f"<div>{''.join(parts)}</div>"


def _paragraphs(texts: Iterable[str]) -> Iterator[str]:
    return (f"<p>{escape(text)}</p>" for text in texts)


def _provisions(data: Data) -> Iterator[str]:
    """The rules that hold, and those that may hold and change the outcome."""
    rules = [rule for rule in data["rules"] if rule["holds"] or rule["moves"]]
    if rules:
        head = ("Provision", "Outcome", "Stands", "Set off by", "Because", "Source")
        yield table("Rules that hold or may hold", head, map(_rule, rules))
    elif data["low"] is not None:
        yield "<p>No encoded rule holds.</p>"


def _rule(rule: Data) -> tuple[str, ...]:
    because = "\n".join(reason["text"] for reason in rule["reasons"])
    states = f"\n{rule['states']}" if rule["states"] else ""
    return (
        joined_cell([(rule["cite"], rule["url"]), (rule["sentence"], "")]),
        outcome_words(rule["outcome"]) + states,
        _stands(rule),
        rule["triggered_by"],
        because,
        evidence_words(rule["evidence"]),
    )


def _stands(rule: Data) -> str:
    """Whether a rule decides, holds, is lifted, or is open."""
    if rule["holds"] is None:
        return "open"
    if rule["lifted_by"]:
        verb = "is" if rule["surely_lifted"] else "may be"
        return f"holds, but {verb} lifted by {shortened(rule['lifted_by'])}"
    return "decides" if rule["decides"] else "holds"


def _questions(data: Data) -> Iterator[str]:
    """The open questions that, each alone, would narrow the outcome."""
    rows = [
        (question["text"] or question["name"], "\n".join(map(_effect, question["effects"])))
        for question in data["questions"]
        if question["narrows"]
    ]
    if rows:
        head = ("Open question", "What each answer alone would lead to")
        yield table("Open questions", head, rows)


def _effect(effect: Data) -> str:
    return f"{answers_words(effect['words'])}: {span_words(effect['low'], effect['high'])}"


def _closest(data: Data) -> Iterator[str]:
    """The stricter rules that failed on one point alone."""
    rows = [
        (
            miss["cite"],
            outcome_words(miss["outcome"]),
            "\n".join(reason["text"] for reason in miss["missing"]),
        )
        for miss in data["closest"]
    ]
    if rows:
        head = ("Provision", "Outcome", "It fails because")
        yield table("Stricter rules that fail on one point alone", head, rows)


def _notes(data: Data) -> Iterator[str]:
    """What was presumed and assumed, warnings, and the law."""
    if data["presumed"]:
        facts = (f"{fact['fact']} ({fact['answer']})" for fact in data["presumed"])
        yield f"Presumed, not stated: {', '.join(facts)}."
    matter = [doubt for doubt in data["readings"] if doubt["matters"] and doubt["reading"]]
    if matter:
        read = (f"{doubt['id']} as “{doubt['reading']}”" for doubt in matter)
        yield f"Another reading would change the result: {', '.join(read)} was assumed."
    yield from data["warnings"]
    yield (
        f"Law as of {data['as_of'] or 'an unknown day'}, facts of {data['date'] or 'an unknown day'}. "
        f"{data['notice']}"
    )
