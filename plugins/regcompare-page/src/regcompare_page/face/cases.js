/* The list of cases: filtered by words and by what is on record; without a script it is whole. */
"use strict";

(() => {
  const form = document.querySelector("form.search");
  const rows = [...document.querySelectorAll("table.list tbody tr")];
  const [words, kind, found] = ["words", "kind", "found"].map((id) => document.getElementById(id));

  function filter() {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const isKind = !kind.value || row.dataset.kind === kind.value;
      row.hidden = !isKind || !wanted.every((word) => row.dataset.words.includes(word));
    }
    found.textContent = `${rows.filter(({ hidden }) => !hidden).length} / ${rows.length}`;
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  words.addEventListener("input", filter);
  kind.addEventListener("change", filter);
  filter();
})();
