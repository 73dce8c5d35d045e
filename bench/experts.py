"""How the index of experts behaves as the library grows: `python bench/experts.py [--sizes 1000,10000,100000]`.

Builds libraries of invented articles with three quotes each through the real store (few speakers are quoted very often,
most once or twice; one quote in ten is a press release), then prints for each size the medians of what a reader waits
for in CPU time, the ratio to the smallest size, and what storing the quotes of an article costs. Sizes take turns.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.config import load
from reader.model import Document, Draft, Origin, Quote, QuoteKind, SourceKind, Speaker, SpeakerType, Voice
from reader.paths import Paths, locate
from reader.quotes import ENGINE
from reader.service import actions, corrections, experts
from reader.service.library import Library
from reader.service.recycled import recycled
from reader.store import articles, sources

NOW = datetime(2026, 11, 1, tzinfo=UTC)
FIRST = (
    "Ada",
    "Bela",
    "Chen",
    "Dora",
    "Emil",
    "Fatou",
    "Goran",
    "Hana",
    "Ines",
    "Jonas",
    "Kemi",
    "Luca",
    "Mina",
    "Noor",
)
ROLES = ("researcher", "chief executive", "analyst", "spokesperson", "engineer", "director of threat research", None)
WORDS = [
    *("attackers", "gateway", "patched", "records", "stolen", "before", "weeks", "loader", "audit", "quietly"),
    *("bank", "firmware", "customers", "noticed", "traced", "backdoor", "invoice", "ransom", "token"),
]


def speaker(chance: random.Random, size: int) -> Speaker | None:
    """Somebody; a few very often (Pareto), a quarter of all only in their article, one in ten an organisation."""
    if chance.random() < 0.1:
        return None
    number = min(int(chance.paretovariate(0.7)), size)
    employer = f"Firm {number % 997}"
    if chance.random() < 0.1:
        return Speaker(employer, "it", None, employer, SpeakerType.ORGANIZATION, Voice.COMPANY)
    if chance.random() < 0.25:
        return Speaker("a researcher", "a researcher", None, None, SpeakerType.ANONYMOUS, Voice.EXPERT)
    name = f"{FIRST[number % len(FIRST)]} Example{number}"
    return Speaker(name, "she", chance.choice(ROLES), employer, SpeakerType.PERSON, Voice.EXPERT)


def words(chance: random.Random, count: int) -> str:
    return " ".join(f"{chance.choice(WORDS)}{chance.randrange(50)}" for _ in range(count))


def content(chance: random.Random, releases: list[str], size: int) -> tuple[str, list[Quote]]:
    text, found = "", []
    for _ in range(3):
        said = chance.choice(releases) if chance.random() < 0.1 else words(chance, chance.randrange(6, 30))
        start = len(text)
        text += said + "\n\n"
        who = speaker(chance, size)
        found.append(Quote(start, start + len(said), said, QuoteKind.DIRECT, "said", who, None, 0.9, "bench"))
    return text + words(chance, 300), found


def build(paths: Paths, size: int) -> tuple[float, float]:
    """Build a library; returns milliseconds an article: all of storing, and of that the last tenth."""
    chance = random.Random(size)
    releases = [words(chance, 25) for _ in range(max(1, size // 20))]
    with Library.open(paths, load(paths.config_file)) as library:
        spent = []
        for number in range(0, size, 500):
            count = min(500, size - number)
            made = [content(chance, releases, size) for _ in range(count)]
            with library.database.write() as c:
                source = sources.insert(
                    c, kind=SourceKind.FEED, url=f"https://site{number}.example/", title=f"Site {number}", section="",
                    now=NOW,
                )  # fmt: skip
                drafts = [
                    Draft(f"{at}", "d", f"Title {at}", f"https://site{number}.example/{at}", Origin.FEED,
                          NOW - timedelta(minutes=chance.randrange(1_500_000)), document=Document(made[at][0]))
                    for at in range(count)
                ]  # fmt: skip
                ids = articles.insert(c, source, drafts, section="", now=NOW)
                started = time.process_time()
                for article_id, (_text, found) in zip(ids, made, strict=True):
                    articles.set_derived(c, article_id, None, found, engine=ENGINE)
                spent.append((time.process_time() - started) / count * 1000)
    return statistics.mean(spent), statistics.mean(spent[-max(1, len(spent) // 10) :])


def measures(library: Library) -> dict[str, Callable[[], object]]:
    """What is timed, by name."""
    chance = random.Random(2)
    top = experts.experts(library, limit=300)
    middle = top[len(top) // 2]
    rows = [row for expert in top[::20] for row in experts.timeline(library, expert, limit=3)]
    rare = [expert.name for expert in top if expert.type is SpeakerType.PERSON][-50:]

    def hide_and_undo() -> None:
        row = chance.choice(rows)
        corrections.hide(library, row.article.id, row.quote.start, row.quote.end)
        actions.undo(library)

    def merge_and_undo() -> None:
        experts.merge(library, [top[-1].id, top[-2].id])
        actions.undo(library)

    return {
        "first 64 experts": lambda: experts.experts(library),
        "64 after the 150th": lambda: experts.experts(library, after=experts.position(middle)),
        "a name": lambda: experts.experts(library, chance.choice(rare).split()),
        "a common role": lambda: experts.experts(library, ["research"]),
        "64 of the most quoted": lambda: experts.timeline(library, top[0], limit=64),
        "all of a middle one": lambda: experts.timeline(library, top[-1]),
        "same words": lambda: recycled(library, chance.choice(rows)),
        "hide, undo": hide_and_undo,
        "merge two, undo": merge_and_undo,
        "quotes by speaker": lambda: library.quotes(speaker=chance.choice(rare), limit=64),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--keep", type=Path, help="build the libraries here, or use what is here")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    folder = options.keep or Path(tempfile.mkdtemp(prefix="secnews-experts-"))
    libraries = {}
    for size in sizes:
        paths = locate(folder / str(size))
        if not paths.library.exists():
            whole, last = build(paths, size)
            print(f"built {size:>9,}: storing texts and quotes {whole:.2f} ms CPU an article, {last:.2f} at the end")
        libraries[size] = Library.open(paths, load(paths.config_file))
    actions_of = {size: measures(library) for size, library in libraries.items()}
    found: dict[str, dict[int, list[float]]] = {}
    for run in range(options.runs + 1):
        for name in actions_of[sizes[0]]:
            for size in sizes:
                started = time.process_time()
                actions_of[size][name]()
                if run:  # the first one warms up
                    found.setdefault(name, {}).setdefault(size, []).append((time.process_time() - started) * 1000)
    print(f"{'ms CPU, median':22}" + "".join(f"{size:>12,}{'':8}" for size in sizes))
    for name, by_size in found.items():
        base = statistics.median(by_size[sizes[0]])
        cells = (
            f"{statistics.median(by_size[size]):12.3f} {statistics.median(by_size[size]) / base:6.2f}x"
            for size in sizes
        )
        print(f"{name:22}" + "".join(cells))
    for size, library in libraries.items():
        with library.database.read() as c:
            counts = [c.execute(sql).fetchone()[0] for sql in (
                "SELECT count(*) FROM expert", "SELECT count(*) FROM appearance", "SELECT count(*) FROM shingle"
            )]  # fmt: skip
        print(f"{size:,} articles: {counts[0]:,} experts in {counts[1]:,} appearances, {counts[2]:,} hashes,"
              f" {library.paths.library.stat().st_size / size:,.0f} bytes an article in all")  # fmt: skip
        library.close()
    if not options.keep:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
