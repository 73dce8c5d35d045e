"""The command palette: every command of the room with its key, and every theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets import OptionList

from reader.tui.commands import COMMANDS
from reader.tui.keymap import shown

if TYPE_CHECKING:
    from reader.tui.app import RoomApp


class RoomPalette(CommandPalette):
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Textual counts pages of the list by lines, and ends the program where there is no room for any."""
        if action == "command_list" and not self.query_one(OptionList).scrollable_content_region.area:
            return False
        return super().check_action(action, parameters)


class RoomCommands(Provider):
    @property
    def room(self) -> RoomApp:
        from reader.tui.app import RoomApp

        assert isinstance(self.app, RoomApp)  # noqa: S101 - tells the type checker what the palette is part of
        return self.app

    async def discover(self) -> Hits:
        for label, keys, told, run in self._all():
            yield DiscoveryHit(_display(Content(label), keys), run, text=label, help=told)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for label, keys, told, run in self._all():
            score = max(matcher.match(label), 0.9 * matcher.match(told))
            if score > 0:
                yield Hit(score, _display(matcher.highlight(label), keys), run, text=label, help=told)

    def _all(self) -> Iterator[tuple[str, str, str, Callable[[], object]]]:
        room = self.room
        for command in COMMANDS:
            keys = shown(room.keymap.keys[command.id])
            yield command.label, keys, command.help, partial(room.run_command, command.id)
        for name in sorted(room.available_themes):
            yield f"Theme: {name}", "", "Use this theme from now on.", partial(room.choose_theme, name)


def _display(label: Content, keys: str) -> Content:
    return Content.assemble(label, (f"  {keys}" if keys else "", "$text-muted"))
