"""The package data this room's rules apply to: the sample articles and the catalogue are what they promise."""

from __future__ import annotations

from pathlib import Path

import pytest

import reader
from reader.extract import extract
from reader.text.addresses import is_web

SERVICE = Path(reader.__file__).parent / "service"
SAMPLES = sorted((SERVICE / "sample_articles").glob("*.md"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_shows_what_an_article_can_have(path: Path) -> None:
    """Each sample is tagged, dated, structured, of a readable length, and says on its last line that it is invented."""
    document = extract(path.read_bytes(), name=path.name)
    assert "sample" in document.tags
    assert document.title
    assert document.author
    assert document.summary
    assert document.published is not None
    assert 250 <= len(document.text.split()) <= 600
    assert {"paragraph", "heading"} <= {block.type.value for block in document.blocks}
    assert document.links
    last = document.text.rpartition("\n\n")[2]
    assert last == "This is a sample article: every person, company and address in it is invented."
    for address in (document.url, *(link.url for link in document.links)):
        assert is_web(address)
        assert ".example.com/" in address


def test_there_are_half_a_dozen_samples_or_more() -> None:
    """Enough to show lists, numbered steps, a table, code and quotes somewhere."""
    kinds = {b.type.value for path in SAMPLES for b in extract(path.read_bytes(), name=path.name).blocks}
    assert len(SAMPLES) >= 6
    assert kinds >= {"paragraph", "heading", "list", "table", "code"}


def test_the_catalogue_is_a_table_of_feeds() -> None:
    """Five columns with a header; every address is a web address and stands there once."""
    header, *rows = (SERVICE / "catalogue.tsv").read_text(encoding="utf-8").splitlines()
    assert header.split("\t") == ["title", "feed_url", "site_url", "section", "language"]
    cells = [row.split("\t") for row in rows]
    assert all(len(row) == 5 for row in cells)
    assert all(title and is_web(feed) and is_web(site) and section for title, feed, site, section, _ in cells)
    assert len({row[1] for row in cells}) == len(cells) > 50
