"""How a sentence names a place in the configuration file."""

from __future__ import annotations

import os
from pathlib import Path

from reader.text.clean import clean_line


def place(file: Path, line: int = 0) -> str:
    """`file:line` as people and editors read it; the home directory is written `~`, and `line` 0 is left out."""
    shown = str(file)
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where there is no home
    if home != "/" and shown.startswith(home + os.sep):
        shown = "~" + shown[len(home) :]
    return f"{clean_line(shown, 300)}:{line}" if line else clean_line(shown, 300)
