"""Where things live on this machine (floor 1). Nothing here creates anything but `ensure`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

APP = "secnews"


class Paths(NamedTuple):
    """The four directories of one user's reader; `data` holds the library, `cache` may be wiped at any time."""

    config: Path
    data: Path
    cache: Path
    log: Path

    @property
    def config_file(self) -> Path:
        return self.config / "config.toml"

    @property
    def library(self) -> Path:
        return self.data / "library.db"

    @property
    def log_file(self) -> Path:
        return self.log / "secnews.log"

    def ensure(self) -> None:
        """Make the data, cache and log directories, readable by this user only.

        Raises OSError naming the path that could not be made. The config directory is the user's own to make.
        """
        for directory in (self.data, self.cache, self.log):
            if not directory.is_dir():
                directory.mkdir(parents=True, exist_ok=True, mode=0o700)
                directory.chmod(0o700)  # mkdir's mode passes through the umask


def locate(home: str | os.PathLike[str] | None = None) -> Paths:
    """The directories below `home`, else below $SECNEWS_HOME, else where the platform keeps such things."""
    root = home or os.environ.get("SECNEWS_HOME")
    if root:
        base = Path(root).expanduser().absolute()
        return Paths(base / "config", base / "data", base / "cache", base / "log")
    from platformdirs import PlatformDirs  # 29 ms: not needed when a home is given

    dirs = PlatformDirs(APP, appauthor=False)
    return Paths(dirs.user_config_path, dirs.user_data_path, dirs.user_cache_path, dirs.user_log_path)
