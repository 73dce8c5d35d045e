"""How the library behaves as it grows: `python bench/library.py [--sizes 1000,10000,100000,1000000] [--keep DIR]`.

Builds libraries of invented articles through the real store (bench/growing.py; the million has short bodies), then
prints for each size the medians of what a reader waits for, and the ratio to the smallest size. Sizes take turns run by
run, so that a busy machine slows all of them alike. `--pty` also opens the room in a terminal (bench/library_room.py),
`--newsboat` starts newsboat on the same articles (bench/library_newsboat.py).
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from growing import SECTIONS, build, eight

from reader.config import load
from reader.model import View
from reader.paths import locate
from reader.service import actions, experts, searching
from reader.service.library import Library
from reader.service.recycled import recycled

Measures = dict[str, Callable[[], object]]


def measures(library: Library) -> Measures:
    """What must not depend on the size, by name."""
    chance = random.Random(1)
    everything = library.ids(View())
    some = [everything[chance.randrange(len(everything))] for _ in range(500)]
    deep = library.position(library.rows([everything[len(everything) // 2]])[0])
    section = SECTIONS[1]
    top = experts.experts(library, limit=20)[0]
    people = _quoted_eight_times(library)
    rows = library.quotes(limit=20)
    size = len(everything)

    def found(query: str) -> object:
        """The first page of a search as the room shows it: 64 rows, with what is to be highlighted in the first 20."""
        page = library.window(View(query=query))
        return searching.hits(library, page[:20], query)

    def rare() -> int:
        return eight(chance, size)

    def person() -> str:
        return chance.choice(people)

    return {
        "open the library, count": lambda: _opened(library),
        "first 64 rows": lambda: library.window(View()),
        "64 rows in the middle": lambda: library.window(View(), after=deep),
        "first 64 unread": lambda: library.window(View(unread=True)),
        "unread of a section": lambda: library.window(View(section=section, unread=True)),
        "saved ones": lambda: library.window(View(saved=True)),
        "64 rows by id": lambda: library.rows(some[:64]),
        "section counts": library.sections,
        "counts": library.counts,
        "sources": library.sources,
        "open an article": lambda: library.article(chance.choice(some)),
        "mark one read": lambda: actions.mark_read(library, [chance.choice(some)], chance.random() < 0.5),
        "save one": lambda: actions.save(library, [chance.choice(some)]),
        "undo": lambda: actions.undo(library),
        "rare word": lambda: found(f"cve:2026-{rare()}"),
        "rare phrase": lambda: found(f'"docket {rare()}"'),
        "rare prefix": lambda: found(f"title:{rare()}*"),
        "two fields": lambda: found(f"title:docket text:{rare()}"),
        "two fields of quotes": lambda: found(f'said-by:"{person()}" voice:expert'),
        "words of a quote": lambda: found(f"quote:{rare()} org:firm"),
        "rare or rare": lambda: found(f"title:{rare()} OR text:{rare()}"),
        "rare and unread": lambda: found(f"text:{rare()} is:unread since:200w"),
        "quotes, newest 50": lambda: library.quotes(limit=50),
        "quotes by speaker": lambda: library.quotes(speaker=person(), limit=50),
        "quotes by any part": lambda: library.quotes(speaker=person()[1:], limit=50),
        "first 64 experts": lambda: experts.experts(library),
        "experts by name": lambda: experts.experts(library, person().split()),
        "an expert's 64 latest": lambda: experts.timeline(library, top, limit=64),
        "same words elsewhere": lambda: recycled(library, chance.choice(rows)),
    }


def broad(library: Library) -> Measures:
    """Queries that one article in 200 or more meets: what they find grows with the library."""

    def page(query: str) -> Callable[[], object]:
        return lambda: library.window(View(query=query))

    return {
        "one in 200": page("family7"),
        "section and state": page("section:fraud is:unread since:52w"),
        "source and state": page('source:"site 01" -is:read'),
        "common word": page("firmware"),
        "common phrase": page('"card records"'),
        "common prefix": page("back*"),
        "common two fields": page("title:backdoor text:lisbon"),
        "common, unread": page("text:firmware is:unread"),
        "common or": page("backdoor OR said-by:example7"),
        "common in quotes": page("quote:bank voice:expert"),
        "not": page("-nothing"),
        "by rank": lambda: searching.ranked(library, View(query="firmware lisbon")),
    }


def whole(library: Library) -> Measures:
    """What takes the time of what it touches, all of it in the background of the room."""
    return {
        "all ids": lambda: library.ids(View()),
        "ids of a common word": lambda: library.ids(View(query="firmware")),
        "mark everything read": lambda: actions.mark_view_read(library, View()),
        "undo that": lambda: actions.undo(library),
        "remove a source": lambda: actions.remove_source(library, 1),
        "undo that removal": lambda: actions.undo(library),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--million", action="store_true", help="also 1M articles (building them takes half an hour)")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--keep", type=Path, help="build the libraries here, or use what is here")
    parser.add_argument("--only", default="", help="only measures whose name has this in it")
    parser.add_argument("--pty", action="store_true", help="also the room in a terminal")
    parser.add_argument("--newsboat", action="store_true", help="also the start beside newsboat's, up to 100,000")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")] + ([1_000_000] if options.million else [])
    folder = options.keep or Path(tempfile.mkdtemp(prefix="secnews-bench-"))
    libraries = {}
    for size in sizes:
        paths = locate(folder / str(size))
        if not paths.library.exists():
            seconds = build(paths, size)
            print(f"built {size:,} in {seconds:.0f} s, {seconds / size * 1e6:.0f} µs an article")
        libraries[size] = Library.open(paths, load(paths.config_file))
    for title, of, runs in (
        ("", measures, options.runs),
        ("met by one in 200 or more", broad, 3),
        ("by the size of what it touches", whole, 3),
    ):
        by_size = {size: of(library) for size, library in libraries.items()}
        names = [name for name in by_size[sizes[0]] if options.only in name]
        if names:
            show(title, _timed(by_size, names, runs), sizes)
    for size, library in libraries.items():
        megabytes = library.paths.library.stat().st_size / 1e6
        print(f"{size:,} articles: {megabytes:,.1f} MB, {megabytes / size * 1e6:,.0f} bytes an article")
        library.close()
    print(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if options.pty:
        import library_room

        library_room.measure([folder / str(size) for size in sizes])
    if options.newsboat:
        import library_newsboat

        library_newsboat.side_by_side([folder / str(size) for size in sizes if 10_000 <= size <= 100_000])
    if not options.keep:
        shutil.rmtree(folder)
    return 0


def show(title: str, found: dict[str, dict[int, list[float]]], sizes: Iterable[int]) -> None:
    """A table: a line for what was measured, a column and the ratio to the first one for each size."""
    print(f"\n{title or 'ms, median':26}" + "".join(f"{size:>12,}{'':8}" for size in sizes))
    for name, by_size in found.items():
        medians = [statistics.median(times) for times in by_size.values()]
        cells = (f"{median:12.3f} {median / medians[0]:6.2f}x" for median in medians)
        print(f"{name:26}" + "".join(cells), flush=True)


def _timed(by_size: dict[int, Measures], names: Iterable[str], runs: int) -> dict[str, dict[int, list[float]]]:
    found: dict[str, dict[int, list[float]]] = {}
    gc.collect()
    gc.freeze()  # what one measure leaves is not to be collected in another
    for run in range(runs + 1):
        for name in names:
            for size, actions_of in by_size.items():
                started = time.perf_counter()
                actions_of[name]()
                milliseconds = (time.perf_counter() - started) * 1000
                if run:  # the first one warms up
                    found.setdefault(name, {}).setdefault(size, []).append(milliseconds)
    return found


def _quoted_eight_times(library: Library) -> list[str]:
    with library.database.read() as c:
        rows = c.execute("SELECT name FROM expert WHERE type = 'person' AND quotes = 8 LIMIT 100").fetchall()
    return [row[0] for row in rows]


def _opened(library: Library) -> object:
    with Library.open(library.paths, library.config) as another:
        return another.counts()


if __name__ == "__main__":
    sys.exit(main())
