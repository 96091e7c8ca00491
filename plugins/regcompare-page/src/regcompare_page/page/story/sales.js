/* The sales on record and their verdicts, computed in slices, so that the page stays responsive. */
"use strict";

const sales = (() => {
  const SLICE = 30; // Milliseconds before control returns to the page.

  /** Whether a case is a sale on record, not a variant or invented. */
  const isRecorded = (page, id) => page.cases.get(id).texts.kind === "documented";

  /** The sales on record, each with the cases that form it. */
  function recorded(page) {
    const bySale = new Map();
    for (const id of page.ids.filter((candidate) => isRecorded(page, candidate))) {
      const { sale } = page.cases.get(id).texts;
      bySale.set(sale, [...(bySale.get(sale) ?? []), id]);
    }
    return [...bySale.values()].map((parts) => ({ id: parts[0], parts }));
  }

  /** The result of a sale under each regime shown, as the headline counts it: the strictest of its parts, where
   * a part that the regime may not reach is free at the least. */
  function verdictsOf(page, { parts }) {
    const partVerdicts = parts.map((id) => page.verdictsOf(id));
    return partVerdicts[0].map((first, at) => {
      const reached = partVerdicts.map((verdicts) => verdicts[at]).filter(({ span }) => span);
      if (!reached.length) return first;
      const low = Math.max(...reached.map(({ span, inForce, inScope }) => (inForce && inScope ? span[0] : 0)));
      const high = Math.max(...reached.map(({ span }) => span[1]));
      return { ...first, contradiction: false, inForce: true, inScope: true, span: [low, high] };
    });
  }

  /** Evaluates every case, and reports progress in an element. */
  async function prepare(page, status) {
    let deadline = 0;
    for (const [at, id] of page.ids.entries()) {
      if (performance.now() > deadline) {
        status.textContent = language.say("Working through the cases: {count} of {all}.", { count: at, all: page.ids.length });
        await new Promise((resume) => setTimeout(resume));
        deadline = performance.now() + SLICE;
      }
      page.verdictsOf(id);
    }
  }

  return { isRecorded, prepare, recorded, verdictsOf };
})();
