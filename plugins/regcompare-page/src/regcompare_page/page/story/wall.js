/* The wall: the chart of the front page, every deal on record as a dot, alone. */
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
    root.append(
      el("h1", { tabindex: "-1" }, scene.querySelector("h2").textContent),
      el("p.told-story", say("Each dot is a real case. Here is what each set of rules would have said, whatever the year. Open a dot for its story.")),
      el("div", { id: "wall-body" }, table, scene.querySelector(".note")),
      page.state.embed ? pageLink(page) : embedding(page),
    );
    if (page.state.embed) {
      for (const dot of table.querySelectorAll("a.dot")) Object.assign(dot, { target: "_blank", rel: "noopener" });
      tellHeight();
    }
    useKeys(root);
  }

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
