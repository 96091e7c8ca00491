"""A file with all that a case states is read as that case, whatever it states and the kind of file."""

import datetime as dt
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.support.case_files import case_file

from regcompare.facts import (
    UNKNOWN,
    Choice,
    CodeSet,
    MemberSet,
    Name,
    Names,
    RegisterIds,
    SetOf,
    YesNo,
    countries,
    fields_of,
    section,
)
from regcompare.facts import Country as CountryFact
from regcompare.facts import Day as DayFact
from regcompare.logic.conditions import Between
from regcompare.ruleset.rules import Outcome
from regcompare.scenario.expectation import Expectation
from regcompare.scenario.files import read_text
from regcompare.scenario.provenance import (
    DATE_MEANINGS,
    LEVELS,
    MOMENTS,
    RECORD_KINDS,
    REPLY_PLACES,
    SEEN,
    Basis,
    Change,
    Disputed,
    Owner,
    Reply,
    Report,
    Source,
)
from regcompare.scenario.scenario import Record, Scenario
from regcompare.vocabulary import CORE, Vocabulary
from regcompare.vocabulary.sections import FIRST_DAY, LICENCE_STATUSES, REPORTED


@section("toyland", "Toyland")
class Toyland:
    """Facts that a plugin brings."""

    is_toy: YesNo = YesNo("Is it a toy?")
    colours: SetOf[str] = SetOf("Which colours has it?", {"red": "red", "none": "colourless"})
    size: Choice[str] = Choice("How large is it?", {"yes": "large", "no": "small"})
    made_on: DayFact = DayFact("When was it made?")
    origin: CountryFact = CountryFact("Where was it made?")
    codes: CodeSet = CodeSet("Which entries does it meet?")


# No constraints here: drawn facts contradict each other, and files that do so are not read.
VOCABULARY = Vocabulary((*CORE.sections, Toyland))

nasty = st.sampled_from(
    [
        *("yes", "null", "~", "2015-06-30", "5E002", "1e3", "- a", "a: b", "#x", "'", '"', '"""'),
        *("'''", "\\", "\\n", " a", "a ", "a\n", "\na", "a\n\n", "a\n b", "\ta", "a\tb", "|", ">"),
        *("a" * 200, "word " * 50, "a  b", "é😀", "\u2028", "\xa0", "\ufeff", "{}", "[", "%", "@"),
        *("word " * 40 + "\n" + "word " * 40, "word " * 40 + "\n\n" + "x", "---", "...", "? a"),
        *("<<", "=", "&a", "*a", "!a", "a #b", "a:", ": a", "...\n---\n", "x" * 90 + "\n- y"),
    ]
)
characters = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t")
texts = st.one_of(
    nasty,
    st.text(characters, max_size=30),
    st.lists(st.one_of(nasty, st.text(characters, max_size=8)), max_size=4).map(" ".join),
    st.lists(st.one_of(nasty, st.text(characters, max_size=8)), max_size=4).map("\n".join),
).filter(lambda text: "\ufffe" not in text and "\uffff" not in text)
some_text = texts.filter(bool)
days = st.dates(FIRST_DAY)
ids = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,3}", fullmatch=True)
rough_dates = st.one_of(st.just(""), days.map(str), days.map(lambda day: str(day)[:7]))
codes = st.sampled_from(["5A001.f.1", "5E002", "4D004@2014", "5D001.c/5A001.j"])


def sets(members):
    """Draws sets of these members, some of them open."""

    def split(chosen):
        return st.lists(st.booleans(), min_size=len(chosen), max_size=len(chosen)).map(
            lambda known: MemberSet(
                [word for word, own in zip(chosen, known, strict=True) if own],
                [word for word, own in zip(chosen, known, strict=True) if not own],
            )
        )

    return st.lists(members, unique=True, max_size=4).flatmap(split)


party_names = some_text.filter(lambda text: text.strip() and "\n" not in text and text != "unknown")
NAMES = {
    Name: party_names,
    Names: st.lists(party_names, max_size=2).map(tuple),
    RegisterIds: st.dictionaries(ids, party_names, max_size=2).map(
        lambda pairs: tuple(sorted(pairs.items()))
    ),
}


def answers(fact):
    """Draws answers to a fact."""
    words = list(fact.labels())
    kinds = {
        "yes_no": st.booleans,
        "choice": lambda: st.sampled_from(words),
        "country": lambda: st.sampled_from(["NO", "DE", *countries()]),
        "day": lambda: days,
        "set": lambda: sets(st.sampled_from(words)) if words else st.just(MemberSet()),
        "codes": lambda: sets(codes),
    }
    drawn = kinds[fact.kind]() if fact.is_asked else NAMES[type(fact)]
    return st.one_of(st.none(), st.just(UNKNOWN), drawn)


def sections(cls: Any):
    """Draws sections of this class."""
    return st.builds(cls, **{name: answers(fact) for name, fact in fields_of(cls).items()})


expectations = st.one_of(
    st.builds(
        lambda ends, **rest: Expectation(low=min(ends), high=max(ends), **rest),
        st.tuples(*[st.sampled_from(Outcome)] * 2),
        ruleset=ids,
        within=st.booleans(),
        rules=st.lists(ids, unique=True, max_size=2).map(tuple),
        as_of=st.one_of(st.none(), st.just("scenario"), days),
        in_scope=st.sampled_from([None, True, UNKNOWN]),
        in_force=st.sampled_from([None, True, UNKNOWN]),
    ),
    st.builds(Expectation, ruleset=ids, in_scope=st.sampled_from([True, False, UNKNOWN])),
    st.builds(Expectation, ruleset=ids, in_force=st.just(False), rules=st.just(("a",))),
)

