"""Golden files: the output that was looked at once and must not change by accident.

After a change on purpose, run the tests with SECNEWS_WRITE_GOLDEN=1 and look at the difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def golden(name: str, text: str) -> None:
    """`text` must be the golden file `name`, byte for byte."""
    file = FOLDER / name
    if os.environ.get("SECNEWS_WRITE_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        file.write_bytes(text.encode())
    assert text == file.read_bytes().decode()
