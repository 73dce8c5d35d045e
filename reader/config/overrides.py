"""What the configuration says about single sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SourceOverride:
    """`[sources."ADDRESS"]`: wins over what the library says; None leaves it. `interval` is in seconds."""

    title: str | None = None
    section: str | None = None
    interval: int | None = None
    full_text: bool | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)  # may hold secrets: never printed
