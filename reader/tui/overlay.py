"""What is drawn over the text of an article, sorted by the line it falls in: quotes, links, matches, hints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.style import Style

if TYPE_CHECKING:
    from reader.tui.layout import Layout, Line
    from reader.tui.sheet import Sheet, Span
    from reader.tui.widgets.article_view import ArticleView

ByLine = dict[int, list[int]]
Piece = tuple[int, int, Style, str]  # start, end, style over the base, text instead of the sheet's if not ""


def spread(spans: Sequence[Span], layout: Layout) -> ByLine:
    """For every line the indexes of the spans that it shows a part of."""
    lines: ByLine = {}
    for index, (start, end) in enumerate(spans):
        if start < end:
            for y in range(layout.line_at(start), layout.line_at(end - 1) + 1):
                lines.setdefault(y, []).append(index)
    return lines


class Overlay:
    """Indexes into the sheet's quotes, links, numbers and styled spans, and into the matches of a search, by line."""

    def __init__(
        self,
        quotes: ByLine | None = None,
        links: ByLine | None = None,
        numbers: ByLine | None = None,
        styled: ByLine | None = None,
    ) -> None:
        self.quotes = quotes or {}
        self.links = links or {}
        self.numbers = numbers or {}
        self.styled = styled or {}
        self.matches: ByLine = {}

    @classmethod
    def of(cls, sheet: Sheet, layout: Layout) -> Overlay:
        return cls(
            spread(sheet.quotes, layout),
            spread([(link.start, link.end) for link in sheet.links], layout),
            spread([(link.start, link.end) for link in sheet.numbers], layout),
            spread([(item.start, item.end) for item in sheet.styled], layout),
        )

    def marked(self, sheet: Sheet, y: int) -> bool:
        """Whether line `y` shows words that the reader has marked."""
        return any(sheet.styled[index].name == "highlight" for index in self.styled.get(y, ()))

    def pieces(self, view: ArticleView, y: int, line: Line) -> Iterable[Piece]:
        """The stretches of line `y` that are not drawn plainly, in order and without overlaps."""
        layers = [layer for layer in self._layers(view, y) if layer[0] < line.end and layer[1] > line.start]
        if not layers:
            return
        edges = {line.start, line.end}
        for start, end, _style, _text in layers:
            edges.update((max(start, line.start), min(end, line.end)))
        ordered = sorted(edges)
        for start, end in pairwise(ordered):
            here = [layer for layer in layers if layer[0] <= start and end <= layer[1]]
            if here:
                style = Style.combine([layer[2] for layer in here])
                # A hint is drawn once, over the whole of the number it replaces.
                text = next((layer[3] for layer in here if layer[3] and layer[0] == start and layer[1] == end), "")
                yield start, end, style, text

    def _layers(self, view: ArticleView, y: int) -> Iterable[Piece]:
        sheet = view.sheet
        for index in self.styled.get(y, ()):
            item = sheet.styled[index]
            yield item.start, item.end, view.over(item.name), ""
        for index in self.links.get(y, ()):
            link = sheet.links[index]
            yield link.start, link.end, view.over("link"), ""
        for index in self.quotes.get(y, ()):
            name = "current" if index == view.quote else "quote"
            yield *sheet.quotes[index], view.over(f"{name}-{sheet.voices[index]}"), ""
        for index in self.numbers.get(y, ()):
            link, hint = sheet.numbers[index], view.hints.get(index, "")
            style = view.over("hint" if hint else "number")
            yield link.start, link.end, style, hint.center(link.end - link.start) if hint else ""
        for index in self.matches.get(y, ()):
            name = "match-current" if index == view.found.current else "match"
            yield *view.found.spans[index], view.over(name), ""
