/* The questions of the page: each fact as a control that always takes "not known" for an answer. */
"use strict";

const questions = (() => {
  const { el, fresh, listing, named, quoted } = elements;
  const { code, mark, original, say, sayParts } = language;
  const UNKNOWN = "unknown";
  const UNSTATED = "";
  const FEW = 5; // So many answers are shown at once; more stand in a list.

  /** An answer in words. */
  function answerWords(page, key, value) {
    const fact = page.model.facts.get(key);
    if (value === null || value === undefined || value === UNKNOWN) return say("not known");
    if (typeof value === "boolean") return say(value ? "yes" : "no");
    if (value.one_of) return listing(value.one_of.map((word) => answerWords(page, key, word)), say("or"));
    if (fact.kind === "country") return countryWords(page, value);
    if (fact.kind === "choice") return say(page.texts.facts[key].answers[value] ?? value);
    if (fact.kind === "day") return value;
    const said = (members) =>
      members.map((member) => (fact.kind === "set" ? say(fact.answers[member] ?? member) : member));
    const known = listing(said(value.known)) || say("none");
    if (!value.open.length) return known;
    return say("{known}; perhaps {open}", { known, open: listing(said(value.open), say("or")) });
  }

  /** A country by its name and code. */
  function countryWords(page, country) {
    const name = page.model.data.countries[country];
    return name ? `${say(name)} (${country})` : country;
  }

  // one question ---------------------------------------------------------------------------------------

  /** The question about a fact; `change` takes the answer, null where nothing is stated. */
  function factQuestion(page, key, change) {
    const fact = page.model.facts.get(key);
    const { question, help } = page.texts.facts[key];
    const kinds = { yes_no: words, choice: words, country: words, set: members, codes: codeSet, day };
    const glosses = page.texts.glosses[key] ?? [];
    return framed(key, { question, help, glosses }, (name, described) =>
      kinds[fact.kind](page, fact, change, name, described),
    );
  }

  /** A question in its frame: legend, help, control, and where its answer comes from. */
  function framed(key, { question, help, glosses = [] }, control) {
    const name = fresh("q");
    const helpId = help ? `${name}-help` : null;
    const told = el("p.mark", { id: `${name}-mark` });
    const made = control(name, [helpId, told.id].filter(Boolean).join(" "));
    const frame = el(
      "fieldset.question",
      { id: `ask-${key}`, "data-key": key, tabindex: "-1", "aria-describedby": helpId },
      el("legend", mark(question), terms.explained(say(question))),
      help ? el("p.help", { id: helpId, ...mark(help) }, say(help)) : null,
      glosses.map((gloss) => el("p.help", original(), gloss)),
      made.element,
      told,
    );
    return {
      key,
      element: frame,
      text: `${say(question)} ${say(help)} ${key}`.toLowerCase(),
      sync: (shown) => {
        made.sync(shown);
        const open = shown.isOpen ? say("Open, and could change a result.") : "";
        const marks = [open, ...(shown.mark ?? [])].filter(Boolean);
        told.replaceChildren(...marks.flatMap((one) => [one, " "]).flat());
        frame.classList.toggle("is-open", shown.isOpen);
        frame.classList.toggle("is-changed", Boolean(shown.isChanged));
      },
    };
  }

  /** Yes and no, choices and countries: radio buttons where they are few, else a list. */
  function words(page, fact, change, name, described) {
    const labels = {
      yes_no: { yes: say("Yes"), no: say("No") },
      choice: fact.answers,
      country: page.model.data.countries,
    }[fact.kind];
    const pairs = Object.entries(labels).map(([word, label]) => [word, say(label)]);
    if (fact.kind === "country") pairs.sort((one, other) => one[1].localeCompare(other[1], code()));
    const answers = { [UNSTATED]: null, [UNKNOWN]: UNKNOWN, ...(fact.kind === "yes_no" ? { yes: true, no: false } : {}) };
    const taken = (word) => change(Object.hasOwn(answers, word) ? answers[word] : word);
    return pairs.length <= FEW
      ? radios(pairs, taken, name)
      : listed(pairs, taken, name, say(page.texts.facts[fact.key].question), described);
  }

  const assumed = (presumption) =>
    presumption === null ? "" : say("As assumed: {answer}", { answer: presumption });

  /** The word of the answer stated; where nothing is stated and nothing assumed, it is not known. */
  function shownWord({ stated, presumption }) {
    const word = stated?.one_of ? UNKNOWN : address.written(stated);
    return word === UNSTATED && presumption === null ? UNKNOWN : word;
  }

  /** One answer to pick: its button, its label, and the element that holds both. */
  function radio(name, value, label, take) {
    const input = el("input", { type: "radio", name, value, change: () => take(value) });
    const text = el("span", label);
    return { input, text, element: el("label.answer", input, " ", text) };
  }

  function radios(pairs, taken, name) {
    const words = [...pairs, [UNKNOWN, say("Not known")], [UNSTATED, say("As assumed")]];
    const buttons = new Map(words.map(([word, label]) => [word, radio(name, word, label, taken)]));
    return {
      element: el("div.answers", [...buttons.values()].map(({ element }) => element)),
      sync: (shown) => {
        const unstated = buttons.get(UNSTATED);
        unstated.element.hidden = shown.presumption === null;
        unstated.text.textContent = assumed(shown.presumption);
        for (const [own, { input }] of buttons) input.checked = own === shownWord(shown);
      },
    };
  }

  function listed(pairs, taken, name, question, described) {
    const unstated = el("option", { value: UNSTATED }, "");
    const select = el(
      "select",
      { name, "aria-label": question, "aria-describedby": described, change: () => taken(select.value) },
      unstated,
      el("option", { value: UNKNOWN }, say("Not known")),
      pairs.map(([word, label]) => el("option", { value: word }, label)),
    );
    return {
      element: el("div.answers", select),
      sync: (shown) => {
        unstated.hidden = unstated.disabled = shown.presumption === null;
        unstated.textContent = assumed(shown.presumption);
        select.value = shownWord(shown);
      },
    };
  }

  // sets -------------------------------------------------------------------------------------------------

  /** A set: for each member yes, no or not known. */
  function members(page, fact, change, name) {
    const names = Object.keys(fact.answers);
    let now = null;
    const said = (member) => {
      if (now === null || now.open.includes(member)) return "open";
      return now.known.includes(member) ? "yes" : "no";
    };
    /** States the set anew, from what is to be said of each member. */
    const give = (wanted) => {
      const of = (word) => names.filter((member) => wanted(member) === word).sort();
      change(of("open").length === names.length ? UNKNOWN : { known: of("yes"), open: of("open") });
    };
    const inputs = new Map();
    const row = (member) => {
      const cell = (word, label) => {
        const input = el("input", {
          type: "radio",
          name: `${name}-${member}`,
          value: word,
          "aria-label": `${say(fact.answers[member])}: ${label}`,
          change: () => give((one) => (one === member ? word : said(one))),
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
    const close = () => give((member) => (said(member) === "yes" ? "yes" : "no"));
    const rest = el("button.small", { click: close }, say("All others: no"));
    const presumed = el("button.small", { click: () => change(null) }, say("As assumed"));
    return {
      element: el("div", table, el("div.buttons", rest, presumed)),
      sync: (shown) => {
        now = shown.value === UNKNOWN ? null : (shown.value ?? null);
        for (const member of names)
          for (const word of ["yes", "no", "open"])
            inputs.get(`${member} ${word}`).checked = said(member) === word;
        presumed.hidden = shown.presumption === null || shown.stated === null;
        rest.disabled = now !== null && !now.open.length;
      },
    };
  }

  /** An open list of codes: those that are met, and those that may be. */
  function codeSet(page, fact, change, name, described) {
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
    const parts = (text) => text.split(/[,;\s]+/).filter(Boolean);
    function commit() {
      const given = [...parts(known.input.value), ...parts(open.input.value).map((code) => `?${code}`)];
      const value = given.length
        ? address.read(page.model, fact, given.join(","))
        : { known: [], open: [] };
      const wrong =
        value === undefined
          ? given.map((code) => code.replace(/^\?/, "")).filter((code) => !address.isCode(fact, code))
          : [];
      const lead = wrong.length ? `${say("{codes} is not a code.", { codes: listing(wrong) })} ` : "";
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
      element: el("div", el("div.answers", Object.values(choices).map((one) => one.element)), fields, error),
      sync: ({ stated, presumption }) => {
        choices.unstated.element.hidden = presumption === null;
        choices.unstated.text.textContent = assumed(presumption);
        const set = stated === null || stated === UNKNOWN ? null : stated;
        const some = set !== null && set.known.length + set.open.length > 0;
        const unset = stated === null && presumption !== null ? "unstated" : "unknown";
        const pickNow = set === null ? unset : some ? "some" : "none";
        for (const [own, { input }] of Object.entries(choices)) input.checked = own === pickNow;
        fields.hidden = !some;
        known.input.value = some ? set.known.join(", ") : "";
        open.input.value = some ? set.open.join(", ") : "";
        error.textContent = "";
        for (const { input } of [known, open]) input.setAttribute("aria-invalid", "false");
      },
    };
  }

  // days, powers, readings -------------------------------------------------------------------------------

  function day(page, fact, change, name, described) {
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
    const taken = (word) => change(word === UNKNOWN ? null : word === "yes");
    return framed(
      `power.${id}`,
      { question, help: say("{provision}; a power of the {who}.", { provision: cite, who: say(named(page, who)) }) },
      (name) => radios(pairs, taken, name),
    );
  }

  /** How a doubtful text is read. */
  function readingQuestion({ id, asks: question, cite, readings, says, reason, default: usual }, change) {
    return framed(`reading.${id}`, { question, help: `${id}, ${cite}` }, (name) => {
      const buttons = new Map();
      const answer = (word) => ({ answer: quoted(word) });
      const row = (word, label, said) => {
        const take = () => change(word === usual ? null : word);
        const made = radio(name, word, [el("strong", label), said ? [": ", quoted(said)] : ""], take);
        made.element.classList.add("reading");
        buttons.set(word, made.input);
        return made.element;
      };
      const rows = readings.map((word) =>
        row(word, word === usual ? sayParts("{answer} (assumed)", answer(word)) : quoted(word), says[word]),
      );
      const isOpen = usual === "open";
      const lead = isOpen ? say("Why it is left open:") : sayParts("Why “{answer}” is assumed:", answer(usual));
      const why = el("p.note", lead, " ", quoted(reason));
      return {
        element: el("div.answers.column", rows, row("open", say("leave it open"), ""), why),
        sync: ({ stated }) => {
          for (const [word, input] of buttons) input.checked = word === (stated ?? usual);
        },
      };
    });
  }

  return { answerWords, factQuestion, powerQuestion, readingQuestion };
})();
