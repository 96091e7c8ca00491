/* The end of the game: each sale with the reader's decision, what happened, and the rulebooks' results. */
"use strict";

const ending = (() => {
  const { el, list, listing } = elements;
  const { original, say, sayMany } = language;

  function render(page, ids, decided) {
    return [
      el("h1", { tabindex: "-1" }, say("What you decided, and what happened")),
      el("p.told-story", { role: "status" }, countSentence(decided), " ", agreementSentence(page, ids, decided)),
      el("h2", say("What really happened")),
      recordedList(page, ids),
      ...onRecord(page, decided),
      el("ol.cards-of-sales.played", ids.map((id, at) => el("li", card(page, id, decided[at])))),
      el("p.note", say(page.texts.notice)),
    ];
  }

  function countSentence(decided) {
    const count = (letter) => decided.filter((decision) => decision === letter).length;
    const values = { all: decided.length, free: count("f"), ask: count("a"), stop: count("s") };
    return say("Of {all} sales you let {free} go, asked for a licence for {ask}, and refused {stop}.", values);
  }

  /** Which rulebooks the decisions fit most often, and how often. */
  function agreementSentence(page, ids, decided) {
    const counts = page.shownNumbers().map((_, at) =>
      ids.filter((id, index) => gates.fits(gates.gateOf(page, page.verdictsOf(id)[at]), play.KINDS[decided[index]])).length,
    );
    const count = Math.max(...counts);
    const nearest = page.shownNumbers().filter((_, at) => counts[at] === count).map((number) => say("“{regime}”", { regime: gates.plainName(page, number) }));
    return say("You decided most like {regimes} ({count} of {all}).", { regimes: listing(nearest, say("and")), count, all: ids.length });
  }

  /** What happened to the sales, counted. */
  function recordedList(page, ids) {
    const counts = new Map();
    for (const id of ids) {
      const text = play.decisionSentence(page.cases.get(id).texts.decision);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    return list([...counts].map(([text, count]) => `${count} × ${text}`));
  }

  /** Published decisions of states, with the source. */
  function onRecord(page, decided) {
    const refusedByReader = decided.filter((decision) => decision === "s").length;
    return page.licences.map(({ granted, refused: refusedByStates, from, to, source, urls }) =>
      el(
        "section",
        { "aria-labelledby": "on-record" },
        el("h2", { id: "on-record" }, say("How states decided")),
        el(
          "p",
          say("From {from} to {to} the EU states that reported granted at least {granted} licences for listed surveillance technology and refused {refused}.", { granted, refused: refusedByStates, from: from.slice(0, 4), to: to.slice(0, 4) }),
          " ",
          sayMany("You refused {count} of {all}.", "You refused {count} of {all}.", refusedByReader, { all: decided.length }),
        ),
        el("p.note", say("These counts contain only what needed a licence: face recognition is in none of them. The years are disputed.")),
        el("p.note", say("Source:"), " ", el("span", language.mark(source), say(source)), " ", links(urls)),
      ),
    );
  }

  const links = (urls) =>
    urls.map((url, at) => ["(", el("a", { href: url, rel: "noreferrer" }, say("address {number}", { number: at + 1 })), ") "]);

  function card(page, id, letter) {
    const { facts: scenario, texts } = page.cases.get(id);
    const rows = [
      [say("You"), play.choice(letter)],
      [say("What happened"), play.decisionSentence(texts.decision)],
      ...gatesOfTheDay(page, id),
      ...page.shownNumbers().map((number, at) => [gates.plainName(page, number), gates.chip(gates.gateOf(page, page.verdictsOf(id)[at]))]),
    ];
    return el(
      "article.paper-card",
      el("p.route", facts.route(page, scenario)),
      el("h2", language.mark(texts.title), el("a", { href: page.caseLink(id) }, say(texts.title))),
      el("dl.known", rows.map(([name, value]) => [el("dt", name), el("dd", value)])),
      el("p.note", original(), texts.record),
    );
  }

  /** The gates by the acts in force on the day of a sale, if they differ from those of their reference dates. */
  function gatesOfTheDay(page, id) {
    const { facts: scenario } = page.cases.get(id);
    const wordsNow = new Map(page.shownNumbers().map((number, at) => [number, gates.gateOf(page, page.verdictsOf(id)[at]).word]));
    return play
      .inForce(page, scenario)
      .map((verdict) => [verdict.number, gates.gateOf(page, verdict)])
      .filter(([number, gate]) => wordsNow.get(number) !== gate.word)
      .map(([, gate]) => [say("The rules of {year}", { year: scenario.date.slice(0, 4) }), gates.chip(gate)]);
  }

  return { render };
})();
