/* The verdicts of many cases, worked out a little at a time, so that the page answers meanwhile. */
"use strict";

const sweep = (() => {
  const SLICE = 30; // Milliseconds after which the page has its turn.
  let last = 0;

  /** Whether a case is a sale on record: no variant of one, and nothing invented; a file need not say. */
  const isRecorded = (page, id) => (page.cases.get(id).texts.kind ?? "documented") === "documented";

  const recorded = (page) => page.ids.filter((id) => isRecorded(page, id));

  /** Works out what cases come to; says how many are done, and calls when all are.  A newer run ends it. */
  function run(page, ids, progress, done) {
    last += 1;
    const mine = last;
    let at = 0;
    const step = () => {
      if (mine !== last) return;
      const until = performance.now() + SLICE;
      while (at < ids.length && performance.now() < until) page.verdictsOf(ids[at++]);
      if (at === ids.length) return done();
      progress(at);
      setTimeout(step);
    };
    step();
  }

  return { isRecorded, recorded, run };
})();
