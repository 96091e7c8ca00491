"""The commands whose JSON is described, each with examples, which are run."""

from __future__ import annotations

import contextlib
import json
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
from click.testing import CliRunner

from regcompare.cli import main
from regcompare.plugins.catalogue import LIMIT

ROOT = Path(__file__).parents[2]

FILES = {
    "sparse.yaml": "id: sparse\n",
    "later.yaml": (
        "id: later\ndate: 2021-06-01\npresume: ordinary\n"
        "item: {annex_i_entry: [5A004.b], form: goods}\n"
        "transaction: {kind: export}\nexporter: {country: DE}\ndestination: {country: BD}\n"
    ),
    "swiss.yaml": (
        "id: swiss\ndate: 2021-10-01\ntransaction: {kind: export}\nexporter: {country: CH}\n"
        "destination: {country: AT}\nlicence: {status: granted}\n"
    ),
    "note.yaml": (
        "for: morpho-shanghai-2015\nowner: A reader\nsources: [A newspaper of 2016]\n"
        "item: {covert: no}\n"
    ),
    "wrong.yaml": "id: wrong\nexpect: {eu-2021-821: prohibition}\n",
    "broken.yaml": "id: broken\nitem: {technology: no_such_thing}\n",
    "sound.csv": "item.technology,destination.country\nencryption,NO\n",
    "decided.csv": (
        "scenario.date,item.annex_i_entry,destination.country,transaction.kind,exporter.country,"
        "licence.status\n2013-03-05,5A002.a,FR,export,DE,granted\n2013-03-05,ML10,IN,export,DE,granted\n"
    ),
    "register.csv": (
        "Licence;item.technology;item.annex_i_entry;destination.country;End_User.kind\n"
        "1;encryption;5A002.a;NO;telecom_operator\n"
        "2;facial_recognition;none;CN;law_enforcement\n"
        "3;no_such_thing;none;CN;law_enforcement\n"
    ),
}
"""The files that the examples read besides the cases that ship, with open facts and mistakes."""


@attrs.frozen
class Output:
    """The output of a command.

    Attributes:
        title: The command, or a use of it with its own output.
        says: A sentence on the list or object.
        example: The command that is shown.
        more: Commands that print the same fields with other kinds of values.
        plugins: The plugins that are loaded, if not those that ship.
    """

    title: str
    says: str
    example: str
    more: tuple[str, ...] = ()
    plugins: str = "regcompare"


MORPHO = "scenarios/morpho-shanghai-2015.yaml"
SMALL = "--by transaction.kind --by end_user.acts_for_state"

