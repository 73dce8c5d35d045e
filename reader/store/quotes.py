"""Quotes of articles and across the library. A quote's words are read from its article's text, never stored twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from reader.model import VOICE_STRENGTH, CorrectedQuote, Quote, QuoteKind, QuoteRow, Speaker, View, Voice
from reader.store import (
    bodies,
    corrections,
    experts,
    interning,
    naming,
    quote_columns,
    quote_statements,
    recycled,
    searching,
    views,
)
from reader.store.faults import decoding
from reader.store.quote_statements import QUOTE_COLUMNS, QUOTE_JOINS, QuoteConditions
from reader.text.clean import clean_line

EDITION = 2  # of the indexes of experts and of words; raised when an article's quotes are to be put into them anew
MAX_LINE = 300

_OF_ARTICLE = "".join(
    ("SELECT ", QUOTE_COLUMNS, " FROM quote AS q", QUOTE_JOINS, " WHERE q.article_id = ? ORDER BY q.n")
)
_INSERT = (
    "INSERT INTO quote (article_id, n, start, stop, kind, cue_id, utterance, confidence, reason_id, identity_id,"
    " hidden, found, kept, speaker_id, mention, role_id, organization_id, type, voice)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_PLACES = "".join(
    (
        "SELECT q.article_id, ", QUOTE_COLUMNS, " FROM json_each(?) AS place CROSS JOIN quote AS q ON q.article_id ="
        " json_extract(place.value, '$[0]') AND q.n = json_extract(place.value, '$[1]')", QUOTE_JOINS,
        " CROSS JOIN article AS a ON a.id = q.article_id WHERE a.live = 1 AND q.hidden = 0 ORDER BY a.sort_date, a.id,"
        " q.n",
    )
)  # fmt: skip
_TIMELINE = "".join(
    (
        "SELECT q.article_id, ", QUOTE_COLUMNS, " FROM appearance AS ap INDEXED BY appearance_expert CROSS JOIN quote"
        " AS q ON q.article_id = ap.article_id AND q.identity_id = ap.identity_id", QUOTE_JOINS,
        " WHERE ap.expert_id = :expert AND ap.live = 1 AND q.hidden = 0"
        " ORDER BY ap.date DESC, ap.article_id DESC, q.n LIMIT :limit",
    )
)  # fmt: skip


# --- writing ---------------------------------------------------------------------------------------------------------


def put(c: Connection, article_id: int, found: Sequence[Quote], *, text: str) -> None:
    """Replace the quotes of an article by those the engine found in `text`, as the reader has corrected them.

    The article's row and the index of experts follow; the indexes of words must have forgotten the article
    (`searching.forget`). `text[start:end]` must be a quote's words.
    """
    shown = corrections.applied(
        sorted(found, key=lambda quote: (quote.start, quote.end)), corrections.of_article(c, article_id), text
    )
    seen = [(n, quote) for n, quote in enumerate(shown) if not (isinstance(quote, CorrectedQuote) and quote.hidden)]
    c.execute("DELETE FROM quote WHERE article_id = ?", (article_id,))
    speakers = experts.put(c, article_id, seen, text)
    c.executemany(
        _INSERT,
        [
            (
                article_id,
                n,
                quote.start,
                quote.end,
                quote_columns.KINDS[quote.kind],
                interning.phrase_id(c, quote.cue),
                quote.group,
                quote_columns.confidence(quote.confidence),
                interning.phrase_id(c, quote.reason),
                speakers.get(n),
                *_correction_columns(quote),
                *_speaker_columns(c, quote.speaker),
            )
            for n, quote in enumerate(shown)
        ],
    )
    voices = {quote.speaker.voice for _, quote in seen if quote.speaker}
    strongest = next((voice.value for voice in VOICE_STRENGTH if voice in voices), None)
    c.execute(
        "UPDATE article SET quote_count = ?, voice = ?, cited = ? WHERE id = ?",
        (len(seen), strongest, EDITION, article_id),
    )


def reput(c: Connection, article_id: int) -> None:
    """Write the quotes of an article anew from what the engine gave: after its corrections have changed, or where the
    indexes do not hold them yet."""
    text = bodies.text(c, article_id)
    indexed = searching.forget(c, article_id)
    given = [corrections.engine_quote(quote) for quote in of_article(c, article_id, text, hidden=True)]
    put(c, article_id, [quote for quote in given if quote is not None], text=text)
    if indexed:
        searching.index(c, article_id)


def forget(c: Connection, article_id: int) -> None:
    """Take the quotes of an article out, before the article itself goes; experts who are nowhere else go with them."""
    c.execute("DELETE FROM quote WHERE article_id = ?", (article_id,))
    experts.put(c, article_id, [], "")


def uncited(c: Connection, *, limit: int) -> list[int]:
    """Articles whose quotes the indexes do not hold yet (they come from an older edition), newest first."""
    rows = c.execute(
        "SELECT id FROM article INDEXED BY article_cited WHERE quote_count > 0 AND cited < ?"
        " ORDER BY cited, sort_date DESC, id DESC LIMIT ?",
        (EDITION, limit),
    ).fetchall()
    return [row[0] for row in rows]


# --- reading ---------------------------------------------------------------------------------------------------------


def of_article(c: Connection, article_id: int, text: str, *, hidden: bool = False) -> tuple[Quote, ...]:
    """The quotes of an article in the order of its text, which is `text`; with `hidden` also those the reader hid."""
    found = c.execute(_OF_ARTICLE, (article_id,)).fetchall()
    with decoding():
        quotes = [_quote(row, text) for row in found]
    return tuple(quote for quote in quotes if hidden or not (isinstance(quote, CorrectedQuote) and quote.hidden))


def find(
    c: Connection,
    *,
    article_id: int | None = None,
    view: View | None = None,
    speaker: str = "",
    org: str = "",
    voice: Voice | None = None,
    kind: QuoteKind | None = None,
    hidden: bool = False,
    limit: int | None = None,
    now: datetime | None = None,
) -> list[QuoteRow]:
    """Quotes that meet every condition, newest article first, then as they stand in the text.

    `speaker` and `org` match any part of the name, in any case; `speaker` also finds what the same expert says under
    another name. `hidden` gives those that the reader has hidden, and no others. Samples are only found through their
    article or view.
    """
    view = view or View()
    parameters: dict[str, Any] = {
        "article_id": article_id,
        "speaker": naming.containing(c, speaker) if speaker else "[]",
        "org": naming.containing(c, org) if org else "[]",
        "voice": quote_columns.VOICES[voice] if voice else None,
        "kind": quote_columns.KINDS[kind] if kind else None,
        "hidden": hidden,
        "limit": -1 if limit is None else limit,
    }
    prepared = views.prepare(c, view, parameters, now=now)
    if prepared is None:
        return []
    asked = QuoteConditions(
        article_id is not None, bool(speaker), bool(org), voice is not None, kind is not None, hidden
    )
    sql = quote_statements.find(prepared, asked)
    return _rows(c, c.execute(sql, parameters).fetchall())


def timeline(c: Connection, expert_id: int, *, limit: int | None = None) -> list[QuoteRow]:
    """What an expert says across the library, newest article first."""
    limit = -1 if limit is None else limit
    return _rows(c, c.execute(_TIMELINE, {"expert": expert_id, "limit": limit}).fetchall())


def elsewhere(c: Connection, row: QuoteRow) -> list[QuoteRow]:
    """Quotes of the same words, this one among them, the earliest first; nothing if no other article has them."""
    places = json.dumps(recycled.candidates(c, row.quote))
    found = _rows(c, c.execute(_PLACES, (places,)).fetchall())
    same = [one for one in found if one.article.id == row.article.id or recycled.same(row.quote, one.quote)]
    same = [one for one in same if one.article.id != row.article.id or one.quote.start == row.quote.start]
    return same if any(one.article.id != row.article.id for one in same) else []


def _rows(c: Connection, found: Iterable[Sequence[Any]]) -> list[QuoteRow]:
    """Quotes with their articles; rows are an article's id and `QUOTE_COLUMNS`, article by article."""
    found = list(found)
    articles = {row.id: row for row in views.rows(c, dict.fromkeys(row[0] for row in found))}
    texts: dict[int, str] = {}
    result = []
    for row in found:
        if row[0] not in articles:
            continue
        if row[0] not in texts:
            texts = {row[0]: bodies.text(c, row[0])}
        with decoding():
            result.append(QuoteRow(articles[row[0]], _quote(row[1:], texts[row[0]])))
    return result


