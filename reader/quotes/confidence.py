"""How sure the engine is that a quote's span and its speaker are right: measured shares, pattern by evidence.

Both tables hold the share that was right on annotated articles, shrunk towards the middle where cases were few.
"""

from __future__ import annotations

_PATTERN = {
    "quote-verb-speaker": 0.985, "quote-speaker-verb": 0.985, "quote-split": 0.98, "quote-continued": 0.98,
    "attributed-later": 0.96, "paragraph-continued": 0.95, "speaker-verb-quote": 0.9, "speaker-verb-colon": 0.96,
    "speaker-verb-that": 0.95, "speaker-verb-clause": 0.945, "report-verb-speaker": 0.98, "report-speaker-verb": 0.985,
    "report-split": 0.93, "according-to-before": 0.975, "according-to-after": 0.975, "according-to-inside": 0.975,
    "according-to-next": 0.85, "colon-quote": 0.9, "colon-block": 0.8, "participle-that": 0.95,
    "participle-clause": 0.75, "participle-quote": 0.85, "participle-colon": 0.85, "passive-by": 0.8,
    "same-sentence": 0.75, "quote-dash-speaker": 0.85, "subject-before": 0.7, "speaker-continued": 0.6,
    "quote-in-clause": 0.4, "unattributed": 0.6, "transcript": 0.88, "label-quote": 0.92,
    "clause-colon-quote": 0.85,
}  # fmt: skip
_EVIDENCE = {
    "full-name": 0.97, "last-name": 0.98, "single-name": 0.9, "namesake": 0.6, "pronoun": 0.97, "role-again": 0.88,
    "private-person": 0.7, "pronoun-name": 0.6, "pronoun-unnamed": 0.45, "organization-name": 0.945,
    "company-name": 0.88,
    "the-company": 0.86, "described-company": 0.6, "the-gang": 0.75, "pronoun-it": 0.88, "pronoun-it-subject": 0.75,
    "pronoun-group": 0.88, "pronoun-document": 0.65, "document": 0.88, "document-issuer": 0.945,
    "document-issuer-far": 0.8, "document-again": 0.7, "document-author": 0.88, "group": 0.95, "group-again": 0.95,
    "group-elsewhere": 0.92, "unnamed": 0.84, "unnamed-again": 0.8,
}  # fmt: skip
_UNKNOWN_SPEAKER = 0.4


def confidence(pattern: str, evidence: str | None) -> float:
    """0..1 that both the span and the speaker are right; `evidence` is None if the speaker is unknown."""
    share = _EVIDENCE.get(evidence, 0.5) if evidence is not None else _UNKNOWN_SPEAKER
    return round(_PATTERN.get(pattern, 0.5) * share, 3)
