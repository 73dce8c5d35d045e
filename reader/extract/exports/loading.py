"""JSON and CSV of strangers, read within bounds: any bytes give data or one ExtractError."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from reader.errors import ExtractError
from reader.extract.exports.records import MAX_ENTRIES

MAX_DEPTH = 200
MAX_DIGITS = 400
MAX_COLUMNS = 200
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_BRACKET = re.compile(r"[\[{\]}]")


def load_json(text: str, shown: str) -> Any:
    """The value of a JSON document called `shown`. Raises ExtractError if it is not one or is nested too deeply.

    Numbers of more than a few hundred digits become 0, NaN and Infinity None.
    """
    if _depth(text) > MAX_DEPTH:
        raise ExtractError(
            f"{shown} is nested more than {MAX_DEPTH} levels deep; no program exports that, so it was left alone."
        )
    try:
        return json.loads(text, parse_int=_integer, parse_constant=lambda _name: None, strict=False)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        where = f" (line {line})" if line else ""
        raise ExtractError(f"{shown} is not valid JSON{where}; export it once more.") from None


def rows(text: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV table by the lower-case names in its first line. Raises ExtractError if it cannot be read."""
    csv.field_size_limit(8 * 2**20)
    reader = csv.reader(io.StringIO(text.replace("\0", "")), strict=False)
    try:
        head = [name.strip().lower() for name in next(reader, [])][:MAX_COLUMNS]
        for number, row in enumerate(reader):
            if number > MAX_ENTRIES:
                return
            if any(row):
                yield dict(zip(head, row, strict=False))
    except csv.Error as error:
        raise ExtractError(
            f"The table cannot be read at line {reader.line_num} ({error}); export it once more."
        ) from None


def columns(text: str) -> frozenset[str]:
    """The names in the first line of a CSV table, in lower case."""
    first = text[:65_536].lstrip("\ufeff\r\n ").split("\n", 1)[0]
    try:
        return frozenset(name.strip().lower() for name in next(csv.reader([first.strip("\r")]), []))
    except csv.Error:
        return frozenset()


def _integer(digits: str) -> int:
    return int(digits) if len(digits) <= MAX_DIGITS else 0


def _depth(text: str) -> int:
    """How deep brackets nest outside of strings; linear in the length."""
    depth = deepest = 0
    for match in _BRACKET.finditer(_STRING.sub("", text)):
        depth += 1 if match[0] in "[{" else -1
        deepest = max(deepest, depth)
    return deepest
