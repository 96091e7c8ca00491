/* The front page: envelopes to open, three laws, decisions to draw, a rule and its price.
 *
 * Without a script the page shows the deals opened under the last law, and every decision.  The script
 * words nothing and counts nothing of law: marks, words, reasons and hits are in the data.
 */
"use strict";

/** Brings a front page to life: `scope` is the document, or the tree that has it; `root` gets its classes. */
function frontPage(scope, root, data) {
  const { texts } = data;
  const deals = data.deals.map((deal) => ({ ...deal, results: deal.results.map((at) => data.results[at]) }));
  const byId = (id) => scope.getElementById(id);
  const all = (selector) => [...scope.querySelectorAll(selector)];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const [WAVE, ASKED] = [45, 2]; // Milliseconds between two envelopes; the place of what is asked for.

  // the search ---------------------------------------------------------------------------------------------

  const tiles = all(".tile");
  const opened = new Set();
  let [law, isOver, hasAsked, selected] = [0, false, false, null];

  const wordOf = (deal, at) => (at === ASKED && !hasAsked ? "?" : data.words[deal.results[at].bar]);

  function paint(at, isSlammed = false) {
    const [deal, tile, isOpen] = [deals[at], tiles[at], opened.has(at)];
    const { mark, corner } = deal.results[law];
    const isNo = mark.startsWith("no");
    tile.classList.toggle("open", isOpen);
    tile.querySelector(".shown").classList.toggle("k", Boolean(corner));
    const sign = tile.querySelector(".m");
    sign.className = `m ${mark}${isSlammed && isNo ? " slam" : ""}`;
    sign.textContent = isNo ? texts.stamp : "";
    tile.setAttribute("aria-expanded", selected === at);
    tile.setAttribute("aria-label", `${tile.querySelector("small").textContent}: ${deal.firm}, ${deal.route}. ${isOpen ? wordOf(deal, law) : texts.closed}`);
  }

  function open(at) {
    const before = selected;
    selected = at;
    opened.add(at);
    if (opened.size === deals.length) isOver = true;
    if (before !== null) paint(before);
    paint(at);
    say();
    showCard();
  }

  function close() {
    const at = selected;
    selected = null;
    showCard();
    if (at !== null) paint(at);
    return at;
  }

  /** What the page says around the envelopes, by the law chosen and how far the search is. */
  function say() {
    root.className = `js law-${law}${isOver ? " over" : ""}`;
    byId("answer").textContent = data.laws[law].answer;
    byId("key").innerHTML = data.laws[law].key;
    all(".laws button").forEach((button, at) => button.setAttribute("aria-pressed", at === law));
    const asked = all(".laws button")[ASKED];
    asked.querySelector("strong").innerHTML = hasAsked ? data.laws[ASKED].figure : "?";
    asked.querySelector(".s").textContent = hasAsked ? data.laws[ASKED].note : texts.press;
    const perhaps = [...opened].filter((at) => deals[at].results[0].corner).length;
    const tally = opened.size ? fill(texts.tally, { n: opened.size, perhaps }) : texts.tap;
    byId("tally").textContent = isOver ? "" : tally;
    byId("all").textContent = opened.size < 3 ? texts.open_all : texts.give_up;
    scope.querySelector(".all").hidden = isOver;
  }

  function showCard() {
    const card = byId("card");
    card.hidden = selected === null;
    if (selected === null) return;
    const deal = deals[selected];
    const row = ({ bar, why }, at) => {
      const isMasked = at === ASKED && !hasAsked;
      const result = isMasked ? `<span class="q">? (${texts.masked})</span>` : `<b>${data.words[bar]}</b><span class="why">${why}</span>`;
      return `<li class="bar">${data.bars[isMasked ? "" : bar]}<div><span class="law">${data.laws[at].name}</span> ${result}</div></li>`;
    };
    card.innerHTML =
      `<button class="x" aria-label="${texts.close}">×</button><p class="where">${deal.firm} · ${deal.route}</p>` +
      `<h2>${deal.title}</h2><ul class="bars">${deal.results.map(row).join("")}</ul><a href="${tiles[selected].getAttribute("href")}">${texts.to_case} →</a>`;
    card.querySelector(".x").addEventListener("click", () => tiles[close()].focus());
  }

  function openAll() {
    const rest = deals.map((_, at) => at).filter((at) => !opened.has(at));
    close();
    isOver = true;
    say();
    scrollTo({ top: 0, behavior: isStill ? "auto" : "smooth" });
    const step = () => {
      if (!rest.length) return;
      const at = rest.shift();
      opened.add(at);
      paint(at);
      setTimeout(step, isStill ? 0 : WAVE);
    };
    step();
    all(".laws button")[0].focus({ preventScroll: true });
  }

  function choose(at) {
    law = at;
    isOver = true;
    hasAsked ||= at === ASKED;
    say();
    showCard();
    let falling = 0;
    deals.forEach((deal, place) => {
      opened.add(place);
      const isFalling = deal.results[law].mark.startsWith("no") && !isStill;
      if (isFalling) setTimeout(() => paint(place, true), WAVE * falling++);
      else paint(place);
    });
  }

  /** Makes one envelope that which the tabulator reaches. */
  const reach = (at) => tiles.forEach((tile, place) => (tile.tabIndex = place === at ? 0 : -1));

  reach(0);
  tiles.forEach((tile, at) => {
    tile.setAttribute("role", "button");
    tile.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return; // To its case, as a link.
      event.preventDefault();
      reach(at);
      open(at);
    });
  });
  const columns = () => getComputedStyle(byId("grid")).gridTemplateColumns.split(" ").length;
  scope.querySelector(".all").style.gridColumn = `span ${columns() - (tiles.length % columns())}`;
  byId("grid").addEventListener("keydown", (event) => {
    const at = tiles.indexOf(scope.activeElement);
    if (at < 0) return;
    const moves = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + columns(), ArrowUp: at - columns(), Home: 0, End: tiles.length - 1 };
    if (event.key === " ") open(at);
    else if (event.key === "Escape" && selected !== null) close();
    else if (tiles[moves[event.key]]) {
      reach(moves[event.key]);
      tiles[moves[event.key]].focus();
    } else return;
    event.preventDefault();
  });
  byId("card").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && selected !== null) tiles[close()].focus();
  });
  byId("all").addEventListener("click", openAll);
  all(".laws button").forEach((button, at) => button.addEventListener("click", () => choose(at)));
  /** In print all are open, under what is asked for if the search was not over. */
  addEventListener("beforeprint", () => {
    if (!isOver) [law, isOver, hasAsked] = [ASKED, true, true];
    close();
    deals.forEach((_, at) => opened.add(at) && paint(at));
    say();
  });
  tiles.forEach((_, at) => paint(at));
  say();

  // decisions, drawn one at a time -----------------------------------------------------------------------

  if (byId("asks")) {
    const [granted, refused] = ["dots-yes", "dots-no"].map((id) => byId(id).getAttribute("d").match(/M[^M]+/g) ?? []);
    const dots = [...granted, ...refused];
    const pool = dots.map((_, at) => at >= granted.length); // Which are refusals.
    for (let at = pool.length - 1; at > 0; at--) {
      const other = Math.floor(Math.random() * (at + 1));
      [pool[at], pool[other]] = [pool[other], pool[at]];
    }
    let drawn = 0;
    const ask = (more) => {
      drawn = Math.min(dots.length, drawn + more);
      const [yes, no] = [false, true].map((isRefusal) => dots.slice(0, drawn).filter((_, at) => pool[at] === isRefusal));
      for (const [id, path] of Object.entries({ yes, no, rest: dots.slice(drawn) })) byId(`dots-${id}`).setAttribute("d", path.join(""));
      const said = `${fill(texts.yes, { number: yes.length })}, ${fill(texts.no, { number: no.length })}.`;
      byId("said").textContent = drawn ? said : "\u00a0";
    };
    byId("asks").hidden = false;
    byId("ask-one").addEventListener("click", () => ask(1));
    byId("ask-many").addEventListener("click", () => ask(25));
    addEventListener("beforeprint", () => ask(dots.length));
    ask(0);
  }

  // a rule, by what it refuses, and its price ------------------------------------------------------------

  const [what, who, then] = ["rule-what", "rule-who", "rule-then"].map(byId);
  const yeses = (list) => list.filter(Boolean).length;

  function measure() {
    const [ofDeals, ofOrdinary] = data.hits[`${what.value}${who.value}`];
    const isRefusal = then.value === "1";
    const hits = ofDeals.map((isHit, at) => {
      const kinds = [at >= data.certain ? "d" : "", isHit ? (isRefusal ? "on" : "ask") : ""];
      return `<i class="${kinds.join(" ").trim()}"></i>`;
    });
    byId("refuses").textContent = isRefusal ? yeses(ofDeals) : 0;
    byId("refuses-of").textContent = isRefusal ? texts.refuses_of : fill(texts.asks_of, { n: yeses(ofDeals) });
    byId("costs").textContent = isRefusal ? yeses(ofOrdinary) : 0;
    byId("hits").innerHTML = hits.join("");
    byId("hits").setAttribute("aria-label", `${yeses(ofDeals)} / ${ofDeals.length}`);
    all("#greens li").forEach((item, at) => {
      item.classList.toggle("hit", ofOrdinary[at] && isRefusal);
      item.classList.toggle("asked", ofOrdinary[at] && !isRefusal);
    });
    byId("code").textContent = [what, who, then].map(({ value }) => value).join(" ");
  }

  for (const place of [what, who, then]) place.addEventListener("change", measure);
  scope.querySelector("form.rule").addEventListener("submit", (event) => event.preventDefault());
  measure();
}
