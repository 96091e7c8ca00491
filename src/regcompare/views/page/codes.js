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
      parsed = { code: code.replace(/\*$/, ""), year, parent, parentYear, but };
      patterns.set(text, parsed);
    }
    return parsed;
  }

  /** The prefix of a code or pattern with its colon; blank for the fact's own scheme. */
  const schemeOf = (code) => /^[a-z]{2,}:/.exec(code)?.[0] ?? "";

  function isUnder(member, upper) {
    const scheme = schemeOf(upper);
    if (scheme !== schemeOf(member)) return false;
    const code = member.slice(scheme.length);
    const above = upper.slice(scheme.length);
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

  const PART = "([a-z]{2,}:)?\\d[A-E]\\d{3}(\\.[a-z0-9]{1,4})*(@\\d{4})?";
  const CODE = new RegExp(`^${PART}(/${PART})?$`);
  const WRITTEN_PART = `(${PART}|[a-z]{2,}:\\d[0-9A-Za-z.]+)`;
  const WRITTEN = new RegExp(`^${WRITTEN_PART}(/${WRITTEN_PART})?$`);
  const NOTHING = /^[a-z]{2,}:none$/;
  const FAMILY = 5;

  const family = (code) => code.slice(0, schemeOf(code).length + FAMILY);
  const parent = (code) => code.slice(0, Math.max(0, code.lastIndexOf(".")));

  /** A list of codes that exist, ready to be asked. */
  function listOf({ name, entries, wordings, concordance }) {
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
    const numbered = new Set(Object.keys(entries).map(schemeOf));
    const related = (wanted) => concordance.filter(([, relation]) => relation === wanted);
    const same = new Map(related("same").map(([code, , entry]) => [code, entry]));
    const apart = related("none").map(([code]) => code);
    const known = new Map();
    const codes = { held, below, unread, numbered };
    return { name, entries, wordings, concordance, same, apart, known, ...codes };
  }

  /** A code in the fact's own scheme, as far as the concordance says it. */
  const meant = (list, code) =>
    code
      .split("/")
      .map((part) => list.same.get(part) ?? part)
      .join("/");

  const isOutside = (list, code) =>
    meant(list, code)
      .split("/")
      .some((part) => list.numbered.has(schemeOf(part)) && !Object.hasOwn(list.entries, family(part)));

  /** Whether a code is of another scheme and nothing says what it comes to in the own one. */
  const isUnplaced = (list, code) =>
    meant(list, code)
      .split("/")
      .some((part) => schemeOf(part) !== "" && !list.apart.some((above) => isUnder(part, above)));

  /** The row of the concordance for a code, or for the parent that it names. */
  function concord(list, code) {
    const row = list.concordance.find(([own]) => code.split("/").includes(own));
    return row && { relation: row[1], entry: row[2] };
  }

  /** Whether a text is a code that exists, or may. */
  const isCode = (list, text) =>
    NOTHING.test(text) ||
    (list ? CODE.test(meant(list, text)) && exists(list, text) : WRITTEN.test(text));

  /** Whether a set of codes says all of a scheme: the own one, or one of which it has a member. */
  const namesScheme = ({ known, open }, scheme) =>
    scheme === "" || [...known, ...open].some((code) => schemeOf(code) === scheme);

  function exists(list, code) {
    if (NOTHING.test(code)) return true;
    return meant(list, code).split("/").every((part) => {
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
    const [own, above] = meant(list, code).split("/");
    const owns = leaves(list, own);
    if (above === undefined) return owns;
    return owns.flatMap((one) => leaves(list, above).map((other) => `${one}/${other}`));
  }

  /** Whether a code falls under a pattern: true, false, or null where that is not known. */
  function falls(list, code, pattern) {
    if (NOTHING.test(code)) return false;
    if (!list) {
      const isForeign = schemeOf(code) !== "" && schemeOf(pattern) === "";
      return isForeign ? null : codeMatches(code, pattern);
    }
    const slot = `${code} ${pattern}`;
    if (!list.known.has(slot)) list.known.set(slot, fallsAmong(list, code, pattern));
    return list.known.get(slot);
  }

  function fallsAmong(list, given, pattern) {
    const asked = parsedPattern(pattern).code;
    const code = meant(list, given);
    if (isUnplaced(list, code) && (schemeOf(asked) === "" || schemeOf(code) === "")) return null;
    const isOfOneEntry = asked.length - schemeOf(asked).length >= FAMILY;
    if (isOfOneEntry && !asked.includes("?") && family(code) !== family(asked)) return false;
    const named = isOfOneEntry && isUnder(code, family(asked));
    if (isOutside(list, code) && !named) return codeMatches(code, pattern) ? null : false;
    const answers = new Set(standsFor(list, code).map((one) => codeMatches(one, pattern)));
    return answers.size === 1 ? answers.has(true) : null;
  }

  /** Whether some code of a set falls under a pattern: true, false, or null where that is open. */
  function truth(list, value, pattern) {
    const sure = value.known.map((code) => falls(list, code, pattern));
    if (sure.includes(true)) return true;
    const open = value.open.some((code) => falls(list, code, pattern) !== false);
    return sure.includes(null) || open || !namesScheme(value, schemeOf(pattern)) ? null : false;
  }

  /** Whether a set says that there is none of a scheme, and has a code of it nevertheless. */
  const isTorn = ({ known, open }) =>
    known
      .filter((code) => NOTHING.test(code))
      .some((none) =>
        [...known, ...open].some((code) => code !== none && schemeOf(code) === schemeOf(none)),
      );

  return {
    NOTHING,
    codeMatches,
    concord,
    exists,
    falls,
    isCode,
    isOutside,
    isTorn,
    isUnplaced,
    listOf,
    meant,
    namesScheme,
    schemeOf,
    truth,
  };
})();
