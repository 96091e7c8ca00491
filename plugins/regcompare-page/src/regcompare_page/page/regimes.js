/* The regimes side by side: the result of each, the reasons, what is open, and what must be done. */
"use strict";

const regimes = (() => {
  const { capital, citation, el, fresh, list, listing, named, quoted, span } = elements;
  const { mark, original, say, sayParts } = language;
  const { resultShown, resultWords, sentence } = ladders;
  const { deciding, fold, otherRules } = rules;
  const FEW = 6; // The most answers named for a question.

  // a regime ---------------------------------------------------------------------------------------------

  /** The card of one regime. */
  function card(page, result, hidden) {
    const { number, verdict, id } = result;
    const ruleset = page.model.data.rulesets[number];
    const label = fresh("regime");
    const day = verdict.day ?? say("an unknown date");
    const isProposal = verdict.ruleset.status === "proposal";
    const law = say(isProposal ? "Proposal applied as of {day}" : "Law applied as of {day}", { day });
    const base = page.model.data.rulesets[verdict.base]?.title;
    const onTopOf = base ? `, ${say("on top of {regime}", { regime: say(base) })}` : "";
    const head = el(
      "header",
      el("h3", { id: label, ...mark(ruleset.title) }, say(ruleset.title)),
      el("p.as-of", law, onTopOf, " · ", el("code", id)),
    );
    const body = hidden ? el("p.note", say("Hidden until you have guessed.")) : shownBody(page, result);
    const [low, high] = (verdict.span ?? []).map((outcome) => page.texts.outcomes[outcome].slug);
    const endClasses = low && !hidden ? `from-${low} to-${high}` : "";
    return el(
      "article",
      { class: `card ${endClasses}`, id: `regime-${id}`, tabindex: "-1", "aria-labelledby": label },
      head,
      body,
    );
  }

  function shownBody(page, result) {
    const { contradiction } = result.verdict;
    const context = { page, ...result, explainer: contradiction ? null : reasons.explainer(result.verdict, page.texts) };
    return [
      el("p.result", resultShown(page, result)),
      el("p.sentence", sentence(page, result)),
      contradiction ? contradictions(context) : SECTIONS.map((section) => section(context)),
      limitsSection(context),
    ];
  }

  function contradictions({ verdict }) {
    return list(verdicts.broken(verdict), original());
  }

  // what is open -------------------------------------------------------------------------------------------

  function openQuestionsSection(context) {
    const { page, openQuestions, verdict } = context;
    if (!openQuestions.length) return null;
    const narrowing = openQuestions.filter((question) => question.narrows);
    const settled = openQuestions.filter((question) => !question.narrows);
    const lead = say("Also unanswered; no single answer would narrow the outcome, as far as look-ahead shows:");
    const isSettled = verdict.span[0] === verdict.span[1];
    const ends = isSettled ? "" : say("The two ends of the outcome are found by look-ahead, not proved.");
    const content = () => [
      narrowing.map((question) => openQuestion(context, question)),
      settled.length ? [el("p.note", lead), list(settled.map((question) => jump(page, question)))] : null,
      el("p.note", ends),
    ];
    const title = say("Open, and worth asking ({count})", { count: narrowing.length });
    return fold(context, "open", title, content, { open: narrowing.length > 0 && narrowing.length < 4 });
  }

  /** A button that leads to the question itself. */
  function jump(page, { name, question }) {
    return el("button.link", { click: () => page.ask(name), ...mark(question) }, say(question));
  }

  function openQuestion(context, question) {
    const { page, verdict } = context;
    const effects = [...question.effects].sort((a, b) => a.answers.length - b.answers.length);
    const items = effects.map(({ answers, low, high }) => [
      `${capital(answersWords(page, question.name, answers))}: `,
      low === verdict.span[0] && high === verdict.span[1] ? `${say("still")} ` : "",
      span(page.texts, [low, high]),
    ]);
    return el("div.asked", el("p", jump(page, question)), list(items));
  }

  function answersWords(page, name, answers) {
    const fact = page.model.facts.get(name);
    const words = {
      country: (word) => word,
      choice: (word) => say(page.texts.facts[name]?.answers[word] ?? word),
      set: (word) => say(fact.answers[word] ?? word),
    }[fact?.kind];
    const named = [...new Set(answers.map(words ?? say))].map((word) =>
      word === "*" ? say("another entry") : word,
    );
    if (named.length > 40) return say("any other");
    if (named.length <= FEW) return listing(named, say("or"));
    const first = named.slice(0, 4).join(", ");
    return say("{answers} or {count} others", { answers: first, count: named.length - 4 });
  }

  // duties, presumptions, readings, limits -----------------------------------------------------------------

  function dutiesSection(context) {
    const { page, verdict } = context;
    const applicable = verdicts.duties(verdict);
    if (!applicable.length) return null;
    const byAddressee = new Map();
    for (const application of applicable) {
      const duty = page.model.data.duties[application.duty];
      const addressee = named(page, duty.addressee);
      if (!byAddressee.has(addressee)) byAddressee.set(addressee, []);
      byAddressee.get(addressee).push(dutyItem(context, duty, application.applies));
    }
    return fold(context, "duties", say("Duties ({count})", { count: applicable.length }), () =>
      [...byAddressee].map(([addressee, items]) => [el("h4", capital(say(addressee))), list(items)]),
    );
  }

  function dutyItem({ page, verdict }, duty, applies) {
    const strength = say(duty.strength);
    const parts = [applies ? strength : say("{strength}, if it applies (open)", { strength })];
    if (duty.deadline) parts.push("; ", say("deadline:"), " ", quoted(duty.deadline));
    if (duty.breach) parts.push("; ", say("breach: {breach}", { breach: say(duty.breach) }));
    const note = duty.note ? [" ", el("span.note", say("Our comment:"), " ", quoted(duty.note))] : null;
    return [quoted(duty.sentence), " ", el("span.tag", parts), " ", citation(page, duty, verdict.day), note];
  }

  function presumedSections(context) {
    const { page, verdict } = context;
    const answered = (name, value) => `${say(page.texts.facts[name].question)} – ${value}`;
    const stated = verdict.presumed.map((name) =>
      answered(name, questions.answerWords(page, name, verdict.known.values.get(name))),
    );
    const inferred = verdict.inferred.map((name) => answered(name, settledWords(context, name)));
    return [
      fold(context, "presumed", say("Assumed, not stated ({count})", { count: stated.length }), stated),
      fold(context, "inferred", say("Follows from other facts ({count})", { count: inferred.length }), inferred),
    ];
  }

  /** What the constraints settled about a fact; for a set, member by member. */
  function settledWords({ page, verdict }, name) {
    const { machine, state, known } = verdict;
    const { model } = page;
    const texts = [];
    machine.keys.forEach((key, at) => {
      const question = model.question[key];
      const value = state.row[at];
      if (question.name !== name || value === null) return;
      if (!question.member) texts.push(questions.answerWords(page, name, value));
      else if (presumptions.answerTo(model, key, verdict.scenario, known) === null) {
        const member = say(model.facts.get(name).answers[question.member] ?? question.member);
        const answer = member === "*" ? say("any entry") : member;
        texts.push(value ? member : say("not {answer}", { answer }));
      }
    });
    const firstAnswers = texts.slice(0, FEW).join("; ");
    return texts.length > FEW ? say("{answers}; and more", { answers: firstAnswers }) : firstAnswers;
  }

  function interpretationsSection(context) {
    const { page, verdict } = context;
    if (!verdict.span && verdict.inForce === false) return null;
    const chosen = sensitivity.asked(verdict);
    if (!chosen.length) return null;
    const title = say("How doubtful texts are interpreted ({count})", { count: chosen.length });
    return fold(context, "readings", title, () => {
      const items = chosen.map((pair) => doubtItem(context, pair));
      const doubts = items.filter((item) => !item.changes).map(({ id }) => id).join(", ");
      const unchanging = say("Changing the interpretation of any one of these changes nothing here: {doubts}.", { doubts });
      const changing = items.filter((item) => item.changes).map((item) => item.content);
      return [list(changing), doubts ? el("p.note", unchanging) : null];
    });
  }

  /** A doubt with its chosen interpretation, and each other that alone would change the result. */
  function doubtItem({ page, verdict }, [doubt, reading]) {
    const { id, asks, says, default: defaultReading } = page.model.data.doubts[doubt];
    const alternatives = sensitivity.otherwise(verdict, [doubt, reading]);
    const values = { reading: quoted(reading) };
    const origin = sayParts(reading === defaultReading ? "Assumed: “{reading}”." : "Chosen: “{reading}”.", values);
    const content = [
      jump(page, { name: `reading.${id}`, question: `${id}: ${asks}` }),
      el("p", reading === null ? say("Left open.") : [origin, " ", quoted(says[reading])]),
      list(alternatives.map((alternative) => interpreted(page, alternative))),
    ];
    return { id, changes: alternatives.length > 0, content };
  }

  function interpreted(page, { reading, verdict }) {
    const result = resultWords(page, { verdict });
    return sayParts("Interpreted as “{reading}”: {result}", { reading: quoted(reading), result });
  }

  // what the result depends on -----------------------------------------------------------------------------

  /** Only what changes the result or leaves it open; computed when it is opened. */
  function dependenceSection(context) {
    return fold(context, "dependence", say("What this result depends on"), () => {
      const items = [...assumptions(context), ...alternatives(context), ...unreadAndUndated(context), ...changedSince(context)];
      return list(items) ?? el("p.note", say("No assumption and no interpretation alone changes this result."));
    });
  }

  function assumptions({ page, verdict }) {
    const answered = (name) => [
      jump(page, { name, question: page.texts.facts[name].question }),
      " – ",
      questions.answerWords(page, name, verdict.known.values.get(name)),
    ];
    const items = sensitivity.presumed(verdict).map(({ names, verdict: other }) => {
      const result = resultWords(page, { verdict: other });
      return [
        names.map((name) => el("p", answered(name))),
        names.length > 1
          ? say("Assumed; without all of these together: {result}", { result })
          : say("Assumed; without that: {result}", { result }),
      ];
    });
    const without = sensitivity.bare(verdict);
    if (!without) return items;
    const result = resultWords(page, { verdict: without });
    return [...items, say("With no assumptions at all: {result}", { result })];
  }

  function alternatives({ page, verdict }) {
    return sensitivity.readings(verdict).map((other) => {
      const { id, asks: question } = page.model.data.doubts[other.doubt];
      return [el("p", jump(page, { name: `reading.${id}`, question })), interpreted(page, other)];
    });
  }

  function unreadAndUndated({ page, openQuestions }) {
    const open = (isKind, words) =>
      openQuestions.filter(({ name }) => isKind(name)).map((question) => [el("p", jump(page, question)), words]);
    return [
      ...open(sensitivity.isUnread, say("This text was not read, and the result depends on it.")),
      ...open(sensitivity.isDay, say("This day is not known, and the result depends on it.")),
    ];
  }

  function changedSince({ page, verdict }) {
    const other = sensitivity.later(verdict);
    if (!other) return [];
    const values = { day: verdict.scenario.date, result: resultWords(page, { verdict: other }) };
    return [say("The law has changed since. As it stood on the day of the facts, {day}: {result}", values)];
  }

  function warningsSection({ verdict, beside }) {
    // Nearly every case has two different days, so a line says it; the box is for other warnings.
    const days = verdict.warnings.filter((item) => item.isOfDays).map(warning);
    const cautions = [...verdict.warnings.filter((item) => !item.isOfDays).map(warning), ...beside];
    return [
      days.map((content) => el("p.note", content)),
      cautions.length ? el("div.warnings", el("h4", say("Caution")), list(cautions)) : null,
    ];
  }

  /** A warning; sentences of law and names of tables in it stay untranslated. */
  const warning = ({ text, values, law }) =>
    law ? [text ? `${say(text, values)} ` : "", quoted(law)] : sayParts(text, marked(values));

  const marked = ({ table = "", tables = "", ...others }) => ({ ...others, table: quoted(table), tables: quoted(tables) });

  function limitsSection(context) {
    const { page, verdict, number } = context;
    const parts = [...new Set([number, ...verdict.machine.plan.along])];
    const { instruments, levels, not_encoded: omissions, rulesets } = page.model.data;
    const leftOut = parts.flatMap((part) => omissions.filter(({ ruleset }) => ruleset === part));
    const textWords = ({ name, title, reference }) => `${name}: ${title} (${reference})`;
    const texts = parts.flatMap((part) => rulesets[part].instruments.map((text) => textWords(instruments[text])));
    const law = [...new Set(texts)];
    const weakest = verdict.contradiction ? -1 : verdicts.resultMark(verdict);
    const source = say(page.texts.checked[levels[weakest]] ?? "");
    const unknown = say("an unknown date");
    const days = { day: verdict.day ?? unknown, date: verdict.scenario.date ?? unknown };
    const notices = [
      weakest < 0 ? "" : `${say("Weakest source: {source}.", { source })} `,
      `${say("Law as of {day}; facts of {date}.", days)} `,
      say(page.texts.notice),
    ];
    const items = leftOut.map((omission) => quoted([el("cite", omission.cite), `: ${omission.what} ${omission.why}`]));
    return [
      fold(context, "left-out", say("Not encoded ({count})", { count: leftOut.length }), items, { paper: false }),
      fold(context, "law", say("Texts that were read ({count})", { count: law.length }), law.map(quoted)),
      el("p.notice", notices),
    ];
  }

  const SECTIONS = [deciding, warningsSection, dependenceSection, openQuestionsSection, otherRules, dutiesSection, presumedSections, interpretationsSection];

  return { card, jump };
})();
