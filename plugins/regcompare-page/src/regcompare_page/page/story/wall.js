/* The wall: every sale on record as a dot at the gates of each rulebook, up to a chosen year. */
"use strict";

const wall = (() => {
  const { byId, el } = elements;
  const { say, sayMany } = language;
  const KINDS = ["free", "tell", "licence", "refuse", "open", "outside"];
  const GATES = { free: "free", tell: "ask", licence: "ask", refuse: "stop", open: "depends", outside: "none" };

  let chosenYear = null;

  /** The deals on record, by year; undated ones go with the last year. */
  function sales(page) {
    const year = (id) => Number(page.cases.get(id).facts.date?.slice(0, 4)) || null;
    const recorded = sweep.deals(page).map((sale) => ({ ...sale, year: year(sale.id) }));
    const years = recorded.map((sale) => sale.year).filter(Boolean);
    const [first, last] = [Math.min(...years), Math.max(...years)];
    const dated = recorded.map((sale) => ({ ...sale, year: sale.year ?? last }));
    return { first, last, all: dated.sort((a, b) => a.year - b.year) };
  }

  function draw(page, root) {
    const register = sales(page);
    const title = el("h1", { tabindex: "-1" }, say("The wall"));
    if (!Number.isFinite(register.last)) return root.replaceChildren(title, el("p", say("This page has no sale on record.")));
    const status = el("p.told", { role: "status", id: "wall-told" });
    const body = el("div", { id: "wall-body" });
    root.replaceChildren(
      title,
      el("p.told-story", say("Each dot is a real case. Here is what each set of rules would have said, whatever the year. Open a dot for its story.")),
      controls(register, (year) => show(page, root, register, year)),
      status,
      body,
      el("p.note.pointed", { id: "wall-pointed", "aria-hidden": "true" }),
      page.state.embed ? pageLink(page) : embedding(page),
    );
    if (page.state.embed) tellHeight();
    return sweep.run(page, register.all.flatMap(({ parts }) => parts), status, register.all.length, () => {
      const chart = body.appendChild(table(page, register));
      title.textContent = finding(page, chart);
      body.replaceChildren(chart, el("p.note", limits(page)), downloads(page, chart));
      useKeys(body);
      show(page, root, register, Math.min(Math.max(chosenYear ?? register.last, register.first), register.last));
    });
  }

  // the finding ------------------------------------------------------------------------------------------

  /** What the chart shows, as its title: how many deals the acts, and a proposal, oblige anyone to refuse. */
  function finding(page, chart) {
    const numbers = page.shownNumbers();
    const refused = numbers.map((_, at) => chart.querySelectorAll(`a.dot[data-at="${at}"][data-kind="refuse"]`).length);
    const all = chart.querySelectorAll('a.dot[data-at="0"]').length;
    const isProposal = numbers.map((number) => page.model.data.rulesets[number].status === "proposal");
    const asked = isProposal.indexOf(true);
    if (asked < 0 || refused.some((count, at) => count && !isProposal[at]))
      return say("Must be refused or is banned, of {all} deals: {counts}.", { all, counts: numbers.map((number, at) => `${gates.plainName(page, number)} ${refused[at]}`).join(", ") });
    return say("In none of {all} documented deals do the EU regulations oblige a government to say no. {asked} would, in {count}.", { all, asked: gates.plainName(page, numbers[asked]), count: refused[asked] });
  }

  /** What the chart does and does not show. */
  function limits(page) {
    const range = page.refused.length && !page.state.shown ? say("With disputed facts left open it would, in {low} to {high}.", { low: page.refused[0], high: page.refused[1] }) : "";
    return [say("A government may refuse; neither regulation makes it. Facts are as the case files have them. Sanctions and other EU law are not in these rows."), " ", range];
  }

  // to take away -----------------------------------------------------------------------------------------

  function downloads(page, chart) {
    const dots = [...chart.querySelectorAll("a.dot")];
    const rows = () => dots.map(({ dataset, title }) => [gates.plainName(page, page.shownNumbers()[Number(dataset.at)]), dataset.kind, dataset.year, title]);
    const quote = (text) => `"${text.replaceAll('"', '""')}"`;
    const csv = () => [["regime", "class", "year", "deal"], ...rows()].map((row) => row.map(quote).join(",")).join("\n");
    const save = (name, type, text) => {
      const link = el("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
      link.click();
      URL.revokeObjectURL(link.href);
    };
    return el(
      "p.next",
      el("button", { click: () => save("deals.svg", "image/svg+xml", svg(page, chart)) }, "SVG"),
      el("button", { click: () => savePng(page, chart, save) }, "PNG"),
      el("button", { click: () => save("deals.csv", "text/csv", csv()) }, "CSV"),
    );
  }

  function svg(page, chart) {
    const [left, step, width, perLine, above, rowHeight] = [220, 20, 160, 7, 130, 140];
    const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
    const text = (x, y, size, words) => `<text x="${x}" y="${y}" font-size="${size}">${escaped(String(words))}</text>`;
    const fill = (dot, kind) => (kind === "outside" ? "" : getComputedStyle(dot).getPropertyValue(kind === "open" ? "--low" : "--high").trim()) || "#ffffff";
    const marks = [text(20, 40, 22, finding(page, chart)), ...KINDS.map((kind, at) => text(left + at * width, 84, 14, say(page.texts.classes[kind])))];
    page.shownNumbers().forEach((number, row) => {
      const top = above + row * rowHeight;
      marks.push(text(20, top, 16, gates.plainName(page, number)));
      KINDS.forEach((kind, at) => {
        const dots = [...chart.querySelectorAll(`a.dot[data-at="${row}"][data-kind="${kind}"]`)];
        marks.push(text(left + at * width, top, 16, dots.length));
        dots.forEach((dot, place) => {
          const [x, y] = [left + 8 + at * width + (place % perLine) * step, top + 20 + Math.floor(place / perLine) * step];
          marks.push(`<circle cx="${x}" cy="${y}" r="7" fill="${fill(dot, kind)}" stroke="#55545c"/>`);
        });
      });
    });
    const bottom = above + page.shownNumbers().length * rowHeight;
    marks.push(text(20, bottom + 10, 13, `regcompare · ${say(page.texts.notice)}`));
    const size = `width="${left + KINDS.length * width}" height="${bottom + 30}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="Arial, sans-serif"><rect width="100%" height="100%" fill="#ffffff"/>\n${marks.join("\n")}\n</svg>`;
  }

  async function savePng(page, chart, save) {
    const image = Object.assign(new Image(), { src: `data:image/svg+xml,${encodeURIComponent(svg(page, chart))}` });
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width * 2, height: image.height * 2 });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save("deals.png", "image/png", blob));
  }

  // the years --------------------------------------------------------------------------------------------

  function controls({ first, last }, showYear) {
    const slider = el("input", { type: "range", id: "wall-year", min: first, max: last, step: 1, input: () => showYear(Number(slider.value)) });
    slider.value = String(chosenYear ?? last);
    return el("div.wall-controls", el("label", el("span", say("Up to the year")), " ", slider, " ", el("output", { for: "wall-year", id: "wall-shown" })));
  }

  /** Shows the sales up to a year. */
  function show(page, root, { all: sales, last }, year) {
    chosenYear = year === last ? null : year;
    root.querySelector("#wall-shown").textContent = String(year);
    const kinds = page.shownNumbers().map(() => Object.fromEntries(KINDS.map((kind) => [kind, 0])));
    for (const dot of root.querySelectorAll(".wall a.dot")) {
      const at = Number(dot.dataset.year);
      dot.hidden = at > year;
      dot.classList.toggle("is-new", at === year && year !== last);
      if (!dot.hidden) kinds[Number(dot.dataset.at)][dot.dataset.kind] += 1;
    }
    for (const count of root.querySelectorAll(".wall .count")) count.textContent = String(kinds[Number(count.dataset.at)][count.dataset.kind]);
    for (const body of root.querySelectorAll(".wall tbody")) setTabStop(body, null);
    const status = root.querySelector("#wall-told");
    const shownCount = sales.filter((sale) => sale.year <= year).length;
    const regimeCounts = page.shownNumbers().map((number, at) => `${gates.plainName(page, number)}: ${counted(page, kinds[at])}.`);
    status.replaceChildren(
      sayMany("Until {year}: {count} sale.", "Until {year}: {count} sales.", shownCount, { year }),
      el("span.unseen", " ", regimeCounts.join(" ")),
    );
  }

  const counted = (page, count) => KINDS.map((kind) => `${say(page.texts.classes[kind])} ${count[kind]}`).join(", ");

  // the dots ---------------------------------------------------------------------------------------------

  function table(page, sales) {
    return el(
      "table.wall",
      el("caption.unseen", say("Sales on record at the gates of each rulebook")),
      el("thead", el("tr", KINDS.map((kind) => el("th", { scope: "col", id: `wall-${kind}` }, gates.chip({ kind: GATES[kind], glyph: gates.GLYPHS[GATES[kind]] ?? "", word: say(page.texts.classes[kind]) }))))),
      page.shownNumbers().map((number, at) => regime(page, sales, number, at)),
    );
  }

  function regime(page, { all: sales }, number, at) {
    const withGates = sales.map((sale) => {
      const verdict = sweep.verdictsOf(page, sale)[at];
      return { ...sale, kind: sweep.classOf(page, verdict), span: verdict.span, gate: gates.gateOf(page, verdict) };
    });
    return el(
      "tbody",
      el("tr", el("th", { colspan: KINDS.length, scope: "rowgroup" }, gates.plainName(page, number))),
      el(
        "tr",
        KINDS.map((kind) =>
          el(
            "td",
            { headers: `wall-${kind}`, "data-kind": kind },
            el("span.count", { "data-at": at, "data-kind": kind }),
            kind === "open" ? atLeastLicence(withGates) : null,
            el("span.dots", strictestFirst(withGates.filter((sale) => sale.kind === kind)).map((sale) => dot(page, sale, at))),
          ),
        ),
      ),
    );
  }

  const LICENCE = 3; // The rank of an authorisation.
  const isLicensed = ({ span }) => Boolean(span && span[0] >= LICENCE);
  const strictestFirst = (sales) => [...sales].sort((one, other) => isLicensed(other) - isLicensed(one));

  /** How many of the open deals need a licence in any case. */
  function atLeastLicence(sales) {
    const count = sales.filter((sale) => sale.kind === "open" && isLicensed(sale)).length;
    return count ? el("span.note", " ", say("at least a licence: {count}", { count })) : null;
  }

  function dot(page, { id, year, kind, gate }, at) {
    const { texts } = page.cases.get(id);
    const name = `${say(texts.title)} (${year}): ${gate.word}`;
    const href = page.caseLink(id);
    const point = () => byId("wall-pointed") && (byId("wall-pointed").textContent = name);
    const linkTarget = page.state.embed ? { target: "_blank", rel: "noopener" } : {};
    const data = { "data-year": year, "data-at": at, "data-kind": kind };
    return el("a", { class: `dot ${gates.classes(gate)}`, href, title: name, "aria-label": name, tabindex: -1, focus: point, pointerenter: point, ...data, ...linkTarget });
  }

  /** Makes one dot of a rulebook the tab stop; the arrow keys move between dots. */
  function setTabStop(body, chosenDot) {
    const dots = [...body.querySelectorAll("a.dot:not([hidden])")];
    const current = chosenDot ?? dots.find((dot) => dot.tabIndex === 0) ?? dots[0];
    for (const dot of body.querySelectorAll("a.dot")) dot.tabIndex = dot === current ? 0 : -1;
    return dots;
  }

  /** Lets the arrow keys move between the dots of each rulebook. */
  function useKeys(root) {
    for (const body of root.querySelectorAll(".wall tbody")) {
      body.addEventListener("keydown", (event) => moveFocus(event, body));
      setTabStop(body, null);
    }
  }

  function moveFocus(event, body) {
    const dots = [...body.querySelectorAll("a.dot:not([hidden])")];
    const current = dots.indexOf(document.activeElement);
    const target = { ArrowRight: current + 1, ArrowDown: current + 1, ArrowLeft: current - 1, ArrowUp: current - 1, Home: 0, End: dots.length - 1 }[event.key];
    if (target === undefined || current < 0 || !dots[target]) return;
    event.preventDefault();
    setTabStop(body, dots[target]);
    dots[target].focus();
  }

  // elsewhere --------------------------------------------------------------------------------------------

  /** The lines that put the wall into another page, which makes the frame as high as the wall says it is. */
  function embedding(page) {
    const file = location.pathname.split("/").at(-1) || "index.html";
    const address = `${file}${page.link({ view: "wall", embed: true })}`.replaceAll("&", "&amp;");
    const code = [
      `<iframe id="regcompare-wall" src="${address}" title="${say("The wall")}" width="100%" height="900"></iframe>`,
      '<script>addEventListener("message", ({ data }) => { if (data.wallHeight) document.getElementById("regcompare-wall").height = data.wallHeight; });<\/script>', // Otherwise it would end this script.
    ];
    return el(
      "details.facts-told",
      el("summary", say("Embed this wall")),
      el("p", say("Put this file beside your page, and these lines into it:")),
      el("pre", { tabindex: "0", "aria-label": say("Lines to embed the wall") }, el("code", { id: "wall-embed" }, code.join("\n"))),
    );
  }

  /** Tells the page around how high the wall is, now and whenever that changes. */
  function tellHeight() {
    new ResizeObserver(() => parent.postMessage({ wallHeight: document.body.offsetHeight + 8 }, "*")).observe(document.body);
  }

  function pageLink(page) {
    const link = el("a", { href: page.link({ embed: false }), target: "_blank", rel: "noopener" }, say("Open the whole page"));
    return el("p.note", say(page.texts.notice), " ", link);
  }

  return { draw, useKeys };
})();
