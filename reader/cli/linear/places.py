"""Where a reader of lines can be: the sections, a list of articles, an article; each shown a screen at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from reader.cli.linear import spoken
from reader.cli.linear.paper import Paper
from reader.model import Article, ArticleRow, Quote, View

if TYPE_CHECKING:
    from reader.service.library import Library


class Place(Protocol):
    """`name` stands before the cursor; `more` shows the next screen and tells whether there was one."""

    name: str

    def show(self) -> None: ...

    def more(self) -> bool: ...

    def choose(self, number: int) -> Place | None: ...


class Sections:
    """The root: All, Unread, Saved, the searches that are kept, and every section."""

    name = "Sections"

    def __init__(self, library: Library, paper: Paper) -> None:
        self._library, self._paper = library, paper
        self._rows: list[tuple[str, View]] = []

    def show(self) -> None:
        counts = self._library.counts()
        self._rows, lines = [], []
        for title, view, told in self._all(counts.total, counts.unread, counts.saved, counts.samples):
            self._rows.append((title, view))
            lines.append(f"{len(self._rows)}. {title}: {told}.")
        self._paper.lines(lines)
        if not counts.total:
            self._paper.line(
                "Nothing is in the library yet: add ADDRESS brings in a feed, a site, a file or a folder; "
                "catalogue lists security feeds."
            )

    def more(self) -> bool:
        return False

    def choose(self, number: int) -> Place | None:
        if not 1 <= number <= len(self._rows):
            self._paper.line(f"There is no section {number}.")
            return None
        title, view = self._rows[number - 1]
        return Articles(self._library, self._paper, title, view)

    def _all(self, total: int, unread: int, saved: int, samples: int) -> Iterator[tuple[str, View, str]]:
        yield "All", View(), f"{_articles(total)}, {unread:,} unread"
        yield "Unread", View(unread=True), _articles(unread)
        yield "Saved", View(saved=True), _articles(saved)
        if samples:
            yield (
                "Samples",
                View(samples=True),
                f"{_articles(samples)} that we invented; remove samples takes them away",
            )
        from reader.service import saved_searches

        for kept in saved_searches.list_all(self._library):
            yield f"Search {kept.name}", saved_searches.view_of(kept), f"what {kept.query} finds"
        for section in self._library.sections():
            title = section.name or "No section"
            yield title, View(section=section.name), f"{_articles(section.total)}, {section.unread:,} unread"


class Articles:
    """Articles of a view, numbered from 1 on as they are shown; `given` are articles that no library holds."""

    def __init__(
        self, library: Library, paper: Paper, name: str, view: View, given: Sequence[Article] | None = None
    ) -> None:
        self.name, self.view = name, view
        self._library, self._paper = library, paper
        self._given = {article.row.id: article for article in given or ()}
        self.rows: list[ArticleRow] = [article.row for article in given or ()]
        self._whole = given is not None
        self._shown = 0

    def show(self) -> None:
        """From the first article on, as the library knows them now."""
        self._shown = 0
        if not self._given:
            self.rows, self._whole = [], False
        if not self._screen():
            self._paper.line(f"{self.name}: there are no articles here.")

    def more(self) -> bool:
        return self._screen()

    def choose(self, number: int) -> Place | None:
        if number < 1 or not self._reach(number):
            self._paper.line(f"There is no article {number} here; the last one is {len(self.rows)}.")
            return None
        return self.at(number - 1)

    def at(self, position: int) -> Reading:
        """The article at a position (from 0) that has been reached."""
        row = self.rows[position]
        article = self._given.get(row.id) or self._library.article(row.id)
        return Reading(self._paper, article, self, position)

    def beside(self, position: int, step: int, *, unread: bool) -> int | None:
        """The next position after (step 1) or before (-1) with an article, an unread one if asked; None at the end."""
        place = position + step
        while place >= 0 and self._reach(place + 1):
            if not unread or not self._now(place).read:
                return place
            place += step
        return None

    def _now(self, position: int) -> ArticleRow:
        """The row as it is now: it may have been read since it was listed."""
        row = self.rows[position]
        if row.id > 0:
            row = next(iter(self._library.rows([row.id])), row)
            self.rows[position] = row
        return row

    def _screen(self) -> bool:
        count = max(self._paper.rows // 2, 3)  # most rows take two lines
        self._reach(self._shown + count + 1)
        until = min(self._shown + count, len(self.rows))
        if until == self._shown:
            return False
        for position in range(self._shown, until):
            self._paper.line(f"{position + 1}. {spoken.row(self._now(position))}", hanging=4)
        self._shown = until
        if until < len(self.rows):
            self._paper.line("Enter shows more.")
        return True

    def _reach(self, count: int) -> bool:
        """Have `count` rows, if there are so many."""
        while len(self.rows) < count and not self._whole:
            after = self._library.position(self.rows[-1]) if self.rows else None
            page = self._library.window(self.view, after=after)
            self.rows += page
            self._whole = not page
        return len(self.rows) >= count


class Reading:
    """An article, a screen at a time; its quotes and its links have numbers."""

    def __init__(self, paper: Paper, article: Article, origin: Articles, position: int) -> None:
        self.article, self.origin, self.position = article, origin, position
        self.name = article.row.title[:30] or "Article"
        self.opened = time.monotonic()
        self._paper = paper
        self._rest: Iterator[str] = iter(())
        self._left = False

    def show(self) -> None:
        self._rest, self._left = iter(spoken.article(self.article)), True
        self.more()

    def more(self) -> bool:
        if not self._left:
            return False
        room = self._paper.rows
        for line in self._rest:
            self._paper.line(line, hanging=2 if line.startswith("  ") else 0)
            room -= len(self._paper.wrapped(line))
            if room <= 0:
                self._paper.line("Enter reads on.")
                return True
        self._left = False
        self._paper.line("The end. Enter opens the next unread article.")
        return True

    def choose(self, number: int) -> Place | None:
        if not 1 <= number <= len(self.article.quotes):
            has = len(self.article.quotes)
            self._paper.line(f"There is no quote {number}; this article has {has or 'none'}.")
            return None
        self.say(self.article.quotes[number - 1], number)
        return None

    def say(self, quote: Quote, number: int) -> None:
        """The card of one quote."""
        self._paper.lines(spoken.card(quote, number))


def _articles(count: int) -> str:
    return f"{count:,} {'article' if count == 1 else 'articles'}"
