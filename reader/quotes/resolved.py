"""A speaker as far as the article tells: what resolution hands to the assembly."""

from __future__ import annotations

from typing import NamedTuple

from reader.model import SpeakerType


class Resolved(NamedTuple):
    """A speaker as far as the article tells; `evidence` names how the mention was resolved."""

    name: str
    mention: str
    type: SpeakerType
    evidence: str
    role: str | None = None
    organization: str | None = None
    noun: str = ""
    at: int = 0
