// What the site's search puts first: a page that answers, then what explains, then the law and lists of names.
var Scorer = {
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: {0: 15, 1: 5, 2: -5},
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
  score: ([page, , , , score]) => {
    if (/^(tutorial|how-to)\//.test(page)) return score + 20;
    if (/^(rulesets\/|reference\/|evidence|coverage|benchmarks)/.test(page)) return score - 10;
    return score;
  },
};
