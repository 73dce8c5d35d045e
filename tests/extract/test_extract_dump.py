"""Text dumps: section, title, paragraphs; the site's tail is cut, the article never is."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.extract import extract
from reader.extract.tails import without_tail
from reader.model import Document
from reader.text.clean import clean_text

LEAD = (
    "Investigators at Norrbank said on Friday that a gang had emptied 40 cash machines in one night by replacing the "
    "card readers with copies made at home."
)
MIDDLE = (
    "“They came with ladders and reflective vests, and nobody asked them a thing,” said Ottmar Vale, who runs the "
    "bank's security team. “One guard even held the door.”"
)
END = "The bank has since replaced the readers in all its branches and says that no customer will have to pay for it."
BODY = f"{LEAD}\n\n{MIDDLE}\n\n{END}"
PROMO = (
    "Our analysts have spent nine months building a framework that measures how payments change. The spring edition of "
    "the tracker examines how merchants check who their customers are, and what they lose when they get it wrong."
)
OTHER = "Third bank this week warns of copied readers"


def read(text: str, name: str = "dump.txt") -> Document:
    return extract(text.encode(), name=name)


@pytest.mark.parametrize(
    ("head", "section", "title"),
    [
        ("Fraud & Payments\n\nGang empties 40 cash machines", "Fraud & Payments", "Gang empties 40 cash machines"),
        ("Gang empties 40 cash machines", "", "Gang empties 40 cash machines"),
        ("Fraud\nGang empties 40 cash machines", "Fraud", "Gang empties 40 cash machines"),
        ("\n\n\nNEWS\n\n\n\n“Nobody asked”: 40 machines emptied\n", "NEWS", "“Nobody asked”: 40 machines emptied"),
        ("Crime\n\nWho emptied 40 machines?", "Crime", "Who emptied 40 machines?"),
        ("Gang empties 40 cash machines\n\nBy Ines Fall\n3 March 2024", "", "Gang empties 40 cash machines"),
        ("Risk\n\nGang empties machines of Norrbank Inc.", "Risk", "Gang empties machines of Norrbank Inc."),
        (
            "Gang that copied readers at home empties 40 cash machines in one night\n\nBank calls it a wake-up call",
            "",
            "Gang that copied readers at home empties 40 cash machines in one night",
        ),
    ],
)
def test_section_and_title_come_from_the_first_short_lines(head: str, section: str, title: str) -> None:
    """An optional short first line is the section, the next one the title; neither is in the text."""
    document = read(f"{head}\n\n{BODY}\n")
    assert (document.section, document.title) == (section, title)
    assert document.text.endswith(END)
    assert LEAD in document.text
    assert title not in document.text


@pytest.mark.parametrize(
    "tail",
    [
        f"Latest Insights:\n\n{PROMO}\n\nClick to comment\n\n\nTo Top",
        f"Latest Insights: \n\n{PROMO}",
        "Click to comment",
        "Share this:\n\nTwitter\n\nFacebook\n\nLinkedIn",
        "Share this\nFacebook Twitter Reddit\n\nLike this:\n\nLoading...",
        f"Related:\n\n{OTHER}\n\nSkimmers found in fuel pumps",
        f"Related Articles\n\n- {OTHER}\n- Skimmers found in fuel pumps\n- What to do when a card is copied",
        f"You may also like\n\n{OTHER}\n\nBack to top",
        f"Recommended for you\n\n{PROMO}\n\nAdvertisement",
        "Leave a Reply\n\nYour email address will not be published.\n\nPost Comment",
        "3 Comments\n\nGreat piece\n\nthanks for sharing this",
        "0 comments\n\nLog in to leave a comment",
        "Tags: cash machines, skimming, Norrbank",
        "Filed Under: Fraud, Banking\nTagged With: skimming",
        "About the Author\n\nInes Fall writes about payments and lives by the sea with two dogs and a card reader.",
        "Subscribe to our newsletter\n\nSign up for our newsletter to get the best stories in your inbox every day.",
        "© 2024 Norr Media Group. All rights reserved.",
        "Previous article\nBank fined\n\nNext article\nCards recalled",
        f"More from Payments\n\n{OTHER}\n\nMost Popular\n\nTen ways to lose a card",
        f"READ MORE: {OTHER}\n\nFollow us on Twitter",
        "The post Gang empties 40 cash machines appeared first on Norr Daily.",
        f"New Report: The State of Card Fraud\n\n{PROMO}\n\nDownload now",
        f"Trending Now\n\n{OTHER}\n\n\n* * *\n\nTop",
        "Related Items:fraud, banks\n\nRecommended for you\n\nA title here\n\nAnother title here",
        f"———\n\nNEW DATA: THE STATE OF FRAUD\n\n{PROMO}\n\nRead the report",
        "Sign up for our daily newsletter\n\nEmail address\n\nSubmit",
        "Read More On:\n\nfraud\n\nbanks",
        "What's Hot\n\nFirst other title\n\nSecond other title",
        "Written by\n\nInes Fall\n\nInes Fall is a reporter at Norr Daily covering payments and security since 2011.",
        "Next: Another gang\n\nPrevious: Third gang",
        "Was this article helpful?\n\nYes\n\nNo",
        "Contact Us\n\nAbout\n\nPrivacy Policy\n\nTerms of Use",
        f"Latest Insights:\n\n{PROMO} {PROMO} {PROMO}",
        "-----\n\nGot a tip? Write to tips@norr.example.com and tell us what you saw.",
        f"What To Read Next\n\n{OTHER}\n\nEditor's Picks\n\nHow we test card readers",
    ],
)
def test_the_tail_of_a_site_is_cut(tail: str) -> None:
    """Promotions, comment calls, share bars and other articles below the body go; the body stays whole."""
    document = read(f"Fraud\n\nGang empties 40 cash machines\n\n{BODY}\n\n\n{tail}\n")
    assert document.text == BODY
    assert (document.section, document.title) == ("Fraud", "Gang empties 40 cash machines")


@pytest.mark.parametrize(
    "inside",
    [
        f"Related\n\n{OTHER}",
        "Share this",
        "Advertisement",
        "CLICK HERE TO GET THE NORR DAILY APP",
        f"Related stories\n\n{OTHER}",
    ],
)
def test_an_interjection_does_not_end_the_article(inside: str) -> None:
    """Furniture in the middle goes alone: the paragraphs after it, with their quotations, stay."""
    document = read(f"Fraud\n\nGang empties 40 cash machines\n\n{LEAD}\n\n{inside}\n\n{MIDDLE}\n\n{END}\n")
    assert document.text == BODY


@pytest.mark.parametrize(
    "paragraph",
    [
        "Related to this, the bank said that a second gang had tried the same trick in two villages and had failed.",
        "More research is needed, said the bank, before anybody can tell how the copies were made at home.",
        "“Share this with everybody you know,” she wrote in a message to all the employees of the bank last night.",
        "About 40 machines were emptied in a single night, which the bank calls a record nobody should break.",
        "Comments on the plan were mostly hostile, and the bank withdrew it after three days of angry telephone calls.",
    ],
)
def test_prose_that_begins_like_a_tail_stays(paragraph: str) -> None:
    """A sentence is never furniture, whatever its first word."""
    document = read(f"Fraud\n\nGang empties 40 cash machines\n\n{BODY}\n\n{paragraph}\n")
    assert document.text == f"{BODY}\n\n{paragraph}"


def test_short_paragraphs_are_an_article_too() -> None:
    """A dump of short sentences loses its tail like any other."""
    document = read(
        "Fraud\n\nA title\n\nThe first short sentence.\n\nA second one, also short.\n\nRelated:\n\nOther story\n"
    )
    assert document.text == "The first short sentence.\n\nA second one, also short."


def test_byline_date_and_address_below_the_title_are_metadata() -> None:
    """They are taken from the dump's own words and leave the text."""
    document = read(
        "Fraud\n\nGang empties 40 cash machines\n\nBy Ines Fall | 3 March 2024\nhttps://news.example.com/gang\n\n"
        + BODY
    )
    assert document.author == "Ines Fall"
    assert document.published == datetime(2024, 3, 3, tzinfo=UTC)
    assert document.url == "https://news.example.com/gang"
    assert document.text == BODY
    assert document.dated_by == ""


