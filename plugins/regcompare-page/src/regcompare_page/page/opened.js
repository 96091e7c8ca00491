/* A case: questions, and the regimes with every rule and fact, redrawn after each answer. */
"use strict";

const opened = (() => {
  const { byId, el, list, spoken } = elements;
  const { mark, original, say } = language;
  let page = null;
  let change = null;

  /** Draws the case that is open; the first time its permanent parts too. */
  function draw(newPage, newChange) {
    if (!page) setUp(newPage, newChange);
    page.work();
    drawCase(page.scenario);
    drawSettings();
    byId("regimes").replaceChildren(...page.results.map((result) => regimes.card(page, result)));
    panel.sync(page);
    byId("told").textContent = page.told;
  }

  function drawCase(scenario) {
    const { texts } = page.cases.get(page.state.id);
    byId("case").value = page.state.id;
    byId("title").replaceChildren(spoken(texts.title));
    const { between } = scenario;
    const date = scenario.date ?? (between ? `${between.from} – ${between.to}` : null);
    byId("when").textContent = date ? say("Facts of {date}", { date }) : say("Facts without a date");
    byId("story").replaceChildren(spoken(texts.story));
    const sources = list(texts.sources.map(elements.source), original());
    const title = el("summary", say("Sources ({count})", { count: texts.sources.length }));
    byId("sources").replaceChildren(...(sources ? [title, sources] : []));
    byId("sources").hidden = !sources;
    const record = [say("What became of it:"), " ", spoken(texts.record)];
    byId("record").replaceChildren(...(texts.record ? record : []));
    const changes = page.changes();
    const differ = say(changes === 1 ? "{count} answer differs from the original case." : "{count} answers differ from the original case.", { count: changes });
    byId("changes").textContent = changes
      ? `${differ} ${say("You have changed this case. What it shows is no longer about a real sale.")}`
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
    picker.addEventListener("change", () => (location.hash = page.link({ id: picker.value })));
    for (const [id, number] of page.regimes) {
      const input = el("input", { type: "checkbox", name: "regime", value: id, change: chooseRegimes });
      byId("choose").append(el("label.choice", input, " ", el("span", say(page.model.data.rulesets[number].title), " ", el("code", id))));
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

  return { draw };
})();
