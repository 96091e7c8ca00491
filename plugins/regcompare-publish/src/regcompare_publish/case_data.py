"""The documented cases as a Frictionless data package: a table of cases, one for each list in them.

``case_tables.yaml`` declares the tables with their columns; this module fills them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

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
_WORDS: Mapping[str, Collection[str]] = {
    "record_kinds": RECORD_KINDS, "record_groups": RECORD_GROUPS, "date_meanings": DATE_MEANINGS,
    "decisions": (*LICENCE_STATUSES, "unknown"), "moments": MOMENTS, "levels": LEVELS, "seen": SEEN,
    "how_known": HOW_KNOWN,
}  # fmt: skip
"""The words that a column may have, by the name that ``case_tables.yaml`` gives them."""

Row = dict[str, Any]


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


_ROWS: Mapping[str, Callable[[Scenario], Iterable[Row]]] = {
    "cases": _case,
    "facts": _facts,
    "disputes": _disputes,
    "replies": _listed("replies", "who", "words", "source", "day", "looked_for", "where", "terms"),
    "owners": _listed("owners", "of", "when", "name", "source", "looked_for"),
    "reports": _reports,
    "sources": _sources,
    "changes": _listed("changes", "day", "what"),
}
"""The rows of a case in each table."""


# files ---------------------------------------------------------------------------------------------


@cache
def resources() -> tuple[Row, ...]:
    """Returns the tables of the package, as Frictionless describes them."""
    file = Path(__file__).with_name("case_tables.yaml")
    return tuple(map(_resource, yaml.safe_load(file.read_text(encoding="utf-8"))))


def _resource(declared: Row) -> Row:
    reference = {"resource": "cases", "fields": ["case"]}
    foreign = [{"fields": ["case"], "reference": reference}] if declared["name"] != "cases" else []
    return {
        "name": declared["name"],
        "type": "table",
        "title": declared["title"],
        "path": f"{declared['name']}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": list(map(_field, declared["fields"])),
            "primaryKey": declared["key"],
            **({"foreignKeys": foreign} if foreign else {}),
        },
    }


def _field(declared: Row) -> Row:
    words = declared.get("words", ())
    constraints: Row = {}
    if words:
        constraints["enum"] = list(_WORDS[words] if isinstance(words, str) else words)
    if declared.get("required"):
        constraints["required"] = True
    return {
        **{name: declared[name] for name in ("name", "title", "description")},
        "type": declared.get("type", "string"),
        **({"format": "uri"} if declared["name"] in ("url", "copy") else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def case_files(cases: Iterable[Scenario]) -> dict[str, str]:
    """Returns the files of the package by name: tables, their description, licence and citation."""
    cases = [case for case in cases if case.is_documented]
    files = {
        table["path"]: csv_text(
            tuple(field["name"] for field in table["schema"]["fields"]),
            (row for case in cases for row in _ROWS[table["name"]](case)),
        )
        + "\n"
        for table in resources()
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
        "resources": list(resources()),
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
"""The licence of the package, as a file."""


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
            "contentUrl": f"{address}{table['path']}",
            "name": table["title"],
        }
        for table in resources()
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
