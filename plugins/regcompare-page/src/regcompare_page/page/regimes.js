/* The regimes side by side: the result of each, the rules behind it, what is open, and what must be done. */
"use strict";

const regimes = (() => {
  const { capital, citation, drawn, el, list, listing, named, quoted } = elements;
  const { mark, original, say, sayLaw, sayParts } = language;

  /** The card of one regime. */
  function card(page, result) {
    const { verdict, id } = result;
    const { title, status } = verdict.ruleset;
    const law = say(status === "proposal" ? "Proposal applied as of {day}" : "Law applied as of {day}", { day: verdict.day ?? say("an unknown date") });
    const base = page.model.data.rulesets[verdict.base]?.title;
    const onTopOf = base ? `, ${say("on top of {regime}", { regime: say(base) })}` : "";
    const ends = new Set(verdict.span?.map((number) => say(page.texts.outcomes[number].word)));
    const context = { page, ...result };
    const { word, means, ends: bar } = why.gateOf(page, verdict);
    const reason = verdict.contradiction ? null : why.reason(page, verdict, result.findings);
    return el(
      "article.regime",
      { id: `regime-${id}`, tabindex: "-1", "aria-labelledby": `regime-${id}-title` },
      el("h3", { id: `regime-${id}-title`, ...mark(title) }, say(title)),
      el("p.as-of", law, onTopOf, " · ", el("code", id)),
      el("div.bar", drawn(page.texts.bars[bar]), el("div", el("b", word), el("p.result", verdict.span ? [...ends].join(` ${say("to")} `) : words(page, verdict)))),
      reason ? el("p.why", reason.mark, reason.sentence) : list(verdicts.broken(verdict), original()),
      el("p.note", means),
      reason ? SECTIONS.map((section) => section(context)) : null,
      limits(context),
    );
  }

  /** The result in a few words. */
  function words({ texts }, verdict) {
    if (verdict.contradiction) return say("facts contradict each other");
    if (verdict.inForce === false) return say("not in force");
    if (verdict.inScope === false) return say("out of scope");
    const [low, high] = verdict.span.map((number) => say(texts.outcomes[number].word));
    return low === high ? low : say("{low} to {high}", { low, high });
  }

  /** A part that opens and closes; null if it has nothing. */
  const fold = ({ id }, title, contents, isOpen = false) =>
    contents.length ? elements.fold(`${id}-${title.replace(/[\d\W]+/g, "-")}`, "details", title, contents, isOpen) : null;

  /** A button that leads to the question itself. */
  function jump(page, name) {
    const { question } = page.questions.get(name) ?? page.model.facts.get(name);
    return el("button.link", { click: () => panel.ask(name), ...mark(question) }, say(question));
  }

  // rules ------------------------------------------------------------------------------------------------

  /** The rules that decide, or between which the outcome is decided; of a regime that does not apply, why not. */
  function deciding(context) {
    const { page, verdict, findings } = context;
    const scope = () => [el("h4", say(verdict.span ? "Whether it applies" : "Why it does not apply")), grounds(context, verdict.machine.conditions.scope)];
    if (!verdict.span) return verdict.inForce === false ? null : scope();
    const [certain, either] = [findings.filter((finding) => finding.decides), verdicts.between(verdict, findings)];
    const isSettled = verdict.span[0] === verdict.span[1];
    return [
      verdict.inScope === null ? scope() : null,
      certain.length || either.length ? el("h4", isSettled || !certain.length ? say("What decides") : say("What decides the minimum")) : null,
      either.length ? el("p.note", say("No single rule decides: whichever way the open facts are answered, one of these does.")) : null,
      [...certain, ...either].map((finding) => rule(context, finding)),
    ];
  }

  function otherRules(context) {
    const { verdict, findings } = context;
    const others = verdicts.strictestFirst(findings.filter((finding) => finding.holds && !finding.decides));
    const moving = verdicts.strictestFirst(verdicts.movers(verdict, findings));
    const items = (group) => group.map((finding) => rule(context, finding));
    return [
      fold(context, say("Other rules that hold ({count})", { count: others.length }), items(others)),
      fold(context, say("Rules that may hold ({count})", { count: moving.length }), items(moving)),
    ];
  }

  /** A rule: its outcome, its provision and sentence, what overrides it, its source, and the facts behind it. */
  function rule(context, finding) {
    const { page, verdict, findings } = context;
    const { model, texts } = page;
    const told = model.data.rules[finding.rule];
    const { known: source, rests_on } = texts.rules[finding.rule];
    const isOverridden = finding.holds && finding.liftedBy.some((lifter) => findings.find((other) => other.rule === lifter)?.holds);
    const lifters = listing(finding.liftedBy.map((lifter) => model.data.rules[lifter].pinpoint), say("or"));
    const overridden = say(isOverridden ? "It is overridden by {rules}." : "It may be overridden by {rules}.", { rules: lifters });
    return el(
      "div.provision",
      el("p.cite", el("span.outcome", say(texts.outcomes[finding.then].word)), " ", citation(page, told, verdict.day)),
      el("p", mark(told.sentence), sayLaw(told.sentence)),
      told.note ? el("p.note", say("Our comment:"), " ", quoted(told.note)) : null,
      told.states ? el("p", original(), `${finding.then === 4 ? "Suspended" : "Refusal is for"} ${told.states}.`) : null,
      lifters ? el("p.note", overridden) : null,
      grounds(context, verdicts.conditionOf(verdict, finding)),
      el(
        "p.note",
        say("Triggered by {trigger}.", { trigger: say(named(page, told.triggered_by)) }),
        ` ${say("Source:")} `,
        source ? quoted(source) : say(texts.checked[told.evidence.level]),
        ".",
      ),
      rests_on.map((statement) => el("p.note", say("Based on:"), " ", quoted(`${statement}.`))),
    );
  }

  /** The questions by whose answers a condition is as it is, each with its answer. */
  function grounds({ page, verdict, marks }, condition) {
    const byName = new Map([...verdicts.keysBehind(verdict, condition)].map((key) => [page.model.question[key].asked, key]));
    const items = [...byName].filter(([name]) => name !== engine.LAW_DATE).map(([name, key]) => {
      const tags = marks(name);
      return [jump(page, name), " – ", answer(page, verdict, name, key), tags.length ? [" ", el("span.tag", tags.join(", "))] : null];
    });
    return list(items, { class: "grounds" });
  }

  /** The answer to a question, stated or settled by others. */
  function answer(page, { known, row }, name, key) {
    const stated = known.values.get(name);
    const { member } = page.model.question[key];
    const value = (stated ?? "unknown") === "unknown" && !(member && page.model.facts.has(name)) ? row[key] : stated;
    return page.model.facts.has(name) || typeof value !== "string" ? questions.answerWords(page, name, value) : quoted(value);
  }

  // what is open -------------------------------------------------------------------------------------------

  function openQuestions(context) {
    const { page, open, verdict } = context;
    const isWide = verdict.span && verdict.span[0] !== verdict.span[1];
    const contents = [list(open.map((name) => jump(page, name))), isWide ? el("p.note", say("The two ends of the outcome are found by look-ahead, not proved.")) : null];
    return fold(context, say("Open, and could change the result ({count})", { count: open.length }), open.length ? contents : [], open.length < 4);
  }

  // duties, presumptions, readings, limits -----------------------------------------------------------------

  function duties(context) {
    const { page, verdict } = context;
    const items = verdicts.duties(verdict).map(({ duty, applies }) => {
      const { addressee, breach, deadline, note, sentence, strength: word, ...told } = page.model.data.duties[duty];
      const strength = say(word);
      return [
        `${capital(say(named(page, addressee)))}: `,
        el("span", mark(sentence), sayLaw(sentence)),
        " ",
        el(
          "span.tag",
          applies ? strength : say("{strength}, if it applies (open)", { strength }),
          deadline ? ["; ", say("deadline:"), " ", quoted(deadline)] : null,
          breach ? `; ${say("breach: {breach}", { breach: say(breach) })}` : null,
        ),
        " ",
        citation(page, told, verdict.day),
        note ? el("p.note", say("Our comment:"), " ", quoted(note)) : null,
      ];
    });
    return fold(context, say("Duties ({count})", { count: items.length }), items.length ? [list(items)] : []);
  }

  function presumed(context) {
    const { page, verdict } = context;
    const items = verdict.presumed.map((name) => [jump(page, name), " – ", questions.answerWords(page, name, verdict.known.values.get(name))]);
    return fold(context, say("Assumed, not stated ({count})", { count: items.length }), items.length ? [list(items)] : []);
  }

  /** The doubtful texts that count, each with its chosen reading. */
  function readings(context) {
    const { page, verdict } = context;
    const { model, plan } = verdict.machine;
    const isAsked = ({ question, finding }) => plan.questions.includes(model.numbers.get(finding ?? question)) && !question.startsWith("reading:row.");
    const items = [...verdict.taken].map(([number, reading]) => [page.model.data.doubts[number], reading]).filter(([doubt]) => isAsked(doubt)).map(([doubt, reading]) => {
      const origin = () => sayParts(reading === doubt.default ? "Assumed: “{reading}”." : "Chosen: “{reading}”.", { reading: quoted(reading) });
      return [jump(page, doubt.name), " ", reading === null ? say("Left open.") : [origin(), " ", quoted(doubt.says[reading])]];
    });
    return fold(context, say("How doubtful texts are interpreted ({count})", { count: items.length }), items.length ? [list(items)] : []);
  }

  function warnings({ page, verdict, number }) {
    // Nearly every case has two different days, so a line says it; the box is for other warnings.
    const days = verdict.warnings.filter((item) => item.isOfDays).map(warning);
    const cautions = [...verdict.warnings.filter((item) => !item.isOfDays).map(warning), ...beside(page, number, page.shownNumbers(), page.scenario)];
    return [
      days.map((content) => el("p.note", content)),
      cautions.length ? el("div.warnings", el("h4", say("Caution")), list(cautions)) : null,
    ];
  }

  /** A sentence for each law that applies together with a regime, is not shown, and reaches a case, or may. */
  function beside(page, number, shownNumbers, scenario) {
    const { rulesets } = page.model.data;
    const parts = new Set(shownNumbers.flatMap((shown) => verdicts.partsOf(page.model, shown)));
    const ownIds = verdicts.partsOf(page.model, number).map((part) => rulesets[part].id);
    const others = [...page.regimes.values()].filter((other) => !parts.has(other) && rulesets[other].parallel_to.some((id) => ownIds.includes(id)));
    return others.flatMap((other) => {
      const verdict = verdicts.assess(page.model, scenario, other, { asOf: page.state.law });
      if (!verdict.span || !verdict.span[1]) return [];
      const values = { regime: say(rulesets[other].title), id: rulesets[other].id, result: words(page, verdict) };
      return verdict.span[0]
        ? say("{regime} ({id}), which applies together with it, certainly applies to this case: {result}.", values)
        : say("{regime} ({id}), which applies together with it, may apply to this case: {result}.", values);
    });
  }

  /** A warning; sentences of law and names of tables in it stay untranslated. */
  function warning({ text, values, law }) {
    if (law) return [`${say(text, values)} `, quoted(law)];
    return sayParts(text, { ...values, table: quoted(values.table ?? ""), tables: quoted(values.tables ?? "") });
  }

  /** What is left out of a regime, the texts that were read, the days, and that it is no advice. */
  function limits(context) {
    const { page, verdict, number } = context;
    const parts = [...new Set([number, ...verdict.machine.plan.along])];
    const { instruments, not_encoded: omissions, rulesets } = page.model.data;
    const leftOut = parts.flatMap((part) => omissions.filter(({ ruleset }) => ruleset === part)).map(({ cite, what, why }) => quoted([el("cite", cite), `: ${what} ${why}`]));
    const texts = parts.flatMap((part) => rulesets[part].instruments.map((text) => instruments[text]));
    const law = [...new Set(texts.map(({ name, title, reference }) => `${name}: ${title} (${reference})`))];
    const unknown = say("an unknown date");
    const days = { day: verdict.day ?? unknown, date: verdict.scenario.date ?? unknown };
    return [
      fold(context, say("Not encoded ({count})", { count: leftOut.length }), leftOut.length ? [list(leftOut)] : []),
      fold(context, say("Texts that were read ({count})", { count: law.length }), [list(law.map(quoted))]),
      el("p.notice", `${say("Law as of {day}; facts of {date}.", days)} `, say(page.texts.notice)),
    ];
  }

  const SECTIONS = [deciding, warnings, openQuestions, otherRules, duties, presumed, readings];

  return { beside, card, words };
})();
