/* The content of the page: its cases and regimes, the open case, and its results. */
"use strict";

const pages = (() => {
  const { say } = language;

  /** Builds the page object from the data. */
  function createPage({ program, vocabulary, texts, cases, shown, groups, puzzles, levers: leverSettings, licences, fronts, catalogues }) {
    const model = engine.load(program, vocabulary);
    const { data } = model;
    const rulesetNumbers = [...new Set(data.states.map(({ ruleset }) => ruleset))];
    const idOf = (number) => data.rulesets[number].id;
    return {
      /** The unchanged case. */
      base() {
        return this.cases.get(this.state.id).facts;
      },
      /** Whether the class still has to guess, so that nothing may give the answers away. */
      isHidden() {
        return this.state.guess && !this.revealed;
      },
      /** The number of answers that differ from the unchanged case. */
      changes() {
        return changesIn(this);
      },
      /** Evaluates the changed case under each regime shown. */
      work() {
        const scenario = address.scenarioOf(this.base(), this.state);
        const numbers = this.shownNumbers();
        this.results = numbers.map((number) => evaluate(this, number, scenario));
        this.now = { scenario, numbers, results: this.results };
      },
      /** The verdict on a case under a regime, by the law and the interpretations that the reader chose. */
      assess(scenario, number) {
        const { law, readings } = this.state;
        return verdicts.assess(model, scenario, number, { asOf: law, readings });
      },
      /** Clears the guesses, so that the class can guess again. */
      resetGuess() {
        this.guesses.clear();
        this.revealed = false;
      },
      /** The address of another state: another case unchanged, or this one with some changes. */
      link(changes) {
        const { id, lang, shown: ids, law, home } = this.state;
        const isOther = changes.id !== undefined && changes.id !== id;
        const state = isOther ? address.initialState(changes.id, { lang, shown: ids, law, home, ...changes }) : { ...this.state, ...changes };
        return address.write(state, this.cases.get(state.id).facts);
      },
      /** The address of an unchanged case in the initial view. */
      caseLink(id, changes = {}) {
        return this.link({ ...address.initialState(id), lang: this.state.lang, ...changes });
      },
      shownNumbers() {
        return (this.state.shown ?? this.shown).map((id) => this.regimes.get(id));
      },
      /** The verdicts on an unchanged case under the regimes shown, cached. */
      verdictsOf(id) {
        const { law, readings } = this.state;
        const numbers = this.shownNumbers();
        const key = JSON.stringify([id, numbers, law, readings]);
        if (!this.verdictCache.has(key)) {
          const { facts } = this.cases.get(id);
          const summary = ({ number, span, inForce, inScope, contradiction }) => ({ number, span, inForce, inScope, contradiction });
          this.verdictCache.set(key, numbers.map((number) => summary(this.assess(facts, number))));
        }
        return this.verdictCache.get(key);
      },
      /** The results of the same use under each law on uses. */
      atHome() {
        return this.homes.map((number) => evaluate(this, number, this.now.scenario));
      },
      /** The puzzle to which a case belongs: its question, its cases and its answer. */
      puzzleOf(id) {
        return puzzles.find(([, ids]) => ids.includes(id));
      },
      /** The next case: of its puzzle, of the next puzzle, or of the sales on record. */
      nextOf(id) {
        const invented = puzzles.flatMap(([, ids]) => ids);
        const sequence = invented.includes(id) ? invented : this.ids.filter((id) => !invented.includes(id));
        return sequence[(sequence.indexOf(id) + 1) % sequence.length];
      },
      ids: cases.map((item) => item.facts.id),
      verdictCache: new Map(),
      levers: leverSettings,
      licences,
      fronts,
      puzzles,
      now: null,
      storyStatus: "",
      model,
      texts,
      groups,
      shown,
      cases: new Map(cases.map((item) => [item.facts.id, item])),
      first: cases[0].facts.id,
      regimes: new Map(rulesetNumbers.map((number) => [idOf(number), number])),
      homes: rulesetNumbers.filter((number) => data.rulesets[number].asks === "use"),
      doubts: new Map(data.doubts.map((doubt) => [doubt.id, doubt])),
      powers: new Set(data.powers.map(({ id }) => id)),
      languages: ["en", ...Object.keys(catalogues)],
      folds: new Map(),
      guesses: new Map(),
      revealed: false,
      last: null,
      hash: null,
      results: [],
    };
  }

  function changesIn({ state, cases }) {
    const base = cases.get(state.id).facts;
    const { facts: stated, powers, date, presume, readings } = state;
    return (
      Object.keys(stated).filter((key) => !address.isSame(stated[key], base.facts[key])).length +
      Object.keys(powers).length +
      Object.keys(readings).length +
      Number(date !== undefined && date !== base.date) +
      Number(presume !== undefined && presume !== base.presume)
    );
  }

  // what follows -----------------------------------------------------------------------------------------

  /** The verdict of a regime with what the page shows of it. */
  function evaluate(page, number, scenario) {
    const verdict = page.assess(scenario, number);
    const { id } = page.model.data.rulesets[number];
    const findings = verdict.contradiction ? [] : verdicts.findings(verdict);
    const disputed = page.cases.get(scenario.id)?.texts.disputed ?? {};
    const marks = (name) => [
      ...(verdict.presumed?.includes(name) ? [say("assumed")] : []),
      ...(verdict.inferred?.includes(name) ? [say("follows from other facts")] : []),
      ...(Object.hasOwn(disputed, name) ? [say("disputed")] : []),
    ];
    const short = say(page.model.data.rulesets[number].title);
    let open = null; // Looking ahead takes a while, and a story needs it only for its levers.
    return {
      ...{ number, id, short, verdict, findings, marks, beside: [] },
      get openQuestions() {
        open ??= openQuestions(page, verdict, findings);
        return open;
      },
    };
  }

  /** The open questions with the effect of each answer. */
  function openQuestions(page, verdict, findings) {
    if (!verdict.span) return [];
    return [...verdicts.openQuestions(verdict, findings)].map(([name, keys]) => {
      const effects = verdicts.effects(verdict, name, keys);
      const narrows = effects.some(({ low, high }) => low !== verdict.span[0] || high !== verdict.span[1]);
      return { name, effects, narrows, question: questionText(page, name) };
    });
  }

  function questionText(page, name) {
    const [kind, id] = [name.slice(0, name.indexOf(".")), name.slice(name.indexOf(".") + 1)];
    const { data } = page.model;
    if (["reading", "text", "row"].includes(kind)) {
      const doubtId = kind === "reading" ? id : name;
      return data.doubts.find((doubt) => doubt.id === doubtId).asks;
    }
    if (kind === "discretion") return data.powers.find((power) => power.id === id).asks;
    return page.texts.facts[name].question;
  }

  /** A sentence for each law that applies together with a regime, is not shown, and reaches this case, or may. */
  function parallelLaws(page, result, shownNumbers, scenario) {
    const { rulesets } = page.model.data;
    const parts = new Set(shownNumbers.flatMap((number) => verdicts.partsOf(page.model, number)));
    const ownIds = verdicts.partsOf(page.model, result.number).map((part) => rulesets[part].id);
    const parallel = [...page.regimes.values()].filter(
      (number) => !parts.has(number) && rulesets[number].parallel_to.some((id) => ownIds.includes(id)),
    );
    return parallel.flatMap((number) => {
      const verdict = verdicts.assess(page.model, scenario, number, { asOf: page.state.law });
      if (!verdict.span || !verdict.span[1]) return [];
      const values = {
        regime: say(page.model.data.rulesets[number].title),
        id: rulesets[number].id,
        result: results.words(page, { verdict }),
      };
      return verdict.span[0]
        ? say("{regime} ({id}), which applies together with it, certainly applies to this case: {result}.", values)
        : say("{regime} ({id}), which applies together with it, may apply to this case: {result}.", values);
    });
  }

  return { createPage, parallelLaws, questionText };
})();
