/* What a regime comes to in words, and the ladder on which the results stand side by side. */
"use strict";

const ladders = (() => {
  const { capital, el, outcome, span } = elements;

  // results in words -----------------------------------------------------------------------------------

  /** The result in a few words. */
  function resultWords(page, { verdict }) {
    const { outcomes } = page.texts;
    if (verdict.contradiction) return "facts contradict each other";
    if (verdict.inForce === false) return "not in force";
    if (verdict.inScope === false) return "out of scope";
    const [low, high] = verdict.span;
    return low === high ? outcomes[low].word : `${outcomes[low].word} to ${outcomes[high].word}`;
  }

  function resultShown(page, result) {
    const { span: found } = result.verdict;
    return found
      ? span(page.texts, found)
      : [el("span", { class: "no-outcome" }, resultWords(page, result))];
  }

  /** The finding as a sentence or two. */
  function sentence(page, { verdict, number }) {
    const { texts, model } = page;
    const said = texts.rulesets[number];
    if (verdict.contradiction) return "The facts contradict each other, so there is no result.";
    if (verdict.inForce === false) {
      const period = said.period ? ` (in force ${said.period})` : "";
      return `Not in force on ${verdict.day}${period}. It gives no outcome, and no other version of the law is applied instead.`;
    }
    const kind =
      verdict.state.row[verdict.machine.position.get(model.data.keys.indexOf("transaction.kind"))];
    const subject = texts.subjects[kind] ?? "the transaction";
    if (verdict.inScope === false)
      return `${capital(subject)} is out of scope: this regime does not apply to it and gives no outcome.`;
    const [low, high] = verdict.span.map(
      (number) => texts.outcomes[number][verdict.ruleset.is_proposal ? "proposal" : "law"],
    );
    const lead = verdict.inScope === null ? "It is not known whether it applies at all. If it does, " : "";
    const told =
      low === high
        ? `${lead}${subject} ${low}.`
        : `${lead}the known facts leave the outcome open: at a minimum, ${subject} ${low}; at most, it ${high}.`;
    const caution =
      verdict.span[1] === 0
        ? " That is not to say that it is lawful in every respect, or harmless."
        : "";
    return capital(told) + caution;
  }

  // the ladder -------------------------------------------------------------------------------------------

  /** Outcomes by regimes: where each span lies; or, before the answers are shown, where the class guesses. */
  function ladder(page, results, guessing) {
    const { outcomes } = page.texts;
    const head = el(
      "tr",
      {},
      el("th", { scope: "col" }, el("span", { class: "unseen" }, "Outcome")),
      results.map((result) =>
        el(
          "th",
          { scope: "col" },
          el("span", { class: "regime" }, result.short),
          guessing.hidden ? null : el("span", { class: "unseen" }, `: ${resultWords(page, result)}`),
        ),
      ),
    );
    const rows = outcomes.map((look, number) => {
      const name = el("th", { scope: "row" }, outcome(page.texts, number));
      return el(
        "tr",
        {},
        name,
        results.map((result) =>
          guessing.hidden
            ? guessCell(page, result, number, guessing)
            : rung(page, result, number, guessing),
        ),
      );
    });
    rows.reverse();
    const none = results.some((result) => !result.verdict.span) || guessing.hidden;
    if (none) {
      const name = el("th", { scope: "row" }, el("span", { class: "no-outcome" }, "no outcome"));
      rows.push(
        el(
          "tr",
          {},
          name,
          results.map((result) =>
            guessing.hidden ? guessCell(page, result, -1, guessing) : noRung(page, result, guessing),
          ),
        ),
      );
    }
    const caption = guessing.hidden
      ? "Guess the outcome under each regime."
      : `The outcome of this case under each regime, strictest at the top. A span: ${page.texts.span_ends}.`;
    return el(
      "table",
      { class: "ladder" },
      el("caption", {}, caption),
      el("thead", {}, head),
      el("tbody", {}, rows),
    );
  }

  function rung(page, { verdict, id }, number, guessing) {
    const look = page.texts.outcomes[number];
    const [low, high] = verdict.span ?? [1, 0];
    const guessed =
      guessing.on && guessing.guesses.get(id) === number
        ? el("span", { class: "guess" }, "your guess")
        : null;
    if (number < low || number > high) return el("td", { class: "empty" }, guessed);
    if (number > low && number < high)
      return el("td", { class: "between" }, el("span", {}, "between"), guessed);
    const word = low === high ? "settled" : number === low ? "at a minimum" : "at most";
    const shape = el("span", { class: "shape", "aria-hidden": "true" }, look.glyph);
    return el(
      "td",
      { class: `rung o-${look.slug} ${low === high ? "is-settled" : ""}` },
      shape,
      " ",
      el("span", {}, word),
      guessed,
    );
  }

  function noRung(page, result, guessing) {
    const guessed =
      guessing.on && guessing.guesses.get(result.id) === -1
        ? el("span", { class: "guess" }, "your guess")
        : null;
    return el("td", { class: "empty" }, result.verdict.span ? null : resultWords(page, result), guessed);
  }

  function guessCell(page, { id, short }, number, guessing) {
    const word = number < 0 ? "no outcome" : page.texts.outcomes[number].word;
    const input = el("input", {
      type: "radio",
      name: `guess-${id}`,
      value: number,
      "aria-label": `${short}: ${word}`,
      change: () => guessing.guess(id, number),
    });
    input.checked = guessing.guesses.get(id) === number;
    return el("td", { class: "empty" }, el("label", { class: "cell" }, input));
  }

  return { ladder, resultShown, resultWords, sentence };
})();
