"""`extract` and `parse`: files, feeds, addresses and standard input, without a library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runner import Run
from cli_site import Site, rss

Secnews = Callable[..., Run]

DUMP = """Ports

Harbour closed after break-in

The harbour was closed on Monday after a break-in at its office.

“We shut everything down at once,” said Ada Novak, an analyst at Northlight Labs, on Tuesday.
"""


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    file = tmp_path / "dump.txt"
    file.write_text(DUMP, encoding="utf-8")
    return file


def test_one_file_is_one_object(secnews: Secnews, home: Path, dump: Path) -> None:
    """An article object with null ids, the path as source, exact offsets; no library is made."""
    run = secnews("extract", str(dump), "--json")
    assert (run.code, run.err) == (0, "")
    article = run.json
    assert (article["schema"], article["id"], article["source"]["id"]) == (1, None, None)
    assert article["source"]["url"] == str(dump)
    assert (article["section"], article["title"]) == ("Ports", "Harbour closed after break-in")
    assert article["origin"] == "file"
    (quote,) = [quote for quote in article["quotes"] if quote["kind"] == "direct"]
    assert quote["article_id"] is None
    assert quote["speaker"]["name"] == "Ada Novak"
    assert article["text"][quote["start"] : quote["end"]] == quote["text"]
    assert not home.exists()


def test_several_inputs_are_lines(secnews: Secnews, dump: Path, tmp_path: Path, site: Site) -> None:
    """Files, a page, a feed on the network, standard input: one process, one object a line, in order."""
    note = tmp_path / "note.md"
    note.write_text("---\ntitle: A note\n---\n\nWords about a bank and a harbour, long enough to be a text.\n")
    feed = site.put("/feed", rss("One", "Two", text="<p>Words of the article.</p>"))
    run = secnews("extract", str(dump), str(note), feed, "-", "--jsonl", stdin=DUMP.encode())
    assert (run.code, run.err) == (0, "")
    found = [(line["source"]["url"], line["title"], line["origin"]) for line in run.jsonl]
    assert found == [
        (str(dump), "Harbour closed after break-in", "file"),
        (str(note), "A note", "file"),
        (feed, "One", "feed"),
        (feed, "Two", "feed"),
        ("-", "Harbour closed after break-in", "file"),
    ]
    assert all(line["schema"] == 1 for line in run.jsonl)
    assert {line["text"] for line in run.jsonl if line["origin"] == "feed"} == {"Words of the article."}


def test_a_feed_is_a_list_in_json(secnews: Secnews, tmp_path: Path) -> None:
    """With --json a feed is a list, also one with a single entry, so that its shape does not depend on its content."""
    for count, titles in ((2, ("One", "Two")), (1, ("One",))):
        (tmp_path / "feed.xml").write_text(rss(*titles, text="Words."))
        run = secnews("extract", str(tmp_path / "feed.xml"), "--json")
        assert (run.code, len(run.json["articles"]), run.json["next"]) == (0, count, None)


def test_for_people_it_is_text(secnews: Secnews, dump: Path) -> None:
    """Title, text, and the quotes with who said them."""
    run = secnews("extract", str(dump))
    assert run.code == 0
    assert run.out.startswith("Harbour closed after break-in\nPorts")
    assert "1. Ada Novak, analyst, Northlight Labs (expert, direct)" in run.out


def test_some_inputs_fail(secnews: Secnews, dump: Path, tmp_path: Path) -> None:
    """1 if some fail, 4 if all do; each failure is one sentence, the others are printed."""
    (tmp_path / "bytes.bin").write_bytes(bytes(range(256)) * 40)
    missing = str(tmp_path / "missing.txt")
    run = secnews("extract", missing, str(dump), str(tmp_path / "bytes.bin"), "--jsonl")
    assert run.code == 1
    assert [line["source"]["url"] for line in run.jsonl] == [missing, str(dump), str(tmp_path / "bytes.bin")]
    assert ["error" in line for line in run.jsonl] == [True, False, True]
    assert "missing.txt" in run.jsonl[0]["error"]
    assert run.err.count("\n") == 2
    assert missing in run.err
    run = secnews("extract", missing, "--json")
    assert run.code == 4
    assert missing in run.json["error"]
    assert run.err == f"secnews: {run.json['error']}.\n"
    assert secnews("extract", missing, missing, "--jsonl").code == 4


@pytest.mark.parametrize("form", ["--json", "--jsonl"])
def test_parse_is_what_the_feed_says(secnews: Secnews, home: Path, tmp_path: Path, form: str) -> None:
    """A feed document as one object, from a file or standard input; no library is made."""
    body = rss("One", "Two", name="Harbour Desk", text="<p>Words</p>")
    (tmp_path / "feed.xml").write_text(body)
    for run in (
        secnews("parse", str(tmp_path / "feed.xml"), form),
        secnews("parse", "-", form, stdin=body.encode()),
    ):
        assert (run.code, run.err) == (0, "")
        feed = run.json
        assert (feed["schema"], feed["format"], feed["title"]) == (1, "rss20", "Harbour Desk")
        assert [entry["title"] for entry in feed["entries"]] == ["One", "Two"]
        assert feed["entries"][0]["link"] == "https://news.example.com/1"
        assert feed["entries"][0]["published"] == "2026-06-01T08:00:00Z"
        assert feed["warnings"] == []
    assert not home.exists()


def test_parse_for_people_and_several(secnews: Secnews, tmp_path: Path) -> None:
    """A table for people; several documents are one line each with --jsonl."""
    (tmp_path / "feed.xml").write_text(rss("One", "Two"))
    file = str(tmp_path / "feed.xml")
    assert secnews("parse", file).out.splitlines()[0] == "Harbour Desk  rss20, 2 entries"
    assert len(secnews("parse", file, file, "--jsonl").jsonl) == 2


@pytest.mark.parametrize(
    "body", [b"", b"   \n", b"<html><body>Hello</body></html>", b"\x00\x01\x02", b"{}", b"plain words"]
)
def test_what_is_no_feed(secnews: Secnews, tmp_path: Path, body: bytes) -> None:
    """One sentence, exit code 4, and JSON all the same."""
    (tmp_path / "x").write_bytes(body)
    run = secnews("parse", str(tmp_path / "x"), "--json")
    assert run.code == 4
    assert run.err.count("\n") == 1
    assert run.json["error"] in run.err


def test_seed_article(secnews: Secnews, shared: Path) -> None:
    """The dump this project began with: section, title, no tail, and five voices under their own names."""
    run = secnews("extract", *map(str, sorted((shared / "seed").glob("*.txt"))), "--jsonl")
    assert run.code == 0
    (article,) = run.jsonl
    assert article["section"] == "Security & Fraud"
    assert "Latest Insights" not in article["text"]
    for quote in article["quotes"]:
        assert article["text"][quote["start"] : quote["end"]] == quote["text"]
    said = {(q["speaker"]["name"], q["speaker"]["organization"]) for q in article["quotes"] if q["speaker"]}
    assert ("Mark Galeotti", "European Council on Foreign Relations") in said
    assert ("John Bambenek", "Fidelis Cybersecurity") in said
    assert ("Vitali Kremez", "Flashpoint") in said
