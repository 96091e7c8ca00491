/* You decide: sales on record arrive one at a time; the reader lets them go, asks for a licence, or refuses.
 *
 * The address says which sales are drawn and what was decided: in `play=3.fas`, the third draw, the first
 * sale was let go, a licence was asked for the second, and the third was refused.
 */
"use strict";

const play = (() => {
  const { el, sign } = elements;
  const { say } = language;
  const [ALWAYS, DRAWN] = [3, 5];
  const KINDS = { f: "free", a: "ask", s: "stop" };

  let hasDecided = false;

  // which sales ------------------------------------------------------------------------------------------

  /** The draw and the decisions that a text expresses; null if it is not valid. */
  function read(text) {
    const match = /^(\d{1,6})(?:\.([fas]{0,20}))?$/.exec(text);
    return match && { seed: Number(match[1]), made: [...(match[2] ?? "")] };
  }

  /** Pseudo-random numbers from 0 up to 1, determined by a seed. */
  function numbers(seed) {
    let state = seed + 1;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
  }

  /** The sales of a draw: the first deals of the page, then others by date, no two from one deal. */
  function drawSales(page, seed) {
    const deals = sweep.sales(page).map(({ parts }) => [...parts]);
    const next = numbers(seed);
    const takeRandom = (pool) => pool.splice(Math.floor(next() * pool.length), 1)[0];
    const firstIds = deals.splice(0, ALWAYS).map(([id]) => id);
    const otherIds = [];
    while (deals.length && otherIds.length < DRAWN) otherIds.push(takeRandom(takeRandom(deals)));
    const day = (id) => page.cases.get(id).facts.date ?? "";
    return [...firstIds, ...otherIds.sort((one, other) => (day(one) < day(other) ? -1 : 1))];
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
    root.replaceChildren(...(isOver ? ending.render(page, ids, decided) : dossier(page, ids, decided, decide)), navigation);
    if (hasDecided) lead(root, isOver);
    hasDecided = false;
    return ids;
  }

  /** Moves the focus to what follows a decision. */
  function lead(root, isOver) {
    scrollTo(0, 0);
    root.querySelector(isOver ? "h1" : "h2").focus({ preventScroll: true });
  }

  function dossier(page, ids, decided, decide) {
    const id = ids[decided.length];
    const { facts: scenario, texts } = page.cases.get(id);
    const values = { at: decided.length + 1, all: ids.length, route: facts.route(page, scenario) };
    const story = texts.story || titleWithoutDecision(texts);
    const button = ([letter, kind]) =>
      el(`button.choice.gate.is-${kind}`, { click: () => decide(letter) }, sign(gates.GLYPHS[kind]), " ", el("span", choice(letter)));
    return [
      el("h1", { tabindex: "-1" }, say("You decide")),
      decided.length
        ? el("p.told", { role: "status" }, lastDecision(page, ids[decided.length - 1], decided.at(-1)))
        : el("p", say("You are the authority. Real sales arrive, one at a time: let each go, ask for a licence, or refuse. Decide first. Then see what really happened.")),
      el(
        "article.paper-card.dossier",
        { "aria-labelledby": "dossier" },
        el("h2", { id: "dossier", tabindex: "-1" }, say("Sale {at} of {all}: {route}", values)),
        el("p.told-story", language.mark(story), say(story)),
        el("p.note", setting(page, scenario)),
        facts.list(page, scenario),
        el("div.choices.decide", { role: "group", "aria-label": say("Your decision") }, Object.entries(KINDS).map(button)),
      ),
    ];
  }

  /** A title without its last word if that gives the decision away. */
  const titleWithoutDecision = ({ title, decision }) => (decision ? title.replace(new RegExp(`, ${decision}$`), "") : title);

  const choice = (letter) => ({ f: say("Let it go"), a: say("Ask for a licence"), s: say("Refuse") })[letter];

  /** The acts shown that were in force on the day of a sale. */
  function inForce(page, scenario) {
    const { rulesets } = page.model.data;
    return page
      .shownNumbers()
      .filter((number) => rulesets[number].status !== "proposal")
      .map((number) => verdicts.assess(page.model, scenario, number, { asOf: "scenario" }))
      .filter((verdict) => verdict.inForce === true);
  }

  function setting(page, scenario) {
    const year = scenario.date?.slice(0, 4);
    if (!year) return say("The day of this sale is not known.");
    const rules = inForce(page, scenario).map(({ number }) => gates.plainName(page, number));
    return rules.length
      ? say("The rulebook in the EU in {year}: {rules}.", { year, rules: elements.listing(rules, say("and")) })
      : say("The rulebook of {year} is older than those on this page.", { year });
  }

  function lastDecision(page, id, letter) {
    const { texts } = page.cases.get(id);
    const values = { choice: choice(letter), happened: decisionSentence(texts.decision) };
    return say("You chose “{choice}”. What really happened: {happened}", values);
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

  return { KINDS, choice, decisionSentence, draw, drawSales, inForce, read };
})();
