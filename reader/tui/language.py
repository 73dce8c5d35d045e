"""The commands of the shell as the `:` line sees them: handed in from outside, for the front ends never meet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol


class Language(Protocol):
    def names(self) -> Sequence[str]:
        """Every command."""

    def told(self, name: str) -> str:
        """How a command is written and what it does, in one line."""

    def words(self, name: str) -> Sequence[str]:
        """The options of a command and the words it lets choose from."""

    def choices(self, name: str, option: str) -> Sequence[str]:
        """What may stand after an option."""

    def parsed(self, words: Sequence[str]) -> dict[str, Any]:
        """The values of a command's options and arguments; raises UsageError."""

    def argv(self, words: Sequence[str]) -> list[str]:
        """The process that does what `words` say."""
