"""How fast feeds are parsed: the fast path, feedparser, and the floors below them, side by side in one run.

    python bench/parse.py [FOLDER]

FOLDER holds feeds (`*.xml`); without one, `../shared/bench/gen_corpus.py` writes 10 feeds of 100 entries to a
temporary folder. Printed: entries a second of CPU on one core, best of three rounds, and which share of the feeds in
`../shared/feeds` takes the fast path, with the reasons of the others. Compare ratios, not figures of different runs.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

from reader.errors import FeedError
from reader.feeds import parse_feed
from reader.feeds.assembly import assemble
from reader.feeds.prologue import open_document
from reader.feeds.raw import DamagedError, Unsettled
from reader.feeds.strict import read_strictly
from reader.feeds.tolerant import read_tolerantly

SHARED = Path(__file__).parents[1].parent / "shared"
ROUNDS = 3


def main() -> None:
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]))
    elif (SHARED / "bench" / "gen_corpus.py").is_file():
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, SHARED / "bench" / "gen_corpus.py", "10", "100", folder], check=True)
            measure(Path(folder))
    else:
        print("no corpus: give a folder of feeds")
    if (SHARED / "feeds").is_dir():
        shares(SHARED / "feeds")


def measure(folder: Path) -> None:
    bodies = [path.read_bytes() for path in sorted(folder.glob("*.xml"))]
    entries = sum(len(parse_feed(body).entries) for body in bodies)
    size = sum(map(len, bodies))
    print(f"{len(bodies)} feeds, {entries} entries, {size / max(entries, 1):,.0f} bytes an entry")
    ways: dict[str, Callable[[bytes], object]] = {
        "expat alone": bare_expat,
        "lxml tree alone": bare_lxml,
        "parse_feed (fast path)": lambda body: parse_feed(body, url="https://news.example/feed"),
        "feedparser, as we call it": by_feedparser,
    }
    best = {name: float("inf") for name in ways}
    for _ in range(ROUNDS):  # interleaved: a noisy machine disturbs all alike
        for name, way in ways.items():
            begin = time.process_time()
            for body in bodies if "feedparser" not in name else bodies[:3]:
                way(body)
            share = 1 if "feedparser" not in name else 3 / max(len(bodies), 3)
            best[name] = min(best[name], (time.process_time() - begin) / share)
    for name, seconds in best.items():
        print(f"  {name:28} {entries / seconds:10,.0f} entries/s")


def bare_expat(body: bytes) -> None:
    expat.ParserCreate(namespace_separator=" ").Parse(body, True)


def bare_lxml(body: bytes) -> None:
    from lxml import etree

    etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))


def by_feedparser(body: bytes) -> None:
    document = open_document(body)
    assemble(read_tolerantly(document, damaged=False), format_name="", url="", warnings=[])


def shares(folder: Path) -> None:
    reasons: Counter[str] = Counter()
    documents = sorted(folder.glob("*.xml"))
    for path in documents:
        document = open_document(path.read_bytes())
        try:
            read_strictly(document)
        except Unsettled as reason:
            reasons[str(reason)] += 1
        except DamagedError as error:
            reasons[str(error).partition(": ")[2]] += 1
        except FeedError as error:
            reasons[str(error)] += 1
    fast = len(documents) - sum(reasons.values())
    print(f"fast path: {fast} of {len(documents)} real feeds ({fast / len(documents):.1%})")
    for reason, count in reasons.most_common():
        print(f"  {count:3} {reason}")


if __name__ == "__main__":
    main()
