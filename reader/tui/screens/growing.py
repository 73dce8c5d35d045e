"""A window whose rows come from the library a page at a time, as far as somebody looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.worker import get_current_worker

from reader.errors import SecnewsError
from reader.tui.screens.window import ListWindow
from reader.tui.widgets.text_list import Row
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.tui.app import RoomApp

R = TypeVar("R")
T = TypeVar("T")
PAGE = 200
NEAR = 40  # rows before the end from which the next page is fetched


class GrowingWindow(ListWindow[R], Generic[R, T]):
    """`fetch` runs in a thread and gives the items after those in `have`; `row_of` and `detail_of` show one."""

    app: RoomApp

    def __init__(self) -> None:
        super().__init__()
        self.items: list[T] = []
        self.whole = False  # whether there are no more
        self._typed = ""
        self._coming = False

    def fetch(self, words: str, have: Sequence[T]) -> list[T]:
        raise NotImplementedError

    def row_of(self, item: T) -> Row:
        raise NotImplementedError

    def detail_of(self, item: T) -> str:
        raise NotImplementedError

    def say_count(self) -> None:
        """Called when there are other items than before."""

    @property
    def current(self) -> T | None:
        return self.items[self.list.cursor] if self.list.cursor < len(self.items) else None

    def show_rows(self, typed: str) -> None:
        """Begin anew with the items that the typed words find."""
        self._typed, self.whole = typed, False
        self._read([])

    def more(self) -> None:
        if not self.whole and not self._coming:
            self._read(list(self.items))

    def _read(self, have: list[T]) -> None:
        self._coming = True
        typed = self._typed

        def read() -> None:
            worker = get_current_worker()
            try:
                found = self.fetch(typed, have)
            except SecnewsError as error:
                if not worker.is_cancelled:
                    self.app.call_from_thread(self.app.tell, str(error), error=True)
                return
            if not worker.is_cancelled:
                self.app.call_from_thread(self._take, typed, have, found)

        self.run_worker(read, thread=True, exclusive=True, group="rows", exit_on_error=False)

    def _take(self, typed: str, have: list[T], found: list[T]) -> None:
        self._coming = False
        if not self.is_attached or typed != self._typed:
            return
        before = self.list.cursor if have or not typed else 0
        self.items = [*have, *found]
        self.whole = not found
        self.list.show_rows(_Rows(self))
        self.list.set_cursor(before, tell=False)
        self.say_count()
        self.show_detail()

    def detail_for(self, index: int) -> str:
        return self.detail_of(self.items[index]) if index < len(self.items) else ""

    def on_virtual_list_highlighted(self, message: VirtualList.Highlighted) -> None:
        super().on_virtual_list_highlighted(message)
        if message.index >= len(self.items) - NEAR:
            self.more()


class _Rows(Sequence[Row]):
    """The rows of a window, each made when it is drawn."""

    def __init__(self, window: GrowingWindow[R, T]) -> None:
        self._window = window

    def __len__(self) -> int:
        return len(self._window.items)

    def __getitem__(self, index: int) -> Row:  # type: ignore[override]  # nobody slices rows
        return self._window.row_of(self._window.items[index])
