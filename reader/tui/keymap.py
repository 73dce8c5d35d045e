"""Which keys lead to which command: the preset, then the user's own bindings, with sentences for what is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding
from textual.keys import KEY_NAME_REPLACEMENTS
from textual.keys import Keys as TextualKeys

from reader.text.clean import clean_line
from reader.tui.commands import BY_ID, COMMANDS

if TYPE_CHECKING:
    from reader.config import Keys

UNBOUND = "none"  # no key has this name; Textual ignores an empty string in a keymap

# What a preset changes; everything else stays as in the table of commands (preset "vim").
PRESETS: dict[str, dict[str, str]] = {
    "vim": {},
    "newsboat": {
        "article.next": "J",
        "article.previous": "K",
        "unread.next": "n",
        "unread.previous": "p",
        "read.toggle": "N,m",
        "read.all": "A,C",
        "match.previous": "P",
        "browse": "o,v",
        "save": "s,b,ctrl+b",
        "move.page_up": "pageup",
        "source.manage": "E,g h",
        "pane.zen": "z,w",
        "link.follow": "u,f",  # newsboat's show-urls
        "undo": "ctrl+z,U",
    },
    "arrows": {
        "move.down": "down",
        "move.up": "up",
        "move.top": "home",
        "move.end": "end",
        "pane.right": "right",
        "pane.left": "left",
        "article.next": "ctrl+down,J",
        "article.previous": "ctrl+up,K",
        "quote.next": "ctrl+right,right_square_bracket",
        "quote.previous": "ctrl+left,left_square_bracket",
        "undo": "ctrl+z,u",
        "help": "f1,question_mark",
        "refresh.all": "f5,R",
        "save": "ctrl+s,s",
    },
}


class Keymap(NamedTuple):
    """`keys` has every command's keys by id, as Textual names them; `problems` are sentences to show."""

    keys: Mapping[str, str]
    problems: tuple[str, ...] = ()

    def changed(self) -> dict[str, str]:
        """Only what differs from the table, for `App.set_keymap`."""
        return {id_: keys for id_, keys in self.keys.items() if keys != normal(BY_ID[id_].keys)}

    def prefixes(self) -> frozenset[str]:
        """The keys that begin a sequence, such as `g`."""
        return frozenset(key.split(" ")[0] for keys in self.keys.values() for key in keys.split(",") if " " in key)


def build(keys: Keys) -> Keymap:
    """The keymap of a configuration. An unknown id, an unknown key or a key given twice is told, and left out."""
    chosen = {command.id: normal(command.keys) for command in COMMANDS}
    chosen.update({id_: normal(text) for id_, text in PRESETS.get(keys.preset, {}).items()})
    problems = []
    for id_, text in keys.bindings.items():
        where = f" (line {keys.lines[id_]})" if id_ in keys.lines else ""
        name = clean_line(id_, 60)
        if id_ not in BY_ID:
            problems.append(f"[keys] {name}{where}: there is no such command; ? lists the ids.")
            continue
        wrong = [key for key in text.split(",") if not _possible(key.strip())]
        if wrong:
            problems.append(
                f"[keys] {name}{where}: {clean_line(wrong[0], 30) or 'nothing'} is no key; the default is used."
            )
            continue
        chosen[id_] = normal(text)
    problems += _clashes(chosen, keys)
    problems += _hidden(chosen, keys)
    return Keymap(chosen, tuple(problems))


@cache  # each is asked for twice at every start
def normal(keys: str) -> str:
    """Keys as Textual names them: `?` is `question_mark`, `g ?` is `g question_mark`."""
    return ",".join(" ".join(_named(key) for key in one.split()) for one in keys.split(",") if one.strip())


def shown(keys: str) -> str:
    """Keys as a person reads them: `j ↓`, `g a`, `?`; several of them stand apart by two blanks."""
    return "  ".join(
        " ".join(_SIGNS.get(key, key) for key in one.split(" ")) for one in keys.split(",") if one not in ("", UNBOUND)
    )


def _clashes(chosen: dict[str, str], keys: Keys) -> list[str]:
    """A user's key wins over a default that has it in the same pane; two of the user's own for one key are told."""
    problems = []
    owner: dict[tuple[str, str], str] = {}
    own = [id_ for id_ in keys.bindings if id_ in BY_ID]
    preset = [id_ for id_ in PRESETS.get(keys.preset, {}) if id_ not in own]
    for id_ in [*own, *preset, *(id_ for id_ in chosen if id_ not in own and id_ not in preset)]:
        context, kept = BY_ID[id_].context, []
        for key in chosen[id_].split(","):
            rival = owner.setdefault((key, context), id_)
            if rival == id_:
                kept.append(key)
            elif id_ in own:
                problems.append(f"[keys] {shown(key)} is already {rival}; it does not lead to {id_}.")
        chosen[id_] = ",".join(kept) or UNBOUND
    return problems


def _hidden(chosen: dict[str, str], keys: Keys) -> list[str]:
    """A key alone that other commands begin with would never act: it goes, and that is told."""
    problems = []
    begun = {key.split(" ")[0]: id_ for id_, text in chosen.items() for key in text.split(",") if " " in key}
    for id_ in [*keys.bindings, *chosen]:
        for key in chosen.get(id_, "").split(","):
            if key in begun:
                kept = [other for other in chosen[id_].split(",") if other != key]
                chosen[id_] = ",".join(kept) or UNBOUND
                problems.append(
                    f"[keys] {shown(key)} begins other keys, such as those of {begun[key]}; it does not lead to {id_}."
                )
    return problems


def _named(key: str) -> str:
    return next(iter(Binding.make_bindings([(key, "", "")]))).key


def _possible(key: str) -> bool:
    return bool(key) and all(_is_key(part) for part in key.split())


def _is_key(name: str) -> bool:
    """Whether Textual ever gives a key this name: `x`, `ctrl+x`, `pagedown`, `f5`, `question_mark`."""
    bare = _MODIFIERS.sub("", name)
    if len(bare) == 1 or bare == UNBOUND:
        return True
    if bare in {key.value for key in TextualKeys} or bare in KEY_NAME_REPLACEMENTS.values():
        return True
    try:
        return bool(unicodedata.lookup(bare.replace("_", " ")))
    except KeyError:
        return False


_MODIFIERS = re.compile(r"(?:(?:ctrl|shift|alt|super|meta|hyper)\+)+(?=.)")
_SIGNS = {
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "question_mark": "?",
    "slash": "/",
    "colon": ":",
    "apostrophe": "'",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "vertical_line": "|",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "esc",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "shift+tab": "S-tab",
}
