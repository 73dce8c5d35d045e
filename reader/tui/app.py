"""The application: what all screens share, and nothing that a screen could do itself."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from rich.text import Text
from textual import events
from textual.app import App
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES, Theme

from reader.errors import SecnewsError
from reader.text.clean import clean_line, clean_text
from reader.tui import keymap
from reader.tui.commands import BY_ID, bindings
from reader.tui.inks import Inks
from reader.tui.keyreader import KeyReader
from reader.tui.marks import ASCII, UNICODE
from reader.tui.memory import KEY, from_json
from reader.tui.screens.main import MainScreen
from reader.tui.themes import DARK, PLAIN, THEMES, room_variables
from reader.tui.told import Told
from reader.tui.wrap import beginning

if TYPE_CHECKING:
    from textual.command import Provider

    from reader.config import Config
    from reader.model import Article
    from reader.service.library import Library
    from reader.tui.language import Language
    from reader.tui.outside import Outside

TOAST = 60  # columns of a toast, as in app.tcss
MESSAGES = 500  # kept for the screen of messages
INTERRUPTED = 130


class Chosen(Protocol):
    """Gets what a letter stands for (None: no letter that is shown), and whether it is to be copied."""

    def __call__(self, value: str | None, *, copy: bool) -> object: ...


def _room_commands() -> type[Provider]:
    from reader.tui.palette import RoomCommands

    return RoomCommands


class RoomApp(App[int], inherit_bindings=False):
    """`zone` is the reader's zone (None: the machine's); `opened` are articles to read without storing them."""

    TITLE = "secnews"
    # The default screen's style is here because Textual does not read the CSS_PATH of that screen.
    CSS_PATH: ClassVar[list[Any]] = [
        "app.tcss",
        "screens/main.tcss",
    ]
    BINDINGS = bindings("A")
    # Classes of windows and dialogs by what room there is; the room itself arranges its panes by numbers.
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (12, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual declares no ClassVar
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (9, "-low"), (16, "-high")]  # noqa: RUF012 - Textual declares no ClassVar
    ENABLE_COMMAND_PALETTE = False  # its key is one of our bindings, so that it can be changed
    COMMANDS: ClassVar = {_room_commands}

    def __init__(
        self,
        library: Library,
        config: Config,
        *,
        offline: bool = False,
        zone: tzinfo | None = None,
        opened: Sequence[Article] = (),
        language: Callable[[], Language] | None = None,
    ) -> None:
        self.config = config
        self.memory = from_json(library.setting(KEY))
        # Before Textual parses any CSS: setting the theme later would parse all of it a second time.
        self.set_reactive(RoomApp.theme, self._first_theme())
        super().__init__()
        self.library = library
        self._language = language
        self.paths = library.paths
        self.offline = offline
        self.zone = zone
        self.marks = ASCII if config.reading.ascii else UNICODE
        self.keymap = keymap.build(config.keys)
        self.keys = KeyReader(self.keymap.prefixes())
        self.told: list[Told] = []
        self.unkept: SecnewsError | None = None  # why what the room remembers could not be kept at its end
        self.room = MainScreen(library, self.memory, opened)  # whatever is open over it
        self.use_command_palette = True
        self.animation_level = "none"  # a reader who presses a key wants the page, not its journey
        self._values: dict[str, str] = {}  # what the letters on the screen stand for
        self._chosen: Chosen = self.room.hint_chosen
        self._hint = ""
        self._copying = False
        for theme in THEMES.values():
            self.register_theme(theme)
        self.set_class(config.reading.ascii, "-ascii")
        self.set_keymap(self.keymap.changed())

    def get_default_screen(self) -> Screen[Any]:
        return self.room

    @cached_property
    def language(self) -> Language | None:
        """The commands of the shell for the `:` line; None: only what the room itself has."""
        return self._language() if self._language is not None else None

    @cached_property
    def outside(self) -> Outside:
        """Runs commands of the shell beside the room."""
        from reader.tui.outside import Outside

        return Outside()

    def now(self) -> datetime:
        return self.library.now()

    # --- life -------------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """A terminal that goes away or a `kill` ends the room as `q` does: everything kept, the terminal restored."""
        import asyncio

        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            try:
                loop.add_signal_handler(number, self._stopped, 128 + number)
            except (NotImplementedError, RuntimeError, ValueError):  # not the main thread: somebody else's signals
                return

    def _stopped(self, code: int) -> None:
        self.exit(code, return_code=code)

    def action_quit_room(self) -> None:
        self.exit(0)

    async def on_unmount(self) -> None:
        """What goes wrong now must not reach Textual, which would neither restore the terminal nor end its threads."""
        try:
            self.close_room()
        except SecnewsError as error:
            self.unkept = error
        except Exception as error:  # whatever it is, the room ends
            self._handle_exception(error)

    def close_room(self) -> None:
        """Keep what is to be kept; safe to call twice and after a crash."""
        self.room.close_room()

    def _handle_exception(self, error: Exception) -> None:
        """Instead of Textual's: no article text, no values of variables and no home path on the screen."""
        from reader.tui import crash

        self._return_code = 1
        if not self._exit_renderables:
            told = crash.message(error, crash.record(error, self.paths.log_file))
            self._exit_renderables.append(Text(told))
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    # --- looks ------------------------------------------------------------------------------------------------------

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        variables.update(room_variables(variables, ansi=self.current_theme.ansi))
        self.inks = Inks(variables, ansi=self.current_theme.ansi)
        return variables

    def get_theme(self, theme_name: str) -> Theme | None:
        return THEMES.get(theme_name) or super().get_theme(theme_name)

    def _first_theme(self) -> str:
        if "NO_COLOR" in os.environ:
            return PLAIN
        wanted = (self.config.theme.name, self.memory.theme)
        return next((name for name in wanted if name in THEMES or name in BUILTIN_THEMES), DARK)

    def choose_theme(self, name: str) -> None:
        if name not in self.available_themes:
            self.tell(f"There is no theme {clean_line(name, 40)}; ctrl+p lists them.", error=True)
            return
        self.theme = self.memory.theme = name

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """No cursor blinks with reduced motion, in whatever window it is."""
        if self.config.reading.reduced_motion and hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = False

    # --- telling ----------------------------------------------------------------------------------------------------

    def tell(self, sentence: str, *, error: bool = False) -> None:
        """Say something in a toast; it stays in the messages."""
        sentence = _UNDONE.sub(lambda _: self._undo_key, clean_line(sentence, 500))
        at = self.now().astimezone(self.zone)
        self.told = [*self.told[1 - MESSAGES :], Told(f"{at:%H:%M:%S}", sentence, error)]
        self.clear_notifications()
        sentence = self._fitted(sentence)
        self.notify(sentence, severity="error" if error else "information", timeout=8 if error else 4, markup=False)

    @cached_property
    def _undo_key(self) -> str:
        """The key that takes back, as it is bound here."""
        return keymap.shown(self.keymap.keys["undo"]).split("  ")[0] or ":undo"

    def _fitted(self, sentence: str) -> str:
        """As much of a sentence as a toast has room for; `g l` shows all of it."""
        width, height = self.size
        self.set_class(width < TOAST + 2, "-narrow-toasts")
        lines = beginning(sentence, max(1, min(TOAST - 3, width - 5)), max(1, min(10, height - 4)), self.marks.more)
        return "\n".join(lines)

    def copy(self, text: str, what: str) -> None:
        """Put text on the clipboard (OSC 52); only ever after a key of the reader's."""
        self.copy_to_clipboard(clean_text(text))
        self.tell(f"Copied {what}.")

    @property
    def clipboard(self) -> str:
        """What was copied, as a field of one line takes it."""
        return _pasted(super().clipboard)

    def browse(self, url: str) -> None:
        """Open an address in the browser, saying the true host; a doubtful one only after a question."""
        from reader.tui import browser

        reason = browser.refusal(url)
        if reason:
            self.tell(reason, error=True)
            return
        doubts = browser.doubts(url)
        if doubts:
            from reader.tui.screens.confirm import ConfirmScreen

            self.push_screen(ConfirmScreen(url, doubts), lambda yes: self._browse(url) if yes else None)
        else:
            self._browse(url)

    def _browse(self, url: str) -> None:
        from reader.text.addresses import shown_host
        from reader.tui import browser

        try:
            browser.open_in_browser(url)
        except SecnewsError as error:
            self.tell(str(error), error=True)
        else:
            self.tell(f"Opening {shown_host(url)} in the browser.")

    # --- keys -------------------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Counts, sequences and link letters are read here; every other key goes its usual way."""
        if isinstance(event, events.Paste) and not event.is_forwarded:
            event = events.Paste(_pasted(event.text))
        if isinstance(event, events.Key) and not event.is_forwarded and self._reads_keys(event):
            key = self._typed(event)
            if key is None:
                event.prevent_default()
                return
            if key != event.key:
                event = events.Key(key, None)
        await super().on_event(event)

    def _reads_keys(self, event: events.Key) -> bool:
        if not self.screen_stack or not isinstance(self.screen, MainScreen):
            return False
        focused = self.focused
        return focused is None or not focused.check_consume_key(event.key, event.character)

    def _typed(self, event: events.Key) -> str | None:
        self.room.hide_hover()
        if self._values:
            self._type_hint(event)
            return None
        key = self.keys.read(event.key)
        self.room.status.say(hint=self.keys.pending if key is None else "")  # the command will take its count later
        return key

    def read_hint(self, values: dict[str, str], chosen: Chosen, said: str) -> None:
        """The next keys choose one of `values` by its letters; `chosen` gets it, and whether `y` was typed before."""
        self._values, self._chosen, self._hint, self._copying = values, chosen, "", False
        self.room.status.say(hint=said)

    def _type_hint(self, event: events.Key) -> None:
        if event.key == "y" and not self._hint and not self._copying:
            self._copying = True
            return
        self._hint += event.character or "?"
        value = self._values.get(self._hint)
        if value is None and any(label.startswith(self._hint) for label in self._values):
            return
        self._values = {}
        self.room.status.say(hint="")
        self._chosen(value, copy=self._copying)

    def run_command(self, command_id: str) -> None:
        """Run a command by its id, as its key would."""
        command = BY_ID.get(command_id)
        if command is not None:
            self.call_later(self.run_action, command.action, self.room)


_UNDONE = re.compile(
    r"\bu(?= (?:takes|brings|may bring|in the room brings))"
)  # sentences are written for the usual keys


def _pasted(text: str) -> str:
    """The first line with something in it: Textual draws a field as it is, with whatever a terminal obeys."""
    return next((line for line in map(clean_line, clean_text(text).split("\n")) if line), "")
