"""What a reader knows better about the quotes of an article, and how it stays true when the article is read anew.

A correction remembers the quote as it was: its words and where they stood. Found again it is by these words, wherever
they stand now, or by most of them if some have changed; never by the number of a row.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from sqlite3 import Connection
from typing import Any

from reader.model import CorrectedQuote, Quote, QuoteKind, Speaker, SpeakerType, Voice
from reader.store.faults import decoding
from reader.store.identities import tokens
from reader.text.clean import clean_line

ALIKE = 0.6  # of the words of two quotes must be the same for one to be the other's later edition
MAX_LINE = 300


@dataclass(frozen=True, slots=True)
class Correction:
    """`quote` is what the engine gave; `speaker` counts only if the reader `spoke` (None then: nobody knows)."""

    quote: Quote
    spoke: bool = False
    speaker: Speaker | None = None
    hidden: bool = False


def of_article(c: Connection, article_id: int) -> list[Correction]:
    """The corrections of an article in the order in which they were made."""
    rows = c.execute(
        "SELECT quote, speaker, hidden FROM correction WHERE article_id = ? ORDER BY id", (article_id,)
    ).fetchall()
    with decoding():
        return [unpack(row) for row in rows]


def put(c: Connection, article_id: int, corrections: Sequence[Correction]) -> None:
    """Replace the corrections of an article; `quotes.reput` makes them seen."""
    c.execute("DELETE FROM correction WHERE article_id = ?", (article_id,))
    c.executemany(
        "INSERT INTO correction (article_id, quote, speaker, hidden) VALUES (?, ?, ?, ?)",
        [(article_id, *pack(correction)) for correction in corrections if correction.spoke or correction.hidden],
    )


def pack(correction: Correction) -> tuple[str, str | None, bool]:
    """Quote and speaker as JSON, and whether it is hidden."""
    speaker = json.dumps(pack_speaker(correction.speaker)) if correction.spoke else None
    quote = correction.quote
    values = [quote.start, quote.end, quote.text, quote.kind.value, quote.cue, pack_speaker(quote.speaker), quote.group,
              quote.confidence, quote.reason]  # fmt: skip
    return json.dumps(values), speaker, correction.hidden


def unpack(row: Sequence[Any]) -> Correction:
    start, end, text, kind, cue, found, group, confidence, reason = json.loads(row[0])
    quote = Quote(start, end, text, QuoteKind(kind), cue, unpack_speaker(found), group, confidence, reason)
    return Correction(quote, row[1] is not None, unpack_speaker(json.loads(row[1] or "null")), bool(row[2]))


def pack_speaker(speaker: Speaker | None) -> list[str | None] | None:
    if speaker is None:
        return None
    lines = (speaker.name, speaker.mention, speaker.role, speaker.organization)
    return [*(_line(line) for line in lines), speaker.type.value, speaker.voice.value]


def unpack_speaker(values: Sequence[Any] | None) -> Speaker | None:
    if values is None:
        return None
    name, mention, role, organization, kind, voice = values
    return Speaker(name or "", mention or "", role, organization, SpeakerType(kind), Voice(voice))


def applied(quotes: Sequence[Quote], corrections: Sequence[Correction], text: str) -> list[Quote]:
    """The engine's quotes of an article as the reader wants them seen, in the order of `text`.

    A quote whose speaker the reader has named stays even if the engine finds it no more, while its words are there.
    """
    if not corrections:
        return list(quotes)
    owners = claims(quotes, corrections, text)
    seen: list[Quote] = []
    for index, quote in enumerate(quotes):
        owner = owners.get(index)
        if owner is None:
            seen.append(quote)
            continue
        by = corrections[owner]
        speaker = _said_by(by, quote.speaker) if by.spoke else quote.speaker
        seen.append(corrected(quote, speaker, found=quote.speaker, hidden=by.hidden))
    for index, by in enumerate(corrections):
        if index not in owners.values() and by.spoke and by.speaker is not None and not by.hidden:
            start = _place(by.quote, text)
            end = start + len(by.quote.text)
            if start >= 0 and all(end <= quote.start or start >= quote.end for quote in seen):
                moved = corrected(by.quote, by.speaker, found=by.quote.speaker, kept=True, start=start, end=end)
                seen.append(moved)
    return sorted(seen, key=lambda quote: (quote.start, quote.end))


def claims(quotes: Sequence[Quote], corrections: Sequence[Correction], text: str) -> dict[int, int]:
    """Which correction (index) holds for which quote (index). A later correction goes before an earlier one."""
    owners: dict[int, int] = {}
    shares: dict[int, int] = {}
    bags: list[Counter[str]] | None = None
    for number, correction in enumerate(corrections):
        start = _place(correction.quote, text)
        if start < 0:
            bags = bags or [Counter(tokens(quote.text)) for quote in quotes]
            like = _most_alike(correction.quote, quotes, bags)
            if like is None:
                continue
            start, end = quotes[like].start, quotes[like].end
        else:
            end = start + len(correction.quote.text)
        for index, quote in enumerate(quotes):
            shared = min(end, quote.end) - max(start, quote.start)
            enough = 2 * shared >= min(end - start, quote.end - quote.start)
            if shared > 0 and enough and shared >= shares.get(index, 0):
                owners[index], shares[index] = number, shared
    return owners


def engine_quote(quote: Quote) -> Quote | None:
    """What the engine gave; None if it gave nothing here."""
    if not isinstance(quote, CorrectedQuote):
        return quote
    if quote.kept:
        return None
    values = {field.name: getattr(quote, field.name) for field in fields(Quote)}
    return Quote(**(values | {"speaker": quote.found}))


def corrected(quote: Quote, speaker: Speaker | None, **changes: Any) -> CorrectedQuote:
    values = {field.name: getattr(quote, field.name) for field in fields(Quote)}
    return CorrectedQuote(**(values | {"speaker": speaker} | changes))


def _said_by(correction: Correction, found: Speaker | None) -> Speaker | None:
    """The reader's speaker, with the words of the article for him where the engine knows them."""
    speaker = correction.speaker
    if speaker is None or speaker.mention:
        return speaker
    mention = found.mention if found else speaker.name
    return Speaker(speaker.name, mention, speaker.role, speaker.organization, speaker.type, speaker.voice)


def _place(quote: Quote, text: str) -> int:
    """Where the words of a quote stand now, nearest to where they stood; -1 if they do not."""
    words = quote.text
    if text.startswith(words, quote.start):
        return quote.start
    before, after = text.rfind(words, 0, quote.start + len(words)), text.find(words, quote.start)
    if before < 0 or after < 0:
        return max(before, after)
    return before if quote.start - before <= after - quote.start else after


def _most_alike(wanted: Quote, quotes: Sequence[Quote], bags: Sequence[Counter[str]]) -> int | None:
    """The quote that shares most of its words with `wanted`, the nearest of equals; None if none is alike."""
    bag = Counter(tokens(wanted.text))
    best: tuple[float, int, int] | None = None
    for index, (quote, other) in enumerate(zip(quotes, bags, strict=True)):
        total = bag.total() + other.total()
        alike = 2 * (bag & other).total() / total if total else 0.0
        if alike >= ALIKE:
            best = max(best or (0.0, 0, 0), (alike, -abs(quote.start - wanted.start), index))
    return best[2] if best else None


def _line(text: str | None) -> str | None:
    return None if text is None else clean_line(text, MAX_LINE)
