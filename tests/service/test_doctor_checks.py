"""`doctor` names what is wrong and what to do, whatever state things are in, and changes nothing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader import paths
from reader.config import Config
from reader.model import Document, Draft, Origin, SourceKind
from reader.paths import Paths
from reader.quotes import ENGINE
from reader.service import doctor
from reader.service.doctor import Check, State
from reader.service.library import Library
from reader.store import articles, migrations, sources
from reader.store.connections import PAGE_SIZE

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path) -> Paths:
    return paths.locate(tmp_path / "home")


@pytest.fixture
def kept(place: Paths) -> Paths:
    """A library with three articles, two of them derived."""
    with Library.open(place, Config()) as library, library.database.write() as c:
        source = sources.insert(c, kind=SourceKind.FEED, url="https://one.example/", title="", section="News", now=NOW)
        drafts = [Draft(str(n), "d", f"T {n}", "", Origin.FEED, NOW, raw=b"x") for n in range(3)]
        for one in articles.insert(c, source, drafts, section="News", now=NOW)[:2]:
            articles.set_derived(c, one, Document(text="words"), [], engine=ENGINE)
    return place


def named(place: Paths, name: str, config: Config | None = None) -> list[Check]:
    return [check for check in doctor.examine(place, config or Config()) if check.name == name]


def worst(place: Paths) -> State:
    states = [check.state for check in doctor.examine(place, Config())]
    return next(state for state in (State.ERROR, State.WARNING, State.OK) if state in states)


def test_nothing_there_yet(place: Paths) -> None:
    """On a fresh machine all is well, and looking makes no file."""
    assert worst(place) is not State.ERROR
    assert "not there yet" in named(place, "library")[0].detail
    assert not place.data.parent.exists()


def test_a_sound_library(kept: Paths) -> None:
    """Format, id, size and counts are told, and what waits to be done."""
    (library,) = named(kept, "library")
    assert library.state is State.OK
    assert f"format {migrations.VERSION}, application id 0x5ec011e5" in library.detail
    assert "3 articles, 0 saved" in library.detail
    assert named(kept, "integrity")[0].state is State.OK
    assert "derived for 1 article." in named(kept, "pending work")[0].detail


def test_copies_and_articles_of_before_are_told(kept: Paths) -> None:
    """What lies beside the library is named with its size, and what is still to be moved."""
    for name in ("library.db.before-11", "library.db.before-9", "library.db.backup-2026-01-01"):
        kept.library.with_name(name).write_bytes(bytes(2**20))
    with Library.open(kept, Config()) as library, library.database.write() as c:
        c.execute("UPDATE article SET indexed = 1 WHERE id = (SELECT min(id) FROM article WHERE indexed)")
    (copies,) = named(kept, "copies")
    assert copies.detail.startswith("library.db.before-11, library.db.before-9: ")
    assert "3.0 MiB" in copies.detail
    assert copies.advice
    assert "1 article still to be moved" in named(kept, "older form")[0].detail


def test_every_check_can_be_printed(kept: Paths) -> None:
    """Every check has a name, a state and words; trouble comes with advice."""
    for check in doctor.examine(kept, Config()):
        assert list(doctor.check_object(check)) == ["name", "state", "detail", "advice"]
        assert check.name
        assert check.detail
        assert check.advice or check.state is not State.ERROR


def _zero(file: Path) -> None:
    file.write_bytes(b"")


def _text(file: Path) -> None:
    file.write_text("hello " * 100)


def _newer(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()


def _foreign(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA application_id = 7")
    connection.commit()
    connection.close()


def _broken_within(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[100:PAGE_SIZE] = b"\xee" * (PAGE_SIZE - 100)
    file.write_bytes(content)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_zero, "is empty"),
        (_text, "is not a database"),
        (_newer, "newer secnews (format 99"),
        (_foreign, "another program"),
        (_broken_within, "is damaged"),
    ],
)
def test_a_library_that_cannot_be_opened(kept: Paths, damage: Callable[[Path], None], said: str) -> None:
    """The reason is told as an error, the other checks are made all the same, and no byte changes."""
    damage(kept.library)
    before = kept.library.read_bytes()
    (check,) = named(kept, "library")
    assert check.state is State.ERROR
    assert said in check.detail
    assert check.advice
    assert named(kept, "python")
    assert kept.library.read_bytes() == before


def test_damage_in_the_middle(kept: Paths) -> None:
    """Damage that opening does not meet is found by the integrity check."""
    with Library.open(kept, Config()) as library, library.database.write() as c:
        (page,) = c.execute("SELECT rootpage FROM sqlite_master WHERE name = 'article_all'").fetchone()
    content = bytearray(kept.library.read_bytes())
    content[(page - 1) * PAGE_SIZE + 200 : page * PAGE_SIZE] = os.urandom(PAGE_SIZE - 200)
    kept.library.write_bytes(content)
    checks = named(kept, "integrity") + named(kept, "library")
    assert State.ERROR in [check.state for check in checks]


def test_wrong_counts_are_found(kept: Paths) -> None:
    """A count that differs from the articles there are is a fault."""
    with Library.open(kept, Config()) as library, library.database.write() as c:
        c.execute("UPDATE section SET unread = 7")
    (check,) = named(kept, "integrity")
    assert check.state is State.ERROR
    assert "section 'News' counts 3 articles and 7 unread, there are 3 and 3" in check.detail


def test_a_search_index_that_lacks_articles_is_found(kept: Paths) -> None:
    """An index that does not hold what it should is a fault."""
    with Library.open(kept, Config()) as library, library.database.write() as c:
        c.execute("UPDATE article SET indexed = 0 WHERE id = (SELECT min(id) FROM article WHERE indexed)")
    (check,) = named(kept, "integrity")
    assert "the search index holds 2 articles instead of 1" in check.detail


def test_open_permissions(kept: Paths) -> None:
    """What others could read is named with the command that closes it."""
    kept.data.chmod(0o755)
    kept.library.chmod(0o644)
    (folder,) = named(kept, "data directory")
    assert (folder.state, folder.advice) == (State.WARNING, f"chmod 700 {kept.data}")
    (file,) = named(kept, "permissions")
    assert (file.state, file.advice) == (State.WARNING, f"chmod 600 {kept.library}")


def test_a_file_in_the_way(place: Paths) -> None:
    """A file where a directory should be is an error."""
    place.data.parent.mkdir(parents=True)
    place.data.write_text("x")
    assert named(place, "data directory")[0].state is State.ERROR
    assert worst(place) is State.ERROR


def test_configuration(place: Paths) -> None:
    """Problems of the configuration are shown as the loader words them, clean."""
    from reader.config import load

    place.config.mkdir(parents=True)
    place.config_file.write_text('[network]\ntimeout = "\\u001b[2J"\nnonsense = 1\n')
    checks = named(place, "configuration", load(place.config_file))
    assert len(checks) == 2
    assert all(check.state is State.WARNING and "config.toml" in check.detail + check.advice for check in checks)
    assert not any("\x1b" in check.detail for check in checks)


def test_versions(place: Paths) -> None:
    """Every package the reader stands on is named with its version."""
    found = {check.name: check for check in doctor.examine(place, Config())}
    for name in ("python", "sqlite", "textual", "httpx", "feedparser", "lxml"):
        assert found[name].state is State.OK
        assert found[name].detail[0].isdigit()


def test_a_missing_package(place: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that is not installed is an error with advice."""
    monkeypatch.setattr(doctor, "DISTRIBUTIONS", ("no-such-distribution",))
    (check,) = named(place, "no-such-distribution")
    assert check.state is State.ERROR
    assert "Install secnews again" in check.advice


