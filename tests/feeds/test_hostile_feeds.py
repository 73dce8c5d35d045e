"""Hostile feeds: nothing is opened, expanded or waited for; every body gives entries or one sentence."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import FeedError
from reader.feeds import parse_feed
from reader.model import Feed
from reader.text.clean import clean_line

CEILING = 20.0  # seconds; ten times and more what the slowest of these needs
MIB = 2**20


def rss(items: str, prologue: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{prologue}<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()
    )


def laughs(levels: int) -> str:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels))
    return f'<!DOCTYPE rss [<!ENTITY a0 "lol">{entities}]>'


ITEM = "<item><title>story</title></item>"
BOMBS: dict[str, bytes] = {
    "billion laughs": rss("<item><title>x&a11;</title></item>", laughs(12)),
    "quadratic blow-up": rss(
        f"<item><title>{'&a;' * 10_000}</title></item>", f'<!DOCTYPE r [<!ENTITY a "{"A" * 100_000}">]>'
    ),
    "one long entity": rss(
        f"<item><title>{'&a;' * 10_000}</title></item>", f'<!DOCTYPE r [<!ENTITY a "{"A" * 900}">]>'
    ),
    "external entity": rss(
        "<item><title>x&e;y</title></item>", '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    ),
    "external DTD": rss(
        ITEM, '<!DOCTYPE rss SYSTEM "http://127.0.0.2:9/x.dtd" [<!ENTITY % p SYSTEM "http://127.0.0.2:9/p">%p;]>'
    ),
    "XInclude": rss(ITEM + '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
    "stylesheet": rss(ITEM, '<?xml-stylesheet href="http://127.0.0.2:9/x.xsl" type="text/xsl"?>'),
    "backslash entity": rss("<item><title>&path;</title></item>", '<!DOCTYPE rss [<!ENTITY path "C:\\data">]>'),
    "blank lines": rss(ITEM, "\n" * 200_000),
    "many attributes": rss("<item " + " ".join(f'a{n}="x"' for n in range(100_000)) + "><title>t</title></item>"),
    "nested XML": rss(f"<item><title>t</title>{'<a>' * 100_000}{'</a>' * 100_000}</item>"),
    "nested HTML": rss(f"<item><description>{'&lt;div&gt;' * 50_000}deep</description></item>"),
    "character references": rss("<item><title>x&#99999999999999;&#x110000;&#xD800;&#0;y</title></item>"),
    "lone surrogates": rss("<item><title>x@@y</title></item>").replace(b"@@", b"\xed\xa0\x80 \xef\xbf\xbf"),
    "odd codec": rss(ITEM).replace(b'"1.0"', b'"1.0" encoding="undefined"'),
    "no text codec": rss(ITEM).replace(b'"1.0"', b'"1.0" encoding="zlib_codec"'),
    "control bytes": rss("<item><title>a\x00\x01\x08\x1bb</title></item>"),
    "half a feed": rss(ITEM * 3)[:-40],
    "many tags": rss(f"<item><title>t</title>{''.join(f'<category>{n}</category>' for n in range(50_000))}</item>"),
    "a damaged feed with a huge author": rss(f"<item><author>{'a.' * 50_000}</author><b></item>"),
    "a damaged feed with many tags": rss(f"<item>{'<category>x</category>' * 20_000}<b></item>"),
    "a damaged feed with many attributes": rss("<item " + 'a="b" ' * 50_000 + "><b></item>"),
    "huge values": rss(f"<item><title>{'A' * 5 * MIB}</title><guid>{'g' * MIB}</guid></item>"),
    "many entries": rss(ITEM * 60_000),
    "unclosed elements": b"<rss version='2.0'><channel>" + b"<item><title>t" * 8_000,
    "unclosed CDATA": rss(ITEM * 2 + "<item><description><![CDATA[" * 5_000),
    "unclosed DOCTYPE": b'<?xml version="1.0"?><!DOCTYPE rss [' + b"<!--" * 100_000 + rss(ITEM),
    "entities in CDATA": rss("<![CDATA[" * 20_000 + ITEM, '<!DOCTYPE r [<!ENTITY a "b">]>'),
}


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS)
def test_bombs_cost_little_and_say_little(body: bytes) -> None:
    """Each is read or refused at once, and whatever comes out is short, clean and free of file contents."""
    begin = time.perf_counter()
    feed, sentence = read(body)
    assert time.perf_counter() - begin < CEILING
    if feed:
        check_clean(feed)
        assert "root:" not in str(feed)
        assert len(feed.entries) <= 5_000
    else:
        assert sentence.endswith(".")


def read(body: bytes, **more: str) -> tuple[Feed | None, str]:
    """The feed, or the sentence that says why there is none."""
    try:
        return parse_feed(body, **more), ""
    except FeedError as error:
        return None, str(error)


def check_clean(feed: Feed) -> None:
    """No control, no line break and no flood in what is shown; everything can be encoded."""
    assert clean_line(feed.title) == feed.title
    for entry in feed.entries:
        for line in (entry.title, entry.author, *entry.tags):
            assert clean_line(line) == line
            assert len(line) <= 1_000
        assert len(entry.id) <= 2_000
        assert entry.link == "" or entry.link.lower().startswith(("http://", "https://"))
        assert "\x1b" not in entry.content_html + entry.summary
        assert "\x00" not in entry.content_html + entry.summary
        str(astuple(entry)).encode()


EXPANDED = [
    ('<!ENTITY a "lol">', "x&a;y", "xloly"),
    ('<!ENTITY a "C:\\data">', "&a;", "C:\\data"),
    ('<!ENTITY a "&#233;">', "caf&a;", "café"),
    ("<!ENTITY a 'it&#39;s'>", "&a;", "&a;"),
    ('<!ENTITY a "lol"><!ENTITY b "&a;&a;">', "&b;&a;", "&b;lol"),
    ('<!ENTITY lt "x">', "1 &lt; 2", "1 < 2"),
    ('<!ENTITY a "lol">', "<![CDATA[&a;]]>", "&a;"),
]


@pytest.mark.parametrize(("declared", "written", "title"), EXPANDED)
def test_only_plain_entities_of_the_feed_are_known(declared: str, written: str, title: str) -> None:
    """A feed may abbreviate text for itself; entities in entities, files and predefined names stay what they are."""
    feed = parse_feed(rss(f"<item><title>{written}</title></item>", f"<!DOCTYPE rss [{declared}]>"))
    assert feed.entries[0].title == title


WATCHED = """
import sys
from reader.errors import FeedError
from reader.feeds import parse_feed
import reader.feeds.tolerant, reader.feeds.jsonfeed, reader.text.html, reader.feeds.autodiscovery, feedparser
bodies = [bytes.fromhex(line) for line in sys.stdin.read().split()]
parse_feed(b"<rss><channel><item><title>x &nbsp <b>", url="https://news.example/")  # whatever is imported late
seen = []
watched = ("open", "os.open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system")
sys.addaudithook(lambda event, args: event in watched and seen.append((event, str(args)[:200])))
for body in bodies:
    try:
        parse_feed(body, url="https://news.example/feed")
    except FeedError:
        pass
