/* Levers: each sets facts that belong together, and shows the effect of each setting. */
"use strict";

const levers = (() => {
  const { el, fresh, listing } = elements;
  const { say } = language;
  const MAX_LEVERS = 3;

  /** A case with a setting applied. */
  const withSetting = (scenario, facts) => ({ ...scenario, facts: { ...scenario.facts, ...facts } });

  /** Whether a case already has a setting. */
  function isSet(scenario, { facts }) {
    const value = (key) => scenario.facts[key] ?? scenario.presumed[key];
    return Object.entries(facts).every(([key, answer]) => answer === null || address.isSame(value(key), answer));
  }

  const spans = (verdicts) =>
    JSON.stringify(verdicts.map(({ span, inForce, inScope }) => span ?? [inForce, inScope]));

  /** Each lever with its settings, their results, and whether they change one. */
  function evaluate(page, scenario, results) {
    const currentVerdicts = results.map(({ verdict }) => verdict);
    const evaluateAll = (changed) => results.map(({ number }) => page.assess(changed, number));
    return page.levers.map((lever) => {
      const current = lever.settings.find((setting) => isSet(scenario, setting)) ?? null;
      const settings = lever.settings
        .map((setting) => ({ ...setting, verdicts: setting === current ? currentVerdicts : evaluateAll(withSetting(scenario, setting.facts)) }))
        .filter((setting) => setting.verdicts.every((verdict) => !verdict.contradiction));
      for (const setting of settings) setting.changes = spans(setting.verdicts) !== spans(currentVerdicts);
      return { ...lever, current: current?.words ?? null, settings, isLive: settings.some(({ changes }) => changes) };
    });
  }

  // shown ------------------------------------------------------------------------------------------

  /** The levers that change something, each as a choice, and a sentence on those that do not. */
  function panel(page, scenario, results, leverResults, change) {
    const open = new Set(results.flatMap((result) => result.open));
    const settles = (setting) => Object.entries(setting.facts).some(([key, answer]) => answer !== null && open.has(key));
    const live = leverResults.filter((lever) => lever.isLive).map((lever) => choice(page, scenario, results, lever, settles, change));
    const [first, more] = [live.slice(0, MAX_LEVERS), live.slice(MAX_LEVERS)];
    return [first, more.length ? el("details.more", el("summary", say("More to change ({count})", { count: more.length })), el("div.levers", more)) : null, idle(leverResults, settles)];
  }

  function choice(page, scenario, results, lever, settles, change) {
    const numbers = results.map(({ number }) => number);
    const name = fresh("lever");
    const option = (words, verdicts, isNow, choose) => {
      const input = el("input", { type: "radio", name, checked: isNow, change: choose });
      return el("label.setting", input, el("span", words), gates.signature(page, numbers, verdicts));
    };
    const currentVerdicts = results.map(({ verdict }) => verdict);
    const currentOption = lever.current
      ? null
      : option(say("in this case: {what}", { what: facts.words(page, scenario, lever) }), currentVerdicts, true, null);
    const settling = lever.settings
      .filter((setting) => !setting.changes && setting.words !== lever.current && settles(setting))
      .map(({ words }) => say(words));
    return el(
      "fieldset.lever",
      { id: `lever-${lever.id}` },
      el("legend", elements.capital(say(lever.subject))),
      currentOption,
      lever.settings.filter((setting) => setting.words === lever.current || setting.changes).map((setting) =>
        option(say(setting.words), setting.verdicts, setting.words === lever.current, () => change(setting)),
      ),
      settling.length ? el("p.note", say("Settles one open question, not yet the answer: {what}.", { what: settling.join("; ") })) : null,
    );
  }

  /** Sentences on the other levers: those that would settle a question, and those that the gates do not look at. */
  function idle(leverResults, settles) {
    const isSettling = ({ settings }) => settings.some(settles);
    const others = leverResults.filter((lever) => !lever.isLive);
    const subjects = (group) => listing(group.map(({ subject }) => say(subject)), say("and"));
    const [settling, unasked] = [others.filter(isSettling), others.filter((lever) => !isSettling(lever))];
    return [
      settling.length ? el("p.note", say("Alone this moves no gate, but each would settle a question that is open: {what}.", { what: subjects(settling) })) : null,
      unasked.length ? el("p.note", say("Here no gate depends on this: {what}.", { what: subjects(unasked) })) : null,
    ];
  }

  return { evaluate, isSet, panel, withSetting };
})();
