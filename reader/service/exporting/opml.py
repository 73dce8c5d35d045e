"""The feeds of the library as OPML, for every other reader."""

from __future__ import annotations

from reader.model import SourceKind
from reader.service.library import Library


def feeds(library: Library, *, secrets: bool = False) -> bytes:
    """An OPML document of all feeds, by section. Without `secrets`, logins and keys in addresses are left out."""
    from reader.feeds.opml import OpmlFeed, write_opml

    listed = [
        OpmlFeed(source.url, source.title, source.section, source.site_url)
        for source in library.sources()
        if source.kind is SourceKind.FEED
    ]
    return write_opml(listed, "secnews", secrets=secrets)
