"""The functions that a notebook or script calls, with cases, rulesets and days in any form.

An argument that a function does not explain means what it means in ``compare``; the single regime that
is left out is the one that the profile names.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from ._support.output import path_of
from .comparison.comparison import Comparison
from .comparison.comparison import compare as compare_scenarios
from .comparison.counts_by_law import counts_of
from .comparison.measures import outcome_of
from .comparison.populations import Population, counted_population
from .comparison.tidy import as_list
from .errors import UsageError
from .inputs import (
    LIBRARY,
    Listing,
    application,
    counting_in,
    day_of,
    joint_prover,
    law_of,
    message_of,
    populations_of,
)
from .ruleset.outcomes import Outcome, Span
from .scenario.as_if import as_if_from
from .verdict.assess import Readings
from .verdict.assess import assess as assess_scenario
from .verdict.verdict import Verdict
from .words.catalogues import language

if TYPE_CHECKING:
    from .comparison.claims import Message
    from .comparison.counts import Count
    from .comparison.counts_by_law import Counts
    from .comparison.layers import Layer
    from .comparison.measures import Measure
    from .comparison.populations import Populations
    from .inputs import (
        CaseLike,
        CasesLike,
        DayLike,
        LawLike,
        Options,
        PopulationLike,
        RegimeLike,
        RegimesLike,
    )
    from .proof import Proof
    from .ruleset.ruleset import Ruleset
    from .scenario.scenario import Scenario
    from .views.render import Form


_SURVEILLANCE = ("ordinary", "surveillance")
"""The layers of presumptions for a sale of surveillance technology."""


# what there is ------------------------------------------------------------------------------------


def cases(given: CasesLike = None) -> Listing[Scenario]:
    """Returns the documented cases, or the cases given, indexed by id.

    Args:
        given: A case or several, each as an id, a path, a mapping or a scenario.
    """
    return Listing(LIBRARY.cases(given), "case")


def regimes(given: RegimesLike = None) -> Listing[Ruleset]:
    """Returns all installed rulesets, or the rulesets given, indexed by id.

    Args:
        given: A ruleset or several, each as an id, the path of a Python file or a ruleset.
    """
    rulesets = LIBRARY.catalogue.rulesets.values() if given is None else LIBRARY.regimes(given)
    return Listing(tuple(rulesets), "regime")


def load(path: str | os.PathLike[str]) -> Listing[Ruleset]:
    """Loads a Python file, or a folder with a plugin, for this session, and returns its rulesets.

    Its facts, cases and texts are there from then on, as those of an installed plugin are.

    Args:
        path: A file with rulesets or hooks; a folder of such files, a package or a project.

    Raises:
        FileError: Something in it is faulty, or it offers nothing; the text says where.
    """
    return Listing(LIBRARY.load(path_of(path)), "regime")


def read(*paths: str | os.PathLike[str]) -> Listing[Scenario]:
    """Reads the cases in scenario files, or in folders of them.

    Raises:
        FileError: Files have mistakes, every one of which is listed.
    """
    return cases([path_of(path) for path in paths])


def populations(cases: CasesLike = None) -> Populations:
    """Returns what is counted, by name: each population with its definition and its records.

    Args:
        cases: A case or several; by default the documented cases.
    """
    return populations_of(LIBRARY.catalogue, None if cases is None else LIBRARY.cases(cases))


def licences() -> Any:
    """Returns published figures of licences granted and refused, each with its source."""
    catalogue = LIBRARY.catalogue
    return catalogue.function("licences", "regcompare-cases")(catalogue.profile.licences)


# cases under law ----------------------------------------------------------------------------------


def compare(
    cases: CasesLike = None,
    regimes: RegimesLike = None,
    as_of: DayLike = None,
    *,
    include: str | Iterable[str] = (),
    **options: Unpack[Options],
) -> Comparison:
    """Compares cases under several regimes.

    Args:
        cases: A case or several, each as an id, a path, a mapping or a scenario; by default the
            documented cases.
        regimes: A regime or several, each as an id, the path of a Python file or a ruleset; by default
            the three regimes.
        as_of: The day whose law is applied, as a date or text: also ``scenario`` for the day of the
            facts, or ``today``; by default each ruleset's reference date.
        include: Kinds of shipped cases to add to the documented ones, if no case is given:
            ``variants``, ``replays``, ``teaching``.
        options: ``readings``, the readings of doubtful texts, by id, or ``open`` (a ruleset ignores
            those of others); ``exact``, whether to prove the ends of each span, which needs the extra
            ``prove``; ``as_if_from="home"``, so that each regime is asked about the same sale as if it
            were made from its own home, and domestic sales are left out.

    Raises:
        UsageError: An argument is wrong, a reading is unknown, or an extra is missing.
        FileError: A file has mistakes.

    Example:
        >>> compare("morpho-shanghai-2015", ["eu-2021-821", "amnesty"])
        <Comparison: 1 case under 2 rulesets>
    """
    return compare_scenarios(
        LIBRARY.shipped(include) if cases is None else LIBRARY.cases(cases),
        LIBRARY.regimes(regimes),
        others=LIBRARY.catalogue.rulesets.parallel(),
        joint=joint_prover(LIBRARY.catalogue),
        cases_python=_documented(cases, include),
        **application(LIBRARY.catalogue, as_of, options),
    )


def _documented(cases: CasesLike, include: str | Iterable[str]) -> str:
    """The line that makes the populations of the documented cases; blank where others were asked for."""
    return "" if cases is not None or include else "rc.populations()"


def assess(
    case: CaseLike,
    regime: RegimeLike,
    as_of: DayLike = None,
    *,
    look_ahead: bool = True,
    **options: Unpack[Options],
) -> Verdict:
    """Applies one regime to one case.

    Args:
        look_ahead: Whether to try each answer to each open question, and keep what they have in common;
            without it the span is that of plain three-valued logic, which may be wider.

    Raises:
        UsageError: The facts contradict each other.
    """
    ruleset, applied = LIBRARY.regime(regime), application(LIBRARY.catalogue, as_of, options)
    scenario = as_if_from(LIBRARY.case(case), ruleset, applied.pop("as_if_from", None))
    return assess_scenario(scenario, ruleset, look_ahead=look_ahead, **applied)


def explain(
    case: CaseLike | Verdict,
    regime: RegimeLike | None = None,
    as_of: DayLike = None,
    *,
    full: bool = False,
    lang: str = "en",
    **options: Unpack[Options],
) -> str:
    """Explains a verdict in words: its reasons, and what is not known.

    Args:
        case: A verdict, or a case.
        full: Whether to add every rule, duty, assumption, reading and limit.
        lang: The language of the explanation, and of links to the law, such as ``nl``.

    Raises:
        UsageError: There are no texts in this language.
    """
    from .views.verdict import explain_text

    said = language(lang, LIBRARY.catalogue.locales)
    return explain_text(_verdict(case, regime, as_of, options), full=full, lang=lang, language=said)


def _verdict(
    case: CaseLike | Verdict, regime: RegimeLike | None, as_of: DayLike, options: Options
) -> Verdict:
    if isinstance(case, Verdict):
        return case
    return assess(case, regime or LIBRARY.catalogue.profile.explained, as_of, **options)


def evidence(
    case: CaseLike | Verdict, regime: RegimeLike | None = None, as_of: DayLike = None,
    **options: Unpack[Options],
) -> Any:  # fmt: skip
    """Returns what a result is based on, the weakest evidence first.

    Args:
        case: A verdict, or a case.
    """
    function = LIBRARY.catalogue.function("evidence", "regcompare-publish")
    return function(_verdict(case, regime, as_of, options))


def timeline(case: CaseLike, regimes: RegimesLike = None, *, until: DayLike = "today") -> Any:
    """Returns the days on which the law changed the outcome of a case, under each regime.

    Args:
        until: The last day to consider.

    Raises:
        UsageError: It is not a day.
    """
    last = day_of(until)
    if not isinstance(last, dt.date):
        raise UsageError(f"until={until!r}: expected a day, such as '2015-06-30' or 'today'.")
    return LIBRARY.catalogue.function("timeline", "regcompare-elsewhere")(
        LIBRARY.case(case), LIBRARY.regimes(regimes), last
    )


def safeguards(case: Any = None, regimes: RegimesLike = None, as_of: DayLike = None) -> Any:
    """Returns the duties and safeguards of each regime by kind.

    Args:
        case: A case; then only those that apply to it.
        regimes: The regimes; they may also be given alone.
    """
    if LIBRARY.are_regimes(case):
        case, regimes = regimes, case
    scenario = None if case is None else LIBRARY.case(case)
    function = LIBRARY.catalogue.function("safeguards", "regcompare-publish")
    return function(LIBRARY.regimes(regimes), scenario, as_of=day_of(as_of))


def check(cases: CasesLike = None) -> tuple[Any, ...]:
    """Verifies what cases, by default the documented ones, expect of regimes."""
    function, rulesets = (
        LIBRARY.catalogue.function("check", "regcompare-testing"),
        LIBRARY.catalogue.rulesets,
    )
    return tuple(result for case in LIBRARY.cases(cases) for result in function(case, rulesets))


# counts -------------------------------------------------------------------------------------------


def count(
    measure: str | Measure,
    population: PopulationLike = "deals",
    *laws: LawLike,
    facts: Layer = "undisputed",
    readings: Readings = None,
) -> Count:
    """Counts in how many records something is so under a law: certainly, and at most.

    Args:
        measure: ``licence``, ``refuse`` or ``tell``; of two laws ``tell_gap``, ``licence_gap``,
            ``refusal_gap`` or ``double_standard``; or a measure of your own.
        population: The name of one that ``populations`` returns, a population, or cases.
        laws: The law, or two, each an id, ``ID@DAY``, ``ID@scenario`` or a ruleset.
        facts: ``undisputed``, ``filed`` with disputed facts as the files have them, or ``stated`` with
            nothing assumed.

    Raises:
        UsageError: There is no such measure, population or law, or not as many laws as it takes.

    Example:
        >>> count("licence", "deals", "eu-2021-821@2021-09-09").of > 0
        True
    """
    return counting_in(LIBRARY.catalogue, readings).count(
        measure, _population(population), *(law_of(law) for law in laws), facts=facts
    )


def counts(
    measure: str | Measure,
    population: PopulationLike = "deals",
    *laws: LawLike,
    facts: Layer = "undisputed",
    readings: Readings = None,
) -> Counts:
    """Counts the same under several laws, such as reforms, side by side; the arguments are of ``count``.

    A measure of two laws takes the base first, and sets each other law against it.

    Raises:
        UsageError: As for ``count``.

    Example:
        >>> act = regimes()["eu-2021-821"]
        >>> reforms = [act.without("Art. 5(1)"), act.without("Art. 5(2)")]
        >>> len(counts("tell", "deals", act, *reforms))
        3
    """
    return counts_of(
        counting_in(LIBRARY.catalogue, readings), measure, _population(population),
        [law_of(law) for law in laws], facts,
    )  # fmt: skip


def history(
    regimes: RegimesLike = None,
    measure: str | Measure = "licence",
    population: PopulationLike = "deals",
    years: int | Iterable[int] | None = None,
    *,
    facts: Layer = "undisputed",
    readings: Readings = None,
) -> Any:
    """Counts the same records under the law of the last day of each year.

    Args:
        regimes: The laws; by default the law with its sister instruments.
        measure: As for ``count``.
        population: As for ``count``.
        years: A year or several; by default from the first law to the last reading of its tables.
        facts: As for ``count``.
    """
    catalogue = LIBRARY.catalogue
    laws = LIBRARY.regimes(catalogue.profile.whole if regimes is None else regimes)
    counting, counted = counting_in(catalogue, readings), _population(population)
    function = catalogue.function("history", "regcompare-elsewhere")
    return function(counting, measure, counted, laws, years, facts=facts)


def _population(given: PopulationLike) -> Population:
    if isinstance(given, Population):
        return given
    if isinstance(given, str) and not LIBRARY.is_id(given):
        return populations()[given]
    cases = LIBRARY.cases(given)
    ids = [case.id for case in cases]
    return counted_population(cases, f"rc.populations({ids})")


def message(lang: str = "en") -> Message:
    """Returns the first screen as a value.

    Args:
        lang: The language in which it is printed.

    Raises:
        UsageError: No plugin says what is said first, or there is no such language.
    """
    catalogue = LIBRARY.catalogue
    said = message_of(catalogue, language=language(lang, catalogue.locales))
    if said is None:
        raise UsageError("No installed plugin says what is said first of documented cases.")
    return said


def gaps(
    base: RegimeLike,
    other: RegimeLike,
    cases: CasesLike = None,
    as_of: DayLike = None,
    *,
    documented: bool = False,
    by_demand: bool = False,
    stops_at: str | Outcome = Outcome.AUTHORISATION,
    facts: Layer = "undisputed",
    exact: bool = False,
    readings: Readings = None,
    base_as_of: DayLike = None,
    by: Iterable[str] = (),
    given: CaseLike | None = None,
    presume: Iterable[str] | None = None,
) -> Any:
    """Returns where ``other`` controls what ``base`` does not, as the command of that name does.

    Without cases that is proved over every possible case, which needs the extra ``prove``.

    Args:
        base: The regime that may leave cases without control.
        other: The regime that may control them.
        cases: Cases to count instead of proving.
        documented: Whether to count the documented cases.
        by_demand: Whether to say what each demand of ``other`` contributes to cases, by default the
            documented ones.
        stops_at: The least outcome that counts as controlled.
        facts: As for ``count``; of cases.
        exact: As for ``compare``; of cases.
        readings: As for ``compare``.
        base_as_of: The day of the base, where that differs; of possible cases.
        by: The two facts by which possible cases are grouped.
        given: A case whose facts are held fixed; of possible cases.
        presume: Layers of presumptions that are taken as given; of possible cases.
    """
    pair = LIBRARY.regime(base), LIBRARY.regime(other)
    least = outcome_of(stops_at, "stops_at")
    if by_demand:
        counting, counted = counting_in(LIBRARY.catalogue, readings), populations(cases)["records"]
        return LIBRARY.catalogue.function("gaps_by_demand", "regcompare-prove")(
            counting, counted, *pair, stops_at=least, as_of=day_of(as_of)
        )
    if documented or cases is not None:
        comparison = compare(cases, pair, as_of, readings=readings, exact=exact)
        return comparison.gaps(*(str(law) for law in comparison.laws), stops_at=least, facts=facts)
    return LIBRARY.catalogue.function("possible_gaps", "regcompare-prove")(
        *pair, stops_at=least, as_of=day_of(as_of), base_as_of=day_of(base_as_of), readings=readings,
        given=None if given is None else LIBRARY.case(given),
        presume=(() if given else _SURVEILLANCE) if presume is None else presume, **_by(by),
    )  # fmt: skip


def screen(
    table: Any, regimes: RegimesLike = None, as_of: DayLike = None, *, readings: Readings = None,
    presume: str | None = None, **options: Any,
) -> Any:  # fmt: skip
    """Returns a table of transactions with the result of each row; needs the extra ``frames``.

    Args:
        table: A frame of pandas, polars, pyarrow, DuckDB or another library that hands over Arrow; a
            list of mappings; or the path of a CSV or Parquet file.
        presume: ``ordinary`` or ``surveillance``, the last layer of presumptions for what a row does not
            state.
        options: ``columns`` (the fact that a column has, by column), ``values`` (the answers that words
            of a column mean, by column and word), ``presumed`` (answers for all rows that do not state
            them), ``join`` (reports on countries and kinds of users), ``categories`` (the publisher of
            the categories in a column), ``discretion``, ``gaps`` (texts that state nothing).

    Returns:
        The rows that could be used; the others are in ``bad``, each with the reason.

    Raises:
        UsageError: The table cannot be read, or no column is a fact.
    """
    return LIBRARY.catalogue.function("screen", "regcompare-registers")(
        table, LIBRARY.regimes(regimes), LIBRARY.catalogue.vocabulary,
        as_of=day_of(as_of), readings=readings, presume=presume, **options,
    )  # fmt: skip


# the same case elsewhere --------------------------------------------------------------------------


def shopping(
    case: CaseLike, regime: RegimeLike | None = None, as_of: DayLike = None, *,
    readings: Readings = None,
) -> Any:  # fmt: skip
    """Returns from which state of a regime the same sale needs the least."""
    law = LIBRARY.regime(regime or LIBRARY.catalogue.profile.explained)
    return LIBRARY.catalogue.function("shopping", "regcompare-elsewhere")(
        LIBRARY.case(case), law, as_of=day_of(as_of), readings=readings
    )


def mirror(
    cases: CasesLike = None, regimes: RegimesLike = None, as_of: DayLike = None, *,
    include: str | Iterable[str] = (), readings: Readings = None,
) -> Any:  # fmt: skip
    """Returns for each case whether the same use would be allowed at home, under rulesets on use.

    Args:
        regimes: Rulesets on use and on exports; by default all on use, and the three regimes.
    """
    scenarios = LIBRARY.shipped(include) if cases is None else LIBRARY.cases(cases)
    named = LIBRARY.regimes(regimes) if regimes else ()
    return LIBRARY.catalogue.function("mirror", "regcompare-elsewhere")(
        scenarios, named, LIBRARY.catalogue, as_of=day_of(as_of), readings=readings,
        cases_python=_documented(cases, include),
    )  # fmt: skip


def owed(cases: CasesLike = None, regimes: RegimesLike = None, *, readings: Readings = None) -> Any:
    """Returns what the law of the day required in each case whose decision is on record.

    Args:
        regimes: The laws, each read on the day of the facts; by default all laws on exports.
    """
    catalogue = LIBRARY.catalogue
    scenarios = LIBRARY.shipped(()) if cases is None else LIBRARY.cases(cases)
    whole = catalogue.rulesets.get(catalogue.profile.whole)
    return catalogue.function("owed", "regcompare-elsewhere")(
        scenarios, LIBRARY.laws(regimes), whole, readings
    )


def evaluation() -> Any:
    """Returns what the evaluation of an act could change, limb by limb.

    Each limb has the act as reformed, its count, and, with the extra ``prove``, its proofs.
    """
    return LIBRARY.catalogue.function("evaluation", "regcompare-elsewhere")(LIBRARY.catalogue)


# every possible case ------------------------------------------------------------------------------


def prove(
    regime: RegimeLike,
    *,
    never_laxer_than: RegimeLike | None = None,
    equivalent_to: RegimeLike | None = None,
    except_: Sequence[str] = (),
    as_of: DayLike = None,
    readings: Readings = None,
    given: CaseLike | None = None,
) -> Proof:
    """Proves a claim over every possible case, or finds the smallest case that refutes it.

    Args:
        regime: The regime that the claim is about.
        never_laxer_than: Claims that the regime is always at least as strict as this one.
        equivalent_to: Claims that the regime always has the same outcome as this one.
        except_: Ids of rules of either regime; cases in which one of them holds are left out.
        readings: The readings of doubtful texts; with ``open`` the proof covers every reading.
        given: A case whose facts are held fixed; facts that it leaves open may vary.

    Raises:
        UsageError: There is not exactly one claim, or the extra ``prove`` is missing.

    Example:
        >>> bool(prove("amnesty", never_laxer_than="amnesty-seed"))
        True
    """
    claims = {"never_laxer": never_laxer_than, "equivalent": equivalent_to}
    others = {name: LIBRARY.regime(other) for name, other in claims.items() if other is not None}
    if len(others) != 1:
        raise UsageError(
            "Expected one claim, with a regime: either never_laxer_than= or equivalent_to=."
        )
    ((name, other),) = others.items()
    proof: Proof = LIBRARY.catalogue.function(name, "regcompare-prove")(
        LIBRARY.regime(regime), other, except_=except_, as_of=day_of(as_of), readings=readings,
        given=None if given is None else LIBRARY.case(given),
    )  # fmt: skip
    return proof


def whatif(
    case: CaseLike, regime: RegimeLike | None = None, as_of: DayLike = None, *, to: str | Outcome,
    readings: Readings = None, presume: Iterable[str] = _SURVEILLANCE, holding: Iterable[str] = (),
    alternatives: int = 3,
) -> Any:  # fmt: skip
    """Returns the fewest facts to change so that a case comes to an outcome; needs the extra ``prove``.

    Args:
        to: The outcome, or a span such as ``authorisation..prohibition``.
        presume: Layers of presumptions with which changes have to fit; what a legislator can change
            comes first.
        holding: Facts, or sections such as ``item``, that may not change.
        alternatives: How many to show.
    """
    law = LIBRARY.regime(regime or LIBRARY.catalogue.profile.explained)
    low, _, high = str(getattr(to, "word", to)).partition("..")
    try:
        span = Span(Outcome.read(low), Outcome.read(high or low))
    except ValueError as error:
        raise UsageError(f"to={to!r}: {error}") from None
    return LIBRARY.catalogue.function("whatif", "regcompare-prove")(
        LIBRARY.case(case), law, span, as_of=day_of(as_of), readings=readings, presume=presume,
        holding=as_list(holding), alternatives=alternatives,
    )  # fmt: skip


def map(  # noqa: A001 - the name of the command
    regimes: RegimesLike = None, case: CaseLike | None = None, as_of: DayLike = None, *,
    by: Iterable[str] = (), readings: Readings = None, presume: Iterable[str] | None = None,
) -> Any:  # fmt: skip
    """Maps the outcomes over the answers to two facts, over every possible case; needs ``prove``.

    Args:
        regimes: The regimes.
        case: A case whose other facts are held fixed.
        by: The two facts.
        presume: Layers of presumptions that are taken as given; by default those of a sale of
            surveillance technology, or none beside a case.
    """
    return LIBRARY.catalogue.function("map", "regcompare-prove")(
        LIBRARY.regimes(regimes), as_of=day_of(as_of), readings=readings,
        given=None if case is None else LIBRARY.case(case),
        presume=(() if case else _SURVEILLANCE) if presume is None else presume, **_by(by),
    )  # fmt: skip


def _by(facts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The two facts of the lines and columns, if any are named."""
    names = tuple(as_list(facts))
    if len(names) not in (0, 2):
        raise UsageError(f"by={facts!r}: expected two facts, of the lines and of the columns.")
    return {"by": names} if names else {}


