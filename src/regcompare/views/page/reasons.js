/* Why a condition holds, fails or stays open, as a tree of phrases: what decides, under which terms.
 *
 * The phrases come with the data, one for each node; here they are only picked.
 */
"use strict";

const reasons = (() => {
  const { TRUE, FALSE, OPEN } = engine;

  /** Makes a teller of reasons for one verdict. */
  function teller(verdict, texts) {
    const { model, machine, state, known } = verdict;
    const { kinds } = model;
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
      const key = engine.keyOf(model, model.data.nodes[number]);
      const below = verdicts.partsRead(verdict, number).flatMap(keysBelow);
      return key >= 0 ? [key, ...below] : below;
    }

    // leaves -----------------------------------------------------------------------------------------

    function leaf(number) {
      const node = model.data.nodes[number];
      const said = texts.nodes[number];
      const truth = value(number);
      const known = truth === OPEN ? null : knownSaid(node);
      return item(known ?? phrase(said, truth), truth, [node[1]], { given: Boolean(said.given) });
    }

    /** What a leaf says with the answer that is known; null where the answer says no more than its truth. */
    function knownSaid([kind, key]) {
      const { name, member } = model.question[key];
      if (kind === kinds.oneOf) return factSaid(name, answerOf(key));
      if (kind === kinds.day) return fill(texts.facts[name].says, answerOf(key));
      return model.facts.get(name)?.kind === "codes" ? codesSaid(name, [member]) : null;
    }

    // rows of tables ---------------------------------------------------------------------------------

    function row(number) {
      const said = texts.nodes[number];
      const told = tell(model.parts[number][0]).filter((one) => !one.given);
      const text = [told.map((one) => one.text).join("; "), said.row].filter(Boolean).join(", ");
      return item(text, value(number), keysBelow(number), { source: said.source });
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
      const keys = parts.map((part) => model.data.nodes[part][1]);
      const fact = model.facts.get(cluster.fact);
      const patterns = keys.map((key) => model.question[key].member);
      const codes = fact.kind === "codes" && truth !== OPEN ? codesSaid(cluster.fact, patterns) : null;
      if (codes) return [item(codes, truth, keys)];
      return isWhole ? [item(phrase(cluster, truth), truth, keys)] : parts.map(leaf);
    }

    function joined(number) {
      const truth = value(number);
      const parts = model.parts[number];
      const ends = model.data.nodes[number][0] === kinds.any ? TRUE : FALSE;
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
      const node = model.data.nodes[number];
      const said = texts.nodes[number];
      const parts = verdicts.partsRead(verdict, number);
      const truth = value(number);
      if (parts.length > 1) {
        const open = parts.filter((part) => value(part) === truth).flatMap(tell);
        return truth === OPEN ? [item(said.open, OPEN, []), ...open] : open;
      }
      const taken = answerOf(node[1]) ?? node[2][model.parts[number].indexOf(parts[0])];
      const matters = new Set(model.parts[number].map(value)).size > 1;
      const reading = item(said.readings[taken], truth, [], { isReading: true });
      return [...(matters ? [reading] : []), ...tell(parts[0])];
    }

    /** The reasons of a node: phrases, each with its truth and those below it. */
    function tell(number) {
      const node = model.data.nodes[number];
      switch (node[0]) {
        case kinds.constant:
          return [];
        case kinds.not:
          return tell(node[1]);
        case kinds.term: {
          const said = texts.nodes[number];
          if (said.row) return [row(number)];
          return [
            item(said.term, value(number), [], {
              isTerm: true,
              note: said.note,
              children: once(tell(node[1])),
            }),
          ];
        }
        case kinds.choose:
          return chosen(number);
        case kinds.all:
        case kinds.any:
          return joined(number);
        default:
          return [leaf(number)];
      }
    }

    return { tell: (number) => once(tell(number)), factSaid };
  }

  return { teller };
})();
