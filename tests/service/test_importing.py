"""Imports: what other programs kept becomes saved articles and sources, once, as one action."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader import paths
from reader.config import Config, Network
from reader.errors import ExtractError, SourceError, UsageError
from reader.model import Origin, View
from reader.service import actions, serial
from reader.service.importing import import_file
from reader.service.library import Library
from reader.store import imports

POCKET = """title,url,time_added,tags,status
Bank warns,https://News.example.com:443/1#top,1600000000,fraud|to read,unread
Ring broken,https://news.example.com/2,1600000100,,archive
"""
WALLABAG = [
    {
        "title": "Bank warns again",
        "url": "https://news.example.com/1",
        "is_archived": 0,
        "is_starred": 1,
        "tags": ["banks"],
        "created_at": "2021-01-01T00:00:00+0000",
        "content": "<p>“We saw it coming,” said Ada Novak, an analyst at Example Labs.</p><script>alert(1)</script>",
        "annotations": [{"text": "ask her", "quote": "We saw it coming"}],
    }
]


def put(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_bookmarks_become_saved_articles(library: Library, tmp_path: Path) -> None:
    """Title, address, tags, read state and the date of saving come in; the text is marked as to be fetched."""
    report = import_file(library, put(tmp_path, "x.bin.csv", POCKET))
    assert (report.format, report.added, report.already, report.refused) == ("pocket", 2, 0, ())
    second, first = library.window(View(saved=True))
    assert (first.title, first.tags, first.read) == ("Bank warns", ("fraud", "to read"), False)
    assert (second.title, second.read, second.origin) == ("Ring broken", True, Origin.PAGE)
    article = library.article(first.id)
    assert article.saved_at == datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)
    assert (article.row.source_title, article.document.text) == ("Imported from Pocket", "")
    assert library.sources() == []
    with library.database.read() as c:
        assert {number for number, _url in imports.to_fetch(c, limit=9)} == {first.id, second.id}


def test_a_second_run_adds_nothing_and_undo_takes_all_back(library: Library, tmp_path: Path) -> None:
    """The same file twice changes nothing; one undo takes the import back, and it can come in again."""
    path = put(tmp_path, "p.csv", POCKET)
    import_file(library, path)
    again = import_file(library, path)
    assert (again.added, again.already) == (0, 2)
    assert actions.undo(library) == "import of 2 articles from Pocket"
    assert (library.counts().total, library.counts().saved) == (0, 0)
    assert import_file(library, path).added == 2
    assert library.counts().unread == 1


def test_another_program_adds_what_was_missing(library: Library, tmp_path: Path) -> None:
    """The same address from another export is no second article, but brings its text, tags and marks."""
    import_file(library, put(tmp_path, "p.csv", POCKET))
    report = import_file(library, put(tmp_path, "w.json", json.dumps(WALLABAG)))
    assert (report.added, report.already, library.counts().total) == (0, 1, 2)
    article = library.article(next(row.id for row in library.window(View(saved=True)) if "/1" in row.url))
    assert set(article.row.tags) == {"fraud", "to read", "banks", "starred"}
    assert article.document.text.startswith("“We saw it coming,” said Ada Novak")
    assert "alert" not in article.document.text
    assert article.document.text.endswith("ask her")
    assert article.quotes[0].speaker is not None
    assert article.quotes[0].speaker.name == "Ada Novak"


def test_an_article_of_a_feed_is_saved_instead_of_doubled(library: Library, tmp_path: Path) -> None:
    """A bookmark of what a source gave saves that article; undo only takes the bookmark away."""
    from reader.model import Draft, SourceKind
    from reader.store import articles, sources

    now = library.now()
    with library.database.write() as c:
        source = sources.insert(c, kind=SourceKind.FEED, url="https://f.example/", title="F", section="S", now=now)
        draft = Draft("k", "d", "Ours", "https://news.example.com/2", Origin.FEED, now)
        (number,) = articles.insert(c, source, [draft], section="S", now=now)
    report = import_file(library, put(tmp_path, "p.csv", POCKET))
    assert (report.added, library.counts().total) == (2, 2)
    assert library.article(number).row.saved
    actions.undo(library)
    assert (library.counts().total, library.article(number).row.saved) == (1, False)


OPML = """<opml version="2.0"><head><title>x</title></head><body><outline text="Fraud">
<outline type="rss" text="A" xmlUrl="https://a.example.com/feed"/>
<outline type="rss" text="P" xmlUrl="http://127.0.0.1:8088/feed"/>
<outline type="rss" text="E" xmlUrl="|touch /tmp/pwned"/><outline type="rss" text="F" xmlUrl="file:///etc/passwd"/>
</outline></body></opml>"""


def test_opml_adds_feeds_and_lists_what_it_refuses(library: Library, tmp_path: Path) -> None:
    """Feeds go to their folders' sections; commands, files and private addresses are named with the reason."""
    path = put(tmp_path, "list.txt", OPML)
    report = import_file(library, path)
    assert (report.sources_added, [text.split(" ")[0] for text, _reason in report.refused]) == (1, ["E", "F", "P"])
    assert [(source.url, source.section, source.consent) for source in library.sources()] == [
        ("https://a.example.com/feed", "Fraud", "")
    ]
    assert import_file(library, path).already == 1
    allowed = import_file(library, path, allow_private=True)
    assert (allowed.sources_added, allowed.already, len(allowed.refused)) == (1, 1, 2)
    assert {source.consent for source in library.sources()} == {"", "127.0.0.1:8088"}
    actions.undo(library)
    actions.undo(library)
    assert library.sources() == []


