"""`serve`: the room in a browser on this machine, through textual-serve (an extra), behind a token."""

from __future__ import annotations

import sys
import threading

from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.cli.signals import cancelling
from reader.errors import UsageError

PORT = 8901
MISSING = (
    "serve needs the package textual-serve, which is not installed; `pipx inject secnews textual-serve` "
    "or `pip install 'secnews[web]'` brings it."
)


def serve(context: Context) -> ExitCode:
    """Serve until Ctrl-C or SIGTERM, which is no failure. Every browser tab gets a room of its own."""
    options = context.options
    port = options.port or PORT
    if port > 65535:
        raise UsageError("serve: a port is a whole number from 1 to 65535.")
    try:
        from reader.cli.web import Site, served
    except ImportError:
        raise UsageError(MISSING) from None
    site = Site(room(context), port)

    def ready() -> None:
        if options.json or options.jsonl:
            context.out.lines([{"url": site.entrance}])
        else:
            context.out.text(site.entrance)
        context.out.flush()
        context.talk.say("Open this address in a browser on this machine; who has it can read here. Ctrl-C ends it.")

    stop = threading.Event()
    try:
        with cancelling(stop):
            served(site, stop, ready)
    except OSError as error:
        raise UsageError(
            f"serve: the port {port} cannot be had ({(error.strerror or 'unknown').lower()}); give another with --port."
        ) from None
    return ExitCode.OK


def room(context: Context) -> list[str]:
    """The command of a room with this home."""
    options = context.options
    words = [sys.executable, "-m", "reader"]
    for flag in ("home", "config"):
        if value := getattr(options, flag):
            words += [f"--{flag}", value]
    return [*words, *["--offline"] * context.offline]
