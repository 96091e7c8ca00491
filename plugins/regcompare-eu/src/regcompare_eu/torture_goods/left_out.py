"""What the analogy leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .definitions import REGULATION

chapter = Chapter()

chapter.left_out(
    REGULATION["Arts 1, 2, 4, 7 to 10 and 14"],
    "Imports, training, trade fairs, advertising, and stricter measures of Member States.",
    "The questions are about exports; for goods in Annex II training, fairs and advertising are banned too.",
)
chapter.left_out(
    REGULATION["Arts 3(2), 5(2), 11(2) and 11(3)"],
    "Goods for museums, exports to certain territories, and goods for personnel of Member States in "
    "operations abroad.",
    "No surveillance export on record is of this kind.",
)
chapter.left_out(
    REGULATION["Art. 12(1), (3) and (4)"],
    "That all relevant considerations count, how end use and diversion are verified, and global licences.",
    "They guide the decision. Only for irritant chemicals and devices that spread them (points 3.2 and 3.3 "
    "of Annex III) does an exporter who does not say who will use them, and for what, give grounds to refuse.",
)
chapter.left_out(
    REGULATION["Annex III"],
    "Restraints, weapons for riot control, and irritant chemicals: the three points of the annex.",
    "The analogy puts surveillance tools in their place.",
)
chapter.left_out(
    REGULATION["Arts 16 to 22"],
    "Goods for capital punishment, the forms of licences, and customs.",
    "No surveillance tool is near to Annex IV; the rest is procedure.",
)
chapter.left_out(
    REGULATION["Arts 24, 25, 26(1), (2) and (4), and 27 to 36"],
    "How the annexes are amended, also at the request of a Member State for goods designed or marketed for "
    "law enforcement, the exchange of information, and penalties.",
    "They decide no export.",
)
