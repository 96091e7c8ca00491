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

  /** The result of a sale under each regime shown: the strictest of its parts. */
  function verdictsOf(page, { parts }) {
    const partVerdicts = parts.map((id) => page.verdictsOf(id));
    return partVerdicts[0].map((first, at) => {
      const spans = partVerdicts.map((verdicts) => verdicts[at].span).filter(Boolean);
      if (!spans.length) return first;
      const [low, high] = [0, 1].map((end) => Math.max(...spans.map((span) => span[end])));
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
