/* The portable evaluator: does what `assess` does in Python, from the same conditions as data.
 *
 * No rule, fact or date of any law is written here; all of that is in the data.  No clock, no
 * randomness, no document: the same facts give the same verdict.  Truths are 0 (false), 1 (true) and
 * 2 (open); days are texts such as 2015-06-30, which sort as days do.
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

  /** Prepares a published program for evaluation; the vocabulary lists what a case can state.
   *
   * Conditions by which a reason is true are evaluated besides, where a state asks all that they ask.
   */
  function load(program, vocabulary, besides = []) {
    const keys = Object.keys(program.questions);
    const indexOf = new Map(keys.map((key, at) => [key, at]));
    const fact = (item) => (item.codes ? { ...item, codes: codes.prepareList(item.codes) } : item);
    const node = ({ kind, question, parts, readings = {}, answers, day, truth }) => ({
      kind: KIND[kind],
      key: indexOf.get(question) ?? -1,
      parts: parts ?? Object.values(readings),
      names: Object.keys(readings),
      wanted: answers ? new Set(answers) : null,
      day,
      truth: truth ? TRUE : FALSE,
    });
    const doubt = (item) => ({ ...item, name: asked("reading", item.id), says: item.readings, readings: Object.keys(item.readings), default: item.default ?? "open" });
    return {
      data: { ...vocabulary, ...program, doubts: program.doubts.map(doubt) },
      facts: new Map(vocabulary.facts.map((item) => [item.key, fact(item)])),
      nodes: program.nodes.map(node),
      rules: program.rules.map(({ outcome, ruleset, ...rule }) => ({ ...rule, source: ruleset, then: program.outcomes.indexOf(outcome) })),
      machines: new Map(),
      besides: [...new Set(besides)],
      indexOf,
      question: keys.map((key) => {
        const [name, ...rest] = key.split(":");
        const member = rest.join(":");
        return { key, name, member, asked: asked(name, member) };
      }),
    };
  }

  /** The name of what a question asks about: a fact, a power, a doubtful text, or one that was not read. */
  function asked(name, member) {
    if (/^(text|row)\./.test(member)) return member;
    return name === "reading" || name === "discretion" ? `${name}.${member}` : name;
  }

  /** Every node at or below these, parts before wholes. */
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

  // machines: one for each state of the law ------------------------------------------------------------

  /** A state of the law with its conditions in order of evaluation, and their dependencies. */
  function machineFor(model, ruleset, { along, asks }) {
    const name = `${ruleset}:${asks}:${along.join(",")}`;
    if (!model.machines.has(name)) {
      const number = model.data.states.findIndex(
        (state) => name === `${state.ruleset}:${state.asks}:${state.along.join(",")}`,
      );
      if (number < 0) throw new Error(`There is no state ${name} of the law`);
      model.machines.set(name, buildMachine(model, number));
    }
    return model.machines.get(name);
  }

  /** Columns as records. */
  const records = (columns) =>
    (columns.name ?? []).map((_, at) =>
      Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, column[at]])),
    );

  function buildMachine(model, number) {
    const { data } = model;
    const state = data.states[number];
    const conditions = Object.fromEntries(
      Object.entries(data.conditions)
        .map(([name, numbers]) => [name, numbers[number] ?? null])
        .filter(([, condition]) => condition !== null),
    );
    const constraints = state.constraints.map((one) => data.constraints[one]);
    const conditionsOf = (kind, names) => names.map((name) => conditions[`${kind}:${name}`]);
    const entries = records(state.rules).map(({ rule, name, covers, ...entry }) => ({
      ...entry,
      rule,
      then: model.rules[rule].then,
      source: model.rules[rule].source,
      condition: conditions[`holds:${name}`],
      guard: covers,
    }));
    const rules = state.rules.name ?? [];
    const coreConditions = [conditions.scope, ...conditionsOf("holds", rules), conditions.force];
    const constraintParts = constraints.flatMap(({ when, then }) => [when, then]);
    const outputs = [...coreConditions, ...conditionsOf("stands", rules), ...conditionsOf("at_least", data.outcomes.slice(1))];
    const ruleParts = entries.flatMap(({ guard, when }) => [guard, when]);
    const keys = [...state.questions, ...state.also];
    const positions = new Map(keys.map((key, at) => [key, at]));
    const isAsked = (at) => reachable(model, [at]).every((below) => model.nodes[below].key < 0 || positions.has(model.nodes[below].key));
    const besides = model.besides.filter(isAsked);
    const order = reachable(model, [...Object.values(conditions), ...ruleParts, ...constraintParts, ...besides]);
    const place = new Map(order.map((at, index) => [at, index]));
    const nodes = order.map((at) => model.nodes[at]);
    const positionOf = (name) => positions.get(model.indexOf.get(name));
    const assignments = (answers) => answers.map(([name, answer]) => [positionOf(name), answer]);
    const machine = {
      model,
      plan: { ...state, days: state.days.map(assignments) },
      keys,
      questionCount: state.questions.length,
      position: positions,
      positionOf,
      nodeIndex: place,
      node: nodes,
      kind: nodes.map((node) => node.kind),
      parts: nodes.map((node) => node.parts.map((part) => place.get(part))),
      parents: nodes.map(() => []),
      leaves: keys.map(() => []),
      leafPosition: nodes.map((node) => positions.get(node.key) ?? -1),
      outputs: outputs.map((at) => place.get(at)),
      force: rules.length + 1,
      steps: coreConditions.length + rules.length,
      conditions,
      duties: records(state.duties),
      entries,
      row: keys.map(() => null),
      val: new Uint8Array(order.length),
      dirty: new Uint8Array(order.length),
      log: [],
    };
    machine.parts.forEach((parts, at) => parts.forEach((part) => machine.parents[part].push(at)));
    machine.leafPosition.forEach((key, at) => key >= 0 && machine.leaves[key].push(at));
    machine.constraints = constraints.map(({ when, then, follows, otherwise, sentence, instead }) => ({
      sentence,
      asks: new Set([...keysBelow(machine, [when, then])].map((at) => model.question[keys[at]].name)),
      when: place.get(when),
      then: place.get(then),
      forced: assignments(follows),
      otherwise: assignments(otherwise),
      instead: instead && assignments([instead])[0],
    }));
    machine.cells = cellsOf(machine, reachable(model, [...coreConditions, ...constraintParts]));
    machine.coreKeys = coreConditions.map((at) => keysBelow(machine, [at]));
    machine.neighbours = neighbours(machine, constraints);
    machine.setGroups = setGroups(machine);
    linkNested(machine);
    return machine;
  }

  function keysBelow(machine, roots) {
    const { model, position } = machine;
    const keys = reachable(model, roots).map((number) => model.nodes[number].key);
    return new Set(keys.filter((key) => key >= 0).map((key) => position.get(key)));
  }

  /** For each question, its classes of answers that no leaf distinguishes; of each class one is tried. */
  function cellsOf(machine, numbers) {
    const { model } = machine;
    const leaves = machine.keys.map(() => []);
    for (const number of numbers) {
      const node = model.nodes[number];
      if (LISTED.includes(node.kind)) leaves[machine.position.get(node.key)].push(node);
    }
    return machine.keys.map((key, at) => {
      const [firstLeaf] = leaves[at];
      if (!firstLeaf) return [[true], [false]];
      if (firstLeaf.kind === KIND.choose) return firstLeaf.names.map((name) => [name]);
      const fact = model.facts.get(model.question[key].name);
      return firstLeaf.kind === KIND.on_or_after ? dayCells(leaves[at], fact) : wordCells(model, leaves[at], fact);
    });
  }

  function dayCells(leaves, fact) {
    const days = [...new Set(leaves.map((leaf) => leaf.day))].filter((day) => day > fact.earliest).sort();
    return [fact.earliest, ...days].map((day) => [day]);
  }

  function wordCells(model, leaves, fact) {
    const words = Object.keys(fact.kind === "country" ? model.data.countries : fact.answers);
    const cells = new Map();
    for (const word of words) {
      const signature = leaves.map(({ wanted }) => Number(wanted.has(word))).join("");
      cells.set(signature, [...(cells.get(signature) ?? []), word]);
    }
    return [...cells.values()];
  }

  /** For each question, all questions that constraints connect with it, itself included. */
  function neighbours(machine, constraints) {
    const connected = machine.keys.map((_, at) => new Set([at]));
    for (const { when, then } of constraints) {
      const union = new Set();
      for (const at of keysBelow(machine, [when, then])) connected[at].forEach((other) => union.add(other));
      for (const at of union) connected[at] = union;
    }
    return connected;
  }

  /** For each set fact, the positions of its members, which are also tried together. */
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

  function linkNested(machine) {
    machine.above = machine.keys.map(() => []);
    machine.below = machine.keys.map(() => []);
    const place = (key) => {
      const at = machine.positionOf(key);
      return at !== undefined && at < machine.questionCount ? at : -1;
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
  const isOpen = (answer) => answer === null || Boolean(answer.one_of || answer.from);

  /** Whether a day is this one or a later one; open where it is only known to be one of several. */
  function isOnOrAfter(day, answer) {
    if (!answer.from) return answer >= day ? TRUE : FALSE;
    return answer.from >= day ? TRUE : answer.to >= day ? OPEN : FALSE;
  }

  /** Whether a choice is one of some words; open where it is only known to be one of several. */
  function isAmong(group, answer) {
    if (!answer.one_of) return group.has(answer) ? TRUE : FALSE;
    const matches = answer.one_of.filter((word) => group.has(word)).length;
    return matches === 0 ? FALSE : matches === answer.one_of.length ? TRUE : OPEN;
  }

  /** The answers to try for a question, as far as its answer leaves them open. */
  function openAnswers(machine, at) {
    const { one_of: words, from, to } = machine.row[at] ?? {};
    const cells = words ? machine.cells[at].filter((cell) => cell.some((word) => words.includes(word))) : machine.cells[at];
    const answers = cells.map(([answer]) => answer);
    const isPossible = (day, next) => day <= to && (next === undefined || next > from);
    return from ? answers.filter((day, rank) => isPossible(day, answers[rank + 1])) : answers;
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
        return leafTruth(node, machine.row[machine.leafPosition[at]]);
      case KIND.not: {
        const operand = val[parts[0]];
        return operand === OPEN ? OPEN : 1 - operand;
      }
      case KIND.term:
        return val[parts[0]];
      case KIND.choose:
        return choiceTruth(machine, at);
      default: {
        const deciding = machine.kind[at] === KIND.any ? TRUE : FALSE;
        let truth = 1 - deciding;
        for (const part of parts) {
          if (val[part] === deciding) return deciding;
          if (val[part] === OPEN) truth = OPEN;
        }
        return truth;
      }
    }
  }

  /** The truth of a leaf, given the answer to its question. */
  function leafTruth({ kind, wanted, day }, answer) {
    if (answer === null) return OPEN;
    if (kind === KIND.one_of) return isAmong(wanted, answer);
    return kind === KIND.holds ? (answer ? TRUE : FALSE) : isOnOrAfter(day, answer);
  }

  function choiceTruth(machine, at) {
    const parts = machine.parts[at];
    const choice = machine.node[at].names.indexOf(machine.row[machine.leafPosition[at]]);
    if (choice >= 0) return machine.val[parts[choice]];
    const firstTruth = machine.val[parts[0]];
    return parts.every((part) => machine.val[part] === firstTruth) ? firstTruth : OPEN;
  }

  /** Evaluates everything from a new row of answers. */
  function restart(machine, row) {
    machine.row = row;
    machine.log = [];
    machine.dirty.fill(0);
    for (let at = 0; at < machine.val.length; at += 1) machine.val[at] = truthOf(machine, at);
  }

  function setAnswer(machine, position, value) {
    machine.log.push([position, machine.row[position], true]);
    machine.row[position] = value;
    for (const leaf of machine.leaves[position]) machine.dirty[leaf] = 1;
  }

  /** Re-evaluates what new answers affect, parts before wholes. */
  function reevaluate(machine) {
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

  /** Propagates an answer about one code pattern to those above or below it. */
  function propagateCode(machine, position) {
    const implied = machine.row[position] === true ? machine.above : machine.below;
    for (const other of implied[position]) {
      if (machine.row[other] === null) setAnswer(machine, other, machine.row[position]);
    }
  }

  /** Adds the consequences of the answers by unit propagation; false if they contradict each other. */
  function propagate(machine) {
    for (;;) {
      reevaluate(machine);
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
            setAnswer(machine, position, value);
            propagateCode(machine, position);
            changed = true;
          }
        }
      }
      if (!changed) return true;
    }
  }

  // spans -----------------------------------------------------------------------------------------------

  /** The certain and possible truths of the output conditions, with the resulting span. */
  function partialVerdict(machine) {
    const { val, outputs } = machine;
    return withSpan(machine, {
      certain: outputs.map((at) => val[at] === TRUE),
      possible: outputs.map((at) => val[at] !== FALSE),
    });
  }

  /** Adds the mildest and the strictest outcome: the number of certain steps, and of possible ones. */
  function withSpan(machine, partial) {
    const reached = (truths) => truths.slice(machine.steps).filter(Boolean).length;
    return Object.assign(partial, { low: reached(partial.certain), high: reached(partial.possible) });
  }

  /** The partial verdict with these answers added; null if they contradict each other. */
  function assume(machine, changes) {
    const logLength = machine.log.length;
    for (const [position, value] of changes) setAnswer(machine, position, value);
    for (const [position] of changes) propagateCode(machine, position);
    const partial = propagate(machine) ? partialVerdict(machine) : null;
    undo(machine, logLength);
    return partial;
  }

  function intersectAt(partial, index, branches) {
    if (!partial.certain[index] && branches.every((branch) => branch.certain[index]))
      partial.certain[index] = true;
    if (partial.possible[index] && !branches.some((branch) => branch.possible[index]))
      partial.possible[index] = false;
  }

  /** Keeps what all answers have in common that leave the transaction in scope of law in force. */
  function intersect(machine, partial, branches) {
    const { force } = machine;
    intersectAt(partial, force, branches);
    const inForce = branches.filter((branch) => branch.possible[force]);
    intersectAt(partial, 0, inForce.length ? inForce : branches);
    const inScope = inForce.filter((branch) => branch.possible[0]);
    if (!inScope.length) return;
    for (let index = 1; index < partial.certain.length; index += 1)
      if (index !== force) intersectAt(partial, index, inScope);
  }

  /** The trials of a set: no open member belongs to it, or one does (the first, if the law is known). */
  function groupTrials(machine, group) {
    const isKnown = machine.plan.asks === "nothing";
    const open = group.filter((at) => machine.row[at] === null);
    const noMember = open.map((at) => [at, false]);
    return [noMember, ...open.map((at, rank) => [...(isKnown ? noMember.slice(0, rank) : []), [at, true]])];
  }

  /** Looks ahead: tries the answers to each open question alone and intersects their verdicts. */
  function probe(machine, partial) {
    const openKeys = new Set();
    machine.coreKeys.forEach((keys, index) => {
      const isAsked = partial.possible[0] || index === machine.force; // Out of scope only force is.
      if (isAsked && partial.possible[index] && !partial.certain[index]) keys.forEach((at) => openKeys.add(at));
    });
    const connected = new Set();
    for (const at of openKeys) machine.neighbours[at].forEach((neighbour) => connected.add(neighbour));
    const relevant = [...connected]
      .filter((at) => isOpen(machine.row[at]))
      .sort((neighbour, other) => neighbour - other);
    const trials = relevant.map((at) => openAnswers(machine, at).map((value) => [[at, value]]));
    for (const group of machine.setGroups) {
      if (group.some((at) => machine.row[at] === null && connected.has(at)))
        trials.push(groupTrials(machine, group));
    }
    const { days } = machine.plan;
    if (days.length && days.at(-1).every(([at]) => isOpen(machine.row[at]) && connected.has(at)))
      trials.push(days.filter((dates) => dates.every(([at, day]) => openAnswers(machine, at).includes(day))));
    for (const answers of trials) {
      const branches = answers.map((changes) => assume(machine, changes)).filter(Boolean);
      if (branches.length) intersect(machine, partial, branches);
    }
    withSpan(machine, partial);
  }

  /** The truth of a condition over days alone; null if an unknown day decides. */
  function truthOn(model, number, days) {
    const { kind, key, day: from, truth, parts: partNumbers } = model.nodes[number];
    const parts = partNumbers.map((part) => truthOn(model, part, days));
    if (kind === KIND.constant) return truth === TRUE;
    if (kind === KIND.not) return parts[0] === null ? null : !parts[0];
    if (kind === KIND.on_or_after) {
      const day = days[model.question[key].key] ?? null;
      const reached = day === null ? OPEN : isOnOrAfter(from, day);
      return reached === OPEN ? null : reached === TRUE;
    }
    const deciding = kind === KIND.any;
    return parts.includes(deciding) ? deciding : parts.includes(null) ? null : !deciding;
  }

  return { KIND, FALSE, TRUE, OPEN, LAW_DATE, truthOn, partialVerdict, load, probe, machineFor, restart, propagate };
})();
