"""All sources with their health: when they answered last, when they are fetched next, and why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from reader.errors import SecnewsError
from reader.model import Source
from reader.service import actions
from reader.service.library import Library
from reader.text.addresses import mask
from reader.tui.screens.window import ListWindow
from reader.tui.times import age
from reader.tui.widgets.text_list import Cell, Row

if TYPE_CHECKING:
    from reader.tui.app import RoomApp


class SourcesScreen(ListWindow[list[int]]):
    """Answers with the ids of the sources to fetch now, if any."""

    app: RoomApp
    title_text = "Sources"
    empty = "There are no sources yet; a in the room adds one."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("D,delete", "remove", "Remove", id="sources.remove", tooltip="Remove the source; u takes it back."),
        Binding("e", "edit", "Edit", id="sources.edit", tooltip="Give the source another title or section."),
        Binding("u", "undo", "Undo", id="sources.undo", tooltip="Take back the last change."),
        Binding("r,enter", "fetch", "Fetch", id="sources.fetch", tooltip="Fetch this source now."),
    ]

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._sources: list[Source] = []
        self._shown: list[Source] = []

    def on_mount(self) -> None:
        super().on_mount()
        self.read()

    def read(self) -> None:
        """Look at the library again; as long as a list of sources takes."""
        try:
            self._sources = self._library.sources()
        except SecnewsError as error:
            self.app.tell(str(error), error=True)
        bad = sum(source.errors > 0 for source in self._sources)
        count = f"{len(self._sources)}, {bad} failing" if bad else f"{len(self._sources)}"
        self.list.say_title("Sources", f"{count}   r fetch  e edit  D remove  / filter  esc close")
        self.show_rows("")

    def rows_for(self, words: str) -> Sequence[Row]:
        wanted, now = words.casefold().split(), self.app.now()
        self._shown = [
            source
            for source in self._sources
            if all(
                word in f"{source.title} {source.section} {source.status} {source.url}".casefold() for word in wanted
            )
        ]
        wide = self.app.size.width >= 100
        rows: list[Row] = []
        for source in self._shown:
            name = "bad" if source.errors else "good" if source.status in ("ok", "unchanged") else "quiet"
            last = age(source.last_success, now) if source.last_success else "never"
            cells = [
                Cell(source.title or mask(source.url), 26 if wide else 0),
                Cell(source.status, 9, name),
                Cell(last, 5, "quiet"),
                Cell(f"{source.unread:,}/{source.total:,}", 11, "quiet"),
            ]
            if wide:
                cells.insert(1, Cell(source.section, 14, "quiet"))
                cells.append(Cell(source.reason or mask(source.url)))
            rows.append(cells)
        return rows

    def detail_for(self, index: int) -> str:
        if index >= len(self._shown):
            return ""
        source = self._shown[index]
        due = f"next fetch {source.next_fetch.astimezone(self.app.zone):%a %H:%M}" if source.next_fetch else ""
        return "  ".join(part for part in (mask(source.url), source.section, due, source.reason) if part)

    def current(self) -> Source | None:
        return self._shown[self.list.cursor] if self.list.cursor < len(self._shown) else None

    def change(self, change: partial[int]) -> None:
        try:
            change()
        except SecnewsError as error:
            self.app.tell(str(error), error=True)
        self.read()

    def action_remove(self) -> None:
        source = self.current()
        if source is not None:
            self.change(partial(actions.remove_source, self._library, source.id))
            self.app.tell(f"Removed {source.title or mask(source.url)}; what you saved stays. u takes it back.")

    def action_undo(self) -> None:
        try:
            label = actions.undo(self._library)
        except SecnewsError as error:
            self.app.tell(str(error), error=True)
            return
        self.app.tell(f"Undone: {label}." if label else "There is nothing to undo.")
        self.read()

    def action_fetch(self) -> None:
        source = self.current()
        if source is not None and not self.app.offline:
            self.dismiss([source.id])
        elif source is not None:
            self.app.tell("secnews was started offline; nothing is fetched.", error=True)

    def action_edit(self) -> None:
        source = self.current()
        if source is not None:
            from reader.tui.screens.edit import EditScreen

            self.app.push_screen(EditScreen(source), partial(self.edited, source.id))

    def edited(self, source_id: int, answer: tuple[str, str] | None) -> None:
        if answer is not None:
            self.change(partial(actions.edit_source, self._library, source_id, title=answer[0], section=answer[1]))
