"""Export files of other programs: everything that they hold of an article comes out, whatever the words are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import exports_made as made
import pytest

from reader.extract.exports import read_export
from reader.text.clean import clean_line

ALL = {"title", "added"}
FORMATS: list[tuple[Callable[[list[made.Made]], bytes], str, set[str]]] = [
    (made.pocket_csv, "pocket", {"tags", "read"}),
    (made.pocket_html, "pocket", {"tags", "read"}),
    (made.instapaper, "instapaper", {"tags", "highlights"}),
    (made.readwise, "readwise", {"tags", "read"}),
    (made.wallabag, "wallabag", {"tags", "read", "starred", "content", "published", "notes"}),
    (made.omnivore, "omnivore", {"tags", "read", "summary", "published"}),
    (made.readability, "readability", {"read", "starred", "summary"}),
    (made.elcurator, "elcurator", {"tags", "starred", "summary"}),
    (made.firefox, "firefox", {"tags"}),
    (made.netscape, "netscape", {"tags", "summary", "private"}),
]


@pytest.mark.parametrize("seed", range(1, 21))
@pytest.mark.parametrize(("write", "format_", "holds"), FORMATS, ids=lambda value: getattr(value, "__name__", ""))
def test_what_an_export_holds_comes_out(
    write: Callable[[list[made.Made]], bytes], format_: str, holds: set[str], seed: int
) -> None:
    """Address, title, date added and all that the format has: the same after a way through twenty made files."""
    wanted = {article.url: article for article in made.made(seed)}
    export = read_export(write(list(wanted.values())))
    if not wanted:
        assert export is None or export.entries == ()
        return
    assert export is not None
    assert (export.format, export.refused) == (format_, ())
    assert {entry.url for entry in export.entries} == set(wanted)
    for entry in export.entries:
        article = wanted[entry.url]
        folder = entry.tags[-1:] == ("Fraud folder",)
        assert entry.title == clean_line(article.title)
        assert entry.added == article.added
        shown = {
            "tags": set(entry.tags[: -1 if folder else None]) == set(article.tags),
            "read": entry.read is article.read,
            "starred": entry.starred is article.starred,
            "private": entry.private is article.starred,
            "summary": entry.summary == clean_line(unescape(article.summary)),
            "content": entry.content_html == article.content,
            "published": entry.published == article.published,
            "notes": entry.notes == (article.note,) and entry.highlights == ("Betrug",),
            "highlights": entry.highlights == (article.note,) and (entry.starred or entry.read is article.read),
        }
        assert [name for name in holds if not shown[name]] == []


def test_real_samples_come_out_whole(shared: Path) -> None:
    """The samples of real exports: every entry, with its state."""
    samples = shared / "local_samples"
    if not samples.is_dir():
        pytest.skip("no samples of exports")
    counts = {}
    for path in sorted(samples.iterdir()):
        if path.suffix in (".json", ".csv", ".html"):
            export = read_export(path.read_bytes(), name=path.name)
            assert export is not None
            assert export.refused == ()
            assert all(entry.url and (entry.title or entry.added) for entry in export.entries)
            counts[path.name] = len(export.entries)
    assert counts == {
        "elcurator.json": 1, "firefox-bookmarks.json": 2, "instapaper-export.csv": 4, "omnivore.json": 20,
        "pocket.csv": 7, "readability.json": 3, "ril_export.html": 2, "shaarli-bookmarks.html": 2,
        "wallabag-v2.json": 6,
    }  # fmt: skip


def test_browser_folders_become_tags_and_scripts_are_refused() -> None:
    """Nested folders tag what is in them; the browser's own do not; `javascript:` is listed, `place:` is not."""
    body = b"""<!DOCTYPE NETSCAPE-Bookmark-file-1><H1>Menu</H1><DL><p>
    <DT><H3 PERSONAL_TOOLBAR_FOLDER="true">Toolbar</H3><DL><p>
      <DT><A HREF="https://a.example/1" ADD_DATE="1700000000">One &amp; two</A>
      <DT><H3>Fraud</H3><DL><p><DT><H3>Deep</H3><DL><p>
        <DT><A HREF="https://a.example/2">Two</A></DL><p>
        <DT><A HREF="javascript:alert(1)">Evil</A><DT><A HREF="place:sort=8">Recent</A>
        <DT><A HREF="https://a.example/3">Three</A></DL><p></DL><p>
      <DT><A HREF="file:///etc/passwd">Local</A><DT><A HREF="https://a.example/4">Four</A></DL>"""
    export = read_export(body)
    assert export is not None
    assert [(entry.url[-1], entry.tags) for entry in export.entries] == [
        ("1", ()), ("2", ("Fraud", "Deep")), ("3", ("Fraud",)), ("4", ()),
    ]  # fmt: skip
    assert export.entries[0].title == "One & two"
    assert export.entries[0].added == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert [text for text, _reason in export.refused] == ["Evil", "Local"]


@pytest.mark.parametrize("body", [b"", b"words", b"{}", b"[]", b"[1]", b"a,b\n1,2\n", b"<html><p>x", b'{"items": []}'])
def test_what_is_no_export_is_none(body: bytes) -> None:
    """Detection goes by content; what looks like none of the formats is left to others."""
    assert read_export(body) is None
