"""Which sources a refresh is about, and in which order they are asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from reader.errors import NotFoundError
from reader.model import Source
from reader.service.library import Library
from reader.service.schedule import LOCAL
from reader.store import sources


def choose(library: Library, source_ids: Iterable[int] | None, section: str | None) -> list[Source]:
    """All sources, those with these ids (NotFoundError for an unknown one), or those of a section (in any case)."""
    with library.database.read() as c:
        present = sources.all(c)
    if source_ids is not None:
        by_id = {source.id: source for source in present}
        wanted = list(dict.fromkeys(source_ids))
        for source_id in wanted:
            if source_id not in by_id:
                raise NotFoundError(
                    f"There is no source {source_id} in the library; `secnews sources` shows what is there."
                )
        present = [by_id[source_id] for source_id in wanted]
    if section is None:
        return present
    return [source for source in present if _section(library, source).casefold() == section.casefold()]


def spread(chosen: Sequence[Source]) -> list[Source]:
    """The sources so that neighbours are on different hosts: a slow host then holds up few others."""
    hosts: dict[str, int] = defaultdict(int)
    ranked = []
    for source in chosen:
        host = "" if source.kind in LOCAL else urlsplit(source.url).netloc
        ranked.append((hosts[host], source))
        hosts[host] += 1
    return [source for _, source in sorted(ranked, key=lambda pair: pair[0])]


def _section(library: Library, source: Source) -> str:
    override = library.config.source(source.url)
    return source.section if override is None or override.section is None else override.section