def standards(
    regimes: RegimesLike = None, as_of: DayLike = None, *, readings: Readings = None,
    given: CaseLike | None = None, presume: Iterable[str] = _SURVEILLANCE,
) -> Any:  # fmt: skip
    """Returns how certain harm must be for each regime to refuse; needs the extra ``prove``.

    Args:
        given: A case whose facts are held fixed.
        presume: Layers of presumptions that are taken as given.
    """
    return LIBRARY.catalogue.function("standards", "regcompare-prove")(
        LIBRARY.regimes(regimes), as_of=day_of(as_of), readings=readings, presume=presume,
        given=None if given is None else LIBRARY.case(given),
    )  # fmt: skip


def correlate(
    before: RegimeLike, after: RegimeLike | None = None, as_of: DayLike = None, *,
    base_as_of: DayLike = None, readings: Readings = None, given: CaseLike | None = None,
    presume: Iterable[str] = (),
) -> Any:  # fmt: skip
    """Proves what became of each provision of an act in another; needs the extra ``prove``.

    Args:
        before: The earlier act.
        after: The later one; by default another day of the same act.
        base_as_of: The day of the earlier act, where that differs.
        given: A case whose facts are held fixed.
        presume: Layers of presumptions that are taken as given.
    """
    laws = LIBRARY.regime(before), LIBRARY.regime(before if after is None else after)
    return LIBRARY.catalogue.function("correlate", "regcompare-prove")(
        *laws, before_as_of=day_of(base_as_of), as_of=day_of(as_of), readings=readings, presume=presume,
        given=None if given is None else LIBRARY.case(given),
    )  # fmt: skip


