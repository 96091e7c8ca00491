"""The documented cases as a Frictionless data package: a table of cases, one for each list in them.

The fields of a table are declared once, with title, description and words; rows, package and reference
follow from that.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from regcompare._support.csv import csv_text
from regcompare.comparison.receipts import SOFTWARE, facts_hash, version
from regcompare.facts import UNKNOWN, MemberSet, written
from regcompare.logic.conditions import Among, Between, ends_of
from regcompare.scenario.leaning import leaning_sentence
from regcompare.scenario.provenance import (
    DATE_MEANINGS,
    HOW_KNOWN,
    LEVELS,
    MOMENTS,
    RECORD_GROUPS,
    RECORD_KINDS,
    SEEN,
)
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary.sections import LICENCE_STATUSES

from .citation import AUTHORS

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
TITLE = "Documented cases of surveillance exports"
_ABOUT = (
    "Exports, licences, refusals, offers and uses of surveillance technology that public sources "
    "document, with what each stated fact rests on, who disputes it, and what those who are named say. "
    "Facts are restated from the sources, which keep their own terms; numbers of parties in public "
    "registers are under the terms of these registers. Nothing here says that anybody acted unlawfully."
)
PRECISIONS = ("day", "month", "year", "span", "unknown")
"""How precisely the day of a case is known."""

Row = dict[str, Any]


@attrs.frozen
class Field:
    """A column of a table.

    Attributes:
        name: Its name.
        title: What it has, in a few words.
        description: What it means, as a sentence.
        kind: The type of its values, as Frictionless names it.
        words: The words that it can have; empty for any value.
        required: Whether every row has a value.
    """

    name: str
    title: str
    description: str
    kind: str = "string"
    words: tuple[str, ...] = ()
    required: bool = False

    @property
    def schema(self) -> Row:
        """Its description, as Frictionless reads it."""
        constraints: Row = {"enum": list(self.words)} if self.words else {}
        constraints |= {"required": True} if self.required else {}
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "type": self.kind,
            **({"format": "uri"} if self.name in ("url", "copy") else {}),
            **({"constraints": constraints} if constraints else {}),
        }


def _case_field(title: str = "Case", description: str = "The id of the case.") -> Field:
    return Field("case", title, description, required=True)


_NUMBER = Field("number", "Number", "The place in the list of the case.", "integer", required=True)
_DECISIONS = (*LICENCE_STATUSES, "unknown")
_SEVERAL = "“A or B” is one of these; “unknown” is a statement that it is not known."


# rows ----------------------------------------------------------------------------------------------


def _case(case: Scenario) -> Iterator[Row]:
    first, last = ends_of(case.known_day)
    change = max(case.changes, key=lambda item: item.day, default=None)
    record, answers = case.record, {**case.presumed, **case.facts}
    yield {
        **{name: getattr(case, name) for name in ("title", "kind", "record_kind", "record_group")},
        **case.names,
        **{name: _answer(answers.get(key)) for name, key in _FACTS_OF_CASES.items()},
        "classified": " ".join(_classified(case)),
        "presumed": " ".join(name for name, key in _FACTS_OF_CASES.items() if key in case.presumed),
        "case": case.id,
        "sale": case.counted_as,
        "date": case.date,
        "date_from": first,
        "date_to": last,
        "date_precision": _precision(case),
        "date_means": case.date_means,
        "decision": record.decision if record else None,
        "decided": record.date if record else None,
        "record": _line(record.note) if record else None,
        "story": _line(case.story),
        "summary": _line(case.summary),
        "disputes": len(case.disputed),
        "replies": sum(bool(item.words) for item in case.replies),
        "changed": change.day if change else None,
        "change": change.what if change else None,
        "facts_sha256": facts_hash(case),
    }


def _classified(case: Scenario) -> Iterator[str]:
    """Yields the columns whose answer the author of the file classified, since no source states it."""
    for name, key in {"date": "date", **_FACTS_OF_CASES}.items():
        answered = name == "date" or case.facts.get(key, UNKNOWN) is not UNKNOWN
        if answered and (basis := case.basis(key)) and basis.classified:
            yield name


_FACTS_OF_CASES = {
    "exporter_country": "exporter.country",
    "exporter_established_in": "exporter.established_in",
    "exporter_ids": "exporter.ids",
    "destination_country": "destination.country",
    "end_user_country": "end_user.country",
    "end_user_kind": "end_user.kind",
    "end_user_ids": "end_user.ids",
    "technology": "item.technology",
    "form": "item.form",
    "annex_i_entry": "item.annex_i_entry",
    "transaction": "transaction.kind",
}
"""The facts of which each case has a column."""


def _precision(case: Scenario) -> str:
    if case.date:
        return "day"
    if not isinstance(case.between, Between):
        return "unknown"
    return {4: "year", 7: "month"}.get(len(str(case.between)), "span")


def _answer(value: Any) -> str | None:
    """An answer in a cell: a member that is open has a question mark."""
    if isinstance(value, MemberSet):
        members = (*sorted(value.known), *(f"?{member}" for member in sorted(value.open)))
        return " ".join(members) or "none"
    if isinstance(value, Among):
        return " or ".join(sorted(value.words))
    if isinstance(value, tuple):
        return " ".join(":".join(part) if isinstance(part, tuple) else part for part in value)
    return None if value is None else "unknown" if value is UNKNOWN else str(written(value))


def _listed(attribute: str, *names: str) -> Callable[[Scenario], Iterator[Row]]:
    """Returns the rows of a list of a case, with these attributes of each item."""

    def rows(case: Scenario) -> Iterator[Row]:
        for number, item in enumerate(getattr(case, attribute), 1):
            values = {name: _cell(getattr(item, name)) for name in names}
            yield {"case": case.id, "number": number, **values}

    return rows


def _cell(value: Any) -> Any:
    if isinstance(value, tuple):
        return " ".join(value)
    return _line(value) if isinstance(value, str) else value


def _sources(case: Scenario) -> Iterator[Row]:
    names = ("title", "date", "publisher", "opened", "seen", "looked_for", "known", "copy")
    for row, source in zip(_listed("sources", *names)(case), case.sources, strict=True):
        yield {**row, "source": source.id, "url": source.address}


def _reports(case: Scenario) -> Iterator[Row]:
    names = ("title", "day", "level", "of", "source")
    for row, report in zip(_listed("reports", *names)(case), case.reports, strict=True):
        address = "" if report.url == "none" else report.url
        yield {**row, "url": address, "counts": "yes" if report.is_before(case.known_day) else "no"}


def _disputes(case: Scenario) -> Iterator[Row]:
    for row in _listed("disputed", "fact", "by", "note", "sources")(case):
        yield {**row, "answer": _answer(case.facts.get(row["fact"]))}


def _facts(case: Scenario) -> Iterator[Row]:
    stated = ((*pair, "stated") for pair in case.facts.items())
    presumed = ((*pair, "presumed") for pair in case.presumed.items())
    for key, answer, origin in (*stated, *presumed):
        basis = case.basis(key) if origin == "stated" else None
        disputes = [item for item in case.disputed if item.fact == key]
        yield {
            "case": case.id,
            "fact": key,
            "answer": _text(written(answer)),
            "origin": "classified" if basis and basis.classified else origin,
            "sources": " ".join(basis.sources) if basis else "",
            "classified": basis.classified if basis else "",
            "disputed": " ".join(f"{item.by}: {_line(item.note)}" for item in disputes),
            "disputed_in": " ".join(dict.fromkeys(name for item in disputes for name in item.sources)),
        }


def _text(answer: Any) -> str:
    return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False, default=str)


def _line(text: str) -> str:
    return " ".join(text.split())


# tables --------------------------------------------------------------------------------------------


@attrs.frozen
class Table:
    """A table of the package: its columns, those by which a row is known, and its rows of a case."""

    name: str
    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: Callable[[Scenario], Iterable[Row]]

    @property
    def resource(self) -> Row:
        """Its description, as Frictionless reads it."""
        reference = {"resource": "cases", "fields": ["case"]}
        foreign = [{"fields": ["case"], "reference": reference}] if self.name != "cases" else []
        return {
            "name": self.name,
            "type": "table",
            "title": self.title,
            "path": f"{self.name}.csv",
            "scheme": "file",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [field.schema for field in self.fields],
                "primaryKey": list(self.key),
                **({"foreignKeys": foreign} if foreign else {}),
            },
        }


_SOURCE_ID = Field("source", "Source", "The id of the source within the case; see sources.csv.")
_SOURCE_IDS = Field("sources", "Sources", "The ids of sources within the case, with spaces between.")
_ADDRESS = Field("url", "Address", "Where it was published; blank where no address is known.")
_LOOKED_FOR = Field("looked_for", "Looked for", "The day on which it was looked for in vain.", "date")

TABLES = (
    Table(
        "cases",
        "The cases: who, from where, to where, what, when, which entry, what was decided",
        (
            _case_field(description="The id of the case, which does not change."),
            Field("title", "Title", "What the case is about, in a line."),
            Field("kind", "Kind", "A documented case; others are not published.", words=("documented",)),
            Field("record_kind", "Kind of record", "What is on record.", words=tuple(RECORD_KINDS)),
            Field("record_group", "Group", "The group in which it counts.", words=tuple(RECORD_GROUPS)),
            Field("sale", "Deal", "Cases with the same deal are parts of it and count once."),
            Field("date", "Day", "When the facts happened, where the day is known.", "date"),
            Field("date_from", "From", "The first day on which they can have happened.", "date"),
            Field("date_to", "To", "The last day on which they can have happened.", "date"),
            Field("date_precision", "Precision", "How precisely the day is known.", words=PRECISIONS),
            Field("date_means", "Meaning", "What happened then.", words=tuple(DATE_MEANINGS)),
            Field("exporter", "Exporter", "Who exported, brokered or provided, as far as named."),
            Field("exporter_ids", "Exporter's numbers", "Numbers in public registers, SCHEME:NUMBER."),
            Field(
                "exporter_country", "From which country",
                f"Where it leaves, or where a broker acts from: ISO 3166-1 code. {_SEVERAL}",
            ),
            Field(
                "exporter_established_in", "Seat",
                "Where the exporter is established, if that is said to be elsewhere: ISO 3166-1 code.",
            ),
            Field("end_user", "End user", "Who uses it, as far as named."),
            Field("end_user_ids", "End user's numbers", "Numbers in public registers, SCHEME:NUMBER."),
            Field("end_user_kind", "Kind of end user", f"A word of the vocabulary. {_SEVERAL}"),
            Field("end_user_country", "Country of use", f"ISO 3166-1 code. {_SEVERAL}"),
            Field("purchaser", "Buyer", "Who bought it, if not the end user, as far as named."),
            Field("intermediaries", "In between", "Who stood in between, with commas."),
            Field("destination_country", "To which country", f"ISO 3166-1 code. {_SEVERAL}"),
            Field("technology", "Technology", f"The main function, as a word. {_SEVERAL}"),
            Field("form", "Form", f"Goods, software, technology or service. {_SEVERAL}"),
            Field(
                "annex_i_entry", "Entries of the control list",
                "Codes of the control list with spaces between; one with a question mark is open.",
            ),
            Field("transaction", "Transaction", f"Export, brokering and so on. {_SEVERAL}"),
            Field(
                "classified", "Our own classification",
                "Columns before that the author classified, since no source states them; see facts.csv.",
            ),
            Field(
                "presumed", "Presumed",
                "Columns before whose answer nobody reports, and which the case presumes.",
            ),
            Field("decision", "Decision", "What became of the licence.", words=_DECISIONS),
            Field("decided", "Decided", "When that was decided: a day, a month or a year."),
            Field("record", "Record", "What happened, in words."),
            Field("story", "Story", "The case in plain words."),
            Field("summary", "Summary", "The case with the choices of whoever encoded it."),
            Field("disputes", "Disputes", "The number of disputes; see disputes.csv.", "integer"),
            Field("replies", "Replies", "The number of replies found; see replies.csv.", "integer"),
            Field("changed", "Last change", "The day of the last change in this account.", "date"),
            Field("change", "What changed", "What changed then, and why."),
            Field("facts_sha256", "Hash", "A hash of its facts, as in citations.", required=True),
        ),
        ("case",),
        _case,
    ),
    Table(
        "facts",
        "Every stated and presumed fact, with what it rests on",
        (
            _case_field(),
            Field("fact", "Fact", "The fact; `regcompare facts` says what each means.", required=True),
            Field("answer", "Answer", "The answer, as files write it; lists as JSON.", required=True),
            Field(
                "origin", "Origin", "Stated by a source, classified by the author, or presumed.",
                words=("stated", "classified", "presumed"), required=True,
            ),
            _SOURCE_IDS,
            Field("classified", "Classified", "Why the author of the file classified it so."),
            Field("disputed", "Disputed", "Who disputes it, and in which words."),
            Field("disputed_in", "Disputed in", "The ids of the sources of these disputes."),
        ),
        ("case", "fact", "origin"),
        _facts,
    ),
    Table(
        "disputes",
        "Who disputes what is stated, in which words, and where",
        (
            _case_field(),
            _NUMBER,
            Field("fact", "Fact", "The fact or other statement that is disputed.", required=True),
            Field("answer", "Answer", "What the file states; blank where it is no fact."),
            Field("by", "By", "Who disputes it."),
            Field("note", "Words", "What they say.", required=True),
            _SOURCE_IDS,
        ),
        ("case", "number"),
        _disputes,
    ),
    Table(
        "replies",
        "What those who are named say, or where an answer was looked for in vain",
        (
            _case_field(),
            _NUMBER,
            Field("who", "Who", "Who answers, or was asked for.", required=True),
            Field("words", "Words", "What they say, quoted or in short; blank where none was found."),
            _SOURCE_ID,
            Field("day", "Day", "When they said it: a day, a month or a year."),
            _LOOKED_FOR,
            Field("where", "Where", "Where it was looked for, with spaces between."),
            Field("terms", "Terms", "The words by which it was looked for."),
        ),
        ("case", "number"),
        _listed("replies", "who", "words", "source", "day", "looked_for", "where", "terms"),
    ),
    Table(
        "owners",
        "Who owned the companies then, and who owns them now",
        (
            _case_field(),
            _NUMBER,
            Field("of", "Company", "The company.", required=True),
            Field("when", "When", "On the day of the facts, or on that of the source.", words=MOMENTS),
            Field("name", "Owner", "Who owns it; blank where that was not found."),
            _SOURCE_ID,
            _LOOKED_FOR,
        ),
        ("case", "number"),
        _listed("owners", "of", "when", "name", "source", "looked_for"),
    ),
    Table(
        "reports",
        "What had been published about the end user, its kind or its country",
        (
            _case_field(),
            _NUMBER,
            Field("title", "Title", "Author and title.", required=True),
            Field("day", "Day", "When it was published: a day, a month or a year.", required=True),
            Field("level", "Level", "How close to the end user it comes.", words=LEVELS),
            Field("of", "Of", "What it reports, with spaces between."),
            Field("counts", "Counts", "Whether it is certainly earlier.", words=("yes", "no")),
            _ADDRESS,
            _SOURCE_ID,
        ),
        ("case", "number"),
        _reports,
    ),
    Table(
        "sources",
        "The sources, with the copy that was read and how much of it",
        (
            _case_field(),
            _NUMBER,
            _SOURCE_ID,
            Field("title", "Title", "Author and title.", required=True),
            Field("date", "Date", "When it was published: a day, a month or a year."),
            Field("publisher", "Publisher", "Who published it."),
            _ADDRESS,
            Field("copy", "Copy", "The address of the copy that was read, if another one."),
            Field("opened", "Opened", "The day on which it was read.", "date"),
            Field("seen", "Seen", "How much of it was read.", words=SEEN),
            _LOOKED_FOR,
            Field("known", "Known", "By an account, where it was not opened.", words=HOW_KNOWN),
        ),
        ("case", "number"),
        _sources,
    ),
    Table(
        "changes",
        "What was changed in the account of each case, and when",
        (
            _case_field(),
            _NUMBER,
            Field("day", "Day", "The day of the change.", "date", required=True),
            Field("what", "What", "What changed, and why.", required=True),
        ),
        ("case", "number"),
        _listed("changes", "day", "what"),
    ),
)  # fmt: skip
"""The tables of the package."""


# files ---------------------------------------------------------------------------------------------


def case_files(cases: Iterable[Scenario]) -> dict[str, str]:
    """Returns the files of the package by name: tables, their description, licence and citation."""
    cases = [case for case in cases if case.is_documented]
    files = {
        f"{table.name}.csv": csv_text(
            tuple(field.name for field in table.fields),
            (row for case in cases for row in table.rows(case)),
        )
        + "\n"
        for table in TABLES
    }
    last = max((change.day for case in cases for change in case.changes), default=None)
    package = {
        "name": f"{SOFTWARE}-cases",
        "title": TITLE,
        "description": f"{_ABOUT} {leaning_sentence(cases)}",
        "version": version(),
        **({"created": f"{last}T00:00:00Z"} if last else {}),
        "licenses": [LICENCE],
        "contributors": [{"title": AUTHORS, "role": "author"}],
        "keywords": ["export control", "dual use", "surveillance", "human rights"],
        "resources": [table.resource for table in TABLES],
    }
    return {
        **files,
        "datapackage.json": json.dumps(package, ensure_ascii=False, indent=2) + "\n",
        "CITATION.cff": dataset_citation(last),
        "LICENSE.md": DATA_LICENCE,
    }


DATA_LICENCE = f"""# Licence of the data

