"""Everything that the author of a ruleset imports, apart from ``regcompare.testing``.

Facts and conditions; citations and evidence; rules, duties, interpretations and discretions; dated
tables; rulesets; the hooks of a plugin.
"""

from .comparison.message import MessageTexts
from .errors import DefinitionError, FileError, Problem, RegcompareError, UsageError
from .facts import (
    UNKNOWN,
    Choice,
    CodeSet,
    Country,
    Day,
    MemberSet,
    OwnWord,
    Same,
    SetOf,
    Unknown,
    YesNo,
    countries,
    section,
)
from .law import Checked, Citation, Evidence, Instrument, SaidBy, Statement, weakest
from .logic.code_lists import CodeList
from .logic.conditions import FALSE, TRUE, Among, Condition, Term, Trace, all_of, any_of, questions, walk
from .plugins.catalogue import Catalogue, FactSections, Feature, Profile, RulesetAt, hookimpl
from .ruleset.chapters import Chapter
from .ruleset.glosses import Gloss
from .ruleset.home import Home
from .ruleset.provisions import Provisions
from .ruleset.review import Review, Weighing
from .ruleset.rules import (
    Accepted,
    Addressee,
    Breach,
    Discretion,
    Duty,
    DutyKind,
    Interpretation,
    NoDuty,
    NotEncoded,
    Outcome,
    Rule,
    Silence,
    Span,
    Stage,
    Strength,
    Trigger,
)
from .ruleset.ruleset import Ruleset, Transition
from .ruleset.succession import Succession
from .scenario.expectation import Expectation
from .scenario.provenance import Disputed, Source
from .scenario.scenario import Record, Scenario
from .verdict.verdict import Effect, Finding, Question, Verdict
from .vocabulary import (
    CORE,
    FACTS_DATE,
    LAW_DATE,
    Assumption,
    Category,
    Concern,
    Constraint,
    Destination,
    Diligence,
    EndUse,
    EndUser,
    Exporter,
    Harm,
    Item,
    Knowledge,
    Licence,
    National,
    OwnAnswers,
    Parties,
    Standard,
    Technology,
    Transaction,
    TransactionKind,
    Vocabulary,
    seated,
    takes_part,
)
from .vocabulary.dated import DatedTable, Row
from .vocabulary.periods import Period

__all__ = [
    "CORE", "FACTS_DATE", "FALSE", "LAW_DATE", "TRUE", "UNKNOWN", "Accepted", "Addressee", "Among",
    "Assumption", "Breach", "Catalogue", "Category", "Chapter", "Checked", "Choice", "Citation",
    "CodeList", "CodeSet", "Concern", "Condition", "Constraint", "Country", "DatedTable", "Day",
    "DefinitionError", "Destination", "Diligence", "Discretion", "Disputed", "Duty", "DutyKind",
    "Effect", "EndUse", "EndUser", "Evidence", "Expectation", "Exporter", "FactSections", "Feature",
    "FileError", "Finding", "Gloss", "Harm", "Home", "Instrument", "Interpretation", "Item",
    "Knowledge", "Licence", "MemberSet", "MessageTexts", "National", "NoDuty", "NotEncoded",
    "Outcome", "OwnAnswers", "OwnWord", "Parties", "Period", "Problem", "Profile", "Provisions",
    "Question", "Record", "RegcompareError", "Review", "Row", "Rule", "Ruleset", "RulesetAt",
    "SaidBy", "Same", "Scenario", "SetOf", "Silence", "Source", "Span", "Stage", "Standard",
    "Statement", "Strength", "Succession", "Technology", "Term", "Trace", "Transaction",
    "TransactionKind", "Transition", "Trigger", "Unknown", "UsageError", "Verdict", "Vocabulary",
    "Weighing", "YesNo", "all_of", "any_of", "countries", "hookimpl", "questions", "seated",
    "section", "takes_part", "walk", "weakest",
]  # fmt: skip
