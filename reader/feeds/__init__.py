"""Feeds (floor 3): bytes in, entries out. Pure: no clock, no disk, no network, whatever the bytes say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.feeds.autodiscovery import find_feeds
    from reader.feeds.parse import parse_feed
    from reader.feeds.persons import person_name

__all__ = ["find_feeds", "parse_feed", "person_name"]

_HOMES = {"find_feeds": "autodiscovery", "parse_feed": "parse", "person_name": "persons"}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
