"""The library as an archive: restored elsewhere it is the same, and a forged one changes nothing."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from blank_library import put_blank_library
from feed_server import FeedServer

from reader import paths
from reader.config import Config
from reader.errors import ExtractError
from reader.model import Draft, Origin, SourceKind, View
from reader.service import actions, samples, saved_searches, tagging
from reader.service.adding import add
from reader.service.exporting import archive
from reader.service.importing import import_file
from reader.service.library import Library
from reader.store import articles, sources

FEED = """<rss version="2.0"><channel><title>Alarm</title><link>https://a.example/</link>{items}</channel></rss>"""
ITEM = (
    "<item><guid>{n}</guid><title>Title {n}</title><link>https://a.example/{n}</link><category>Crime</category>"
    "<pubDate>Mon, 0{n} Jun 2026 10:00:00 GMT</pubDate><description>&lt;p&gt;“Stop it,” said Ada Novak, an analyst at"
    " Example Labs, on day {n}.&lt;/p&gt;</description></item>"
)


def packed(library: Library, *, secrets: bool = False) -> bytes:
    buffer = io.BytesIO()
    archive.write_archive(library, buffer, secrets=secrets)
    return buffer.getvalue()


@pytest.fixture
def lived_in(library: Library, server: FeedServer, tmp_path: Path) -> Library:
    """Feeds, files, imports, read and saved articles, a removed source, gaps in the ids, samples."""
    samples.install(library)
    gone = add(library, server.put("/gone.xml", FEED.format(items="".join(ITEM.format(n=n) for n in range(1, 4)))))
    actions.remove_source(library, gone.id)
    add(
        library, server.put("/feed.xml", FEED.format(items="".join(ITEM.format(n=n) for n in range(1, 8)))), section="S"
    )
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(
        "---\ntitle: Note\ntags: [x]\n---\n# Head\n\n- one\n- [two](https://b.example/)\n"
    )
    add(library, str(tmp_path / "notes"))
    csv = tmp_path / "pocket.csv"
    csv.write_text("title,url,time_added,tags,status\nT,https://c.example/1,1600000000,a|b,archive\n")
    import_file(library, str(csv))
    ids = list(library.ids(View()))
    actions.mark_read(library, ids[:3], True)
    actions.save(library, ids[2:5])
    library.set_setting("window", {"x": 1})
    return library


_GENUINE: list[bytes] = []  # packed once, then forged in every way


@pytest.fixture
def genuine(request: pytest.FixtureRequest) -> bytes:
    """The archive of a library that was lived in."""
    if not _GENUINE:
        _GENUINE.append(packed(request.getfixturevalue("lived_in")))
    return _GENUINE[0]


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    place = paths.locate(tmp_path / "elsewhere")
    put_blank_library(place.library)
    with Library.open(place, Config()) as opened:
        yield opened


def test_a_restored_library_is_the_same(lived_in: Library, other: Library, tmp_path: Path) -> None:
    """Export, import into an empty home, export: the same bytes; ids, states, texts and quotes are those that were."""
    first = packed(lived_in)
    assert packed(lived_in) == first
    path = tmp_path / "library.zip"
    path.write_bytes(first)
    report = import_file(other, str(path))
    assert (report.format, report.already, report.refused) == ("library", 0, ())
    assert hashlib.sha256(packed(other)).hexdigest() == hashlib.sha256(first).hexdigest()
    assert list(other.ids(View())) == list(lived_in.ids(View()))
    assert other.sections() == lived_in.sections()
    for number in lived_in.ids(View()):
        here, there = lived_in.article(number), other.article(number)
        assert (there.row, there.document, there.quotes, there.saved_at) == (
            here.row, here.document, here.quotes, here.saved_at,
        )  # fmt: skip
    assert other.counts().samples == 0
    assert other.setting("window") is None
    again = import_file(other, str(path))
    assert (again.added, again.sources_added) == (0, 0)
    assert packed(other) == first


def test_searches_and_tags_come_back(library: Library, other: Library, tmp_path: Path) -> None:
    """Kept searches in their order, and each tag stated, own, or both; then the archive is the same."""
    with library.database.write() as c:
        sources.insert(c, kind=SourceKind.FEED, url="https://a.example/", title="A", section="", now=library.now())
        drafts = [
            Draft(key, "", key, "", Origin.FEED, library.now(), tags=("stated", "both")) for key in ("one", "two")
        ]
        ids = articles.insert(c, 1, drafts, section="", now=library.now())
    for name in ("both", "mine"):
        tagging.tag(library, ids[:1], name)
    saved_searches.add(library, "Second", "b")
    saved_searches.move(library, saved_searches.add(library, "First", "tag:mine").id, -1)
    archived = tmp_path / "library.zip"
    archived.write_bytes(packed(library))
    import_file(other, str(archived))
    assert [search.name for search in saved_searches.list_all(other)] == ["First", "Second"]
    assert tagging.own(other) == [("both", 1), ("mine", 1)]
    assert packed(other) == archived.read_bytes()
    for name in ("both", "mine"):
        assert tagging.untag(other, ids[:1], name) == 1
    assert [row.tags for row in other.rows(ids)] == [("stated", "both")] * 2


