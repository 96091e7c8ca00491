"""The documented cases as a Frictionless data package: cases, their sources and every stated fact."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from regcompare._support.csv import csv_text
from regcompare.comparison.receipts import SOFTWARE, facts_hash, version
from regcompare.facts import written
from regcompare.scenario.scenario import PARTIES, Scenario

LICENCE = {
    "name": "Apache-2.0",
    "title": "Apache License 2.0",
    "path": "https://www.apache.org/licenses/LICENSE-2.0",
}
_ABOUT = (
    "Exports, licences, refusals, offers and uses of surveillance technology that public sources "
    "document, with what each stated fact rests on. Facts are restated from the sources, which keep "
    "their own terms; numbers of parties in public registers are under the terms of these registers. "
    "Nothing here says that anybody acted unlawfully."
)
_CASE_FIELDS: Mapping[str, str] = {
    "case": "string", "title": "string", "kind": "string", "record_kind": "string",
    "record_group": "string", "sale": "string", "date": "date", **dict.fromkeys(PARTIES, "string"),
    "decision": "string", "record": "string", "summary": "string", "facts_sha256": "string",
}  # fmt: skip
_SOURCE_FIELDS: Mapping[str, str] = {
    "case": "string", "source": "string", "title": "string", "date": "string", "publisher": "string",
    "url": "string", "opened": "date", "looked_for": "date", "known": "string",
}  # fmt: skip
_FACT_FIELDS: Mapping[str, str] = {
    "case": "string", "fact": "string", "answer": "string", "origin": "string", "sources": "string",
    "classified": "string", "disputed": "string", "disputed_in": "string",
}  # fmt: skip


def case_files(cases: Iterable[Scenario]) -> dict[str, str]:
    """Returns ``cases.csv``, ``sources.csv``, ``facts.csv`` and ``datapackage.json`` by name."""
    cases = [case for case in cases if case.is_documented]
    tables = {
        "cases": (_CASE_FIELDS, map(_case, cases)),
        "sources": (_SOURCE_FIELDS, (row for case in cases for row in _sources(case))),
        "facts": (_FACT_FIELDS, (row for case in cases for row in _facts(case))),
    }
    files = {
        f"{name}.csv": csv_text(tuple(fields), rows) + "\n" for name, (fields, rows) in tables.items()
    }
    package = {
        "name": f"{SOFTWARE}-cases",
        "title": "Documented cases of surveillance exports",
        "description": _ABOUT,
        "version": version(),
        "licenses": [LICENCE],
        "resources": [_resource(name, fields) for name, (fields, _) in tables.items()],
    }
    return {**files, "datapackage.json": json.dumps(package, ensure_ascii=False, indent=2) + "\n"}


def dataset_markup(address: str = "") -> str:
    """Returns the schema.org description of the files, as JSON-LD.

    Args:
        address: The folder in which they are published; blank if it is not known.
    """
    downloads = [
        {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": f"{address}{name}.csv"}
        for name in ("cases", "sources", "facts")
    ]
    data = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": "Documented cases of surveillance exports",
        "description": _ABOUT,
        "version": version(),
        "license": LICENCE["path"],
        "isAccessibleForFree": True,
        "distribution": downloads,
    }
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def _resource(name: str, fields: Mapping[str, str]) -> dict[str, Any]:
    reference = {"resource": "cases", "fields": "case"}
    keys = {"foreignKeys": [{"fields": "case", "reference": reference}]}
    schema = {
        "fields": [{"name": field, "type": kind} for field, kind in fields.items()],
        **({"primaryKey": "case"} if name == "cases" else keys),
    }
    return {"name": name, "path": f"{name}.csv", "encoding": "utf-8", "format": "csv", "schema": schema}


def _case(case: Scenario) -> dict[str, Any]:
    return {
        **{
            name: getattr(case, name)
            for name in ("title", "kind", "record_kind", "record_group", "date")
        },
        **case.names,
        "case": case.id,
        "sale": case.counted_as,
        "decision": case.record.decision if case.record else None,
        "record": _line(case.record.note) if case.record else None,
        "summary": _line(case.summary),
        "facts_sha256": facts_hash(case),
    }


def _sources(case: Scenario) -> Iterator[dict[str, Any]]:
    names = ("title", "date", "publisher", "opened", "looked_for", "known")
    for source in case.sources:
        own = {name: getattr(source, name) for name in names}
        yield {"case": case.id, "source": source.id, "url": source.address, **own}


def _facts(case: Scenario) -> Iterator[dict[str, Any]]:
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
