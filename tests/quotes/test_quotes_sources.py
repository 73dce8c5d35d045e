"""'According to', documents and statements as sources."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES: list[tuple[str, list[str]]] = [
    (
        "According to Ada Quill, the servers were down for days.",
        ["the servers were down for days | Ada Quill"],
    ),
    (
        "According to Ada Quill, a spokeswoman for Example Grid, the servers were down.",
        ["the servers were down | Ada Quill | spokeswoman | Example Grid"],
    ),
    (
        "According to Example Grid spokeswoman Ada Quill, the servers were down.",
        ["the servers were down | Ada Quill | spokeswoman | Example Grid"],
    ),
    (
        "The servers were down for days, according to Ada Quill.",
        ["The servers were down for days | Ada Quill"],
    ),
    (
        "The servers were down for days, according to Ada Quill, who leads operations at Example Grid.",
        ["The servers were down for days | Ada Quill | * | Example Grid"],
    ),
    (
        "The servers were down for days, according to the company.",
        ["The servers were down for days | *"],
    ),
    (
        "The servers were down for days, according to court documents.",
        ["The servers were down for days | *"],
    ),
    (
        "The servers were down for days, according to a report by Lorem Labs.",
        ["The servers were down for days | Lorem Labs"],
    ),
    (
        "The servers were down for days, according to a new Lorem Labs study.",
        ["The servers were down for days | Lorem Labs"],
    ),
    (
        "The servers were down for days, according to The Norwick Courier.",
        ["The servers were down for days | *"],
    ),
    (
        "The flaw, according to Lorem Labs, was found in March by chance.",
        ["The flaw | Lorem Labs", "was found in March by chance | Lorem Labs"],
    ),
    (
        "The servers were up, but according to Lorem Labs the data was gone.",
        ["the data was gone | Lorem Labs"],
    ),
    (
        "The servers were down for days.\nThat’s according to Lorem Labs.",
        ["The servers were down for days | Lorem Labs"],
    ),
    (
        "As noted by Lorem Labs, the flaw is easy to abuse.",
        ["the flaw is easy to abuse | Lorem Labs"],
    ),
    (
        "A report by Lorem Labs says the flaw is easy to abuse.",
        ["the flaw is easy to abuse | Lorem Labs"],
    ),
    (
        "A Lorem Labs report says the flaw is easy to abuse.",
        ["the flaw is easy to abuse | Lorem Labs"],
    ),
    (
        "Lorem Labs’ report says the flaw is easy to abuse.",
        ["the flaw is easy to abuse | Lorem Labs"],
    ),
    (
        "A study found that one in five users clicks on every link.",
        ["one in five users clicks on every link | A study"],
    ),
    (
        "A recent survey shows that one in five users clicks on every link.",
        ["one in five users clicks on every link | *"],
    ),
    (
        "Figures released by Lorem Labs suggest that card fraud has doubled.",
        ["card fraud has doubled | Lorem Labs"],
    ),
    (
        "The indictment alleges that the men sold the data.",
        ["the men sold the data | *"],
    ),
    ("The complaint states that the men sold the data.", ["the men sold the data | *"]),
    (
        "An email to customers warned that passwords may have been exposed.",
        ["passwords may have been exposed | *"],
    ),
    ("“Do not panic,” the letter said.", ["Do not panic | *"]),
    (
        "“Your files are encrypted,” the ransom note reads.",
        ["Your files are encrypted | *"],
    ),
    (
        "Example Grid’s website says that all services are running.",
        ["all services are running | Example Grid"],
    ),
    (
        "Ben Marsh’s report says the flaw is easy to abuse.\nBen Marsh said he was sure about it.",
        ["the flaw is easy to abuse | Ben Marsh", "he was sure about it | Ben Marsh"],
    ),
    (
        "Lorem Labs published a report on Monday.\nThe report says the flaw is easy to abuse.",
        ["the flaw is easy to abuse | *"],
    ),
    (
        "A report from Lorem Labs is out.\nThe report says the flaw is easy to abuse.",
        ["the flaw is easy to abuse | Lorem Labs"],
    ),
    (
        "“We were hacked,” Example Grid said in a statement to customers on Friday.",
        ["We were hacked | Example Grid"],
    ),
    (
        "In the statement, Example Grid said: “We were hacked.”",
        ["We were hacked | Example Grid"],
    ),
    (
        "Lorem Labs wrote in a blog post that the flaw is easy to abuse.",
        ["the flaw is easy to abuse | Lorem Labs"],
    ),
    (
        "Lorem Labs tweeted that the flaw is easy to abuse.",
        ["the flaw is easy to abuse | Lorem Labs"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=range(len(CASES)))
def test_sources(check: Callable[[str, list[str]], None], text: str, expected: list[str]) -> None:
    """Each invented text has exactly these quotes from these sources."""
    check(text, expected)
