"""Everything that a person has goes out in one archive and comes back elsewhere, with nothing but the archive."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from blank_library import put_blank_library, put_library
from feed_server import Clock, FeedServer
from rich_library import archived, made
from saved_pages import png

from reader import paths
from reader.config import Config, Network
from reader.errors import SecnewsError
from reader.model import View
from reader.service import actions, notes, revisions, rules, saved_searches, saving, tagging
from reader.service.adding import add
from reader.service.importing import import_file
from reader.service.library import Library
from reader.store import retention

READ = """
import sys
from reader import paths
from reader.config import Config
from reader.model import View
from reader.service import saving
from reader.service.library import Library
with Library.open(paths.locate(sys.argv[1]), Config()) as library:
    for number in library.ids(View(saved=True)):
        article = library.article(number)
        images = saving.images(library, number)
        print(number, len(article.document.text), len(article.quotes), sum(len(one.content) for one in images),
              len(saving.verify(library, [number])[0].faults))
"""


@pytest.fixture
def rich(tmp_path: Path, clock: Clock, server: FeedServer) -> Iterator[Library]:
    """The library that has everything."""
    place = paths.locate(tmp_path / "rich")
    put_library(place.library, made(server, tmp_path)[0])
    with Library.open(place, Config(network=Network(timeout=5.0)), clock=clock) as library:
        yield library


@pytest.fixture
def genuine(tmp_path: Path, server: FeedServer) -> bytes:
    """Its archive."""
    return made(server, tmp_path)[1]


@pytest.fixture
def other(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    place = paths.locate(tmp_path / "elsewhere")
    put_blank_library(place.library)
    with Library.open(place, Config(), clock=clock) as opened:
        yield opened


def brought(library: Library, data: bytes, folder: Path) -> None:
    (folder / "library.zip").write_bytes(data)
    report = import_file(library, str(folder / "library.zip"))
    assert (report.format, report.refused) == ("library", ())


def test_everything_comes_back(rich: Library, genuine: bytes, other: Library, tmp_path: Path) -> None:
    """In an empty home the library is the same to the bit, and so is each thing that a person can look at."""
    brought(other, genuine, tmp_path)
    assert hashlib.sha256(archived(other)).hexdigest() == hashlib.sha256(genuine).hexdigest()
    assert other.sections() == rich.sections()
    assert list(other.ids(View())) == list(rich.ids(View()))
    for number in rich.ids(View()):
        here, there = rich.article(number), other.article(number)
        assert (there.row, there.document, there.quotes, there.saved_at) == (
            here.row, here.document, here.quotes, here.saved_at,
        )  # fmt: skip
        assert notes.of_article(other, number) == notes.of_article(rich, number)
        assert saving.page_info(other, number) == saving.page_info(rich, number)
        assert saving.images(other, number) == saving.images(rich, number)
        kept, again = saving.evidence(rich, number), saving.evidence(other, number)
        assert (again.state, again.reason, again.wanted) == (kept.state, kept.reason, kept.wanted)
        for one, two in zip(kept.captures, again.captures, strict=True):
            assert (two.kind, two.revision, two.fetched, two.checked, two.url, two.final_url) == (
                one.kind, one.revision, one.fetched, one.checked, one.url, one.final_url,
            )  # fmt: skip
            assert (two.sha256, two.size, two.text_sha256, two.wall, two.images) == (
                one.sha256, one.size, one.text_sha256, one.wall, one.images,
            )  # fmt: skip
            assert saving.text_of(other, two.id) == saving.text_of(rich, one.id)
            if one.sha256:
                assert saving.source_bytes(other, two.id) == saving.source_bytes(rich, one.id)
    assert [row.title for row in rules.hidden(other)] == [row.title for row in rules.hidden(rich)] == ["Alarm 4"]
    assert [(one.rule, one.fault) for one in rules.list_all(other)] == [
        (one.rule, one.fault) for one in rules.list_all(rich)
    ]
    difference = revisions.difference(other, next(n for n in other.ids(View(saved=True)) if notes.of_article(other, n)))
    assert any("forty-two" in change.new for change in difference.changes)
    assert import_file(other, str(tmp_path / "library.zip")).added == 0
    assert archived(other) == genuine


def test_what_it_holds_is_what_there_is(rich: Library, genuine: bytes) -> None:
    """The rich library really has everything, and each of it is in the archive; no key is."""
    members = zipfile.ZipFile(io.BytesIO(genuine))
    lines = {
        name: [json.loads(line) for line in members.read(name).splitlines()]
        for name in members.namelist() if name.endswith(".jsonl")
    }  # fmt: skip
    assert all(lines.values())
    articles = lines["articles.jsonl"]
    for part in ("notes", "page", "wanted", "corrections", "own_tags", "stated_own_tags", "raw", "saved_at", "read"):
        assert any(record[part] for record in articles), part
    assert any(record["page"] and (record["page"]["given"] or {}).get("text") for record in articles)
    assert all(record["text"] and record["layout"]["blocks"] for record in lines["evidence.jsonl"])
    assert any(image[3:] == ["A dot"] for record in lines["evidence.jsonl"] for image in record["layout"]["images"])
    assert {record["page"]["choice"] for record in articles if record["page"]} == {"", "feed"}
    assert {record["kind"] for record in lines["evidence.jsonl"]} == {"feed", "page"}
    assert any(record["hidden"] for record in lines["files.jsonl"])
    assert any(record["acted_on"] for record in lines["rules.jsonl"])
    assert sum(name.startswith("bytes/") for name in members.namelist()) >= 3
    assert members.read(f"bytes/{hashlib.sha256(png()).hexdigest()}") == png()
    assert not any(b"hunter2" in members.read(name) for name in members.namelist())
    assert b"hunter2" in zipfile.ZipFile(io.BytesIO(archived(rich, secrets=True))).read("sources.jsonl")


def without_network() -> list[str]:
    """What a command begins with to have no network, where the system allows that."""
    probe = ["unshare", "-rn", "true"]
    able = shutil.which("unshare") and not subprocess.run(probe, check=False, capture_output=True).returncode
    return ["unshare", "-rn"] if able else []


def test_saved_articles_read_there_without_a_network(
    rich: Library, genuine: bytes, other: Library, tmp_path: Path
) -> None:
    """In the new home every hash agrees; text, quotes and images are there with the network cut."""
    brought(other, genuine, tmp_path)
    wanted = {
        number: (
            len(rich.article(number).document.text), len(rich.article(number).quotes),
            sum(len(one.content) for one in saving.images(rich, number)), 0,
        )
        for number in rich.ids(View(saved=True))
    }  # fmt: skip
    other.close()
    command = [*without_network(), sys.executable, "-c", READ, str(tmp_path / "elsewhere")]
    lines = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.splitlines()
    assert {int(line.split()[0]): tuple(map(int, line.split()[1:])) for line in lines} == wanted
    assert len(wanted) >= 5


def test_rules_do_nothing_again(genuine: bytes, other: Library, tmp_path: Path) -> None:
    """What comes back is not new to rules; what they hid can be shown again."""
    brought(other, genuine, tmp_path)
    titles = {row.title for row in other.window(View(), limit=500)}
    hide = next(one.rule for one in rules.list_all(other) if one.rule.action is rules.Action.HIDE)
    rules.set_enabled(other, hide.id, False)
    assert {row.title for row in other.window(View(), limit=500)} == titles | {"Alarm 4"}
    assert {"Other 1", "Other 2"} <= titles


def test_undo_takes_all_of_it_back(rich: Library, genuine: bytes, other: Library, tmp_path: Path) -> None:
    """One undo: no article, no source, no rule, no search; then it can come in once more, the same."""
    empty = archived(other)
    brought(other, genuine, tmp_path)
    assert actions.undo(other) == "import of a library"
    left = zipfile.ZipFile(io.BytesIO(archived(other)))
    assert {name: left.read(name) for name in ("rules.jsonl", "searches.jsonl", "articles.jsonl", "sources.jsonl")} == {
        name: zipfile.ZipFile(io.BytesIO(empty)).read(name)
        for name in ("rules.jsonl", "searches.jsonl", "articles.jsonl", "sources.jsonl")
    }
    brought(other, genuine, tmp_path)
    assert list(other.ids(View())) == list(rich.ids(View()))
    assert other.counts() == rich.counts()


def parts(data: bytes) -> dict[str, object]:
    """What an archive holds; rules by what they do, as their numbers and places are those of a library."""
    packed = zipfile.ZipFile(io.BytesIO(data))
    found: dict[str, object] = {name: packed.read(name) for name in packed.namelist() if name != "manifest.json"}
    known = [json.loads(line) for line in packed.read("rules.jsonl").splitlines()]
    names = ("action", "value", "query", "source", "enabled", "acted_on")
    return found | {"rules.jsonl": sorted(json.dumps([rule[name] for name in names]) for rule in known)}


def test_articles_that_are_here_get_what_they_lack(genuine: bytes, other: Library, tmp_path: Path) -> None:
    """Read, saved, tags, notes, corrections, rules, searches, evidence come to what is here; undo takes them."""
    brought(other, genuine, tmp_path)
    everything = list(other.ids(View()))
    saved = list(other.ids(View(saved=True)))
    with_source = [number for number in saved if other.article(number).source_url]
    actions.mark_read(other, everything, False)
    actions.unsave(other, [number for number in with_source if number in everything])
    for note in notes.list_all(other):
        notes.remove(other, note.id)
    tagging.untag(other, everything, "mine")
    for one in rules.list_all(other):
        if one.rule.action is not rules.Action.HIDE:  # what is seen here by now stays seen
            rules.remove(other, one.rule.id)
    for search in saved_searches.list_all(other):
        saved_searches.remove(other, search.id)
    with other.database.write() as c:
        c.execute("DELETE FROM capture")
        c.execute("DELETE FROM correction")
    before = archived(other)
    report = import_file(other, str(tmp_path / "library.zip"))
    assert (report.rules_added, report.searches_added) == (5, 2)
    assert parts(archived(other)) == parts(genuine)
    assert all(not one.faults for one in saving.verify(other))
    assert actions.undo(other) == "import of a library"
    left = zipfile.ZipFile(io.BytesIO(archived(other)))
    for name in ("articles.jsonl", "rules.jsonl", "searches.jsonl"):
        assert left.read(name) == zipfile.ZipFile(io.BytesIO(before)).read(name)


def test_numbers_that_were_given_here_mean_what_they_did(genuine: bytes, other: Library, tmp_path: Path) -> None:
    """What was removed here does not return; rules get numbers that nobody had, and hide nothing that is seen."""
    rules.remove(other, rules.add(other, rules.Action.NOTIFY, "first").id)
    for query in ("second", "third"):
        rules.add(other, rules.Action.NOTIFY, query)
    brought(other, genuine, tmp_path)
    assert [one.rule.id for one in rules.list_all(other)][:2] == [2, 3]
    assert {1} & {one.rule.id for one in rules.list_all(other)} == set()
    gone = next(row.id for row in other.window(View(saved=True), limit=50) if row.title == "Case 5")
    actions.unsave(other, [gone])
    with other.database.write() as c:
        assert retention.remove(c, [gone]) == 1
    hide = next(one.rule for one in rules.list_all(other) if one.rule.action is rules.Action.HIDE)
    rules.remove(other, hide.id)
    seen = set(other.ids(View()))
    report = import_file(other, str(tmp_path / "library.zip"))
    assert (report.added, report.rules_added) == (0, 1)
    assert set(other.ids(View())) == seen
    assert gone not in seen


def test_damaged_evidence_stays_damaged(rich: Library, other: Library, tmp_path: Path) -> None:
    """Bytes and texts that no longer have their hash do not come back as if they were sound."""
    with rich.database.write() as c:
        c.execute("UPDATE blob SET packed = 0, content = 'x' WHERE id = (SELECT blob_id FROM image LIMIT 1)")
        c.execute("UPDATE capture SET text = 'x' WHERE id = (SELECT max(id) FROM capture)")
    before = {one.article_id: len(one.faults) for one in saving.verify(rich)}
    assert sum(before.values()) >= 2
    brought(other, archived(rich), tmp_path)
    assert {one.article_id: len(one.faults) for one in saving.verify(other)} == before


@pytest.mark.slow
def test_what_real_feeds_hold_comes_back(library: Library, other: Library, shared: Path, tmp_path: Path) -> None:
    """Feeds and exports as they are in the world, some articles of them saved: the same to the bit in another home."""
    for path in [*sorted((shared / "feeds").iterdir())[::6], *sorted((shared / "local_samples").iterdir())]:
        with suppress(SecnewsError):
            if path.parent.name == "feeds":
                add(library, str(path), derive=False)
            else:
                import_file(library, str(path), derive=False)
    actions.save(library, list(library.ids(View()))[::5])
    assert library.counts().total > 300
    first = archived(library)
    brought(other, first, tmp_path)
    assert archived(other) == first
    assert not any(one.faults for one in saving.verify(other))
