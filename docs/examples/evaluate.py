"""Evaluates a published ruleset in plain Python: python evaluate.py program.json cases.json.

It is written from program.schema.json alone and imports nothing of regcompare.
True, False and None (unknown) are the three truths.
"""

import json
import sys
from pathlib import Path


def among(answer, wanted):
    """Whether an answer is one of the wanted words; unknown where only part of its words are."""
    if not isinstance(answer, dict):
        return answer in wanted
    met = [word in wanted for word in answer["one_of"]]
    return met[0] if len(set(met)) == 1 else None


def every(truths):
    """False if one is false, else unknown if one is unknown, else true."""
    return False if False in truths else None if None in truths else True


def some(truths):
    """True if one is true, else unknown if one is unknown, else false."""
    return True if True in truths else None if None in truths else False


def truth(node, truths, answers):
    """The truth of a node, from the truths of the nodes before it."""
    kind, answer = node["kind"], answers.get(node.get("question"))
    parts = [truths[number] for number in node.get("parts", [])]
    if kind == "constant":
        return node["truth"]
    if kind == "choose":
        read = {name: truths[number] for name, number in node["readings"].items()}
        same = set(read.values())
        return read[answer] if answer is not None else same.pop() if len(same) == 1 else None
    if kind in ("all", "any", "not", "term"):
        joined = some(parts) if kind == "any" else every(parts)
        return joined if kind != "not" or joined is None else not joined
    if answer is None:
        return None
    if kind == "one_of":
        return among(answer, node["answers"])
    return answer >= node["day"] if kind == "on_or_after" else answer


def evaluate(program, answers):
    """What a case comes to: whether the law applies, the mildest and the strictest outcome, and why.

    The program is of one ruleset on one day, so its conditions have one state.
    """
    truths = []
    for node in program["nodes"]:
        truths.append(truth(node, truths, answers))
    named = {name: truths[numbers[0]] for name, numbers in program["conditions"].items()}
    steps = [named[f"at_least:{outcome}"] for outcome in program["outcomes"][1:]]
    ends = [steps.count(True), len(steps) - steps.count(False)]
    applies = False not in (named["force"], named["scope"])
    low, high = (program["outcomes"][end] if applies else None for end in ends)
    told = {"in_force": named["force"], "in_scope": named["scope"], "low": low, "high": high}
    told["true"] = [name for name, met in named.items() if met]
    return told | {"unknown": [name for name, met in named.items() if met is None]}


if __name__ == "__main__":
    program, conformance = (json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:3])
    if (program["format"], program["version"]) != ("regcompare-program", 4):
        sys.exit(f"{sys.argv[1]}: expected a program of version 4")
    cases = conformance["cases"]
    wrong = [case["id"] for case in cases if evaluate(program, case["answers"]) != case["plain"]]
    print(f"{len(cases) - len(wrong)} of {len(cases)} cases agree", *wrong)
    sys.exit(bool(wrong))
