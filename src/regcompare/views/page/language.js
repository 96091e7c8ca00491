/* What a reader reads, in the reader's language: the English text is the key, a catalogue has the rest.
 *
 * A text with places in braces takes values by name.  Where a catalogue lacks a text, the English one
 * stands, and `isTranslated` says so, for the mark that screen readers need.
 */
"use strict";

const language = (() => {
  let catalogue = {};
  let chosen = "en";

  /** Takes a language and its catalogue; English has none. */
  function use(code, texts = {}) {
    chosen = code;
    catalogue = texts;
  }

  const filled = (text, values) =>
    text.replace(/\{(\w+)\}/g, (place, name) => (Object.hasOwn(values, name) ? values[name] : place));

  /** A text in the language chosen, its places filled. */
  function say(text, values = {}) {
    return filled(Object.hasOwn(catalogue, text) ? catalogue[text] : text, values);
  }

  /** A text that counts something: the first form for one, the second for any other number. */
  function sayMany(one, many, count, values = {}) {
    return say(count === 1 ? one : many, { count, ...values });
  }

  /** A text as parts, of which a value may be an element, such as one in another language. */
  function sayParts(text, values) {
    return say(text)
      .split(/\{(\w+)\}/)
      .map((part, at) => (at % 2 ? values[part] : part));
  }

  const isTranslated = (text) => chosen === "en" || Object.hasOwn(catalogue, text);

  /** The attribute that marks a text which the catalogue lacks as English. */
  const mark = (text) => (isTranslated(text) ? {} : { lang: "en" });

  /** The attribute that marks what stays as its source has it, such as a sentence of law, as English. */
  const original = () => (chosen === "en" ? {} : { lang: "en" });

  /** Translates what the page itself says: the texts and labels of elements that are there from the start. */
  function translate(root) {
    if (chosen === "en") return;
    document.documentElement.lang = chosen;
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data } = texts.currentNode;
      const said = data.trim().replace(/\s+/g, " ");
      if (said && Object.hasOwn(catalogue, said)) texts.currentNode.data = data.replace(data.trim(), catalogue[said]);
    }
    for (const name of ["aria-label", "placeholder", "title"])
      for (const one of root.querySelectorAll(`[${name}]`)) one.setAttribute(name, say(one.getAttribute(name)));
  }

  return { code: () => chosen, isTranslated, mark, original, say, sayMany, sayParts, translate, use };
})();
