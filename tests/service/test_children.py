"""Untrusted bytes are read in children that can be killed, and one bad job costs nobody else anything."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from feed_server import item, rss
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import SourceError
from reader.service import children, frames, jobs, packing
from reader.service.children import ChildFailed, Children, Stopped
from reader.service.decide import decide, identify

BLANK_LINES = b'<?xml version="1.0"?>' + b"\n" * 100_000 + rss(item(1)).partition("\n")[2].encode()
GOOD = rss(item(1), item(2)).encode()


@pytest.fixture(scope="module")
def pool() -> Children:
    return children.shared()


def read(body: bytes, pool: Children, **options: object) -> jobs.ReadFeed:
    read = jobs.read_feed(body, url="https://harbour.example/feed.xml", children=pool, **options)  # type: ignore[arg-type]  # test options
    assert isinstance(read, jobs.ReadFeed)
    return read


def work(articles: int) -> tuple[frames.Header, bytes]:
    """A job that takes several seconds."""
    text = "“The pumps stopped,” said Ines Vidal, an engineer. ".encode() * 30
    return {"job": "derive", "items": [[len(text), "", True]] * articles}, text * articles


def test_a_feed_comes_back_as_records(pool: Children) -> None:
    """Entries in the order of the document, content as bytes, summaries as one clean line."""
    got = read(GOOD, pool)
    assert [incoming.entry.title for incoming in got.incoming] == ["Story 1", "Story 2"]
    assert got.incoming[0].raw.startswith("<p>“The pumps".encode())
    assert got.incoming[0].entry.summary.startswith("“The pumps were switched off by hand,”")


SEEDS = [
    GOOD,
    b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>urn:1</id>'
    b'<updated>2026-11-02T10:00:00Z</updated><content type="html">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>',
    b'{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1","content_html":"<p>x</p>"}]}',
    b"<!doctype html><html><head><title>T</title></head><body><article><p>Some words.</p></article></body></html>",
    b"Ports\n\nA title\n\nWords and more words.\n",
]


@settings(max_examples=100)
@given(st.sampled_from(SEEDS), st.data())
def test_mutated_documents_raise_nothing_but_our_error(seed: bytes, data: st.DataObject) -> None:
    """Bytes cut, overwritten and repeated anywhere: a feed, a page, or one clean sentence."""
    at = data.draw(st.integers(0, len(seed)))
    piece = data.draw(st.one_of(st.binary(max_size=8), st.sampled_from([b"&#x110000;", b"\x00", b"]]>", b"<![CDATA["])))
    cut = data.draw(st.integers(0, 12))
    body = seed[:at] + piece * data.draw(st.integers(0, 3)) + seed[at + cut :]
    try:
        got = jobs.read_any(body, url="https://harbour.example/feed.xml")
    except SourceError as error:
        problem = str(error)
    else:
        problem = ""
        if isinstance(got, jobs.ReadFeed):
            decide(identify(got.incoming), {}, now=datetime.now(UTC))
    assert problem.isprintable()


def test_a_child_is_used_again(pool: Children) -> None:
    """Two jobs in a row run in one process."""
    read(GOOD, pool)
    first = pool._idle[-1][1]
    read(GOOD, pool)
    assert pool._idle[-1][1] is first


def test_text_and_quotes_are_derived(pool: Children) -> None:
    """Deriving gives a document and quotes whose words are cut from it."""
    html = "<p>“We lost the second pump at noon,” said Ines Vidal, an engineer at Harbour Works.</p>".encode()
    (derived,) = jobs.derive([jobs.ToDerive(html)], children=pool)
    assert derived.document is not None
    assert [derived.document.text[q.start : q.end] for q in derived.quotes] == [q.text for q in derived.quotes]
    assert derived.quotes[0].speaker is not None
    assert derived.quotes[0].speaker.name == "Ines Vidal"


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00\x01\x02" * 1000, b"{" * 100_000],
    ids=["empty", "binary", "deep JSON"],
)
def test_what_is_no_feed_is_a_sentence(pool: Children, body: bytes) -> None:
    """Whatever the parser makes of the bytes, the caller gets a feed or one clean sentence."""
    with pytest.raises(SourceError) as caught:
        read(body, pool)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("kind", ["feed", "pipe", "/dev/zero", "/etc/passwd"])
def test_a_body_that_is_a_path_opens_nothing(pool: Children, tmp_path: Path, kind: str) -> None:
    """A document whose whole text is a path is no feed, whatever lies there: it is not opened."""
    path = tmp_path / "harbour.xml"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.write_bytes(GOOD)
    body = kind if kind.startswith("/") else str(path)
    began = time.monotonic()
    with pytest.raises(SourceError) as caught:
        read(body.encode(), pool)
    assert time.monotonic() - began < 5
    assert "root:" not in str(caught.value)


def test_a_job_that_hangs_is_killed_and_the_next_one_works(pool: Children) -> None:
    """A deadline ends the child, says so, and leaves a working pool."""
    began = time.monotonic()
    with pytest.raises(ChildFailed) as caught:
        list(pool.call(*work(10_000), seconds=0.001))
    assert caught.value.kind == "timeout"
    assert "longer than" in str(caught.value)
    assert time.monotonic() - began < 10
    assert read(GOOD, pool).incoming


def test_cancel_ends_a_job_at_once(pool: Children) -> None:
    """Setting the event ends the wait and the child."""
    cancel = threading.Event()
    threading.Timer(0.3, cancel.set).start()
    began = time.monotonic()
    with pytest.raises(Stopped):
        list(pool.call(*work(10_000), cancel=cancel))
    assert time.monotonic() - began < 8


def test_memory_is_bounded(pool: Children) -> None:
    """A document whose entity doubles into gigabytes ends as an error or with less than it asks for, never with all."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "lol">{levels}]>' + rss(item(1, title="&a11;"))
    try:
        got = read(bomb.encode(), pool)
    except SourceError:
        return
    assert all(len(incoming.entry.title) < 10**6 for incoming in got.incoming)


