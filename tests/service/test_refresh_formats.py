"""Every kind of feed, added over HTTP, refreshed with force, and answered 304: nothing lost, nothing doubled."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from feed_server import FeedServer, item, rss

from reader.model import Outcome, View
from reader.service.adding import add
from reader.service.library import Library
from reader.service.refresh import refresh

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Tide Letters</title><id>urn:tides</id>
<link href="https://tides.example/"/><updated>2026-11-02T10:00:00Z</updated>
<entry><title type="html">Moor &amp;amp; buoy</title><id>urn:tides:1</id><updated>2026-11-02T10:00:00Z</updated>
<link rel="alternate" href="https://tides.example/1"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>The <em>buoy</em> drifted.</p></div></content></entry>
<entry><title>Second</title><id>urn:tides:2</id><updated>2026-11-01T10:00:00+02:00</updated>
<link href="https://tides.example/2"/><summary>Short.</summary></entry></feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://piers.example/"><title>Piers</title><link>https://piers.example/</link>
<description>d</description></channel><item rdf:about="https://piers.example/1"><title>Pier one</title>
<link>https://piers.example/1</link><dc:date>2026-11-02T08:00:00Z</dc:date></item></rdf:RDF>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Signals",
        "items": [
            {"id": "1", "url": "https://signals.example/1", "title": "Flag up", "content_html": "<p>Up.</p>"},
            {"id": "2", "url": "https://signals.example/2", "content_text": "No title, but words."},
        ],
    }
)
DAMAGED = rss(
    item(1, title="Whole", link="https://harbour.example/whole"), item(2, title="Cut & dried", body="a < b & c")
).replace("</channel></rss>", "")
NO_IDS = rss(
    item(1, guid="", date=""),
    item(2, guid="", link="", date=""),
    item(3, guid="", link="", title="", date="", body="Only words."),
    item(4, guid="", title="", date=""),
)
DUPLICATES = rss(*(item(n, guid="same") for n in range(5)))
FUTURE = rss(
    *(
        item(n, date=date)
        for n, date in enumerate(
            (
                "Fri, 01 Jan 2099 00:00:00 GMT",
                "9999-12-31T23:59:59+14:00",
                "0000-00-00T00:00:00Z",
                "Wed, 01 Jan 1969 00:00:00 GMT",
                "Thu, 32 Feb 2026 25:61:61 GMT",
                "yesterday",
            )
        )
    )
)
UTF16 = (
    '<?xml version="1.0" encoding="utf-16"?>'
    + rss(item(1, title="Prüfung ✓", link="https://harbour.example/utf16")).partition("\n")[2]
).encode("utf-16")
LATIN1 = (
    '<?xml version="1.0" encoding="iso-8859-1"?>'
    + rss(item(1, title="Café", link="https://harbour.example/latin1")).partition("\n")[2]
).encode("latin-1", "xmlcharrefreplace")
ONE_LINK = rss(*(item(n, guid="", link="https://harbour.example/live") for n in range(4)))
ESCAPES = rss(
    item(1, title="Evil &amp;#27;[2J title [/x]", link="https://harbour.example/evil"),
    item(2, title="new\nline\tand tab"),
)

FEEDS: dict[str, tuple[bytes | str, int]] = {
    "rss.xml": (rss(item(1), item(2)), 2),
    "atom.xml": (ATOM, 2),
    "rdf.xml": (RDF, 1),
    "feed.json": (JSON_FEED, 2),
    "damaged.xml": (DAMAGED, 2),
    "no-ids.xml": (NO_IDS, 4),
    "duplicates.xml": (DUPLICATES, 1),
    "future.xml": (FUTURE, 6),
    "utf16.xml": (UTF16, 1),
    "latin1.xml": (LATIN1, 1),
    "one-link.xml": (ONE_LINK, 4),
    "escapes.xml": (ESCAPES, 2),
}


def test_every_kind_of_feed(library: Library, server: FeedServer) -> None:
    """Twelve feeds: added, read, read again in full (nothing new), then 304 (nothing downloaded)."""
    for name, (body, _) in FEEDS.items():
        kind = "application/feed+json" if name.endswith("json") else "application/xml"
        add(library, server.put(f"/{name}", body, content_type=kind), derive=False)
    refresh(library, derive=False)
    counts = {source.url.rpartition("/")[2]: source.total for source in library.sources()}
    assert counts == {name: count for name, (_, count) in FEEDS.items()}  # some have the same articles
    again = refresh(library, full=True)
    assert (again.new, again.updated, again.failed) == (0, 0, 0)
    server.bodies()
    third = refresh(library, force=True)
    assert server.bodies() == 0
    assert {result.outcome for result in third.results} == {Outcome.UNCHANGED}
    assert library.pending() == 0
    check_rows(library)


def check_rows(library: Library) -> None:
    """Titles are text, one line each, in the right characters; nothing is dated in the future."""
    rows = library.window(View(), limit=1000)
    titles = {row.title for row in rows}
    assert {"Moor & buoy", "Prüfung ✓", "Café", "Flag up", "Pier one", "Whole"} <= titles
    assert all(title.isprintable() for title in titles)
    assert any("[/x]" in title for title in titles)
    assert all(row.sort_date <= library.now() for row in rows)
    assert all(row.sort_date >= datetime(1970, 1, 1, tzinfo=UTC) for row in rows)
    assert [row.sort_date for row in rows] == sorted((row.sort_date for row in rows), reverse=True)
    ids = {row.title: row.id for row in rows}
    assert "The buoy drifted." in library.article(ids["Moor & buoy"]).document.text
