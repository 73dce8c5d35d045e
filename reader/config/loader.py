"""Read `config.toml` and make a `Config` of it, whatever the file holds."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reader.config.checks import WrongValueError, kind_of
from reader.config.lines import KeyPath, key_lines, line_of, too_deep
from reader.config.options import OPTIONS, SOURCE_OPTIONS, Option
from reader.config.schema import Config, Keys, Network, Reading, Retention, SourceOverride, Theme
from reader.text.clean import clean_line

MAX_BYTES = 4 * 1024 * 1024
MAX_PROBLEMS = 20


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
        why = clean_line(getattr(error, "strerror", None) or str(error), 200)
        return _unusable(file, 0, f"cannot be read ({why})")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _unusable(file, body.count(b"\n", 0, error.start) + 1, "is not UTF-8 text")
    if line := too_deep(text):
        return _unusable(file, line, "is nested too deeply")
    import tomllib

    try:
        data = tomllib.loads(text)
    except RecursionError:
        return _unusable(file, 0, "is nested too deeply")
    except ValueError as error:  # TOMLDecodeError is one; so is an integer of 5,000 digits
        words, line = _decode_error(str(error), text)
        return _unusable(file, line, f"is not valid TOML: {words}")
    return _Reader(file, text).config(data)


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
    return Config(path=file, problems=(f"{place(file, line)}: the file {what}; the defaults are used for everything.",))


def place(file: Path, line: int = 0) -> str:
    """`file:line` as people and editors read it; the home directory is written `~`, and `line` 0 is left out."""
    shown = str(file)
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where there is no home
    if home != "/" and shown.startswith(home + os.sep):
        shown = "~" + shown[len(home) :]
    return f"{clean_line(shown, 300)}:{line}" if line else clean_line(shown, 300)


def _decode_error(message: str, text: str) -> tuple[str, int]:
    """tomllib's words and its line; "end of document" is the last line that holds something."""
    match = re.search(r"\s*\(at (?:line (\d+), column \d+|end of document)\)\s*$", message)
    words = clean_line(message[: match.start()] if match else message, 120)
    words = words[:1].lower() + words[1:]
    if match is None:
        return words, 0
    return words, int(match[1]) if match[1] else text.rstrip().count("\n") + 1


class _Reader:
    """One pass over the parsed file that collects the problems on its way."""

    def __init__(self, file: Path, text: str) -> None:
        self._file = file
        self._text = text
        self._lines: dict[KeyPath, int] | None = None
        self._problems: list[tuple[int, str]] = []

    def config(self, data: Mapping[str, Any]) -> Config:
        tables = {name: self._table(data, name) for name in OPTIONS}
        values = {name: self._values((name,), table, OPTIONS[name]) for name, table in tables.items() if name != "keys"}
        keys = self._keys(tables["keys"])
        sources = self._sources(self._table(data, "sources"))
        allowed = [*OPTIONS, "sources"]
        for name in data:
            if name not in allowed:
                self._report(
                    (name,), f"there is no table [{clean_line(name, 40)}]; allowed: {', '.join(allowed)}; it is ignored"
                )
        return Config(
            path=self._file,
            network=Network(**values["network"]),
            reading=Reading(**values["reading"]),
            keys=keys,
            theme=Theme(**values["theme"]),
            retention=Retention(**values["retention"]),
            sources=sources,
            problems=self._sentences(),
        )

    def _table(self, data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        value = data.get(name, {})
        if isinstance(value, dict):
            return value
        self._report((name,), f"{name} must be a table, not {kind_of(value)}; its defaults are used")
        return {}

    def _values(self, path: KeyPath, table: Mapping[str, Any], options: Mapping[str, Option]) -> dict[str, Any]:
        """The checked values of `table`; what is missing or wrong is left out, so that the default holds."""
        values: dict[str, Any] = {}
        for key, value in table.items():
            option = options.get(key)
            if option is None:
                self._report((*path, key), self._unknown(path, key, options))
                continue
            try:
                values[key] = option.check(value)
            except WrongValueError as wrong:
                name = ".".join((*path, key)) if path[0] != "sources" else f"{key} of a source"
                self._report((*path, key), f"{name} must be {option.allowed}, not {wrong}; the default is used")
        return values

    def _unknown(self, path: KeyPath, key: str, options: Mapping[str, Option]) -> str:
        where = "a source" if path[0] == "sources" else f"[{path[0]}]"
        return f'there is no "{clean_line(key, 40)}" in {where}; allowed: {", ".join(options)}; it is ignored'

    def _keys(self, table: Mapping[str, Any]) -> Keys:
        preset = self._values(("keys",), {k: v for k, v in table.items() if k == "preset"}, OPTIONS["keys"])
        bindings: dict[str, str] = {}
        lines: dict[str, int] = {}
        todo: list[tuple[KeyPath, Any]] = [((key,), value) for key, value in table.items() if key != "preset"]
        while todo:  # `article.next = "J"` is a nested table to TOML and one id to us
            path, value = todo.pop(0)
            name = clean_line(".".join(path), 60)
            if isinstance(value, dict):
                todo += [((*path, key), inner) for key, inner in value.items()]
            elif not isinstance(value, str) or len(value) > 200:
                self._report(
                    ("keys", *path),
                    f'keys.{name} must be a string of keys such as "j,down", not {_short(value)}; the default is used',
                )
            else:
                bindings[name] = clean_line(value)
                lines[name] = self._line(("keys", *path))
        return Keys(bindings=bindings, lines=lines, **preset)

    def _sources(self, table: Mapping[str, Any]) -> dict[str, SourceOverride]:
        sources: dict[str, SourceOverride] = {}
        for address, value in table.items():
            if not isinstance(value, dict):
                self._report(
                    ("sources", address),
                    f'[sources] holds tables such as [sources."https://example.com/feed"], not {kind_of(value)}; '
                    "it is ignored",
                )
                continue
            sources[address] = SourceOverride(**self._values(("sources", address), value, SOURCE_OPTIONS))
        return sources

    def _line(self, path: KeyPath) -> int:
        if self._lines is None:
            self._lines = key_lines(self._text)
        return line_of(self._lines, path)

    def _report(self, path: KeyPath, sentence: str) -> None:
        self._problems.append((self._line(path), sentence))

    def _sentences(self) -> tuple[str, ...]:
        """In the order of the file; a file full of mistakes must not fill the screen."""
        self._problems.sort(key=lambda problem: problem[0])
        shown = [f"{place(self._file, line)}: {sentence}." for line, sentence in self._problems[:MAX_PROBLEMS]]
        if more := len(self._problems) - len(shown):
            shown.append(f"{place(self._file)}: {more:,} more problems like these.")
        return tuple(shown)


def _short(value: Any) -> str:
    return f"one of {len(value):,} characters" if isinstance(value, str) else kind_of(value)
