"""What a notebook or script calls: cases, rulesets and days in any form, and nothing else to set up."""

from __future__ import annotations

import copyreg
from functools import partial
from typing import TYPE_CHECKING, Any

from ._support.displays import displayed_by
from .comparison.comparison import Comparison
from .ruleset.ruleset import Ruleset
from .verdict.verdict import Verdict

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from .accepted import CaseLike, CasesLike, DayLike, Library, Named, RegimeLike, RegimesLike
    from .comparison.expectations import Check
    from .proofs.proofs import Except, Proof
    from .scenario.as_if import AsIfFrom
    from .scenario.scenario import Scenario
    from .verdict.assess import Readings
    from .views.citation import CitedResult


def cases(given: CasesLike = None) -> Named[Scenario]:
    """Returns cases, each found by its id: the documented ones, or those that are named.

    Args:
        given: A case or several, each as an id, a path, a mapping or a scenario.
    """
    from .accepted import Named

    return Named(_library().cases(given), "case")


def regimes(given: RegimesLike = None) -> Named[Ruleset]:
    """Returns rulesets, each found by its id: all that are installed, or those that are named.

    Args:
        given: A ruleset or several, each as an id, a path of a Python file or a ruleset.
    """
    from .accepted import Named

    library = _library()
    found = library.catalogue.rulesets.values() if given is None else library.regimes(given)
    return Named(tuple(found), "regime")


def read(*paths: str | os.PathLike[str]) -> Named[Scenario]:
    """Reads the cases of scenario files and of folders of them.

    Raises:
        FileError: Files have mistakes; all of a file's are named.
    """
    from pathlib import Path

    return cases(list(map(Path, paths)))


def compare(
    cases: CasesLike = None,
    regimes: RegimesLike = None,
    as_of: DayLike = None,
    *,
    readings: Readings = None,
    exact: bool = False,
    include: str | Iterable[str] = (),
    as_if_from: AsIfFrom = None,
) -> Comparison:
    """Puts cases under regimes, side by side.

    Args:
        cases: A case or several, each as an id, a path, a mapping or a scenario; the documented ones
            where none is given.
        regimes: A regime or several, each as an id, a path of a Python file or a ruleset; the three
            regimes where none is given.
        as_of: The day whose law is applied, as a date or text; ``scenario`` for the day of the facts,
            ``today``, or nothing for each ruleset's reference date.
        readings: Readings of doubtful texts by id, or ``open``; each ruleset takes those that it knows.
        exact: Whether the ends of each span are proved, which needs the extra ``prove``.
        include: Kinds of shipped cases to compare besides the documented ones, where no case is given:
            ``variants``, ``replays``, ``teaching``.
        as_if_from: ``home`` asks each regime about the same sale as if it were made from its own home,
            and sets domestic sales aside.

    Raises:
        UsageError: Something is not what it is given as, a reading is not known, or an extra is missing.
        FileError: A file has mistakes.

    Example:
        >>> compare("morpho-shanghai-2015", ["eu-2021-821", "amnesty"])
        <Comparison: 1 case under 2 rulesets>
    """
    from .accepted import day_of, joint_prover, prover_of
    from .comparison.comparison import compare as compared

    library = _library()
    return compared(
        library.shipped(include) if cases is None else library.cases(cases),
        library.regimes(regimes),
        as_of=day_of(as_of),
        readings=readings,
        prover=prover_of(exact),
        others=library.catalogue.rulesets.parallel(),
        joint=joint_prover(),
        as_if_from=as_if_from,
    )


def assess(
    case: CaseLike,
    regime: RegimeLike,
    as_of: DayLike = None,
    *,
    readings: Readings = None,
    look_ahead: bool = True,
    exact: bool = False,
    as_if_from: AsIfFrom = None,
) -> Verdict:
    """Puts one case under one regime.

    Args:
        case: As for ``compare``.
        regime: As for ``compare``.
        as_of: As for ``compare``.
        readings: As for ``compare``.
        look_ahead: Whether to try each open question alone and keep what is common; without it the
            span is that of plain three-valued logic, and may be wider.
        exact: As for ``compare``.
        as_if_from: As for ``compare``.

    Raises:
        UsageError: As for ``compare``, and where the facts contradict each other.
    """
    from .accepted import day_of, prover_of
    from .scenario.as_if import as_if_from as moved
    from .verdict.assess import assess as assessed

    library = _library()
    ruleset = library.regime(regime)
    return assessed(
        moved(library.case(case), ruleset, as_if_from),
        ruleset,
        as_of=day_of(as_of),
        readings=readings,
        look_ahead=look_ahead,
        prover=prover_of(exact),
    )


