"""Every error this program raises on purpose (floor 0: imports nothing).

The text of each error is one sentence for a person: what happened, why, and what to do about it. Text that comes
from outside (addresses, file names, server words) must be cleaned and masked by whoever builds the sentence.
"""

from __future__ import annotations


class SecnewsError(Exception):
    """Base of all expected errors; `str(error)` is the sentence a person reads."""


class UsageError(SecnewsError):
    """The request itself is wrong: an unknown option, an address of a scheme we do not read, a bad query."""


class QueryError(UsageError):
    """A query that is wrong: `str` is a sentence, the query and a caret below the `column` (from 1) it is about."""

    def __init__(self, sentence: str, pointer: str, column: int) -> None:
        super().__init__(f"{sentence}\n{pointer}")
        self.sentence = sentence
        self.pointer = pointer
        self.column = column


class NotFoundError(SecnewsError):
    """Nothing in the library answers the request."""


class SourceError(SecnewsError):
    """One source could not be read; other sources are not affected.

    `outcome` is a value of `model.Outcome` ("error", "gone", "backoff"); `status` the HTTP status if there was one;
    `retry_after` seconds to wait if the server said so (already capped).
    """

    def __init__(
        self, message: str, *, outcome: str = "error", status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.status = status
        self.retry_after = retry_after


class FeedError(SourceError):
    """The bytes are not a feed that can be read."""


class ExtractError(SourceError):
    """The bytes are not an article that can be read."""


class DiscoveredFeeds(SourceError):  # noqa: N818 - it is a finding that stops an `add`, not a fault
    """The address is a web page that names feeds; `feeds` are `(address, title)` pairs, best first."""

    def __init__(self, message: str, feeds: tuple[tuple[str, str], ...]) -> None:
        super().__init__(message)
        self.feeds = feeds


class StorageError(SecnewsError):
    """The library cannot be opened, read or written: damaged, newer schema, full disk, read-only."""


class ConfigError(SecnewsError):
    """The configuration names something this program does not know; the sentence has file and line."""
