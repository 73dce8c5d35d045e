"""Adding a source: any address or path, pasted; a site's page offers its feeds, a list of feeds what is in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from reader.errors import DiscoveredFeeds, SecnewsError
from reader.model import Source
from reader.service.library import Library
from reader.text.addresses import mask
from reader.text.clean import clean_line, clean_text
from reader.tui import crash
from reader.tui.screens.dialog import Dialog, words
from reader.tui.widgets.text_list import Cell, TextList
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.service.jobs import Listed
    from reader.service.subscriptions import Imported, Preview
    from reader.tui.app import RoomApp


class AddScreen(Dialog["Source | Imported"]):
    """Answers with the source that was added, or with what came of a list."""

    app: RoomApp

    def __init__(self, library: Library, address: str, sections: Sequence[str], *, offline: bool) -> None:
        super().__init__()
        self._library = library
        self._address = address
        self._sections = sections
        self._offline = offline
        self._found: tuple[tuple[str, str], ...] = ()
        self._page = ""  # the typed address of the page that named them
        self._list = b""  # of feeds, shown and waiting for a word
        self._busy = False

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as box:
            box.border_title = Content("Add a source")
            yield words("Address of a feed or a site, or a path to a file or folder")
            yield Input(clean_line(self._address), id="address", compact=True)
            yield words("Section (may stay empty)")
            suggester = SuggestFromList(self._sections, case_sensitive=False)
            yield Input(id="section", compact=True, suggester=suggester)
            yield words("enter adds, tab goes to the section, esc leaves", id="said", classes="quiet")
            found = TextList(title="Feeds of this site", id="found")
            found.display = False
            yield found

    def say(self, sentence: str) -> None:
        self.query_one("#said", Static).update(Content(clean_text(sentence)))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        address = self.value("address")
        self._list = b""  # another address, or another section, is looked at anew
        if not address:
            self.say("Paste an address or a path first.")
        elif self._offline and address.lower().startswith(("http:", "https:", "feed:")):
            self.add(address, fetch=False)
        else:
            self.add(address, fetch=True)

    def add(self, address: str, *, fetch: bool, found_on: str | None = None) -> None:
        """Add in the background; `found_on` is the address that was typed, where the page there named this one."""
        if self._busy:
            return
        self._busy = True
        self.say(f"Looking at {mask(address)} …")
        section = self.value("section") or None
        work = partial(self._work, address, section, fetch, found_on)
        self.run_worker(work, thread=True, exclusive=True, exit_on_error=False)

    def _work(self, address: str, section: str | None, fetch: bool, found_on: str | None) -> None:
        from reader.service.adding import ListOfFeeds, add
        from reader.service.subscriptions import import_opml, preview_opml

        try:
            if self._list:
                answer: Source | Imported = import_opml(self._library, self._list, section=section)
            else:
                answer = add(self._library, address, section=section, fetch=fetch, found_on=found_on)
        except DiscoveredFeeds as found:
            self.app.call_from_thread(self.offer, address, str(found), found.feeds)
        except ListOfFeeds as found:
            try:
                preview = preview_opml(self._library, found.body, section=section)
            except SecnewsError as error:
                self.app.call_from_thread(self.failed, str(error))
            else:
                self.app.call_from_thread(self.offer_list, found.body, preview)
        except SecnewsError as error:
            self.app.call_from_thread(self.failed, str(error))
        except Exception as error:  # told and logged: a fault of ours must not end the room
            told = crash.record(error, self._library.paths.log_file)
            self.app.call_from_thread(self.failed, f"This could not be added because of a fault of ours. {told}")
        else:
            self.app.call_from_thread(self.dismiss, answer)

    def failed(self, sentence: str) -> None:
        self._busy = False
        self.say(sentence)

    def offer(self, page: str, sentence: str, feeds: tuple[tuple[str, str], ...]) -> None:
        """The page names feeds: the reader chooses one."""
        self._busy = False
        self._found, self._page = feeds, page
        self.say("This page offers feeds; enter adds the one under the cursor." if feeds else sentence)
        found = self.query_one("#found", TextList)
        found.say_title("Feeds of this site")
        found.show_rows([[Cell(title or "feed", 24), Cell(mask(url))] for url, title in feeds])
        found.styles.height = min(10, len(feeds) + 2)
        found.display = bool(feeds)
        if feeds:
            found.focus()

    def offer_list(self, body: bytes, preview: Preview) -> None:
        """A list of feeds: what would be added, what is there already, and what would be left out and why."""
        self._busy = False
        self._list = body if preview.new else b""
        self.say(told_of_list(preview) + ("; enter adds them, esc leaves." if preview.new else "."))
        found = self.query_one("#found", TextList)
        found.say_title("Feeds of this list")
        found.show_rows(rows_of_list(preview))
        found.styles.height = min(12, found.row_count + 2)
        found.display = True
        found.focus()

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        self.choose()

    def key_enter(self) -> None:
        if self.query_one("#found", TextList).has_focus:
            self.choose()

    def choose(self) -> None:
        if self._list:
            self.add(self.value("address"), fetch=False)
            return
        cursor = self.query_one("#found", TextList).cursor
        if cursor < len(self._found):
            self.add(self._found[cursor][0], fetch=not self._offline, found_on=self._page)


def told_of_list(preview: Preview) -> str:
    """A list in a sentence without its end."""
    parts = [f"{len(preview.new):,} new" if preview.new else "Nothing new"]
    if preview.present:
        parts.append(f"{len(preview.present):,} there already")
    if preview.refused:
        parts.append(f"{len(preview.refused):,} left out")
    return "A list of feeds: " + ", ".join(parts)


def rows_of_list(preview: Preview) -> list[list[Cell]]:
    rows = [[Cell("add", 10), Cell(feed.section, 14, "quiet"), Cell(_called(feed))] for feed in preview.new]
    rows += [[Cell("there", 10, "quiet"), Cell("", 14), Cell(_called(feed), 0, "quiet")] for feed in preview.present]
    return rows + [[Cell("left out", 10, "bad"), Cell(text, 30), Cell(why)] for text, why in preview.refused]


def _called(feed: Listed) -> str:
    return f"{feed.title}  {mask(feed.url)}" if feed.title else mask(feed.url)