seen = [one for one in seen if ".py" not in one[1] and ".pyc" not in one[1]]
sys.exit(str(seen) if seen else 0)
"""


def test_no_body_makes_the_parser_open_or_connect(tmp_path: Path) -> None:
    """Bodies that name files, pipes and addresses, and every bomb: no file is opened, no socket connected."""
    real = tmp_path / "real.xml"
    real.write_bytes(rss(ITEM))
    names = ["/etc/passwd", "/dev/zero", str(real), "file:///etc/passwd", "http://127.0.0.2:9/secret", "C:\\data", "."]
    bodies = [name.encode() for name in names] + [f"<{name}".encode() for name in names] + list(BOMBS.values())
    bodies += [rss(f"<item><link>{name}</link><title>{name}</title>").replace(b"</rss>", b"") for name in names]
    bodies = [body for body in bodies if len(body) < MIB]
    done = subprocess.run(
        [sys.executable, "-c", WATCHED],
        input="\n".join(body.hex() for body in bodies),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


# --- mutations -----------------------------------------------------------------------------------------------------

SEEDS = [
    rss("<item><title>a &amp; b</title><link>/x</link><pubDate>Tue, 03 Nov 2026 10:00:00 GMT</pubDate></item>" * 2),
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='xhtml'><div>a</div></title></entry></feed>",
    b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_html":"<p>x</p>"}]}',
    b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><item><title>&nbsp;</title></item></rdf:RDF>",
]
PIECES = [
    b"<",
    b">",
    b"&",
    b";",
    b"&#x",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"<!DOCTYPE x [",
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",
]
PIECES += [
    b'"',
    b"'",
    b"</item>",
    b"<item>",
    b"&nbsp;",
    b"xmlns:a='b' ",
    b"type='xhtml' ",
    b"\xe2\x80",
    b"{",
    b"[",
    b"9" * 400,
]


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    body = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(body)))
        cut = draw(st.integers(0, 20))
        body = body[:at] + draw(st.sampled_from(PIECES) | st.binary(max_size=4)) + body[at + cut :]
    return body


@settings(max_examples=150, deadline=None)
@given(mutations(), st.sampled_from(["", "text/xml; charset=utf-16", "text/html", "application/json; charset=x"]))
def test_damaged_feeds_are_read_or_refused_but_never_raise(body: bytes, content_type: str) -> None:
    """Feeds cut, spliced and stuffed with anything: clean entries, or `FeedError`, and no other exception."""
    feed, sentence = read(body, url="https://news.example/feed", content_type=content_type)
    if feed:
        check_clean(feed)
    else:
        assert sentence.endswith(".")


# --- the hostile server --------------------------------------------------------------------------------------------

LARGE = {"/feed-20mb.xml", "/entries-50k.xml"}
SKIPPED_GROUPS = {"compression", "stream", "headers", "redirect", "status", "page"}  # what never reaches a parser


@pytest.fixture(scope="module")
def hostile() -> Iterator[Any]:
    path = Path(__file__).parents[2].parent / "shared" / "hostile" / "hostile_server.py"
    spec = importlib.util.spec_from_file_location("hostile_server", path) if path.is_file() else None
    if spec is None or spec.loader is None:
        pytest.skip("the hostile server is not on this machine")
    module = importlib.util.module_from_spec(spec)
    sys.modules["hostile_server"] = module
    spec.loader.exec_module(module)
    with module.HostileServer() as server:
        yield module, server
    del sys.modules["hostile_server"]


@pytest.mark.parametrize("large", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_every_hostile_body_is_read_or_refused(hostile: tuple[Any, Any], large: bool) -> None:
    """All feed-like paths give the stated number of entries or one sentence, at once, and the canary stays silent."""
    module, server = hostile
    checked = 0
    for path, case in module.CASES.items():
        if case["group"] in SKIPPED_GROUPS or (path in LARGE) is not large:
            continue
        with urllib.request.urlopen(server.url(path), timeout=30) as reply:
            body, kind = reply.read(16 * MIB), reply.headers.get("Content-Type", "")
        begin = time.perf_counter()
        feed, sentence = read(body, url=server.url(path), content_type=kind)
        assert time.perf_counter() - begin < CEILING, path
        if feed is None:
            assert case["outcome"] in ("error", "partial") or path == "/good-article", (path, sentence)
        else:
            assert case["outcome"] != "error" or path == "/feed-20mb.xml", path
            check_clean(feed)
            assert "entries" not in case or len(feed.entries) == case["entries"], path
        checked += 1
    assert checked >= (2 if large else 40)
    assert server.canary_hits == []
