"""Raw entries to the records that leave this room: clean, dated, with absolute addresses, whichever path read them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from html import escape, unescape

from reader.feeds.persons import joined
from reader.feeds.raw import MAX_ENTRIES, RawEntry, RawFeed, RawMedia
from reader.model import Feed, FeedEntry, Media
from reader.text.addresses import is_web, join
from reader.text.clean import clean_line, clean_text
from reader.text.dates import parse_date

MAX_LINE = 1_000  # characters of a title, author or tag
MAX_ID = 2_000
MAX_TAGS = 100
MAX_MEDIA = 100


def assemble(raw: RawFeed, *, format_name: str, url: str, warnings: list[str]) -> Feed:
    """Return the cleaned feed. Relative addresses mean what they mean at the feed's site, else at its own address."""
    own = url if is_web(url) else join("", raw.self_link)
    link = join(own, raw.link) if raw.link and not _is_mere_id(raw) else ""
    base = link or own
    entries = _newest(raw.entries, warnings)
    one_date = format_name.startswith(("rss", "rdf"))
    return Feed(
        format=format_name,
        title=title_line(raw.title, raw.title_type),
        link=link,
        entries=tuple([entry_of(entry, base, one_date=one_date) for entry in entries]),
        warnings=tuple(warnings),
        language=clean_line(raw.language, 35).replace("_", "-"),
    )


def entry_of(raw: RawEntry, base: str, *, one_date: bool = False) -> FeedEntry:
    """Return one cleaned entry; `base` is what its relative addresses are resolved against.

    With `one_date` (RSS, whose items often have a `dc:date` and nothing else) a lone date is that of publishing, too.
    """
    if raw.enclosures and raw.alternates and raw.link not in raw.alternates and _is_enclosure(raw):
        raw.link = raw.alternates[-1]  # an enclosure is the entry's address only if there is no other
    link = join(base, raw.link) if raw.link and not _is_mere_id(raw) else ""
    if not link and raw.alternates:
        link = next(filter(None, (join(base, address) for address in raw.alternates)), "")
    author = joined(raw.authors, raw.author) if len(raw.authors) > 1 else raw.author
    content, content_base = _content(raw)
    published, updated = _date(raw.published) or _date(raw.created), _date(raw.updated)
    return FeedEntry(
        id=_identity(raw.id),
        title=title_line(raw.title, raw.title_type),
        link=link,
        author=_line(author) if author else "",
        published=published or (updated if one_date else None),
        updated=updated,
        summary=_markup(raw.summary, raw.summary_type),
        content_html=_absolute(content, content_base) if content_base else content,
        tags=_tags(raw.tags) if raw.tags else (),
        enclosures=_media(raw.enclosures, base) if raw.enclosures else (),
    )


def _is_enclosure(raw: RawEntry) -> bool:
    return any(media.url == raw.link for media in raw.enclosures)


def _is_mere_id(raw: RawEntry | RawFeed) -> bool:
    """feedparser takes an id for the link if there is none; an id that is neither an address nor a path is no link."""
    return raw.link == raw.id and not raw.link.startswith(("/", "http:", "https:")) and not is_web(raw.link)


# --- titles ----------------------------------------------------------------------------------------------------------

# Elements that people put into titles for looks. Anything else in angle brackets is what the title is about.
_FORMATTING = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|i|ins|kbd|mark|nobr|p|q|s|samp|small|span|strike|strong|sub|sup|tt"
    r"|u|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_EMBEDDED = re.compile(r"</?(?:applet|embed|object|param)\b[^<>]*>", re.IGNORECASE)  # nobody closes them in a title
_BREAKING = re.compile(r"</?(?:br|div|p)\b", re.IGNORECASE)


def title_line(title: str, kind: str) -> str:
    """Return a title as one clean line. Of a kind that may be HTML, markup for looks is dropped and entities resolved;
    what is not markup (`Vec<T>`, `<script>` in RSS) stays literal. Nothing becomes empty by this."""
    if kind != "text/plain" and ("<" in title or "&" in title):
        title = title[: 20 * MAX_LINE]
        if kind and "<" in title:
            from reader.text.html import plain  # 20 ms; few titles say that they are HTML and mean it

            text = plain(_EMBEDDED.sub("", title), MAX_LINE)
        else:
            text = _REFERENCE.sub(_character, _FORMATTING.sub(_space_for_break, title) if "<" in title else title)
        title = text if text.strip() else title
    return _line(title)


def _line(text: str, limit: int = MAX_LINE) -> str:
    if text.isascii() and text.isprintable() and "  " not in text and len(text) <= limit and text.strip() == text:
        return text  # what cleaning would do to nearly all lines: nothing
    return clean_line(text, limit)


