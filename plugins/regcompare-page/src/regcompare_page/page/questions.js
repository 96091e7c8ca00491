/* The questions of the page: each with a control that always accepts "not known".
 *
 * What a control holds is the answer as the address writes it: a word, a day, or codes between commas.
 */
"use strict";

const questions = (() => {
  const { el, listing, quoted } = elements;
  const { code, mark, original, say, sayParts } = language;
  const UNKNOWN = "unknown";
  const UNSTATED = "";

  /** An answer in words. */
  function answerWords(page, key, value) {
    const { kind, answers, short } = page.questions.get(key);
    if (value === null || value === undefined || value === UNKNOWN) return say("not known");
    if (typeof value === "boolean") return say(value ? "yes" : "no");
    if (value.from) return say("between {from} and {to}", value);
    if (value.one_of) return listing(value.one_of.map((word) => answerWords(page, key, word)), say("or"));
    if (kind === "country") return answers[value] ? `${say(answers[value])} (${value})` : value;
    if (typeof value === "string") return say(short?.[value] ?? value);
    const labels = (members) => members.map((member) => (kind === "set" ? say(answers[member] ?? member) : member));
    const known = listing(labels(value.known)) || say("none");
    if (!value.open.length) return known;
    return say("{known}; perhaps {open}", { known, open: listing(labels(value.open), say("or")) });
  }

  // one question ---------------------------------------------------------------------------------------

  /** A question in its frame, with its control; `change` takes the answer, null if nothing is stated. */
  function draw(page, question, change) {
    const { key, kind, question: asks, help, glosses = [] } = question;
    const id = `ask-${key}`;
    const control = { set: setControl, codes: codesControl, day: dayControl, word: readingControl }[kind] ?? wordControl;
    const built = control(page, question, change, { "aria-labelledby": `${id}-legend`, "aria-describedby": `${id}-help ${id}-mark` });
    const answerMark = el("p.mark", { id: `${id}-mark` });
    const fieldset = el(
      "fieldset.question",
      { id, "data-key": key, tabindex: "-1" },
      el("legend", { id: `${id}-legend`, ...mark(asks) }, say(asks)),
      el("p.help", { id: `${id}-help`, ...mark(help) }, say(help)),
      glosses.map((gloss) => el("p.help", original(), gloss)),
      built.element,
      answerMark,
    );
    return {
      element: fieldset,
      text: `${say(asks)} ${say(help)} ${key}`.toLowerCase(),
      sync: (shown) => {
        built.sync(shown);
        const open = shown.isOpen ? say("Open, and could change a result.") : "";
        answerMark.replaceChildren(...[open, ...shown.marks].filter(Boolean).flatMap((words) => [words, " "]).flat());
        fieldset.classList.toggle("is-open", shown.isOpen);
        fieldset.classList.toggle("is-changed", shown.isChanged);
      },
    };
  }

  /** A list of words to pick one from. */
  function picker(pairs, attributes) {
    return el("select", attributes, pairs.map(([value, word]) => el("option", { value }, word)));
  }

  /** Yes and no, choices and countries. */
  function wordControl(page, question, change, attributes) {
    const labels = question.answers ?? { yes: say("Yes"), no: say("No") };
    const pairs = Object.entries(labels).map(([word, label]) => [word, say(label)]);
    if (question.kind === "country") pairs.sort((pair, other) => pair[1].localeCompare(other[1], code()));
    const choose = () => change(address.parseAnswer(question, select.value));
    const select = picker([[UNSTATED, ""], [UNKNOWN, say("Not known")], ...pairs], { ...attributes, change: choose });
    const [unstated] = select.options;
    return {
      element: select,
      sync: ({ stated, presumption }) => {
        unstated.hidden = unstated.disabled = presumption === null;
        unstated.textContent = presumption === null ? "" : say("As assumed: {answer}", { answer: presumption });
        const word = stated?.one_of ? UNKNOWN : address.answerText(stated);
        select.value = word === UNSTATED && presumption === null ? UNKNOWN : word;
      },
    };
  }

  /** A set: yes, no or not known for each member. */
  function setControl(page, { answers }, change, { "aria-describedby": described }) {
    const members = Object.keys(answers);
    let current = null;
    const answerOf = (member) => {
      if (current === null || current.open.includes(member)) return "open";
      return current.known.includes(member) ? "yes" : "no";
    };
    /** States the set from the answer about each member. */
    const stateSet = (answer) => {
      const withAnswer = (word) => members.filter((member) => answer(member) === word).sort();
      change(withAnswer("open").length === members.length ? UNKNOWN : { known: withAnswer("yes"), open: withAnswer("open") });
    };
    const words = [["yes", say("yes")], ["no", say("no")], ["open", say("not known")]];
    const choose = ({ target }) => stateSet((member) => (selects[members.indexOf(member)] === target ? target.value : answerOf(member)));
    const selects = members.map(() => picker(words, { "aria-describedby": described, change: choose }));
    const othersNo = el("button.small", { click: () => stateSet((member) => (answerOf(member) === "yes" ? "yes" : "no")) }, say("All others: no"));
    const asAssumed = el("button.small", { click: () => change(null) }, say("As assumed"));
    const rows = members.map((member, at) => el("label.member", el("span", say(answers[member])), " ", selects[at]));
    return {
      element: el("div", rows, el("div.buttons", othersNo, asAssumed)),
      sync: ({ stated, value, presumption }) => {
        current = value === UNKNOWN ? null : (value ?? null);
        members.forEach((member, at) => (selects[at].value = answerOf(member)));
        asAssumed.hidden = presumption === null || stated === null;
        othersNo.disabled = current !== null && !current.open.length;
      },
    };
  }

  /** Codes between commas. */
  function codesControl(page, question, change, attributes) {
    const error = el("p.error", { role: "alert" });
    const commit = () => {
      const text = input.value.trim();
      const value = address.parseAnswer(question, text);
      input.setAttribute("aria-invalid", String(value === undefined));
      const wrong = text.split(",").map((member) => member.trim().replace(/^\?/, "")).filter((member) => !address.isCode(question, member));
      const expected = say("Expected {answer}", { answer: say(question.expected) });
      error.textContent = value === undefined ? `${say("{codes} is not a code.", { codes: listing(wrong) })} ${expected}` : "";
      if (value !== undefined) change(value);
    };
    const input = el("input", { type: "text", autocomplete: "off", spellcheck: "false", ...attributes, change: commit });
    const note = el("p.help", say("Entries separated by commas, with a question mark before one that it may meet; none; or unknown."));
    return {
      element: el("div", note, input, error),
      sync: ({ stated }) => {
        input.value = address.answerText(stated);
        input.setAttribute("aria-invalid", "false");
        error.textContent = "";
      },
    };
  }

  function dayControl(page, { unknown }, change, attributes) {
    const commit = () => (input.value === "" || address.isDay(input.value)) && change(input.value || unknown);
    const input = el("input", { type: "date", min: "1900-01-01", max: "2999-12-31", ...attributes, change: commit });
    const clear = el("button.small", { click: () => change(unknown) }, say("Not known"));
    return {
      element: el("div.buttons", input, clear),
      sync: ({ stated }) => {
        input.value = stated && stated !== UNKNOWN ? stated : "";
        clear.hidden = input.value === "";
      },
    };
  }

  /** How a doubtful text is read, with what each reading means. */
  function readingControl(page, { answers, readings, default: usual, reason }, change, attributes) {
    const options = [...readings.map((word) => el("option", original(), word)), el("option", { value: "open" }, answers.open)];
    const select = el("select", { ...attributes, change: () => change(select.value) }, options);
    const meanings = readings.map((word) => [el("strong", quoted(word)), ": ", quoted(answers[word])]);
    const lead = usual === "open" ? say("Why it is left open:") : sayParts("Why “{answer}” is assumed:", { answer: quoted(usual) });
    return {
      element: el("div", select, elements.list(meanings), el("p.note", lead, " ", quoted(reason))),
      sync: ({ stated }) => (select.value = stated),
    };
  }

  return { answerWords, draw };
})();
