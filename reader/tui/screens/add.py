"""Adding a source: any address or path, pasted; a site's page offers its feeds."""

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
    from reader.tui.app import RoomApp


class AddScreen(Dialog[Source]):
    """Answers with the source that was added."""

    app: RoomApp

    def __init__(self, library: Library, address: str, sections: Sequence[str], *, offline: bool) -> None:
        super().__init__()
        self._library = library
        self._address = address
        self._sections = sections
        self._offline = offline
        self._found: tuple[tuple[str, str], ...] = ()
        self._page = ""  # the typed address of the page that named them
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
        from reader.service.adding import add

        try:
            source = add(self._library, address, section=section, fetch=fetch, found_on=found_on)
        except DiscoveredFeeds as found:
            self.app.call_from_thread(self.offer, address, str(found), found.feeds)
        except SecnewsError as error:
            self.app.call_from_thread(self.failed, str(error))
        except Exception as error:  # told and logged: a fault of ours must not end the room
            told = crash.record(error, self._library.paths.log_file)
            self.app.call_from_thread(self.failed, f"This could not be added because of a fault of ours. {told}")
        else:
            self.app.call_from_thread(self.dismiss, source)

    def failed(self, sentence: str) -> None:
        self._busy = False
        self.say(sentence)

    def offer(self, page: str, sentence: str, feeds: tuple[tuple[str, str], ...]) -> None:
        """The page names feeds: the reader chooses one."""
        self._busy = False
        self._found, self._page = feeds, page
        self.say("This page offers feeds; enter adds the one under the cursor." if feeds else sentence)
        found = self.query_one("#found", TextList)
        found.show_rows([[Cell(title or "feed", 24), Cell(mask(url))] for url, title in feeds])
        found.styles.height = min(10, len(feeds) + 2)
        found.display = bool(feeds)
        if feeds:
            found.focus()

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        self.choose()

    def key_enter(self) -> None:
        if self.query_one("#found", TextList).has_focus:
            self.choose()

    def choose(self) -> None:
        cursor = self.query_one("#found", TextList).cursor
        if cursor < len(self._found):
            self.add(self._found[cursor][0], fetch=not self._offline, found_on=self._page)
