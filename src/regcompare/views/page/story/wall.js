/* The wall: every sale on record as a dot at the gates of each rulebook, up to a year that the reader picks. */
"use strict";

const wall = (() => {
  const { byId, el, isCalm } = elements;
  const { say, sayMany } = language;
  const KINDS = ["free", "depends", "ask", "stop"];
  const PACE = 900; // Milliseconds for a year that plays.

  let timer = null;
  let chosen = null;

  const heads = () => ({ free: say("Free"), depends: say("Depends"), ask: say("Must ask"), stop: say("May not") });

  /** The sales on record, by year; one without a date stands with the last. */
  function sales(page) {
    const year = (id) => Number(page.cases.get(id).facts.date?.slice(0, 4)) || null;
    const found = sweep.sales(page).map((sale) => ({ ...sale, year: year(sale.id) }));
    const years = found.map((sale) => sale.year).filter(Boolean);
    const [first, last] = [Math.min(...years), Math.max(...years)];
    const dated = found.map((sale) => ({ ...sale, year: sale.year ?? last }));
    return { first, last, all: dated.sort((one, other) => one.year - other.year) };
  }

  function draw(page, root) {
    pause();
    const found = sales(page);
    const title = el("h1", { tabindex: "-1" }, say("The wall"));
    if (!Number.isFinite(found.last)) return root.replaceChildren(title, el("p", say("This page has no sale on record.")));
    const told = el("p.told", { role: "status", id: "wall-told" });
    const body = el("div", { id: "wall-body" });
    root.replaceChildren(
      title,
      el("p.told-story", say("Each dot is a sale on record, at the gate where each rulebook puts it. Each rulebook meets every sale, whatever its year; what it does not cover is free. Open a dot for its story.")),
      controls(found, (year) => show(page, root, found, year)),
      told,
      body,
      el("p.note.pointed", { id: "wall-pointed", "aria-hidden": "true" }),
      page.state.embed ? whole(page) : embedding(page),
    );
    return sweep.run(page, found.all.flatMap(({ parts }) => parts), told, found.all.length, () => {
      body.replaceChildren(table(page, found));
      show(page, root, found, Math.min(Math.max(chosen ?? found.last, found.first), found.last));
    });
  }

  // the years --------------------------------------------------------------------------------------------

  function controls({ first, last }, show) {
    const slider = el("input", { type: "range", id: "wall-year", min: first, max: last, step: 1, input: () => (pause(), show(Number(slider.value))) });
    slider.value = String(chosen ?? last);
    const step = () => {
      if (byId("view-wall").hidden) return pause();
      const year = Number(slider.value) >= last ? first : Number(slider.value) + 1;
      slider.value = String(year);
      if (year === last) pause();
      return show(year);
    };
    const play = () => {
      if (isCalm()) return step();
      if (timer) {
        pause();
        return show(Number(slider.value));
      }
      timer = setInterval(step, PACE);
      byId("wall-play").textContent = say("Pause");
      return step();
    };
    return el(
      "div.wall-controls",
      el("button", { id: "wall-play", click: play }, isCalm() ? say("Next year") : say("Play the years")),
      el("label", el("span", say("Up to the year")), " ", slider, " ", el("output", { for: "wall-year", id: "wall-shown" })),
    );
  }

  function pause() {
    clearInterval(timer);
    timer = null;
    const button = byId("wall-play");
    if (button && !isCalm()) button.textContent = say("Play the years");
  }

  /** Shows the sales up to a year; while the years play, nothing is read aloud. */
  function show(page, root, { all, last }, year) {
    chosen = year === last ? null : year;
    root.querySelector("#wall-shown").textContent = String(year);
    const kinds = page.shownNumbers().map(() => ({ free: 0, depends: 0, ask: 0, stop: 0, none: 0 }));
    for (const dot of root.querySelectorAll(".wall a.dot")) {
      const at = Number(dot.dataset.year);
      dot.hidden = at > year;
      dot.classList.toggle("is-new", at === year && year !== last);
      if (!dot.hidden) kinds[Number(dot.dataset.at)][dot.dataset.kind] += 1;
    }
    for (const count of root.querySelectorAll(".wall .count")) count.textContent = String(kinds[Number(count.dataset.at)][count.dataset.kind]);
    for (const own of root.querySelectorAll(".wall tbody")) rove(own, null);
    const told = root.querySelector("#wall-told");
    told.setAttribute("aria-live", timer ? "off" : "polite");
    const shown = all.filter((sale) => sale.year <= year).length;
    const each = page.shownNumbers().map((number, at) => `${gates.plainName(page, number)}: ${counted(kinds[at])}.`);
    told.replaceChildren(
      sayMany("Until {year}: {count} sale.", "Until {year}: {count} sales.", shown, { year }),
      el("span.unseen", " ", each.join(" ")),
    );
  }

  function counted(count) {
    const parts = [
      sayMany("{count} free", "{count} free", count.free),
      sayMany("{count} must ask", "{count} must ask", count.ask),
      sayMany("{count} may not", "{count} may not", count.stop),
      sayMany("{count} depends on what nobody has said", "{count} depend on what nobody has said", count.depends),
      ...(count.none ? [sayMany("{count} without an answer", "{count} without an answer", count.none)] : []),
    ];
    return parts.join(", ");
  }

  // the dots ---------------------------------------------------------------------------------------------

  function table(page, found) {
    const names = heads();
    return el(
      "table.wall",
      el("caption.unseen", say("Sales on record at the gates of each rulebook")),
      el("thead", el("tr", KINDS.map((kind) => el("th", { scope: "col", id: `wall-${kind}` }, gates.chip({ kind, glyph: gates.GLYPHS[kind], word: names[kind] }))))),
      page.shownNumbers().map((number, at) => regime(page, found, number, at)),
    );
  }

  function regime(page, { all }, number, at) {
    const placed = all.map((sale) => ({ ...sale, gate: gates.of(page, sweep.verdictsOf(page, sale)[at]) }));
    const body = el(
      "tbody",
      { keydown: (event) => moved(event, body) },
      el("tr", el("th", { colspan: KINDS.length, scope: "rowgroup" }, gates.plainName(page, number))),
      el(
        "tr",
        KINDS.map((kind) =>
          el(
            "td",
            { headers: `wall-${kind}`, "data-kind": kind },
            el("span.count", { "data-at": at, "data-kind": kind }),
            el("span.dots", placed.filter(({ gate }) => gate.kind === kind).map((sale) => dot(page, sale, at))),
          ),
        ),
      ),
    );
    return body;
  }

  function dot(page, { id, year, gate }, at) {
    const { texts } = page.cases.get(id);
    const name = `${say(texts.title)} (${year}): ${gate.word}`;
    const href = page.caseLink(id);
    const point = () => (byId("wall-pointed").textContent = name);
    const open = page.state.embed ? { target: "_blank", rel: "noopener" } : {};
    const data = { "data-year": year, "data-at": at, "data-kind": gate.kind };
    return el("a", { class: `dot ${gates.looks(gate)}`, href, title: name, "aria-label": name, tabindex: -1, focus: point, pointerenter: point, ...data, ...open });
  }

  /** Leaves one dot of a rulebook for the tab key; the arrows lead to the others. */
  function rove(body, wanted) {
    const dots = [...body.querySelectorAll("a.dot:not([hidden])")];
    const now = wanted ?? dots.find((one) => one.tabIndex === 0) ?? dots[0];
    for (const one of body.querySelectorAll("a.dot")) one.tabIndex = one === now ? 0 : -1;
    return dots;
  }

  function moved(event, body) {
    const dots = [...body.querySelectorAll("a.dot:not([hidden])")];
    const at = dots.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: dots.length - 1 }[event.key];
    if (to === undefined || at < 0 || !dots[to]) return;
    event.preventDefault();
    rove(body, dots[to]);
    dots[to].focus();
  }

  // elsewhere --------------------------------------------------------------------------------------------

  function embedding(page) {
    const file = location.pathname.split("/").at(-1) || "index.html";
    const address = `${file}${page.link({ view: "wall", embed: true })}`.replaceAll("&", "&amp;");
    const code = `<iframe src="${address}" title="${say("The wall")}" width="100%" height="900" loading="lazy"></iframe>`;
    return el(
      "details.facts-told",
      el("summary", say("Embed this wall")),
      el("p", say("Put this file beside your page, and this line into it:")),
      el("pre", { tabindex: "0", "aria-label": say("Line to embed the wall") }, el("code", { id: "wall-embed" }, code)),
    );
  }

  function whole(page) {
    const link = el("a", { href: page.link({ embed: false }), target: "_blank", rel: "noopener" }, say("Open the whole page"));
    return el("p.note", say(page.texts.notice), " ", link);
  }

  return { draw };
})();
