"""The keys of a scenario file that are not facts: each is declared once, here.

A declaration says how a value is read and written, and how the JSON Schema describes it.  What it means
is said where the attribute is declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from regcompare.errors import DefinitionError, nearest, quoted
from regcompare.facts import AnswerError, read_day
from regcompare.logic.conditions import Between
from regcompare.ruleset.rules import CELL_WORDS, Outcome
from regcompare.scenario.expectation import Expectation
from regcompare.scenario.provenance import (
    DATE_MEANINGS,
    HOW_KNOWN,
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
    first_day,
    last_day,
)
from regcompare.scenario.scenario import KINDS, Record
from regcompare.vocabulary import FACTS_DATE, LAYERS
from regcompare.vocabulary.sections import LICENCE_STATUSES, REPORTED

from ._answers import check_fact, read_presumed
from ._tree import Data, Fields, Items, Nothing, Text
from ._values import (
    DAY,
    TEXT,
    YES_NO,
    Keys,
    Reading,
    Value,
    closed,
    fields,
    matching,
    one_of,
    read_date,
    read_text,
    ref,
    schemas_of,
    several,
    told,
    word,
    words,
)

SCENARIO_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 80
AN_ID = f"up to {LONGEST_ID} small letters, digits and single hyphens, such as camera-sale"
ROUGH_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
WEB_ADDRESS = re.compile(r"https?://\S+|none")


def _mapping_of(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": item}


def _read_id(data: Data, label: str, reading: Reading) -> Any:
    text = data if isinstance(data, Text) else ""
    if SCENARIO_ID.fullmatch(text) and len(text) <= LONGEST_ID:
        return str(text)
    slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:LONGEST_ID].strip("-")
    return reading.wrong(data, label, f"{AN_ID}-2015.", slug or None)


def _read_facts_day(data: Data, label: str, reading: Reading) -> Any:
    """A day; or the days between which it is, where a month, a year or two ends are given."""
    if data == "unknown":
        return None
    if isinstance(data, Fields):
        ends = reading.fields(data, label, ("from", "to"), _SPAN_EXAMPLE, "from", "to")
        rough = [_ROUGH_DATE.read(end, f"{label}.{name}", reading) for name, end in ends.items()]
        if len(rough) < 2 or None in rough:
            return None
        return _between(data, str(ends["from"]), str(ends["to"]), label, reading)
    text = read_text(data, label, reading)
    if text is None:
        return None
    if ROUGH_DATE.fullmatch(text) and text.count("-") < 2:
        return _between(data, text, text, label, reading)
    try:
        return read_day(text, label, FACTS_DATE.earliest)
    except AnswerError as error:
        expected = f"{_ROUGH[:-1]}, or {_SPAN_EXAMPLE}; {FACTS_DATE.earliest} at the earliest."
        return reading.wrong(data, label, expected, error.suggestion, "RC206")


def _between(data: Data, start: str, end: str, label: str, reading: Reading) -> Any:
    try:
        first, last = first_day(start), last_day(end)
    except ValueError:
        return reading.wrong(data, label, f"days that exist, such as {_SPAN_EXAMPLE}.", code="RC206")
    if first > last or first < FACTS_DATE.earliest:
        expected = f"the earlier day first, {FACTS_DATE.earliest} at the earliest."
        swapped = f"{{from: {end}, to: {start}}}" if first > last else None
        found = f"{label} runs from {start} to {end}."
        reading.problems.add(data, "RC206", found, expected, swapped)
        return None
    return first if first == last else Between(first, last)


def _flaw_of_reply(reply: Reply) -> tuple[str, str] | None:
    if bool(reply.words) == bool(reply.looked_for):
        found = f"{quoted(reply.who)} neither answers here nor was an answer looked for."
        if reply.words:
            found = f"{quoted(reply.who)} answers, and an answer was looked for in vain."
        return found, f"{_REPLIED}, or {_SOUGHT}."
    needed, example = (["source"], _REPLIED) if reply.words else (["where", "terms"], _SOUGHT)
    missing = " and no ".join(name for name in needed if not getattr(reply, name))
    return (f"The reply of {quoted(reply.who)} has no {missing}.", f"{example}.") if missing else None


def _flaw_of_owner(owner: Owner) -> tuple[str, str] | None:
    is_named = bool(owner.name and owner.source)
    if is_named != bool(owner.looked_for) and not (owner.name and not owner.source):
        return None
    found = f"The owner of {quoted(owner.of)} is neither named with a source nor looked for."
    if is_named:
        found = f"The owner of {quoted(owner.of)} is named, and was looked for in vain."
    return found, f"{_OWNED}, or looked_for: 2026-12-01 without a name."


def _read_layers(data: Data, label: str, reading: Reading) -> tuple[str, ...]:
    items = data if isinstance(data, Items) else [data]
    layers = (_LAYER.read(item, label, reading) for item in items)
    return tuple(layer for layer in layers if layer)


def _read_powers(data: Data, label: str, reading: Reading) -> dict[str, bool]:
    used: dict[str, bool] = {}
    for key, value in reading.entries(data, label, "{art-7-1: no}"):
        truth, powers_of_all = YES_NO.read(value, f"{label}.{key}", reading), reading.context.discretions
        if isinstance(truth, bool):
            used[str(key)] = truth
        if powers_of_all is not None and key not in (powers := powers_of_all()):
            found = f"There is no power {quoted(key)}."
            no_powers = "the id of a power; none of the loaded rulesets has any."
            expected = one_of(powers) if powers else no_powers
            reading.problems.add(key, "RC211", found, expected, nearest(key, powers))
    return used


def _read_source_id(data: Data, label: str, reading: Reading) -> str | None:
    name: str | None = _ANY_SOURCE_ID.read(data, label, reading)
    if name is not None:
        reading.sources_named.append(Text(name, data.place))
    return name


def _read_rough_date(data: Data, label: str, reading: Reading) -> str | None:
    """A day, a month or a year, of which each day exists."""
    text: str | None = _ROUGH_TEXT.read(data, label, reading)
    return text if text is None or text.count("-") < 2 or read_date(data, label, reading) else None


def _read_fact_name(data: Data, label: str, reading: Reading) -> str | None:
    key = read_text(data, label, reading)
    if key is not None:
        check_fact(data, key, reading, OTHER_STATEMENTS)
        reading.disputed.append(Text(key, data.place))
    return key


def _read_bases(data: Data, label: str, reading: Reading) -> dict[str, Basis]:
    bases: dict[str, Basis] = {}
    others = (*OTHER_STATEMENTS, *reading.context.vocabulary.by_name)
    for key, value in reading.entries(data, label, "{exporter: [report-2020]}"):
        check_fact(key, key, reading, others)
        path = f"{label}.{key}"
        if not isinstance(value, Fields):
            bases[str(key)] = Basis(sources=_SOURCE_IDS.read(value, path, reading))
        elif (basis := _BASIS.read(value, path, reading)) is not None:
            bases[str(key)] = basis
    return bases


# what is expected of rulesets --------------------------------------------------------------------

OUTCOMES = tuple(outcome.word for outcome in Outcome)
_RESULT_EXAMPLE = "{outcome: authorisation, rules: [art-3-1]}"


def _read_span(data: Data, label: str, reading: Reading) -> Any:
    if not isinstance(data, Text):
        return reading.wrong(data, label, "an outcome, or a span low..high.", code="RC210")
    first, dots, second = data.partition("..")
    ends = (first.strip(), second.strip() if dots else first.strip())
    for end in ends:
        if end not in OUTCOMES:
            found = f"{quoted(end)} is not an outcome." if end else f"{quoted(data)} lacks an end."
            expected = f"{one_of(OUTCOMES)[:-1]}; or a span low..high."
            shown = (outcome.word for outcome, cell in CELL_WORDS.items() if cell == end)
            suggestion = next(shown, None) or nearest(end, OUTCOMES)
            reading.problems.add(data, "RC210", found, expected, suggestion)
            return None
    low, high = map(Outcome.read, ends)
    if low > high:
        found = f"The span {quoted(data)} runs from the stricter end to the weaker."
        reading.problems.add(data, "RC210", found, "the weaker end first.", f"{high}..{low}")
        return None
    return low, high


def _read_law_day(data: Data, label: str, reading: Reading) -> Any:
    return "scenario" if data == "scenario" else read_date(data, label, reading)


_SPAN = Value(_read_span, ref("outcome"))
_LAW_DAY = Value(_read_law_day, {"anyOf": [{"const": "scenario"}, ref("day")]})
_HOME = matching(re.compile("home"), "home.", "RC210")
_RESULTS: Keys = {
    "outcome": _SPAN.says("The result, with both ends exact."),
    "within": _SPAN.says("A span that contains the result."),
    "rules": words("[art-3-1]").says("Ids of rules that must hold."),
}
_APPLIES: Keys = {
    "in_scope": YES_NO.says("Whether the ruleset applies to the case."),
    "in_force": YES_NO.says("Whether the ruleset is in force."),
}
_EXPECTATION: Keys = {
    **_RESULTS,
    "as_of": _LAW_DAY.says("The date of the law applied, or that of the scenario."),
    "as_if_from": _HOME.says("home: the same sale as if made from the ruleset's own home."),
    **_APPLIES,
}


def _read_expectations(data: Data, label: str, reading: Reading) -> tuple[Expectation, ...]:
    expectations: list[Expectation] = []
    rulesets = reading.context.rulesets
    for key, value in reading.entries(data, label, "{my-act-2020: no_control..notification}"):
        if rulesets is not None and key not in rulesets:
            expected = one_of(rulesets) if rulesets else "the id of a ruleset; none is loaded."
            found, suggestion = f"{quoted(key)} is not a ruleset.", nearest(key, rulesets)
            reading.problems.add(key, "RC213", found, expected, suggestion)
        expectations += _expectations_of(str(key), value, f"{label}.{key}", reading)
    return tuple(expectations)


def _expectations_of(ruleset: str, data: Data, label: str, reading: Reading) -> Iterator[Expectation]:
    """The expectations of a ruleset, without those that cannot be read."""
    if isinstance(data, Text | Nothing):
        if span := _read_span(data, label, reading):
            yield Expectation(ruleset=ruleset, low=span[0], high=span[1])
        return
    items = data if isinstance(data, Items) else [data]
    if not items:
        found = f"The list for {ruleset} is empty."
        reading.problems.add(data, "RC210", found, "at least one expectation.")
    for item in items:
        count = len(reading.problems)
        given = reading.fields(item, label, tuple(_EXPECTATION), _RESULT_EXAMPLE)
        values = {
            name: _EXPECTATION[name].read(value, f"{label}.{name}", reading)
            for name, value in given.items()
        }
        if len(reading.problems) > count:
            continue
        if "within" in values and "outcome" in values:
            found = f"{label} has both outcome and within."
            reading.problems.add(item, "RC210", found, "one of the two.")
            continue
        within, outcome = values.pop("within", None), values.pop("outcome", None)
        low, high = within or outcome or (None, None)
        try:
            yield Expectation(ruleset=ruleset, low=low, high=high, within=bool(within), **values)
        except DefinitionError as error:
            expected = f"a mapping such as {_RESULT_EXAMPLE}."
            reading.problems.add(item, "RC210", str(error), expected)


def _expectation_definitions() -> dict[str, dict[str, Any]]:
    single, outcomes, no = ref("one_expectation"), "|".join(OUTCOMES), {"enum": ["no", False]}
    span = {"type": "string", "pattern": rf"^({outcomes})\.\.({outcomes})$"}
    excluded = [{"properties": {name: no}, "required": [name]} for name in _APPLIES]
    result = {"anyOf": [{"required": ["outcome"]}, {"required": ["within"]}]}
    several_of_them = {"type": "array", "minItems": 1, "items": single}
    return {
        "outcome": {
            "description": "An outcome, or a span low..high.",
            "anyOf": [{"enum": list(OUTCOMES)}, span],
        },
        "expectation": {"anyOf": [ref("outcome"), single, several_of_them]},
        "one_expectation": {
            **closed(schemas_of(_EXPECTATION)),
            "anyOf": [{"required": [name]} for name in (*_RESULTS, *_APPLIES)],
            "not": {"required": ["outcome", "within"]},
            "if": {"anyOf": excluded},
            "then": {"not": result},
        },
    }


# what files say ----------------------------------------------------------------------------------

OTHER_STATEMENTS = ("date", "record_kind", "sale", "story", "discretion", "record")
"""Statements of a case besides facts, which can rest on sources and be disputed too."""
DECISIONS: tuple[str, ...] = (*LICENCE_STATUSES, "unknown")

_ROUGH = "a day, month or year, such as 2020-09-21, 2020-09 or 2020."
_ROUGH_TEXT = matching(ROUGH_DATE, _ROUGH, "RC206", ["string", "integer"])
_ROUGH_DATE = Value(_read_rough_date, _ROUGH_TEXT.schema)
_AN_ADDRESS = "an address that starts with https:// or http://, or none where none is known."
_ADDRESS = matching(WEB_ADDRESS, _AN_ADDRESS)
_ID = matching(SCENARIO_ID, f"{AN_ID}.")
_CASE = matching(SCENARIO_ID, "the id of a case, such as camera-sale-2015.")
_ANY_SOURCE_ID = matching(SCENARIO_ID, "the id of a source, such as report-2020.")
_SOURCE_ID = Value(_read_source_id, _ANY_SOURCE_ID.schema)
_SOURCE_IDS = several(_SOURCE_ID, "[report-2020]")

_SOURCE = fields(
    Source,
    "a source",
    "{title: Author and title}",
    alone="title",
    id=_ID.says("A short name, unique in the case, by which facts refer to it."),
    title=TEXT.says("Author and title."),
    date=_ROUGH_DATE.says("When it was published: a day, a month or a year."),
    url=_ADDRESS.says("Where it was published; `none` says that no address is known."),
    copy=matching(WEB_ADDRESS, "an address that starts with https:// or http://.").says(
        "Where the copy is that was read, if it was not read at that address."
    ),
    publisher=TEXT.says("Who published it."),
    opened=DAY.says("The day on which it was opened and read."),
    seen=word(SEEN).says("How much of it was read: `whole`, `part`, or its `opening`."),
    looked_for=DAY.says("The day on which an address was looked for in vain."),
    known=word(HOW_KNOWN).says(
        "`account` if it was not opened and is known by somebody else's account."
    ),
)
_BASIS = fields(
    Basis,
    "a basis",
    "{classified: Why}",
    ("classified",),
    classified=TEXT.says("Why whoever encoded the case classified it so, where no source states it."),
    sources=_SOURCE_IDS.says("The ids of the sources that state it, or from which it is drawn."),
)
_REPORT = fields(
    Report,
    "a report",
    "{title: Author and title, day: 2011-07-01, level: kind_of_user, of: [repression]}",
    title=TEXT.says("Author and title."),
    day=_ROUGH_DATE.says("When it was published: a day, a month or a year."),
    level=word(LEVELS).says("How close to the end user it comes."),
    of=several(word(REPORTED), "[repression]", least=1).says("What it reports."),
    url=_ADDRESS.says("Where it is found."),
    source=_SOURCE_ID.says("The id of the source that it is, or by which it is known."),
)
_RECORD = fields(
    Record,
    "record",
    "{decision: refused, note: Why}",
    decision=word(DECISIONS).says("What became of the licence."),
    date=_ROUGH_DATE.says("When it was decided: a day, a month or a year."),
    note=TEXT.says("What happened, in words."),
)
_DISPUTE = fields(
    Disputed,
    "a dispute",
    "{fact: item.covert, note: Who says what}",
    fact=Value(_read_fact_name, ref("fact_name")).says("The fact."),
    by=TEXT.says("Who disputes it."),
    note=told("who says what, in a sentence.").says("What they say."),
    sources=_SOURCE_IDS.says("The ids of the sources that carry what they say."),
)
_REPLIED = '{who: A company, words: "We sold none.", source: letter-2016, day: 2016-05}'
_SOUGHT = '{who: A company, looked_for: 2026-12-01, where: [own_site, press], terms: "name, answer"}'
_OWNED = "{of: A company, when: then, name: A fund, source: paper-2016}"
_SPAN_EXAMPLE = "{from: 2011-03, to: 2012-06}"
_REPLY = fields(
    Reply,
    "a reply",
    _REPLIED,
    flaw=_flaw_of_reply,
    who=TEXT.says("Who answers, by the name that the case gives."),
    words=TEXT.says("What they say, in their words or in short."),
    source=_SOURCE_ID.says("The id of the source that carries it."),
    day=_ROUGH_DATE.says("When they said it: a day, a month or a year."),
    looked_for=DAY.says("The day on which an answer was looked for in vain."),
    where=several(word(REPLY_PLACES), "[own_site, press]").says(
        "The places in which it was looked for."
    ),
    terms=TEXT.says("The words by which it was looked for."),
)
_OWNER = fields(
    Owner,
    "an owner",
    _OWNED,
    flaw=_flaw_of_owner,
    of=TEXT.says("The company, by the name that the case gives."),
    when=word(MOMENTS).says("`then`, on the day of the facts, or `now`, on that of the source."),
    name=TEXT.says("Who owns it, in words."),
    source=_SOURCE_ID.says("The id of the source that says so."),
    looked_for=DAY.says("The day on which this was looked for in vain."),
)
_CHANGE = fields(
    Change,
    "a change",
    "{day: 2026-12-01, what: What changed}",
    day=DAY.says("The day."),
    what=TEXT.says("What changed, and why, in a sentence."),
)
_KNOWN_FROM = Value(
    _read_bases, _mapping_of({"anyOf": [_SOURCE_IDS.schema, _BASIS.schema]}), _BASIS.definitions
)
_LAYER = word(LAYERS, one_of((*LAYERS, f"[{', '.join(LAYERS)}]")))
_PRESUME = Value(
    _read_layers,
    {"anyOf": [_LAYER.schema, {"type": "array", "uniqueItems": True, "items": _LAYER.schema}]},
)
_NEW_ID = {"type": "string", "pattern": f"^{SCENARIO_ID.pattern}$", "maxLength": LONGEST_ID}
_DAYS = closed(dict.fromkeys(("from", "to"), _ROUGH_DATE.schema), "from", "to")
_FACTS_DAY = Value(_read_facts_day, {"anyOf": [_ROUGH_DATE.schema, {"const": "unknown"}, _DAYS]})
_EXPECT = Value(_read_expectations, _mapping_of(ref("expectation")), _expectation_definitions())


BEFORE_FACTS: Keys = {
    "id": Value(_read_id, _NEW_ID).says("A short name in lower case with hyphens."),
    "title": TEXT.says("What the case is about, in a line."),
    "kind": word(KINDS).says(
        "On record; its facts replayed elsewhere; one of them altered; or invented."
    ),
    "record_kind": word(RECORD_KINDS).says("What is on record about it."),
    "sale": _ID.says("The deal of which it is a part; parts of one deal are counted once."),
    "date": _FACTS_DAY.says("When the facts happened: a day, a month, a year, or `{from: .., to: ..}`."),
    "date_means": word(DATE_MEANINGS).says("What happened on that day."),
    "summary": TEXT.says("The case in plain words, with the choices of whoever encoded it."),
    "story": told("a few sentences; leave the key out if there are none.").says(
        "The case in two or three sentences for anyone, with no result in them: one paragraph, with "
        "single spaces."
    ),
    "sources": several(_SOURCE, "[{title: Author and title, date: 2020-09-21}]").says(
        "Where the facts are taken from."
    ),
    "known_from": _KNOWN_FROM.says(
        "What each fact, or section of facts, rests on; the more specific key wins."
    ),
    "presume": _PRESUME.says(
        "Layers of presumptions for facts that are not stated: `ordinary`, or that and `surveillance`."
    ),
    "presumed": Value(read_presumed, ref("presumed")).says(
        "Further answers that are presumed, not stated, by the key of the fact."
    ),
}
AFTER_FACTS: Keys = {
    "discretion": Value(_read_powers, _mapping_of(ref("yes_no"))).says(
        "Whether an authority or a state used a power that it may use, by the power's id."
    ),
    "reports": several(_REPORT).says(
        "What had been published about the end user, its kind or its country."
    ),
    "replies": several(_REPLY).says(
        "What those whom it names say of it, or where an answer was looked for in vain."
    ),
    "owners": several(_OWNER).says("Who owned the companies that it names, and who owns them."),
    "record": _RECORD.says("What became of it; no rule uses it."),
    "disputed": several(_DISPUTE).says("Stated facts that someone disputes."),
    "changes": several(_CHANGE).says("What was changed in its account, and when."),
    "expect": _EXPECT.says("The results expected of rulesets."),
}
SCENARIO: Keys = {**BEFORE_FACTS, **AFTER_FACTS}
INHERITED = (
    *("record_kind", "date", "date_means", "sources", "known_from", "presume", "presumed"),
    *("discretion", "reports", "replies", "owners", "disputed"),
)
"""The keys that a case takes over from the one that it is like, besides the facts."""
LIKE: Keys = {
    "like": _CASE.says("The case whose facts, with what they rest on, this one takes over."),
    "without": several(TEXT, "[end_use.concerns]").says("Facts and blocks that are not taken over."),
    "shares": several(word(INHERITED), "[date, reports]").says(
        "What the two cases have in common besides facts; a case on record says so."
    ),
}
"""The keys that make a case like another; they are resolved before it is read."""
ANNOTATION: Keys = {
    "for": _CASE.says("The id of the case to which facts are added."),
    "owner": TEXT.says("Who adds these facts and answers for them."),
    **{name: SCENARIO[name] for name in ("sources", "known_from", "presumed", "expect")},
}
