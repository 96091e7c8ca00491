/* The rules of a regime: those that decide, others that hold or may, each with its reasons. */
"use strict";

const rules = (() => {
  const { capital, citation, el, list, listing, outcome } = elements;
  const { TRUE, OPEN } = engine;
  const { code, original, say } = language;
  const IN_FULL = 8; // Of the rules that may hold, so many are shown with their reasons.

  /** A part that opens and closes; whether it is open is remembered. */
  function fold({ page, id }, key, title, content, { open = false, paper = true } = {}) {
    const made = typeof content === "function" ? content : () => content;
    const name = `${id} ${key}`;
    const isOpen = page.folds.get(name) ?? open;
    const body = el("div", { class: "fold" });
    const fill = () => {
      if (!body.childNodes.length) body.append(...[made()].flat(Infinity).filter(Boolean));
    };
    const details = el(
      "details",
      {
        open: isOpen,
        toggle: () => {
          page.folds.set(name, details.open);
          if (details.open) fill();
        },
      },
      el("summary", {}, title),
      body,
    );
    if (paper) details.fill = fill; // What counts for the result stands open on paper.
    if (isOpen) fill();
    return details;
  }

  // rules ------------------------------------------------------------------------------------------------

  function reasonItems(told, tree) {
    return list(
      tree.map((one) => reason(told, one)),
      { class: "reasons", ...original() },
    );
  }

  /** One reason; what a term hangs on stands below it. */
  function reason(told, one) {
    const state = one.truth === TRUE ? "is met" : one.truth === OPEN ? "is open" : "is not met";
    const text = one.isTerm ? `${one.text} ${state}` : one.text;
    const marks = one.names.flatMap((name) => told.marks(name));
    const tag = marks.length ? el("span", { class: "tag", lang: code() }, [...new Set(marks)].join(", ")) : null;
    const source = one.source ? el("span", { class: "source" }, ` ${one.source}`) : null;
    const below = one.children.length ? reasonItems(told, one.children) : null;
    return [
      el("span", { class: `truth t${one.truth}` }, one.isReading ? text : capital(text)),
      source,
      tag ? [" ", tag] : null,
      below,
    ];
  }

  function ruleItem(told, finding, { open }) {
    const { page, verdict } = told;
    const { model, texts } = page;
    const said = texts.rules[finding.rule];
    const { id } = model.data.rules[finding.rule];
    const checked = say(texts.checked[model.data.marks[finding.checked]]);
    const known = said.known ? el("span", original(), said.known) : checked;
    const lifted = finding.liftedBy.map((rule) => texts.rules[rule].place);
    const surely = finding.liftedBy.some(
      (rule) => told.findings.find((one) => one.rule === rule)?.holds,
    );
    const lead = finding.holds ? say("Why it holds") : say("What it depends on");
    const standard = said.states
      ? `${finding.then === 4 ? "Suspended" : "Refusal is for"} ${said.states}.`
      : null;
    return el(
      "div",
      { class: "rule" },
      el(
        "p",
        { class: "cite" },
        outcome(texts, finding.then),
        " ",
        citation(page, said, verdict.day),
      ),
      el("p", original(), said.sentence),
      standard ? el("p", original(), standard) : null,
      lifted.length
        ? el(
            "p",
            { class: "note" },
            say(
              finding.holds && surely
                ? "It is overridden by {rules}."
                : "It may be overridden by {rules}.",
              { rules: listing(lifted, say("or")) },
            ),
          )
        : null,
      fold(
        told,
        `why ${id} ${finding.source}`,
        lead,
        () => [
          el(
            "p",
            { class: "note" },
            say("Triggered by {trigger}.", { trigger: say(said.by) }),
            " ",
            say("Source:"),
            " ",
            known,
            ".",
          ),
          said.rests_on.map((one) =>
            el("p", { class: "note" }, say("Based on:"), " ", el("span", original(), `${one}.`)),
          ),
          reasonItems(told, told.teller.tell(verdicts.conditionOf(verdict, finding))),
        ],
        { open },
      ),
    );
  }

  function deciding(told) {
    const { verdict, findings } = told;
    if (!verdict.span)
      return verdict.inForce === false ? null : scopeReasons(told, say("Why it does not apply"));
    const found = findings.filter((one) => one.decides);
    const scope = verdict.inScope === null ? scopeReasons(told, say("Whether it applies")) : null;
    const settled = verdict.span[0] === verdict.span[1];
    if (found.length)
      return [
        scope,
        el("h4", {}, settled ? say("What decides") : say("What decides the minimum")),
        found.map((one) => ruleItem(told, one, { open: found.length < 3 })),
      ];
    const between = verdicts.between(verdict, findings);
    if (between.length)
      return [
        scope,
        el("h4", {}, say("What decides")),
        el(
          "p",
          {},
          say("No single rule decides: whichever way the open facts are answered, one of these does."),
        ),
        between.map((one) => ruleItem(told, one, { open: false })),
      ];
    const holding = findings.some((one) => one.holds);
    const open = findings.some((one) => one.holds === null);
    return [
      scope,
      el(
        "p",
        {},
        holding
          ? say("No rule that holds requires more.")
          : open
            ? say("No encoded rule is certain to hold.")
            : say("No encoded rule holds."),
      ),
    ];
  }

  function scopeReasons(told, title) {
    return [el("h4", {}, title), reasonItems(told, told.teller.tell(told.verdict.machine.conditions.scope))];
  }

  function otherRules(told) {
    const { verdict, findings } = told;
    const others = verdicts.strictestFirst(findings.filter((one) => one.holds && !one.decides));
    const moving = verdicts.strictestFirst(verdicts.movers(verdict, findings));
    return [
      others.length
        ? fold(told, "others", say("Other rules that hold ({count})", { count: others.length }), () =>
            others.map((one) => ruleItem(told, one, { open: false })),
          )
        : null,
      moving.length
        ? fold(told, "may", say("Rules that may hold ({count})", { count: moving.length }), () => [
            moving.slice(0, IN_FULL).map((one) => ruleItem(told, one, { open: false })),
            list(
              moving.slice(IN_FULL).map((one) => inShort(told, one)),
              { class: "plain" },
            ),
          ])
        : null,
      closest(told),
    ];
  }

  function inShort({ page, verdict }, finding) {
    const said = page.texts.rules[finding.rule];
    return [outcome(page.texts, finding.then), " ", citation(page, said, verdict.day)];
  }

  /** The stricter rules that fail on one point alone, where the outcome is weak. */
  function closest(told) {
    const { verdict, findings, page } = told;
    if (!verdict.span || verdict.span[0] > 1) return null;
    const near = verdicts
      .closest(verdict, findings)
      .filter((one) => !page.model.data.rules[one.rule].lifts.length);
    if (!near.length) return null;
    return fold(
      told,
      "closest",
      say("Stricter rules that fail on a single point ({count})", { count: near.length }),
      () =>
        list(
          near.map((one) => [
            inShort(told, one),
            reasonItems(told, told.teller.tell(verdicts.conditionOf(verdict, one))),
          ]),
          { class: "plain" },
        ),
      { paper: false },
    );
  }

  return { deciding, fold, otherRules };
})();
