"""Make docs/secnews.svg, the picture that README opens with, from the real reader and the sample articles.

picture.py [FILE]: a library of its own in a temporary folder, a frozen clock, no network.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from reader.config import Config
from reader.paths import locate
from reader.service.library import Library
from reader.service.samples import install
from reader.tui.app import RoomApp

SIZE = (120, 36)
NOW = datetime(2026, 5, 5, 9, tzinfo=UTC)
QUOTE = 3  # the one that is the current one in the picture


async def take() -> str:
    """The screen as SVG: a sample article is open at one of its quotes."""
    with tempfile.TemporaryDirectory() as folder:
        paths = locate(folder)
        paths.ensure()
        with Library.open(paths, Config(), clock=lambda: NOW) as library:
            install(library)
            library.set_setting("tui", {"toured": True})  # the tour of the first start is not what a day looks like
            app = RoomApp(library, Config(), offline=True, zone=UTC)
            async with app.run_test(size=SIZE) as pilot:
                await pilot.press("g", "m")
                await _settle(pilot)
                await pilot.press("enter")
                await _settle(pilot)
                await pilot.press(*"]" * QUOTE)
                await _settle(pilot)
                return app.export_screenshot(title="secnews", simplify=True)


async def _settle(pilot: object) -> None:
    for _ in range(10):
        await pilot.app.workers.wait_for_complete()  # type: ignore[attr-defined]
        await pilot.pause(0.1)  # type: ignore[attr-defined]


def plain(svg: str) -> str:
    """Without fonts from the network and without ids that differ each time."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"terminal-\d+-", "terminal-", svg)
    return svg.replace("Fira Code, monospace", "ui-monospace, Menlo, 'DejaVu Sans Mono', monospace").replace(
        '"Fira Code"', "ui-monospace, Menlo, 'DejaVu Sans Mono', monospace"
    )


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "docs" / "secnews.svg"
    target.write_text(plain(asyncio.run(take())), encoding="utf-8")
    print(target)
