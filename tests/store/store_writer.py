"""A process that works on a library until it is stopped: `store_writer.py FILE NAME COUNT`.

Each step adds an article with text and quotes, marks it and saves it, in transactions of their own; then its number is
confirmed on standard output. A StorageError is written out as a line and ends the process.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.errors import StorageError
from reader.model import Document, Draft, Origin, Quote, QuoteKind, SourceKind, Speaker
from reader.store import Database, actions, articles, marks, settings, sources

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT = 'Ada Sample said "we have seen this before" on Monday. ' * 40
QUOTE = Quote(15, 42, TEXT[15:42], QuoteKind.DIRECT, "said", Speaker("Ada Sample", "Ada"), None, 0.9, "test")


def work(file: Path, name: str, count: int) -> None:
    database = Database(file)
    with database.write() as c:
        found = sources.by_url(c, f"https://{name}.example/")
        source = found.id if found else sources.insert(
            c, kind=SourceKind.FEED, url=f"https://{name}.example/", title=name, section="News", now=NOW
        )  # fmt: skip
        first = settings.get(c, name, 0)
    for number in range(first, first + count):
        with database.write() as c:
            draft = Draft(
                f"{number}", "d", f"{name} {number}", "", Origin.FEED, NOW - timedelta(minutes=number), raw=b"x"
            )
            (one,) = articles.insert(c, source, [draft], section="News", now=NOW)
            settings.put(c, name, number + 1)
        with database.write() as c:
            articles.set_derived(c, one, Document(text=TEXT), [QUOTE], engine=1)
        with database.write() as c:
            marks.put_read(c, [(one, one)], True)
            marks.save(c, [one], now=NOW)
            actions.record(c, f"{name} {number}", [actions.set_read([one], False)], now=NOW)
        print(one, flush=True)
    database.close()


if __name__ == "__main__":
    try:
        work(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
    except StorageError as error:
        print(f"error: {error}", flush=True)
        sys.exit(5)
