/* Tools of the page: light and dark, the link, languages, and print. */
"use strict";

const tools = (() => {
  const { byId, el } = elements;
  const { say } = language;

  /** Copies a link if the browser allows it, otherwise puts it into the address bar; an element says which. */
  async function copyAddress(status, copied, hash = location.hash) {
    try {
      await navigator.clipboard.writeText(location.href.replace(/#.*$/, "") + hash);
      status.textContent = copied;
    } catch {
      location.hash = hash;
      status.textContent = say("The link is in the address bar: copy it from there.");
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
        // The choice lasts while the page is open.
      }
    });
  }

  /** Links to the same address in each language of the page. */
  function languages(page, element) {
    const links = page.languages.map((code) => {
      const hash = address.write({ ...page.state, lang: code }, page.base());
      const follow = (event) => {
        event.preventDefault();
        location.hash = hash;
        location.reload();
      };
      const isCurrent = code === language.code();
      return el(
        "a",
        { href: hash, hreflang: code, lang: code, "aria-current": isCurrent ? "true" : null, click: follow },
        code.toUpperCase(),
      );
    });
    element.hidden = links.length < 2;
    element.replaceChildren(...links);
  }

  /** Opens for print what is closed on screen, and fills what appears only in print. */
  function unfold(page) {
    drawPaper(page);
    for (let folded = foldedNow(); folded.length; folded = foldedNow()) {
      for (const details of folded) {
        details.fill?.();
        details.dataset.closed = "";
        details.open = true;
      }
    }
  }

  /** Closes again what was opened for print. */
  function fold() {
    for (const details of document.querySelectorAll("details[data-closed]")) {
      details.open = false;
      details.removeAttribute("data-closed");
    }
  }

  const foldedNow = () => {
    const folded = [...document.querySelectorAll("#cards details:not([open]), #sources:not([open])")];
    return folded.filter((details) => details.fill || details.id === "sources");
  };

  /** The answers as a list, for print only. */
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
