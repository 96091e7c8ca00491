/* The regimes side by side: for each what it comes to, why, what is open, and what must be done. */
"use strict";

const regimes = (() => {
  const { capital, citation, el, fresh, list, listing, named, quoted, span } = elements;
  const { mark, original, say, sayParts } = language;
  const { resultShown, resultWords, sentence } = ladders;
  const { deciding, fold, otherRules } = rules;
  const FEW = 6; // Up to so many answers to a question are named.

  // a regime ---------------------------------------------------------------------------------------------

  /** The card of one regime. */
  function card(page, result, hidden) {
    const { number, verdict, id } = result;
    const said = page.model.data.rulesets[number];
    const label = fresh("regime");
    const day = verdict.day ?? say("an unknown date");
    const isProposal = verdict.ruleset.status === "proposal";
    const law = say(isProposal ? "Proposal applied as of {day}" : "Law applied as of {day}", { day });
    const base = page.model.data.rulesets[verdict.base]?.title;
    const below = base ? `, ${say("on top of {regime}", { regime: say(base) })}` : "";
    const head = el(
      "header",
      el("h3", { id: label, ...mark(said.title) }, say(said.title)),
      el("p.as-of", law, below, " · ", el("code", id)),
    );
    const body = hidden ? el("p.note", say("Hidden until you have guessed.")) : shownBody(page, result);
    const [low, high] = (verdict.span ?? []).map((outcome) => page.texts.outcomes[outcome].slug);
    const ends = low && !hidden ? `from-${low} to-${high}` : "";
    return el(
      "article",
      { class: `card ${ends}`, id: `regime-${id}`, tabindex: "-1", "aria-labelledby": label },
      head,
      body,
    );
  }

  function shownBody(page, result) {
    const { contradiction } = result.verdict;
    const told = { page, ...result, teller: contradiction ? null : reasons.teller(result.verdict, page.texts) };
    return [
      el("p.result", resultShown(page, result)),
      el("p.sentence", sentence(page, result)),
      contradiction ? broken(told) : SECTIONS.map((section) => section(told)),
      limits(told),
    ];
  }

  function broken({ verdict }) {
    return list(verdicts.broken(verdict), original());
  }

  // what is open -------------------------------------------------------------------------------------------

  function asking(told) {
    const { page, worth, verdict } = told;
    if (!worth.length) return null;
    const narrowing = worth.filter((one) => one.narrows);
    const others = worth.filter((one) => !one.narrows);
    const lead = say("Also unanswered; no single answer would narrow the outcome, as far as look-ahead shows:");
    const isSettled = verdict.span[0] === verdict.span[1];
    const ends = isSettled ? "" : say("The two ends of the outcome are found by look-ahead, not proved.");
    const content = () => [
      narrowing.map((one) => openQuestion(told, one)),
      others.length ? [el("p.note", lead), list(others.map((one) => jump(page, one)))] : null,
      el("p.note", ends),
    ];
    const title = say("Open, and worth asking ({count})", { count: narrowing.length });
    return fold(told, "open", title, content, { open: narrowing.length > 0 && narrowing.length < 4 });
  }

  /** A button that leads to the question itself. */
  function jump(page, { name, question }) {
    return el("button.link", { click: () => page.ask(name), ...mark(question) }, say(question));
  }

  function openQuestion(told, one) {
    const { page, verdict } = told;
    const effects = [...one.effects].sort((first, second) => first.answers.length - second.answers.length);
    const items = effects.map(({ answers, low, high }) => [
      `${capital(answersWords(page, one.name, answers))}: `,
      low === verdict.span[0] && high === verdict.span[1] ? `${say("still")} ` : "",
      span(page.texts, [low, high]),
    ]);
    return el("div.asked", el("p", jump(page, one)), list(items));
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

  function duties(told) {
    const { page, verdict } = told;
    const found = verdicts.duties(verdict);
    if (!found.length) return null;
    const by = new Map();
    for (const one of found) {
      const said = page.model.data.duties[one.duty];
      const addressee = named(page, said.addressee);
      if (!by.has(addressee)) by.set(addressee, []);
      by.get(addressee).push(dutyItem(told, said, one.applies));
    }
    return fold(told, "duties", say("Duties ({count})", { count: found.length }), () =>
      [...by].map(([addressee, items]) => [el("h4", capital(say(addressee))), list(items)]),
    );
  }

  function dutyItem({ page, verdict }, said, applies) {
    const strength = say(said.strength);
    const parts = [applies ? strength : say("{strength}, if it applies (open)", { strength })];
    if (said.deadline) parts.push("; ", say("deadline:"), " ", quoted(said.deadline));
    if (said.breach) parts.push("; ", say("breach: {breach}", { breach: say(said.breach) }));
    return [quoted(said.sentence), " ", el("span.tag", parts), " ", citation(page, said, verdict.day)];
  }

  function presumed(told) {
    const { page, verdict } = told;
    const answered = (name, value) => `${say(page.texts.facts[name].question)} – ${value}`;
    const stated = verdict.presumed.map((name) =>
      answered(name, questions.answerWords(page, name, verdict.known.values.get(name))),
    );
    const inferred = verdict.inferred.map((name) => answered(name, settledWords(told, name)));
    return [
      fold(told, "presumed", say("Assumed, not stated ({count})", { count: stated.length }), stated),
      fold(told, "inferred", say("Follows from other facts ({count})", { count: inferred.length }), inferred),
    ];
  }

  /** What the constraints settled of a fact; of a set, member by member. */
  function settledWords({ page, verdict }, name) {
    const { machine, state, known } = verdict;
    const { model } = page;
    const said = [];
    machine.keys.forEach((key, at) => {
      const question = model.question[key];
      const value = state.row[at];
      if (question.name !== name || value === null) return;
      if (!question.member) said.push(questions.answerWords(page, name, value));
      else if (presumptions.answerTo(model, key, verdict.scenario, known) === null) {
        const member = say(model.facts.get(name).answers[question.member] ?? question.member);
        const answer = member === "*" ? say("any entry") : member;
        said.push(value ? member : say("not {answer}", { answer }));
      }
    });
    const answers = said.slice(0, FEW).join("; ");
    return said.length > FEW ? say("{answers}; and more", { answers }) : answers;
  }

  function readings(told) {
    const { page, verdict } = told;
    if (!verdict.span && verdict.inForce === false) return null;
    const taken = sensitivity.asked(verdict);
    if (!taken.length) return null;
    const title = say("How doubtful texts are interpreted ({count})", { count: taken.length });
    return fold(told, "readings", title, () => {
      const items = taken.map((pair) => doubtItem(told, pair));
      const doubts = items.filter((item) => !item.changes).map(({ id }) => id).join(", ");
      const rest = say("Changing the interpretation of any one of these changes nothing here: {doubts}.", { doubts });
      const changing = items.filter((item) => item.changes).map((item) => item.content);
      return [list(changing), doubts ? el("p.note", rest) : null];
    });
  }

  /** A doubt with the interpretation taken, and each other that alone would change the result. */
  function doubtItem({ page, verdict }, [doubt, reading]) {
    const { id, asks, says, default: usual } = page.model.data.doubts[doubt];
    const changing = sensitivity.otherwise(verdict, [doubt, reading]);
    const named = { reading: quoted(reading) };
    const taken = sayParts(reading === usual ? "Assumed: “{reading}”." : "Chosen: “{reading}”.", named);
    const content = [
      jump(page, { name: `reading.${id}`, question: `${id}: ${asks}` }),
      el("p", reading === null ? say("Left open.") : [taken, " ", quoted(says[reading])]),
      list(changing.map((one) => interpreted(page, one))),
    ];
    return { id, changes: changing.length > 0, content };
  }

  function interpreted(page, { reading, verdict }) {
    const result = resultWords(page, { verdict });
    return sayParts("Interpreted as “{reading}”: {result}", { reading: quoted(reading), result });
  }

  // what the result depends on -----------------------------------------------------------------------------

  /** Only what changes the result, or leaves it open; worked out when it is asked for. */
  function dependence(told) {
    return fold(told, "dependence", say("What this result depends on"), () => {
      const items = [...assumptions(told), ...alternatives(told), ...gaps(told), ...changedSince(told)];
      return list(items) ?? el("p.note", say("No assumption and no interpretation alone changes this result."));
    });
  }

  function assumptions({ page, verdict }) {
    const answered = (name) => [
      jump(page, { name, question: page.texts.facts[name].question }),
      " – ",
      questions.answerWords(page, name, verdict.known.values.get(name)),
    ];
    const each = sensitivity.presumed(verdict).map(({ names, verdict: other }) => {
      const result = resultWords(page, { verdict: other });
      return [
        names.map((name) => el("p", answered(name))),
        names.length > 1
          ? say("Assumed; without all of these together: {result}", { result })
          : say("Assumed; without that: {result}", { result }),
      ];
    });
    const bare = sensitivity.bare(verdict);
    if (!bare) return each;
    const result = resultWords(page, { verdict: bare });
    return [...each, say("With no assumptions at all: {result}", { result })];
  }

  function alternatives({ page, verdict }) {
    return sensitivity.readings(verdict).map((one) => {
      const { id, asks: question } = page.model.data.doubts[one.doubt];
      return [el("p", jump(page, { name: `reading.${id}`, question })), interpreted(page, one)];
    });
  }

  function gaps({ page, worth }) {
    const open = (is, words) =>
      worth.filter(({ name }) => is(name)).map((one) => [el("p", jump(page, one)), words]);
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

  function warned({ verdict, beside }) {
    // That two days differ is so in nearly every case: a line says it, and the box is for the rest.
    const days = verdict.warnings.filter((one) => one.isOfDays).map(warning);
    const told = [...verdict.warnings.filter((one) => !one.isOfDays).map(warning), ...beside];
    return [
      days.map((said) => el("p.note", said)),
      told.length ? el("div.warnings", el("h4", say("Caution")), list(told)) : null,
    ];
  }

  /** A warning; a sentence of law and names of tables in it stay as they are. */
  const warning = ({ text, values, law }) =>
    law ? [text ? `${say(text, values)} ` : "", quoted(law)] : sayParts(text, marked(values));

  const marked = ({ table = "", tables = "", ...others }) => ({ ...others, table: quoted(table), tables: quoted(tables) });

  function limits(told) {
    const { page, verdict, number } = told;
    const parts = [...new Set([number, ...verdict.machine.plan.along])];
    const { instruments, levels, not_encoded: omissions, rulesets } = page.model.data;
    const leftOut = parts.flatMap((part) => omissions.filter(({ ruleset }) => ruleset === part));
    const named = ({ name, title, reference }) => `${name}: ${title} (${reference})`;
    const texts = parts.flatMap((part) => rulesets[part].instruments.map((text) => named(instruments[text])));
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
    const items = leftOut.map((one) => quoted([el("cite", one.cite), `: ${one.what} ${one.why}`]));
    return [
      fold(told, "left-out", say("Not encoded ({count})", { count: leftOut.length }), items, { paper: false }),
      fold(told, "law", say("Texts that were read ({count})", { count: law.length }), law.map(quoted)),
      el("p.notice", notices),
    ];
  }

  const SECTIONS = [deciding, warned, dependence, asking, otherRules, duties, presumed, readings];

  return { card, jump };
})();
