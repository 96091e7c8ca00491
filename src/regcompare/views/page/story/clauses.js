/* A rule of the reader's own: what it looks at and what it says; as text, as truth, and in words.
 *
 *   tool=0,3;user=0>stop          settings of levers, by their place
 *   item.face_matching=one_to_many>ask
 *
 * Several values of one part mean "or", several parts mean "and".
 */
"use strict";

const clauses = (() => {
  const { listing } = elements;
  const { say } = language;
  const MOST = 20; // More parts than this are no rule that anyone reads.

  const established = new WeakMap();
  const told = new WeakMap();

  /** What is known about a case, presumptions included; worked out once. */
  function knownOf(page, scenario) {
    if (!established.has(scenario)) established.set(scenario, presumptions.established(page.model, scenario).values);
    return established.get(scenario);
  }

  // as text ----------------------------------------------------------------------------------------------

  /** The rule that a text says; null where it says none. */
  function read(page, text) {
    const found = /^([^>]*)>(ask|stop)$/.exec(text);
    const parts = found?.[1].split(";").filter(Boolean).map((part) => readPart(page, part));
    const isFit = parts && parts.length <= MOST && parts.every(Boolean);
    if (!isFit || new Set(parts.map(({ key }) => key)).size < parts.length) return null;
    return { parts, outcome: found[2] };
  }

  function readPart(page, text) {
    const [key, said = ""] = text.split("=", 2);
    const values = [...new Set(said.split(","))];
    const answers = answersOf(page, key);
    return answers && values.every((value) => Object.hasOwn(answers, value)) ? { key, values } : null;
  }

  const leverOf = (page, key) => page.levers.find(({ id }) => id === key);

  /** The words of each answer that a part may ask for; null where it may ask for none. */
  function answersOf(page, key) {
    const lever = leverOf(page, key);
    if (lever) return Object.fromEntries(lever.settings.map(({ words }, at) => [String(at), say(words)]));
    const fact = page.model.facts.get(key);
    if (fact?.kind === "yes_no") return { yes: say("yes"), no: say("no") };
    if (fact?.kind !== "choice") return null;
    return Object.fromEntries(Object.keys(fact.answers).map((word) => [word, questions.answerWords(page, key, word)]));
  }

  const write = ({ parts, outcome }) => `${parts.map(({ key, values }) => `${key}=${values.join(",")}`).join(";")}>${outcome}`;

  /** A rule to start from: what the tool of a case does, and who gets it; else its main function. */
  function example(page, scenario) {
    const known = knownOf(page, scenario);
    const parts = page.levers.slice(0, 2).flatMap(({ id: key, settings }) => {
      const at = settings.findIndex((_, place) => partTruth(page, known, { key, values: [String(place)] }));
      return at < 0 ? [] : [{ key, values: [String(at)] }];
    });
    const technology = known.get("item.technology");
    const plain = readPart(page, `item.technology=${technology}`);
    return { parts: parts.length || !plain ? parts : [plain], outcome: "ask" };
  }

  // as truth: true, false, or null where it cannot be told -------------------------------------------------

  const both = (truths) => (truths.includes(false) ? false : truths.includes(null) ? null : true);
  const either = (truths) => (truths.includes(true) ? true : truths.includes(null) ? null : false);

  /** Whether a rule reaches a case. */
  function reaches(page, { parts }, scenario) {
    const known = knownOf(page, scenario);
    return both(parts.map((part) => partTruth(page, known, part)));
  }

  function partTruth(page, known, { key, values }) {
    const lever = leverOf(page, key);
    if (!lever) return either(values.map((value) => answered(known.get(key), { yes: true, no: false }[value] ?? value)));
    const telling = tellingFacts(lever);
    return either(values.map((at) => settingTruth(known, lever.settings[at], telling)));
  }

  /** The first facts that tell the settings of a lever apart; what else a setting moves along says nothing. */
  function tellingFacts(lever) {
    if (!told.has(lever)) told.set(lever, tellingApart(lever.settings));
    return told.get(lever);
  }

  function tellingApart(settings) {
    const stated = (at, key) => settings[at].facts[key] ?? null;
    let alike = settings.flatMap((_, one) => settings.slice(one + 1).map((__, more) => [one, one + 1 + more]));
    return [...new Set(settings.flatMap(({ facts: own }) => Object.keys(own)))].filter((key) => {
      const before = alike.length;
      alike = alike.filter(([one, other]) => {
        const [a, b] = [stated(one, key), stated(other, key)];
        return a === null || b === null || address.same(a, b);
      });
      return alike.length < before;
    });
  }

  function settingTruth(known, { facts: own }, telling) {
    const asked = telling.filter((key) => (own[key] ?? null) !== null);
    return both(asked.map((key) => answered(known.get(key), own[key])));
  }

  /** Whether what is known of a fact is an answer; of a set, whether any member asked for is in it. */
  function answered(value, answer) {
    if (value === undefined || value === "unknown") return null;
    if (value.one_of) return value.one_of.includes(answer) ? null : false;
    if (!value.known) return value === answer;
    const { known: sure, open } = value;
    if (!answer.known.length) return sure.length ? false : open.length ? null : true;
    if (answer.known.some((member) => sure.includes(member))) return true;
    return answer.known.some((member) => open.includes(member)) ? null : false;
  }

  // in words ---------------------------------------------------------------------------------------------

  /** What a part looks at, and the answers that it asks for. */
  function words(page, { key, values }) {
    const answers = answersOf(page, key);
    const lever = leverOf(page, key);
    const subject = lever ? `${say(lever.subject)}:` : say(page.texts.facts[key].question);
    return { subject, answers: listing(values.map((value) => answers[value]), say("or")) };
  }

  /** What a rule says, before what it looks at. */
  function saying({ parts, outcome }) {
    if (outcome === "ask") {
      if (!parts.length) return say("Every seller must ask for a licence first.");
      return parts.length > 1 ? say("The seller must ask for a licence first if all of this is so:") : say("The seller must ask for a licence first if this is so:");
    }
    if (!parts.length) return say("No sale may go ahead.");
    return parts.length > 1 ? say("The sale may not go ahead if all of this is so:") : say("The sale may not go ahead if this is so:");
  }

  return { answersOf, example, reaches, read, saying, words, write };
})();
