/* Elements of the page.  Text is inserted as text, never as markup. */
"use strict";

const elements = (() => {
  const { original, say } = language;

  const byId = (id) => document.getElementById(id);

  /** Makes an element, such as `el("p.note", { id }, "text")`: classes after the tag, then attributes if any.
   *
   * Attributes that are false or null are left out; functions become event listeners.
   */
  function el(name, ...content) {
    const [tag, ...classes] = name.split(".");
    const [attributes, ...children] = content[0]?.constructor === Object ? content : [{}, ...content];
    const element = document.createElement(tag);
    element.classList.add(...classes);
    if (tag === "button") element.type = "button";
    for (const [key, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (typeof value === "function") element.addEventListener(key, value);
      else element.setAttribute(key, value === true ? "" : String(value));
    }
    element.append(
      ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""),
    );
    return element;
  }

  /** A text in its original language, such as a sentence of law. */
  const quoted = (text) => el("span", original(), text);

  /** A text of a case in the reader's language, marked where it has no translation. */
  const spoken = (text) => el("span", language.mark(text), say(text));

  /** A picture that was drawn beforehand. */
  const drawn = (svg) => document.createRange().createContextualFragment(svg);

  /** A list with one item for each content; null if there is none. */
  function list(contents, attributes = {}) {
    if (!contents.length) return null;
    return el("ul.plain", { ...attributes }, contents.map((content) => el("li", content)));
  }

  const folds = new Map();

  /** A part that opens and closes, and is as the reader left it when it is drawn again. */
  function fold(id, tag, summary, contents, isOpen = false) {
    const toggle = ({ target }) => folds.set(id, target.open);
    return el(tag, { id, open: folds.get(id) ?? isOpen, toggle }, el("summary", { id: `${id}-summary` }, summary), contents);
  }

  /** Words as a list in a sentence. */
  function listing(words, last = say("and")) {
    return words.length < 2
      ? words.join("")
      : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
  }

  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  /** A provision, linked to its text as of a day if an address is known. */
  function citation({ texts }, { cite, instrument, anchor }, day) {
    const [published, states] = texts.laws[language.code()][instrument];
    const state = states.find(([from]) => day !== null && from <= day);
    const address = state ? state[1] : published;
    const href = address && address + (anchor ?? "");
    return el("cite", original(), href ? el("a", { href, rel: "noreferrer" }, cite) : cite);
  }

  /** The label of a word of the law, which a plugin may declare. */
  const named = ({ model }, word) => model.data.words[word] ?? word;

  /** A source of a case, with its link. */
  const source = ({ text, url }) => (url ? el("a", { href: url, rel: "noreferrer" }, text) : text);

  return { byId, capital, citation, drawn, el, fold, list, listing, named, quoted, source, spoken };
})();
