"""One capitalised word in front of a title: an organisation only if something tells that it is one.

Every sentence is invented; a line says words | speaker | role | organisation, as in the other tables.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

SAID = "“The servers are down,” said {} Ada Quill."
WORDS = "The servers are down | Ada Quill"

NOBODY = [
    ("Wellness researcher", "researcher"),
    ("Aerospace analyst", "analyst"),
    ("Broadband consultant", "consultant"),
    ("Norvania analyst", "analyst"),
    ("Sacramento researcher", "researcher"),
    ("Aviation lawyer", "lawyer"),
]
SOMEBODY = [
    ("Norwell spokeswoman", "spokeswoman", "Norwell", ""),
    ("Norwell chief information officer", "chief information officer", "Norwell", ""),
    ("NorWell researcher", "researcher", "NorWell", ""),
    ("NCSA researcher", "researcher", "NCSA", ""),
    ("Norwelltech researcher", "researcher", "Norwelltech", ""),
    ("Microsoft engineer", "engineer", "Microsoft", ""),
    ("Norwell researcher", "researcher", "Norwell", " The attack was found at Norwell on Monday."),
    ("Norwell researcher", "researcher", "Norwell", " Norwell has closed the hole since."),
    ("Norwell researcher", "researcher", "Norwell", " Nobody touched Norwell’s backups."),
    ("Norwell researcher", "researcher", "Norwell Labs", " The plant belongs to Norwell Labs since May."),
    ("Norwell security researcher", "security researcher", "Norwell", " The security firm Norwell has a new office."),
    ("Norwell Grid engineer", "engineer", "Norwell Grid", ""),
]


@pytest.mark.parametrize(("title", "role"), NOBODY)
def test_a_quality_or_a_field_before_a_title_is_no_organisation(
    title: str, role: str, check: Callable[[str, list[str]], None]
) -> None:
    """Where nothing in the article or in the word tells of an organisation, it stays unknown; the role is kept."""
    check(SAID.format(title), [f"{WORDS} | * | -"])
    assert role in title


@pytest.mark.parametrize(("title", "role", "organization", "more"), SOMEBODY)
def test_a_word_before_a_title_is_an_organisation_on_evidence(
    title: str, role: str, organization: str, more: str, check: Callable[[str, list[str]], None]
) -> None:
    """A spokesperson, an acronym, a known firm, a possessive, "at X", "X has" or a longer name are evidence."""
    check(SAID.format(title) + more, [f"{WORDS} | {role} | {organization}"])
