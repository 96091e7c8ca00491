"""Writes the American tables of `regcompare-world` from extracts of the regulations; see README.md."""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
TABLES = HERE.parent / "src" / "regcompare_world" / "tables"
COUNTRIES = ROOT / "src" / "regcompare" / "data" / "countries.csv"

Line = dict[str, str]

FLAGS = (
    *("ns", "ns_1", "rs", "rs_1", "cc", "sl", "ei", "un", "gbs", "tsr", "ace", "sta", "enc", "lvs"),
)
MARKS = {"V1": "text", "V2": "secondary", "": "inferred"}
"""How what an extract says is known, by the first word of its mark."""


class UnknownError(Exception):
    """An extract has something that the script does not know."""


@lru_cache
def read(file: Path) -> list[Line]:
    """The lines of a CSV file, each with its place for messages."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UnknownError(f"{file}: {error.strerror}. Name the folder with the extracts.") from None
    return [
        {**line, "place": f"{file.name}:{number}"}
        for number, line in enumerate(csv.DictReader(lines), 2)
    ]


def the_day(lines: Iterable[Line]) -> str:
    """The day of the text of all lines."""
    days = {line["text_date"] for line in lines if line["mark"].startswith("V1e")}
    if len(days) != 1:
        raise UnknownError(f"The extract is of several days: {', '.join(sorted(days))}. Expected one.")
    return days.pop()


def meaning(line: Line, column: str, said: Mapping[str, str]) -> str:
    """What a cell means, as a word of the table."""
    if column in said:
        return said[column]
    cells = {cell["says"]: cell["means"] for cell in read(HERE / "cells.csv")}
    if line[column] not in cells:
        expected = "a cell that cells.csv knows; add what this one means"
        raise UnknownError(f"{line['place']}: {column} says {line[column]!r}. Expected {expected}.")
    return cells[line[column]]


# the control list ---------------------------------------------------------------------------------


def items(folder: Path) -> Iterator[Line]:
    """Lines of the control list: one for each pattern of codes, and one for each open cell."""
    lines = [*read(folder / "us-ccl.csv")]
    day, points = the_day(lines), read(HERE / "points.csv")
    used: set[str] = set()
    own = {line["eccn"] for line in lines if not is_shared(line["eccn"])}
    blank = dict.fromkeys(lines[0], "")
    known = {(line["eccn"], line["point"]) for line in lines}
    lines += [
        {**blank, **{name: point[name] for name in ("eccn", "point", "place")}}
        for point in points
        if (point["eccn"], point["point"]) not in known and point["set"]
    ]
    for line in lines:
        mapped = [one for one in points if (one["eccn"], one["point"]) == (line["eccn"], line["point"])]
        if not mapped and line["point"]:
            raise UnknownError(
                f"{line['place']}: {line['eccn']} {line['point']!r} is not in points.csv."
            )
        used.update(one["place"] for one in mapped)
        for one in mapped or [
            {"patterns": line["eccn"], "set": "", "start": "", "end": "", "checked": "", "note": ""}
        ]:
            for pattern in one["patterns"].split():
                yield from item(line, one, pattern, day, scheme="us" if line["eccn"] in own else "core")
    if unused := [point["place"] for point in points if point["place"] not in used]:
        raise UnknownError(f"{', '.join(unused)}: no line of the extract has this entry and point.")


def is_shared(eccn: str) -> bool:
    """Whether the Union's list has the entry too, so that cases name it without a prefix."""
    return eccn[2:3] < "9" and eccn not in ("0A503", "0A501")


