"""Sniffing: bytes are taken for what they are, and their text is found whatever their encoding."""

from __future__ import annotations

import codecs
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text.sniff import Format, declared_inside, decode, sniff, text_codec

RSS = '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Zwölf Müßiggänger</title></channel></rss>'

FORMATS: list[tuple[bytes, str, str, Format]] = [
    (RSS.encode(), "", "", Format.FEED),
    (RSS.encode(), "page.html", "text/html", Format.FEED),
    (codecs.BOM_UTF8 + RSS.encode(), "", "", Format.FEED),
    (codecs.BOM_UTF16_LE + RSS.encode("utf-16-le"), "", "", Format.FEED),
    (codecs.BOM_UTF16_BE + RSS.encode("utf-16-be"), "", "", Format.FEED),
    (codecs.BOM_UTF32_LE + RSS.encode("utf-32-le"), "", "", Format.FEED),
    (RSS.encode("utf-16-le"), "", "", Format.FEED),
    (RSS.encode("utf-16-be"), "", "", Format.FEED),
    (b"\n" * 100_000 + RSS.encode(), "", "", Format.FEED),
    (b"<!-- a comment <html> -->\n<feed xmlns='http://www.w3.org/2005/Atom'/>", "", "text/plain", Format.FEED),
    (b"<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'/>", "", "", Format.FEED),
    (b"<rdf:RDF xmlns:rdf='x'>", "", "", Format.FEED),
    (b'<!DOCTYPE rss [<!ENTITY a "]>"> <!ENTITY b "x">\n]><rss/>', "", "", Format.FEED),
    (b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x/rss.dtd">\n<rss>', "", "", Format.FEED),
    (b"<b>Warning</b>: something in line 3<?xml version='1.0'?><rss>", "", "", Format.FEED),
    (b"Warning: something in line 3\n<?xml version='1.0'?><rss>", "", "text/html", Format.FEED),
    (b"<rss><channel><title>a\x00b</title>", "", "", Format.FEED),
    (b"<opml version='2.0'>", "", "", Format.OPML),
    (b'<?xml version="1.0"?><!-- x --><opml>', "", "text/xml", Format.OPML),
    (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "", "", Format.JSONFEED),
    (b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1", "items": []}', "", "", Format.JSONFEED),
    (b'{"title": "x", "items": [{}]}', "", "application/json", Format.JSONFEED),
    (b'{"title": "x"}', "", "application/feed+json", Format.JSONFEED),
    (b'{"title": "x"}', "", "application/json", Format.TEXT),
    (b"<!doctype html><p>x", "", "", Format.HTML),
    (b"<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN'><html>", "", "application/xml", Format.HTML),
    (b"<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'>", "", "", Format.HTML),
    (b"<div>hello</div>", "", "", Format.HTML),
    (b"just words", "", "text/html; charset=utf-8", Format.HTML),
    (b"just words", "https://news.example/a.html?x=1", "", Format.HTML),
    (b"just words", "a.md", "", Format.MARKDOWN),
    (b"<div align=center>\n\n# Title", "README.md", "", Format.MARKDOWN),
    (b"just words", "", "text/markdown", Format.MARKDOWN),
    (b"---\ntitle: x\nsource: https://news.example\n---\nwords", "", "", Format.MARKDOWN),
    (b"just words", "a.txt", "text/plain", Format.TEXT),
    (b"1 < 2 and 3 > 2", "", "", Format.TEXT),
    (b"<note>\n<to>x</to>", "", "", Format.TEXT),
    ("Gr\u00fc\u00dfe aus K\u00f6ln".encode("latin-1"), "a.txt", "", Format.TEXT),
    ("сводка новостей".encode("koi8-r"), "", "", Format.TEXT),
    (b"", "feed.xml", "text/xml", Format.EMPTY),
    (b" \n\t", "", "", Format.EMPTY),
    (codecs.BOM_UTF8 + b"\n", "", "", Format.EMPTY),
    (codecs.BOM_UTF16_LE, "", "", Format.EMPTY),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "", "text/html", Format.BINARY),
    (b"%PDF-1.7\n", "", "text/html", Format.BINARY),
    (b"\x1f\x8b\x08\x00", "", "text/xml", Format.BINARY),
    (b"some\x00bytes\x00\x01\x02", "", "text/xml", Format.BINARY),
    (bytes(range(1, 32)) * 20, "", "", Format.BINARY),
]


@pytest.mark.parametrize(("body", "name", "content_type", "expected"), FORMATS)
def test_bytes_are_taken_for_what_they_are(body: bytes, name: str, content_type: str, expected: Format) -> None:
    """Root elements and magic numbers decide; content type and name only where the bytes leave it open."""
    assert sniff(body, name=name, content_type=content_type) is expected


GERMAN = "Die Täter überwiesen 40.000 € nach Österreich, sagte die Sprecherin. „Wir prüfen das“, fügte sie hinzu. " * 3
RUSSIAN = "Мошенники похитили данные клиентов банка, сообщила полиция во вторник утром. " * 4
JAPANESE = "警察は火曜日、銀行の顧客情報が盗まれたと発表した。調査は続いている。" * 4

TEXTS: list[tuple[str, str, str]] = [
    (GERMAN, "utf-8", ""),
    (GERMAN, "utf-8-sig", "latin-1"),
    (GERMAN, "utf-16", ""),
    (GERMAN, "utf-16-be", ""),
    (GERMAN, "utf-32", ""),
    (GERMAN, "cp1252", "iso-8859-1"),
    (GERMAN, "cp1252", "text/html; charset=windows-1252"),
    (RUSSIAN, "koi8-r", "koi8-r"),
    (RUSSIAN, "cp1251", ""),
    (JAPANESE, "shift_jis", 'text/html; charset="Shift_JIS"'),
    (JAPANESE, "euc_jp", "euc-jp"),
]


@pytest.mark.parametrize(("text", "encoding", "declared"), TEXTS)
def test_text_is_found_whatever_its_encoding(text: str, encoding: str, declared: str) -> None:
    """Byte order mark, UTF-8, declared and detected encodings give the text back."""
    assert decode(text.encode(encoding), declared=declared) == text


def test_a_document_may_declare_its_own_encoding() -> None:
    """XML declarations and HTML meta elements are believed when nothing better is known."""
    for head in (
        '<?xml version="1.0" encoding="koi8-r"?>',
        "<meta charset=koi8-r>",
        '<meta content="x; charset=koi8-r">',
    ):
        body = (head + RUSSIAN).encode("koi8-r")
        assert declared_inside(body) == "koi8-r"
        assert decode(body) == head + RUSSIAN


def test_a_few_broken_bytes_leave_utf8_utf8() -> None:
    """One bad byte or a character cut in half costs that character, not the encoding of the whole text."""
    body = RUSSIAN.encode()
    cut = body[:100].decode(errors="ignore")
    at = len(cut.encode())
    assert decode(body[:at] + b"\xff" + body[at:], declared="windows-1251") == f"{cut}\ufffd{RUSSIAN[len(cut) :]}"
    assert decode(body.rstrip()[:-2]) == RUSSIAN.rstrip()[:-2] + "\ufffd"


@pytest.mark.parametrize("label", ["undefined", "utf-7", "idna", "unicode_escape", "zip", "x" * 9999, "", "\0"])
def test_odd_codecs_are_no_charsets(label: str) -> None:
    """A hostile label cannot choose a codec that decompresses, escapes or raises."""
    assert text_codec(label) == ""
    assert decode(b"caf\xe9", declared=label)


@settings(deadline=None)
@given(st.binary(max_size=300), st.text(max_size=20), st.sampled_from(["", "utf-16", "latin-1", "big5", "hz", "x"]))
def test_no_bytes_make_it_raise(body: bytes, name: str, declared: str) -> None:
    """Any bytes have a format and a text."""
    assert sniff(body, name=name, content_type=name) in Format
    assert isinstance(decode(body, declared=declared), str)


@pytest.mark.parametrize(
    "unit", [b"<", b"<!--", b"<?", b"<!DOCTYPE x [", b"<?xml ?>", b"---\n", b" ", b"\n", b"<a ", b"\xe9"]
)
def test_large_hostile_bodies_cost_little(unit: bytes) -> None:
    """Megabytes of any opening are sniffed and decoded at once (a ceiling, not a measurement)."""
    body = unit * (2_000_000 // len(unit))
    begin = time.perf_counter()
    sniff(body)
    decode(body)
    assert time.perf_counter() - begin < 10


NEWS = [
    ("Die Polizei in Köln hat zwei Täter festgenommen, die ältere Menschen betrogen haben sollen. Größere Beträge …",
     "cp1252"),
    ("Les enquêteurs ont arrêté à Orléans deux hommes. « Nous avons été trompés », a déclaré une victime.", "cp1252"),
    ("La policía detuvo a dos jóvenes en Málaga. Según el señor Núñez, el caso continúa. ¿Qué pasó?", "cp1252"),
    ("“We’ve never seen anything like it,” said the café’s owner — the résumé scam cost £40,000.", "cp1252"),
    ("A polícia prendeu três suspeitos em São Paulo. Não há informações sobre o número de vítimas.", "cp1252"),
    ("Polisen grep två män i Göteborg på fredagen. De misstänks för att ha lurat äldre på pengar.", "cp1252"),
    ("Politiet anholdt to mænd i Århus. De er sigtet for at have snydt ældre mennesker på øen.", "cp1252"),
    ("La polizia ha arrestato due uomini a Forlì: «È già successo», dice il procuratore. Perché?", "cp1252"),
    ("Policja zatrzymała w środę dwóch mężczyzn podejrzanych o wyłudzanie pieniędzy od starszych ludzi.", "cp1250"),
    ("Policie ve středu zadržela dva muže, kteří měli podvádět starší lidi. Žádný z nich se nepřiznal.", "cp1250"),
    ("A rendőrség két férfit vett őrizetbe, akik idős embereket csaltak meg. A bűncselekmény még tart.", "cp1250"),
    ("Polis yaşlıları dolandırdığı öne sürülen iki kişiyi gözaltına aldı. Şüpheliler suçlamayı reddetti.", "cp1254"),
    ("Полиция задержала двух мужчин, которые обманывали клиентов банка Example Bank.", "koi8-r"),
    ("Полиция задержала двух мужчин, которые обманывали клиентов банка Example Bank.", "cp1251"),
    ("Η αστυνομία συνέλαβε δύο άνδρες που εξαπατούσαν ηλικιωμένους.", "cp1253"),
    ("警察は水曜日、高齢者をだました疑いで二人の男を逮捕した。被害は一千万円を超えるという。", "shift_jis"),
    ("警方周三逮捕了两名涉嫌诈骗老年人的男子。据调查人员称，涉案金额超过一百万元。", "gb18030"),
]  # fmt: skip


@pytest.mark.parametrize("copies", [1, 20])
@pytest.mark.parametrize(("text", "encoding"), NEWS)
def test_undeclared_news_keeps_its_letters(text: str, encoding: str, copies: int) -> None:
    """Without any label, a paragraph of news and a page of it are read in the encoding they were written in."""
    body = (text + "\n") * copies
    assert decode(body.encode(encoding)) == body
