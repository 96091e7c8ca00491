"""Which columns of a table hold facts, and how a value in one is read.

Each value is read by the fact's own parser, so that a table means what a scenario file means.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

import attrs

from regcompare.errors import DefinitionError, UsageError, did_you_mean, nearest
from regcompare.facts import UNKNOWN, AnswerError, Choice, CodeSet, Fact, MemberSet, Unknown, YesNo
from regcompare.logic.codes import parsed_pattern
from regcompare.logic.questions import PowerQuestion, question_named
from regcompare.ruleset.ruleset import Ruleset, joined_vocabulary
from regcompare.vocabulary import FACTS_DATE, Category, Vocabulary, published
from regcompare.vocabulary.concordance import APART, answered_by, schemes_of

PRESUME: Final = "presume"
"""The column that says, row by row, whether ordinary answers are presumed."""


# which columns hold facts ----------------------------------------------------------------------------


def facts_of_rulesets(rulesets: Sequence[Ruleset]) -> dict[str, Fact]:
    """Returns the facts of all rulesets by key.

    Raises:
        UsageError: Two rulesets mean other facts by one name.
    """
    sections: dict[str, type] = {}
    for ruleset in rulesets:
        for name, cls in ruleset.vocabulary.by_name.items():
            if sections.setdefault(name, cls) is not cls:
                raise UsageError(
                    f"{ruleset.id} means other facts by {name!r} than a ruleset before it. Assess the "
                    "table under one of them at a time."
                )
    return {fact.key: fact for fact in joined_vocabulary(*rulesets).facts()}


def powers_of(rulesets: Iterable[Ruleset]) -> frozenset[str]:
    """Returns the ids of the powers that some ruleset has."""
    parts = (part for ruleset in rulesets for part in ruleset.parts())
    return frozenset(item.id for part in parts for item in part.provisions.discretions)


def held_in(names: Iterable[str], facts: Mapping[str, Fact], powers: Collection[str]) -> dict[str, Fact]:
    """Returns, for each column that holds a fact, what reads its values; the others merely come along.

    Raises:
        UsageError: A name looks like that of a fact, and there is none; the text names the nearest.
    """
    sections = {"scenario", *(fact.section for fact in facts.values())}
    found = ((name, _held(name, facts, powers, sections)) for name in names)
    return {name: fact for name, fact in found if fact is not None}


def _held(
    name: str, facts: Mapping[str, Fact], powers: Collection[str], sections: Collection[str]
) -> Fact | None:
    if name == PRESUME:
        word = {"ordinary": "the answers of an ordinary transaction"}
        return Choice("What is presumed?", word).named(PRESUME, "row")
    if name == FACTS_DATE.key:
        return FACTS_DATE
    asked = question_named(name)
    if asked.doubt:
        cure = "how a doubtful text is read holds for all rows; pass readings={'ID': 'ANSWER'}."
        raise UsageError(f"Column {name!r}: {cure}")
    if isinstance(asked, PowerQuestion):
        if asked.power not in powers:
            found = f"there is no power {asked.power!r}"
            raise _unknown(name, found, asked.power, powers, "discretion:")
        return YesNo("Was the power used?").named("discretion", asked.power)
    if "." not in asked.fact or asked.section not in sections:
        return None
    if asked.fact not in facts:
        raise _unknown(name, f"there is no fact {asked.fact!r}", asked.fact, [*facts, FACTS_DATE.key])
    fact = facts[asked.fact]
    return _of_member(name, fact, asked.member) if asked.member else fact


def _unknown(name: str, found: str, word: str, known: Collection[str], before: str = "") -> UsageError:
    near = nearest(word, known)
    hint = did_you_mean(near and before + near) or (
        " Rename the column, or drop it if it does not contain a fact."
    )
    return UsageError(f"Column {name!r}: {found}.{hint}")


def _of_member(name: str, fact: Fact, member: str) -> Fact:
    """What is read in a column for one member of a set."""
    if isinstance(fact, CodeSet):
        try:
            parsed_pattern(member)
        except DefinitionError as error:
            raise UsageError(f"Column {name!r}: {error}") from None
    elif not fact.is_set or member not in fact.labels():
        near = nearest(member, fact.labels()) if fact.is_set else None
        what = f"{member!r} is not a member of {fact.key}" if fact.is_set else f"{fact.key} is not a set"
        raise UsageError(f"Column {name!r}: {what}.{did_you_mean(near and f'{fact.key}:{near}')}")
    return YesNo(f"Does {member} belong to it?").named(fact.section, f"{fact.field}:{member}")


# how one value is read -----------------------------------------------------------------------------


def read_value(fact: Fact, value: Any) -> Any:
    """Returns the answer that a value of a column is: None where nothing is stated.

    Raises:
        AnswerError: The fact takes no such answer.
    """
    if value is None or value != value:  # noqa: PLR0124 - NaN alone differs from itself
        return None
    if isinstance(value, str):
        text = value.strip()
        if not text:
            return None
        return _members(fact, text) if fact.is_set else _answer(fact, text)
    if isinstance(value, dt.datetime):
        value = value.date()
    if fact.is_set and isinstance(value, Iterable) and not isinstance(value, Mapping | MemberSet):
        return _members(fact, as_text(value))
    return fact.convert(value)


def as_text(members: Iterable[Any]) -> str:
    """Returns members as the text that a column of sets holds."""
    return "; ".join(str(member) for member in members) or "none"


_IN_A_COLUMN: Final = (
    "members separated by ; such as first; second, each with a ? in front if it is open; none; or "
    "unknown."
)
_CODES: Final = "codes such as 5A001.f.1, 4D004@2014 or 5D001.c/5A001.j."
_MIDNIGHT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]00:00(?::00(?:\.0+)?)?")
"""A day as spreadsheets and databases write it that know no days without a time."""


def _answer(fact: Fact, text: str) -> Any:
    midnight = _MIDNIGHT.fullmatch(text) if fact.kind == "day" else None
    words = [word.strip() for word in text.split(BAR)] if fact.kind in ("choice", "country") else []
    try:
        given = {"one_of": words} if len(words) > 1 else midnight[1] if midnight else text
        return fact.convert(given)
    except AnswerError as error:
        near = "unknown" if text.lower() == "unknown" else error.suggestion
        several = f" Where it is one of several, answers with {BAR} between them." if words[1:] else ""
        raise AnswerError(error.code, error.found, fact.expected() + several, near) from None


BAR: Final = "|"
"""What stands between the answers of which it is known that it is one of them."""


def _members(fact: Fact, text: str) -> MemberSet | Unknown:
    words = [word for word in re.split(r"[;,\s]+", text) if word]
    if words == ["none"]:
        return MemberSet()
    if words == ["unknown"]:
        return UNKNOWN
    members = [_member(fact, word.removeprefix("?")) for word in words]
    if not members or len(set(members)) < len(members):
        found = f"A member of {fact.key} is named twice." if members else f"{text!r} names no member."
        raise AnswerError("RC209" if members else "RC204", found, _IN_A_COLUMN)
    is_open = [word.startswith("?") for word in words]
    halves = [
        [m for m, left in zip(members, is_open, strict=True) if left is half] for half in (False, True)
    ]
    return MemberSet(*halves)


def apart(key: str, facts: Mapping[str, Fact], held: Collection[str]) -> Iterator[tuple[Fact, Reader]]:
    """Yields what a column with codes of several numbering schemes is read for, each with how.

    That is its own fact, and each scheme that no other column answers.  Codes of a scheme that the
    rulesets do not know are passed over where they name nothing in the common numbering.

    Args:
        key: The fact that the column is of.
        facts: The facts that the rulesets know.
        held: The facts that have a column of their own.
    """
    known = schemes_of(facts.values()).get(key)
    if known is None:
        return
    own = {name: fact for name, fact in known.items() if fact.key not in held}
    passed_over = {code for code in APART if code.partition(":")[0] not in known}
    for fact in (facts[key], *own.values()):
        yield fact, partial(_in_scheme, key=key, fact=fact, schemes=own, passed_over=passed_over)


Reader = Callable[[Any], Any]


def _in_scheme(
    value: Any, *, key: str, fact: Fact, schemes: Mapping[str, Fact], passed_over: Collection[str]
) -> Any:
    """What a list says in one scheme; nothing where the list does not name it."""
    if isinstance(value, Iterable) and not isinstance(value, str | Mapping | MemberSet):
        value = as_text(value)
    if not isinstance(value, str) or ":" not in value:
        return value if fact.key == key else None
    answers = (
        (mark, *answered_by(code, key, schemes))
        for mark, code in re.findall(r"(\??)([^;,\s]+)", value)
        if code not in passed_over
    )
    return "; ".join(mark + code for mark, name, code in answers if name == fact.key)


def _member(fact: Fact, word: str) -> str:
    if word in ("none", "unknown") and word not in fact.labels():
        found = f"{word!r} is given as a member of {fact.key}."
        raise AnswerError("RC204", found, f"{word}, and nothing else.")
    try:
        member: str = fact.read(word)
    except AnswerError as error:
        words = ", ".join(fact.labels())
        expected = f"{_IN_A_COLUMN} The members are {f'{words}.' if words else _CODES}"
        near = error.suggestion or nearest(word, ("none", "unknown"))
        raise AnswerError(error.code, error.found, expected, near) from None
    return member


def with_members(fact: Fact, answer: Any, members: Mapping[str, Any]) -> Any:
    """Returns an answer with what columns of single members say instead.

    Beside no list, what they say stands alone where all members can be listed, and else for nothing.
    """
    told = {member: said for member, said in members.items() if said is not None}
    if not told:
        return answer
    if not isinstance(answer, MemberSet):
        if not fact.labels():
            return UNKNOWN
        answer = MemberSet((), fact.labels())
    said_yes = {member for member, said in told.items() if said is True}
    said_open = {member for member, said in told.items() if said is UNKNOWN}
    return MemberSet((answer.known - set(told)) | said_yes, (answer.open - set(told)) | said_open)


# the columns of a register --------------------------------------------------------------------------


@attrs.frozen
class RegisterColumns:
    """The columns of a register.

    Attributes:
        names: The name of each column in the output, in order: those of the register, then further ones.
        facts: Those that hold facts, days, powers or presumptions.
        carried: The others.
        near: Carried columns that look like a fact, with the fact.
        given: The name of each column in the register.
        told: The facts that published categories tell.
        published: The columns with such categories, each with those that it may hold.
    """

    names: tuple[str, ...]
    facts: tuple[str, ...]
    carried: tuple[str, ...]
    near: Mapping[str, str]
    given: tuple[str, ...]
    told: tuple[str, ...]
    published: Mapping[str, Mapping[str, Category]] = attrs.field(factory=dict)

    def called(self, column: str) -> str:
        """Returns the name in the output of a column, by that or by its name in the register.

        Raises:
            UsageError: There is none; the text names the nearest.
        """
        outputs = dict(zip(self.given, self.names, strict=False))  # There may be more in the output.
        if column not in outputs and column not in self.names:
            raise _no_column(column, self.given)
        return outputs.get(column, column)


def columns_of(
    columns: Sequence[str],
    wanted: Mapping[str, str],
    vocabulary: Vocabulary,
    source: str,
    categories: Mapping[str, str],
) -> RegisterColumns:
    """Returns what the columns of a register hold.

    Args:
        columns: Their names.
        wanted: Name of a column to the fact that it is said to hold.
        vocabulary: The facts.
        source: The name of the table, for messages.
        categories: Name of a column to the publishers of the categories that it holds.

    Raises:
        UsageError: A column or a fact is not there, two would hold the same fact, or none holds one.
    """
    keys = {FACTS_DATE.key: FACTS_DATE.key} | {fact.key: fact.section for fact in vocabulary.facts()}
    known = set(columns)
    for column, fact in wanted.items():
        if column not in known:
            raise _no_column(column, columns)
        asked = question_named(fact)
        if fact not in (FACTS_DATE.key, PRESUME) and not isinstance(asked, PowerQuestion):
            vocabulary.fact(asked.subject)
    names = tuple(wanted.get(column, column) for column in columns)
    _refuse_twice(columns, names)
    published_in = {name: published(who, vocabulary.categories) for name, who in categories.items()}
    answers = [item.answers for known in published_in.values() for item in known.values()]
    told = tuple(key for key in vocabulary.by_key if any(key in own for own in answers))
    names += tuple(name for name in told if name not in names)
    questions = ((name, question_named(name)) for name in names)
    facts = tuple(name for name, one in questions if one.power or name == PRESUME or one.fact in keys)
    if not set(facts) - {PRESUME}:
        raise UsageError(f"{source}: {_none_holds(columns, vocabulary)}")
    held = set(facts)
    carried = tuple(name for name in names if name not in held)
    near = {name: fact for name, fact in _near(carried, keys) if fact not in held}
    found = RegisterColumns(names, facts, carried, near, tuple(columns), told)
    named = {found.called(name): known for name, known in published_in.items()}
    return attrs.evolve(found, published=named)


def _no_column(column: str, columns: Sequence[str]) -> UsageError:
    hint = did_you_mean(nearest(column, columns)) or f" The columns are {', '.join(columns)}."
    return UsageError(f"There is no column {column!r}.{hint}")


def _refuse_twice(columns: Sequence[str], names: Sequence[str]) -> None:
    holders: dict[str, str] = {}
    for column, name in zip(columns, names, strict=True):
        other = holders.setdefault(name, column)
        if other != column:
            raise UsageError(
                f"The columns {other!r} and {column!r} would both hold {name}; leave one out."
            )


def _near(carried: Iterable[str], keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Carried columns whose name is that of a fact but for capitals, spaces and marks."""
    known = {_plain(key): key for key in keys}
    return ((name, known[_plain(name)]) for name in carried if _plain(name) in known)


