"""Newsletters, mailboxes and web archives."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from reader.errors import ExtractError
from reader.extract import extract
from reader.extract.article import extract_all

HTML = (
    "<p>View this email in your browser</p><h2>First story</h2><p>The agency warned on Tuesday that gateways of three "
    "hospitals had been read for a month. <a href='https://x.example.com/a'>Details</a></p><p>Unsubscribe</p>"
)
PLAIN = "The agency warned on Tuesday that gateways of three hospitals had been read.\nSee https://x.example.com/a\n"


def message(*, html: str = "", plain: str = "", subject: str = "Weekly café", charset: str = "utf-8") -> bytes:
    mail = EmailMessage()
    mail["From"] = "Ines Fall <ines@news.example.com>"
    mail["To"] = "reader@example.com"
    mail["Subject"] = subject
    mail["Date"] = "Tue, 03 Mar 2026 10:00:00 +0100"
    mail["Message-ID"] = "<1@example.com>"
    if plain or not html:
        mail.set_content(plain, charset=charset)
        if html:
            mail.add_alternative(html, subtype="html")
    else:
        mail.set_content(html, subtype="html", charset=charset)
    return mail.as_bytes(policy=SMTP)


@pytest.mark.parametrize("plain", ["", "Plain part"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_newsletter_is_an_article(plain: str, charset: str) -> None:
    """Subject, sender and date are title, author and date; the HTML part is the text, without the list's lines."""
    mail = message(html=HTML.replace("month", "month, café"), plain=plain, charset=charset)
    document = extract(mail, name="letter.eml")
    assert document.title == "Weekly café"
    assert document.author == "Ines Fall"
    assert document.published == datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert document.text.startswith("First story\n\nThe agency warned")
    assert document.text.endswith("month, café. Details")
    assert [a.url for a in document.links] == ["https://x.example.com/a"]


def test_a_plain_message_keeps_its_paragraphs() -> None:
    """Plain text is read as paragraphs, addresses in it are links, and no line of it is taken for a title."""
    document = extract(message(plain="Hello all\n\n" + PLAIN), name="noextension")
    assert document.title == "Weekly café"
    assert document.text.startswith("Hello all\n\nThe agency warned")
    assert [a.url for a in document.links] == ["https://x.example.com/a"]


def test_a_mailbox_holds_several_articles() -> None:
    """An mbox gives one document a message; `extract` gives the first; quoted From lines come back."""
    one = message(plain="Hello\n\n>From here on it is better.\n").replace(b"\r\n", b"\n")
    two = message(html=HTML, subject="Second").replace(b"\r\n", b"\n")
    box = b"From ines@news Tue Mar  3 10:00:00 2026\n" + one + b"\nFrom ines@news Tue Mar  3 10:00:00 2026\n" + two
    documents = list(extract_all(box, name="letters.mbox"))
    assert [d.title for d in documents] == ["Weekly café", "Second"]
    assert documents[0].text == "Hello\n\nFrom here on it is better."
    assert extract(box, name="letters").title == "Weekly café"


def test_a_web_archive_is_the_page_it_holds() -> None:
    """MHTML: the page with its address and the date of saving; its pictures are left alone."""
    mail = EmailMessage()
    mail["From"] = "<Saved by Blink>"
    mail["Snapshot-Content-Location"] = "https://x.example.com/a/b"
    mail["Subject"] = "Saved page"
    mail["Date"] = "Tue, 3 Mar 2026 10:00:00 -0000"
    mail["MIME-Version"] = "1.0"
    mail.set_content(
        "<html><head><title>Three hospitals</title></head><body><article><h1>Three hospitals</h1><p>The agency warned "
        "on Tuesday that gateways of three hospitals had been read for a month.</p><p><a href=../c>More</a> is "
        "kept by the agency, which asks all other hospitals to look at their logs today.</p></article></body></html>",
        subtype="html",
    )
    mail.make_related()
    mail.add_related(b"\x89PNG\r\n", maintype="image", subtype="png", cid="<x>")
    document = extract(mail.as_bytes(), name="saved.mhtml")
    assert document.title == "Three hospitals"
    assert document.url == "https://x.example.com/a/b"
    assert document.published == datetime(2026, 3, 3, 10, tzinfo=UTC)
    assert [a.url for a in document.links] == ["https://x.example.com/c"]
    assert document.text.startswith("The agency warned")


@pytest.mark.parametrize(
    "body",
    [
        b"From: a\nSubject: =?utf-8?b?////?=\nDate: never\nMIME-Version: 1.0\n\n\n",
        b"From: a\nSubject: x\nContent-Type: multipart/mixed; boundary=b\nMIME-Version: 1.0\n\n--b\n" * 3,
        b"From: a\nSubject: x\nDate: y\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n",
    ],
    ids=range(3),
)
def test_a_message_without_text_says_so(body: bytes) -> None:
    """Empty and damaged messages are one sentence."""
    with pytest.raises(ExtractError, match=r"^bad\.eml has no readable text: "):
        extract(body, name="bad.eml")


@pytest.mark.parametrize(
    "header",
    ["Subject: \x1b[2J=?utf-8?q?=1B[2J=0Ax?=", "Subject: " + "x" * 500_000, "From: " + "<" * 50_000,
     "Date: " + "9" * 10_000, "Content-Type: text/plain; charset=" + "x" * 10_000,
     "Content-Type: text/plain; charset=idna"],
    ids=range(6),
)  # fmt: skip
def test_hostile_headers_do_nothing(header: str) -> None:
    """Controls are cleaned, lengths bounded, odd charsets survived."""
    body = f"{header}\nMIME-Version: 1.0\nMessage-ID: <1>\nReceived: x\n\nThe agency warned on Tuesday.\n".encode()
    document = extract(body, name="bad.eml")
    assert document.text == "The agency warned on Tuesday."
    assert "\x1b" not in document.title
    assert "\n" not in document.title
    assert len(document.title) <= 300
