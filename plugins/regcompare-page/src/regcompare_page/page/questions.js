/* The questions of the page: each fact as a control that always accepts "not known". */
"use strict";

const questions = (() => {
  const { el, fresh, listing, named, quoted } = elements;
  const { code, mark, original, say, sayParts } = language;
  const UNKNOWN = "unknown";
  const UNSTATED = "";
  const MAX_RADIOS = 5; // More answers than this go into a list.

  /** An answer in words. */
  function answerWords(page, key, value) {
    const fact = page.model.facts.get(key);
    if (value === null || value === undefined || value === UNKNOWN) return say("not known");
    if (typeof value === "boolean") return say(value ? "yes" : "no");
    if (value.one_of) return listing(value.one_of.map((word) => answerWords(page, key, word)), say("or"));
    if (fact.kind === "country") return countryWords(page, value);
    if (fact.kind === "choice") return say(page.texts.facts[key].answers[value] ?? value);
    if (fact.kind === "day") return value;
    const labels = (members) =>
      members.map((member) => (fact.kind === "set" ? say(fact.answers[member] ?? member) : member));
    const known = listing(labels(value.known)) || say("none");
    if (!value.open.length) return known;
    return say("{known}; perhaps {open}", { known, open: listing(labels(value.open), say("or")) });
  }

  /** A country by its name and code. */
  function countryWords(page, country) {
    const name = page.model.data.countries[country];
    return name ? `${say(name)} (${country})` : country;
  }

  // one question ---------------------------------------------------------------------------------------

  /** The question about a fact; `change` takes the answer, null if nothing is stated. */
  function factQuestion(page, key, change) {
    const fact = page.model.facts.get(key);
    const { question, help } = page.texts.facts[key];
    const controls = { yes_no: wordControl, choice: wordControl, country: wordControl, set: setControl, codes: codesControl, day: dayControl };
    const glosses = page.texts.glosses[key] ?? [];
    return frame(key, { question, help, glosses }, (name, described) =>
      controls[fact.kind](page, fact, change, name, described),
    );
  }

  /** A question in its frame: legend, help, control, and the origin of its answer. */
  function frame(key, { question, help, glosses = [] }, control) {
    const name = fresh("q");
    const helpId = help ? `${name}-help` : null;
    const answerMark = el("p.mark", { id: `${name}-mark` });
    const built = control(name, [helpId, answerMark.id].filter(Boolean).join(" "));
    const fieldset = el(
      "fieldset.question",
      { id: `ask-${key}`, "data-key": key, tabindex: "-1", "aria-describedby": helpId },
      el("legend", mark(question), terms.withTerms(say(question))),
      help ? el("p.help", { id: helpId, ...mark(help) }, say(help)) : null,
      glosses.map((gloss) => el("p.help", original(), gloss)),
      built.element,
      answerMark,
    );
    return {
      key,
      element: fieldset,
      text: `${say(question)} ${say(help)} ${key}`.toLowerCase(),
      sync: (shown) => {
        built.sync(shown);
        const open = shown.isOpen ? say("Open, and could change a result.") : "";
        const marks = [open, ...(shown.mark ?? [])].filter(Boolean);
        answerMark.replaceChildren(...marks.flatMap((words) => [words, " "]).flat());
        fieldset.classList.toggle("is-open", shown.isOpen);
        fieldset.classList.toggle("is-changed", Boolean(shown.isChanged));
      },
    };
  }

  /** Yes and no, choices and countries: radio buttons if they are few, otherwise a list. */
  function wordControl(page, fact, change, name, described) {
    const labels = {
      yes_no: { yes: say("Yes"), no: say("No") },
      choice: fact.answers,
      country: page.model.data.countries,
    }[fact.kind];
    const pairs = Object.entries(labels).map(([word, label]) => [word, say(label)]);
    if (fact.kind === "country") pairs.sort((pair, other) => pair[1].localeCompare(other[1], code()));
    const answers = { [UNSTATED]: null, [UNKNOWN]: UNKNOWN, ...(fact.kind === "yes_no" ? { yes: true, no: false } : {}) };
    const choose = (word) => change(Object.hasOwn(answers, word) ? answers[word] : word);
    return pairs.length <= MAX_RADIOS
      ? radioControl(pairs, choose, name)
      : selectControl(pairs, choose, name, say(page.texts.facts[fact.key].question), described);
  }

  const assumedWords = (presumption) =>
    presumption === null ? "" : say("As assumed: {answer}", { answer: presumption });

  /** The word of the stated answer; "unknown" if nothing is stated or assumed. */
  function shownWord({ stated, presumption }) {
    const word = stated?.one_of ? UNKNOWN : address.answerText(stated);
    return word === UNSTATED && presumption === null ? UNKNOWN : word;
  }

  /** One answer to pick: its button, its label, and their element. */
  function radio(name, value, label, take) {
    const input = el("input", { type: "radio", name, value, change: () => take(value) });
    const text = el("span", label);
    return { input, text, element: el("label.answer", input, " ", text) };
  }

  function radioControl(pairs, choose, name) {
    const options = [...pairs, [UNKNOWN, say("Not known")], [UNSTATED, say("As assumed")]];
    const buttons = new Map(options.map(([word, label]) => [word, radio(name, word, label, choose)]));
    return {
      element: el("div.answers", [...buttons.values()].map(({ element }) => element)),
      sync: (shown) => {
        const unstated = buttons.get(UNSTATED);
        unstated.element.hidden = shown.presumption === null;
        unstated.text.textContent = assumedWords(shown.presumption);
        for (const [word, { input }] of buttons) input.checked = word === shownWord(shown);
      },
    };
  }

  function selectControl(pairs, choose, name, question, described) {
    const unstated = el("option", { value: UNSTATED }, "");
    const select = el(
      "select",
      { name, "aria-label": question, "aria-describedby": described, change: () => choose(select.value) },
      unstated,
      el("option", { value: UNKNOWN }, say("Not known")),
      pairs.map(([word, label]) => el("option", { value: word }, label)),
    );
    return {
      element: el("div.answers", select),
      sync: (shown) => {
        unstated.hidden = unstated.disabled = shown.presumption === null;
        unstated.textContent = assumedWords(shown.presumption);
        select.value = shownWord(shown);
      },
    };
  }

  // sets -------------------------------------------------------------------------------------------------

  /** A set: yes, no or not known for each member. */
  function setControl(page, fact, change, name) {
    const names = Object.keys(fact.answers);
    let current = null;
    const answerOf = (member) => {
      if (current === null || current.open.includes(member)) return "open";
      return current.known.includes(member) ? "yes" : "no";
    };
    /** States the set from the answer about each member. */
    const stateSet = (answer) => {
      const withAnswer = (word) => names.filter((member) => answer(member) === word).sort();
      change(withAnswer("open").length === names.length ? UNKNOWN : { known: withAnswer("yes"), open: withAnswer("open") });
    };
    const inputs = new Map();
    const row = (member) => {
      const cell = (word, label) => {
        const input = el("input", {
          type: "radio",
          name: `${name}-${member}`,
          value: word,
          "aria-label": `${say(fact.answers[member])}: ${label}`,
          change: () => stateSet((other) => (other === member ? word : answerOf(other))),
        });
        inputs.set(`${member} ${word}`, input);
        return el("td", el("label.cell", input));
      };
      return el(
        "tr",
        el("th", { scope: "row" }, say(fact.answers[member])),
        cell("yes", say("yes")),
        cell("no", say("no")),
        cell("open", say("not known")),
      );
    };
    const head = el(
      "tr",
      el("td"),
      ...[say("Yes"), say("No"), "?"].map((word) =>
        el("th", { scope: "col", title: word === "?" ? say("Not known") : null }, word),
      ),
    );
    const table = el("table.members", el("thead", head), el("tbody", names.map(row)));
    const close = () => stateSet((member) => (answerOf(member) === "yes" ? "yes" : "no"));
    const othersNo = el("button.small", { click: close }, say("All others: no"));
    const asAssumed = el("button.small", { click: () => change(null) }, say("As assumed"));
    return {
      element: el("div", table, el("div.buttons", othersNo, asAssumed)),
      sync: (shown) => {
        current = shown.value === UNKNOWN ? null : (shown.value ?? null);
        for (const member of names)
          for (const word of ["yes", "no", "open"])
            inputs.get(`${member} ${word}`).checked = answerOf(member) === word;
        asAssumed.hidden = shown.presumption === null || shown.stated === null;
        othersNo.disabled = current !== null && !current.open.length;
      },
    };
  }

  /** An open list of codes: those that are met, and those that may be. */
  function codesControl(page, fact, change, name, described) {
    const { expected } = page.texts.facts[fact.key];
    const error = el("p.error", { id: `${name}-error`, role: "alert" });
    const field = (label) => {
      const input = el("input", {
        type: "text",
        autocomplete: "off",
        spellcheck: "false",
        autocapitalize: "characters",
        "aria-describedby": `${described} ${error.id}`,
        change: commit,
      });
      return { input, element: el("label.field", el("span", label), input) };
    };
    const known = field(say("Entries it meets"));
    const open = field(say("Entries it may meet"));
    const fields = el("div.fields", known.element, open.element);
    const choices = {
      unknown: radio(name, UNKNOWN, say("Not known"), pick),
      none: radio(name, "none", say("None"), pick),
      some: radio(name, "some", say("These"), pick),
      unstated: radio(name, UNSTATED, "", pick),
    };
    const split = (text) => text.split(/[,;\s]+/).filter(Boolean);
    function commit() {
      const entered = [...split(known.input.value), ...split(open.input.value).map((code) => `?${code}`)];
      const value = entered.length
        ? address.parseAnswer(page.model, fact, entered.join(","))
        : { known: [], open: [] };
      const invalid =
        value === undefined
          ? entered.map((code) => code.replace(/^\?/, "")).filter((code) => !address.isCode(fact, code))
          : [];
      const lead = invalid.length ? `${say("{codes} is not a code.", { codes: listing(invalid) })} ` : "";
      error.textContent =
        value === undefined ? lead + say("Expected {answer}", { answer: say(expected) }) : "";
      for (const { input } of [known, open])
        input.setAttribute("aria-invalid", String(value === undefined));
      if (value !== undefined) change(value);
    }
    function pick(value) {
      if (value === "some") {
        fields.hidden = false;
        known.input.focus();
      } else change(value === UNSTATED ? null : value === "none" ? { known: [], open: [] } : UNKNOWN);
    }
    return {
      element: el("div", el("div.answers", Object.values(choices).map((radioButton) => radioButton.element)), fields, error),
      sync: ({ stated, presumption }) => {
        choices.unstated.element.hidden = presumption === null;
        choices.unstated.text.textContent = assumedWords(presumption);
        const members = stated === null || stated === UNKNOWN ? null : stated;
        const hasMembers = members !== null && members.known.length + members.open.length > 0;
        const defaultChoice = stated === null && presumption !== null ? "unstated" : "unknown";
        const choice = members === null ? defaultChoice : hasMembers ? "some" : "none";
        for (const [key, { input }] of Object.entries(choices)) input.checked = key === choice;
        fields.hidden = !hasMembers;
        known.input.value = hasMembers ? members.known.join(", ") : "";
        open.input.value = hasMembers ? members.open.join(", ") : "";
        error.textContent = "";
        for (const { input } of [known, open]) input.setAttribute("aria-invalid", "false");
      },
    };
  }

  // days, powers, readings -------------------------------------------------------------------------------

  function dayControl(page, fact, change, name, described) {
    const unknown = fact.key === presumptions.FACTS_DATE ? null : UNKNOWN;
    const input = el("input", {
      type: "date",
      name,
      min: "1900-01-01",
      max: "2999-12-31",
      "aria-label": say(page.texts.facts[fact.key].question),
      "aria-describedby": described,
      change: () => {
        if (input.value === "" || address.isDay(input.value)) change(input.value || unknown);
      },
    });
    const clear = el("button.small", { click: () => change(unknown) }, say("Not known"));
    return {
      element: el("div.answers", input, clear),
      sync: ({ stated }) => {
        input.value = stated && stated !== UNKNOWN ? stated : "";
        clear.hidden = input.value === "";
      },
    };
  }

  /** Whether a power that may be used was used. */
  function powerQuestion(page, { id, asks: question, cite, who }, change) {
    const pairs = [["yes", say("Yes")], ["no", say("No")]];
    const choose = (word) => change(word === UNKNOWN ? null : word === "yes");
    return frame(
      `power.${id}`,
      { question, help: say("{provision}; a power of the {who}.", { provision: cite, who: say(named(page, who)) }) },
      (name) => radioControl(pairs, choose, name),
    );
  }

  /** How a doubtful text is read. */
  function readingQuestion({ id, asks: question, cite, readings, says, reason, default: defaultReading }, change) {
    return frame(`reading.${id}`, { question, help: `${id}, ${cite}` }, (name) => {
      const buttons = new Map();
      const answer = (word) => ({ answer: quoted(word) });
      const row = (word, label, explanation) => {
        const take = () => change(word === defaultReading ? null : word);
        const option = radio(name, word, [el("strong", label), explanation ? [": ", quoted(explanation)] : ""], take);
        option.element.classList.add("reading");
        buttons.set(word, option.input);
        return option.element;
      };
      const rows = readings.map((word) =>
        row(word, word === defaultReading ? sayParts("{answer} (assumed)", answer(word)) : quoted(word), says[word]),
      );
      const isOpen = defaultReading === "open";
      const lead = isOpen ? say("Why it is left open:") : sayParts("Why “{answer}” is assumed:", answer(defaultReading));
      const why = el("p.note", lead, " ", quoted(reason));
      return {
        element: el("div.answers.column", rows, row("open", say("leave it open"), ""), why),
        sync: ({ stated }) => {
          for (const [word, input] of buttons) input.checked = word === (stated ?? defaultReading);
        },
      };
    });
  }

  return { answerWords, factQuestion, powerQuestion, readingQuestion };
})();
