/* Why a condition holds, fails or stays open, as a tree of phrases: what decides, under which terms.
 *
 * The phrases come with the data, one for each node; here they are only picked.
 */
"use strict";

const reasons = (() => {
  const { TRUE, FALSE, OPEN, KIND } = engine;

  /** Makes a teller of reasons for one verdict. */
  function teller(verdict, texts) {
    const { model, machine, state, known } = verdict;
    const value = (number) => verdicts.valueOf(verdict, number);
    const fill = (template, words) => template.replace("…", () => words);

    // answers that are known -----------------------------------------------------------------------

    function answerOf(key) {
      const at = machine.position.get(key);
      return at === undefined ? null : state.row[at];
    }

    /** What the codes that are known say of the patterns asked for. */
    function codesSaid(name, patterns) {
      const said = texts.facts[name];
      const given = known.values.get(name);
      if (!given || given === "unknown") return null;
      if (!given.known.length) return said.nothing;
      const list = model.facts.get(name).codes;
      const met = given.known.filter((code) => patterns.some((pattern) => codes.falls(list, code, pattern)));
      const named = met.length ? met : given.known;
      return fill(named.length > 1 ? said.many : said.one, named.join(", "));
    }

    function factSaid(name, answer) {
      const fact = model.facts.get(name);
      const said = texts.facts[name];
      if (answer === null || answer === undefined || !said.says) return null;
      if (fact.kind === "country") return fill(said.says, texts.countries[answer] ?? answer);
      return fact.kind === "choice" ? fill(said.says, said.answers[answer] ?? answer) : null;
    }

    /** The facts among what is asked. */
    function names(keys) {
      const asked = new Set(keys.map((key) => model.question[key].name));
      return [...asked].filter((name) => model.facts.has(name));
    }

    const item = (text, truth, keys, more = {}) => ({ text, truth, names: names(keys), children: [], ...more });

    /** What a phrase says of a truth. */
    function phrase(said, truth) {
      if (truth === OPEN) return `whether ${said.yes}`;
      return truth === TRUE ? said.yes : said.no;
    }

    function keysBelow(number) {
      const { key } = model.nodes[number];
      const below = verdicts.partsRead(verdict, number).flatMap(keysBelow);
      return key >= 0 ? [key, ...below] : below;
    }

    // leaves -----------------------------------------------------------------------------------------

    function leaf(number) {
      const node = model.nodes[number];
      const said = texts.nodes[number];
      const truth = value(number);
      const known = truth === OPEN ? null : knownSaid(node);
      return item(known ?? phrase(said, truth), truth, [node.key], { given: Boolean(said.given) });
    }

    /** What a leaf says with the answer that is known; null where the answer says no more than its truth. */
    function knownSaid({ kind, key }) {
      const { name, member } = model.question[key];
      if (kind === KIND.one_of) return factSaid(name, answerOf(key));
      if (kind === KIND.on_or_after) return fill(texts.facts[name].says, answerOf(key));
      return model.facts.get(name)?.kind === "codes" ? codesSaid(name, [member]) : null;
    }

    // rows of tables ---------------------------------------------------------------------------------

    function row(number) {
      const { name, cite, row: from } = model.data.nodes[number];
      const table = model.data.tables[from.table].name;
      const told = tell(model.nodes[number].parts[0]).filter((one) => !one.given);
      const named = `named in “${table}” (${name.slice(table.length + 2)})`;
      const text = [told.map((one) => one.text).join("; "), named].filter(Boolean).join(", ");
      return item(text, value(number), keysBelow(number), { source: cite });
    }

    function rows(cluster, parts, truth) {
      const keys = parts.flatMap(keysBelow);
      if (truth === TRUE) return parts.map(row);
      const given = truth === OPEN ? null : givenTo(cluster, keys);
      if (!given) return [item(phrase(cluster, truth), truth, keys)];
      const isNothing = given === texts.facts[cluster.fact].nothing;
      return [item(isNothing ? given : `${given}, ${cluster.unnamed}`, truth, keys)];
    }

    /** The answer that is known to what rows ask for; null where they ask for several things. */
    function givenTo({ fact: name }, keys) {
      const fact = model.facts.get(name);
      if (fact?.kind === "codes") return codesSaid(name, ["*"]);
      return fact ? factSaid(name, answerOf(keys.find((key) => model.question[key].name === name))) : null;
    }

    // joined parts -----------------------------------------------------------------------------------

    /** Members of one set that decide together. */
    function members(cluster, parts, truth, isWhole) {
      const keys = parts.map((part) => model.nodes[part].key);
      const fact = model.facts.get(cluster.fact);
      const patterns = keys.map((key) => model.question[key].member);
      const codes = fact.kind === "codes" && truth !== OPEN ? codesSaid(cluster.fact, patterns) : null;
      if (codes) return [item(codes, truth, keys)];
      return isWhole ? [item(phrase(cluster, truth), truth, keys)] : parts.map(leaf);
    }

    function joined(number) {
      const truth = value(number);
      const { kind, parts } = model.nodes[number];
      const ends = kind === KIND.any ? TRUE : FALSE;
      let deciding = parts.filter((part) => value(part) === truth);
      const facts = deciding.filter((part) => !texts.nodes[part]?.given);
      if (truth === ends && facts.length) deciding = facts;
      const clusters = texts.nodes[number]?.together ?? [];
      const done = new Set();
      const told = deciding.flatMap((part) => {
        if (done.has(part)) return [];
        const cluster = clusters.find((one) => one.parts.some((place) => parts[place] === part));
        if (!cluster) return tell(part);
        const together = cluster.parts.map((place) => parts[place]);
        const own = together.filter((one) => deciding.includes(one));
        own.forEach((one) => done.add(one));
        return cluster.rows ? rows(cluster, own, truth) : members(cluster, own, truth, own.length === together.length);
      });
      return once(told);
    }

    /** Each phrase once, and none that another says with more in it. */
    function once(told) {
      const seen = new Set();
      const more = (text) => told.some((one) => one.text.startsWith(`${text}, `));
      return told.filter((one) => !seen.has(one.text) && seen.add(one.text) && !more(one.text));
    }

    /** The reading that was taken, where another could give another truth; or that it is open. */
    function chosen(number) {
      const node = model.nodes[number];
      const said = texts.nodes[number];
      const parts = verdicts.partsRead(verdict, number);
      const truth = value(number);
      if (parts.length > 1) {
        const open = parts.filter((part) => value(part) === truth).flatMap(tell);
        return truth === OPEN ? [item(said.open, OPEN, []), ...open] : open;
      }
      const taken = answerOf(node.key) ?? node.names[node.parts.indexOf(parts[0])];
      const matters = new Set(node.parts.map(value)).size > 1;
      const reading = item(said.readings[taken], truth, [], { isReading: true });
      return [...(matters ? [reading] : []), ...tell(parts[0])];
    }

    /** The reasons of a node: phrases, each with its truth and those below it. */
    function tell(number) {
      const { kind, parts } = model.nodes[number];
      switch (kind) {
        case KIND.constant:
          return [];
        case KIND.not:
          return tell(parts[0]);
        case KIND.term: {
          const { name, cite, note, row: isRow } = model.data.nodes[number];
          if (isRow) return [row(number)];
          const children = once(tell(parts[0]));
          return [item(`“${name}” (${cite})`, value(number), [], { isTerm: true, note, children })];
        }
        case KIND.choose:
          return chosen(number);
        case KIND.all:
        case KIND.any:
          return joined(number);
        default:
          return [leaf(number)];
      }
    }

    return { tell: (number) => once(tell(number)), factSaid };
  }

  return { teller };
})();
