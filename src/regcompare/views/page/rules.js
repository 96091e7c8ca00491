/* The rules of a regime: those that decide, others that hold or may, each with its reasons. */
"use strict";

const rules = (() => {
  const { capital, citation, el, list, listing, outcome } = elements;
  const { TRUE, OPEN } = engine;
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
      { class: "reasons" },
    );
  }

  /** One reason; what a term hangs on stands below it. */
  function reason(told, one) {
    const state = one.truth === TRUE ? "is met" : one.truth === OPEN ? "is open" : "is not met";
    const text = one.isTerm ? `${one.text} ${state}` : one.text;
    const marks = one.names.flatMap((name) => told.marks(name));
    const tag = marks.length ? el("span", { class: "tag" }, [...new Set(marks)].join(", ")) : null;
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
    const known = said.known || texts.checked[model.data.marks[finding.checked]];
    const lifted = finding.liftedBy.map((rule) => texts.rules[rule].place);
    const surely = finding.liftedBy.some(
      (rule) => told.findings.find((one) => one.rule === rule)?.holds,
    );
    const lead = { true: "Why it holds", null: "What it depends on" }[finding.holds];
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
      el("p", {}, said.sentence),
      standard ? el("p", {}, standard) : null,
      lifted.length
        ? el(
            "p",
            { class: "note" },
            `${finding.holds && surely ? "It is" : "It may be"} overridden by ${listing(lifted, "or")}.`,
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
            `Triggered by ${said.by}. Source: ${known}.`,
          ),
          said.rests_on.map((one) => el("p", { class: "note" }, `Based on: ${one}.`)),
          reasonItems(told, told.teller.tell(verdicts.conditionOf(verdict, finding))),
        ],
        { open },
      ),
    );
  }

  function deciding(told) {
    const { verdict, findings } = told;
    if (!verdict.span)
      return verdict.inForce === false ? null : scopeReasons(told, "Why it does not apply");
    const found = findings.filter((one) => one.decides);
    const scope = verdict.inScope === null ? scopeReasons(told, "Whether it applies") : null;
    const settled = verdict.span[0] === verdict.span[1];
    if (found.length)
      return [
        scope,
        el("h4", {}, settled ? "What decides" : "What decides the minimum"),
        found.map((one) => ruleItem(told, one, { open: found.length < 3 })),
      ];
    const between = verdicts.between(verdict, findings);
    if (between.length)
      return [
        scope,
        el("h4", {}, "What decides"),
        el("p", {}, "No single rule decides: whichever way the open facts are answered, one of these does."),
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
          ? "No rule that holds requires more."
          : open
            ? "No encoded rule is certain to hold."
            : "No encoded rule holds.",
      ),
    ];
  }

  function scopeReasons(told, title) {
    return [el("h4", {}, title), reasonItems(told, told.teller.tell(told.verdict.machine.plan.scope))];
  }

  function otherRules(told) {
    const { verdict, findings } = told;
    const others = verdicts.strictestFirst(findings.filter((one) => one.holds && !one.decides));
    const moving = verdicts.strictestFirst(verdicts.movers(verdict, findings));
    return [
      others.length
        ? fold(told, "others", `Other rules that hold (${others.length})`, () =>
            others.map((one) => ruleItem(told, one, { open: false })),
          )
        : null,
      moving.length
        ? fold(told, "may", `Rules that may hold (${moving.length})`, () => [
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
      `Stricter rules that fail on a single point (${near.length})`,
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
