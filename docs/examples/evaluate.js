// Evaluates a published ruleset in plain JavaScript: node evaluate.js program.json cases.json.
// It is written from program.schema.json alone and needs no package.
// true, false and null (unknown) are the three truths.

"use strict";

const fs = require("fs");

/** Whether an answer is one of the wanted words; unknown where only part of its words are. */
function among(answer, wanted) {
  const met = (answer.one_of || [answer]).map((word) => wanted.includes(word));
  return met.every((one) => one === met[0]) ? met[0] : null;
}

/** False if one is false, else unknown if one is unknown, else true. */
const every = (truths) => (truths.includes(false) ? false : truths.includes(null) ? null : true);

/** True if one is true, else unknown if one is unknown, else false. */
const some = (truths) => (truths.includes(true) ? true : truths.includes(null) ? null : false);

/** The truth under the reading taken; without one, the truth that all readings share. */
function choose(readings, answer, truths) {
  if (answer !== null) return truths[readings[answer]];
  const met = Object.values(readings).map((number) => truths[number]);
  return met.every((one) => one === met[0]) ? met[0] : null;
}

/** The truth of a node, from the truths of the nodes before it. */
function truth(node, truths, answers) {
  const answer = answers[node.question] ?? null;
  const parts = (node.parts || []).map((number) => truths[number]);
  switch (node.kind) {
    case "constant": return node.truth;
    case "choose": return choose(node.readings, answer, truths);
    case "any": return some(parts);
    case "all": case "term": return every(parts);
    case "not": return parts[0] === null ? null : !parts[0];
    case "holds": return answer;
    case "one_of": return answer === null ? null : among(answer, node.answers);
    case "on_or_after": return answer === null ? null : answer >= node.day;
    default: throw new Error(`unknown kind of node: ${node.kind}`);
  }
}

/** What a case comes to: whether the law applies, the mildest and the strictest outcome, and why.
 *  The program is of one ruleset on one day, so its conditions have one state. */
function evaluate(program, answers) {
  const truths = [];
  for (const node of program.nodes) truths.push(truth(node, truths, answers));
  const named = Object.entries(program.conditions).map(([name, numbers]) => [name, truths[numbers[0]]]);
  const { force, scope, ...rest } = Object.fromEntries(named);
  const steps = program.outcomes.slice(1).map((outcome) => rest[`at_least:${outcome}`]);
  const applies = force !== false && scope !== false;
  const end = (counts) => (applies ? program.outcomes[steps.filter(counts).length] : null);
  const those = (wanted) => named.filter(([, met]) => met === wanted).map(([name]) => name);
  return {
    in_force: force, in_scope: scope, low: end((step) => step === true), high: end((step) => step !== false),
    true: those(true), unknown: those(null),
  };
}

const [program, cases] = process.argv.slice(2, 4).map((name) => JSON.parse(fs.readFileSync(name, "utf8")));
if (program.format !== "regcompare-program" || program.version !== 4) throw new Error("expected a program of version 4");
const same = (one, two) => Object.keys(two).every((key) => JSON.stringify(one[key]) === JSON.stringify(two[key]));
const wrong = cases.cases.filter((one) => !same(evaluate(program, one.answers), one.plain)).map((one) => one.id);
console.log(`${cases.cases.length - wrong.length} of ${cases.cases.length} cases agree`, ...wrong);
process.exitCode = wrong.length ? 1 : 0;
