/* A rule written by the reader: its conditions and its outcome, as text, as truth, and in words.
 *
 *   tool=0,3;user=0>stop          settings of levers, by index
 *   item.face_matching=one_to_many>ask
 *
 * Several values of one part mean "or", several parts mean "and".
 */
"use strict";

const clauses = (() => {
  const { listing } = elements;
  const { say } = language;
  const MAX_PARTS = 20; // Nobody reads a rule with more parts.

  const established = new WeakMap();
  const distinguishingCache = new WeakMap();

  /** The known facts of a case, presumptions included; cached. */
  function knownFacts(page, scenario) {
    if (!established.has(scenario)) established.set(scenario, presumptions.established(page.model, scenario).values);
    return established.get(scenario);
  }

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
    const answers = answersOf(page, key);
    return answers && values.every((value) => Object.hasOwn(answers, value)) ? { key, values } : null;
  }

  const leverOf = (page, key) => page.levers.find(({ id }) => id === key);

  /** The words of each answer that a part may ask for; null if there are none. */
  function answersOf(page, key) {
    const lever = leverOf(page, key);
    if (lever) return Object.fromEntries(lever.settings.map(({ words }, at) => [String(at), say(words)]));
    const fact = page.model.facts.get(key);
    if (fact?.kind === "yes_no") return { yes: say("yes"), no: say("no") };
    if (fact?.kind !== "choice") return null;
    return Object.fromEntries(Object.keys(fact.answers).map((word) => [word, questions.answerWords(page, key, word)]));
  }

  const write = ({ parts, outcome }) => `${parts.map(({ key, values }) => `${key}=${values.join(",")}`).join(";")}>${outcome}`;

  /** A rule to start from: what the tool of a case does and who gets it, otherwise its main function. */
  function example(page, scenario) {
    const known = knownFacts(page, scenario);
    const parts = page.levers.slice(0, 2).flatMap(({ id: key, settings }) => {
      const position = settings.findIndex((_, index) => partTruth(page, known, { key, values: [String(index)] }));
      return position < 0 ? [] : [{ key, values: [String(position)] }];
    });
    const technology = known.get("item.technology");
    const technologyPart = readPart(page, `item.technology=${technology}`);
    return { parts: parts.length || !technologyPart ? parts : [technologyPart], outcome: "ask" };
  }

  // as truth: true, false, or null if it is not known ------------------------------------------------------

  const both = (truths) => (truths.includes(false) ? false : truths.includes(null) ? null : true);
  const either = (truths) => (truths.includes(true) ? true : truths.includes(null) ? null : false);

  /** Whether a rule reaches a case. */
  function reaches(page, { parts }, scenario) {
    const known = knownFacts(page, scenario);
    return both(parts.map((part) => partTruth(page, known, part)));
  }

  function partTruth(page, known, { key, values }) {
    const lever = leverOf(page, key);
    if (!lever) return either(values.map((value) => answered(known.get(key), { yes: true, no: false }[value] ?? value)));
    const distinguishing = distinguishingFacts(lever);
    return either(values.map((at) => settingTruth(known, lever.settings[at], distinguishing)));
  }

  /** The first facts that distinguish the settings of a lever; other facts of a setting do not matter. */
  function distinguishingFacts(lever) {
    if (!distinguishingCache.has(lever)) distinguishingCache.set(lever, findDistinguishing(lever.settings));
    return distinguishingCache.get(lever);
  }

  function findDistinguishing(settings) {
    const stated = (at, key) => settings[at].facts[key] ?? null;
    let undistinguished = settings.flatMap((_, first) => settings.slice(first + 1).map((__, offset) => [first, first + 1 + offset]));
    return [...new Set(settings.flatMap(({ facts: answers }) => Object.keys(answers)))].filter((key) => {
      const count = undistinguished.length;
      undistinguished = undistinguished.filter(([first, second]) => {
        const [firstAnswer, secondAnswer] = [stated(first, key), stated(second, key)];
        return firstAnswer === null || secondAnswer === null || address.isSame(firstAnswer, secondAnswer);
      });
      return undistinguished.length < count;
    });
  }

  function settingTruth(known, { facts: answers }, distinguishing) {
    const relevant = distinguishing.filter((key) => (answers[key] ?? null) !== null);
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

  /** The subject of a part, and the answers that it asks for. */
  function words(page, { key, values }) {
    const answers = answersOf(page, key);
    const lever = leverOf(page, key);
    const subject = lever ? `${say(lever.subject)}:` : say(page.texts.facts[key].question);
    return { subject, answers: listing(values.map((value) => answers[value]), say("or")) };
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

  return { answersOf, example, reaches, read, ruleLead, words, write };
})();
