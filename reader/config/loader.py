"""Read `config.toml` and make a `Config` of it, whatever the file holds."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from reader.config.schema import Config

MAX_BYTES = 4 * 1024 * 1024


def load(path: str | os.PathLike[str]) -> Config:
    """The configuration in the TOML file at `path`; a file that is not there is the default configuration.

    Never raises and never writes: whatever cannot be used is a sentence in `Config.problems` (file, line, what is
    allowed, what is used instead) and has its default.
    """
    file = Path(path)
    try:
        body = _read(file)
    except FileNotFoundError:
        return Config(path=file)
    except (OSError, ValueError) as error:
        from reader.text.clean import clean_line

        why = clean_line(getattr(error, "strerror", None) or str(error), 200)
        return _unusable(file, 0, f"cannot be read ({why})")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _unusable(file, body.count(b"\n", 0, error.start) + 1, "is not UTF-8 text")
    import tomllib

    from reader.config.lines import too_deep

    if line := too_deep(text):
        return _unusable(file, line, "is nested too deeply")

    try:
        data = tomllib.loads(text)
    except RecursionError:
        return _unusable(file, 0, "is nested too deeply")
    except ValueError as error:  # TOMLDecodeError is one; so is an integer of 5,000 digits
        words, line = _decode_error(str(error), text)
        return _unusable(file, line, f"is not valid TOML: {words}")
    from reader.config.tables import config_of

    return config_of(file, text, data)


def _read(file: Path) -> bytes:
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a FIFO must not hold up the start
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError("it is not a regular file")
        body = stream.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise ValueError(f"it is larger than {MAX_BYTES >> 20} MiB")
    return body


def _unusable(file: Path, line: int, what: str) -> Config:
    from reader.config.place import place

    return Config(path=file, problems=(f"{place(file, line)}: the file {what}; the defaults are used for everything.",))


def _decode_error(message: str, text: str) -> tuple[str, int]:
    """tomllib's words and its line; "end of document" is the last line that holds something."""
    import re

    from reader.text.clean import clean_line

    match = re.search(r"\s*\(at (?:line (\d+), column \d+|end of document)\)\s*$", message)
    words = clean_line(message[: match.start()] if match else message, 120)
    words = words[:1].lower() + words[1:]
    if match is None:
        return words, 0
    return words, int(match[1]) if match[1] else text.rstrip().count("\n") + 1
