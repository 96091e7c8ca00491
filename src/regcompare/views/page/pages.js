/* What the page shows: its cases and regimes, the case that is open, and what that comes to. */
"use strict";

const pages = (() => {
  const { say } = language;

  /** Makes what does not change out of the data. */
  function opened({ program, vocabulary, texts, cases, shown, groups, puzzles, levers: pulled, licences, catalogues }) {
    const model = engine.load(program, vocabulary);
    const { data } = model;
    const asked = [...new Set(data.states.map(({ ruleset }) => ruleset))];
    const ids = (number) => data.rulesets[number].id;
    return {
      /** The case as it stands. */
      base() {
        return this.cases.get(this.state.id).facts;
      },
      /** Whether the class has still to guess, so that nothing may give the answers away. */
      isHidden() {
        return this.state.guess && !this.revealed;
      },
      /** How many answers differ from the case as it stands. */
      changes() {
        return changesIn(this);
      },
      /** The case as changed, and what it comes to under each regime shown. */
      work() {
        const scenario = address.scenarioOf(this.base(), this.state);
        const numbers = this.shownNumbers();
        this.results = numbers.map((number) => worked(this, number, scenario));
        this.now = { scenario, numbers, results: this.results };
      },
      /** What a case comes to under a regime, by the law and the interpretations that the reader chose. */
      assess(scenario, number) {
        const { law, readings } = this.state;
        return verdicts.assess(model, scenario, number, { asOf: law, readings });
      },
      /** Forgets the guesses, so that the class may guess anew. */
      resetGuess() {
        this.guesses.clear();
        this.revealed = false;
      },
      /** The address of another state: a case as it stands, or this one with some changes. */
      link(changes) {
        const { id, lang, shown: ids, law, home } = this.state;
        const isOther = changes.id !== undefined && changes.id !== id;
        const state = isOther ? address.fresh(changes.id, { lang, shown: ids, law, home, ...changes }) : { ...this.state, ...changes };
        return address.write(state, this.cases.get(state.id).facts);
      },
      /** The address of a case as it stands, as the page opens it at first. */
      caseLink(id, changes = {}) {
        return this.link({ ...address.fresh(id), lang: this.state.lang, ...changes });
      },
      shownNumbers() {
        return (this.state.shown ?? this.shown).map((id) => this.regimes.get(id));
      },
      /** What a case comes to as it stands under the regimes shown; worked out once. */
      verdictsOf(id) {
        const { law, readings } = this.state;
        const numbers = this.shownNumbers();
        const name = JSON.stringify([id, numbers, law, readings]);
        if (!this.worked.has(name)) {
          const { facts } = this.cases.get(id);
          const kept = ({ number, span, inForce, inScope, contradiction }) => ({ number, span, inForce, inScope, contradiction });
          this.worked.set(name, numbers.map((number) => kept(this.assess(facts, number))));
        }
        return this.worked.get(name);
      },
      /** What the same use comes to under each law that judges a use. */
      atHome() {
        return this.homes.map((number) => worked(this, number, this.now.scenario));
      },
      /** The question of the puzzle to which a case belongs. */
      puzzleOf(id) {
        return puzzles.find(([, own]) => own.includes(id))?.[0];
      },
      /** The next case: of its puzzle, of the next puzzle, or of the sales on record. */
      nextOf(id) {
        const invented = puzzles.flatMap(([, own]) => own);
        const row = invented.includes(id) ? invented : this.ids.filter((one) => !invented.includes(one));
        return row[(row.indexOf(id) + 1) % row.length];
      },
      ids: cases.map((one) => one.facts.id),
      worked: new Map(),
      levers: pulled,
      licences,
      puzzles,
      now: null,
      toldStory: "",
      model,
      texts,
      groups,
      shown,
      cases: new Map(cases.map((one) => [one.facts.id, one])),
      first: cases[0].facts.id,
      regimes: new Map(asked.map((number) => [ids(number), number])),
      homes: asked.filter((number) => data.rulesets[number].asks === "use"),
      doubts: new Map(data.doubts.map((doubt) => [doubt.id, doubt])),
      powers: new Set(data.powers.map(({ id }) => id)),
      languages: ["en", ...Object.keys(catalogues)],
      folds: new Map(),
      guesses: new Map(),
      revealed: false,
      filter: { text: "", which: "all" },
      last: null,
      hash: null,
      results: [],
    };
  }

  function changesIn({ state, cases }) {
    const base = cases.get(state.id).facts;
    const { facts: stated, powers, date, presume, readings } = state;
    return (
      Object.keys(stated).filter((key) => !address.same(stated[key], base.facts[key])).length +
      Object.keys(powers).length +
      Object.keys(readings).length +
      Number(date !== undefined && date !== base.date) +
      Number(presume !== undefined && presume !== base.presume)
    );
  }

  // what follows -----------------------------------------------------------------------------------------

  /** The verdict of a regime with what is shown of it. */
  function worked(page, number, scenario) {
    const verdict = page.assess(scenario, number);
    const { id } = page.model.data.rulesets[number];
    const findings = verdict.contradiction ? [] : verdicts.findings(verdict);
    const disputed = page.cases.get(page.state.id).texts.disputed;
    const marks = (name) => [
      ...(verdict.presumed?.includes(name) ? [say("assumed")] : []),
      ...(verdict.inferred?.includes(name) ? [say("follows from other facts")] : []),
      ...(Object.hasOwn(disputed, name) ? [say("disputed")] : []),
    ];
    const short = say(page.model.data.rulesets[number].title);
    return { number, id, short, verdict, findings, marks, worth: worth(page, verdict, findings), beside: [] };
  }

  /** The open questions with what each answer would lead to. */
  function worth(page, verdict, findings) {
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
    if (kind === "reading" || kind === "text") {
      const wanted = kind === "text" ? name : id;
      return data.doubts.find((doubt) => doubt.id === wanted).asks;
    }
    if (kind === "discretion") return data.powers.find((power) => power.id === id).asks;
    return page.texts.facts[name].question;
  }

  /** A sentence for each law that applies together with a regime, is not shown, and reaches this case, or may. */
  function besides(page, result, shown, scenario) {
    const { rulesets } = page.model.data;
    const parts = new Set(shown.flatMap((number) => verdicts.partsOf(page.model, number)));
    const own = verdicts.partsOf(page.model, result.number).map((part) => rulesets[part].id);
    const parallel = [...page.regimes.values()].filter(
      (number) => !parts.has(number) && rulesets[number].parallel_to.some((id) => own.includes(id)),
    );
    return parallel.flatMap((number) => {
      const verdict = verdicts.assess(page.model, scenario, number, { asOf: page.state.law });
      if (!verdict.span || !verdict.span[1]) return [];
      const values = {
        regime: say(page.model.data.rulesets[number].title),
        id: rulesets[number].id,
        result: ladders.resultWords(page, { verdict }),
      };
      return verdict.span[0]
        ? say("{regime} ({id}), which applies together with it, certainly applies to this case: {result}.", values)
        : say("{regime} ({id}), which applies together with it, may apply to this case: {result}.", values);
    });
  }

  return { besides, opened };
})();
