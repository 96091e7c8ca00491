"""The open questions of a case, each with what every answer alone would lead to."""

import regcompare as rc

for question in rc.assess("morpho-shanghai-2015", "eu-2021-821").questions:
    print(question.text)
    for effect in question.effects:
        print("   ", " or ".join(effect.answers), "->", effect.span)
