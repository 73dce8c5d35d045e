"""Direct and mixed quotations: who stands before, behind or inside them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES: list[tuple[str, list[str]]] = [
    # speaker after the verb
    ("“The servers are down,” said Ada Quill.", ["The servers are down | Ada Quill"]),
    (
        "“The servers are down,” said Ada Quill, a spokeswoman for Example Grid.",
        ["The servers are down | Ada Quill | spokeswoman | Example Grid"],
    ),
    (
        "“The servers are down,” says Example Grid spokeswoman Ada Quill.",
        ["The servers are down | Ada Quill | spokeswoman | Example Grid"],
    ),
    (
        "“Who would do that?” asked Ben Marsh, head of research at Lorem Labs.",
        ["Who would do that | Ben Marsh | head of research | Lorem Labs"],
    ),
    ("“It is a mess!” exclaimed Ben Marsh.", ["It is a mess | Ben Marsh"]),
    (
        "“We saw it coming,” explained Prof. Carla Denn of the University of Norwick.",
        ["We saw it coming | Carla Denn | * | University of Norwick"],
    ),
    ("“We saw it coming,” added Dr. Carla Denn.", ["We saw it coming | Carla Denn"]),
    (
        "“Patch now,” urged the vendor’s chief executive, Dora Finch.",
        ["Patch now | Dora Finch | chief executive | *"],
    ),
    ("“Patch now,” warned Example Labs.", ["Patch now | Example Labs"]),
    (
        "“It was an inside job,” deadpanned Sheriff Earl Stone.",
        ["It was an inside job | Earl Stone"],
    ),
    (
        "“It was an inside job,” thundered Senator Fay Holt.",
        ["It was an inside job | Fay Holt"],
    ),
    ("“We never pay,” insisted a bank spokesman.", ["We never pay | a bank spokesman"]),
    (
        "“We never pay,” according to Gus Tarn, a lawyer for the bank.",
        ["We never pay | Gus Tarn | lawyer | *"],
    ),
    ("“We never pay,” said one victim.", ["We never pay | one victim"]),
    (
        "“It is about power,” argues Jon Weil, author of “The Long Game” and a professor of law at Norwick.",
        ["It is about power | Jon Weil"],
    ),
    (
        "Ada Quill said the remarks were “beneath the dignity of the office,” and she called on others to act.",
        ["the remarks were “beneath the dignity of the office | Ada Quill"],
    ),
    (
        "Ada Quill accused the others of “playing with fire and with lives,” warning that markets would react.",
        ["playing with fire and with lives | Ada Quill"],
    ),
    (
        "Minister Ann Coe said it was “the right decision,” but Rob Fyfe said it came “far too late for us.”",
        [
            "it was “the right decision | Ann Coe",
            "it came “far too late for us | Rob Fyfe",
        ],
    ),
    (
        "What to do: “Report it to the bank,” says Ada Quill.",
        ["Report it to the bank | Ada Quill"],
    ),
    ("“We never pay,” said police.", ["We never pay | police"]),
    (
        "“We never pay,” read a statement from Example Grid.",
        ["We never pay | Example Grid"],
    ),
    ("“We never pay,” wrote Hana Ito on Twitter.", ["We never pay | Hana Ito"]),
    ("“We never pay,” tweeted @hana_ito.", ["We never pay | *"]),
    # speaker before the verb
    ("“The servers are down,” Ada Quill said.", ["The servers are down | Ada Quill"]),
    (
        "“The servers are down,” Quill, a spokeswoman for Example Grid, said.",
        ["The servers are down | Quill | spokeswoman | Example Grid"],
    ),
    (
        "“The servers are down,” Ada Quill, who leads incident response at Example Grid, told reporters.",
        ["The servers are down | Ada Quill | * | Example Grid"],
    ),
    (
        "“The servers are down,” Ada Quill told the Norwick Courier on Friday.",
        ["The servers are down | Ada Quill"],
    ),
    (
        "“The servers are down,” Ada Quill of Example Grid wrote in a blog post.",
        ["The servers are down | Ada Quill | - | Example Grid"],
    ),
    (
        "“The servers are down,” Example Grid’s Ada Quill said.",
        ["The servers are down | Ada Quill | - | Example Grid"],
    ),
    (
        "“The servers are down,” a company spokesperson said in an email.",
        ["The servers are down | a company spokesperson"],
    ),
    (
        "“The servers are down,” the company said in a statement posted to its website.",
        ["The servers are down | *"],
    ),
    (
        "“The servers are down,” a senior government official, who asked not to be named, said.",
        ["The servers are down | a senior government official"],
    ),
    ("“The servers are down,” the report states.", ["The servers are down | *"]),
    (
        "“The servers are down,” researchers at Lorem Labs noted.",
        ["The servers are down | researchers at Lorem Labs | researchers | Lorem Labs"],
    ),
    ("“Is it over?” Quill asked.", ["Is it over | Quill"]),
    ("“It’s over!” Quill shouted.", ["It’s over | Quill"]),
    ("“It’s over,” Quill grumbled.", ["It’s over | Quill"]),
    ("“It’s over,” Mr. Marsh said.", ["It’s over | Marsh"]),
    ("“It’s over,” Det. Sgt. Ivo Kern said.", ["It’s over | Ivo Kern"]),
    ("“It’s over,” Ms Ivy Lund-Berg, 41, said.", ["It’s over | Ivy Lund-Berg"]),
    ("“It’s over,” Jan van der Meer said.", ["It’s over | Jan van der Meer"]),
    ("“It’s over,” J.P. Orsini said.", ["It’s over | J.P. Orsini"]),
    (
        "“It’s over,” Sean O’Dell, chief security officer of Example Bank, said.",
        ["It’s over | Sean O’Dell | chief security officer | Example Bank"],
    ),
    ("“It’s over,” Marc Paulson Jr. said.", ["It’s over | *"]),
    (
        "“It’s over,” Kim Tae-yong, a professor at Norwick University, told the paper.",
        ["It’s over | Kim Tae-yong | professor | Norwick University"],
    ),
    # the words after the attribution
    ("Ada Quill said: “The servers are down.”", ["The servers are down | Ada Quill"]),
    ("Ada Quill said, “The servers are down.”", ["The servers are down | Ada Quill"]),
    (
        "Ada Quill told reporters: “The servers are down.”",
        ["The servers are down | Ada Quill"],
    ),
    (
        "Ada Quill, a spokeswoman for Example Grid, added: “The servers are down.”",
        ["The servers are down | Ada Quill | spokeswoman | Example Grid"],
    ),
    (
        "In an interview on Monday, Ada Quill said, “The servers are down.”",
        ["The servers are down | Ada Quill"],
    ),
    (
        "As Ada Quill put it, “the servers are down.”",
        ["the servers are down | Ada Quill"],
    ),
    (
        "The company’s blog post reads: “We are sorry for what happened.”",
        ["We are sorry for what happened | *"],
    ),
    (
        "Asked about the breach, Quill replied: “No comment at all.”",
        ["No comment at all | Quill"],
    ),
    (
        "Quill went on: “The servers are still down.”",
        ["The servers are still down | Quill"],
    ),
    # interrupted
    (
        "“The servers,” Ada Quill said, “are down again.”",
        ["The servers | Ada Quill", "are down again | Ada Quill"],
    ),
    (
        "“The servers are down,” Ada Quill said. “We do not know why.”",
        ["The servers are down | Ada Quill", "We do not know why | Ada Quill"],
    ),
    (
        "“The servers are down,” said Ada Quill, a spokeswoman for Example Grid. “We do not know why.”",
        [
            "The servers are down | Ada Quill | spokeswoman | Example Grid",
            "We do not know why | Ada Quill | spokeswoman | Example Grid",
        ],
    ),
    (
        "“The servers are down,” said Ada Quill, adding that nobody knew the reason.",
        ["The servers are down | Ada Quill", "nobody knew the reason | Ada Quill"],
    ),
    # mixed
    (
        "Ada Quill said the outage was “a wake-up call” for everybody.",
        ["the outage was “a wake-up call” for everybody | Ada Quill"],
    ),
    (
        "Ada Quill said that the outage was “a wake-up call for everybody.”",
        ["the outage was “a wake-up call for everybody | Ada Quill"],
    ),
    (
        "The outage was “a wake-up call for everybody,” Ada Quill said.",
        ["The outage was “a wake-up call for everybody | Ada Quill"],
    ),
    (
        "The outage “should never have happened again,” according to Ada Quill.",
        ["The outage “should never have happened again | Ada Quill"],
    ),
    (
        "Ada Quill described the outage as “a wake-up call for everybody.”",
        ["a wake-up call for everybody | Ada Quill"],
    ),
    (
        "Ada Quill called the outage “an absolute disgrace for everyone.”",
        ["an absolute disgrace for everyone | Ada Quill"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=range(len(CASES)))
def test_direct(check: Callable[[str, list[str]], None], text: str, expected: list[str]) -> None:
    """Each invented sentence has exactly these quotes by these speakers."""
    check(text, expected)


@pytest.mark.parametrize("text", [text for text, _ in CASES if "“" in text][:40])
def test_straight_marks(check: Callable[[str, list[str]], None], text: str) -> None:
    """Straight marks give the same quotes as curly ones."""
    expected = next(e for x, e in CASES if x == text)
    straight = str.maketrans("“”", '""')
    check(text.translate(straight), [line.translate(straight) for line in expected])
