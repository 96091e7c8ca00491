"""Commands for authors and reviewers of rulesets: ``new`` and ``sign``."""

from __future__ import annotations

import datetime as dt

import click

from regcompare.plugins.catalogue import Catalogue
from regcompare.program.signatures import COLUMNS, Signature, digest_of
from regcompare.views.tables import to_json

from .options import catalogue_options, format_option, main
from .scaffold import new_plugin
from .streams import echo


@main.command()
@click.argument("name")
@click.option(
    "--into", default=".", metavar="FOLDER", show_default=True,
    help="The folder in which to create the folder of the plugin.",
)  # fmt: skip
@click.option("--title", default="", metavar="TEXT", help="The regime in a few words.  [default: NAME]")
@click.option("--empty", is_flag=True, help="Leave out the example rule, with its list and cases.")
@format_option("text", "json")
def new(name: str, into: str, title: str, empty: bool, form: str) -> None:
    """Write the skeleton of a new plugin.

    It installs and passes its own tests straight away. Replace its texts, scope, one rule, one list and
    two cases; `regcompare lint` reports every TODO that is left.
    """
    catalogue = Catalogue.installed()
    sections = {section for plugin in catalogue.plugins for section in plugin.sections}
    taken = {*catalogue.rulesets, *sections}
    plugin = new_plugin(name, into, title=title, empty=empty, taken=taken)
    names, files = plugin.names, [file.as_posix() for file in plugin.files]
    if form == "text":
        echo(_NEXT_STEPS.format(folder=plugin.folder, id=names.id))
        echo("\n".join(files))
        return
    record = {
        "distribution": names.distribution,
        "module": names.module,
        "ruleset": names.id,
        "section": names.section,
        "folder": str(plugin.folder),
        "files": files,
    }
    echo(to_json(record))


_NEXT_STEPS = """\
{folder} contains the skeleton of a law; it installs and passes its tests as it is.
Replace what says TODO, file by file; regcompare lint reports what is left.
Every provision is marked as unread, and counts only because the law is declared a reconstruction.
Raise the mark of each provision that you have read; once all are, remove `reconstructed`.

  cd {folder}
  python -m pip install -e '.[test]'
  python -m pytest
  regcompare lint {id}
  regcompare show {id}
"""


@main.command("sign")
@click.argument("ruleset_id", metavar="RULESET")
@click.argument("rule_id", metavar="RULE")
@click.option("--by", required=True, metavar="NAME", help="Who signs.")
@click.option(
    "--state", required=True, metavar="TEXT",
    help="The version of the text that was read, such as 02021R0821-20230526.",
)  # fmt: skip
@click.option("--disagree", is_flag=True, help="Sign that it does not say what the text says.")
@click.option("--remark", default="", metavar="TEXT", help="A remark.")
@click.option("--head", is_flag=True, help="Print a header line first.")
@catalogue_options
def sign_command(
    catalogue: Catalogue,
    ruleset_id: str,
    rule_id: str,
    by: str,
    state: str,
    disagree: bool,
    remark: str,
    head: bool,
) -> None:
    """Sign that a provision says what its text says.

    It prints a line for a CSV file in a folder of signatures. The signature is for the provision as it
    is now, and no longer counts once the provision changes.
    """
    ruleset = catalogue.ruleset(ruleset_id)
    today = dt.datetime.now(tz=dt.UTC).date()
    digest = digest_of(ruleset.rule(rule_id))
    signature = Signature(ruleset_id, rule_id, state, by, today, not disagree, remark, digest)
    echo("\n".join([*([",".join(COLUMNS)] if head else []), signature.line]))
