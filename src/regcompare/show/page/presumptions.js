/* What counts as known about a scenario once presumptions are added, and the answers that follow. */
"use strict";

const presumptions = (() => {
  const FACTS_DATE = "scenario.date";
  const { falls } = codes;

  /** Adds presumptions to what is stated: stated, then presumed, then ordinary. */
  function established(model, scenario) {
    const values = new Map();
    const origins = new Map();
    const add = (key, value, origin) => {
      if (value !== undefined && value !== null && !values.has(key)) {
        values.set(key, value);
        origins.set(key, origin);
      }
    };
    for (const { key } of model.data.facts) {
      add(key, scenario.facts[key], "stated");
      add(key, scenario.presumed[key], "presumed");
    }
    if (scenario.presume === "ordinary") {
      for (const fact of model.data.facts) if (!fact.same) add(fact.key, fact.ordinary, "ordinary");
      for (const fact of model.data.facts) {
        const copied = fact.same ? values.get(fact.same) : undefined;
        if (copied !== "unknown") add(fact.key, copied, "ordinary");
      }
    }
    return { values, origins };
  }

  /** The answer to a question: true, false, a word, a day; null where it is open. */
  function answerTo(model, number, scenario, known) {
    const { key, name, member } = model.question[number];
    if (key === FACTS_DATE) return scenario.date ?? null;
    if (name === "discretion") return scenario.discretion[member] ?? null;
    const fact = model.facts.get(name);
    const value = known.values.get(name);
    if (!fact || value === undefined || value === "unknown") return null;
    if (fact.kind === "set") return value.open.includes(member) ? null : value.known.includes(member);
    if (fact.kind !== "codes") return value;
    const sure = value.known.map((code) => falls(fact.codes, code, member));
    if (sure.includes(true)) return true;
    const open = value.open.map((code) => falls(fact.codes, code, member) !== false);
    return sure.includes(null) || open.includes(true) ? null : false;
  }

  return { FACTS_DATE, answerTo, established };
})();
