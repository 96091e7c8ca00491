/* One scenario under one ruleset: which law applies, what it comes to, why, and what is still open. */
"use strict";

const verdicts = (() => {
  const { TRUE, FALSE, OPEN, LAW_DATE, KIND } = engine;
  const { FACTS_DATE } = presumptions;
  const APPLIED_ON = "licence.applied_on";

  // which law ---------------------------------------------------------------------------------------

  /** Which law applies, as far as the days that are known decide it. */
  function lawState(model, number, asOf, { facts, appliedOn }) {
    const ruleset = model.data.rulesets[number];
    const wanted = asOf ?? ruleset.reference;
    const switches = [number, ...ruleset.beside].map((part) => model.data.rulesets[part].transition?.day).filter(Boolean);
    const day = wanted === "scenario" ? dayOf(switches, facts, appliedOn) : wanted;
    const follows = wanted === "scenario" && day === null;
    const force = ruleset.force[follows ? 1 : 0];
    const days = { [LAW_DATE]: day, [FACTS_DATE]: facts, [APPLIED_ON]: appliedOn };
    const truthOn = (condition) => engine.truthOn(model, condition, days);
    const inForce = truthOn(force.in_force);
    const along = force.along.map(([part, condition]) => [part, truthOn(condition)]);
    const isOpen = inForce === null || along.some(([, truth]) => truth === null);
    return {
      day,
      inForce,
      base: force.bases.find(([, condition]) => truthOn(condition))?.[0] ?? null,
      along: along.filter(([, truth]) => truth !== false).map(([part]) => part),
      asks: follows ? "day" : isOpen ? "force" : "nothing",
    };
  }

  /** The day of the law of a case: that of the facts, or of an application before a switch. */
  function dayOf(switches, facts, appliedOn) {
    const late = switches.filter((day) => facts !== null && day <= facts);
    if (!late.length) return facts;
    if (appliedOn === null) return null;
    return late.some((day) => appliedOn < day) ? appliedOn : facts;
  }

  /** A ruleset and every one that it stands on or beside, itself first. */
  function partsOf(model, number) {
    const { base, beside } = model.data.rulesets[number];
    return [number, ...[...base, ...beside].flatMap((part) => partsOf(model, part))];
  }

  /** The doubtful texts of a ruleset, each with the reading taken; null where it is left open. */
  function readingsTaken(model, number, readings) {
    const taken = new Map();
    for (const part of partsOf(model, number)) {
      for (const doubt of model.data.rulesets[part].doubts) {
        const { id, readings: names, default: usual } = model.data.doubts[doubt];
        const wanted = readings === "open" ? "open" : (readings[id] ?? usual);
        taken.set(doubt, wanted === "open" ? null : names.includes(wanted) ? wanted : usual);
      }
    }
    return taken;
  }

  /** What a reader should be warned of: a text with its values, and a sentence of law that follows it. */
  const warning = (text, values = {}, law = "") => ({ text, values, law });

  /** Which codes are of entries that no list holds. */
  function unheld(model, known) {
    return [...model.facts.values()]
      .filter(({ key, codes: held }) => held && (known.values.get(key) ?? "unknown") !== "unknown")
      .flatMap(({ key, codes: held }) => {
        const { known: sure, open } = known.values.get(key);
        const list = held.name;
        return [...sure, ...open]
          .sort()
          .filter((code) => codes.isOutside(held, code))
          .map((code) => warning("{code}: this entry of {list} is not recorded; whether it is listed is open.", { code, list }));
      });
  }

  function warnings(model, number, facts, appliedOn, law) {
    const { rulesets } = model.data;
    const ruleset = rulesets[number];
    const tables = ruleset.tables.map(({ table, read_on }) => ({ ...model.data.tables[table], read_on }));
    const { day, base } = law;
    const told = [];
    const warn = (...said) => told.push(warning(...said));
    if (day === null && facts === null)
      warn("The scenario has no date, so the law on that date is not known.");
    else if (day === null)
      warn(
        "The date of the application is not known, so it is not known whether the law of that date or of " +
          "the date of the facts applies.",
      );
    else if (facts && facts !== day) {
      const ofFacts = tables.filter((table) => table.read_on.includes(FACTS_DATE)).map(({ name }) => name);
      const differ = warning(
        facts > day
          ? "The facts ({facts}) are later than the law applied ({day}). Tables read at the date of the facts: {tables}."
          : "The facts ({facts}) are earlier than the law applied ({day}). Tables read at the date of the facts: {tables}.",
        { facts, day, tables: ofFacts.join(", ") || "none" },
      );
      told.push({ ...differ, isOfDays: true });
    }
    const possible = ruleset.base.filter((part) => law.along.includes(part));
    if (base === null && possible.length) {
      const names = possible.map((part) => rulesets[part].id).join(" or ");
      warn("Which law {regime} is based on depends on dates that are not known: {names}.", { regime: ruleset.id, names });
    } else if (base === null && ruleset.base.length) {
      warn("No law that {regime} is based on is in force on {day}; it is applied alone.", { regime: ruleset.id, day });
    } else if (base !== null && base !== ruleset.base[0]) {
      const named = { law: rulesets[ruleset.base[0]].id, day, other: rulesets[base].id };
      warn("{law} is not in force on {day}; the proposal is based on {other}.", named);
    }
    for (const { name, verified_through: through, read_on: read } of tables) {
      if (read.some((at) => ({ [LAW_DATE]: day, [FACTS_DATE]: facts })[at] > through)) warn("{table} was checked only up to {day}.", { table: name, day: through });
    }
    const transition = ruleset.transition?.day;
    if (facts && appliedOn && transition && appliedOn < transition && transition <= facts) {
      warn("The application of {day} remains subject to the act in force when it was made.", { day: appliedOn });
    }
    return told;
  }

  // the verdict -------------------------------------------------------------------------------------

  /** The answers to the questions of a machine, in its order. */
  function rowOf(machine, scenario, known, day, taken) {
    const { model } = machine;
    const readings = new Map([...taken].map(([doubt, reading]) => [model.data.doubts[doubt].id, reading]));
    return machine.keys.map((key) => {
      const question = model.question[key];
      if (question.key === LAW_DATE) return day;
      if (question.name === "reading") return readings.get(question.member) ?? null;
      return presumptions.answerTo(model, key, scenario, known);
    });
  }

  /** The constraints among some that answers break. */
  function brokenAmong(machine, row, constraints) {
    engine.restart(machine, [...row]);
    const { val } = machine;
    return constraints.filter(({ when, then }) => val[when] === TRUE && val[then] === FALSE);
  }

  /** Takes what breaks a constraint to mean what the constraint says instead; the sentences of those. */
  function restated(machine, row) {
    const excusing = machine.constraints.filter(({ instead }) => instead);
    const broken = excusing.length ? brokenAmong(machine, row, excusing) : [];
    for (const { instead: [place, answer] } of broken) row[place] = answer;
    return broken.map(({ sentence }) => sentence);
  }

  /** The answers without presumptions that contradict what is stated, with what is to be said of that.
   *
   * Where the answers break a constraint, what is presumed about the facts that it asks about goes.
   * Where only what follows from them does, so does all that is presumed about facts of which
   * constraints ask.
   */
  function agreeing(machine, scenario, day, taken) {
    const { model } = machine;
    const withdrawn = new Map();
    for (;;) {
      const known = presumptions.established(model, scenario, withdrawn);
      const row = rowOf(machine, scenario, known, day, taken);
      const notices = restated(machine, row);
      const more = contradicting(machine, known, row);
      if (!more.size) {
        const said = notices.map((sentence) => warning("", {}, sentence));
        return { known, row, notices: [...said, ...[...withdrawn].map(withdrawal)] };
      }
      more.forEach((sentence, key) => withdrawn.set(key, sentence));
    }
  }

  /** The presumed facts that have to go, each with the sentence that they contradict. */
  function contradicting(machine, known, row) {
    const presumed = (key) => known.origins.has(key) && known.origins.get(key) !== "stated";
    const sorted = (keys) => [...keys].filter(presumed).sort();
    const { constraints } = machine;
    if (!constraints.some(({ asks }) => sorted(asks).length)) return new Map();
    const direct = brokenAmong(machine, row, constraints).flatMap(({ asks, sentence }) => sorted(asks).map((key) => [key, sentence]));
    if (direct.length || engine.settle(machine)) return new Map(direct);
    return new Map(sorted(new Set(constraints.flatMap(({ asks }) => [...asks]))).map((key) => [key, ""]));
  }

  function withdrawal([key, sentence]) {
    const law = sentence || "What follows from it contradicts what is stated.";
    return warning("{fact} is not assumed, because that would contradict the other facts:", { fact: key }, law);
  }

  /** Puts a scenario under a ruleset.
   *
   * `asOf` is a day, "scenario", or null for the reference date; `readings` are readings by the id of
   * the doubt, or "open".  Facts that contradict each other give no span but `contradiction: true`.
   */
  function assess(model, scenario, number, { asOf = null, readings = {} } = {}) {
    const stated = presumptions.established(model, scenario).values.get(APPLIED_ON);
    const facts = scenario.date ?? null;
    const appliedOn = stated && stated !== "unknown" ? stated : null;
    const law = lawState(model, number, asOf, { facts, appliedOn });
    const { day, base } = law;
    const taken = readingsTaken(model, number, readings);
    const machine = engine.machineFor(model, number, law);
    const { known, row, notices } = agreeing(machine, scenario, day, taken);
    const unapplied = lawState(model, number, asOf, { facts, appliedOn: null });
    const turns = JSON.stringify(law) !== JSON.stringify(unapplied);
    const verdict = {
      model,
      machine,
      scenario,
      number,
      known,
      day,
      base,
      taken,
      readings,
      asOf,
      inForce: law.inForce,
      ruleset: model.data.rulesets[number],
      warnings: [...notices,...unheld(model, known),...warnings(model, number, facts, appliedOn, law)],
      contradiction: false,
    };
    engine.restart(machine, [...row]);
    if (!engine.settle(machine)) return { ...verdict, contradiction: true, inScope: null, span: null };
    const found = engine.foundFrom(machine);
    const state = { row: [...machine.row], val: machine.val.slice() };
    const last = machine.force;
    const isPossible = () => law.inForce !== false && found.possible[0] && found.possible[last];
    if (found.possible[last]) engine.lookFurther(machine, found);
    return {
      ...verdict,
      ...named(machine, known, row, state.row, turns),
      found,
      state,
      inForce: law.inForce ?? truth(found, last),
      inScope: truth(found, 0),
      span: isPossible() ? [found.low, found.high] : null,
    };
  }

  /** The facts that were presumed, and those that followed from others. */
  function named(machine, known, before, after, turns) {
    const { model, keys } = machine;
    const asked = new Set(keys.slice(0, machine.own).map((key) => model.question[key].name));
    if (turns) asked.add(APPLIED_ON);
    const presumed = [...known.origins].filter(([name, origin]) => origin !== "stated" && asked.has(name));
    const settled = keys.filter((_, at) => before[at] === null && after[at] !== null);
    const inferred = [...new Set(settled.map((key) => model.question[key].name))];
    return {
      presumed: presumed.map(([name]) => name),
      inferred: inferred.filter((name) => model.facts.has(name)),
    };
  }

  function truth(found, index) {
    return found.certain[index] ? true : found.possible[index] ? null : false;
  }

  /** Puts a machine back to what a verdict was worked out from. */
  function resume({ machine, state }) {
    machine.row = [...state.row];
    machine.val = state.val.slice();
    machine.log = [];
    return machine;
  }

  // findings ----------------------------------------------------------------------------------------

  /** What became of each rule, in the order of the text; the base's rules come first. */
  function findings(verdict) {
    if (!verdict.span) return [];
    const { machine, found, span } = verdict;
    const { sure, maybe } = engine.standing(machine, found);
    return machine.plan.order.map((index) => {
      const entry = machine.entries[index];
      const liftedBy = entry.lifters.filter((lifter) => maybe[lifter]);
      return {
        ...entry,
        holds: truth(found, index + 1),
        decides: sure[index] && entry.then === span[0],
        liftedBy: liftedBy.map((lifter) => machine.entries[lifter].rule),
      };
    });
  }

  /** The rules of which one must hold where none alone decides the least outcome. */
  function between(verdict, found) {
    if (!verdict.span || found.some((finding) => finding.decides) || !verdict.span[0]) return [];
    return found.filter((finding) => finding.holds === null && finding.then === verdict.span[0]);
  }

  const strictestFirst = (found) => [...found].sort((one, other) => other.then - one.then);

  /** Whether an open rule could still change the outcome, itself or by lifting another. */
  function movers(verdict, found) {
    if (!verdict.span || verdict.span[0] === verdict.span[1]) return [];
    const lifting = new Set(found.flatMap((finding) => finding.liftedBy));
    const moves = ({ then, rule }) => then > verdict.span[0] || lifting.has(rule);
    return found.filter((finding) => finding.holds === null && moves(finding));
  }

  // reading a condition -----------------------------------------------------------------------------

  /** The truth of a node, by its number. */
  function valueOf({ machine, state }, number) {
    return state.val[machine.place.get(number)];
  }

  /** The node that tells why a rule holds, fails or is open. */
  function conditionOf(verdict, finding) {
    const holds = valueOf(verdict, finding.guard) === TRUE;
    return holds ? finding.when : finding.condition;
  }

  /** The parts of a node that are read: of a doubt whose reading is taken, that reading alone. */
  function partsRead(verdict, number) {
    const { model, machine, state } = verdict;
    const { kind, parts, names, key } = model.nodes[number];
    if (kind !== KIND.choose) return parts;
    const taken = names.indexOf(state.row[machine.position.get(key)]);
    return taken >= 0 ? [parts[taken]] : parts;
  }

  /** Collects the numbers of the questions that are open below a node and could change it. */
  function openKeys(verdict, number, into) {
    const { model } = verdict;
    const { kind, key } = model.nodes[number];
    const parts = partsRead(verdict, number);
    if (!parts.length && key >= 0) into.add(key);
    for (const part of parts) if (valueOf(verdict, part) === OPEN) openKeys(verdict, part, into);
    if (kind === KIND.choose && parts.length > 1) into.add(key);
    return into;
  }

  /** The name under which a question is asked: the fact, the doubt, the unread text or the power. */
  function questionName({ key, name, member }) {
    if (member.startsWith("text.")) return member;
    return name === "reading" || name === "discretion" ? `${name}.${member}` : name === key ? key : name;
  }

  /** The open questions whose answers could change the outcome, by name, with their numbers. */
  function openQuestions(verdict, found = findings(verdict)) {
    const byName = new Map();
    if (!verdict.span) return byName;
    const keys = new Set();
    const { force, scope } = verdict.machine.conditions;
    if (verdict.inForce === null && valueOf(verdict, force) === OPEN) openKeys(verdict, force, keys);
    if (verdict.inScope === null && valueOf(verdict, scope) === OPEN) openKeys(verdict, scope, keys);
    for (const finding of movers(verdict, found)) {
      const condition = conditionOf(verdict, finding);
      if (valueOf(verdict, condition) === OPEN) openKeys(verdict, condition, keys);
    }
    for (const key of keys) {
      const name = questionName(verdict.model.question[key]);
      if (!byName.has(name)) byName.set(name, []);
      byName.get(name).push(key);
    }
    return byName;
  }

  /** What answers to an open question would lead to, each alone. */
  function effects(verdict, name, keys) {
    const machine = resume(verdict);
    const { model } = verdict;
    const fact = model.facts.get(name);
    const places = keys.map((key) => machine.position.get(key));
    let trials = engine.cellsLeft(machine, places[0]).map(([value, words]) => [words, [[places[0], value]]]);
    if (fact && (fact.kind === "set" || fact.kind === "codes")) {
      const members = keys.map((key) => model.question[key].member.split("!")[0]);
      trials = members.map((member, at) => [[member], [[places[at], true]]]);
      trials.unshift([["none of these"], places.map((place) => [place, false])]);
    }
    const led = new Map();
    for (const [words, changes] of trials) {
      const branch = engine.tried(machine, changes);
      if (!branch || !branch.possible[machine.force]) continue;
      const low = Math.max(branch.low, verdict.span[0]);
      const high = Math.max(low, Math.min(branch.high, verdict.span[1]));
      const span = `${low},${high}`;
      if (!led.has(span)) led.set(span, { answers: [], low, high });
      led.get(span).answers.push(...words);
    }
    return [...led.values()];
  }

  /** The duties that apply (true), or may (null). */
  function duties(verdict) {
    if (!verdict.span) return [];
    const { conditions, duties: declared } = verdict.machine;
    const told = declared.map(({ name, duty }) => {
      const value = valueOf(verdict, conditions[`duty:${name}`]);
      return { duty, applies: value === TRUE ? true : value === OPEN ? null : false };
    });
    return told.filter((one) => one.applies !== false);
  }

  /** How a licence that is certainly needed is decided, as a number; null where none is, or that is open. */
  function review(verdict) {
    const { model, span, machine } = verdict;
    const [first, last] = model.data.licensed;
    if (!span || span[0] < first || span[0] > last) return null;
    const ways = model.data.reviews.map((how) => machine.conditions[`review:${how}`]);
    const found = ways.findLastIndex((number) => valueOf(verdict, number) === TRUE);
    return found < 0 ? null : found;
  }

  /** The parts of a condition that fail, each as high up as it stands alone. */
  function missingParts(verdict, number) {
    const { model } = verdict;
    const { kind, parts } = model.nodes[number];
    if (kind === KIND.term) return missingParts(verdict, parts[0]);
    if (kind !== KIND.all) return [number];
    const failing = parts.filter((part) => valueOf(verdict, part) === FALSE);
    return failing.flatMap((part) => missingParts(verdict, part));
  }

  /** The stricter rules that failed for the want of one part of their condition. */
  function closest(verdict, found) {
    if (!verdict.span) return [];
    const failing = found.filter(({ holds, then }) => holds === false && then > verdict.span[1]);
    return failing.filter((finding) => missingParts(verdict, conditionOf(verdict, finding)).length === 1);
  }

  /** The rank of the mark of the result, or -1 where it rests on no provision; as `_marks` in Python. */
  function resultMark(verdict) {
    if (!verdict.span) return -1;
    const { machine, found, model } = verdict;
    const best = model.data.levels.length - 1;
    const { entries } = machine;
    const { sure, maybe } = engine.standing(machine, found);
    const of = rankOf(verdict, best);
    const rule = (at) => Math.min(entries[at].checked, of(entries[at].when));
    const stands = (at) => Math.min(rule(at), ...entries[at].lifters.map(falls));
    const falls = (at) => {
      const lifted = entries[at].lifters.filter((lifter) => sure[lifter]).map(stands);
      const fails = found.possible[at + 1] && lifted.length ? [] : [of(entries[at].condition)];
      return Math.max(...fails, ...lifted);
    };
    const places = [...entries.keys()];
    const [least, most] = verdict.span;
    const low = places.filter((at) => entries[at].then === least && sure[at]).map(stands);
    const isUnread = (at) => !found.certain[at + 1] && entries[at].unread;
    const possible = places.filter((at) => maybe[at] && !isUnread(at));
    if (!low.length && least) low.push(Math.min(best, ...possible.map(rule)));
    const out = places.filter((at) => entries[at].then > most && !maybe[at]).map(falls);
    const rank = Math.min(low.length ? Math.max(...low) : best, best, ...out);
    return low.length || rank < best ? rank : -1;
  }

  /** Returns the rank of what makes a condition hold or fail, or leaves it open. */
  function rankOf(verdict, best) {
    const { model, machine } = verdict;
    const marks = marksOfReadings(verdict);
    const known = new Map();
    const worst = (numbers) => Math.min(best, ...numbers.map(of));

    function of(number) {
      if (!known.has(number)) known.set(number, workedOut(number));
      return known.get(number);
    }

    function workedOut(number) {
      const node = model.nodes[number];
      const { kind, parts } = node;
      const value = valueOf(verdict, number);
      if (kind === KIND.choose) return ofChoice(number, node);
      if ((kind === KIND.all || kind === KIND.any) && value !== OPEN) {
        const counting = parts.filter((part) => valueOf(verdict, part) === value);
        const oneSuffices = (kind === KIND.any) === (value === TRUE);
        return oneSuffices ? Math.max(...counting.map(of)) : worst(counting);
      }
      const own = kind === KIND.term && value === TRUE && node.rank >= 0 ? node.rank : best;
      return Math.min(own, worst(parts));
    }

    /** The rank of the reading that is taken, or of all of them where they come to the same. */
    function ofChoice(number, { key, names, parts }) {
      const taken = verdict.state.row[machine.position.get(key)];
      if (taken === null) return worst(parts);
      const [usual, mark] = marks.get(model.question[key].member);
      const rank = Math.min(of(parts[names.indexOf(taken)]), taken === usual ? mark : best);
      const alike = parts.every((part) => valueOf(verdict, part) === valueOf(verdict, number));
      return rank < best && alike ? Math.max(rank, worst(parts)) : rank;
    }

    return of;
  }

  /** By the id of a doubt its default reading and the rank of the reason. */
  function marksOfReadings({ model, number }) {
    const parts = partsOf(model, number).map((part) => model.data.rulesets[part]);
    const told = parts.flatMap((part) =>
      part.doubts.map((doubt, at) => [model.data.doubts[doubt], model.rankOf(part.levels[at])]),
    );
    return new Map(told.map(([{ id, default: usual }, mark]) => [id, [usual, mark]]));
  }

  /** The sentences of the constraints that stated and presumed facts break. */
  function broken({ machine, scenario, known, day, taken }) {
    const row = rowOf(machine, scenario, known, day, taken);
    restated(machine, row);
    return brokenAmong(machine, row, machine.constraints).map(({ sentence }) => sentence);
  }

  return {
    assess,
    between,
    broken,
    closest,
    conditionOf,
    duties,
    effects,
    findings,
    movers,
    openQuestions,
    partsOf,
    partsRead,
    review,
    strictestFirst,
    valueOf,
    resultMark,
  };
})();
