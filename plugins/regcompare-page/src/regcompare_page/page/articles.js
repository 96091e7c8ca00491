/* The articles of a case: questions, and the regimes with every rule and reason, redrawn after each answer. */
"use strict";

const articles = (() => {
  const { byId, el, list, quoted } = elements;
  const { isTranslated, mark, original, say, sayMany } = language;
  let page = null;
  let change = null;

  function draw() {
    const { scenario, numbers, results } = page.now;
    for (const result of results) result.beside = pages.parallelLaws(page, result, numbers, scenario);
    drawCase(scenario);
    drawSettings();
    drawResults();
    panel.sync(page, scenario);
    drawTopQuestions();
  }

  function drawCase(scenario) {
    const { texts } = page.cases.get(page.state.id);
    byId("case").value = page.state.id;
    byId("title").textContent = say(texts.title);
    byId("title").lang = isTranslated(texts.title) ? language.code() : "en";
    const { date } = scenario;
    byId("when").textContent = date ? say("Facts of {date}", { date }) : say("Facts without a date");
    // A summary gives the point of the case away, so it is hidden with the answers.
    byId("summary").textContent = page.isHidden() ? "" : texts.summary;
    const sources = list(texts.sources.map(elements.source), original());
    const title = el("summary", say("Sources ({count})", { count: texts.sources.length }));
    byId("sources").replaceChildren(...(sources ? [title, sources] : []));
    byId("sources").hidden = !sources;
    const record = [say("What became of it:"), " ", quoted(texts.record)];
    byId("record").replaceChildren(...(texts.record && !page.isHidden() ? record : []));
    const changes = page.changes();
    byId("changes").textContent = changes
      ? sayMany("{count} answer differs from the original case.", "{count} answers differ from the original case.", changes)
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
    byId("strip").replaceChildren(...page.results.map((result) => el("li", stripLink(result, hidden))));
    byId("reveal").hidden = !guess;
    // While a class guesses, the questions come after the guesses on a narrow screen.
    const [facts, resultsSection] = [document.querySelector(".facts"), byId("results")];
    if (guess && facts.nextElementSibling) resultsSection.after(facts);
    else if (!guess && !facts.nextElementSibling) resultsSection.before(facts);
    const option = byId("which").querySelector('[value="open"]');
    option.disabled = hidden;
    if (hidden && option.selected) byId("which").value = page.filter.which = "all";
    syncReveal();
    announceChanges(hidden);
  }

  function stripLink(result, hidden) {
    const shown = el("span", hidden ? say("hidden") : ladders.resultShown(page, result));
    const lead = () => byId(`regime-${result.id}`).focus();
    return el("button.strip-link", { click: lead }, el("span.regime", result.short), " ", shown);
  }

  function syncReveal() {
    const missing = page.results.filter(({ id }) => !page.guesses.has(id)).length;
    const button = byId("reveal-button");
    button.textContent = page.revealed ? say("Guess again") : say("Show the answers");
    button.disabled = !page.revealed && missing > 0;
    const correct = page.results.filter(({ id, verdict }) => {
      const number = page.guesses.get(id);
      return verdict.span ? number >= verdict.span[0] && number <= verdict.span[1] : number === -1;
    }).length;
    const counts = { count: correct, all: page.results.length };
    const progress = missing ? say("{count} left to guess.", { count: missing }) : say("All guesses made.");
    byId("reveal-note").textContent = page.revealed
      ? say("{count} of {all} guesses match the result or fall within its span.", counts)
      : progress;
  }

  /** Announces what changed since the last answer, on screen and to screen readers. */
  function announceChanges(hidden) {
    const now = new Map(page.results.map((result) => [result.short, ladders.resultWords(page, result)]));
    const previous = page.last;
    page.last = hidden ? null : now;
    byId("told").textContent = hidden ? say("The answers are hidden until you have guessed.") : describeChanges(now, previous);
  }

  function describeChanges(now, before) {
    if (!before) return [...now].map(([id, words]) => `${id}: ${words}`).join("; ") + ".";
    const changed = [...now].filter(([id, words]) => before.has(id) && before.get(id) !== words);
    const changes = changed.map(([regime, after]) =>
      say("{regime}, from “{before}” to “{after}”", { regime, before: before.get(regime), after }),
    );
    return changes.length ? say("Changed: {changes}.", { changes: changes.join("; ") }) : say("No result has changed.");
  }

  /** Lists first the open questions that narrow most results. */
  function drawTopQuestions() {
    const byName = new Map();
    for (const { openQuestions } of page.results) {
      for (const question of openQuestions.filter((candidate) => candidate.narrows))
        byName.set(question.name, { ...question, count: (byName.get(question.name)?.count ?? 0) + 1 });
    }
    const topQuestions = [...byName.values()].sort((question, other) => other.count - question.count).slice(0, 5);
    const items = topQuestions.map((question) => [
      regimes.jump(page, question),
      " ",
      el("span.count", sayMany("{count} regime", "{count} regimes", question.count)),
    ]);
    byId("worth").replaceChildren(...(items.length ? [el("h3", say("Worth asking first")), list(items)] : []));
    byId("worth").hidden = !items.length || page.isHidden();
  }

  // what is set up once ----------------------------------------------------------------------------------------

  /** Builds the permanent parts; `actions` change the state and redraw. */
  function setUp(newPage, actions) {
    page = newPage;
    change = actions.change;
    page.ask = (name) => panel.ask(page, name);
    panel.draw(page, actions);
    const picker = byId("case");
    const option = (id) => {
      const { title } = page.cases.get(id).texts;
      return el("option", { value: id, ...mark(title) }, say(title));
    };
    for (const [title, shownIds] of page.groups) picker.append(el("optgroup", { label: say(title) }, shownIds.map(option)));
    picker.addEventListener("change", () => {
      const { law, readings, shown: shownIds, guess } = page.state;
      page.resetGuess();
      page.state = address.initialState(picker.value, { law, readings, shown: shownIds, guess });
      change({});
    });
    for (const [id, number] of page.regimes) {
      const input = el("input", { type: "checkbox", name: "regime", value: id, change: chooseRegimes });
      const title = el("span", say(page.model.data.rulesets[number].title), " ", el("code", id));
      byId("choose").append(el("label.answer", input, " ", title));
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
    byId("link").addEventListener("click", () =>
      tools.copyAddress(byId("told"), say("The link to this case as it is now has been copied.")),
    );
    byId("guess").addEventListener("change", (event) => {
      page.resetGuess();
      change({ guess: event.target.checked });
    });
    byId("reveal-button").addEventListener("click", () => {
      if (page.revealed) page.resetGuess();
      else page.revealed = true;
      actions.draw();
    });
    for (const input of document.querySelectorAll('input[name="law"]'))
      input.addEventListener("change", chooseLaw);
    byId("law-day").addEventListener("change", chooseLaw);
  }

  function filterBy(changes) {
    page.filter = { ...page.filter, ...changes };
    panel.filter(page);
    if (changes.which && changes.which !== "all")
      for (const { element } of page.sections) element.open = true;
  }

  function chooseRegimes() {
    const ids = [...document.querySelectorAll('input[name="regime"]:checked')].map((input) => input.value);
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

  return { draw, setUp };
})();
