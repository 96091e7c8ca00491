/* A result in one of five words or between two, and why: a reason in plain sentences, and the facts that decide.
 *
 * As Python's `gate_of` and `why` give them.
 */
"use strict";

const why = (() => {
  const { say, sayLaw } = language;
  const EXPORTER = "exporter.country";
  const GENERAL = 1; // The rank of a general authorisation.
  const MOST = 2; // Open rules in a reason.
  const MOST_MISSED = 3;

  /** The word of a verdict, what it means, and the classes of its ends, by which it has a barrier. */
  function gateOf({ model, texts }, verdict) {
    const without = ({ plain, means }) => ({ word: say(plain), means: say(means), ends: "" });
    if (verdict.contradiction) return without({ plain: "Impossible", means: "These facts cannot all be true." });
    if (verdict.inForce === false) return without(texts.not_in_force);
    if (!verdict.span) return without(texts.out_of_scope);
    const looks = texts[model.data.rulesets[verdict.number].asks === "use" ? "uses" : "outcomes"];
    const [low, high] = verdict.span.map((number) => looks[number]);
    const ends = `${verdict.inScope && verdict.inForce ? low.slug : looks[0].slug} ${high.slug}`;
    if (low !== high) {
      const isOneWord = low.plain === high.plain;
      const words = { low: isOneWord ? fullWord(low) : say(low.plain), high: isOneWord ? say(high.detail) : say(high.plain).toLowerCase() };
      return { word: say(texts.why.perhaps, words), means: say("From “{low}” to “{high}”.", { low: fullWord(low), high: fullWord(high) }), ends };
    }
    const [certain, most] = low.asks ? verdicts.reviews(verdict) : [null, null];
    return { word: fullWord(high), means: say(certain === null || certain !== most ? high.means : texts.reviews[certain]), ends };
  }

  /** The word of an outcome with its detail. */
  const fullWord = ({ plain, detail }) => (detail ? `${say(plain)}: ${say(detail)}` : say(plain));

  const isFormal = (fact) => fact === "transaction.kind" || /(\.country|\.as_of|date)$/.test(fact);

  const factsAmong = ({ model }, keys, withFormal = false) =>
    [...new Set([...keys].map((key) => model.question[key].name))].filter((name) => model.facts.has(name) && (withFormal || !isFormal(name)));

  /** The reason of a result and the facts behind it. */
  function reason(page, verdict, findings) {
    const { texts, model } = page;
    const words = texts.why;
    if (verdict.inForce === false) return { sentence: say(texts.not_in_force.means), facts: [] };
    const home = verdict.ruleset.home ? say(verdict.ruleset.home.name) : "";
    if (!verdict.span) {
      const isOutside = home && factsAmong(verdict, verdicts.keysBehind(verdict, verdict.machine.conditions.scope), true).includes(EXPORTER);
      return isOutside ? { sentence: say(words.outside, { home }), facts: [EXPORTER] } : { sentence: say(texts.out_of_scope.means), facts: [] };
    }
    const conditionOf = (finding) => verdicts.conditionOf(verdict, finding);
    const deciding = findings.find((finding) => finding.decides);
    const between = verdicts.between(verdict, findings);
    const sentences = [];
    const facts = new Set();
    const add = (names) => names.forEach((name) => facts.add(name));
    if (deciding) {
      const { plain } = texts.rules[deciding.rule];
      sentences.push(plain ? say(plain.sentence) : sayLaw(model.data.rules[deciding.rule].sentence));
      add(factsAmong(verdict, verdicts.keysBehind(verdict, conditionOf(deciding))));
    } else if (!between.length) {
      const missedReasons = [...missed(page, verdict, findings)].slice(0, MOST_MISSED);
      sentences.push(...missedReasons.map(([sentence]) => say(sentence)));
      add(missedReasons.map(([, fact]) => fact));
    }
    const open = openReasons(page, verdict, findings, between);
    if (open.length) {
      sentences.push(...conditionals(page, open));
      const [low, high] = verdict.span;
      if (between.length && open[0].then < high) sentences.push(say(words.otherwise, { consequence: say(words.consequences[high]) }));
      const keys = open.flatMap((finding) => [...verdicts.keysBehind(verdict, conditionOf(finding))]);
      const asked = factsAmong(verdict, keys);
      const disputed = page.cases.get(verdict.scenario.id)?.texts.disputed ?? {};
      const unsettled = !asked.length ? "law" : asked.some((name) => Object.hasOwn(disputed, name)) ? "disputed" : "unknown";
      const mark = low === high ? "either" : unsettled;
      sentences.push(say(words.settled_by[mark]));
      add(asked);
    }
    if (home && verdict.inScope === null) sentences.push(say(words.may_be_outside, { home }));
    const isEnglish = ({ rule }) => !texts.rules[rule].plain && !language.isTranslated(model.data.rules[rule].sentence);
    const isQuoted = [deciding, ...open].some((finding) => finding && isEnglish(finding)); // Law that nobody translated.
    return { sentence: sentences.join(" ") || say(words.nothing), facts: [...facts], mark: isQuoted ? language.original() : {} };
  }

  /** Why rules that a reader would expect do not apply, each with the fact on which they fail.
   *
   * Of what a rule says on its failing, the first that is true of the case and on which it fails counts.
   */
  function missed({ texts }, verdict, findings) {
    const reasonsByText = new Map();
    for (const finding of findings.filter(({ holds }) => holds === false)) {
      const fails = texts.rules[finding.rule].plain?.fails ?? [];
      const facts = fails.length ? factsAmong(verdict, verdicts.keysBehind(verdict, verdicts.conditionOf(verdict, finding)), true) : [];
      for (const [condition, sentence] of fails) {
        if (verdict.val[condition] !== true) continue;
        const shared = factsAmong(verdict, verdicts.keysBehind(verdict, condition), true).find((fact) => facts.includes(fact));
        if (!shared) continue;
        reasonsByText.set(sentence, shared);
        break;
      }
    }
    return reasonsByText;
  }

  /** The strictest open rules that could raise the result, or of which one must hold. */
  function openReasons(page, verdict, findings, between) {
    const floor = Math.max(verdict.span[0], GENERAL);
    const raising = findings.filter(({ holds, then }) => holds === null && then > floor);
    const unlike = new Map();
    for (const finding of verdicts.strictestFirst([...between, ...verdicts.strictestFirst(raising)])) {
      const text = page.texts.rules[finding.rule].plain?.clause ?? page.model.data.rules[finding.rule].sentence;
      if (!unlike.has(text)) unlike.set(text, finding);
    }
    return [...unlike.values()].slice(0, MOST);
  }

  /** What would follow if rules applied; those with one consequence share a sentence. */
  function conditionals({ texts, model }, findings) {
    const { why: words, rules } = texts;
    const sentences = [];
    const byOutcome = new Map();
    for (const { rule, then } of findings) {
      const { plain } = rules[rule];
      if (!plain) sentences.push(say(words.may_apply, { sentence: sayLaw(model.data.rules[rule].sentence) }));
      else if (byOutcome.has(then)) byOutcome.set(then, say(words.or_if, { one: byOutcome.get(then), other: say(plain.clause) }));
      else byOutcome.set(then, say(plain.clause));
    }
    const conditional = ([then, condition]) => say(words.if, { condition, consequence: say(words.consequences[then]) });
    return [...sentences, ...[...byOutcome].map(conditional)];
  }

  return { gateOf, reason };
})();
