"""The linter of sources: whatever a rule looks for it finds."""

from __future__ import annotations

from pathlib import Path

from tests.support.offenders import of_each
from tools.sources import CITED, NUMBER, Rule, rules


@of_each("rule", rules, ids=lambda rule: rule.states)
def test_each_rule_finds_what_is_planted(rule: Rule, tmp_path: Path) -> None:
    """A rule that found nothing anywhere would be kept by anything."""
    place, text = rule.planted
    if not rule.rulesets:
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text, encoding="utf-8")

    found = list(rule.offences(tmp_path, {name: [text] for name in rule.rulesets}))

    assert place in {offence.partition(": ")[0] for offence in found}


def test_a_number_is_told_from_a_day_an_act_and_an_article() -> None:
    """Else every page would offend."""
    assert (
        NUMBER.findall(CITED.sub("", "2. Regulation 2021/821 of 9 September 2021, A02, in 2015.")) == []
    )
