/* The rules of a regime: those that decide, others that hold or may, each with its reasons. */
"use strict";

const rules = (() => {
  const { capital, citation, el, list, listing, named, outcome, quoted } = elements;
  const { TRUE, OPEN } = engine;
  const { code, original, say } = language;
  const IN_FULL = 8; // Of the rules that may hold, so many are shown with their reasons.

  /** A part that opens and closes; whether it is open is remembered.  Of a list without items there is none. */
  function fold({ page, id }, key, title, content, { open = false, paper = true } = {}) {
    const isList = Array.isArray(content);
    if (isList && !content.length) return null;
    const made = isList ? () => list(content) : content;
    const name = `${id} ${key}`;
    const isOpen = page.folds.get(name) ?? open;
    const body = el("div.fold");
    const fill = () => {
      if (!body.childNodes.length) body.append(...[made()].flat(Infinity).filter(Boolean));
    };
    const toggle = () => {
      page.folds.set(name, details.open);
      if (details.open) fill();
    };
    const details = el("details", { open: isOpen, toggle }, el("summary", title), body);
    if (paper) details.fill = fill; // What counts for the result stands open on paper.
    if (isOpen) fill();
    return details;
  }

  // rules ------------------------------------------------------------------------------------------------

  function reasonItems(told, tree) {
    return list(tree.map((one) => reason(told, one)), { class: "reasons", ...original() });
  }

  /** One reason; what a term hangs on stands below it. */
  function reason(told, one) {
    const state = one.truth === TRUE ? "is met" : one.truth === OPEN ? "is open" : "is not met";
    const text = one.isTerm ? `${one.text} ${state}` : one.text;
    const marks = one.names.flatMap((name) => told.marks(name));
    const tag = marks.length ? el("span.tag", { lang: code() }, [...new Set(marks)].join(", ")) : null;
    const source = one.source ? el("span.source", ` ${one.source}`) : null;
    const words = el(`span.truth.t${one.truth}`, one.isReading ? text : capital(text));
    return [words, source, tag ? [" ", tag] : null, reasonItems(told, one.children)];
  }

  function ruleItem(told, finding, { open = false } = {}) {
    const { page, verdict } = told;
    const { model, texts } = page;
    const said = model.data.rules[finding.rule];
    const { known, rests_on } = texts.rules[finding.rule];
    const checked = say(texts.checked[said.evidence.level]);
    const lifted = finding.liftedBy.map((rule) => model.data.rules[rule].pinpoint);
    const surely = finding.liftedBy.some((rule) => told.findings.find((one) => one.rule === rule)?.holds);
    const above = { rules: listing(lifted, say("or")) };
    const isSure = finding.holds && surely;
    const over = say(isSure ? "It is overridden by {rules}." : "It may be overridden by {rules}.", above);
    const lead = finding.holds ? say("Why it holds") : say("What it depends on");
    const standard = `${finding.then === 4 ? "Suspended" : "Refusal is for"} ${said.states}.`;
    const why = () => [
      el("p.note", say("Triggered by {trigger}.", { trigger: say(named(page, said.triggered_by)) }), " ", say("Source:"), " ", known ? quoted(known) : checked, "."),
      rests_on.map((one) => el("p.note", say("Based on:"), " ", quoted(`${one}.`))),
      reasonItems(told, told.teller.tell(verdicts.conditionOf(verdict, finding))),
    ];
    return el(
      "div.rule",
      el("p.cite", outcome(texts, finding.then), " ", citation(page, said, verdict.day)),
      el("p", original(), said.sentence),
      said.states ? el("p", original(), standard) : null,
      lifted.length ? el("p.note", over) : null,
      fold(told, `why ${said.id} ${finding.source}`, lead, why, { open }),
    );
  }

  function deciding(told) {
    const { verdict, findings } = told;
    if (!verdict.span)
      return verdict.inForce === false ? null : scopeReasons(told, say("Why it does not apply"));
    const found = findings.filter((one) => one.decides);
    const scope = verdict.inScope === null ? scopeReasons(told, say("Whether it applies")) : null;
    const settled = verdict.span[0] === verdict.span[1];
    const title = el("h4", settled || !found.length ? say("What decides") : say("What decides the minimum"));
    if (found.length) return [scope, title, found.map((one) => ruleItem(told, one, { open: found.length < 3 }))];
    const between = verdicts.between(verdict, findings);
    const lead = say("No single rule decides: whichever way the open facts are answered, one of these does.");
    if (between.length) return [scope, title, el("p", lead), between.map((one) => ruleItem(told, one))];
    return [scope, el("p", nothing(findings))];
  }

  /** Why no rule decides. */
  function nothing(findings) {
    if (findings.some((one) => one.holds)) return say("No rule that holds requires more.");
    const isOpen = findings.some((one) => one.holds === null);
    return isOpen ? say("No encoded rule is certain to hold.") : say("No encoded rule holds.");
  }

  function scopeReasons(told, title) {
    return [el("h4", title), reasonItems(told, told.teller.tell(told.verdict.machine.conditions.scope))];
  }

  function otherRules(told) {
    const { verdict, findings } = told;
    const others = verdicts.strictestFirst(findings.filter((one) => one.holds && !one.decides));
    const moving = verdicts.strictestFirst(verdicts.movers(verdict, findings));
    const items = (found) => found.map((one) => ruleItem(told, one));
    const inFull = () => [
      items(moving.slice(0, IN_FULL)),
      list(moving.slice(IN_FULL).map((one) => inShort(told, one))),
    ];
    const holding = say("Other rules that hold ({count})", { count: others.length });
    const open = say("Rules that may hold ({count})", { count: moving.length });
    return [
      others.length ? fold(told, "others", holding, () => items(others)) : null,
      moving.length ? fold(told, "may", open, inFull) : null,
      closest(told),
    ];
  }

  function inShort({ page, verdict }, finding) {
    const said = page.model.data.rules[finding.rule];
    return [outcome(page.texts, finding.then), " ", citation(page, said, verdict.day)];
  }

  /** The stricter rules that fail on one point alone, where the outcome is weak. */
  function closest(told) {
    const { verdict, findings, page } = told;
    if (!verdict.span || verdict.span[0] > 1) return null;
    const lifts = (one) => page.model.data.rules[one.rule].lifts.length > 0;
    const near = verdicts.closest(verdict, findings).filter((one) => !lifts(one));
    const why = (one) => reasonItems(told, told.teller.tell(verdicts.conditionOf(verdict, one)));
    const items = near.map((one) => [inShort(told, one), why(one)]);
    const title = say("Stricter rules that fail on a single point ({count})", { count: near.length });
    return fold(told, "closest", title, items, { paper: false });
  }

  return { deciding, fold, otherRules };
})();
