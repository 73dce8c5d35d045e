"""The records that travel between rooms: frozen, plain, picklable (floor 1).

All times are aware `datetime`s in UTC. All offsets count Unicode code points into the canonical text of the article
(`Document.text`), end exclusive.

Each module is loaded when one of its records is first asked for: what only reads quotes does not pay for the library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.document import (
        Block,
        BlockType,
        Document,
        Link,
        Media,
    )
    from reader.model.library import (
        Article,
        ArticleRow,
        Expert,
        QuoteRow,
        RefreshSummary,
        SectionCount,
        Source,
        SourceResult,
        View,
    )
    from reader.model.saving import (
        Capture,
        CaptureKind,
        ImageRecord,
        Note,
        PageInfo,
        SavedImage,
        Wall,
        Wanted,
    )
    from reader.model.sources import (
        Draft,
        Feed,
        FeedEntry,
        Fetched,
        Origin,
        Outcome,
        Polling,
        SourceKind,
    )
    from reader.model.speech import (
        VOICE_STRENGTH,
        CorrectedQuote,
        Quote,
        QuoteKind,
        Speaker,
        SpeakerType,
        Voice,
    )

__all__ = [
    "VOICE_STRENGTH",
    "Article",
    "ArticleRow",
    "Block",
    "BlockType",
    "Capture",
    "CaptureKind",
    "CorrectedQuote",
    "Document",
    "Draft",
    "Expert",
    "Feed",
    "FeedEntry",
    "Fetched",
    "ImageRecord",
    "Link",
    "Media",
    "Note",
    "Origin",
    "Outcome",
    "PageInfo",
    "Polling",
    "Quote",
    "QuoteKind",
    "QuoteRow",
    "RefreshSummary",
    "SavedImage",
    "SectionCount",
    "Source",
    "SourceKind",
    "SourceResult",
    "Speaker",
    "SpeakerType",
    "View",
    "Voice",
    "Wall",
    "Wanted",
]

_HOMES = {
    "document": (
        "Block",
        "BlockType",
        "Document",
        "Link",
        "Media",
    ),
    "library": (
        "Article",
        "ArticleRow",
        "Expert",
        "QuoteRow",
        "RefreshSummary",
        "SectionCount",
        "Source",
        "SourceResult",
        "View",
    ),
    "saving": (
        "Capture",
        "CaptureKind",
        "ImageRecord",
        "Note",
        "PageInfo",
        "SavedImage",
        "Wall",
        "Wanted",
    ),
    "sources": (
        "Draft",
        "Feed",
        "FeedEntry",
        "Fetched",
        "Origin",
        "Outcome",
        "Polling",
        "SourceKind",
    ),
    "speech": (
        "CorrectedQuote",
        "Quote",
        "QuoteKind",
        "Speaker",
        "SpeakerType",
        "VOICE_STRENGTH",
        "Voice",
    ),
}


def __getattr__(name: str) -> object:
    """Import a record's module when the record is first used."""
    for home, records in _HOMES.items():
        if name in records:
            from importlib import import_module

            value: object = getattr(import_module(f"{__name__}.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
