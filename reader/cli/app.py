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
Verb = Callable[[Context], ExitCode]


def run(argv: Sequence[str], start_reader: StartReader) -> int:
    """Do what `argv` (without the program's name) asks and return the exit code; never raises but SystemExit.

    `start_reader(context, addresses)` opens the terminal interface, with these addresses or paths if there are any.
    """
    _standard_streams()
    out = Output(no_color="--no-color" in argv)
    talk = Talk(no_color="--no-color" in argv, verbose="-v" in argv or "--verbose" in argv, quiet="--quiet" in argv)
    context: Context | None = None
    try:
        verb, options = _understood(argv, start_reader)
        if options.version:
            out.line(f"secnews {__version__}")
            code = ExitCode.OK
        else:
            context = prepare(options, out, talk)
            code = verb(context)
        out.flush()
    except _texts() as asked:
        out.text(str(asked).rstrip())
        code = _flushed(out, talk)
    except KeyboardInterrupt:
        talk.error("Interrupted; what was done so far is kept.")
        code = ExitCode.INTERRUPTED
        _flushed(out, talk)
    except BrokenPipeError:  # `| head` has seen enough
        out.abandon()
        code = ExitCode.OK
    except SecnewsError as error:
        talk.error(str(error))
        code = code_of(error)
        if options_json(context) and code == ExitCode.NOTHING:
            out.document({"schema": 1, "error": str(error)})
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


def options_json(context: Context | None) -> bool:
    """Whether the caller waits for one JSON document."""
    return context is not None and bool(getattr(context.options, "json", False))


def _understood(argv: Sequence[str], start_reader: StartReader) -> tuple[Verb, Any]:
    """The function for these arguments and its options; raises UsageError and `Asked`."""
    if not argv:  # the way in that people use all day loads no grammar
        nothing = SimpleNamespace(home=None, config=None, offline=False, version=False, inputs=[])
        return lambda context: _read(context, start_reader), nothing
    from reader.cli import commands, parser

    place = parser.command_word(argv)
    word = argv[place] if place is not None else None
    if place is None or word is None or word not in commands.BY_NAME:
        if word in commands.LATER:
            raise UsageError(parser.later(word or "", commands.LATER[word or ""]))
        if any(flag in argv for flag in ("-h", "--help")):
            raise parser.Asked(parser.overview(commands.COMMANDS))
        options = parser.root().parsed(argv)
        if not options.version:
            commands.check_inputs(options.inputs)
        return lambda context: _read(context, start_reader), options
    command = commands.BY_NAME[word]
    options = parser.of_command(command).parsed([*argv[:place], *argv[place + 1 :]])
    module, _, function = command.run.partition(":")

    def verb(context: Context) -> ExitCode:
        from reader.cli.signals import stoppable

        with stoppable():
            return cast(Verb, getattr(import_module(module), function))(context)

    return verb, options


def _texts() -> type[Exception]:
    """The exception of `--help`, if the grammar was loaded at all."""
    parser = sys.modules.get("reader.cli.parser")
    return cast(type[Exception], parser.Asked) if parser else _Never


class _Never(Exception):  # noqa: N818 - it is never raised
    pass


def _read(context: Context, start_reader: StartReader) -> ExitCode:
    if not (context.out.terminal and sys.stdin is not None and sys.stdin.isatty()):
        raise UsageError(
            "The reader needs a terminal for input and output; in a script use a command such as `secnews list` "
            "or `secnews extract`."
        )
    return ExitCode(start_reader(context, context.options.inputs))


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
