"""A library with flipped bits: every use either works or says in a sentence that the library is damaged."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader import paths
from reader.config import Config
from reader.errors import SecnewsError, StorageError
from reader.model import Block, BlockType, Document, Draft, Origin, Quote, QuoteKind, SourceKind, Speaker, View
from reader.quotes import ENGINE
from reader.service import actions, doctor
from reader.service.library import Library
from reader.store import articles, sources

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT = 'Ada Sample said "we have seen this before" on Monday. ' * 20
QUOTE = Quote(15, 42, TEXT[15:42], QuoteKind.DIRECT, "said", Speaker("Ada Sample", "Ada"), None, 0.9, "test")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a library of 60 articles."""
    place = paths.locate(tmp_path_factory.mktemp("sound"))
    with Library.open(place, Config()) as library, library.database.write() as c:
        source = sources.insert(c, kind=SourceKind.FEED, url="https://a.example/", title="A", section="News", now=NOW)
        drafts = [
            Draft(str(n), "d", f"Title {n}", f"https://a.example/{n}", Origin.FEED, NOW - timedelta(hours=n),
                  author="Ada", summary="Words " * 30, published=NOW, tags=("one",), raw=b"<p>x</p>" * 50)
            for n in range(60)
        ]  # fmt: skip
        document = Document(text=TEXT, blocks=(Block(0, len(TEXT), BlockType.PARAGRAPH),))
        for one in articles.insert(c, source, drafts, section="News", now=NOW):
            articles.set_derived(c, one, document, [QUOTE], engine=ENGINE)
    return place.library.read_bytes()


def damaged(sound: bytes, count: int) -> Iterator[bytes]:
    """Copies with some bytes that mean something changed, now and then cut short."""
    chance = random.Random(count)
    used = [position for position, byte in enumerate(sound) if byte]
    for _ in range(count):
        copy = bytearray(sound)
        for _ in range(chance.choice((1, 3, 30, 300))):
            copy[chance.choice(used)] = chance.randrange(256)
        yield bytes(copy[: chance.randrange(len(copy))] if chance.random() < 0.1 else copy)


USES: list[Callable[[Library], object]] = [
    lambda library: library.window(View()),
    lambda library: library.window(View(unread=True, section="News")),
    lambda library: library.ids(View()),
    lambda library: library.sections(),
    lambda library: library.counts(),
    lambda library: library.sources(),
    lambda library: [library.article(number) for number in range(1, 61, 7)],
    lambda library: library.quotes(speaker="ada"),
    lambda library: library.window(View(words=("seen", "monday"))),
    lambda library: library.setting("a"),
    lambda library: actions.mark_read(library, [1, 2, 3], True),
    lambda library: actions.mark_view_read(library, View()),
    lambda library: actions.save(library, [5]),
    lambda library: actions.undo(library),
    lambda library: actions.remove_source(library, 1),
    lambda library: actions.undo(library),
]


def use_all(home: Path) -> tuple[int, int]:
    """Use everything; returns how many uses worked and how many were refused. Nothing else may be raised."""
    place = paths.locate(home)
    worked = refused = 0
    try:
        library = Library.open(place, Config())
    except StorageError:
        return 0, 1
    with library:
        for use in USES:
            try:
                use(library)
                worked += 1
            except SecnewsError as error:
                refused += str(error).endswith(".")
    assert worked + refused == len(USES)
    return worked, refused


def run(sound: bytes, tmp_path: Path, count: int) -> None:
    worked = refused = 0
    for number, content in enumerate(damaged(sound, count)):
        home = tmp_path / str(number)
        (home / "data").mkdir(parents=True)
        (home / "data" / "library.db").write_bytes(content)
        assert doctor.examine(paths.locate(home), Config())
        some, others = use_all(home)
        worked, refused = worked + some, refused + others
        shutil.rmtree(home)
    assert worked > count  # most damage leaves something to read
    assert refused > count / 4  # and some of it was met


def test_flipped_bits(sound: bytes, tmp_path: Path) -> None:
    """Forty damaged libraries (SAFETY 72): nothing but sentences is raised."""
    run(sound, tmp_path, 40)


@pytest.mark.slow
def test_many_flipped_bits(sound: bytes, tmp_path: Path) -> None:
    """A thousand of them."""
    run(sound, tmp_path, 1_000)
