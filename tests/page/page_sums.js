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
  return {
    ruleset: ruleset.id,
    as_of: verdict.day,
    base: verdict.base === null ? null : data.rulesets[verdict.base].id,
    in_force: verdict.inForce,
    in_scope: verdict.inScope,
    low: span && span[0],
    high: span && span[1],
    review: verdicts.reviews(verdict)[0],
    rules: listed.map((one) => ({
      id: data.rules[one.rule].id,
      ruleset: data.rulesets[one.source].id,
      holds: one.holds,
      decides: one.decides,
      outcome: one.then,
      lifted_by: one.liftedBy.map((rule) => data.rules[rule].id),
    })),
    duties: verdicts.duties(verdict).map((one) => [data.duties[one.duty].id, one.applies]),
    questions: verdicts.openQuestions(verdict, found),
    presumed: verdict.presumed,
    inferred: verdict.inferred,
    // A row that was not read is a question on some days only, as in the data of a comparison.
    assumed: Object.fromEntries(
      [...verdict.taken]
        .filter(([doubt]) => !data.doubts[doubt].question.startsWith("reading:row."))
        .map(([doubt, taken]) => [data.doubts[doubt].id, taken]),
    ),
    warnings: verdict.warnings.map(({ text, values, law }) =>
      [language.say(text, values), law].filter(Boolean).join(" "),
    ),
  };
}
