/* What stands beside the work: light and dark, the link, and paper. */
"use strict";

const tools = (() => {
  const { byId, el } = elements;
  const { say } = language;

  /** Copies a link, where the browser lets a page do so; else it stands in the address bar. Says which, in an element. */
  async function copyAddress(told, copied, hash = location.hash) {
    try {
      await navigator.clipboard.writeText(location.href.replace(/#.*$/, "") + hash);
      told.textContent = copied;
    } catch {
      location.hash = hash;
      told.textContent = say("The link is in the address bar: copy it from there.");
    }
  }

  /** The reader's choice of light or dark, kept where the browser allows it. */
  function themes() {
    const theme = byId("theme");
    const follow = (value) => {
      if (value === "system") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = value;
    };
    try {
      theme.value = localStorage.getItem("regcompare-theme") ?? "system";
    } catch {
      theme.value = "system"; // A page from a file may keep nothing.
    }
    follow(theme.value);
    theme.addEventListener("change", () => {
      follow(theme.value);
      try {
        localStorage.setItem("regcompare-theme", theme.value);
      } catch {
        // The choice lasts as long as the page is open.
      }
    });
  }

  /** Links to the same address in each language that the page has. */
  function languages(page, element) {
    const links = page.languages.map((code) => {
      const hash = address.write({ ...page.state, lang: code }, page.base());
      const follow = (event) => {
        event.preventDefault();
        location.hash = hash;
        location.reload();
      };
      const isNow = code === language.code();
      return el(
        "a",
        { href: hash, hreflang: code, lang: code, "aria-current": isNow ? "true" : null, click: follow },
        code.toUpperCase(),
      );
    });
    element.hidden = links.length < 2;
    element.replaceChildren(...links);
  }

  /** Opens for paper what is closed on the screen, and what shows only then. */
  function unfold(page) {
    drawPaper(page);
    for (let closed = foldedNow(); closed.length; closed = foldedNow()) {
      for (const details of closed) {
        details.fill?.();
        details.dataset.closed = "";
        details.open = true;
      }
    }
  }

  /** Closes again what paper alone had open. */
  function fold() {
    for (const details of document.querySelectorAll("details[data-closed]")) {
      details.open = false;
      details.removeAttribute("data-closed");
    }
  }

  const foldedNow = () => {
    const closed = [...document.querySelectorAll("#cards details:not([open]), #sources:not([open])")];
    return closed.filter((details) => details.fill || details.id === "sources");
  };

  /** The answers as a list, for paper alone. */
  function drawPaper(page) {
    const scenario = address.scenarioOf(page.base(), page.state);
    const known = presumptions.established(page.model, scenario);
    const rows = [...known.values].map(([key, value]) => {
      const answer = questions.answerWords(page, key, value);
      const isStated = known.origins.get(key) === "stated";
      return [
        el("dt", say(page.texts.facts[key].question)),
        el("dd", isStated ? answer : say("{answer} (presumed)", { answer })),
      ];
    });
    byId("paper").replaceChildren(...rows.flat());
    byId("address").textContent =
      location.href.length < 300 && location.protocol !== "file:" ? location.href : location.hash;
  }

  return { copyAddress, fold, languages, themes, unfold };
})();
