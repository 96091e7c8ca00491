/* The rules of a regime: those that decide, and others that hold or may, each with its reasons. */
"use strict";

const rules = (() => {
  const { capital, citation, el, list, listing, named, outcome, quoted } = elements;
  const { TRUE, OPEN } = engine;
  const { code, original, say } = language;
  const MAX_IN_FULL = 8; // The most rules that may hold shown with their reasons.

  /** A part that opens and closes, and remembers its state; null for an empty list. */
  function fold({ page, id }, key, title, content, { open = false, paper = true } = {}) {
    const isList = Array.isArray(content);
    if (isList && !content.length) return null;
    const build = isList ? () => list(content) : content;
    const name = `${id} ${key}`;
    const isOpen = page.folds.get(name) ?? open;
    const body = el("div.fold");
    const fill = () => {
      if (!body.childNodes.length) body.append(...[build()].flat(Infinity).filter(Boolean));
    };
    const toggle = () => {
      page.folds.set(name, details.open);
      if (details.open) fill();
    };
    const details = el("details", { open: isOpen, toggle }, el("summary", title), body);
    if (paper) details.fill = fill; // What matters for the result is open in print.
    if (isOpen) fill();
    return details;
  }

  // rules ------------------------------------------------------------------------------------------------

  function reasonItems(context, tree) {
    return list(tree.map((item) => reason(context, item)), { class: "reasons", ...original() });
  }

  /** One reason; what a term depends on is below it. */
  function reason(context, item) {
    const truthWords = item.truth === TRUE ? "is met" : item.truth === OPEN ? "is open" : "is not met";
    const text = item.isTerm ? `${item.text} ${truthWords}` : item.text;
    const marks = item.names.flatMap((name) => context.marks(name));
    const tag = marks.length ? el("span.tag", { lang: code() }, [...new Set(marks)].join(", ")) : null;
    const source = item.source ? el("span.source", ` ${item.source}`) : null;
    const words = el(`span.truth.t${item.truth}`, item.isReading ? text : capital(text));
    return [words, source, tag ? [" ", tag] : null, reasonItems(context, item.children)];
  }

  function ruleItem(context, finding, { open = false } = {}) {
    const { page, verdict } = context;
    const { model, texts } = page;
    const rule = model.data.rules[finding.rule];
    const { known: source, rests_on } = texts.rules[finding.rule];
    const checked = say(texts.checked[rule.evidence.level]);
    const overriding = finding.liftedBy.map((rule) => model.data.rules[rule].pinpoint);
    const isOverriddenForCertain = finding.liftedBy.some((rule) => context.findings.find((other) => other.rule === rule)?.holds);
    const values = { rules: listing(overriding, say("or")) };
    const isSure = finding.holds && isOverriddenForCertain;
    const overriddenWords = say(isSure ? "It is overridden by {rules}." : "It may be overridden by {rules}.", values);
    const lead = finding.holds ? say("Why it holds") : say("What it depends on");
    const standard = `${finding.then === 4 ? "Suspended" : "Refusal is for"} ${rule.states}.`;
    const why = () => [
      el("p.note", say("Triggered by {trigger}.", { trigger: say(named(page, rule.triggered_by)) }), " ", say("Source:"), " ", source ? quoted(source) : checked, "."),
      rests_on.map((statement) => el("p.note", say("Based on:"), " ", quoted(`${statement}.`))),
      reasonItems(context, context.explainer.explain(verdicts.conditionOf(verdict, finding))),
    ];
    return el(
      "div.rule",
      el("p.cite", outcome(texts, finding.then), " ", citation(page, rule, verdict.day)),
      el("p", original(), rule.sentence),
      rule.note ? el("p.note", say("Our comment:"), " ", quoted(rule.note)) : null,
      rule.states ? el("p", original(), standard) : null,
      overriding.length ? el("p.note", overriddenWords) : null,
      fold(context, `why ${rule.id} ${finding.source}`, lead, why, { open }),
    );
  }

  function deciding(context) {
    const { verdict, findings } = context;
    if (!verdict.span)
      return verdict.inForce === false ? null : scopeReasons(context, say("Why it does not apply"));
    const decidingRules = findings.filter((finding) => finding.decides);
    const scope = verdict.inScope === null ? scopeReasons(context, say("Whether it applies")) : null;
    const isSettled = verdict.span[0] === verdict.span[1];
    const title = el("h4", isSettled || !decidingRules.length ? say("What decides") : say("What decides the minimum"));
    if (decidingRules.length) return [scope, title, decidingRules.map((finding) => ruleItem(context, finding, { open: decidingRules.length < 3 }))];
    const between = verdicts.between(verdict, findings);
    const lead = say("No single rule decides: whichever way the open facts are answered, one of these does.");
    if (between.length) return [scope, title, el("p", lead), between.map((finding) => ruleItem(context, finding))];
    return [scope, el("p", undecidedWords(findings))];
  }

  /** Why no rule decides. */
  function undecidedWords(findings) {
    if (findings.some((finding) => finding.holds)) return say("No rule that holds requires more.");
    const isOpen = findings.some((finding) => finding.holds === null);
    return isOpen ? say("No encoded rule is certain to hold.") : say("No encoded rule holds.");
  }

  function scopeReasons(context, title) {
    return [el("h4", title), reasonItems(context, context.explainer.explain(context.verdict.machine.conditions.scope))];
  }

  function otherRules(context) {
    const { verdict, findings } = context;
    const others = verdicts.strictestFirst(findings.filter((finding) => finding.holds && !finding.decides));
    const moving = verdicts.strictestFirst(verdicts.movers(verdict, findings));
    const items = (ruleFindings) => ruleFindings.map((finding) => ruleItem(context, finding));
    const inFull = () => [
      items(moving.slice(0, MAX_IN_FULL)),
      list(moving.slice(MAX_IN_FULL).map((finding) => ruleLine(context, finding))),
    ];
    const holding = say("Other rules that hold ({count})", { count: others.length });
    const open = say("Rules that may hold ({count})", { count: moving.length });
    return [
      others.length ? fold(context, "others", holding, () => items(others)) : null,
      moving.length ? fold(context, "may", open, inFull) : null,
      closest(context),
    ];
  }

  function ruleLine({ page, verdict }, finding) {
    const rule = page.model.data.rules[finding.rule];
    return [outcome(page.texts, finding.then), " ", citation(page, rule, verdict.day)];
  }

  /** The stricter rules that fail on a single point, if the outcome is weak. */
  function closest(context) {
    const { verdict, findings, page } = context;
    if (!verdict.span || verdict.span[0] > 1) return null;
    const lifts = (finding) => page.model.data.rules[finding.rule].lifts.length > 0;
    const nearMisses = verdicts.closest(verdict, findings).filter((finding) => !lifts(finding));
    const why = (finding) => reasonItems(context, context.explainer.explain(verdicts.conditionOf(verdict, finding)));
    const items = nearMisses.map((finding) => [ruleLine(context, finding), why(finding)]);
    const title = say("Stricter rules that fail on a single point ({count})", { count: nearMisses.length });
    return fold(context, "closest", title, items, { paper: false });
  }

  return { deciding, fold, otherRules };
})();
