/* The state of the page and its address: a case, the changes to it, and how the law is read.
 *
 *   #morpho-shanghai-2015&item.face_matching=none&end_use.concerns=wmd,?terrorism&law=scenario
 *
 * The address holds only differences from the case.  An open member of a set has a question mark; a
 * blank answer is one that is not stated.
 */
"use strict";

const address = (() => {
  const { say } = language;
  const DAY = /^\d{4}-\d{2}-\d{2}$/;
  const VIEWS = ["story", "front", "cases", "wall", "play", "rule", "articles"]; // The first is the default of a case.
  const FLAGS = ["guess", "embed", "home"]; // Parts of an address without a value.
  const LAYERS = ["ordinary", "surveillance", "ordinary surveillance", "nothing"];
  const MAX_MEMBERS = 200; // More members than this in one address are no honest link.

  function isDay(text) {
    return (
      DAY.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
    );
  }

  /** The state of an unchanged case. */
  function initialState(id, others = {}) {
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

  /** Answers with changes applied; null removes an answer. */
  const withChanges = (answers, changes) =>
    Object.fromEntries(Object.entries({ ...answers, ...changes }).filter(([, answer]) => answer !== null));

  /** The case with the changes of a state applied. */
  function scenarioOf(base, state) {
    const facts = withChanges(base.facts, state.facts);
    const discretion = withChanges(base.discretion, state.powers);
    const date = state.date === undefined ? base.date : state.date;
    const presume = state.presume === undefined ? base.presume : state.presume;
    return { ...base, facts, discretion, date, presume };
  }

  // answers as text ----------------------------------------------------------------------------------

  function answerText(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "boolean") return value ? "yes" : "no";
    if (typeof value === "string") return value;
    if (value.one_of) return value.one_of.join("|");
    const members = [...value.known, ...value.open.map((member) => `?${member}`)];
    return members.join(",") || "none";
  }

  /** The answer to a fact that a text expresses; undefined if it is not one. */
  function parseAnswer(model, fact, text) {
    if (text === "") return null;
    if (text === "unknown") return text;
    if (fact.kind === "yes_no") return { yes: true, no: false }[text];
    if (fact.kind === "day") return isDay(text) ? text : undefined;
    if (fact.kind === "country") return parseWord(model.data.countries, text);
    if (fact.kind === "choice") return parseWord(fact.answers, text);
    return parseSet(fact, text);
  }

  /** A word, or several separated by bars for "one of these". */
  function parseWord(answers, text) {
    const words = [...new Set(text.split("|"))].sort();
    if (!words.every((word) => Object.hasOwn(answers, word))) return undefined;
    return words.length > 1 ? { one_of: words } : words[0];
  }

  const isCode = (fact, text) =>
    codes.CODE.test(text) && (!fact.codes || codes.exists(fact.codes, text));

  function parseSet(fact, text) {
    if (text === "none") return { known: [], open: [] };
    const members = [...new Set(text.split(",").map((member) => member.trim()).filter(Boolean))];
    const names = members.map((member) => member.replace(/^\?/, ""));
    const isMember = (name) =>
      fact.kind === "codes" ? isCode(fact, name) : Object.hasOwn(fact.answers, name);
    if (!members.length || members.length > MAX_MEMBERS || !names.every(isMember)) return undefined;
    const known = members.filter((member) => !member.startsWith("?")).sort();
    const open = names.filter((name) => !known.includes(name)).sort();
    return { known, open };
  }

  const isSame = (one, other) => answerText(one) === answerText(other);

  // the address ----------------------------------------------------------------------------------------

  const encoded = (text) => encodeURIComponent(text).replace(/%(2C|3F|2F|3B|3D|40)/g, decodeURIComponent);

  function write(state, base) {
    const parts = [encoded(state.id)];
    const add = (name, text) => parts.push(`${encoded(name)}=${encoded(text)}`);
    for (const [key, value] of Object.entries(state.facts))
      if (!isSame(value, base.facts[key])) add(key, answerText(value));
    for (const [id, used] of Object.entries(state.powers)) {
      if (!isSame(used, base.discretion[id])) add(`power.${id}`, answerText(used));
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

  /** The language that an address asks for, without parsing the rest. */
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

  /** The state that an address describes, with a sentence for each part that cannot be applied. */
  function parse(hash, page) {
    const [caseId, ...partTexts] = hash.replace(/^#/, "").split("&");
    const id = decoded(caseId);
    const problems = [];
    if (caseId && !page.cases.has(id))
      problems.push(say("This page has no case “{id}”; it shows the first one.", { id }));
    const state = initialState(page.cases.has(id) ? id : page.first);
    if (!caseId && page.fronts) state.view = "front";
    for (const part of partTexts.filter(Boolean)) {
      const separator = part.indexOf("=");
      const name = decoded(separator < 0 ? part : part.slice(0, separator));
      const text = separator < 0 ? null : decoded(part.slice(separator + 1));
      if (!applyPart(state, name, text, page))
        problems.push(say("“{part}” in the address was ignored: this page does not understand it.", { part: decoded(part) }));
    }
    return { state, problems };
  }

  /** Applies one part of an address to a state; false if it is invalid. */
  function applyPart(state, name, text, page) {
    const { model } = page;
    if (text === null) return FLAGS.includes(name) && (name !== "home" || page.homes.length > 0) && assign(state, name, true);
    if (name === "view") return VIEWS.includes(text) && (page.fronts !== null || !["front", "wall"].includes(text)) && assign(state, "view", text);
    if (name === "lang") return page.languages.includes(text) && assign(state, "lang", text);
    if (name === "rule") return clauses.read(page, text) !== null && assign(state, "rule", text);
    if (name === "play") return play.read(text) !== null && assign(state, "play", text);
    if (name === "date") return (text === "" || isDay(text)) && assign(state, "date", text || null);
    if (name === "law") return (text === "scenario" || isDay(text)) && assign(state, "law", text);
    if (name === "presume") return LAYERS.includes(text) && assign(state, "presume", text === "nothing" ? null : text);
    if (name === "regimes") {
      const ids = [...new Set(text.split(","))].filter((id) => page.regimes.has(id));
      return ids.length > 0 && assign(state, "shown", ids);
    }
    const [kind, id] = [name.slice(0, name.indexOf(".")), name.slice(name.indexOf(".") + 1)];
    if (kind === "reading") {
      const doubt = page.doubts.get(id);
      const isOption = text === "open" || Boolean(doubt?.readings.includes(text));
      return doubt !== undefined && isOption && assign(state.readings, id, text);
    }
    if (kind === "power") {
      const isUsed = { yes: true, no: false, "": null }[text];
      return page.powers.has(id) && isUsed !== undefined && assign(state.powers, id, isUsed);
    }
    const fact =
      name === presumptions.FACTS_DATE || name === engine.LAW_DATE ? undefined : model.facts.get(name);
    const value = fact && parseAnswer(model, fact, text);
    return value !== undefined && assign(state.facts, name, value);
  }

  function assign(target, name, value) {
    target[name] = value;
    return true;
  }

  return { answerText, decoded, initialState, isCode, isDay, isSame, languageOf, parse, parseAnswer, scenarioOf, withChanges, write };
})();
