"""``regcompare screen``: from file to file, whole or not at all, in bounded memory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from click.testing import CliRunner, Result
from tests.support.shipped import CATALOGUE

from regcompare.cli import main
from regcompare.errors import UsageError
from regcompare_registers import _csv, _sinks
from regcompare_registers.screen import bad_rows_file, screen

ACT = [CATALOGUE.ruleset("eu-2021-821")]
REGISTER = """\
Licence no.;Country of destination;item.technology;item.annex_i_entry;transaction.kind;Value
L/1;NO;encryption;5A002.a;export;"1.000,00"
L/2;Nowhere;encryption;5A002.a;export;12
L/3;NA;facial_recognition;none;export;7
L/4;CN;not_surveillance;5A001.j;export;7
"""
COLUMN = ("--column", "Country of destination=destination.country")


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds the register, in which commands run."""
    (tmp_path / "in.csv").write_text(REGISTER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    """Runs the command under one act."""
    return CliRunner().invoke(main, ["screen", *words, "-r", "eu-2021-821"], catch_exceptions=False)


def files_in(folder: Path) -> dict[str, bytes]:
    """Returns every file of a folder with what it holds."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


class TestTheCommand:
    def test_it_says_what_it_read_and_what_came_of_it(self, register: Path) -> None:
        """The summary says what was read as a fact, under which law, and where the bad rows are."""
        done = run("in.csv", "out.csv", *COLUMN)

        assert done.exit_code == 0
        assert done.stdout.startswith("4 rows read; 2 written to out.csv; 2 bad rows in out.csv.bad")
        assert "Read as facts: destination.country, item.technology, item.annex_i_entry" in done.stdout
        assert "Carried through unread: Licence no., Value\n" in done.stdout
        assert "Regulation 2021/821" in done.stdout
        assert "as of 2021-09-09" in done.stdout
        assert done.stdout.rstrip().endswith("not legal advice.")
        reasons = (register / "out.csv.bad-rows.csv").read_text(encoding="utf-8")
        assert "'Nowhere' is not an answer to destination.country." in reasons
        assert "meet none of the surveillance entries." in reasons

    def test_json_stands_alone_on_standard_output(self, register: Path) -> None:
        """Talk and progress go to standard error, the data to standard output."""
        done = run("in.csv", "out.parquet", *COLUMN, "--format", "json")

        data = json.loads(done.stdout)
        assert (data["read"], data["written"], data["bad"]) == (4, 2, 2)
        assert (data["output"], data["bad_rows"]) == ("out.parquet", "out.parquet.bad-rows.csv")
        ((licence, _),) = data["counts"]
        assert (licence["law"], licence["as_of"], licence["records"]) == ("eu-2021-821", "2021-09-09", 2)
        assert (licence["certain"], licence["at_most"]) == (0, 2)
        assert "Screening" in done.stderr

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (("nowhere.csv", "out.csv"), "nowhere.csv: there is no such file."),
            ((".", "out.csv"), ".: is a folder."),
            (("in.csv", "out.xlsx"), "out.xlsx: cannot be written. Expected .csv, .parquet, or"),
            (("in.csv", "nowhere/out.csv"), "the folder nowhere does not exist; make it first."),
            (("in.csv", "in.csv"), "in.csv: is the table that is read."),
            (("in.csv", "./in.csv", "--overwrite"), "in.csv: is the table that is read."),
            (("in.csv", "out.duckdb"), "needs the name of a table. Expected out.duckdb::TABLE."),
            (("in.csv", "out.csv::t"), "out.csv: has no tables within; leave out ::t."),
            (
                ("in.csv", "there.csv", *COLUMN),
                "there.csv: already exists. Choose another name, or replace it with --overwrite",
            ),
            (("book.xlsx", "out.csv"), "book.xlsx: is not a workbook"),
            (("text.parquet", "out.csv"), "text.parquet: is not a Parquet file"),
            (("text.duckdb::t", "out.csv"), "text.duckdb: cannot be opened as a DuckDB database"),
            (
                ("text.parquet", "out.csv", "--encoding", "cp1252"),
                "--encoding is for CSV files",
            ),
            (
                ("in.csv", "out.csv", "--column", "Value"),
                "--column 'Value': expected two names joined by =.",
            ),
            (("in.csv", "out.csv", *COLUMN, *COLUMN), "'Country of destination' is given twice."),
            (("in.csv", "out.csv", "--discretion", "art-7-1=perhaps"), "expected yes or no."),
        ],
    )
    def test_what_cannot_be_done_is_reported_and_leaves_nothing(
        self, register: Path, words: tuple[str, ...], message: str
    ) -> None:
        """A wrong name or option ends with status 2, a sentence with the cure, and the folder as it was."""
        for name in ("there.csv", "book.xlsx", "text.parquet", "text.duckdb"):
            Path(name).write_text("hello", encoding="utf-8")
        before = files_in(register)

        done = run(*words)

        assert done.exit_code == 2
        assert message in done.stderr
        assert done.stdout == ""
        assert files_in(register) == before

    @pytest.mark.parametrize(
        ("missing", "source", "sink"),
        [
            ("pyarrow", "in.csv", "out.csv"),
            ("duckdb", "in.csv", "out.duckdb::t"),
        ],
    )
    def test_a_library_that_is_missing_is_reported_with_the_line_to_type(
        self, register: Path, monkeypatch: pytest.MonkeyPatch, missing: str, source: str, sink: str
    ) -> None:
        """Without the extra the command prints what to type, and atoms nothing."""
        modules = (missing, "regcompare_registers._")
        for name in [name for name in sys.modules if name.startswith(modules)]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, missing, None)

        done = run(source, sink, *COLUMN)

        assert done.exit_code == 2
        assert "python -m pip install 'regcompare[frames]'" in done.stderr
        assert list(files_in(register)) == ["in.csv"]

    def test_a_run_without_bad_rows_names_no_side_file(self, register: Path) -> None:
        """Where no row is bad there is no side file, and the data name none."""
        Path("in.csv").write_text("transaction.kind\nexport\n", encoding="utf-8")

        data = json.loads(run("in.csv", "out.csv", "--format", "json").stdout)

        assert (data["bad"], data["bad_rows"]) == (0, None)
        assert list(files_in(register)) == ["in.csv", "out.csv"]

    @pytest.mark.parametrize(
        ("rows", "status"),
        [("nowhere\n", 2), ("nowhere\nexport\n", 0), ("", 0)],
        ids=["all", "one of two", "of none"],
    )
    def test_the_status_says_if_every_row_was_bad(self, register: Path, rows: str, status: int) -> None:
        """A script learns by the status that no row could be used; what was found is printed all the same."""
        Path("in.csv").write_text(f"transaction.kind\n{rows}", encoding="utf-8")

        done = run("in.csv", "out.csv")

        assert done.exit_code == status
        assert " read; " in done.stdout
        assert Path("out.csv").exists()

    def test_the_bad_rows_of_another_output_stay(self, register: Path) -> None:
        """A run into another kind of file of the same name touches no side file but its own."""
        Path("good.csv").write_text("transaction.kind\nexport\n", encoding="utf-8")
        run("in.csv", "out.csv", *COLUMN)
        bad = Path("out.csv.bad-rows.csv").read_text(encoding="utf-8")

        done = run("good.csv", "out.parquet")

        assert done.exit_code == 0
        assert Path("out.csv.bad-rows.csv").read_text(encoding="utf-8") == bad

    def test_the_bad_rows_of_an_earlier_run_go_only_where_that_is_asked_for(
        self, register: Path
    ) -> None:
        """A side file that stands there is refused; with --overwrite a run without bad rows removes it."""
        Path("good.csv").write_text("transaction.kind\nexport\n", encoding="utf-8")
        run("in.csv", "out.csv", *COLUMN)
        Path("out.csv").unlink()
        before = files_in(register)

        refused = run("good.csv", "out.csv")

        assert refused.exit_code == 2
        assert "out.csv.bad-rows.csv: contains the bad rows of an earlier run" in refused.stderr
        assert files_in(register) == before
        assert run("good.csv", "out.csv", "--overwrite").exit_code == 0
        assert sorted(files_in(register)) == ["good.csv", "in.csv", "out.csv"]

    def test_bad_rows_do_not_overwrite_what_is_read(self, register: Path) -> None:
        """The side file of an output never takes the place of the register."""
        Path("in.csv").rename("out.csv.bad-rows.csv")

        done = run("out.csv.bad-rows.csv", "out.csv", *COLUMN)

        assert "is where the bad rows of out.csv would go" in done.stderr
        assert Path("out.csv.bad-rows.csv").read_text(encoding="utf-8") == REGISTER


class TestDatabases:
    def test_a_database_may_be_read_and_written_at_once(self, register: Path) -> None:
        """Two tables of one DuckDB database: one is read while the other is written."""
        with duckdb.connect("base.duckdb") as base:
            base.execute(
                "create table \"raw data\" as select * from read_csv('in.csv', all_varchar = true)"
            )

        done = run("base.duckdb::raw data", "base.duckdb::screened", *COLUMN)
        again = run("base.duckdb::raw data", "base.duckdb::Screened", *COLUMN)
        over = run("base.duckdb::raw data", "base.duckdb::screened", *COLUMN, "--overwrite")

        assert (done.exit_code, again.exit_code, over.exit_code) == (0, 2, 0)
        assert "has a table 'Screened'" in again.stderr
        with duckdb.connect("base.duckdb") as base:
            rows = base.execute('select "destination.country", "Licence no." from screened').fetchall()
            assert base.execute('select count(*) from "raw data"').fetchall() == [(4,)]
        assert rows == [("NO", "L/1"), ("NA", "L/3")]
        assert Path("base.duckdb-screened.bad-rows.csv").exists()

    def test_a_table_is_not_its_own_output(self, register: Path) -> None:
        """Even with --overwrite the table that is read stays."""
        with duckdb.connect("base.duckdb") as base:
            base.execute("create table raw as select * from read_csv('in.csv', all_varchar = true)")

        done = run("base.duckdb::raw", "base.duckdb::RAW", *COLUMN, "--overwrite")

        assert "is the table that is read" in done.stderr

    @pytest.mark.parametrize("name", ["base.duckdb", "base.duckdb::nothing"])
    def test_the_tables_of_a_database_are_named(self, register: Path, name: str) -> None:
        """A table that is not there, or not named, is told with those that are."""
        with duckdb.connect("base.duckdb") as base:
            base.execute("create table raw as select 1 as a")

        done = run(name, "out.csv")

        assert "Expected base.duckdb::TABLE with one of raw." in done.stderr


SINKS = ("out.csv", "out.parquet", "out.duckdb::t")


class StopError(Exception):
    """Something that goes wrong in the middle."""


def interrupted(source: Path, sink: str, error: type[BaseException]) -> None:
    """Runs until the second batch is written, and is stopped there."""

    def stop(share: float) -> None:
        if share > 0.4:
            raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_csv, "CHARACTERS", 1)
        with pytest.raises(error):
            screen(
                str(source), sink, ACT, CATALOGUE.vocabulary, overwrite=True, progress=stop,
                columns={"Country of destination": "destination.country"},
            )  # fmt: skip


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """Lets the system refuse to write past a size, as it does where the disk is full."""
    resource = pytest.importorskip("resource", reason="this system has no limits on files")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class TestWholeOrNotAtAll:
    @pytest.mark.parametrize("sink", SINKS)
    @pytest.mark.parametrize("error", [StopError, KeyboardInterrupt])
    def test_a_run_that_is_stopped_leaves_nothing(
        self, register: Path, sink: str, error: type[BaseException]
    ) -> None:
        """No output, no half of one, no side file."""
        interrupted(register / "in.csv", sink, error)

        assert list(files_in(register)) == ["in.csv"]

    @pytest.mark.parametrize("sink", SINKS)
    def test_a_run_that_is_stopped_leaves_an_earlier_one_as_it_was(
        self, register: Path, sink: str
    ) -> None:
        """With --overwrite the old output and its side file stand until the new ones are whole."""
        assert run("in.csv", sink, *COLUMN).exit_code == 0
        before = files_in(register)

        interrupted(register / "in.csv", sink, StopError)

        assert list(files_in(register)) == list(before)
        if "duckdb" in sink:
            with duckdb.connect("out.duckdb") as base:
                assert base.execute("select count(*) from t").fetchall() == [(2,)]
        else:
            assert files_in(register) == before

    @pytest.mark.skipif(os.name == "nt", reason="this system has no such signals")
    @pytest.mark.parametrize(
        "name",
        ["SIGTERM", *(pytest.param(name, marks=pytest.mark.thorough) for name in ("SIGINT", "SIGHUP"))],
    )
    def test_a_signal_in_the_middle(self, register: Path, name: str) -> None:
        """Ctrl-C, an end of the system and a closed terminal leave nothing, and an earlier output stays."""
        number = getattr(signal, name)
        if signal.getsignal(number) is signal.SIG_IGN:
            pytest.skip("whoever runs these tests has it ignored, as nohup does")
        header, row, *_ = REGISTER.splitlines()
        (register / "in.csv").write_text("\n".join([header, *[row] * 3000]), encoding="utf-8")
        (register / "out.csv").write_text("earlier", encoding="utf-8")
        words = ["screen", "in.csv", "out.csv", *COLUMN, "--overwrite"]
        slowly = (
            "from regcompare.__main__ import program; from regcompare_registers import _csv; "
            "_csv.CHARACTERS = 1; program()"
        )

        with subprocess.Popen(
            [sys.executable, "-c", slowly, *words, "-r", "eu-2021-821"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            while not list(register.glob("out.csv.*.part")) and process.poll() is None:
                time.sleep(0.05)
            time.sleep(0.5)
            process.send_signal(number)
            printed, talk = process.communicate(timeout=60)

        assert process.returncode == 130
        assert (printed, talk.split()[-1:]) == ("", ["Stopped."])
        assert {name: text for name, text in files_in(register).items() if name != "in.csv"} == {
            "out.csv": b"earlier"
        }

    def test_an_interruption_of_a_query_is_one(
        self, register: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """DuckDB makes this other error of it; still nothing is left, and the command stops as asked."""
        add = _sinks._DuckDB.add

        def stopped(self: Any, rows: Any) -> None:
            add(self, rows)
            raise RuntimeError("Query interrupted")

        monkeypatch.setattr(_sinks._DuckDB, "add", stopped)
        with pytest.raises(KeyboardInterrupt):
            screen("in.csv", "out.duckdb::t", ACT, CATALOGUE.vocabulary)

        assert list(files_in(register)) == ["in.csv"]

    def test_an_interruption_as_a_database_is_opened_leaves_none(
        self, register: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Also between its creation and the first table."""

        def connect(path: Path) -> Any:
            duckdb.connect(str(path)).close()
            raise KeyboardInterrupt

        monkeypatch.setattr(_sinks, "connect", connect)
        with pytest.raises(KeyboardInterrupt):
            screen("in.csv", "out.duckdb::t", ACT, CATALOGUE.vocabulary)

        assert list(files_in(register)) == ["in.csv"]

    @pytest.mark.parametrize("name", ["out.csv", "out.parquet", "out.csv.bad-rows.csv"])
    def test_a_full_disk_is_reported(self, register: Path, name: str) -> None:
        """When there is no space left that is said in a sentence, and an earlier output stays."""
        sink = "out.csv" if "bad" in name else name
        Path(sink).write_text("earlier", encoding="utf-8")
        (header, row), most = REGISTER.splitlines()[:2], 20_000
        row = row if name == sink else row.replace("encryption", "encyrption")
        Path("in.csv").write_text("\n".join([header, *[row] * 3_000]), encoding="utf-8")

        with no_file_longer_than(most if name != "out.parquet" else 100):
            done = run("in.csv", sink, *COLUMN, "--overwrite")

        assert done.exit_code == 2
        assert f"{name}: cannot be written (File too large). Nothing was left there." in done.stderr
        assert list(files_in(register)) == ["in.csv", sink]
        assert Path(sink).read_text(encoding="utf-8") == "earlier"

    @pytest.mark.parametrize("overwrite", [True, False])
    def test_two_runs_into_one_output_do_not_mix(self, register: Path, overwrite: bool) -> None:
        """The output and its side file are those of one run; the other is refused, or came before."""

        def second(share: float) -> None:
            if share > 0.4 and not Path("two.csv").exists():
                Path("two.csv").write_text(REGISTER.replace("L/", "M/"), encoding="utf-8")
                assert run("two.csv", "out.csv", *COLUMN).exit_code == 0

        def first() -> None:
            screen(
                "in.csv", "out.csv", ACT, CATALOGUE.vocabulary, overwrite=overwrite, progress=second,
                columns={"Country of destination": "destination.country"},
            )  # fmt: skip

        if overwrite:
            first()
        else:
            with pytest.raises(UsageError, match=r"out.csv: already exists"):
                first()

        whose, other = ("L/", "M/") if overwrite else ("M/", "L/")
        for name in ("out.csv", "out.csv.bad-rows.csv"):
            text = Path(name).read_text(encoding="utf-8")
            assert whose in text
            assert other not in text
        assert len(list(register.iterdir())) == 4

    @pytest.mark.skipif(not Path("/proc").is_dir(), reason="this system has no /proc")
    @pytest.mark.parametrize("name", ["out.csv", "out.parquet", "out.duckdb::t"])
    def test_a_folder_that_takes_no_files_is_reported(self, register: Path, name: str) -> None:
        """Where nothing may be written that is said in a sentence."""
        done = run("in.csv", f"/proc/{name}", *COLUMN)

        assert done.exit_code == 2
        assert "/proc/out." in done.stderr
        assert "cannot be" in done.stderr

    def test_a_parquet_file_that_is_cut_off_is_reported(self, register: Path) -> None:
        """A file damaged in the middle ends the run with the row before it, and atoms nothing."""
        rows = 50_000
        frame = pl.DataFrame({"transaction.kind": ["export"] * rows, "n": range(rows)})
        frame.write_parquet("in.parquet", row_group_size=10_000, compression="zstd")
        whole = bytearray(Path("in.parquet").read_bytes())
        middle = len(whole) // 2
        whole[middle : 2 * middle - 20_000] = b"\xff" * (middle - 20_000)
        Path("in.parquet").write_bytes(whole)

        done = run("in.parquet", "out.csv")

        assert done.exit_code == 2
        assert "in.parquet: cannot be read after row" in done.stderr
        assert not Path("out.csv").exists()


MEASURED = """
import resource, sys
from pathlib import Path
from regcompare.plugins.catalogue import Catalogue
from regcompare_registers import _csv, _tables
from regcompare_registers.screen import screen
_csv.CHARACTERS, _tables.BATCH_ROWS = 1 << 19, 10_000
catalogue = Catalogue.installed()
screen(sys.argv[1], sys.argv[2], [catalogue.ruleset("un-2019")], catalogue.vocabulary)
assert "pandas" not in sys.modules, "half a second of processor time and 30 MB for nothing"
status = Path("/proc/self/status")
if status.exists():  # The usual figure counts in what the process held that started this one.
    print(next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")))
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.thorough
@pytest.mark.parametrize("sink", ["out.csv", "out.parquet"])
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, sink: str) -> None:
    """Four times the rows take hardly more memory, once what is read and written at a time is full."""

    def peak(rows: int) -> float:
        frame = pl.DataFrame({"n": range(rows)}).select(
            pl.format("licence {} with a text of some length", pl.col("n")).alias("note"),
            pl.lit("export").alias("transaction.kind"),
            (pl.col("n") % 7 < 3).alias("end_user.acts_for_state"),
        )
        frame.write_csv(tmp_path / "in.csv")
        out = tmp_path / f"{rows}-{sink}"
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, str(tmp_path / "in.csv"), str(out)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        unit = 1 if sys.platform == "darwin" else 1024
        return int(done.stdout) * unit / 1e6

    small, large = peak(120_000), peak(480_000)

    assert large < small + 40  # The table of 480,000 rows alone is 200 MB on the way.


def test_the_side_file_is_named_after_the_output() -> None:
    """Each output has its own side file beside it, whatever other output has the same stem."""
    assert bad_rows_file("a/out.csv") == Path("a/out.csv.bad-rows.csv")
    assert bad_rows_file("a/out.parquet") == Path("a/out.parquet.bad-rows.csv")
    assert bad_rows_file("a/base.duckdb::t") == Path("a/base.duckdb-t.bad-rows.csv")


def test_an_error_of_a_ruleset_is_reported_before_anything_is_written(register: Path) -> None:
    """The same ruleset twice is refused, and nothing is left."""
    with pytest.raises(UsageError, match="given twice"):
        screen("in.csv", "out.csv", ACT * 2, CATALOGUE.vocabulary)

    assert list(files_in(register)) == ["in.csv"]
