"""All sources with their health: when they answered last, when they are fetched next, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from reader.errors import SecnewsError
from reader.model import Outcome, Source
from reader.service import actions
from reader.service.health import Health, health
from reader.service.library import Library
from reader.service.schedule import duration
from reader.text.addresses import mask
from reader.text.sparkline import sparkline
from reader.tui.screens.window import ListWindow
from reader.tui.times import age, local
from reader.tui.widgets.text_list import Cell, Row

if TYPE_CHECKING:
    from reader.tui.app import RoomApp
    from reader.tui.screens.edit import Edited


NOTHING = "_"  # a week without an article; blanks would be eaten


class SourcesScreen(ListWindow[list[int]]):
    """Answers with the ids of the sources to fetch now, if any."""

    app: RoomApp
    title_text = "Sources"
    empty = "There are no sources yet; a in the room adds one."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("D,delete", "remove", "Remove", id="sources.remove", tooltip="Remove the source; u takes it back."),
        Binding(
            "e",
            "edit",
            "Edit",
            id="sources.edit",
            tooltip="Another title, section or interval; full text; headers.",
        ),
        Binding("p", "pause", "Pause", id="sources.pause", tooltip="Fetch the source no more, or again."),
        Binding("M", "move", "Take address", id="sources.move", tooltip="Take the new address that it suggests."),
        Binding("u", "undo", "Undo", id="sources.undo", tooltip="Take back the last change."),
        Binding("r,enter", "fetch", "Fetch", id="sources.fetch", tooltip="Fetch this source now."),
    ]

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._sources: list[Health] = []
        self._shown: list[Health] = []

    def on_mount(self) -> None:
        super().on_mount()
        self.read()

    def read(self) -> None:
        """Look at the library again; as long as a list of sources takes."""
        try:
            self._sources = health(self._library)
        except SecnewsError as error:
            self.app.tell(str(error), error=True)
        bad = sum(one.source.errors > 0 for one in self._sources)
        count = f"{len(self._sources)}, {bad} failing" if bad else f"{len(self._sources)}"
        self.list.say_title("Sources", f"{count}   r fetch  e edit  p pause  D remove  / filter  esc close")
        self.show_rows(self.query_one(Input).value)

    def rows_for(self, words: str) -> Sequence[Row]:
        wanted = words.casefold().split()
        self._shown = [one for one in self._sources if all(word in _searched(one) for word in wanted)]
        return [self.row(one) for one in self._shown]

    def row(self, one: Health) -> Row:
        source, now = one.source, self.app.now()
        wide = self.app.size.width >= 100
        name = "bad" if source.errors else "good" if source.status in ("ok", "unchanged", "moved") else "quiet"
        bars = self.weeks(one)
        cells = [
            Cell(source.title or mask(source.url), 26 if wide else 0),
            Cell("paused" if source.paused else source.status, 9, name),
            Cell(age(source.last_success, now) if source.last_success else "never", 5, "quiet"),
            Cell(_due(one), 7, "quiet"),
        ]
        if wide:
            cells.insert(1, Cell(source.section, 14, "quiet"))
            cells += [
                Cell(bars, 12, "mark"),
                Cell(f"{one.per_week:g}/wk", 8, "quiet"),
                Cell(f"{source.errors} failed" if source.errors else "", 10, "bad"),
                Cell(f"-> {one.suggested}  {one.why}" if one.suggested else one.why or mask(source.url)),
            ]
        elif self.app.size.width >= 72:
            cells.append(Cell(bars, 12, "mark"))
        return cells

    def weeks(self, one: Health) -> str:
        """A picture of the articles in each of the last twelve weeks."""
        return sparkline(one.weeks, len(one.weeks), ascii_only=self.app.config.reading.ascii, nothing=NOTHING)

    def detail_for(self, index: int) -> str:
        if index >= len(self._shown):
            return ""
        one = self._shown[index]
        source = one.source
        parts = [
            mask(source.url),
            source.section,
            f"last success {local(source.last_success, self.app.zone)}" if source.last_success else "no success yet",
            f"next fetch {_due(one)}" if one.due is not None else "",
            one.why.rstrip("."),
            f"{source.errors:,} failed in a row" if source.errors else "",
            f"{one.per_week:g} articles a week" + (f", in twelve weeks {self.weeks(one)}" if any(one.weeks) else ""),
            f"silent for {_days(one.silent_days)}" if one.silent_days else "",
            f"{source.unread:,} of {source.total:,} unread",
            f"config.toml sets {', '.join(one.fixed)}" if one.fixed else "",
            f"M takes {one.suggested}" if one.suggested else "",
        ]
        return "; ".join(part for part in parts if part)

    def current(self) -> Source | None:
        return self._shown[self.list.cursor].source if self.list.cursor < len(self._shown) else None

    def change(self, change: partial[int]) -> bool:
        """Make a change and look again; whether it could be made."""
        try:
            change()
        except SecnewsError as error:
            self.app.tell(str(error), error=True)
            return False
        finally:
            self.read()
        return True

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

            fixed = self._shown[self.list.cursor].fixed
            self.app.push_screen(EditScreen(source, fixed), partial(self.edited, source.id))

    def edited(self, source_id: int, answer: Edited | None) -> None:
        if answer is not None:
            self.change(
                partial(
                    actions.edit_source,
                    self._library,
                    source_id,
                    title=answer.title,
                    section=answer.section,
                    interval=answer.interval,
                    full_text=answer.full_text,
                    headers=answer.headers,
                )
            )

    def action_pause(self) -> None:
        source = self.current()
        if source is None:
            return
        asleep = source.paused or source.status == Outcome.GONE
        if self.change(partial(actions.resume if asleep else actions.pause, self._library, [source.id])):
            done = "is fetched again" if asleep else "is fetched no more until you resume it with p"
            self.app.tell(f"{source.title or mask(source.url)} {done}. u takes it back.")

    def action_move(self) -> None:
        source = self.current()
        if source is not None and self.change(partial(actions.accept_move, self._library, source.id)):
            self.app.tell(f"{source.title or 'The source'} is now at {mask(source.moved_to)}. u takes it back.")


def _searched(one: Health) -> str:
    source = one.source
    paused = "paused" if source.paused else ""
    return f"{source.title} {source.section} {source.status} {paused} {mask(source.url)} {one.why}".casefold()


def _due(one: Health) -> str:
    if one.source.paused:
        return "paused"
    if one.due is None:
        return "-"
    return f"in {duration(timedelta(seconds=one.due))}".replace(" min", "m").replace(" h", "h").replace(" s", "s")


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"
