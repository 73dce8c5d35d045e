"""A reader who knows better who said something, or that something is no quote.

What is said here holds for the words, wherever a newer reading of the article finds them, and is taken back by one
`undo`. It shows as `corrected` in everything that is exported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from reader.errors import NotFoundError, UsageError
from reader.model import CorrectedQuote, Quote, Speaker
from reader.service.library import Library
from reader.store import actions, articles, bodies, corrections, quotes
from reader.store.corrections import Correction
from reader.text.clean import clean_line

__all__ = ["correct", "hide", "reset"]

MAX_LINE = 300


def correct(library: Library, article_id: int, start: int, end: int, speaker: Speaker | None) -> int:
    """Say who said the quote at [start, end) (None: nobody knows); returns how many quotes changed.

    All pieces of one utterance change together. A speaker without a mention keeps the article's words for him. Raises
    NotFoundError if there is no such article or quote, UsageError if the speaker has no name.
    """

    if speaker is not None:
        speaker = _clean(speaker)

    def change(correction: Correction) -> Correction:
        found = correction.quote.speaker
        right = speaker == found or (speaker and found and replace(speaker, mention="") == replace(found, mention=""))
        return replace(correction, spoke=not right, speaker=None if right else speaker)

    who = clean_line(speaker.name, 60) if speaker else "nobody known"
    return _change(library, article_id, start, end, change, f"quote given to {who}", whole=True)


def hide(library: Library, article_id: int, start: int, end: int) -> int:
    """Take the quote at [start, end) out of every list; returns how many quotes changed. Raises NotFoundError."""
    return _change(library, article_id, start, end, lambda one: replace(one, hidden=True), "quote hidden")


def reset(library: Library, article_id: int, start: int, end: int) -> int:
    """Go back to what the engine says of the quote at [start, end), hidden or not; returns how many quotes changed.

    Raises NotFoundError.
    """

    def change(correction: Correction) -> Correction:
        return Correction(correction.quote)

    return _change(library, article_id, start, end, change, "quote as found", whole=True)


def _change(
    library: Library,
    article_id: int,
    start: int,
    end: int,
    change: Callable[[Correction], Correction],
    label: str,
    *,
    whole: bool = False,
) -> int:
    """Change what the reader says of a quote (with `whole`: of all pieces of its utterance), as one action."""
    library.article(article_id)  # derives what still waits; raises NotFoundError
    with library.database.write() as c:
        if articles.engine_of(c, article_id) is None:
            raise NotFoundError(f"The article {article_id} has just been removed.")
        text = bodies.text(c, article_id)
        before = quotes.of_article(c, article_id, text, hidden=True)
        chosen = _chosen(before, start, end)
        if chosen is None:
            raise NotFoundError(f"There is no quote at {start}–{end} of article {article_id}.")
        old = corrections.of_article(c, article_id)
        new = list(old)
        for quote in _pieces(before, chosen) if whole else [chosen]:
            _say(new, before, quote, text, change)
        new = [correction for correction in new if correction.spoke or correction.hidden]
        if new == old:
            return 0
        corrections.put(c, article_id, new)
        quotes.reput(c, article_id)
        changed = len(set(before) ^ set(quotes.of_article(c, article_id, text, hidden=True)))
        if not changed:
            corrections.put(c, article_id, old)
            return 0
        actions.record(c, label, [actions.set_corrections(article_id, old)], now=library.now())
        return (changed + 1) // 2


def _say(
    new: list[Correction],
    before: Sequence[Quote],
    quote: Quote,
    text: str,
    change: Callable[[Correction], Correction],
) -> None:
    """Change the correction that holds for a quote, or begin one."""
    engine = corrections.engine_quote(quote)
    if engine is None:  # only the reader's word keeps it
        owner = next((index for index, one in enumerate(new) if one.quote.text == quote.text), None)
    else:
        given = [one for one in map(corrections.engine_quote, before) if one is not None]
        owner = corrections.claims(given, new, text).get(given.index(engine))
    if owner is not None:
        new[owner] = change(replace(new[owner], quote=engine) if engine else new[owner])
    elif engine is not None:
        new.append(change(Correction(engine)))


def _chosen(found: Sequence[Quote], start: int, end: int) -> Quote | None:
    """The quote at [start, end), or the one that shares most of it."""
    shared = [(min(end, quote.end) - max(start, quote.start), quote.start == start, quote) for quote in found]
    best = max(shared, key=lambda item: item[:2], default=None)
    return best[2] if best and best[0] > 0 else None


def _pieces(found: Sequence[Quote], chosen: Quote) -> list[Quote]:
    """The pieces of the utterance a quote belongs to that have the same speaker."""
    if chosen.group is None:
        return [chosen]
    return [quote for quote in found if quote.group == chosen.group and _found(quote) == _found(chosen)]


def _found(quote: Quote) -> Speaker | None:
    return quote.found if isinstance(quote, CorrectedQuote) else quote.speaker


def _clean(speaker: Speaker) -> Speaker:
    """The speaker as it may be stored. Raises UsageError if there is no name."""
    name = clean_line(speaker.name, MAX_LINE)
    if not name:
        raise UsageError("A speaker needs a name; leave the speaker out if nobody knows who it is.")
    return replace(
        speaker,
        name=name,
        mention=clean_line(speaker.mention, MAX_LINE),
        role=clean_line(speaker.role or "", MAX_LINE) or None,
        organization=clean_line(speaker.organization or "", MAX_LINE) or None,
    )
