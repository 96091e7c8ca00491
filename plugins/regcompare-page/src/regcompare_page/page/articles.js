/* The articles of a case: questions, and the regimes with every rule and fact, redrawn after each answer. */
"use strict";

const articles = (() => {
  const { byId, el, list, quoted } = elements;
  const { isTranslated, mark, original, say, sayMany } = language;
  let page = null;
  let change = null;

  function draw() {
    drawCase(page.scenario);
    drawSettings();
    const story = el("a", { href: page.link({ view: "story" }) }, say("Guess first"));
    byId("cards").replaceChildren(...(page.isHidden() ? [el("p", story)] : page.results.map((result) => regimes.card(page, result))));
    panel.sync(page);
    byId("told").textContent = page.isHidden() ? say("The answers are hidden until you have guessed.") : page.told;
  }

  function drawCase(scenario) {
    const { texts } = page.cases.get(page.state.id);
    byId("case").value = page.state.id;
    byId("title").textContent = say(texts.title);
    byId("title").lang = isTranslated(texts.title) ? language.code() : "en";
    const { between } = scenario;
    const date = scenario.date ?? (between ? `${between.from} – ${between.to}` : null);
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
    const { law } = page.state;
    const mode = !law ? "reference" : law === "scenario" ? "scenario" : "day";
    for (const input of document.querySelectorAll('input[name="law"]')) input.checked = input.value === mode;
    byId("law-day").disabled = mode !== "day";
    if (mode === "day") byId("law-day").value = law;
    const ids = page.state.regimes ?? page.shown;
    for (const input of document.querySelectorAll('input[name="regime"]')) {
      input.checked = ids.includes(input.value);
      input.disabled = input.checked && ids.length === 1;
    }
  }

  /** Builds the permanent parts; `newChange` changes the state and redraws. */
  function setUp(newPage, newChange) {
    page = newPage;
    change = newChange;
    const answer = (name, value) => change({ changes: { ...page.state.changes, [name]: value } });
    panel.draw(page, answer);
    const picker = byId("case");
    const option = (id) => {
      const { title } = page.cases.get(id).texts;
      return el("option", { value: id, ...mark(title) }, say(title));
    };
    picker.append(...page.ids.map(option));
    picker.addEventListener("change", () => (location.hash = page.link({ id: picker.value, view: "articles" })));
    for (const [id, number] of page.regimes) {
      const input = el("input", { type: "checkbox", name: "regime", value: id, change: chooseRegimes });
      byId("choose").append(el("label.answer", input, " ", el("span", say(page.model.data.rulesets[number].title), " ", el("code", id))));
    }
    byId("reset").addEventListener("click", () => change({ changes: {} }));
    byId("presume").addEventListener("change", (event) => answer("presume", event.target.checked ? (page.base().presume ?? "ordinary") : null));
    for (const input of document.querySelectorAll('input[name="law"], #law-day')) input.addEventListener("change", chooseLaw);
  }

  function chooseRegimes() {
    const ids = [...document.querySelectorAll('input[name="regime"]:checked')].map((input) => input.value);
    const usual = ids.length === page.shown.length && ids.every((id) => page.shown.includes(id));
    change({ regimes: usual ? null : ids });
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
