"""A process that works on a library until it is killed: `killed_worker.py HOME WORK`.

It writes a line for everything that is done: `saved 12`, `tagged 12`, `read 12`.
"""

from __future__ import annotations

import sys
from itertools import count

from reader import paths
from reader.config import Config, Retention
from reader.model import Draft, Origin, SourceKind, View
from reader.service import actions, recovery, retention, tagging
from reader.service.library import Library
from reader.store import articles, backups, compaction, sources


def keep(library: Library) -> None:
    """Save, tag and mark one article after the other."""
    for article_id in library.ids(View(unread=True)):
        actions.save(library, [article_id])
        print(f"saved {article_id}", flush=True)
        tagging.tag(library, [article_id], "mine")
        print(f"tagged {article_id}", flush=True)
        actions.mark_read(library, [article_id], True)
        print(f"read {article_id}", flush=True)


def prune(library: Library) -> None:
    """Bring articles in and prune all that is not kept, over and over."""
    for turn in count():
        with library.database.write() as c:
            known = sources.by_url(c, "https://more.example/")
            source = known.id if known else sources.insert(
                c, kind=SourceKind.FEED, url="https://more.example/", title="More", section="", now=library.now()
            )  # fmt: skip
            drafts = [
                Draft(f"{library.now()}-{turn}-{n}", "d", "More", "", Origin.FEED, library.now(), raw=b"x" * 5_000)
                for n in range(150)
            ]
            articles.insert(c, source, drafts, section="", now=library.now())
        retention.prune(library)
        print("pruned", flush=True)


def back_up(library: Library) -> None:
    """Make the backup of the day again and again."""
    while True:
        for old in backups.all(library.paths.library):
            old.unlink()
        recovery.back_up(library)
        print("backed up", flush=True)


def compact(library: Library) -> None:
    """Write the file anew, again and again."""
    while True:
        compaction.compact(library.paths.library)
        print("compacted", flush=True)


def open_it(_library: Library) -> None:
    """Opening was all: it has brought the library up to date."""
    print("opened", flush=True)
    sys.stdin.read()


WORK = {"keep": keep, "prune": prune, "backup": back_up, "compact": compact, "migrate": open_it}

if __name__ == "__main__":
    print("started", flush=True)
    config = Config(retention=Retention(per_source=40))
    with Library.open(paths.locate(sys.argv[1]), config) as opened:
        WORK[sys.argv[2]](opened)
