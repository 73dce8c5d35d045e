"""Sets of ids as short text: "1-500,502,510-900". What an action on 100,000 articles remembers must stay small."""

from __future__ import annotations

from collections.abc import Iterable


def ranges(ids: Iterable[int]) -> list[tuple[int, int]]:
    """The runs of consecutive ids, ascending, both ends included; every id of a run is in `ids`."""
    runs: list[tuple[int, int]] = []
    first = last = None
    for number in sorted(set(ids)):
        if last is not None and number == last + 1:
            last = number
            continue
        if first is not None and last is not None:
            runs.append((first, last))
        first = last = number
    if first is not None and last is not None:
        runs.append((first, last))
    return runs


def pack(ids: Iterable[int]) -> str:
    """The set as text; negative ids (samples) are fine: "-3--1"."""
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges(ids))


def unpack(text: str) -> list[tuple[int, int]]:
    """The runs of a packed set."""
    runs = []
    for part in filter(None, text.split(",")):
        first, dash, last = part[1:].partition("-")  # the first character may be the sign
        start = int(part[0] + first)
        runs.append((start, int(last) if dash else start))
    return runs
