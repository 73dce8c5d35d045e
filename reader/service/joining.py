"""Entries that are articles of other sources already become articles of theirs too, instead of new ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from reader.model import Draft, Source, SourceKind
from reader.service.one_address import choose
from reader.store import Database, articles, sharing, sources
from reader.text.clean import clean_line

KINDS = (SourceKind.FEED, SourceKind.PAGE)  # sources that may give the same articles; files are the reader's own


def unshared(
    database: Database, source: Source, drafts: Sequence[Draft], *, section: str, now: datetime
) -> list[Draft]:
    """Those drafts that are new articles; the others now belong to this source as well.

    What the source says of them stands if it goes first of an article's sources, else it is only remembered. Part of
    the transaction under way. Raises StorageError.
    """
    new = []
    with database.write() as c:
        twins = sharing.twins(c, source.id, drafts)
        for draft in drafts if twins else ():
            known = twins.get(draft.key, ())
            if known is None:  # the source has another article under this address, which therefore says nothing
                new.append(replace(draft, address=0))
                continue
            words = (draft.title, draft.document.text if draft.document else draft.raw.decode("utf-8", "replace"))
            article_id = choose(known, words, own_id=draft.own_id, words_of=partial(sharing.given_words, c))
            if article_id is None:
                new.append(draft)
                continue
            place = sources.section_id(c, clean_line(draft.section or section, 200))
            if sharing.join(c, article_id, source.id, place, key=draft.key, digest=draft.digest):
                articles.update(c, [(article_id, draft)], now=now)
    return new if twins else list(drafts)
