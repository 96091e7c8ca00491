/* The page: it draws the questions once, and the regimes anew after each answer. */
"use strict";

const view = (() => {
  const { el, list } = elements;
  const { isTranslated, mark, original, say, sayMany } = language;
  const byId = (id) => document.getElementById(id);

  /** The data of the page, which lie in it packed. */
  async function unpacked() {
    const bytes = Uint8Array.from(atob(byId("data").textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).json();
  }

  /** Makes what does not change out of the data. */
  function opened({ model: data, texts, cases, shown, groups, puzzles, levers: pulled, catalogues }) {
    const model = engine.load(data);
    const asked = data.rulesets
      .map((_, number) => number)
      .filter((number) => data.rulesets[number].plans.length);
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
      /** Whether anything of the case was changed. */
      isChanged() {
        return changesIn(this) > 0;
      },
      /** The address of another state: a case as it stands, or this one with some changes. */
      link(changes) {
        const { id, lang, shown: ids, law } = this.state;
        const isOther = changes.id !== undefined && changes.id !== id;
        const state = isOther ? address.fresh(changes.id, { lang, shown: ids, law, ...changes }) : { ...this.state, ...changes };
        return address.write(state, this.cases.get(state.id).facts);
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
          const found = numbers.map((number) =>
            verdicts.assess(model, this.cases.get(id).facts, number, { asOf: law, readings }),
          );
          this.worked.set(name, found.map(({ span, inForce, inScope, contradiction }) => ({ span, inForce, inScope, contradiction })));
        }
        return this.worked.get(name);
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
      doubts: new Map(data.doubts.map((doubt) => [doubt.id, doubt])),
      powers: new Set(data.powers),
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

  let page = null;

  /** How many answers differ from the case as it stands. */
  function changesIn({ state, ...all }) {
    const base = all.cases.get(state.id).facts;
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
  function worked(number, scenario) {
    const options = { asOf: page.state.law, readings: page.state.readings };
    const verdict = verdicts.assess(page.model, scenario, number, options);
    const { id } = page.model.data.rulesets[number];
    const findings = verdict.contradiction ? [] : verdicts.findings(verdict);
    const disputed = page.cases.get(page.state.id).texts.disputed;
    const marks = (name) =>
      [
        [say("assumed"), !verdict.contradiction && verdict.presumed.includes(name)],
        [say("follows from other facts"), !verdict.contradiction && verdict.inferred.includes(name)],
        [say("disputed"), Object.hasOwn(disputed, name)],
      ]
        .filter(([, is]) => is)
        .map(([word]) => word);
    return {
      number,
      id,
      short: say(page.texts.rulesets[number].title),
      verdict,
      findings,
      marks,
      worth: worth(verdict, findings),
      beside: [],
    };
  }

  /** The open questions with what each answer would lead to. */
  function worth(verdict, findings) {
    if (!verdict.span) return [];
    return [...verdicts.openQuestions(verdict, findings)].map(([name, keys]) => {
      const effects = verdicts.effects(verdict, name, keys);
      const narrows = effects.some(
        ({ low, high }) => low !== verdict.span[0] || high !== verdict.span[1],
      );
      return { name, effects, narrows, question: questionText(name) };
    });
  }

  function questionText(name) {
    const [kind, id] = [name.slice(0, name.indexOf(".")), name.slice(name.indexOf(".") + 1)];
    const { data } = page.model;
    if (kind === "reading" || kind === "text") {
      const wanted = kind === "text" ? name : id;
      return page.texts.doubts[data.doubts.findIndex((doubt) => doubt.id === wanted)].question;
    }
    if (kind === "discretion") return page.texts.powers[data.powers.indexOf(id)].question;
    return page.texts.facts[name].question;
  }

  /** A sentence for each law that applies together with a regime, is not shown, and applies to this case. */
  function besides(result, shown, scenario) {
    const { rulesets } = page.model.data;
    const parts = new Set(shown.flatMap((number) => verdicts.partsOf(page.model, number)));
    const own = verdicts.partsOf(page.model, result.number).map((part) => rulesets[part].id);
    const parallel = [...page.regimes.values()].filter(
      (number) => !parts.has(number) && rulesets[number].parallel_to.some((id) => own.includes(id)),
    );
    return parallel.flatMap((number) => {
      const verdict = verdicts.assess(page.model, scenario, number, { asOf: page.state.law });
      const reached = verdict.span && verdict.span[0] > 0;
      const values = {
        regime: say(page.texts.rulesets[number].title),
        id: rulesets[number].id,
        result: reached ? ladders.resultWords(page, { verdict }) : "",
      };
      return reached
        ? [
            say(
              "{regime} ({id}), which applies together with it, certainly applies to this case: {result}.",
              values,
            ),
          ]
        : [];
    });
  }

  // the state and its address ------------------------------------------------------------------------------

  /** Changes the state; the page follows at once, and so does the address, for the way back. */
  function change(changes) {
    page.state = { ...page.state, ...changes };
    moveTo(address.write(page.state, page.base()));
    draw();
  }

  /** Puts a new address on the way that leads back, without the browser's looking for a place by it. */
  function moveTo(hash) {
    try {
      if (hash !== page.hash) history.pushState(null, "", hash);
    } catch {
      location.hash = hash; // Some browsers guard the history of a page that was opened from a file.
    }
    page.hash = location.hash;
  }

  const changeFact = (key, value) => {
    if (key === presumptions.FACTS_DATE) change({ date: value });
    else change({ facts: { ...page.state.facts, [key]: value } });
  };

  function changeReading(id, reading) {
    const { [id]: _, ...others } = page.state.readings;
    change({ readings: reading === null ? others : { ...others, [id]: reading } });
  }

  /** Follows an address that was opened, or that the way back leads to. */
  function followAddress() {
    if (page.hash === location.hash) return;
    page.hash = location.hash;
    const { state, problems } = address.parse(location.hash, page);
    const isOther = page.state?.id !== state.id;
    if (isOther || page.state.guess !== state.guess) {
      page.last = null;
      page.toldStory = "";
      resetGuess();
    }
    const before = page.state?.view;
    page.state = state;
    byId("problems").replaceChildren(...[list(problems, { class: "plain" })].filter(Boolean));
    draw();
    if (isOther || before !== state.view) scrollTo(0, 0);
  }

  // drawing --------------------------------------------------------------------------------------------------

  const PAGES = {
    story: (root) => scenes.draw(page, root, actions),
    cases: (root) => gallery.draw(page, root),
    articles: () => drawArticles(page.now),
  };

  /** What a reader of the story can do. */
  const actions = {
    reveal() {
      page.revealed = true;
      draw();
      scenes.lead("scene-gates");
      document.querySelector(".score")?.focus();
    },
    /** Sets a lever; says what became of the gates. */
    pull({ words, facts: stated, verdicts: found }) {
      page.toldStory = saidOf(page.results, found, say(words));
      change({ facts: { ...page.state.facts, ...stated } });
    },
    open: (id, guess = true) =>
      page.link({ id, guess, view: "story", facts: {}, powers: {}, readings: {}, date: undefined, presume: undefined }),
    to: (changes) => page.link(changes),
  };

  function saidOf(results, found, words) {
    const moved = results
      .map(({ number, verdict }, at) => [number, gates.of(page, verdict).word, gates.of(page, found[at]).word])
      .filter(([, before, after]) => before !== after);
    const said = moved.map(([number, before, after]) => `${gates.plainName(page, number)}: ${before} → ${after}`);
    return said.length ? `${elements.capital(words)}. ${said.join("; ")}.` : `${elements.capital(words)}.`;
  }

  function draw() {
    const scenario = address.scenarioOf(page.base(), page.state);
    const numbers = page.shownNumbers();
    page.results = numbers.map((number) => worked(number, scenario));
    page.now = { scenario, numbers, results: page.results };
    const { view: name } = page.state;
    for (const root of document.querySelectorAll(".view")) root.hidden = root.id !== `view-${name}`;
    const { texts } = page.cases.get(page.state.id);
    document.title = `${say(texts.title)} · regcompare`;
    drawTop(name);
    PAGES[name](byId(`view-${name}`));
  }

  /** The links to the pages and the languages, with the one that is open marked. */
  function drawTop(name) {
    tools.languages(page, byId("languages"));
    const names = { story: say("Story"), cases: say("Sales"), articles: say("Articles") };
    byId("views").replaceChildren(
      ...Object.entries(names).map(([view, word]) =>
        el("li", {}, el("a", { href: page.link({ view }), "aria-current": view === name ? "page" : null }, word)),
      ),
    );
  }

  function drawArticles({ scenario, numbers, results }) {
    for (const result of results) result.beside = besides(result, numbers, scenario);
    drawCase(scenario);
    drawSettings();
    drawResults();
    panel.sync(page, scenario);
    drawAsked();
  }

  function drawCase(scenario) {
    const { texts } = page.cases.get(page.state.id);
    byId("case").value = page.state.id;
    byId("title").textContent = say(texts.title);
    byId("title").lang = isTranslated(texts.title) ? language.code() : "en";
    byId("when").textContent = scenario.date
      ? say("Facts of {date}", { date: scenario.date })
      : say("Facts without a date");
    // A summary tells the point of the case, so it waits with the answers.
    byId("summary").textContent = page.isHidden() ? "" : texts.summary;
    const sources = texts.sources.map(({ text, url }) =>
      url ? el("a", { href: url, rel: "noreferrer" }, text) : text,
    );
    byId("sources").replaceChildren(
      ...(sources.length
        ? [el("summary", {}, say("Sources ({count})", { count: sources.length })), list(sources, { class: "plain", ...original() })]
        : []),
    );
    byId("sources").hidden = !sources.length;
    byId("record").replaceChildren(
      ...(texts.record && !page.isHidden()
        ? [say("What became of it:"), " ", el("span", original(), texts.record)]
        : []),
    );
    const changes = changesIn(page);
    byId("changes").textContent = changes
      ? sayMany(
          "{count} answer differs from the original case.",
          "{count} answers differ from the original case.",
          changes,
        )
      : say("The original case.");
    byId("reset").disabled = changes === 0;
    byId("presume").checked = Boolean(scenario.presume);
  }

  function drawSettings() {
    const { law, guess } = page.state;
    const mode = law === null ? "reference" : law === "scenario" ? "scenario" : "day";
    for (const input of document.querySelectorAll('input[name="law"]'))
      input.checked = input.value === mode;
    byId("law-day").disabled = mode !== "day";
    if (mode === "day") byId("law-day").value = law;
    const ids = page.state.shown ?? page.shown;
    for (const input of document.querySelectorAll('input[name="regime"]')) {
      input.checked = ids.includes(input.value);
      input.disabled = input.checked && ids.length === 1;
    }
    byId("guess").checked = guess;
  }

  function drawResults() {
    const { guess } = page.state;
    const hidden = page.isHidden();
    const guessing = {
      on: guess,
      hidden,
      guesses: page.guesses,
      guess: (id, number) => {
        page.guesses.set(id, number);
        syncReveal();
      },
    };
    byId("ladder").replaceChildren(ladders.ladder(page, page.results, guessing));
    byId("cards").replaceChildren(...page.results.map((result) => regimes.card(page, result, hidden)));
    byId("cards").style.setProperty("--columns", String(page.results.length));
    byId("strip").replaceChildren(
      ...page.results.map((result) =>
        el(
          "li",
          {},
          el(
            "button",
            { type: "button", class: "strip-link", click: () => byId(`regime-${result.id}`).focus() },
            el("span", { class: "regime" }, result.short),
            " ",
            el("span", {}, hidden ? say("hidden") : ladders.resultShown(page, result)),
          ),
        ),
      ),
    );
    byId("reveal").hidden = !guess;
    // A class that guesses marks its guesses first: on a narrow screen the questions come after them.
    const [facts, found] = [document.querySelector(".facts"), byId("results")];
    if (guess && facts.nextElementSibling) found.after(facts);
    else if (!guess && !facts.nextElementSibling) found.before(facts);
    const option = byId("which").querySelector('[value="open"]');
    option.disabled = hidden;
    if (hidden && option.selected) byId("which").value = page.filter.which = "all";
    syncReveal();
    told(hidden);
  }

  function syncReveal() {
    const missing = page.results.filter(({ id }) => !page.guesses.has(id)).length;
    const button = byId("reveal-button");
    button.textContent = page.revealed ? say("Guess again") : say("Show the answers");
    button.disabled = !page.revealed && missing > 0;
    const right = page.results.filter(({ id, verdict }) => {
      const number = page.guesses.get(id);
      return verdict.span ? number >= verdict.span[0] && number <= verdict.span[1] : number === -1;
    }).length;
    byId("reveal-note").textContent = page.revealed
      ? say("{count} of {all} guesses match the result or fall within its span.", {
          count: right,
          all: page.results.length,
        })
      : missing
        ? say("{count} left to guess.", { count: missing })
        : say("All guesses made.");
  }

  /** Says what changed since the last answer, for eyes and for screen readers. */
  function told(hidden) {
    const now = new Map(page.results.map((result) => [result.short, ladders.resultWords(page, result)]));
    const before = page.last;
    page.last = hidden ? null : now;
    if (hidden) byId("told").textContent = say("The answers are hidden until you have guessed.");
    else if (!before)
      byId("told").textContent = [...now].map(([id, words]) => `${id}: ${words}`).join("; ") + ".";
    else {
      const moved = [...now].filter(([id, words]) => before.has(id) && before.get(id) !== words);
      const changes = moved.map(([id, words]) =>
        say("{regime}, from “{before}” to “{after}”", { regime: id, before: before.get(id), after: words }),
      );
      byId("told").textContent = changes.length
        ? say("Changed: {changes}.", { changes: changes.join("; ") })
        : say("No result has changed.");
    }
  }

  /** The open questions that narrow most results, before all others. */
  function drawAsked() {
    const found = new Map();
    for (const { worth: open } of page.results) {
      for (const one of open.filter((item) => item.narrows))
        found.set(one.name, { ...one, count: (found.get(one.name)?.count ?? 0) + 1 });
    }
    const first = [...found.values()].sort((one, other) => other.count - one.count).slice(0, 5);
    const items = first.map((one) => [
      el(
        "button",
        { type: "button", class: "link", click: () => page.ask(one.name), ...mark(one.question) },
        say(one.question),
      ),
      " ",
      el("span", { class: "count" }, sayMany("{count} regime", "{count} regimes", one.count)),
    ]);
    byId("worth").replaceChildren(
      ...(items.length ? [el("h3", {}, say("Worth asking first")), list(items, { class: "plain" })] : []),
    );
    byId("worth").hidden = !items.length || page.isHidden();
  }

  // what is set up once ----------------------------------------------------------------------------------------

  function settle() {
    const picker = byId("case");
    for (const [title, ids] of page.groups)
      picker.append(
        el(
          "optgroup",
          { label: say(title) },
          ids.map((id) => {
            const { title: said } = page.cases.get(id).texts;
            return el("option", { value: id, ...mark(said) }, say(said));
          }),
        ),
      );
    picker.addEventListener("change", () => {
      resetGuess();
      page.state = address.fresh(picker.value, {
        law: page.state.law,
        readings: page.state.readings,
        shown: page.state.shown,
        guess: page.state.guess,
      });
      change({});
    });
    for (const [id, number] of page.regimes) {
      const input = el("input", { type: "checkbox", name: "regime", value: id, change: chooseRegimes });
      byId("choose").append(
        el(
          "label",
          { class: "answer" },
          input,
          " ",
          el("span", {}, say(page.texts.rulesets[number].title), " ", el("code", {}, id)),
        ),
      );
    }
    byId("search").addEventListener("input", (event) => filterBy({ text: event.target.value }));
    byId("which").addEventListener("change", (event) => filterBy({ which: event.target.value }));
    byId("reset").addEventListener("click", () =>
      change({ facts: {}, powers: {}, readings: {}, date: undefined, presume: undefined }),
    );
    byId("presume").addEventListener("change", (event) =>
      change({ presume: event.target.checked ? (page.base().presume ?? "ordinary") : null }),
    );
    byId("print").addEventListener("click", () => print());
    byId("link").addEventListener("click", tools.copyAddress);
    byId("skip").addEventListener("click", (event) => {
      event.preventDefault(); // The address belongs to the case.
      byId(page.state.view === "articles" ? "results" : "main").focus();
    });
    byId("guess").addEventListener("change", (event) => {
      resetGuess();
      change({ guess: event.target.checked });
    });
    byId("reveal-button").addEventListener("click", () => {
      if (page.revealed) resetGuess();
      else page.revealed = true;
      draw();
    });
    for (const input of document.querySelectorAll('input[name="law"]'))
      input.addEventListener("change", chooseLaw);
    byId("law-day").addEventListener("change", chooseLaw);
    tools.themes();
    addEventListener("hashchange", followAddress);
    addEventListener("beforeprint", () => tools.unfold(page));
    addEventListener("afterprint", tools.fold);
  }

  function filterBy(changes) {
    page.filter = { ...page.filter, ...changes };
    panel.filter(page);
    if (changes.which && changes.which !== "all")
      for (const { element } of page.sections) element.open = true;
  }

  function resetGuess() {
    page.guesses.clear();
    page.revealed = false;
  }

  function chooseRegimes() {
    const ids = [...document.querySelectorAll('input[name="regime"]:checked')].map(
      (input) => input.value,
    );
    const usual = ids.length === page.shown.length && ids.every((id) => page.shown.includes(id));
    change({ shown: usual ? null : ids });
  }

  function chooseLaw() {
    const { value } = document.querySelector('input[name="law"]:checked');
    const day = byId("law-day");
    day.disabled = value !== "day";
    if (value === "day" && !address.isDay(day.value)) return day.focus();
    return change({ law: value === "reference" ? null : value === "scenario" ? "scenario" : day.value });
  }

  async function start() {
    const data = await unpacked();
    const asked = address.languageOf(location.hash);
    const lang = asked in data.catalogues || asked === "en" ? asked : data.lang;
    language.use(lang, data.catalogues[lang]);
    language.translate(document.body);
    byId("made").textContent = say("Made with regcompare {version} from the rulesets {rulesets}.", data.made);
    page = opened(data);
    page.ask = (name) => panel.ask(page, name);
    page.state = address.parse(location.hash, page).state;
    settle();
    panel.draw(page, { change, changeFact, changeReading });
    followAddress();
    document.documentElement.dataset.ready = "yes";
    return page;
  }

  return { start, page: () => page };
})();

view.start();
