/* The result of a regime in words. */
"use strict";

const results = (() => {
  const { capital, el, span } = elements;
  const { say } = language;

  /** The result in a few words. */
  function words(page, { verdict }) {
    const { outcomes } = page.texts;
    if (verdict.contradiction) return say("facts contradict each other");
    if (verdict.inForce === false) return say("not in force");
    if (verdict.inScope === false) return say("out of scope");
    const [low, high] = verdict.span;
    const [lowWord, highWord] = [say(outcomes[low].word), say(outcomes[high].word)];
    return low === high ? lowWord : say("{low} to {high}", { low: lowWord, high: highWord });
  }

  function shown(page, result) {
    const { span: ends } = result.verdict;
    return ends ? span(page.texts, ends) : [el("span.no-outcome", words(page, result))];
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

  return { sentence, shown, words };
})();