@pytest.mark.parametrize(
    "text",
    [
        "one\r\ntwo\rthree\xc2four\r\r\nfive",
        "milk\nbread\nbatteries",
        "Just one paragraph, and it is long enough to be prose but there is no line above it that could be a title.",
        "hello world",
        "[@click=app.quit]click[/] [/x] [bold]\n" * 3,
        "x\n" * 50,
    ],
)
def test_a_text_that_is_no_dump_keeps_every_word(text: str) -> None:
    """Without a title line the title is the file's name and nothing is cut."""
    document = extract(text.encode(), name="/somewhere/My notes.txt")
    assert document.title == "My notes"
    assert document.section == ""
    assert document.text.split() == clean_text(text).split()


def test_lines_that_only_wrap_are_joined() -> None:
    """Hard-wrapped paragraphs become one line each; a hyphen at the end of a line joins without a blank."""
    document = read(
        "Fraud\n\nGang empties 40 cash machines\n\n"
        "Investigators at Norrbank said on Friday that a gang had\n"
        "emptied 40 cash machines in one night by replacing the card-\n"
        "reading parts with copies that somebody had made at home.\n\nThe bank has since replaced all of them.\n"
    )
    assert document.text == (
        "Investigators at Norrbank said on Friday that a gang had emptied 40 cash machines in one night by replacing "
        "the card-reading parts with copies that somebody had made at home.\n\nThe bank has since replaced all of them."
    )


