"""Archives by attackers, and old ones: refused in one sentence without a change, or read."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from blank_library import put_blank_library
from feed_server import Clock, FeedServer
from rich_library import archived, made

from reader import paths
from reader.config import Config
from reader.errors import ExtractError, SourceError
from reader.service.adding import add
from reader.service.importing import import_file
from reader.service.library import Library

Parts = list[tuple[zipfile.ZipInfo | str, bytes]]


def remade(original: bytes, change: Callable[[Parts], Parts], *, sign: bool = True) -> bytes:
    """The archive with other members; `sign` gives the manifest the hashes that are then right."""
    old, buffer = zipfile.ZipFile(io.BytesIO(original)), io.BytesIO()
    parts = change([(info.filename, old.read(info)) for info in old.infolist()])
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            if name == "manifest.json" and sign:
                manifest = json.loads(content)
                for part, body in parts:
                    if part in manifest["members"]:
                        manifest["members"][part]["sha256"] = hashlib.sha256(body).hexdigest()
                content = json.dumps(manifest).encode()
            new.writestr(name, content)
    return buffer.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return info


def replaced(name: str, change: Callable[[bytes], bytes]) -> Callable[[Parts], Parts]:
    return lambda parts: [(part, change(body) if part == name else body) for part, body in parts]


def with_field(name: str, **fields: object) -> Callable[[Parts], Parts]:
    def change(body: bytes) -> bytes:
        head, _, rest = body.partition(b"\n")
        return json.dumps(json.loads(head) | fields).encode() + b"\n" + rest

    return replaced(name, change)


def first_blob(parts: Parts, body: bytes | None) -> Parts:
    at = next(n for n, (name, _body) in enumerate(parts) if str(name).startswith("bytes/"))
    return [*parts[:at], *([] if body is None else [(parts[at][0], body)]), *parts[at + 1 :]]


Change = Callable[[Parts], Parts]


def without(name: str) -> Change:
    return lambda parts: [part for part in parts if part[0] != name]


def more(name: str) -> Change:
    return lambda parts: [*parts, (name, b"x")]


def as_link(parts: Parts) -> Parts:
    return [(link("gone.jsonl"), b"/etc/passwd") if name == "gone.jsonl" else (name, body) for name, body in parts]


BEYOND = {"blocks": [[0, 9**9, "paragraph", 0]], "links": [], "images": []}
LONG = "t" * 1_100_000  # one megabyte; ten of them in a test that is marked slow
BYTES: dict[str, Callable[[bytes], bytes]] = {
    "truncated": lambda data: data[: len(data) // 2],
    "cut in its list": lambda data: data[:-30],
    "one byte changed": lambda data: data[:3_000] + bytes([data[3_000] ^ 1]) + data[3_001:],
    "not ours": lambda _data: foreign(),
}
MEMBERS: dict[str, Change] = {
    "a path upwards": more("../evil.jsonl"),
    "an absolute path": more("/etc/evil"),
    "a path in disguise": more("bytes/../../evil"),
    "a member of nobody": more("run.sh"),
    "bytes of nobody": more(f"bytes/{'0' * 64}"),
    "a folder": more("bytes/"),
    "a link": as_link,
    "a bomb": replaced("gone.jsonl", lambda _body: b" " * 5_000_000),
    "other bytes": lambda parts: first_blob(parts, b"other"),
    "bytes missing": lambda parts: first_blob(parts, None),
    "bytes renamed": lambda parts: [(f"bytes/{'0' * 64}", parts[0][1]), *parts[1:]],
    "no manifest": without("manifest.json"),
    "a part missing": without("rules.jsonl"),
    "newer": replaced("manifest.json", lambda body: body.replace(b'"version":2', b'"version":3')),
}
RECORDS: dict[str, tuple[str, dict[str, object]]] = {
    "a title of 1 MB": ("articles", {"title": LONG}),
    "a reason of 1 MB": ("sources", {"reason": LONG}),
    "a note of 1 MB": ("articles", {"notes": [[1, LONG, "", 0, 1, 1]]}),
    "a rule of 1 MB": ("rules", {"query": LONG}),
    "a search of 1 MB": ("searches", {"query": LONG}),
    "an address of 1 MB": ("evidence", {"final_url": LONG}),
    "a rule that does more": ("rules", {"action": "exec"}),
    "a rule of no source": ("rules", {"source": 999}),
    "evidence of nobody": ("evidence", {"article": 999_999}),
    "evidence without a hash": ("evidence", {"sha256": "../../x", "content": True}),
    "offsets beyond the text": ("evidence", {"layout": BEYOND}),
    "a choice that is none": ("articles", {"page": {"choice": "rm"}}),
    "a page of no time": ("articles", {"wanted": [1e300, 0, None, ""]}),
    "a source that runs": ("sources", {"url": "|touch /tmp/pwned"}),
    "a file as a feed": ("sources", {"url": "file:///etc/passwd"}),
    "headers that break lines": ("sources", {"headers": '{"X": "a\\r\\nHost: b"}'}),
    "hours that are none": ("sources", {"polling": '[1, ["x"], 3]'}),
    "a correction that is none": ("articles", {"corrections": [["[1]", None, 0]]}),
}


def foreign() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
    return buffer.getvalue()


@pytest.fixture
def genuine(tmp_path: Path, server: FeedServer) -> bytes:
    """The archive of a library that has everything."""
    return made(server, tmp_path)[1]


@pytest.fixture
def other(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    place = paths.locate(tmp_path / "elsewhere")
    put_blank_library(place.library)
    with Library.open(place, Config(), clock=clock) as opened:
        yield opened


_EMPTY: list[bytes] = []


def refused(library: Library, folder: Path, data: bytes) -> str:
    """The sentence with which an archive is refused; not a byte of the (empty) library is another one afterwards."""
    if not _EMPTY:
        _EMPTY.append(archived(library))
    (folder / "bad.zip").write_bytes(data)
    there = {path.name for path in folder.iterdir()}
    with pytest.raises(ExtractError) as told:
        import_file(library, str(folder / "bad.zip"))
    sentence = str(told.value)
    assert sentence.startswith("bad.zip ")
    assert sentence.isprintable()
    assert len(sentence) < 300
    assert archived(library) == _EMPTY[0]
    assert {path.name for path in folder.iterdir()} == there
    return sentence


@pytest.mark.parametrize("name", list(BYTES))
def test_damaged_files(genuine: bytes, other: Library, tmp_path: Path, name: str) -> None:
    """Cut off, changed in one byte, or a ZIP of something else."""
    assert refused(other, tmp_path, BYTES[name](genuine))


@pytest.mark.parametrize("name", list(MEMBERS))
def test_members_that_do_not_belong_there(genuine: bytes, other: Library, tmp_path: Path, name: str) -> None:
    """Paths that lead out, links, bombs, bytes that do not have their hash, parts missing or too many (SAFETY 64)."""
    assert refused(other, tmp_path, remade(genuine, MEMBERS[name]))


@pytest.mark.parametrize("name", list(RECORDS))
def test_records_that_are_not_as_they_should_be(genuine: bytes, other: Library, tmp_path: Path, name: str) -> None:
    """Fields that are too long, values that would break what is read later, sources that are no address."""
    part, fields = RECORDS[name]
    assert refused(other, tmp_path, remade(genuine, with_field(f"{part}.jsonl", **fields)))


@pytest.mark.slow
def test_records_and_bytes_that_take_memory(genuine: bytes, other: Library, tmp_path: Path) -> None:
    """Fields of 10 MB, two million lists in one record, an image of 33 MiB."""
    for part, fields in (
        ("articles", {"title": "t" * 10_000_000}),
        ("evidence", {"final_url": "t" * 10_000_000}),
        ("rules", {"query": "t" * 10_000_000}),
        ("rules", {"acted_on": [[]] * 2_100_000}),
    ):
        assert refused(other, tmp_path, remade(genuine, with_field(f"{part}.jsonl", **fields)))
    assert refused(other, tmp_path, remade(genuine, lambda parts: first_blob(parts, bytes(33 << 20))))


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("rules.jsonl", lambda _body: b'{"a":' + b"[" * 100_000 + b"\n"),
        ("articles.jsonl", lambda body: body + body),
        ("sources.jsonl", lambda body: body + body),
        ("gone.jsonl", lambda body: body + b"{}\n"),
        ("experts.jsonl", lambda body: body[:-1]),
    ],
    ids=["too deep", "articles twice", "sources twice", "an empty record", "cut off"],
)
def test_lines_that_are_not_as_they_should_be(
    genuine: bytes, other: Library, tmp_path: Path, part: str, change: Callable[[bytes], bytes]
) -> None:
    """Also when the manifest has been given the hash that is then right."""
    assert refused(other, tmp_path, remade(genuine, replaced(part, change)))


def test_hashes_are_compared(genuine: bytes, other: Library, tmp_path: Path) -> None:
    """A part that was changed without its hash."""
    forged = remade(genuine, replaced("evidence.jsonl", lambda body: body.replace(b"Case", b"Cass")), sign=False)
    assert "the hash of evidence.jsonl does not agree" in refused(other, tmp_path, forged)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_is_there_twice(genuine: bytes, other: Library, tmp_path: Path) -> None:
    """Which of the two somebody checked and which is used can never be said: refused."""
    forged = remade(genuine, more("rules.jsonl"), sign=False)
    assert "holds rules.jsonl twice" in refused(other, tmp_path, forged)


def test_a_list_of_members_too_long_for_memory(genuine: bytes, other: Library, tmp_path: Path) -> None:
    """What the end of the file claims is judged before anything is read by it."""
    end = genuine.rindex(b"PK\x05\x06")
    forged = genuine[: end + 12] + (1 << 30).to_bytes(4, "little") + genuine[end + 16 :]
    assert "more members than an archive can have" in refused(other, tmp_path, forged)


def test_bombs(genuine: bytes, other: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks to more than an archive of its size can hold is refused before it is unpacked (SAFETY 64)."""
    monkeypatch.setattr("reader.service.archive_members.FLOOR", 2**20)
    forged = remade(genuine, replaced("gone.jsonl", lambda _body: b" " * 30_000_000 + b"\n"))
    assert "unpacks to more than an archive of its size can hold" in refused(other, tmp_path, forged)


