"""Rows of national control lists that other plugins bring to the two acts."""

from __future__ import annotations

from typing import Any

from regcompare import UsageError
from regcompare.authoring import DatedTable, EvidenceLevel, Outcome, Ruleset, SetOf, Trigger
from regcompare.law import weakest
from regcompare.ruleset.rules import Rule

from . import common
from .eu_428_2009 import scope as scope_2009
from .eu_2021_821 import scope as scope_2021

_EFFECTS = {"authorisation": Outcome.AUTHORISATION, "prohibition": Outcome.PROHIBITION}


def with_national_list(
    act: Ruleset, table: DatedTable, entries: SetOf[Any], section: type, *, name: str
) -> Ruleset:
    """Returns one of the two acts with the rows of a further national list.

    The rows have the columns of ``tables/national_lists.csv``.  A row reaches exporters in its state
    (Art. 8(1) of Regulation 428/2009, Art. 9(1) of Regulation 2021/821); under the later act a published
    row also reaches others that their authority has informed (Art. 10(1)).

    Args:
        act: ``EU_428_2009`` or ``EU_2021_821``, or a reform of it.
        table: The rows.
        entries: The fact that asks which of the list's entries an item meets.
        section: The section of that fact.
        name: A short name of the list, for the ids of its rules.

    Raises:
        UsageError: The ruleset is neither of the two acts, nor a reform of one.
    """
    rule_ids = {rule.id for rule in act.rules}
    if "art-9-1-authorisation" in rule_ids:
        article, export = "art-9-1", scope_2021.unlisted_export
        foreign = [_foreign_list_rule(table, entries, name)]
        cite = scope_2021.art_9_1_authorisation.cite
    elif "art-8-1-authorisation" in rule_ids:
        article, export, foreign = "art-8-1", scope_2009.unlisted_export, []
        cite = scope_2009.art_8_1_authorisation.cite
    else:
        msg = f"{act.id} does not accept national lists; use eu-428-2009 or eu-2021-821, or a reform of one."
        raise UsageError(msg)
    own = [
        Rule(
            cite,
            f"A national list in the exporter's own Member State ({name}) imposes this: {effect}.",
            when=export & common.on_national_list(effect, own=True, table=table, entries=entries),
            then=outcome,
            triggered_by=Trigger.NATIONAL_LAW,
            checked=_weakest(table),
            id=f"{article}-{effect}-{name}",
        )
        for effect, outcome in _EFFECTS.items()
        if table.where(effect=effect).rows
    ]
    # With a national list an act is still law; with any other added rule it would be a proposal.
    law = {field: getattr(act, field) for field in ("status", "period", "transition", "summary")}
    vocabulary = act.vocabulary.with_sections(section)
    return act.with_(*own, *foreign, id=f"{act.id}-with-{name}", vocabulary=vocabulary, **law)


def _foreign_list_rule(table: DatedTable, entries: SetOf[Any], name: str) -> Rule:
    listed = common.on_national_list("authorisation", own=False, table=table, entries=entries)
    return Rule(
        scope_2021.art_10_1.cite,
        f"An authorisation is required for the export of an unlisted dual-use item if another Member State's "
        f"published list ({name}) requires one and the exporter's own authority has informed it of a use of "
        "concern.",
        when=scope_2021.unlisted_export & listed & scope_2021.told_of_security_or_rights,
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.AUTHORITY,
        checked=_weakest(table),
        id=f"art-10-1-{name}",
    )


def _weakest(table: DatedTable) -> EvidenceLevel:
    return weakest(row.checked.level for row in table) or EvidenceLevel.UNREAD
