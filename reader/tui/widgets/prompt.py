"""The line at the bottom where words are typed: a search, a command, tags."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static

from reader.tui.marks import UNICODE
from reader.tui.wrap import cut

Completions = Callable[[str], Sequence[str]]  # what a line that was begun may become, the likeliest first

TEXTS = {
    "library": "search: words, title:bank, is:unread, since:7d",
    "filter": "filter this list: words, said-by:name, -word",
    "text": "search this article",
    "command": "a command, such as help",
    "keep": "of the section that this search becomes",
    "tag": "a tag, or several apart by commas; -tag takes one away",
}


class Prompt(Input):
    """Answers with what was typed, or None if it was left.

    Tab goes through the completions of what was typed. Up and down go through what was typed before and begins with
    what stands there now.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", id="prompt.leave", tooltip="Leave the line as if nothing was typed."),
        Binding("up", "history(-1)", "Earlier", id="prompt.earlier", tooltip="What was typed before."),
        Binding("down", "history(1)", "Later", id="prompt.later", tooltip="What was typed after that."),
        Binding("tab", "complete(1)", "Complete", id="prompt.complete", tooltip="Complete; again: the next way."),
        Binding("shift+tab", "complete(-1)", "Back", id="prompt.complete_back", tooltip="The completion before."),
        Binding("ctrl+c", "leave", "Leave", id="prompt.cancel", tooltip="Leave the line."),
    ]

    class Answered(Message):
        def __init__(self, purpose: str, text: str | None) -> None:
            super().__init__()
            self.purpose = purpose
            self.text = text

    class Typed(Message):
        def __init__(self, purpose: str, text: str) -> None:
            super().__init__()
            self.purpose = purpose
            self.text = text

    def __init__(self, purpose: str, *, history: Sequence[str] = (), completions: Completions | None = None) -> None:
        super().__init__(
            placeholder=TEXTS[purpose],
            id="prompt",
            suggester=_Likeliest(completions) if completions else None,
            compact=True,
            select_on_focus=False,
        )
        self.purpose = purpose
        self._completions = completions
        self._history = list(history)
        self._at = len(self._history)
        self._begun = ""  # what was typed before keys went through history or completions
        self._ways: list[str] = []
        self._put = ""  # what such a key has put there

    def on_resize(self) -> None:
        """What may be typed here, as much of it as there is room for; once something is typed it is gone."""
        marks = getattr(self.app, "marks", UNICODE)
        self.placeholder = cut(TEXTS[self.purpose], max(0, self.content_size.width - 1), marks.more)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._put:  # the reader typed
            self._begun, self._ways, self._at = event.value, [], len(self._history)
        self.post_message(self.Typed(self.purpose, event.value))

    def action_leave(self) -> None:
        self.post_message(self.Answered(self.purpose, None))

    def action_history(self, step: int) -> None:
        at = self._at + step
        while 0 <= at < len(self._history) and not self._history[at].startswith(self._begun):
            at += step
        if at >= 0:
            self._at = min(at, len(self._history))
            self._show(self._history[self._at] if self._at < len(self._history) else self._begun)

    def action_complete(self, step: int) -> None:
        if not self._ways and self._completions is not None:
            ways = [way for way in self._completions(self.value) if way != self.value]
            self._ways = [self.value, *ways] if ways else []
        if self._ways:
            at = self._ways.index(self.value) if self.value in self._ways else 0
            ways = self._ways
            self._show(ways[(at + step) % len(ways)])
            self._ways = ways

    def _show(self, text: str) -> None:
        self._put = text
        self.value = text
        self.cursor_position = len(text)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Answered(self.purpose, event.value))


class PromptLine(Horizontal):
    """The prompt behind the sign of what it is for, such as `:`."""

    def __init__(self, sign: str, prompt: Prompt) -> None:
        super().__init__(id="prompt-line")
        self._sign = sign
        self.prompt = prompt

    def compose(self) -> ComposeResult:
        yield Static(Content(self._sign), id="prompt-sign", markup=False)
        yield self.prompt


class _Likeliest(Suggester):
    """Shows the first completion behind the cursor."""

    def __init__(self, completions: Completions) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._completions = completions

    async def get_suggestion(self, value: str) -> str | None:
        ways = self._completions(value) if value.strip() else ()
        return next((way for way in ways if way.startswith(value) and way != value), None)
