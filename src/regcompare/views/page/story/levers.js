/* What would change something now: levers that move facts which belong together, each setting with its effect. */
"use strict";

const levers = (() => {
  const { el, fresh, listing } = elements;
  const { say } = language;
  const MOST = 6;

  /** A case as a setting would have it. */
  const set = (scenario, facts) => ({ ...scenario, facts: address.patched(scenario.facts, facts) });

  /** Whether a case already says what a setting says. */
  function isSet(scenario, { facts }) {
    const value = (key) => scenario.facts[key] ?? scenario.presumed[key];
    return Object.entries(facts).every(([key, answer]) => answer === null || address.same(value(key), answer));
  }

  const spans = (verdicts) =>
    JSON.stringify(verdicts.map(({ span, inForce, inScope }) => span ?? [inForce, inScope]));

  /** Each lever with its settings, their results, and under which regimes it changes something. */
  function worked(page, scenario, results) {
    const now = results.map(({ verdict }) => verdict);
    const tried = (changed) => results.map(({ number }) => page.assess(changed, number));
    return page.levers.map((lever) => {
      const current = lever.settings.find((setting) => isSet(scenario, setting)) ?? null;
      const settings = lever.settings
        .map((setting) => ({ ...setting, verdicts: setting === current ? now : tried(set(scenario, setting.facts)) }))
        .filter((setting) => setting.verdicts.every((verdict) => !verdict.contradiction));
      for (const setting of settings) setting.changes = spans(setting.verdicts) !== spans(now);
      const moves = results.map((_, at) =>
        settings.some((setting) => spans([setting.verdicts[at]]) !== spans([now[at]])),
      );
      return { ...lever, current: current?.words ?? null, settings, moves, isLive: moves.includes(true) };
    });
  }

  // shown ------------------------------------------------------------------------------------------

  /** The levers that change something, each as a choice; and in a sentence those that do not. */
  function panel(page, scenario, results, found, change) {
    const live = found.filter((lever) => lever.isLive).slice(0, MOST);
    return [live.map((lever) => choice(page, scenario, results, lever, change)), idle(found)];
  }

  function choice(page, scenario, results, lever, change) {
    const numbers = results.map(({ number }) => number);
    const name = fresh("lever");
    const option = (words, verdicts, isNow, take) => {
      const input = el("input", { type: "radio", name, checked: isNow, change: take });
      return el("label.setting", input, el("span", words), gates.signature(page, numbers, verdicts));
    };
    const now = results.map(({ verdict }) => verdict);
    const own = lever.current
      ? null
      : option(say("as this case has it: {what}", { what: facts.words(page, scenario, lever) }), now, true, null);
    const still = lever.settings
      .filter((setting) => !setting.changes && setting.words !== lever.current)
      .map(({ words }) => say(words));
    return el(
      "fieldset.lever",
      { id: `lever-${lever.id}` },
      el("legend", elements.capital(say(lever.subject))),
      own,
      lever.settings.filter((setting) => setting.words === lever.current || setting.changes).map((setting) =>
        option(say(setting.words), setting.verdicts, setting.words === lever.current, () => change(setting)),
      ),
      still.length ? el("p.note", say("Changes nothing: {what}.", { what: still.join("; ") })) : null,
    );
  }

  /** Why the other levers do nothing: something else decides already. */
  function idle(found) {
    const still = found.filter((lever) => !lever.isLive).map(({ subject }) => say(subject));
    const live = found.filter((lever) => lever.isLive).map(({ subject }) => say(subject));
    if (!still.length) return null;
    const idleWords = { what: listing(still, say("and")), live: listing(live.slice(0, 2), say("and")) };
    return el(
      "p.note",
      live.length
        ? say("These change nothing here, because {live} already decides: {what}.", idleWords)
        : say("No single change makes a difference here."),
    );
  }

  return { isSet, panel, set, worked };
})();
