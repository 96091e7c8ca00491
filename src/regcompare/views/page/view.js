/* The page: its address, the views between which a reader moves, and what a reader can do. */
"use strict";

const view = (() => {
  const { byId, el, list } = elements;
  const { say } = language;
  let page = null;

  /** The data of the page, which lie in it packed. */
  async function unpacked() {
    const bytes = Uint8Array.from(atob(byId("data").textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).json();
  }

  // the state and its address ------------------------------------------------------------------------------

  /** Changes the state; the page follows at once, and so does the address, for the way back. */
  function change(changes) {
    page.state = { ...page.state, ...changes };
    moveTo(address.write(page.state, page.base()));
    draw();
  }

  /** Puts a new address on the way that leads back, without the browser's looking for a place by it. */
  function moveTo(hash) {
    try {
      if (hash !== page.hash) history.pushState(null, "", hash);
    } catch {
      location.hash = hash; // Some browsers guard the history of a page that was opened from a file.
    }
    page.hash = location.hash;
  }

  const changeFact = (key, value) => {
    if (key === presumptions.FACTS_DATE) change({ date: value });
    else change({ facts: { ...page.state.facts, [key]: value } });
  };

  function changeReading(id, reading) {
    const { [id]: _, ...others } = page.state.readings;
    change({ readings: reading === null ? others : { ...others, [id]: reading } });
  }

  /** Follows an address that was opened, or that the way back leads to. */
  function followAddress() {
    if (page.hash === location.hash) return;
    page.hash = location.hash;
    const { state, problems } = address.parse(location.hash, page);
    const isOther = page.state?.id !== state.id;
    if (isOther || page.state.guess !== state.guess) {
      page.last = null;
      page.toldStory = "";
      page.resetGuess();
    }
    const before = page.state?.view;
    page.state = state;
    byId("problems").replaceChildren(...[list(problems)].filter(Boolean));
    draw();
    if (isOther || before !== state.view) scrollTo(0, 0);
  }

  // drawing --------------------------------------------------------------------------------------------------

  const PAGES = {
    story: (root) => scenes.draw(page, root, actions),
    cases: (root) => gallery.draw(page, root),
    wall: (root) => wall.draw(page, root),
    play: (root) => play.draw(page, root, actions),
    rule: (root) => rule.draw(page, root, actions),
    articles: articles.draw,
  };

  /** What a reader of the story can do. */
  const actions = {
    reveal() {
      page.revealed = true;
      draw();
      scenes.lead("scene-gates");
      document.querySelector(".score")?.focus();
    },
    /** Sets a lever; says what became of the gates. */
    pull({ words, facts: stated, verdicts: found }) {
      page.toldStory = saidOf(page.results, found, say(words));
      change({ facts: { ...page.state.facts, ...stated } });
    },
    open: (id, guess = true) =>
      page.link({ id, guess, view: "story", facts: {}, powers: {}, readings: {}, date: undefined, presume: undefined }),
    to: (changes) => page.link(changes),
    set: change,
  };

  function saidOf(results, found, words) {
    const moved = results
      .map(({ number, verdict }, at) => [number, gates.of(page, verdict).word, gates.of(page, found[at]).word])
      .filter(([, before, after]) => before !== after);
    const said = moved.map(([number, before, after]) => `${gates.plainName(page, number)}: ${before} → ${after}`);
    return said.length ? `${elements.capital(words)}. ${said.join("; ")}.` : `${elements.capital(words)}.`;
  }

  function draw() {
    page.work();
    const { view: name, embed } = page.state;
    document.body.classList.toggle("is-embedded", embed);
    for (const root of document.querySelectorAll(".view")) root.hidden = root.id !== `view-${name}`;
    const { texts } = page.cases.get(page.state.id);
    document.title = `${drawTop(name) ?? say(texts.title)} · regcompare`;
    PAGES[name](byId(`view-${name}`));
  }

  /** The links to the pages and languages, with the one that is open marked; its title where it is not about one case. */
  function drawTop(name) {
    tools.languages(page, byId("languages"));
    const names = {
      story: say("Story"),
      cases: say("Sales"),
      wall: say("Wall"),
      play: say("Decide"),
      rule: say("Rule"),
      articles: say("Articles"),
    };
    byId("views").replaceChildren(
      ...Object.entries(names).map(([view, word]) =>
        el("li", el("a", { href: page.link({ view }), "aria-current": view === name ? "page" : null }, word)),
      ),
    );
    const titles = { cases: say("All sales on record"), wall: say("The wall"), play: say("You decide"), rule: say("Write the rule") };
    return titles[name];
  }

  /** Listens to the reader. */
  function settle() {
    byId("skip").addEventListener("click", (event) => {
      event.preventDefault(); // The address belongs to the case.
      byId(page.state.view === "articles" ? "results" : "main").focus();
    });
    tools.themes();
    addEventListener("hashchange", followAddress);
    addEventListener("beforeprint", () => tools.unfold(page));
    addEventListener("afterprint", tools.fold);
  }

  async function start() {
    const data = await unpacked();
    const asked = address.languageOf(location.hash);
    const lang = asked in data.catalogues || asked === "en" ? asked : data.lang;
    language.use(lang, data.catalogues[lang]);
    language.translate(document.body);
    byId("made").textContent = say("Made with regcompare {version} from the rulesets {rulesets}.", data.made);
    page = pages.opened(data);
    page.state = address.parse(location.hash, page).state;
    settle();
    articles.settle(page, { change, changeFact, changeReading, draw });
    followAddress();
    document.documentElement.dataset.ready = "yes";
    return page;
  }

  return { start, page: () => page };
})();

view.start();
