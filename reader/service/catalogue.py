"""The built-in list of security feeds: facts as package data, nothing of it followed unless asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reader.text.addresses import normalise


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A feed as the list has it; `language` is a BCP 47 tag."""

    title: str
    url: str
    site_url: str
    section: str
    language: str


@cache
def load() -> tuple[CatalogueEntry, ...]:
    """The whole list in its order: by section, well-known ones first."""
    head, *lines = Path(__file__).with_name("catalogue.tsv").read_text(encoding="utf-8").splitlines()
    at = {name: column for column, name in enumerate(head.split("\t"))}
    rows = [line.split("\t") for line in lines if line]
    return tuple(
        CatalogueEntry(*(row[at[name]] for name in ("title", "feed_url", "site_url", "section", "language")))
        for row in rows
    )


def sections() -> list[str]:
    """The sections of the list, each once, in its order."""
    return list(dict.fromkeys(entry.section for entry in load()))


def by_url(url: str) -> CatalogueEntry | None:
    """The entry with this feed address, however it is written; None if the list does not have it."""
    return _by_address().get(normalise(url))


@cache
def _by_address() -> dict[str, CatalogueEntry]:
    return {normalise(entry.url): entry for entry in load()}
