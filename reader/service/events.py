"""What a running refresh tells whoever watches it, on the thread that refreshes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from reader.model import ArticleRow, SourceResult

if TYPE_CHECKING:
    from reader.store.rules import Rule


@dataclass(frozen=True, slots=True)
class Started:
    """`total` sources will be looked at; those that are not due are among them."""

    total: int


@dataclass(frozen=True, slots=True)
class SourceDone:
    """A source is committed: its articles can be listed. `done` of `total` so far."""

    result: SourceResult
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Derived:
    """Text and quotes of `done` of `total` pending articles are stored."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class PagesFetched:
    """`done` of `total` pages that were wanted (saved articles, sources with their full text) have been asked for."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing is due; `until` is when the next source is (None: there is none that is ever fetched)."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class Notice:
    """A rule of the reader's asked to be told of this article."""

    rule: Rule
    row: ArticleRow


@dataclass(frozen=True, slots=True)
class RulesRan:
    """Rules changed articles that had come; `label` says what ("3 hidden, 1 tagged") and is the action to undo."""

    label: str


Event = Started | SourceDone | Derived | PagesFetched | Waiting | Notice | RulesRan
Listener = Callable[[Event], None]
