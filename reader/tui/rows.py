"""The articles of one view as a list needs them: some rows at once, all ids soon after, the other rows when seen."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace

from reader.model import ArticleRow, View

WINDOW = 64  # rows fetched at once: a screenful and a half, 0.4 ms
KEPT = 4096  # rows kept in memory
SPARSE = 64  # ids from the lowest to the highest for each that is there, from which a set takes less

Fetch = Callable[[Sequence[int]], list[ArticleRow]]


class ArticleRows:
    """A view of the library in its order, newest first.

    Begins with the first window; `complete` brings in every id. `fetch` gives rows by ids and is called when a row is
    wanted that is not at hand. The order is stable: an article that stops belonging to the view (it has been read)
    stays where it was until the view is opened anew.
    """

    def __init__(self, view: View, head: Sequence[ArticleRow], fetch: Fetch, *, whole: bool = False) -> None:
        self.view = view
        self.ids = array("q", (row.id for row in head))
        self.whole = whole or len(head) < WINDOW
        self._fetch = fetch
        self._rows = {row.id: row for row in head}
        self._shown = set(self._rows)
        self._gone: set[int] = set()

    def __len__(self) -> int:
        return len(self.ids)

    def merged(self, ids: array[int]) -> array[int]:
        """All ids of the view as they are now, with those that were shown and no longer belong to it.

        Those stay behind the article they stood behind; articles that the library does not have any more go.
        Changes nothing and may take some 50 ms for 100,000 ids: for a worker thread.
        """
        stale = self._shown.intersection(self.ids).difference(ids)  # iterates: a set of a million ids takes 60 MB
        if not stale:
            return ids
        return _merged(self.ids, ids, {row.id for row in self._fetch(sorted(stale))})

    def complete(self, ids: array[int]) -> None:
        """Take over what `merged` returned."""
        self.ids = ids
        self.whole = True

    def row(self, index: int) -> ArticleRow | None:
        """Row `index`; its whole window is fetched if it is not at hand. None if the library has lost it."""
        if not 0 <= index < len(self.ids):
            return None
        id_ = self.ids[index]
        row = self._rows.get(id_)
        if row is None and id_ not in self._gone:
            first = index - index % WINDOW
            self._load(self.ids[first : first + WINDOW])
            row = self._rows.get(id_)
        return row

    def index_of(self, article_id: int) -> int | None:
        try:
            return self.ids.index(article_id)
        except ValueError:
            return None

    def change(self, ids: Sequence[int], *, read: bool | None = None, saved: bool | None = None) -> list[int]:
        """Say what is different now; returns the indexes of the rows that changed and are at hand."""
        changed = []
        for id_ in ids:
            row = self._rows.get(id_)
            if row is None:
                continue
            self._rows[id_] = replace(
                row, read=row.read if read is None else read, saved=row.saved if saved is None else saved
            )
            index = self.index_of(id_)
            if index is not None:
                changed.append(index)
        return changed

    def put(self, row: ArticleRow) -> None:
        """What reading the article has found out about it; read and saved stay: a change may be on its way."""
        known = self._rows.get(row.id)
        if known is not None:
            self._rows[row.id] = replace(known, quote_count=row.quote_count, voice=row.voice)

    def forget(self) -> None:
        """Fetch every row anew when it is seen next: after a refresh or an undo."""
        self._rows.clear()
        self._gone.clear()

    def _load(self, ids: array[int]) -> None:
        if len(self._rows) > KEPT:
            self._rows.clear()
        found = {row.id: row for row in self._fetch(ids)}
        self._rows.update(found)
        self._shown.update(found)
        self._gone.update(id_ for id_ in ids if id_ not in found)


def _merged(before: array[int], after: array[int], keep: set[int]) -> array[int]:
    """`after` with the ids of `keep` put in behind whatever they followed in `before`."""
    followers: dict[int, list[int]] = {}
    anchor = 0  # stands for the beginning: ids are positive
    fresh = _there(after)
    for id_ in before:
        if id_ in keep:
            followers.setdefault(anchor, []).append(id_)
        elif fresh(id_):
            anchor = id_
    merged = array("q", followers.get(0, ()))
    for id_ in after:
        merged.append(id_)
        if id_ in followers:
            merged.extend(followers[id_])
    return merged


def _there(ids: array[int]) -> Callable[[int], bool]:
    """Whether an id is one of these, told by a byte for each id between the lowest and the highest: a set of a million
    takes sixty times as much."""
    low, high = min(ids, default=0), max(ids, default=-1)
    if high - low > SPARSE * len(ids):
        return set(ids).__contains__
    flags = bytearray(high - low + 1)
    for id_ in ids:
        flags[id_ - low] = 1
    return lambda id_: low <= id_ <= high and bool(flags[id_ - low])
