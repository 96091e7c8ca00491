/* The result under a regime as a gate: free, report, licence, no, outside, or between two of them. */
"use strict";

const gates = (() => {
  const { el, sign } = elements;
  const { say } = language;
  const NONE = "–"; // For no outcome.
  const GLYPHS = { free: "○", depends: "?", ask: "▲", stop: "●" };

  /** A verdict as a gate: its kind, the looks of its ends, its word and its meaning. */
  function gateOf(page, verdict) {
    if (verdict.contradiction)
      return { kind: "none", word: say("Impossible"), means: say("These facts cannot all be true."), glyph: NONE };
    if (verdict.inForce === false) return noOutcomeGate(page.texts.not_in_force);
    if (!verdict.span) return noOutcomeGate(page.texts.out_of_scope);
    const { asks } = page.model.data.rulesets[verdict.number];
    const [low, high] = verdict.span.map((number) => page.texts[asks === "use" ? "uses" : "outcomes"][number]);
    const kind = low.gate === high.gate ? low.gate : "depends";
    const isOneWord = low.plain === high.plain;
    const ends = { low: fullWord(low), high: fullWord(high) };
    const perhaps = () =>
      say(page.texts.why.perhaps, { low: isOneWord ? ends.low : say(low.plain), high: isOneWord ? say(high.detail) : say(high.plain).toLowerCase() });
    const word = low === high ? ends.high : perhaps();
    const isReviewed = low === high && low.asks && verdict.machine;
    const review = isReviewed && verdicts.review(verdict) === verdicts.reviewAtMost(verdict) ? verdicts.review(verdict) : null;
    const settledMeaning = review === null ? high.means : page.texts.reviews[review];
    const means = low === high ? say(settledMeaning) : say("From “{low}” to “{high}”.", ends);
    return { kind, low, high, word, means, glyph: low === high ? high.glyph : "?" };
  }

  /** The word of an outcome with its detail. */
  const fullWord = ({ plain, detail }) => (detail ? `${say(plain)}: ${say(detail)}` : say(plain));

  /** The gate of a regime that gives no outcome. */
  const noOutcomeGate = ({ gate: kind, plain, means }) => ({ kind, word: say(plain), means: say(means), glyph: NONE });

  /** The CSS classes of a gate, for its kind and its colours. */
  const classes = ({ kind, low, high }) => `gate is-${kind} ${low ? `low-${low.slug} high-${high.slug}` : ""}`;

  /** The sign and the word of a gate. */
  const label = ({ glyph, word }) => [sign(glyph), " ", el("span.word", word)];

  /** The band that is the gate itself. */
  const band = (gate) => el("p", { class: classes(gate) }, label(gate));

  /** A gate in a line of text. */
  const chip = (gate) => el("span", { class: `chip ${classes(gate)}` }, label(gate));

  /** A gate to pick, as a radio button. */
  function option(kind, word, attributes) {
    const input = el("input.unseen", { type: "radio", value: kind, ...attributes });
    return el(`label.choice.gate.is-${kind}`, input, sign(GLYPHS[kind]), " ", el("span", word));
  }

  /** The results under all regimes as small dots, with their words for screen readers. */
  function signature(page, numbers, verdicts) {
    const signatureGates = verdicts.map((verdict) => gateOf(page, verdict));
    const description = numbers.map((number, at) => `${plainName(page, number)}: ${signatureGates[at].word}`).join("; ");
    return el(
      "span.signature",
      { role: "img", "aria-label": description, title: description },
      signatureGates.map((gate) => el("span", { class: `dot ${classes(gate)}` })),
    );
  }

  /** Whether a guess matches a gate, or one of its ends if it depends. */
  const fits = (gate, guess) =>
    gate.kind === guess || (gate.kind === "depends" && [gate.low.gate, gate.high.gate].includes(guess));

  const plainName = (page, number) => say(page.model.data.rulesets[number].plain_title);

  return { band, chip, fits, fullWord, gateOf, option, plainName, signature };
})();
