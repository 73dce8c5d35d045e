"""Feeds that an HTML page names: `<link rel="alternate" type="application/rss+xml" href=…>`.

The rules are those of https://www.rssboard.org/rss-autodiscovery and of the HTML standard; nothing is fetched, and
whether a feed on another host may be asked is for the caller and the reader to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from reader.text.addresses import join, normalise, shown_host
from reader.text.clean import clean_line

MAX_HTML = 1_000_000  # characters that are looked at; what a page names, it names near its beginning
MAX_FEEDS = 50
MAX_TAG = 4_000  # characters of one tag
MAX_TITLE = 300

_TYPES = {
    "application/rss+xml": 0,
    "application/atom+xml": 0,
    "application/rdf+xml": 1,
    "application/feed+json": 1,
    "application/x-rss+xml": 1,
    "application/x-atom+xml": 1,
    "text/rss+xml": 1,
    "text/atom+xml": 1,
    "text/xml": 2,
    "application/xml": 2,
    "application/json": 2,
}


def find_feeds(html: str, *, url: str) -> list[tuple[str, str]]:
    """Return the feeds that a page at `url` names, as (absolute http(s) address, title): the same host first, then
    in the order of the page, comments' feeds last, each once. Never raises; work is bounded."""
    page, base = url, url
    host = _host(page)
    found: list[tuple[int, str, str]] = []
    for tag, attrs in _tags(html[:MAX_HTML]):
        if tag == "base":
            base = (join(page, attrs.get("href", "")) if base == page else "") or base
            continue
        rank = _rank(tag, attrs)
        address = join(base, attrs.get("href", "")) if rank is not None and attrs.get("href") else ""
        if rank is not None and address and len(found) < 10 * MAX_FEEDS:
            found.append((rank, address, clean_line(attrs.get("title", ""), MAX_TITLE)))
    seen: set[str] = set()
    feeds = []
    for order, (rank, address, title) in enumerate(found):
        identity = normalise(address)
        if identity in seen:
            continue
        seen.add(identity)
        feeds.append((_host(address) != host, _is_about_comments(address, title), rank, order, address, title))
    return [(address, title) for *_rank, address, title in sorted(feeds)][:MAX_FEEDS]


# A tokenizer of its own: html.parser needs quadratic time for pages that never close a tag or a comment.
_MARK = re.compile(r"<(?:(!--)|(script|style|textarea|title|xmp)\b|(link|base|a)(?=[\s/]))", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_TAG_END = re.compile(r""">|["']""")


def _tags(html: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The `link`, `a` and `base` elements of a page, wherever they stand, but for comments, scripts and the like."""
    lower = html.lower()
    if len(lower) != len(html):  # a few letters have no lower case of the same length
        lower = html
    at = 0
    while mark := _MARK.search(html, at):
        comment, raw, tag = mark.groups()
        if tag:
            at = _tag_end(html, mark.end())
            yield tag.lower(), _attributes(html[mark.end() : at])
            continue
        close = "-->" if comment else f"</{raw.lower()}"
        at = lower.find(close, mark.end())
        if at < 0:  # the rest of the page is inside it
            return
        at += len(close)


def _tag_end(html: str, start: int) -> int:
    """Where a tag ends: at the first `>` that is not quoted, or after `MAX_TAG` characters."""
    at, limit = start, start + MAX_TAG
    while mark := _TAG_END.search(html, at, limit):
        if mark[0] == ">":
            return mark.start()
        at = html.find(mark[0], mark.end(), limit) + 1
        if not at:
            break
    end = html.find(">", start, limit)
    return end if end >= 0 else min(limit, len(html))


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def _rank(tag: str, attrs: dict[str, str]) -> int | None:
    """How surely an element names a feed, 0 best; None if it does not."""
    relations = attrs.get("rel", "").lower().split()
    kind = attrs.get("type", "").lower().partition(";")[0].strip()
    if "stylesheet" in relations or not ("alternate" in relations or "feed" in relations):
        return None
    if kind in _TYPES:
        return (
            _TYPES[kind] if kind not in ("application/json", "application/xml", "text/xml") or tag == "link" else None
        )
    return 1 if "feed" in relations and not kind else None


def _host(address: str) -> str:
    return shown_host(address).removeprefix("www.")


def _is_about_comments(address: str, title: str) -> bool:
    return "comments" in urlsplit(address).path.lower().split("/") or "comments feed" in title.lower()
