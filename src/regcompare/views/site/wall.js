/* The wall: turns the table of sales into dots at three gates, up to the year of the slider. */
(() => {
  "use strict";
  const wall = document.getElementById("wall");
  const slider = document.getElementById("year");
  const shown = document.getElementById("shown");
  const said = document.getElementById("said");
  const rows = [...document.querySelectorAll("tbody tr")];
  const words = wall.dataset;

  /* The dots of one regime, each a link, in the lane of what becomes of the sale. */
  const dotsOf = (gate, column) => rows.map((row) => {
    const cell = row.cells[column + 2];
    const link = row.querySelector("a");
    const dot = document.createElement("a");
    dot.className = `dot ${cell.dataset.look}`;
    dot.href = link.href;
    dot.target = "_top";
    dot.title = `${link.textContent}: ${cell.textContent.trim()}`;
    dot.tabIndex = -1;
    gate.querySelector(`[data-lane="${cell.dataset.lane}"] .dots`).append(dot);
    return { dot, lane: cell.dataset.lane };
  });

  const gates = [...wall.querySelectorAll(".wall-gate")].map((gate, column) => ({
    gate, dots: dotsOf(gate, column), name: gate.dataset.name,
  }));

  /* How many dots each lane shows, written beside it and returned in words. */
  const counted = ({ gate, dots, name }) => {
    const told = [...gate.querySelectorAll("[data-lane]")].map((lane) => {
      const number = dots.filter((item) => item.lane === lane.dataset.lane && !item.dot.hidden).length;
      lane.querySelector(".number").textContent = String(number);
      lane.hidden = lane.dataset.lane === "none" && number === 0;
      return number ? `${lane.dataset.word} ${number}` : "";
    });
    return `${name}: ${told.filter(Boolean).join(", ")}.`;
  };

  let waiting = 0;
  const show = () => {
    const year = Number(slider.value);
    shown.textContent = slider.value;
    rows.forEach((row, place) => {
      row.hidden = Number(row.dataset.year) > year;
      gates.forEach(({ dots }) => { dots[place].dot.hidden = row.hidden; });
    });
    const count = rows.filter((row) => !row.hidden).length;
    const begin = words.count.replace("{year}", slider.value).replace("{count}", String(count));
    const text = [begin, ...gates.map(counted)].join(" ");
    clearTimeout(waiting);
    waiting = setTimeout(() => { said.textContent = text; }, 400);
  };

  slider.addEventListener("input", show);
  wall.hidden = false;
  show();
})();
