"""What people type after a command, made into what the service takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from reader.errors import NotFoundError, UsageError
from reader.model import View
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.service.library import Library

FIELDS = (
    *("title", "text", "section", "source", "author", "tag", "said-by", "org"),
    *("role", "quote", "voice", "kind", "cve", "is", "since", "before"),
)
MAX_WORDS = 100
MAX_ID = 2**63 - 1  # SQLite's


def article_ids(texts: Sequence[str]) -> list[int]:
    """`12` or `a12` each; raises UsageError. Order is kept, repetitions are dropped."""
    return list(dict.fromkeys(_id(text, "a", "an article", "secnews list") for text in texts))


def source_ids(texts: Sequence[str], library: Library) -> list[int]:
    """`3`, `s3`, or the address or path of a source; raises UsageError, NotFoundError."""
    return list(dict.fromkeys(source_id(text, library) for text in texts))


def source_id(text: str, library: Library) -> int:
    """One source by number or address; raises UsageError or NotFoundError if the library has no such source."""
    if (number := _number(text, "s")) is not None:
        return library.source(number).id
    from reader.text.addresses import normalise

    wanted = normalise(text)
    for source in library.sources():
        if source.url == text or normalise(source.url) == wanted:
            return source.id
    if re.search(r"[/.]", text):
        raise NotFoundError(f"No source has the address {clean_line(text, 200)}; `secnews sources` lists them.")
    raise UsageError(f'"{clean_line(text, 60)}" is not a source: give its number, as in `secnews sources` (3 or s3).')


def plain_words(words: Sequence[str]) -> tuple[str, ...]:
    """The plain words of a query, one an argument or several in one; raises UsageError for what is not plain words."""
    found = [word for text in words for word in text.split()]
    if not found and words:
        raise UsageError("An empty query finds nothing; give words, or none at all.")
    if len(found) > MAX_WORDS:
        raise UsageError(f"A query has at most {MAX_WORDS} words.")
    for word in found:
        if what := _syntax(word):
            raise UsageError(
                f"{what} in a query ({clean_line(word, 40)}) belong to a later edition; plain words work today."
            )
    return tuple(found)


def query_of(words: Sequence[str]) -> str:
    """The query that stands in one argument or several, "" for none; raises UsageError, which points at the column."""
    if not words:
        return ""
    from reader.text.query import parse

    query = " ".join(words)
    if not query.strip():
        raise UsageError("An empty query finds nothing; give words, or none at all.")
    parse(query)
    return query


def moment(text: str, now: datetime) -> datetime:
    """`12h`, `7d`, `2w` before `now`, or a date (`2026-01-31`, RFC 3339) → aware UTC; raises UsageError."""
    if match := re.fullmatch(r"([0-9]{1,5})([hdw])", text.strip().lower()):
        hours = {"h": 1, "d": 24, "w": 168}[match[2]]
        return now - timedelta(hours=int(match[1]) * hours)
    try:
        found = datetime.fromisoformat(text.strip())
        return found.astimezone(UTC)  # a date without a zone is in the reader's own
    except (ValueError, OverflowError):
        raise UsageError(
            f'"{clean_line(text, 40)}" is not a time: write 12h, 7d or 2w, or a date such as 2026-01-31.'
        ) from None


def article_of(words: Sequence[str]) -> int | None:
    """The article's number if a query is nothing but `a12`, else None."""
    return _number(words[0], "a") if len(words) == 1 and words[0].startswith("a") else None


def source_of(words: Sequence[str], library: Library) -> int | None:
    """The source's number if a query is nothing but `s3` and there is such a source, else None.

    Without such a source it is a word: S3 is also a place to lose data from.
    """
    number = _number(words[0], "s") if len(words) == 1 and words[0].startswith("s") else None
    if number is None:
        return None
    try:
        return library.source(number).id
    except NotFoundError:
        return None


def view_of(library: Library, words: Sequence[str], *, since: str | None = None, **conditions: Any) -> View:
    """The view that a query (or `s3` alone) and further conditions describe; raises UsageError."""
    if (source := source_of(words, library)) is not None:
        conditions["source_id"], words = source, ()
    after = moment(since, library.now()) if since else None
    return View(query=query_of(words), since=after, **conditions)


def _id(text: str, prefix: str, what: str, where: str) -> int:
    number = _number(text, prefix)
    if number is None:
        raise UsageError(
            f'"{clean_line(text, 60)}" is not {what}: give its number, as in `{where}` (12 or {prefix}12).'
        )
    return number


def _number(text: str, prefix: str) -> int | None:
    match = re.fullmatch(rf"{prefix}?([0-9]{{1,19}})", text)
    if not match:
        return None
    number = int(match[1])
    return number if 0 < number <= MAX_ID else None


def _syntax(word: str) -> str:
    """What part of the query language a word is, "" if it is a plain word."""
    field, colon, _value = word.partition(":")
    if colon and field.lower() in FIELDS:
        return "Fields"
    if '"' in word:
        return "Phrases"
    if word in ("AND", "OR", "NOT"):
        return "AND, OR and NOT"
    if word[0] in "()" or word[-1] in "()":
        return "Brackets"
    if word[0] == "-" and len(word) > 1:
        return "Words with a minus"
    if word[-1] == "*":
        return "Beginnings of words"
    return ""