def test_a_long_text_that_says_one_thing_all_over(library: Library, other: Library, tmp_path: Path) -> None:
    """A small library with a text that packs a thousandfold is no bomb: it comes back."""
    (tmp_path / "long.txt").write_text("Title\n\n" + "It says so. " * 60_000)
    add(library, str(tmp_path / "long.txt"))
    (tmp_path / "library.zip").write_bytes(archived(library))
    assert import_file(other, str(tmp_path / "library.zip")).added == 1
    assert archived(other) == archived(library)


def test_nothing_but_a_file(other: Library, tmp_path: Path) -> None:
    """A pipe, a device, a folder that cannot be read, a link to /proc: a sentence, at once (SAFETY 58)."""
    os.mkfifo(tmp_path / "pipe.zip")
    (tmp_path / "made-up.zip").symlink_to("/proc/self/environ")
    (tmp_path / "zero.zip").symlink_to("/dev/zero")
    for name in ("pipe.zip", "made-up.zip", "zero.zip", "none.zip"):
        with pytest.raises(SourceError):
            import_file(other, str(tmp_path / name))
    assert other.counts().total == 0


def test_archives_of_before(genuine: bytes, other: Library, tmp_path: Path) -> None:
    """An archive of the first version, which knew neither evidence nor rules, still comes in."""

    def older(parts: Parts) -> Parts:
        kept = {"sources.jsonl", "articles.jsonl", "gone.jsonl", "searches.jsonl", "files.jsonl", "experts.jsonl"}
        made: Parts = []
        for name, body in parts:
            if name == "manifest.json":
                manifest = json.loads(body)
                manifest["version"] = 1
                del manifest["bytes"]
                manifest["members"] = {part: manifest["members"][part] for part in kept}
                manifest["last_ids"] = {part: manifest["last_ids"][part] for part in ("article", "source")}
                made.append((name, json.dumps(manifest).encode()))
            elif name in kept:
                records = [json.loads(line) for line in body.splitlines()]
                for record in records:
                    for part in ("notes", "page", "wanted", "hidden"):
                        record.pop(part, None)
                made.append((name, b"".join(json.dumps(record).encode() + b"\n" for record in records)))
        return made

    (tmp_path / "old.zip").write_bytes(remade(genuine, older))
    assert import_file(other, str(tmp_path / "old.zip")).refused == ()
    assert other.counts().saved >= 5
