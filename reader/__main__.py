"""The composition root (floor 7): the terminal interface or a command, each imported only when it is wanted."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader import __version__

if TYPE_CHECKING:
    from reader.cli.context import Context
    from reader.tui.language import Language


def main(argv: Sequence[str] | None = None) -> int:
    """Run `secnews` with `argv` (default: the arguments of this process); returns the exit code."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments == ["--version"] and sys.stdout is not None:  # scripts ask this: nothing is loaded for it
        sys.stdout.write(f"secnews {__version__}\n")
        return 0
    try:
        from reader.cli.app import run

        return run(arguments, _start_reader)
    except KeyboardInterrupt:  # so early or so late that nothing was being done
        return 130


def _start_reader(context: Context, addresses: Sequence[str]) -> int:
    from reader.tui.run import run_app

    def language() -> Language:  # the grammar of all commands: loaded when the first of them is typed
        from reader.cli.room_line import RoomLine

        return RoomLine(home=context.options.home, config=context.options.config, offline=context.offline)

    return run_app(context.paths, context.config, addresses=addresses, offline=context.offline, language=language)


if __name__ == "__main__":
    sys.exit(main())
