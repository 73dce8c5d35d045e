"""From parsed TOML to a `Config`: every value checked, every mistake a sentence with its line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reader.config.checks import WrongValueError, kind_of
from reader.config.lines import KeyPath, key_lines, line_of
from reader.config.options import OPTIONS, SOURCE_OPTIONS, Option
from reader.config.overrides import SourceOverride
from reader.config.place import place
from reader.config.schema import Config, Keys, Network, Reading, Retention, Theme
from reader.text.clean import clean_line

MAX_PROBLEMS = 20


def config_of(file: Path, text: str, data: Mapping[str, Any]) -> Config:
    """The configuration that `data`, parsed from the `text` of `file`, describes; never raises."""
    return _Reader(file, text).config(data)


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
