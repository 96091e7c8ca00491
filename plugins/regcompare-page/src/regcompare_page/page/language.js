/* Texts in the reader's language: the English text is the key of a catalogue.
 *
 * Placeholders in braces take values by name.  A text that a catalogue lacks stays English, and
 * `isTranslated` says so, for the language mark that screen readers need.
 */
"use strict";

const language = (() => {
  let catalogue = {};
  let chosen = "en";

  /** Sets the language and its catalogue; English has none. */
  function use(code, texts = {}) {
    chosen = code;
    catalogue = texts;
  }

  const filled = (text, values) =>
    text.replace(/\{(\w+)\}/g, (placeholder, name) => (Object.hasOwn(values, name) ? values[name] : placeholder));

  /** A text in the chosen language, with its placeholders filled. */
  function say(text, values = {}) {
    return filled(Object.hasOwn(catalogue, text) ? catalogue[text] : text, values);
  }

  /** A text as parts, so that a value may be an element, such as one in another language. */
  function sayParts(text, values) {
    return say(text)
      .split(/\{(\w+)\}/)
      .map((part, at) => (at % 2 ? values[part] : part));
  }

  const isTranslated = (text) => chosen === "en" || Object.hasOwn(catalogue, text);

  /** The attribute that marks an untranslated text as English. */
  const mark = (text) => (isTranslated(text) ? {} : { lang: "en" });

  /** The attribute that marks a text in its original language, such as a sentence of law, as English. */
  const original = () => (chosen === "en" ? {} : { lang: "en" });

  /** A sentence of law in the chosen language, marked as a translation, or failing that in English. */
  const sayLaw = (sentence) => (chosen !== "en" && isTranslated(sentence) ? say("{sentence} (translated)", { sentence: say(sentence) }) : sentence);

  /** Translates the page's own texts and labels, which are there from the start. */
  function translate(root) {
    if (chosen === "en") return;
    document.documentElement.lang = chosen;
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data } = texts.currentNode;
      const text = data.trim().replace(/\s+/g, " ");
      if (text && Object.hasOwn(catalogue, text)) texts.currentNode.data = data.replace(data.trim(), catalogue[text]);
    }
    for (const name of ["aria-label", "placeholder", "title"])
      for (const element of root.querySelectorAll(`[${name}]`)) element.setAttribute(name, say(element.getAttribute(name)));
  }

  return { code: () => chosen, isTranslated, mark, original, say, sayLaw, sayParts, translate, use };
})();
