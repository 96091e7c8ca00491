/* The verdicts of many cases, worked out a little at a time, so that the page answers meanwhile. */
"use strict";

const sweep = (() => {
  const SLICE = 30; // Milliseconds after which the page has its turn.
  let last = 0;

  /** Whether a case is a sale on record: no variant of one, and nothing invented; a file need not say. */
  const isRecorded = (page, id) => (page.cases.get(id).texts.kind ?? "documented") === "documented";

  /** The sales on record, each with the cases that are its parts. */
  function sales(page) {
    const found = new Map();
    for (const id of page.ids.filter((one) => isRecorded(page, one))) {
      const { sale } = page.cases.get(id).texts;
      found.set(sale, [...(found.get(sale) ?? []), id]);
    }
    return [...found.values()].map((parts) => ({ id: parts[0], parts }));
  }

  /** What a sale comes to under each regime shown: the strictest of its parts. */
  function verdictsOf(page, { parts }) {
    const found = parts.map((id) => page.verdictsOf(id));
    return found[0].map((first, at) => {
      const spans = found.map((verdicts) => verdicts[at].span).filter(Boolean);
      if (!spans.length) return first;
      const [low, high] = [0, 1].map((end) => Math.max(...spans.map((span) => span[end])));
      return { ...first, contradiction: false, inForce: true, inScope: true, span: [low, high] };
    });
  }

  /** Works out what cases come to; says in an element how many are done, and calls when all are.  A newer run ends it. */
  function run(page, ids, told, all, done) {
    last += 1;
    const mine = last;
    let at = 0;
    const step = () => {
      if (mine !== last) return;
      const until = performance.now() + SLICE;
      while (at < ids.length && performance.now() < until) page.verdictsOf(ids[at++]);
      if (at === ids.length) return done();
      told.textContent = language.say("Working through the cases: {count} of {all}.", { count: at, all });
      setTimeout(step);
    };
    step();
  }

  return { isRecorded, run, sales, verdictsOf };
})();
