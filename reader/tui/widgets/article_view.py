"""The article: its text with quotes marked by voice, drawn line by line from offsets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.events import Click, Leave, MouseMove, Resize
from textual.geometry import Offset
from textual.message import Message

from reader.tui.commands import bindings
from reader.tui.overlay import Overlay, spread
from reader.tui.widgets.line_pane import LinePane
from reader.tui.widgets.quote_hovered import NOWHERE, QuoteHovered

if TYPE_CHECKING:  # what makes pages is loaded where the first article is read
    from reader.model import Article
    from reader.tui.layout import Line
    from reader.tui.page import Page
    from reader.tui.sheet import Sheet


class _Found:
    def __init__(self, spans: Sequence[tuple[int, int]] = ()) -> None:
        self.spans = spans
        self.current = -1


class ArticleView(LinePane):
    """Shows a `Page`; scrolls by lines; knows which quote is the current one."""

    BINDINGS = bindings("B")

    class QuoteReached(Message):
        """The current quote is another one (None: no quote)."""

        def __init__(self, index: int | None) -> None:
            super().__init__()
            self.index = index

    class LinkClicked(Message):
        """A link was clicked; nobody has checked its address yet."""

        def __init__(self, url: str) -> None:
            super().__init__()
            self.url = url

    def __init__(self) -> None:
        super().__init__(title="Article", id="article")
        self._page: Page | None = None
        self.quote: int | None = None
        self.hovered: int | None = None  # the quote under the mouse
        self.found = _Found()
        self.hints: dict[int, str] = {}
        self._passages: dict[int, str] = {}  # letters by line
        self._overlay = Overlay()

    # --- what is shown --------------------------------------------------------------------------------------------

    @property
    def article(self) -> Article | None:
        return self._page.article if self._page else None

    @property
    def sheet(self) -> Sheet:
        if self._page is None:
            from reader.tui.sheet import Sheet

            return Sheet()
        return self._page.sheet

    @property
    def lines(self) -> list[Line]:
        return self._page.layout.lines if self._page else []

    def show_page(self, page: Page, *, offset: int = 0) -> None:
        """Show `page`, with the article's character at `offset` in the first line seen (0: from the header)."""
        if page.layout.width != self.measure():
            page = self._laid_out_anew(page)
        self._page = page
        self.quote = None
        self.found = _Found()
        self.hints, self._passages = {}, {}
        self._laid_out()
        self.show_from(page.layout.line_at(page.sheet.positions.begin(offset)) if offset else 0)

    def update_page(self, page: Page) -> None:
        """The same article says something else in its header (it was saved): stay where we are."""
        top, quote = self.top, self.quote
        self.show_page(page)
        self.quote = quote
        self.show_from(top)

    def offset_at_top(self) -> int:
        """The article offset in the first line seen; 0 while the header is seen."""
        top = self.top
        if not self._page or not 0 < top < len(self.lines):
            return 0
        return self.sheet.positions.offset(self.lines[top].start)

    # --- movement -------------------------------------------------------------------------------------------------

    def move(self, steps: int) -> None:
        self.show_from(min(self.top + steps, self.last_top))

    def page(self, pages: float) -> None:
        self.move(int(pages * max(1, self.line_height - 1)) or (1 if pages > 0 else -1))

    def edge(self, direction: int, number: int | None = None) -> None:
        if number is not None:
            self.show_from(min(number - 1, self.last_top))
        else:
            self.show_from(self.last_top if direction > 0 else 0)

    def show_from(self, y: int) -> None:
        super().show_from(y)
        self._say_position()

    def _say_position(self) -> None:
        """How far the last line that is seen is into the whole."""
        seen = self.top + self.line_height
        self.say_title("Article", f"{min(100, 100 * seen // self.total)} %" if self.total > self.line_height else "")

    @property
    def at_end(self) -> bool:
        return self.top >= self.last_top

    def show_position(self, start: int, end: int) -> None:
        """Scroll so that the sheet's `[start, end)` is seen with some lines before it; not at all if it is."""
        if not self._page:
            return
        first, last = self._page.layout.line_at(start), self._page.layout.line_at(max(start, end - 1))
        top, height = self.top, self.line_height
        if not (top <= first and last < top + height):
            self.show_from(min(max(0, first - height // 4), self.last_top))

    # --- quotes ---------------------------------------------------------------------------------------------------

    def go_to_quote(self, index: int | None) -> None:
        """Make quote `index` the current one and show it."""
        if index is not None and not 0 <= index < len(self.sheet.quotes):
            index = None
        for quote in {self.quote, index} - {None}:
            self._quote_changed(quote)
        self.quote = index
        if index is not None:
            self.show_position(*self.sheet.quotes[index])

    def _quote_changed(self, index: int | None) -> None:
        if self._page is not None and index is not None and index < len(self.sheet.quotes):
            start, end = self.sheet.quotes[index]
            first, last = self._page.layout.line_at(start), self._page.layout.line_at(max(start, end - 1))
            self.changed(first, last - first + 1)

    def step_quote(self, step: int, among: Sequence[int]) -> int | None:
        """The quote `step` further among `among`: from the current one if it is seen, else from the first line seen."""
        if not among or not self._page:
            return None
        top, height = self.top, self.line_height
        line_of = [self._page.layout.line_at(self.sheet.quotes[index][0]) for index in among]
        if self.quote in among:
            at = among.index(self.quote)
            if top <= line_of[at] < top + height:
                return among[max(0, min(at + step, len(among) - 1))]
        after = next((at for at, line in enumerate(line_of) if line >= top), len(among))
        at = after + step - 1 if step > 0 else after + step
        return among[max(0, min(at, len(among) - 1))]

    # --- search and hints -----------------------------------------------------------------------------------------

    def find(self, words: str) -> int:
        """Mark every place where `words` stand (any case) and go to the first one from here; returns how many."""
        from reader.tui.finding import occurrences

        spans = occurrences(self.sheet.text, words)
        self.found = _Found(spans)
        if spans:
            top = self.lines[min(self.top, len(self.lines) - 1)].start
            self.found.current = next((i for i, span in enumerate(spans) if span[0] >= top), 0)
            self.show_position(*spans[self.found.current])
        self._overlay.matches = spread(spans, self._page.layout) if self._page else {}
        self.changed()
        return len(spans)

    def mark(self, query: str) -> None:
        """Mark what a query of the library found in this article; nothing moves."""
        from reader.text.query import parse
        from reader.text.query_match import highlights

        self.found = _Found(highlights(self.sheet.text, parse(query)))
        self.found.current = -1
        self._overlay.matches = spread(self.found.spans, self._page.layout) if self._page else {}
        self.changed()

    def step_match(self, step: int) -> None:
        if self.found.spans:
            if self.found.current < 0:
                self.found.current = len(self.found.spans) - 1 if step > 0 else 0
            self.found.current = (self.found.current + step) % len(self.found.spans)
            self.show_position(*self.found.spans[self.found.current])
            self.changed()

    def show_hints(self) -> dict[str, str]:
        """Put letters on the links that are seen; returns the address behind each."""
        from reader.tui.hints import labels

        top = self.top
        seen = [number for y in range(top, top + self.line_height) for number in self._overlay.numbers.get(y, ())]
        self.hints = dict(zip(seen, labels(len(seen)), strict=True))
        self.changed()
        return {label: self.sheet.numbers[number].url for number, label in self.hints.items()}

    def hide_hints(self) -> None:
        if self.hints:
            self.hints = {}
            self.changed()

    def show_passages(self) -> dict[str, tuple[int, int]]:
        """Put letters beside the passages that are seen; returns where in the article's text each stands."""
        article = self.article
        if article is None or not self.letter_cells():
            return {}
        from reader.tui.hints import ALPHABET, labels
        from reader.tui.passages import seen

        found = seen(article.document, self.lines, self.sheet.positions, self.top, self.line_height)[: len(ALPHABET)]
        letters = labels(len(found))
        self._passages = {passage.line: letter for passage, letter in zip(found, letters, strict=True)}
        self.changed()
        return {letter: (passage.start, passage.end) for passage, letter in zip(found, letters, strict=True)}

    def hide_passages(self) -> None:
        if self._passages:
            self._passages = {}
            self.changed()

    # --- drawing --------------------------------------------------------------------------------------------------

    def letter_cells(self) -> int:
        """Cells for the letters of quotes at the left."""
        return 3 if self.line_width >= 40 else 2 if self.line_width >= 12 else 0

    def measure(self) -> int:
        """The width of the text: what there is, at most the configured one."""
        return max(1, min(self.app.config.reading.body_width, self.line_width - self.letter_cells() - 1))

    def draw(self, y: int, width: int) -> list[Segment]:
        if y >= len(self.lines):
            return []
        line = self.lines[y]
        base = self.style(line.kind)
        indent = max(0, (width - self.letter_cells() - self.measure()) // 2)
        segments = [Segment(" " * indent, base), *self._margin(y, line, base), Segment(line.prefix, base)]
        position = line.start
        for start, end, style, text in self._overlay.pieces(self, y, line):
            if position < start:
                segments.append(Segment(self.sheet.text[position:start], base))
            segments.append(Segment(text or self.sheet.text[start:end], base + style))
            position = end
        segments.append(Segment(self.sheet.text[position : line.end], base))
        return segments

    def _margin(self, y: int, line: Line, base: Style) -> list[Segment]:
        """The letters of the quotes that begin in this line, or a bar where one goes on."""
        cells = self.letter_cells()
        quotes = self._overlay.quotes.get(y, [])
        if not cells:
            return []
        if y in self._passages:
            return [Segment(self._passages[y].rjust(cells - 1), base + self.over("hint")), Segment(" ", base)]
        if not quotes and self._overlay.marked(self.sheet, y) and line.kind != "blank":
            return [Segment(self.marks.noted.rjust(cells - 1), base + self.over("noted")), Segment(" ", base)]
        if not quotes or line.kind == "blank":
            return [Segment(" " * cells, base)]
        begin = [index for index in quotes if self.sheet.quotes[index][0] >= line.start]
        signs = []
        for index in (begin or quotes)[: cells - 1]:
            sign = self.sheet.letters[index] if index in begin else self.marks.bar
            signs.append(Segment(sign, base + self.over(f"voice-{self.sheet.voices[index]}")))
        if len(signs) < cells - 1:
            sign = self.marks.current if self.quote in quotes else " "
            signs.insert(0, Segment(sign, base))
        return [*signs, Segment(" ", base)]

    def _laid_out_anew(self, page: Page) -> Page:
        """The page at the width that there is now."""
        from reader.tui.page import make_page

        return make_page(page.article, page.sheet, self.measure(), self.marks)

    def _laid_out(self) -> None:
        if self._page:
            self._overlay = Overlay.of(self._page.sheet, self._page.layout)
            if self.found.spans:
                self._overlay.matches = spread(self.found.spans, self._page.layout)
        self.set_total(len(self.lines))
        self._say_position()
        self.changed()

    def on_resize(self, event: Resize) -> None:
        if self._page and self._page.layout.width != self.measure():
            top = min(self.top, max(0, len(self.lines) - 1))
            position = self.lines[top].start if self.lines else 0
            self._page = self._laid_out_anew(self._page)
            self._laid_out()
            self.show_from(self._page.layout.line_at(position) if top else 0)
        else:
            self.show_from(self.top)  # the height may be another: so are the last line and how far we are
            self.changed()

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or not self._page:
            return
        y = offset.y + self.top
        if y >= len(self.lines):
            return
        position = self._position(y, offset.x)
        for link in (*self.sheet.links, *self.sheet.numbers):
            if position is not None and link.start <= position < link.end:
                self.post_message(self.LinkClicked(link.url))
                return
        index = self._quote_at(y, position)
        if index is not None:
            self.go_to_quote(index)
            self.post_message(self.QuoteReached(index))

    def _position(self, y: int, x: int) -> int | None:
        """The sheet's position under cell `x` of line `y`; None beside the text."""
        from reader.tui.pointing import position_in_line

        return position_in_line(self.sheet.text, self.lines[y], x - self._indent())

    def _quote_at(self, y: int, position: int | None) -> int | None:
        """The quote at a position of line `y`; None in the margin is the first quote of the line."""
        for index in self._overlay.quotes.get(y, ()):
            start, end = self.sheet.quotes[index]
            if position is None or start <= position < end:
                return index
        return None

    def on_mouse_move(self, event: MouseMove) -> None:
        offset = event.get_content_offset(self)
        index = None
        if offset is not None and offset.y + self.top < len(self.lines):
            y = offset.y + self.top
            index = self._quote_at(y, self._position(y, offset.x))
        self.say_hovered(index, event.screen_offset)

    def on_leave(self, event: Leave) -> None:
        self.say_hovered(None)

    def say_hovered(self, index: int | None, place: Offset = NOWHERE) -> None:
        """The mouse is over another quote, or over none any more."""
        if index != self.hovered:
            self.hovered = index
            self.post_message(QuoteHovered(index, place))

    def _indent(self) -> int:
        """Cells at the left of the text: the margin of a wide pane, and the letters."""
        return max(0, (self.line_width - self.letter_cells() - self.measure()) // 2) + self.letter_cells()