# --- columns ---------------------------------------------------------------------------------------------------------


def _correction_columns(quote: Quote) -> tuple[bool, str | None, bool]:
    if not isinstance(quote, CorrectedQuote):
        return False, None, False
    return quote.hidden, json.dumps(corrections.pack_speaker(quote.found)), quote.kept


def _speaker_columns(c: Connection, speaker: Speaker | None) -> tuple[Any, ...]:
    if speaker is None:
        return (None,) * 6
    mention = _line(speaker.mention)
    return (
        interning.name_id(c, speaker.name),
        "" if mention == clean_line(speaker.name, MAX_LINE) else mention or None,
        interning.phrase_id(c, speaker.role),
        interning.name_id(c, speaker.organization) if speaker.organization else None,
        quote_columns.TYPES[speaker.type],
        quote_columns.VOICES[speaker.voice],
    )


def _line(text: str | None) -> str | None:
    return None if text is None else clean_line(text, MAX_LINE)


def _quote(row: Sequence[Any], text: str) -> Quote:
    start, end, kind, cue, name, mention, role, organization, speaker_type, voice, group, confidence, reason = row[:13]
    hidden, found, kept = row[13:]
    speaker = None
    if speaker_type is not None:
        speaker = Speaker(
            name=name or "",
            mention=(name or "") if mention == "" else mention or "",
            role=role,
            organization=organization,
            type=quote_columns.TYPE_OF[speaker_type],
            voice=quote_columns.VOICE_OF[voice],
        )
    quote = Quote(
        start=start,
        end=end,
        text=text[start:end],
        kind=quote_columns.KIND_OF[kind],
        cue=cue,
        speaker=speaker,
        group=group,
        confidence=confidence / quote_columns.CERTAIN,
        reason=reason or "",
    )
    if found is None:
        return quote
    engine = corrections.unpack_speaker(json.loads(found))
    return corrections.corrected(quote, speaker, found=engine, hidden=bool(hidden), kept=bool(kept))
