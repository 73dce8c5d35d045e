"""How the library behaves as it grows: `python bench/library.py [--million] [--keep DIR] [--runs N]`.

Builds libraries of 1k, 10k and 100k (and 1M) invented articles through the real store, then prints for each size the
medians of what a reader waits for, and the ratio to 1k. Sizes take turns run by run, so that a busy machine slows all
of them alike.
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
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.config import load
from reader.model import (
    Block,
    BlockType,
    Document,
    Draft,
    Link,
    Origin,
    Quote,
    QuoteKind,
    SourceKind,
    Speaker,
    View,
    Voice,
)
from reader.paths import Paths, locate
from reader.quotes import ENGINE
from reader.service import actions
from reader.service.library import Library
from reader.store import articles, sources

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SECTIONS = ("Advisories", "Fraud", "Malware", "Policy", "Privacy", "Vulnerabilities")
SENTENCE = (
    ("The bank", "A regulator", "Investigators", "The vendor", "Responders", "Attackers", "A hospital", "Two insurers"),
    ("confirmed", "disputed", "traced", "patched", "reported", "ignored", "audited", "disclosed", "described"),
    ("stolen credentials", "a leaky bucket", "the firmware", "card records", "an old gateway", "a backdoor"),
    ("in Lisbon", "on Monday", "before the audit", "without notice", "for six weeks", "after the alert"),
)


def build(paths: Paths, size: int, *, short: bool) -> float:
    """Build a library of `size` articles from `size // 500` sources; returns the seconds it took."""
    chance = random.Random(size)
    started = time.perf_counter()
    with Library.open(paths, load(paths.config_file)) as library:
        made = 0
        number = 0
        while made < size:
            count = min(500, size - made)
            number += 1
            with library.database.write() as c:
                section = SECTIONS[number % len(SECTIONS)]
                source = sources.insert(
                    c, kind=SourceKind.FEED, url=f"https://site{number}.example/feed", title=f"Site {number}",
                    section=section, now=NOW,
                )  # fmt: skip
                drafts = [_draft(chance, number, index) for index in range(count)]
                ids = articles.insert(c, source, drafts, section=section, now=NOW)
                for article_id in ids:
                    document, quotes = _derived(chance, short=short)
                    articles.set_derived(c, article_id, document, quotes, engine=ENGINE)
            made += count
        everything = library.ids(View())
        actions.mark_read(library, chance.sample(list(everything), size * 6 // 10), True)
        actions.save(library, chance.sample(list(everything), 100))
    return time.perf_counter() - started


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choice(words) for words in SENTENCE) + f" {chance.randrange(9999)}."


def _draft(chance: random.Random, number: int, index: int) -> Draft:
    published = NOW - timedelta(seconds=chance.randrange(3 * 365 * 86_400))
    return Draft(
        key=f"https://site{number}.example/{index}",
        digest=f"{number:08x}{index:08x}",
        title=f"{_sentence(chance)[:-1]} CVE-2026-{chance.randrange(99999)}",
        url=f"https://site{number}.example/news/{index}/{chance.randrange(10**6)}",
        origin=Origin.FEED,
        sort_date=published,
        published=published,
        author="Ada Example",
        summary=_sentence(chance) + " " + _sentence(chance),
        raw=b"",
    )


def _derived(chance: random.Random, *, short: bool) -> tuple[Document, list[Quote]]:
    paragraphs = [" ".join(_sentence(chance) for _ in range(4)) for _ in range(2 if short else 16)]
    quotes = []
    blocks = []
    text = ""
    for paragraph in paragraphs:
        text = text + "\n\n" if text else ""
        start = len(text)
        text += paragraph
        blocks.append(Block(start, len(text), BlockType.PARAGRAPH))
        if len(quotes) < 3:
            words = text[start : start + 30]
            speaker = Speaker(f"Speaker {chance.randrange(2000)}", "she", "analyst", "Example Ltd", voice=Voice.EXPERT)
            quotes.append(Quote(start, start + 30, words, QuoteKind.DIRECT, "said", speaker, None, 0.9, "bench"))
    return Document(text=text, blocks=tuple(blocks), links=(Link(0, 5, "https://site.example/a"),)), quotes


def measures(library: Library) -> dict[str, Callable[[], object]]:
    """What is timed, by name."""
    chance = random.Random(1)
    everything = list(library.ids(View()))
    deep = library.position(library.rows([everything[len(everything) // 2]])[0])
    section = SECTIONS[1]
    return {
        "open": lambda: Library.open(library.paths, library.config).counts(),
        "window": lambda: library.window(View()),
        "window deep": lambda: library.window(View(), after=deep),
        "window unread": lambda: library.window(View(unread=True)),
        "window section": lambda: library.window(View(section=section, unread=True)),
        "window saved": lambda: library.window(View(saved=True)),
        "sections": library.sections,
        "counts": library.counts,
        "sources": library.sources,
        "pending": library.pending,
        "open article": lambda: library.article(chance.choice(everything)),
        "mark read": lambda: actions.mark_read(library, [chance.choice(everything)], chance.random() < 0.5),
        "save": lambda: actions.save(library, [chance.choice(everything)]),
        "undo": lambda: actions.undo(library),
        "quotes 50": lambda: library.quotes(limit=50),
        "speaker": lambda: library.quotes(speaker="Speaker 77", limit=50),
        "words rare": lambda: library.window(View(words=(f"CVE-2026-{chance.randrange(99999)}",))),
        "query rare": lambda: library.window(View(query=f"cve:2026-{chance.randrange(99999)}")),
        "query phrase": lambda: library.window(View(query=f'"monday {chance.randrange(9999)}"')),
        "query prefix": lambda: library.window(View(query=f"title:{chance.randrange(100, 999)}*")),
        "query two fields": lambda: library.window(View(query=f"title:backdoor text:{chance.randrange(9999)}")),
        "query said-by": lambda: library.window(View(query=f"said-by:{chance.randrange(2000)} voice:expert")),
        "query quote": lambda: library.window(View(query=f"quote:{chance.randrange(9999)} org:example")),
        "query section": lambda: library.window(View(query="section:fraud is:unread since:52w")),
        "query source": lambda: library.window(View(query="source:site1.example -is:read")),
        "query not": lambda: library.window(View(query="-nothing")),
    }


def heavy(library: Library) -> dict[str, Callable[[], object]]:
    """What may cost by the size of its result."""
    return {
        "ids": lambda: library.ids(View()),
        "ids unread": lambda: library.ids(View(unread=True)),
        "words common": lambda: library.window(View(words=("backdoor",))),
        "query common": lambda: library.window(View(query="text:firmware is:unread")),
        "query common or": lambda: library.window(View(query="backdoor OR said-by:77")),
        "query quoted": lambda: library.window(View(query="quote:bank voice:expert")),
        "mark all": lambda: actions.mark_view_read(library, View()),
        "undo all": lambda: actions.undo(library),
        "remove source": lambda: actions.remove_source(library, 1),
        "undo remove": lambda: actions.undo(library),
    }


def timed(action: Callable[[], object]) -> float:
    gc.collect()
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", action="store_true", help="also 1M articles (short bodies; takes long)")
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--keep", type=Path, help="build the libraries here, or use what is here")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")] + ([1_000_000] if options.million else [])
    folder = options.keep or Path(tempfile.mkdtemp(prefix="secnews-bench-"))
    libraries = {}
    for size in sizes:
        paths = locate(folder / str(size))
        if not paths.library.exists():
            seconds = build(paths, size, short=size > 100_000)
            megabytes = paths.library.stat().st_size / 1e6
            print(f"built {size:>9,}: {seconds:7.1f} s, {seconds / size * 1e6:5.0f} µs and "
                  f"{paths.library.stat().st_size / size:6.0f} bytes an article, {megabytes:.0f} MB")  # fmt: skip
        libraries[size] = Library.open(paths, load(paths.config_file))
    names = {size: measures(library) for size, library in libraries.items()}
    found: dict[str, dict[int, list[float]]] = {}
    for run in range(options.runs + 1):
        for name in names[sizes[0]]:
            for size in sizes:
                milliseconds = timed(names[size][name])
                if run:  # the first one warms up
                    found.setdefault(name, {}).setdefault(size, []).append(milliseconds)
    show(found, sizes)
    print("\nby the size of the result")
    large = {size: heavy(library) for size, library in libraries.items()}
    found = {}
    for _run in range(3):
        for name in large[sizes[0]]:
            for size in sizes:
                found.setdefault(name, {}).setdefault(size, []).append(timed(large[size][name]))
    show(found, sizes)
    print(f"\npeak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    for library in libraries.values():
        library.close()
    if not options.keep:
        shutil.rmtree(folder)


def show(found: dict[str, dict[int, list[float]]], sizes: list[int]) -> None:
    print(f"{'ms, median':16}" + "".join(f"{size:>12,}{'':8}" for size in sizes))
    for name, by_size in found.items():
        base = statistics.median(by_size[sizes[0]])
        cells = (
            f"{statistics.median(by_size[size]):12.3f} {statistics.median(by_size[size]) / base:6.2f}x"
            for size in sizes
        )
        print(f"{name:16}" + "".join(cells))


if __name__ == "__main__":
    sys.exit(main())
