"""Checks of single values: each takes what TOML gave and returns the value to use, or raises `WrongValueError`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from reader.text.clean import clean_line

MAX_STRING = 1000  # characters; no setting needs more, and a sentence about one must stay readable
DURATION_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
MIN_INTERVAL, MAX_INTERVAL = 300, 86400  # seconds: five minutes to a day

Check = Callable[[Any], Any]


class WrongValueError(ValueError):
    """The value is not allowed; the text says what was found, without quoting secrets."""


def boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongValueError(kind_of(value))
    return value


def string(value: Any) -> str:
    """One clean line; the empty string is allowed."""
    if not isinstance(value, str):
        raise WrongValueError(kind_of(value))
    if len(value) > MAX_STRING:
        raise WrongValueError(f"a string of {len(value):,} characters")
    return clean_line(value)


def whole(low: int, high: int) -> Check:
    """A check for a whole number in low..high."""

    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise WrongValueError(kind_of(value))
        if not low <= value <= high:
            raise WrongValueError(_number(value))
        return value

    return check


def number(low: float, high: float) -> Check:
    """A check for a number, whole or not, in low..high; NaN and infinities are never in it."""

    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise WrongValueError(kind_of(value))
        if not low <= value <= high:
            raise WrongValueError(_number(value))
        return float(value)

    return check


def one_of(*allowed: str) -> Check:
    """A check for one of some words."""

    def check(value: Any) -> str:
        if not isinstance(value, str):
            raise WrongValueError(kind_of(value))
        if value not in allowed:
            raise WrongValueError(f'"{clean_line(value, 40)}"')
        return value

    return check


def switch(on: str, *others: str) -> Check:
    """A check for one of some words, where true is the first of them and false the last."""
    words = one_of(on, *others)

    def check(value: Any) -> str:
        if isinstance(value, bool):
            return on if value else others[-1]
        return str(words(value))

    return check


def hosts(value: Any) -> frozenset[str]:
    """A list of `host:port` strings → the set of them in lower case."""
    if not isinstance(value, list):
        raise WrongValueError(kind_of(value))
    found = set()
    for item in value:
        if not isinstance(item, str):
            raise WrongValueError(f"a list with {kind_of(item)} in it")
        match = re.fullmatch(_HOST_PORT, item.strip())
        if not match or not 0 < int(match["port"]) < 65536:
            raise WrongValueError(f'a list with "{clean_line(item, 40)}" in it')
        found.add(f"{match['host'].lower()}:{int(match['port'])}")
    return frozenset(found)


def proxy(value: Any) -> str:
    """An http or https address of a proxy, or "". What is wrong is not quoted: it may hold a password."""
    text = string(value)
    if text and not re.fullmatch(_PROXY, text, re.IGNORECASE):
        raise WrongValueError("something else")
    return text


def duration(value: Any) -> int:
    """ "45m", "6h", "1d" or a number of minutes → seconds, five minutes to a day."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise WrongValueError(kind_of(value))
    if isinstance(value, int):
        seconds = value * 60
    else:
        match = re.fullmatch(_DURATION, value.strip().lower())
        if not match:
            raise WrongValueError(f'"{clean_line(value, 40)}"')
        seconds = int(match[1]) * DURATION_UNITS[match[2]]
    if not MIN_INTERVAL <= seconds <= MAX_INTERVAL:
        raise WrongValueError(_number(value) if isinstance(value, int) else f'"{clean_line(value, 40)}"')
    return seconds


def headers(value: Any) -> dict[str, str]:
    """A table of HTTP header fields (RFC 9110 names; values without controls). Values are never quoted: secrets."""
    if not isinstance(value, dict):
        raise WrongValueError(kind_of(value))
    for name, content in value.items():
        if not isinstance(content, str) or len(content) > 4 * MAX_STRING or not re.fullmatch(_HEADER_VALUE, content):
            raise WrongValueError(f"a field {clean_line(name, 40)} whose value is not one line of Latin text")
        if not re.fullmatch(_HEADER_NAME, name):
            raise WrongValueError(f'a field named "{clean_line(name, 40)}"')
    return dict(value)


def kind_of(value: Any) -> str:
    """What a TOML value is, in words."""
    for type_, words in _KINDS:
        if isinstance(value, type_):
            return words
    return "a date or time"


def _number(value: float) -> str:
    return (
        f"{value:g}" if isinstance(value, float) else clean_line(hex(value) if abs(value) > 10**18 else str(value), 40)
    )


_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (str, "a string"),
    (int, "a whole number"),
    (float, "a number"),
    (list, "a list"),
    (dict, "a table"),
)
# Compiled at first use: hardly any start needs one of them.
_HOST_PORT = r"(?P<host>\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253}):(?P<port>[0-9]{1,5})"
_PROXY = r"https?://[^\s/?#]+/?"
_DURATION = r"([0-9]{1,6})\s*([smhdw])"
_HEADER_NAME = r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}"
_HEADER_VALUE = r"[\t\x20-\x7e\x80-\xff]*"
