/* What a result depends on: assumptions without which it differs, and the law on the day of the facts. */
"use strict";

const sensitivity = (() => {
  const DAYS = [presumptions.FACTS_DATE, engine.LAW_DATE, "licence.applied_on"];

  /** The same case under the same ruleset, with something changed. */
  function reassess(verdict, { scenario = verdict.scenario, asOf = verdict.asOf, readings = {} }) {
    const options = { asOf, readings: { ...verdict.readings, ...readings } };
    return verdicts.assess(verdict.model, scenario, verdict.number, options);
  }

  /** The part of a verdict that is compared. */
  function resultOf({ contradiction, inForce, inScope, span }) {
    if (contradiction) return "contradiction";
    if (inForce === false) return "not in force";
    return inScope === false ? "out of scope" : String(span);
  }

  function differs(verdict, other) {
    return resultOf(verdict) !== resultOf(other);
  }

  /** The presumed facts without which the result differs, as `{ names, verdict }`.
   *
   * Each alone; if none alone makes a difference but all together do, all together.
   */
  function presumed(verdict) {
    const names = verdict.presumed.filter((name) => verdict.known.origins.get(name) === "presumed");
    const without = (group) => {
      const remaining = Object.entries(verdict.scenario.presumed).filter(([name]) => !group.includes(name));
      const scenario = { ...verdict.scenario, presumed: Object.fromEntries(remaining) };
      return { names: group, verdict: reassess(verdict, { scenario }) };
    };
    const changes = ({ verdict: other }) => differs(verdict, other) || other.inScope !== verdict.inScope;
    const alone = names.map((name) => without([name])).filter(changes);
    return alone.length || names.length < 2 ? alone : [without(names)].filter(changes);
  }

  /** The verdict with nothing presumed at all, if its result differs; otherwise null. */
  function bare(verdict) {
    const other = reassess(verdict, { scenario: { ...verdict.scenario, presume: null, presumed: {} } });
    return differs(verdict, other) ? other : null;
  }

  /** The doubtful texts that are asked about, each with its chosen reading. */
  function asked(verdict) {
    const { data } = verdict.model;
    const { questionCount: own, positionOf } = verdict.machine;
    const isAsked = ({ question }) => positionOf(question) < own && !question.startsWith("reading:row.");
    return [...verdict.taken].filter(([doubt]) => isAsked(data.doubts[doubt]));
  }

  /** The other readings of a doubt with which the result differs, each with its verdict. */
  function otherwise(verdict, [doubt, chosen]) {
    const { id, readings } = verdict.model.data.doubts[doubt];
    return readings
      .filter((reading) => reading !== chosen)
      .map((reading) => ({ reading, verdict: reassess(verdict, { readings: { [id]: reading } }) }))
      .filter((other) => differs(verdict, other.verdict));
  }

  /** The chosen readings whose alternatives change the result. */
  function readings(verdict) {
    if (verdict.inForce === false) return [];
    const chosen = asked(verdict).filter(([, reading]) => reading !== null);
    return chosen.flatMap((pair) => otherwise(verdict, pair).map((other) => ({ doubt: pair[0], ...other })));
  }

  /** The names of open questions about texts that nobody read, and about days. */
  const isUnread = (name) => /^(text|row)\./.test(name);
  const isDay = (name) => DAYS.includes(name);

  /** The verdict by the law on the day of the facts, if that is later, in force, and differs; otherwise null. */
  function later(verdict) {
    const { model, day, scenario, ruleset } = verdict;
    if (!day || !scenario.date || scenario.date <= day || ruleset.status === "proposal") return null;
    const days = { [engine.LAW_DATE]: scenario.date };
    if (engine.truthOn(model, ruleset.force[0].in_force, days) !== true) return null;
    const other = reassess(verdict, { asOf: "scenario" });
    return differs(verdict, other) ? other : null;
  }

  return { asked, bare, isDay, isUnread, later, otherwise, presumed, readings, resultOf };
})();