OUTPUTS = (
    Output(
        "compare",
        "An object: counts, classes, findings, what results depend on, and the verdicts.",
        f"compare {MORPHO} -r amnesty",
        (
            "compare scenarios -r eu-428-2009 -r eu-2021-821",
            "compare later.yaml -r eu-428-2009",
            "compare sparse.yaml -r eu-2021-821 -r eu-sanctions --readings open",
            "compare sparse.yaml -r eu-2021-821 --as-of scenario",
            "compare scenarios/teaching -r eu-428-2009 -r amnesty",
            "compare scenarios/axis-guilin-2012-19.yaml -r ep-2018",
            "compare scenarios/nexa-libya-2020.yaml -r amnesty",
            "compare swiss.yaml -r eu-2021-821 --as-if-from home",
        ),
    ),
    Output(
        "explain",
        "A list with an object for each scenario and ruleset: the fields of `compare`, in full.",
        f"explain {MORPHO} -r amnesty",
        (
            f"explain {MORPHO} -r eu-2021-821 --readings open",
            "explain scenarios/hackingteam-global-2015-16.yaml -r ep-2018 --readings open",
            "explain scenarios/axis-guilin-2012-19.yaml -r ep-2018",
            "explain sparse.yaml -r eu-sanctions",
            "explain swiss.yaml -r eu-2021-821 --as-if-from home",
            "explain note.yaml -r eu-2021-821",
            "explain sparse.yaml -r eu-2021-821 --as-of scenario",
            "explain scenarios/teaching/trainer.yaml -r eu-428-2009",
            "explain scenarios/noldus-china-2012-18.yaml -r eu-2021-821",
        ),
    ),
    Output(
        "cite",
        "An object: one result, ready to quote.",
        f"cite {MORPHO} -r eu-2021-821",
        (f"cite {MORPHO} -r amnesty", f"cite {MORPHO} -r eu-428-2009"),
    ),
    Output(
        "check",
        "A list with an object for each expectation, and one for each file that cannot be read.",
        f"check {MORPHO}",
        ("check scenarios/teaching broken.yaml wrong.yaml",),
    ),
    Output(
        "safeguards",
        "A list with an object for each kind of safeguard and ruleset.",
        "safeguards -r eu-2021-821 -r amnesty",
        (f"safeguards {MORPHO} -r eu-2021-821",),
    ),
    Output(
        "timeline",
        "A list with an object for the first day and each later one with another result, by ruleset.",
        f"timeline {MORPHO} -r eu-2021-821 --until 2022-01-01",
    ),
    Output(
        "gaps over files",
        "A list with an object for each gap, in both directions.",
        f"gaps eu-2021-821 amnesty {MORPHO}",
        ("gaps eu-2021-821 amnesty scenarios/teaching",),
    ),
    Output(
        "gaps over every possible case",
        "A list of two objects: cases that OTHER controls and BASE does not, and the other way round.",
        f"gaps eu-2021-821 amnesty-seed {SMALL}",
        (f"gaps eu-sanctions eu-2021-821 {SMALL} --given {MORPHO} --readings open",),
    ),
    Output(
        "gaps by demand",
        "An object: the contribution of each demand of OTHER to cases.",
        f"gaps eu-2021-821 amnesty-seed {MORPHO} --by-demand",
    ),
    Output(
        "map",
        "An object: the rulesets, and a cell for each of them and each pair of answers.",
        f"map -r eu-2021-821 {SMALL}",
        (f"map {MORPHO} -r eu-sanctions -r amnesty {SMALL} --readings open",),
    ),
    Output(
        "count",
        "A list with an object for the count, or for each value of a column.",
        "count licence deals -r eu-2021-821",
        (
            "count licence deals -r eu-2021-821 --by destination_country",
            "count licence_gap deals -r eu-2021-821 -r amnesty",
        ),
    ),
    Output(
        "history",
        "A list with an object for the last day of each year and each law.",
        "history -r eu-2021-821 --from 2022 --to 2023",
    ),
    Output(
        "message",
        "A list with an object for each count that is said first.",
        "message",
    ),
    Output("populations", "A list with an object for each population.", "populations"),
    Output("licences", "A list with an object for each published figure.", "licences"),
    Output(
        "standards",
        "An object: the findings, and a record for each finding of harm and ruleset.",
        "standards -r eu-2021-821 -r amnesty",
    ),
    Output(
        "evidence",
        "An object: the result, and what it rests on, the weakest first.",
        "evidence msab-hongkong-2013-20 --scenario msab-hongkong-2013-20 -r eu-2021-821",
        (f"evidence {MORPHO} -r amnesty", "evidence sparse.yaml -r un-2019"),
    ),
    Output(
        "mirror",
        "An object: the findings, the counts, and the cases, here and there.",
        f"mirror {MORPHO} -r amnesty",
        (
            "mirror scenarios/noldus-china-2012-18.yaml -r eu-2021-821",
            "mirror later.yaml -r eu-2021-821 --as-of scenario",
            "mirror sparse.yaml -r eu-sanctions -r eu-home --as-of scenario",
        ),
    ),
    Output(
        "correlate",
        "An object: the findings, and a record for each provision or pair of provisions.",
        f"correlate eu-428-2009 eu-2021-821 --given {MORPHO}",
        (
            "correlate eu-2021-821 amnesty-seed --given later.yaml",
            "correlate eu-428-2009 eu-2021-821 --given later.yaml",
        ),
    ),
    Output(
        "owed",
        "An object: the findings, and a record for each documented sale with a recorded decision.",
        "owed scenarios/area-egypt-2016.yaml",
        ("owed scenarios/area-egypt-2016.yaml", f"owed {MORPHO}"),
    ),
    Output(
        "evaluation",
        "An object: the finding, and a record for each limb that could change.",
        "evaluation",
    ),
    Output(
        "shopping",
        "An object: the finding, the tables on the law of states, and the states that come to the same.",
        "shopping trovicor-ethiopia-2011 -r eu-2021-821",
        (f"shopping {MORPHO} -r eu-2021-821",),
    ),
    Output(
        "whatif",
        "A list with an object for each scenario and ruleset.",
        f"whatif {MORPHO} -r eu-2021-821 --to authorisation",
        (
            f"whatif {MORPHO} -r eu-2021-821 --to refusal",
            f"whatif {MORPHO} -r eu-2021-821 --to suspension --hold item",
            "whatif sparse.yaml -r eu-2021-821 --to prohibition..prohibition --readings open",
            "whatif scenarios/teaching/trainer.yaml -r eu-428-2009 --to authorisation",
            f"whatif {MORPHO} -r amnesty --to no_control",
        ),
    ),
    Output(
        "lint", "A list with an object for each finding, accepted ones included.", "lint com-2016-616"
    ),
    Output(
        "screen",
        "An object: what the whole table comes to.",
        "screen register.csv screened.csv -r eu-2021-821",
        (
            "screen sound.csv whole.csv -r eu-sanctions",
            "screen decided.csv decisions.csv -r eu-428-2009 --presume surveillance",
        ),
    ),
    Output(
        "show",
        "An object for the ruleset that is named; without a name a list with such an object for each.",
        "show eu-2021-821",
        ("show",),
    ),
    Output("facts", "A list with an object for each fact.", "facts"),
    Output(
        "plugins",
        "A list with an object for each plugin, the faulty ones included.",
        "plugins",
        plugins="regcompare,no-such-plugin",
    ),
    Output("new", "An object: what was written.", "new regcompare-umbrellas"),
)
"""Every command with ``--format json``, in the order of the page."""


@contextlib.contextmanager
def folder() -> Iterator[None]:
    """Enters a temporary folder with the files that the examples read."""
    with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):
        shutil.copytree(ROOT / "scenarios", "scenarios")
        for name, text in FILES.items():
            Path(name).parent.mkdir(exist_ok=True)
            Path(name).write_text(text, encoding="utf-8")
        yield


def run(line: str, plugins: str) -> Any:
    """Returns what a command prints as JSON."""
    words = [*shlex.split(line), "--format", "json"]
    result = CliRunner().invoke(main, words, env={LIMIT: plugins}, catch_exceptions=False)
    return json.loads(result.stdout)