def item(line: Line, point: Line, pattern: str, day: str, scheme: str) -> Iterator[Line]:
    """The lines of one pattern: what the text says, and what it leaves open."""
    said = dict(part.split("=") for part in point["set"].split())
    columns = {name: meaning(line, name, said) for name in ("ns", "rs", "cc", "sl", "ei", "un", "enc")}
    flags = {
        name: columns[name] if columns[name] in ("", "mixed") else "yes"
        for name in ("ns", "rs", "sl", "ei", "un", "enc")
    }
    flags |= {f"{name}_1": "yes" if columns[name] == "1" else "" for name in ("ns", "rs")}
    flags["ns_1"] = said.get("ns_1", flags["ns_1"])
    flags["cc"] = columns["cc"]
    flags["lvs"] = meaning(line, "lvs_usd", {"lvs_usd": said["lvs"]} if "lvs" in said else {}) or "no"
    for name in ("gbs", "tsr", "ace"):
        flags[name] = meaning(line, name, said) or "no"
    barred = [meaning(line, name, said) == "no" for name in ("sta_a5", "sta_a6")]
    flags["sta"] = said.get("sta") or ("no" if all(barred) else "open")
    flags["enc"] = flags["enc"] or "no"
    when = {"start": point["start"] or line["since"], "end": point["end"]}
    registers = re.findall(r"\d+ FR \d+", line["since_source"])
    source = "; ".join([f"EAR part 774, {line['eccn']}", *registers])
    row = {"pattern": pattern, "scheme": scheme, "source": source, "note": point["note"]}
    checked = point["checked"] or MARKS.get(line["since_mark"].partition(" ")[0].strip(";"), "unread")
    seen = "" if point["checked"] == "unread" or when["end"] else day
    settled = {name: "" if flag in ("open", "mixed") else flag for name, flag in flags.items()}
    for part in doubtful(when, checked, line["since_source"]):
        is_open = part["checked"] == "unread"
        yield {**row, **settled, **part, "seen": "" if is_open else seen}
    unsettled = [name for name, flag in flags.items() if flag in ("open", "mixed")]
    kept = {name: settled[name] for name in ("ns", "ns_1")}
    for name in unsettled:  # Each is a question of its own.
        if name != "sta":
            yield {**row, **kept, name: "yes", "opens": name, **when, "checked": "unread", "seen": ""}


def doubtful(when: Line, checked: str, source: str) -> Iterator[Line]:
    """A period; where its first day was not read, it is open in the year of the cited register."""
    volume = re.search(r"(\d+) FR", source)
    if checked != "unread" or not when["start"] or not volume:
        yield {**when, "checked": checked}
        return
    year = int(volume[1]) + 1935
    yield {"start": f"{year}-01-01", "end": f"{year + 1}-01-01", "checked": "unread"}
    yield {"start": f"{year + 1}-01-01", "end": when["end"], "checked": "inferred"}


# the country chart, and the country groups ----------------------------------------------------------


def countries(folder: Path) -> Iterator[Line]:
    """Lines of the country chart and of the country groups: one for each column, and for each change."""
    changes = [
        {**line, "list": name} for line in read(HERE / "changes.csv") for name in line["list"].split()
    ]
    chart = read(folder / "us-chart.csv")
    places = {line["iso2"] for line in chart} | {"XI", "US"}
    rest = sorted(line["code"] for line in read(COUNTRIES) if line["code"] not in places)
    sources = (
        ("us-chart.csv", "EAR part 738, Supplement No. 1"),
        ("us-groups.csv", "EAR part 740, Supplement No. 1"),
    )
    done: set[tuple[str, str]] = set()
    for file, source in sources:
        lines = read(folder / file)
        day = the_day(lines)
        for column in [
            name for name in lines[0] if (name[-1].isdigit() and name != "iso2") or name == "b"
        ]:
            name = column if column == "b" else f"{column[:-1]}_{column[-1]}"
            marked = set(members(lines, column))
            own = [change for change in changes if change["list"] == name]
            done.update((change["place"], name) for change in own)
            moved = {code for change in own for code in change["countries"].split()}
            row = {"list": name, "start": "", "end": "", "source": source, "note": ""}
            if still := sorted(marked - moved):
                yield {**row, "countries": " ".join(still), "seen": day, "checked": "inferred"}
            for change in own:
                yield moving(change, marked, day)
            if file == "us-chart.csv" and marked:
                note = "The chart has no row for it; § 738.3(b) gives a principle and no list."
                yield {**row, "countries": " ".join(rest), "checked": "unread", "note": note}
    if lost := [change["place"] for change in changes if (change["place"], change["list"]) not in done]:
        raise UnknownError(f"{', '.join(lost)}: no column or group has this name.")


def members(lines: Iterable[Line], column: str) -> Iterator[str]:
    """The codes that a column marks; Northern Ireland goes with the United Kingdom."""
    for line in lines:
        if line[column] not in ("", "X", "?"):
            raise UnknownError(
                f"{line['place']}: {column} says {line[column]!r}. Expected X, ? or nothing."
            )
        if line[column] == "X":
            yield from ("GB", "XI") if line["iso2"] == "GB" else (line["iso2"],)


