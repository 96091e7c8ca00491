"""What a case says and is read as something else is reported in every output."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.needed import needed

import regcompare as rc
from regcompare.cli import main
from regcompare.views.tables import comparison_text

CASE = """
id: {name}
date: {day}
presume: ordinary
item: {{technology: cryptanalysis, annex_i_entry: [5A004.a]}}
transaction: {{kind: {kind}, purpose: supply}}
exporter: {{country: FR}}
destination: {{country: {country}}}
"""
# day, kind and country as given; as what the kind is read
RESTATED = [
    ("2020-01-01", "intra_eu_transfer", "CN", "export"),
    ("2021-01-01", "intra_eu_transfer", "GB", "export"),
    ("2020-01-01", "export", "DE", "intra_eu_transfer"),
    ("2013-07-01", "electronic_export", "HR", "intra_eu_transfer"),
]
AS_GIVEN = [
    ("2020-12-31", "intra_eu_transfer", "GB"),
    ("2021-01-01", "intra_eu_transfer", "XI"),
    ("2020-01-01", "export", "CN"),
    ("2013-06-30", "electronic_export", "HR"),
]


def write(folder: Path, day: str, kind: str, country: str, name: str = "a-sale") -> str:
    """Writes a case, and returns its file."""
    file = folder / f"{name}.yaml"
    file.write_text(CASE.format(day=day, kind=kind, country=country, name=name))
    return str(file)


def notice(answer: str) -> str:
    """How the sentence begins that says as what the kind was read."""
    return f"transaction.kind is read as {answer}, not as given: "


@pytest.mark.parametrize(
    ("day", "kind", "country", "answer"),
    [RESTATED[0], *(pytest.param(*one, marks=pytest.mark.thorough) for one in RESTATED[1:])],
)
def test_an_answer_that_is_replaced_is_reported_everywhere(
    tmp_path: Path, day: str, kind: str, country: str, answer: str
) -> None:
    """Text, Markdown, HTML, CSV, JSON, frames, sentences to quote, briefs and explanations."""
    file, other = write(tmp_path, day, kind, country), write(tmp_path, "2020-01-01", "export", "US", "b")
    said, html = notice(answer), f"transaction.kind is read as {answer}"
    both = rc.compare([file, other], ["eu-2021-821"])

    def out(*words: str) -> str:
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.stderr
        assert f"a-sale: {said}" in done.stderr
        return " ".join(done.stdout.split())

    for form in ("table", "markdown", "html", "latex"):
        shown = out("compare", file, other, "-r", "eu-2021-821", "--format", form)
        assert (said if form in ("table", "markdown") else "not as given") in shown
    rows = csv.DictReader(
        io.StringIO(CliRunner().invoke(main, ["compare", file, "--format", "csv"]).stdout)
    )
    assert all(row["notices"].startswith(said) for row in rows)
    verdicts = json.loads(out("compare", file, "-r", "eu-2021-821", "--format", "json"))["verdicts"]
    assert [item["notices"][0].startswith(said) for item in verdicts] == [True]
    assert said in out("explain", file, "-r", "eu-2021-821")
    assert "and not as given" in out("cite", file, "-r", "eu-2021-821")
    assert "and not as given" in rc.cite(file, "eu-2021-821").sentence
    assert said in rc.cite(file, "eu-2021-821").footnote
    for name, files in (("brief", (file, other)), ("sheet", (file,))):
        out("brief", *files, "-r", "eu-2021-821", "-o", str(tmp_path / f"{name}.md"))
        assert html in (tmp_path / f"{name}.md").read_text().replace("\\_", "_")
    assert [bool(row["notices"]) for row in both.to_dicts()] == [True, False]


@pytest.mark.parametrize("command", ["mirror", "owed", "gaps eu-428-2009 eu-2021-821"])
def test_every_command_on_files_reports_it(tmp_path: Path, command: str) -> None:
    """Whatever is printed, messages say as what the case was read."""
    file = write(tmp_path, "2020-01-01", "intra_eu_transfer", "CN")

    assert f"a-sale: {notice('export')}" in CliRunner().invoke(main, [*command.split(), file]).stderr


@pytest.mark.parametrize(("day", "kind", "country"), AS_GIVEN)
def test_what_is_read_as_given_says_nothing(tmp_path: Path, day: str, kind: str, country: str) -> None:
    """On the last day before, and in the country next to it, nothing is replaced."""
    file = write(tmp_path, day, kind, country)

    verdict = rc.assess(file, "eu-2021-821")

    assert (verdict.notices, dict(verdict.normalised)) == ((), {})
    assert CliRunner().invoke(main, ["compare", file]).stderr == ""


def test_an_assumption_that_is_withdrawn_is_reported_everywhere() -> None:
    """Table, frames and footnote say which ordinary answer does not count."""
    case = {
        "presume": "ordinary",
        "destination": {"country": "CN", "purchaser_country": "CN"},
        "item": {"technology": "facial_recognition", "annex_i_entry": "none"},
        "presumed": {"end_user": {"acts_for_state": "no"}},
        "end_user": {"kind": "military"},
    }
    comparison = rc.compare([case], ["eu-2021-821"])
    said = "end_user.acts_for_state is not assumed, because that would contradict the other facts: "

    assert comparison.to_dicts()[0]["notices"][0].startswith(said)
    assert comparison.records()[0]["notices"][0].startswith(said)
    assert said in rc.cite(comparison["a-case", "eu-2021-821"]).footnote
    assert said in " ".join(comparison_text(comparison).split())


def test_a_register_counts_the_rows_that_are_read_otherwise(tmp_path: Path) -> None:
    """The summary says in how many rows an answer was replaced, and the results are those of a case."""
    needed("pyarrow")
    head = "scenario.date,item.annex_i_entry,transaction.kind,exporter.country,destination.country"
    rows = [f"{day},5A004.a,{kind},FR,{country}" for day, kind, country, _ in RESTATED]
    rows += [f"{day},5A004.a,{kind},FR,{country}" for day, kind, country in AS_GIVEN]
    table = tmp_path / "register.csv"
    table.write_text("\n".join([head, *rows]))

    done = CliRunner().invoke(
        main, ["screen", str(table), str(tmp_path / "out.csv"), "-r", "eu-2021-821", "--format", "json"]
    )

    restated = {"transaction.kind: export": 2, "transaction.kind: intra_eu_transfer": 2}
    assert json.loads(done.stdout)["restated"] == {"eu-2021-821": restated}
