"""Quotes and who said them."""

from __future__ import annotations

from dataclasses import dataclass

from reader.model.kinds import QuoteKind, SpeakerType, Voice


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it: `name` resolved over the whole article, `mention` the nearest attribution as written."""

    name: str
    mention: str
    role: str | None = None
    organization: str | None = None
    type: SpeakerType = SpeakerType.PERSON
    voice: Voice = Voice.OTHER


@dataclass(frozen=True, slots=True)
class Quote:
    """One reported utterance: `text == article_text[start:end]`, inside one paragraph.

    `cue` is the reporting words (None in a continuation paragraph); `group` ties the pieces of one utterance;
    `confidence` is 0..1 that span and speaker are right; `reason` names the pattern that found it.
    """

    start: int
    end: int
    text: str
    kind: QuoteKind
    cue: str | None
    speaker: Speaker | None
    group: int | None
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectedQuote(Quote):
    """A quote of the library about which the reader knew better: `speaker` is the reader's word, `found` the engine's.

    `hidden` ones are in no list unless asked for; `kept` ones the engine finds no more. `confidence` and `reason` stay
    those of the engine.
    """

    found: Speaker | None = None
    hidden: bool = False
    kept: bool = False
