"""Where in a TOML file a key stands: tomllib tells values, not places, and a person needs the line."""

from __future__ import annotations

import re

KeyPath = tuple[str, ...]
MAX_PARTS = 100


def key_lines(text: str) -> dict[KeyPath, int]:
    """Map every key and table header of `text` to its line, counted from 1; the first place wins.

    Keys inside an inline table have no line of their own: ask for their parent's. Works on any text, valid or not.
    """
    found: dict[KeyPath, int] = {}
    table: KeyPath = ()
    closing = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if closing:
            if closing in line:
                closing = ""
            continue
        if header := re.match(_HEADER, line):
            table = _parts(header["key"])
            found.setdefault(table, number)
            continue
        if assignment := re.match(_ASSIGNMENT, line):
            path = (*table, *_parts(assignment["key"]))
            for end in range(len(table) + 1, len(path) + 1):
                found.setdefault(path[:end], number)
            closing = _opened(line[assignment.end() :])
    return found


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """The line of `path`, else of the nearest parent that has one, else 1."""
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return 1


def too_deep(text: str) -> int:
    """The first line that begins with a key of more than a hundred dotted parts, else 0.

    tomllib's time grows with the square of the parts: half a million of them would hold up the start for an hour.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > MAX_PARTS:
            key = re.match(_HEADER, line) or re.match(_ASSIGNMENT, line)
            if key and len(_parts(key["key"])) > MAX_PARTS:
                return number
    return 0


def _opened(value: str) -> str:
    """The marks that close the multi-line string which `value` opens and does not close, else ""."""
    for marks in ('"""', "'''"):
        if value.lstrip().startswith(marks) and value.count(marks) == 1:
            return marks
    return ""


def _parts(key: str) -> KeyPath:
    return tuple(_unquoted(part) for part in re.findall(_PART, key))


def _unquoted(part: str) -> str:
    if part.startswith("'"):
        return part[1:-1]
    if not part.startswith('"'):
        return part
    if "\\" not in part:
        return part[1:-1]
    import tomllib

    try:
        return str(tomllib.loads(f"key = {part}")["key"])
    except ValueError:
        return part[1:-1]


_ONE = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_PART = _ONE
_KEY = rf"(?P<key>{_ONE}(?:\s*\.\s*{_ONE})*)"
_HEADER = rf"\s*\[{{1,2}}\s*{_KEY}\s*\]"
_ASSIGNMENT = rf"\s*{_KEY}\s*="
