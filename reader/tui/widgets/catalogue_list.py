"""The built-in catalogue of feeds by section: choose with `x` or a click, add with `a`; nothing is fetched before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.events import Click

from reader.service.catalogue import CatalogueEntry
from reader.text.addresses import shown_host
from reader.text.clean import clean_line
from reader.tui.commands import bindings
from reader.tui.widgets.virtual_list import VirtualList
from reader.tui.wrap import cut


class _Row(NamedTuple):
    section: str
    entry: CatalogueEntry | None = None  # None: the heading of the section


class CatalogueList(VirtualList):
    """`chosen` holds the addresses that `a` would add; a heading stands for all feeds below it."""

    BINDINGS = bindings("C")

    def __init__(self, entries: Sequence[CatalogueEntry]) -> None:
        super().__init__(title="Feeds to choose from", id="catalogue")
        self.chosen: dict[str, CatalogueEntry] = {}
        self._rows: list[_Row] = []
        ordered = sorted(entries, key=lambda entry: (entry.section.casefold(), entry.title.casefold()))
        for section, group in groupby(ordered, key=lambda entry: entry.section):
            self._rows.append(_Row(section))
            self._rows += [_Row(section, entry) for entry in group]

    @property
    def row_count(self) -> int:
        return len(self._rows)

    def entries_under_cursor(self) -> list[CatalogueEntry]:
        """The feed under the cursor, or all of its section."""
        row = self._rows[self.cursor]
        rows = [row] if row.entry else [other for other in self._rows if other.section == row.section]
        return [other.entry for other in rows if other.entry]

    def choose(self) -> None:
        """Choose what is under the cursor, or no longer."""
        entries = self.entries_under_cursor()
        if all(entry.url in self.chosen for entry in entries):
            for entry in entries:
                del self.chosen[entry.url]
        else:
            self.chosen.update({entry.url: entry for entry in entries})
        self.say_title("Feeds to choose from", f"{len(self.chosen)} chosen" if self.chosen else "")
        self.changed()

    def clear(self) -> None:
        self.chosen.clear()
        self.say_title("Feeds to choose from")
        self.changed()

    def draw_row(self, index: int, line: int, width: int, style: Style) -> list[Segment]:
        row = self._rows[index]
        current = index == self.cursor
        inside = [other.entry for other in self._rows if other.section == row.section and other.entry]
        more = self.marks.more
        if row.entry is None:
            count = sum(entry.url in self.chosen for entry in inside)
            box = "[ ]" if not count else f"[{self.marks.chosen}]" if count == len(inside) else "[-]"
            text = cut(f"{box} {clean_line(row.section, 80)}  ({len(inside)})", width, more)
            return [Segment(text.ljust(width) if current else text, style if current else style + self.over("strong"))]
        chosen = row.entry.url in self.chosen
        title = cut(f"  [{self.marks.chosen if chosen else ' '}] {clean_line(row.entry.title, 120)}", width, more)
        free = width - cell_len(title) - 2
        host = shown_host(row.entry.url)
        host = cut(host, free, more) if free >= 12 else ""
        blank = max(0, width - cell_len(title) - cell_len(host) - 1)
        quiet = style if current else style + self.over("quiet")
        ground = style if current or not chosen else style + self.over("mark")
        return [Segment(title, ground), Segment(" " * blank, style), Segment(host + " ", quiet)]

    def on_click(self, event: Click) -> None:
        super().on_click(event)
        offset = event.get_content_offset(self)
        if offset is not None and offset.x < 6 and self.index_at(offset.y + self.top) < self.row_count:
            self.choose()
