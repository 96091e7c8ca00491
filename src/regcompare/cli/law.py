"""Commands on what is installed: ``show``, ``facts`` and ``plugins``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from regcompare.law import Instrument
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.currency import tables_of, texts_read, verified_through
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.schema import schema
from regcompare.views.document import Document, Table
from regcompare.views.law import LawLinks, law_text
from regcompare.views.render import render
from regcompare.views.tables import to_json
from regcompare.views.vocabulary import facts_data, facts_text

from .options import (
    catalogue_options,
    format_option,
    link_options,
    ruleset_ids_option,
)
from .streams import echo
from .streams import show as show_in


@click.command()
@click.argument("ruleset_id", required=False, metavar="[ID]")
@link_options
@format_option("text", "markdown", "json")
@catalogue_options
def show(
    catalogue: Catalogue,
    ruleset_id: str | None,
    lang: str,
    links: bool,
    form: str,
) -> None:
    """List the rulesets, or show one.

    The list says how old each is: through which day all its lists are verified, and when its texts
    were last read.  For one ruleset it prints the law, each condition in words, and the cases.
    """
    if ruleset_id is None:
        rulesets = catalogue.rulesets.values()
        show_in(
            form,
            lambda form: render(_ruleset_list(rulesets), form),
            data=lambda: [_ruleset_data(item, lang) for item in rulesets],
        )
        return
    ruleset = catalogue.ruleset(ruleset_id)
    cases = catalogue.read(*ruleset.cases)
    show_in(
        form,
        lambda form: law_text(ruleset, cases, form, lang=lang, links=links),
        data=lambda: _ruleset_data(ruleset, lang),
    )


def _ruleset_list(rulesets: Iterable[Ruleset]) -> Document:
    rows = []
    for item in rulesets:
        # A ruleset that only combines others has no rules of its own.
        number = len(item.rules) or sum(len(part.rules) for part in item.beside)
        known = (str(verified_through(item) or ""), str(texts_read(item) or ""))
        rows.append((item.id, item.status, str(item.reference_date), *known, str(number), item.title))
    header = ("ruleset", "status", "read as of", "lists through", "texts read", "rules", "title")
    return Document("", [Table("Rulesets", header, rows)])


def _instrument_data(text: Instrument, links: LawLinks) -> dict[str, Any]:
    evidence = text.checked
    return {
        "name": text.name,
        "title": text.title,
        "reference": text.reference,
        "celex": text.celex,
        "url": links.url(text),
        "checked": str(evidence.level) if evidence else None,
        "document": evidence.document if evidence else None,
        "read_on": str(evidence.read_on) if evidence and evidence.read_on else None,
    }


def _ruleset_data(ruleset: Ruleset, lang: str) -> dict[str, Any]:
    provisions, links = ruleset.provisions, LawLinks(ruleset, lang)
    return {
        "id": ruleset.id,
        "title": ruleset.title,
        "status": ruleset.status,
        "reference_date": str(ruleset.reference_date),
        "period": str(ruleset.period) if ruleset.period else None,
        "texts_read": str(texts_read(ruleset) or "") or None,
        "tables": [
            {"table": table.name, "verified_through": str(table.verified_through)}
            for table in tables_of(ruleset)
        ],
        "base": [item.id for item in ruleset.base],
        "covers": list(ruleset.covers),
        "instruments": [_instrument_data(item, links) for item in ruleset.instruments],
        "rules": [
            {
                "id": rule.id,
                "cite": str(rule.cite),
                "url": links.url(rule.cite),
                "sentence": rule.sentence,
                "note": rule.note or None,
                "outcome": rule.then.word,
                "triggered_by": str(rule.triggered_by),
                "lifts": [item.id for item in rule.lifts],
                "checked": str(ruleset.mark(rule)),
                "evidence": ruleset.evidence(rule).record(),
            }
            for rule in provisions.rules
        ],
        "interpretations": [
            {
                "id": item.id,
                "cite": str(item.cite),
                "url": links.url(item.cite),
                "question": item.question,
                "readings": dict(item.readings),
                "default": item.default,
                "reason": item.reason,
                "evidence": ruleset.evidence(item).record(),
            }
            for item in provisions.interpretations
        ],
        "discretions": [
            {"id": item.id, "cite": str(item.cite), "question": item.question, "who": str(item.who)}
            for item in provisions.discretions
        ],
        "not_encoded": [
            {"cite": str(item.cite), "what": item.what, "why": item.why}
            for item in provisions.not_encoded
        ],
    }


@click.command("facts")
@click.argument("name", required=False, metavar="[NAME]")
@ruleset_ids_option
@click.option("--schema", "as_schema", is_flag=True, help="Print the JSON Schema for scenario files.")
@format_option("text", "json")
@catalogue_options
def facts_command(
    catalogue: Catalogue,
    name: str | None,
    ids: tuple[str, ...],
    as_schema: bool,
    form: str,
) -> None:
    """List the facts, with their questions and answers.

    NAME is a section, such as item, or a fact, such as item.technology. With -r, only those that the
    rulesets ask about.
    """
    vocabulary, rulesets = catalogue.vocabulary, [catalogue.ruleset(name) for name in ids]
    if as_schema:
        echo(to_json(schema(vocabulary)))
    else:
        show_in(
            form,
            lambda form: facts_text(vocabulary, form, rulesets, name or ""),
            data=lambda: facts_data(vocabulary, rulesets, name or ""),
        )


@click.command()
@format_option("text", "json")
@catalogue_options
def plugins(catalogue: Catalogue, form: str) -> None:
    """List the plugins, what they provide, and their faults."""
    if form == "json":
        echo(to_json([plugin.record() for plugin in catalogue.plugins]))
        return
    rows = []
    for plugin in catalogue.plugins:
        problems = ", ".join(problem.code for problem in (*plugin.problems, *plugin.notes)) or "none"
        rulesets, facts = ", ".join(plugin.rulesets), ", ".join(plugin.sections)
        rows.append((plugin.name, plugin.version, rulesets, facts, problems))
        for note in plugin.notes:
            echo(str(note), err=True)
    header = ("plugin", "version", "rulesets", "facts", "problems")
    show_in(form, lambda form: render(Document("", [Table("Plugins", header, rows)]), form))
