/* The result of a regime in words, and the ladder that shows results side by side. */
"use strict";

const ladders = (() => {
  const { capital, el, outcome, sign, span } = elements;
  const { say } = language;
  const NONE = -1; // Represents the absence of an outcome.

  // results in words -----------------------------------------------------------------------------------

  /** The result in a few words. */
  function resultWords(page, { verdict }) {
    const { outcomes } = page.texts;
    if (verdict.contradiction) return say("facts contradict each other");
    if (verdict.inForce === false) return say("not in force");
    if (verdict.inScope === false) return say("out of scope");
    const [low, high] = verdict.span;
    const [lowWord, highWord] = [say(outcomes[low].word), say(outcomes[high].word)];
    return low === high ? lowWord : say("{low} to {high}", { low: lowWord, high: highWord });
  }

  function resultShown(page, result) {
    const { span: ends } = result.verdict;
    return ends ? span(page.texts, ends) : [el("span.no-outcome", resultWords(page, result))];
  }

  /** The finding as a sentence or two. */
  function sentence(page, { verdict, number }) {
    const { texts } = page;
    const { asks } = verdict.ruleset;
    if (verdict.contradiction) return say("The facts contradict each other, so there is no result.");
    if (verdict.inForce === false) return notInForce(verdict, texts.periods[number]);
    const isUse = asks === "use";
    const kind = isUse
      ? asks
      : verdict.state.row[verdict.machine.positionOf("transaction.kind")];
    const subject = say(texts.subjects[kind] ?? "the transaction");
    if (verdict.inScope === false)
      return capital(
        say("{subject} is out of scope: this regime does not apply to it and gives no outcome.", { subject }),
      );
    const wording = verdict.ruleset.status === "proposal" ? "proposal" : "law";
    const predicates = isUse ? texts.uses : texts.outcomes;
    const [low, high] = verdict.span.map((number) => say(predicates[number][wording]));
    const text = say(
      low === high
        ? "{subject} {low}."
        : "the known facts leave the outcome open: at a minimum, {subject} {low}; at most, it {high}.",
      { subject, low, high },
    );
    const isOpen = verdict.inScope === null;
    const qualified = isOpen ? say("It is not known whether it applies at all. If it does, {told}", { told: text }) : text;
    const caution = say("That is not to say that it is lawful in every respect, or harmless.");
    return capital(qualified) + (verdict.span[1] === 0 ? ` ${caution}` : "");
  }

  function notInForce({ day }, period) {
    const text = period
      ? say("Not in force on {day} (in force {period}).", { day, period })
      : say("Not in force on {day}.", { day });
    return `${text} ${say("It gives no outcome, and no other version of the law is applied instead.")}`;
  }

  // the ladder -------------------------------------------------------------------------------------------

  /** Outcomes by regime, with each span or, before the answers are shown, the guesses of the class. */
  function ladder(page, results, guessing) {
    const { outcomes } = page.texts;
    const unseenWords = (result) => (guessing.hidden ? null : el("span.unseen", `: ${resultWords(page, result)}`));
    const headCell = (result) => el("th", { scope: "col" }, el("span.regime", result.short), unseenWords(result));
    const cornerCell = el("th", { scope: "col" }, el("span.unseen", say("Outcome")));
    const cell = guessing.hidden ? guessCell : rung;
    const tableRow = (number, ...name) =>
      el("tr", el("th", { scope: "row" }, name), results.map((result) => cell(page, result, number, guessing)));
    const rows = outcomes.map(({ word, means }, number) =>
      tableRow(number, outcome(page.texts, number), " ", terms.hint(say(word), say(means))),
    );
    rows.reverse();
    if (guessing.hidden || results.some((result) => !result.verdict.span))
      rows.push(tableRow(NONE, el("span.no-outcome", say("no outcome"))));
    const ends = say(page.texts.span_ends);
    const caption = guessing.hidden
      ? say("Guess the outcome under each regime.")
      : say("The outcome of this case under each regime, strictest at the top. A span: {ends}.", { ends });
    const titles = el("thead", el("tr", cornerCell, results.map(headCell)));
    return el("table.ladder", el("caption", caption), titles, el("tbody", rows));
  }

  function rung(page, result, number, { on, guesses }) {
    const { span: ends } = result.verdict;
    const guessMark = on && guesses.get(result.id) === number ? el("span.guess", say("your guess")) : null;
    if (number === NONE) return el("td.empty", ends ? null : resultWords(page, result), guessMark);
    const [low, high] = ends ?? [1, 0];
    if (number < low || number > high) return el("td.empty", guessMark);
    if (number > low && number < high) return el("td.between", el("span", say("between")), guessMark);
    const look = page.texts.outcomes[number];
    const end = number === low ? say("at a minimum") : say("at most");
    const word = el("span", low === high ? say("settled") : end);
    const kind = `td.rung.o-${look.slug}${low === high ? ".is-settled" : ""}`;
    return el(kind, sign(look.glyph), " ", word, guessMark);
  }

  function guessCell(page, { id, short }, number, guessing) {
    const word = number === NONE ? say("no outcome") : say(page.texts.outcomes[number].word);
    const input = el("input", {
      type: "radio",
      name: `guess-${id}`,
      value: number,
      "aria-label": `${short}: ${word}`,
      checked: guessing.guesses.get(id) === number,
      change: () => guessing.guess(id, number),
    });
    return el("td.empty", el("label.cell", input));
  }

  return { ladder, resultShown, resultWords, sentence };
})();
