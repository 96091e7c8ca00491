/* The verdicts of many cases, computed in slices, so that the page stays responsive. */
"use strict";

const sweep = (() => {
  const SLICE = 30; // Milliseconds before control returns to the page.
  let latestRun = 0;

  /** Whether a case is a sale on record, not a variant or invented; that is the default. */
  const isRecorded = (page, id) => (page.cases.get(id).texts.kind ?? "documented") === "documented";

  /** The sales on record, each with the cases that form it. */
  function sales(page) {
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

  /** Evaluates cases, reports progress in an element, and calls `onDone` at the end.  A newer run stops it. */
  function run(page, ids, status, total, onDone) {
    latestRun += 1;
    const runNumber = latestRun;
    let nextIndex = 0;
    const step = () => {
      if (runNumber !== latestRun) return;
      const deadline = performance.now() + SLICE;
      while (nextIndex < ids.length && performance.now() < deadline) page.verdictsOf(ids[nextIndex++]);
      if (nextIndex === ids.length) return onDone();
      status.textContent = language.say("Working through the cases: {count} of {all}.", { count: nextIndex, all: total });
      setTimeout(step);
    };
    step();
  }

  return { isRecorded, run, sales, verdictsOf };
})();
