/* The panel of questions: every fact, power and doubtful text, found by a search. */
"use strict";

const panel = (() => {
  const { byId, el, isCalm, quoted } = elements;
  const { say, sayParts } = language;

  /** Builds the questions, in sections; once, because they keep their controls. */
  function draw(page, { change, changeFact, changeReading }) {
    const { data } = page.model;
    page.questions = new Map();
    const section = (name, title, keys, question) => {
      const asked = keys.map((key) => question(key));
      keys.forEach((key, at) => page.questions.set(key.id ? `${name}.${key.id}` : key, asked[at]));
      const element = el("details.section", { id: `section-${name}`, open: name === "item" }, el("summary", say(title)), asked.map((one) => one.element));
      return { element, asked };
    };
    const fact = (key) => questions.factQuestion(page, key, (value) => changeFact(key, value));
    const power = (one) => questions.powerQuestion(page, one, (used) => change({ powers: { ...page.state.powers, [one.id]: used } }));
    const reading = (doubt) => questions.readingQuestion(doubt, (word) => changeReading(doubt.id, word));
    const sections = [
      section("scenario", say("When it happened"), [presumptions.FACTS_DATE], fact),
      ...data.sections.map(({ name, title, facts }) => section(name, title, facts, fact)),
      section("power", say("How powers were used"), data.powers, power),
      section("reading", say("How doubtful texts are interpreted"), data.doubts, reading),
    ].filter(({ asked }) => asked.length);
    byId("sections").replaceChildren(...sections.map(({ element }) => element));
    byId("search").addEventListener("input", () => filter(sections));
  }

  /** Hides the questions that a search leaves out. */
  function filter(sections) {
    const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { element, asked } of sections) {
      for (const { element: question, text } of asked) question.hidden = !words.every((word) => text.includes(word));
      element.hidden = asked.every(({ element: question }) => question.hidden);
      element.open ||= words.length > 0;
    }
  }

  /** Updates every question to the answers of a scenario. */
  function sync(page, scenario) {
    const known = presumptions.established(page.model, scenario).values;
    const unstated = presumptions.established(page.model, { ...scenario, facts: copiedFacts(page, scenario.facts) }).values;
    const names = page.isHidden() ? [] : page.results.flatMap(({ openQuestions }) => openQuestions.map(({ name }) => askedAs(name)));
    const open = new Set(names);
    for (const [key, question] of page.questions)
      question.sync({ presumption: null, marks: [], ...shown(page, key, scenario, known, unstated), isOpen: open.has(key) });
  }

  /** What a question shows: the stated answer, the assumption without one, and its origin. */
  function shown(page, key, scenario, known, unstated) {
    const [kind, id] = [key.slice(0, key.indexOf(".")), key.slice(key.indexOf(".") + 1)];
    const base = page.base();
    if (kind === "power") return { stated: scenario.discretion[id], isChanged: id in page.state.powers };
    if (kind === "reading") return { stated: page.state.readings[id], isChanged: id in page.state.readings };
    if (key === presumptions.FACTS_DATE) return { stated: scenario.date ?? null, isChanged: scenario.date !== base.date };
    const stated = scenario.facts[key] ?? null;
    const presumption = unstated.has(key) ? questions.answerWords(page, key, unstated.get(key)) : null;
    const disputed = page.cases.get(page.state.id).texts.disputed[key];
    const original = base.facts[key] ?? null;
    const isChanged = !address.isSame(stated, original);
    const answer = original === null ? say("not stated") : questions.answerWords(page, key, original);
    const marks = [
      disputed ? sayParts("Disputed: {note}.", { note: quoted(disputed.replace(/\.+$/, "")) }) : null,
      isChanged ? say("In the original case: {answer}.", { answer }) : null,
      stated === null && presumption !== null ? say("Assumed, not stated.") : null,
    ];
    return { stated, value: known.get(key) ?? null, presumption, isChanged, marks };
  }

  /** The stated facts that ordinary answers may copy; without the others, the presumptions appear. */
  function copiedFacts(page, facts) {
    const copied = new Set(page.model.data.facts.map((fact) => fact.same).filter(Boolean));
    return Object.fromEntries(Object.entries(facts).filter(([key]) => copied.has(key)));
  }

  /** The question of the panel that asks what a verdict leaves open. */
  const askedAs = (name) => name.replace(/^discretion\./, "power.").replace(/^(text|row)\./, "reading.$1.");

  /** Goes to a question, and opens what hides it. */
  function ask(page, name) {
    const question = page.questions.get(askedAs(name))?.element;
    if (!question) return;
    byId("search").value = "";
    byId("search").dispatchEvent(new Event("input"));
    question.closest("details").open = true;
    question.scrollIntoView({ block: "center", behavior: isCalm() ? "auto" : "smooth" });
    (question.querySelector("select, input") ?? question).focus({ preventScroll: true });
  }

  return { ask, draw, sync };
})();
