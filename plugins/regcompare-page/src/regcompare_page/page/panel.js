/* The panel of questions: in sections, with a search, and a filter for what matters. */
"use strict";

const panel = (() => {
  const { byId, el, isCalm, quoted } = elements;
  const { say, sayParts } = language;

  /** Builds the questions, once; `actions` change the state. */
  function draw(page, { change, changeFact, changeReading }) {
    const { data } = page.model;
    const sections = [
      { name: "scenario", title: say("When it happened"), facts: [presumptions.FACTS_DATE] },
      ...data.sections,
    ];
    page.questions = new Map();
    const register = (question) => {
      page.questions.set(question.key, question);
      return question.element;
    };
    const fact = (key) => register(questions.factQuestion(page, key, (value) => changeFact(key, value)));
    const power = (power) =>
      register(questions.powerQuestion(page, power, (used) => change({ powers: { ...page.state.powers, [power.id]: used } })));
    const reading = (doubt) =>
      register(questions.readingQuestion(doubt, (word) => changeReading(doubt.id, word)));
    const groups = [
      ...sections.map(({ name, title, facts }) => section(name, title, facts.map(fact))),
      section("powers", say("How powers were used"), data.powers.map(power)),
      section("readings", say("How doubtful texts are interpreted"), data.doubts.map(reading)),
    ].filter(({ keys }) => keys.length);
    page.sections = groups;
    byId("sections").replaceChildren(...groups.map((group) => group.element));
  }

  function section(name, title, questionElements) {
    const count = el("span.count");
    const element = el(
      "details.section",
      { id: `section-${name}`, open: name === "item" },
      el("summary", el("span", say(title)), " ", count),
      questionElements,
    );
    return { name, element, count, keys: questionElements.map((element) => element.dataset.key) };
  }

  /** What a question shows: the stated answer, the assumption without one, and its origin. */
  function shownAnswer(page, key, scenario, known, unstated, open) {
    const [kind, id] = [key.slice(0, key.indexOf(".")), key.slice(key.indexOf(".") + 1)];
    const questionName = key.replace(/^reading\.(text|row)\./, "$1.").replace(/^power\./, "discretion.");
    const stateOf = (stated, isAnswered, isChanged) =>
      ({ stated, value: stated, presumption: null, isOpen: open.has(questionName), isAnswered, isChanged });
    if (kind === "power") {
      const used = scenario.discretion[id] ?? "unknown";
      return stateOf(used, used !== "unknown");
    }
    if (kind === "reading") {
      const reading = page.state.readings[id] ?? null;
      return stateOf(reading, reading !== null, reading !== null);
    }
    if (key === presumptions.FACTS_DATE)
      return stateOf(scenario.date ?? null, Boolean(scenario.date), scenario.date !== page.base().date);
    const stated = scenario.facts[key] ?? null;
    const value = known.values.get(key) ?? null;
    const presumption = unstated.has(key) ? questions.answerWords(page, key, unstated.get(key)) : null;
    const disputed = page.cases.get(page.state.id).texts.disputed[key];
    const isChanged = !address.isSame(stated, page.base().facts[key] ?? null);
    const original = page.base().facts[key];
    const answer = original === undefined ? say("not stated") : questions.answerWords(page, key, original);
    const mark = [
      disputed ? sayParts("Disputed: {note}.", { note: quoted(disputed.replace(/\.+$/, "")) }) : null,
      isChanged ? say("In the original case: {answer}.", { answer }) : null,
      stated === null && presumption !== null ? say("Assumed, not stated.") : null,
    ];
    const isAnswered = value !== null && value !== "unknown";
    return { stated, value, presumption, isOpen: open.has(questionName), isAnswered, isChanged, mark };
  }

  /** Updates every question to the answers of a scenario. */
  function sync(page, scenario) {
    const known = presumptions.established(page.model, scenario);
    const bare = { ...scenario, facts: copiedFacts(page, scenario.facts) };
    const unstated = presumptions.established(page.model, bare).values;
    const open = new Set(page.isHidden() ? [] : page.results.flatMap(({ openQuestions: worth }) => worth.map((question) => question.name)));
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

  /** The stated facts that ordinary answers may copy; without the others, the presumptions appear. */
  function copiedFacts(page, facts) {
    const copied = new Set(page.model.data.facts.map((fact) => fact.same).filter(Boolean));
    return Object.fromEntries(Object.entries(facts).filter(([key]) => copied.has(key)));
  }

  /** Hides the questions that the search and the filter leave out. */
  function filter(page) {
    const { text, which } = page.filter;
    const keyOf = (key) => askedName(page.model.question[key]);
    const askedKeys = new Set(page.results.flatMap(({ verdict }) => verdict.machine.keys.map(keyOf)));
    const openKeys = new Set(page.results.flatMap(({ openQuestions: worth }) => worth.map((question) => askedAs(question.name))));
    const searchWords = text.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { element, keys } of page.sections) {
      const shown = keys.filter((key) => {
        const matchesFilter = which === "all" || (which === "asked" ? askedKeys : openKeys).has(key);
        const question = page.questions.get(key);
        const isShown = matchesFilter && searchWords.every((word) => question.text.includes(word));
        question.element.hidden = !isShown;
        return isShown;
      });
      count += shown.length;
      element.hidden = shown.length === 0;
      if (searchWords.length && shown.length) element.open = true;
    }
    byId("found").textContent = countWords(page, which, searchWords.length > 0, count);
  }

  /** The number of questions shown, if some are hidden. */
  function countWords(page, which, isSearched, count) {
    if (which === "all" && !isSearched) return "";
    return which === "open" && !isSearched && !count
      ? say("None: no open question could change a result. To see what another answer would do, show all questions.")
      : say("{count} of {all} questions", { count, all: page.questions.size });
  }

  const askedAs = (name) => name.replace(/^discretion\./, "power.").replace(/^text\./, "reading.text.");
  const askedName = ({ key, name, member }) =>
    ({ reading: `reading.${member}`, discretion: `power.${member}` })[name] ?? (member ? name : key);

  /** Goes to a question, and opens what hides it. */
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