CLIPPING = (
    '---\ntitle: "T {n}"\nsource: "https://c.example.com/{n}"\ncreated: 2025-01-15\ntags:\n  - "a b"\n---\nWords {n}.\n'
)


def test_a_folder_of_clippings_comes_in(library: Library, tmp_path: Path) -> None:
    """Obsidian's clippings, sub-folders too: text, tags, address and date of clipping; other files are named."""
    for n in range(40):
        put(tmp_path, f"vault/{'sub/' if n % 2 else ''}{n}.md", CLIPPING.replace("{n}", str(n)))
    put(tmp_path, "vault/only-title.md", '---\ntitle: "x"\n---\n')
    report = import_file(library, str(tmp_path / "vault"))
    assert (report.format, report.added) == ("clippings", 40)
    assert [text for text, _reason in report.refused] == ["only-title.md"]
    assert import_file(library, str(tmp_path / "vault")).added == 0
    article = library.article(library.window(View(words=("7",)))[0].id)
    assert (article.row.url, article.row.tags) == ("https://c.example.com/7", ("a b",))
    assert (article.document.text, article.saved_at) == ("Words 7.", datetime(2025, 1, 15, tzinfo=UTC))


def test_samples_come_in_with_all_they_hold(library: Library, shared: Path) -> None:
    """Every real sample: nothing refused, a second run adds nothing, texts and tags are there."""
    folder = shared / "local_samples"
    if not folder.is_dir():
        pytest.skip("no samples of exports")
    files = sorted(path for path in folder.iterdir() if path.suffix != ".tsv")
    assert [import_file(library, str(path)).refused for path in files] == [()] * len(files)
    before = library.counts(), len(library.sources())
    again = [import_file(library, str(path)) for path in files]
    assert [(report.added, report.sources_added) for report in again] == [(0, 0)] * len(files)
    assert (library.counts(), len(library.sources())) == before
    articles = [library.article(row.id) for row in library.window(View(), limit=200)]
    found = {article.row.url: article for article in articles}
    assert len(articles) == 48
    assert len(found["https://www.mediapart.fr/"].document.text) > 3_000
    assert "starred" in found["https://www.mediapart.fr/"].row.tags
    assert {"test", "tag", "ifttt"} <= {tag for article in articles for tag in article.row.tags}


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("empty.json", b"", ExtractError),
        ("deep.json", b"[" * 100_000, ExtractError),
        ("x.json", b'{"a": 1}', UsageError),
        ("x.csv", b"a,b\n1,2\n", UsageError),
        ("x.png", b"\x89PNG\r\n\x1a\n\0\0", ExtractError),
        ("x.zip", b"PK\x03\x04broken", ExtractError),
    ],
)
def test_what_cannot_be_imported_changes_nothing(
    no_library: Library, tmp_path: Path, name: str, content: bytes, error: type[Exception]
) -> None:
    """One sentence, and no library is even made."""
    with pytest.raises(error):
        import_file(no_library, put(tmp_path, name, content))
    assert not no_library.paths.library.exists()


