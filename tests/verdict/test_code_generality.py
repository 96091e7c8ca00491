"""A code that says less never leads to more: its span includes that of each code below it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regcompare import Outcome, Ruleset, Scenario, Verdict
from regcompare.authoring import CodeSet, Destination, Exporter, Item, Transaction
from regcompare.facts import MemberSet
from regcompare.logic.code_lists import CodeList
from regcompare.logic.questions import CodesQuestion
from regcompare.plugins.catalogue import Catalogue
from regcompare.program.program import program_for
from regcompare.verdict.assess import assess_all

CATALOGUE = Catalogue.installed()
"""What ships and whatever else is installed: other lists have codes too."""
FACTS = {fact.key: fact for fact in CATALOGUE.vocabulary.facts() if isinstance(fact, CodeSet)}
EXPORTS = [item for item in CATALOGUE.rulesets.values() if item.asks == "export"]
UNNAMED = "zz"
"""A point that no list names, and that may exist below what nobody read."""


def codes_of(codes: CodeList) -> list[str]:
    """Every code of a list, and below each that nobody read to the end one more, and one below that."""
    more = [point for code in codes.codes if codes.flaw(point := f"{code}.{UNNAMED}") is None]
    return sorted({*codes.codes, *more, *(f"{point}.9" for point in more)})


def with_above(codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a code and the one directly above it."""
    return ((code, above) for code in codes if (above := code.rpartition(".")[0]))


def patterns_of(rulesets: Iterable[Ruleset]) -> dict[str, set[str]]:
    """By fact, every pattern that a ruleset asks about."""
    patterns: dict[str, set[str]] = {key: set() for key in FACTS}
    for ruleset in rulesets:
        for question in program_for(ruleset, ruleset.base).atoms.questions.values():
            if isinstance(question, CodesQuestion):
                patterns[question.fact].add(question.member)
    return patterns


PATTERNS = patterns_of(CATALOGUE.rulesets.values())


@pytest.mark.parametrize("key", FACTS)
def test_what_is_certain_of_a_code_is_certain_of_each_code_below_it(key: str) -> None:
    """Whether a code falls under a pattern of any ruleset is open, or the same for every code below."""
    fact = FACTS[key]
    if fact.codes is None:
        pytest.skip("No list of its codes exists.")

    wrong = [
        (pattern, above, code)
        for code, above in with_above(codes_of(fact.codes))
        for pattern in PATTERNS[key]
        if fact.falls(above, pattern) not in (None, fact.falls(code, pattern))
    ]

    assert PATTERNS[key]
    assert wrong == []


points = st.lists(st.sampled_from("abc12"), max_size=3).map(".".join)
lists = st.lists(points, max_size=4).flatmap(
    lambda named: st.sets(st.sampled_from(["", *named])).map(lambda stars: (named, stars))
)


@given(lists, points, points)
def test_the_same_holds_of_any_list_and_pattern(
    drawn: tuple[list[str], set[str]], pattern: str, excluded: str
) -> None:
    """Whichever points of an entry are named and whichever are unread."""
    named, stars = drawn
    steps = {".".join(name.split(".")[:depth]) for name in named for depth in range(1, 4)} - {""}
    entries = [f"{name}{'*' if name in stars else ''}" for name in sorted(steps)]
    codes = CodeList("a.fact", "A list", {"5A001": [*entries, *(["*"] if "" in stars else [])]})
    asked = (
        ".".join(filter(None, ["5A001", pattern])) + "!" + ".".join(filter(None, ["5A001", excluded]))
    )

    for code, above in with_above(codes_of(codes)):
        assert codes.falls(above, asked) in (None, codes.falls(code, asked))


# in verdicts ---------------------------------------------------------------------------------------

DAYS = (dt.date(2010, 1, 1), dt.date(2020, 6, 1), dt.date(2023, 6, 1))
TRADES = (("export", "CN"), ("export", "US"), ("intra_eu_transfer", "DE"))
FAMILIES = {code[:5] for code in FACTS[Item.annex_i_entry.key].codes.codes if code.count(".") > 2}  # type: ignore[union-attr]


def case(code: str, number: int, day: dt.date, kind: str, country: str) -> Scenario:
    """An ordinary transaction in an item of which this code is known."""
    return Scenario(
        id=f"case-{number}",
        date=day,
        presume="ordinary",
        item=Item(annex_i_entry=MemberSet([code])),
        transaction=Transaction(kind=kind, purpose="supply"),  # type: ignore[arg-type]
        exporter=Exporter(country="FR"),
        destination=Destination(country=country),
    )


def is_within(verdict: Verdict, general: Verdict) -> bool:
    """Whether a verdict is possible according to a more general one."""
    if general.in_scope not in (None, verdict.in_scope):
        return False
    if general.span is None or verdict.span is None:
        return verdict.span is None
    return general.span.low <= verdict.span.low and verdict.span.high <= general.span.high


@pytest.mark.thorough
@pytest.mark.parametrize("ruleset", EXPORTS, ids=lambda ruleset: ruleset.id)
@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize(("kind", "country"), TRADES)
def test_a_more_general_code_never_has_a_narrower_span(
    ruleset: Ruleset, day: dt.date, kind: str, country: str
) -> None:
    """Under every ruleset, every code of the list that has points far below its entry."""
    codes = FACTS[Item.annex_i_entry.key].codes
    assert codes
    known = [code for code in codes_of(codes) if code[:5] in FAMILIES]
    cases = [case(code, number, day, kind, country) for number, code in enumerate(known)]
    verdicts = dict(zip(known, assess_all(cases, ruleset, as_of="scenario"), strict=True))

    wrong = [
        (above, verdicts[above].result, code, verdicts[code].result)
        for code, above in with_above(known)
        if not is_within(verdicts[code], verdicts[above])
    ]

    assert wrong == []


def test_the_submarine_manipulators_are_open_until_the_point_is_known() -> None:
    """8A002.o may or may not be the point of Annex IV for which a transfer needs a licence."""
    [general, certain, outside] = assess_all(
        [case(code, 0, DAYS[2], "intra_eu_transfer", "DE") for code in
         ("8A002.o", "8A002.o.3.b", "8A002.o.3.a")],
        CATALOGUE.ruleset("eu-2021-821"), as_of="scenario",
    )  # fmt: skip

    assert (certain.low, outside.low) == (Outcome.AUTHORISATION, Outcome.NO_CONTROL)
    assert general.low is Outcome.NO_CONTROL
    assert general.high is Outcome.AUTHORISATION
