"""How sure the engine is of a quote's span and speaker: a table over patterns and kinds of evidence."""

from __future__ import annotations

_PATTERN = {
    "quote-verb-speaker": 0.99, "quote-speaker-verb": 0.98, "quote-split": 0.97, "quote-continued": 0.95,
    "speaker-verb-quote": 0.95, "speaker-verb-colon": 0.93, "speaker-verb-that": 0.95, "speaker-verb-clause": 0.9,
    "report-verb-speaker": 0.96, "report-speaker-verb": 0.95, "report-split": 0.9, "according-to-before": 0.97,
    "according-to-after": 0.97, "according-to-inside": 0.95, "colon-quote": 0.85, "paragraph-continued": 0.85,
    "same-sentence": 0.7, "quote-dash-speaker": 0.85, "participle-that": 0.85, "participle-clause": 0.7,
    "participle-quote": 0.8, "passive-by": 0.8, "quote-in-clause": 0.5, "unattributed": 0.3, "subject-before": 0.7, "colon-block": 0.75, "speaker-continued": 0.7, "attributed-later": 0.93, "according-to-next": 0.85,
}  # fmt: skip
_EVIDENCE = {
    "full-name": 0.99, "last-name": 0.98, "single-name": 0.9, "organization-name": 0.95, "pronoun": 0.94,
    "pronoun-unnamed": 0.8, "pronoun-group": 0.8, "pronoun-it": 0.9, "pronoun-name": 0.8, "pronoun-document": 0.7, "private-person": 0.7, "pronoun-it-subject": 0.8, "pronoun-it-far": 0.6, "the-company": 0.8,
    "company-name": 0.9, "described-company": 0.7, "document-issuer": 0.85, "document-again": 0.7, "document": 0.7,
    "group": 0.88, "group-elsewhere": 0.85, "document-author": 0.9, "document-issuer-far": 0.65, "the-gang": 0.8, "group-again": 0.85, "unnamed": 0.85, "unnamed-again": 0.85, "role-again": 0.85,
}  # fmt: skip


def confidence(pattern: str, evidence: str | None) -> float:
    """0..1 that both the span and the speaker are right; a quote without a speaker gets the pattern's half."""
    base = _PATTERN.get(pattern, 0.5)
    return round(base * (_EVIDENCE.get(evidence, 0.5) if evidence is not None else 0.5), 3)
