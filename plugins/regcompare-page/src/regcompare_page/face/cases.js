/* The list of cases: filtered by words, by what is on record, and by what a law says at least or at most; without a script it is whole. */
"use strict";

(() => {
  const form = document.querySelector("form.search");
  const rows = [...document.querySelectorAll("table.list tbody tr")];
  const [words, kind, outcome, found] = ["words", "kind", "outcome", "found"].map((id) => document.getElementById(id));

  function filter() {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const isKind = !kind.value || row.dataset.kind === kind.value;
      const isFound = !outcome.value || row.dataset.ends.split(" ").includes(outcome.value);
      row.hidden = !isKind || !isFound || !wanted.every((word) => row.dataset.words.includes(word));
    }
    found.textContent = `${rows.filter(({ hidden }) => !hidden).length} / ${rows.length}`;
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  words.addEventListener("input", filter);
  for (const choice of [kind, outcome]) choice.addEventListener("change", filter);
  filter();
})();