def test_terminal(place: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that cannot do much, or is small, is named; NO_COLOR is told."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("NO_COLOR", "1")
    assert named(place, "terminal")[0].state is State.WARNING
    assert named(place, "colour")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setenv("LINES", "10")
    (check,) = named(place, "terminal")
    assert (check.state, "30×10" in check.detail) == (State.WARNING, True)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("LINES", "40")
    assert named(place, "terminal")[0].state is State.OK


def test_secrets_in_paths_are_masked(tmp_path: Path) -> None:
    """Paths are shown clean: no escape sequence of a directory name reaches the terminal."""
    place = paths.locate(tmp_path / "a\x1b[2Jb")
    assert not any("\x1b" in check.detail + check.advice for check in doctor.examine(place, Config()))


def test_logins_that_were_left_out_are_named_without_their_secret(
    place: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable that is not understood and a netrc that others may read: what, why, and what to do."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine paid.example login ada password hunter2\n")
    netrc.chmod(0o644)
    monkeypatch.setenv("SECNEWS_NETRC", str(netrc))
    monkeypatch.setenv("SECNEWS_AUTH_WORK", "paid.example hunter2")
    monkeypatch.setenv("SECNEWS_AUTH_GOOD", "https://paid.example ada:hunter2")
    found = named(place, "logins")
    assert [check.state for check in found] == [State.WARNING, State.WARNING, State.OK]
    assert "SECNEWS_AUTH_WORK" in found[0].detail
    assert "chmod 600" in found[1].advice
    assert "hunter2" not in str(found)
