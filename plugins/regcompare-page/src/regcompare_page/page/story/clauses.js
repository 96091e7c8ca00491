/* A rule written by the reader: its conditions and its outcome, as text, as truth, and in words.
 *
 *   tool=0,3;user=0>stop          settings of levers, by index
 *
 * Several values of one part mean "or", several parts mean "and".
 */
"use strict";

const clauses = (() => {
  const { listing } = elements;
  const { say } = language;
  const MAX_PARTS = 20; // Nobody reads a rule with more parts.


  const knownFacts = (page, scenario) => presumptions.established(page.model, scenario).values;

  // as text ----------------------------------------------------------------------------------------------

  /** The rule that a text expresses; null if it is not one. */
  function read(page, text) {
    const match = /^([^>]*)>(ask|stop)$/.exec(text);
    const parts = match?.[1].split(";").filter(Boolean).map((part) => readPart(page, part));
    const isValid = parts && parts.length <= MAX_PARTS && parts.every(Boolean);
    if (!isValid || new Set(parts.map(({ key }) => key)).size < parts.length) return null;
    return { parts, outcome: match[2] };
  }

  function readPart(page, text) {
    const [key, valueText = ""] = text.split("=", 2);
    const values = [...new Set(valueText.split(","))];
    const settings = leverOf(page, key)?.settings;
    return settings && values.every((at) => settings[at]?.words) ? { key, values } : null;
  }

  const leverOf = (page, key) => page.levers.find(({ id }) => id === key);

  const write = ({ parts, outcome }) => `${parts.map(({ key, values }) => `${key}=${values.join(",")}`).join(";")}>${outcome}`;

  /** A rule to start from: what the tool of a case does and who gets it. */
  function example(page, scenario) {
    const known = knownFacts(page, scenario);
    const parts = page.levers.slice(0, 2).flatMap((lever) => {
      const at = lever.settings.findIndex((setting) => settingTruth(known, lever, setting));
      return at < 0 ? [] : [{ key: lever.id, values: [String(at)] }];
    });
    return { parts, outcome: "ask" };
  }

  // as truth: true, false, or null if it is not known ------------------------------------------------------

  const both = (truths) => (truths.includes(false) ? false : truths.includes(null) ? null : true);
  const either = (truths) => (truths.includes(true) ? true : truths.includes(null) ? null : false);

  /** Whether a rule reaches a case. */
  function reaches(page, { parts }, scenario) {
    const known = knownFacts(page, scenario);
    return both(
      parts.map(({ key, values }) => {
        const lever = leverOf(page, key);
        return either(values.map((at) => settingTruth(known, lever, lever.settings[at])));
      }),
    );
  }

  /** Whether a setting is met, by the facts that distinguish it from the others of its lever. */
  function settingTruth(known, { by }, { facts: answers }) {
    const relevant = by.filter((key) => (answers[key] ?? null) !== null);
    return both(relevant.map((key) => answered(known.get(key), answers[key])));
  }

  /** Whether a known value is an answer; for a set, whether it contains any of the members. */
  function answered(value, answer) {
    if (value === undefined || value === "unknown") return null;
    if (value.one_of) return value.one_of.includes(answer) ? null : false;
    if (!value.known) return value === answer;
    const { known: members, open } = value;
    if (!answer.known.length) return members.length ? false : open.length ? null : true;
    if (answer.known.some((member) => members.includes(member))) return true;
    return answer.known.some((member) => open.includes(member)) ? null : false;
  }

  // in words ---------------------------------------------------------------------------------------------

  /** The subject of a part, and the settings that it asks for. */
  function words(page, { key, values }) {
    const { subject, settings } = leverOf(page, key);
    return { subject: `${say(subject)}:`, answers: listing(values.map((at) => say(settings[at].words)), say("or")) };
  }

  /** The outcome of a rule in words, before its conditions. */
  function ruleLead({ parts, outcome }) {
    if (outcome === "ask") {
      if (!parts.length) return say("Every seller must ask for a licence first.");
      return parts.length > 1 ? say("The seller must ask for a licence first if all of this is so:") : say("The seller must ask for a licence first if this is so:");
    }
    if (!parts.length) return say("No sale may go ahead.");
    return parts.length > 1 ? say("The sale may not go ahead if all of this is so:") : say("The sale may not go ahead if this is so:");
  }

  return { either, example, reaches, read, ruleLead, words, write };
})();
