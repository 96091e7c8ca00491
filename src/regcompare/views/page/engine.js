/* The portable reading, worked out: what `assess` does in Python, from the same conditions as data.
 *
 * Nothing here knows a rule, a fact or a date of any law; all of that is in the data.  No clock, no
 * randomness, no document: the same facts give the same verdict.  Truths are 0 (false), 1 (true) and
 * 2 (open); days are texts such as 2015-06-30, which compare as days do.
 */
"use strict";

const engine = (() => {
  const FALSE = 0;
  const TRUE = 1;
  const OPEN = 2;
  const LAW_DATE = "law.as_of";

  // the model ---------------------------------------------------------------------------------------

  /** Kinds of nodes, as numbers. */
  const KIND = Object.fromEntries(
    ["constant", "holds", "one_of", "on_or_after", "not", "all", "any", "choose", "term"].map((name, at) => [name, at]),
  );
  const LISTED = [KIND.one_of, KIND.on_or_after, KIND.choose];

  /** Makes a published program ready to be asked; the vocabulary says what can be stated of a case. */
  function load(program, vocabulary) {
    const keys = Object.keys(program.questions);
    const placeOf = new Map(keys.map((key, at) => [key, at]));
    const rankOf = (level) => vocabulary.levels.indexOf(level);
    const fact = (one) => (one.codes ? { ...one, codes: codes.listOf(one.codes) } : one);
    const node = ({ kind, question, parts, readings = {}, answers, day, truth, mark }) => ({
      kind: KIND[kind],
      key: placeOf.get(question) ?? -1,
      parts: parts ?? Object.values(readings),
      names: Object.keys(readings),
      wanted: answers ? new Set(answers) : null,
      day,
      truth: truth ? TRUE : FALSE,
      rank: rankOf(mark),
    });
    const doubt = (one) => ({ ...one, says: one.readings, readings: Object.keys(one.readings), default: one.default ?? "open" });
    const { rulesets } = program;
    return {
      data: { ...vocabulary, ...program, doubts: program.doubts.map(doubt) },
      facts: new Map(vocabulary.facts.map((one) => [one.key, fact(one)])),
      nodes: program.nodes.map(node),
      rules: program.rules.map(({ evidence, outcome, ruleset, ...rule }) => ({
        ...rule,
        source: ruleset,
        then: program.outcomes.indexOf(outcome),
        checked: rankOf(evidence.level),
        unread: evidence.level === vocabulary.levels[0] && !rulesets[ruleset].reconstructed,
      })),
      machines: new Map(),
      placeOf,
      rankOf,
      question: keys.map((key) => {
        const [name, ...member] = key.split(":");
        return { key, name, member: member.join(":") };
      }),
    };
  }

  /** Every node at or below these, parts before the whole. */
  function reachable(model, roots) {
    const seen = new Set();
    const stack = [...roots];
    while (stack.length) {
      const at = stack.pop();
      if (!seen.has(at)) {
        seen.add(at);
        stack.push(...model.nodes[at].parts);
      }
    }
    return [...seen].sort((one, other) => one - other);
  }

  // machines: one for each plan -----------------------------------------------------------------------

  /** A state of the law with its conditions in the order of evaluation, and what depends on what. */
  function machineFor(model, ruleset, { along, asks }) {
    const name = `${ruleset}:${asks}:${along.join(",")}`;
    if (!model.machines.has(name)) {
      const number = model.data.states.findIndex(
        (state) => name === `${state.ruleset}:${state.asks}:${state.along.join(",")}`,
      );
      if (number < 0) throw new Error(`There is no state ${name} of the law`);
      model.machines.set(name, builtMachine(model, number));
    }
    return model.machines.get(name);
  }

  /** Columns as records. */
  const records = (columns) =>
    (columns.name ?? []).map((_, at) =>
      Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, column[at]])),
    );

  function builtMachine(model, number) {
    const { data } = model;
    const state = data.states[number];
    const conditions = Object.fromEntries(
      Object.entries(data.conditions)
        .map(([name, numbers]) => [name, numbers[number] ?? null])
        .filter(([, condition]) => condition !== null),
    );
    const constraints = state.constraints.map((one) => data.constraints[one]);
    const named = (kind, names) => names.map((name) => conditions[`${kind}:${name}`]);
    const entries = records(state.rules).map(({ rule, name, covers, ...entry }) => ({
      ...entry,
      rule,
      then: model.rules[rule].then,
      source: model.rules[rule].source,
      checked: model.rules[rule].checked,
      unread: model.rules[rule].unread,
      condition: conditions[`holds:${name}`],
      guard: covers,
    }));
    const rules = state.rules.name ?? [];
    const asked = [conditions.scope, ...named("holds", rules), conditions.force];
    const halves = constraints.flatMap(({ when, then }) => [when, then]);
    const told = [...asked, ...named("stands", rules), ...named("at_least", data.outcomes.slice(1))];
    const inner = entries.flatMap(({ guard, when }) => [guard, when]);
    const order = reachable(model, [...Object.values(conditions), ...inner, ...halves]);
    const place = new Map(order.map((at, index) => [at, index]));
    const nodes = order.map((at) => model.nodes[at]);
    const keys = [...state.questions, ...state.also];
    const position = new Map(keys.map((key, at) => [key, at]));
    const positionOf = (name) => position.get(model.placeOf.get(name));
    const placed = (answers) => answers.map(([name, answer]) => [positionOf(name), answer]);
    const machine = {
      model,
      plan: { ...state, days: state.days.map(placed) },
      keys,
      own: state.questions.length,
      position,
      positionOf,
      place,
      node: nodes,
      kind: nodes.map((node) => node.kind),
      parts: nodes.map((node) => node.parts.map((part) => place.get(part))),
      parents: nodes.map(() => []),
      leaves: keys.map(() => []),
      askedKey: nodes.map((node) => position.get(node.key) ?? -1),
      told: told.map((at) => place.get(at)),
      force: rules.length + 1,
      steps: asked.length + rules.length,
      conditions,
      duties: records(state.duties),
      entries,
      row: keys.map(() => null),
      val: new Uint8Array(order.length),
      dirty: new Uint8Array(order.length),
      log: [],
      telling: new Map(),
    };
    machine.parts.forEach((parts, at) => parts.forEach((part) => machine.parents[part].push(at)));
    machine.askedKey.forEach((key, at) => key >= 0 && machine.leaves[key].push(at));
    machine.constraints = constraints.map(({ when, then, follows, otherwise, sentence, instead }) => ({
      sentence,
      asks: new Set([...keysBelow(machine, [when, then])].map((at) => model.question[keys[at]].name)),
      when: place.get(when),
      then: place.get(then),
      forced: placed(follows),
      otherwise: placed(otherwise),
      instead: instead && placed([instead])[0],
    }));
    machine.given = state.questions
      .map((key, at) => [model.question[key], at])
      .filter(([question]) => question.key === LAW_DATE || question.name === "reading")
      .map(([, at]) => at);
    machine.cells = cellsOf(machine, reachable(model, [...asked, ...halves]));
    machine.askedBy = asked.map((at) => keysBelow(machine, [at]));
    machine.neighbours = neighbours(machine, constraints);
    machine.setGroups = setGroups(machine);
    nesting(machine);
    return machine;
  }

  function keysBelow(machine, roots) {
    const { model, position } = machine;
    const keys = reachable(model, roots).map((number) => model.nodes[number].key);
    return new Set(keys.filter((key) => key >= 0).map((key) => position.get(key)));
  }

  /** For each question the answers to try: one for each set of answers that no leaf tells apart. */
  function cellsOf(machine, numbers) {
    const { model } = machine;
    const leaves = machine.keys.map(() => []);
    for (const number of numbers) {
      const node = model.nodes[number];
      if (LISTED.includes(node.kind)) leaves[machine.position.get(node.key)].push(node);
    }
    return machine.keys.map((key, at) => {
      const [first] = leaves[at];
      if (!first)
        return [
          [true, ["yes"]],
          [false, ["no"]],
        ];
      if (first.kind === KIND.choose) return first.names.map((name) => [name, [name]]);
      const fact = model.facts.get(model.question[key].name);
      return first.kind === KIND.on_or_after ? dayCells(leaves[at], fact) : wordCells(model, leaves[at], fact);
    });
  }

  function dayCells(leaves, fact) {
    const days = [...new Set(leaves.map((leaf) => leaf.day))].filter((day) => day > fact.earliest).sort();
    return [fact.earliest, ...days].map((day) => [day, [`from ${day}`]]);
  }

  function wordCells(model, leaves, fact) {
    const words = Object.keys(fact.kind === "country" ? model.data.countries : fact.answers);
    const alike = new Map();
    for (const word of words) {
      const signature = leaves.map(({ wanted }) => Number(wanted.has(word))).join("");
      if (alike.has(signature)) alike.get(signature)[1].push(word);
      else alike.set(signature, [word, [word]]);
    }
    return [...alike.values()];
  }

  /** For each question, all that constraints connect with it, itself included. */
  function neighbours(machine, constraints) {
    const near = machine.keys.map((_, at) => new Set([at]));
    for (const { when, then } of constraints) {
      const together = new Set();
      for (const at of keysBelow(machine, [when, then])) near[at].forEach((one) => together.add(one));
      for (const at of together) near[at] = together;
    }
    return near;
  }

  /** For each set the places of its members, which are tried together as well. */
  function setGroups(machine) {
    const { model } = machine;
    const groups = new Map();
    machine.plan.questions.forEach((key, at) => {
      const { name } = model.question[key];
      const fact = model.facts.get(name);
      if (!fact || (fact.kind !== "set" && fact.kind !== "codes")) return;
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(at);
    });
    return [...groups.values()];
  }

  function nesting(machine) {
    machine.above = machine.keys.map(() => []);
    machine.below = machine.keys.map(() => []);
    const place = (key) => {
      const at = machine.positionOf(key);
      return at !== undefined && at < machine.own ? at : -1;
    };
    for (const [inner, outer] of machine.model.data.nested) {
      const [low, high] = [place(inner), place(outer)];
      if (low >= 0 && high >= 0) {
        machine.above[low].push(high);
        machine.below[high].push(low);
      }
    }
  }

  /** Whether an answer leaves its question open, at least in part. */
  const isOpen = (answer) => answer === null || Boolean(answer.one_of);

  /** Whether a choice is one of some words; open where it is only known to be one of several. */
  function isAmong(group, answer) {
    if (!answer.one_of) return group.has(answer) ? TRUE : FALSE;
    const met = answer.one_of.filter((word) => group.has(word)).length;
    return met === 0 ? FALSE : met === answer.one_of.length ? TRUE : OPEN;
  }

  /** The cells that an answer leaves open, each with what of it is left. */
  function cellsLeft(machine, at) {
    const words = machine.row[at]?.one_of;
    if (!words) return machine.cells[at];
    return machine.cells[at]
      .map(([value, alike]) => [value, alike.filter((word) => words.includes(word))])
      .filter(([, alike]) => alike.length);
  }

  // evaluation ------------------------------------------------------------------------------------------

  function truthOf(machine, at) {
    const { val } = machine;
    const node = machine.node[at];
    const parts = machine.parts[at];
    switch (machine.kind[at]) {
      case KIND.constant:
        return node.truth;
      case KIND.holds:
      case KIND.one_of:
      case KIND.on_or_after:
        return answered(node, machine.row[machine.askedKey[at]]);
      case KIND.not: {
        const below = val[parts[0]];
        return below === OPEN ? OPEN : 1 - below;
      }
      case KIND.term:
        return val[parts[0]];
      case KIND.choose:
        return chosen(machine, at);
      default: {
        const ends = machine.kind[at] === KIND.any ? TRUE : FALSE;
        let truth = 1 - ends;
        for (const part of parts) {
          if (val[part] === ends) return ends;
          if (val[part] === OPEN) truth = OPEN;
        }
        return truth;
      }
    }
  }

  /** What a leaf makes of the answer to its question. */
  function answered({ kind, wanted, day }, answer) {
    if (answer === null) return OPEN;
    if (kind === KIND.one_of) return isAmong(wanted, answer);
    return (kind === KIND.holds ? answer : answer >= day) ? TRUE : FALSE;
  }

  function chosen(machine, at) {
    const parts = machine.parts[at];
    const taken = machine.node[at].names.indexOf(machine.row[machine.askedKey[at]]);
    if (taken >= 0) return machine.val[parts[taken]];
    const first = machine.val[parts[0]];
    return parts.every((part) => machine.val[part] === first) ? first : OPEN;
  }

  /** Evaluates everything from a new row of answers. */
  function restart(machine, row) {
    machine.row = row;
    machine.log = [];
    machine.dirty.fill(0);
    for (let at = 0; at < machine.val.length; at += 1) machine.val[at] = truthOf(machine, at);
  }

  function answer(machine, position, value) {
    machine.log.push([position, machine.row[position], true]);
    machine.row[position] = value;
    for (const leaf of machine.leaves[position]) machine.dirty[leaf] = 1;
  }

  /** Evaluates again what the new answers touch, parts before the whole. */
  function propagate(machine) {
    const { dirty, val, log } = machine;
    for (let at = dirty.indexOf(1); at >= 0; at = dirty.indexOf(1, at + 1)) {
      dirty[at] = 0;
      const truth = truthOf(machine, at);
      if (truth !== val[at]) {
        log.push([at, val[at], false]);
        val[at] = truth;
        for (const parent of machine.parents[at]) dirty[parent] = 1;
      }
    }
  }

  function undo(machine, mark) {
    const { log, row, val, dirty } = machine;
    while (log.length > mark) {
      const [at, before, isAnswer] = log.pop();
      if (isAnswer) row[at] = before;
      else val[at] = before;
    }
    dirty.fill(0);
  }

  /** Carries an answer about one code pattern over to those above or below it. */
  function nest(machine, position) {
    const related = machine.row[position] === true ? machine.above : machine.below;
    for (const other of related[position]) {
      if (machine.row[other] === null) answer(machine, other, machine.row[position]);
    }
  }

  /** Adds what follows from the answers; false where they contradict each other. */
  function settle(machine) {
    for (;;) {
      propagate(machine);
      let changed = false;
      for (const { when, then, forced, otherwise } of machine.constraints) {
        const [first, second] = [machine.val[when], machine.val[then]];
        if (first === TRUE && second === FALSE) return false;
        const follows =
          first === TRUE && second !== TRUE
            ? forced
            : first !== FALSE && second === FALSE
              ? otherwise
              : [];
        for (const [position, value] of follows) {
          if (isOpen(machine.row[position])) {
            answer(machine, position, value);
            nest(machine, position);
            changed = true;
          }
        }
      }
      if (!changed) return true;
    }
  }

  // spans -----------------------------------------------------------------------------------------------

  /** Scope, rules, force, what stands and what is reached, with the span that follows. */
  function foundFrom(machine) {
    const { val, told } = machine;
    return spanned(machine, {
      certain: told.map((at) => val[at] === TRUE),
      possible: told.map((at) => val[at] !== FALSE),
    });
  }

  /** The mildest and the strictest outcome: as many steps as are certain, and as may be reached. */
  function spanned(machine, found) {
    const reached = (truths) => truths.slice(machine.steps).filter(Boolean).length;
    return Object.assign(found, { low: reached(found.certain), high: reached(found.possible) });
  }

  /** Whether each rule certainly, and possibly, holds and is not lifted. */
  function standing(machine, found) {
    const cut = (truths) => truths.slice(machine.force + 1, machine.steps);
    return { sure: cut(found.certain), maybe: cut(found.possible) };
  }

  /** What is found when these answers are added; null where they cannot all be given. */
  function tried(machine, changes) {
    const mark = machine.log.length;
    for (const [position, value] of changes) answer(machine, position, value);
    for (const [position] of changes) nest(machine, position);
    const found = settle(machine) ? foundFrom(machine) : null;
    undo(machine, mark);
    return found;
  }

  function narrowOne(found, index, branches) {
    if (!found.certain[index] && branches.every((branch) => branch.certain[index]))
      found.certain[index] = true;
    if (found.possible[index] && !branches.some((branch) => branch.possible[index]))
      found.possible[index] = false;
  }

  /** Keeps what is common to all answers that leave the transaction in scope of what is in force. */
  function narrow(machine, found, branches) {
    const { force } = machine;
    narrowOne(found, force, branches);
    const inForce = branches.filter((branch) => branch.possible[force]);
    narrowOne(found, 0, inForce.length ? inForce : branches);
    const inside = inForce.filter((branch) => branch.possible[0]);
    if (!inside.length) return;
    for (let index = 1; index < found.certain.length; index += 1)
      if (index !== force) narrowOne(found, index, inside);
  }

  /** Members of a set, those first that alone settle most; it never depends on the facts. */
  function tellingFirst(machine, group) {
    const given = machine.given.map((at) => machine.row[at]);
    const name = JSON.stringify([group[0], given]);
    if (!machine.telling.has(name)) machine.telling.set(name, orderedByTelling(machine, group));
    return machine.telling.get(name);
  }

  function orderedByTelling(machine, group) {
    const { row, val } = machine;
    const blank = row.map(() => null);
    for (const at of machine.given) blank[at] = row[at];
    machine.val = new Uint8Array(val.length);
    restart(machine, blank);
    const open = new Map();
    for (const at of group) {
      const found = tried(machine, [[at, true]]);
      const count = (truths) => truths.slice(0, machine.force + 1).filter(Boolean).length;
      open.set(at, found ? count(found.possible) - count(found.certain) : 0);
    }
    machine.row = row;
    machine.val = val;
    machine.log = [];
    return [...group].sort((one, other) => open.get(one) - open.get(other));
  }

  /** No open member of the set belongs to it, or this one (the first, where the law is known) does. */
  function groupTrials(machine, group) {
    const isKnown = machine.plan.asks === "nothing";
    const ordered = isKnown ? tellingFirst(machine, group) : group;
    const open = ordered.filter((at) => machine.row[at] === null);
    const none = open.map((at) => [at, false]);
    return [none, ...open.map((at, place) => [...(isKnown ? none.slice(0, place) : []), [at, true]])];
  }

  /** Tries the answers to each open question alone and narrows what is found. */
  function lookFurther(machine, found) {
    const wanted = new Set();
    machine.askedBy.forEach((keys, index) => {
      const isAsked = found.possible[0] || index === machine.force; // Out of scope only force is.
      if (isAsked && found.possible[index] && !found.certain[index]) keys.forEach((at) => wanted.add(at));
    });
    const connected = new Set();
    for (const at of wanted) machine.neighbours[at].forEach((one) => connected.add(one));
    const relevant = [...connected]
      .filter((at) => isOpen(machine.row[at]))
      .sort((one, other) => one - other);
    const trials = relevant.map((at) => cellsLeft(machine, at).map(([value]) => [[at, value]]));
    for (const group of machine.setGroups) {
      if (group.some((at) => machine.row[at] === null && connected.has(at)))
        trials.push(groupTrials(machine, group));
    }
    const { days } = machine.plan;
    if (days.length && days.at(-1).every(([at]) => machine.row[at] === null && connected.has(at)))
      trials.push(days);
    for (const answers of trials) {
      const branches = answers.map((changes) => tried(machine, changes)).filter(Boolean);
      if (branches.length) narrow(machine, found, branches);
    }
    spanned(machine, found);
  }

  /** The truth of a condition over days alone; null where a day that is not known decides. */
  function truthOn(model, number, days) {
    const { kind, key, day: from, truth, parts: below } = model.nodes[number];
    const parts = below.map((part) => truthOn(model, part, days));
    if (kind === KIND.constant) return truth === TRUE;
    if (kind === KIND.not) return parts[0] === null ? null : !parts[0];
    if (kind === KIND.on_or_after) {
      const day = days[model.question[key].key] ?? null;
      return day === null ? null : day >= from;
    }
    const ends = kind === KIND.any;
    return parts.includes(ends) ? ends : parts.includes(null) ? null : !ends;
  }

  return {
    KIND,
    FALSE,
    TRUE,
    OPEN,
    LAW_DATE,
    cellsLeft,
    truthOn,
    foundFrom,
    load,
    lookFurther,
    machineFor,
    restart,
    settle,
    standing,
    tried,
  };
})();
