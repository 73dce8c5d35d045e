"""Quotes of articles and across the library. A quote's words are read from its article's text, never stored twice."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection
from typing import Any

from reader.model import Quote, QuoteKind, QuoteRow, Speaker, SpeakerType, View, Voice
from reader.store import bodies, statements, views
from reader.store.faults import decoding
from reader.store.statements import QUOTE_COLUMNS, QUOTE_JOINS, QuoteConditions
from reader.text.clean import clean_line

MAX_LINE = 300

_OF_ARTICLE = "".join(
    ("SELECT ", QUOTE_COLUMNS, " FROM quote AS q", QUOTE_JOINS, " WHERE q.article_id = ? ORDER BY q.n")
)


def put(c: Connection, article_id: int, quotes: Sequence[Quote], *, engine: int) -> None:
    """Replace the quotes of an article; `text[start:end]` must be their words."""
    c.execute("DELETE FROM quote WHERE article_id = ?", (article_id,))
    c.executemany(
        "INSERT INTO quote (article_id, n, start, stop, kind, cue, utterance, confidence, reason, engine, speaker_id,"
        " mention, role, organization_id, type, voice) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                article_id,
                n,
                quote.start,
                quote.end,
                quote.kind.value,
                _line(quote.cue),
                quote.group,
                quote.confidence,
                clean_line(quote.reason, MAX_LINE),
                engine,
                *_speaker_columns(c, quote.speaker),
            )
            for n, quote in enumerate(sorted(quotes, key=lambda quote: (quote.start, quote.end)))
        ],
    )


def of_article(c: Connection, article_id: int, text: str) -> tuple[Quote, ...]:
    """The quotes of an article in the order of its text, which is `text`."""
    found = c.execute(_OF_ARTICLE, (article_id,)).fetchall()
    with decoding():
        return tuple(_quote(row, text) for row in found)


def find(
    c: Connection,
    *,
    article_id: int | None = None,
    view: View | None = None,
    speaker: str = "",
    org: str = "",
    voice: Voice | None = None,
    kind: QuoteKind | None = None,
    limit: int | None = None,
) -> list[QuoteRow]:
    """Quotes that meet every condition, newest article first, then as they stand in the text.

    `speaker` and `org` match any part of the name, in any case. Samples are only found through their article or view.
    """
    view = view or View()
    parameters: dict[str, Any] = {
        "article_id": article_id,
        "speaker": speaker.casefold(),
        "org": org.casefold(),
        "voice": voice.value if voice else None,
        "kind": kind.value if kind else None,
        "limit": -1 if limit is None else limit,
    }
    if not views.resolve(c, view, parameters):
        return []
    asked = QuoteConditions(article_id is not None, bool(speaker), bool(org), voice is not None, kind is not None)
    sql = statements.quotes(view, asked, broad=views.is_broad(c, view))
    found = c.execute(sql, parameters).fetchall()
    articles = {row.id: row for row in views.rows(c, dict.fromkeys(row[0] for row in found))}
    texts: dict[int, str] = {}
    result = []
    for row in found:
        if row[0] not in texts:
            texts = {row[0]: bodies.text(c, row[0])}  # quotes come article by article
        with decoding():
            result.append(QuoteRow(articles[row[0]], _quote(row[1:], texts[row[0]])))
    return result


def _speaker_columns(c: Connection, speaker: Speaker | None) -> tuple[Any, ...]:
    if speaker is None:
        return (None,) * 6
    return (
        _name_id(c, speaker.name),
        _line(speaker.mention),
        _line(speaker.role),
        _name_id(c, speaker.organization) if speaker.organization else None,
        speaker.type.value,
        speaker.voice.value,
    )


def _name_id(c: Connection, name: str) -> int:
    name = clean_line(name, MAX_LINE)
    row = c.execute("SELECT id FROM name WHERE name = ?", (name,)).fetchone()
    if row is None:
        c.execute("INSERT INTO name (name, fold) VALUES (?, ?)", (name, name.casefold()))
        row = c.execute("SELECT id FROM name WHERE name = ?", (name,)).fetchone()
    return int(row[0])


def _line(text: str | None) -> str | None:
    return None if text is None else clean_line(text, MAX_LINE)


def _quote(row: Sequence[Any], text: str) -> Quote:
    start, end, kind, cue, name, mention, role, organization, speaker_type, voice, group, confidence, reason = row
    speaker = None
    if speaker_type is not None:
        speaker = Speaker(
            name=name or "",
            mention=mention or "",
            role=role,
            organization=organization,
            type=SpeakerType(speaker_type),
            voice=Voice(voice),
        )
    return Quote(
        start=start,
        end=end,
        text=text[start:end],
        kind=QuoteKind(kind),
        cue=cue,
        speaker=speaker,
        group=group,
        confidence=confidence,
        reason=reason,
    )
