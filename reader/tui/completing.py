"""What a path that was begun may become."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from textual.suggester import Suggester

MOST = 200


def paths(begun: str) -> list[str]:
    """Files and folders (these end in a slash) whose path begins so, by name; hidden ones only if a dot is typed."""
    head, slash, last = begun.rpartition("/")
    folder = os.path.expanduser(head + slash) if slash else "."  # noqa: PTH111 - never raises, unlike pathlib
    found = []
    with suppress(OSError, ValueError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(last) and (last.startswith(".") or not entry.name.startswith(".")):
                name = entry.name.encode("utf-8", "ignore").decode()
                if name == entry.name and name.isprintable():
                    found.append(f"{head}{slash}{name}{'/' if _is_folder(entry.path) else ''}")
    return sorted(found)[:MOST]


def _is_folder(path: str) -> bool:
    with suppress(OSError, ValueError):
        return Path(path).is_dir()
    return False


class PathSuggester(Suggester):
    """Shows the first path behind the cursor."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        return next((path for path in paths(value) if path != value), None) if value else None
