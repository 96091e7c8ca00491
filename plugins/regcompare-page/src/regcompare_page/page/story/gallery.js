/* All cases as cards: every sale on record with its three results as dots, then the puzzles. */
"use strict";

const gallery = (() => {
  const { el } = elements;
  const { say } = language;

  function draw(page, root) {
    const recorded = page.ids.filter((id) => page.cases.get(id).texts.kind !== "teaching");
    root.replaceChildren(
      el("h1", { tabindex: "-1" }, say("All cases on record")),
      el("p.told-story", say("Each card is a case: a sale, a licence, a refusal, an offer, or a use that came to light. The three dots show what EU rules until 2021, EU rules since 2021 and Amnesty say; open a card to see why.")),
      el("ul.cards-of-sales", recorded.map((id) => card(page, id))),
      ...page.puzzles.flatMap(([question, ids]) => [
        el("h2", language.mark(question), say(question)),
        el("ul.cards-of-sales", ids.map((id) => card(page, id))),
      ]),
    );
  }

  function card(page, id) {
    const { facts: scenario, texts } = page.cases.get(id);
    const tool = questions.answerWords(page, "item.technology", scenario.facts["item.technology"]);
    const numbers = page.shownNumbers();
    return el(
      "li",
      el(
        "a.sale-card",
        { href: page.caseLink(id, { guess: texts.kind === "teaching" }) },
        el("span.route", facts.route(page, scenario)),
        el("strong", language.mark(texts.title), say(texts.title)),
        el("span.note", tool),
        texts.kind === "teaching" ? null : gates.signature(page, numbers, page.verdictsOf(id)),
      ),
    );
  }

  return { draw };
})();
