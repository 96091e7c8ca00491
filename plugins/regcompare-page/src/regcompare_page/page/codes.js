/* Codes of control lists, the patterns by which conditions ask about them, and which codes exist, as
 * `codes.py` and `code_lists.py` read them. */
"use strict";

const codes = (() => {
  const patterns = new Map();

  /** The parts of a pattern, as `codes.parsed_pattern` reads them. */
  function parsedPattern(text) {
    let parsed = patterns.get(text);
    if (!parsed) {
      const [head, ...exclusions] = text.split("!");
      const [ownPart, parentPart = ""] = head.split("/");
      const [code, year = ""] = ownPart.split("@");
      const [parent, parentYear = ""] = parentPart.split("@");
      const excluded = exclusions.map(parsedPattern);
      parsed = { code: code === "*" ? "" : code, year, parent, parentYear, excluded };
      patterns.set(text, parsed);
    }
    return parsed;
  }

  function isUnder(code, above) {
    let masked = code;
    if (above.includes("?")) {
      const prefix = [...code.slice(0, above.length)].map((character, index) =>
        above[index] === "?" ? "?" : character,
      );
      masked = prefix.join("") + code.slice(above.length);
    }
    return above.length < 5 ? masked.startsWith(above) : masked === above || masked.startsWith(`${above}.`);
  }

  function memberMatches(member, pattern) {
    return (
      isUnder(member.code, pattern.code) &&
      (pattern.year === "" || pattern.year === member.year) &&
      (pattern.parent === "" || (member.parent !== "" && isUnder(member.parent, pattern.parent))) &&
      (pattern.parentYear === "" || pattern.parentYear === member.parentYear) &&
      !pattern.excluded.some((exclusion) => memberMatches(member, exclusion))
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

  /** A list of existing codes, prepared for queries. */
  function prepareList({ name, entries, wordings }) {
    const existing = new Set();
    const children = new Map();
    const starred = [];
    for (const [entry, points] of Object.entries(entries)) {
      existing.add(entry);
      for (const point of points) {
        const code = point === "*" ? entry : `${entry}.${point.replace("*", "")}`;
        if (point.endsWith("*")) starred.push(code);
        existing.add(code);
      }
    }
    const unread = [...existing].filter((code) => starred.some((above) => isUnder(code, above)));
    for (const code of existing) children.set(parent(code), [...(children.get(parent(code)) ?? []), code]);
    return { name, entries, wordings, existing, children, unread, known: new Map() };
  }

  const isOutside = (list, code) =>
    code.split("/").some((part) => !Object.hasOwn(list.entries, family(part)));

  /** Whether a code exists, or may exist. */
  function exists(list, code) {
    return code.split("/").every((part) => {
      if (!Object.hasOwn(list.entries, family(part))) return true;
      const [ownCode, year] = part.split("@");
      if (!list.existing.has(ownCode) && !list.unread.some((above) => isUnder(ownCode, above))) return false;
      const wordings = list.wordings.map((wording) => wording.split("@"));
      return (
        year === undefined ||
        wordings.some(([wording, startYear]) => startYear === year && (isUnder(ownCode, wording) || isUnder(wording, ownCode)))
      );
    });
  }

  function leaves(list, part) {
    const [entry, year] = part.split("@");
    const points = list.children.get(entry) ?? [];
    const descendants = points.flatMap((point) => leaves(list, point));
    const reached = !points.length || list.unread.includes(entry) ? [entry, ...descendants] : descendants;
    return year === undefined ? reached : reached.map((code) => `${code}@${year}`);
  }

  /** The most specific codes that a code may represent. */
  function completions(list, code) {
    const [ownPart, parentPart] = code.split("/");
    const ownLeaves = leaves(list, ownPart);
    if (parentPart === undefined) return ownLeaves;
    return ownLeaves.flatMap((leaf) => leaves(list, parentPart).map((parentLeaf) => `${leaf}/${parentLeaf}`));
  }

  /** Whether a code falls under a pattern: true, false, or null if that is not known. */
  function isUnderPattern(list, code, pattern) {
    if (!list) return codeMatches(code, pattern);
    const key = `${code} ${pattern}`;
    if (!list.known.has(key)) list.known.set(key, computeIsUnder(list, code, pattern));
    return list.known.get(key);
  }

  function computeIsUnder(list, code, pattern) {
    const patternCode = parsedPattern(pattern).code;
    const isNamed = patternCode.length >= FAMILY && isUnder(code, family(patternCode));
    if (isOutside(list, code) && !isNamed) return codeMatches(code, pattern) ? null : false;
    const answers = new Set(completions(list, code).map((leaf) => codeMatches(leaf, pattern)));
    return answers.size === 1 ? answers.has(true) : null;
  }

  return { CODE, codeMatches, exists, isOutside, isUnderPattern, prepareList };
})();
