/* The facts established of a scenario once presumptions are added, and the answers that follow. */
"use strict";

const presumptions = (() => {
  const FACTS_DATE = "scenario.date";
  const { isUnderPattern } = codes;

  /** Adds presumptions, except withdrawn ones, to what is stated: stated, presumed, then the layers. */
  function established(model, scenario, withdrawn = new Map()) {
    const values = new Map();
    const origins = new Map();
    const add = (key, value, origin) => {
      const isKnown = value !== undefined && value !== null && !values.has(key);
      if (isKnown && (origin === "stated" || !withdrawn.has(key))) {
        values.set(key, value);
        origins.set(key, origin);
      }
    };
    for (const { key } of model.data.facts) {
      add(key, scenario.facts[key] ?? reported(model, scenario, key), "stated");
      add(key, scenario.presumed[key], "presumed");
    }
    const layers = (scenario.presume ?? "").split(" ");
    if (layers.includes("ordinary")) {
      for (const { key } of model.data.facts) add(key, ordinary(model, key, values, withdrawn), "ordinary");
    }
    for (const { layer, fact, answer, when } of model.data.assumptions) {
      const applies = !when || when.answers.includes(values.get(when.fact));
      if (layers.includes(layer) && applies) add(fact, answer, layer);
    }
    return { values, origins };
  }

  /** The day of the facts, or the days between which it is; null if it is open. */
  const knownDay = ({ date, between }) => date ?? between ?? null;

  /** How near the reports published before the day of the facts come to the end user. */
  function reported(model, { date, between, reports = [] }, key) {
    const matter = key.startsWith("reported.") ? key.slice("reported.".length) : null;
    const first = date ?? between?.from;
    const earlier = reports.filter((report) => first && report.last_day < first && report.of.includes(matter));
    return Object.keys(model.facts.get(key).answers ?? {}).find((level) => earlier.some((report) => report.level === level));
  }

  /** Whether a case states that there is no such finding, whatever reports show. */
  function isDenied(known, finding) {
    const [name, member] = finding.split(":");
    const value = known.origins.get(name) === "stated" ? known.values.get(name) : null;
    if (member === undefined || !value || value === "unknown") return value === false;
    return !value.known.includes(member) && !value.open.includes(member);
  }

  /** The ordinary answer; one that copies another fact copies no unknown. */
  function ordinary(model, key, values, withdrawn) {
    const fact = withdrawn.has(key) ? undefined : model.facts.get(key);
    if (!fact || !fact.same) return fact?.ordinary;
    const { same } = fact;
    const copied = values.has(same) ? values.get(same) : ordinary(model, same, values, withdrawn);
    return copied === "unknown" || !model.facts.has(same) ? undefined : copied;
  }

  /** The answer to a question: true, false, a word, a day; null if it is open. */
  function answerTo(model, number, scenario, known) {
    const { key, name, member } = model.question[number];
    if (key === FACTS_DATE) return knownDay(scenario);
    if (name === "discretion") return scenario.discretion[member] ?? null;
    const fact = model.facts.get(name);
    const value = known.values.get(name);
    if (!fact || value === undefined || value === "unknown") return null;
    if (fact.kind === "set") return value.open.includes(member) ? null : value.known.includes(member);
    if (fact.kind !== "codes") return value;
    const truths = value.known.map((code) => isUnderPattern(fact.codes, code, member));
    if (truths.includes(true)) return true;
    const openTruths = value.open.map((code) => isUnderPattern(fact.codes, code, member) !== false);
    return truths.includes(null) || openTruths.includes(true) ? null : false;
  }

  return { FACTS_DATE, answerTo, established, isDenied, knownDay };
})();
