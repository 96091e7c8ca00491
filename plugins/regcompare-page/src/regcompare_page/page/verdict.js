/* One scenario under one ruleset: which law applies, the result, the reasons, and what is open. */
"use strict";

const verdicts = (() => {
  const { LAW_DATE } = engine;
  const { FACTS_DATE, knownDay } = presumptions;
  const APPLIED_ON = "licence.applied_on";

  // which law ---------------------------------------------------------------------------------------

  /** Which law applies, as far as the known days decide it. */
  function lawState(model, number, asOf, { facts, appliedOn }) {
    const ruleset = model.data.rulesets[number];
    const requested = asOf ?? ruleset.reference;
    const switches = [number, ...ruleset.beside].map((part) => model.data.rulesets[part].transition?.day).filter(Boolean);
    const day = requested === "scenario" ? dayOf(switches, facts, appliedOn) : requested;
    const followsFacts = requested === "scenario" && day === null;
    const force = ruleset.force[followsFacts ? 1 : 0];
    const days = { [LAW_DATE]: day, [FACTS_DATE]: facts, [APPLIED_ON]: appliedOn };
    const truthOn = (condition, dates = days) => engine.truthOn(model, condition, dates);
    const inForce = truthOn(force.in_force);
    const alongOn = (dates) => force.along.map(([part, condition]) => [part, truthOn(condition, dates)]);
    const isOpen = followsFacts || inForce === null || alongOn(days).some(([, truth]) => truth === null);
    // One state of the law serves every span of days.
    const along = alongOn(isOpen && facts?.from ? { ...days, [FACTS_DATE]: null } : days);
    return {
      day,
      inForce,
      base: force.bases.find(([, condition]) => truthOn(condition))?.[0] ?? null,
      bases: force.bases.filter(([, condition]) => truthOn(condition) !== false).map(([part]) => part),
      along: along.filter(([, truth]) => truth !== false).map(([part]) => part),
      asks: followsFacts ? "day" : isOpen ? "force" : "nothing",
    };
  }

  /** The day of the law for a case: that of the facts, or of an application before a switch of acts. */
  function dayOf(switches, facts, appliedOn) {
    if (facts === null || facts.from) return null;
    const passed = switches.filter((day) => day <= facts);
    if (!passed.length) return facts;
    if (appliedOn === null) return null;
    return passed.some((day) => appliedOn < day) ? appliedOn : facts;
  }

  /** A ruleset, followed by every ruleset that it is based on or combined with. */
  function partsOf(model, number) {
    const { base, beside } = model.data.rulesets[number];
    return [number, ...[...base, ...beside].flatMap((part) => partsOf(model, part))];
  }

  /** The doubtful texts of a ruleset, each with its chosen reading; null if it is left open. */
  function chooseReadings(model, number, readings) {
    const chosen = new Map();
    for (const part of partsOf(model, number)) {
      for (const doubt of model.data.rulesets[part].doubts) {
        const { id, readings: options, default: defaultReading } = model.data.doubts[doubt];
        const requested = readings === "open" ? "open" : (readings[id] ?? defaultReading);
        chosen.set(doubt, requested === "open" ? null : options.includes(requested) ? requested : defaultReading);
      }
    }
    return chosen;
  }

  /** A warning: a text with its values, and a sentence of law that follows it. */
  const warning = (text, values = {}, law = "") => ({ text, values, law });

  /** Warnings about codes whose entries no list contains. */
  function unlistedCodes(model, known) {
    return [...model.facts.values()].filter((fact) => fact.codes).flatMap(({ key, codes: list }) => {
      const { known: members = [], open = [] } = known.values.get(key) ?? {};
      const outside = [...members, ...open].sort().filter((code) => codes.isOutside(list, code));
      return outside.map((code) => warning("{code}: this entry of {list} is not recorded; whether it is listed is open.", { code, list: list.name }));
    });
  }

  function warnings(model, number, facts, appliedOn, law) {
    const { rulesets } = model.data;
    const ruleset = rulesets[number];
    const tables = ruleset.tables.map(({ table, read_on }) => ({ ...model.data.tables[table], read_on }));
    const { day, base } = law;
    const list = [];
    const warn = (...parts) => list.push(warning(...parts));
    const last = facts?.to ?? facts;
    if (facts?.from) warn("The facts are dated only between {from} and {to}.", facts);
    else if (day === null && facts === null) warn("The scenario has no date, so the law on that date is not known.");
    else if (day === null) warn("The date of the application is not known, so it is not known whether the law of that date or of the date of the facts applies.");
    else if (facts && facts !== day) {
      const factTables = tables.filter((table) => table.read_on.includes(FACTS_DATE)).map(({ name }) => name);
      const values = { facts, day, tables: factTables.join(", ") || "none" };
      if (facts > day) warn("The facts ({facts}) are later than the law applied ({day}). Tables read at the date of the facts: {tables}.", values);
      else warn("The facts ({facts}) are earlier than the law applied ({day}). Tables read at the date of the facts: {tables}.", values);
      list.at(-1).isOfDays = true;
    }
    if (base === null && law.bases.length) {
      const names = law.bases.map((part) => rulesets[part].id).join(" or ");
      warn("Which law {regime} is based on depends on dates that are not known: {names}.", { regime: ruleset.id, names });
    } else if (base === null && ruleset.base.length) {
      if (day === null) warn("{regime} is applied alone: no law that it is based on is in force then.", { regime: ruleset.id });
      else warn("{regime} is applied alone: no law that it is based on is in force on {day}.", { regime: ruleset.id, day });
    } else if (base !== null && base !== ruleset.base[0]) {
      const names = { law: rulesets[ruleset.base[0]].id, day, other: rulesets[base].id };
      if (day === null) warn("The proposal is based on {other}: {law} is not in force then.", names);
      else warn("The proposal is based on {other}: {law} is not in force on {day}.", names);
    }
    const { later: added, title } = ruleset;
    if (added && day !== null && day >= added.day)
      warn("{regime} leaves out what was added by {day}; {other} has it.", { regime: title, day, other: added.id });
    for (const { name, verified_through: verified, read_on: days } of tables) {
      const later = days.map((at) => ({ [LAW_DATE]: day, [FACTS_DATE]: last })[at]).filter((at) => at > verified);
      const since = Math.max(...later.map((at) => (Date.parse(at) - Date.parse(verified)) / 864e5));
      if (later.length) warn("{table} was checked only up to {day} (days since then: {days}).", { table: name, day: verified, days: since });
    }
    const transition = ruleset.transition?.day;
    if (last && appliedOn && transition && appliedOn < transition && transition <= (facts.from ?? facts)) {
      warn("The application of {day} remains subject to the act in force when it was made.", { day: appliedOn });
    }
    return list;
  }

  // the verdict -------------------------------------------------------------------------------------

  /** The answers to the questions of a machine, by their numbers. */
  function rowOf({ model, keys }, scenario, known, day, chosen) {
    const readings = new Map([...chosen].map(([doubt, reading]) => [model.data.doubts[doubt].id, reading]));
    const row = new Array(model.question.length).fill(null);
    for (const key of keys) {
      const question = model.question[key];
      if (question.key === LAW_DATE) row[key] = day;
      else if (question.name === "reading") row[key] = readings.get(question.member) ?? null;
      else row[key] = presumptions.answerTo(model, key, scenario, known);
    }
    return row;
  }

  /** The constraints among some that answers violate. */
  function violatedAmong(machine, row, constraints) {
    engine.restart(machine, row);
    const { val } = machine;
    return constraints.filter(({ when, then }) => val[when] === true && val[then] === false);
  }

  /** Replaces answers that violate a constraint by the constraint's restatement; returns notices. */
  function applyRestatements(machine, row) {
    const restating = machine.constraints.filter(({ instead }) => instead);
    const violated = restating.length ? violatedAmong(machine, row, restating) : [];
    for (const { instead: [key, answer] } of violated) row[key] = answer;
    return violated.map(({ instead: [key, answer], sentence }) =>
      warning("{fact} is read as {answer}, not as given:", { fact: machine.model.question[key].name, answer }, sentence),
    );
  }

  /** The answers without presumptions that contradict what is stated, with notices.
   *
   * If the answers violate a constraint, presumptions about its facts are withdrawn.  If only their
   * consequences do, all presumptions about facts of constraints are withdrawn.
   */
  function consistentAnswers(machine, scenario, day, readings) {
    const { model } = machine;
    const withdrawn = new Map();
    for (;;) {
      const known = presumptions.assumedFacts(model, scenario, withdrawn, readings);
      const row = rowOf(machine, scenario, known, day, readings);
      const notices = applyRestatements(machine, row);
      const contradicted = contradictedPresumptions(machine, known, row);
      if (!contradicted.size) {
        const withdrawals = [...withdrawn].map(([fact, sentence]) => warning("{fact} is not assumed, because that would contradict the other facts:", { fact }, sentence));
        return { known, row, notices: [...notices, ...withdrawals] };
      }
      contradicted.forEach((sentence, key) => withdrawn.set(key, sentence));
    }
  }

  /** The presumed facts to withdraw, each with the sentence that it contradicts. */
  function contradictedPresumptions(machine, known, row) {
    const isPresumed = (key) => known.origins.has(key) && known.origins.get(key) !== "stated";
    const presumedAmong = (keys) => [...keys].filter(isPresumed).sort();
    const { constraints } = machine;
    if (!constraints.some(({ asks }) => presumedAmong(asks).length)) return new Map();
    const violated = violatedAmong(machine, row, constraints).flatMap(({ asks, sentence }) => presumedAmong(asks).map((key) => [key, sentence]));
    if (violated.length || engine.propagate(machine)) return new Map(violated);
    return new Map(presumedAmong(new Set(constraints.flatMap(({ asks }) => [...asks]))).map((key) => [key, "What follows from it contradicts what is stated."]));
  }

  /** Notices where a case says otherwise than the reports that it lists would show, and that counts. */
  function deniedFindings(machine, { denied }, row) {
    if (!denied.length) return [];
    const truthsUnder = (answers) => {
      engine.restart(machine, answers);
      return engine.truthsOf(machine).slice(0, machine.force + 1).join();
    };
    engine.restart(machine, row);
    engine.propagate(machine);
    const known = [...machine.row]; // what follows from the case included; nothing more from the finding
    const truths = truthsUnder(known);
    const wouldMatter = (key) => machine.keys.includes(key) && truthsUnder(known.with(key, true)) !== truths;
    return denied.filter(({ finding }) => wouldMatter(machine.model.numbers.get(finding))).map(({ id: interpretation, finding, reading, asked: question, answer }) => {
      const values = { fact: inWords(question), answer, interpretation, reading };
      if (question === finding)
        return warning("{fact} is stated as {answer}, and that counts; the reports listed would show it (interpretation {interpretation}, {reading}).", values);
      return warning("{fact} is stated as {answer}, and that counts; the reports listed would show {finding} (interpretation {interpretation}, {reading}).", { ...values, finding: inWords(finding) });
    });
  }

  /** What a finding is about: a fact, or a member of a set. */
  function inWords(key) {
    const [name, member] = key.split(":");
    return member === undefined ? name : `${member} in ${name}`;
  }

  /** Notices where the nearness of reports is stated otherwise than the listed reports say. */
  function differingReports(model, scenario) {
    return [...model.facts.values()].flatMap(({ key: fact, answers }) => {
      const [levels, stated] = [Object.keys(answers ?? {}), scenario.facts[fact]];
      const level = presumptions.reported(model, scenario, fact);
      if (!level || !levels.includes(stated) || stated === level) return [];
      if (levels.indexOf(stated) > levels.indexOf(level))
        return warning("{fact} is stated as {stated}, although a listed report comes as near as {level}.", { fact, stated, level });
      return warning("{fact} is stated as {stated}, and the listed reports come no nearer than {level}.", { fact, stated, level });
    });
  }

  /** Assesses a scenario under a ruleset.
   *
   * `asOf` is a day, "scenario", or null for the reference date; `readings` are readings by the id of
   * the doubt, or "open".  Contradictory facts give no span but `contradiction: true`.
   */
  function assess(model, scenario, number, { asOf = null, readings = {} } = {}) {
    const applied = presumptions.assumedFacts(model, scenario).values.get(APPLIED_ON);
    const facts = knownDay(scenario);
    const appliedOn = applied && applied !== "unknown" ? applied : null;
    const law = lawState(model, number, asOf, { facts, appliedOn });
    const { day, base } = law;
    const chosenReadings = chooseReadings(model, number, readings);
    const machine = engine.machineFor(model, number, law);
    const { known, row, notices } = consistentAnswers(machine, scenario, day, chosenReadings);
    const lawWithoutApplication = lawState(model, number, asOf, { facts, appliedOn: null });
    const dependsOnApplication = JSON.stringify(law) !== JSON.stringify(lawWithoutApplication);
    const verdict = {
      model,
      machine,
      scenario,
      number,
      known,
      day,
      base,
      taken: chosenReadings,
      readings,
      asOf,
      inForce: law.inForce,
      ruleset: model.data.rulesets[number],
      warnings: [...deniedFindings(machine, known, row), ...differingReports(model, scenario), ...notices, ...unlistedCodes(model, known), ...warnings(model, number, facts, appliedOn, law)],
      contradiction: false,
    };
    engine.restart(machine, row);
    if (!engine.propagate(machine)) return { ...verdict, contradiction: true, inScope: null, span: null };
    const truths = engine.truthsOf(machine);
    const after = { row: [...machine.row], val: [...machine.val] };
    const isPossible = () => law.inForce !== false && truths[0] !== false && truths[machine.force] !== false;
    if (truths[machine.force] !== false) engine.probe(machine, truths);
    return {
      ...verdict,
      ...factsByOrigin(machine, known, row, after.row, dependsOnApplication),
      ...after,
      truths,
      inForce: law.inForce ?? truths[machine.force],
      inScope: truths[0],
      span: isPossible() ? engine.spanOf(machine, truths) : null,
    };
  }

  /** The facts that were presumed, and those that follow from others. */
  function factsByOrigin(machine, known, before, after, dependsOnApplication) {
    const { model, keys, plan } = machine;
    const relevant = new Set(plan.questions.map((key) => model.question[key].name));
    if (dependsOnApplication) relevant.add(APPLIED_ON);
    const presumed = [...known.origins].filter(([name, origin]) => origin !== "stated" && relevant.has(name));
    const settled = keys.filter((key) => before[key] === null && after[key] !== null);
    const inferred = [...new Set(settled.map((key) => model.question[key].name))];
    return {
      presumed: presumed.map(([name]) => name),
      inferred: inferred.filter((name) => model.facts.has(name)),
    };
  }

  // findings ----------------------------------------------------------------------------------------

  /** The finding on each rule, in the order of the text; the base's rules come first. */
  function findings(verdict) {
    if (!verdict.span) return [];
    const { machine, truths, span } = verdict;
    const inEffect = truths.slice(machine.force + 1, machine.steps); // Holds, and is not overridden.
    return machine.plan.order.map((index) => {
      const entry = machine.entries[index];
      const liftedBy = entry.lifters.filter((lifter) => inEffect[lifter] !== false);
      return {
        ...entry,
        holds: truths[index + 1],
        decides: inEffect[index] === true && entry.then === span[0],
        liftedBy: liftedBy.map((lifter) => machine.entries[lifter].rule),
      };
    });
  }

  /** The rules of which one must hold, if none alone decides the mildest outcome. */
  function between(verdict, findings) {
    if (!verdict.span || findings.some((finding) => finding.decides) || !verdict.span[0]) return [];
    return findings.filter((finding) => finding.holds === null && finding.then === verdict.span[0]);
  }

  const strictestFirst = (list) => [...list].sort((one, other) => other.then - one.then);

  /** The open rules that could still change the outcome, themselves or by overriding another. */
  function movers(verdict, findings) {
    if (!verdict.span || verdict.span[0] === verdict.span[1]) return [];
    const possible = findings.filter((finding) => finding.holds !== false);
    const overriding = new Set(possible.flatMap((finding) => finding.liftedBy));
    const moves = ({ then, rule }) => then > verdict.span[0] || overriding.has(rule);
    return findings.filter((finding) => finding.holds === null && moves(finding));
  }

  // reading a condition -----------------------------------------------------------------------------

  /** The node that explains why a rule holds, fails or is open. */
  const conditionOf = ({ val }, { guard, when, condition }) => (val[guard] === true ? when : condition);

  /** Collects the questions by which a node is as it is; of a doubt with a chosen reading, those of that reading. */
  function keysBehind(verdict, number, into = new Set()) {
    const { val, row, model } = verdict;
    const { kind, parts, names, key } = model.nodes[number];
    const chosen = kind === "choose" ? names.indexOf(row[key]) : -1;
    if (!parts.length && key >= 0) into.add(key);
    for (const part of chosen < 0 ? parts : [parts[chosen]]) if (kind === "not" || val[part] === val[number]) keysBehind(verdict, part, into);
    if (kind === "choose" && chosen < 0 && val[number] === null) into.add(key);
    return into;
  }

  /** The names of the open questions whose answers could change the outcome. */
  function openQuestions(verdict, ruleFindings = findings(verdict)) {
    if (!verdict.span) return [];
    const { force, scope } = verdict.machine.conditions;
    const moving = movers(verdict, ruleFindings).map((finding) => conditionOf(verdict, finding));
    const asked = [...(verdict.inForce === null ? [force] : []), ...(verdict.inScope === null ? [scope] : []), ...moving];
    const keys = asked.filter((number) => verdict.val[number] === null).flatMap((number) => [...keysBehind(verdict, number)]);
    return [...new Set(keys.map((key) => verdict.model.question[key].asked))];
  }

  /** The duties that apply (true), or may (null). */
  function duties({ span, machine, val }) {
    const applications = machine.duties.map(({ name, duty }) => ({ duty, applies: val[machine.conditions[`duty:${name}`]] }));
    return span ? applications.filter(({ applies }) => applies !== false) : [];
  }

  /** How a needed licence is decided, as numbers: for certain, and at most; null where none is needed or it is open. */
  function reviews({ model, span, machine, val }) {
    const [first, last] = model.data.licensed;
    if (!span || span[0] < first || span[0] > last) return [null, null];
    const truths = model.data.reviews.map((name) => val[machine.conditions[`review:${name}`]]);
    const strictest = [truths.lastIndexOf(true), truths.findLastIndex((truth) => truth !== false)];
    return strictest.map((number) => (number < 0 ? null : number));
  }

  /** The sentences of the constraints that stated and presumed facts violate. */
  function broken({ machine, scenario, known, day, taken }) {
    const row = rowOf(machine, scenario, known, day, taken);
    applyRestatements(machine, row);
    return violatedAmong(machine, row, machine.constraints).map(({ sentence }) => sentence);
  }

  return { assess, between, broken, conditionOf, duties, findings, keysBehind, movers, openQuestions, partsOf, reviews, strictestFirst };
})();
