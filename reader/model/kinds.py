"""The words that say what kind something is. Small, for everything that reads the library needs some of them."""

from __future__ import annotations

from enum import StrEnum


class SourceKind(StrEnum):
    FEED = "feed"
    FILE = "file"
    FOLDER = "folder"
    PAGE = "page"


class Origin(StrEnum):
    FEED = "feed"
    PAGE = "page"
    FILE = "file"


class Outcome(StrEnum):
    """How one source's refresh ended. Only `ERROR` and `GONE` count as failures."""

    OK = "ok"
    PARTIAL = "partial"
    UNCHANGED = "unchanged"
    MOVED = "moved"
    GONE = "gone"
    BACKOFF = "backoff"
    SKIPPED = "skipped"
    ERROR = "error"


class BlockType(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    LIST = "list"
    CODE = "code"
    TABLE = "table"


class QuoteKind(StrEnum):
    """How much of the span stands inside quotation marks: at least 90 % of its words, some, none."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class SpeakerType(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    ANONYMOUS = "anonymous"


class Voice(StrEnum):
    """On whose behalf somebody speaks; the order of `VOICE_STRENGTH` decides which one a list row shows."""

    EXPERT = "expert"
    OFFICIAL = "official"
    COMPANY = "company"
    ADVERSARY = "adversary"
    OTHER = "other"


VOICE_STRENGTH = (Voice.EXPERT, Voice.OFFICIAL, Voice.ADVERSARY, Voice.COMPANY, Voice.OTHER)
