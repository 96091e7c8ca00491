/* The end of the game: each sale with what the reader decided, what happened, and what the rulebooks say. */
"use strict";

const ending = (() => {
  const { el, list, quoted } = elements;
  const { original, say, sayMany } = language;

  function drawn(page, ids, decided) {
    return [
      el("h1", { tabindex: "-1" }, say("What you decided, and what happened")),
      el("p.told-story", { role: "status" }, counted(decided), " ", agreed(page, ids, decided)),
      el("h2", say("What really happened")),
      recorded(page, ids),
      ...onRecord(page, decided),
      el("ol.cards-of-sales.played", ids.map((id, at) => el("li", card(page, id, decided[at])))),
      el("p.note", say(page.texts.notice)),
    ];
  }

  function counted(decided) {
    const count = (letter) => decided.filter((one) => one === letter).length;
    const values = { all: decided.length, free: count("f"), ask: count("a"), stop: count("s") };
    return say("Of {all} sales you let {free} go, asked for a licence for {ask}, and refused {stop}.", values);
  }

  /** How often the decisions fit each of the rulebooks. */
  function agreed(page, ids, decided) {
    const fitting = page.shownNumbers().map((number, at) => {
      const count = ids.filter((id, place) => gates.fits(gates.of(page, page.verdictsOf(id)[at]), play.KINDS[decided[place]])).length;
      return say("{regime}: {count} of {all}", { regime: gates.plainName(page, number), count, all: ids.length });
    });
    return say("Your decisions fit: {what}.", { what: fitting.join("; ") });
  }

  /** What became of the sales, by how often. */
  function recorded(page, ids) {
    const counts = new Map();
    for (const id of ids) {
      const said = play.happened(page.cases.get(id).texts.decision);
      counts.set(said, (counts.get(said) ?? 0) + 1);
    }
    return list([...counts].map(([said, count]) => `${count} × ${said}`));
  }

  /** What states decided, as published; with the source. */
  function onRecord(page, decided) {
    const refused = decided.filter((one) => one === "s").length;
    return page.licences.map(({ granted, refused: turned, from, to, source, urls }) =>
      el(
        "section",
        { "aria-labelledby": "on-record" },
        el("h2", { id: "on-record" }, say("How states decided")),
        el(
          "p",
          say("From {from} to {to} the EU states that reported granted at least {granted} licences for listed surveillance technology and refused {refused}.", { granted, refused: turned, from: from.slice(0, 4), to: to.slice(0, 4) }),
          " ",
          sayMany("You refused {count} of {all}.", "You refused {count} of {all}.", refused, { all: decided.length }),
        ),
        el("p.note", say("These counts contain only what needed a licence: face recognition is in none of them. The years are disputed.")),
        el("p.note", say("Source:"), " ", quoted(source), " ", links(urls)),
      ),
    );
  }

  const links = (urls) =>
    urls.map((url, at) => ["(", el("a", { href: url, rel: "noreferrer" }, say("address {number}", { number: at + 1 })), ") "]);

  function card(page, id, letter) {
    const { facts: scenario, texts } = page.cases.get(id);
    const rows = [
      [say("You"), play.choice(letter)],
      [say("What happened"), play.happened(texts.decision)],
      ...ofTheDay(page, id),
      ...page.shownNumbers().map((number, at) => [gates.plainName(page, number), gates.chip(gates.of(page, page.verdictsOf(id)[at]))]),
    ];
    return el(
      "article.paper-card",
      el("p.route", facts.route(page, scenario)),
      el("h2", language.mark(texts.title), el("a", { href: page.caseLink(id) }, say(texts.title))),
      el("dl.known", rows.map(([name, said]) => [el("dt", name), el("dd", said)])),
      el("p.note", original(), texts.record),
    );
  }

  /** What the acts in force on the day of a sale said, where that is not what they say on their own day. */
  function ofTheDay(page, id) {
    const { facts: scenario } = page.cases.get(id);
    const later = new Map(page.shownNumbers().map((number, at) => [number, gates.of(page, page.verdictsOf(id)[at]).word]));
    return play
      .inForce(page, scenario)
      .map((verdict) => [verdict.number, gates.of(page, verdict)])
      .filter(([number, gate]) => later.get(number) !== gate.word)
      .map(([, gate]) => [say("The rules of {year}", { year: scenario.date.slice(0, 4) }), gates.chip(gate)]);
  }

  return { drawn };
})();
