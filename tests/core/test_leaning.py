"""How a register leans is counted from its records, each once."""

from __future__ import annotations

from regcompare.scenario.files import read_text
from regcompare.scenario.leaning import leaning_sentence, leanings

REGISTER = """
- {id: a, kind: documented, record_kind: delivered, sale: one, date: 2009, item: {technology: encryption},
   exporter: {country: FR}, record: {decision: granted}}
- {id: b, kind: documented, record_kind: delivered, sale: one, date: 2016-05, exporter: {country: DE}}
- {id: c, kind: documented, record_kind: refused, date: {from: 2013-05, to: 2016-01}, exporter: {country: FR}}
- {id: d, kind: variant, record_kind: refused, date: 2016-05, exporter: {country: FR}}
- {id: e, kind: documented, record_kind: refused, date: 2020-01-01,
   exporter: {country: {one_of: [FI, DE]}}, record: {decision: unknown}}
"""


def test_each_record_counts_once_by_its_first_part() -> None:
    """Inventions do not count; a span into two periods, one of two states, or no answer is not known."""
    kinds, years, states, technologies, decided = leanings(read_text(REGISTER)).values()

    assert {name: number for name, number in kinds.items() if number} == {
        "deals": 1,
        "applications refused or withdrawn": 2,
    }
    assert dict(years) == {
        "until 2009": 1, "2010 to 2014": 0, "2015 to 2019": 0, "from 2020": 1, "not known": 1,
    }  # fmt: skip
    assert dict(states) == {"France": 2, "not known": 1}
    assert dict(technologies) == {"encryption": 1, "not known": 2}
    assert dict(decided) == {"known": 1, "not known": 2}


def test_what_is_seldom_is_counted_together() -> None:
    """The six most frequent answers are named, by number and then by name."""
    states = ("AT", "BE", "CZ", "DK", "FI", "FR", "DE", "DE")
    text = "".join(
        f"- {{id: c-{place}, kind: documented, exporter: {{country: {state}}}}}\n"
        for place, state in enumerate(states)
    )

    assert dict(leanings(read_text(text))["Exported from"]) == {
        "Germany": 2, "Austria": 1, "Belgium": 1, "Czechia": 1, "Denmark": 1, "Finland": 1, "others": 1,
    }  # fmt: skip


def test_it_is_said_that_this_is_no_sample() -> None:
    """The sentence begins with what it is for."""
    said = leaning_sentence(read_text(REGISTER))

    assert said.startswith("How these 3 records lean, since what became public is no sample.")
