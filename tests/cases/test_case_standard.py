"""Every case on record says what a reader needs to check it; the standard finds what is lacking."""

from __future__ import annotations

import re

import attrs
from tests.support.offenders import of_each
from tests.support.shipped import CASES

from regcompare.scenario.files import read_text
from regcompare.scenario.scenario import Scenario
from regcompare_testing.standard import Lack, advice, companies, lacks

GOOD = """
id: a-sale
kind: documented
record_kind: delivered
date: 2015-06
date_means: delivery
story: A company sold something to a service.
sources:
  - {id: paper, title: A newspaper, url: "https://example.org/a", opened: 2026-12-01, seen: whole}
  - {id: letter, title: A letter, url: none, looked_for: 2026-12-01}
known_from: {item: [paper], exporter: [paper], parties: [paper], end_user: {classified: So called.}}
item: {form: goods}
exporter: {country: FR, name: A company}
parties: {intermediaries: [A trader]}
end_user: {kind: telecom_operator, name: An operator}
replies:
  - {who: A company, words: "We sold none.", source: letter, day: 2016-02}
  - {who: A trader, looked_for: 2026-12-01, where: [own_site, press], terms: trader}
  - {who: An operator, looked_for: 2026-12-01, where: [press], terms: operator}
owners:
  - {of: A company, when: then, name: A fund, source: paper}
  - {of: A company, when: now, looked_for: 2026-12-01}
disputed: [{fact: item.form, by: A company, note: It was software., sources: [letter]}]
record: {decision: unknown, note: No licence is known.}
"""


def lacking(*changes: tuple[str, str]) -> list[Lack]:
    """What the good case lacks once parts of its text are replaced."""
    text = GOOD
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return list(lacks(read_text(text)[0]))


def test_a_good_case_lacks_nothing() -> None:
    """And neither does an invention, of which nothing can be checked."""
    assert lacking() == []
    assert lacking(("documented", "variant"), ("date_means: delivery", "")) == []


@of_each(
    ("lack", "change"),
    [
        (Lack("kind"), ("record_kind: delivered\n", "")),
        (Lack("record"), ("record: {decision: unknown, note: No licence is known.}", "")),
        (Lack("story"), ("story: A company sold something to a service.", "")),
        (Lack("date"), ("date_means: delivery", "")),
        (Lack("basis", "item.form"), ("item: [paper], ", "")),
        (Lack("address", "letter"), (", looked_for: 2026-12-01}\nknown", "}\nknown")),
        (Lack("seen", "paper"), (", seen: whole", "")),
        (Lack("speaker", "item.form"), ("by: A company, ", "")),
        (Lack("dispute", "item.form"), (", sources: [letter]", "")),
        (Lack("reply", "A trader"), ("who: A trader", "who: A tradesman")),
        (Lack("reply", "An operator"), ("who: An operator", "who: The operator")),
        (Lack("owner", "A company, now"), ("when: now", "when: then")),
    ],
    ids=lambda value: getattr(value, "what", ""),
)
def test_one_thing_left_out_is_found(lack: Lack, change: tuple[str, str]) -> None:
    """Each requirement is found by itself, with the fact, source or company that it is about."""
    assert lacking(change) == [lack]


def test_what_is_lacking_is_advice_in_a_sentence() -> None:
    """Each thing is named once, with all of what lacks it; a case without a source says so."""
    (bare,) = read_text("{id: bare, kind: documented, exporter: {name: A company}}")

    assert advice(read_text(GOOD)[0]) == ""
    assert advice(bare).startswith("bare lacks, for a reader who wants to check it: what is on record")
    assert "a source; what a stated fact rests on" in advice(bare)
    assert "owns it now (owners): A company, then, A company, now" in advice(bare)


def test_a_state_body_is_no_company() -> None:
    """Who buys for the state may answer, and need not be asked."""
    (case,) = read_text(GOOD.replace("telecom_operator", "intelligence"))

    assert companies(case) == ("A company", "A trader")


def test_who_took_part_elsewhere_is_not_named_without_an_answer() -> None:
    """A company that another case is about is named with what it says, or where that was looked for."""
    on_record = [case for case in CASES if case.is_documented]
    known = {name for case in on_record for name in companies(case)}

    bare = {
        case.id: names
        for case in on_record
        if (names := [name for name in sorted(_named(case, known)) if name not in _answering(case)])
    }

    assert bare == {}


def _named(case: Scenario, known: set[str]) -> set[str]:
    record = case.record.note if case.record else ""
    text = "\n".join((case.title, case.story, case.summary, record, *(d.note for d in case.disputed)))
    return {name for name in known if re.search(rf"\b{re.escape(name)}\b", text)}


def _answering(case: Scenario) -> str:
    """Those who answer, and owners and predecessors, of whom nothing more is said."""
    before = case.exporter.predecessors
    owners = (f"{owner.of}: {owner.name}" for owner in case.owners)
    return "; ".join(
        [*(r.who for r in case.replies), *owners, *(before if isinstance(before, tuple) else ())]
    )


def test_what_is_taken_over_unsaid_is_found() -> None:
    """A day of another case is meant, or it is a mistake."""
    second = "\n- {id: b, like: a-sale, kind: documented, story: Another., record: {decision: unknown}}"
    text = "- " + GOOD.strip().replace("\n", "\n  ") + second
    case = read_text(text)[1]

    assert [lack.of for lack in lacks(case)] == ["date", "replies", "disputed"]
    assert not list(lacks(attrs.evolve(case, inherited=())))


def test_no_case_on_record_lacks_anything() -> None:
    """Whoever reads a shipped case can check it."""
    assert [sentence for case in CASES if (sentence := advice(case))] == []


PROCEDURE = re.compile(
    r"\b(charge[sd]?|indict\w*|inquir(y|ies)|investigat\w+|complaints?|sued|suit|appeal\w*|prosecut\w+"
    r"|raided|court|tribunal|proceedings)\b",
    re.IGNORECASE,
)
END = re.compile(
    r"(looked|searched) for on \d+ \w+ \d{4}|in the main scenario"
    r"|\b(dismissed|set aside|annulled|upheld|dropped|settlement|closed|led to nothing|no result"
    r"|decided not to|ended on|without an inquiry|removed|breached|had broken no|not overstepped"
    r"|unlawfully)\b",
    re.IGNORECASE,
)
PENDING = {"alleged", "refused", "refusal_set_aside"}
CONTESTABLE = {"refused", "revoked", "suspended", "applied"}


def test_a_procedure_has_its_end_or_the_day_on_which_it_was_looked_for() -> None:
    """A refusal, a charge or an inquiry is not left half told, whoever would be favoured by that."""
    records = [(case, case.record) for case in CASES if case.is_documented and case.record]
    half_told = {
        case.id
        for case, record in records
        if case.record_kind in PENDING or record.decision in CONTESTABLE or PROCEDURE.search(record.note)
        if not END.search(f"{record.note} {case.summary}")
    }

    assert half_told == set()
