"""Writes the made parts of README.md and docs/reference.md: `python tests/project/write_docs.py`."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
    from project_docs import made

    for path, text in made().items():
        path.write_text(text, encoding="utf-8")
