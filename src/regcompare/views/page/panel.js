/* The questions beside the regimes: in sections, with a search, and a filter for what matters. */
"use strict";

const panel = (() => {
  const { el } = elements;
  const { original, say, sayParts } = language;
  const byId = (id) => document.getElementById(id);

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
    const power = (number) =>
      keep(
        questions.powerQuestion(page, number, (used) =>
          change({ powers: { ...page.state.powers, [data.powers[number]]: used } }),
        ),
      );
    const reading = (number) =>
      keep(
        questions.readingQuestion(page, number, (word) => changeReading(data.doubts[number].id, word)),
      );
    const groups = sections.map(({ name, title, facts }) => section(name, title, facts.map(fact)));
    if (data.powers.length)
      groups.push(
        section(
          "powers",
          say("How powers were used"),
          data.powers.map((_, number) => power(number)),
        ),
      );
    if (data.doubts.length)
      groups.push(
        section(
          "readings",
          say("How doubtful texts are interpreted"),
          data.doubts.map((_, number) => reading(number)),
        ),
      );
    page.sections = groups;
    byId("sections").replaceChildren(...groups.map((group) => group.element));
  }

  function section(name, title, made) {
    const count = el("span", { class: "count" });
    const element = el(
      "details",
      { class: "section", id: `section-${name}`, open: name === "item" },
      el("summary", {}, el("span", {}, say(title)), " ", count),
      made,
    );
    return { name, element, count, keys: made.map((one) => one.dataset.key) };
  }

  /** What a question shows: the answer stated, what is assumed without one, where it comes from. */
  function shownAnswer(page, key, scenario, known, unstated, open) {
    const [kind, id] = [key.slice(0, key.indexOf(".")), key.slice(key.indexOf(".") + 1)];
    const asked = key.replace(/^reading\.text\./, "text.").replace(/^power\./, "discretion.");
    const isOpen = open.has(asked);
    if (kind === "power") {
      const used = scenario.discretion[id] ?? "unknown";
      return { stated: used, value: used, presumption: null, isOpen, isAnswered: used !== "unknown" };
    }
    if (kind === "reading") {
      const reading = page.state.readings[id] ?? null;
      return {
        stated: reading,
        value: reading,
        presumption: null,
        isOpen,
        isAnswered: reading !== null,
        isChanged: reading !== null,
      };
    }
    if (key === presumptions.FACTS_DATE) {
      return {
        stated: scenario.date ?? null,
        value: scenario.date,
        presumption: null,
        isOpen,
        isAnswered: Boolean(scenario.date),
        isChanged: scenario.date !== page.base().date,
      };
    }
    const stated = scenario.facts[key] ?? null;
    const value = known.values.get(key) ?? null;
    const presumption = unstated.has(key) ? questions.answerWords(page, key, unstated.get(key)) : null;
    const disputed = page.cases.get(page.state.id).texts.disputed[key];
    const isChanged = !address.same(stated, page.base().facts[key] ?? null);
    const first = page.base().facts[key];
    const answer = first === undefined ? say("not stated") : questions.answerWords(page, key, first);
    const mark = [
      disputed
        ? sayParts("Disputed: {note}.", { note: el("span", original(), disputed.replace(/\.+$/, "")) })
        : null,
      isChanged ? say("In the original case: {answer}.", { answer }) : null,
      stated === null && presumption !== null ? say("Assumed, not stated.") : null,
    ];
    return {
      stated,
      value,
      presumption,
      isOpen,
      isChanged,
      mark,
      isAnswered: value !== null && value !== "unknown",
    };
  }

  /** Brings every question to the answers of a scenario. */
  function sync(page, scenario) {
    const known = presumptions.established(page.model, scenario);
    const unstated = presumptions.established(page.model, {
      ...scenario,
      facts: sources(page, scenario.facts),
    }).values;
    const open = new Set(
      page.results.flatMap((result) => (page.isHidden() ? [] : result.worth.map((one) => one.name))),
    );
    const counts = new Map();
    for (const [key, question] of page.questions) {
      const shown = shownAnswer(page, key, scenario, known, unstated, open);
      question.sync(shown);
      counts.set(key, shown.isAnswered);
    }
    for (const { name, keys, count } of page.sections) {
      const answered = keys.filter((key) => counts.get(key)).length;
      count.textContent = say(
        name === "readings" ? "{count} of {all} changed" : "{count} of {all} answered",
        { count: answered, all: keys.length },
      );
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
    const asked = new Set(
      page.results.flatMap(({ verdict }) =>
        verdict.machine.keys.map((key) => askedName(page.model.question[key])),
      ),
    );
    const open = new Set(
      page.results.flatMap(({ worth: found }) => found.map((one) => askedAs(one.name))),
    );
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
    const settled = which === "open" && !wanted.length && !count;
    byId("found").textContent = settled
      ? say(
          "None: no open question could change a result. To see what another answer would do, show all questions.",
        )
      : which === "all" && !wanted.length
        ? ""
        : say("{count} of {all} questions", { count, all: page.questions.size });
  }

  const askedAs = (name) => name.replace(/^discretion\./, "power.").replace(/^text\./, "reading.text.");
  const askedName = ({ key, name, member }) =>
    name === "reading"
      ? `reading.${member}`
      : name === "discretion"
        ? `power.${member}`
        : member
          ? name
          : key;

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
    question.element.scrollIntoView({
      block: "center",
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
    });
    (control ?? question.element).focus({ preventScroll: true });
  }

  return { ask, draw, filter, sync };
})();
