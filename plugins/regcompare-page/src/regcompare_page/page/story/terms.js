/* Legal terms, explained in place: a term is a button that opens its explanation. */
"use strict";

const terms = (() => {
  const { el, fresh } = elements;
  const { say } = language;

  const glossary = () => [
    [say("licence"), say("Permission from a state to send one thing to one buyer. The authority may grant or refuse it.")],
    [say("the authority"), say("The office of the state that decides on exports, such as a ministry. In the EU each country has its own.")],
    [say("standing permit"), say("A permission in the law itself, for everyone who keeps its conditions. Lawyers say: general authorisation.")],
    [say("Annex I"), say("The EU’s list of things that need a licence because they can serve civil and military ends. What is not on it is usually free.")],
    [say("cyber-surveillance items"), say("The name that the EU rules since 2021 give to technology made to watch people in secret, through data from their devices and networks.")],
    [say("catch-all"), say("A rule for what is on no list: it applies if the seller knows, or is warned, what the thing is for.")],
    [say("due diligence"), say("Checking, before a sale, whether it could harm people, and acting on what one finds.")],
    [say("end user"), say("Whoever will use the thing in the end, which need not be whoever pays for it.")],
    [say("covert surveillance"), say("Watching people in such a way that they cannot notice it.")],
    [say("internal repression"), say("Violence and persecution by a state against people in it: torture, killings, arbitrary arrest.")],
  ];

  /** A text in which the first mention of each term opens its explanation. */
  function withTerms(text) {
    const mentions = glossary()
      .map(([term, meaning]) => ({ term, meaning, at: text.toLowerCase().indexOf(term.toLowerCase()) }))
      .filter(({ at }) => at >= 0)
      .sort((one, other) => one.at - other.at);
    const parts = [];
    let start = 0;
    for (const { term, meaning, at } of mentions) {
      if (at < start) continue;
      const words = text.slice(at, at + term.length);
      parts.push(text.slice(start, at), opener(words, meaning));
      start = at + term.length;
    }
    return [...parts, text.slice(start)];
  }

  /** A button that opens what a term means. */
  function opener(term, meaning) {
    const id = fresh("term");
    return [
      el("button.term", { popovertarget: id }, term),
      el("span.meaning", { id, popover: "auto", role: "note" }, el("strong", elements.capital(term)), ": ", meaning),
    ];
  }

  return { glossary, withTerms };
})();
