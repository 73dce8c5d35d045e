"""What stands in the columns of an article, made from a draft: clean, one line each, bounded."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from reader.model import Draft
from reader.store.bodies import MAX_ADDRESS
from reader.text.clean import clean_line, clean_text

MAX_TITLE = 1_000
MAX_LINE = 300
MAX_SUMMARY = 2_000
MAX_LANGUAGE = 35
MAX_TAGS = 50

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made once: `dumps` makes one a call


def lines(draft: Draft) -> tuple[str, str, str, str, str]:
    """Title, author, url, language, summary."""
    return (
        clean_line(draft.title, MAX_TITLE),
        clean_line(draft.author, MAX_LINE) if draft.author else "",
        clean_text(draft.url)[:MAX_ADDRESS],
        clean_line(draft.language, MAX_LANGUAGE) if draft.language else "",
        clean_line(draft.summary, MAX_SUMMARY) if draft.summary else "",
    )


def tag_names(draft: Draft) -> list[str]:
    """The tags that the source states."""
    return [tag for tag in (clean_line(tag, 100) for tag in draft.tags[:MAX_TAGS]) if tag]


def dated_by(draft: Draft) -> str:
    """Where `published` comes from: "" (the article's own words), "mtime" or "saved" (a bookmark of that day)."""
    stated = draft.document.dated_by if draft.document is not None else ""
    return clean_line(draft.dated_by or stated, 20)


def json_list(values: Iterable[Any]) -> str | None:
    """A JSON list, None for an empty one."""
    listed = list(values)
    return _encode(listed) if listed else None


def key_hash(key: str) -> bytes:
    """What stands for the key of an entry."""
    from hashlib import blake2b  # 3 ms, which no list needs

    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()
