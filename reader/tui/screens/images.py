"""The images of an article, one at a time: drawn where the terminal can, and otherwise listed."""

from __future__ import annotations

import os
import threading
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.containers import Container, Vertical
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from reader.errors import SecnewsError
from reader.model import Article, Picture
from reader.text.addresses import mask
from reader.text.clean import clean_line
from reader.tui import crash, graphics
from reader.tui.graphics import Way
from reader.tui.screens.dialog import Dialog, words
from reader.tui.widgets import blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.service.library import Library
    from reader.service.pictures import Listed
    from reader.tui.app import RoomApp

LARGEST = (800, 600)  # pixels that are sent to a terminal with graphics of its own: a quarter of a second of work
MOST_CELLS = 290  # that Kitty's protocol numbers in a row or a column
SETTLED = 0.2  # seconds after the last change of size before a picture is made anew


class ImagesScreen(Dialog[None]):
    """Nothing is fetched but the image that is looked at; closing the window cancels that."""

    app: RoomApp
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,i", "leave", "Close", id="images.close", tooltip="Close the images."),
        Binding("n,j,l,right,down,space", "step(1)", "Next", id="images.next", tooltip="The next image."),
        Binding("p,k,h,left,up,backspace", "step(-1)", "Before", id="images.previous", tooltip="The image before."),
        Binding("o,v", "browse", "Browser", id="images.browse", tooltip="Open the image in the browser."),
        Binding("y", "copy", "Copy", id="images.copy", tooltip="Copy the address of the image."),
    ]

    def __init__(self, library: Library, article: Article, images: Sequence[Listed]) -> None:
        super().__init__()
        self._library, self._article, self._images = library, article, images
        self._at = 0
        self._cancel = threading.Event()
        self._way = Way.NONE
        self._room = (0, 0)  # cells that the picture was made for
        self._content = ("", b"")  # the address and the bytes of the image that is seen

    def compose(self) -> ComposeResult:
        with Vertical(id="images") as box:
            box.border_title = Content("Images")
            yield Container(id="stage")
            yield words("", id="image-told")
            yield words("n p go  o opens  y copies  esc", id="image-keys", classes="quiet")

    def on_mount(self) -> None:
        config = self.app.config.reading
        self._way = Way.NONE if config.ascii else graphics.way(os.environ, config.images)
        self.call_after_refresh(self.load)

    def on_unmount(self) -> None:
        self._cancel.set()

    # --- one image --------------------------------------------------------------------------------------------------

    @property
    def image(self) -> Listed:
        return self._images[self._at]

    def action_step(self, step: int) -> None:
        at = self._at + step
        if not 0 <= at < len(self._images):
            self.app.tell("This is the last image." if step > 0 else "This is the first image.")
            return
        self._at = at
        self.load()

    def load(self) -> None:
        """Show this image; what was under way is cancelled."""
        self._cancel.set()
        self._cancel = threading.Event()
        self.clear()
        if self._way is Way.NONE:
            self.tell("This terminal draws no colours (or they are turned off); o opens the image in the browser.")
            return
        self.tell("saved" if self.image.saved else "fetching …")
        self.call_after_refresh(self.start, self._cancel)  # what is told takes lines from the stage

    def start(self, cancel: threading.Event) -> None:
        """Fetch and decode for the cells there are, unless something else is wanted by now."""
        if cancel.is_set():
            return
        stage = self.query_one("#stage").content_size
        self._room = (stage.width, stage.height)
        if stage.width and stage.height:
            self.run_worker(partial(self._work, self.image, cancel), thread=True, exclusive=True, exit_on_error=False)

    def _work(self, image: Listed, cancel: threading.Event) -> None:
        from reader.service.pictures import content, picture  # asyncio and the HTTP client: not before they are needed

        width, height = self._pixels()
        try:
            if self._content[0] != image.url:
                body = content(self._library, self._article, image.url, offline=self.app.offline, cancel=cancel)
                self._content = (image.url, body)
            made = picture(self._content[1], width=width, height=height, ground=self._ground(), cancel=cancel)
        except SecnewsError as error:
            self._post(cancel, partial(self.tell, str(error)))
        except Exception as error:  # a fault of ours must not take the room down: told and logged
            told = crash.record(error, self._library.paths.log_file)
            self._post(cancel, partial(self.tell, f"Something went wrong ({type(error).__name__}). {told}"))
        else:
            self._post(cancel, partial(self.show, made))

    def _post(self, cancel: threading.Event, call: partial[None]) -> None:
        if not cancel.is_set() and self.app.is_running:
            self.app.call_from_thread(lambda: call() if self.is_attached and not cancel.is_set() else None)

    def _pixels(self) -> tuple[int, int]:
        columns, rows = self._room
        if self._way is Way.BLOCKS:
            return blocks.room(columns, rows)
        width, height = graphics.cell_size()
        return min(columns * width, LARGEST[0]), min(rows * height, LARGEST[1])

    def _ground(self) -> tuple[int, int, int]:
        """The colour that shows through an image with holes."""
        found = self.background_colors[1] if self.is_attached else Color(0, 0, 0)
        return found.r, found.g, found.b

    def show(self, made: Picture) -> None:
        self.clear()
        if self._way is Way.BLOCKS:
            self.query_one("#stage").mount(blocks.Blocks(made))
        else:
            drawn = graphics.drawn(made, self._way)
            width, height = graphics.cell_size()
            columns, rows = (min(side, MOST_CELLS) for side in self._room)
            drawn.styles.width = max(1, min(columns, -(-made.width // width)))
            drawn.styles.height = max(1, min(rows, -(-made.height // height)))
            self.query_one("#stage").mount(drawn)
        wide, high = made.original
        self.tell(f"{wide:,} × {high:,}{', saved' if self.image.saved else ''}")

    def clear(self) -> None:
        for shown in self.query_one("#stage").children:
            if hasattr(shown, "image"):
                shown.image = None  # takes the pixels from the terminal's own memory
        self.query_one("#stage").remove_children()

    def tell(self, state: str) -> None:
        """What is known of the image: number, what it is, its words and address."""
        image = self.image
        words = clean_line(image.alt, 400) or "No words stand for this image."
        told = f"{self._at + 1}/{len(self._images)}  {clean_line(state, 400)}\n{words}\n{mask(image.url)}"
        self.query_one("#image-told", Static).update(Content(told))

    # --- besides ----------------------------------------------------------------------------------------------------

    def action_browse(self) -> None:
        self.app.browse(self.image.url)

    def action_copy(self) -> None:
        self.app.copy(self.image.url, "the address of the image")

    def on_resize(self, _event: Resize) -> None:
        self.set_timer(SETTLED, self.fit)

    def fit(self) -> None:
        """The window has another size: the picture is made anew for it."""
        stage = self.query_one("#stage").content_size
        if self._room not in ((0, 0), (stage.width, stage.height)):
            self.load()
