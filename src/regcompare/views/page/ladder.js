/* What a regime comes to in words, and the ladder on which the results stand side by side. */
"use strict";

const ladders = (() => {
  const { capital, el, outcome, span } = elements;
  const { say } = language;

  // results in words -----------------------------------------------------------------------------------

  /** The result in a few words. */
  function resultWords(page, { verdict }) {
    const { outcomes } = page.texts;
    if (verdict.contradiction) return say("facts contradict each other");
    if (verdict.inForce === false) return say("not in force");
    if (verdict.inScope === false) return say("out of scope");
    const [low, high] = verdict.span;
    const [least, most] = [say(outcomes[low].word), say(outcomes[high].word)];
    return low === high ? least : say("{low} to {high}", { low: least, high: most });
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
    if (verdict.contradiction) return say("The facts contradict each other, so there is no result.");
    if (verdict.inForce === false) return notInForce(verdict, said.period);
    const isUse = said.asks === "use";
    const kind = isUse
      ? said.asks
      : verdict.state.row[verdict.machine.position.get(model.data.keys.indexOf("transaction.kind"))];
    const subject = say(texts.subjects[kind] ?? "the transaction");
    if (verdict.inScope === false)
      return capital(
        say("{subject} is out of scope: this regime does not apply to it and gives no outcome.", {
          subject,
        }),
      );
    const mood = verdict.ruleset.is_proposal ? "proposal" : "law";
    const says = isUse ? texts.uses : texts.outcomes;
    const [low, high] = verdict.span.map((number) => say(says[number][mood]));
    const told = say(
      low === high
        ? "{subject} {low}."
        : "the known facts leave the outcome open: at a minimum, {subject} {low}; at most, it {high}.",
      { subject, low, high },
    );
    const whole =
      verdict.inScope === null
        ? say("It is not known whether it applies at all. If it does, {told}", { told })
        : told;
    const caution =
      verdict.span[1] === 0
        ? ` ${say("That is not to say that it is lawful in every respect, or harmless.")}`
        : "";
    return capital(whole) + caution;
  }

  function notInForce({ day }, period) {
    const said = period
      ? say("Not in force on {day} (in force {period}).", { day, period })
      : say("Not in force on {day}.", { day });
    return `${said} ${say("It gives no outcome, and no other version of the law is applied instead.")}`;
  }

  // the ladder -------------------------------------------------------------------------------------------

  /** Outcomes by regimes: where each span lies; or, before the answers are shown, where the class guesses. */
  function ladder(page, results, guessing) {
    const { outcomes } = page.texts;
    const head = el(
      "tr",
      {},
      el("th", { scope: "col" }, el("span", { class: "unseen" }, say("Outcome"))),
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
      const name = el("th", { scope: "row" }, outcome(page.texts, number), " ", terms.hint(say(look.word), say(look.means)));
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
      const name = el("th", { scope: "row" }, el("span", { class: "no-outcome" }, say("no outcome")));
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
      ? say("Guess the outcome under each regime.")
      : say("The outcome of this case under each regime, strictest at the top. A span: {ends}.", {
          ends: say(page.texts.span_ends),
        });
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
        ? el("span", { class: "guess" }, say("your guess"))
        : null;
    if (number < low || number > high) return el("td", { class: "empty" }, guessed);
    if (number > low && number < high)
      return el("td", { class: "between" }, el("span", {}, say("between")), guessed);
    const word =
      low === high ? say("settled") : number === low ? say("at a minimum") : say("at most");
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
        ? el("span", { class: "guess" }, say("your guess"))
        : null;
    return el("td", { class: "empty" }, result.verdict.span ? null : resultWords(page, result), guessed);
  }

  function guessCell(page, { id, short }, number, guessing) {
    const word = number < 0 ? say("no outcome") : say(page.texts.outcomes[number].word);
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
