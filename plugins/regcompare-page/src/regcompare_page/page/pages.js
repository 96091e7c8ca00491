/* The content of the page: its cases, questions and regimes, the open case, and its results. */
"use strict";

const pages = (() => {
  const { say } = language;

  /** Every question that a reader can answer, by its name, with the place of its answer in a case. */
  function questionsOf(model) {
    const { data, facts } = model;
    const ofFact = (fact) => ({ ...fact, unknown: "unknown", of: "facts", id: fact.key, ...(fact.kind === "country" ? { answers: data.countries } : {}) });
    const ofPower = ({ id, asks, cite, who }) => ({
      key: `discretion.${id}`,
      kind: "yes_no",
      of: "discretion",
      id,
      question: asks,
      help: say("{provision}; a power of the {who}.", { provision: cite, who: say(elements.named({ model }, who)) }),
    });
    const ofDoubt = ({ name, id, asks, cite, says, ...doubt }) => ({
      ...doubt,
      key: name,
      kind: "word",
      of: "readings",
      id,
      question: asks,
      help: `${id}, ${cite}`,
      answers: { ...says, open: say("leave it open") },
    });
    const layers = { ordinary: "", surveillance: "", "ordinary surveillance": "" };
    const questions = [
      ...[...facts.values()].filter(({ key }) => key !== engine.LAW_DATE).map(ofFact),
      ...data.powers.map(ofPower),
      ...data.doubts.map(ofDoubt),
      { key: "presume", kind: "word", id: "presume", answers: layers },
    ];
    const byName = new Map(questions.map((question) => [question.key, { unknown: null, ...question }]));
    return byName.set(presumptions.FACTS_DATE, { ...byName.get(presumptions.FACTS_DATE), of: null, id: "date", unknown: null });
  }

  /** Builds the page object from the data. */
  function createPage({ program, reasons, vocabulary, texts, cases, shown, fronts, catalogues }) {
    const besides = texts.rules.flatMap(({ plain }) => (plain ? plain.fails.map(([condition]) => condition) : []));
    const model = engine.load({ ...program, nodes: [...program.nodes, ...reasons] }, vocabulary, besides);
    const { data } = model;
    return {
      /** The unchanged case. */
      base() {
        return this.cases.get(this.state.id).facts;
      },
      /** The number of answers that differ from the unchanged case. */
      changes() {
        return address.changed(this, this.state).length;
      },
      /** Evaluates the changed case under each regime shown. */
      work() {
        this.scenario = address.withAnswers(this, this.base(), this.state.changes);
        const before = this.results;
        this.results = this.shownNumbers().map((number) => evaluate(this, number));
        this.told = changeWords(before, this.results);
      },
      /** The verdict on a case under a regime, by the law and the interpretations that the reader chose. */
      assess(scenario, number) {
        return verdicts.assess(model, scenario, number, { asOf: this.state.law, readings: this.scenario.readings });
      },
      /** The address of another state: another case unchanged, or this one with some changes. */
      link(changes) {
        const { id, lang, regimes, law } = this.state;
        const isOther = changes.id !== undefined && changes.id !== id;
        const state = isOther ? { changes: {}, lang, regimes, law, ...changes } : { ...this.state, ...changes };
        return address.write(this, state);
      },
      shownNumbers() {
        return (this.state.regimes ?? this.shown).map((id) => this.regimes.get(id));
      },
      ids: cases.map((item) => item.facts.id),
      fronts,
      told: "",
      model,
      texts,
      shown,
      cases: new Map(cases.map((item) => [item.facts.id, item])),
      first: cases[0].facts.id,
      questions: questionsOf(model),
      regimes: new Map(data.states.map(({ ruleset }) => [data.rulesets[ruleset].id, ruleset])),
      languages: ["en", ...Object.keys(catalogues)],
      hash: null,
      results: [],
    };
  }

  /** The results in a few words, or what changed since those before. */
  function changeWords(before, results) {
    if (!before.length) return `${results.map(({ name, word }) => `${name}: ${word}`).join("; ")}.`;
    const changes = results.flatMap(({ id, name: regime, word: after }) => {
      const earlier = before.find((result) => result.id === id)?.word ?? after;
      return earlier === after ? [] : [say("{regime}, from “{before}” to “{after}”", { regime, before: earlier, after })];
    });
    return changes.length ? say("Changed: {changes}.", { changes: changes.join("; ") }) : say("No result has changed.");
  }

  /** The verdict of a regime on the changed case, with what the page shows of it. */
  function evaluate(page, number) {
    const { scenario } = page;
    const verdict = page.assess(scenario, number);
    const { id } = page.model.data.rulesets[number];
    const findings = verdict.contradiction ? [] : verdicts.findings(verdict);
    const disputed = page.cases.get(scenario.id)?.texts.disputed ?? {};
    const marks = (name) => [
      ...(verdict.presumed?.includes(name) ? [say("assumed")] : []),
      ...(verdict.inferred?.includes(name) ? [say("follows from other facts")] : []),
      ...(Object.hasOwn(disputed, name) ? [say("disputed")] : []),
    ];
    const name = say(page.model.data.rulesets[number].plain_title);
    const { word } = why.gateOf(page, verdict);
    return { number, id, name, word, verdict, findings, marks, open: verdicts.openQuestions(verdict, findings) };
  }

  return { createPage };
})();
