/* The page: its address, its views, and the actions of a reader. */
"use strict";

const view = (() => {
  const { byId, el, list } = elements;
  const { say } = language;
  let page = null;

  /** The data of the page, unpacked. */
  async function unpacked() {
    const bytes = Uint8Array.from(atob(byId("data").textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).json();
  }

  // the state and its address ------------------------------------------------------------------------------

  /** Changes the state by its address, which the history keeps. */
  function change(changes) {
    location.hash = page.link(changes);
    followAddress();
  }

  /** Follows an address that was opened, or reached through the history. */
  function followAddress() {
    if (page.hash === location.hash) return;
    page.hash = location.hash;
    const { state, problems } = address.parse(location.hash, page);
    const isOtherCase = page.state?.id !== state.id;
    if (isOtherCase || page.state.guess !== state.guess) {
      page.results = [];
      page.resetGuess();
    }
    const previousView = page.state?.view;
    page.state = state;
    byId("problems").replaceChildren(...[list(problems)].filter(Boolean));
    draw();
    if (isOtherCase || previousView !== state.view) scrollTo(0, 0);
  }

  // drawing --------------------------------------------------------------------------------------------------

  const PAGES = {
    front: (root) => drawFront(root),
    story: (root) => scenes.draw(page, root, actions),
    cases: (root) => gallery.draw(page, root),
    wall: (root) => wall.draw(page, root),
    play: (root) => play.draw(page, root, actions),
    rule: (root) => rule.draw(page, root, actions),
    articles: articles.draw,
  };

  /** Shows the front page, which is written beforehand; its dots are reached with the arrow keys. */
  function drawFront(root) {
    if (root.childElementCount) return;
    root.append(...new DOMParser().parseFromString(page.fronts[language.code()], "text/html").body.childNodes);
    wall.useKeys(root);
  }

  /** The actions of a reader of the story. */
  const actions = {
    reveal() {
      page.revealed = true;
      draw();
      document.querySelector(".score").focus();
    },
    /** Sets a lever, and shows the changed gates, which are known already; their reasons follow after a frame. */
    pull({ facts: changes, verdicts: newVerdicts }) {
      scenes.showGates(page, newVerdicts);
      requestAnimationFrame(() => setTimeout(() => change({ changes: { ...page.state.changes, ...changes } })));
    },
    open: (id, guess = true) => page.link({ id, guess, view: "story", changes: {} }),
    set: change,
  };

  function draw() {
    page.work();
    const { view: name, embed } = page.state;
    document.body.classList.toggle("is-embedded", Boolean(embed));
    for (const root of document.querySelectorAll(".view")) root.hidden = root.id !== `view-${name}`;
    const { texts } = page.cases.get(page.state.id);
    document.title = `${drawTop(name) ?? say(texts.title)} · regcompare`;
    PAGES[name](byId(`view-${name}`));
  }

  /** Draws the links to views and languages; returns the title of a view that is not about one case. */
  function drawTop(name) {
    drawLanguages(byId("languages"));
    const names = {
      ...(page.fronts ? { front: say("Start") } : {}),
      story: say("Story"),
      cases: say("Cases"),
      ...(page.fronts ? { wall: say("Wall") } : {}),
      play: say("Decide"),
      rule: say("Rule"),
      articles: say("Articles"),
    };
    byId("views").replaceChildren(
      ...Object.entries(names).map(([view, word]) =>
        el("li", el("a", { href: page.link({ view }), "aria-current": view === name ? "page" : null }, word)),
      ),
    );
    const titles = { front: say("What may be sold to whom"), cases: say("All cases on record"), wall: say("The wall"), play: say("You decide"), rule: say("Write the rule") };
    return titles[name];
  }

  /** Links to the same address in each language of the page. */
  function drawLanguages(element) {
    const links = page.languages.map((code) => {
      const href = page.link({ lang: code });
      const follow = (event) => {
        event.preventDefault();
        location.hash = href;
        location.reload();
      };
      const isCurrent = code === language.code() ? "true" : null;
      return el("a", { href, hreflang: code, lang: code, "aria-current": isCurrent, click: follow }, code.toUpperCase());
    });
    element.hidden = links.length < 2;
    element.replaceChildren(...links);
  }

  /** Registers the listeners of the whole page. */
  function addListeners() {
    byId("skip").addEventListener("click", (event) => {
      event.preventDefault(); // The address belongs to the case.
      byId(page.state.view === "articles" ? "results" : "main").focus();
    });
    addEventListener("hashchange", followAddress);
  }

  async function start() {
    const data = await unpacked();
    const requested = /[&#]lang=([\w-]+)/.exec(location.hash)?.[1];
    const lang = requested in data.catalogues || requested === "en" ? requested : data.lang;
    language.use(lang, data.catalogues[lang]);
    language.translate(document.body);
    byId("made").textContent = say("Made with regcompare {version} from the rulesets {rulesets}.", data.made);
    page = pages.createPage(data);
    page.state = address.parse(location.hash, page).state;
    addListeners();
    articles.setUp(page, change);
    followAddress();
    document.documentElement.dataset.ready = "yes";
    return page;
  }

  return { start, page: () => page };
})();

view.start();
