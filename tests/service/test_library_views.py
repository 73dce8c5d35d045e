"""The library as the front ends see it, over a real file."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader import paths
from reader.config import Config
from reader.errors import NotFoundError, StorageError
from reader.model import Document, Draft, Origin, Quote, QuoteKind, SourceKind, Speaker, View, Voice
from reader.quotes import ENGINE
from reader.service import actions
from reader.service.library import Counts, Library
from reader.store import articles, sources

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT = 'Ada Sample, an analyst at Example Ltd, said "we have seen this before" on Monday.'
ADA = Speaker("Ada Sample", "Ada Sample", "analyst", "Example Ltd", voice=Voice.EXPERT)
QUOTE = Quote(43, 69, TEXT[43:69], QuoteKind.DIRECT, "said", ADA, None, 0.9, "test")


@pytest.fixture
def filled(library: Library) -> Library:
    """Ten articles of one source, derived; ids 1 to 10, the highest the newest."""
    with library.database.write() as c:
        source = sources.insert(
            c, kind=SourceKind.FEED, url="https://one.example/feed", title="One", section="Fraud", now=NOW
        )
        drafts = [
            Draft(f"k{n}", "d", f"Title {n}", f"https://one.example/{n}", Origin.FEED, NOW - timedelta(hours=n))
            for n in range(10)
        ]
        for one in articles.insert(c, source, drafts, section="Fraud", now=NOW):
            articles.set_derived(c, one, Document(text=TEXT), [QUOTE], engine=ENGINE)
    return library


def test_an_empty_library(no_library: Library) -> None:
    """Everything can be asked of a library that is not there, and it still is not there afterwards."""
    assert no_library.sections() == no_library.sources() == no_library.window(View()) == no_library.rows([1]) == []
    assert no_library.counts() == Counts(0, 0, 0, 0)
    assert list(no_library.ids(View())) == no_library.quotes() == []
    assert (no_library.pending(), no_library.setting("x", 7), actions.undo(no_library)) == (0, 7, None)
    with pytest.raises(NotFoundError):
        no_library.article(1)
    with pytest.raises(NotFoundError):
        no_library.source(1)
    assert not no_library.paths.library.exists()


def test_lists(filled: Library) -> None:
    """Windows go on where the last row ended; ids and rows agree with them."""
    first = filled.window(View(section="Fraud"), limit=4)
    rest = filled.window(View(section="Fraud"), after=Library.position(first[-1]), limit=100)
    assert [row.id for row in first + rest] == list(filled.ids(View())) == list(range(10, 0, -1))
    assert filled.rows([row.id for row in rest]) == rest
    assert [(one.name, one.total, one.unread) for one in filled.sections()] == [("Fraud", 10, 10)]
    assert filled.counts() == Counts(10, 10, 0, 0)
    assert filled.source(1).total == 10


def test_an_article(filled: Library) -> None:
    """A whole article carries its row, its document with the row's facts, and its quotes."""
    actions.save(filled, [3])
    article = filled.article(3)
    assert (article.row.id, article.row.saved, article.saved_at) == (3, True, filled.now())
    assert (article.document.text, article.document.title, article.document.section) == (TEXT, "Title 7", "Fraud")
    assert article.quotes == (QUOTE,)
    assert article.source_url == "https://one.example/feed"


@pytest.mark.parametrize("number", [0, 99, -1, 2**62])
def test_no_such_article(filled: Library, number: int) -> None:
    """An id that is not there is an error that says so."""
    with pytest.raises(NotFoundError, match=str(number)):
        filled.article(number)


def test_quotes(filled: Library) -> None:
    """Quotes are found across the library and in an article."""
    assert [row.article.id for row in filled.quotes(speaker="ada", limit=3)] == [10, 9, 8]
    assert filled.quotes(article_id=5)[0].quote == QUOTE
    assert filled.quotes(org="nobody") == []


def test_settings(library: Library) -> None:
    """JSON values are kept over a restart; None forgets."""
    library.set_setting("window", {"pane": 2, "widths": [1, 2.5], "on": True})
    library.close()
    again = Library.open(library.paths, library.config)
    assert again.setting("window") == {"pane": 2, "widths": [1, 2.5], "on": True}
    again.set_setting("window", None)
    assert again.setting("window", "gone") == "gone"
    again.close()


