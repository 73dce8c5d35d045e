"""The copies of a library that are made before its format changes: the newest two are kept."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

KEPT = 2


def target(path: Path, version: int) -> Path:
    """Where the copy goes that is made before the library at `path` is brought to format `version`."""
    return path.with_name(f"{path.name}.before-{version}")


def all(path: Path) -> list[Path]:  # noqa: A001 - read as `copies.all`
    """The copies that are there, the newest first."""
    found = []
    with suppress(OSError):
        for name in os.listdir(path.parent):  # noqa: PTH208 - a name that is no text must not stop us
            match = _NAME.fullmatch(name.removeprefix(f"{path.name}.")) if name.startswith(f"{path.name}.") else None
            if match:
                found.append((int(match[1]), path.with_name(name)))
    return [copy for _version, copy in sorted(found, reverse=True)]


def drop_surplus(path: Path) -> None:
    """Remove all but the newest two; what cannot be removed stays."""
    for copy in all(path)[KEPT:]:
        with suppress(OSError):
            copy.unlink()


_NAME = re.compile(r"before-([1-9][0-9]{0,5})")
