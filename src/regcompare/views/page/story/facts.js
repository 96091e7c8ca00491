/* The facts of a case in a few plain words: where it went, what it does, who got it, who knew what. */
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
    const found = lever.settings.find((setting) => levers.isSet(scenario, setting));
    if (found) return say(found.words);
    const key = SHOWN[lever.id];
    const value = scenario.facts[key] ?? scenario.presumed[key];
    const isOpen = value === undefined || value === "unknown" || (value.open && value.open.length);
    if (isOpen) return say("nobody has said");
    if (lever.id === "country") return country(page, value) ?? questions.answerWords(page, key, value);
    return questions.answerWords(page, key, value);
  }

  /** The facts as pairs of a subject and what is known of it. */
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

  /** What differs between two cases, in words; at most a few. */
  function differences(page, one, other) {
    const keys = new Set([...Object.keys(one.facts), ...Object.keys(other.facts)]);
    const value = (scenario, key) =>
      scenario.facts[key] === undefined ? say("not stated") : questions.answerWords(page, key, scenario.facts[key]);
    const found = [...keys]
      .filter((key) => !address.same(one.facts[key] ?? null, other.facts[key] ?? null))
      .map((key) => ({
        question: say(page.texts.facts[key].question),
        before: value(one, key),
        after: value(other, key),
      }));
    if (one.date !== other.date)
      found.unshift({ question: say("When did the facts occur?"), before: one.date, after: other.date });
    return found;
  }

  return { differences, list, route, words };
})();
