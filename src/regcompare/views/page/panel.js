/* The questions beside the regimes: in sections, with a search, and a filter for what matters. */
"use strict";

const panel = (() => {
  const { byId, el, isCalm, quoted } = elements;
  const { say, sayParts } = language;

  /** Makes the questions, once; `actions` change the state. */
  function draw(page, { change, changeFact, changeReading }) {
    const { data } = page.model;
    const sections = [
      { name: "scenario", title: say("When it happened"), facts: [presumptions.FACTS_DATE] },
      ...data.sections,
    ];
    page.questions = new Map();
    const keep = (question) => {
      page.questions.set(question.key, question);
      return question.element;
    };
    const fact = (key) => keep(questions.factQuestion(page, key, (value) => changeFact(key, value)));
    const power = (one) =>
      keep(questions.powerQuestion(page, one, (used) => change({ powers: { ...page.state.powers, [one.id]: used } })));
    const reading = (doubt) =>
      keep(questions.readingQuestion(doubt, (word) => changeReading(doubt.id, word)));
    const groups = [
      ...sections.map(({ name, title, facts }) => section(name, title, facts.map(fact))),
      section("powers", say("How powers were used"), data.powers.map(power)),
      section("readings", say("How doubtful texts are interpreted"), data.doubts.map(reading)),
    ].filter(({ keys }) => keys.length);
    page.sections = groups;
    byId("sections").replaceChildren(...groups.map((group) => group.element));
  }

  function section(name, title, made) {
    const count = el("span.count");
    const element = el(
      "details.section",
      { id: `section-${name}`, open: name === "item" },
      el("summary", el("span", say(title)), " ", count),
      made,
    );
    return { name, element, count, keys: made.map((one) => one.dataset.key) };
  }

  /** What a question shows: the answer stated, what is assumed without one, where it comes from. */
  function shownAnswer(page, key, scenario, known, unstated, open) {
    const [kind, id] = [key.slice(0, key.indexOf(".")), key.slice(key.indexOf(".") + 1)];
    const asked = key.replace(/^reading\.text\./, "text.").replace(/^power\./, "discretion.");
    const alone = (stated, isAnswered, isChanged) =>
      ({ stated, value: stated, presumption: null, isOpen: open.has(asked), isAnswered, isChanged });
    if (kind === "power") {
      const used = scenario.discretion[id] ?? "unknown";
      return alone(used, used !== "unknown");
    }
    if (kind === "reading") {
      const reading = page.state.readings[id] ?? null;
      return alone(reading, reading !== null, reading !== null);
    }
    if (key === presumptions.FACTS_DATE)
      return alone(scenario.date ?? null, Boolean(scenario.date), scenario.date !== page.base().date);
    const stated = scenario.facts[key] ?? null;
    const value = known.values.get(key) ?? null;
    const presumption = unstated.has(key) ? questions.answerWords(page, key, unstated.get(key)) : null;
    const disputed = page.cases.get(page.state.id).texts.disputed[key];
    const isChanged = !address.same(stated, page.base().facts[key] ?? null);
    const first = page.base().facts[key];
    const answer = first === undefined ? say("not stated") : questions.answerWords(page, key, first);
    const mark = [
      disputed ? sayParts("Disputed: {note}.", { note: quoted(disputed.replace(/\.+$/, "")) }) : null,
      isChanged ? say("In the original case: {answer}.", { answer }) : null,
      stated === null && presumption !== null ? say("Assumed, not stated.") : null,
    ];
    const isAnswered = value !== null && value !== "unknown";
    return { stated, value, presumption, isOpen: open.has(asked), isAnswered, isChanged, mark };
  }

  /** Brings every question to the answers of a scenario. */
  function sync(page, scenario) {
    const known = presumptions.established(page.model, scenario);
    const bare = { ...scenario, facts: sources(page, scenario.facts) };
    const unstated = presumptions.established(page.model, bare).values;
    const open = new Set(page.isHidden() ? [] : page.results.flatMap(({ worth }) => worth.map((one) => one.name)));
    const counts = new Map();
    for (const [key, question] of page.questions) {
      const shown = shownAnswer(page, key, scenario, known, unstated, open);
      question.sync(shown);
      counts.set(key, shown.isAnswered);
    }
    for (const { name, keys, count } of page.sections) {
      const values = { count: keys.filter((key) => counts.get(key)).length, all: keys.length };
      count.textContent = say(name === "readings" ? "{count} of {all} changed" : "{count} of {all} answered", values);
    }
    filter(page);
  }

  /** The stated facts that an ordinary answer may copy; without the others what is presumed shows. */
  function sources(page, facts) {
    const copied = new Set(page.model.data.facts.map((fact) => fact.same).filter(Boolean));
    return Object.fromEntries(Object.entries(facts).filter(([key]) => copied.has(key)));
  }

  /** Hides the questions that the search and the filter leave out. */
  function filter(page) {
    const { text, which } = page.filter;
    const named = (key) => askedName(page.model.question[key]);
    const asked = new Set(page.results.flatMap(({ verdict }) => verdict.machine.keys.map(named)));
    const open = new Set(page.results.flatMap(({ worth }) => worth.map((one) => askedAs(one.name))));
    const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { element, keys } of page.sections) {
      const shown = keys.filter((key) => {
        const fits = which === "all" || (which === "asked" ? asked : open).has(key);
        const question = page.questions.get(key);
        const is = fits && wanted.every((word) => question.text.includes(word));
        question.element.hidden = !is;
        return is;
      });
      count += shown.length;
      element.hidden = shown.length === 0;
      if (wanted.length && shown.length) element.open = true;
    }
    byId("found").textContent = found(page, which, wanted.length > 0, count);
  }

  /** How many questions are shown, where some are left out. */
  function found(page, which, isSearched, count) {
    if (which === "all" && !isSearched) return "";
    return which === "open" && !isSearched && !count
      ? say("None: no open question could change a result. To see what another answer would do, show all questions.")
      : say("{count} of {all} questions", { count, all: page.questions.size });
  }

  const askedAs = (name) => name.replace(/^discretion\./, "power.").replace(/^text\./, "reading.text.");
  const askedName = ({ key, name, member }) =>
    ({ reading: `reading.${member}`, discretion: `power.${member}` })[name] ?? (member ? name : key);

  /** Leads to a question, and opens what hides it. */
  function ask(page, name) {
    const question = page.questions.get(askedAs(name));
    if (!question) return;
    if (question.element.hidden) {
      page.filter = { text: "", which: "all" };
      byId("search").value = "";
      byId("which").value = "all";
      filter(page);
    }
    question.element.closest("details").open = true;
    const control = question.element.querySelector("input:checked, select, input");
    question.element.scrollIntoView({ block: "center", behavior: isCalm() ? "auto" : "smooth" });
    (control ?? question.element).focus({ preventScroll: true });
  }

  return { ask, draw, filter, sync };
})();
