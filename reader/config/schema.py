"""What the configuration holds; the defaults here are the defaults of the program.

Tuples, for every command waits until these classes are made, and a data class takes five times as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from reader.config.overrides import SourceOverride

KEY_PRESETS = ("vim", "newsboat", "arrows")
MARK_READ = ("open", "dwell", "never")
AUTO_ADVANCE = ("always", "section", "never")
IMAGES = ("auto", "kitty", "sixel", "blocks", "off")
MAX_JOBS = 16  # connections in all, whatever the file says: servers are other people's property
MAX_BODY_WIDTH = 90
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Network(NamedTuple):
    """`[network]`. `timeout` is the deadline for one whole fetch in seconds; `jobs` how many fetches run at once.

    `allow_private` holds `host:port` strings (lower case) that may be contacted although they are private addresses.
    `proxy` is an http(s) address, "" for a direct connection; the environment's proxy variables are never used.
    """

    allow_private: frozenset[str] = frozenset()
    timeout: float = 30.0
    jobs: int = MAX_JOBS
    proxy: str = ""
    contact: str = ""


class Reading(NamedTuple):
    """`[reading]`. `body_width` is in terminal cells; `dwell` the seconds after which `mark_read = "dwell"` marks."""

    mark_read: str = "open"
    dwell: float = 3.0
    body_width: int = MAX_BODY_WIDTH
    auto_advance: str = "always"
    refresh_on_start: bool = True
    watch: bool = True
    bell: bool = False
    ascii: bool = False
    reduced_motion: bool = False
    images: str = "auto"


class Keys(NamedTuple):
    """`[keys]`. `bindings` maps a binding id to its keys as written ("j,down"); which ids exist the TUI knows.

    `lines` gives the line of each binding id in the file, for the TUI's sentence about an id it does not know.
    """

    preset: str = "vim"
    bindings: Mapping[str, str] = _NOTHING
    lines: Mapping[str, int] = _NOTHING


class Theme(NamedTuple):
    """`[theme]`. "" is the theme last chosen in the TUI, else the program's own; the TUI knows the names."""

    name: str = ""


class Retention(NamedTuple):
    """`[retention]`. 0 keeps everything; saved and tagged articles are always kept."""

    days: int = 0
    per_source: int = 0


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of one start. `problems` are sentences for people; what they name has its default value.

    `sources` is keyed by the address as written in the file; look one up with `source`.
    """

    path: Path | None = None
    network: Network = field(default_factory=Network)
    reading: Reading = field(default_factory=Reading)
    keys: Keys = field(default_factory=Keys)
    theme: Theme = field(default_factory=Theme)
    retention: Retention = field(default_factory=Retention)
    sources: Mapping[str, SourceOverride] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def source(self, address: str) -> SourceOverride | None:
        """The file's settings for the source at `address` (an http(s) address or a path), None if it has none."""
        if not self.sources:
            return None
        if address in self.sources:
            return self.sources[address]
        from reader.text.addresses import normalise

        wanted = normalise(address)
        return next((value for key, value in self.sources.items() if normalise(key) == wanted), None)
