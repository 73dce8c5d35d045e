"""Reading files, pages and feeds without a library."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from feed_server import FeedServer, item, rss

from reader.errors import FeedError, SourceError, UsageError
from reader.model import Origin
from reader.service import serial
from reader.service.serial import feed_object
from reader.service.stateless import extract_inputs, open_direct, parse_feed_bytes, parse_input

DUMP = """Ports & Fraud

Ferrybank clears its books

“We know where the money went,” said Ines Vidal, an auditor at Harbour Works.
"""


def message(number: int) -> str:
    """One message of a mailbox, with a quote in it."""
    return (
        f"From letters@harbour.example Mon Nov 02 10:0{number}:00 2026\n"
        f"From: Harbour Letters <letters@harbour.example>\nSubject: Ferrybank letter {number}\n"
        f"Date: Mon, 02 Nov 2026 10:0{number}:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n"
        f"“We know where the money of letter {number} went,” said Ines Vidal, an auditor at Harbour Works.\n\n"
    )


MAILBOX = message(1) + message(2)


def test_each_input_is_what_it_turns_out_to_be(tmp_path: Path, server: FeedServer, own_home: Path) -> None:
    """A dump, a feed on disk, a feed by HTTP, standard input; a missing file costs only itself."""
    dump, feed = tmp_path / "bank.txt", tmp_path / "feed.xml"
    dump.write_text(DUMP)
    feed.write_text(rss(item(1), item(2)))
    url = server.put("/feed.xml", rss(item(3)))
    inputs = [str(dump), str(feed), url, "-", str(tmp_path / "missing.txt")]
    got = list(extract_inputs(inputs, stdin=io.BytesIO(DUMP.encode())))
    assert [extracted.input for extracted in got] == inputs
    assert [len(extracted.articles) for extracted in got] == [1, 2, 1, 1, 0]
    article = got[0].articles[0]
    assert (article.row.title, article.row.section, article.row.origin) == (
        "Ferrybank clears its books",
        "Ports & Fraud",
        Origin.FILE,
    )
    assert article.source_url == str(dump)
    assert [serial.article_object(one.articles[0]).get("dated_by") for one in got[:3]] == ["mtime", None, None]
    assert article.quotes[0].text == article.document.text[article.quotes[0].start : article.quotes[0].end]
    assert got[2].articles[0].source_url == url
    assert got[2].articles[0].quotes
    assert isinstance(got[4].error, SourceError)
    assert not (own_home / "secnews").exists()


def test_ids_belong_to_no_library(tmp_path: Path) -> None:
    """Article ids are negative and different, the source's is none."""
    feed = tmp_path / "feed.xml"
    feed.write_text(rss(*(item(n) for n in range(60))))
    (extracted,) = extract_inputs([str(feed)])
    ids = [article.row.id for article in extracted.articles]
    assert len(set(ids)) == 60
    assert all(number < 0 for number in ids)
    assert {article.row.source_id for article in extracted.articles} == {0}


def test_offline_reads_files_only(tmp_path: Path, server: FeedServer) -> None:
    """With offline an address is refused before anybody is asked."""
    (tmp_path / "bank.txt").write_text(DUMP)
    file, web = extract_inputs([str(tmp_path / "bank.txt"), server.put("/feed.xml", rss(item(1)))], offline=True)
    assert file.articles
    assert "offline" in str(web.error)
    assert server.hits == []


def test_parse_gives_the_feed_as_it_states_things(tmp_path: Path) -> None:
    """Nothing is dropped, shortened or given an identity."""
    feed = tmp_path / "feed.xml"
    feed.write_text(rss(item(1), item(2, guid="", link="")))
    parsed = parse_input(str(feed))
    assert [entry.id for entry in parsed.entries] == ["urn:harbour:1", ""]
    assert (parsed.title, parsed.link) == ("Harbour Watch", "https://harbour.example/")
    assert "<p>" in (parsed.entries[0].content_html or parsed.entries[0].summary)
    assert parse_feed_bytes(feed.read_bytes()) == parsed
    assert parse_input("-", stdin=io.BytesIO(feed.read_bytes())) == parsed


def test_parse_hands_no_scripts_on(tmp_path: Path) -> None:
    """Whoever shows the HTML of an entry must not run what is in it."""
    feed = tmp_path / "feed.xml"
    feed.write_text(rss(item(1, body="<p>safe</p><script>alert(1)</script><style>p {}</style>")))
    (entry,) = feed_object(parse_input(str(feed)))["entries"]
    assert "<p>safe</p>" in entry["summary"] + entry["content_html"]
    assert "alert" not in entry["summary"] + entry["content_html"]
    assert "style" not in entry["summary"] + entry["content_html"]


def test_parse_refuses_what_is_no_feed(tmp_path: Path) -> None:
    """A page is told to be one; the sentence names the input."""
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html><body><p>Hello</p></body></html>")
    with pytest.raises(SourceError) as caught:
        parse_input(str(page))
    assert str(page) in str(caught.value)
    with pytest.raises(FeedError):
        parse_feed_bytes(b"nothing of the kind")


def test_open_direct_gives_the_newest_first(tmp_path: Path, server: FeedServer) -> None:
    """A feed's entries by date; a folder's files; something without articles is an error."""
    older = item(1, date="Sun, 01 Nov 2026 10:00:00 GMT")
    newer = item(2, date="Mon, 02 Nov 2026 10:00:00 GMT")
    articles = open_direct(server.put("/feed.xml", rss(older, newer)))
    assert [article.row.title for article in articles] == ["Story 2", "Story 1"]
    folder = tmp_path / "clippings"
    folder.mkdir()
    with pytest.raises(UsageError):
        open_direct(str(folder))
    (folder / "bank.txt").write_text(DUMP)
    (folder / "bad.html").write_bytes(b"\x00\x01")
    assert [article.row.title for article in open_direct(str(folder))] == ["Ferrybank clears its books"]


def test_a_typed_private_address_is_consent(server: FeedServer) -> None:
    """`extract` and `secnews URL` read a loopback address typed by hand, but not one it redirects to."""
    other = server.put("/feed.xml", rss(item(1))).replace("127.0.0.1", "127.0.0.2")
    moved = server.put("/moved", b"", status=302, headers={"Location": other})
    (refused,) = extract_inputs([moved])
    assert "127.0.0.2" in str(refused.error)


def test_standard_input_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than 16 MiB on standard input is refused."""
    monkeypatch.setattr("reader.service.loading.FILE_CAP", 1000)
    (refused,) = extract_inputs(["-"], stdin=io.BytesIO(b"x" * 2000))
    assert isinstance(refused.error, SourceError)


def test_every_message_of_a_mailbox_is_an_article(tmp_path: Path) -> None:
    """An mbox gives as many articles as it has messages, in their order, each with its own quotes."""
    (tmp_path / "letters.mbox").write_text(MAILBOX)
    (extracted,) = extract_inputs([str(tmp_path / "letters.mbox")])
    assert [article.row.title for article in extracted.articles] == ["Ferrybank letter 1", "Ferrybank letter 2"]
    assert len({article.row.id for article in extracted.articles}) == 2
    assert all(article.quotes for article in extracted.articles)
