"""TOML → a frozen `Config` with defaults and checks (floor 4). Nothing here ever writes the file."""

from __future__ import annotations

from reader.config.loader import load
from reader.config.schema import Config, Keys, Network, Reading, Retention, SourceOverride, Theme

__all__ = ["Config", "Keys", "Network", "Reading", "Retention", "SourceOverride", "Theme", "load"]
