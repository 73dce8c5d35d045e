"""The `:` line: a command of the shell with its words, or the id of a command of the room (pure)."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import UsageError
from reader.text.clean import clean_line
from reader.tui.commands import BY_ID

if TYPE_CHECKING:
    from reader.tui.language import Language

OWN = ("theme", "help", "quit", "q", "tour")  # words of the room besides those of the shell and the ids


class Order(NamedTuple):
    """`verb` is a command of the shell, one of OWN, or the id of a command; `words` are what stands after it."""

    verb: str
    words: list[str]


def parse(text: str, language: Language | None) -> Order:
    """What a line asks for, read as a shell reads it. A verb may be shortened as long as only one begins so.

    Raises UsageError.
    """
    try:
        words = shlex.split(text)
    except ValueError:
        raise UsageError("A quotation mark is not closed.") from None
    if not words:
        raise UsageError("Nothing was typed.")
    if words[0] == "secnews" and len(words) > 1:  # pasted from a shell
        words = words[1:]
    verb, rest = _verb(words[0], language), words[1:]
    if rest and (verb in BY_ID or verb in OWN) and verb not in _shell(language) and verb != "theme":
        raise UsageError(f"{verb} takes no words after it.")
    if verb == "theme" and not rest:
        raise UsageError("theme needs a name after it; tab goes through them.")
    return Order(verb, rest)


def is_command(verb: str) -> bool:
    """Whether this is the id of a command of the room."""
    return verb in BY_ID


def completions(text: str, language: Language | None, values: Mapping[str, Sequence[str]]) -> list[str]:
    """The lines that `text` may become. `values` says what may stand after an option or a verb of the room."""
    before, blank, last = text.rpartition(" ")
    if not blank:
        return [name for name in _names(language) if name.startswith(text)]
    words = before.split()
    verb = words[0] if words else ""
    found: Sequence[str] = values.get(words[-1], ()) if words else ()
    if not found and language is not None and verb in language.names():
        found = language.choices(verb, words[-1]) or language.words(verb)
    begun = last.casefold()
    return [f"{before} {shlex.quote(word)}" for word in found if word.casefold().startswith(begun)]


def _verb(text: str, language: Language | None) -> str:
    known = _names(language)
    if text in known:
        return text
    names = [name for name in known if name.startswith(text)]
    if len(names) == 1:
        return names[0]
    shown = clean_line(text, 40)
    raise UsageError(
        f"{shown} may be {', '.join(names[:6])}." if names else f"There is no {shown}; ctrl+p finds every command."
    )


def _names(language: Language | None) -> list[str]:
    return list(dict.fromkeys([*_shell(language), *OWN, *BY_ID]))


def _shell(language: Language | None) -> Sequence[str]:
    return language.names() if language is not None else ()