def test_ids_are_not_given_twice_and_nothing_removed_returns(
    lived_in: Library, other: Library, tmp_path: Path, server: FeedServer
) -> None:
    """After restoring, new articles get new ids, and a refresh brings back nothing that was there."""
    from reader.service.refresh import refresh

    path = tmp_path / "library.zip"
    path.write_bytes(packed(lived_in))
    highest = json.loads(zipfile.ZipFile(path).read("manifest.json"))["last_ids"]["article"]
    other.config = Config(network=type(other.config.network)(allow_private=frozenset({f"127.0.0.1:{server.port}"})))
    import_file(other, str(path))
    total = other.counts().total
    assert refresh(other, force=True, full=True).new == 0
    items = "".join(ITEM.format(n=n) for n in range(1, 9))
    server.put("/feed.xml", FEED.format(items=items))
    assert refresh(other, force=True).new == 1
    assert other.counts().total == total + 1
    assert max(other.ids(View())) > highest


def test_undo_takes_a_restored_library_back_and_it_can_return(
    lived_in: Library, other: Library, tmp_path: Path
) -> None:
    """One undo empties the lists; importing again brings back the same library."""
    path = tmp_path / "library.zip"
    path.write_bytes(packed(lived_in))
    import_file(other, str(path))
    assert actions.undo(other) == "import of a library"
    assert (other.counts().total, other.sources()) == (0, [])
    import_file(other, str(path))
    assert other.counts() == lived_in.counts().__class__(*(
        lived_in.counts().total, lived_in.counts().unread, lived_in.counts().saved, 0
    ))  # fmt: skip


def test_secrets_stay_at_home_unless_asked(library: Library) -> None:
    """User, password and keys of a feed's address are not in the archive; with `secrets` they are."""
    add(library, "https://joe:hunter2@f.example.com/x?token=s3cr3t&a=1", fetch=False)
    members = zipfile.ZipFile(io.BytesIO(packed(library)))
    text = b"".join(members.read(name) for name in members.namelist())
    assert b"hunter2" not in text
    assert b"s3cr3t" not in text
    assert b"a=1" in text
    assert b"hunter2" in zipfile.ZipFile(io.BytesIO(packed(library, secrets=True))).read("sources.jsonl")


def forged(original: bytes, name: str, change: object, *, resign: bool) -> bytes:
    """The archive with one member changed; `resign` writes the hash that then is right."""
    old, buffer = zipfile.ZipFile(io.BytesIO(original)), io.BytesIO()
    members = {part: old.read(part) for part in old.namelist()}
    members[name] = change(members[name])  # type: ignore[operator]  # tests give functions
    manifest = json.loads(members["manifest.json"]) if members["manifest.json"][:1] == b"{" else None
    if resign and manifest and name in manifest["members"]:
        manifest["members"][name]["sha256"] = hashlib.sha256(members[name]).hexdigest()
        members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part, content in members.items():
            new.writestr(part, content)
    return buffer.getvalue()


def first_line(**fields: object) -> object:
    def change(body: bytes) -> bytes:
        head, _, rest = body.partition(b"\n")
        return json.dumps(json.loads(head) | fields).encode() + b"\n" + rest

    return change


@pytest.mark.parametrize(
    ("name", "change", "resign"),
    [
        ("articles.jsonl", lambda body: body.replace(b"Title", b"Tit1e"), False),
        ("articles.jsonl", lambda body: body[:-20], True),
        ("articles.jsonl", lambda _body: b"[" * 100_000 + b"\n", True),
        pytest.param(
            "articles.jsonl", lambda body: body + b"\0" * 300_000_000 + b"\n", True, marks=pytest.mark.slow
        ),
        ("articles.jsonl", first_line(id=2**62), True),
        ("articles.jsonl", first_line(id="1"), True),
        ("articles.jsonl", first_line(id=-4), True),
        ("articles.jsonl", first_line(source=99), True),
        ("articles.jsonl", first_line(origin="evil"), True),
        ("articles.jsonl", first_line(sort_date=1e300), True),
        ("articles.jsonl", first_line(text="x", layout={"blocks": [[0, 9, "a", 0]], "links": [], "images": []}), True),
        ("articles.jsonl", first_line(keys=[["zz", "d"]]), True),
        ("articles.jsonl", first_line(raw="not base64!"), True),
        ("articles.jsonl", first_line(title=None), True),
        ("sources.jsonl", first_line(kind="exec"), True),
        ("sources.jsonl", first_line(removed=7), True),
        ("gone.jsonl", lambda _body: b'{"source": 1}\n', True),
        ("manifest.json", lambda _body: b"{}", True),
        ("manifest.json", lambda body: body.replace(b'"version":2', b'"version":3'), True),
    ],
    ids=range(19),
)  # fmt: skip
def test_a_forged_archive_changes_nothing(
    genuine: bytes, other: Library, tmp_path: Path, name: str, change: object, resign: bool
) -> None:
    """Changed bytes, wrong types, ids, offsets and dates, bombs, newer versions: one sentence, and an empty library."""
    path = tmp_path / "forged.zip"
    path.write_bytes(forged(genuine, name, change, resign=resign))
    with pytest.raises(ExtractError):
        import_file(other, str(path))
    assert (other.counts().total, other.sources(), other.database.readonly) == (0, [], False)


def test_two_libraries_become_one(lived_in: Library, other: Library, tmp_path: Path) -> None:
    """Into a library with articles of its own: nothing is lost, ids that are taken are given anew."""
    csv = tmp_path / "own.csv"
    csv.write_text("title,url,time_added,tags,status\nOwn,https://own.example/1,1600000000,,unread\n")
    import_file(other, str(csv))
    path = tmp_path / "library.zip"
    path.write_bytes(packed(lived_in))
    import_file(other, str(path))
    titles = sorted(row.title for row in other.window(View(), limit=500))
    assert titles == sorted(["Own", *(row.title for row in lived_in.window(View(), limit=500))])
    assert import_file(other, str(path)).added == 0
