/* The game: one case at a time; what is decided stays in this page.  Without a script all of it is shown. */
"use strict";

(() => {
  const turns = [...document.querySelectorAll(".turn")];
  const end = document.getElementById("end");
  const decisions = []; // "yes" or "no", one for each case decided.

  function show(part) {
    for (const one of [...turns, end]) one.hidden = one !== part;
    part.querySelector("h2").focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  function ask(turn) {
    turn.querySelector(".btns").hidden = false;
    turn.querySelector(".then").hidden = true;
    show(turn);
  }

  function decide(turn, answer) {
    decisions.push(answer);
    const stamp = turn.querySelector(".you .st");
    stamp.className = `st ${answer}`;
    stamp.textContent = stamp.dataset[answer];
    turn.querySelector(".btns").hidden = true;
    turn.querySelector(".then").hidden = false;
    tally(turn);
    show(turn);
  }

  /** Both rows of bars, and the three numbers in a sentence. */
  function tally(part) {
    const they = turns.slice(0, decisions.length).map(({ dataset }) => dataset.decided);
    const count = (list, what) => String(list.filter((item) => item === what).length);
    const bars = (list) => list.map((what) => Object.assign(document.createElement("i"), { className: what }));
    const numbers = { you: count(decisions, "no"), they: count(they, "no"), nobody: count(they, "nobody") };
    const sentence = end.dataset.told.replace(/\{(\w+)\}/g, (_, name) => numbers[name]);
    part.querySelector(".tal").setAttribute("aria-label", sentence);
    part.querySelectorAll(".tb").forEach((row, at) => row.replaceChildren(...bars(at ? they : decisions)));
    const told = part.querySelector(".told");
    if (told) told.textContent = sentence;
  }

  turns.forEach((turn, at) => {
    for (const button of turn.querySelectorAll(".btns button")) button.addEventListener("click", () => decide(turn, button.value));
    turn.querySelector("button.main").addEventListener("click", () => (at + 1 < turns.length ? ask(turns[at + 1]) : (tally(end), show(end))));
  });
  end.querySelector("button").addEventListener("click", () => {
    decisions.length = 0;
    ask(turns[0]);
  });
  ask(turns[0]);
})();