def _none_holds(columns: Sequence[str], vocabulary: Vocabulary) -> str:
    """That no column is a fact; the example of the cure names a column that looks like one, or none."""
    facts = list(vocabulary.facts())
    keys = [fact.key for fact in facts]
    some = columns[:_MANY]
    like = {name: found for name in some if "." in name and (found := nearest(name, keys))}
    near = list((like | dict(_near(some, [*keys, FACTS_DATE.key]))).items())
    column, fact = (near or [_answering(some, facts)])[0]
    asked = "".join(f" Did you mean {fact!r} by {name!r}?" for name, fact in near[:1])
    listed = ", ".join(some) + (f" and {len(columns) - _MANY} more" if len(columns) > _MANY else "")
    return (
        "no column is named after a fact, such as item.technology or destination.country. There are "
        f"{listed}. Name the columns so, or say which holds what: --column "
        f"'{column}={fact}'. `regcompare facts` lists the facts.{asked}"
    )


_MANY = 100
"""So many columns are looked at, and named, to tell what was meant."""


def _answering(columns: Iterable[str], facts: Sequence[Fact]) -> tuple[str, str]:
    """A column named like a section, with the first fact in it, or as one fact alone is; else none."""
    fields = Counter(fact.field for fact in facts)
    asked = {_plain(fact.field): fact.key for fact in facts if fields[fact.field] == 1}
    asked |= {_plain(fact.section): fact.key for fact in reversed(facts)}
    named = ((name, asked[_plain(name)]) for name in columns if _plain(name) in asked)
    return next(named, ("COLUMN", "FACT"))


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
