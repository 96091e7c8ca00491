/* Why a condition holds, fails or stays open, as a tree of phrases: what decides, under which terms.
 *
 * The phrases come with the data, one for each node; here they are only selected.
 */
"use strict";

const reasons = (() => {
  const { TRUE, FALSE, OPEN, KIND } = engine;

  /** Creates an explainer for one verdict. */
  function explainer(verdict, texts) {
    const { model, machine, state, known } = verdict;
    const value = (number) => verdicts.valueOf(verdict, number);
    const fillIn = (template, words) => template.replace("…", () => words);

    // answers that are known -----------------------------------------------------------------------

    function answerOf(key) {
      const position = machine.position.get(key);
      return position === undefined ? null : state.row[position];
    }

    /** The phrase for the known codes, as to some patterns. */
    function codesPhrase(name, patterns) {
      const phrases = texts.facts[name];
      const answer = known.values.get(name);
      if (!answer || answer === "unknown") return null;
      if (!answer.known.length) return phrases.nothing;
      const list = model.facts.get(name).codes;
      const matching = answer.known.filter((code) => patterns.some((pattern) => codes.isUnderPattern(list, code, pattern)));
      const codesNamed = matching.length ? matching : answer.known;
      return fillIn(codesNamed.length > 1 ? phrases.many : phrases.one, codesNamed.join(", "));
    }

    function factPhrase(name, answer) {
      const fact = model.facts.get(name);
      const phrases = texts.facts[name];
      if (answer === null || answer === undefined || !phrases.says) return null;
      if (fact.kind === "country") return fillIn(phrases.says, texts.countries[answer] ?? answer);
      return fact.kind === "choice" ? fillIn(phrases.says, phrases.answers[answer] ?? answer) : null;
    }

    /** The facts among some questions. */
    function names(keys) {
      const asked = new Set(keys.map((key) => model.question[key].name));
      return [...asked].filter((name) => model.facts.has(name));
    }

    const item = (text, truth, keys, more = {}) => ({ text, truth, names: names(keys), children: [], ...more });

    /** The phrase for a truth. */
    function phrase(phrases, truth) {
      if (truth === OPEN) return `whether ${phrases.yes}`;
      return truth === TRUE ? phrases.yes : phrases.no;
    }

    function keysBelow(number) {
      const { key } = model.nodes[number];
      const below = verdicts.partsRead(verdict, number).flatMap(keysBelow);
      return key >= 0 ? [key, ...below] : below;
    }

    // leaves -----------------------------------------------------------------------------------------

    function leaf(number) {
      const node = model.nodes[number];
      const phrases = texts.nodes[number];
      const truth = value(number);
      const knownWords = truth === OPEN ? null : knownPhrase(node);
      return item(knownWords ?? phrase(phrases, truth), truth, [node.key], { given: Boolean(phrases.given) });
    }

    /** The phrase for a leaf's known answer; null if the answer says no more than its truth. */
    function knownPhrase({ kind, key }) {
      const { name, member } = model.question[key];
      if (kind === KIND.one_of) return factPhrase(name, answerOf(key));
      if (kind === KIND.on_or_after) return fillIn(texts.facts[name].says, answerOf(key));
      return model.facts.get(name)?.kind === "codes" ? codesPhrase(name, [member]) : null;
    }

    // rows of tables ---------------------------------------------------------------------------------

    function rowReason(number) {
      const { name, cite, row: rowData } = model.data.nodes[number];
      const table = model.data.tables[rowData.table].name;
      const conditions = explain(model.nodes[number].parts[0]).filter((one) => !one.given);
      const rowName = `named in “${table}” (${name.slice(table.length + 2)})`;
      const text = [conditions.map((one) => one.text).join("; "), rowName].filter(Boolean).join(", ");
      return item(text, value(number), keysBelow(number), { source: cite });
    }

    function rowReasons(cluster, parts, truth) {
      const keys = parts.flatMap(keysBelow);
      if (truth === TRUE) return parts.map(rowReason);
      const answer = truth === OPEN ? null : answerOfRows(cluster, keys);
      if (!answer) return [item(phrase(cluster, truth), truth, keys)];
      const isNothing = answer === texts.facts[cluster.fact].nothing;
      return [item(isNothing ? answer : `${answer}, ${cluster.unnamed}`, truth, keys)];
    }

    /** The known answer to the question of some rows; null if they ask several questions. */
    function answerOfRows({ fact: name }, keys) {
      const fact = model.facts.get(name);
      if (fact?.kind === "codes") return codesPhrase(name, ["*"]);
      return fact ? factPhrase(name, answerOf(keys.find((key) => model.question[key].name === name))) : null;
    }

    // joined parts -----------------------------------------------------------------------------------

    /** Members of one set that decide together. */
    function memberReasons(cluster, parts, truth, isWhole) {
      const keys = parts.map((part) => model.nodes[part].key);
      const fact = model.facts.get(cluster.fact);
      const patterns = keys.map((key) => model.question[key].member);
      const codes = fact.kind === "codes" && truth !== OPEN ? codesPhrase(cluster.fact, patterns) : null;
      if (codes) return [item(codes, truth, keys)];
      return isWhole ? [item(phrase(cluster, truth), truth, keys)] : parts.map(leaf);
    }

    function junctionReasons(number) {
      const truth = value(number);
      const { kind, parts } = model.nodes[number];
      const decidingTruth = kind === KIND.any ? TRUE : FALSE;
      let deciding = parts.filter((part) => value(part) === truth);
      const facts = deciding.filter((part) => !texts.nodes[part]?.given);
      if (truth === decidingTruth && facts.length) deciding = facts;
      const clusters = texts.nodes[number]?.together ?? [];
      const merged = new Set();
      const items = deciding.flatMap((part) => {
        if (merged.has(part)) return [];
        const cluster = clusters.find((member) => member.parts.some((place) => parts[place] === part));
        if (!cluster) return explain(part);
        const clusterParts = cluster.parts.map((place) => parts[place]);
        const decidingMembers = clusterParts.filter((member) => deciding.includes(member));
        decidingMembers.forEach((member) => merged.add(member));
        return cluster.rows ? rowReasons(cluster, decidingMembers, truth) : memberReasons(cluster, decidingMembers, truth, decidingMembers.length === clusterParts.length);
      });
      return unique(items);
    }

    /** Each phrase once, without those that another extends. */
    function unique(items) {
      const seen = new Set();
      const isExtended = (text) => items.some((other) => other.text.startsWith(`${text}, `));
      return items.filter(({ text }) => !seen.has(text) && seen.add(text) && !isExtended(text));
    }

    /** The chosen reading, if another could give another truth; or that it is open. */
    function choiceReasons(number) {
      const node = model.nodes[number];
      const phrases = texts.nodes[number];
      const parts = verdicts.partsRead(verdict, number);
      const truth = value(number);
      if (parts.length > 1) {
        const items = parts.filter((part) => value(part) === truth).flatMap(explain);
        return truth === OPEN ? [item(phrases.open, OPEN, []), ...items] : items;
      }
      const option = answerOf(node.key) ?? node.names[node.parts.indexOf(parts[0])];
      const isDecisive = new Set(node.parts.map(value)).size > 1;
      const reading = item(phrases.readings[option], truth, [], { isReading: true });
      return [...(isDecisive ? [reading] : []), ...explain(parts[0])];
    }

    /** The reasons of a node: phrases, each with its truth and the reasons below it. */
    function explain(number) {
      const { kind, parts } = model.nodes[number];
      switch (kind) {
        case KIND.constant:
          return [];
        case KIND.not:
          return explain(parts[0]);
        case KIND.term: {
          const { name, cite, note, row: isRow } = model.data.nodes[number];
          if (isRow) return [rowReason(number)];
          const children = unique(explain(parts[0]));
          return [item(`“${name}” (${cite})`, value(number), [], { isTerm: true, note, children })];
        }
        case KIND.choose:
          return choiceReasons(number);
        case KIND.all:
        case KIND.any:
          return junctionReasons(number);
        default:
          return [leaf(number)];
      }
    }

    return { explain: (number) => unique(explain(number)), factPhrase };
  }

  return { explainer };
})();
