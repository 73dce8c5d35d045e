"""Records to plain JSON values and back, for the frames between the reader and its children.

`pack_…` trusts its argument. `unpack_…` trusts nothing: every type, offset and enum is checked, and what is not as it
should be raises `PackingError`; a child that was taken over can therefore send wrong words, never wrong structures.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from reader.model import (
    Block,
    BlockType,
    Document,
    FeedEntry,
    Link,
    Media,
    Polling,
    Quote,
    QuoteKind,
    Speaker,
    SpeakerType,
    Voice,
)

MAX_TEXT = 32 * 2**20  # characters of one string; a fetched body has at most 16 MiB


class PackingError(Exception):
    """A value is not what the format says."""


def pack_entry(entry: FeedEntry) -> list[Any]:
    """Everything of an entry but its content, which travels as bytes beside the header."""
    return [
        entry.id,
        entry.title,
        entry.link,
        entry.author,
        _stamp(entry.published),
        _stamp(entry.updated),
        entry.summary,
        list(entry.tags),
        [pack_media(media) for media in entry.enclosures],
    ]


def unpack_entry(value: Any) -> FeedEntry:
    """The entry without its content."""
    identity, title, link, author, published, updated, summary, tags, enclosures = row(value, 9)
    return FeedEntry(
        id=string(identity),
        title=string(title),
        link=string(link),
        author=string(author),
        published=moment(published),
        updated=moment(updated),
        summary=string(summary),
        tags=strings(tags),
        enclosures=tuple(unpack_media(item) for item in array(enclosures)),
    )


def pack_media(media: Media) -> list[Any]:
    return [media.url, media.type, media.length, media.alt]


def unpack_media(value: Any) -> Media:
    url, kind, length, alt = row(value, 4)
    return Media(string(url), string(kind), None if length is None else integer(length, 0, 2**63 - 1), string(alt))


def pack_polling(polling: Polling) -> list[Any]:
    return [polling.every, list(polling.skip_hours), list(polling.skip_days)]


def unpack_polling(value: Any) -> Polling:
    every, hours, days = row(value, 3)
    return Polling(
        None if every is None else integer(every, 0, 2**31),
        tuple(integer(hour, 0, 23) for hour in array(hours)[:24]),
        tuple(integer(day, 0, 6) for day in array(days)[:7]),
    )


def pack_document(document: Document) -> list[Any]:
    """Everything of a document but its text, which travels as bytes beside the header."""
    return [
        [[b.start, b.end, b.type.value, b.level] for b in document.blocks],
        [[link.start, link.end, link.url] for link in document.links],
        [pack_media(media) for media in document.images],
        document.title,
        document.author,
        document.section,
        document.summary,
        document.url,
        document.language,
        _stamp(document.published),
        _stamp(document.updated),
        list(document.tags),
        document.dated_by,
    ]


def unpack_document(value: Any, text: str) -> Document:
    """The document with this text, into which every offset must point."""
    blocks, links, images, title, author, section, summary, url, language, published, updated, tags, by = row(value, 13)
    return Document(
        text=text,
        blocks=_blocks(blocks, len(text)),
        links=tuple(Link(*span(item[:2], len(text)), string(item[2])) for item in rows(links, 3)),
        images=tuple(unpack_media(item) for item in array(images)),
        title=string(title),
        author=string(author),
        section=string(section),
        summary=string(summary),
        url=string(url),
        language=string(language),
        published=moment(published),
        updated=moment(updated),
        tags=strings(tags),
        dated_by=string(by),
    )


def pack_quotes(quotes: Sequence[Quote]) -> list[Any]:
    return [
        [
            quote.start,
            quote.end,
            quote.kind.value,
            quote.cue,
            None if quote.speaker is None else _pack_speaker(quote.speaker),
            quote.group,
            quote.confidence,
            quote.reason,
        ]
        for quote in quotes
    ]


def unpack_quotes(value: Any, text: str) -> tuple[Quote, ...]:
    """Quotes over `text`; the quoted words are cut from it, so they cannot differ from it."""
    quotes = []
    for start, end, kind, cue, speaker, group, confidence, reason in rows(value, 8):
        first, last = span((start, end), len(text))
        quotes.append(
            Quote(
                start=first,
                end=last,
                text=text[first:last],
                kind=member(QuoteKind, kind),
                cue=None if cue is None else string(cue),
                speaker=None if speaker is None else _unpack_speaker(speaker),
                group=None if group is None else integer(group, 0, 2**31),
                confidence=_fraction(confidence),
                reason=string(reason),
            )
        )
    return tuple(quotes)


def _pack_speaker(speaker: Speaker) -> list[Any]:
    kind, voice = speaker.type.value, speaker.voice.value
    return [speaker.name, speaker.mention, speaker.role, speaker.organization, kind, voice]


def _unpack_speaker(value: Any) -> Speaker:
    name, mention, role, organization, kind, voice = row(value, 6)
    return Speaker(
        string(name),
        string(mention),
        None if role is None else string(role),
        None if organization is None else string(organization),
        member(SpeakerType, kind),
        member(Voice, voice),
    )


def _blocks(value: Any, length: int) -> tuple[Block, ...]:
    blocks: list[Block] = []
    before = 0
    for start, end, kind, level in rows(value, 4):
        first, last = span((start, end), length)
        if first < before:
            raise PackingError("blocks overlap")
        before = last
        blocks.append(Block(first, last, member(BlockType, kind), integer(level, 0, 1000)))
    return tuple(blocks)


# --- checks ----------------------------------------------------------------------------------------------------------

Member = TypeVar("Member", bound=StrEnum)


def string(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise PackingError("not a text")
    return value


def strings(value: Any) -> tuple[str, ...]:
    return tuple(string(item) for item in array(value))


def array(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise PackingError("not a list")
    return value


def row(value: Any, size: int) -> list[Any]:
    if not isinstance(value, list) or len(value) != size:
        raise PackingError(f"not a row of {size}")
    return value


def rows(value: Any, size: int) -> list[list[Any]]:
    return [row(item, size) for item in array(value)]


def integer(value: Any, low: int, high: int) -> int:
    if type(value) is not int or not low <= value <= high:
        raise PackingError("not a number in range")
    return value


def span(value: Sequence[Any], length: int) -> tuple[int, int]:
    start = integer(value[0], 0, length)
    return start, integer(value[1], start, length)


def moment(value: Any) -> datetime | None:
    """ISO 8601 with a zone → aware UTC."""
    if value is None:
        return None
    try:
        stamp = datetime.fromisoformat(string(value))
        if stamp.tzinfo is None:
            raise PackingError("a time without a zone")
        return stamp.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise PackingError("not a time") from error


def member(enum: type[Member], value: Any) -> Member:
    try:
        return enum(string(value))
    except ValueError as error:
        raise PackingError(f"not a {enum.__name__}") from error


def _fraction(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise PackingError("not between 0 and 1")
    return float(value)


def _stamp(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()
