"""The Articles pane: one row an article, the title first; in a search also the line of the text that was found."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.message import Message

from reader.text.clean import clean_line
from reader.tui.commands import bindings
from reader.tui.marks import LETTERS
from reader.tui.rows import KEPT, ArticleRows
from reader.tui.times import age
from reader.tui.widgets.virtual_list import VirtualList
from reader.tui.wrap import cut, wrap

if TYPE_CHECKING:
    from reader.model import ArticleRow
    from reader.text.query_match import Snippet

ONE_LINE = 100  # cells; in a narrower pane the title may take two lines
TITLE_LIMIT = 400  # characters; more than two lines of any terminal
SOURCE_WIDTH = 22
ROOM_FOR_PLACES = 9  # lines of the pane from which each row has one more for what was found


class ArticleList(VirtualList):
    """Shows `rows`; asks them for what it draws. The places that a search found are asked for by a message."""

    BINDINGS = bindings("L")

    class PlacesWanted(Message):
        """Rows are seen of which it is not known where a search found its words: `take_places` takes the answer."""

        def __init__(self, asked: str, ids: Sequence[int]) -> None:
            super().__init__()
            self.asked = asked
            self.ids = ids

    def __init__(self) -> None:
        super().__init__(title="Articles", id="articles")
        self.rows: ArticleRows | None = None
        self.asked = ""  # the query whose finds are shown, if any
        self._places: dict[int, Snippet | None] = {}
        self._lacking: set[int] = set()
        self._waiting = False

    @property
    def row_count(self) -> int:
        return len(self.rows) if self.rows else 0

    @property
    def article_id(self) -> int | None:
        """The article under the cursor."""
        return self.rows.ids[self.cursor] if self.rows and self.cursor < len(self.rows) else None

    def row_height(self) -> int:
        return self.title_height() + self.shows_places()

    def title_height(self) -> int:
        return 1 if self.line_width >= ONE_LINE else 2

    def shows_places(self) -> bool:
        """Whether each row ends with the line of its text that the search found."""
        return bool(self.asked) and self.line_height >= ROOM_FOR_PLACES

    def show_rows(self, rows: ArticleRows) -> None:
        """Show another view from its top."""
        self.rows = rows
        if rows.view.query != self.asked:
            self.asked = rows.view.query
            self._places.clear()
            self._lacking.clear()
        self.cursor = 0
        self.rows_changed()
        self.show_from(0)

    def take_ids(self, ids: array[int]) -> None:
        """Rows came in or went: what is under the cursor stays under it, at the same height of the screen."""
        if self.rows is None:
            return
        kept = self.article_id
        distance = self.first_line(self.cursor) - self.top
        self.rows.complete(ids)
        index = self.rows.index_of(kept) if kept is not None else None
        if index is not None:
            self.cursor = index
        self.rows_changed()
        self.show_from(self.first_line(self.cursor) - distance)

    def update_row(self, row: ArticleRow) -> None:
        """An article was read from the library: its row may say something else now."""
        if self.rows is not None:
            self.rows.put(row)
            index = self.rows.index_of(row.id)
            if index is not None:
                self.row_changed(index)

    def place_of(self, article_id: int) -> Snippet | None:
        """The place that was found in an article; None if there is none, or while it is looked for."""
        if article_id not in self._places:
            self._lacking.add(article_id)
            self._ask()
        return self._places.get(article_id)

    def take_places(self, asked: str, found: Mapping[int, Snippet | None]) -> None:
        """Where the query `asked` found its words in articles; of another query than the one shown it is nothing."""
        self._waiting = False
        if asked == self.asked:
            if len(self._places) > KEPT:
                self._places.clear()
            self._places.update(found)
            self.changed()
        self._ask()

    def _ask(self) -> None:
        if self._lacking and not self._waiting:
            self._waiting = True
            self.call_later(self._ask_now)  # once for all rows of this paint

    def _ask_now(self) -> None:
        ids = sorted(self._lacking)
        self._lacking.clear()
        self.post_message(self.PlacesWanted(self.asked, ids))

    def draw_row(self, index: int, line: int, width: int, style: Style) -> list[Segment]:
        row = self.rows.row(index) if self.rows else None
        if row is None:
            return [Segment(cut("   (this article is gone)", width) if line == 0 else "", style)]
        pen = _Pen(self, row, style, current=index == self.cursor)
        titles = self.title_height()
        return pen.draw(line, width, titles) if line < titles else pen.place(width)


class _Pen:
    """Draws one row; on the cursor's ground the text keeps the cursor's colour, for contrast."""

    def __init__(self, pane: ArticleList, row: ArticleRow, style: Style, *, current: bool) -> None:
        self.pane, self.row, self.ground, self.current = pane, row, style, current
        self.title_style = style + pane.over("read" if row.read else "unread") if not current else style
        if current and not row.read:
            self.title_style = style + Style(bold=True)
        self.quiet = style if current else style + pane.over("quiet")

    def draw(self, line: int, width: int, height: int) -> list[Segment]:
        title = clean_line(self.row.title, TITLE_LIMIT) or "(no title)"
        marks = min(3, width)
        room = width - marks
        if room < 1:
            return self.marks(width) if line == 0 else []
        more = self.pane.marks.more
        if height == 1:
            return [*self.marks(marks), *self.with_details(cut(title, room, more), room)]
        lines = wrap(title, 0, len(title), room)
        if line == 0:
            first = title[lines[0][0] : lines[0][1]]
            return [*self.marks(marks), Segment(first, self.title_style)]
        rest = cut(title[lines[1][0] :], room, more) if len(lines) > 1 else ""
        return [Segment(" " * marks, self.ground), *self.with_details(rest, room)]

    def place(self, width: int) -> list[Segment]:
        """The line that was found, its words marked; the summary where nothing was found in the text."""
        from reader.text.query_match import Snippet

        indent = min(3, width)
        room = width - indent
        more = self.pane.marks.more
        found = self.pane.place_of(self.row.id) or Snippet(clean_line(self.row.summary, TITLE_LIMIT))
        found = _within_reach(found, room, more)
        text = cut(found.text, room, more)
        kept = len(text) - len(more) * (text != found.text)
        match = self.ground + (Style(bold=True, underline=True) if self.current else self.pane.over("match"))
        segments, at = [Segment(" " * indent, self.ground)], 0
        for start, end in found.spans:
            if start >= kept:
                break
            end = min(end, kept)
            segments += [Segment(text[at:start], self.quiet), Segment(text[start:end], match)]
            at = end
        return [*segments, Segment(text[at:], self.quiet), Segment(" " * max(0, room - cell_len(text)), self.ground)]

    def marks(self, width: int) -> list[Segment]:
        marks, row = self.pane.marks, self.row
        unread = Segment(" " if row.read else marks.unread, self.colour("mark"))
        saved = Segment(marks.saved if row.saved else " ", self.colour("saved"))
        return [unread, saved, Segment(" ", self.ground)][:width]

    def colour(self, name: str) -> Style:
        return self.ground if self.current else self.ground + self.pane.over(name)

    def with_details(self, title: str, room: int) -> list[Segment]:
        """The title and, at the right, as much of source, age and quotes as it leaves room for; the title is whole."""
        row = self.row
        free = room - cell_len(title) - (2 if title else 0)
        quotes = f"{min(row.quote_count, 999)}{LETTERS[row.voice] if row.voice else ''}" if row.quote_count else ""
        details: list[Segment] = []
        when = age(row.published or row.sort_date, self.pane.app.now())
        if free >= 4:
            details = [Segment(f"{when:>4}", self.quiet)]
            free -= 4
        if free >= 5:
            name = f"voice-{row.voice}" if row.voice else "quiet"
            details.append(Segment(f" {quotes:>4}", self.colour(name)))
            free -= 5
        if free >= 8:
            more = f" {row.more_sources}" if row.also else ""
            room_for_name = min(SOURCE_WIDTH, free - 2) - len(more)
            source = cut(clean_line(row.source_title, 80), room_for_name, self.pane.marks.more) + more
            details.insert(0, Segment(source + "  " if source else "", self.quiet))
        blank = room - cell_len(title) - sum(segment.cell_length for segment in details)
        return [Segment(title, self.title_style), Segment(" " * blank, self.ground), *details]


def _within_reach(found: Snippet, room: int, more: str) -> Snippet:
    """The snippet from so far on that its first find is seen in `room` cells."""
    if not found.spans or cell_len(found.text[: found.spans[0][1]]) < room:
        return found
    from reader.text.query_match import Snippet

    first = max(0, found.spans[0][0] - room // 3)
    shift = len(more) - first
    spans = tuple((start + shift, end + shift) for start, end in found.spans)
    return Snippet(more + found.text[first:], spans)
