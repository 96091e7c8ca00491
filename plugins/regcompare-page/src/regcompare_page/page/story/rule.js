/* Write the rule: the reader picks the conditions and the outcome of a rule, and it runs over all cases. */
"use strict";

const rule = (() => {
  const { el, fold } = elements;
  const { say, sayMany } = language;

  function draw(page, root, actions) {
    const ownRule = (page.state.rule && clauses.read(page, page.state.rule)) || clauses.example(page, page.scenario);
    const change = (changes) => actions.set({ rule: clauses.write({ ...ownRule, ...changes }) });
    const focusedId = root.contains(document.activeElement) ? document.activeElement.id : null;
    const status = el("p.told", { role: "status", id: "rule-told" });
    const results = el("div.rule-results");
    root.replaceChildren(
      el("h1", { tabindex: "-1" }, say("Write the rule")),
      el("p.told-story", say("Pick what your rule looks at and what it says. It runs over all cases at once: whom does it reach, and whom does it hit by mistake?")),
      el("div.rule-work", el("div.rule-parts", builder(page, ownRule, change)), sentence(page, ownRule), status, results),
    );
    if (focusedId) document.getElementById(focusedId)?.focus({ preventScroll: true });
    sales.prepare(page, status).then(() => {
      const evaluation = counts.evaluate(page, ownRule);
      status.textContent = evaluation.summary;
      results.replaceChildren(...counts.render(page, evaluation), vote(page));
    });
  }

  // the parts --------------------------------------------------------------------------------------------

  function builder(page, ownRule, change) {
    const valuesOf = (key) => ownRule.parts.find((part) => part.key === key)?.values ?? [];
    const pick = (key, values) => {
      const others = ownRule.parts.filter((part) => part.key !== key);
      const index = ownRule.parts.findIndex((part) => part.key === key);
      const part = { key, values };
      change({ parts: !values.length ? others : index < 0 ? [...others, part] : ownRule.parts.with(index, part) });
    };
    return [
      outcome(ownRule, change),
      el("h2", say("What it looks at")),
      page.levers.map((lever) => choices(lever, valuesOf(lever.id), pick)),
    ];
  }

  function outcome({ outcome: now }, change) {
    const option = (kind, word) =>
      gates.option(kind, word, { id: `rule-${kind}`, name: "rule-says", checked: now === kind, change: () => change({ outcome: kind }) });
    const choices = el("div.choices", option("ask", say("Licence")), option("stop", say("No")));
    return el("fieldset.rule-says", el("legend", say("What your rule says")), choices);
  }

  /** The settings of a lever that the rule may ask for, folded until one is picked. */
  function choices({ id: key, subject, settings }, picked, pick) {
    const title = elements.capital(say(subject));
    const option = ({ words }, at) => {
      const value = String(at);
      const take = ({ target }) => pick(key, target.checked ? [...picked, value] : picked.filter((one) => one !== value));
      const input = el("input", { type: "checkbox", id: `rule-${key}-${value}`, checked: picked.includes(value), change: take });
      return el("label.setting", input, el("span", say(words)));
    };
    return fold(
      `part-${key}`,
      "details.lever",
      [title, picked.length ? el("span.picked", picked.map((at) => say(settings[at].words)).join("; ")) : null],
      el("fieldset", { "aria-label": title }, settings.map(option)),
      picked.length > 0,
    );
  }

  // the rule in words ------------------------------------------------------------------------------------

  function sentence(page, ownRule) {
    const parts = ownRule.parts.map((part) => clauses.words(page, part));
    return el(
      "section.rule-words",
      { "aria-labelledby": "rule-words" },
      el("h2", { id: "rule-words" }, say("Your rule")),
      el("p", clauses.ruleLead(ownRule)),
      elements.list(parts.map(({ subject, answers }) => [subject, " ", el("strong", answers)]), { class: null }),
      copyButton(page, ownRule),
    );
  }

  // a vote -----------------------------------------------------------------------------------------------

  let pasted = "";

  /** A vote of a class without a server: each pupil's rule is in an address, and whoever counts pastes them all. */
  function vote(page) {
    const ballot = el("textarea", { id: "vote", rows: "5", "aria-describedby": "vote-told", input: () => count() });
    const told = el("div", { id: "vote-told", role: "status" });
    const count = () => {
      pasted = ballot.value;
      const texts = pasted.split("\n").filter((line) => line.trim()).map(ruleIn);
      const votes = new Map();
      for (const text of texts.filter(Boolean)) votes.set(text, (votes.get(text) ?? 0) + 1);
      const lost = texts.filter((text) => !text).length;
      told.replaceChildren(
        ...[...votes].sort(([, one], [, other]) => other - one).map(([text, number]) => candidate(page, text, number)),
        lost ? el("p.note", sayMany("{count} line without a rule.", "{count} lines without a rule.", lost)) : "",
      );
    };
    const ruleIn = (line) => {
      const found = clauses.read(page, address.decoded(/[&#]rule=([^&\s]*)/.exec(line)?.[1] ?? "") ?? "");
      return found && clauses.write(found);
    };
    ballot.value = pasted;
    count();
    return fold("vote-part", "details.lever", say("A vote in class"), [
      el("p", say("Each pupil copies the link to a rule and sends it to you. Paste all links here, one on each line: the same rule counts as often as it is there.")),
      el("label", el("span.unseen", say("Links to rules")), ballot),
      told,
    ], pasted !== "");
  }

  /** A rule with its votes, and what it stops, misses and hits. */
  function candidate(page, text, number) {
    const own = clauses.read(page, text);
    const parts = own.parts.map((part) => clauses.words(page, part)).map(({ subject, answers }) => `${subject} ${answers}`);
    return el(
      "article.candidate",
      el("p", el("strong", sayMany("{count} vote", "{count} votes", number)), ": ", el("a", { href: page.link({ view: "rule", rule: text }) }, [clauses.ruleLead(own), ...parts].join(" "))),
      el("p.note", counts.evaluate(page, own).summary),
    );
  }

  /** The button that copies the address of this rule. */
  function copyButton(page, ownRule) {
    const status = el("span.note", { role: "status" });
    const hash = page.link({ rule: clauses.write(ownRule), view: "rule" });
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(location.href.replace(/#.*$/, "") + hash);
        status.textContent = say("The link to your rule has been copied.");
      } catch {
        location.hash = hash; // Not every browser lets a page write to the clipboard.
        status.textContent = say("The link is in the address bar: copy it from there.");
      }
    };
    return el("p", el("button", { id: "rule-copy", click: copy }, say("Copy the link to this rule")), " ", status);
  }

  return { draw };
})();
