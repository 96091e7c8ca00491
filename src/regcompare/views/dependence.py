"""What results depend on, in sentences below a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from regcompare.comparison.comparison import counted
from regcompare.comparison.sensitivity import Beside, ChangedSince, Sensitivity
from regcompare.verdict.verdict import Verdict

__all__ = ["beside_sentences", "changed_sentences", "presumed_sentences"]

_FEW = 12
"""Up to this many cases are named one by one."""

_ORDINARY = (
    "Where a file says `presume: ordinary`, standard assumptions apply to what it does not state; "
    "`explain` lists them."
)


def presumed_sentences(found: Sensitivity) -> list[str]:
    """Returns on which assumptions results depend; the standard ones take a single line."""
    ordinary = any("ordinary" in verdict.scenario.presume for verdict in found.verdicts)
    return [*_case_by_case(found), *([_ORDINARY] if ordinary else [])]


def _case_by_case(found: Sensitivity) -> Iterator[str]:
    """Names the cases and the answers; of many cases, how many depend on each answer."""
    presumed = found.presumed
    if len(presumed) > _FEW:
        cases = len({verdict.scenario.id for verdict in found.verdicts})
        numbers = Counter(fact for facts in presumed.values() for fact in facts)
        told = ", ".join(f"{fact} in {number}" for fact, number in numbers.most_common())
        yield (
            f"The results of {len(presumed)} of the {cases} cases depend on assumptions made in the "
            f"case files as well as the standard ones: {told}. `explain` lists them for each case."
        )
    elif presumed:
        told = "; ".join(f"{name} ({', '.join(facts)})" for name, facts in presumed.items())
        yield f"Depends on assumptions made in the case file as well as the standard ones: {told}."


def changed_sentences(found: Sensitivity) -> list[str]:
    """Returns a sentence for each law that gives something else on the later day of the facts."""
    return list(map(_changed, found.changed_since))


def _changed(law: ChangedSince) -> str:
    return (
        f"{law.ruleset.title} has changed since the date as of which it is applied here. As it stood on "
        f"the date of the facts, the result differs for {counted(len(law.verdicts), 'case')}: "
        f"{_named(law.verdicts)}. --as-of scenario applies that version."
    )


def beside_sentences(found: Sensitivity) -> list[str]:
    """Returns a sentence for each law that applies together with a compared one and is not compared."""
    return list(map(_beside, found.beside))


def _beside(law: Beside) -> str:
    sure = ""
    if law.reached:
        sure = f"certainly applies to {counted(len(law.reached), 'case')}: {_named(law.reached)}"
    cases = "case" if len(law.open) == 1 else "cases"
    may = f"may apply to {len(law.open)} {'more ' if sure else ''}{cases}"
    reach = ", and ".join(filter(None, [sure, may if law.open else ""]))
    return (
        f"{law.ruleset.title} ({law.ruleset.id}), which applies together with "
        f"{' and '.join(law.parallel_to)}, {reach}."
    )


def _named(verdicts: Iterable[Verdict]) -> str:
    return "; ".join(f"{verdict.scenario.id} ({verdict.result})" for verdict in verdicts)
