"""Two readers of one library do not fetch the same source at the same time."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest
from feed_server import FeedServer, item, rss

from reader.model import Outcome
from reader.service import lease as leasing
from reader.service.adding import add
from reader.service.lease import KEY, Lease
from reader.service.library import Library
from reader.service.refresh import refresh


def test_what_one_works_on_is_not_given_to_another(library: Library) -> None:
    """The second gets the rest; after the first has given back, everything."""
    first, second = Lease(library.database), Lease(library.database)
    assert first.take([1, 2, 3]) == {1, 2, 3}
    assert second.take([2, 3, 4]) == {4}
    first.give_back()
    assert second.take([1, 2, 3, 4]) == {1, 2, 3, 4}
    second.give_back()
    assert library.setting(KEY) is None


def test_a_silent_owner_loses_its_lease(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a sign of life a lease is void after a while; with one it is not."""
    first, second = Lease(library.database), Lease(library.database)
    first.take([1])
    now = time.time()
    monkeypatch.setattr(leasing.time, "time", lambda: now + leasing.SILENCE * 0.9)
    first.beat()
    assert second.take([1]) == set()
    monkeypatch.setattr(leasing.time, "time", lambda: now + leasing.SILENCE * 2)
    assert second.take([1]) == {1}


def test_a_killed_owner_loses_its_lease_at_once(library: Library) -> None:
    """A process that is gone claims nothing."""
    code = (
        "import sys; from pathlib import Path; from reader.store import Database;"
        "from reader.service.lease import Lease;"
        "print(Lease(Database(Path(sys.argv[1]))).take([1]))"
    )
    with library.database.write():
        pass
    made = subprocess.run(
        [sys.executable, "-c", code, str(library.database.path)], capture_output=True, text=True, check=True
    )
    assert made.stdout == "{1}\n"
    assert library.setting(KEY)
    assert Lease(library.database).take([1]) == {1}


def test_two_refreshes_fetch_once(library: Library, server: FeedServer) -> None:
    """While one refresh waits for a slow server, another one skips that source and says why."""
    url = server.put("/slow.xml", rss(item(1)), delay=0.8)
    add(library, url, fetch=False)
    first = threading.Thread(target=refresh, args=(library,))
    first.start()
    deadline = time.monotonic() + 10
    while not library.setting(KEY) and time.monotonic() < deadline:
        time.sleep(0.01)
    result = refresh(library, force=True).results[0]
    first.join()
    assert result.outcome is Outcome.SKIPPED
    assert "Another running secnews" in result.message
    assert len(server.hits) == 1
    assert library.setting(KEY) is None
    assert refresh(library, force=True).results[0].outcome is Outcome.UNCHANGED
