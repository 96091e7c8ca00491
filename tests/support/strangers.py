"""Invented plugins, installed as a distribution would be: a module, its metadata, an entry point."""

from __future__ import annotations

from pathlib import Path

RULESET = """
import datetime as dt
from regcompare import Outcome, Ruleset
from regcompare.authoring import CORE, Instrument, Trigger, Transaction, YesNo, section
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare.plugins.catalogue import FactSections, hookimpl

ACT = Instrument("Act", "An invented act", "nowhere")

{facts}

RULES = Ruleset(
    "{id}",
    "Rules of {id}",
    status="law",
    instruments=(ACT,),
    reference_date=dt.date(2020, 1, 1),
    covers=("export",),
    provisions=Provisions((
        Rule(ACT["Art. 1"], "Every export needs a licence.", when={when},
             then=Outcome.AUTHORISATION, triggered_by=Trigger.ACT),
    )),
    vocabulary={vocabulary},
)

@hookimpl
def regcompare_rulesets():
    return [RULES]
"""

SECTION = '''
@section("{name}", "Facts of {name}")
class Facts:
    """Invented."""

    odd: YesNo = YesNo("Is it odd?")
'''

OFFER_FACTS = """
@hookimpl
def regcompare_facts():
    return [FactSections((Facts,))]
"""


def ruleset(ruleset_id: str, **changes: str) -> str:
    """The source of a module that offers one ruleset."""
    fields = {
        "facts": "",
        "when": 'Transaction.kind.is_in("export")',
        "vocabulary": "CORE",
    } | changes
    return RULESET.format(id=ruleset_id, **fields)


def with_facts(ruleset_id: str, name: str) -> str:
    """The source of a module that offers a ruleset and the facts that it asks about."""
    facts = SECTION.format(name=name)
    return (
        ruleset(ruleset_id, facts=facts, when="Facts.odd", vocabulary="CORE.with_sections(Facts)")
        + OFFER_FACTS
    )


def install(
    root: Path,
    distribution: str,
    source: str | bytes,
    *,
    points: str | bytes | None = None,
    metadata: bytes | None = None,
) -> str:
    """Installs a distribution of one module into a folder.

    Args:
        root: The folder, which must be on the path.
        distribution: Its name; the module has the same name with underscores.
        source: The source of the module.
        points: The text of ``entry_points.txt``; by default one entry point named ``rules``.
        metadata: The text of ``METADATA``; by default the name, with a version.

    Returns:
        The name of the module.
    """
    module = distribution.replace("-", "_")
    if points is None:
        points = f"[regcompare]\nrules = {module}\n"
    folder = root / f"{module}-1.2.dist-info"
    folder.mkdir()
    fields = f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.2\n".encode()
    (folder / "METADATA").write_bytes(fields if metadata is None else metadata)
    (folder / "entry_points.txt").write_bytes(_bytes(points))
    (root / f"{module}.py").write_bytes(_bytes(source))
    return module


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
