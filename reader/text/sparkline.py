"""Pictures of numbers in one line: how much there was in each month, who has how large a share."""

from __future__ import annotations

from collections.abc import Sequence

BARS = "▁▂▃▄▅▆▇█"
ASCII_BARS = ".:-=+*%#"


def by_month(counts: Sequence[tuple[str, int]], until: str = "") -> list[tuple[str, int]]:
    """(`2026-03`, count) for every month from the first to the last (or `until`), those without anything too."""
    if not counts:
        return []
    known = dict(counts)
    months: list[tuple[str, int]] = []
    at, last = min(known), max([*known, until])
    while at <= last and len(months) < 12_000:  # years 1 to 9999 would be no picture of anything
        months.append((at, known.get(at, 0)))
        year, month = int(at[:4]), int(at[5:])
        at = f"{year + month // 12:04}-{month % 12 + 1:02}"
    return months


def sparkline(counts: Sequence[int], width: int, *, ascii_only: bool = False, nothing: str = " ") -> str:
    """At most `width` bars; where there are more counts, neighbours are added up. `nothing` stands for none at all."""
    if not counts or width < 1:
        return ""
    each = -(-len(counts) // width)
    sums = [sum(counts[at : at + each]) for at in range(0, len(counts), each)]
    bars, most = (ASCII_BARS if ascii_only else BARS), max(sums)
    return "".join(nothing if not one else bars[(one * len(bars) - 1) // most if most else 0] for one in sums)


def shares(counts: Sequence[int], width: int) -> list[int]:
    """How many of `width` cells each count gets: in proportion, each at least one (then the whole may be longer)."""
    whole = sum(counts)
    exact = [count * width / whole for count in counts] if whole else []
    cells = [int(one) for one in exact]
    order = sorted(range(len(cells)), key=lambda at: cells[at] - exact[at])
    for at in order[: width - sum(cells)]:
        cells[at] += 1
    return [max(1, one) for one in cells]
