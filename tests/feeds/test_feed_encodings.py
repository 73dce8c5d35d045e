"""Feeds in any encoding and with any prologue: the text is right, and repairs are told."""

from __future__ import annotations

import codecs

import pytest

from reader.feeds import parse_feed
from reader.feeds.persons import joined, person_name
from reader.feeds.prologue import open_document

GERMAN = "Müßige Täter – „Zitat“"
RUSSIAN = "Мошенники похитили данные клиентов банка"
JAPANESE = "銀行の顧客情報が盗まれた"


def feed(title: str, declaration: str = '<?xml version="1.0"?>') -> str:
    return f'{declaration}<rss version="2.0"><channel><item><title>{title}</title></item></channel></rss>'


def declared(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>'


READ: list[tuple[str, bytes, str, str]] = [
    ("undeclared UTF-8", feed(GERMAN).encode(), "", GERMAN),
    ("UTF-8 with a mark", codecs.BOM_UTF8 + b"\n\n" + feed(GERMAN).encode(), "", GERMAN),
    ("UTF-16 with a mark", feed(GERMAN, declared("utf-16")).encode("utf-16"), "", GERMAN),
    ("UTF-16 that says UTF-8", feed(GERMAN, declared("utf-8")).encode("utf-16"), "", GERMAN),
    ("UTF-16 without a mark", feed(GERMAN, declared("utf-16")).encode("utf-16-be"), "", GERMAN),
    ("UTF-32", feed(GERMAN).encode("utf-32"), "", GERMAN),
    ("windows-1252, declared", feed(GERMAN, declared("windows-1252")).encode("cp1252"), "", GERMAN),
    ("windows-1252 called Latin-1", feed(GERMAN, declared("ISO-8859-1")).encode("cp1252"), "", GERMAN),
    ("koi8-r, declared", feed(RUSSIAN, declared("koi8-r")).encode("koi8-r"), "", RUSSIAN),
    ("windows-1251 by header", feed(RUSSIAN).encode("cp1251"), "text/xml; charset=windows-1251", RUSSIAN),
    ("EUC-JP, declared", feed(JAPANESE, declared("euc-jp")).encode("euc-jp"), "", JAPANESE),
    ("GB 2312 that is GB 18030", feed("镕 €", declared("gb2312")).encode("gb18030"), "", "镕 €"),
    ("ISO-2022-JP, declared", feed(JAPANESE, declared("iso-2022-jp")).encode("iso-2022-jp"), "", JAPANESE),
    ("UTF-8 called Latin-1", feed(GERMAN, declared("iso-8859-1")).encode(), "application/xml", GERMAN),
    ("UTF-8 called ASCII by its type", feed(GERMAN).encode(), "text/xml", GERMAN),
    ("an unknown encoding", feed(GERMAN, declared("x-nonsense")).encode(), "", GERMAN),
    (
        "a codec that is no encoding",
        feed(GERMAN, declared("undefined")).encode(),
        "text/xml; charset=zlib_codec",
        GERMAN,
    ),
]


@pytest.mark.parametrize(("body", "content_type", "title"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_encodings_are_read(body: bytes, content_type: str, title: str) -> None:
    """Marks, declarations and headers lead to the text, and nothing had to be repaired."""
    parsed = parse_feed(body, content_type=content_type)
    assert (parsed.entries[0].title, parsed.warnings) == (title, ())


REPAIRED: list[tuple[str, bytes, str, str]] = [
    (
        "UTF-8 that is windows-1252",
        feed("Café – naïve", declared("utf-8")).encode("cp1252"),
        "Café – naïve",
        "encoding",
    ),
    ("undeclared windows-1251", feed(RUSSIAN * 3).encode("cp1251"), RUSSIAN * 3, "encoding"),
    ("controls in the text", feed("En\x00\x01\x08try").encode(), "Entry", "Control characters"),
    ("entities of HTML", feed("caf&eacute;&nbsp;bar &copy;").encode(), "café bar ©", "undefined entity"),
    ("a prefix that nobody declared", feed("t</title><media:x a:b='c'/><title>").encode(), "t", "unbound prefix"),
    ("words before the feed", b"Warning: line 3\n" + feed("t").encode(), "t", "before the feed"),
    ("words after the feed", feed("t").encode() + b"\nGenerated in 0.2 s </p>", "t", "after the end"),
    ("half a feed", feed("t").encode()[:-17], "t", "damaged XML at line 1"),
    ("a bare ampersand", feed("Black & White").encode(), "Black & White", "damaged XML at line 1"),
    ("references to nothing", feed("x&#xD800;&#99999999999999;y").encode(), "xy", "damaged XML"),
    (
        "a feed in a page",
        b"<!doctype html><html><body>" + feed("t", "").encode() + b"</body></html>",
        "t",
        "taken out of an HTML page",
    ),
]


@pytest.mark.parametrize(("body", "title", "warning"), [row[1:] for row in REPAIRED], ids=[row[0] for row in REPAIRED])
def test_repairs_are_made_and_told(body: bytes, title: str, warning: str) -> None:
    """What was wrong costs as little as possible, and a warning makes the outcome partial."""
    parsed = parse_feed(body)
    assert parsed.entries[0].title.replace("\ufffd", "") == title
    assert any(warning in sentence for sentence in parsed.warnings), parsed.warnings


def test_line_numbers_of_damage_count_from_the_beginning() -> None:
    """The line in a warning is the line of the document that was fetched, prologue included."""
    body = "\n\n<!-- a\ncomment -->\n<rss version='2.0'><channel>\n<item><title>a</title></item>\n<item><b</item>"
    (warning,) = parse_feed(body.encode()).warnings
    assert "damaged XML at line 7" in warning


PROLOGUES = [
    ('<?xml version="1.0"?>\n<!-- <rss> -->\n<?php x ?><rss version="2.0">', "rss"),
    ('<!DOCTYPE rss PUBLIC "-//x//DTD RSS 0.91//EN" "http://x.example/rss.dtd">\n<rss>', "rss"),
    ('<!DOCTYPE r [<!ENTITY a "]>"><!-- > ] --><!ELEMENT r ANY>]>\n<r:feed>', "r:feed"),
    ("<!doctype html>\n<rss>", "rss"),
    ("no element at all", ""),
    ("<", ""),
    ("<!DOCTYPE x [ <!-- unclosed <rss>", ""),
]


@pytest.mark.parametrize(("text", "root"), PROLOGUES)
def test_the_prologue_is_left_behind(text: str, root: str) -> None:
    """Declarations, comments, instructions and a DOCTYPE with whatever is in it never reach a parser."""
    document = open_document(text.encode())
    assert document.root == root
    assert not root or document.body.startswith(b"<" + root.encode())


NAMES = [
    ("noreply@blogger.example (Vera Holm)", "Vera Holm"),
    ("Vera Holm (vera@news.example)", "Vera Holm"),
    ("Vera Holm <vera@news.example>", "Vera Holm"),
    ('"Holm, Vera" <vera@news.example>', "Holm, Vera"),
    ("noreply@blogger.example (Unknown)", ""),
    ("vera@news.example", "vera@news.example"),
    ("no-reply@news.example", ""),
    ("a@x.example (Vera Holm), b@x.example (Ugo Lind)", "Vera Holm, Ugo Lind"),
    ("Vera Holm <a@x.example>; Ugo Lind <b@x.example>", "Vera Holm, Ugo Lind"),
    ("a@x.example (Vera Holm), noreply@x.example (Admin)", "Vera Holm"),
    ("@lawnchair", "@lawnchair"),
    ("Vera Holm", "Vera Holm"),
    ("", ""),
]


@pytest.mark.parametrize(("written", "name"), NAMES)
def test_names_are_found_in_what_feeds_write_for_authors(written: str, name: str) -> None:
    """Mail addresses are not names, placeholders are nobody."""
    assert person_name(written) == name


def test_several_authors_are_one_line() -> None:
    """All names once, in order, without the addresses of those who have no name."""
    assert joined(["Vera Holm (v@x.example)", "Ugo Lind", "Vera Holm"], "Vera Holm") == "Vera Holm, Ugo Lind"
    assert joined(["desk@x.example", "Vera Holm", "Ugo Lind"], "Ugo Lind") == "Vera Holm, Ugo Lind"
    assert joined(["Vera Holm"], "Vera Holm (v@x.example)") == "Vera Holm (v@x.example)"
