/* The state of the page and its address: a case, what was changed in it, and how the law is read.
 *
 *   #morpho-shanghai-2015&item.face_matching=none&end_use.concerns=wmd,?terrorism&law=scenario
 *
 * Only what differs from the case stands in the address.  A member of a set that is left open has a
 * question mark; a blank answer is one that is not stated.
 */
"use strict";

const address = (() => {
  const { say } = language;
  const DAY = /^\d{4}-\d{2}-\d{2}$/;
  const VIEWS = ["story", "cases", "wall", "play", "rule", "articles"]; // The first needs no word.
  const FLAGS = ["guess", "embed", "home"]; // What an address says without an answer.
  const LAYERS = ["ordinary", "surveillance", "ordinary surveillance", "nothing"];
  const MOST = 200; // More members than this in one address are no honest link.

  function isDay(text) {
    return (
      DAY.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
    );
  }

  /** A state with nothing changed in the case. */
  function fresh(id, others = {}) {
    return {
      id,
      facts: {},
      powers: {},
      date: undefined,
      presume: undefined,
      law: null,
      readings: {},
      shown: null,
      guess: false,
      view: VIEWS[0],
      lang: null,
      rule: null,
      play: null,
      embed: false,
      home: false,
      ...others,
    };
  }

  /** Answers with changes in them, of which null takes an answer away. */
  const patched = (answers, changes) =>
    Object.fromEntries(Object.entries({ ...answers, ...changes }).filter(([, answer]) => answer !== null));

  /** The case with the changes of a state in it. */
  function scenarioOf(base, state) {
    const facts = patched(base.facts, state.facts);
    const discretion = patched(base.discretion, state.powers);
    const date = state.date === undefined ? base.date : state.date;
    const presume = state.presume === undefined ? base.presume : state.presume;
    return { ...base, facts, discretion, date, presume };
  }

  // answers as text ----------------------------------------------------------------------------------

  function written(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "boolean") return value ? "yes" : "no";
    if (typeof value === "string") return value;
    if (value.one_of) return value.one_of.join("|");
    const members = [...value.known, ...value.open.map((member) => `?${member}`)];
    return members.join(",") || "none";
  }

  /** The answer that a text gives to a fact; undefined where it is none. */
  function read(model, fact, text) {
    if (text === "") return null;
    if (text === "unknown") return text;
    if (fact.kind === "yes_no") return { yes: true, no: false }[text];
    if (fact.kind === "day") return isDay(text) ? text : undefined;
    if (fact.kind === "country") return readWord(model.data.countries, text);
    if (fact.kind === "choice") return readWord(fact.answers, text);
    return readSet(fact, text);
  }

  /** A word, or several with bars between them where it is one of these. */
  function readWord(answers, text) {
    const words = [...new Set(text.split("|"))].sort();
    if (!words.every((word) => Object.hasOwn(answers, word))) return undefined;
    return words.length > 1 ? { one_of: words } : words[0];
  }

  const isCode = (fact, text) =>
    codes.CODE.test(text) && (!fact.codes || codes.exists(fact.codes, text));

  function readSet(fact, text) {
    if (text === "none") return { known: [], open: [] };
    const members = [...new Set(text.split(",").map((one) => one.trim()).filter(Boolean))];
    const names = members.map((one) => one.replace(/^\?/, ""));
    const isMember = (name) =>
      fact.kind === "codes" ? isCode(fact, name) : Object.hasOwn(fact.answers, name);
    if (!members.length || members.length > MOST || !names.every(isMember)) return undefined;
    const known = members.filter((one) => !one.startsWith("?")).sort();
    const open = names.filter((name) => !known.includes(name)).sort();
    return { known, open };
  }

  const same = (one, other) => written(one) === written(other);

  // the address ----------------------------------------------------------------------------------------

  const encoded = (text) => encodeURIComponent(text).replace(/%(2C|3F|2F|3B|3D|40)/g, decodeURIComponent);

  function write(state, base) {
    const parts = [encoded(state.id)];
    const add = (name, text) => parts.push(`${encoded(name)}=${encoded(text)}`);
    for (const [key, value] of Object.entries(state.facts))
      if (!same(value, base.facts[key])) add(key, written(value));
    for (const [id, used] of Object.entries(state.powers)) {
      if (!same(used, base.discretion[id])) add(`power.${id}`, written(used));
    }
    if (state.date !== undefined && state.date !== base.date) add("date", state.date ?? "");
    if (state.presume !== undefined && state.presume !== base.presume)
      add("presume", state.presume ?? "nothing");
    if (state.law) add("law", state.law);
    for (const [id, reading] of Object.entries(state.readings)) add(`reading.${id}`, reading);
    if (state.shown) add("regimes", state.shown.join(","));
    if (state.guess) parts.push("guess");
    if (state.view !== VIEWS[0]) add("view", state.view);
    for (const name of ["rule", "play"]) if (state[name]) add(name, state[name]);
    parts.push(...FLAGS.slice(1).filter((name) => state[name]));
    if (state.lang) add("lang", state.lang);
    return `#${parts.join("&")}`;
  }

  /** The language that an address asks for, without reading the rest of it. */
  function languageOf(hash) {
    const part = hash.split("&").find((one) => one.startsWith("lang="));
    return part ? decoded(part.slice(5)) : null;
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  /** The state that an address names, with a sentence for each part that this page cannot follow. */
  function parse(hash, page) {
    const [first, ...rest] = hash.replace(/^#/, "").split("&");
    const id = decoded(first);
    const problems = [];
    if (first && !page.cases.has(id))
      problems.push(say("This page has no case “{id}”; it shows the first one.", { id }));
    const state = fresh(page.cases.has(id) ? id : page.first);
    for (const part of rest.filter(Boolean)) {
      const at = part.indexOf("=");
      const name = decoded(at < 0 ? part : part.slice(0, at));
      const text = at < 0 ? null : decoded(part.slice(at + 1));
      if (!follow(state, name, text, page))
        problems.push(say("“{part}” in the address was ignored: this page does not understand it.", { part: decoded(part) }));
    }
    return { state, problems };
  }

  /** Puts one part of an address into a state; false where it cannot be. */
  function follow(state, name, text, page) {
    const { model } = page;
    if (text === null) return FLAGS.includes(name) && (name !== "home" || page.homes.length > 0) && set(state, name, true);
    if (name === "view") return VIEWS.includes(text) && set(state, "view", text);
    if (name === "lang") return page.languages.includes(text) && set(state, "lang", text);
    if (name === "rule") return clauses.read(page, text) !== null && set(state, "rule", text);
    if (name === "play") return play.read(text) !== null && set(state, "play", text);
    if (name === "date") return (text === "" || isDay(text)) && set(state, "date", text || null);
    if (name === "law") return (text === "scenario" || isDay(text)) && set(state, "law", text);
    if (name === "presume") return LAYERS.includes(text) && set(state, "presume", text === "nothing" ? null : text);
    if (name === "regimes") {
      const ids = [...new Set(text.split(","))].filter((id) => page.regimes.has(id));
      return ids.length > 0 && set(state, "shown", ids);
    }
    const [kind, id] = [name.slice(0, name.indexOf(".")), name.slice(name.indexOf(".") + 1)];
    if (kind === "reading") {
      const known = page.doubts.get(id);
      const isKnown = text === "open" || Boolean(known?.readings.includes(text));
      return known !== undefined && isKnown && set(state.readings, id, text);
    }
    if (kind === "power") {
      const used = { yes: true, no: false, "": null }[text];
      return page.powers.has(id) && used !== undefined && set(state.powers, id, used);
    }
    const fact =
      name === presumptions.FACTS_DATE || name === engine.LAW_DATE ? undefined : model.facts.get(name);
    const value = fact && read(model, fact, text);
    return value !== undefined && set(state.facts, name, value);
  }

  function set(target, name, value) {
    target[name] = value;
    return true;
  }

  return { fresh, isCode, isDay, languageOf, parse, patched, read, same, scenarioOf, write, written };
})();
