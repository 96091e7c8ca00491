/* The effect of the reader's rule on all cases, compared with the rulebooks. */
"use strict";

const counts = (() => {
  const { el, fold, list } = elements;
  const { say, sayMany } = language;

  const STRICTNESS = { free: 0, ask: 1, stop: 2 };

  /** Whether a rulebook reaches a case, and the least that it requires: to ask, or to stop. */
  function rulebookEffect({ kind, low }) {
    if (kind === "none") return { reached: null };
    if (kind === "free") return { reached: false };
    return { reached: low.gate === "free" ? null : true, says: low.gate };
  }

  /** The result of each sale on record, and of each other case, under the reader's rule and the rulebooks. */
  function evaluateSales(page, ownRule) {
    const recorded = sales.recorded(page).map((sale) => ({ ...sale, isRecorded: true }));
    const others = page.ids
      .filter((id) => !sales.isRecorded(page, id) && page.cases.get(id).texts.kind !== "replay")
      .map((id) => ({ id, parts: [id], isRecorded: false }));
    return [...recorded, ...others].map((sale) => {
      const gateResults = sales.verdictsOf(page, sale).map((verdict) => ({ ...gates.gateOf(page, verdict), isCovered: Boolean(verdict.span) }));
      const reached = sale.parts.map((id) => clauses.reaches(page, ownRule, page.cases.get(id).facts));
      const ruleResult = { reached: clauses.either(reached), says: ownRule.outcome };
      return { ...sale, ruled: ruleResult, gates: gateResults };
    });
  }

  /** The four groups of cases; `strictest` is the index of the proposal against which two are measured. */
  function grouped(cases, effectOf, strictest) {
    const measured = cases.map((sale) => ({ ...sale, ...effectOf(sale), measure: sale.gates[strictest] }));
    const recorded = measured.filter(({ isRecorded }) => isRecorded);
    return {
      reached: recorded.filter(({ reached }) => reached),
      missed: recorded.filter(({ reached, measure }) => reached === false && measure?.kind === "stop"),
      mistaken: measured.filter(({ reached, says, measure }) => reached && isMilder(measure, says)),
      open: recorded.filter(({ reached }) => reached === null),
    };
  }

  /** Whether a gate asks for less than a rule, however open questions are answered. */
  const isMilder = (gate, says) => Boolean(gate?.isCovered && gate.high) && STRICTNESS[gate.high.gate] < STRICTNESS[says];

  /** The groups of a rule and of each rulebook, and a summary of the rule. */
  function evaluate(page, ownRule) {
    const cases = evaluateSales(page, ownRule);
    const numbers = page.shownNumbers();
    const strictestPlace = numbers.findLastIndex((number) => page.model.data.rulesets[number].status === "proposal");
    const groups = grouped(cases, ({ ruled }) => ruled, strictestPlace);
    const rulebooks = numbers.map((number, at) => [gates.plainName(page, number), grouped(cases, (sale) => rulebookEffect(sale.gates[at]), strictestPlace)]);
    const recorded = cases.filter(({ isRecorded }) => isRecorded).length;
    const measure = strictestPlace < 0 ? null : gates.plainName(page, numbers[strictestPlace]);
    return { groups, rows: [[say("Your rule"), groups], ...rulebooks], recorded, measure, summary: summary(groups, recorded, measure) };
  }

  function summary(groups, recorded, measure) {
    const count = Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, group.length]));
    return measure
      ? say("Your rule reaches {reached} of {recorded} cases. It misses {missed} that “{regime}” would stop, and hits {mistaken} by mistake. For {open} too little is known.", { ...count, recorded, regime: measure })
      : say("Your rule reaches {reached} of {recorded} cases. For {open} too little is known.", { ...count, recorded });
  }

  /** The table and the lists for a rule. */
  function render(page, { groups, rows, recorded, measure }) {
    const parts = {
      reached: say("Cases on record that your rule reaches"),
      missed: say("Missed, though “{regime}” would stop them", { regime: measure }),
      mistaken: say("Too strict: “{regime}” asks less of these", { regime: measure }),
      open: say("Cases of which too little is known to tell"),
    };
    const keys = Object.keys(parts).filter((key) => measure || ["reached", "open"].includes(key));
    return [table(rows, keys, recorded, measure), ...keys.map((key) => part(page, key, parts[key], groups[key]))];
  }

  function table(rows, keys, recorded, measure) {
    const heads = { reached: say("Reached"), missed: say("Missed"), mistaken: say("By mistake"), open: say("Cannot tell") };
    return el(
      "table.rule-table",
      el(
        "caption",
        sayMany("{count} case on record.", "{count} cases on record.", recorded),
        " ",
        measure ? say("Missed and by mistake are measured against “{regime}”. What is hit by mistake may be an invented case.", { regime: measure }) : null,
      ),
      el("thead", el("tr", el("td"), keys.map((key) => el("th", { scope: "col" }, heads[key])))),
      el(
        "tbody",
        rows.map(([name, groups]) => el("tr", el("th", { scope: "row" }, name), keys.map((key) => el("td", { "data-group": key }, el("span.count", String(groups[key].length)), dots(groups[key], key))))),
      ),
    );
  }

  const LOOKS = { reached: "stop", missed: "none", mistaken: "ask", open: "depends" };

  /** A dot for each sale of a group; the lists below name those of the reader's rule. */
  const dots = (group, key) => el("span.dots", { "aria-hidden": "true" }, group.map(() => el(`span.dot.gate.is-${LOOKS[key]}`)));

  function part(page, name, title, cases) {
    const links = cases.map(({ id }) => {
      const { facts: scenario, texts } = page.cases.get(id);
      const href = page.caseLink(id);
      return [el("a", { href, ...language.mark(texts.title) }, say(texts.title)), " ", el("span.note", facts.route(page, scenario))];
    });
    return fold(`list-${name}`, "details.lever", [title, " ", el("span.count", `(${cases.length})`)], list(links) ?? el("p.note", say("None.")));
  }

  return { evaluate, render };
})();
