"""Many refreshes in one process: nothing grows."""

from __future__ import annotations

import gc
import gzip
import threading

import pytest
from feed_server import FeedServer, item, rss

from reader.service.adding import add
from reader.service.library import Library
from reader.service.refresh import refresh

ROUNDS, WARM = 500, 100
GOOD = 14
PACKED = gzip.compress(rss(*(item(n) for n in range(20))).encode())
FAILING = 4  # of them; of the other two something can be read
HOSTILE: dict[str, tuple[bytes, dict[str, object]]] = {  # six of twenty: 30 %
    "/garbage": (b"\x00\xff" * 100, {}),
    "/cut": (b"<rss><channel><item><title>x", {}),
    "/blank": (b'<?xml version="1.0"?>' + b"\n" * 20_000 + b"<rss/>", {}),
    "/broken-gzip": (PACKED[: len(PACKED) // 2], {"headers": {"Content-Encoding": "gzip"}}),
    "/failing": (b"\x1b[2Jno", {"status": 500}),
    "/loop": (b"", {"status": 302, "headers": {"Location": "/loop"}}),
}


@pytest.mark.slow
def test_memory_descriptors_and_threads_stay(library: Library, server: FeedServer) -> None:
    """500 refreshes of 20 sources, six of them hostile, with new articles and cancelled runs: constant (SAFETY 86)."""
    psutil = pytest.importorskip("psutil")
    me = psutil.Process()
    for feed in range(GOOD):
        entries = [item(feed * 1000 + n) for n in range(20)]
        add(library, server.put(f"/{feed}.xml", rss(*entries)), fetch=False)
    for path, (body, fields) in HOSTILE.items():
        add(library, server.put(path, body, validate=False, **fields), fetch=False)
    seen = []
    for round_ in range(ROUNDS):
        changed = round_ % GOOD
        server.put(f"/{changed}.xml", rss(*(item(changed * 1000 + round_ + n) for n in range(20))))
        stop = threading.Event()
        if round_ % 10 == 9:
            stop.set()
        summary = refresh(library, force=True, full=round_ % 50 == 49, cancel=stop)
        server.hits.clear()
        assert summary.cancelled or summary.failed == FAILING
        if round_ + 1 >= WARM and (round_ + 1) % WARM == 0:
            gc.collect()
            children = me.children(recursive=True)
            seen.append(
                (
                    me.memory_info().rss / 2**20,
                    sum(child.memory_info().rss for child in children) / 2**20,
                    me.num_fds() - 2 * len(children),  # two pipes each; how many are warm is a matter of chance
                    threading.active_count(),
                )
            )
    print(seen)
    first, last = seen[0], seen[-1]
    assert last[0] - first[0] < 20
    assert last[1] - first[1] < 60  # within what a child may keep before it is replaced
    assert abs(last[2] - first[2]) <= 6  # kept connections come and go
    assert abs(last[3] - first[3]) <= 4
