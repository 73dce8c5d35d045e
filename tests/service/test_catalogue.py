"""The built-in list of feeds."""

from __future__ import annotations

from reader.service import catalogue
from reader.text.addresses import is_web, normalise


def test_every_entry_can_be_followed_and_stands_there_once() -> None:
    """Addresses are absolute http(s), none twice, and each entry has a title, a section and a language."""
    entries = catalogue.load()
    assert len(entries) > 50
    assert all(is_web(entry.url) and is_web(entry.site_url) for entry in entries)
    assert all(entry.title and entry.section and entry.language for entry in entries)
    assert len({normalise(entry.url) for entry in entries}) == len(entries)


def test_sections_come_in_the_order_of_the_list() -> None:
    """Each section once."""
    sections = catalogue.sections()
    assert sections[0] == catalogue.load()[0].section
    assert len(sections) == len(set(sections)) > 4


def test_an_entry_is_found_by_its_address_however_written() -> None:
    """Upper-case scheme, fragment: the same feed. An unknown address: none."""
    entry = catalogue.load()[0]
    assert catalogue.by_url(entry.url.replace("https", "HTTPS") + "#x") == entry
    assert catalogue.by_url("https://harbour.example/feed") is None
