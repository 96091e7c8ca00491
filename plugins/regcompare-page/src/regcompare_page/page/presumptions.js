/* The facts assumed of a scenario, presumptions among them, and the answers that follow. */
"use strict";

const presumptions = (() => {
  const FACTS_DATE = "scenario.date";
  const { isUnderPattern } = codes;

  /** Adds presumptions, except withdrawn ones, to what is stated: presumed, the layers, reports over these.
   *
   * `readings` are the readings of doubtful texts; without them reports show nothing.
   */
  function assumedFacts(model, scenario, withdrawn = new Map(), readings = new Map()) {
    const values = new Map();
    const origins = new Map();
    const add = (key, value, origin) => {
      const isKnown = value !== undefined && value !== null && !values.has(key);
      if (isKnown && (origin === "stated" || !withdrawn.has(key))) {
        values.set(key, value);
        if (value !== "unknown" || origin === "stated") origins.set(key, origin); // Else nothing is presumed.
      }
    };
    for (const { key } of model.data.facts) {
      add(key, scenario.facts[key] ?? reported(model, scenario, key), "stated");
      add(key, scenario.presumed[key], "presumed");
    }
    const layers = (scenario.presume ?? "").split(" ");
    const addOrdinary = () => {
      if (!layers.includes("ordinary")) return;
      for (const { key } of model.data.facts) add(key, ordinary(model, key, values, withdrawn), "ordinary");
    };
    addOrdinary();
    for (const { layer, fact, answer, when } of model.data.assumptions) {
      const { from, to } = scenario.date ? { from: scenario.date, to: scenario.date } : scenario.between ?? { from: "", to: "9999" };
      const day = answer === "unknown" ? to : from; // What presumes nothing does so on a day that may be late enough.
      const applies = (when ?? []).every((limb) => (limb.from ? day >= limb.from : limb.answers.includes(values.get(limb.fact))));
      if (layers.includes(layer) && applies) add(fact, answer, layer);
    }
    addOrdinary(); // Those that copy what was assumed.
    const denied = [...(scenario.presume ? readings : [])].flatMap(([doubt, reading]) =>
      addShown(model, { values, origins, withdrawn }, model.data.doubts[doubt], reading),
    );
    return { values, origins, denied };
  }

  /** Adds a finding that reports show under a reading; returns what a case itself says otherwise. */
  function addShown(model, { values, origins, withdrawn }, { id, finding, reported: facts, presupposes }, reading) {
    if (!finding) return [];
    const levels = Object.keys(model.facts.get(facts[0]).answers);
    const near = levels.slice(0, levels.indexOf(reading) + 1);
    if (!facts.some((fact) => near.includes(values.get(fact)))) return [];
    const [name, member] = finding.split(":");
    const isSaid = (key) => ["stated", "presumed"].includes(origins.get(key.split(":")[0]));
    const said = [finding, presupposes].filter((key) => key && isSaid(key));
    const asked = said.find((key) => truth(values, key) !== true);
    if (asked) return [{ id, finding, reading, asked, answer: truth(values, asked) === false ? "no" : "unknown" }];
    if (said.includes(finding) || withdrawn.has(name)) return [];
    const { known = [], open = Object.keys(model.facts.get(name).answers ?? {}) } = values.get(name) ?? {};
    const added = { known: [...new Set([...known, member])].sort(), open: open.filter((other) => other !== member) };
    values.set(name, member === undefined ? true : added);
    origins.set(name, "reports");
    return [];
  }

  /** The truth of a yes/no fact or of a member of a set; null if it is open. */
  function truth(values, key) {
    const [name, member] = key.split(":");
    const value = values.get(name);
    if (value === "unknown") return null;
    if (member === undefined) return value;
    return value.open.includes(member) ? null : value.known.includes(member);
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
    const value = known.values.get(name) ?? "unknown";
    if (!fact || value === "unknown") return null;
    if (fact.kind === "set") return value.open.includes(member) ? null : value.known.includes(member);
    if (fact.kind !== "codes") return value;
    const truths = value.known.map((code) => isUnderPattern(fact.codes, code, member));
    if (truths.includes(true)) return true;
    const openTruths = value.open.map((code) => isUnderPattern(fact.codes, code, member) !== false);
    return truths.includes(null) || openTruths.includes(true) ? null : false;
  }

  return { FACTS_DATE, answerTo, assumedFacts, knownDay, reported };
})();
