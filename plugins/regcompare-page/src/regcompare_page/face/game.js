/* The game: one case at a time; what is decided stays in this page. */
"use strict";

(() => {
  const { cases, texts } = JSON.parse(document.getElementById("data").textContent);
  const root = document.getElementById("game");
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const decisions = []; // "yes" or "no", one for each case decided.

  /** An element with its class, its text and its children. */
  function el(name, className = "", text = "", ...children) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    element.append(...children);
    return element;
  }

  function button(text, className, action) {
    const element = el("button", className, text);
    element.type = "button";
    element.addEventListener("click", action);
    return element;
  }

  function show(...children) {
    root.replaceChildren(...children.filter(Boolean));
    const head = root.querySelector("h2");
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  const position = (at) => el("p", "pos", "", ...cases.map((_, place) => el("i", place <= at ? "on" : "")));

  function ask(at) {
    const one = cases[at];
    const role = one.country ? fill(texts.role, one) : texts.role_unknown;
    show(
      position(at),
      el("p", "small", `${fill(texts.count, { n: at + 1, all: cases.length })}. ${role}`),
      el("h2", "", one.title),
      el("p", "small", one.route),
      el("p", "", one.story),
      el("h3", "", texts.question),
      el(
        "div", "btns", "",
        button(texts.allow, "btn", () => decide(at, "yes")),
        button(texts.refuse, "btn", () => decide(at, "no")),
      ),
    );
  }

  function decide(at, answer) {
    decisions.push(answer);
    const one = cases[at];
    const isLast = at + 1 === cases.length;
    const next = button(isLast ? texts.end : texts.next, "btn main", () => (isLast ? end() : ask(at + 1)));
    const link = el("a", "", texts.case);
    link.href = one.href;
    show(
      position(at),
      el("h2", "", one.title),
      el("div", "stamps", "", stamp(texts.you, answer), stamp(texts.they, one.decided)),
      el("h3", "", texts.happened),
      el("p", "", one.happened),
      one.dispute ? el("p", "small", `${texts.disputed}: ${one.dispute}`) : null,
      el("h3", "", texts.who),
      el("ul", "bars", "", ...one.bars.map(bar)),
      tally(),
      el("p", "", "", next, " ", link),
    );
  }

  const stamp = (who, what) => el("div", "", "", el("span", "who", who), el("span", `st ${what}`, texts[what]));

  function bar({ law, bar: picture, word }) {
    const item = el("li", "bar");
    item.innerHTML = picture;
    item.append(el("div", "", "", el("span", "law", law), el("b", "", word)));
    return item;
  }

  function tally() {
    const done = cases.slice(0, decisions.length);
    const row = (who, list) => [el("span", "", who), el("span", "tb", "", ...list.map((what) => el("i", what)))];
    const rows = el("div", "tal", "", ...row(texts.you, decisions), ...row(texts.they, done.map(({ decided }) => decided)));
    rows.setAttribute("role", "img");
    rows.setAttribute("aria-label", summary());
    return rows;
  }

  const count = (list, what) => list.filter((item) => item === what).length;

  function summary() {
    const they = cases.slice(0, decisions.length).map(({ decided }) => decided);
    return fill(texts.final, { you: count(decisions, "no"), they: count(they, "no"), nobody: count(they, "nobody") });
  }

  function end() {
    const rule = el("a", "btn", texts.rule);
    rule.href = "index.html#rule";
    const again = button(texts.again, "btn", () => {
      decisions.length = 0;
      ask(0);
    });
    show(
      el("h2", "", texts.tally),
      tally(),
      el("p", "", summary()),
      ...[...document.querySelectorAll("#after > *")].map((item) => item.cloneNode(true)),
      el("p", "", "", rule, " ", again),
    );
  }

  ask(0);
})();
