"""What may not be printed: sentences that were found false, ends that are left out, laws without a day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.support.offenders import of_each
from tools.sources import CITED, NUMBER

import regcompare as rc
from regcompare.comparison.claims import Claim

ROOT = Path(__file__).parents[2]
CASES = ("morpho-shanghai-2015", "area-egypt-2016", "noldus-china-2012-18")
PRINTED = {
    "the first screen": lambda: str(rc.message()),
    "a comparison": lambda: str(rc.compare(CASES).finding()) + rc.compare(CASES).to_markdown(),
    "all cases": lambda: str(rc.compare().finding()),
    "all cases on their day": lambda: str(rc.compare(as_of="scenario").finding()),
    "owed": lambda: str(rc.owed().finding()),
    "mirror": lambda: str(rc.mirror().finding()),
    "gaps": lambda: str(rc.gaps("eu-428-2009", "eu-2021-821", documented=True).finding()),
    "a brief": rc.brief,
    "README": lambda: (ROOT / "README.md").read_text(encoding="utf-8"),
}


@cache
def printed(name: str) -> str:
    """What is printed, on one line."""
    return " ".join(PRINTED[name]().split())


FALSE = (
    "nobody has to ask",
    "makes anyone say no",
    r"oblige(s)? nobody",
    "sold without",
    "clearly required",
    "is silent",
    r"Then no licence can exist",
    r"\b(for|in) up to \d",
    r"requires? (a licence|refusal or a ban) for up to",
    r"9999-12-31",
)
"""Sentences that were refuted, and ends without the certain one."""


@pytest.mark.thorough
@pytest.mark.parametrize("name", PRINTED)
@of_each("text", FALSE)
def test_what_was_found_false_is_not_printed(name: str, text: str) -> None:
    """Neither on the first screen nor below it."""
    assert not re.search(text, printed(name), re.IGNORECASE)


LAW = r"(Regulation 428/2009|Regulation 2021/821|EU law|Amnesty's proposal|EU law on use at home)"
MEASURES = ("licence", "refuse", "tell")


@pytest.mark.parametrize(
    "law",
    [
        "eu-428-2009",
        *(
            pytest.param(law, marks=pytest.mark.thorough)
            for law in ("eu-2021-821@2023-05-01", "amnesty", "eu-law@scenario")
        ),
    ],
)
def test_a_count_names_its_day_and_its_verb_follows_it(law: str) -> None:
    """In the indicative only where the law of the day of each case is read; never in the past tense."""
    for measure in MEASURES:
        for facts in ("stated", "undisputed", "filed"):
            count = rc.count(measure, "deals", law, facts=facts)
            said = count.sentence()
            least, most = count.range

            assert re.search(rf"{LAW} (as of \d{{4}}-\d\d-\d\d|on the day of each)", said)
            assert (" would " in said) is not count.laws[0].is_of_the_day
            assert "required" not in said
            assert (least == most) or f"; at most {most}." in said
            assert facts == "undisputed" or said.startswith("With ")


@pytest.mark.parametrize("name", ["all cases", "all cases on their day", "mirror", "gaps", "a brief"])
def test_no_law_is_counted_without_its_day(name: str) -> None:
    """Where a law requires, or would require, its day is in the same clause."""
    text = re.sub(r"With the list of \d{4}-\d\d-\d\d [^.]+\.", "", printed(name))  # It has its day.
    clauses = re.findall(rf"{LAW}([^;.]{{0,24}}) (?:would require|requires)", text)

    assert all(re.search(r"as of \d|on the day", day) for _, day in clauses)


def said_of(claim: Claim) -> set[str]:
    """Every number that the values of a claim say: both ends, groups, marks, what they are of."""
    numbers = {
        number
        for count in claim.supporting_counts
        for number in (*count.range, count.of, len(count), *count.sizes.values(), *count.marks.values())
    }
    numbers |= {value for value in claim.values.values() if isinstance(value, int)}
    for value in claim.values.values():
        parts = value if isinstance(value, tuple) else (value,)
        numbers |= {int(number) for part in parts if isinstance(part, Claim) for number in said_of(part)}
        if isinstance(value, Counter):
            numbers |= {*value.values()}
    return set(map(str, numbers))


@pytest.mark.parametrize("what", ["message", "comparison", "by demand", "figures"])
def test_each_number_of_a_sentence_is_one_of_its_values(what: str) -> None:
    """Of the first screen, the finding of the brief, demands and published figures; days and acts apart."""
    claims: dict[str, Callable[[], Iterable[Any]]] = {
        "message": rc.message,
        "comparison": lambda: [rc.compare().finding()],
        "by demand": lambda: [
            rc.gaps("eu-2021-821", "amnesty", ["morpho-shanghai-2015"], by_demand=True).finding()
        ],
        "figures": lambda: [rc.licences().finding()],
    }
    for claim in claims[what]():
        spoken = set(NUMBER.findall(CITED.sub("", claim.sentence())))
        assert {number.strip(".,") for number in spoken} <= said_of(claim), claim
