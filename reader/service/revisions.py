"""What has changed in a saved article between two of its revisions."""

from __future__ import annotations

from dataclasses import dataclass

from reader.errors import NotFoundError
from reader.model import Capture, CaptureKind
from reader.service import saving
from reader.service.changes import Change, changes
from reader.service.library import Library


@dataclass(frozen=True, slots=True)
class Difference:
    """What has changed from `old` to `new`; `changes` is () if only the bytes differ."""

    old: Capture
    new: Capture
    changes: tuple[Change, ...]


def comparable(library: Library, article_id: int) -> list[Capture]:
    """The revisions that can be compared, the oldest first: of the page, or else of the feed's text."""
    kept = saving.evidence(library, article_id).captures
    of_page = [one for one in kept if one.kind is CaptureKind.PAGE]
    of_feed = [one for one in kept if one.kind is CaptureKind.FEED]
    return of_page if len(of_page) > 1 or len(of_feed) < 2 else of_feed


def difference(library: Library, article_id: int, revision: int | None = None) -> Difference:
    """The changes from the revision before to this one (None: the newest), of the page or else of the feed's text.

    Some 20 ms for an article of a thousand words. Raises NotFoundError if there are not two revisions to compare.
    """
    found = comparable(library, article_id)
    if len(found) < 2:
        raise NotFoundError(
            f"There is nothing to compare: a{article_id} has {_revisions(len(found))};"
            f" `secnews save a{article_id} --again` fetches its page again."
        )
    number = len(found) if revision is None else revision
    if not 2 <= number <= len(found):
        raise NotFoundError(f"a{article_id} has {_revisions(len(found))}; compare one from 2 to {len(found)}.")
    old, new = found[number - 2], found[number - 1]
    before, after = (saving.text_of(library, one.id).text for one in (old, new))
    return Difference(old, new, tuple(changes(before, after)))


def _revisions(count: int) -> str:
    return "no revision" if not count else "1 revision" if count == 1 else f"{count:,} revisions"
