"""What an article says about a speaker: a role, an organisation, or nothing."""

from __future__ import annotations

from typing import NamedTuple


class Affiliation(NamedTuple):
    """A role as worded without the organisation, and the organisation; `generic` if that is only "the company".

    `lone`: the organisation is one word in front of a title ("Norwell researcher"), which may be anything.
    """

    role: str | None = None
    organization: str | None = None
    generic: bool = False
    lone: bool = False

    def __bool__(self) -> bool:
        return self.role is not None or self.organization is not None


NOTHING = Affiliation()
