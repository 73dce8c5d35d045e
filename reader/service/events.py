"""What a running refresh tells whoever watches it, on the thread that refreshes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reader.model import SourceResult


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


Event = Started | SourceDone | Derived
Listener = Callable[[Event], None]
