"""The sample articles of a first start: invented people and companies, every kind of quote, nothing from the network.

They are Markdown files in `sample_articles/`, belong to a source that no list, count or search shows, and only the
Samples view has them; `actions.remove_samples` takes them away for good.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from reader.service.decide import short_digest
from reader.service.drafts import file_articles
from reader.service.intake import Finished
from reader.service.jobs import ReadPage
from reader.service.library import Library
from reader.store import articles, settings, sources

FOLDER = Path(__file__).with_name("sample_articles")
TITLE = "Samples"
_INSTALLED = "samples installed"


def install(library: Library) -> int:
    """Put the samples in if the library never had a source nor samples; returns how many articles came in.

    Takes some 10 ms an article, once. The files are our own, so they are read in this process. Raises StorageError.
    """
    from reader.quotes import ENGINE

    with library.database.read() as c:
        if library.readonly or sources.ever_added(c) or settings.get(c, _INSTALLED):
            return 0
    found = _read(library)
    now = library.now()
    with library.database.write() as c:
        if sources.ever_added(c) or settings.get(c, _INSTALLED):
            return 0
        sources.ensure_samples(c, title=TITLE, now=now)
        ids = articles.insert(c, sources.SAMPLES, [article.draft for article in found], section=TITLE, now=now)
        for article_id, article in zip(ids, found, strict=True):
            articles.set_derived(c, article_id, None, article.quotes, engine=ENGINE)
        settings.put(c, _INSTALLED, True)
    return len(ids)


def _read(library: Library) -> list[Finished]:
    """The sample articles in the order of their file names, the first one dated newest."""
    from reader.extract import extract
    from reader.quotes import extract_quotes

    finished: list[Finished] = []
    for position, path in enumerate(sorted(FOLDER.glob("*.md"))):
        document = extract(path.read_bytes(), name=path.name)
        published = document.published or library.now() - timedelta(hours=1 + position)
        document = replace(document, section=TITLE, published=published)
        read = ReadPage("markdown", document=document, quotes=tuple(extract_quotes(document.text)))
        finished += file_articles(
            read, name=path.name, key=short_digest(path.name), stamp="", mtime_ns=0, section=TITLE, now=library.now()
        )
    return finished