def test_line_breaks_that_are_meant_stay() -> None:
    """Short lines stay lines, long lines are paragraphs of their own, list lines become list items."""
    document = read(
        f"Fraud\n\nGang empties 40 cash machines\n{LEAD}\n{END}\n\nNorrbank\n1 Harbour Street\nOstbrück\n\n"
        "What to do:\n- call the bank\n- keep the receipt\n\n1. Wait\n2) Write\n"
    )
    texts = [document.text[b.start : b.end] for b in document.blocks]
    assert texts[:3] == [LEAD, END, "Norrbank\n1 Harbour Street\nOstbrück"]
    assert texts[-4:] == ["call the bank", "keep the receipt", "1. Wait", "2. Write"]
    assert [b.type.value for b in document.blocks[-4:]] == ["list"] * 4


def test_written_addresses_are_links() -> None:
    """An address in plain text links to itself, without the full stop behind it."""
    document = read(f"Fraud\n\nGang empties machines\n\n{LEAD} See https://example.com/a_(b)?x=1. And javascript:x\n")
    assert [(document.text[a.start : a.end], a.url) for a in document.links] == [
        ("https://example.com/a_(b)?x=1", "https://example.com/a_(b)?x=1")
    ]


def test_the_seed_article(shared: Path) -> None:
    """The article the project started from: section, title, ten paragraphs, no tail."""
    path = next((shared / "seed").glob("*.txt"))
    document = extract(path.read_bytes(), name=path.name)
    assert document.section == "Security & Fraud"
    assert document.title == "Russian Cybersecurity Experts Reduce Cooperation With The West"
    assert document.text.startswith("It seems as though")
    assert document.text.endswith("cybercrime globally.")
    assert len(document.blocks) == 10
    source = path.read_text(encoding="utf-8").replace("\xa0", " ")
    assert all(document.text[b.start : b.end] in source for b in document.blocks)


@pytest.mark.parametrize(
    "line",
    ["xx", "About " + "a " * 30, "new " + "a " * 30 + "b: c", "share it now please", "facebook " + "x " * 10 + "y", "(",
     "see " + "more " * 15, "the post " + "a appeared first " * 25, "for more news and stories and insights " * 8],
    ids=range(9),
)  # fmt: skip
def test_weighing_a_tail_is_linear(line: str) -> None:
    """Thousands of lines that nearly are a tail cost no more each than one."""
    started = time.monotonic()
    without_tail([LEAD] * 20 + [line] * 6_000)
    assert time.monotonic() - started < 30  # measured: < 1 s