def lint(regime: RegimeLike) -> Any:
    """Returns what is unreachable, redundant or contradictory in a regime; needs the extra ``prove``."""
    return LIBRARY.catalogue.function("lint", "regcompare-prove")(LIBRARY.regime(regime))


# what is published --------------------------------------------------------------------------------


def cite(
    case: CaseLike | Verdict,
    regime: RegimeLike | None = None,
    as_of: DayLike = None,
    *,
    lang: str = "en",
    **options: Unpack[Options],
) -> Any:
    """Returns citations of a result: a sentence to quote, a footnote and BibTeX.

    Args:
        case: A verdict, or a case.
        lang: The language of the linked law, such as ``nl``.

    Raises:
        UsageError: The law cannot be linked in this language.

    Example:
        >>> cite("morpho-shanghai-2015", regime="amnesty").mark
        'inferred'
    """
    return LIBRARY.catalogue.function("cite", "regcompare-publish")(
        _verdict(case, regime, as_of, options), lang
    )


def brief(
    cases: CasesLike = None, regimes: RegimesLike = None, as_of: DayLike = None, *,
    form: str = "markdown", title: str = "", lang: str = "en", **options: Unpack[Options],
) -> str:  # fmt: skip
    """Returns a brief on a comparison, or a fact sheet on one case, as text.

    Args:
        form: ``markdown``, ``page`` for HTML to print, or ``article`` for LaTeX.
        title: Its title; by default it says what was compared.
        lang: The language of the law texts to which links lead.

    Raises:
        UsageError: There is no such form.
    """
    if form not in (forms := ("markdown", "page", "article")):
        raise UsageError(f"form={form!r}: expected one of {', '.join(forms)}.")
    profile = LIBRARY.catalogue.profile
    comparison = compare(cases, regimes, as_of, **options)
    first = profile.first if cases is None else ()
    said = message_of(LIBRARY.catalogue) if first else None
    text: str = LIBRARY.catalogue.function("brief", "regcompare-publish")(
        comparison, form, title=title, lang=lang, first=first, source=profile.source, message=said
    )
    return text


def show(regime: RegimeLike, form: Form = "text", *, lang: str = "en") -> str:
    """Returns a regime for legal review, rule by rule, with each condition in words and its cases."""
    catalogue, law = LIBRARY.catalogue, LIBRARY.regime(regime)
    write = catalogue.function("show", "regcompare-publish")
    text: str = write(law, catalogue.read(*law.cases), form, lang=lang)
    return text


def export(regimes: RegimesLike, as_of: DayLike = None) -> dict[str, Any]:
    """Returns rulesets as data that other programs can evaluate, on a day."""
    day = day_of(as_of)
    function = LIBRARY.catalogue.function("export", "regcompare-publish")
    data: dict[str, Any] = function(LIBRARY.regimes(regimes), day if isinstance(day, dt.date) else None)
    return data
