"""What the encoding of the law at home leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .sources import AI_ACT, DATA_PROTECTION, MEDIA_ACT, POLICE_DATA

chapter = Chapter()

chapter.left_out(
    AI_ACT["Art. 2(1)"],
    "Whom the act binds: providers who place systems on the market in the Union, users located in it, and "
    "those abroad whose output is used in it. A seller who only exports is none of these.",
    "The question here is what an authority of the Union may do, who is located in it.",
)
chapter.left_out(
    AI_ACT["recitals, articles and annexes"],
    "Exports, of which the act says nothing: in its text as adopted the word export occurs nowhere.",
    "Counted on 27 November 2026 in two public copies of the text of 13 June 2024, one of all recitals and "
    "articles, one of all articles and annexes; nor does it occur in what was read of the text as amended "
    "on 27 July 2026.",
)
chapter.left_out(
    AI_ACT["Art. 2(2), (4), (8), (10), (12) and (13)"],
    "Products with safety law of their own, authorities of third countries under an agreement on police "
    "cooperation, tests before a system is used, private use, open-source systems.",
    "No use on record is of this kind; open source frees no prohibited use.",
)
chapter.left_out(
    AI_ACT["Art. 3(40)"],
    "Sorting people by biometric data that is ancillary to another commercial service and strictly "
    "necessary for technical reasons.",
    "No question asks for it; a system that serves surveillance is not ancillary to another service.",
)
chapter.left_out(
    AI_ACT["Arts 1, 4, 4a, 7 to 25, 28 to 110 and 112"],
    "What makers and sellers of systems must do, transparency, general-purpose models, sandboxes, "
    "authorities and penalties.",
    "They forbid no use; most of them were not read.",
)
chapter.left_out(
    AI_ACT["Art. 5(1)(a), (b), (ba) and (bb)"],
    "Manipulation, the exploitation of vulnerable people and, from 2 December 2026, intimate images without "
    "consent and material of child abuse.",
    "They are not surveillance.",
)
chapter.left_out(
    AI_ACT["Art. 5(2)"],
    "That a real-time system may only confirm the identity of a certain person, and the elements to be "
    "weighed.",
    "They belong to the decision of the court; the question on objectives takes them as met.",
)
chapter.left_out(
    AI_ACT["Arts 5(3) and 26(10)"],
    "That no decision with an adverse legal effect rests on the output alone, that a search of recordings "
    "keeps to what its investigation strictly needs, and that it ends and its data are deleted where "
    "authorisation is refused.",
    "They shape a use that is authorised and do not decide whether it is.",
)
chapter.left_out(
    AI_ACT["Art. 5(6)"],
    "Annual reports of national authorities to the Commission, on which its own report rests.",
    "The report that is published is encoded (Art. 5(7)).",
)
chapter.left_out(
    AI_ACT["Annex III, points 2 to 5, 6(a) to (c), 7 and 8"],
    "Further systems of high risk, among them polygraphs, the reliability of evidence, and migration, "
    "asylum and border control.",
    "They bring duties and no permission, so that no result depends on them, and no question asks for them.",
)
chapter.left_out(
    AI_ACT["Arts 26(1) to (5), (7), (9), (11) and (12), and 27(2) to (5)"],
    "Human oversight, monitoring, information of workers and of the people concerned, and the assessments "
    "of private bodies that provide public services.",
    "They are duties of every day; those that protect people from surveillance most are encoded.",
)
chapter.left_out(
    AI_ACT["Arts 6(3) and 111(2)"],
    "Systems of Annex III that pose no significant risk, and systems already in use: the duties reach these "
    "when they are changed significantly, and public authorities by 2 August 2030.",
    "No question covers when a system was put into use.",
)
chapter.left_out(
    MEDIA_ACT["Art. 4(3)(a) and (b)"],
    "Orders to disclose sources, detention, sanctions, and searches of premises.",
    "No item is used for them.",
)
chapter.left_out(
    MEDIA_ACT["Art. 4(7) and (8)"],
    "That Directive 2016/680 applies to whatever is processed in watching journalists, also outside law "
    "enforcement, and that they have a right to effective judicial protection.",
    "The rules on the directive ask about law enforcement; a remedy comes after the use.",
)
chapter.left_out(
    POLICE_DATA["Arts 4 to 7, 9 and 11 to 15"],
    "Purpose limitation, storage limits, automated decisions, and the rights of the people concerned.",
    "They shape a use and do not decide whether it may begin.",
)
chapter.left_out(
    DATA_PROTECTION["Art. 2(2)(b) and (c)"],
    "Foreign and security policy of Member States, and what a person does at home or for private ends.",
    "No use on record is of this kind.",
)
chapter.left_out(
    DATA_PROTECTION["Arts 5 and 6"],
    "Whether data other than sensitive data may be processed outside law enforcement.",
    "Article 6 offers six grounds, legitimate interests among them, which no question tells apart.",
)
chapter.left_out(
    DATA_PROTECTION["other law of the Union and of its Member States"],
    "The secrecy of communications, criminal procedure, and the Charter by itself.",
    "Interception and searches of devices are governed by national law; the Charter counts where an act "
    "makes it a condition, as Article 4(4)(b) of the Media Freedom Act does.",
)