def test_a_child_that_dies_is_an_error_and_is_replaced(pool: Children) -> None:
    """A child killed from outside while it works is one sentence; the next job gets a fresh one."""
    read(GOOD, pool)
    victim = pool._idle[-1][1]
    replies = pool.call(*work(10_000))
    next(replies)
    os.kill(victim._process.pid, 9)
    with pytest.raises(ChildFailed) as caught:
        list(replies)
    assert caught.value.kind == "died"
    assert read(GOOD, pool).incoming


def test_one_bad_article_costs_no_other(pool: Children) -> None:
    """In a batch, the one that is killed says so and the others are derived."""
    items = [jobs.ToDerive(b"<p>One.</p>"), jobs.ToDerive(b"<p>" + b"\xff\xfe" * 10), jobs.ToDerive(b"<p>Three.</p>")]
    results = list(jobs.derive(items, children=pool))
    assert results[0].document is not None
    assert results[2].document is not None
    assert results[2].document.text == "Three."


def test_many_threads_share_few_children() -> None:
    """Twenty callers, two children, all answered."""
    pool = Children(2)
    try:
        with ThreadPoolExecutor(20) as threads:
            results = list(threads.map(lambda _: len(read(GOOD, pool).incoming), range(40)))
        assert results == [2] * 40
        assert len(pool._idle) <= 2
    finally:
        pool.close()


def test_children_without_work_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Idle children are ended after a while, so that an open reader holds no memory for nothing."""
    monkeypatch.setattr(children, "IDLE_SECONDS", 0.2)
    pool = Children(1)
    read(GOOD, pool)
    process = pool._idle[-1][1]._process
    process.wait(10)
    assert pool._idle == []


def test_a_child_sees_nothing_of_ours(pool: Children) -> None:
    """No environment, no descriptor, no working directory of the reader reaches a child."""
    read(GOOD, pool)
    proc = Path(f"/proc/{pool._idle[-1][1]._process.pid}")
    if not proc.is_dir():
        pytest.skip("only Linux shows what a process has")
    assert b"HOME" not in (proc / "environ").read_bytes()
    assert os.readlink(proc / "cwd") == "/"
    assert all("pipe:" in os.readlink(fd) or os.readlink(fd) == "/dev/null" for fd in (proc / "fd").iterdir())
    limits = (proc / "limits").read_text()
    assert "unlimited" not in next(line for line in limits.splitlines() if line.startswith("Max address space"))


NOTHING = ["", "", "", "", "", "", None, None, [], ""]


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        [],
        ["x"] * 13,
        [[[0, 99, "paragraph", 0]], [], [], *NOTHING],
        [[[2, 1, "paragraph", 0]], [], [], *NOTHING],
        [[[0, 3, "paragraph", 0], [1, 4, "paragraph", 0]], [], [], *NOTHING],
        [[[0, 4, "evil", 0]], [], [], *NOTHING],
        [[[True, 4, "paragraph", 0]], [], [], *NOTHING],
        [[], [[0, 5, "https://harbour.example/"]], [], *NOTHING],
        [[], [], [["u", "t", -1]], *NOTHING],
        [[], [], [], *NOTHING[:6], "2026-11-24", None, [], ""],
        [[], [], [], *NOTHING[:6], "99999-11-24T00:00:00Z", None, [], ""],
    ],
)
def test_a_lying_child_is_not_believed(value: object) -> None:
    """A document with a wrong type, offset, enum, time or length is refused."""
    with pytest.raises(packing.PackingError):
        packing.unpack_document(value, "text")


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["paragraph", "en"]),
    lambda inner: st.lists(inner, max_size=14) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=30,
)


@settings(max_examples=120)
@given(json_values)
def test_unpacking_raises_nothing_but_its_own_error(value: object) -> None:
    """Any JSON value is a record or a PackingError."""
    for unpack in (packing.unpack_entry, packing.unpack_media):
        with contextlib.suppress(packing.PackingError):
            unpack(value)
    for unpack_over in (packing.unpack_document, packing.unpack_quotes):
        with contextlib.suppress(packing.PackingError):
            unpack_over(value, "some text")


@pytest.mark.parametrize(
    "prefix", [b"\xff" * 8, b"\x7f\xff\xff\xff\x00\x00\x00\x00", b"\x00\x00\x00\x02\xff\xff\xff\xff"]
)
def test_frames_have_bounds(prefix: bytes) -> None:
    """A length that would make the parent allocate gigabytes is refused before anything is read."""
    with pytest.raises(frames.FrameError):
        frames.lengths(prefix)


@given(st.dictionaries(st.text(), st.text()), st.binary())
def test_frames_carry_anything(header: dict[str, str], blob: bytes) -> None:
    """Header and blob come out as they went in, lone surrogates included."""
    frame = frames.pack(header, blob)
    size, rest = frames.lengths(frame[: frames.LENGTHS.size])
    body = frame[frames.LENGTHS.size :]
    assert frames.unpack(body[:size]) == header
    assert body[size:] == blob
    assert len(blob) == rest
