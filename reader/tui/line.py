"""The `:` line: a verb with its words, or the id of any command."""

from __future__ import annotations

from typing import NamedTuple

from reader.errors import UsageError
from reader.text.clean import clean_line
from reader.tui.commands import BY_ID

# What takes words after it; the value says what they are.
VERBS = {
    "add": "ADDRESS or PATH",
    "list": "SECTION",
    "search": "WORDS",
    "theme": "NAME",
    "refresh": "",
    "mark": "read or unread",
    "save": "",
    "unsave": "",
    "saved": "",
    "sources": "",
    "undo": "",
    "catalogue": "",
    "help": "",
    "quit": "",
    "q": "",
}


class Order(NamedTuple):
    """`verb` is one of VERBS or the id of a command; `words` is the rest of the line."""

    verb: str
    words: str = ""


def parse(line: str) -> Order:
    """What a line asks for. A verb may be shortened as long as only one begins so; raises UsageError."""
    verb, _, words = line.strip().partition(" ")
    words = words.strip()
    if verb not in VERBS and verb not in BY_ID:
        names = [name for name in (*VERBS, *BY_ID) if name.startswith(verb)]
        if len(names) != 1:
            said = (
                f"{clean_line(verb, 40)} may be {', '.join(names[:6])}"
                if names
                else f"There is no {clean_line(verb, 40)}"
            )
            raise UsageError(f"{said}; ctrl+p finds every command.")
        verb = names[0]
    if words and not VERBS.get(verb):
        raise UsageError(f"{verb} takes no words after it.")
    if not words and VERBS.get(verb) and verb != "list":
        raise UsageError(f"{verb} needs {VERBS[verb]} after it.")
    return Order(verb, words)
