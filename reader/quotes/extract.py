"""`extract_quotes`: from an article's text to its quotes, in order."""

from __future__ import annotations

from reader.model import Quote, QuoteKind, Speaker
from reader.quotes.attribution import attribute
from reader.quotes.blocks import announced, claim_block
from reader.quotes.confidence import confidence
from reader.quotes.findings import Finding, Notebook
from reader.quotes.resolved import Resolved
from reader.quotes.speakers import Cast
from reader.quotes.tokens import Tokens
from reader.quotes.transcripts import claim_transcript
from reader.quotes.unclaimed import Thread, claim, link_forward
from reader.quotes.voice import voice

_SHORTEST = 3  # tokens of a sentence that can hold a report


def extract_quotes(text: str) -> list[Quote]:
    """The quotes of a text; `reader.quotes.extract_quotes` says what holds for them."""
    t = Tokens(text)
    found = findings(t)
    if not found:
        return []
    cast = Cast(t, found)
    speakers: dict[int, Resolved | None] = {}
    for f in sorted(found, key=lambda f: f.at):
        if f.source is None:
            speakers[id(f)] = cast.resolve(f)
    return [_quote(t, f, speakers.get(id(f.root)), cast) for f in found]


def _quote(t: Tokens, f: Finding, who: Resolved | None, cast: Cast) -> Quote:
    start, end = t.starts[f.start], t.ends[f.end - 1]
    speaker = None
    if who is not None:
        speaker = Speaker(cast.full_name(who), who.mention, who.role, who.organization, who.type, voice(who, cast))
    sure = confidence(f.pattern, who.evidence if who else None)
    return Quote(start, end, t.text[start:end], _kind(t, f), f.cue, speaker, f.group, sure, f.pattern)


def _kind(t: Tokens, f: Finding) -> QuoteKind:
    flags = [t.quoted[x] > 0 for x in range(f.start, f.end) if t.words[x][0].isalnum()]
    quoted = sum(flags)
    if quoted >= 0.9 * len(flags):
        return QuoteKind.DIRECT
    return QuoteKind.MIXED if quoted else QuoteKind.INDIRECT


def findings(t: Tokens) -> list[Finding]:
    """All reported words of the article, sorted by position."""
    notes = Notebook(t)
    thread = Thread()
    claimed = -1
    dialogue = claim_transcript(notes)
    for number, s in enumerate(t.sentences):
        if s.paragraph <= claimed or s.paragraph in dialogue or s.end - s.start < _SHORTEST:
            continue
        if (
            thread.opened is not None
            and s.paragraph > t.sentences[thread.opened_in].paragraph
            and not _all_quoted(t, number)
        ):
            thread.opened = None
        reading = attribute(notes, number)
        claim(notes, reading, thread)
        if reading.last is not None:
            thread.last = reading.last
            thread.opened = None
        opened = reading.opened or announced(reading)
        if opened is not None:
            thread.opened, thread.opened_in = opened, number
            if s.end == t.spans[s.paragraph][1]:
                claimed = s.paragraph + claim_block(notes, opened, s.paragraph)
    found = sorted(notes.findings, key=lambda f: f.start)
    link_forward(notes, found)
    return found


def _all_quoted(t: Tokens, number: int) -> bool:
    s = t.sentences[number]
    outside = sum(1 for x in range(s.start, s.end) if not t.quoted[x] and t.words[x][0].isalnum())
    return outside * 4 < s.end - s.start
