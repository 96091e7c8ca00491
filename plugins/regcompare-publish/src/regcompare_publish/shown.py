"""Commands that show what law asks: rulesets for legal review, their safeguards, and their facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from regcompare.cli.options import (
    as_of_option,
    catalogue_options,
    format_option,
    lang_option,
    ruleset_ids_option,
    rulesets_option,
    scenario_option,
)
from regcompare.cli.streams import echo, show
from regcompare.comparison.data import named, to_data, to_json
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.currency import tables_of, texts_read, verified_through
from regcompare.ruleset.rules import Interpretation, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf
from regcompare.views.document import Document, Table
from regcompare.views.render import render
from regcompare.views.tables import FORMATS, Format

from .fact_list import facts_data, facts_text
from .law_text import law_text
from .safeguards import safeguards
from .schema import schema


@click.command("show")
@click.argument("ruleset_id", required=False, metavar="[ID]")
@lang_option
@format_option("text", "markdown", "json")
@catalogue_options
def show_command(catalogue: Catalogue, ruleset_id: str | None, lang: str, form: str) -> None:
    """List the rulesets, or show one.

    The list says how old each is: through which day all its lists are verified, and when its texts
    were last read.  For one ruleset it prints the law, each condition in words, and the cases.
    """
    if ruleset_id is None:
        rulesets = catalogue.rulesets.values()
        show(
            form,
            lambda form: render(_ruleset_list(rulesets), form),
            data=lambda: [_ruleset_data(item, lang) for item in rulesets],
        )
        return
    ruleset = catalogue.ruleset(ruleset_id)
    cases = catalogue.read(*ruleset.cases)
    show(
        form,
        lambda form: law_text(ruleset, cases, form, lang=lang),
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


def _ruleset_data(ruleset: Ruleset, lang: str) -> Any:
    provisions = ruleset.provisions

    def rule(item: Rule) -> dict[str, Any]:
        return {
            **named("id", "sentence", "cite", "note")(item),
            "outcome": item.then,
            "triggered_by": item.triggered_by,
            "lifts": [overridden.id for overridden in item.overrides],
            **named("licensed_for", "refused_if", "has_no_derogation")(item),
            "evidence": ruleset.evidence(item),
            "checked": ruleset.mark(item),
        }

    def doubt(item: Interpretation) -> dict[str, Any]:
        shown = named("id", "question", "readings", "default", "reason", "cite")(item)
        return {**shown, "evidence": ruleset.evidence(item)}

    data = {
        **named("id", "title", "status", "reference_date")(ruleset),
        "period": str(ruleset.period or "") or None,
        "texts_read": texts_read(ruleset),
        "tables": [
            {"table": table.name, "verified_through": table.verified_through}
            for table in tables_of(ruleset)
        ],
        "base": ruleset.base,
        "covers": ruleset.covers,
        "instruments": [
            {
                **named("name", "title", "reference", "celex")(text),
                "url": text.url(ruleset.law_day, lang),
                "evidence": text.checked,
            }
            for text in ruleset.instruments
        ],
        "rules": map(rule, provisions.rules),
        "interpretations": map(doubt, provisions.interpretations),
        "discretions": map(named("id", "cite", "question", "who"), provisions.discretions),
        "not_encoded": map(named("cite", "what", "why"), provisions.not_encoded),
    }
    return to_data(data, lang, ruleset.law_day)


@click.command("facts")
@click.argument("name", required=False, metavar="[NAME]")
@ruleset_ids_option
@click.option("--schema", "as_schema", is_flag=True, help="Print the JSON Schema for scenario files.")
@format_option("text", "json")
@catalogue_options
def facts_command(
    catalogue: Catalogue, name: str | None, ids: tuple[str, ...], as_schema: bool, form: str
) -> None:
    """List the facts, with their questions and answers.

    NAME is a section, such as item, or a fact, such as item.technology. With -r, only those that the
    rulesets ask about.
    """
    vocabulary, rulesets = catalogue.vocabulary, [catalogue.ruleset(name) for name in ids]
    if as_schema:
        echo(to_json(schema(vocabulary)))
    else:
        show(
            form,
            lambda form: facts_text(vocabulary, form, rulesets, name or ""),
            data=lambda: facts_data(vocabulary, rulesets, name or ""),
        )


@click.command("safeguards")
@click.argument("file", required=False)
@rulesets_option
@scenario_option
@as_of_option
@format_option(*FORMATS)
@catalogue_options
def safeguards_command(
    catalogue: Catalogue, scenario: Scenario | None, rulesets: list[Ruleset], as_of: AsOf, form: Format
) -> None:
    """Show whom each regime protects: duties and safeguards by kind.

    With FILE, only those that apply to its case.
    """
    show(form, safeguards(rulesets, scenario, as_of=as_of).text)
