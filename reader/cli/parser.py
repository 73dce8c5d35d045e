"""The grammar of the command line, with argparse: global options before or after the command, one sentence of error."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from reader.errors import UsageError
from reader.text.clean import clean_line

PROGRAM = "secnews"
DESCRIPTION = "A terminal reading room for security and fraud news."
EPILOG = (
    "Without a command the reader starts; `--plain` reads line by line, for screen readers and simple terminals.\n"
    "`secnews PATH|URL …` opens files and pages at once, without storing them. "
    "`secnews COMMAND --help` tells more."
)


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `usage` is its line in the help, `arguments` adds its options, `run` is `module:function`."""

    name: str
    usage: str
    summary: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: str
    json: bool = True


@dataclass(frozen=True, slots=True)
class GlobalOption:
    """An option that every command takes."""

    flags: tuple[str, ...]
    help: str
    metavar: str | None = None


GLOBALS = (
    GlobalOption(("--home",), "keep everything below DIR (also $SECNEWS_HOME)", "DIR"),
    GlobalOption(("--config",), "read this configuration file", "FILE"),
    GlobalOption(("--offline",), "touch no network"),
    GlobalOption(("--no-color",), "no colours (also $NO_COLOR)"),
    GlobalOption(("-v", "--verbose"), "say more on standard error"),
    GlobalOption(("--version",), "print the version and stop"),
)
VALUED = frozenset(flag for option in GLOBALS if option.metavar for flag in option.flags)


_HIDDEN = "\0"  # in front of a word that argparse shall not take for an option; no argument of a process can hold it


class Asked(Exception):  # noqa: N818 - the person asked for a text; nothing is wrong
    """`--help`: the text to print."""


def later(what: str, instead: str = "") -> str:
    """The sentence about something that is documented for a later edition."""
    return f"`{what}` belongs to a later edition of secnews{'; ' + instead if instead else ''}."


class Parser(argparse.ArgumentParser):
    """argparse that raises UsageError and Asked instead of printing and leaving."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, add_help=False, **options)
        self.color = False  # Python 3.14 would put colours into the help by itself

    def parsed(self, argv: Sequence[str]) -> argparse.Namespace:
        """Options may stand between the words; after `--` everything is a word. Raises UsageError and Asked.

        Where a query may stand, `-word` that is no option is a word of it: what the query must not find.
        """
        words = list(argv)
        queried = any(action.dest == "query" for action in self._actions)
        if queried:
            words = [_HIDDEN + word if self._excludes(word) else word for word in words]
        # parse_intermixed_args would forget the `--`
        found = self.parse_args(words) if "--" in words else self.parse_intermixed_args(words)
        for name, value in vars(found).items() if queried else ():
            if isinstance(value, str):
                setattr(found, name, value.removeprefix(_HIDDEN))
            elif isinstance(value, list):
                setattr(found, name, [word.removeprefix(_HIDDEN) for word in value])
        return found

    def _excludes(self, word: str) -> bool:
        """Whether an argument is `-word` of a query: no option, no option with its value (`-n5`), no heap of flags."""
        if len(word) < 3 or word[0] != "-" or word[1] == "-" or word in self._option_string_actions:
            return False
        actions = [self._option_string_actions.get(f"-{letter}") for letter in word[1:]]
        first = actions[0]
        if first is not None and first.nargs != 0 and word[2:].lstrip("=").isdigit():
            return False
        return not all(action is not None and action.nargs == 0 for action in actions)

    def error(self, message: str) -> NoReturn:
        command = self.prog.removeprefix(PROGRAM).strip()
        words = clean_line(message, 300).rstrip(".")
        raise UsageError(f"{command + ': ' if command else ''}{words}; `{self.prog} --help` shows what is allowed.")

    def _print_message(self, message: str, file: object = None) -> NoReturn:
        raise Asked(message)


def root() -> Parser:
    """The parser for a call without a command: global options and addresses or paths to open."""
    parser = Parser(prog=PROGRAM, description=DESCRIPTION, epilog=EPILOG)
    parser.add_argument("inputs", nargs="*", metavar="PATH|URL")
    parser.add_argument("--plain", action="store_true", help="read line by line, for screen readers")
    _add_globals(parser)
    return parser


def of_command(command: Command) -> Parser:
    """The parser for everything that may stand around and after a command."""
    parser = Parser(prog=f"{PROGRAM} {command.name}", description=command.summary, usage=usage(command))
    command.arguments(parser)
    if command.json:
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="one JSON document")
        form.add_argument("--jsonl", action="store_true", help="one JSON object a line")
    _add_globals(parser)
    return parser


def usage(command: Command) -> str:
    """The usage line of a command."""
    forms = " [--json|--jsonl]" if command.json else ""
    return f"{PROGRAM} {command.name}{' ' + command.usage if command.usage else ''}{forms}"


def overview(commands: Iterable[Command]) -> str:
    """The text of `secnews --help`."""
    rows = [(command.name, command.summary) for command in commands]
    wide = max(len(name) for name, _summary in rows)
    options = [
        (", ".join(option.flags) + (f" {option.metavar}" if option.metavar else ""), option.help) for option in GLOBALS
    ]
    wide_option = max(len(flags) for flags, _help in options)
    return "\n".join(
        [
            f"usage: {PROGRAM} [OPTIONS] [COMMAND …]",
            f"       {PROGRAM} [OPTIONS] [--plain] PATH|URL …",
            "",
            DESCRIPTION,
            "",
            "commands:",
            *(f"  {name:{wide}}  {summary}" for name, summary in rows),
            "",
            "options, before or after the command:",
            *(f"  {flags:{wide_option}}  {words}" for flags, words in options),
            "",
            EPILOG.replace(" `secnews COMMAND", "\n`secnews COMMAND"),
        ]
    )


def command_word(argv: Sequence[str]) -> int | None:
    """The place of the first argument that is neither a global option nor its value, None if there is none."""
    position = 0
    while position < len(argv):
        word = argv[position]
        if word == "--":
            return None
        if word in VALUED:
            position += 2
            continue
        if not word.startswith("-") or word == "-":
            return position
        position += 1
    return None


def _add_globals(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("everywhere")
    group.add_argument("-h", "--help", action="help", help="this text")
    for option in GLOBALS:
        if option.metavar:
            group.add_argument(*option.flags, metavar=option.metavar, help=option.help)
        else:
            group.add_argument(*option.flags, action="store_true", help=option.help)
