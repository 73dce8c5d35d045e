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
        Document,
        Link,
        Media,
    )
    from reader.model.kinds import (
        VOICE_STRENGTH,
        BlockType,
        Origin,
        Outcome,
        QuoteKind,
        SourceKind,
        SpeakerType,
        Voice,
    )
    from reader.model.library import (
        Article,
        Expert,
        QuoteRow,
        RefreshSummary,
        Source,
        SourceResult,
    )
    from reader.model.rows import (
        ArticleRow,
        Outlet,
        SectionCount,
        View,
    )
    from reader.model.saving import (
        Capture,
        CaptureKind,
        ImageRecord,
        Note,
        PageInfo,
        Picture,
        SavedImage,
        Wall,
        Wanted,
    )
    from reader.model.sources import (
        Draft,
        Feed,
        FeedEntry,
        Fetched,
        Polling,
    )
    from reader.model.speech import (
        CorrectedQuote,
        Quote,
        Speaker,
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
    "Outlet",
    "PageInfo",
    "Picture",
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
        "Document",
        "Link",
        "Media",
    ),
    "kinds": (
        "VOICE_STRENGTH",
        "BlockType",
        "Origin",
        "Outcome",
        "QuoteKind",
        "SourceKind",
        "SpeakerType",
        "Voice",
    ),
    "library": (
        "Article",
        "Expert",
        "QuoteRow",
        "RefreshSummary",
        "Source",
        "SourceResult",
    ),
    "rows": (
        "ArticleRow",
        "Outlet",
        "SectionCount",
        "View",
    ),
    "saving": (
        "Capture",
        "CaptureKind",
        "ImageRecord",
        "Note",
        "PageInfo",
        "Picture",
        "SavedImage",
        "Wall",
        "Wanted",
    ),
    "sources": (
        "Draft",
        "Feed",
        "FeedEntry",
        "Fetched",
        "Polling",
    ),
    "speech": (
        "CorrectedQuote",
        "Quote",
        "Speaker",
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
