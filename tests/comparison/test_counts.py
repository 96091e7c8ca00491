"""A number is one number: sentence, rows, bars and receipt of a count agree, on whatever facts."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import attrs
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.comparison.test_classes import LAW, case
from tests.support.drawing import fewer

import regcompare as rc
from regcompare import Scenario, UsageError
from regcompare.authoring import Transaction
from regcompare.comparison.claims import Claim
from regcompare.comparison.counts import Count, Counting, Law
from regcompare.comparison.layers import LAYERS, Layer, in_layer, undisputed
from regcompare.comparison.measures import MEASURES
from regcompare.comparison.numbers import ANSWERS
from regcompare.comparison.populations import counted_population, populations_of
from regcompare.inputs import LIBRARY, counting_in
from regcompare.ruleset.rules import Protects
from regcompare.scenario.provenance import Disputed, RecordKind
from regcompare.verdict.assess import AsOf, assess
from regcompare.views.counts import message_blocks
from regcompare.views.document import Document
from regcompare.views.render import render

POPULATIONS = rc.populations()
DAYS: tuple[AsOf, ...] = (None, "scenario", dt.date(2015, 6, 1), dt.date(2021, 9, 8))
LAWS = [
    Law(rc.regimes()[name], day)
    for name in ("eu-428-2009", "eu-2021-821", "eu-law", "amnesty")
    for day in DAYS
]
COUNTING = counting_in(LIBRARY.catalogue)
SINGLE = ("tell", "licence", "refuse")
DOUBLE = tuple(name for name, asked in MEASURES.items() if asked.laws == 2)
ASKED = st.sampled_from([*SINGLE, *DOUBLE])
A_POPULATION = st.sampled_from(sorted(POPULATIONS))
A_PAIR = st.tuples(st.sampled_from(LAWS), st.sampled_from(LAWS))
A_LAYER = st.sampled_from(LAYERS)


def counted(asked: str, population: str, laws: Sequence[Law], facts: Layer) -> Count:
    """A count, under the last law or both, whose verdicts are shared among the tests."""
    asked_of = laws[-MEASURES[asked].laws :]
    return COUNTING.count(asked, POPULATIONS[population], *asked_of, facts=facts)


# the model, on a law of two articles ---------------------------------------------------------------


def alone() -> Counting:
    """What counts cases of one test, whose ids those of another have too."""
    return Counting(lambda: None)


def of(*cases: Scenario, asked: str = "licence", facts: Layer = "undisputed") -> Count:
    """Some cases under the toy act."""
    return alone().count(asked, counted_population(cases), Law(LAW), facts=facts)


def test_the_four_groups_are_the_population() -> None:
    """Parts count once, by the strictest; what is not known is open; what is not reached is outside."""
    cases = [
        case("a", "deal"),
        case("b", "deal", covert=True),
        case("c"),
        case("d", covert=None),
        attrs.evolve(case("e"), transaction=Transaction(kind="import")),
    ]
    count = of(*cases)

    assert count.groups == {"yes": ("deal",), "open": ("d",), "no": ("c",), "outside": ("e",)}
    assert (count.range, count.of, len(count)) == ((1, 2), 3, 4)
    assert count.outside == {"scope": 1}
    assert count.open_for == {"facts": 1}


def test_a_sentence_has_its_law_its_day_its_population_and_both_ends() -> None:
    """In the conditional, since the law is not that of the day; no end is left out where they differ."""
    outside = attrs.evolve(case("c"), transaction=Transaction(kind="import"))

    assert of(case("a", covert=True), case("b"), outside).sentence() == (
        "Under The toy act as of 2020-01-01, 1 of 2 cases would need a licence. "
        "Besides: 1 outside its scope."
    )
    assert of(case("a", covert=None)).sentence() == (
        "Under The toy act as of 2020-01-01, none of 1 case would certainly need a licence; at most 1. "
        "Open: 1 where nobody states one."
    )
    assert of(case("a", covert=True), facts="filed").sentence().startswith(
        "With disputed facts as the case files have them: Under"
    )  # fmt: skip


def test_a_law_of_the_day_is_said_in_the_indicative() -> None:
    """What applied to each case on its day needs a licence; it does not need one if something were so."""
    of_the_day = attrs.evolve(LAW, id="of-the-day", reference_date="scenario")
    made = attrs.evolve(case("a", covert=True), date=dt.date(2020, 5, 1))
    count = alone().count("licence", counted_population([made]), Law(of_the_day))

    assert count.sentence() == "Under The toy act on the day of each, 1 of 1 case needs a licence."


def test_outside_says_why() -> None:
    """Older than the law; when it had ended, or read on a day of its own on which it was not in force."""
    period = rc.authoring.Period(dt.date(2020, 1, 1), dt.date(2020, 12, 31))
    ended = attrs.evolve(LAW, id="ended", period=period, reference_date="scenario")
    days = {"a": dt.date(2019, 12, 31), "b": dt.date(2021, 1, 1), "c": dt.date(2020, 6, 1)}
    cases = [attrs.evolve(case(name), date=day) for name, day in days.items()]
    imported = attrs.evolve(cases[2], id="d", transaction=Transaction(kind="import"))
    population = counted_population([*cases, imported])
    own = alone().count("licence", population, Law(ended))
    later = alone().count("licence", population, Law(ended, dt.date(2021, 1, 1)))
    both = alone().count("licence_gap", population, Law(LAW), Law(ended))

    assert {row["record"]: row["because"] for row in own.to_dicts()} == {
        "a": "older", "b": "force", "c": None, "d": "scope",
    }  # fmt: skip
    assert str(own).endswith(
        "Besides: 1 outside its scope, 1 older than it and 1 when it was not in force."
    )
    assert later.outside == {"force": 4}
    assert "1 outside the scope of one of them, 1 older than one of them" in str(both)


def test_a_disputed_day_opens_the_law_of_that_day() -> None:
    """The case is older than the act on one day and not on the other, so neither is certain."""
    started = attrs.evolve(
        LAW, id="started", reference_date="scenario",
        period=rc.authoring.Period(dt.date(2020, 1, 1)),
    )  # fmt: skip
    disputed = Disputed(fact="date", note="It was earlier.", by="the company")
    made = attrs.evolve(case("a", covert=True), date=dt.date(2020, 5, 1), disputed=(disputed,))
    population = counted_population([made])

    assert alone().count("licence", population, Law(started), facts="filed").groups["yes"] == ("a",)
    assert alone().count("licence", population, Law(started)).groups["open"] == ("a",)
    assert undisputed(assess(made, started)).in_force is None
    assert in_layer(made, "undisputed").date is None


def test_populations_are_named_and_defined() -> None:
    """What was refused, licensed or offered is no deal; the deals come first where there are any."""
    kinds: dict[str, RecordKind] = {"a": "delivered", "b": "refused", "c": "offer", "d": "licence"}
    cases = [attrs.evolve(case(name), record_kind=kind) for name, kind in kinds.items()]
    found = populations_of(cases)

    assert {name: item.ids for name, item in found.items() if len(item) == 1} == {
        "deals": ("a",), "licences": ("d",), "refused_or_withdrawn": ("b",), "offers": ("c",),
    }  # fmt: skip
    assert found["made"].ids == ("a", "b", "d")
    assert counted_population(cases).id == "deals"
    assert counted_population(cases[1:2]).id == "refused_or_withdrawn"
    with pytest.raises(UsageError, match="Did you mean 'deals'"):
        found["deal"]


def test_a_claim_has_no_number_but_those_of_its_counts() -> None:
    """A count among the values is said with both ends, a list in a row, and rows are its counts."""
    count = of(case("a", covert=True), case("b", covert=None))
    claim = Claim("Of {of}: {count}; {parts}.", {"of": 2, "count": count, "parts": ("x", "y")})

    assert str(claim) == "Of 2: 1 certainly and at most 2; x and y."
    assert claim.to_dicts() == [count.row()]
    assert claim.receipts()[0].gives == "(1, 2)"


# the documented cases ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "law",
    [pytest.param(law, marks=[pytest.mark.thorough] * (law.ruleset.id == "eu-law")) for law in LAWS],
    ids=str,
)
def test_what_is_known_nests(law: Law) -> None:
    """The more facts count the narrower is a count, by ids; what is refused needs a licence too."""
    for asked in SINGLE:
        _check_nesting(asked, "records", [law])
    for stricter, milder in (("refuse", "licence"), ("licence", "tell")):
        a, b = (counted(name, "records", [law], "undisputed") for name in (stricter, milder))
        assert set(a.groups["yes"]) <= set(b.groups["yes"])
        assert set(b.groups["no"]) <= set(a.groups["no"])


@fewer(2)
@given(asked=ASKED, population=A_POPULATION, laws=A_PAIR, facts=A_LAYER)
def test_three_faces(asked: str, population: str, laws: tuple[Law, Law], facts: Layer) -> None:
    """Sentence, rows and bar have the same numbers, which sum to the population; so do parts of it.

    What one law comes to and another does not is so of no law and itself, and only of what the other
    comes to.
    """
    count = counted(asked, population, laws, facts)

    _check_faces(count)
    if asked.endswith("_gap"):
        name = asked.removesuffix("_gap").replace("refusal", "refuse")
        reached = counted(name, population, laws, facts)
        assert set(count.groups["yes"]) <= set(reached.groups["yes"])
        assert laws[0] != laws[1] or count.range == (0, 0)


@fewer(3)
@given(asked=ASKED, population=A_POPULATION, laws=A_PAIR)
def test_layers_nest(asked: str, population: str, laws: tuple[Law, Law]) -> None:
    """Of any question, also about two laws, the more facts count the narrower is the count, by ids."""
    _check_nesting(asked, population, laws)


@fewer(6)
@given(asked=ASKED, population=A_POPULATION, laws=A_PAIR, facts=A_LAYER)
def test_a_receipt_gives_its_number(
    asked: str, population: str, laws: tuple[Law, Law], facts: Layer
) -> None:
    """Its line of Python gives both ends again, and the same groups."""
    count = counted(asked, population, laws, facts)
    receipt = count.receipt()

    assert repr(eval(receipt.python, {"rc": rc})) == receipt.gives
    assert eval(count.python, {"rc": rc}).groups == count.groups


def _check_nesting(asked: str, population: str, laws: Sequence[Law]) -> None:
    narrow = [counted(asked, population, laws, facts) for facts in LAYERS]
    for less, more in itertools.pairwise(narrow):
        assert set(less.groups["yes"]) <= set(more.groups["yes"])
        assert set(less.groups["no"]) <= {*more.groups["no"], *more.groups["outside"]}


@given(
    protects=st.sampled_from([*Protects]), case=st.sampled_from([None, *rc.cases()]),
    days=st.lists(st.sampled_from(DAYS[2:]), min_size=1, max_size=3, unique=True),
)  # fmt: skip
@fewer(3)
def test_three_faces_of_what_is_no_record(
    protects: Protects, case: Scenario | None, days: list[dt.date]
) -> None:
    """Kinds of safeguard have the same faces: sentence, rows, bar and receipt of one number."""
    for day in days:
        for count in rc.safeguards(case, ["eu-428-2009", "amnesty"], as_of=day).group(protects).counts():
            rows = Counter(row["answer"] for row in count.to_dicts())
            said = re.findall(r"\d+|none", count.sentence().replace(count.law.words(), ""))
            least, most = count.range

            assert {answer: rows[answer] for answer in ANSWERS} == count.sizes
            assert {answer: _bars(count.plot())[answer] for answer in ANSWERS} == count.sizes
            assert len(count) == count.of == sum(count.sizes.values())
            assert said == [
                str(least) if least else "none",
                *([str(most)] * (least != most)),
                str(count.of),
            ]


def _bars(picture: Any) -> Counter[str]:
    bars: Counter[str] = Counter()
    for node in ET.fromstring(picture.svg()).iter():
        if answer := node.get("data-answer"):
            bars[answer] += int(node.get("data-count", "0"))
    return bars


def _check_faces(count: Count) -> None:
    sizes = {answer: len(count.groups[answer]) for answer in ANSWERS}
    rows = Counter(row["answer"] for row in count.to_dicts())
    bars = _bars(count.plot())
    said = count.sentence().replace("none", "0")
    for law in count.laws:
        said = said.replace(law.words(), "")
    least, most = count.range
    reasons = [*count.open_for.values(), len(count.on_reports)]
    expected = [
        least,
        count.of,
        *([most] if least != most else []),
        *filter(None, count.outside.values()),
        *filter(None, reasons),
    ]
    by = count.by("exporter_country").to_dicts()

    why = Counter(row["because"] for row in count.to_dicts() if row["because"])

    assert sum(sizes.values()) == len(count.population)
    assert why == Counter(count.outside) + Counter(count.open_for)
    assert count.outside.total() == sizes["outside"]
    assert count.open_for.total() == sizes["open"]
    assert {answer: rows[answer] for answer in ANSWERS} == sizes
    assert {answer: bars[answer] for answer in ANSWERS} == sizes
    assert sorted(map(int, re.findall(r"\d+", said))) == sorted(expected)
    assert [sum(row[name] for row in by) for name in ("certain", "at_most", "all")] == [
        least, most, len(count.population),
    ]  # fmt: skip


def test_every_number_of_the_first_screen_has_a_receipt() -> None:
    """Its line of Python gives it again; what is said without a count is proved by a command."""
    message = rc.message()

    for claim in message:
        assert claim.supporting_counts or claim.proved_by, claim
    for count in message.counts:
        receipt = count.receipt()
        assert repr(eval(receipt.python, {"rc": rc})) == receipt.gives


def test_the_first_screen_is_short_and_in_columns() -> None:
    """At most 24 lines of 80 columns, and no number of them typed: each is in a count, a day or a title."""
    document = Document("", list(message_blocks(rc.message())))
    lines = render(document, "text", width=80).splitlines()

    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    for claim in rc.message():
        assert not re.search(r"\d", claim.text), claim.text


def test_another_list_is_another_law() -> None:
    """The act with the list of a day asks what it asks on that day, and its title says so."""
    act = rc.regimes()["eu-2021-821"]
    reform = act.with_list("2020-11-08")
    count = rc.count("licence", "deals", reform)

    assert str(reform.title).endswith("with the list of 2020-11-08")
    assert count.groups != rc.count("licence", "deals", act).groups
    assert eval(count.receipt().python, {"rc": rc}) == count.range
    with pytest.raises(UsageError, match="control_list="):
        rc.regimes()["amnesty"].with_list("2020-11-08")
    with pytest.raises(UsageError, match="is not a day"):
        act.with_list("yesterday")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rc.count("license", "deals", "amnesty"), "Did you mean 'licence'"),
        (lambda: rc.count("licence", "deals"), "takes one law, found 0"),
        (lambda: rc.count("licence_gap", "deals", "amnesty"), "takes two laws, found 1"),
        (lambda: rc.count("licence", "deals", "amnesty@someday"), "is not a day"),
        (lambda: rc.count("licence", "deals", "amnesty", facts="all"), "Expected stated"),  # type: ignore[arg-type]
        (lambda: rc.count("licence", "deals", "amnesty").by("country"), "There is no column"),
        (lambda: rc.message("xx"), "xx"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_what_was_expected(call: object, message: str) -> None:
    """No traceback, and the nearest right word."""
    with pytest.raises(UsageError, match=message):
        call()  # type: ignore[operator]


def test_every_measure_says_what_it_asks() -> None:
    """In the singular, the plural and the conditional, each with a place for how certain it is."""
    for item in MEASURES.values():
        assert all("{certainly}" in text for text in (*item.verbs, item.would))


@pytest.mark.thorough
def test_a_count_can_be_rebuilt_from_the_frame_of_a_comparison() -> None:
    """Of what it counts, the records of which a part is at least there, for certain and at most."""
    comparison = rc.compare(regimes=["eu-2021-821@2021-09-09", "eu-law@scenario"])
    frame = comparison.to_pandas()
    for count in comparison.count("licence"):
        own = frame[frame["counted"] & (frame["ruleset"] == count.laws[0].ruleset.id)]
        ends = [
            (own[f"{end}_undisputed"] >= "authorisation").groupby(own["record"]).any().sum()
            for end in ("low", "high")
        ]
        assert tuple(ends) == count.range


def test_an_id_with_a_day_is_a_law_everywhere() -> None:
    """In a comparison, two days of one act side by side; a day that is none is refused."""
    comparison = rc.compare(rc.cases()[:3], ["eu-428-2009@2014-12-30", "eu-428-2009@2014-12-31"])
    early, late = comparison.count("licence")

    assert [str(law) for law in comparison.laws] == ["eu-428-2009@2014-12-30", "eu-428-2009@2014-12-31"]
    assert str(early) != str(late)
    assert comparison.between("licence_gap", *map(str, comparison.laws)).laws == comparison.laws
    with pytest.raises(UsageError, match="is not a day"):
        rc.compare(rc.cases()[:1], "eu-428-2009@yesterday")


def test_what_has_rows_has_all_of_their_forms(tmp_path: Path) -> None:
    """A path or none; some columns or all; any library that takes Arrow; a wrong name has the nearest."""
    results = [
        rc.message(),
        rc.populations(),
        rc.cases()[:2],
        rc.regimes(),
        rc.count("tell", "offers", "amnesty"),
    ]
    for number, result in enumerate(results):
        rows = result.to_dicts()
        assert len(result.to_arrow()) == len(rows) > 0
        assert len(pl.DataFrame(result)) == len(rows)
        assert json.loads(result.to_json() or "")[0].keys() == rows[0].keys()
        assert result.to_csv(tmp_path / f"{number}.csv") is None
        assert (tmp_path / f"{number}.csv").read_text(encoding="utf-8") == result.to_csv()
        column = next(iter(rows[0]))
        assert list(result.to_pandas(columns=[column]).columns) == [column]
        with pytest.raises(AttributeError, match="Use to_pandas"):
            result.df  # type: ignore[attr-defined]  # noqa: B018
        with pytest.raises(AttributeError, match="Did you mean 'to_pandas'"):
            result.to_panda  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.thorough
def test_reforms_side_by_side_add_up_and_have_receipts() -> None:
    """Each law has its count; rows, bars and groups agree; the line of each makes the reform too."""
    act, amnesty = rc.regimes(["eu-2021-821", "amnesty"])
    reforms = [
        act.with_("A02", of=amnesty, id="faces", title="The act with A02"),
        act.without("Art. 5(2)", title="The act without awareness"),
        act.amend("Art. 5(2)", then=rc.Outcome.AUTHORISATION),
    ]
    counts = rc.counts("licence_gap", "deals", act, *reforms)

    assert len(counts) == 3
    assert counts["faces"].groups == rc.count("licence_gap", "deals", act, reforms[0]).groups
    assert _bars(counts.plot()) == sum((Counter(count.sizes) for count in counts), Counter())
    for count, receipt, row in zip(counts, counts.receipts(), counts.to_dicts(), strict=True):
        assert repr(eval(receipt.python, {"rc": rc})) == receipt.gives
        assert sum(count.sizes.values()) == len(count) == row["records"]
    with pytest.raises(UsageError, match="Did you mean 'faces'"):
        counts["face"]
    with pytest.raises(UsageError, match="takes two laws, found 1"):
        rc.counts("licence_gap", "deals", act)


@pytest.mark.parametrize(
    "made",
    [
        lambda: rc.count("licence", "deals", "eu-2021-821", readings="open"),
        lambda: rc.count("prohibition", "offers", "eu-law@scenario", facts="filed"),
        lambda: rc.count("licence_gap", "offers", "eu-428-2009@2021-09-08", "eu-2021-821"),
        lambda: rc.compare(rc.cases()[:4], ["eu-2021-821", "amnesty"], as_if_from="home").count(
            "licence"
        )[1],
        lambda: rc.gaps("eu-2021-821", "amnesty", rc.cases()[:6]).count,
        lambda: rc.mirror(rc.cases()[:6]).counts()[0][1],
        lambda: rc.count("licence", rc.count("tell", "deals", "eu-2021-821").those("no"), "amnesty"),
        lambda: rc.count(
            "licence", POPULATIONS["deals"].those(lambda item: len(item.parts) > 1), "amnesty"
        ),
    ],
)
def test_a_receipt_gives_its_number_however_it_was_asked(made: Callable[[], Count]) -> None:
    """With other readings, facts or measures, from elsewhere, of some cases, of a part of a count."""
    receipt = made().receipt()

    assert repr(eval(receipt.python, {"rc": rc})) == receipt.gives


def test_a_law_is_read_on_a_day_on_which_it_was_not_in_force() -> None:
    """In a comparison as in a count, which have one receipt: then nothing is within it."""
    law = "eu-2021-821@2015-06-01"
    compared = rc.compare(regimes=law).count("licence")[0]
    counted = rc.count("licence", "deals", law)

    assert compared.groups == counted.groups
    assert compared.outside == {"force": len(counted)}
    assert compared.receipt() == counted.receipt()


def test_an_answer_that_no_group_has_is_refused() -> None:
    """The message names the answers that there are."""
    with pytest.raises(UsageError, match=r"There is no answer 'maybe'. Expected yes, open, no, outside"):
        rc.count("licence", "deals", "eu-2021-821").groups["maybe"]  # type: ignore[index]
