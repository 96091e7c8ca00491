/* The wall: the chart of the front page, every deal on record as a dot, to take away. */
"use strict";

const wall = (() => {
  const { el } = elements;
  const { say } = language;

  /** Draws the wall, once; its chart and its finding are written beforehand. */
  function draw(page, root) {
    if (root.childElementCount) return;
    const scene = new DOMParser().parseFromString(page.fronts[language.code()], "text/html").querySelector("#front-wall");
    const table = scene.querySelector("table");
    for (const head of table.querySelectorAll("th[id]")) head.id = `wall-${head.id}`;
    for (const cell of table.querySelectorAll("td")) cell.headers = `wall-${cell.headers}`;
    const dots = [...table.querySelectorAll("a.dot")];
    const chart = { title: scene.querySelector("h2").textContent, table, dots };
    root.append(
      el("h1", { tabindex: "-1" }, chart.title),
      el("p.told-story", say("Each dot is a real case. Here is what each set of rules would have said, whatever the year. Open a dot for its story.")),
      el("div", { id: "wall-body" }, table, scene.querySelector(".note"), downloads(page, chart)),
      page.state.embed ? pageLink(page) : embedding(page),
    );
    if (page.state.embed) {
      for (const dot of dots) Object.assign(dot, { target: "_blank", rel: "noopener" });
      tellHeight();
    }
    useKeys(root);
  }

  const nameOf = (body) => body.rows[0].textContent.trim();

  /** Lets the arrow keys move between the dots of each rulebook, of which one takes the tab key. */
  function useKeys(root) {
    for (const body of root.querySelectorAll(".wall tbody")) {
      const dots = [...body.querySelectorAll("a.dot")];
      const stopAt = (stop) => dots.forEach((dot) => (dot.tabIndex = dot === stop ? 0 : -1));
      body.addEventListener("keydown", (event) => {
        const at = dots.indexOf(document.activeElement);
        const target = dots[{ ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: dots.length - 1 }[event.key]];
        if (at < 0 || !target) return;
        event.preventDefault();
        stopAt(target);
        target.focus();
      });
      stopAt(dots[0]);
    }
  }

  // to take away -----------------------------------------------------------------------------------------

  function downloads(page, chart) {
    const rows = () => chart.dots.map((dot) => [nameOf(dot.closest("tbody")), dot.dataset.kind, dot.dataset.year, dot.title]);
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

  function svg(page, { title, table }) {
    const [left, step, width, perLine, above, rowHeight] = [220, 20, 160, 7, 130, 140];
    const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
    const text = (x, y, size, words) => `<text x="${x}" y="${y}" font-size="${size}">${escaped(String(words).trim())}</text>`;
    const fill = (dot, kind) => (kind === "outside" ? "" : getComputedStyle(dot).getPropertyValue(kind === "open" ? "--low" : "--high").trim()) || "#ffffff";
    const heads = [...table.tHead.rows[0].cells];
    const marks = [text(20, 40, 22, title), ...heads.map((head, at) => text(left + at * width, 84, 14, head.textContent))];
    [...table.tBodies].forEach((body, row) => {
      const top = above + row * rowHeight;
      marks.push(text(20, top, 16, nameOf(body)));
      body.querySelectorAll("td").forEach((cell, at) => {
        const dots = [...cell.querySelectorAll("a.dot")];
        marks.push(text(left + at * width, top, 16, dots.length));
        dots.forEach((dot, place) => {
          const [x, y] = [left + 8 + at * width + (place % perLine) * step, top + 20 + Math.floor(place / perLine) * step];
          marks.push(`<circle cx="${x}" cy="${y}" r="7" fill="${fill(dot, dot.dataset.kind)}" stroke="#55545c"/>`);
        });
      });
    });
    const bottom = above + table.tBodies.length * rowHeight;
    marks.push(text(20, bottom + 10, 13, `regcompare · ${say(page.texts.notice)}`));
    const size = `width="${left + heads.length * width}" height="${bottom + 30}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="Arial, sans-serif"><rect width="100%" height="100%" fill="#ffffff"/>\n${marks.join("\n")}\n</svg>`;
  }

  async function savePng(page, chart, save) {
    const image = Object.assign(new Image(), { src: `data:image/svg+xml,${encodeURIComponent(svg(page, chart))}` });
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width * 2, height: image.height * 2 });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save("deals.png", "image/png", blob));
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
