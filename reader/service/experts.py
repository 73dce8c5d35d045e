"""Who speaks in the library: the index of experts, what each has said, and the same words in several articles.

Reading costs by what is shown, whatever the size of the library. `merge` and `split` are actions: one `undo` takes each
back, and newer readings of the articles keep them.
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.errors import NotFoundError, UsageError
from reader.model import Expert, QuoteRow
from reader.service.library import Library
from reader.store import actions, expert_lists, gathering, quotes
from reader.text.clean import clean_line

__all__ = ["Expert", "experts", "get", "merge", "months", "names", "position", "speaker_of", "split", "timeline"]


def experts(
    library: Library, query_words: Sequence[str] = (), *, limit: int = 64, after: tuple[int, int] | None = None
) -> list[Expert]:
    """The experts of the library, the most quoted first; `after=position(expert)` goes on after one.

    Every word of `query_words` must begin a word of a name, role or organisation of theirs (any case, accents or not).
    """
    with library.database.read() as c:
        return expert_lists.find(c, query_words, limit=limit, after=after)


def position(expert: Expert) -> tuple[int, int]:
    """Where an expert stands in the list, for `experts(after=…)`."""
    return expert.quotes, expert.id


def get(library: Library, expert_id: int) -> Expert:
    """Raises NotFoundError."""
    with library.database.read() as c:
        found = expert_lists.get(c, expert_id) if abs(expert_id) < 2**63 else None
    if found is None:
        raise NotFoundError(f"There is no expert {expert_id} in the library; `secnews experts` shows who is there.")
    return found


def speaker_of(library: Library, row: QuoteRow) -> Expert | None:
    """The expert who says a quote; None if nobody is named, or the article is not in the index (samples, new ones)."""
    with library.database.read() as c:
        return expert_lists.of_quote(c, row.article.id, row.quote.start)


def timeline(library: Library, expert: Expert | int, *, limit: int | None = None) -> list[QuoteRow]:
    """All that an expert says, across outlets, newest first; some 60 µs for each article."""
    with library.database.read() as c:
        return quotes.timeline(c, expert if isinstance(expert, int) else expert.id, limit=limit)


def months(library: Library, expert: Expert) -> list[tuple[str, int]]:
    """(`2026-03`, quotes) for each month in which an expert said anything, in order; some µs for each article."""
    with library.database.read() as c:
        return expert_lists.months(c, expert.id)


def names(library: Library, expert: Expert) -> list[str]:
    """Under which names an expert appears."""
    with library.database.read() as c:
        return expert_lists.names(c, expert.id)


def merge(library: Library, expert_ids: Sequence[int]) -> int:
    """Say that these are one and the same: the first takes in the others; returns how many it took in.

    Raises NotFoundError.
    """
    with library.database.write() as c:
        found = [get(library, expert_id) for expert_id in dict.fromkeys(expert_ids)]
        if len(found) < 2:
            raise UsageError("Name at least two experts to bring together.")
        state = gathering.merge(c, [expert.id for expert in found])
        if state is None:
            return 0
        label = f"{clean_line(found[1].name, 60)} taken for {clean_line(found[0].name, 60)}"
        actions.record(c, label, [actions.regather(state)], now=library.now())
    return len(found) - 1


def split(library: Library, expert_id: int, article_ids: Sequence[int]) -> Expert:
    """Say that in these articles it is somebody else; returns that new expert.

    Where all articles of a name with its organisation are among them, future ones follow. Raises NotFoundError, and
    UsageError if these are all of the expert's articles or none of them.
    """
    with library.database.write() as c:
        expert = get(library, expert_id)
        done = gathering.split(c, expert_id, article_ids)
        if done is None:
            raise UsageError(
                f"To tell {clean_line(expert.name, 100)} apart, name some of the articles that quote them, not all."
            )
        label = f"{clean_line(expert.name, 60)} told apart in {len(set(article_ids)):,} articles"
        actions.record(c, label, [actions.regather(done[1])], now=library.now())
        return get(library, done[0])
