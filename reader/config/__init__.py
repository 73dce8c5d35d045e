"""TOML → a frozen `Config` with defaults and checks (floor 4). Nothing here ever writes the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.config.loader import load
from reader.config.schema import Config, Keys, Network, Reading, Retention, Theme

if TYPE_CHECKING:
    from reader.config.overrides import SourceOverride

__all__ = ["Config", "Keys", "Network", "Reading", "Retention", "SourceOverride", "Theme", "load"]


def __getattr__(name: str) -> object:
    if name == "SourceOverride":  # only a file that names sources has any
        from reader.config.overrides import SourceOverride

        return SourceOverride
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
