"""An article through a command of the reader's: words become arguments as in a shell, but no shell ever sees them."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import shutil
import signal
import subprocess
import threading
import time
from dataclasses import dataclass

from reader.errors import UsageError
from reader.model import Article
from reader.text.clean import clean_line, clean_text
from reader.text.html_marks import readable

FORMS = ("text", "md", "json")
SECONDS = 60.0
MAX_OUTPUT = 2**20  # bytes; a command that prints more is ended
TICK = 0.05


@dataclass(frozen=True, slots=True)
class Piped:
    """What a command printed (clean), its exit code (negative: the signal that ended it), and what else is to be said:
    a sentence, "" if it ended by itself with 0."""

    output: str
    code: int
    said: str = ""


def words_of(command: str) -> list[str]:
    """The words of a command line: quotes and backslashes count, nothing else does. Raises UsageError."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(
            f"The command cannot be read: {clean_line(str(error), 100).lower()}; check its quotes."
        ) from None
    if not words:
        raise UsageError("There is no command; type one, such as `wc -w`.")
    if "\0" in command:
        raise UsageError("A command holds no NUL characters.")
    return words


def content(article: Article, form: str) -> bytes:
    """What goes into the command: the article as plain text, as Markdown or as JSON."""
    if form == "json":
        from reader.service.serial import article_object

        return (json.dumps(article_object(article), ensure_ascii=False) + "\n").encode("utf-8", "replace")
    if form == "md":
        from reader.service.exporting.markdown import note

        return note(article).encode("utf-8", "replace")
    from reader.service.exporting.speakers import origin
    from reader.service.serial import address

    head = [line for line in (article.row.title, origin(article), address(article.row.url)) if line]
    return ("\n".join(head) + "\n\n" + (readable(article.document) or article.row.summary) + "\n").encode(
        "utf-8", "replace"
    )


def pipe(command: str, data: bytes, *, seconds: float = SECONDS, cancel: threading.Event | None = None) -> Piped:
    """Run a command with `data` as its standard input; what it prints on both outputs comes back.

    Blocks. After `seconds`, with `cancel`, or past 1 MiB of output it is killed with its children. Raises UsageError if
    there is no such command.
    """
    words = words_of(command)
    if shutil.which(words[0]) is None:
        raise UsageError(f"There is no command {clean_line(words[0], 100)}; give its name or its path.")
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            close_fds=True,
        )
    except OSError as error:
        reason = clean_line(error.strerror or type(error).__name__).lower()
        raise UsageError(f"{clean_line(words[0], 100)} could not be started: {reason}.") from None
    output = bytearray()
    feeder = threading.Thread(target=_feed, args=(process, data), daemon=True)
    eater = threading.Thread(target=_eat, args=(process, output), daemon=True)
    feeder.start()
    eater.start()
    said = _wait(process, eater, output, seconds, cancel)
    shown = clean_text(bytes(output[:MAX_OUTPUT]).decode("utf-8", "replace"))
    code = process.returncode
    if not said and code:
        said = f"It ended with the code {code}." if code > 0 else f"It was ended by the signal {-code}."
    return Piped(shown, code, said)


def _wait(
    process: subprocess.Popen[bytes],
    eater: threading.Thread,
    output: bytearray,
    seconds: float,
    cancel: threading.Event | None,
) -> str:
    """Wait for the end of the command, or make one; returns why it was made, as a sentence."""
    until = time.monotonic() + seconds
    said = ""
    while eater.is_alive() or process.poll() is None:
        if cancel is not None and cancel.is_set():
            said = "It was stopped."
        elif time.monotonic() > until:
            said = f"It was stopped: it took longer than {seconds:g} seconds."
        elif len(output) > MAX_OUTPUT:
            said = f"It was stopped: it printed more than {MAX_OUTPUT // 1024:,} KiB."
        if said:
            break
        eater.join(TICK)
    # Always: a child that it left behind would hold the pipe open.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    eater.join(1.0)
    return said


def _feed(process: subprocess.Popen[bytes], data: bytes) -> None:
    stdin = process.stdin
    if stdin is not None:
        with contextlib.suppress(OSError, ValueError):  # a command need not read all of it
            stdin.write(data)
        with contextlib.suppress(OSError, ValueError):
            stdin.close()


def _eat(process: subprocess.Popen[bytes], output: bytearray) -> None:
    stdout = process.stdout
    if stdout is None:
        return
    with contextlib.suppress(OSError, ValueError):
        while len(output) <= MAX_OUTPUT and (piece := os.read(stdout.fileno(), 65_536)):
            output += piece