def test_pipes_and_missing_files_are_refused(library: Library, tmp_path: Path) -> None:
    """Only regular files are opened."""
    import os

    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path / "none"):
        with pytest.raises(SourceError):
            import_file(library, str(path))


@pytest.mark.slow
def test_a_large_import_is_done(tmp_path: Path) -> None:
    """Ten thousand bookmarks come in, and once more (a ceiling, not a measurement; 4 s here)."""
    import time

    rows = "".join(f"T {n},https://n.example.com/{n},{1_600_000_000 + n},a|b,unread\n" for n in range(10_000))
    path = put(tmp_path, "big.csv", "title,url,time_added,tags,status\n" + rows)
    with Library.open(paths.locate(tmp_path / "home"), Config()) as library:
        begin = time.perf_counter()
        assert import_file(library, path, derive=False).added == 10_000
        assert import_file(library, path, derive=False).already == 10_000
        with library.database.read() as c:
            assert imports.to_fetch(c, limit=1)[0][1] == "https://n.example.com/9999"
        assert time.perf_counter() - begin < 60
        assert library.counts().saved == 10_000


def test_a_bookmark_is_dated_by_its_saving_and_says_so(library: Library, tmp_path: Path) -> None:
    """Without a date of publishing the day it was saved stands for it, marked, and no citation gives it."""
    from reader.service.exporting.citations import bibtex

    path = tmp_path / "pocket.csv"
    path.write_text("title,url,time_added,tags,status\nPumps,https://harbour.example/p,1600322788,,unread\n")
    import_file(library, str(path))
    (row,) = library.window(View())
    assert row.published == datetime.fromtimestamp(1600322788, UTC)
    assert serial.row_object(row)["dated_by"] == "saved"
    cited = bibtex([library.article(row.id)])
    assert " date = " not in cited
    assert "urldate = {2020-09-17}" in cited


def test_private_feeds_that_the_configuration_allows_are_taken(library: Library, tmp_path: Path) -> None:
    """They need no consent of their own; another port of the same host does."""
    opml = tmp_path / "feeds.opml"
    opml.write_text(
        '<opml><body><outline xmlUrl="http://127.0.0.1:8088/a"/><outline xmlUrl="http://127.0.0.1:8089/b"/></body></opml>'
    )
    allowed = Config(network=Network(allow_private=frozenset({"127.0.0.1:8088"})))
    with Library.open(library.paths, allowed, clock=library.now) as room:
        report = import_file(room, str(opml))
        assert [(source.url, source.consent) for source in room.sources()] == [("http://127.0.0.1:8088/a", "")]
    assert [what for what, _ in report.refused] == ["http://127.0.0.1:8089/b"]


FEED = (
    b"<rss version='2.0'><channel><title>Desk</title><item><guid>1</guid><title>One</title>"
    b"<description>Words.</description></item></channel></rss>"
)


def test_a_feed_on_the_disk_becomes_a_source(library: Library, tmp_path: Path) -> None:
    """With its articles; twice adds nothing, and undo takes it back."""
    (tmp_path / "feed.xml").write_bytes(FEED)
    report = import_file(library, str(tmp_path / "feed.xml"))
    assert (report.format, report.added, report.sources_added) == ("feed", 1, 1)
    assert [row.title for row in library.window(View())] == ["One"]
    again = import_file(library, str(tmp_path / "feed.xml"))
    assert (again.added, again.already, again.sources_added) == (0, 1, 0)
    actions.undo(library)
    assert (library.counts().total, library.sources()) == (0, [])


@pytest.mark.parametrize("name", ["[b]x.txt", "x" * 246 + ".html", "{.md", "-rf.txt", "a\nb.html"])
def test_texts_are_articles_whatever_they_are_called(library: Library, tmp_path: Path, name: str) -> None:
    """Words that begin like JSON, names of 250 characters, with line breaks or a hyphen in front."""
    (tmp_path / name).write_text("[/x] Bank warns\n\n{Not} an export, said Ada Novak, an analyst.\n")
    report = import_file(library, str(tmp_path / name))
    assert (report.format, report.added) == ("clippings", 1)
    assert import_file(library, str(tmp_path)).added == 0
