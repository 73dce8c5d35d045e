"""How quotes stand in columns: numbers for what there are few of. They are part of the format (0011_dense.sql)."""

from __future__ import annotations

from reader.model import QuoteKind, SpeakerType, Voice

KINDS = {QuoteKind.DIRECT: 1, QuoteKind.MIXED: 2, QuoteKind.INDIRECT: 3}
TYPES = {SpeakerType.PERSON: 1, SpeakerType.ORGANIZATION: 2, SpeakerType.GROUP: 3, SpeakerType.ANONYMOUS: 4}
VOICES = {Voice.EXPERT: 1, Voice.OFFICIAL: 2, Voice.COMPANY: 3, Voice.ADVERSARY: 4, Voice.OTHER: 5}
KIND_OF = {number: kind for kind, number in KINDS.items()}
TYPE_OF = {number: kind for kind, number in TYPES.items()}
VOICE_OF = {number: voice for voice, number in VOICES.items()}

CERTAIN = 10_000  # stands for a confidence of 1


def confidence(share: float) -> int:
    """A confidence of 0 to 1 in ten-thousandths."""
    return round(share * CERTAIN)
