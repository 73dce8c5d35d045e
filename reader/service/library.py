"""The library as the two front ends see it: lists, counts, articles, quotes, settings.

Every method is synchronous, safe from any thread and, unless it says otherwise, done within a few milliseconds
whatever the size of the library. What comes out is frozen records; changes go through `service.actions`.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from reader.errors import NotFoundError, StorageError
from reader.service.under_way import UnderWay
from reader.store import Database, counts, views
from reader.store.counts import Counts

if TYPE_CHECKING:
    from reader.config import Config
    from reader.model import Article, ArticleRow, Document, QuoteKind, QuoteRow, SectionCount, Source, View, Voice
    from reader.paths import Paths
    from reader.service.jobs import Derived

__all__ = ["Counts", "Library", "utcnow"]


def utcnow() -> datetime:
    return datetime.now(UTC)


class Library:
    """One user's articles. `database`, `paths`, `config` and `now()` are there for the other modules of the service."""

    def __init__(self, database: Database, paths: Paths, config: Config, clock: Callable[[], datetime]) -> None:
        self.database = database
        self.paths = paths
        self.config = config
        self.now = clock
        self.under_way = UnderWay()  # articles whose pages are being fetched

    @classmethod
    def open(
        cls, paths: Paths, config: Config, *, clock: Callable[[], datetime] = utcnow, readonly: bool = False
    ) -> Self:
        """Open the library below `paths`; nothing is made on disk before the first change.

        A library in a place that cannot be written is opened read-only by itself (`readonly` tells). Raises
        StorageError if the file is damaged, not ours, or written by a newer version; it is then left untouched.
        """
        return cls(Database(paths.library, readonly=readonly), paths, config, clock)

    @property
    def refusal(self) -> str:
        """The sentence for a change of a library that can only be read: what, why, what to do."""
        return self.database.refusal

    @property
    def readonly(self) -> bool:
        """Whether nothing can be changed; such changes raise StorageError."""
        return self.database.readonly

    def close(self) -> None:
        """Close the file; threads in the middle of something finish that first."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    # --- lists ----------------------------------------------------------------------------------------------------

    def sections(self) -> list[SectionCount]:
        """Every section by name, without Samples; "" holds the articles that have none."""
        with self.database.read() as c:
            return counts.sections(c)

    def counts(self) -> Counts:
        """Articles in all, unread, saved (without the samples), and sample articles."""
        with self.database.read() as c:
            return counts.counts(c)

    def window(self, view: View, *, after: tuple[int, int] | None = None, limit: int = 64) -> list[ArticleRow]:
        """The first `limit` rows of a view, or those after the row with this (sort_date in whole seconds, id).

        `after=position(row)` goes on after `row`. Raises UsageError if the query of the view is wrong, as `ids` does.
        """
        with self.database.read() as c:
            return views.window(c, view, after=after, limit=limit, now=self.now())

    @staticmethod
    def position(row: ArticleRow) -> tuple[int, int]:
        """Where a row stands in every list, for `window(after=…)`."""
        return views.position(row)

    def ids(self, view: View) -> array[int]:
        """Every id of a view in its order; some 60 ms for 100,000."""
        with self.database.read() as c:
            return views.ids(c, view, now=self.now())

    def count(self, view: View, *, most: int | None = None) -> int:
        """How many articles a view has; with `most`, counting ends there."""
        with self.database.read() as c:
            return views.count(c, view, most=most, now=self.now())

    def newest(self) -> int:
        """The highest article id there is (0 if none): `View(newer_than=…)` shows what comes in after it."""
        with self.database.read() as c:
            return views.newest(c)

    def rows(self, ids: Sequence[int]) -> list[ArticleRow]:
        """The articles with these ids in the order asked; those that are gone are left out."""
        with self.database.read() as c:
            return views.rows(c, ids)

    def today(self, ids: Sequence[int]) -> list[int]:
        """The ids that these articles have now: those that turned out to be another article have that one's."""
        from reader.store import sharing

        with self.database.read() as c:
            return sharing.today(c, ids)

    # --- one article ----------------------------------------------------------------------------------------------

    def article(self, article_id: int) -> Article:
        """The whole article. Text and quotes are derived at once if they still wait (then some 10 ms, seldom more).

        Where they cannot be stored (read-only, full disk) they are shown all the same. Raises NotFoundError.
        """
        from reader.model import Article, Document
        from reader.quotes import ENGINE
        from reader.store import articles, bodies, notes, quotes

        with self.database.read() as c:
            engine = articles.engine_of(c, article_id)
        if engine is None:
            (now_at,) = self.today([article_id])
            if now_at != article_id:
                return self.article(now_at)
            raise NotFoundError(f"There is no article {article_id} in the library; `secnews list` shows what is there.")
        unkept = self._derive(article_id) if engine < ENGINE else None
        with self.database.read() as c:
            found = views.rows(c, [article_id])
            if not found:
                raise NotFoundError(f"The article {article_id} has just been removed.")
            row = found[0]
            document = (unkept and unkept.document) or bodies.get(c, article_id) or Document(text="")
            saved_at, enclosures = views.extras(c, article_id)
            return Article(
                row=row,
                document=_with_row(document, row),
                quotes=unkept.quotes if unkept else quotes.of_article(c, article_id, document.text),
                enclosures=enclosures,
                source_url=row.source_url,
                saved_at=saved_at,
                notes=tuple(notes.placed(note, document.text) for note in notes.of_article(c, article_id)),
            )

    def quotes(
        self,
        *,
        article_id: int | None = None,
        view: View | None = None,
        speaker: str = "",
        org: str = "",
        voice: Voice | None = None,
        kind: QuoteKind | None = None,
        hidden: bool = False,
        limit: int | None = None,
    ) -> list[QuoteRow]:
        """Quotes that meet every condition, newest article first, then as they stand in the text.

        `speaker` and `org` match any part of the name, in any case; `speaker` also finds what the same expert says
        under another name. `hidden` gives those that the reader has hidden, and no others. Takes some 60 µs for each
        article found.
        """
        from reader.store import quotes

        with self.database.read() as c:
            return quotes.find(
                c,
                article_id=article_id,
                view=view,
                speaker=speaker,
                org=org,
                voice=voice,
                kind=kind,
                hidden=hidden,
                limit=limit,
                now=self.now(),
            )

    # --- sources and the rest -------------------------------------------------------------------------------------

    def sources(self) -> list[Source]:
        """Every source, by section and title."""
        from reader.store import sources

        with self.database.read() as c:
            return sources.all(c)

    def source(self, source_id: int) -> Source:
        """Raises NotFoundError."""
        from reader.store import sources

        with self.database.read() as c:
            found = sources.get(c, source_id)
        if found is None:
            raise NotFoundError(
                f"There is no source {source_id} in the library; `secnews sources` shows what is there."
            )
        return found

    def setting(self, key: str, default: Any = None) -> Any:
        """A value the program remembers by itself (window state and the like)."""
        from reader.store import settings

        with self.database.read() as c:
            return settings.get(c, key, default)

    def set_setting(self, key: str, value: Any) -> None:
        """Remember a JSON value; None forgets it."""
        from reader.store import settings

        with self.database.write() as c:
            settings.put(c, key, value)

    def pending(self) -> int:
        """How many articles have text and quotes still to be derived."""
        from reader.quotes import ENGINE

        with self.database.read() as c:
            return counts.pending(c, ENGINE)

    def _derive(self, article_id: int) -> Derived | None:
        """Derive an article and store the result; if that is not possible, return it."""
        from reader.service.derive import derive_now
        from reader.service.jobs import ToDerive, derive
        from reader.store import articles

        try:
            derive_now(self, article_id)
            return None
        except StorageError:
            with self.database.read() as c:
                pending = articles.pending_one(c, article_id)
            if pending is None:
                return None
            item = ToDerive(pending.raw, pending.url, pending.text if pending.has_text else None)
            (derived,) = derive([item], urgent=True)  # to the end: a reply left unread costs the child
            return derived


def _with_row(document: Document, row: ArticleRow) -> Document:
    """The document with what the library knows about the article."""
    return replace(
        document,
        title=row.title,
        author=row.author,
        section=row.section,
        summary=row.summary,
        url=row.url,
        language=row.language,
        published=row.published,
        updated=row.updated,
        tags=row.tags,
    )
