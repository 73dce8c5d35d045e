"""Make the pictures of README and of docs/guide.md from the real reader: docs/secnews.svg and docs/pictures/*.svg.

picture.py [NAME …]: libraries of their own in temporary folders, a frozen clock, no network, invented articles.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple

from reader.config import Config
from reader.paths import locate
from reader.service.adding import add
from reader.service.derive import derive_pending
from reader.service.library import Library
from reader.service.samples import install
from reader.tui.app import RoomApp

DOCS = Path(__file__).parents[1] / "docs"
NOW = datetime(2026, 5, 5, 9, tzinfo=UTC)
# A day's sources: name, section, and how many days lie between two articles.
FEEDS = (("Harbour Desk", "Breaches", 1.2), ("Ledger & Fraud", "Fraud", 3.5), ("Patch Notes Weekly", "Advisories", 7))
STORIES = (
    ("Parcel firm loses the addresses of {n},000 customers",
     "“The token was never revoked, so nobody needed a password,” said Ada Merrin, head of threat research at Copper "
     "Fox Labs. A spokesperson for the parcel firm said that it takes the privacy of its customers seriously."),
    ("Gang of card thieves sentenced after {n} months",
     "“We followed the money, not the malware,” said Tomas Brandt, deputy director of the National Cyber Agency. The "
     "group had written that it would “be back by spring”."),
    ("Bank warns of calls that know the last {n} payments",
     "According to Ines Okoro, a professor at Northgate University, the callers bought the data from a broker. “Hang "
     "up, and dial the number on your card,” she said."),
)  # fmt: skip


class Shot(NamedTuple):
    """`keys` as in tests, one after the other; `day`: a library with a day's sources, else the first start."""

    file: str
    size: tuple[int, int]
    keys: str
    day: bool = True


SHOTS = {
    "secnews": Shot("secnews.svg", (120, 36), "g,m enter ] ] ]", day=False),
    "start": Shot("pictures/start.svg", (100, 26), "", day=False),
    "reading": Shot("pictures/reading-light.svg", (120, 32), "enter ] ] g,t"),
    "speaker": Shot("pictures/speaker.svg", (100, 28), "enter ] l enter"),
    "search": Shot("pictures/search.svg", (100, 26), "/ said-by:merrin,space,token"),
    "health": Shot("pictures/health.svg", (110, 20), "g,h"),
}


async def take(shot: Shot) -> str:
    """The screen as SVG after the keys of `shot`."""
    with tempfile.TemporaryDirectory() as folder:
        paths = locate(folder)
        paths.ensure()
        with Library.open(paths, Config(), clock=lambda: NOW) as library:
            (fill if shot.day else install)(library)
            library.set_setting("tui", {"toured": True})  # the tour of the first start is not what a day looks like
            app = RoomApp(library, Config(), offline=True, zone=UTC)
            async with app.run_test(size=shot.size) as pilot:
                await _settle(pilot)
                for keys in shot.keys.split():
                    words = keys.split(",")
                    await pilot.press(*(key for word in words for key in ([word] if word in KEYS else word)))
                    await _settle(pilot)
                return app.export_screenshot(title="secnews", simplify=True)


KEYS = {"enter", "space"}


def fill(library: Library) -> None:
    """Twelve weeks of invented articles, from feeds that are files."""
    with tempfile.TemporaryDirectory() as folder:
        for place, (name, section, days) in enumerate(FEEDS):
            file = Path(folder) / f"{place}.xml"
            file.write_text(_feed(name, place, days), encoding="utf-8")
            add(library, str(file), section=section, title=name)
    with library.database.write() as c:  # as if they had come from the web an hour ago
        for place in range(len(FEEDS)):
            address = f"https://{place}.example.com/feed.xml"
            c.execute(
                "UPDATE source SET kind = 'feed', url = ?, identity = ?, reason = '', last_success = ?, next_fetch = ?"
                " WHERE url LIKE ?",
                (address, address, NOW.timestamp() - 1800, NOW.timestamp() + 1800, f"%/{place}.xml"),
            )
    derive_pending(library)


def _feed(name: str, place: int, days: float) -> str:
    items, at, number = [], NOW - timedelta(hours=2 + 5 * place), 0
    while at > NOW - timedelta(weeks=12):
        title, text = STORIES[(number + place) % len(STORIES)]
        title = title.format(n=7 + (number * 5 + place) % 40)
        items.append(
            f"<item><title>{title}</title><guid>https://{place}.example.com/{number}</guid>"
            f"<link>https://{place}.example.com/{number}</link><pubDate>{format_datetime(at)}</pubDate>"
            f"<description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
        )
        at -= timedelta(days=days * (0.6 + 0.8 * ((number * 7) % 5) / 4))
        number += 1
    name = name.replace("&", "&amp;")
    return f'<rss version="2.0"><channel><title>{name}</title><link>https://x.example</link>{"".join(items)}</channel></rss>'


async def _settle(pilot: object) -> None:
    for _ in range(6):
        await pilot.app.workers.wait_for_complete()  # type: ignore[attr-defined]
        await pilot.pause(0.1)  # type: ignore[attr-defined]


def plain(svg: str) -> str:
    """Without fonts from the network and without ids that differ each time."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"terminal-\d+-", "terminal-", svg)
    return svg.replace("Fira Code, monospace", "ui-monospace, Menlo, 'DejaVu Sans Mono', monospace").replace(
        '"Fira Code"', "ui-monospace, Menlo, 'DejaVu Sans Mono', monospace"
    )


def main(names: list[str]) -> None:
    for name in names or list(SHOTS):
        target = DOCS / SHOTS[name].file
        target.parent.mkdir(exist_ok=True)
        target.write_text(plain(asyncio.run(take(SHOTS[name]))), encoding="utf-8")
        print(f"{target}: {target.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
