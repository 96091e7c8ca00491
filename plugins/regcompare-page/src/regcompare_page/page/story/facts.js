/* The facts of a case in a few plain words: where the item went, what it does, who got it, who knew what. */
"use strict";

const facts = (() => {
  const { el } = elements;
  const { say } = language;
  const SHOWN = {
    tool: "item.technology",
    user: "end_user.kind",
    country: "destination.country",
    seller: "knowledge.exporter_aware",
    authority: "knowledge.authority_informed",
    harm: "destination.serious_violations_likely",
    way: "transaction.kind",
    checks: "diligence.completed",
  };

  const country = (page, code) =>
    typeof code === "string" && code !== "unknown" ? say(page.model.data.countries[code]) : null;

  /** What a case says about the subject of a lever. */
  function words(page, scenario, lever) {
    const chosen = lever.settings.find((setting) => levers.isSet(scenario, setting));
    if (chosen) return say(chosen.words);
    const key = SHOWN[lever.id];
    const value = scenario.facts[key] ?? scenario.presumed[key];
    const isOpen = why.isUnknown(value) || (value.open?.length && !value.known.length);
    if (isOpen) return otherKnown(page, scenario, lever, key) ?? say("not known");
    if (["seller", "authority"].includes(lever.id) && !(value.known ?? value).length) return say("nothing for certain");
    if (lever.id === "country") return country(page, value) ?? questions.answerWords(page, key, value);
    return questions.answerWords(page, key, value);
  }

  /** Another fact of a lever that is known, with its question; null if there is none. */
  function otherKnown(page, scenario, lever, shown) {
    const keys = new Set(lever.settings.flatMap((setting) => Object.keys(setting.facts)));
    const value = (key) => scenario.facts[key] ?? scenario.presumed[key];
    const known = [...keys].find((key) => key !== shown && typeof value(key) === "boolean");
    return known ? `${say(page.texts.facts[known].question)} ${questions.answerWords(page, known, value(known))}` : null;
  }

  /** The facts as pairs of a subject and what is known about it. */
  function list(page, scenario) {
    return el(
      "dl.known",
      page.levers
        .filter(({ id }) => id !== "country")
        .map((lever) => [el("dt", elements.capital(say(lever.subject))), el("dd", words(page, scenario, lever))]),
    );
  }

  /** From where to where, and when. */
  function route(page, scenario) {
    const [from, to] = ["exporter.country", "destination.country"].map((key) => country(page, scenario.facts[key]));
    const year = scenario.date?.slice(0, 4);
    const way = from && to ? `${from} → ${to}` : (from ?? to);
    return [way, year].filter(Boolean).join(" · ");
  }

  /** The differences between two cases, in words. */
  function differences(page, first, second) {
    const keys = new Set([...Object.keys(first.facts), ...Object.keys(second.facts)]);
    const value = (scenario, key) =>
      scenario.facts[key] === undefined ? say("not stated") : questions.answerWords(page, key, scenario.facts[key]);
    const differences = [...keys]
      .filter((key) => !address.isSame(first.facts[key] ?? null, second.facts[key] ?? null))
      .map((key) => ({
        question: say(page.texts.facts[key].question),
        before: value(first, key),
        after: value(second, key),
      }));
    if (first.date !== second.date)
      differences.unshift({ question: say("When did the facts occur?"), before: first.date, after: second.date });
    return differences;
  }

  return { differences, list, route, words };
})();
