/* The portable evaluator: does what `assess` does in Python, from the same conditions as data.
 *
 * No rule, fact or date of any law is written here; all of that is in the data.  No clock, no
 * randomness, no document: the same facts give the same verdict.  Truths are true, false and null (open);
 * days are texts such as 2015-06-30, which sort as days do.  Nodes and questions have the numbers of the data.
 */
"use strict";

const engine = (() => {
  const LAW_DATE = "law.as_of";
  const LISTED = ["one_of", "on_or_after", "choose"];

  // the model ---------------------------------------------------------------------------------------

  /** Prepares a published program for evaluation; the vocabulary lists what a case can state.
   *
   * Conditions by which a reason is true are evaluated besides, where a state asks all that they ask.
   */
  function load(program, vocabulary, besides = []) {
    const keys = Object.keys(program.questions);
    const numbers = new Map(keys.map((key, at) => [key, at]));
    const fact = (item) => (item.codes ? { ...item, codes: codes.prepareList(item.codes) } : item);
    const node = ({ kind, question, parts, readings = {}, answers, day, truth }) => ({
      kind,
      key: numbers.get(question) ?? -1,
      parts: parts ?? Object.values(readings),
      names: Object.keys(readings),
      wanted: answers ? new Set(answers) : null,
      day,
      truth,
    });
    const doubt = (item) => ({ ...item, name: asked("reading", item.id), says: item.readings, readings: Object.keys(item.readings), default: item.default ?? "open" });
    return {
      data: { ...vocabulary, ...program, doubts: program.doubts.map(doubt) },
      facts: new Map(vocabulary.facts.map((item) => [item.key, fact(item)])),
      nodes: program.nodes.map(node),
      machines: [],
      val: new Array(program.nodes.length).fill(null), // Of conditions over days.
      besides: [...new Set(besides)],
      numbers,
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
    const seen = new Set(roots);
    for (const at of seen) for (const part of model.nodes[at].parts) seen.add(part);
    return [...seen].sort((one, other) => one - other);
  }

  const keysBelow = (model, roots) => new Set(reachable(model, roots).map((at) => model.nodes[at].key).filter((key) => key >= 0));

  // machines: one for each state of the law ------------------------------------------------------------

  /** A state of the law with its conditions in order of evaluation, and their dependencies. */
  function machineFor(model, ruleset, { along, asks }) {
    const isMeant = (state) => state.ruleset === ruleset && state.asks === asks && String(state.along) === String(along);
    const number = model.data.states.findIndex(isMeant);
    if (number < 0) throw new Error(`There is no state ${ruleset}:${asks}:${along} of the law`);
    return (model.machines[number] ??= buildMachine(model, number));
  }

  /** Columns as records. */
  const records = (columns) =>
    (columns.name ?? []).map((_, at) => Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, column[at]])));

  function buildMachine(model, number) {
    const { data, nodes } = model;
    const state = data.states[number];
    const named = Object.entries(data.conditions).map(([name, numbers]) => [name, numbers[number] ?? -1]);
    const conditions = Object.fromEntries(named.filter(([, condition]) => condition >= 0));
    const constraints = state.constraints.map((one) => data.constraints[one]);
    const rules = state.rules.name ?? [];
    const conditionsOf = (kind, names) => names.map((name) => conditions[`${kind}:${name}`]);
    const entries = records(state.rules).map(({ name, covers, ...entry }) => ({
      ...entry,
      then: data.outcomes.indexOf(data.rules[entry.rule].outcome),
      source: data.rules[entry.rule].ruleset,
      condition: conditions[`holds:${name}`],
      guard: covers,
    }));
    const coreConditions = [conditions.scope, ...conditionsOf("holds", rules), conditions.force];
    const constraintParts = constraints.flatMap(({ when, then }) => [when, then]);
    const keys = [...state.questions, ...state.also];
    const isAsked = (condition) => [...keysBelow(model, [condition])].every((key) => keys.includes(key));
    const ruleParts = entries.flatMap(({ guard, when }) => [guard, when]);
    const order = reachable(model, [...Object.values(conditions), ...ruleParts, ...constraintParts, ...model.besides.filter(isAsked)]);
    const assignments = (answers) => answers.map(([name, answer]) => [model.numbers.get(name), answer]);
    const machine = {
      model,
      plan: { ...state, days: state.days.map(assignments) },
      keys,
      order,
      parents: new Map(order.map((at) => [at, []])),
      leaves: new Map(keys.map((key) => [key, []])),
      outputs: [...coreConditions, ...conditionsOf("stands", rules), ...conditionsOf("at_least", data.outcomes.slice(1))],
      force: rules.length + 1,
      steps: coreConditions.length + rules.length,
      conditions,
      constraints: constraints.map(({ follows, otherwise, instead, ...constraint }) => ({
        ...constraint,
        asks: new Set([...keysBelow(model, [constraint.when, constraint.then])].map((key) => model.question[key].name)),
        forced: assignments(follows),
        otherwise: assignments(otherwise),
        instead: instead && assignments([instead])[0],
      })),
      duties: records(state.duties),
      entries,
      cells: cellsOf(model, keys, reachable(model, [...coreConditions, ...constraintParts])),
      coreKeys: coreConditions.map((condition) => keysBelow(model, [condition])),
      neighbours: neighbours(model, keys, constraints),
      setGroups: setGroups(model, state.questions),
      nested: new Map(),
      row: [],
      val: new Array(nodes.length).fill(null),
      dirty: new Uint8Array(nodes.length),
      log: [],
    };
    for (const at of order) {
      for (const part of nodes[at].parts) machine.parents.get(part).push(at);
      machine.leaves.get(nodes[at].key)?.push(at);
    }
    const nested = data.nested.map((pair) => pair.map((name) => model.numbers.get(name)));
    for (const pair of nested.filter((keys) => keys.every((key) => state.questions.includes(key))))
      for (const key of pair) machine.nested.set(key, [...(machine.nested.get(key) ?? []), pair]);
    return machine;
  }

  /** For each question, its classes of answers that no leaf distinguishes; of each class one is tried. */
  function cellsOf(model, keys, numbers) {
    const leaves = new Map(keys.map((key) => [key, []]));
    for (const node of numbers.map((number) => model.nodes[number])) if (LISTED.includes(node.kind)) leaves.get(node.key).push(node);
    const cells = ([key, asking]) => {
      if (!asking.length) return [[true], [false]];
      const [{ kind, names }] = asking;
      if (kind === "choose") return names.map((name) => [name]);
      const fact = model.facts.get(model.question[key].name);
      return kind === "on_or_after" ? dayCells(asking, fact) : wordCells(model, asking, fact);
    };
    return new Map([...leaves].map((pair) => [pair[0], cells(pair)]));
  }

  function dayCells(leaves, { earliest }) {
    const days = leaves.map(({ day }) => day).filter((day) => day > earliest);
    return [...new Set([earliest, ...days.sort()])].map((day) => [day]);
  }

  function wordCells(model, leaves, fact) {
    const words = Object.keys(fact.kind === "country" ? model.data.countries : fact.answers);
    return [...Map.groupBy(words, (word) => leaves.map(({ wanted }) => Number(wanted.has(word))).join("")).values()];
  }

  /** For each question, all questions that constraints connect with it, itself included. */
  function neighbours(model, keys, constraints) {
    const connected = new Map(keys.map((key) => [key, new Set([key])]));
    for (const { when, then } of constraints) {
      const union = new Set([...keysBelow(model, [when, then])].flatMap((key) => [...connected.get(key)]));
      for (const key of union) connected.set(key, union);
    }
    return connected;
  }

  /** For each set fact, its members, which are also tried together. */
  function setGroups(model, keys) {
    const isMember = (key) => ["set", "codes"].includes(model.facts.get(model.question[key].name)?.kind);
    return [...Map.groupBy(keys.filter(isMember), (key) => model.question[key].name).values()];
  }

  /** Whether an answer leaves its question open, at least in part. */
  const isOpen = (answer) => answer === null || Boolean(answer.one_of || answer.from);

  /** The truth that some have in common; null where they differ. */
  const common = (truths) => (truths.every((truth) => truth === truths[0]) ? truths[0] : null);

  /** The answers to try for a question, as far as its answer leaves them open. */
  function openAnswers(machine, key) {
    const { one_of: words, from, to } = machine.row[key] ?? {};
    const cells = machine.cells.get(key).filter((cell) => !words || cell.some((word) => words.includes(word)));
    const answers = cells.map(([answer]) => answer);
    const isPossible = (day, next) => day <= to && (next === undefined || next > from);
    return from ? answers.filter((day, rank) => isPossible(day, answers[rank + 1])) : answers;
  }

  // evaluation ------------------------------------------------------------------------------------------

  /** The truth of a node, from those of its parts and from the answers to questions. */
  function truthOf({ kind, key, parts, names, wanted, day, truth }, val, row) {
    switch (kind) {
      case "all":
      case "any": {
        const deciding = kind === "any";
        let whole = !deciding;
        for (const part of parts) {
          if (val[part] === deciding) return deciding;
          if (val[part] === null) whole = null;
        }
        return whole;
      }
      case "term":
        return val[parts[0]];
      case "not":
        return val[parts[0]] === null ? null : !val[parts[0]];
      case "constant":
        return truth;
      case "choose": {
        const choice = names.indexOf(row[key]);
        return choice < 0 ? common(parts.map((part) => val[part])) : val[parts[choice]];
      }
      default: {
        const answer = row[key] ?? null;
        if (answer === null || kind === "holds") return answer;
        if (kind === "one_of") return common((answer.one_of ?? [answer]).map((word) => wanted.has(word)));
        return common([answer.from ?? answer, answer.to ?? answer].map((one) => one >= day));
      }
    }
  }

  /** The truth of a condition over days alone. */
  function truthOn(model, number, days) {
    const { val } = model;
    const row = [];
    for (const [name, day] of Object.entries(days)) row[model.numbers.get(name)] = day;
    for (const at of reachable(model, [number])) val[at] = truthOf(model.nodes[at], val, row);
    return val[number];
  }

  /** Evaluates everything from a row of answers. */
  function restart(machine, row) {
    const { nodes } = machine.model;
    Object.assign(machine, { row: [...row], log: [] });
    machine.dirty.fill(0);
    for (const at of machine.order) machine.val[at] = truthOf(nodes[at], machine.val, machine.row);
  }

  /** Sets an answer or a truth, and notes what was there before. */
  function put(machine, values, at, value) {
    machine.log.push([values, at, values[at]]);
    values[at] = value;
  }

  function setAnswer(machine, key, value) {
    put(machine, machine.row, key, value);
    for (const leaf of machine.leaves.get(key)) machine.dirty[leaf] = 1;
  }

  /** Re-evaluates what new answers affect, parts before wholes. */
  function reevaluate(machine) {
    const { dirty, val, row, model } = machine;
    for (let at = dirty.indexOf(1); at >= 0; at = dirty.indexOf(1, at + 1)) {
      dirty[at] = 0;
      const truth = truthOf(model.nodes[at], val, row);
      if (truth === val[at]) continue;
      put(machine, val, at, truth);
      for (const parent of machine.parents.get(at)) dirty[parent] = 1;
    }
  }

  /** Propagates an answer about one code pattern: yes to those above it, no to those below. */
  function propagateCode(machine, key) {
    const answer = machine.row[key];
    const [from, to] = answer === true ? [0, 1] : [1, 0];
    for (const pair of machine.nested.get(key) ?? []) if (pair[from] === key && machine.row[pair[to]] === null) setAnswer(machine, pair[to], answer);
  }

  /** Adds the consequences of the answers by unit propagation; false if they contradict each other. */
  function propagate(machine) {
    for (;;) {
      reevaluate(machine);
      let changed = false;
      for (const { when, then, forced, otherwise } of machine.constraints) {
        const [first, second] = [machine.val[when], machine.val[then]];
        if (first === true && second === false) return false;
        const follows = first === true && second === null ? forced : first === null && second === false ? otherwise : [];
        for (const [key, value] of follows) {
          if (!isOpen(machine.row[key])) continue;
          setAnswer(machine, key, value);
          propagateCode(machine, key);
          changed = true;
        }
      }
      if (!changed) return true;
    }
  }

  // spans -----------------------------------------------------------------------------------------------

  /** The truths of scope, rules and force, of rules that are not overridden, and of each step of outcomes. */
  const truthsOf = ({ val, outputs }) => outputs.map((at) => val[at]);

  /** The mildest and the strictest outcome: the number of certain steps, and of possible ones. */
  function spanOf({ steps }, truths) {
    const reached = truths.slice(steps);
    return [reached.filter((truth) => truth === true).length, reached.filter((truth) => truth !== false).length];
  }

  /** The truths with these answers added; null if they contradict each other. */
  function assume(machine, changes) {
    machine.log = [];
    for (const [key, value] of changes) setAnswer(machine, key, value);
    for (const [key] of changes) propagateCode(machine, key);
    const truths = propagate(machine) ? truthsOf(machine) : null;
    for (const [values, at, before] of machine.log.reverse()) values[at] = before;
    machine.dirty.fill(0);
    return truths;
  }

  /** Keeps what all answers have in common that leave the transaction in scope of law in force. */
  function intersect({ force }, truths, branches) {
    const keep = (index, some) => (truths[index] ??= common(some.map((branch) => branch[index])));
    keep(force, branches);
    const inForce = branches.filter((branch) => branch[force] !== false);
    keep(0, inForce.length ? inForce : branches);
    const inScope = inForce.filter((branch) => branch[0] !== false);
    if (inScope.length) truths.forEach((_, index) => index && index !== force && keep(index, inScope));
  }

  /** The trials of a set: no open member belongs to it, or one does (the first, if the law is known). */
  function groupTrials(machine, group) {
    const isKnown = machine.plan.asks === "nothing";
    const noMember = group.filter((key) => machine.row[key] === null).map((key) => [key, false]);
    return [noMember, ...noMember.map(([key], rank) => [...(isKnown ? noMember.slice(0, rank) : []), [key, true]])];
  }

  /** Looks ahead: tries the answers to each open question alone and keeps what their truths have in common. */
  function probe(machine, truths) {
    const connected = new Set();
    machine.coreKeys.forEach((keys, index) => {
      const isAsked = truths[0] !== false || index === machine.force; // Out of scope only force is.
      if (isAsked && truths[index] === null) for (const key of keys) for (const neighbour of machine.neighbours.get(key)) connected.add(neighbour);
    });
    const isTried = (key) => connected.has(key) && isOpen(machine.row[key]);
    const trials = machine.keys.filter(isTried).map((key) => openAnswers(machine, key).map((value) => [[key, value]]));
    for (const group of machine.setGroups) if (group.some(isTried)) trials.push(groupTrials(machine, group));
    const { days } = machine.plan;
    if (days.length && days.at(-1).every(([key]) => isTried(key)))
      trials.push(days.filter((dates) => dates.every(([key, day]) => openAnswers(machine, key).includes(day))));
    for (const answers of trials) {
      const branches = answers.map((changes) => assume(machine, changes)).filter(Boolean);
      if (branches.length) intersect(machine, truths, branches);
    }
  }

  return { LAW_DATE, truthOn, truthsOf, spanOf, load, probe, machineFor, restart, propagate };
})();
