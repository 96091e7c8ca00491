"""How a result is cited: a sentence, a footnote and BibTeX."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import attrs
import pytest
import yaml
from click.testing import CliRunner
from tests.support.shipped import CASES, CATALOGUE

import regcompare as rc
from regcompare.cli import main
from regcompare.comparison.receipts import SOFTWARE, facts_hash
from regcompare_publish.citation import AUTHORS, cited_result

MORPHO = "morpho-shanghai-2015"
KEYS = {
    *("sentence", "footnote", "bibtex", "version", "scenario", "ruleset", "result"),
    *("as_of", "mark", "scenario_sha256", "ruleset_sha256", "command", "links", "sources"),
    *("record", "disputes", "replies"),
}


def test_the_sentence_names_case_law_day_and_provision() -> None:
    """It can be quoted alone."""
    assert rc.cite(MORPHO, regime="amnesty").sentence == (
        "On the known facts of “Facial recognition for the Shanghai Public Security Bureau” and under "
        "Amnesty's proposal, read as of 2021-09-09 on top of Regulation 2021/821, the export would be "
        "prohibited (Amnesty demand A02); this rests on disputed facts: the "
        "company told Le Monde that the system was for recorded video and could not be used to watch in real "
        "time. The ruleset asks for live or recorded alike; with those left open it is refusal to prohibition."
    )


@pytest.mark.parametrize("ruleset", ["eu-428-2009", "eu-2021-821", "amnesty"])
def test_every_documented_case_is_cited(ruleset: str) -> None:
    """Whatever its result, a case has one sentence, and an entry with balanced braces."""
    regime = CATALOGUE.ruleset(ruleset)

    for verdict in rc.compare(CASES[:20], regime):
        cited = cited_result(verdict)
        assert cited.sentence.endswith(".")
        assert cited.bibtex.count("{") == cited.bibtex.count("}")


def test_a_verdict_is_cited_as_it_is() -> None:
    """A verdict and what it was made from give the same."""
    assert rc.cite(rc.assess(MORPHO, "amnesty", "2020-11-09")) == rc.cite(
        MORPHO, regime="amnesty", as_of="2020-11-09"
    )


def test_the_command_of_a_citation_gives_the_same_result() -> None:
    """Whoever runs it again gets the same result and the same hashes, with readings that were chosen."""
    first = rc.cite(MORPHO, regime="amnesty", readings={"IC-09": "open"})
    again = CliRunner().invoke(main, [*first.command.split()[1:], "--format", "json"])

    assert "--reading IC-09=open" in first.command
    assert json.loads(again.stdout)["result"] == first.result
    assert json.loads(again.stdout)["ruleset_sha256"] == first.ruleset_sha256
    assert rc.cite(MORPHO, regime="amnesty", as_of="2021-09-10").ruleset_sha256 != first.ruleset_sha256
    assert first.command in str(first)


def test_the_command_of_a_case_of_ones_own_names_its_file(tmp_path: Path) -> None:
    """The case has no id that anyone else knows; the command can be run as it is printed."""
    file = tmp_path / "my case.yaml"
    file.write_text("id: my-case\nitem: {technology: encryption}\n")

    first = rc.cite(file, regime="eu-2021-821")
    words = shlex.split(first.command)
    again = CliRunner().invoke(main, [*words[1:], "--format", "json"])

    assert words[1:5] == ["cite", str(file), "--scenario", "my-case"]
    assert json.loads(again.stdout)["scenario_sha256"] == first.scenario_sha256


def test_links_lead_to_the_law_in_a_language() -> None:
    """The provisions come with what they do to the result."""
    cited = rc.cite(MORPHO, regime="eu-2021-821", lang="nl")

    assert cited.links == [
        {
            "cite": "Reg. (EU) 2021/821 Art. 5(2)",
            "status": "may apply",
            "url": "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:32021R0821#art_5",
        }
    ]
    assert "/NL/" in cited.bibtex
    with pytest.raises(rc.UsageError, match="not a language in which"):
        rc.cite(MORPHO, lang="xx")


def test_signs_of_latex_are_text_in_bibtex() -> None:
    """What LaTeX or BibTeX would obey is written out; braces go by name, since BibTeX counts them."""
    case = attrs.evolve(CASES[0], title=r"50% of $ & {x} \input~^_#<a>")

    entry = rc.cite(case, regime="eu-428-2009").bibtex

    assert (
        r"50\% of \$ \& \textbraceleft{}x\textbraceright{} \textbackslash{}input\textasciitilde{}"
        r"\textasciicircum{}\_\#\textless{}a\textgreater{}"
    ) in entry
    assert entry.count("{") == entry.count("}")


def test_the_hash_is_of_the_facts() -> None:
    """A title changes nothing; a fact or an assumption does."""
    case = CASES[0]
    told = attrs.evolve(case, title="other", summary="other")
    assumed = attrs.evolve(case, presume=())

    assert facts_hash(told) == facts_hash(case)
    assert facts_hash(assumed) != facts_hash(case)
    assert re.fullmatch(r"[0-9a-f]{64}", facts_hash(case))


def test_the_command_prints_each_form() -> None:
    """Text, BibTeX, or an object with all of it."""
    forms = {
        form: CliRunner().invoke(main, ["cite", MORPHO, "-r", "amnesty", "--format", form]).stdout
        for form in ("text", "bibtex", "json")
    }
    told = json.loads(forms["json"])

    assert set(told) == KEYS
    assert forms["text"].startswith(told["sentence"])
    assert forms["bibtex"].rstrip("\n") == told["bibtex"]
    assert told["mark"] == "inferred"


def test_a_citation_leads_to_the_law_the_demand_and_the_sources() -> None:
    """A demand has the address of the statement it is based on; hashes pin the facts and the law."""
    cited = rc.cite(MORPHO, regime="amnesty")

    (link,) = cited.links
    assert link["url"].startswith("https://www.amnesty.nl/")
    for address in (link["url"], *(item["url"] for item in cited.sources if item["url"])):
        assert address in cited.footnote
    assert cited.ruleset_sha256 in cited.footnote
    assert cited.ruleset_sha256 != rc.cite(MORPHO, regime="eu-2021-821").ruleset_sha256


def test_one_result_is_cited_at_a_time() -> None:
    """Two rulesets are refused."""
    done = CliRunner().invoke(main, ["cite", MORPHO, "-r", "amnesty", "-r", "eu-2021-821"])

    assert done.exit_code == 2
    assert "One result is cited at a time" in done.stderr


def test_the_software_is_called_as_in_its_citation_file() -> None:
    """CITATION.cff and the entries name the same software and authors."""
    told = yaml.safe_load((Path(__file__).parents[2] / "CITATION.cff").read_text(encoding="utf-8"))

    assert (told["title"], told["authors"][0]["name"]) == (SOFTWARE, AUTHORS)
