"""Offices, places and persons of political and crime news: who speaks, and for whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.quotes import extract_quotes

CASES: list[tuple[str, list[str]]] = [
    # where somebody lives or is sent to is no organisation
    (
        "“It was easy,” said Ben Marsh, a clinical psychologist from San Mateo.",
        ["It was easy | Ben Marsh | clinical psychologist | -"],
    ),
    (
        "The case was closed, said Fay Holt, a Sacramento family doctor.",
        ["The case was closed | Fay Holt | family doctor | -"],
    ),
    (
        "Guards in New York are tired. New York has many.\nThey work too long, said Fay Holt, local president of the"
        " guards' union.",
        ["They work too long | Fay Holt | * | -"],
    ),
    # what is left over of an office is no first name
    (
        "The US Secretary of State Mary Holt met allies.\nHolt said that the talks had failed.",
        ["the talks had failed | Mary Holt"],
    ),
    (
        "The former special envoy to Ukraine Mary Holt resigned.\n“It was wrong,” Holt said.",
        ["It was wrong | Mary Holt"],
    ),
    # two last names
    (
        "The bill named Mary Hawk Tiller as head.\nHawk Tiller said the vaults were empty.",
        ["the vaults were empty | Mary Hawk Tiller"],
    ),
    # he is the lawyer who speaks, not the client he represents
    (
        "Milo Thorne was charged.\nGreg Figg, who represents Thorne, said the case was weak. He said Thorne is a"
        " father.",
        ["the case was weak | Greg Figg", "Thorne is a father | Greg Figg"],
    ),
    # the victim's mother is nobody who was named before
    (
        "Michael Orr was arrested.\nThe victim's mother said the girl was brave.",
        ["the girl was brave | The victim's mother"],
    ),
    (
        "Steve Castle asked a question.\nSteve Castle, a lawyer, waited.\nOrr's lawyer said the question was out of"
        " scope. Michael Orr was silent.",
        ["the question was out of scope | Orr's lawyer"],
    ),
    # an issuer is no month and no place
    (
        "An October 11 presentation showed that jobs would be cut.",
        ["jobs would be cut | * | - | -"],
    ),
    # leaders by what they lead
    (
        "Tariffs helped, said Scott Paul, who heads the Alliance for Example Metals.",
        ["Tariffs helped | Scott Paul | - | Alliance for Example Metals"],
    ),
    (
        "“We grow,” said Mike Reed, the CFO of Example Media Group, GateFold's parent.",
        ["We grow | Mike Reed | CFO | Example Media Group"],
    ),
    # times and ranks before an office
    (
        "“I recall it,” said former Example Security Council official Tim Moran.",
        ["I recall it | Tim Moran | * | Example Security Council"],
    ),
    (
        "Last week Example Department official Tim Moran said the call was odd.",
        ["the call was odd | Tim Moran | official | Example Department"],
    ),
    # researchers are not those who are introduced only later
    (
        "The flaw is easy to use, researchers are warning.\nResearchers at Lorem Labs said the flaw was old.",
        ["The flaw is easy to use | researchers | researchers | -", "the flaw was old | * | * | Lorem Labs"],
    ),
    (
        "A spokesman for Governor Mary Holt said the deal was not final.",
        ["the deal was not final | A spokesman for Governor Mary Holt | spokesman | -"],
    ),
    # he is the one the sentence before is about, whoever else it names
    (
        "“It was easy,” said Max Orr. Tim Moran sat beside him.\n"
        "Moran was the third witness of the day who heard the call with Karl Finch. He said he was not concerned.",
        ["It was easy | Max Orr", "he was not concerned | Tim Moran"],
    ),
    # the president is not the president of a bank who has just spoken
    (
        "President Holt met her team.\n“It is a brake on growth,” said John Willow, the president of Example Bank.\n"
        "Mary Holt, who became President Holt in May, was content.\nThe president said the deal was near.",
        ["It is a brake on growth | John Willow | president | Example Bank", "the deal was near | Mary Holt"],
    ),
    # the group is the same group as in the sentence before
    (
        "Example Grid fires people. Example Grid is big. Example Grid is slow.\n"
        "The group, Workers Circle Norwick, said that the terms were poor.\n"
        "The group announced on Sunday that Example Grid had agreed to talks.\n"
        "However, the group said that clerks were told to leave at once.",
        [
            "the terms were poor | Workers Circle Norwick",
            "Example Grid had agreed to talks | Workers Circle Norwick",
            "clerks were told to leave at once | Workers Circle Norwick",
        ],
    ),
    # a person who is called like an office
    (
        "“Nothing grows,” says veteran analyst Ken Doctor.\nIndeed, Doctor asserts that the talks have resumed.",
        ["Nothing grows | Ken Doctor | veteran analyst | -", "the talks have resumed | Ken Doctor"],
    ),
    # a common word that begins the sentence is no employer
    (
        "High school math teacher Ada Quill said the pay was poor.",
        ["the pay was poor | Ada Quill | High school math teacher | -"],
    ),
    ("Defense attorneys said the two would fight.", ["the two would fight | Defense attorneys | * | -"]),
    (
        "The county's chief medical examiner, Ada Quill, said the fall had killed him.",
        ["the fall had killed him | Ada Quill | chief medical examiner | *"],
    ),
    # a letter by nobody known is not the company's
    (
        "Example Grid was hit. Example Grid is big.\nAccording to a letter, all the servers were encrypted.",
        ["all the servers were encrypted | a letter | - | -"],
    ),
    # studios, papers and brokers are no persons
    (
        "“We see risks,” said Kotter Institutional Equities.",
        ["We see risks | Kotter Institutional Equities | - | Kotter Institutional Equities"],
    ),
    (
        "Dixon Park Productions denies that anything has been settled.",
        ["anything has been settled | Dixon Park Productions | - | Dixon Park Productions"],
    ),
    (
        "The San Mateo Chronicle said he was arrested in March.",
        ["he was arrested in March | San Mateo Chronicle | - | San Mateo Chronicle"],
    ),
    ("Executives across the world say they have no choice.", ["they have no choice | * | * | *"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=range(len(CASES)))
def test_speakers(check: Callable[[str, list[str]], None], text: str, expected: list[str]) -> None:
    """Each mention is resolved to this name, role and organisation."""
    check(text, expected)


@pytest.mark.parametrize(
    "text",
    [
        "Austria said the border would close on Monday.",
        "The United Nations said the border would close on Monday.",
        "United Nations spokesman Karl Finch said the border would close on Monday.",
    ],
)
def test_states_speak_officially(text: str) -> None:
    """A state, or a league of states, is an official voice and no company."""
    (quote,) = extract_quotes(text)
    assert quote.speaker is not None
    assert quote.speaker.voice == "official"
