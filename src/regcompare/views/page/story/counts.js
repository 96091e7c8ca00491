/* What a rule of the reader's comes to over all cases, beside what the rulebooks do. */
"use strict";

const counts = (() => {
  const { el, list } = elements;
  const { say, sayMany } = language;

  const STRICTNESS = { free: 0, ask: 1, stop: 2 };

  /** What a rulebook says at least of a case, and whether it makes the seller ask or forbids the sale. */
  function held({ kind, low }) {
    if (kind === "none") return { reached: null };
    if (kind === "free") return { reached: false };
    return { reached: low.gate === "free" ? null : true, says: low.gate };
  }

  /** What each sale on record, and each other case, comes to under a rule of the reader's and the rulebooks. */
  function placed(page, own) {
    const recorded = sweep.sales(page).map((sale) => ({ ...sale, isRecorded: true }));
    const others = page.ids
      .filter((id) => !sweep.isRecorded(page, id) && page.cases.get(id).texts.kind !== "replay")
      .map((id) => ({ id, parts: [id], isRecorded: false }));
    return [...recorded, ...others].map((sale) => {
      const found = sweep.verdictsOf(page, sale).map((verdict) => ({ ...gates.of(page, verdict), isCovered: Boolean(verdict.span) }));
      const reached = sale.parts.map((id) => clauses.reaches(page, own, page.cases.get(id).facts));
      const ruled = { reached: reached.includes(true) ? true : reached.includes(null) ? null : false, says: own.outcome };
      return { ...sale, ruled, gates: found };
    });
  }

  /** The four groups of cases; `strictest` is the place of the proposal that measures two of them. */
  function grouped(all, ruledBy, strictest) {
    const found = all.map((one) => ({ ...one, ...ruledBy(one), measure: one.gates[strictest] }));
    const recorded = found.filter(({ isRecorded }) => isRecorded);
    return {
      reached: recorded.filter(({ reached }) => reached),
      missed: recorded.filter(({ reached, measure }) => reached === false && measure?.kind === "stop"),
      mistaken: found.filter(({ reached, says, measure }) => reached && isMilder(measure, says)),
      open: recorded.filter(({ reached }) => reached === null),
    };
  }

  /** Whether a gate asks for less than a rule, whatever the answers that are open. */
  const isMilder = (gate, says) => Boolean(gate?.isCovered && gate.high) && STRICTNESS[gate.high.gate] < STRICTNESS[says];

  /** The groups of a rule, those of each rulebook, and the rule's in a sentence. */
  function worked(page, own) {
    const all = placed(page, own);
    const numbers = page.shownNumbers();
    const strictest = numbers.findLastIndex((number) => page.model.data.rulesets[number].status === "proposal");
    const groups = grouped(all, ({ ruled }) => ruled, strictest);
    const others = numbers.map((number, at) => [gates.plainName(page, number), grouped(all, (one) => held(one.gates[at]), strictest)]);
    const recorded = all.filter(({ isRecorded }) => isRecorded).length;
    const measure = strictest < 0 ? null : gates.plainName(page, numbers[strictest]);
    return { groups, rows: [[say("Your rule"), groups], ...others], recorded, measure, told: told(groups, recorded, measure) };
  }

  function told(groups, recorded, measure) {
    const count = Object.fromEntries(Object.entries(groups).map(([name, found]) => [name, found.length]));
    return measure
      ? say("Your rule reaches {reached} of {recorded} sales on record, misses {missed}, and hits {mistaken} by mistake; for {open} it cannot be told.", { ...count, recorded })
      : say("Your rule reaches {reached} of {recorded} sales on record; for {open} it cannot be told.", { ...count, recorded });
  }

  /** The table and the lists for a rule; `folded` makes a part that opens. */
  function shown(page, { groups, rows, recorded, measure }, folded) {
    const parts = {
      reached: say("Sales on record that your rule reaches"),
      missed: say("Missed, though “{regime}” would stop them", { regime: measure }),
      mistaken: say("Hit by mistake: even “{regime}” asks for less", { regime: measure }),
      open: say("Sales of which too little is known to tell"),
    };
    const keys = Object.keys(parts).filter((key) => measure || ["reached", "open"].includes(key));
    return [table(rows, keys, recorded, measure), ...keys.map((key) => part(page, key, parts[key], groups[key], folded))];
  }

  function table(rows, keys, recorded, measure) {
    const heads = { reached: say("Reached"), missed: say("Missed"), mistaken: say("By mistake"), open: say("Cannot tell") };
    return el(
      "table.rule-table",
      el(
        "caption",
        sayMany("{count} sale on record.", "{count} sales on record.", recorded),
        " ",
        measure ? say("“{regime}” is the measure of what is missed, and of what is hit by mistake; the latter may be an invented case.", { regime: measure }) : null,
      ),
      el("thead", el("tr", el("td"), keys.map((key) => el("th", { scope: "col" }, heads[key])))),
      el(
        "tbody",
        rows.map(([name, groups]) => el("tr", el("th", { scope: "row" }, name), keys.map((key) => el("td", { "data-group": key }, String(groups[key].length))))),
      ),
    );
  }

  function part(page, name, title, found, folded) {
    const links = found.map(({ id }) => {
      const { facts: scenario, texts } = page.cases.get(id);
      const href = page.caseLink(id);
      return [el("a", { href, ...language.mark(texts.title) }, say(texts.title)), " ", el("span.note", facts.route(page, scenario))];
    });
    return folded(`list-${name}`, [title, " ", el("span.count", `(${found.length})`)], list(links) ?? el("p.note", say("None.")));
  }

  return { shown, worked };
})();
