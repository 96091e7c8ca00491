"""The command ``sign``: a line for a file of signatures."""

from __future__ import annotations

import datetime as dt

import click

from regcompare.program.signatures import COLUMNS, Signature, digest_of

from ._shared import catalogue_of, catalogued, main
from ._streams import echo


@main.command("sign")
@click.argument("ruleset_id", metavar="RULESET")
@click.argument("rule_id", metavar="RULE")
@click.option("--by", required=True, metavar="NAME", help="Who signs.")
@click.option(
    "--state", required=True, metavar="TEXT",
    help="The state of the text that was read, such as 02021R0821-20230526.",
)  # fmt: skip
@click.option("--disagree", is_flag=True, help="The provision does not say what the text says.")
@click.option("--remark", default="", metavar="TEXT", help="What else there is to say.")
@click.option("--head", is_flag=True, help="Print the line with the names of the columns first.")
@catalogued
def sign_command(
    ruleset_id: str,
    rule_id: str,
    by: str,
    state: str,
    disagree: bool,
    remark: str,
    head: bool,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Sign that a provision says what a state of its text says.

    Prints a line for a CSV file in a folder of signatures. It holds for the provision as it is now;
    once the provision changes, the signature is lost.
    """
    ruleset = catalogue_of(load, strict).ruleset(ruleset_id)
    today = dt.datetime.now(tz=dt.UTC).date()
    digest = digest_of(ruleset.rule(rule_id))
    signature = Signature(ruleset_id, rule_id, state, by, today, not disagree, remark, digest)
    echo("\n".join([*([",".join(COLUMNS)] if head else []), signature.line]))
