/* The story of one sale: the sale, a guess, three gates with their reasons, and what one fact changes. */
"use strict";

const scenes = (() => {
  const { byId, capital, el, fold, list, listing, source } = elements;
  const { say, sayMany } = language;

  let drawing = 0;

  /** Draws the story; the levers follow a moment later, so that the answers appear at once. */
  function draw(page, root, actions) {
    const { scenario, results } = page;
    const hidden = page.isHidden();
    delete root.dataset.levers;
    const scene = hidden ? null : (root.querySelector("#scene-fact") ?? factScene(page, actions));
    for (const child of [...root.children]) if (child !== scene) child.remove();
    if (scene && !scene.isConnected) root.append(scene);
    const top = [saleScene(page, scenario), hidden ? guessScene(page, results, actions) : gatesScene(page, results, actions)];
    const end = [onPaper(page, scenario), about(page)];
    if (scene) scene.before(...top); // It stays in place, and so does the focus.
    else root.append(...top);
    root.append(...end);
    drawing += 1;
    const drawingNumber = drawing;
    if (!hidden) setTimeout(() => drawingNumber === drawing && follow(page, root, actions));
  }

  /** Evaluates the levers. */
  function follow(page, root, actions) {
    const { scenario, results } = page;
    const leverResults = levers.evaluate(page, scenario, results);
    const focusedLever = document.activeElement?.closest(".lever")?.id;
    root.querySelector("#scene-fact").replaceWith(factScene(page, actions, levers.panel(page, scenario, results, leverResults, actions.pull)));
    if (focusedLever) document.querySelector(`#${focusedLever} input:checked`)?.focus({ preventScroll: true });
    root.dataset.levers = "ready";
  }

  // the sale -----------------------------------------------------------------------------------------------

  function saleScene(page, scenario) {
    const { texts } = page.cases.get(page.state.id);
    const story = texts.story || texts.title;
    const changed = page.changes();
    return el(
      "section.scene",
      { id: "scene-sale" },
      el("p.route", facts.route(page, scenario)),
      el("h1", { id: "story-title", tabindex: "-1", ...language.mark(texts.title) }, say(texts.title)),
      el("p.told-story", language.mark(story), say(story)),
      changed ? el("p.note", say("You have changed this case. What it shows is no longer about a real sale.")) : null,
    );
  }

  // a guess ------------------------------------------------------------------------------------------------

  function guessScene(page, results, actions) {
    const missing = () => results.filter(({ id }) => !page.guesses.has(id)).length;
    const button = el("button.main", { disabled: missing() > 0, click: actions.reveal }, say("Show the answers"));
    const note = el("p.note", { role: "status" });
    const follow = () => {
      button.disabled = missing() > 0;
      note.textContent = missing() ? sayMany("{count} gate left to guess.", "{count} gates left to guess.", missing()) : say("All three guessed.");
    };
    const section = el(
      "section.scene",
      { id: "scene-guess" },
      el("h2", { tabindex: "-1" }, say("What do you think: may this sale go ahead?")),
      el("div.gates", results.map((result) => guessCard(page, result, follow))),
      el("div.next", button, note),
      el("details.facts-told", el("summary", say("What is known about this sale")), facts.list(page, page.scenario)),
    );
    follow();
    return section;
  }

  function guessCard(page, { id, number }, follow) {
    const words = { free: say("Free"), ask: say("Report, or licence"), stop: say("No") };
    const guess = (kind) => {
      page.guesses.set(id, kind);
      follow();
    };
    const option = ([kind, word]) =>
      gates.option(kind, word, { name: `gate-${id}`, checked: page.guesses.get(id) === kind, change: () => guess(kind) });
    const name = el("legend", gates.plainName(page, number));
    return el("fieldset.gate-card", name, el("div.choices", Object.entries(words).map(option)));
  }

  // three gates --------------------------------------------------------------------------------------------

  function gatesScene(page, results, actions) {
    return el(
      "section.scene",
      { id: "scene-gates", "aria-label": say("Three rulebooks") },
      page.revealed ? score(page, results) : null,
      el("div.gates", results.map((result) => gateCard(page, result))),
      next(page, actions),
      atHome(page),
    );
  }

  /** Shows new results at the gates, before the rest of the story follows. */
  function showGates(page, newVerdicts) {
    const bands = document.querySelectorAll("#scene-gates > .gates .gate");
    newVerdicts.forEach((verdict, at) => bands[at]?.replaceWith(gates.band(gates.gateOf(page, verdict))));
    delete byId("view-story").dataset.levers; // Until the story is drawn again.
  }

  /** The same use at home: a gate that a reader can open. */
  function atHome(page) {
    const results = page.atHome();
    return results.length ? fold("home", "details.facts-told", say("The same use at home"), el("div.gates", results.map((result) => gateCard(page, result)))) : null;
  }

  function gateCard(page, result) {
    const gate = gates.gateOf(page, result.verdict);
    const { sentence, facts, mark } = why.reason(page, result.verdict, result.findings);
    const label = elements.fresh("gate");
    return el(
      "article.gate-card",
      { "aria-labelledby": label },
      el("h2", { id: label }, gates.plainName(page, result.number)),
      gates.band(gate),
      otherDay(page, result.verdict),
      el("p.why", mark, terms.withTerms(sentence)),
      el("p.means", terms.withTerms(gate.means), decidedBy(page, result)),
      why.grounds(page, result, facts),
      guessed(page, result, gate),
    );
  }

  /** Says that a law is not that of the day of the case. */
  function otherDay(page, { ruleset, day, scenario }) {
    const isOther = ruleset.status !== "proposal" && day && scenario.date && day !== scenario.date;
    return isOther ? el("p.note", say(page.texts.why.other_day, { law: day, day: scenario.date })) : null;
  }

  /** The articles that decide, or may; the demands of a proposal are named in the articles view. */
  function decidedBy(page, { id, number, verdict, findings }) {
    if (verdict.ruleset.status === "proposal" || !verdict.span) return null;
    const relevant = findings.filter((finding) => finding.decides || (finding.holds === null && finding.then === verdict.span[1]));
    const articleNumbers = relevant.map(({ rule }) => /^Art\. (\S+)/.exec(page.model.data.rules[rule].pinpoint)?.[1]).filter(Boolean);
    const articleNames = [...new Set(articleNumbers)].slice(0, 2).map((articleNumber) => say("Article {number}", { number: articleNumber }));
    if (!articleNames.length || verdict.span[1] === 0) return null;
    const shownIds = page.shownNumbers().includes(number) ? page.state.regimes : [...(page.state.regimes ?? page.shown), id];
    const href = page.link({ view: "articles", regimes: shownIds });
    return [" ", el("a.article", { href }, capital(listing(articleNames, say("and"))))];
  }

  function guessed(page, { id }, gate) {
    const guess = page.guesses.get(id);
    if (!page.revealed || !guess) return null;
    return el("p.guess", gates.fits(gate, guess) ? say("Your guess fits.") : say("You guessed differently."));
  }

  function score(page, results) {
    const correct = results.filter(({ id, verdict }) => gates.fits(gates.gateOf(page, verdict), page.guesses.get(id))).length;
    return el("p.score", { role: "status", tabindex: "-1" }, say("{right} of {all} guesses fit.", { right: correct, all: results.length }));
  }

  /** The next step: the case with one difference, or the next sale. */
  function next(page, actions) {
    const id = page.nextOf(page.state.id);
    const { texts, facts: other } = page.cases.get(id);
    const isSamePuzzle = page.puzzleOf(id) && page.puzzleOf(id) === page.puzzleOf(page.state.id);
    const differences = isSamePuzzle ? facts.differences(page, page.base(), other).slice(0, 2) : [];
    const differenceMarks = differences.map((change) => [
      el("br"),
      el("mark", say("One difference: {question} {before} → {after}", change)),
    ]);
    const [question, ids, answer] = page.puzzleOf(page.state.id) ?? [];
    return el(
      "div.next",
      { id: "scene-next" },
      ids?.at(-1) === page.state.id ? el("p.answer-told", language.mark(answer), el("strong", say(question)), " ", say(answer)) : null,
      el("a.button.main", { href: actions.open(id) }, say("Your turn: guess the next sale")),
      el("p.note", el("span", language.mark(texts.title), say(texts.title)), differenceMarks),
    );
  }

  // the fact that makes the difference -----------------------------------------------------------------------

  function factScene(page, actions, leverPanel = null) {
    return el(
      "section.scene",
      { id: "scene-fact" },
      el("h2", { tabindex: "-1" }, say("One fact makes the difference")),
      el("p", say("Change one thing about the sale. The three dots show what each rulebook would say then.")),
      el("p.told", { id: "told-story", role: "status" }, page.changes() ? page.told : ""),
      el("div.levers", leverPanel),
      page.changes() ? el("p", el("a", { href: actions.open(page.state.id, false) }, say("Back to the case as it was"))) : null,
    );
  }

  // what this is ---------------------------------------------------------------------------------------

  function about(page) {
    const { texts } = page.cases.get(page.state.id);
    const count = sayMany("{count} source", "{count} sources", texts.sources.length);
    return el(
      "section.scene.about",
      el("p", el("a", { href: page.link({ view: "articles" }) }, say("Show me the articles")), " · ", say("every rule, every question and every source of this case")),
      texts.sources.length && texts.kind !== "teaching" ? el("details", el("summary", count), list(texts.sources.map(source), { lang: "en" })) : null,
      el("details", el("summary", say("What the gates and the words mean")), glossary(page)),
    );
  }

  /** Content for print only: the facts in words, and the sources. */
  function onPaper(page, scenario) {
    const { sources } = page.cases.get(page.state.id).texts;
    return el(
      "section.on-paper",
      { "aria-hidden": "true" },
      el("h2", say("What is known about this sale")),
      facts.list(page, scenario),
      sources.length ? el("h2", say("Sources")) : null,
      list(sources.map(({ text, url }) => [text, url ? ` ${url}` : ""]), { lang: "en" }),
    );
  }

  function glossary(page) {
    return el(
      "dl.known",
      page.texts.outcomes.map((look) => [
        el("dt", `${look.glyph} ${gates.fullWord(look)}`),
        el("dd", say(look.means), " ", say("Lawyers say: {word}.", { word: say(look.word) })),
      ]),
      terms.glossary().map(([term, meaning]) => [el("dt", elements.capital(term)), el("dd", meaning)]),
    );
  }

  return { draw, showGates };
})();
