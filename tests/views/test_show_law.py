"""A regime read back: the law, the condition in words, the cases."""

from __future__ import annotations

import datetime as dt
import re

import attrs
import pytest

from regcompare import Outcome, Ruleset, Scenario
from regcompare.authoring import (
    Addressee,
    DatedTable,
    Destination,
    DutyKind,
    EvidenceLevel,
    Exporter,
    Instrument,
    Item,
    Period,
    Strength,
    Term,
    Trigger,
)
from regcompare.law import Citation
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Discretion, Duty, Interpretation, NotEncoded, Rule
from regcompare.views.render import render
from regcompare.vocabulary.dated import Row
from regcompare_amnesty import AMNESTY
from regcompare_eu import EU_428_2009, EU_2021_821
from regcompare_publish.law_text import law_text

ACT = Instrument("Toy Act", "An invented act on toys", "Toy Gazette 1")
ROW = Row(
    "lands.csv",
    2,
    {"countries": "NO"},
    Period(dt.date(2010, 1, 1)),
    "Toy Act Annex",
    EvidenceLevel.SECONDARY,
)
LANDS = DatedTable("friendly lands", (ROW,), dt.date(2020, 12, 31))
DOUBT = Interpretation(
    "toy-doubt",
    ACT["Art. 2"],
    "Do overt toys count?",
    readings={"count": "They count.", "free": "They are free."},
    default="count",
    reason="The article makes no exception.",
)
POWER = Discretion(ACT["Art. 4"], "Has the authority banned the toy?", who=Addressee.AUTHORITY)
TOY = Term(
    "watching toy",
    ACT["Art. 2"],
    Item.designed_to_monitor_people & DOUBT.choose(count=Item.dual_use, free=Item.covert),
    note="Cameras too.",
    checked=EvidenceLevel.TEXT,
)
LICENCE = Rule(
    ACT["Art. 3"],
    "A watching toy needs an authorisation.",
    when=TOY & ~Destination.country.is_in("NO"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    fires="bear",
    misses="ball under toy-doubt=free",
)
BAN = Rule(
    ACT["Art. 4"],
    "The authority may ban a watching toy.",
    when=TOY & POWER,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.AUTHORITY,
    overrides=LICENCE,
    checked=EvidenceLevel.UNREAD,
)
RULESET = Ruleset(
    "toy-law",
    "The Toy Act",
    status="law",
    instruments=(ACT,),
    reference_date=dt.date(2020, 1, 1),
    period=Period(dt.date(2010, 1, 1)),
    covers=("export",),
    scope=Exporter.country.is_in("FR"),
    provisions=Provisions(
        (LICENCE, BAN),
        duties=(
            Duty(
                ACT["Art. 5"],
                "The exporter keeps records.",
                kind=DutyKind.RECORDS,
                addressee=Addressee.EXPORTER,
                strength=Strength.MUST,
                when=TOY,
                deadline="five years",
            ),
        ),
        interpretations=(DOUBT,),
        discretions=(POWER,),
        not_encoded=(NotEncoded(ACT["Art. 9"], "Penalties.", "Process."),),
    ),
    tables=(LANDS,),
    checked=EvidenceLevel.TEXT,
    summary="An invented law.",
)

MARKDOWN = """\
# The Toy Act

An invented law.

- Ruleset `toy-law`, a law.
- Applied as of 2020-01-01 unless you ask for another date.
- In force from 2010-01-01.
- Tables of the law are verified through 2020-12-31: friendly lands.

Texts:

- Toy Act: An invented act on toys (Toy Gazette 1)

## When it applies

The kind of transaction is export; any other is out of scope.

And:

- the export is made from France (FR)

## Rules, in the order of the text

2 rules: 1 official text and 1 unread.

<table>
<caption>Rules of The Toy Act</caption>
<thead><tr><th scope="col" align="left">The law</th><th scope="col" align="left">The condition, read back</th>\
<th scope="col" align="left">The cases</th></tr></thead>
<tbody>
<tr valign="top">
<th scope="row" align="left">

Toy Act Art. 3 (`art-3`): authorisation

A watching toy needs an authorisation.

Triggered by the exporter's classification of the item. Source: official text.

</th>
<td>

- “watching toy” (Art. 2) and the destination is not Norway (NO)

</td>
<td>

Holds in `bear`: A bear with eyes.

Not in `ball` under toy-doubt=free: A ball \\* with &lt;eyes&gt;.

</td>
</tr>
<tr valign="top">
<th scope="row" align="left">

Toy Act Art. 4 (`art-4`): prohibition

The authority may ban a watching toy.

Triggered by information from the authority. Source: unread.

Nobody has read it, so whether it is in the text is not known: `--reading text.art-4=yes` says that it is.

Overrides `art-3`.

</th>
<td>

- “watching toy” (Art. 2) and the authority has banned the toy

</td>
<td>

No cases named.

</td>
</tr>
</tbody>
</table>

## Terms

### “watching toy”, Toy Act Art. 2

Our comment: Cameras too. Source: official text.

- all of:
  - the item is made or marketed to observe people or their data
  - as toy-doubt is read:
    - “count”: the item can be used for both civil and military purposes
    - “free”: the people monitored cannot perceive it

## Doubts in the text

### toy-doubt, Toy Act Art. 2

Do overt toys count?

- “count” (default): They count.
- “free”: They are free.

Why the default: The article makes no exception. Source: official text. Asked by `art-3`, `art-4` and `art-5`.

## Powers that may be used

Whether a power was used is unknown unless the scenario says so.

- `art-4`, Toy Act Art. 4, authority: Has the authority banned the toy? Asked by `art-4`.

## Duties

- Toy Act Art. 5 (`art-5`): The exporter keeps records.
  - exporter, must; record keeping
  - deadline: five years
  - source: official text
  - when: “watching toy” (Art. 2)

## Not encoded

- Toy Act Art. 9: Penalties. Process.

## Dated tables

- friendly lands, checked through 2020-12-31: 1 row, 1 secondary account

## How it was checked

- official text: 1 rule, 1 duty
- official account: 0 rules, 0 duties
- secondary account: 0 rules, 0 duties
- inferred: 0 rules, 0 duties
- unread: 1 rule, 0 duties: `art-4`

A reading of the encoded texts for comparison; not legal advice.
"""

CASES = (
    Scenario(id="bear", title="A bear with eyes"),
    Scenario(id="ball", title="A ball * with <eyes>."),
)


def test_a_regime_reads_back_as_markdown() -> None:
    """Everything that a lawyer reviews is in its place, in the order of the text."""
    assert law_text(RULESET, CASES, form="markdown") == MARKDOWN


def test_a_rule_says_since_when_it_is_in_the_text_and_what_amended_it() -> None:
    """The period is shown beside the rule, not in the condition that is read back."""
    cite = ACT["Art. 3"].amended_by(Instrument("Later Act", "A later act", "Toy Gazette 2")["Art. 1(3)"])
    period = Period(dt.date(2010, 1, 1), dt.date(2020, 1, 1))
    rule = attrs.evolve(LICENCE, when=Item.covert, cite=cite, period=period)
    law = attrs.evolve(RULESET, provisions=Provisions((rule,)), tables=())
    page = law_text(law, form="markdown")

    assert "In the text from 2010-01-01 to 2019-12-31." in page
    assert "As amended by Later Act Art. 1(3)." in page
    assert "the date of the law applied" not in page


def test_a_regime_reads_back_as_text_in_three_columns() -> None:
    """On a terminal the law, the condition and the cases are side by side, within the width."""
    text = law_text(RULESET, CASES, lambda document: render(document, width=100))

    assert max(map(len, text.splitlines())) <= 100
    table = text[text.index("┌") : text.rindex("┘")]
    assert re.findall(r"│ +(?:Toy Act Art\. \d|The law)", table)
    first = table.splitlines()[3]
    assert first.count("│") == 4
    assert "Toy Act Art. 3" in first
    assert "“watching toy”" in first
    assert "`bear`" in first


def test_without_cases_their_ids_stand_alone() -> None:
    """A case whose title is not at hand is named by its id."""
    assert "Holds in `bear`." in law_text(RULESET, form="markdown")


def test_a_ruleset_without_rules_of_its_own_still_reads() -> None:
    """Rulesets side by side say of which they are made."""
    both = RULESET.combined_with(EU_2021_821, id="both")

    text = law_text(both, form="markdown")

    assert "Combines `toy-law` and `eu-2021-821`." in text
    assert "0 rules: none of its own." in text


def test_a_reform_shows_as_what_it_is() -> None:
    """A proposal, made from which law, with the text of what it adds, which nobody has checked."""
    draft = Instrument("Draft", "A draft that was invented", "2026")
    ban = Rule(
        draft["D1"],
        "No bear leaves.",
        when=Item.covert,
        then=Outcome.PROHIBITION,
        triggered_by=Trigger.ACT,
    )

    text = law_text(EU_2021_821.with_(ban, id="no-bears"), form="markdown")

    assert "A reform of eu-2021-821: with Draft D1." in text
    assert "Ruleset `no-bears`, a proposal." in text
    assert "In force" not in text.partition("## ")[0]
    assert "- Draft: A draft that was invented (2026)" in text
    assert "Source: inferred (no record)." in text.partition("No bear leaves.")[2].partition("</td>")[0]


def _places(markdown: str, cites: list[Citation]) -> list[int]:
    table = markdown[markdown.index("<table>") : markdown.index("</table>")]
    table = re.sub(r"\[([^\]]+)\]\(https:[^)]+\)", r"\1", table)
    return [table.index(f"{cite} (`") for cite in cites]


@pytest.mark.parametrize("ruleset", [EU_428_2009, EU_2021_821, AMNESTY], ids=lambda item: item.id)
def test_the_real_regimes_read_back_whole(ruleset: Ruleset) -> None:
    """Every rule, term, doubt and omission of the shipped regimes is there, the rules in their order."""
    text = law_text(ruleset, form="markdown")

    for rule in ruleset.rules:
        assert f"(`{rule.id}`): " in text
        assert rule.sentence in text
    places = _places(text, [rule.cite for rule in ruleset.rules])
    assert places == sorted(places)
    for doubt in ruleset.provisions.interpretations:
        assert doubt.question in text
    for power in ruleset.provisions.discretions:
        assert power.question in text
    for left_out in ruleset.provisions.not_encoded:
        assert left_out.what in text
    for table in ruleset.tables:
        assert f"{table.name}, checked through {table.verified_through}" in text
    assert "…" not in text
    assert "Holds(" not in text
