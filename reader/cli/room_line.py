"""What the `:` line of the reading room needs of the command line: the same words, options and errors.

The room never imports this; the composition root hands it over (`reader.tui.language.Language`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from reader.cli.commands import BY_NAME, COMMANDS
from reader.cli.parser import GLOBALS, Asked, of_command, usage
from reader.errors import UsageError


class RoomLine:
    """`home`, `config` and `offline` are the options that the room itself was started with."""

    def __init__(self, *, home: str | None = None, config: str | None = None, offline: bool = False) -> None:
        self._everywhere = [
            *(["--home", home] if home else []),
            *(["--config", config] if config else []),
            *(["--offline"] if offline else []),
        ]

    def names(self) -> tuple[str, ...]:
        """Every command."""
        return tuple(command.name for command in COMMANDS)

    def told(self, name: str) -> str:
        """How a command is written and what it does, in one line."""
        command = BY_NAME[name]
        return f"{usage(command).partition(' ')[2]}   {command.summary}"

    def words(self, name: str) -> list[str]:
        """The options of a command and the words it lets choose from."""
        everywhere = {flag for option in GLOBALS for flag in option.flags} | {"-h", "--help"}
        found: list[str] = []
        for action in of_command(BY_NAME[name])._actions:
            if action.help == argparse.SUPPRESS or everywhere & set(action.option_strings):
                continue
            found += [str(choice) for choice in (action.choices or ()) if not action.option_strings]
            found += [flag for flag in action.option_strings if flag.startswith("--")]
        return found

    def choices(self, name: str, option: str) -> list[str]:
        """What may stand after `option` of a command, as far as that is a choice."""
        for action in of_command(BY_NAME[name])._actions:
            if option in action.option_strings:
                return [str(choice) for choice in action.choices or ()]
        return []

    def parsed(self, words: Sequence[str]) -> dict[str, Any]:
        """The values of a command's options and arguments; raises UsageError as the shell's command would say it."""
        try:
            return vars(of_command(BY_NAME[words[0]]).parsed(list(words[1:])))
        except Asked:
            raise UsageError(f"{self.told(words[0])}") from None

    def argv(self, words: Sequence[str]) -> list[str]:
        """The process that does what `words` say. -P: nothing is imported from the folder the reader stands in."""
        return [sys.executable, "-P", "-m", "reader", *self._everywhere, "--no-color", *words]
