"""Mistakes planted in an invented law, one at a time: each is told, with its place and its cure."""

from __future__ import annotations

import importlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from regcompare.cli import main

LAW = Path(__file__).parent / "planted" / "lorikeet"
LOADED = "regcompare-lorikeet,regcompare:prove,regcompare:publish,regcompare:testing"
Edits = tuple[tuple[str, str, str], ...]


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Edits], str]:
    """What ``clinic`` says of the law, after places in its files were changed."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("REGCOMPARE_PLUGINS", LOADED)

    def examine(edits: Edits) -> str:
        folder = tmp_path / "lorikeet"
        shutil.copytree(LAW, folder, ignore=shutil.ignore_patterns("__pycache__"))
        for file, old, new in edits:
            path = folder / file
            text = path.read_text(encoding="utf-8")
            assert old in text, f"{file} does not say {old!r}"
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        metadata = tmp_path / "regcompare_lorikeet-1.0.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text("Name: regcompare-lorikeet\nVersion: 1.0\n", "utf-8")
        (metadata / "entry_points.txt").write_text("[regcompare]\nlaw = lorikeet\n", "utf-8")
        importlib.invalidate_caches()
        done = CliRunner().invoke(main, ["clinic", "regcompare-lorikeet"], catch_exceptions=False)
        return done.stdout + done.stderr

    return examine


def test_the_law_itself_is_clean(clinic: Callable[[Edits], str]) -> None:
    """Each mistake below is the only one."""
    assert clinic(()).endswith("\nNothing found.\n")


# the mistakes: what is told, with place and cure, and what is changed in which file ------------------

MISTAKES: dict[str, tuple[str, Edits]] = {
    "fixed-reference-date": (
        r"cases\.yaml:\d+.*in the text from 2021-09-09; the case is of 2020-06-01.*as_of: 2020-06-01",
        (("__init__.py", 'reference_date="scenario"', "reference_date=dt.date(2021, 12, 1)"),),
    ),
    "case-before-the-version": (
        r"cases\.yaml:\d+.*in the text from 2021-09-09; the law applied is that of 2021-09-08 \(the date of the case\)\. On that day the text has 9-1\. Correct the date",
        (("cases.yaml", "date: 2021-09-09", "date: 2021-09-08"),),
    ),
    "version-begins-late": (
        r"gap: .*\(controls\.py:\d+\).*Declare 9-1-2021 by chapter\.amend\(\) of 9-1, which leaves no gap\. \(controls\.py:\d+\)",
        (
            (
                "controls.py",
                'Lori.size.is_in("large"),\n    then=',
                'Lori.size.is_in("large"),\n    period=Period(None, dt.date(2021, 9, 9)),\n    then=',
            ),
            (
                "controls.py",
                'sec_9_1_2021 = chapter.amend(\n    sec_9_1,\n    since=dt.date(2021, 9, 9),\n    by=LATER["Art. 1 no. 2"],',
                'sec_9_1_2021 = chapter.rule(\n    ORD["§ 9(1)"],\n    id="9-1-2021",\n    period=Period(dt.date(2021, 9, 12)),\n    then=Outcome.AUTHORISATION,\n    triggered_by=Trigger.AUTHORITY,',
            ),
            ("controls.py", 'in any nuclear plant."', 'in any nuclear plant."'),
        ),
    ),
    "version-begins-early": (
        r"overlap: .*Declare 9-1-2021 by chapter\.amend\(\) of 9-1, so that one ends.*\(controls\.py:\d+\)",
        (
            (
                "controls.py",
                'Lori.size.is_in("large"),\n    then=',
                'Lori.size.is_in("large"),\n    period=Period(None, dt.date(2021, 9, 9)),\n    then=',
            ),
            (
                "controls.py",
                'sec_9_1_2021 = chapter.amend(\n    sec_9_1,\n    since=dt.date(2021, 9, 9),\n    by=LATER["Art. 1 no. 2"],',
                'sec_9_1_2021 = chapter.rule(\n    ORD["§ 9(1)"],\n    id="9-1-2021",\n    period=Period(dt.date(2021, 9, 2)),\n    then=Outcome.AUTHORISATION,\n    triggered_by=Trigger.AUTHORITY,',
            ),
            ("controls.py", 'in any nuclear plant."', 'in any nuclear plant."'),
        ),
    ),
    "amended-since-wrong-year": (
        r"no such rule\. Did you mean '9-1-2012'\?",
        (("controls.py", "since=dt.date(2021, 9, 9)", "since=dt.date(2012, 9, 9)"),),
    ),
    "old-version-not-ended": (
        r"overlap: .*throughout\. Declare 9-1-2021 by chapter\.amend\(\) of 9-1.*\(controls\.py:\d+\)",
        (
            (
                "controls.py",
                'sec_9_1_2021 = chapter.amend(\n    sec_9_1,\n    since=dt.date(2021, 9, 9),\n    by=LATER["Art. 1 no. 2"],',
                'sec_9_1_2021 = chapter.rule(\n    ORD["§ 9(1)"],\n    id="9-1-2021",\n    period=Period(dt.date(2021, 9, 9)),\n    then=Outcome.AUTHORISATION,\n    triggered_by=Trigger.AUTHORITY,',
            ),
        ),
    ),
    "row-of-2051": (
        r"late-row: The row begins on 2051-07-18.*Correct the day.*\(entries\.csv:2\)",
        (("entries.csv", "5A902,2015-07-18", "5A902,2051-07-18"),),
    ),
    "row-lost": (
        r"unlisted-code: .*lori\.entry includes 5E902.*or add the row",
        (
            ("entries.csv", '5E902,2015-07-18,2021-09-09,"LO, Annex, first wording",text,\n', ""),
            ("entries.csv", '5E902,2021-09-09,,"LO, Annex, second wording",text,\n', ""),
        ),
    ),
    "wrong-code": (
        r"unlisted-code: .*lori\.entry includes 5E920.*Correct the code",
        (("services.py", '"5E902"', '"5E920"'),),
    ),
    "gap-between-rows": (
        r"entries\.csv:4 and 5: no row about 5E902.*Join the rows",
        (("entries.csv", "2015-07-18,2021-09-09", "2015-07-18,2021-09-02"),),
    ),
    "rows-overlap": (
        r"entries\.csv:4 and 5: two rows.*end the earlier one",
        (("entries.csv", "2015-07-18,2021-09-09", "2015-07-18,2022-09-09"),),
    ),
    "day-lost-between-rows": (
        r"entries\.csv:4 and 5: one day, 2021-09-08, is lost.*the day after the last",
        (("entries.csv", "2015-07-18,2021-09-09", "2015-07-18,2021-09-08"),),
    ),
    "day-not-a-day": (
        r"entries\.csv:3: .*18\.7\.2015.*YYYY-MM-DD",
        (("entries.csv", "5D902,2015-07-18", "5D902,18.7.2015"),),
    ),
    "unknown-column": (
        r"entries\.csv:1: there is no column start.*Expected start",
        (("entries.csv", "pattern,start,end", "pattern,begin,end"),),
    ),
    "row-without-source": (
        r"entries\.csv:3: .*the source is missing",
        (("entries.csv", '5D902,2015-07-18,,"LO, Annex"', "5D902,2015-07-18,,"),),
    ),
    "unquoted-comma": (
        r"entries\.csv:4: .*quote any cell with a comma",
        (("entries.csv", '"LO, Annex, first wording"', "LO, Annex, first wording"),),
    ),
    "country-misspelt": (
        r"controls\.py:\d+: .*'SH1'.*two-letter country code",
        (("partners.csv", "CA CH", "CA SH1"),),
    ),
    "citation-copied": (
        r"'8-1' names two provisions, LO § 8\(1\) \(controls\.py:\d+\) and LO § 8\(1\) \(controls\.py:\d+\)\. Correct the citation",
        (("controls.py", 'ORD["§ 9(2)"]', 'ORD["§ 8(1)"]'),),
    ),
    "citation-copied-from-next": (
        r"'52-1' names two provisions.*\(services\.py:\d+\) and .*\(services\.py:\d+\)\. Correct the citation",
        (("services.py", 'ORD["§ 53"]', 'ORD["§ 52(1)"]'),),
    ),
    "citation-copied-with-an-id": (
        r"copied-citation: 53 cites LO § 52\(1\), as 52-1 does\. Correct the citation.*\(services\.py:\d+\)",
        (
            ("services.py", '    ORD["§ 53"],', '    ORD["§ 52(1)"],'),
            (
                "services.py",
                "    when=assistance & Lori.told,",
                '    id="53",\n    when=assistance & Lori.told,',
            ),
        ),
    ),
    "second-rule-of-one-citation": (
        r"same-citation: 52-1-b has the citation.*\(services\.py:\d+\).*cite the point.*\(services\.py:\d+\)",
        (
            ("services.py", '    ORD["§ 53"],', '    ORD["§ 52(1)"],'),
            (
                "services.py",
                "    when=assistance & Lori.told,\n    then=Outcome.AUTHORISATION,\n    triggered_by=Trigger.AUTHORITY,",
                '    id="52-1-b",\n    when=assistance & Lori.told,\n    then=Outcome.AUTHORISATION,\n    triggered_by=Trigger.ACT,',
            ),
            ("cases.yaml", "rules: ['53']", "rules: [52-1-b]"),
        ),
    ),
    "no-citation": (
        r"services\.py:\d+: .*citation first",
        (("services.py", '    ORD["§ 53"],', '    "§ 53",'),),
    ),
    "text-not-listed": (
        r"no-citation: 8-1 cites LO.*Add it to instruments=\. \(controls\.py:\d+\)",
        (("__init__.py", "instruments=(ORD, LATER)", "instruments=(LATER,)"),),
    ),
    "brackets": (
        r"brackets: '§ 8\(3', cited by 8-3.*not closed.*\(controls\.py:\d+\)",
        (("controls.py", 'ORD["§ 8(3)"]', 'ORD["§ 8(3"]'),),
    ),
    "no-address": (
        r"no-address: LO has no address.*Give address=",
        (("texts.py", '    address="https://gazette.lorikeet.example/2013/9",\n', ""),),
    ),
    "address-without-scheme": (
        r"texts\.py:\d+: .*starts with https://",
        (
            (
                "texts.py",
                '"https://gazette.lorikeet.example/2013/9"',
                '"gazette.lorikeet.example/2013/9"',
            ),
        ),
    ),
    "sentence-copied": (
        r"same-sentence: 53 has the sentence of 52-1 \(services\.py:\d+\).*Say what it says itself\. \(services\.py:\d+\)",
        (
            (
                "services.py",
                '"Technical assistance for a nuclear use of which one was told needs a licence."',
                '"Technical assistance with surveillance technology needs a licence if it is for repression."',
            ),
        ),
    ),
    "no-full-stop": (
        r"services\.py:\d+: .*sentence must be a full plain sentence",
        (("services.py", 'repression.",', 'repression",'),),
    ),
    "then-missing": (
        r"services\.py:\d+: chapter\.rule\(LO § 52\(1\)\): then= missing; give it",
        (
            (
                "services.py",
                "    then=Outcome.AUTHORISATION,\n    triggered_by=Trigger.ACT,",
                "    triggered_by=Trigger.ACT,",
            ),
        ),
    ),
    "trigger-missing": (
        r"services\.py:\d+: chapter\.rule\(LO § 53\): triggered_by= missing; give it",
        (("services.py", "    triggered_by=Trigger.AUTHORITY,\n", ""),),
    ),
    "keyword-misspelt": (
        r"services\.py:\d+: .*no trigered_by=\. Did you mean 'triggered_by'",
        (("services.py", "triggered_by=Trigger.AUTHORITY", "trigered_by=Trigger.AUTHORITY"),),
    ),
    "outcome-misspelt": (
        r"services\.py:\d+: .*Did you mean 'Outcome\.AUTHORISATION'",
        (("services.py", "Outcome.AUTHORISATION", "Outcome.AUTHORIZATION"),),
    ),
    "outcome-as-text": (
        r"services\.py:\d+: .*then= takes an Outcome",
        (("services.py", "Outcome.AUTHORISATION", '"licence"'),),
    ),
    "fact-misspelt": (
        r"services\.py:\d+: .*Did you mean 'Lori\.told'",
        (("services.py", "Lori.told", "Lori.tolled"),),
    ),
    "answer-misspelt": (
        r"controls\.py:\d+: .*Did you mean 'large'",
        (("controls.py", 'Lori.size.is_in("large")', 'Lori.size.is_in("larg")'),),
    ),
    "core-answer-misspelt": (
        r"services\.py:\d+: .*Did you mean 'internal_repression'",
        (("services.py", '"internal_repression"', '"internal_represion"'),),
    ),
    "kind-misspelt": (
        r"services\.py:\d+: .*Did you mean 'technical_assistance'",
        (("services.py", '"technical_assistance"', '"technical_assistence"'),),
    ),
    "and-for-both": (
        r"controls\.py:\d+: .*Write &, \| and ~",
        (("controls.py", "leaves & listed,\n    period", "leaves and listed,\n    period"),),
    ),
    "equals": (
        r"controls\.py:\d+: lori\.size is not a condition\..*is_in\(",
        (("controls.py", 'Lori.size.is_in("large"),', 'Lori.size == "large",'),),
    ),
    "not-for-negation": (
        r"controls\.py:\d+: invalid syntax",
        (("controls.py", "~listed & Lori.told,", "not listed,"),),
    ),
    "choice-as-set": (
        r"controls\.py:\d+: .*write \.is_in\(",
        (("controls.py", 'Lori.size.is_in("large"),', 'Lori.size.includes_any("large"),'),),
    ),
    "lifts-by-id": (
        r"controls\.py:\d+: .*overrides= takes the rule itself",
        (("controls.py", "overrides=sec_8_1", 'overrides="8-1"'),),
    ),
    "power-not-declared": (
        r"asks 'discretion:11'.*Declare it",
        (
            (
                "controls.py",
                "refused = chapter.discretion(",
                "from regcompare.ruleset.rules import Discretion\n\nrefused = Discretion(",
            ),
        ),
    ),
    "power-without-question": (
        r"controls\.py:\d+: Discretion LO § 11: question must be a full plain sentence",
        (("controls.py", '"Has the office refused the licence?"', '"The office has refused"'),),
    ),
    "may-without-power": (
        r"may-binds: 11 says “may”.*ask for a discretion.*\(controls\.py:\d+\)",
        (("controls.py", "when=leaves & listed & refused", "when=leaves & listed & Lori.knows"),),
    ),
    "refusal-without-finding": (
        r"controls\.py:\d+: .*review=Review\(\.\.\.\), or a clause in states=",
        (("controls.py", '    states="the office, for reasons of security",\n', ""),),
    ),
    "vocabulary-forgotten": (
        r"__init__\.py:\d+: .*no section 'lori': give vocabulary=",
        (("__init__.py", "    vocabulary=VOCABULARY,\n", ""),),
    ),
    "section-not-offered": (
        r"asks about 'lori', which is not offered\. Expected regcompare_facts\(\)",
        (("__init__.py", "return [FactSections((Lori,), CONSTRAINTS, own_answers=OWN)]", "return []"),),
    ),
    "constraint-wrong-way-round": (
        r"cases\.yaml:\d+:\d+: RC301 .*Who was told knows\..*the constraint is the wrong way round",
        (("facts.py", "Lori.told, Lori.knows)", "Lori.knows, Lori.told)"),),
    ),
    "chapter-not-offered": (
        r"left-out-chapter: services\.py declares chapter, with 4 provisions.*Add it to provisions=",
        (
            (
                "__init__.py",
                "provisions=(controls.chapter, services.chapter)",
                "provisions=(controls.chapter,)",
            ),
            ("__init__.py", '"technical_assistance", ', ""),
        ),
    ),
    "chapter-not-imported": (
        r"left-out-chapter: services\.py declares chapter, and nothing imports.*add services\.chapter",
        (
            ("__init__.py", "from . import controls, services", "from . import controls"),
            (
                "__init__.py",
                "provisions=(controls.chapter, services.chapter)",
                "provisions=(controls.chapter,)",
            ),
        ),
    ),
    "rule-outside-its-chapter": (
        r"left-out-chapter: controls\.py declares chapter, with 7 provisions.*Add it to provisions=",
        (
            (
                "__init__.py",
                "provisions=(controls.chapter, services.chapter)",
                "provisions=(controls.sec_8_1, services.chapter)",
            ),
        ),
    ),
    "kind-not-covered": (
        r"cases\.yaml:\d+.*technical_assistance is not in its covers=.*add it there",
        (("__init__.py", '"technical_assistance", ', ""),),
    ),
    "scope-wrong": (
        r"cases\.yaml:\d+.*its scope= fails on exporter\.country; correct one",
        (("__init__.py", 'is_in("NZ")', 'is_in("AU")'),),
    ),
    "act-in-force-too-late": (
        r"cases\.yaml:\d+.*not in force on 2020-06-01 \(the date of the case\); it is in force from 2031-08-01; correct one",
        (("__init__.py", "dt.date(2013, 8, 1)", "dt.date(2031, 8, 1)"),),
    ),
    "reference-date-before-the-act": (
        r"__init__\.py:\d+: .*reference_date=2012-01-01 is outside its period.*or 'scenario'",
        (("__init__.py", 'reference_date="scenario"', "reference_date=dt.date(2012, 1, 1)"),),
    ),
    "duty-that-never-applies": (
        r"never-applies: 22-3 can never apply\. Correct its when=.*\(services\.py:\d+\)",
        (
            (
                "services.py",
                "    when=assistance,\n",
                '    when=assistance & Transaction.kind.is_in("export"),\n',
            ),
        ),
    ),
    "rule-that-never-holds": (
        r"never-holds: 53 can never hold\. Correct its condition\. \(services\.py:\d+\)",
        (("services.py", "when=assistance & Lori.told", "when=assistance & Lori.told & ~Lori.knows"),),
    ),
    "exception-lifts-wrong-rule": (
        r"never-decisive: .*without 8-3.*by overrides=\. \(controls\.py:\d+\)",
        (("controls.py", "overrides=sec_8_1", "overrides=()"),),
    ),
    "reform-offered-without-an-id": (
        r"__init__\.py:\d+: .*cannot have the id 'lorikeet'; give it its own",
        (("__init__.py", "return [LORIKEET]", 'return [LORIKEET.without("53", id="lorikeet")]'),),
    ),
    "same-id-twice-offered": (
        r"another ruleset with the id lorikeet-without-53, one made apart.*Bind it to one name",
        (("__init__.py", "return [LORIKEET]", 'return [LORIKEET, LORIKEET.without("53")]'),),
    ),
    "hook-misspelt": (
        r"regcompare_ruleset\(\) is no hook.*Did you mean 'regcompare_rulesets'",
        (("__init__.py", "def regcompare_rulesets", "def regcompare_ruleset"),),
    ),
    "hookimpl-forgotten": (
        r"regcompare_rulesets\(\) is not marked.*@hookimpl above it",
        (("__init__.py", "@hookimpl\ndef regcompare_rulesets", "def regcompare_rulesets"),),
    ),
    "hook-returns-one": (
        r"regcompare_rulesets\(\) returned Ruleset\. Expected a list",
        (("__init__.py", "return [LORIKEET]", "return LORIKEET"),),
    ),
    "name-imported-from-elsewhere": (
        r"texts\.py:\d+: EvidenceLevel is in regcompare\.authoring\. Expected from regcompare\.authoring import EvidenceLevel",
        (
            (
                "texts.py",
                "from regcompare.authoring import EvidenceLevel, Instrument",
                "from regcompare import EvidenceLevel\nfrom regcompare.authoring import Instrument",
            ),
        ),
    ),
    "interface-of-the-future": (
        r"interface 7; this is 2.*REGCOMPARE_API = ",
        (("__init__.py", "REGCOMPARE_API = 2", "REGCOMPARE_API = 7"),),
    ),
    "cases-file-misspelt": (
        r"__init__\.py:\d+: .*case\.yaml, which does not exist\. Give the files",
        (("__init__.py", '"cases.yaml"', '"case.yaml"'),),
    ),
    "case-key-misspelt": (
        r"cases\.yaml:\d+:\d+: .*Did you mean 'country'",
        (("cases.yaml", "destination: {country: EG}", "destination: {contry: EG}"),),
    ),
    "case-answer-misspelt": (
        r"cases\.yaml:\d+:\d+: .*Did you mean 'export'",
        (("cases.yaml", "kind: export}", "kind: exports}"),),
    ),
    "case-like-misspelt": (
        r"cases\.yaml:\d+:\d+: .*Did you mean 'listed-device'",
        (("cases.yaml", "like: listed-device", "like: listed-devise"),),
    ),
    "expected-rule-misspelt": (
        r"cases\.yaml:\d+.*no such rule\. Did you mean '52-1'",
        (("cases.yaml", "rules: [52-1]", "rules: [52-2]"),),
    ),
    "expected-outcome-misspelt": (
        r"cases\.yaml:\d+:\d+: .*'license' is not an outcome.*Expected no_control",
        (("cases.yaml", "outcome: authorisation, rules: [52-1]", "outcome: license, rules: [52-1]"),),
    ),
    "expected-ruleset-misspelt": (
        r"cases\.yaml:\d+.*Did you mean 'lorikeet'",
        (
            (
                "cases.yaml",
                "expect: {lorikeet: {outcome: authorisation, rules: [52-1]}}",
                "expect: {lorikeat: {outcome: authorisation, rules: [52-1]}}",
            ),
        ),
    ),
    "expected-outcome-wrong": (
        r"cases\.yaml:\d+.*got authorisation\. Rules that hold: 52-1.*Correct the case",
        (
            (
                "cases.yaml",
                "outcome: authorisation, rules: [52-1]",
                "outcome: prohibition, rules: [52-1]",
            ),
        ),
    ),
    "near-miss-lost": (
        r"Rule 53 \(LO § 53\): the near miss help-for-repression differs from help-told in 3 facts",
        (
            (
                "cases.yaml",
                "- id: help\n  like: help-for-repression\n  title: Help with nothing of the kind\n  end_use: {concerns: []}\n  expect: {lorikeet: no_control}\n",
                "",
            ),
            ("cases.yaml", "like: help\n", "like: help-for-repression\n"),
            (
                "cases.yaml",
                "title: Help with a nuclear use\n",
                "title: Help with a nuclear use\n  end_use: {concerns: []}\n",
            ),
        ),
    ),
    "translation-missing": (
        r"texts in nl: 1 found; regcompare catalogues regcompare-lorikeet nl",
        (("locale/nl.po", 'msgid "small"\nmsgstr "klein"\n\n', ""),),
    ),
    "translation-stale": (
        r"stale, no longer used: 'tiny'",
        (("locale/nl.po", 'msgid "small"', 'msgid "tiny"'),),
    ),
    "todo": (
        r"todo: The text LO still says: TODO",
        (("texts.py", '"Lorikeet Ordinance on foreign trade"', '"TODO"'),),
    ),
    "term-amended-after-use": (
        r"controls\.py:\d+: .*8-1 uses “export” already; amend the term above it",
        (
            (
                "controls.py",
                "# § 11",
                'leaves = chapter.amend(leaves, since=dt.date(2021, 9, 9), condition=Transaction.kind.is_in("export"))\n# § 11',
            ),
        ),
    ),
    "table-misspelt": (
        r"lists\.py:\d+: .*Expected a file that exists, such as .*Did you mean 'entries\.csv'",
        (("lists.py", '"entries.csv"', '"entry.csv"'),),
    ),
    "day-of-reading-as-text": (
        r"lists\.py:\d+: DatedTable: verified_through= takes a day such as",
        (("lists.py", "verified_through=dt.date(2021, 12, 31)", 'verified_through="2021-12-31"'),),
    ),
    "tables-of-one-name": (
        r"same-name: Two tables are called “.*”\. Call each by its own name",
        (("lists.py", '"partner states"', '"Lorikeet\'s list"'),),
    ),
    "terms-of-one-name": (
        r"same-name: The terms of LO .* are both called “.*Call each by its own name",
        (
            (
                "services.py",
                "    when=assistance & Lori.told,",
                '    when=Term("assistance", ORD["§ 2(3)"], assistance & Lori.told),',
            ),
            (
                "services.py",
                "    when=assistance,\n",
                '    when=Term("assistance", ORD["§ 2(4)"], assistance),\n',
            ),
        ),
    ),
    "list-asked-of-a-yes": (
        r"RC411 .*lists\.py:\d+: .*lori\.told has no 'includes_any'; it is itself a condition.*as the message says",
        (("lists.py", ".lists(Lori.entry", ".lists(Lori.told"),),
    ),
    "rule-used-above-it": (
        r"controls\.py:\d+: .*'sec_11' is not defined\. Expected it to be defined above its use; it is in line \d+\. Move it up",
        (("controls.py", "overrides=sec_8_1", "overrides=sec_11"),),
    ),
    "name-misspelt": (
        r"controls\.py:\d+: .*Expected a name that is defined or imported above\. Did you mean 'sec_8_1'",
        (("controls.py", "overrides=sec_8_1", "overrides=sec_81"),),
    ),
    "keyword-of-a-fact": (
        r"facts\.py:\d+: .*there is no codes=\. It takes question, help, states",
        (("facts.py", 'changed_by="nobody",', 'changed_by="nobody", codes=("5A902",),'),),
    ),
    "fact-that-asks-nothing": (
        r"no-question: lori\.\w+ asks .* no question\. End it",
        (("facts.py", '"How large is the plant?"', '"Size of the plant"'),),
    ),
    "old-version-asked": (
        r"old-version: 9-2 asks what 9-1 asked until 2021-09-09.*Join both.*\(controls\.py:\d+\)",
        (
            (
                "controls.py",
                'when=leaves & ~listed & Lori.knows & Lori.size.is_in("large") & EndUser.acts_for_state',
                "when=sec_9_1.when & EndUser.acts_for_state",
            ),
            ("cases.yaml", "lori: {knows: yes}", "lori: {knows: yes, told: yes}"),
        ),
    ),
}


@pytest.mark.thorough
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_place_and_cure(clinic: Callable[[Edits], str], mistake: str) -> None:
    """In one line of what ``clinic`` prints."""
    told, edits = MISTAKES[mistake]
    printed = clinic(edits)

    assert re.search(told, printed), printed
    assert "Nothing found." not in printed
