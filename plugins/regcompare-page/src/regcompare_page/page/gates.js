/* The result under a regime in one of five words, or between two of them, as `gate_of` says it. */
"use strict";

const gates = (() => {
  const { say } = language;

  /** The word of a verdict, what it means, and the classes of its ends, by which it has a barrier. */
  function gateOf({ model, texts }, verdict) {
    const without = ({ plain, means }) => ({ word: say(plain), means: say(means), ends: "" });
    if (verdict.contradiction) return without({ plain: "Impossible", means: "These facts cannot all be true." });
    if (verdict.inForce === false) return without(texts.not_in_force);
    if (!verdict.span) return without(texts.out_of_scope);
    const looks = texts[model.data.rulesets[verdict.number].asks === "use" ? "uses" : "outcomes"];
    const [low, high] = verdict.span.map((number) => looks[number]);
    const ends = `${verdict.inScope && verdict.inForce ? low.slug : looks[0].slug} ${high.slug}`;
    if (low !== high) {
      const isOneWord = low.plain === high.plain;
      const words = { low: isOneWord ? fullWord(low) : say(low.plain), high: isOneWord ? say(high.detail) : say(high.plain).toLowerCase() };
      return { word: say(texts.why.perhaps, words), means: say("From “{low}” to “{high}”.", { low: fullWord(low), high: fullWord(high) }), ends };
    }
    const review = low.asks && verdicts.review(verdict) === verdicts.reviewAtMost(verdict) ? verdicts.review(verdict) : null;
    return { word: fullWord(high), means: say(review === null ? high.means : texts.reviews[review]), ends };
  }

  /** The word of an outcome with its detail. */
  const fullWord = ({ plain, detail }) => (detail ? `${say(plain)}: ${say(detail)}` : say(plain));

  const plainName = (page, number) => say(page.model.data.rulesets[number].plain_title);

  return { gateOf, plainName };
})();