def moving(change: Line, marked: set[str], day: str) -> Line:
    """The line of a change, after a check that the text of the day agrees with it."""
    is_in = not change["end"]
    if wrong := {code for code in change["countries"].split() if (code in marked) is not is_in}:
        raise UnknownError(
            f"{change['place']}: the text of {day} disagrees on {', '.join(sorted(wrong))}."
        )
    return {**change, ("seen" if is_in else "absent"): day}


# the Entity List ------------------------------------------------------------------------------------


def parties(folder: Path) -> Iterator[Line]:
    """Lines of the Entity List: one for each entry, and one for each time in which it is open."""
    lines = read(folder / "us-entity-list.csv")
    day = the_day(lines)
    words = {line["id"]: line for line in read(HERE / "parties.csv")}
    if lost := words.keys() - {line["id"] for line in lines}:
        raise UnknownError(
            f"parties.csv: {', '.join(sorted(lost))}: no line of the extract has this id."
        )
    twice = set()
    for line in lines:
        party, name = word_of(line, words)
        if (key := (party, line["name"], line["seats"], line["start"][:4])) in twice:
            continue  # Printed twice in the list, with the same consequences in the same year.
        twice.add(key)
        policy, _, rest = (line["policy"] or "presumption of denial").partition(",")
        row = {
            "party": party,
            "name": name,
            "entry": line["name"],
            "seats": line["seats"],
            "policy": policy.removesuffix(" (V2)"),
            "footnote": line["fdp_footnote"],
            "source": f"EAR part 744, Supplement No. 4; {line['fr']}",
            "note": f"{rest.strip()[:1].upper()}{rest.strip()[1:]}." if rest else "",
        }
        mark = line["start_mark"].partition(" ")[0].rstrip(",")
        checked = MARKS.get(mark, "text" if "V1" in line["start_mark"] else "unread")
        is_listed = line["text_date"] == day
        when = {"start": line["start"], "end": line["end"]}
        for part in doubtful(
            when, checked, min(line["fr"].split("; "), key=lambda fr: int(fr.split()[0]))
        ):
            is_known = is_listed and part["checked"] != "unread"
            yield {**row, **part, "seen": day if is_known else ""}
        if line["end"] and line["mark"].startswith("from memory"):
            yield {**row, "start": line["end"], "end": day, "checked": "unread"}


def word_of(line: Line, words: Mapping[str, Line]) -> tuple[str, str]:
    """The word of a party in case files, and its name in sentences; bureaus of one region share one."""
    if line["id"] in words:
        return words[line["id"]]["party"], words[line["id"]]["name"]
    if line["kind"] == "police body" and line["start"] == "2019-10-09":
        return (
            "us:xinjiang_public_security",
            "a public security bureau of Xinjiang, or its police college",
        )
    return f"us:{line['id']}", line["name"]


# writing --------------------------------------------------------------------------------------------

FILES: Mapping[str, tuple[Callable[[Path], Iterator[Line]], tuple[str, ...]]] = {
    "us_items": (items, ("pattern", "scheme", *FLAGS, "opens")),
    "us_countries": (countries, ("list", "countries")),
    "us_entity_list": (parties, ("party", "name", "entry", "seats", "policy", "footnote")),
}
COMMON = ("start", "end", "seen", "absent", "source", "checked", "note")


def written(lines: Iterable[Line], columns: Iterable[str]) -> str:
    """The text of a table."""
    text = io.StringIO()
    writer = csv.DictWriter(text, (*columns, *COMMON), "", "ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def main(*args: str) -> int:
    """Writes the tables, or checks them; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python american_tables", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder with the extracts")
    parser.add_argument("--check", action="store_true", help="compare with the committed tables")
    asked = parser.parse_args(args)
    status = 0
    for name, (lines, columns) in FILES.items():
        try:
            text = written(lines(asked.folder), columns)
        except UnknownError as error:
            print(error, file=sys.stderr)
            return 2
        file = TABLES / f"{name}.csv"
        if not asked.check:
            file.write_text(text, encoding="utf-8")
        elif file.read_text(encoding="utf-8") != text:
            print(f"{file.name} differs from what the extracts give.", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
