"""Title, author, dates, address and more of an HTML page, from its own words (floor 3, pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from reader.extract.structured import article_node, strings
from reader.text.addresses import is_web, join
from reader.text.clean import clean_line
from reader.text.dates import parse_date
from reader.text.html import plain

MAX_TITLE = 300
MAX_SUMMARY = 500
MAX_NAME = 200
MAX_SECTION = 60
MAX_TAGS = 20
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)\s*(\S{1,8000})\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile(.{0,12000}?)-->", re.DOTALL)
_SINGLE_FILE_URL = re.compile(r"^\s*url:\s*(\S+)", re.MULTILINE)
_SINGLE_FILE_DATE = re.compile(r"^\s*saved date:\s*([^\n(]{8,80})", re.MULTILINE)
_HEAD = 65_536  # characters in which a saving program leaves its comment
_SEPARATORS = (" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " » ")

_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "publishdate", "publish-date", "publish_date",
    "pubdate", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
    "dcterms.created", "dc.date.created", "citation_publication_date", "article.published", "date",
    "originalpublicationdate", "cxenseparse:recs:publishtime", "published-date", "publication_date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "dc.date.modified",
    "lastmod", "revised",
)  # fmt: skip
_BYLINE_END = re.compile(
    r"\s*(?:[|•·@\n]|\d|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s+\d|\bPublished\b|\bUpdated\b)",
    re.I,
)
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl",
            "citation_author", "twitter:creator")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What was found; "" or None where the page says nothing. `body` is the article's text where JSON-LD holds it."""

    title: str = ""
    author: str = ""
    section: str = ""
    summary: str = ""
    url: str = ""
    language: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    tags: tuple[str, ...] = ()
    base_url: str = ""
    body: str = ""


def page_metadata(tree: Any, source: str, *, url: str = "") -> PageMetadata:
    """Return what the page says about itself.

    `tree` is its root element, `source` its HTML (for the comments that saving programs leave at the top), `url` the
    address it was fetched from, "" for a local file. The address is the canonical one unless that names another host
    or only the front page; the date of saving is the last resort for `published`.
    """
    saved_url, saved_date = _saved(source)
    origin = url if is_web(url) else saved_url
    meta = _meta(tree)
    node = article_node([element.text or "" for element in tree.iter("script") if _is_json_ld(element)])
    base = join(origin, _attribute(tree, "//base/@href")) or origin
    canonical = _canonical(tree, meta, node, base)
    return PageMetadata(
        title=_title(tree, meta, node),
        author=_author(tree, meta, node),
        section=_section(_first(strings(node.get("articleSection")), meta, ("article:section", "section"), MAX_NAME)),
        summary=_first(
            strings(node.get("description")),
            meta,
            ("og:description", "description", "twitter:description"),
            MAX_SUMMARY,
        ),
        url=_better(canonical, origin),
        language=_language(tree, meta, node),
        published=_date(node, ("datePublished", "dateCreated", "uploadDate"), meta, _PUBLISHED)
        or _visible_date(tree)
        or saved_date,
        updated=_date(node, ("dateModified",), meta, _UPDATED),
        tags=_tags(node, meta),
        base_url=base or canonical,
        body=body if isinstance(body := node.get("articleBody"), str) else "",
    )


def _saved(source: str) -> tuple[str, datetime | None]:
    head = source[:_HEAD]
    if match := _SINGLE_FILE.search(head):
        address, date = _SINGLE_FILE_URL.search(match[1]), _SINGLE_FILE_DATE.search(match[1])
        return (
            address[1] if address and is_web(address[1]) else "",
            parse_date(date[1].strip()) if date else None,
        )
    match = _SAVED_FROM.search(head)
    return (match[1] if match and is_web(match[1]) else ""), None


