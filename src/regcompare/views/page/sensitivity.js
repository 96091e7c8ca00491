/* What a result depends on: assumptions without which it is another, and the law of the day of the facts. */
"use strict";

const sensitivity = (() => {
  const DAYS = [presumptions.FACTS_DATE, engine.LAW_DATE, "licence.applied_on"];

  /** The same case under the same ruleset, with something changed. */
  function again(verdict, { scenario = verdict.scenario, asOf = verdict.asOf, readings = {} }) {
    const options = { asOf, readings: { ...verdict.readings, ...readings } };
    return verdicts.assess(verdict.model, scenario, verdict.number, options);
  }

  /** What is compared of two verdicts. */
  function resultOf({ contradiction, inForce, inScope, span }) {
    if (contradiction) return "contradiction";
    if (inForce === false) return "not in force";
    return inScope === false ? "out of scope" : String(span);
  }

  function isOther(verdict, other) {
    return resultOf(verdict) !== resultOf(other);
  }

  /** The facts that the case presumes one by one and without which the result is another, as `{ names, verdict }`.
   *
   * Each alone; where none alone makes a difference and all together do, all together.
   */
  function presumed(verdict) {
    const names = verdict.presumed.filter((name) => verdict.known.origins.get(name) === "presumed");
    const without = (group) => {
      const kept = Object.entries(verdict.scenario.presumed).filter(([name]) => !group.includes(name));
      const scenario = { ...verdict.scenario, presumed: Object.fromEntries(kept) };
      return { names: group, verdict: again(verdict, { scenario }) };
    };
    const differs = ({ verdict: other }) => isOther(verdict, other) || other.inScope !== verdict.inScope;
    const alone = names.map((name) => without([name])).filter(differs);
    return alone.length || names.length < 2 ? alone : [without(names)].filter(differs);
  }

  /** With nothing presumed at all, if the result is then another; else null. */
  function bare(verdict) {
    const other = again(verdict, { scenario: { ...verdict.scenario, presume: null, presumed: {} } });
    return isOther(verdict, other) ? other : null;
  }

  /** The doubtful texts that are asked about, each with the reading taken. */
  function asked(verdict) {
    const { data } = verdict.model;
    const { own, positionOf } = verdict.machine;
    return [...verdict.taken].filter(([doubt]) => positionOf(data.doubts[doubt].question) < own);
  }

  /** The other readings of a doubt by which the result is another, each with what it then is. */
  function otherwise(verdict, [doubt, taken]) {
    const { id, readings } = verdict.model.data.doubts[doubt];
    return readings
      .filter((reading) => reading !== taken)
      .map((reading) => ({ reading, verdict: again(verdict, { readings: { [id]: reading } }) }))
      .filter((one) => isOther(verdict, one.verdict));
  }

  /** The readings that are taken and by whose alternatives the result is another. */
  function readings(verdict) {
    if (verdict.inForce === false) return [];
    const taken = asked(verdict).filter(([, reading]) => reading !== null);
    return taken.flatMap((pair) => otherwise(verdict, pair).map((one) => ({ doubt: pair[0], ...one })));
  }

  /** The names of open questions about texts that nobody read, and about days. */
  const isUnread = (name) => name.startsWith("text.");
  const isDay = (name) => DAYS.includes(name);

  /** By the law of the day of the facts, if that is later and the law still in force; null if nothing differs. */
  function later(verdict) {
    const { model, day, scenario, ruleset } = verdict;
    if (!day || !scenario.date || scenario.date <= day || ruleset.status === "proposal") return null;
    const days = { [engine.LAW_DATE]: scenario.date };
    if (engine.truthOn(model, ruleset.force[0].in_force, days) !== true) return null;
    const other = again(verdict, { asOf: "scenario" });
    return isOther(verdict, other) ? other : null;
  }

  return { asked, bare, isDay, isUnread, later, otherwise, presumed, readings, resultOf };
})();
