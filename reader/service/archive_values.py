"""The values of an archive's records: each function returns the record, or raises one of `WRONG`.

What is let through here is stored, and must never keep the library from being read: types, ranges, offsets and
everything that is unpacked again later are tried as they will be.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from reader.model import BlockType, CaptureKind, Origin, SourceKind, SpeakerType, Wall
from reader.service.packing import PackingError, unpack_polling
from reader.sources.request import sendable
from reader.store import captures, corrections, notes, rules
from reader.store.archive import MAX_ID
from reader.text.addresses import is_web, mask
from reader.text.clean import clean_line

WRONG = (KeyError, TypeError, ValueError, RecursionError, AttributeError, PackingError)
MAX_TEXT = 16 * 2**20  # characters
MAX_RAW = 24 * 2**20  # of content in base64: a feed has at most 16 MiB
MAX_LINE = 2**20  # characters of a title, a summary, a byline
MAX_ADDRESS = 8_192
_KEY = re.compile(r"[0-9A-F]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")
_IMPORTED = re.compile(r"import:[a-z0-9_-]{1,60}")
Record = dict[str, Any]


def source(record: Record) -> Record:
    url = text(record["url"], MAX_ADDRESS)
    whole(record["id"], MAX_ID, 1)
    kind = SourceKind(record["kind"])
    if kind in (SourceKind.FEED, SourceKind.PAGE) and not is_web(url) and not _IMPORTED.fullmatch(url):
        raise ValueError(kind)
    for name in ("own_title", "feed_title", "section", "site_url", "status", "reason", "etag", "last_modified"):
        text(record[name], MAX_ADDRESS)
    text(record["body_hash"], 200)
    text(record["moved_to"], MAX_ADDRESS)
    whole(record["full_text"], 1)
    if record["interval"] is not None:
        whole(record["interval"], 2**31)
    if record["polling"] is not None:
        unpack_polling(json.loads(text(record["polling"], 65_536)))
    if record["headers"] is not None:
        headers = json.loads(text(record["headers"], 65_536))
        if not all(sendable(name, text(value, 8_192)) for name, value in headers.items()):
            raise ValueError("headers")
    whole(record["errors"], 2**31)
    for name in ("paused", "removed"):
        whole(record[name], 1)
    time(record["added"])
    for name in ("last_success", "next_fetch"):
        maybe(time, record[name])
    if record["next_fetch"] is not None and record["status"] == "new":
        record["next_fetch"] = None
    return record | {"shown": mask(url) if "://" in url else clean_line(PurePath(url).name or url, 300)}


def article(record: Record) -> Record:
    for name in ("id", "source"):
        whole(record[name], MAX_ID, 1)
    Origin(record["origin"])
    for name in ("section", "title", "author", "url", "language", "summary"):
        text(record[name], MAX_LINE)
    for name in ("own_section", "read"):
        whole(record[name], 1)
    for name in ("sort_date", "added"):
        time(record[name])
    for name in ("saved_at", "published", "updated"):
        maybe(time, record[name])
    text(record["dated_by"], 100)
    for tag in [*record["tags"], *record["own_tags"], *record.setdefault("stated_own_tags", [])]:
        text(tag, 1_000)
    media(record["enclosures"])
    for key, digest in record["keys"]:
        if not _KEY.fullmatch(key):
            raise ValueError(key)
        text(digest, 1_000)
    for number, section, keys in record.setdefault("also", []):  # archives of earlier versions have none
        whole(number, MAX_ID, 1)
        text(section, 1_000)
        for key, digest in keys:
            if not _KEY.fullmatch(key):
                raise ValueError(key)
            text(digest, 1_000)
    for correction in record["corrections"]:
        _correction(*correction)
    if record["text"] is not None:
        _words(record)
    if len(record.setdefault("notes", [])) > notes.MAX_NOTES:
        raise ValueError("notes")
    for note in record["notes"]:
        _note(*note)
    if record.setdefault("page", None) is not None:
        _page(record["page"])
    if record.setdefault("wanted", None) is not None:
        since, tries, next_try, reason = record["wanted"]
        time(since)
        whole(tries, 2**31)
        maybe(time, next_try)
        text(reason, 5_000)
    return record | {"raw": b64decode(text(record["raw"], MAX_RAW), validate=True)}


def capture(record: Record) -> Record:
    whole(record["article"], MAX_ID, 1)
    CaptureKind(record["kind"])
    Wall(record["wall"])
    for name in ("fetched", "checked"):
        time(record[name])
    for name in ("url", "final_url"):
        text(record[name], MAX_ADDRESS)
    text(record["content_type"], 1_000)
    text(record["title"], MAX_LINE)
    _words(record)
    _kept(record)
    if not _HASH.fullmatch(record["text_sha256"]):
        raise ValueError("text_sha256")
    if len(record["images"]) > captures.MAX_IMAGES:
        raise ValueError("images")
    for image in record["images"]:
        text(image["url"], MAX_ADDRESS)
        text(image["type"], 1_000)
        text(image["problem"], 5_000)
        _kept(image)
    return record


def rule(record: Record) -> Record:
    whole(record["id"], MAX_ID, 1)
    rules.Action(record["action"])
    text(record["value"], 1_000)
    text(record["query"], 20_000)
    if record["source"] is not None:
        whole(record["source"], MAX_ID, 1)
    whole(record["enabled"], 1)
    whole(record["version"], 2**31)
    for number in record["acted_on"]:
        whole(number, MAX_ID, 1)
    return record


def gone(record: Record) -> Record:
    whole(record["source"], MAX_ID, 1)
    whole(record["article"], MAX_ID)
    text(record["digest"], 1_000)
    if not _KEY.fullmatch(record["key"]):
        raise ValueError(record["key"])
    return record


def search(record: Record) -> Record:
    text(record["name"], 1_000)
    text(record["query"], 20_000)
    whole(record["place"], 2**31)
    return record


def file(record: Record) -> Record:
    whole(record["source"], MAX_ID, 1)
    whole(record["gone"], 1)
    for name in ("key", "stamp", "hash", "problem"):
        text(record[name], 4_096)
    if b"\0" in bytes.fromhex(text(record["name"], 16_384)):
        raise ValueError(record["name"])
    for number in [*record["articles"], *record.setdefault("hidden", [])]:
        whole(number, MAX_ID, 1)
    return record | {"problem": clean_line(record["problem"], 2_000)}


def expert(record: Record) -> Record:
    text(record["name"], 1_000)
    SpeakerType(record["type"])
    for identity in record["names"]:
        key, bucket, form, name = identity
        for value in (key, bucket, form, name):
            text(value, 1_000)
        if key.startswith("article "):
            whole(int(key.split(" ")[1]), MAX_ID)
    for article_id, stem, form in record["apart"]:
        whole(article_id, MAX_ID)
        text(stem, 1_000)
        text(form, 1_000)
    return record


# --- parts of records ------------------------------------------------------------------------------------------------


def _correction(quote: object, speaker: object, hidden: object) -> None:
    whole(hidden, 1)
    found = corrections.unpack((text(quote, MAX_LINE), maybe(lambda value: text(value, MAX_LINE), speaker), hidden))
    corrections.pack(found)
    whole(found.quote.end, MAX_TEXT, whole(found.quote.start, MAX_TEXT))
    text(found.quote.text, MAX_LINE)
    if found.quote.group is not None:
        whole(found.quote.group, 2**31)
    if not 0 <= found.quote.confidence <= 1 or not isinstance(found.quote.reason, str):
        raise ValueError("confidence")
    maybe(lambda value: text(value, 1_000), found.quote.cue)


def _note(number: object, words: object, quoted: object, start: object, made: object, changed: object) -> None:
    whole(number, MAX_ID, 1)
    for value in (words, quoted):
        text(value, notes.MAX_NOTE)
    whole(start, MAX_TEXT)
    for moment in (made, changed):
        time(moment)


def _page(record: Record) -> None:
    text(record["url"], MAX_ADDRESS)
    time(record["fetched"])
    Wall(record["wall"])
    text(record["reason"], 5_000)
    for name in ("shown", "stale"):
        whole(record[name], 1)
    if record["choice"] not in ("", "page", "feed"):
        raise ValueError("choice")
    text(record["title"], MAX_LINE)
    _words(record)
    if record["given"] is not None:
        _words(record["given"])


def _kept(record: Record) -> None:
    """Hash and size of bytes that are kept, or were: `content` says whether the archive holds them."""
    whole(record["size"], 2**40)
    if not isinstance(record["content"], bool):
        raise TypeError("content")
    if not _HASH.fullmatch(record["sha256"]) and (record["sha256"] or record["content"]):
        raise ValueError("sha256")


def _words(record: Record) -> None:
    """A text with its layout, whose offsets must fit it."""
    layout, length = record["layout"], len(text(record["text"], MAX_TEXT))
    place = 0
    for start, end, kind, level in layout["blocks"]:
        if not place <= whole(start, length) <= whole(end, length):
            raise ValueError(start)
        place = end
        BlockType(kind)
        whole(level, 1_000)
    for start, end, url in layout["links"]:
        if not whole(start, length) < whole(end, length):
            raise ValueError(start)
        text(url, MAX_ADDRESS)
    media(layout["images"])


def media(rows: Any) -> None:
    for url, kind, length, *alt in rows:
        text(url, MAX_ADDRESS)
        text(kind, 1_000)
        for words in alt[:1]:
            text(words, 1_000)
        if len(alt) > 1:
            raise ValueError("media")
        if length is not None:
            whole(length, 2**63 - 1, -(2**63))


def text(value: Any, limit: int) -> str:
    if not isinstance(value, str) or len(value) > limit:
        raise TypeError(type(value))
    return value


def whole(value: Any, highest: int, lowest: int = 0) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
        raise ValueError(str(type(value)))
    return value


def time(value: Any) -> None:
    """Seconds since 1970 within the years 1 to 9999."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not -62_135_596_800 <= value <= 253_402_300_799:
        raise ValueError(str(type(value)))


def maybe(check: Callable[[Any], Any], value: Any) -> Any:
    return None if value is None else check(value)