def _meta(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for number, element in enumerate(tree.iter("meta")):
        if number > 2_000:
            break
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = element.get("content") or ""
        if name and content and len(name) < 60 and len(content) < 20_000:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _is_json_ld(element: Any) -> bool:
    return "ld+json" in (element.get("type") or "").lower()


def _attribute(tree: Any, path: str) -> str:
    values = tree.xpath(path)
    return str(values[0]) if values else ""


def _first(preferred: list[str], meta: dict[str, list[str]], names: tuple[str, ...], limit: int) -> str:
    for value in (*preferred, *(meta[name][0] for name in names if name in meta)):
        line = plain(value, limit)
        if line:
            return line
    return ""


def _section(stated: str) -> str:
    """Some sites list all their categories: the first one is it."""
    return stated if len(stated) <= 30 else clean_line(re.split(r"[,;|]", stated)[0], MAX_SECTION)


# --- address ---------------------------------------------------------------------------------------------------------


def _canonical(tree: Any, meta: dict[str, list[str]], node: dict[str, Any], base: str) -> str:
    candidates = [str(value) for value in tree.xpath("//link[contains(@rel, 'canonical')]/@href")[:3]]
    candidates += meta.get("og:url", [])[:1]
    candidates += strings(node.get("url"))[:1] + strings(node.get("mainEntityOfPage"))[:1]
    return next((address for value in candidates if (address := join(base, value))), "")


def _better(canonical: str, origin: str) -> str:
    if not canonical or not origin:
        return canonical or origin
    stated, fetched = urlsplit(canonical), urlsplit(origin)
    if _site(stated.hostname) != _site(fetched.hostname):
        return origin
    if stated.path.strip("/") == "" and fetched.path.strip("/") != "":
        return origin
    return canonical


def _site(host: str | None) -> str:
    return (host or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")


# --- title and author ------------------------------------------------------------------------------------------------


def _title(tree: Any, meta: dict[str, list[str]], node: dict[str, Any]) -> str:
    headings = [line for element in tree.xpath("//h1")[:5] if (line := plain(_text(element), MAX_TITLE))]
    candidates = [
        *strings(node.get("headline")),
        *meta.get("og:title", [])[:1],
        *meta.get("twitter:title", [])[:1],
        *(headings if len(headings) == 1 else []),
        *[_text(element) for element in tree.xpath("//head/title | //title[not(ancestor::svg)]")[:1]],
        *headings,
        *strings(node.get("name")),
    ]
    sites = [*meta.get("og:site_name", []), *strings(node.get("publisher")), *meta.get("application-name", [])]
    lines = [line for value in candidates if (line := plain(value, MAX_TITLE))]
    return _without_site(lines[0], sites, headings) if lines else ""


def _without_site(title: str, sites: list[str], headings: list[str]) -> str:
    for separator in _SEPARATORS:
        head, found, tail = title.rpartition(separator)
        if found and head and (head in headings or any(_same(tail, site) for site in sites)):
            return head.strip()
    return title


def _same(one: str, other: str) -> bool:
    return clean_line(one).casefold() == clean_line(other).casefold()


def _text(element: Any) -> str:
    from html import escape

    return escape(" ".join(text for _, text in zip(range(200), element.itertext(), strict=False)), quote=False)


def _author(tree: Any, meta: dict[str, list[str]], node: dict[str, Any]) -> str:
    candidates = strings(node.get("author"))
    if not candidates:
        for name in _AUTHORS:
            candidates = meta.get(name, [])
            if any(_is_name(value) for value in candidates):
                break
    if not any(_is_name(value) for value in candidates):
        path = "//*[@rel='author' or @itemprop='author' or contains(concat(' ', @class, ' '), ' byline ')]"
        candidates = [_BYLINE_END.split(_text(element).strip(), maxsplit=1)[0] for element in tree.xpath(path)[:1]]
    names: list[str] = []
    for value in candidates[:10]:
        line = re.sub(r"^(?:written\s+)?by[\s:]+", "", plain(value, MAX_NAME), flags=re.IGNORECASE)
        if _is_name(line) and line not in names:
            names.append(line)
    return clean_line(", ".join(names), MAX_NAME)


def _is_name(value: str) -> bool:
    return bool(value.strip()) and len(value) < MAX_NAME and "://" not in value and not value.startswith(("@", "/"))


# --- dates, tags, language -------------------------------------------------------------------------------------------


def _date(
    node: dict[str, Any], keys: tuple[str, ...], meta: dict[str, list[str]], names: tuple[str, ...]
) -> datetime | None:
    stated = [value for key in keys for value in strings(node.get(key))]
    stated += [value for name in names for value in meta.get(name, [])[:1]]
    return next((date for value in stated if (date := _plausible(value))), None)


def _plausible(value: str) -> datetime | None:
    """A date that a web page can have; templates leave zeros and epochs."""
    date = parse_date(value) if len(value) < 100 else None
    return date if date and date.year >= 1990 else None


def _visible_date(tree: Any) -> datetime | None:
    paths = (
        "//time[@pubdate or @itemprop='datePublished']",
        "//*[@itemprop='datePublished']",
        "//article//time",
        "//time",
    )
    for path in paths:
        for element in tree.xpath(path)[:5]:
            value = element.get("datetime") or element.get("content") or ""
            if date := _plausible(value):
                return date
    return None


def _tags(node: dict[str, Any], meta: dict[str, list[str]]) -> tuple[str, ...]:
    stated = (
        strings(node.get("keywords")) or meta.get("article:tag") or meta.get("news_keywords") or meta.get("keywords")
    )
    tags: dict[str, None] = {}
    for value in (stated or [])[:200]:
        for word in value[:2_000].split(","):
            tag = plain(word, 60)
            if tag:
                tags[tag] = None
    return tuple(tags)[:MAX_TAGS]


def _language(tree: Any, meta: dict[str, list[str]], node: dict[str, Any]) -> str:
    stated = [
        tree.get("lang") or tree.get("xml:lang") or "",
        *strings(node.get("inLanguage")),
        *meta.get("og:locale", []),
    ]
    for value in (*stated, *meta.get("content-language", [])):
        language = value.strip().replace("_", "-")
        if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", language):
            return language
    return ""
