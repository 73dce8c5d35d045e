"""From the arguments to an exit code: find the command, run it, and end well whatever happens."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import SimpleNamespace
from typing import Any, cast

from reader import __version__
from reader.cli import exit_codes
from reader.cli.context import Context, prepare
from reader.cli.exit_codes import ExitCode
from reader.cli.output import Output
from reader.cli.talk import Talk
from reader.errors import NotFoundError, SecnewsError, SourceError, StorageError, UsageError

StartReader = Callable[[Context, Sequence[str]], int]
Verb = Callable[[Context], int]

SIMPLE_TERMINALS = ("dumb", "unknown", "emacs")  # they cannot move the cursor


def run(argv: Sequence[str], start_reader: StartReader, *, linear: bool = False) -> int:
    """Do what `argv` (without the program's name) asks and return the exit code; never raises but SystemExit.

    `start_reader(context, addresses)` opens the terminal interface, with these addresses or paths if there are any.
    `linear`: nothing but lines may be printed, no colour and no progress that is painted over.
    """
    _standard_streams()
    linear = linear or "--plain" in argv
    plain = linear or "--no-color" in argv
    out = Output(no_color=plain)
    talk = Talk(no_color=plain, linear=linear, verbose="-v" in argv or "--verbose" in argv, quiet="--quiet" in argv)
    context: Context | None = None
    code: int
    try:
        task = _understood(argv, start_reader)
        if isinstance(task, str):
            out.text(task)
            code = ExitCode.OK
        else:
            verb, options = task
            context = prepare(options, out, talk)
            code = verb(context)
        out.flush()
    except KeyboardInterrupt:
        talk.error("Interrupted; what was done so far is kept.")
        code = ExitCode.INTERRUPTED
        _flushed(out, talk)
    except BrokenPipeError:  # `| head` has seen enough
        out.abandon()
        code = ExitCode.OK
    except SecnewsError as error:
        pointer = getattr(error, "pointer", "")  # of a QueryError: the query and a caret
        talk.error(getattr(error, "sentence", str(error)))
        if pointer:
            talk.point(pointer)
        code = code_of(error)
        if code == ExitCode.NOTHING and context is not None and getattr(context.options, "json", False):
            out.document(_nothing(context, str(error)))
        _flushed(out, talk)
    except OSError as error:
        code = _os_error(error, talk, context)
        out.abandon()
    except MemoryError:
        talk.error("There is not enough memory for this; close other programs and try again.")
        code = ExitCode.STORAGE
    except Exception as error:
        from reader.cli.fault import record

        talk.error(record(error, context.paths.log_file if context else None))
        code = ExitCode.PARTLY
    finally:
        talk.finish()
    return int(code)


def code_of(error: SecnewsError) -> ExitCode:
    """The exit code of an error that ends a verb."""
    if isinstance(error, StorageError):
        return ExitCode.STORAGE
    if isinstance(error, NotFoundError):
        return ExitCode.NOTHING
    if isinstance(error, SourceError):
        return ExitCode.FAILED
    return ExitCode.USAGE


def _nothing(context: Context, why: str) -> dict[str, Any]:
    """The JSON document of a command that found nothing: the one that a script expects, empty, and why."""
    from reader.cli.commands import NOTHING

    return {"schema": 1, **NOTHING.get(context.options.command, {}), "error": why}


def _understood(argv: Sequence[str], start_reader: StartReader) -> str | tuple[Verb, Any]:
    """What `argv` asks for: a function and its options, or a text that only has to be printed. Raises UsageError."""
    plain_start = _plain_start(argv)
    if plain_start is not None:
        return lambda context: _read(context, start_reader), plain_start
    from reader.cli import commands, parser

    try:
        place = parser.command_word(argv)
        word = "" if place is None else argv[place]
        if place is not None and word in commands.BY_NAME:
            command = commands.BY_NAME[word]
            options = parser.of_command(command).parsed([*argv[:place], *argv[place + 1 :]])
            options.command = word
            verb = _stoppable(command.run)
        elif word in commands.LATER:
            raise UsageError(parser.later(word, commands.LATER[word]))
        elif any(flag in argv for flag in ("-h", "--help")):
            return parser.overview(commands.COMMANDS)
        else:
            options = parser.root().parsed(argv)
            if not options.version:
                commands.check_inputs(options.inputs)
            verb = lambda context: _read(context, start_reader)  # noqa: E731 - the other branch gives a value too
    except parser.Asked as asked:
        return str(asked).rstrip()
    return f"secnews {__version__}" if options.version else (verb, options)


def _plain_start(argv: Sequence[str]) -> SimpleNamespace | None:
    """The options of the ways in that people use all day, for which no grammar is loaded; None for every other."""
    options = SimpleNamespace(home=None, config=None, offline=False, inputs=[], plain=False)
    words = iter(argv)
    for word in words:
        if word == "--offline":
            options.offline = True
        elif word in ("--home", "--config"):
            value = next(words, "-")
            if value.startswith("-"):
                return None
            setattr(options, word[2:], value)
        else:
            return None
    return options


def _stoppable(place: str) -> Verb:
    """The function at `module:function`, which the signals that end a program interrupt."""

    def verb(context: Context) -> int:
        from reader.cli.signals import stoppable

        module, _, function = place.partition(":")
        with stoppable():
            return cast(Verb, getattr(import_module(module), function))(context)

    return verb


def _read(context: Context, start_reader: StartReader) -> int:
    if context.options.plain:
        return _read_lines(context, start_reader)
    served = os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")  # by `secnews serve`, through pipes
    if not served and not (context.out.terminal and sys.stdin is not None and sys.stdin.isatty()):
        raise UsageError(
            "The reader needs a terminal for input and output; in a script use a command such as `secnews list` "
            "or `secnews extract`."
        )
    if not served and os.environ.get("TERM", "") in SIMPLE_TERMINALS:
        context.talk.say("This terminal cannot draw the room (TERM says so); the linear reader starts instead.")
        return _read_lines(context, start_reader)
    return start_reader(context, context.options.inputs)


def _read_lines(context: Context, start_reader: StartReader) -> int:
    from reader.cli.linear.session import read

    options = context.options
    given = [word for flag in ("home", "config") if (value := getattr(options, flag)) for word in (f"--{flag}", value)]
    given += ["--offline"] * context.offline

    def run_command(argv: Sequence[str]) -> int:
        return run([*argv[:1], *given, *argv[1:]], start_reader, linear=True)

    return read(context, run_command)


def _flushed(out: Output, talk: Talk) -> ExitCode:
    try:
        out.flush()
    except BrokenPipeError:
        out.abandon()
    except OSError as error:
        out.abandon()
        return _os_error(error, talk, None)
    return ExitCode.OK


def _os_error(error: OSError, talk: Talk, context: Context | None) -> ExitCode:
    """A disk that is full, a directory that cannot be made: said with the place, as storage."""
    from reader.text.clean import clean_line

    where = f" ({clean_line(str(error.filename), 200)})" if error.filename else ""
    talk.error(f"The system refused{where}: {clean_line(error.strerror or type(error).__name__, 200).lower()}.")
    talk.detail("`secnews doctor` checks directories, permissions and the library.")
    return exit_codes.ExitCode.STORAGE


def _standard_streams() -> None:
    """Fill the places of closed standard streams, so that no file of ours is ever opened in them."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
