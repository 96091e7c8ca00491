"""Facts: named questions about a scenario, with the kinds of answer that they take.

A fact is declared once, as a field of a section, and is the descriptor of that field.  On the class,
``Item.technology`` is the fact, from which conditions are built.  On an instance it is the answer:
``None`` where nothing is stated, ``UNKNOWN`` where "unknown" is stated, which no presumption overrides::

    @section("item", "The item")
    class Item:
        technology: Choice[Technology] = Choice("What is its main function?", TECHNOLOGIES)

    Item.technology.is_in("facial_recognition")          # a condition
    Item(technology="facial_recognition").technology     # "facial_recognition"
"""

from .answers import NOT_BEFORE, UNKNOWN, AnswerError, MemberSet, OwnWord, Unknown, owner_of, written
from .fact import Fact, Same, WhoCanChange, section_of
from .kinds import (
    Choice,
    Country,
    Day,
    Name,
    Names,
    RegisterIds,
    YesNo,
    countries,
    country_named,
    one_of_schema,
    read_day,
)
from .sections import answers_of, facts_of, fields_of, section
from .sets import CodeSet, SetOf

__all__ = [
    "NOT_BEFORE", "UNKNOWN", "AnswerError", "Choice", "CodeSet", "Country", "Day", "Fact",
    "MemberSet", "Name", "Names", "OwnWord", "RegisterIds", "Same", "SetOf", "Unknown",
    "WhoCanChange", "YesNo", "answers_of", "countries", "country_named", "facts_of", "fields_of",
    "one_of_schema", "owner_of", "read_day", "section", "section_of", "written",
]  # fmt: skip
