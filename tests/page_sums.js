/* What the page works out, as plain data, for comparing with Python. */

/** A verdict, named as `regcompare compare --format json` names it. */
function verdictSum(verdict) {
  const { model, span, ruleset } = verdict;
  if (verdict.contradiction) return { ruleset: ruleset.id, contradiction: true };
  const { data } = model;
  const found = verdicts.findings(verdict);
  const listed = [true, null].flatMap((holds) =>
    verdicts.strictestFirst(found.filter((one) => one.holds === holds)),
  );
  const mark = verdicts.resultMark(verdict);
  return {
    ruleset: ruleset.id,
    as_of: verdict.day,
    base: verdict.base === null ? null : data.rulesets[verdict.base].id,
    in_force: verdict.inForce,
    in_scope: verdict.inScope,
    low: span && span[0],
    high: span && span[1],
    review: verdicts.review(verdict),
    rules: listed.map((one) => ({
      id: data.rules[one.rule].id,
      ruleset: data.rulesets[one.source].id,
      holds: one.holds,
      decides: one.decides,
      outcome: one.then,
      lifted_by: one.liftedBy.map((rule) => data.rules[rule].id),
      checked: data.levels[one.checked],
    })),
    closest: verdicts.closest(verdict, found).map((one) => data.rules[one.rule].id),
    duties: verdicts.duties(verdict).map((one) => [data.duties[one.duty].id, one.applies]),
    questions: [...verdicts.openQuestions(verdict, found)].map(([name, keys]) => [
      name,
      verdicts.effects(verdict, name, keys).map(({ answers, low, high }) => [answers, low, high]),
    ]),
    presumed: verdict.presumed,
    inferred: verdict.inferred,
    // A row that was not read is a question on some days only, as in the data of a comparison.
    assumed: Object.fromEntries(
      [...verdict.taken]
        .filter(([doubt]) => !data.doubts[doubt].question.startsWith("reading:row."))
        .map(([doubt, taken]) => [data.doubts[doubt].id, taken]),
    ),
    checked: mark < 0 ? null : data.levels[mark],
    warnings: verdict.warnings.map(({ text, values, law }) =>
      [language.say(text, values), law].filter(Boolean).join(" "),
    ),
  };
}

/** What a verdict depends on, named as `Comparison.sensitivity()` names it. */
function dependenceSum(verdict) {
  if (verdict.contradiction) return null;
  const { bare, isDay, isUnread, later, presumed, readings, resultOf } = sensitivity;
  const open = [...verdicts.openQuestions(verdict).keys()];
  const [unassumed, since] = [bare(verdict), later(verdict)];
  const { doubts } = verdict.model.data;
  return {
    presumed: presumed(verdict).flatMap(({ names }) => names),
    bare: unassumed && resultOf(unassumed),
    readings: readings(verdict).map((one) => [doubts[one.doubt].id, one.reading, resultOf(one.verdict)]),
    unread: open.filter(isUnread).map((name) => name.slice(name.indexOf(".") + 1)),
    dates: open.filter(isDay),
    changed_since: since && resultOf(since),
  };
}
