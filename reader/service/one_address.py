"""Which articles of different sources are one: pure, no clock, no database, no network.

Articles of one address (`text.canonical`) are one article, unless both sources state an id of their own for it, these
differ and so do the words: then it is an address under which different things are published. Nor are they if they have
hardly a word in common. An address that several entries of one document have, or that is the address of the site, says
nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from html import unescape
from typing import Protocol

from reader.service.jobs import Incoming
from reader.text.canonical import canonical, printed

SHORT = 3  # characters of words that any two texts may have in common
MOST = 200_000  # characters of a content that are compared
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^<>]*>")


class Given(Protocol):
    """An entry and the key it is stored under."""

    @property
    def incoming(self) -> Incoming: ...
    @property
    def key(self) -> str: ...


class Twin(Protocol):
    """A stored article of another source with the address of a new one."""

    @property
    def id(self) -> int: ...
    @property
    def same_id(self) -> bool: ...
    @property
    def own_id(self) -> bool: ...


Words = tuple[str, str]  # title and content, which may be HTML


def addressed(entries: Sequence[Given], *, site: str) -> Mapping[str, tuple[int, bool]]:
    """By key of each entry of a document whose address tells it from others: the address as its fingerprint, and
    whether the entry states an id that is something else. `site` is the feed's own link."""
    links = [canonical(entry.incoming.entry.link) for entry in entries]
    uses, home = Counter(links), canonical(site)
    return {
        entry.key: (printed(link), _own_id(entry.incoming.entry.id, entry.incoming.entry.link, link))
        for entry, link in zip(entries, links, strict=True)
        if link and link != home and uses[link] == 1
    }


def choose(twins: Sequence[Twin], words: Words, *, own_id: bool, words_of: Callable[[int], Words]) -> int | None:
    """The id of the article that a new one with this address is, None if it is none of them."""
    for twin in sorted(twins, key=lambda twin: not twin.same_id):
        given = words_of(twin.id)
        free = twin.same_id or not (own_id and twin.own_id)
        if related(words, given) if free else same_words(words, given):
            return twin.id
    return None


def same_words(one: Words, other: Words) -> bool:
    """Whether two articles say the same; their titles decide if one of them has no content."""
    first, second = _plain(one[1]), _plain(other[1])
    return first == second if first and second else _plain(one[0]) == _plain(other[0])


def related(one: Words, other: Words) -> bool:
    """Whether two articles can be one at all: titles or contents have every third word in common, or say nothing.

    A feed that takes another's ids and addresses for something else cannot put itself in its place.
    """
    pairs = [(_parts(first), _parts(second)) for first, second in zip(one, other, strict=True)]
    pairs = [pair for pair in pairs if all(pair)]
    return not pairs or any(3 * len(first & second) >= min(len(first), len(second)) for first, second in pairs)


def _own_id(stated: str, link: str, address: str) -> bool:
    if not stated or stated == link:
        return False
    end = address.rpartition("/")[2].partition("?")[0]
    return stated[:4].lower() != "http" or end not in stated or canonical(stated) != address


def _plain(content: str) -> str:
    """The words without markup; both sides are made in the same way, so it need not be read as a browser reads it."""
    return " ".join(unescape(_TAG.sub(" ", content[:MOST])).split()).casefold()


def _parts(content: str) -> set[str]:
    return {word for word in _WORD.findall(_plain(content)) if len(word) > SHORT}
