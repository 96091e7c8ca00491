/* Elements of the page.  Text goes in as text, never as markup. */
"use strict";

const elements = (() => {
  const { original, say } = language;
  let serial = 0;

  /** An id that no other element has. */
  function fresh(prefix) {
    serial += 1;
    return `${prefix}-${serial}`;
  }

  /** Makes an element; attributes that are false or null are left out, functions listen to events. */
  function el(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (typeof value === "function") made.addEventListener(name, value);
      else made.setAttribute(name, value === true ? "" : String(value));
    }
    made.append(
      ...children
        .flat(Infinity)
        .filter((child) => child !== null && child !== undefined && child !== ""),
    );
    return made;
  }

  /** A list with one item for each of some contents; null where there is none. */
  function list(contents, attributes = {}) {
    return contents.length
      ? el(
          "ul",
          attributes,
          contents.map((content) => el("li", {}, content)),
        )
      : null;
  }

  /** Words as a list in a sentence. */
  function listing(words, last = say("and")) {
    return words.length < 2
      ? words.join("")
      : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
  }

  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  /** An outcome as shape and word, in its colour. */
  function outcome(texts, number, attributes = {}) {
    const look = texts.outcomes[number];
    const shape = el("span", { class: "shape", "aria-hidden": "true" }, look.glyph);
    return el(
      "span",
      { class: `outcome o-${look.slug}`, ...attributes },
      shape,
      " ",
      el("span", {}, say(look.word)),
    );
  }

  /** A span as one outcome, or as two with "to" between them. */
  function span(texts, [low, high]) {
    if (low === high) return [outcome(texts, low)];
    return [outcome(texts, low), el("span", { class: "to" }, ` ${say("to")} `), outcome(texts, high)];
  }

  /** A provision, leading to its text as it was on a day, where an address is known. */
  function citation({ texts }, { text, place, law }, day) {
    const [published, states] = texts.laws[language.code()][law];
    const state = states.find(([from]) => day !== null && from <= day);
    const href = state ? state[1] : published;
    const words = `${text} ${place}`;
    return el("cite", original(), href ? el("a", { href, rel: "noreferrer" }, words) : words);
  }

  return { capital, citation, el, fresh, list, listing, outcome, span };
})();
