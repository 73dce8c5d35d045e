"""The Articles pane: one row an article, the title first."""

from __future__ import annotations

from array import array

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from reader.model import ArticleRow
from reader.text.clean import clean_line
from reader.tui.commands import bindings
from reader.tui.marks import LETTERS
from reader.tui.rows import ArticleRows
from reader.tui.times import age
from reader.tui.widgets.virtual_list import VirtualList
from reader.tui.wrap import cut, wrap

ONE_LINE = 100  # cells; in a narrower pane the title may take two lines
TITLE_LIMIT = 400  # characters; more than two lines of any terminal
SOURCE_WIDTH = 22


class ArticleList(VirtualList):
    """Shows `rows`; asks them for what it draws."""

    BINDINGS = bindings("L")

    def __init__(self) -> None:
        super().__init__(title="Articles", id="articles")
        self.rows: ArticleRows | None = None

    @property
    def row_count(self) -> int:
        return len(self.rows) if self.rows else 0

    @property
    def article_id(self) -> int | None:
        """The article under the cursor."""
        return self.rows.ids[self.cursor] if self.rows and self.cursor < len(self.rows) else None

    def row_height(self) -> int:
        return 1 if self.line_width >= ONE_LINE else 2

    def show_rows(self, rows: ArticleRows) -> None:
        """Show another view from its top."""
        self.rows = rows
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

    def draw_row(self, index: int, line: int, width: int, style: Style) -> list[Segment]:
        row = self.rows.row(index) if self.rows else None
        if row is None:
            return [Segment(cut("   (this article is gone)", width) if line == 0 else "", style)]
        return _Pen(self, row, style, current=index == self.cursor).draw(line, width, self.row_height())


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
            source = cut(clean_line(row.source_title, 80), min(SOURCE_WIDTH, free - 2), self.pane.marks.more)
            details.insert(0, Segment(source + "  " if source else "", self.quiet))
        blank = room - cell_len(title) - sum(segment.cell_length for segment in details)
        return [Segment(title, self.title_style), Segment(" " * blank, self.ground), *details]
