"""A blank case on record: each question stands before its answer, with the answers that it can have.

What it asks is what ``standard`` wants of a case, in the words of the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from textwrap import fill
from typing import Any

from regcompare.errors import UsageError, did_you_mean
from regcompare.scenario.provenance import DATE_MEANINGS, RECORD_KINDS, REPLY_PLACES, SEEN
from regcompare.vocabulary import CORE

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_FACTS = {
    "item": (
        "technology", "form", "annex_i_entry", "covert", "targets_natural_persons",
        "takes_data_from_ict_systems", "designed_to_monitor_people", "face_matching",
    ),
    "transaction": ("kind", "purpose"),
    "exporter": ("country",),
    "destination": ("country", "substantial_rights_risk", "serious_violations_likely"),
    "end_user": ("kind", "acts_for_state"),
    "end_use": ("concerns",),
    "knowledge": ("authority_informed", "exporter_aware"),
}  # fmt: skip
_NAMES = {
    "exporter": 'name: "…"  # Who sold, as far as a source carries the name',
    "destination": 'purchaser_name: "…"  # Who bought, if somebody else used it',
    "end_user": 'name: "…"  # Who was to use it',
}
_HEAD = """\
# A case on record, still blank. A question stands before each answer; delete it once it is answered.
# Write what the sources state, and nothing else. What they do not say stays `unknown`, or is left out.
# `regcompare check {id}.yaml` says what a reader who wants to check the case would still miss.
id: {id}
# What was supplied, licensed or refused, from where, for whom? No verdict.
title: "A case on record"
kind: documented

# What is on record? In the verb of the source: "licensed" is not "sold", "charged" is not "convicted".
{kinds}
# record_kind: …

# When? As precise as the sources: 2015-06-01, 2015-06, 2015, or {{from: 2015-03, to: 2016-06}}.
# date: …
# What happened on that day?
{meanings}
# date_means: …

# Who sold what to whom, who is affected, what is known, what does the company say? Sixty words, no law.
# story: >
#   …
# What did you decide in writing it down, and why?
# summary: >
#   …

# Where is it published? Its address, the day on which you opened it, and how much you read ({seen});
# `copy` is the address of the copy that you read, `url: none` with `looked_for` if there is none.
# sources:
#   - {{id: paper-2016, title: "A paper", date: 2016-03-01, url: "https://…", opened: …, seen: …}}
# What does each stated fact rest on? A source, or your own classification with the reason.
# known_from:
#   date: [paper-2016]
#   exporter: [paper-2016]
#   item.annex_i_entry: {{classified: "No source names an entry; …"}}

presume: ordinary
"""
_TAIL = """
# What had been published about this user before that day? How close: to the user, its kind, the country?
# reports:
#   - {{title: "…", day: …, level: user, of: [repression], url: "https://…"}}

# What became of a licence, and how did the procedure end? If not found, when was that looked for?
# record: {{decision: unknown, note: "…"}}

# Who disputes which fact, in what words, and where?
# disputed:
#   - {{fact: item.technology, by: the company, note: "…", sources: [paper-2016]}}

# What does everybody who is named say? If nothing was found: when was it sought, where, by which words?
{places}
# replies:
#   - {{who: A company, words: "“…”", source: paper-2016, day: …}}
#   - {{who: A dealer, looked_for: …, where: [own_site, report, press], terms: "…"}}
# Who owned the company then, and who owns it now?
# owners:
#   - {{of: A company, when: then, name: "…", source: paper-2016}}
#   - {{of: A company, when: now, looked_for: …}}

# What does each law answer, in your reading?
# expect: {{eu-2021-821: authorisation}}
"""


def blank_case(name: str) -> str:
    """Returns the text of a blank case with this id, which loads and passes ``check``.

    Raises:
        UsageError: The id is not valid.
    """
    if not _ID.fullmatch(name):
        suggestion = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        raise UsageError(
            f"{name!r} is not a valid id for a case. Expected lower-case letters and digits, joined by "
            f"hyphens, such as a-firm-kenya-2019.{did_you_mean(suggestion or None)}"
        )
    head = _HEAD.format(
        id=name, kinds=_words(RECORD_KINDS), meanings=_words(DATE_MEANINGS), seen=", ".join(SEEN)
    )
    return f"{head}{''.join(_facts())}{_TAIL.format(places=_words(REPLY_PLACES))}"


def _words(meanings: Mapping[Any, str]) -> str:
    return "\n".join(f"#     {word}: {meaning}" for word, meaning in meanings.items())


def _facts() -> Iterator[str]:
    """The facts that nearly every case has, open, by section."""
    for section, names in _FACTS.items():
        yield f"{section}:\n"
        if section in _NAMES:
            yield f"  # {_NAMES[section]}\n"
        for name in names:
            yield f"{_question(f'{section}.{name}')}\n  {name}: unknown\n"


def _question(key: str) -> str:
    """The question of a fact, and its answers where they are few enough to be listed."""
    fact = CORE.by_key[key]
    answers = tuple(fact.labels())
    among = f" ({', '.join(answers)})" if 0 < len(answers) <= _MOST else ""
    return fill(f"{fact.question}{among}", 100, initial_indent="  # ", subsequent_indent="  #   ")


_MOST = 30
"""More answers than these, such as the countries, are in the reference of facts."""
