/* The page: its address, its views, and the actions of a reader. */
"use strict";

const view = (() => {
  const { byId, el, list } = elements;
  const { say } = language;
  let page = null;

  /** Data of the page, unpacked. */
  async function unpacked(id) {
    const bytes = Uint8Array.from(atob(byId(id).textContent), (letter) => letter.charCodeAt(0));
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
    const { id, isFront } = page.state ?? {};
    if (id !== state.id) page.results = [];
    page.state = state;
    byId("problems").replaceChildren(...[list(problems)].filter(Boolean));
    draw();
    if (id !== state.id || isFront !== state.isFront) scrollTo(0, 0);
  }

  // drawing --------------------------------------------------------------------------------------------------

  /** Shows the front page or the case; neither is built before it is opened. */
  function draw() {
    const { isFront, id } = page.state;
    byId("view-front").hidden = !isFront;
    byId("view-case").hidden = isFront;
    drawLinks();
    if (isFront) drawFront(page.fronts[language.code()]);
    else opened.draw(page, change);
    const title = isFront ? say("Who has to say no?") : say(page.cases.get(id).texts.title);
    document.title = `${title} · regcompare`;
  }

  /** Shows the front page, which is written beforehand. */
  function drawFront({ html, data }) {
    const root = byId("view-front");
    root.hidden = false;
    if (root.firstChild) return;
    root.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    frontPage(document, document.documentElement, data);
  }

  /** Links to both views, and to the same address in each language of the page. */
  function drawLinks() {
    const link = (isFront, word) => el("a", { href: page.link({ isFront }), "aria-current": isFront === page.state.isFront ? "page" : null }, word);
    byId("views").replaceChildren(...(page.fronts ? [link(true, say("Start")), link(false, say("Try it"))] : []));
    const languages = page.languages.map((code) => {
      const href = page.link({ lang: code });
      const follow = (event) => {
        event.preventDefault();
        location.hash = href;
        location.reload();
      };
      const isCurrent = code === language.code() ? "true" : null;
      return el("a", { href, hreflang: code, lang: code, "aria-current": isCurrent, click: follow }, code.toUpperCase());
    });
    byId("languages").hidden = languages.length < 2;
    byId("languages").replaceChildren(...languages);
  }

  /** Registers the listeners of the whole page. */
  function addListeners() {
    byId("skip").addEventListener("click", (event) => {
      event.preventDefault(); // The address belongs to the case.
      byId(page.state.isFront ? "main" : "results").focus();
    });
    addEventListener("hashchange", followAddress);
  }

  async function start() {
    const first = await unpacked("first");
    const requested = /[&#]lang=([\w-]+)/.exec(location.hash)?.[1];
    const lang = first.languages.includes(requested) ? requested : first.lang;
    if (first.fronts && /^#?(&|$)/.test(location.hash)) {
      drawFront(first.fronts[lang]);
      await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown))); // The rest can wait.
    }
    const data = { ...first, ...(await unpacked("data")) };
    language.use(lang, data.catalogues[lang]);
    language.translate(document.body);
    byId("made").textContent = say("Made with regcompare {version} from the rulesets {rulesets}.", data.made);
    page = pages.createPage(data);
    addListeners();
    followAddress();
    document.documentElement.dataset.ready = "yes";
    return page;
  }

  return { start, page: () => page };
})();

view.start();
