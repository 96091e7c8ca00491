/* Codes of control lists, the patterns by which conditions ask about them, and which codes exist, as
   `codes.py` and `code_lists.py` read them. */
"use strict";

const codes = (() => {
  const patterns = new Map();

  /** The parts of a pattern, as `codes.parsed_pattern` reads them. */
  function parsedPattern(text) {
    let parsed = patterns.get(text);
    if (!parsed) {
      const [first, ...rest] = text.split("!");
      const [own, above = ""] = first.split("/");
      const [code, year = ""] = own.split("@");
      const [parent, parentYear = ""] = above.split("@");
      const but = rest.map(parsedPattern);
      parsed = { code: code === "*" ? "" : code, year, parent, parentYear, but };
      patterns.set(text, parsed);
    }
    return parsed;
  }

  function isUnder(code, above) {
    let own = code;
    if (above.includes("?")) {
      const start = [...code.slice(0, above.length)].map((one, place) =>
        above[place] === "?" ? "?" : one,
      );
      own = start.join("") + code.slice(above.length);
    }
    return above.length < 5 ? own.startsWith(above) : own === above || own.startsWith(`${above}.`);
  }

  function memberMatches(member, pattern) {
    return (
      isUnder(member.code, pattern.code) &&
      (pattern.year === "" || pattern.year === member.year) &&
      (pattern.parent === "" || (member.parent !== "" && isUnder(member.parent, pattern.parent))) &&
      (pattern.parentYear === "" || pattern.parentYear === member.parentYear) &&
      !pattern.but.some((leftOut) => memberMatches(member, leftOut))
    );
  }

  /** Whether a code such as 5D001.c/5A001.j falls under a pattern. */
  function codeMatches(code, pattern) {
    return memberMatches(parsedPattern(code), parsedPattern(pattern));
  }

  const CODE = /^\d[A-E]\d{3}(\.[a-z0-9]{1,4})*(@\d{4})?(\/\d[A-E]\d{3}(\.[a-z0-9]{1,4})*(@\d{4})?)?$/;
  const FAMILY = 5;

  const family = (code) => code.slice(0, FAMILY);
  const parent = (code) => code.slice(0, Math.max(0, code.lastIndexOf(".")));

  /** A list of codes that exist, ready to be asked. */
  function listOf({ name, entries, wordings }) {
    const held = new Set();
    const below = new Map();
    const unread = [];
    for (const [entry, points] of Object.entries(entries)) {
      held.add(entry);
      for (const point of points) {
        const code = point === "*" ? entry : `${entry}.${point.replace("*", "")}`;
        if (point.endsWith("*")) unread.push(code);
        held.add(code);
      }
    }
    for (const code of held) below.set(parent(code), [...(below.get(parent(code)) ?? []), code]);
    return { name, entries, wordings, held, below, unread, known: new Map() };
  }

  const isOutside = (list, code) =>
    code.split("/").some((part) => !Object.hasOwn(list.entries, family(part)));

  /** Whether a code is one that exists, or may. */
  function exists(list, code) {
    return code.split("/").every((part) => {
      if (!Object.hasOwn(list.entries, family(part))) return true;
      const [own, year] = part.split("@");
      if (!list.held.has(own) && !list.unread.some((above) => isUnder(own, above))) return false;
      const related = list.wordings.map((one) => one.split("@"));
      return (
        year === undefined ||
        related.some(([one, began]) => began === year && (isUnder(own, one) || isUnder(one, own)))
      );
    });
  }

  function leaves(list, part) {
    const [own, year] = part.split("@");
    const points = list.below.get(own) ?? [];
    const under = points.flatMap((point) => leaves(list, point));
    const all = !points.length || list.unread.includes(own) ? [own, ...under] : under;
    return year === undefined ? all : all.map((one) => `${one}@${year}`);
  }

  /** The codes to the point that one may be. */
  function standsFor(list, code) {
    const [own, above] = code.split("/");
    const owns = leaves(list, own);
    if (above === undefined) return owns;
    return owns.flatMap((one) => leaves(list, above).map((other) => `${one}/${other}`));
  }

  /** Whether a code falls under a pattern: true, false, or null where that is not known. */
  function falls(list, code, pattern) {
    if (!list) return codeMatches(code, pattern);
    const slot = `${code} ${pattern}`;
    if (!list.known.has(slot)) list.known.set(slot, fallsAmong(list, code, pattern));
    return list.known.get(slot);
  }

  function fallsAmong(list, code, pattern) {
    const asked = parsedPattern(pattern).code;
    const named = asked.length >= FAMILY && isUnder(code, family(asked));
    if (isOutside(list, code) && !named) return codeMatches(code, pattern) ? null : false;
    const answers = new Set(standsFor(list, code).map((one) => codeMatches(one, pattern)));
    return answers.size === 1 ? answers.has(true) : null;
  }

  return { CODE, codeMatches, exists, falls, isOutside, listOf };
})();