@pytest.fixture
def pending(library: Library) -> Library:
    """One article of which only the HTML is there."""
    with library.database.write() as c:
        source = sources.insert(
            c, kind=SourceKind.FEED, url="https://one.example/feed", title="One", section="", now=NOW
        )
        html = f"<p>{TEXT}</p>".encode()
        articles.insert(
            c, source, [Draft("k", "d", "T", "https://one.example/", Origin.FEED, NOW, raw=html)], section="", now=NOW
        )
    return library


def test_a_pending_article_is_shown_where_nothing_can_be_kept(pending: Library) -> None:
    """In a read-only library the text and quotes of such an article are shown, and stay to be derived."""
    pending.close()
    with Library.open(pending.paths, Config(), readonly=True) as library:
        article = library.article(1)
        assert article.document.text == TEXT
        assert [quote.speaker.name for quote in article.quotes if quote.speaker] == ["Ada Sample"]
        assert library.pending() == 1


def test_a_pending_article_is_derived_when_it_is_opened(pending: Library) -> None:
    """Opening an article that nobody has read yet gives its text and quotes at once, and keeps them."""
    library = pending
    assert library.pending() == 1
    article = library.article(1)
    assert article.document.text == TEXT
    assert [quote.speaker.name for quote in article.quotes if quote.speaker] == ["Ada Sample"]
    assert "we have seen this before" in article.quotes[0].text
    assert library.pending() == 0
    assert library.article(1) == article


def test_read_only(filled: Library) -> None:
    """A library opened read-only shows everything and refuses every change."""
    filled.close()
    with Library.open(filled.paths, Config(), readonly=True) as library:
        assert library.readonly
        assert library.article(1).document.text == TEXT
        for change in (
            lambda: actions.mark_read(library, [1], True),
            lambda: actions.save(library, [1]),
            lambda: actions.remove_source(library, 1),
            lambda: library.set_setting("a", 1),
        ):
            with pytest.raises(StorageError, match="can only be read"):
                change()


def test_threads(filled: Library) -> None:
    """Threads read and write at once; nothing is lost and nothing raises."""
    faults: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for _ in range(20):
                actions.mark_read(filled, [number], True)
                filled.window(View(unread=True))
                assert filled.article(number).row.read
                actions.mark_read(filled, [number], False)
                filled.counts()
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert filled.counts().unread == 10


FORBIDDEN = ("textual", "rich", "httpx", "httpcore", "feedparser", "lxml", "trafilatura", "asyncio", "reader.quotes",
             "reader.extract", "reader.feeds", "reader.sources", "importlib.metadata", "platformdirs")  # fmt: skip


@pytest.mark.parametrize("use", ["library.window(View())", "library.sections(); library.counts(); library.sources()"])
def test_opening_and_listing_load_little(filled: Library, tmp_path: Path, use: str) -> None:
    """Opening the library and listing load no parser, no network and no interface."""
    code = (
        "import sys, pathlib\n"
        "from reader import paths\nfrom reader.config import load\nfrom reader.model import View\n"
        "from reader.service.library import Library\n"
        "place = paths.locate(sys.argv[1])\n"
        "library = Library.open(place, load(place.config_file))\n"
        f"{use}\n"
        "print('\\n'.join(sys.modules))"
    )
    home = filled.paths.data.parent
    done = subprocess.run([sys.executable, "-c", code, str(home)], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not [name for name in FORBIDDEN if name in loaded]


def test_opening_writes_nothing(filled: Library, tree: Callable[[Path], dict[str, tuple[int, bytes]]]) -> None:
    """Opening, listing and closing leave every file as it was, byte for byte."""
    filled.close()
    home = filled.paths.data.parent
    before = tree(home)
    with Library.open(paths.locate(home), Config()) as library:
        library.window(View())
        library.counts()
    assert tree(home) == before


@pytest.fixture
def tree() -> Callable[[Path], dict[str, tuple[int, bytes]]]:
    """Time and content of every file below a folder."""

    def look(folder: Path) -> dict[str, tuple[int, bytes]]:
        return {
            str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
            for path in folder.rglob("*")
            if path.is_file()
        }

    return look