The tables of this folder, and the case files from which they are made, are licensed under
{LICENCE["title"]} (SPDX: {LICENCE["name"]}): <{LICENCE["path"]}legalcode>.
Give credit to “{AUTHORS}”, with the version, and say what you changed.

The sources keep their own terms, and so do numbers of parties in public registers.
The program that made the tables is licensed under Apache-2.0.
"""
"""What the package says of its licence."""


def dataset_citation(last: dt.date | None = None) -> str:
    """Returns the citation file of the data, with the day of its last change."""
    lines = [
        "cff-version: 1.2.0",
        "message: If you use these data, please cite them with their version.",
        f"title: {TITLE}",
        "type: dataset",
        f"version: {version()}",
        f"license: {LICENCE['name']}",
        "authors:",
        f"  - name: {AUTHORS}",
        *([f"date-released: {last}"] if last else []),
    ]
    return "\n".join(lines) + "\n"


def dataset_markup(address: str = "") -> str:
    """Returns the schema.org description of the files at an address, as JSON-LD; it may be blank."""
    downloads = [
        {
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": f"{address}{table.name}.csv",
            "name": table.title,
        }
        for table in TABLES
    ]
    data: Mapping[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": TITLE,
        "description": _ABOUT,
        "version": version(),
        "license": LICENCE["path"],
        "isAccessibleForFree": True,
        "distribution": downloads,
    }
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
