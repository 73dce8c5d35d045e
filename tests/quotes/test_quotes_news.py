"""Patterns of everyday news, each beside a near miss that must stay as it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.quotes import extract_quotes

CASES: list[tuple[str, list[str]]] = [
    # a full stop inside the marks ends the sentence if a whole report follows
    (
        "“The lights went out.” Example Grid said the hackers had struck at night.",
        ["The lights went out | -", "the hackers had struck at night | Example Grid"],
    ),
    (
        "“The lights went out.” Ada Quill said in May.",
        ["The lights went out | Ada Quill"],
    ),
    ("“The lights went out.” said Ada Quill.", ["The lights went out | Ada Quill"]),
    (
        'Ada Quill said the code was "a gift to every thief in the country." The team then added new checks to it.',
        ['the code was "a gift to every thief in the country | Ada Quill'],
    ),
    # an adverb is no first name
    (
        "Hopefully Zorbo will fix it. Zorbo said the phones never stop.",
        ["the phones never stop | Zorbo"],
    ),
    (
        "Emily Zorbo will fix it. Zorbo said the phones never stop.",
        ["the phones never stop | Emily Zorbo"],
    ),
    # what an organisation sells is not its name
    (
        "The Zorbo Play Reward Program ended. In June, Zorbo said the checks had helped a lot.",
        ["the checks had helped a lot | Zorbo | - | Zorbo"],
    ),
    (
        "Zorbo Systems was attacked. In June, Zorbo said the checks had helped a lot.",
        ["the checks had helped a lot | Zorbo Systems"],
    ),
    # a former office is a role
    (
        "Ex-CFO Dan Hale told the court: “I am sorry for it all.”",
        ["I am sorry for it all | Dan Hale | Ex-CFO | -"],
    ),
    # an outlet that only reports is not "the company"
    (
        "The Norwick Times reports that officials had kept silent. The estimate was wrong, said the company’s chief "
        "technology officer, Ryo Tanner.",
        [
            "officials had kept silent | Norwick Times",
            "The estimate was wrong | Ryo Tanner | chief technology officer | -",
        ],
    ),
    # a book is no employer
    (
        "Anna Berg, co-author of a new book, The Long Night of Code, said the field is too young.",
        ["the field is too young | Anna Berg | * | -"],
    ),
    (
        "Anna Berg, author at Example Press, said the field is too young.",
        ["the field is too young | Anna Berg | author | Example Press"],
    ),
    # numbers are no part of a role
    (
        "More than 4,700 employees say they have found a better way.",
        ["they have found a better way | More than 4,700 employees | employees | -"],
    ),
    # whose police, whose campaign
    (
        "Norwick police spokeswoman Ida Berg said two people were hurt.",
        ["two people were hurt | Ida Berg | spokeswoman | Norwick police"],
    ),
    (
        "Police spokesman Ole Hart said the suspect was in custody.",
        ["the suspect was in custody | Ole Hart | spokesman | police"],
    ),
    (
        "A Holt campaign spokesman said the vote was rigged.",
        ["the vote was rigged | A Holt campaign spokesman | spokesman | Holt campaign"],
    ),
    # users and supporters are not staff
    (
        "Zorbo users said the vote was rigged.",
        ["the vote was rigged | Zorbo users | - | -"],
    ),
    (
        "Zorbo supporters said the vote was rigged.",
        ["the vote was rigged | Zorbo supporters | - | -"],
    ),
    (
        "Zorbo engineers said the vote was rigged.",
        ["the vote was rigged | Zorbo engineers | engineers | Zorbo"],
    ),
    # a group of students are the students
    (
        "A group of students said they had found the flaw in May.",
        ["they had found the flaw in May | A group of students | students | -"],
    ),
    (
        "A team of researchers at Lorem Labs said they had found the flaw in May.",
        ["they had found the flaw in May | A team of researchers at Lorem Labs | researchers | Lorem Labs"],
    ),
    # plural people without a name, and "they" after them
    (
        "The carmakers say that only the state can do it. They claim the law is badly drafted.",
        [
            "only the state can do it | The carmakers",
            "the law is badly drafted | The carmakers",
        ],
    ),
    # quantities and extents do not speak
    (
        "The number of victims suggests that the gang is large.",
        ["the gang is large | -"],
    ),
    (
        "A number of victims said that the gang is large.",
        ["the gang is large | A number of victims"],
    ),
    # two of one last name: the one who spoke last, else the one named last
    (
        "“It is ours,” said Ada Quill. Ben Quill nodded. Quill said that nothing at all had changed.",
        ["It is ours | Ada Quill", "nothing at all had changed | Ada Quill"],
    ),
    (
        "Ada Quill and Ben Quill run the firm.\nMr. Quill said that nothing at all had changed.",
        ["nothing at all had changed | Ben Quill"],
    ),
    (
        "Ada Quill and Ben Quill run the firm.\nMs. Quill said that nothing at all had changed.",
        ["nothing at all had changed | Ada Quill"],
    ),
    # … and colleagues
    (
        "Ben Marsh is a researcher at Lorem Labs. Marsh and colleagues say the bug is older than that.",
        ["the bug is older than that | Marsh and colleagues | - | Lorem Labs"],
    ),
    # a last name that is never introduced
    (
        "“We see this every week,” Brankvist said. Brankvist warned that more attacks would come.",
        [
            "We see this every week | Brankvist | - | -",
            "more attacks would come | Brankvist | - | -",
        ],
    ),
    (
        "Zorbo’s servers failed. “We see this every week,” Zorbo said.",
        ["We see this every week | Zorbo | - | Zorbo"],
    ),
    # a note that was called a ransom note before
    (
        "Norwick Hospital said the doors were open. Screens showed a ransom note. The note said all files would go.",
        [
            "the doors were open | Norwick Hospital",
            "all files would go | ransom note | - | -",
        ],
    ),
    (
        "Norwick Hospital sent a note. The note said all doors would stay open.",
        ["all doors would stay open | The note"],
    ),
    # the nearest clause's subject
    (
        "Zorbo asked for changes, and the Norwick Council opened an inquiry, saying it "
        "suspected that the rules were broken.",
        ["it suspected that the rules were broken | Norwick Council"],
    ),
    (
        "Zorbo asked for changes in May and June, saying it suspected that the rules were broken.",
        ["it suspected that the rules were broken | Zorbo"],
    ),
    # a remark on the report is the writer's
    (
        "Ada Quill said the talks had failed, a claim that Zorbo denies.",
        ["the talks had failed | Ada Quill"],
    ),
    (
        "Ada Quill said the talks had failed, a hard blow for everybody.",
        ["the talks had failed, a hard blow for everybody | Ada Quill"],
    ),
    # before a colon
    (
        "The mayor went further: “This is a crime against us.”",
        ["This is a crime against us | The mayor"],
    ),
    (
        "Ada Quill, head of Example Grid: “We will not pay a cent.”",
        ["We will not pay a cent | Ada Quill | head | Example Grid"],
    ),
    ("The firm painted a new motto on the wall: “Nothing is impossible.”", []),
    # where a firm is based is no first name
    (
        "Texas-based Zorbo was hit on Monday. Zorbo said the phones never stop.",
        ["the phones never stop | Zorbo | - | Zorbo"],
    ),
    # a place is not the newspaper named after it
    (
        "The Boston Post was first. Boston said that nobody would be paid.",
        ["nobody would be paid | Boston"],
    ),
    # "which" is nobody
    (
        "The firm pulled its film, “Night Train,” which featured fabricated quotes from critics.",
        [],
    ),
    (
        "The firm was fined, which Ada Quill said was much too late.",
        ["was much too late | Ada Quill"],
    ),
    # a paper of several people is not the organisation's
    (
        "Example Grid said the servers were down. Two lawyers came. Their affidavit said nobody had known of it.",
        [
            "the servers were down | Example Grid",
            "nobody had known of it | Their affidavit",
        ],
    ),
    (
        "Example Grid said the servers were down. Its affidavit said nobody had known of it.",
        [
            "the servers were down | Example Grid",
            "nobody had known of it | Example Grid",
        ],
    ),
    # an office written large is somebody unnamed
    (
        "The Director of Zorbo Television said that nobody would be paid.",
        ["nobody would be paid | The Director of Zorbo Television | Director | Zorbo Television"],
    ),
    # those who come "with" the sentence speak
    (
        "The proposed station divided the town, with opponents saying that nobody would be paid.",
        ["nobody would be paid | opponents"],
    ),
    (
        "The proposed station failed in May, Ada Quill saying that nobody would be paid.",
        ["nobody would be paid | *"],
    ),
    # an apposition that names a kind of body
    (
        "According to Quiet Sea, an organization for sailors, half of all boats are old.",
        ["half of all boats are old | Quiet Sea | - | Quiet Sea"],
    ),
    (
        "According to Berta Sea, a captain, half of all boats are old.",
        ["half of all boats are old | Berta Sea | captain | -"],
    ),
    # the former president is not the president
    (
        "President Dora Finch said that she would sign it. The former president later said that he had warned her.",
        ["she would sign it | Dora Finch", "he had warned her | The former president"],
    ),
    (
        "President Dora Finch said that she would sign it. The president later said that he had warned her.",
        ["she would sign it | Dora Finch", "he had warned her | Dora Finch"],
    ),
    # a description with the firm's name behind it
    (
        "Lorem Labs found it. The vendor, Example Devices, said it had released a patch. "
        "The company said all users were safe.",
        ["it had released a patch | Example Devices", "all users were safe | *"],
    ),
    # Will is also a name
    (
        "Lorem Labs analyst Will Dorn agrees: “It is a mess.” He added that nothing else would help.",
        [
            "It is a mess | Will Dorn | analyst | Lorem Labs",
            "nothing else would help | Will Dorn",
        ],
    ),
    # "owner of the car" owns no company
    (
        "Zorbo was sued. The owner of the car, Brian Lunt, said it had burnt out in May.",
        ["it had burnt out in May | Brian Lunt | owner of the car | -"],
    ),
    # an inspector general, not the whole agency
    (
        "The report by Zorbo’s Inspector General said that much money was lost.",
        ["much money was lost | Zorbo’s Inspector General"],
    ),
    # which city, which chain
    (
        "Lorem Labs found the bug. The city of Fairview confirmed that its billing system was hit.",
        ["its billing system was hit | city of Fairview | - | city of Fairview"],
    ),
    (
        "Lorem Labs found the bug. The city of Fairview was hit. City Manager Dora Pike said nobody would be paid.",
        ["nobody would be paid | Dora Pike | City Manager | city of Fairview"],
    ),
    (
        "Hackers stole the data of guests of Brightline Hotels. The Norwick-based company said it was sorry for it.",
        ["it was sorry for it | Brightline Hotels"],
    ),
    # the message speaks, not those who see it
    (
        "Victims see a message that says their files will be lost.",
        ["their files will be lost | a message"],
    ),
    ("The mayor, who lost his files, says that nobody would be paid.", ["nobody would be paid | The mayor"]),
    # two words that are no person's name
    ("Grand Zorbo said card data had been stolen.", ["card data had been stolen | Grand Zorbo | - | Grand Zorbo"]),
    ("Haidar Zorbo said card data had been stolen.", ["card data had been stolen | Haidar Zorbo | - | -"]),
    # a force has its town's name
    ("Fairview police said that nobody was hurt.", []),
    (
        "Fairview police said that nobody had been hurt.",
        ["nobody had been hurt | Fairview police | - | Fairview police"],
    ),
    # "has a rule:"
    (
        "Tom Rudd, a clerk, has a simple rule: “If you did not expect it, do not open it.”",
        ["If you did not expect it, do not open it | Tom Rudd | clerk | -"],
    ),
    # two people with their titles
    (
        "President Ada Finch and Vice President Joe Lunt said that nobody would be paid.",
        ["nobody would be paid | Ada Finch and Joe Lunt"],
    ),
    ("Secretary of State Ada Finch said that nobody would be paid.", ["nobody would be paid | Ada Finch | * | -"]),
    # a criticism and what was said with it
    (
        "Ada Finch criticized the ruling, saying it would “help thieves and hurt cops.”",
        ["it would “help thieves and hurt cops | Ada Finch"],
    ),
    ("Ada Finch called the ruling “a help to thieves everywhere.”", ["a help to thieves everywhere | Ada Finch"]),
    # quoted as saying
    (
        "“We will answer with force,” Ada Finch was quoted as saying by the agency.",
        ["We will answer with force | Ada Finch"],
    ),
    # five to four
    (
        "The Norwick Court ruled 5-4 on Monday that police need a warrant.",
        ["police need a warrant | Norwick Court"],
    ),
    # ministries with two subjects
    (
        "A spokesperson for the Department for Work and Pensions said that nobody would be paid.",
        ["nobody would be paid | * | spokesperson | Department for Work and Pensions"],
    ),
    (
        "A spokesperson for Zorbo and Ada Finch said that nobody would be paid.",
        ["nobody would be paid | * | * | Zorbo"],
    ),
    # somebody's office is no firm
    ("Mr. Cole’s office said that nobody would be paid.", ["nobody would be paid | Mr. Cole’s office | - | -"]),
    # a university at the beginning of a sentence, and what "the school" then means
    (
        "Zorbo Inc. was hit.\nUniversity of Eastbrook officials said all staff were affected. "
        "The school said it would help them.",
        [
            "all staff were affected | University of Eastbrook officials | officials | University of Eastbrook",
            "it would help them | University of Eastbrook",
        ],
    ),
    (
        "Zorbo Inc. was hit.\nUniversity officials said all staff were affected. The company said it would help them.",
        ["all staff were affected | University officials", "it would help them | Zorbo Inc."],
    ),
    # introduced without a word of theirs
    (
        "Zorbo Inc. was hit.\nA spokesman for the company, Doug Farr, declined to comment. "
        "Farr said nobody would be paid.",
        ["nobody would be paid | Doug Farr | spokesman | Zorbo Inc."],
    ),
    (
        "Zorbo Inc. was hit.\nThe firm had lost a bridge, Doug Farr, who likes bridges, heard. "
        "Farr said nobody would be paid.",
        ["nobody would be paid | Doug Farr | - | -"],
    ),
]

VOICES: list[tuple[str, str]] = [
    ("Police spokesman Ole Hart said the suspect was in custody.", "official"),
    ("Zorbo spokesman Ole Hart said the servers were down.", "company"),
    (
        "The prime minister’s official spokesman said: “We have been clear about this.”",
        "official",
    ),
    ("The company’s spokesman said: “We have been clear about this.”", "company"),
    ("The National Cyber Office said the attack was under control.", "official"),
    ("A group of students said they had found the flaw in May.", "other"),
    ("The ZorboNews reports that officials had kept silent.", "other"),
    ("Anna Berg, co-author of a new book, said the field is too young.", "expert"),
    ("Ana Brill, a nurse from Leeds, said the criticism was unfair to all.", "other"),
    ("Mr. Cole’s office said that nobody would be paid.", "official"),
    ("A Home Office source said the criticism was unfair to all.", "official"),
    ("A home appliance maker said the criticism was unfair to all.", "company"),
    (
        "Lord Pannell, a crossbench peer, said the bill was the worst of all.",
        "official",
    ),
    (
        "The Met’s deputy commissioner, Colin Teague, said officers did not want it.",
        "official",
    ),
    ("According to the indictment, the man sold the data on a forum.", "official"),
    ("According to the brochure, the man sold the data on a forum.", "other"),
    ("Three of the largest mobile operators said they would join the plan.", "other"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_patterns_of_news(check: Callable[[str, list[str]], None], text: str, expected: list[str]) -> None:
    """Words, speaker, role and organisation are those a careful reader would mark."""
    check(text, expected)


@pytest.mark.parametrize(("text", "voice"), VOICES)
def test_voices_of_news(text: str, voice: str) -> None:
    """The first quote speaks for whom a careful reader would say."""
    (quote, *_) = extract_quotes(text)
    assert quote.speaker is not None
    assert quote.speaker.voice == voice
