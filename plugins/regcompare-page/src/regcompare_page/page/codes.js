/* Codes of control lists, the patterns by which conditions ask about them, and which codes exist, as
 * `codes.py` and `code_lists.py` read them. */
"use strict";

const codes = (() => {
  const CODE = /^\d[A-E]\d{3}(\.[a-z0-9]{1,4})*(@\d{4})?(\/\d[A-E]\d{3}(\.[a-z0-9]{1,4})*(@\d{4})?)?$/;
  const FAMILY = 5;

  const family = (code) => code.slice(0, FAMILY);
  const parent = (code) => code.slice(0, Math.max(0, code.lastIndexOf(".")));

  /** Whether a code is the one above, or lies below it; a question mark matches any one character. */
  function isUnder(code, above) {
    const end = above.length < FAMILY ? "" : "(\\.|$)";
    return new RegExp(`^${above.replaceAll(".", "\\.").replaceAll("?", ".")}${end}`).test(code);
  }

  /** Whether a code such as 5D001.c/5A001.j falls under a pattern, as `codes.code_matches` says. */
  function codeMatches(code, pattern) {
    const [included, ...excluded] = pattern.replace("*", "").split("!");
    const [members, halves] = [code, included].map((text) => text.split("/").map((half) => half.split("@")));
    const isWithin = ([above, year], at) => {
      const [own, ownYear] = members[at] ?? [""];
      return isUnder(own, above) && (year === undefined || year === ownYear);
    };
    return halves.every(isWithin) && !excluded.some((other) => codeMatches(code, other));
  }

  /** A list of existing codes, prepared for queries. */
  function prepareList({ name, entries, wordings }) {
    const texts = Object.entries(entries).flatMap(([entry, points]) => [entry, ...points.map((point) => `${entry}.${point}`)]);
    const unstarred = (text) => text.replace(/\.?\*$/, "");
    const existing = new Set(texts.map(unstarred));
    const starred = texts.filter((text) => text.endsWith("*")).map(unstarred);
    const unread = [...existing].filter((code) => starred.some((above) => isUnder(code, above)));
    return { name, entries, wordings, existing, children: Map.groupBy(existing, parent), unread, known: new Map() };
  }

  const isOutside = (list, code) =>
    code.split("/").some((part) => !Object.hasOwn(list.entries, family(part)));

  /** Whether a code exists, or may exist. */
  function exists(list, code) {
    return code.split("/").every((part) => {
      if (!Object.hasOwn(list.entries, family(part))) return true;
      const [ownCode, year] = part.split("@");
      if (!list.existing.has(ownCode) && !list.unread.some((above) => isUnder(ownCode, above))) return false;
      const isWorded = ([wording, start]) => start === year && (isUnder(ownCode, wording) || isUnder(wording, ownCode));
      return year === undefined || list.wordings.map((wording) => wording.split("@")).some(isWorded);
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
    const [patternCode] = pattern.split(/[@/!]/);
    const isNamed = patternCode.length >= FAMILY && isUnder(code, family(patternCode));
    if (isOutside(list, code) && !isNamed) return codeMatches(code, pattern) ? null : false;
    const answers = new Set(completions(list, code).map((leaf) => codeMatches(leaf, pattern)));
    return answers.size === 1 ? answers.has(true) : null;
  }

  return { CODE, codeMatches, exists, isOutside, isUnderPattern, prepareList };
})();
