"""What must hold of every screen at every size: nothing overlaps, nothing is cut without a sign that it is.

`faults(app)` looks at the widgets that are there and at the strips that would be sent, and says what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from rich.cells import cell_len
from textual.geometry import Region
from textual.scrollbar import ScrollBar
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets._toast import Toast

from reader.text.clean import clean_line
from reader.tui.screens.speaker import SpeakerScreen
from reader.tui.widgets.brief import Brief
from reader.tui.widgets.hover_card import HoverCard
from reader.tui.widgets.line_pane import LinePane
from reader.tui.widgets.status_line import StatusLine
from reader.tui.widgets.text_list import CELL_LIMIT, TextList, columns
from reader.tui.widgets.tour import Tour

# These lie over the others on purpose, and go by themselves.
ABOVE = (HoverCard,)
# On these what stands above the list with the focus is seen first; the list's cursor brings it into sight.
FOCUS_BELOW = (SpeakerScreen,)


def faults(app: Any) -> list[str]:
    """What is wrong with the screen that is shown; nothing, as it should be."""
    screen = app.screen
    return [*_sizes(app), *_overlaps(screen), *_cut_widgets(screen), *_cut_words(screen), *_cut_toasts(screen)]


def _sizes(app: Any) -> Iterator[str]:
    """The strips fill the terminal exactly."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    if len(strips) != height:
        yield f"{len(strips)} rows on {height}"
    for y, strip in enumerate(strips):
        if strip.cell_length != width:
            yield f"row {y} has {strip.cell_length} cells on {width}"
        if any("\n" in segment.text for segment in strip):
            yield f"row {y} holds a line feed"


def shown(screen: Any) -> dict[Widget, tuple[Region, Region]]:
    """Region and clip of every widget that is displayed and not lying over the others."""
    found = {}
    for widget, geometry in screen._compositor.full_map.items():
        ancestors = widget.ancestors_with_self
        if not all(node.display for node in ancestors if isinstance(node, Widget)):
            continue
        if any(isinstance(node, ABOVE) or type(node).__name__ in ("ToastRack", "Tooltip") for node in ancestors):
            continue
        found[widget] = (geometry.region, geometry.clip)
    return found


def _overlaps(screen: Any) -> Iterator[str]:
    """No two widgets beside each other cover the same cell."""
    seen = {widget: region.intersection(clip) for widget, (region, clip) in shown(screen).items()}
    leaves = [widget for widget, region in seen.items() if region.area and not widget.children]
    for one, other in combinations(leaves, 2):
        if _floats(one) or _floats(other) or isinstance(one, ScrollBar) or isinstance(other, ScrollBar):
            continue
        common = seen[one].intersection(seen[other])
        if common.area and screen.size.height > 1:
            yield f"{_name(one)} and {_name(other)} both cover {common}"


def _floats(widget: Widget) -> bool:
    return any(getattr(node, "styles", None) and node.styles.overlay == "screen" for node in widget.ancestors_with_self)


def _cut_widgets(screen: Any) -> Iterator[str]:
    """Every widget is whole inside its parent, or its parent scrolls to it; the focus can be seen."""
    if screen.size.height == 1:  # a single line cannot hold two things
        return
    for widget, (region, clip) in shown(screen).items():
        if region.area and not clip.contains_region(region) and not _scrolls(widget):
            yield f"{_name(widget)} at {region} is cut to {region.intersection(clip)}"
    focused = screen.focused
    if focused is not None and not isinstance(screen, FOCUS_BELOW):
        place = shown(screen).get(focused)
        if place is None or not place[0].intersection(place[1]).area:
            yield f"{_name(focused)} has the focus and cannot be seen"


def _cut_toasts(screen: Any) -> Iterator[str]:
    """A toast is whole on the screen."""
    for widget, geometry in screen._compositor.full_map.items():
        if isinstance(widget, Toast) and screen.size.height > 5 and not screen.region.contains_region(geometry.region):
            yield f"the toast {widget._notification.message!r} is cut at {geometry.region}"


def _scrolls(widget: Widget) -> bool:
    return any(
        isinstance(node, Widget) and (node.allow_vertical_scroll or node.is_vertical_scrollbar_grabbed)
        for node in widget.ancestors
    )


def _cut_words(screen: Any) -> Iterator[str]:
    """Words that do not fit end in a sign that says so."""
    for widget, (region, clip) in shown(screen).items():
        if not region.intersection(clip).area:
            continue
        if isinstance(widget, LinePane):
            yield from _cut_lines(widget)
        elif isinstance(widget, StatusLine | Tour | Brief):
            for line in widget.render().plain.split("\n"):
                if cell_len(line) > widget.size.width:
                    yield f"{_name(widget)}: {line!r} is longer than {widget.size.width}"
        elif isinstance(widget, Input) and not widget.value:
            text = str(widget.placeholder)
            if cell_len(text) > widget.content_size.width and "…" not in text and "~" not in text:
                yield f"{_name(widget)}: {text!r} does not fit {widget.content_size.width}"
        elif isinstance(widget, OptionList | Static):
            # (Brief, the status line and the tour cut their own words, with a sign)
            needs = widget.get_content_height(screen.size, screen.size, widget.content_size.width)
            if needs > widget.content_size.height and not widget.allow_vertical_scroll:
                yield f"{_name(widget)} needs {needs} lines and has {widget.content_size.height}"


def _cut_lines(pane: LinePane) -> Iterator[str]:
    """Each line fits as it was drawn, before it is made as wide as the pane; each column is whole or says it is not."""
    width, more = pane.line_width, pane.marks.more
    if width <= 0:
        return
    for y in range(pane.top, min(pane.top + pane.line_height, max(pane.total, 3))):
        line = "".join(segment.text for segment in pane.draw(y, width))
        if cell_len(line.rstrip()) > width:
            yield f"{_name(pane)}: line {y} {line!r} is longer than {width}"
    for text in (pane.title_text, pane.count_text):
        if pane.styles.padding.top and text and pane.outer_size.width >= 8:
            edges = "".join(
                segment.text
                for row in (0, pane.outer_size.height - 1)
                for part in _edges(pane, row)
                for segment in part
            )
            if text not in edges and more not in edges:
                yield f"{_name(pane)}: {text!r} is cut in its frame"
    if isinstance(pane, TextList):
        for index in range(pane.row_count):
            yield from _cut_cells(pane, index, width)


def _edges(pane: LinePane, row: int) -> Any:
    from reader.tui.widgets.line_pane import _Frame

    return _Frame(pane, *pane.outer_size).row(row)


def _cut_cells(pane: TextList, index: int, width: int) -> Iterator[str]:
    """What a row has room for is whole or says that it is not; only a narrow window leaves columns out."""
    if not pane.top <= index < pane.top + pane.line_height:
        return
    drawn = "".join(segment.text for segment in pane.draw_row(index, 0, width, pane.style()))[:width]
    kept = [cell for cell, _room in columns(pane.row(index), width)]
    if not kept or (width >= 50 and len(kept) != len(pane.row(index))):
        yield f"{_name(pane)}: of {pane.row(index)} there is only {kept} on {width}"
    for cell in kept:
        words = clean_line(cell.text, CELL_LIMIT)
        if words and words not in drawn and pane.marks.more not in drawn:
            yield f"{_name(pane)}: {words!r} is cut in {drawn!r}"


def _name(widget: Widget) -> str:
    return f"{type(widget).__name__}#{widget.id}" if widget.id else type(widget).__name__
