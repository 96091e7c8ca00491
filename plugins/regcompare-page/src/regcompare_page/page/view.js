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
    articles: articles.draw,
  };

  /** Shows the front page, which is written beforehand, in a tree of its own with its own style. */
  function drawFront(root) {
    if (root.shadowRoot) return;
    const { style, pages } = page.fronts;
    const { html, data } = pages[language.code()];
    const tree = root.attachShadow({ mode: "open" });
    const content = el("div.public.js");
    content.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    tree.append(el("style", style), content);
    frontPage(tree, content, data);
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
    const { view: name } = page.state;
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
      articles: say("Articles"),
    };
    byId("views").replaceChildren(
      ...Object.entries(names).map(([view, word]) =>
        el("li", el("a", { href: page.link({ view }), "aria-current": view === name ? "page" : null }, word)),
      ),
    );
    return name === "front" ? say("Who has to say no?") : null;
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
