"""The front page as HTML: what the templates fill in, and what its script reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from markupsafe import Markup

from regcompare.comparison.classes import CaseClass
from regcompare.views.sentences import one_line
from regcompare.words.catalogues import Language

from .deals import Deal
from .disputes import Disputes
from .files import templates
from .front import Front, square
from .marks import MarkSlug, barrier
from .price import CONSEQUENCES, FIRST_RULE, TECHNOLOGIES, USERS

KEY: Mapping[MarkSlug | str, str] = {
    "no": "no",
    "no-d": "no; a fact is disputed",
    "half-no": "not known: in between",
    "free": "free",
    "tell": "report",
    "lic": "licence",
    "lic-d": "licence; a fact is disputed",
    "half": "not known: in between",
    "corner": "a no possible through other EU law",
    "out": "outside",
}
"""What each mark means, in the order of the key."""


def front_values(front: Front, language: Language, to: Callable[[str], str]) -> dict[str, Any]:
    """Returns what fills the template of the front page; ``to`` gives the address of a case."""
    say, numbers = language.say, front.numbers()
    figures = front.licences
    dots = None
    if figures:
        granted, decisions = figures["granted"], figures["granted"] + figures["refused"]
        dots = [_dots(0, granted), _dots(granted, decisions)]
        numbers |= {"decisions": decisions, "not_free": figures["granted_not_free"]}
        numbers |= {name: figures[name] for name in ("from", "to")}
    price = front.price
    deals = [_deal(deal, language, to) for deal in front.deals]
    laws = list(_laws(front, language))
    return {
        "front": front,
        "one_line": one_line,
        "numbers": numbers,
        "told": lambda text: say(text, **numbers),
        "laws": laws,
        "deals": deals,
        "sale_href": to(front.sale.record.first.id),
        "sale_disputes": Disputes(front.sale.record.first, front.laws[-1], language).points[:1],
        "others": [
            {"title": say(case.title), "href": to(case.id)}
            for case in front.populations["records"].cases
            if case.id in front.texts.others
        ],
        "figures": figures,
        "dots": dots,
        "safeguards": [
            (front.texts.safeguards[str(kind)], list(map(square, cells)))
            for kind, cells in front.safeguards.rows
        ],
        "binding": [
            count.number(language) if count.at_most else "0" for count in front.safeguards.counts()
        ],
        "rule_places": [
            ("rule-what", say("which technology"), [say(item.words) for item in TECHNOLOGIES], 3),
            ("rule-who", say("to whom"), [say(item.words) for item in USERS], 1),
            ("rule-then", say("what then"), list(map(say, CONSEQUENCES)), 1),
        ],
        "rule_shown": list(map(sum, price.hits[FIRST_RULE])),
        "ordinary": [
            {"title": say(case.title).partition(" (")[0], "href": to(case.id)} for case in price.ordinary
        ],
        "data": _data(front, language, deals, laws),
    }


def front_parts(front: Front, language: Language) -> dict[str, Any]:
    """Returns the front page for the interactive page: its HTML, and the data of its script."""
    values = front_values(front, language, lambda name: f"#{name}&lang={language.code}")
    say = language.say
    door = {
        "href": f"#{front.texts.sale}&lang={language.code}",
        "title": say("Try it"),
        "text": say("Any case, any fact, any rule: change one and see what follows."),
    }
    page = templates().get_template("face/front_main.html")
    html = page.render(**values, doors=[door], say=say, language=language)
    return {"html": html, "data": values["data"]}


def _laws(front: Front, language: Language) -> Iterator[dict[str, Any]]:
    """Each law with its figure, its note, who had to say no, and the key of its marks."""
    say = language.say
    for place, law in enumerate(front.texts.laws):
        refusal, licence = front.count("refuse", place), front.count("licence", place)
        certain, most = licence.range
        note = say("{least} to {most} × licence", least=certain, most=most)
        if front.laws[place].ruleset.status == "proposal":
            disputed = len(front.price.refused) - front.price.certain
            note = say(
                "{disputed} more disputed, at most {most}", disputed=disputed, most=refusal.at_most
            )
        shown = {deal.results[place].mark for deal in front.deals}
        if any(deal.results[place].may_be_refused_by_other_law for deal in front.deals):
            shown.add("corner")  # type: ignore[arg-type]
        yield {
            "name": say(law.name),
            "when": say(law.when),
            "no": refusal.certain,
            "note": note,
            "answer": say(law.answer, number=refusal.certain),
            "figure": f"{refusal.certain} <small>× {say('No').lower()}</small>",
            "key": Markup("").join(_key(shown, language)),
        }


def _key(shown: set[Any], language: Language) -> Iterator[Markup]:
    stamp = language.say("No").upper()
    for slug, words in KEY.items():
        if slug not in shown:
            continue
        sign = Markup('<span class="m {}">{}</span>').format(slug, stamp if "no" in slug[:2] else "")
        if slug == "corner":
            sign = Markup('<span class="kk"><span class="k"></span></span>')
        yield Markup("<li>{}{}</li>").format(sign, language.say(words))


def _dots(first: int, after: int) -> str:
    """The path of some decisions among all, as round dots."""
    return "".join(f"M{5 + 12 * (at % 36)} {5 + 12 * (at // 36)}h0" for at in range(first, after))


def _deal(deal: Deal, language: Language, to: Callable[[str], str]) -> dict[str, Any]:
    """A deal as template and script read it."""
    return {
        "code": deal.code,
        "firm": deal.record.first.names.get("exporter", ""),
        "route": deal.route(language),
        "title": language.say(deal.case.title),
        "href": to(deal.case.id),
        "results": [
            {
                "mark": item.mark,
                "why": item.reason(language),
                "bar": _ends(item.found),
                **({"corner": True} if item.may_be_refused_by_other_law else {}),
            }
            for item in deal.results
        ],
    }


def _data(front: Front, language: Language, deals: Sequence[Any], laws: Sequence[Any]) -> dict[str, Any]:
    """What the script of the front page reads: each result once, and texts with places in braces."""
    say, price = language.say, front.price
    results = [item for deal in front.deals for item in deal.results]
    results_of = [[tuple(result.items()) for result in deal["results"]] for deal in deals]
    places = {result: at for at, result in enumerate(dict.fromkeys(chain(*results_of)))}
    return {
        "deals": [  # Where an envelope leads, and its code, stand on it.
            {name: deal[name] for name in ("firm", "route", "title")}
            | {"results": [places[result] for result in found]}
            for deal, found in zip(deals, results_of, strict=True)
        ],
        "results": list(map(dict, places)),
        "laws": [
            {name: law[name] for name in ("name", "answer", "key", "figure", "note")} for law in laws
        ],
        "bars": {_ends(item.found): item.barrier for item in results} | {"": barrier(CaseClass())},
        "words": {_ends(item.found): item.word(language) for item in results},
        "hits": price.hits,
        "certain": price.certain,
        "texts": {
            "stamp": say("No").upper(),
            "closed": say("closed"),
            "press": say("press"),
            "tap": say("Tap an envelope."),
            "tally": say(
                "{n} of {deals} open. No: {certain} certain, {perhaps} perhaps.",
                deals=len(deals), certain=laws[0]["no"],
            ),
            "open_all": say("Open all"),
            "give_up": say("I give up"),
            "masked": say("after your search"),
            "close": say("Close"),
            "to_case": say("To this case"),
            "yes": say("{number} × yes"),
            "no": say("{number} × no"),
            "refuses_of": say("of the {filed} that Amnesty would refuse", filed=len(price.refused)),
            "asks_of": say(
                "refused: {n} of the {filed} must ask, and a government may say yes",
                filed=len(price.refused),
            ),
        },
    }  # fmt: skip


def _ends(found: CaseClass) -> str:
    """The ends of a class, as the name of its picture."""
    return " ".join(found.ends or ())
