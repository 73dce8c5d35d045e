"""The seed article, where it is at hand: every quote it has, with the right speaker and no wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.model import Quote, SpeakerType
from reader.quotes import extract_quotes

SEED = Path(__file__).parents[2].parent / "shared" / "seed"

pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason="the seed article is not at hand")


@pytest.fixture(scope="module")
def text() -> str:
    return next(SEED.glob("*.txt")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def quotes(text: str) -> list[Quote]:
    return extract_quotes(text)


@pytest.mark.parametrize(
    ("name", "role", "organization"),
    [
        ("Kaspersky Lab", None, "Kaspersky Lab"),
        ("Mark Galeotti", "fellow", "European Council on Foreign Relations"),
        ("John Bambenek", "manager of threat research", "Fidelis Cybersecurity"),
        ("Vitali Kremez", "director of research", "Flashpoint"),
    ],
)
def test_named_speakers(quotes: list[Quote], name: str, role: str | None, organization: str) -> None:
    """Each named speaker is found with role and organisation as the article words them."""
    found = [q.speaker for q in quotes if q.speaker and q.speaker.name == name]
    assert found
    assert {(s.role, s.organization) for s in found} == {(role, organization)}


def test_unnamed_official_and_group(quotes: list[Quote]) -> None:
    """The unnamed official is anonymous, "several experts" are a group."""
    by_type = {q.speaker.type: q.speaker.name for q in quotes if q.speaker}
    anonymous = [q.speaker.name for q in quotes if q.speaker and q.speaker.type is SpeakerType.ANONYMOUS]
    groups = [q.speaker.name for q in quotes if q.speaker and q.speaker.type is SpeakerType.GROUP]
    assert by_type
    assert any("senior U.S. law enforcement official" in name for name in anonymous)
    assert any("cybersecurity experts" in name for name in groups)


def test_offsets_and_nobody_else(text: str, quotes: list[Quote]) -> None:
    """Offsets are exact, and no person speaks who does not."""
    assert all(q.text == text[q.start : q.end] for q in quotes)
    persons = {q.speaker.name for q in quotes if q.speaker and q.speaker.type is SpeakerType.PERSON}
    assert persons == {"Mark Galeotti", "John Bambenek", "Vitali Kremez"}
