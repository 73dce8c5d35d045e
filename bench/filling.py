"""Fill a library with invented articles for the benches: filling.py HOME COUNT (always the same articles)."""

from __future__ import annotations

import random
import sys
from datetime import datetime, timedelta

from reader.config import Config
from reader.model import (
    Block,
    BlockType,
    Document,
    Draft,
    Origin,
    Quote,
    QuoteKind,
    SourceKind,
    Speaker,
    SpeakerType,
    Voice,
)
from reader.paths import locate
from reader.quotes import ENGINE
from reader.service.library import Library
from reader.store import articles, sources

SOURCES = 50
BATCH = 1000
_SUBJECTS = ("Investigators", "The vendor", "A regulator", "Attackers", "The hospital group", "Two former employees")
_VERBS = ("traced", "patched", "described", "published", "disputed", "reset")
_THINGS = ("the stolen credentials", "an unpatched gateway", "the phishing kit", "a backdoor in the build server")
_WHEN = ("on Tuesday", "late last year", "within hours of the first alert", "during a routine audit")


def fill(home: str, count: int) -> None:
    """Put `count` articles with text and quotes into the library below `home`; does nothing if they are there."""
    paths = locate(home)
    paths.ensure()
    with Library.open(paths, Config()) as library:
        if library.counts().total >= count:
            return
        now = library.now()
        with library.database.write() as c:
            ids = [
                sources.insert(
                    c,
                    kind=SourceKind.FEED,
                    url=f"https://feed{n}.example.com/",
                    title=f"Feed {n:02}",
                    section="",
                    now=now,
                )
                for n in range(SOURCES)
            ]
        chance = random.Random(7)
        for first in range(0, count, BATCH):
            with library.database.write() as c:
                source = ids[first // BATCH % SOURCES]
                batch = range(first, min(first + BATCH, count))
                drafts = [_draft(number, now - timedelta(minutes=7 * number), chance) for number in batch]
                section = f"Section {first // BATCH % 8}"
                for article_id, draft in zip(
                    articles.insert(c, source, drafts, section=section, now=now), drafts, strict=True
                ):
                    assert draft.document is not None
                    articles.set_derived(c, article_id, None, _quotes(draft.document.text), engine=ENGINE)


def _draft(number: int, when: datetime, chance: random.Random) -> Draft:
    sentences = [
        f"{chance.choice(_SUBJECTS)} {chance.choice(_VERBS)} {chance.choice(_THINGS)} {chance.choice(_WHEN)}."
        for _ in range(60)
    ]
    paragraphs = [" ".join(sentences[at : at + 4]) for at in range(0, 60, 4)]
    for at in range(2, 15, 3):
        paragraphs[at] = f"“{sentences[at]}” said Jane Example, a researcher at Example Labs. " + paragraphs[at]
    text, blocks = "", []
    for paragraph in paragraphs:
        text += "\n\n" if text else ""
        blocks.append(Block(len(text), len(text) + len(paragraph), BlockType.PARAGRAPH))
        text += paragraph
    title = f"Article {number:06} {sentences[0]}"
    return Draft(
        key=f"k{number}",
        digest=f"d{number}",
        title=title,
        url=f"https://feed.example.com/{number}",
        origin=Origin.FEED,
        sort_date=when,
        published=when,
        document=Document(text, tuple(blocks), title=title),
    )


def _quotes(text: str) -> list[Quote]:
    found, position = [], 0
    jane = Speaker("Jane Example", "Jane Example", "researcher", "Example Labs", SpeakerType.PERSON, Voice.EXPERT)
    while (start := text.find("“", position)) >= 0:
        position = text.find("”", start)
        found.append(
            Quote(start + 1, position, text[start + 1 : position], QuoteKind.DIRECT, "said", jane, None, 0.9, "bench")
        )
    return found


if __name__ == "__main__":
    fill(sys.argv[1], int(sys.argv[2]))
