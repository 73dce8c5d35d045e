"""Libraries of any size for the benches, invented and always the same: `python bench/growing.py HOME COUNT`.

What a reader follows does not grow with the years, so every size has the same 100 sources in six sections; what is said
does: the more articles, the more people. A few are quoted very often, most once or twice. Words come at every rate: in
three quarters of the articles, in one of two hundred, and (`Docket N`, `Matter N`) in eight articles of any library.
Dates are in no order: neighbours in a list are nowhere near on the disk.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import UTC, datetime, timedelta

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
    SpeakerType,
    View,
    Voice,
)
from reader.paths import Paths, locate
from reader.quotes import ENGINE
from reader.service import actions
from reader.service.library import Library
from reader.store import articles, sources

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SOURCES = 100
SHORT = 100_000  # larger libraries have short bodies
SECTIONS = ("Advisories", "Fraud", "Malware", "Policy", "Privacy", "Vulnerabilities")
_SENTENCE = (
    ("The bank", "A regulator", "Investigators", "The vendor", "Responders", "Attackers", "A hospital", "Two insurers"),
    ("confirmed", "disputed", "traced", "patched", "reported", "ignored", "audited", "disclosed", "described"),
    ("stolen credentials", "a leaky bucket", "the firmware", "card records", "an old gateway", "a backdoor"),
    ("in Lisbon", "on Monday", "before the audit", "without notice", "for six weeks", "after the alert"),
)
_FIRST = ("Ada", "Bela", "Chen", "Dora", "Emil", "Fatou", "Goran", "Hana", "Ines", "Jonas", "Kemi", "Luca", "Mina")
_ROLES = ("researcher", "chief executive", "analyst", "spokesperson", "engineer", "director of research", None)


def build(paths: Paths, size: int) -> float:
    """Build a library of `size` articles; returns the seconds it took."""
    chance = random.Random(size)
    started = time.perf_counter()
    each = max(1, min(500, size // SOURCES))
    with Library.open(paths, load(paths.config_file)) as library:
        with library.database.write() as c:
            ids = [
                sources.insert(
                    c, kind=SourceKind.FEED, url=f"https://site{number}.example/feed", title=f"Site {number:02}",
                    section=SECTIONS[number % len(SECTIONS)], now=NOW,
                )
                for number in range(SOURCES)
            ]  # fmt: skip
        for batch, first in enumerate(range(0, size, each)):
            source = batch % SOURCES
            drafts = [_draft(chance, source, number, size) for number in range(first, min(size, first + each))]
            with library.database.write() as c:
                made = articles.insert(c, ids[source], drafts, section=SECTIONS[source % len(SECTIONS)], now=NOW)
                for article_id in made:
                    document, quotes = _derived(chance, size)
                    articles.set_derived(c, article_id, document, quotes, engine=ENGINE)
        everything = list(library.ids(View()))
        actions.mark_read(library, chance.sample(everything, size * 6 // 10), True)
        actions.save(library, chance.sample(everything, 100))
    return time.perf_counter() - started


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choice(words) for words in _SENTENCE) + f" {chance.randrange(9999)}."


def eight(chance: random.Random, size: int) -> int:
    """A number that is drawn eight times while `size` articles are made."""
    return 10_000_000 + chance.randrange(max(1, size // 8))


def _draft(chance: random.Random, source: int, number: int, size: int) -> Draft:
    published = NOW - timedelta(seconds=chance.randrange(3 * 365 * 86_400))
    return Draft(
        key=f"https://site{source}.example/{number}",
        digest=f"{number:016x}",
        title=f"{sentence(chance)[:-1]} Docket {eight(chance, size)}",
        url=f"https://site{source}.example/news/{number}/{chance.randrange(10**6)}",
        origin=Origin.FEED,
        sort_date=published,
        published=published,
        author=f"{chance.choice(_FIRST)} Example",
        summary=sentence(chance) + " " + sentence(chance),
    )


def _derived(chance: random.Random, size: int) -> tuple[Document, list[Quote]]:
    """About 4.5 KB of text, or 600 bytes in large libraries, with up to three quotes."""
    quotes, blocks, text = [], [], ""
    names = [f"Matter {eight(chance, size)}", f"CVE-2026-{eight(chance, size)}", f"Family{chance.randrange(200)}"]
    for number in range(2 if size > SHORT else 16):
        paragraph = " ".join(sentence(chance) for _ in range(4))
        if number < 2:
            paragraph = f"{names[number]}: {paragraph} {names[2]} again."
        text = text + "\n\n" if text else ""
        start = len(text)
        text += paragraph
        blocks.append(Block(start, len(text), BlockType.PARAGRAPH))
        if len(quotes) < 3:
            words = paragraph[: paragraph.index(".")]
            stop = start + len(words)
            quotes.append(
                Quote(start, stop, words, QuoteKind.DIRECT, "said", _speaker(chance, size), None, 0.9, "bench")
            )
    return Document(text=text, blocks=tuple(blocks), links=(Link(0, 5, "https://site.example/a"),)), quotes


def _speaker(chance: random.Random, size: int) -> Speaker | None:
    """A few very often (Pareto), a quarter only in their article, one in ten an organisation."""
    kind = chance.random()
    if kind < 0.1:
        return None
    number = min(int(chance.paretovariate(0.7)), size)
    employer = f"Firm {number % 997}"
    if kind < 0.2:
        return Speaker(employer, "it", None, employer, SpeakerType.ORGANIZATION, Voice.COMPANY)
    if kind < 0.4:
        return Speaker("a researcher", "a researcher", None, None, SpeakerType.ANONYMOUS, Voice.EXPERT)
    name = f"{_FIRST[number % len(_FIRST)]} Example{number}"
    return Speaker(name, "she", chance.choice(_ROLES), employer, SpeakerType.PERSON, Voice.EXPERT)


if __name__ == "__main__":
    print(f"{build(locate(sys.argv[1]), int(sys.argv[2])):.1f} s")
