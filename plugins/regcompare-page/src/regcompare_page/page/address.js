/* The state of the page and its address: a case, the answers that differ from it, and how the law is read.
 *
 *   #morpho-shanghai-2015&item.face_matching=none&end_use.concerns=wmd,?terrorism&law=scenario
 *
 * Without a case it is the front page, where there is one.
 * An answer stands under the name of its question, be that a fact, a power or a doubtful text.  An open
 * member of a set has a question mark; a blank answer is one that is not stated.
 */
"use strict";

const address = (() => {
  const { say } = language;
  const DAY = /^\d{4}-\d{2}-\d{2}$/;
  const MAX_MEMBERS = 200; // More members than this in one address are no honest link.

  const isDay = (text) => DAY.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

  /** The parts of an address besides answers, in their order; each is read from its text, undefined if it is not valid. */
  const PARTS = {
    law: (text) => (text === "scenario" || isDay(text) ? text : undefined),
    regimes: (text, page) => {
      const ids = [...new Set(text.split(","))].filter((id) => page.regimes.has(id));
      return ids.length ? ids : undefined;
    },
    lang: (text, page) => page.languages.find((code) => code === text),
  };

  // answers --------------------------------------------------------------------------------------------

  /** The answer of a case to a question; that of a doubtful text is its default until another is chosen. */
  const answerOf = (scenario, { of, id, default: usual }) => (of ? scenario[of]?.[id] : scenario[id]) ?? usual ?? null;

  /** A case with some answers changed; null is none. */
  function withAnswers(page, base, changes) {
    const scenario = { ...base, facts: { ...base.facts }, discretion: { ...base.discretion }, readings: {} };
    if ("scenario.date" in changes) scenario.between = undefined;
    for (const [name, answer] of Object.entries(changes)) {
      const { of, id } = page.questions.get(name);
      (of ? scenario[of] : scenario)[id] = answer;
    }
    return scenario;
  }

  /** The changes of a state that differ from its case. */
  function changed(page, { id, changes }) {
    const base = page.cases.get(id).facts;
    return Object.entries(changes).filter(([name, answer]) => !isSame(answer, answerOf(base, page.questions.get(name))));
  }

  function answerText(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "boolean") return value ? "yes" : "no";
    if (typeof value === "string") return value;
    if (value.from) return `${value.from}/${value.to}`;
    if (value.one_of) return value.one_of.join("|");
    const members = [...value.known, ...value.open.map((member) => `?${member}`)];
    return members.join(",") || "none";
  }

  const isSame = (one, other) => answerText(one) === answerText(other);

  /** The answer to a question that a text expresses; undefined if it is not one. */
  function parseAnswer(question, text) {
    const { kind, answers, unknown } = question;
    if (text === undefined) return undefined;
    if (text === "") return null;
    if (text === "unknown") return unknown;
    if (kind === "yes_no") return text === "yes" || (text === "no" ? false : undefined);
    if (kind === "day") return isDay(text) ? text : undefined;
    if (kind === "word") return Object.hasOwn(answers, text) ? text : undefined;
    if (kind === "choice" || kind === "country") return parseWords(answers, text);
    return parseSet(question, text);
  }

  /** A word, or several separated by bars for "one of these". */
  function parseWords(answers, text) {
    const words = [...new Set(text.split("|"))].sort();
    if (!words.every((word) => Object.hasOwn(answers, word))) return undefined;
    return words.length > 1 ? { one_of: words } : words[0];
  }

  const isCode = (question, text) =>
    codes.CODE.test(text) && (!question.codes || codes.exists(question.codes, text));

  function parseSet(question, text) {
    if (text === "none") return { known: [], open: [] };
    const members = [...new Set(text.split(",").map((member) => member.trim()).filter(Boolean))];
    const names = members.map((member) => member.replace(/^\?/, ""));
    const isMember = (name) =>
      question.kind === "codes" ? isCode(question, name) : Object.hasOwn(question.answers, name);
    if (!members.length || members.length > MAX_MEMBERS || !names.every(isMember)) return undefined;
    const known = members.filter((member) => !member.startsWith("?")).sort();
    const open = names.filter((name) => !known.includes(name)).sort();
    return { known, open };
  }

  // the address ----------------------------------------------------------------------------------------

  const encoded = (text) => encodeURIComponent(text).replace(/%(2C|3F|2F|3B|3D|40)/g, decodeURIComponent);

  function write(page, state) {
    const part = (name, text) => `${encoded(name)}=${encoded(text)}`;
    const answers = changed(page, state).map(([name, answer]) => part(name, answerText(answer)));
    const others = Object.keys(PARTS).filter((name) => state[name]).map((name) => part(name, String(state[name])));
    return `#${[state.isFront ? "" : encoded(state.id), ...answers, ...others].join("&")}`;
  }

  /** A part of an address, decoded as far as it can be; a plus sign is none of a space. */
  const decoded = (text) => new URLSearchParams(`=${text.replaceAll("+", "%2B")}`).get("");

  /** The state that an address describes, with a sentence for each part that cannot be applied. */
  function parse(hash, page) {
    const [caseId, ...parts] = hash.replace(/^#/, "").split("&");
    const id = decoded(caseId);
    const problems = [];
    if (caseId && !page.cases.has(id))
      problems.push(say("This page has no case “{id}”; it shows the first one.", { id }));
    const state = { id: page.cases.has(id) ? id : page.first, changes: {}, isFront: !caseId && Boolean(page.fronts) };
    for (const part of parts.filter(Boolean)) {
      const [name, text] = part.split(/=(.*)/s).map(decoded);
      const question = page.questions.get(name);
      const value = question ? parseAnswer(question, text) : Object.hasOwn(PARTS, name) ? PARTS[name](text ?? "", page) : undefined;
      if (value === undefined) problems.push(say("“{part}” in the address was ignored: this page does not understand it.", { part: decoded(part) }));
      else (question ? state.changes : state)[name] = value;
    }
    return { state, problems };
  }

  return { answerOf, answerText, changed, isCode, isDay, isSame, parse, parseAnswer, withAnswers, write };
})();
