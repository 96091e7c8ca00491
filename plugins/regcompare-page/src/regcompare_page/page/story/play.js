/* You decide: sales on record arrive one at a time; the reader allows or refuses, and sees what happened.
 *
 * The address says which sales are drawn and what was decided: in `play=3.fs`, the third draw, the first
 * sale was allowed and the second refused.
 */
"use strict";

const play = (() => {
  const { el, quoted } = elements;
  const { say } = language;
  const [ALWAYS, DRAWN] = [3, 5];
  const KINDS = { f: "free", s: "stop" };

  let hasDecided = false;

  // which sales ------------------------------------------------------------------------------------------

  /** The draw and the decisions that a text expresses; null if it is not valid. */
  function read(text) {
    const match = /^(\d{1,6})(?:\.([fs]{0,20}))?$/.exec(text);
    return match && { seed: Number(match[1]), made: [...(match[2] ?? "")] };
  }

  /** A number that only a seed and a text determine, mixed well. */
  const mixed = (seed, text) => [...`${seed} ${text}`].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0, 0x811c9dc5);

  /** The sales of a draw: the first deals of the page, then others by date, no two from one deal. */
  function drawSales(page, seed) {
    const deals = sales.recorded(page).map(({ parts }) => parts);
    const drawn = (ids) => [...ids].sort((one, other) => mixed(seed, one) - mixed(seed, other));
    const others = deals.slice(ALWAYS).map((parts) => drawn(parts)[0]);
    const day = (id) => page.cases.get(id).facts.date ?? "";
    const byDay = drawn(others).slice(0, DRAWN).sort((one, other) => (day(one) < day(other) ? -1 : 1));
    return [...deals.slice(0, ALWAYS).map(([id]) => id), ...byDay];
  }

  // one sale ---------------------------------------------------------------------------------------------

  function draw(page, root, actions) {
    const { seed, made: decisions } = read(page.state.play ?? "0");
    const ids = drawSales(page, seed);
    if (!ids.length) return root.replaceChildren(el("h1", { tabindex: "-1" }, say("You decide")), el("p", say("This page has no sale on record.")));
    const decided = decisions.slice(0, ids.length);
    const decide = (letter) => {
      hasDecided = true;
      actions.set({ play: `${seed}.${[...decided, letter].join("")}` });
    };
    const isOver = decided.length === ids.length;
    const navigation = el(
      "p.next",
      el("a.button", { href: page.link({ play: String(seed + 1) }) }, say("Other sales")),
      " ",
      decided.length ? el("a.button", { href: page.link({ play: String(seed) }) }, say("The same sales again")) : null,
      " ",
      isOver ? el("a.button.main", { href: page.link({ view: "rule" }) }, say("Write a rule")) : null,
    );
    root.replaceChildren(
      el("h1", { tabindex: "-1" }, isOver ? say("What you decided, and what happened") : say("You decide")),
      ...(decided.length ? [tally(page, ids, decided)] : [el("p", say("You are the authority. Real sales arrive, one at a time: allow each, or refuse it. Decide first. Then see what really happened."))]),
      ...(isOver ? ending(page, ids, decided) : dossier(page, ids, decided, decide)),
      navigation,
    );
    if (hasDecided) lead(root, isOver);
    hasDecided = false;
    return ids;
  }

  /** Moves the focus to what follows a decision. */
  function lead(root, isOver) {
    scrollTo(0, 0);
    root.querySelector(isOver ? "h1" : "h2").focus({ preventScroll: true });
  }

  /** The sale to decide on, after what became of the last one. */
  function dossier(page, ids, decided, decide) {
    const id = ids[decided.length];
    const { facts: scenario, texts } = page.cases.get(id);
    const values = { at: decided.length + 1, all: ids.length, route: facts.route(page, scenario) };
    const story = texts.story || texts.title;
    const button = ([letter, kind]) => el(`button.choice.gate.is-${kind}`, { click: () => decide(letter) }, el("span", choice(letter)));
    return [
      decided.length ? consequence(page, ids[decided.length - 1], decided.at(-1)) : null,
      el(
        "article.paper-card.dossier",
        { "aria-labelledby": "dossier" },
        el("h2", { id: "dossier", tabindex: "-1" }, say("Sale {at} of {all}: {route}", values)),
        el("p.told-story", language.mark(story), say(story)),
        el("details.grounds", el("summary", say("What is known about this sale")), facts.list(page, scenario)),
        el("div.choices.decide", { role: "group", "aria-label": say("Your decision") }, Object.entries(KINDS).map(button)),
      ),
    ].filter(Boolean);
  }

  const choice = (letter) => ({ f: say("Allow"), s: say("Refuse") })[letter];

  /** The acts shown that were in force on the day of a sale. */
  function inForce(page, scenario) {
    const { rulesets } = page.model.data;
    return page
      .shownNumbers()
      .filter((number) => rulesets[number].status !== "proposal")
      .map((number) => verdicts.assess(page.model, scenario, number, { asOf: "scenario" }))
      .filter((verdict) => verdict.inForce === true);
  }

  // what follows -----------------------------------------------------------------------------------------

  const NOT_ASKED = ["none_needed", "not_applied"];

  /** Whether nobody asked an authority about a sale, so that the reader's decision would not have counted. */
  const isNotAsked = (page, id) => NOT_ASKED.includes(page.cases.get(id).texts.decision);

  /** What a decision comes to: a stamp, what really happened, the rule of the day, and the record. */
  function consequence(page, id, letter) {
    const { facts: scenario, texts } = page.cases.get(id);
    const label = elements.fresh("sale");
    return el(
      "article.paper-card.consequence",
      { "aria-labelledby": label },
      el("p.route", facts.route(page, scenario)),
      el("h2", { id: label, tabindex: "-1", ...language.mark(texts.title) }, el("a", { href: page.caseLink(id) }, say(texts.title))),
      el("p", { class: `stamp is-${letter === "f" ? "free" : "stop"}` }, isNotAsked(page, id) ? say("Nobody asked you") : choice(letter)),
      el("dl.known", [
        [say("You"), choice(letter)],
        [say("What really happened"), decisionSentence(texts.decision)],
        ...ruleOfTheDay(page, scenario),
        texts.record ? [say("From the record"), quoted(texts.record)] : null,
      ].filter(Boolean).map(([name, value]) => [el("dt", name), el("dd", value)])),
    );
  }

  /** The gate by each act in force on the day of a sale, with its reason. */
  function ruleOfTheDay(page, scenario) {
    const year = scenario.date?.slice(0, 4);
    if (!year) return [[say("The rules of the day"), say("The day of this sale is not known.")]];
    const title = say("The rules of {year}", { year });
    const gatesOfTheDay = inForce(page, scenario).map((verdict) => [
      title,
      [gates.chip(gates.gateOf(page, verdict)), " ", why.reason(page, verdict, verdicts.findings(verdict)).sentence],
    ]);
    return gatesOfTheDay.length ? gatesOfTheDay : [[title, say("The rulebook of {year} is older than those on this page.", { year })]];
  }

  /** The reader's decisions beside those that states published. */
  function tally(page, ids, decided) {
    const asked = decided.filter((_, at) => !isNotAsked(page, ids[at]));
    const count = (letter) => asked.filter((decision) => decision === letter).length;
    const mine = say("You: {yes} times yes, {no} times no; in {none} nobody asked you.", { yes: count("f"), no: count("s"), none: decided.length - asked.length });
    const states = page.licences.map(({ granted, refused }) => say("EU states that reported: {granted} times yes, {refused} times no.", { granted, refused }));
    return el("p.told.tally", { role: "status" }, [mine, ...states].join(" "));
  }

  function ending(page, ids, decided) {
    return [
      ...page.licences.map(({ granted, refused, from, to, source, urls }) =>
        el(
          "p.note",
          say("From {from} to {to} the EU states that reported granted at least {granted} licences for listed surveillance technology and refused {refused}.", { granted, refused, from: from.slice(0, 4), to: to.slice(0, 4) }),
          " ",
          say("These counts contain only what needed a licence: face recognition is in none of them. The years are disputed."),
          " ",
          say("Source:"),
          " ",
          el("span", language.mark(source), say(source)),
          " ",
          urls.map((url, at) => ["(", el("a", { href: url, rel: "noreferrer" }, say("address {number}", { number: at + 1 })), ") "]),
        ),
      ),
      el("ol.cards-of-sales.played", ids.map((id, at) => el("li", consequence(page, id, decided[at])))),
      el("p.note", say(page.texts.notice)),
    ];
  }

  /** What an authority decided, as a sentence. */
  function decisionSentence(decision) {
    const sentences = {
      none_needed: say("No licence was needed."),
      not_applied: say("Nobody asked for a licence."),
      applied: say("A licence was asked for; the answer is not public."),
      granted: say("A licence was granted."),
      refused: say("The licence was refused."),
      suspended: say("The licence was put on hold."),
      withdrawn: say("The request was withdrawn."),
      revoked: say("A licence was granted, and taken back later."),
    };
    return sentences[decision] ?? say("Whether there was a licence is not public.");
  }

  return { draw, drawSales, read };
})();
