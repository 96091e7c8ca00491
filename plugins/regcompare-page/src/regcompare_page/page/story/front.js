/* The front page: the gap, one sale, a guess, three gates, the licences, all deals, what was agreed, and ways on. */
"use strict";

const front = (() => {
  const { el, list, quoted } = elements;
  const { say } = language;
  let guess = null;

  /** A section with a heading. */
  const part = (id, title, ...content) => el("section.scene", { id, "aria-labelledby": `${id}-title` }, el("h2", { id: `${id}-title` }, title), content);

  function draw(page, root, actions) {
    const { front: told } = page;
    const saleId = page.first;
    const deals = el("section.scene", { id: "front-wall" });
    root.replaceChildren(
      el("section.gap", el("h1", { id: "front-title", tabindex: "-1" }, told.gap.map((line) => el("span", say(line)))), el("p", say(told.exceptions))),
      el("section.scene", told.lead.map((text) => el("p.told-story", say(text))), sale(page, saleId), others(page, told.others)),
      guessPart(page, root, actions),
      part("front-gates", say("One sale, three answers"), el("div.gates", page.frontResults().map((result) => scenes.gateCard(page, result))),
        el("p", say(told.asked)), el("p", el("a.button", { href: page.caseLink(saleId) }, say("Change one fact of this sale")))),
      ...page.licences.map((counts) => licencePart(told, counts)),
      deals,
      agreedPart(page, told),
      part("front-rule", say("What would you write instead?"), el("p", say("Pick what your rule looks at and what it says. It runs over all cases at once: whom does it stop, and whom does it hit by mistake?")),
        el("p", el("a.button", { href: page.link({ view: "rule" }) }, say("Write a rule")))),
      ways(page),
    );
    wall.drawWhole(page, deals);
  }

  function sale(page, id) {
    const { texts, facts: scenario } = page.cases.get(id);
    return el(
      "article.sale-told",
      el("p.route", facts.route(page, scenario)),
      el("h2", language.mark(texts.title), el("a", { href: page.caseLink(id) }, say(texts.title))),
      el("p", language.mark(texts.story), say(texts.story)),
      texts.sources.length ? el("p.note", say("Source:"), " ", quoted(elements.source(texts.sources[0]))) : null,
    );
  }

  /** Other sales on record, by route and title. */
  function others(page, ids) {
    const link = (id) => {
      const { texts, facts: scenario } = page.cases.get(id);
      return [el("a", { href: page.caseLink(id), ...language.mark(texts.title) }, say(texts.title)), " ", el("span.note", facts.route(page, scenario))];
    };
    return ids.length ? [el("p.note", say("Others on record:")), list(ids.map(link))] : null;
  }

  function guessPart(page, root, actions) {
    const words = { free: say("Yes, no questions asked"), ask: say("Only with permission"), stop: say("No") };
    const [result] = page.frontResults();
    const gate = gates.gateOf(page, result.verdict);
    const choose = (kind) => {
      guess = kind;
      draw(page, root, actions);
      root.querySelector(`#front-guess input[value=${kind}]`).focus({ preventScroll: true });
    };
    const option = (kind) => gates.option(kind, words[kind], { name: "front-guess", checked: guess === kind, change: () => choose(kind) });
    const answer = guess
      ? el("p.answer-told", { role: "status" }, gates.fits(gate, guess) ? say("Your guess fits.") : say("You guessed differently."), " ", say("By the rules of the day: {word}.", { word: gate.word.toLowerCase() }))
      : el("p.note", say("Guess first: the answers follow below."));
    return part("front-guess", say("Was that allowed? What do you think?"), el("div.choices", { role: "radiogroup", "aria-labelledby": "front-guess-title" }, Object.keys(words).map(option)), answer);
  }

  /** Licences granted and refused, one mark each. */
  function licencePart(told, { granted, refused, from, to, source, urls }) {
    const title = say("And when a licence is needed? {granted} times yes, {refused} times no.", { granted, refused });
    const marks = (count, kind) => Array.from({ length: count }, () => el(`span.mark-of.${kind}`));
    const counts = say("From {from} to {to} the EU states that reported granted at least {granted} licences for listed surveillance technology and refused {refused}.", { granted, refused, from: from.slice(0, 4), to: to.slice(0, 4) });
    return part(
      "front-licences",
      title,
      el("p", say(told.licences)),
      el("p.marks", { role: "img", "aria-label": counts }, marks(granted, "granted"), marks(refused, "refused")),
      el("p.note", counts, " ", say("Source:"), " ", quoted(source), " ", ending.links(urls)),
    );
  }

  function agreedPart(page, told) {
    const { kinds, binding } = told.safeguards;
    const row = ([id, count]) => [el("dt", gates.plainName(page, page.regimes.get(id))), el("dd", say("{count} of {all}", { count, all: kinds }))];
    return part(
      "front-agreed",
      say("What changed in November 2020?"),
      el("p", say(told.agreed)),
      el("div.two", el("div.panel", el("h3", say("Added: transparency")), list(told.added.map((text) => say(text)))), el("div.panel", el("h3", say("Left out: safeguards")), list(told.left_out.map((text) => say(text))))),
      el("p", say("There are {kinds} kinds of safeguard for the people affected. How many are a duty?", { kinds })),
      el("dl.known", Object.entries(binding).map(row)),
    );
  }

  function ways(page) {
    const door = (title, text, content) => el("div.panel", el("h3", title), el("p", text), content);
    const link = (view, words) => el("p", el("a", { href: page.link({ view }) }, words));
    return part(
      "front-ways",
      say("Where to go from here"),
      el(
        "div.two",
        door(say("Decide yourself"), say("Real sales arrive, one at a time. What do you do?"), link("play", say("You decide"))),
        door(say("All sales and puzzles"), say("Every sale on record, and invented ones that differ in one thing."), link("cases", say("All sales on record"))),
        door(say("For lawyers"), say("Every rule, every question and every source of a case."), link("articles", say("Show me the articles"))),
        door(say("For analysts and authors"), say("Compare your own cases, or write a law as a plugin:"), el("pre", { tabindex: "0" }, el("code", "regcompare compare\nregcompare new my-law"))),
      ),
    );
  }

  return { draw };
})();
