"""The line at the bottom where words are typed: a search or a command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from reader.tui.commands import COMMANDS


class Prompt(Input):
    """Answers with what was typed, or None if it was left. Up and down go through what was typed before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", id="prompt.leave", tooltip="Leave the line as if nothing was typed."),
        Binding("up", "history(-1)", "Earlier", id="prompt.earlier", tooltip="What was typed before."),
        Binding("down", "history(1)", "Later", id="prompt.later", tooltip="What was typed after that."),
        Binding("tab", "complete", "Complete", id="prompt.complete", tooltip="Take the suggestion."),
        Binding("ctrl+c", "leave", "Leave", id="prompt.cancel", tooltip="Leave the line."),
    ]

    class Answered(Message):
        def __init__(self, purpose: str, text: str | None) -> None:
            super().__init__()
            self.purpose = purpose
            self.text = text

    def __init__(self, purpose: str, sign: str, *, history: Sequence[str] = ()) -> None:
        texts = {
            "library": "search: words, title:bank, is:unread, since:7d",
            "filter": "filter this list: words, said-by:name, -word",
            "text": "search this article",
            "command": "a command, such as help",
            "keep": "of the section that this search becomes",
        }
        super().__init__(
            placeholder=f"{sign} {texts[purpose]}",
            id="prompt",
            suggester=_Names() if purpose == "command" else None,
            compact=True,
            select_on_focus=False,
        )
        self.purpose = purpose
        self._history = list(history)
        self._at = len(self._history)

    class Typed(Message):
        def __init__(self, purpose: str, text: str) -> None:
            super().__init__()
            self.purpose = purpose
            self.text = text

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(self.purpose, event.value))

    def action_leave(self) -> None:
        self.post_message(self.Answered(self.purpose, None))

    def action_history(self, step: int) -> None:
        self._at = max(0, min(self._at + step, len(self._history)))
        self.value = self._history[self._at] if self._at < len(self._history) else ""
        self.cursor_position = len(self.value)

    def action_complete(self) -> None:
        self.action_cursor_right()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Answered(self.purpose, event.value))


class _Names(Suggester):
    """Completes the names of commands."""

    async def get_suggestion(self, value: str) -> str | None:
        from reader.tui.line import VERBS

        names = [*VERBS, *(command.id for command in COMMANDS)]
        return next((name for name in names if name.startswith(value) and name != value), None) if value else None