_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")  # `?a=1&copy=2` is none


def _character(match: re.Match[str]) -> str:
    return unescape(match[0])


def _space_for_break(match: re.Match[str]) -> str:
    return " " if _BREAKING.match(match[0]) else ""


# --- content ---------------------------------------------------------------------------------------------------------

_LOOKS_LIKE_MARKUP = re.compile(r"<[A-Za-z/!?]|&[#\w]+;")
_EMPTY_ELEMENT = re.compile(r"></(?:br|hr|img|input|col|area|wbr|source|embed|param|track|link|meta)>", re.IGNORECASE)
_ADDRESS = re.compile(r"""(\s(?:href|src|poster|cite)\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)


def _content(raw: RawEntry) -> tuple[str, str]:
    """The HTML of the entry's content: the first that is HTML, else the first text; and the base that it states."""
    best = None
    for item in raw.contents:
        if item[1] and (best is None or best[0] == "text/plain" != item[0]):
            best = item
    return (_markup(best[1], best[0]), best[2]) if best else ("", "")


def _markup(text: str, kind: str) -> str:
    """Text of a MIME type as HTML: markup kept, plain text escaped if it could be taken for HTML."""
    if kind == "text/plain" and _LOOKS_LIKE_MARKUP.search(text):
        text = escape(text, quote=False)
    elif kind == "application/xhtml+xml":
        text = _EMPTY_ELEMENT.sub("/>", text)
    return text


def _absolute(html: str, base: str) -> str:
    """Relative addresses in attributes, resolved against an `xml:base` that only the feed knows."""
    if not is_web(base):
        return html

    def resolve(match: re.Match[str]) -> str:
        quote, address = match[2][0], unescape(match[2][1:-1])
        if address.startswith("#") or is_web(address):
            return match[0]
        absolute = join(base, address)
        return f"{match[1]}{quote}{escape(absolute)}{quote}" if absolute else match[0]

    return _ADDRESS.sub(resolve, html)


# --- the rest --------------------------------------------------------------------------------------------------------


def _identity(stated: str) -> str:
    """What the feed says, clean and of bounded length: of a huge id, its beginning and its digest."""
    if len(stated) > MAX_ID:
        stated = stated[: MAX_ID - 70] + "…" + sha256(stated.encode("utf-8", "replace")).hexdigest()
    return _line(stated, MAX_ID)


def _date(stated: str) -> datetime | None:
    moment = parse_date(stated) if stated else None
    return moment.replace(microsecond=0) if moment and moment.microsecond else moment  # whole seconds, as all show


def _tags(stated: list[str]) -> tuple[str, ...]:
    lines = [title_line(tag, "") for tag in stated[: 10 * MAX_TAGS]]
    return tuple(dict.fromkeys(filter(None, lines)))[:MAX_TAGS]


def _media(stated: list[RawMedia], base: str) -> tuple[Media, ...]:
    found: dict[str, Media] = {}
    for media in stated[: 10 * MAX_MEDIA]:
        url = join(base, media.url) if media.url else ""
        if url and url not in found and len(found) < MAX_MEDIA:
            # feedparser says text/html where a link states no type; no enclosure is a page.
            kind = "" if media.type == "text/html" else _line(media.type, 100)
            found[url] = Media(url, kind, _length(media.length))
    return tuple(found.values())


def _length(stated: str) -> int | None:
    stated = stated.strip()
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) <= 15 else None


def _newest(entries: list[RawEntry], warnings: list[str]) -> list[RawEntry]:
    """At most `MAX_ENTRIES`, the newest by date, in the order of the feed; undated ones count as newest first."""
    if len(entries) <= MAX_ENTRIES:
        return entries
    warnings.append(f"The feed has {len(entries):,} entries; the newest {MAX_ENTRIES:,} were kept.")
    dates = [_date(entry.published) or _date(entry.updated) for entry in entries]
    if sum(date is None for date in dates) > len(entries) // 2:
        return entries[:MAX_ENTRIES]
    oldest = datetime.min.replace(tzinfo=UTC)
    key: Callable[[int], datetime] = lambda index: dates[index] or oldest  # noqa: E731 - typed
    kept = sorted(sorted(range(len(entries)), key=key, reverse=True)[:MAX_ENTRIES])
    return [entries[index] for index in kept]


def markup_of_text(text: str) -> str:
    """Plain text as HTML paragraphs."""
    paragraphs = re.split(r"\n\s*\n", clean_text(text).strip())
    return "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs if paragraph.strip())
