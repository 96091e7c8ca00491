/* Codes of control lists, and the patterns by which conditions ask about them, as `codes.py` reads them. */
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

  return { CODE, codeMatches };
})();
