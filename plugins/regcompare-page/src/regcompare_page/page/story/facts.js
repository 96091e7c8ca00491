/* The facts of a case in a few plain words: where the item went, what it does, who got it, who knew what. */
"use strict";

const facts = (() => {
  const { el } = elements;
  const { say } = language;

  const country = (page, code) =>
    typeof code === "string" && code !== "unknown" ? say(page.model.data.countries[code]) : null;

  /** What a case says about the subject of a lever: its setting, or else the first of its facts that is known. */
  function words(page, scenario, lever) {
    const chosen = lever.settings.find((setting) => levers.isSet(scenario, setting));
    if (chosen) return say(chosen.words);
    const value = (key) => scenario.facts[key] ?? scenario.presumed[key];
    const isOpen = (answer) => why.isUnknown(answer) || (answer.open?.length && !answer.known.length);
    const key = lever.by.find((one) => !isOpen(value(one)));
    if (!key) return say("not known");
    if (value(key).known?.length === 0) return say("nothing for certain");
    const answer = questions.answerWords(page, key, value(key));
    return key === lever.by[0] ? answer : `${say(page.questions.get(key).question)} ${answer}`;
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
        question: say(page.questions.get(key).question),
        before: value(first, key),
        after: value(second, key),
      }));
    if (first.date !== second.date)
      differences.unshift({ question: say("When did the facts occur?"), before: first.date, after: second.date });
    return differences;
  }

  return { differences, list, route, words };
})();