def explain(
    case: CaseLike | Verdict,
    regime: RegimeLike = "eu-2021-821",
    as_of: DayLike = None,
    *,
    readings: Readings = None,
    exact: bool = False,
    full: bool = False,
    as_if_from: AsIfFrom = None,
) -> str:
    """Returns in words why a verdict is what it is, and what is still open.

    Args:
        case: A verdict, or a case as for ``compare``.
        regime: As for ``compare``.
        as_of: As for ``compare``.
        readings: As for ``compare``.
        exact: As for ``compare``.
        full: Whether to add every rule, duties, assumptions, readings and limits.
        as_if_from: As for ``compare``.
    """
    from .views.verdict import explain_text

    verdict = case
    if not isinstance(verdict, Verdict):
        verdict = assess(verdict, regime, as_of, readings=readings, exact=exact, as_if_from=as_if_from)
    return explain_text(verdict, full=full)


def cite(
    case: CaseLike | Verdict,
    regime: RegimeLike = "eu-2021-821",
    as_of: DayLike = None,
    *,
    readings: Readings = None,
    exact: bool = False,
    lang: str = "en",
    as_if_from: AsIfFrom = None,
) -> CitedResult:
    """Returns how one result is cited: a sentence to quote, a footnote, BibTeX and CSL-JSON.

    Args:
        case: A verdict, or a case as for ``compare``.
        regime: As for ``compare``; a verdict has its own.
        as_of: As for ``compare``.
        readings: As for ``compare``.
        exact: As for ``compare``.
        lang: The language in which links lead to the law, such as ``nl``.
        as_if_from: As for ``compare``.

    Raises:
        UsageError: As for ``compare``, and where the law cannot be linked in the language.

    Example:
        >>> cite("morpho-shanghai-2015", regime="amnesty").mark
        'inferred'
    """
    from .views.citation import cited_result

    verdict = case
    if not isinstance(verdict, Verdict):
        verdict = assess(verdict, regime, as_of, readings=readings, exact=exact, as_if_from=as_if_from)
    return cited_result(verdict, lang)


def check(cases: CasesLike = None) -> tuple[Check, ...]:
    """Verifies what cases expect of regimes; the documented cases where none is given."""
    from .comparison.expectations import check as checked

    library = _library()
    rulesets = library.catalogue.rulesets
    return tuple(found for case in library.cases(cases) for found in checked(case, rulesets))


def prove(
    regime: RegimeLike,
    *,
    never_laxer_than: RegimeLike | None = None,
    equivalent_to: RegimeLike | None = None,
    except_: Except = None,
    as_of: DayLike = None,
    readings: Readings = None,
    given: CaseLike | None = None,
    like: CasesLike = (),
    reviews: bool = False,
) -> Proof:
    """Proves a claim over every possible case, or finds the smallest case that refutes it.

    Args:
        regime: The regime about which something is claimed.
        never_laxer_than: The regime that it is claimed to be at least as strict as.
        equivalent_to: The regime with which it is claimed always to agree.
        except_: Cases to leave out: a condition, or rules of either, whose cases are left out.
        as_of: As for ``compare``.
        readings: Readings of doubtful texts; with ``open`` the proof holds under every reading.
        given: A case whose facts are taken as given; what it leaves open is free.
        like: Cases that say what is ordinary, from which the case that refutes departs least.
        reviews: Whether ``never_laxer_than`` speaks of how licences are decided as well as of gates.

    Raises:
        UsageError: Not exactly one claim is made, or the extra ``prove`` is missing.

    Example:
        >>> bool(prove("amnesty", never_laxer_than="amnesty-seed"))
        True
    """
    from .accepted import day_of
    from .errors import UsageError
    from .proofs.proofs import equivalent, never_laxer

    library = _library()
    claims = [(never_laxer, never_laxer_than), (equivalent, equivalent_to)]
    made = [(claim, other) for claim, other in claims if other is not None]
    if len(made) != 1:
        raise UsageError(
            "Expected one claim, with a regime: either never_laxer_than= or equivalent_to=."
        )
    ((claim, other),) = made
    if reviews:
        if claim is equivalent:
            raise UsageError("reviews= goes with never_laxer_than=; leave it out.")
        claim = partial(never_laxer, reviews=True)
    return claim(
        library.regime(regime),
        library.regime(other),
        except_=except_,
        as_of=day_of(as_of),
        readings=readings,
        given=None if given is None else library.case(given),
        like=library.cases(like),
    )


# set up once ---------------------------------------------------------------------------------------


def _library() -> Library:
    from .accepted import LIBRARY

    return LIBRARY


def _html(shown: object) -> str:
    from .views.notebook import notebook_html

    return notebook_html(shown)


def _reduced(ruleset: Ruleset) -> Any:
    from .plugins.pickles import reduce_ruleset

    return reduce_ruleset(ruleset)


displayed_by(_html)
copyreg.pickle(Ruleset, _reduced)
