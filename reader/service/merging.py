"""Making one article of those that are one, in a library from before addresses were compared (or after an import)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from reader.service.decide import short_digest
from reader.service.library import Library
from reader.service.one_address import choose
from reader.store import sharing, twins
from reader.store.columns import key_hash
from reader.store.twins import OldEntry
from reader.text.canonical import fingerprint


def merge_pending(library: Library, *, cancel: threading.Event | None = None) -> int:
    """Go through what is not looked at yet; returns how many articles went into others. Nothing happens if read-only.

    Some 20 µs an entry, once; stopped and killed as it may be, it goes on where it was. Raises StorageError.
    """
    merged = 0
    while not library.readonly and not (cancel is not None and cancel.is_set()):
        with library.database.read() as c:
            if not twins.waiting(c):
                break
        with library.database.write() as c:
            merged += twins.step(c, address_of=_address, choose=_choose)
    return merged


def _choose(
    found: Sequence[sharing.Twin], words: sharing.Words, own_id: bool, words_of: Callable[[int], sharing.Words]
) -> int | None:
    return choose(found, words, own_id=own_id, words_of=words_of)


def _address(entry: OldEntry) -> tuple[int, bool]:
    """The address, and whether the entry's key is made of an id that is something else (see `service.decide`)."""
    dates = [datetime.fromtimestamp(stamp, UTC).isoformat() for stamp in (entry.published, entry.updated) if stamp]
    known = [f"i{short_digest(entry.url)}", f"l{short_digest(entry.url)}", f"t{short_digest(entry.url, entry.title)}"]
    known += [f"d{short_digest(entry.url, entry.title, date)}" for date in dates]
    return fingerprint(entry.url), all(key_hash(key) != entry.key for key in known)