SOURCES = ("report", "paper-2020")
source_ids = st.lists(st.sampled_from(SOURCES), max_size=2, unique=True)
bases = st.one_of(
    st.builds(Basis, sources=source_ids),
    st.builds(Basis, sources=source_ids, classified=some_text),
)
reports = st.builds(
    Report,
    title=some_text,
    day=rough_dates.filter(bool),
    level=st.sampled_from(LEVELS),
    of=st.lists(st.sampled_from(list(REPORTED)), unique=True, min_size=1, max_size=2),
    url=st.sampled_from(["", "https://example.org/"]),
    source=st.sampled_from(["", *SOURCES]),
)

replies = st.one_of(
    st.builds(Reply, who=some_text, words=some_text, source=st.sampled_from(SOURCES), day=rough_dates),
    st.builds(
        Reply,
        who=some_text,
        looked_for=days,
        where=st.lists(st.sampled_from(list(REPLY_PLACES)), unique=True, min_size=1, max_size=2),
        terms=some_text,
    ),
)
moments = st.sampled_from(MOMENTS)
owners = st.one_of(
    st.builds(Owner, of=some_text, when=moments, name=some_text, source=st.sampled_from(SOURCES)),
    st.builds(Owner, of=some_text, when=moments, looked_for=days),
)
spans = st.one_of(
    st.integers(1996, 2030).map(lambda year: Between(dt.date(year, 1, 1), dt.date(year, 12, 31))),
    st.just(Between(dt.date(2012, 2, 1), dt.date(2012, 2, 29))),
    st.lists(days, min_size=2, max_size=2, unique=True).map(lambda pair: Between(*sorted(pair))),
)
dates: Any = st.one_of(
    st.just({}),
    st.builds(dict, date=days),
    st.builds(dict, between=spans),
)

scenarios = st.builds(
    lambda when, **rest: Scenario(**when, **rest),
    when=dates,
    id=ids,
    title=texts,
    record_kind=st.sampled_from([None, *RECORD_KINDS]),
    known_from=st.dictionaries(
        st.sampled_from(["item", "item.covert", "exporter.name", "record"]), bases, max_size=2
    ),
    reports=st.lists(reports, max_size=2),
    replies=st.lists(replies, max_size=2),
    owners=st.lists(owners, max_size=2),
    changes=st.lists(st.builds(Change, day=days, what=some_text), max_size=2),
    date_means=st.sampled_from([None, *DATE_MEANINGS]),
    summary=texts,
    story=texts,
    sources=st.tuples(
        *(
            st.builds(
                Source,
                id=st.just(name),
                title=some_text,
                date=rough_dates,
                url=st.sampled_from(["", "none", "https://example.org/a?b=c#d"]),
                publisher=texts,
                opened=st.one_of(st.none(), days),
                copy=st.sampled_from(["", "https://example.org/copy"]),
                seen=st.sampled_from([None, *SEEN]),
                looked_for=st.one_of(st.none(), days),
                known=st.sampled_from([None, "account"]),
            )
            for name in (*SOURCES, "")
        )
    ),
    presume=st.sampled_from([None, "ordinary"]),
    presumed=st.tuples(sections(CORE.sections[0]), sections(Toyland)),
    more=st.tuples(sections(Toyland)),
    discretion=st.dictionaries(ids, st.booleans(), max_size=2),
    record=st.one_of(
        st.none(),
        st.builds(
            Record,
            decision=st.sampled_from([*LICENCE_STATUSES, "unknown"]),
            note=texts,
            date=rough_dates,
        ),
    ),
    disputed=st.lists(
        st.builds(
            Disputed,
            fact=st.just("item.covert"),
            note=some_text.filter(lambda text: bool(text.split())),
            by=texts,
            sources=source_ids,
        ),
        max_size=2,
    ),
    expect=st.lists(expectations, max_size=3),
    **{name: sections(cls) for name, cls in CORE.by_name.items()},
).filter(
    lambda case: not case.disputed or case.item.covert is not None
)  # A dispute is of a stated fact.


@pytest.mark.parametrize("kind", ["yaml", "json"])
@given(written=st.lists(scenarios, min_size=1, max_size=2, unique_by=lambda scenario: scenario.id))
def test_what_is_written_is_read_as_the_same(kind, written):
    """Every scenario comes back from every kind of file as it was."""
    text = case_file(written, kind)

    assert read_text(text, kind, VOCABULARY) == tuple(written)


@pytest.mark.parametrize("kind", ["yaml", "json"])
@given(text=texts)
def test_every_text_survives(kind, text):
    """Line ends, quotes, leading spaces and strange characters come back as they were."""
    scenario = Scenario(id="a", title=text, summary=text, story=text, record=Record(note=text))

    assert read_text(case_file(scenario, kind), kind) == (scenario,)


@given(text=texts)
def test_the_parser_written_in_python_reads_the_same(text):
    """Written YAML does not hang on the C library."""
    scenario = Scenario(id="a", title=text, sources=[Source(title=text or "x")])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("regcompare.scenario.files._tree._LOADER", yaml.SafeLoader)
        assert read_text(case_file(scenario)) == (scenario,)
