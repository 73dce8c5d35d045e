"""Many refreshes in one process: nothing grows."""

from __future__ import annotations

import threading

import pytest
from feed_server import FeedServer, item, rss

from reader.service.adding import add
from reader.service.library import Library
from reader.service.refresh import refresh

ROUNDS = 40
HOSTILE = {
    "/empty": b"",
    "/garbage": b"\x00\xff" * 100,
    "/cut": b"<rss><channel><item><title>x",
    "/deep": b"{" * 5000,
    "/blank": b'<?xml version="1.0"?>' + b"\n" * 20_000 + b"<rss/>",
}


@pytest.mark.slow
def test_memory_descriptors_and_threads_stay(library: Library, server: FeedServer) -> None:
    """Forty refreshes of twelve feeds and five hostile sources, with new articles each time."""
    psutil = pytest.importorskip("psutil")
    me = psutil.Process()
    for feed in range(12):
        entries = [item(feed * 1000 + n) for n in range(20)]
        add(library, server.put(f"/{feed}.xml", rss(*entries)), fetch=False)
    for path, body in HOSTILE.items():
        add(library, server.put(path, body), fetch=False)
    seen = []
    for round_ in range(ROUNDS):
        server.put("/0.xml", rss(*(item(round_ * 100 + n) for n in range(20))))
        refresh(library, force=True, full=round_ % 3 == 0)
        if round_ % 5 == 4:
            seen.append((me.memory_info().rss / 2**20, me.num_fds(), threading.active_count()))
    print(seen)
    first, last = seen[0], seen[-1]
    assert last[0] - first[0] < 20
    assert abs(last[1] - first[1]) <= 6  # kept connections come and go
    assert abs(last[2] - first[2]) <= 4
