/* The panel of questions: every fact, power and doubtful text, found by a search. */
"use strict";

const panel = (() => {
  const { byId, el, spoken } = elements;
  const { say, sayParts } = language;
  const asked = new Map();

  /** Builds the questions, in sections; once, because they keep their controls. */
  function draw(page, change) {
    const { data } = page.model;
    const section = ({ name, title, facts }) => {
      const drawn = facts.map((key) => questions.draw(page, page.questions.get(key), (answer) => change(key, answer)));
      facts.forEach((key, at) => asked.set(key, drawn[at]));
      const element = el("details.section", { id: `section-${name}`, open: name === "item" }, el("summary", say(title)), drawn.map((one) => one.element));
      return { element, drawn };
    };
    const named = (of) => [...page.questions.values()].filter((question) => question.of === of).map(({ key }) => key);
    const sections = [
      { name: "scenario", title: say("When it happened"), facts: [presumptions.FACTS_DATE] },
      ...data.sections,
      { name: "power", title: say("How powers were used"), facts: named("discretion") },
      { name: "reading", title: say("How doubtful texts are interpreted"), facts: named("readings") },
    ].filter(({ facts }) => facts.length).map(section);
    byId("sections").replaceChildren(...sections.map(({ element }) => element));
    byId("search").addEventListener("input", () => filter(sections));
  }

  /** Hides the questions that a search leaves out. */
  function filter(sections) {
    const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { element, drawn } of sections) {
      for (const { element: question, text } of drawn) question.hidden = !words.every((word) => text.includes(word));
      element.hidden = drawn.every(({ element: question }) => question.hidden);
      element.open ||= words.length > 0;
    }
  }

  /** Updates every question to the answers of the case. */
  function sync(page) {
    const { scenario } = page;
    const known = presumptions.assumedFacts(page.model, scenario).values;
    const unstated = presumptions.assumedFacts(page.model, { ...scenario, facts: copiedFacts(page, scenario.facts) }).values;
    const open = new Set(page.results.flatMap((result) => result.open));
    const { disputed } = page.cases.get(page.state.id).texts;
    for (const [key, control] of asked) {
      const question = page.questions.get(key);
      const [stated, original] = [scenario, page.base()].map((one) => address.answerOf(one, question));
      const presumption = unstated.has(key) ? questions.answerWords(page, key, unstated.get(key)) : null;
      const isChanged = !address.isSame(stated, original);
      const answer = original === null ? say("not stated") : questions.answerWords(page, key, original);
      const marks = [
        disputed[key] ? sayParts("Disputed: {note}", { note: spoken(disputed[key]) }) : null,
        isChanged ? say("In the original case: {answer}.", { answer }) : null,
        stated === null && presumption !== null ? say("Assumed, not stated.") : null,
      ];
      control.sync({ stated, value: known.get(key) ?? null, presumption, isChanged, marks, isOpen: open.has(key) });
    }
  }

  /** The stated facts that ordinary answers may copy; without the others, the presumptions appear. */
  function copiedFacts(page, facts) {
    const copied = new Set(page.model.data.facts.map((fact) => fact.same).filter(Boolean));
    return Object.fromEntries(Object.entries(facts).filter(([key]) => copied.has(key)));
  }

  /** Goes to a question, and opens what hides it. */
  function ask(name) {
    const question = asked.get(name)?.element;
    if (!question) return;
    byId("search").value = "";
    byId("search").dispatchEvent(new Event("input"));
    question.closest("details").open = true;
    question.scrollIntoView({ block: "center" });
    (question.querySelector("select, input") ?? question).focus({ preventScroll: true });
  }

  return { ask, draw, sync };
})();
