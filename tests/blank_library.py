"""A new, empty library as a file to copy: making one takes 20 ms and a sync of the disk, and a thousand tests want one.

That making one works is tested in tests/store/test_store_opening.py and wherever a program is started.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from reader.store import Database
from reader.store.placing import make_folder


def put_blank_library(path: Path) -> None:
    """Put a library without sources and articles at `path`, as a first start would; nothing if a file is there."""
    put_library(path, _content())


def put_library(path: Path, content: bytes) -> None:
    """Put a library that was made before at `path`; nothing if a file is there."""
    make_folder(path.parent)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


@cache
def _content() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "data" / "library.db"
        database = Database(path)
        with database.write():
            pass
        database.close()
        return path.read_bytes()
